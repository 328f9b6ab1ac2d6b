/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The quantities of a line of a receipt: what came is what was accepted and
 * what was rejected.  Sets say two of the three, or one; the line of a map that
 * speaks of the third stands behind those.  And of an order to a warehouse
 * nothing is done yet.
 */

#include "base/decimal.h"
#include "map/line.h"


/* One of the three, and by which sign the others make it. */
static const struct {
    const char *key, *of, *by;
    bool minus, or_none; /* or_none: nothing, when one of the others fails */
} rows[] = {
    { "qtyRejected", "qtyReceived", "qtyAccepted", true, true },
    { "qtyAccepted", "qtyReceived", "qtyRejected", true, false },
    { "qtyReceived", "qtyAccepted", "qtyRejected", false, false },
    { "qtyDone", "qtyReq", "", true, true },
};


static bool
number(const xd_node_t *quantity, bool negative, xd_decimal_t *out)
{
    if (xd_decimal_read(xd_text(quantity, "value"), out) != XD_OK) {
        return false;
    }

    out->mantissa = negative ? -out->mantissa : out->mantissa;

    return true;
}


/* Of two quantities of one unit the sum or the difference.  Where one of both
 * is not said, nothing was rejected: what came was accepted. */
static bool
computed(const map_line_t *line, const xd_node_t *object, xd_decimal_t *out,
    const xd_node_t **like)
{
    const xd_node_t *of = NULL, *by = NULL;
    bool minus = false, or_none = false;
    xd_decimal_t a = { 0 }, b = { 0 };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(map_key(line), rows[i].key) == 0) {
            of = xd_get(object, rows[i].of);
            by = xd_get(object, rows[i].by);
            minus = rows[i].minus;
            or_none = rows[i].or_none;
        }
    }

    *like = of != NULL ? of : by;
    if (*like == NULL
        || (of != NULL && by != NULL
            && !xd_str_eq(xd_text(of, "uom"), xd_text(by, "uom"))))
    {
        return false;
    }

    if (or_none && (of == NULL || by == NULL)) {
        *out = a;
        return true;
    }

    return (of == NULL || number(of, false, &a))
           && (by == NULL || number(by, minus, &b))
           && xd_decimal_add(a, b, out) == XD_OK;
}


static void
counted_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    char text[XD_DECIMAL_MAX];
    const xd_node_t *like;
    xd_decimal_t n;
    xd_node_t *q;

    (void) group;

    if (map_member(to, line) != NULL || !computed(line, to, &n, &like)) {
        return;
    }

    q = map_open(m, to, map_key(line), XD_OBJECT);
    map_put(m, q, "value",
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(n, text) }));
    map_put(m, q, "uom", xd_text(like, "uom"));
    if (xd_get(like, "origUom") != NULL) {
        map_put(m, q, "origUom", xd_text(like, "origUom"));
    }
}


/* Nothing is written, and so it must be what would be read. */
static void
counted_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *q = map_member(from, line), *like;
    xd_decimal_t n, own;

    (void) group;

    if (q == NULL) {
        return;
    }

    if (!computed(line, from, &n, &like) || !number(q, false, &own)
        || xd_decimal_cmp(n, own) != 0
        || !xd_str_eq(xd_text(like, "uom"), xd_text(q, "uom")))
    {
        map_refuse(m, line, q,
            "what came is what was accepted and what was rejected.");
        return;
    }

    map_used(m, xd_get(q, "value"));
    map_used(m, xd_get(q, "uom"));
    map_used(m, xd_get(q, "origUom"));
}


const map_codec_t map_as_counted = { .read = counted_read,
    .write = counted_write };
