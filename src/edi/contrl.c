/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * CONTRL: what was wrong with an EDIFACT interchange, from UCI for the whole
 * down to UCD for one component.
 */

#include "edi/reply.h"

#include <stdio.h>

#define REJECTED     "4" /* 0083: this level and all below it */
#define ACKNOWLEDGED "7" /* and the next level, where it is not named */

#define UNSPECIFIED  18 /* 0085: nothing more exact is known */


/* S011: element and component, from 1; the tag of the segment is 1. */
static void
place(reply_t *c, uint32_t at, uint32_t component)
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

    reply_composite(c, parts, 2);
}


/* 0083, and where something was wrong 0085, 0135 and S011. */
static void
verdict(reply_t *c, bool rejected, const xd_edi_error_t *error,
    uint32_t otherwise)
{
    uint32_t code = xd_edi_codes[error->kind].contrl;

    reply_element(c, rejected ? XD_STR(REJECTED) : XD_STR(ACKNOWLEDGED));

    if (!rejected) {
        return;
    }

    reply_number(c, code != 0 ? code : otherwise);

    if (code != 0) {
        reply_element(c, xd_str(error->segment_id));
        place(c, error->element, error->component);
    }
}


/* -- segments -------------------------------------------------------------- */

static void
unh_write(reply_t *c)
{
    const xd_str_t three[] = { XD_STR("CONTRL"), XD_STR("D"), XD_STR("3"),
        XD_STR("UN") };
    const xd_str_t four[] = { XD_STR("CONTRL"), XD_STR("4"), XD_STR("1"),
        XD_STR("UN") };

    c->w.segments = 0;
    reply_begin(c, "UNH");
    reply_number(c, 1);
    reply_composite(c, c->four ? four : three, 4);
    reply_end(c);
}


static void
uci_write(reply_t *c)
{
    reply_begin(c, "UCI");
    reply_reference(c, c->in->control);
    reply_party(c, c->in->sender, c->in->sender_qualifier);
    reply_party(c, c->in->receiver, c->in->receiver_qualifier);
    verdict(c, c->in->verdict == 'R', &c->in->error, UNSPECIFIED);
    reply_end(c);
}


/* Faults of one segment that stand together become one UCS. */
static bool
same_segment(const xd_edi_fault_t *a, const xd_edi_fault_t *b)
{
    return a->position == b->position && a->element != 0 && b->element != 0;
}


static void
faults_write(reply_t *c, const xd_edi_set_t *set)
{
    const xd_edi_fault_t *last = NULL;

    for (size_t i = 0; i < set->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&set->faults, xd_edi_fault_t, i);
        uint32_t code = xd_edi_codes[f->kind].contrl;

        code = code != 0 ? code : UNSPECIFIED;

        if (last == NULL || !same_segment(last, f)) {
            reply_begin(c, "UCS");
            reply_number(c, f->position > 0 ? f->position : 1);
            reply_number(c, f->element == 0 ? code : 0);
            reply_end(c);
        }

        if (f->element != 0) {
            reply_begin(c, "UCD");
            reply_number(c, code);
            place(c, f->element, f->component);
            reply_end(c);
        }

        last = f;
    }
}


/* Only a message that was refused is named. */
static void
set_write(reply_t *c, const xd_edi_set_t *set)
{
    const xd_str_t type[] = { reply_fitted(set->code, REPLY_TYPE, "UNKNWN"),
        reply_fitted(set->version, REPLY_VERSION, "D"),
        reply_fitted(set->release, REPLY_VERSION, "0"),
        reply_fitted(set->agency, REPLY_AGENCY, "UN") };
    bool named = set->faults.count > 0;

    if (set->verdict != 'R') {
        return;
    }

    reply_begin(c, "UCM");
    reply_reference(c, set->control);
    reply_composite(c, type, 4);
    verdict(c, true, &set->error, named ? 0 : UNSPECIFIED);
    reply_end(c);
    faults_write(c, set);
}


static void
group_write(reply_t *c, const xd_edi_group_t *group)
{
    if (!group->implied) {
        reply_begin(c, "UCF");
        reply_reference(c, group->control);
        reply_party(c, group->sender, group->sender_qualifier);
        reply_party(c, group->receiver, group->receiver_qualifier);
        verdict(c, group->verdict == 'R', &group->error, UNSPECIFIED);
        reply_end(c);
    }

    for (size_t i = 0; i < group->sets.count; i++) {
        set_write(c, XD_AT(&group->sets, xd_edi_set_t, i));
    }
}


xd_rc_t
xd_edi_write_contrl(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    xd_buf_t *out)
{
    size_t before = out->len;
    reply_t c;

    if (in->syntax != XD_EDI_EDIFACT || in->acknowledges) {
        return XD_E_NOT_FOUND;
    }

    reply_open(&c, in, ack, out);
    unh_write(&c);
    uci_write(&c);

    /* Who refuses the interchange refuses all that is in it. */
    for (size_t i = 0; in->verdict != 'R' && i < in->groups.count; i++) {
        group_write(&c, XD_AT(&in->groups, xd_edi_group_t, i));
    }

    reply_message_end(&c, 1);
    reply_close(&c, 1);

    return reply_finish(out, before);
}
