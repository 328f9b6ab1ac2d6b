/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * CONTRL: what was wrong with an EDIFACT interchange, from UCI for the whole
 * down to UCD for one component.
 */

#include "edi/ack.h"

#include <stdio.h>

#include "base/clock.h"
#include "format/edifact_write.h"

#define REJECTED     "4" /* 0083: this level and all below it */
#define ACKNOWLEDGED "7" /* and the next level, where it is not named */

#define UNSPECIFIED  18 /* 0085: nothing more exact is known */

/* Lengths of what a partner gave: 0020 and 0062, 0004, 0007, 0065, 0052 and
 * 0054, 0051. */
#define REFERENCE_MOST 14
#define PARTY_MOST     35
#define QUALIFIER_MOST 4
#define TYPE_MOST      6
#define VERSION_MOST   3
#define AGENCY_MOST    2

typedef struct {
    xd_edifact_writer_t w;
    const xd_edi_interchange_t *in;
    const xd_edi_ack_t *ack;
    bool four; /* syntax version 4 */
} contrl_t;


/* -- values ---------------------------------------------------------------- */

/* What the partner sent may not be sendable in his own character set; that a
 * value was there is said then. */
static void
element(contrl_t *c, xd_str_t value)
{
    if (!xd_edifact_write_element(&c->w, value)) {
        (void) !xd_edifact_write_element(&c->w, XD_STR("X"));
    }
}


static void
composite(contrl_t *c, const xd_str_t *parts, size_t count)
{
    static const xd_str_t other = { "X", 1 };
    size_t bad;

    if (!xd_edifact_write_composite(&c->w, parts, count, &bad)) {
        (void) !xd_edifact_write_composite(&c->w, &other, 1, &bad);
    }
}


/* A partner's value, no longer than its place; never within a character. */
static xd_str_t
fitted(xd_str_t value, size_t most, const char *otherwise)
{
    if (value.len > most) {
        while (most > 0 && ((unsigned char) value.ptr[most] & 0xc0) == 0x80) {
            most--;
        }
        value.len = most;
    }

    return xd_str_trim(value).len > 0 ? value : xd_str(otherwise);
}


/* 0020, 0048, 0062. */
static void
reference(contrl_t *c, xd_str_t value)
{
    element(c, fitted(value, REFERENCE_MOST, "0"));
}


/* A party of UNB or UCI: what it is called, and by whom. */
static void
party(contrl_t *c, xd_str_t id, xd_str_t qualifier)
{
    const xd_str_t parts[] = { fitted(id, PARTY_MOST, "UNKNOWN"),
        fitted(qualifier, QUALIFIER_MOST, "") };

    composite(c, parts, 2);
}


static void
number(contrl_t *c, uint32_t value)
{
    if (value == 0) {
        element(c, XD_STR(""));
    } else {
        xd_edifact_write_number(&c->w, value);
    }
}


/* S011: element and component, from 1; the tag of the segment is 1. */
static void
place(contrl_t *c, uint32_t at, uint32_t component)
{
    char texts[2][12];
    xd_str_t parts[2] = { XD_STR(""), XD_STR("") };

    if (at > 0) {
        (void) snprintf(texts[0], sizeof(texts[0]), "%u", at + 1);
        parts[0] = xd_str(texts[0]);
    }

    if (component > 0) {
        (void) snprintf(texts[1], sizeof(texts[1]), "%u", component);
        parts[1] = xd_str(texts[1]);
    }

    composite(c, parts, 2);
}


/* 0083, and where something was wrong 0085, 0135 and S011. */
static void
verdict(contrl_t *c, bool rejected, const xd_edi_error_t *error,
    uint32_t otherwise)
{
    uint32_t code = xd_edi_codes[error->kind].contrl;

    element(c, rejected ? XD_STR(REJECTED) : XD_STR(ACKNOWLEDGED));

    if (!rejected) {
        return;
    }

    number(c, code != 0 ? code : otherwise);

    if (code != 0) {
        element(c, xd_str(error->segment_id));
        place(c, error->element, error->component);
    }
}


/* -- segments -------------------------------------------------------------- */

static void
begin(contrl_t *c, const char *tag)
{
    xd_edifact_write_begin(&c->w, xd_str(tag));
}


static void
end(contrl_t *c)
{
    xd_edifact_write_end(&c->w);
}


/* Year, month, day: of four digits in syntax 4. */
static void
now_write(contrl_t *c)
{
    char instant[XD_INSTANT_LEN + 1], date[9], time[5];
    xd_str_t parts[2];

    xd_instant_write(c->ack->now_ms, instant);
    (void) snprintf(date, sizeof(date), "%.4s%.2s%.2s", instant, instant + 5,
        instant + 8);
    (void) snprintf(time, sizeof(time), "%.2s%.2s", instant + 11, instant + 14);

    parts[0] = xd_str(c->four ? date : date + 2);
    parts[1] = xd_str(time);
    composite(c, parts, 2);
}


static bool
known_version(xd_str_t version)
{
    return version.len == 1 && version.ptr[0] >= '1' && version.ptr[0] <= '4';
}


static void
unb_write(contrl_t *c)
{
    const xd_str_t syntax[] = { c->w.form.set,
        known_version(c->in->version) ? c->in->version : XD_STR("3") };

    begin(c, "UNB");
    composite(c, syntax, 2);
    party(c, c->in->receiver, c->in->receiver_qualifier);
    party(c, c->in->sender, c->in->sender_qualifier);
    now_write(c);
    number(c, c->ack->isa_control);

    if (c->ack->usage == 'T') {
        for (int i = 6; i < 11; i++) {
            element(c, XD_STR(""));
        }
        number(c, 1);
    }

    end(c);
}


static void
unh_write(contrl_t *c)
{
    const xd_str_t three[] = { XD_STR("CONTRL"), XD_STR("D"), XD_STR("3"),
        XD_STR("UN") };
    const xd_str_t four[] = { XD_STR("CONTRL"), XD_STR("4"), XD_STR("1"),
        XD_STR("UN") };

    c->w.segments = 0;
    begin(c, "UNH");
    number(c, 1);
    composite(c, c->four ? four : three, 4);
    end(c);
}


static void
uci_write(contrl_t *c)
{
    begin(c, "UCI");
    reference(c, c->in->control);
    party(c, c->in->sender, c->in->sender_qualifier);
    party(c, c->in->receiver, c->in->receiver_qualifier);
    verdict(c, c->in->verdict == 'R', &c->in->error, UNSPECIFIED);
    end(c);
}


/* Faults of one segment that stand together become one UCS. */
static bool
same_segment(const xd_edi_fault_t *a, const xd_edi_fault_t *b)
{
    return a->position == b->position && a->element != 0 && b->element != 0;
}


static void
faults_write(contrl_t *c, const xd_edi_set_t *set)
{
    const xd_edi_fault_t *last = NULL;

    for (size_t i = 0; i < set->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&set->faults, xd_edi_fault_t, i);
        uint32_t code = xd_edi_codes[f->kind].contrl;

        code = code != 0 ? code : UNSPECIFIED;

        if (last == NULL || !same_segment(last, f)) {
            begin(c, "UCS");
            number(c, f->position > 0 ? f->position : 1);
            number(c, f->element == 0 ? code : 0);
            end(c);
        }

        if (f->element != 0) {
            begin(c, "UCD");
            number(c, code);
            place(c, f->element, f->component);
            end(c);
        }

        last = f;
    }
}


/* Only a message that was refused is named. */
static void
set_write(contrl_t *c, const xd_edi_set_t *set)
{
    const xd_str_t type[] = { fitted(set->code, TYPE_MOST, "UNKNWN"),
        fitted(set->version, VERSION_MOST, "D"),
        fitted(set->release, VERSION_MOST, "0"),
        fitted(set->agency, AGENCY_MOST, "UN") };
    bool named = set->faults.count > 0;

    if (set->verdict != 'R') {
        return;
    }

    begin(c, "UCM");
    reference(c, set->control);
    composite(c, type, 4);
    verdict(c, true, &set->error, named ? 0 : UNSPECIFIED);
    end(c);
    faults_write(c, set);
}


static void
group_write(contrl_t *c, const xd_edi_group_t *group)
{
    if (!group->implied) {
        begin(c, "UCF");
        reference(c, group->control);
        party(c, group->sender, group->sender_qualifier);
        party(c, group->receiver, group->receiver_qualifier);
        verdict(c, group->verdict == 'R', &group->error, UNSPECIFIED);
        end(c);
    }

    for (size_t i = 0; i < group->sets.count; i++) {
        set_write(c, XD_AT(&group->sets, xd_edi_set_t, i));
    }
}


static void
trailers_write(contrl_t *c)
{
    begin(c, "UNT");
    xd_edifact_write_number(&c->w, c->w.segments);
    number(c, 1);
    end(c);
    begin(c, "UNZ");
    number(c, 1);
    number(c, c->ack->isa_control);
    end(c);
}


/* The character set received when it is one; marks are the usual ones, which
 * every level of every set has. */
static void
form_choose(contrl_t *c, xd_edifact_form_t *form)
{
    *form = xd_edifact_form_usual;

    if (c->in->charset.len == 4 && xd_str_starts(c->in->charset, XD_STR("UNO"))
        && c->in->charset.ptr[3] >= 'A' && c->in->charset.ptr[3] <= 'Y')
    {
        form->set = c->in->charset;
    }
}


xd_rc_t
xd_edi_write_contrl(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    xd_buf_t *out)
{
    contrl_t c = { .in = in, .ack = ack };
    size_t before = out->len;
    xd_edifact_form_t form;

    if (in->syntax != XD_EDI_EDIFACT || in->acknowledges) {
        return XD_E_NOT_FOUND;
    }

    c.four = xd_str_is(in->version, "4");
    form_choose(&c, &form);
    xd_edifact_write_open(&c.w, &form, out);
    xd_edifact_write_una(&c.w);
    unb_write(&c);
    unh_write(&c);
    uci_write(&c);

    /* Who refuses the interchange refuses all that is in it. */
    for (size_t i = 0; in->verdict != 'R' && i < in->groups.count; i++) {
        group_write(&c, XD_AT(&in->groups, xd_edi_group_t, i));
    }

    trailers_write(&c);

    if (xd_buf_rc(out) == XD_OK) {
        return XD_OK;
    }

    out->len = before;

    return XD_E_MEMORY;
}
