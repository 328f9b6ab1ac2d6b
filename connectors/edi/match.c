/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Answers against the orders that went out: which documents answer, what they
 * are asked, and the differences in words.
 */

#include "match.h"

#include "base/decimal.h"

#define TOLD_MOST 20 /* differences in words */
#define TEXT_MOST 3500


/* -- differences --------------------------------------------------------- */

xd_rc_t
match_differ(match_t *m, const char *code, xd_str_t text)
{
    desk_match_t *out = m->out;

    if (text.ptr == NULL) {
        return XD_E_MEMORY;
    }

    /* An order that nobody knows outweighs what differs on one. */
    if (out->code == NULL || strcmp(code, "order.unknown") == 0) {
        out->code = code;
    }

    out->count++;
    if (m->told >= TOLD_MOST || out->text.len + text.len > TEXT_MOST) {
        return XD_OK;
    }
    m->told++;

    out->text = xd_fmt(m->in->w->arena, "%.*s%s%.*s", XD_FMT(out->text),
        out->text.len > 0 ? "; " : "", XD_FMT(text));

    return out->text.ptr != NULL ? XD_OK : XD_E_MEMORY;
}


xd_rc_t
match_line_differs(match_t *m, int64_t line, xd_str_t text)
{
    return text.ptr == NULL
               ? XD_E_MEMORY
               : match_differ(m, "order.differs",
                   xd_fmt(m->in->w->arena, "%.*s line %lld: %.*s",
                       XD_FMT(m->po), (long long) line, XD_FMT(text)));
}


xd_rc_t
match_line_unknown(match_t *m, const said_t *said)
{
    return match_line_differs(m, said->line,
        said->gtin.len > 0 ? xd_fmt(m->in->w->arena, "%.*s is not on the order",
            XD_FMT(said->gtin))
                           : XD_STR("not on the order"));
}


static said_t
said_of(const xd_node_t *line, const char *number, const char *price)
{
    const xd_node_t *amount = xd_get(line, price);

    return (said_t){
        .line = xd_int(line, number, 1, INT64_MAX, 0),
        .gtin = xd_text_at(line, "item.gtin"),
        .qty = xd_text_at(line, "qty.value"),
        .uom = xd_text_at(line, "qty.uom"),
        .price = xd_text(amount, "amount"),
        .base = xd_text(line, "priceBase"),
    };
}


/* -- the documents ------------------------------------------------------- */

static xd_rc_t
order_unknown(match_t *m)
{
    if (m->missing.ptr != NULL && xd_str_eq(m->missing, m->po)) {
        return XD_OK; /* the line before was of it too */
    }
    m->missing = m->po;

    return match_differ(m, "order.unknown",
        m->po.len > 0
            ? xd_fmt(m->in->w->arena, "no purchase order %.*s went to %.*s",
                XD_FMT(m->po), XD_FMT(m->in->party->id))
            : XD_STR("no purchase order is named"));
}


/* Accepted lines are as ordered; others say themselves what changes. */
static xd_rc_t
response_line(match_t *m, const xd_node_t *line)
{
    const said_t said = said_of(line, "lineNo", "price");
    xd_decimal_t ordered, qty;
    ordered_t o;
    bool same = true;
    xd_rc_t rc = match_line(m, &said, &o);

    if (rc == XD_E_NOT_FOUND) {
        return match_line_unknown(m, &said);
    }

    if (rc != XD_OK || !xd_str_is(xd_text(line, "status"), "accepted")) {
        return rc;
    }

    rc = match_price(m, &o, &said);
    if (rc == XD_OK && said.qty.len > 0) {
        rc = match_unit(m, &o, &said, &same);
    }

    if (rc != XD_OK || !same || xd_decimal_read(said.qty, &qty) != XD_OK
        || xd_decimal_read(o.qty, &ordered) != XD_OK
        || xd_decimal_cmp(qty, ordered) == 0)
    {
        return rc;
    }

    return match_line_differs(m, o.line,
        xd_fmt(m->in->w->arena, "accepted with %.*s, %.*s ordered",
            XD_FMT(said.qty), XD_FMT(o.qty)));
}


static xd_rc_t
match_response(match_t *m, const xd_node_t *doc)
{
    xd_rc_t rc = match_order(m, xd_text(doc, "poNo"));

    if (rc == XD_E_NOT_FOUND) {
        return order_unknown(m);
    }

    /* Nothing more will come of an order that is refused. */
    if (rc == XD_OK && xd_str_is(xd_text(doc, "status"), "rejected")) {
        rc = desk_due_done(m->in, m->order.row, NULL);
    }

    xd_each (line, xd_get(doc, "lines")) {
        rc = rc == XD_OK ? response_line(m, line) : rc;
    }

    return rc;
}


/* An order that is not known here may have been placed in other ways: the
 * goods come all the same. */
static xd_rc_t
shipment_content(match_t *m, const xd_node_t *content)
{
    const said_t said = said_of(content, "lineNo", "");
    xd_rc_t rc = match_order(m, xd_text(content, "poNo"));

    if (rc == XD_E_NOT_FOUND) {
        return XD_OK;
    }

    return rc == XD_OK ? match_claim(m, &said) : rc;
}


static xd_rc_t
match_shipment(match_t *m, const xd_node_t *doc)
{
    xd_rc_t rc = match_forget(m);

    xd_each (unit, xd_get(doc, "units")) {
        xd_each (content, xd_get(unit, "contents")) {
            rc = rc == XD_OK ? shipment_content(m, content) : rc;
        }
    }

    return rc == XD_OK ? match_sums(m) : rc;
}


/* The line says which order and line of it, or the invoice which order. */
static xd_rc_t
invoice_line(match_t *m, const xd_node_t *line, xd_str_t po)
{
    bool named = xd_get(line, "poLineNo") != NULL;
    const said_t said =
        said_of(line, named ? "poLineNo" : "lineNo", "netPrice");
    xd_str_t own = xd_text(line, "poNo");
    xd_rc_t rc = match_order(m, own.len > 0 ? own : po);

    if (rc == XD_E_NOT_FOUND) {
        return order_unknown(m);
    }

    return rc == XD_OK ? match_claim(m, &said) : rc;
}


static xd_rc_t
match_invoice(match_t *m, const xd_node_t *doc)
{
    xd_rc_t rc = match_forget(m);

    xd_each (line, xd_get(doc, "lines")) {
        rc = rc == XD_OK ? invoice_line(m, line, xd_text(doc, "poNo")) : rc;
    }

    return rc == XD_OK ? match_sums(m) : rc;
}


/* Which documents answer orders. */
static const struct {
    const char *document, *number;
    xd_rc_t (*match)(match_t *m, const xd_node_t *doc);
} rows[] = {
    { "order-response", "poNo", match_response },
    { "shipment", "shipmentNo", match_shipment },
    { "invoice", "invoiceNo", match_invoice },
};


/* The differences that were only counted. */
static xd_rc_t
finish(match_t *m)
{
    desk_match_t *out = m->out;

    if (out->count > m->told) {
        out->text = xd_fmt(m->in->w->arena, "%.*s; and %zu more",
            XD_FMT(out->text), out->count - m->told);
    }

    return out->count == 0 || out->text.ptr != NULL ? XD_OK : XD_E_MEMORY;
}


xd_rc_t
desk_match(desk_in_t *in, const char *document, const xd_node_t *doc,
    desk_match_t *out)
{
    *out = (desk_match_t){ 0 };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strcmp(rows[i].document, document) == 0) {
            match_t m = { .in = in,
                .document = document,
                .number = xd_text(doc, rows[i].number),
                .order_rows = XD_VEC(int64_t),
                .out = out };
            xd_rc_t rc = rows[i].match(&m, doc);

            return rc == XD_OK ? finish(&m) : rc;
        }
    }

    return XD_OK;
}
