/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * 824 that come in: what became of our sets in the partner's application,
 * after their syntax was accepted.
 *
 * Standard: X12 824 (004010), segments OTI and TED.
 */

#include "x12.h"


/* OTI01: TA, TE, TP, TR, and the same of groups and items; 0: none of these. */
static char
status_of(xd_str_t code)
{
    char last = code.len == 2 ? code.ptr[1] : '\0';

    return last == 'P'                                 ? 'E'
           : last == 'A' || last == 'E' || last == 'R' ? last
                                                       : '\0';
}


static uint32_t
number(const xd_node_t *group, const char *element)
{
    uint64_t n = 0;

    return xd_str_uint(xd_str_trim(xd_text(group, element)), 999999999, &n)
               ? (uint32_t) n
               : 0;
}


/* One TED: its code with its place; what it says is the reason. */
static xd_rc_t
put_remark(desk_in_t *in, desk_ack_t *a, const xd_node_t *ted)
{
    const xd_edi_fault_t fault = { .segment_id = xd_text(ted, "3"),
        .position = number(ted, "4"),
        .element = (uint8_t) (number(ted, "5") % 100) };
    xd_str_t says = desk_label(in->w->arena, xd_text(ted, "2"));
    bool placed = fault.segment_id.len > 0;
    bool first = a->reason.ptr == NULL;
    xd_rc_t rc = desk_ack_error(in, a, placed ? &fault : NULL, XD_STR(""),
        xd_fmt(in->w->arena, "TED01:%.*s",
            XD_FMT(desk_label(in->w->arena, xd_text(ted, "1")))));

    if (rc == XD_OK && first && says.len > 0) {
        a->reason = says;
    }

    return says.ptr != NULL ? rc : XD_E_MEMORY;
}


static xd_rc_t
advised(desk_in_t *in, const desk_place_t *at, const xd_node_t *oti)
{
    const desk_named_t named = { .code = xd_text(oti, "10"),
        .gs = number(oti, "8"),
        .st = number(oti, "9"),
        .number = xd_str_trim(xd_text(oti, "3")) };
    desk_ack_t a = { .at = at,
        .kind = "824",
        .status = status_of(xd_str_trim(xd_text(oti, "1"))),
        .errors = xd_node_new(in->w->arena, XD_ARRAY) };
    xd_rc_t rc = desk_sent_named(in, &named, &a.sent);

    if (rc == XD_E_NOT_FOUND) {
        return desk_ack_unmatched(in, at, "document", named.number);
    }

    if (rc == XD_OK && a.status == '\0') {
        return desk_exception(in, at, "ack.unreadable",
            XD_STR("this 824 does not say whether the set was accepted; its "
                   "bytes are kept"));
    }

    rc = a.errors == NULL ? XD_E_MEMORY : rc;
    xd_each (ted, rc == XD_OK ? xd_get(oti, "TED") : NULL) {
        rc = rc == XD_OK ? put_remark(in, &a, ted) : rc;
    }

    return rc == XD_OK ? desk_ack_settle(in, &a) : rc;
}


xd_rc_t
x12_advised(desk_in_t *in, const desk_place_t *at)
{
    xd_rc_t rc = XD_OK;

    if (xd_get(at->set->tree, "OTI") == NULL) {
        return desk_exception(in, at, "ack.unreadable",
            XD_STR("this 824 names no set; its bytes are kept"));
    }

    xd_each (oti, xd_get(at->set->tree, "OTI")) {
        rc = rc == XD_OK ? advised(in, at, oti) : rc;
    }

    return rc;
}
