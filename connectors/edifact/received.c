/* SPDX-License-Identifier: BSD-2-Clause */

/* CONTRL that come in: which of what was sent they mean, and what they say of
 * it. */

#include "edifact.h"

#include "edi/ack_read.h"


/* Of the messages or groups that are named, the one of that number; NULL: it
 * shares the fate of what is around it. */
static const xd_edi_contrl_answer_t *
answer_of(const xd_vec_t *answers, uint32_t control)
{
    for (size_t i = 0; i < answers->count; i++) {
        const xd_edi_contrl_answer_t *one =
            XD_AT(answers, xd_edi_contrl_answer_t, i);
        uint64_t n;

        if (xd_str_uint(one->control, 999999999, &n) && n == control) {
            return one;
        }
    }

    return NULL;
}


static xd_rc_t
put_code(desk_in_t *in, desk_ack_t *a, const xd_edi_fault_t *f, xd_str_t set,
    uint32_t code)
{
    return code == 0 ? XD_OK
                     : desk_ack_error(in, a, f, set,
                         xd_fmt(in->w->arena, "0085:%u", code));
}


/* What UCM, UCS and UCD say of one message. */
static xd_rc_t
put_answer(desk_in_t *in, desk_ack_t *a, const xd_edi_contrl_answer_t *answer)
{
    xd_str_t set = desk_label(in->w->arena, answer->control);
    xd_rc_t rc = set.ptr != NULL ? XD_OK : XD_E_MEMORY;

    for (size_t i = 0; rc == XD_OK && i < answer->faults.count; i++) {
        const xd_edi_fault_t *f = XD_AT(&answer->faults, xd_edi_fault_t, i);

        rc = put_code(in, a, f, set,
            f->element_code != 0 ? f->element_code : f->segment_code);
    }

    return rc == XD_OK ? put_code(in, a, NULL, set, answer->reason.code) : rc;
}


/* Of one message of ours. */
static xd_rc_t
answered(desk_in_t *in, desk_ack_t *a, const xd_edi_contrl_t *ack)
{
    const xd_edi_contrl_answer_t *message =
        answer_of(&ack->messages, a->sent.st);
    const xd_edi_contrl_answer_t *group = answer_of(&ack->groups, a->sent.gs);
    xd_rc_t rc = XD_OK;

    a->errors = xd_node_new(in->w->arena, XD_ARRAY);
    if (a->errors == NULL) {
        return XD_E_MEMORY;
    }

    /* what refuses the whole refuses all that is in it */
    a->status = ack->status;
    if (group != NULL && group->status != 0 && a->status != 'R') {
        a->status = group->status;
    }
    if (message != NULL && message->status != 0 && a->status != 'R') {
        a->status = message->status;
    }

    rc = message != NULL ? put_answer(in, a, message) : XD_OK;
    if (rc == XD_OK && group != NULL) {
        rc = put_code(in, a, NULL, XD_STR_NONE, group->reason.code);
    }
    if (rc == XD_OK) {
        rc = put_code(in, a, NULL, XD_STR_NONE, ack->reason.code);
    }

    return rc == XD_OK ? desk_ack_settle(in, a) : rc;
}


xd_rc_t
edifact_received(desk_in_t *in, const desk_place_t *at)
{
    xd_vec_t sent = XD_VEC(desk_sent_t);
    xd_edi_contrl_t ack;
    xd_rc_t rc = at->set->tree != NULL
                     ? xd_edi_read_contrl(in->w->arena, at->set->tree, &ack)
                     : XD_E_SYNTAX;

    if (rc == XD_E_SYNTAX) {
        return desk_exception(in, at, "ack.unreadable",
            XD_STR("this CONTRL does not say what it answers, or how; its "
                   "bytes are kept"));
    }

    rc = rc == XD_OK ? desk_sent_interchange(in, ack.control, &sent) : rc;
    if (rc == XD_E_NOT_FOUND) {
        return desk_ack_unmatched(in, at, "interchange", ack.control);
    }

    for (size_t i = 0; rc == XD_OK && i < sent.count; i++) {
        desk_ack_t a = { .at = at,
            .kind = "contrl",
            .sent = *XD_AT(&sent, desk_sent_t, i) };

        rc = answered(in, &a, &ack);
    }

    return rc;
}
