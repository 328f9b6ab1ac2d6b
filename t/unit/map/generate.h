/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_UNIT_MAP_GENERATE_H
#define XD_T_UNIT_MAP_GENERATE_H

/* Documents of chance, the same for the same seed; all of them can be said in
 * X12. */

#include "t/unit/map/orders.h"

static uint32_t seed;


static inline uint32_t
dice(uint32_t sides)
{
    seed = seed * 1664525U + 1013904223U;

    return (seed >> 8) % sides;
}


static inline bool
perhaps(void)
{
    return dice(2) == 0;
}


static inline void
put(xd_node_t *to, const char *key, const char *text)
{
    xd_put_str(arena, to, key, xd_str(text));
}


/* Words, so long that most elements hold them. */
static inline const char *
words(uint32_t most)
{
    static const char *const some[] = { "red", "T-shirt,", "caf\xc3\xa9", "12",
        "of", "cotton/wool", "(large)", "50%" };
    xd_str_t text = xd_str(some[dice(8)]);

    while (dice(8) != 0) {
        xd_str_t more = xd_fmt(arena, "%.*s %s", XD_FMT(text), some[dice(8)]);

        if (more.len > most) {
            break;
        }
        text = more;
    }

    return text.ptr;
}


static inline const char *
day(void)
{
    return xd_fmt(arena, "20%02u-%02u-%02u", 20 + dice(60), 1 + dice(12),
        1 + dice(28))
        .ptr;
}


static inline const char *
number(uint32_t decimals)
{
    static const char digits[] = "012345";

    return xd_fmt(arena, "%u%s%.*s", dice(100000), decimals > 0 ? "." : "",
        (int) decimals, digits)
        .ptr;
}


static inline void
put_money(xd_node_t *to, const char *key, const char *amount)
{
    xd_node_t *money = xd_put(arena, to, key, XD_OBJECT);

    put(money, "amount", amount);
    put(money, "ccy", "EUR");
}


static inline void
put_ids(xd_node_t *to, const char *const *schemes)
{
    xd_node_t *ids = xd_put(arena, to, "altIds", XD_ARRAY);

    for (; *schemes != NULL; schemes++) {
        xd_node_t *id;

        if (ids->count > 0 && perhaps()) {
            continue;
        }

        id = xd_node_add(arena, ids, xd_node_new(arena, XD_OBJECT));
        put(id, "scheme", *schemes);
        put(id, "value", xd_fmt(arena, "%u", 10 + dice(100000)).ptr);
    }
}


static inline void
put_address(xd_node_t *party)
{
    xd_node_t *address = xd_put(arena, party, "address", XD_OBJECT), *lines;

    put(address, "city", words(30));
    if (perhaps()) {
        put(address, "region", perhaps() ? "OH" : "DE-NW");
    }
    if (perhaps()) {
        put(address, "postcode", "LS1 1AA");
    }
    if (perhaps()) {
        put(address, "country", "GB");
    }
    if (perhaps()) {
        lines = xd_put(arena, address, "lines", XD_ARRAY);
        for (uint32_t n = 1 + dice(4); n > 0; n--) {
            xd_node_add(arena, lines, xd_node_new(arena, XD_STRING))->text =
                xd_str(words(55));
        }
    }
}


static inline void
put_party(xd_node_t *to, const char *key)
{
    static const char *const schemes[] = { "duns", "storeNo", "vat", "house",
        NULL };
    xd_node_t *party = xd_put(arena, to, key, XD_OBJECT);

    if (perhaps()) {
        put(party, "gln", "4012345000016");
    } else if (perhaps()) {
        put_ids(party, schemes + dice(3));
    } else {
        put(party, "name", words(60));
    }

    if (perhaps() && xd_get(party, "name") == NULL) {
        put(party, "name", words(60));
    }
    if (perhaps()) {
        put_address(party);
    }
    if (perhaps()) {
        put(party, "phone", "+49 30 000000");
    }
    if (perhaps()) {
        put(party, "email", "a.b@example.org");
    }
}


static inline void
put_item(xd_node_t *to, const char *key)
{
    static const char *const gtins[] = { "04012345001013", "00012345678905",
        "14012345001010" };
    static const char *const schemes[] = { "sku", "buyerSku", "supplierSku",
        "manufacturerPart", NULL };
    xd_node_t *item = xd_put(arena, to, key, XD_OBJECT);
    bool gtin = perhaps();

    if (gtin) {
        put(item, "gtin", gtins[dice(3)]);
    }
    if (!gtin || perhaps()) {
        put_ids(item, schemes + dice(3));
    }
    if (perhaps() && strcmp(key, "item") == 0) {
        put(item, "description", words(200));
    }
}


static inline void
put_quantity(xd_node_t *to)
{
    static const char *const units[] = { "EA", "XCT", "KGM", "H87", "XCS" };
    xd_node_t *q = xd_put(arena, to, "qty", XD_OBJECT);

    put(q, "value", number(dice(4)));
    put(q, "uom", units[dice(5)]);
}


static inline void
put_allowances(xd_node_t *to)
{
    static const char *const codes[] = { "freight", "volume", "D360",
        "own-code" };
    xd_node_t *all;

    if (perhaps()) {
        return;
    }

    all = xd_put(arena, to, "allowances", XD_ARRAY);
    for (uint32_t n = 1 + dice(3); n > 0; n--) {
        xd_node_t *one = xd_node_add(arena, all, xd_node_new(arena, XD_OBJECT));

        put(one, "kind", perhaps() ? "allowance" : "charge");
        put_money(one, "amount", number(dice(3)));
        if (perhaps()) {
            put(one, "code", codes[dice(4)]);
        }
        if (perhaps()) {
            put(one, "rate", "12.5");
        }
        if (perhaps()) {
            put(one, "reason", words(80));
        }
    }
}


static inline void
put_base(xd_node_t *to)
{
    static const char *const bases[] = { "10", "100", "1000" };

    if (perhaps()) {
        put(to, "priceBase", bases[dice(3)]);
    }
}


static inline xd_node_t *
line_of(xd_node_t *lines)
{
    xd_node_t *line = xd_node_add(arena, lines, xd_node_new(arena, XD_OBJECT));

    xd_put_num(arena, line, "lineNo", (int64_t) lines->count * 10);

    return line;
}


static inline void
put_terms(xd_node_t *to)
{
    xd_node_t *terms = xd_put(arena, to, "terms", XD_OBJECT);

    xd_put_num(arena, terms, "netDays", dice(1000));
    if (perhaps()) {
        put(terms, "text", words(80));
    }
    if (perhaps()) {
        put(terms, "discountRate", "2.5");
        xd_put_num(arena, terms, "discountDays", dice(100));
    }
}


static inline xd_node_t *
purchase_order(void)
{
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT), *lines, *incoterm;

    put(doc, "poNo", words(22));
    put(doc, "buyerGln", "4012345000016");
    put_party(doc, "supplier");
    put_party(doc, "shipTo");
    put(doc, "orderDate", day());
    put(doc, "ccy", "EUR");
    if (perhaps()) {
        put_party(doc, "billTo");
    }
    if (perhaps()) {
        put(doc, "notBefore", day());
        put(doc, "notAfter", day());
        put(doc, "contractRef", words(30));
    }
    if (perhaps()) {
        put_terms(doc);
    }
    if (perhaps()) {
        incoterm = xd_put(arena, doc, "incoterm", XD_OBJECT);
        put(incoterm, "code", "DDP");
        put(incoterm, "place", words(80));
    }
    if (perhaps()) {
        put(doc, "note", words(512));
    }
    put_allowances(doc);

    lines = xd_put(arena, doc, "lines", XD_ARRAY);
    for (uint32_t n = 1 + dice(5); n > 0; n--) {
        xd_node_t *line = line_of(lines);

        put_item(line, "item");
        put_quantity(line);
        put_money(line, "netPrice", number(dice(5)));
        put_base(line);
        put_allowances(line);
        if (perhaps()) {
            put_party(line, "shipTo");
            put(line, "notAfter", day());
            put(line, "note", words(512));
        }
    }

    return doc;
}


static inline xd_node_t *
order_response(void)
{
    static const char *const status[] = { "accepted", "changed", "rejected",
        "backordered", "substituted" };
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT), *lines;

    put(doc, "poNo", words(22));
    put(doc, "status", "changed");
    put(doc, "respondedAt", perhaps() ? "2026-05-05T10:12:00Z" : day());
    if (perhaps()) {
        put(doc, "supplierOrderNo", words(30));
        put(doc, "responseNo", words(30));
        put(doc, "reason", words(512));
    }
    if (perhaps()) {
        put_party(doc, "supplier");
        put(doc, "buyerGln", "4012345000016");
    }

    lines = xd_put(arena, doc, "lines", XD_ARRAY);
    for (uint32_t n = 1 + dice(5); n > 0; n--) {
        xd_node_t *line = line_of(lines);
        const char *what = status[dice(5)];

        put(line, "status", what);
        if (strcmp(what, "substituted") == 0) {
            put_item(line, "substitute");
        }
        if (perhaps()) {
            put_item(line, "item");
            put_quantity(line);
        }
        if (perhaps()) {
            put(line, "date", day());
            put(line, "reason", words(512));
        }
        if (perhaps()) {
            put_money(line, "price", number(dice(5)));
            put_base(line);
        }
    }

    return doc;
}


/* Sums are not looked at by the map but for what X12 lacks. */
static inline void
put_sums(xd_node_t *doc)
{
    xd_node_t *taxes = xd_put(arena, doc, "taxes", XD_ARRAY);
    xd_node_t *totals = xd_put(arena, doc, "totals", XD_OBJECT), *tax;
    uint32_t net = dice(100000), rate = dice(20);

    if (rate > 0) {
        tax = xd_node_add(arena, taxes, xd_node_new(arena, XD_OBJECT));
        put(tax, "rate", xd_fmt(arena, "%u", rate).ptr);
        put_money(tax, "base", xd_fmt(arena, "%u.00", net).ptr);
        put_money(tax, "amount",
            xd_fmt(arena, "%u.%02u", net * rate / 100, net * rate % 100).ptr);
        if (perhaps()) {
            put(tax, "code", "S");
        }
    }

    put_money(totals, "net", xd_fmt(arena, "%u.00", net).ptr);
    put_money(totals, "tax",
        xd_fmt(arena, "%u.%02u", net * rate / 100, net * rate % 100).ptr);
    put_money(totals, "gross",
        xd_fmt(arena, "%u.%02u", net * (100 + rate) / 100,
            net * (100 + rate) % 100)
            .ptr);
    put_money(totals, "payable", xd_text_at(totals, "gross.amount").ptr);
}


static inline xd_node_t *
invoice(void)
{
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT), *lines, *period;

    put(doc, "invoiceNo", words(22));
    put_party(doc, "seller");
    put_party(doc, "buyer");
    put(doc, "issueDate", day());
    put(doc, "ccy", "EUR");
    if (perhaps()) {
        put(doc, "poNo", words(22));
        put(doc, "asnNo", words(30));
        put(doc, "dueDate", day());
        put_terms(doc);
    }
    if (perhaps()) {
        put_party(doc, "shipTo");
        put_party(doc, "remitTo");
        put(doc, "note", words(512));
    }
    if (perhaps()) {
        period = xd_put(arena, doc, "period", XD_OBJECT);
        put(period, "from", day());
        put(period, "to", day());
    }
    put_allowances(doc);

    lines = xd_put(arena, doc, "lines", XD_ARRAY);
    for (uint32_t n = 1 + dice(5); n > 0; n--) {
        xd_node_t *line = line_of(lines);

        put_item(line, "item");
        put_quantity(line);
        put_money(line, "netPrice", number(dice(5)));
        put_money(line, "net", number(2));
        put_base(line);
        put_allowances(line);
        if (perhaps()) {
            put(line, "poNo", words(22));
            xd_put_num(arena, line, "poLineNo", 1 + dice(99999));
            put(line, "taxRate", "19");
            put(line, "taxCode", "S");
        }
        if (perhaps()) {
            put(line, "shippedOn", day());
            put(line, "asnNo", words(30));
            put(line, "receiptNo", words(30));
        }
    }
    put_sums(doc);

    return doc;
}


/* The nth document of a kind of `outward`. */
static inline xd_node_t *
generated(int kind, uint32_t n)
{
    static xd_node_t *(*const make[])(
        void) = { purchase_order, order_response, invoice };

    seed = n * 7919 + (uint32_t) kind;

    return make[kind]();
}

#endif
