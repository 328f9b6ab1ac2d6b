/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * APERAK that come in: what became of our messages in the partner's
 * application, after CONTRL accepted their syntax.
 *
 * Standard: UN/EDIFACT APERAK D.96A and D.01B, segments BGM, RFF, ERC, FTX.
 */

#include "edifact.h"


/* A component of an element, in either of its forms. */
static xd_str_t
part(const xd_node_t *segment, const char *element, size_t n)
{
    const xd_node_t *node = xd_get(segment, element);

    if (node != NULL && node->kind == XD_ARRAY) {
        node = xd_nth(node, n);
    }

    return node != NULL && node->kind == XD_STRING ? xd_str_trim(node->text)
                                                   : XD_STR("");
}


/* Directories number their groups otherwise: D.96A has no DOC before them. */
static const xd_node_t *
references(const desk_place_t *at)
{
    return xd_get(at->set->tree,
        xd_str_is(at->set->release, "96A") ? "SG1" : "SG2");
}


static const xd_node_t *
errors_of(const desk_place_t *at)
{
    return xd_get(at->set->tree,
        xd_str_is(at->set->release, "96A") ? "SG3" : "SG4");
}


/* 1153: of which message a number is.  Numbers of messages themselves (ACW)
 * begin again in each interchange, and so name none. */
static const struct {
    const char *qualifier, *message;
} meant[] = {
    { "ON", "ORDERS" },
    { "ON", "ORDCHG" },
    { "AAK", "DESADV" },
    { "IV", "INVOIC" },
};


/* The first reference that is the number of something that we sent. */
static xd_rc_t
find(desk_in_t *in, const desk_place_t *at, desk_named_t *named,
    desk_sent_t *out)
{
    xd_rc_t rc = XD_E_NOT_FOUND;

    xd_each (rff, references(at)) {
        xd_str_t qualifier = part(rff, "1", 0);

        for (size_t i = 0;
             rc == XD_E_NOT_FOUND && i < sizeof(meant) / sizeof(meant[0]); i++)
        {
            if (xd_str_is(qualifier, meant[i].qualifier)) {
                *named = (desk_named_t){ .code = xd_str(meant[i].message),
                    .number = part(rff, "1", 1) };
                rc = desk_sent_named(in, named, out);
            }
        }
    }

    return rc;
}


/* 4343 AP or AB: accepted; RE: not.  Without it 1225 says the same by 29 and
 * 27, and without that an error refuses. */
static char
status_of(const desk_place_t *at)
{
    const xd_node_t *bgm = xd_nth(xd_get(at->set->tree, "BGM"), 0);
    xd_str_t response = part(bgm, "4", 0), function = part(bgm, "3", 0);
    bool errors = errors_of(at) != NULL;

    if (xd_str_is(response, "RE")
        || (response.len == 0 && xd_str_is(function, "27")))
    {
        return 'R';
    }

    if (xd_str_is(response, "AP") || xd_str_is(response, "AB")
        || xd_str_is(function, "29"))
    {
        return errors ? 'E' : 'A';
    }

    return errors ? 'R' : 'A';
}


/* One ERC: its code, and what its text says. */
static xd_rc_t
put_error(desk_in_t *in, desk_ack_t *a, const xd_node_t *erc)
{
    const xd_node_t *ftx = xd_nth(xd_get(erc, "FTX"), 0);
    xd_str_t code = desk_label(in->w->arena, part(erc, "1", 0));

    return code.ptr != NULL ? desk_ack_remark(in, a, NULL,
               xd_fmt(in->w->arena, "ERC:%.*s", XD_FMT(code)),
               part(ftx, "4", 0))
                            : XD_E_MEMORY;
}


xd_rc_t
edifact_advised(desk_in_t *in, const desk_place_t *at)
{
    desk_ack_t a = { .at = at,
        .kind = "aperak",
        .status = status_of(at),
        .errors = xd_node_new(in->w->arena, XD_ARRAY) };
    desk_named_t named = { .number = XD_STR("") };
    xd_rc_t rc = find(in, at, &named, &a.sent);

    if (rc == XD_E_NOT_FOUND) {
        return desk_ack_unmatched(in, at, "document", named.number);
    }

    rc = a.errors == NULL ? XD_E_MEMORY : rc;
    xd_each (erc, rc == XD_OK ? errors_of(at) : NULL) {
        rc = rc == XD_OK ? put_error(in, &a, erc) : rc;
    }

    return rc == XD_OK ? desk_ack_settle(in, &a) : rc;
}
