/* SPDX-License-Identifier: BSD-2-Clause */

/* What one document adds to a sum, by totals_table.c. */

#include "insight.h"

#include "base/decimal.h"

#define MICRO_SCALE 6 /* as many digits as a decimal may have */


int64_t
totals_sum(int64_t a, int64_t b)
{
    int64_t sum;

    if (!__builtin_add_overflow(a, b, &sum)) {
        return sum;
    }

    return a > 0 ? INT64_MAX : INT64_MIN;
}


/* Twelve digits and six: it always fits. */
static int64_t
micro(xd_str_t text)
{
    xd_decimal_t d;
    int64_t value;

    if (xd_decimal_read(text, &d) != XD_OK) {
        return 0;
    }

    value = d.mantissa;
    for (unsigned n = d.scale; n < MICRO_SCALE; n++) {
        value *= 10;
    }

    return value;
}


static int64_t
sum_at(const xd_node_t *node, xd_str_t path)
{
    xd_str_t name = xd_str_cut(&path, '.');
    int64_t sum = 0;

    if (xd_str_is(name, "*")) {
        xd_each (child, node) {
            sum = totals_sum(sum, sum_at(child, path));
        }
        return sum;
    }

    node = xd_get_str(node, name);

    if (node == NULL || path.ptr != NULL) {
        return node != NULL ? sum_at(node, path) : 0;
    }

    return micro(node->text);
}


static const xd_node_t *
object_at(const xd_node_t *doc, const char *path)
{
    xd_str_t rest = xd_str(path);

    while (rest.ptr != NULL && doc != NULL) {
        doc = xd_get_str(doc, xd_str_cut(&rest, '.'));
    }

    return doc;
}


measure_t
totals_measure(xd_str_t document, const xd_node_t *doc)
{
    const totals_path_t *row = totals_paths;
    measure_t m = { .ccy = XD_STR("") };

    while (row->document != NULL && !xd_str_is(document, row->document)) {
        row++;
    }

    if (row->amount != NULL) {
        const xd_node_t *money = object_at(doc, row->amount);

        if (money != NULL && xd_text(money, "ccy").len > 0) {
            m.ccy = xd_text(money, "ccy");
            m.amount = micro(xd_text(money, "amount"));
        }
    }

    if (row->quantity != NULL) {
        m.quantity = sum_at(doc, xd_str(row->quantity));
    }

    return m;
}
