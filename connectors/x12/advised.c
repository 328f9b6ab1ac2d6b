/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * 824 that come in: what became of our sets in the partner's application,
 * after their syntax was accepted.
 *
 * Standard: X12 824 (004010), segments OTI and TED.
 */

#include "x12.h"


/* OTI01: of transaction sets, items, groups and batches; C is accepted with
 * changed data, P in part.  0: none of these. */
static char
status_of(xd_str_t code)
{
    static const char what[] = "TIGB";
    static const char as[][2] = { { 'A', 'A' }, { 'C', 'A' }, { 'E', 'E' },
        { 'P', 'E' }, { 'R', 'R' } };

    if (code.len != 2 || memchr(what, code.ptr[0], sizeof(what) - 1) == NULL) {
        return '\0';
    }

    for (size_t i = 0; i < sizeof(as) / sizeof(as[0]); i++) {
        if (code.ptr[1] == as[i][0]) {
            return as[i][1];
        }
    }

    return '\0';
}


static uint32_t
number(const xd_node_t *group, const char *element)
{
    uint64_t n = 0;

    return xd_str_uint(xd_str_trim(xd_text(group, element)), 999999999, &n)
               ? (uint32_t) n
               : 0;
}


/* One TED: its code with its place, and what it says. */
static xd_rc_t
put_remark(desk_in_t *in, desk_ack_t *a, const xd_node_t *ted)
{
    uint32_t element = number(ted, "5");
    const xd_edi_fault_t fault = { .segment_id = xd_text(ted, "3"),
        .position = number(ted, "4"),
        .element = (uint8_t) (element < 100 ? element : 0) };
    xd_str_t code = desk_label(in->w->arena, xd_text(ted, "1"));

    return code.ptr != NULL ? desk_ack_remark(in, a,
               fault.segment_id.len > 0 ? &fault : NULL,
               xd_fmt(in->w->arena, "TED01:%.*s", XD_FMT(code)),
               xd_text(ted, "2"))
                            : XD_E_MEMORY;
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
