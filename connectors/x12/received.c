/* SPDX-License-Identifier: BSD-2-Clause */

/* 997, 999 and TA1 that come in: which of what was sent they mean, and what
 * they say of it. */

#include "x12.h"

#include "edi/ack_read.h"


/* AK501, AK901 and TA104 know more ways to refuse than we tell apart. */
static char
status_of(char status)
{
    return xd_edi_accepts(status) || status == 'P' ? status : 'R';
}


static xd_rc_t
put_codes(desk_in_t *in, desk_ack_t *a, const char *element, xd_str_t set,
    const uint16_t codes[5])
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < 5 && codes[i] != 0; i++) {
        rc = desk_ack_error(in, a, NULL, set,
            xd_fmt(in->w->arena, "%s:%u", element, codes[i]));
    }

    return rc;
}


/* What AK3 and AK4 say of one set, then AK5. */
static xd_rc_t
put_answer(desk_in_t *in, desk_ack_t *a, const xd_edi_answer_t *answer)
{
    xd_str_t set = desk_label(in->w->arena, answer->control);
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < answer->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&answer->faults, xd_edi_fault_t, i);

        rc = desk_ack_error(in, a, f, set,
            f->element_code != 0
                ? xd_fmt(in->w->arena, "AK403:%u", f->element_code)
                : xd_fmt(in->w->arena, "AK304:%u", f->segment_code));
    }

    return rc == XD_OK ? put_codes(in, a, "AK502", set, answer->codes) : rc;
}


/* -- 997 ----------------------------------------------------------------- */

/* The set of ours in the group; NULL: only the group is spoken of. */
static const xd_edi_answer_t *
answer_of(const xd_edi_997_t *ack, uint32_t st)
{
    for (size_t i = 0; i < ack->sets.count; i++) {
        const xd_edi_answer_t *answer = XD_AT(&ack->sets, xd_edi_answer_t, i);
        uint64_t n;

        if (xd_str_uint(answer->control, 999999999, &n) && n == st) {
            return answer;
        }
    }

    return NULL;
}


/* Of one set of ours; a set that nothing is said of shares its group's fate. */
static xd_rc_t
answered(desk_in_t *in, desk_ack_t *a, const xd_edi_997_t *ack)
{
    const xd_edi_answer_t *answer = answer_of(ack, a->sent.st);
    xd_rc_t rc;

    a->errors = xd_node_new(in->w->arena, XD_ARRAY);
    if (a->errors == NULL) {
        return XD_E_MEMORY;
    }

    a->status = status_of(
        answer != NULL && answer->status != 0 ? answer->status : ack->status);
    rc = answer != NULL ? put_answer(in, a, answer) : XD_OK;
    if (rc == XD_OK) {
        rc = put_codes(in, a, "AK905", XD_STR_NONE, ack->codes);
    }

    return rc == XD_OK ? desk_ack_settle(in, a) : rc;
}


xd_rc_t
x12_received(desk_in_t *in, const desk_place_t *at)
{
    bool implementation = xd_str_is(at->set->code, "999");
    const char *kind = implementation ? "999" : "997";
    xd_vec_t sent = XD_VEC(desk_sent_t);
    xd_edi_997_t ack;
    xd_rc_t rc = at->set->tree != NULL
                         && (implementation || xd_str_is(at->set->code, "997"))
                     ? xd_edi_read_997(in->w->arena, at->set->tree, &ack)
                     : XD_E_SYNTAX;

    if (rc == XD_E_SYNTAX) {
        return desk_exception(in, at, "ack.unreadable",
            XD_STR("this acknowledgement does not say what it answers, or "
                   "how; its bytes are kept"));
    }

    rc = rc == XD_OK ? desk_sent_group(in, ack.functional, ack.control, &sent)
                     : rc;
    if (rc == XD_E_NOT_FOUND) {
        return desk_ack_unmatched(in, at, "group", ack.control);
    }

    for (size_t i = 0; rc == XD_OK && i < sent.count; i++) {
        desk_ack_t a = { .at = at,
            .kind = kind,
            .sent = *XD_AT(&sent, desk_sent_t, i) };

        rc = answered(in, &a, &ack);
    }

    return rc;
}


/* -- TA1 ----------------------------------------------------------------- */

static xd_rc_t
received_one(desk_in_t *in, const desk_place_t *at, const xd_edi_ta1_t *ta1)
{
    const uint16_t codes[5] = { ta1->note };
    xd_vec_t sent = XD_VEC(desk_sent_t);
    xd_rc_t rc = desk_sent_interchange(in, ta1->control, &sent);

    if (rc == XD_E_NOT_FOUND) {
        return desk_ack_unmatched(in, at, "interchange", ta1->control);
    }

    for (size_t i = 0; rc == XD_OK && i < sent.count; i++) {
        desk_ack_t a = { .at = at,
            .kind = "ta1",
            .whole = true,
            .status = status_of(ta1->status),
            .sent = *XD_AT(&sent, desk_sent_t, i),
            .errors = xd_node_new(in->w->arena, XD_ARRAY) };

        rc = a.errors != NULL ? put_codes(in, &a, "TA105", XD_STR_NONE, codes)
                              : XD_E_MEMORY;
        rc = rc == XD_OK ? desk_ack_settle(in, &a) : rc;
    }

    return rc;
}


xd_rc_t
x12_answers(desk_in_t *in, const xd_edi_interchange_t *ic)
{
    const desk_place_t at = { .ic = ic };
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < ic->answers.count; i++) {
        rc = received_one(in, &at, XD_AT(&ic->answers, xd_edi_ta1_t, i));
    }

    return rc;
}
