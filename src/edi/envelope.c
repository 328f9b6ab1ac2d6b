/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Interchanges and groups.  Control numbers are texts and must be the same at
 * both ends; counts are numbers.  An interchange whose ends do not belong
 * together may have lost something in between and is rejected; a wrong count
 * alone is noted, as every set is complete by itself.
 */

#include "edi/grader.h"


/* The first note counts, but one that rejects replaces one that does not. */
void
edi_note(edi_grader_t *g, uint16_t code, bool rejects)
{
    if (g->ic.note == 0 || (rejects && g->ic.verdict != 'R')) {
        g->ic.note = code;
    }

    if (rejects) {
        g->ic.verdict = 'R';
    } else if (g->ic.verdict == 'A') {
        g->ic.verdict = 'E';
    }
}


void
edi_note_kind(edi_grader_t *g, xd_edi_kind_t kind, bool rejects)
{
    const xd_edi_codes_t *codes = &xd_edi_codes[kind];

    edi_note(g, g->syntax->edifact ? codes->contrl : codes->interchange,
        rejects);
}


/* A flaw of the group's or interchange's own envelope. */
static edi_flaw_t
flaw(const edi_grader_t *g, const char *rule, uint32_t element,
    xd_scope_t scope)
{
    edi_flaw_t f = element != 0
                       ? edi_flaw_element(g, rule, element, XD_EDI_NO_FAULT)
                       : edi_flaw_segment(g, rule, XD_EDI_NO_FAULT);

    f.scope = scope;
    f.position = 0;

    return f;
}


edi_flaw_t
edi_interchange_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = flaw(g, rule, element, XD_SCOPE_INTERCHANGE);

    f.kind = (uint8_t) kind;

    return f;
}


/* Tells a flaw of the interchange, which is rejected for it or not. */
static void
interchange_tell(edi_grader_t *g, const edi_flaw_t *f, bool rejects)
{
    edi_error(&g->ic.error, f);
    edi_note_kind(g, f->kind, rejects);
}


bool
edi_control_check(edi_grader_t *g, xd_str_t opened, edi_flaw_t *f)
{
    xd_str_t closed = edi_text(g, 2, 0);
    xd_str_t a = xd_str_trim(opened), b = xd_str_trim(closed);

    if (xd_str_eq(opened, closed)) {
        return true;
    }

    for (; a.len > 1 && a.ptr[0] == '0'; a.ptr++, a.len--) {
    }

    for (; b.len > 1 && b.ptr[0] == '0'; b.ptr++, b.len--) {
    }

    if (xd_str_eq(a, b)) {
        f->severity = XD_WARNING;
        f->rule = "x12.control.padding";
        f->kind = XD_EDI_NO_FAULT;
        edi_flaw(g, f,
            "The number differs from its header's by padding "
            "only.");
        return true;
    }

    edi_flaw(g, f, "The number differs from its header's, \"%.*s\".",
        (int) (opened.len < 20 ? opened.len : 20), opened.ptr);

    return false;
}


/* -- interchange ---------------------------------------------------------- */

/* Who looks at interchanges only need not have the file at hand for it. */
static void
texts_copy(edi_grader_t *g)
{
    xd_edi_interchange_t *ic = &g->ic;
    xd_str_t *const texts[] = { &ic->sender_qualifier, &ic->sender,
        &ic->receiver_qualifier, &ic->receiver, &ic->sender_internal,
        &ic->receiver_internal, &ic->date, &ic->time, &ic->version,
        &ic->charset, &ic->application, &ic->control };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i]->len > 0) {
            *texts[i] = xd_dup(g->arena, *texts[i]);
        }

        if (texts[i]->ptr == NULL) {
            g->rc = texts[i]->len > 0 ? XD_E_MEMORY : g->rc;
            *texts[i] = XD_STR("");
        }
    }
}


void
edi_interchange_begin(edi_grader_t *g)
{
    if (g->most_sets == 0) {
        texts_copy(g);
    }

    g->in_interchange = true;
    g->groups = g->sets = g->answers = 0;
}


static void
interchange_close(edi_grader_t *g, size_t end)
{
    xd_edi_interchange_t *kept = xd_vec_push(&g->out->interchanges, g->arena);

    g->in_interchange = false;
    g->ic.length = end - g->ic.offset;
    g->ic.acknowledges |= g->sets > 0 && g->answers == g->sets;

    if (kept == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    *kept = g->ic;
}


/* Where there are groups, they are counted; else the sets are. */
static void
count_check(edi_grader_t *g)
{
    xd_str_t declared = xd_segment_element(&g->seg, 1);
    bool groups = !g->syntax->edifact || g->groups > 0;
    uint32_t found = groups ? g->groups : g->sets;
    uint64_t count = 0;
    edi_flaw_t f;

    if (xd_str_uint(declared, UINT32_MAX, &count) && count == found) {
        return;
    }

    f = edi_interchange_flaw(g, "x12.interchange.count", 1,
        XD_EDI_INTERCHANGE_COUNT);
    edi_flaw(g, &f, "%s01 says \"%.*s\"; the interchange has %u %s.",
        g->syntax->interchange_end,
        (int) (declared.len < 20 ? declared.len : 20), declared.ptr, found,
        groups ? "groups" : g->syntax->inner);
    interchange_tell(g, &f, false);
}


void
edi_interchange_end(edi_grader_t *g)
{
    edi_flaw_t f;

    count_check(g);

    f = edi_interchange_flaw(g, "x12.interchange.control-differs", 2,
        XD_EDI_INTERCHANGE_CONTROL_DIFFERS);
    if (!edi_control_check(g, g->ic.control, &f)) {
        interchange_tell(g, &f, true);
    }

    interchange_close(g, g->seg.end);
}


void
edi_interchange_lost(edi_grader_t *g)
{
    edi_flaw_t f = edi_interchange_flaw(g, "x12.interchange.no-trailer", 0,
        XD_EDI_INTERCHANGE_NO_TRAILER);

    f.severity = XD_FATAL;
    f.segment_id = xd_str(g->syntax->interchange_end);
    edi_flaw(g, &f, "The interchange %.*s ends without %s.",
        XD_FMT(g->ic.control), g->syntax->interchange_end);
    interchange_tell(g, &f, true);

    interchange_close(g, g->seg.offset);
}


void
edi_stray(edi_grader_t *g)
{
    edi_flaw_t f = edi_interchange_flaw(g, "x12.segment.stray", 0,
        XD_EDI_INTERCHANGE_STRUCTURE);

    f.scope = g->in_group ? XD_SCOPE_GROUP : XD_SCOPE_INTERCHANGE;
    f.value =
        (xd_str_t){ g->seg.id.ptr, g->seg.id.len < 32 ? g->seg.id.len : 32 };
    edi_flaw(g, &f, "This segment stands outside every %s.", g->syntax->set);
    interchange_tell(g, &f, false);
}


/* -- group ---------------------------------------------------------------- */

edi_flaw_t
edi_group_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = flaw(g, rule, element, XD_SCOPE_GROUP);

    f.kind = (uint8_t) kind;
    edi_code_add(g->group.group_codes, xd_edi_codes[kind].group);
    edi_error(&g->group.error, &f);

    return f;
}


static void
gs_check(edi_grader_t *g)
{
    xd_str_t version = { g->group.version.ptr, 6 };
    edi_flaw_t f;

    if (g->group.functional.len != 2) {
        f = flaw(g, "x12.group.id", 1, XD_SCOPE_GROUP);
        edi_flaw(g, &f, "GS01 is no code of a group.");
    }

    if (!edi_is_date(xd_x12_element(&g->seg, 4))
        || !edi_is_time(xd_x12_element(&g->seg, 5)))
    {
        f = flaw(g, "x12.group.date", 4, XD_SCOPE_GROUP);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "GS04 and GS05 are no date and time.");
    }

    if (g->group.control.len > 9 || !edi_is_digits(g->group.control)) {
        f = edi_group_flaw(g, "x12.group.control", 6, XD_EDI_GROUP_BAD_CONTROL);
        edi_flaw(g, &f, "GS06 is no number of 1 to 9 digits.");
    }

    if (g->group.version.len < 6 || !edi_is_digits(version)) {
        /* its sets find no grammar then; old versions wrote what they liked */
        f = flaw(g, "x12.group.version", 8, XD_SCOPE_GROUP);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "GS08 does not begin with a version of six digits.");
    }
}


void
edi_group_begin(edi_grader_t *g)
{
    xd_arena_reset(g->group_arena);
    g->controls = (edi_seen_t){ 0 };
    g->in_group = true;
    g->group_lost = false;
    g->group = (xd_edi_group_t){ .sets = XD_VEC(xd_edi_set_t) };
}


void
edi_gs(edi_grader_t *g)
{
    edi_group_begin(g);
    g->groups++;
    g->group.functional = edi_text(g, 1, 0);
    g->group.sender = edi_text(g, 2, 0);
    g->group.receiver = edi_text(g, 3, 0);
    g->group.control = edi_text(g, 6, 0);
    g->group.version = edi_text(g, 8, 0);

    gs_check(g);
}


void
edi_gs_lost(edi_grader_t *g)
{
    edi_group_begin(g);
    g->groups++;
    g->group_lost = true;
    edi_code_add(g->group.group_codes,
        xd_edi_codes[XD_EDI_GROUP_BAD_CONTROL].group);
}


void
edi_group_implied(edi_grader_t *g)
{
    edi_group_begin(g);
    g->group.implied = true;
}


/*
 * A group whose ends do not belong together is refused whole.  A wrong count
 * alone is noted: every set that came is complete by itself.
 */
void
edi_group_close(edi_grader_t *g)
{
    const uint8_t count = xd_edi_codes[XD_EDI_GROUP_COUNT].group;
    xd_edi_group_t *kept;
    bool refused = false;

    g->in_group = false;

    for (size_t i = 0; i < 5; i++) {
        uint8_t code = g->group.group_codes[i];

        refused |= code != 0 && code != count;
    }

    if (refused) {
        g->group.accepted = 0;
    }

    g->group.verdict =
        refused || (g->group.accepted == 0 && g->group.received > 0) ? 'R'
        : g->group.accepted < g->group.received                      ? 'P'
        : g->group.group_codes[0] != 0                               ? 'E'
                                                                     : 'A';

    g->ic.received += g->group.received;
    g->ic.accepted += g->group.accepted;

    if (g->group.implied) {
        g->group.declared = g->group.received;
    }

    if (g->kept_groups >= g->most_sets) {
        return;
    }

    kept = xd_vec_push(&g->ic.groups, g->arena);
    if (kept == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    *kept = g->group;
    g->kept_groups++;
}


void
edi_group_end(edi_grader_t *g)
{
    xd_str_t declared = xd_segment_element(&g->seg, 1);
    uint64_t count = g->group.received;
    edi_flaw_t f;

    if (!xd_str_uint(declared, 999999, &count) || count != g->group.received) {
        f = edi_group_flaw(g, "x12.group.count", 1, XD_EDI_GROUP_COUNT);
        edi_flaw(g, &f, "%s01 says \"%.*s\"; the group has %u %s.",
            g->syntax->group_end, (int) (declared.len < 20 ? declared.len : 20),
            declared.ptr, g->group.received, g->syntax->inner);
    }

    g->group.declared = (uint32_t) count;

    f = flaw(g, "x12.group.control-differs", 2, XD_SCOPE_GROUP);
    f.kind = XD_EDI_GROUP_CONTROL_DIFFERS;
    if (!g->group_lost && !edi_control_check(g, g->group.control, &f)) {
        edi_error(&g->group.error, &f);
        edi_code_add(g->group.group_codes, xd_edi_codes[f.kind].group);
    }

    edi_group_close(g);
}


void
edi_group_lost(edi_grader_t *g)
{
    edi_flaw_t f =
        edi_group_flaw(g, "x12.group.no-trailer", 0, XD_EDI_GROUP_NO_TRAILER);

    f.severity = XD_FATAL;
    f.segment_id = xd_str(g->syntax->group_end);
    edi_flaw(g, &f, "The group %.*s ends without %s.", XD_FMT(g->group.control),
        g->syntax->group_end);

    g->group.declared = g->group.received;
    edi_group_close(g);
}
