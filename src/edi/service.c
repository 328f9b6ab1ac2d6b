/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The headers of EDIFACT: UNB, UNG and UNH.  Their trailers are checked like
 * those of X12 (envelope.c, sets.c).
 *
 * Standard: ISO 9735 (syntax 1 to 3), ISO 9735-1 (syntax 4), annex of service
 * segments.
 */

#include "edi/grader.h"


/* -- UNB ------------------------------------------------------------------ */

/* What UNB cannot be without, and what is said when it is. */
static const struct {
    uint8_t element, component;
    bool rejects;
    const char *what;
} needed[] = {
    { 1, 1, false, "the character set" },
    { 1, 2, false, "the syntax version" },
    { 2, 1, true, "the sender" },
    { 3, 1, true, "the recipient" },
    { 4, 1, false, "the date" },
    { 4, 2, false, "the time" },
    { 5, 0, true, "the control reference" },
};


static void
unb_missing(edi_grader_t *g, size_t i)
{
    edi_flaw_t f = edi_interchange_flaw(g, "edifact.unb.missing",
        needed[i].element, XD_EDI_INTERCHANGE_MISSING);

    f.component = needed[i].component;
    edi_flaw(g, &f, "UNB lacks %s.", needed[i].what);
    edi_error(&g->ic.error, &f);
    edi_note(g, xd_edi_codes[f.kind].contrl, needed[i].rejects);
}


static void
unb_syntax(edi_grader_t *g)
{
    xd_str_t version = g->ic.version;
    edi_flaw_t f;

    if (version.len == 0
        || (version.len == 1 && version.ptr[0] >= '1' && version.ptr[0] <= '4'))
    {
        return;
    }

    f = edi_interchange_flaw(g, "edifact.unb.syntax", 1,
        XD_EDI_INTERCHANGE_SYNTAX);
    f.component = 2;
    edi_flaw(g, &f, "UNB names a syntax version that is not 1, 2, 3 or 4.");
    edi_error(&g->ic.error, &f);
    edi_note(g, xd_edi_codes[f.kind].contrl, false);
}


static void
unb_date(edi_grader_t *g)
{
    edi_flaw_t f;

    if ((g->ic.date.len == 0 || edi_is_date(g->ic.date))
        && (g->ic.time.len == 0 || edi_is_time(g->ic.time)))
    {
        return;
    }

    f = edi_interchange_flaw(g, "edifact.unb.date", 4, XD_EDI_NO_FAULT);
    f.severity = XD_WARNING;
    edi_flaw(g, &f, "UNB holds no date and time of the calendar.");
}


void
edi_unb(edi_grader_t *g)
{
    g->ic = (xd_edi_interchange_t){ .syntax = XD_EDI_EDIFACT,
        .charset = edi_text(g, 1, 1),
        .version = edi_text(g, 1, 2),
        .sender = edi_text(g, 2, 1),
        .sender_qualifier = edi_text(g, 2, 2),
        .sender_internal = edi_text(g, 2, 3),
        .receiver = edi_text(g, 3, 1),
        .receiver_qualifier = edi_text(g, 3, 2),
        .receiver_internal = edi_text(g, 3, 3),
        .date = edi_text(g, 4, 1),
        .time = edi_text(g, 4, 2),
        .control = edi_text(g, 5, 0),
        .application = edi_text(g, 7, 0),
        .ack_requested = xd_str_is(xd_segment_element(&g->seg, 9), "1"),
        .test = xd_str_is(xd_segment_element(&g->seg, 11), "1"),
        .marks = *xd_x12_marks(g->reader),
        .offset = xd_edi_start(g->reader),
        .verdict = 'A',
        .answers = XD_VEC(xd_edi_ta1_t),
        .groups = XD_VEC(xd_edi_group_t) };
    edi_interchange_begin(g);

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        xd_str_t text = edi_text(g, needed[i].element, needed[i].component);

        if (xd_str_trim(text).len == 0) {
            unb_missing(g, i);
        }
    }

    unb_syntax(g);
    unb_date(g);
}


/* -- UNG and UNH ---------------------------------------------------------- */

void
edi_ung(edi_grader_t *g)
{
    edi_flaw_t f;

    edi_group_begin(g);
    g->groups++;
    g->group.functional = edi_text(g, 1, 0);
    g->group.sender = edi_text(g, 2, 1);
    g->group.sender_qualifier = edi_text(g, 2, 2);
    g->group.receiver = edi_text(g, 3, 1);
    g->group.receiver_qualifier = edi_text(g, 3, 2);
    g->group.control = edi_text(g, 5, 0);

    if (g->group.control.len == 0) {
        f = edi_group_flaw(g, "x12.group.control", 5, XD_EDI_GROUP_BAD_CONTROL);
        edi_flaw(g, &f, "UNG lacks the reference of the group.");
    }
}


void
edi_edifact_grammar(edi_grader_t *g)
{
    const edi_set_t *grammar =
        edi_grammar_message(g->set.code, g->set.version, g->set.release);
    edi_flaw_t f;

    edi_place_begin(g, grammar);
    g->place.first = false;
    g->place.later = grammar != NULL && strcmp(grammar->directory, "D96A") != 0;

    if (g->set.code.len == 0) {
        f = edi_set_flaw(g, "x12.set.id", 2, XD_EDI_SET_BAD_ID);
        f.component = 1;
        edi_flaw(g, &f, "UNH names no type of message.");
    } else if (grammar == NULL) {
        f = edi_set_flaw(g, "x12.set.not-supported", 2,
            XD_EDI_SET_NOT_SUPPORTED);
        f.severity = XD_INFO;
        edi_flaw(g, &f,
            "Message %.*s in directory %.*s.%.*s is not supported: only its "
            "envelope was checked.",
            XD_FMT(g->set.code), XD_FMT(g->set.version),
            XD_FMT(g->set.release));
    }
}


void
edi_unh(edi_grader_t *g)
{
    xd_arena_reset(g->set_arena);
    g->set = (xd_edi_set_t){ .control = edi_text(g, 1, 0),
        .code = edi_text(g, 2, 1),
        .version = edi_text(g, 2, 2),
        .release = edi_text(g, 2, 3),
        .agency = edi_text(g, 2, 4),
        .association = edi_text(g, 2, 5) };
    g->answers += xd_str_is(g->set.code, "CONTRL");
    edi_set_begin(g);
}
