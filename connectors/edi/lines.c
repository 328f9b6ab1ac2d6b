/* SPDX-License-Identifier: BSD-2-Clause */

/* The orders that went out, line by line, and what a document says of one. */

#include "match.h"

#include "base/decimal.h"

#define ORDER "purchase-order"


typedef __int128 wide_t;


/* -- the order and its lines --------------------------------------------- */

static xd_rc_t
line_note(desk_in_t *in, const desk_sent_t *s, const xd_node_t *line)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "INSERT OR REPLACE INTO ordered"
        " (sent, line, gtin, qty, uom, price, base)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    xd_str_t gtin = xd_text_at(line, "item.gtin");
    xd_str_t base = xd_text(line, "priceBase");

    xd_sql_int(q, 1, s->row);
    xd_sql_int(q, 2, xd_int(line, "lineNo", 1, INT64_MAX, 0));
    xd_sql_text(q, 3, gtin.ptr != NULL ? gtin : XD_STR(""));
    xd_sql_text(q, 4, xd_text_at(line, "qty.value"));
    xd_sql_text(q, 5, xd_text_at(line, "qty.uom"));
    xd_sql_text(q, 6, xd_text_at(line, "netPrice.amount"));
    xd_sql_text(q, 7, base.ptr != NULL ? base : XD_STR("1"));

    return xd_sql_run(q);
}


xd_rc_t
desk_match_order(desk_in_t *in, const desk_sent_t *s, const xd_node_t *doc)
{
    xd_rc_t rc = XD_OK;

    xd_each (line, xd_get(doc, "lines")) {
        rc = rc == XD_OK ? line_note(in, s, line) : rc;
    }

    return rc;
}


xd_rc_t
match_order(match_t *m, xd_str_t po)
{
    xd_rc_t rc;
    int64_t *row;

    if (m->known && xd_str_eq(m->po, po)) {
        return XD_OK;
    }

    m->known = false;
    m->po = desk_label(m->in->w->arena, po);
    rc = m->po.ptr == NULL ? XD_E_MEMORY
                           : desk_sent_document(m->in, ORDER, po, &m->order);
    if (rc != XD_OK) {
        return rc;
    }

    m->known = true;
    for (size_t i = 0; i < m->order_rows.count; i++) {
        if (*XD_AT(&m->order_rows, int64_t, i) == m->order.row) {
            return XD_OK;
        }
    }

    row = xd_vec_push(&m->order_rows, m->in->w->arena);
    if (row == NULL) {
        return XD_E_MEMORY;
    }
    *row = m->order.row;

    if (m->out->order.len == 0) {
        m->out->order = m->order.fact;
    }

    return desk_due_done(m->in, m->order.row, m->document);
}


static xd_rc_t
take_line(match_t *m, xd_sql_t *q, ordered_t *out)
{
    xd_str_t *texts[] = { &out->gtin, &out->qty, &out->uom, &out->price,
        &out->base };
    xd_rc_t rc = xd_sql_step(q);

    *out = (ordered_t){ 0 };
    if (rc == XD_OK) {
        out->line = xd_sql_col_int(q, 0);
        for (int i = 0; i < (int) (sizeof(texts) / sizeof(texts[0])); i++) {
            *texts[i] = xd_dup(m->in->w->arena, xd_sql_col(q, i + 1));
            rc = texts[i]->ptr == NULL ? XD_E_MEMORY : rc;
        }
    }
    xd_sql_done(q);

    return rc;
}


/* By its number; where that is another article, or none, by the article:
 * suppliers count lines in their own way. */
xd_rc_t
match_line(match_t *m, const said_t *said, ordered_t *out)
{
    xd_store_t *store = xd_work_store(m->in->w);
    xd_sql_t *q =
        xd_sql(store, "SELECT line, gtin, qty, uom, price, base FROM ordered"
                      " WHERE sent = ?1 AND line = ?2");
    xd_rc_t rc;

    xd_sql_int(q, 1, m->order.row);
    xd_sql_int(q, 2, said->line);
    rc = take_line(m, q, out);

    if (said->gtin.len == 0
        || (rc == XD_OK
            && (out->gtin.len == 0 || xd_str_eq(out->gtin, said->gtin)))
        || (rc != XD_OK && rc != XD_E_NOT_FOUND))
    {
        return rc;
    }

    q = xd_sql(store, "SELECT line, gtin, qty, uom, price, base FROM ordered"
                      " WHERE sent = ?1 AND gtin = ?2 ORDER BY line LIMIT 1");
    xd_sql_int(q, 1, m->order.row);
    xd_sql_text(q, 2, said->gtin);

    return take_line(m, q, out);
}


/* -- comparing ----------------------------------------------------------- */

static wide_t
wide(xd_str_t text)
{
    xd_decimal_t d;

    if (xd_decimal_read(text, &d) != XD_OK) {
        return 1; /* a price base that is not there */
    }
    while (d.scale < 6) {
        d.mantissa *= 10;
        d.scale++;
    }

    return d.mantissa;
}


/* Per unit: 12.40 for 1000 is 1.24 for 100. */
xd_rc_t
match_price(match_t *m, const ordered_t *o, const said_t *said)
{
    xd_str_t base = said->base.len > 0 ? said->base : XD_STR("1");

    if (said->price.len == 0
        || wide(said->price) * wide(o->base) == wide(o->price) * wide(base))
    {
        return XD_OK;
    }

    return match_line_differs(m, o->line,
        xd_fmt(m->in->w->arena, "price %.*s per %.*s, ordered at %.*s per %.*s",
            XD_FMT(said->price), XD_FMT(base), XD_FMT(o->price),
            XD_FMT(o->base)));
}


xd_rc_t
match_unit(match_t *m, const ordered_t *o, const said_t *said, bool *same)
{
    *same = xd_str_eq(o->uom, said->uom);

    return *same ? XD_OK
                 : match_line_differs(m, o->line,
                     xd_fmt(m->in->w->arena, "in %.*s, ordered in %.*s",
                         XD_FMT(said->uom), XD_FMT(o->uom)));
}
