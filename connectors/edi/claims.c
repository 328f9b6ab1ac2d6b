/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Shipments and invoices claim quantities of order lines.  A claim is kept by
 * the document's number, so that one that comes again, mended, takes the place
 * of its first form.
 */

#include "match.h"

#include "base/decimal.h"


xd_rc_t
match_forget(match_t *m)
{
    xd_sql_t *q = xd_sql(xd_work_store(m->in->w),
        "DELETE FROM claim WHERE document = ?1 AND number = ?2 AND sent IN"
        " (SELECT id FROM sent WHERE party = ?3)");

    xd_sql_text(q, 1, xd_str(m->document));
    xd_sql_text(q, 2, m->number);
    xd_sql_text(q, 3, m->in->party->id);

    return xd_sql_run(q);
}


/* What it claims of this line already: one line may stand in many units. */
static xd_rc_t
claimed(match_t *m, const ordered_t *o, xd_decimal_t *qty)
{
    xd_sql_t *q = xd_sql(xd_work_store(m->in->w),
        "SELECT qty FROM claim WHERE sent = ?1 AND document = ?2"
        " AND line = ?3 AND number = ?4");
    xd_rc_t rc;

    xd_sql_int(q, 1, m->order.row);
    xd_sql_text(q, 2, xd_str(m->document));
    xd_sql_int(q, 3, o->line);
    xd_sql_text(q, 4, m->number);

    *qty = (xd_decimal_t){ 0 };
    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        rc = xd_decimal_read(xd_sql_col(q, 0), qty);
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static xd_rc_t
claim(match_t *m, const ordered_t *o, const said_t *said)
{
    char text[XD_DECIMAL_MAX];
    xd_decimal_t add, sum;
    xd_sql_t *q;
    xd_rc_t rc = claimed(m, o, &sum);

    if (rc != XD_OK) {
        return rc;
    }

    if (xd_decimal_read(said->qty, &add) != XD_OK
        || xd_decimal_add(sum, add, &sum) != XD_OK)
    {
        return match_line_differs(m, o->line,
            XD_STR("its quantity is too large to count"));
    }

    q = xd_sql(xd_work_store(m->in->w),
        "INSERT OR REPLACE INTO claim (sent, document, line, number, qty)"
        " VALUES (?1, ?2, ?3, ?4, ?5)");
    xd_sql_int(q, 1, m->order.row);
    xd_sql_text(q, 2, xd_str(m->document));
    xd_sql_int(q, 3, o->line);
    xd_sql_text(q, 4, m->number);
    xd_sql_text(q, 5, (xd_str_t){ text, xd_decimal_write(sum, text) });

    return xd_sql_run(q);
}


xd_rc_t
match_claim(match_t *m, const said_t *said)
{
    ordered_t o;
    bool same;
    xd_rc_t rc = match_line(m, said, &o);

    if (rc == XD_E_NOT_FOUND) {
        return match_line_unknown(m, said);
    }

    rc = rc == XD_OK ? match_price(m, &o, said) : rc;
    rc = rc == XD_OK ? match_unit(m, &o, said, &same) : rc;

    return rc == XD_OK && same ? claim(m, &o, said) : rc;
}


/* The sum of a line's claims against what was ordered. */
static xd_rc_t
compare_sum(match_t *m, int64_t line, xd_str_t ordered, xd_decimal_t sum)
{
    char text[XD_DECIMAL_MAX];
    xd_decimal_t limit;

    if (xd_decimal_read(ordered, &limit) == XD_OK
        && xd_decimal_cmp(sum, limit) <= 0)
    {
        return XD_OK;
    }

    return match_line_differs(m, line,
        xd_fmt(m->in->w->arena, "%.*s in all, %.*s ordered",
            (int) xd_decimal_write(sum, text), text, XD_FMT(ordered)));
}


/* One line of an order that this document claims, and all claims to it. */
static xd_rc_t
line_sum(match_t *m, int64_t row, int64_t line, xd_decimal_t *sum)
{
    xd_sql_t *q = xd_sql(xd_work_store(m->in->w),
        "SELECT qty FROM claim WHERE sent = ?1 AND document = ?2"
        " AND line = ?3");
    xd_rc_t rc;

    xd_sql_int(q, 1, row);
    xd_sql_text(q, 2, xd_str(m->document));
    xd_sql_int(q, 3, line);
    *sum = (xd_decimal_t){ 0 };

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_decimal_t one;

        if (xd_decimal_read(xd_sql_col(q, 0), &one) != XD_OK
            || xd_decimal_add(*sum, one, sum) != XD_OK)
        {
            *sum = (xd_decimal_t){ INT64_MAX, 0 }; /* more than any order */
            rc = XD_E_NOT_FOUND;
            break;
        }
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static xd_rc_t
order_sums(match_t *m, int64_t row)
{
    xd_sql_t *q = xd_sql(xd_work_store(m->in->w),
        "SELECT o.line, o.qty, s.number FROM ordered o"
        " JOIN claim c ON c.sent = o.sent AND c.line = o.line"
        " JOIN sent s ON s.id = o.sent"
        " WHERE o.sent = ?1 AND c.document = ?2 AND c.number = ?3"
        " ORDER BY o.line");
    xd_rc_t rc;

    xd_sql_int(q, 1, row);
    xd_sql_text(q, 2, xd_str(m->document));
    xd_sql_text(q, 3, m->number);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        int64_t line = xd_sql_col_int(q, 0);
        xd_decimal_t sum;

        m->po = xd_dup(m->in->w->arena, xd_sql_col(q, 2));
        rc = line_sum(m, row, line, &sum);
        rc = rc == XD_OK ? compare_sum(m, line, xd_sql_col(q, 1), sum) : rc;
        if (rc != XD_OK) {
            break;
        }
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
match_sums(match_t *m)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < m->order_rows.count; i++) {
        rc = order_sums(m, *XD_AT(&m->order_rows, int64_t, i));
    }

    return rc;
}
