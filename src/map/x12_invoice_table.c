/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * 810 against an invoice.
 * Hand-set: clang-format leaves *_table.c alone.
 *
 * Standard: X12 004010 to 005010, transaction set 810.
 */

#include "map/x12_lines_table.h"
#include "map/x12_party_codec.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define MUST   X12_MUST
#define WITHIN X12_WITHIN
#define BARE   X12_BARE
#define SKIP   X12_SKIP


static const x12_code_t kinds[] = {
    { "A", "allowance" }, { "C", "charge" }, { NULL, NULL },
};

static const x12_party_t seller = { .elsewhere = "supplierNo" };

static const x12_line_t allowance[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_coded,       "", NULL,   1, "kind",       1,  1, NULL, kinds, MUST | BARE },
    { &x12_as_charge_code, "", NULL,   2, "code",       4,  4 },
    { &x12_as_implied,     "", NULL,   5, "amount",     1, 15, NULL, NULL, MUST },
    { &x12_as_decimal,     "", NULL,   7, "rate",       1,  6, "6:Z" },
    { &x12_as_text,        "", NULL,  15, "reason",     1, 80 },
    { &x12_as_decimal,     "TXI", NULL, 3, "taxRate",   1, 10, "1:VA" },
    { NULL },
};

static const x12_line_t tax[] = {
    { &x12_as_price,       "", NULL,   2, "amount",     1, 18, "1:VA", NULL, MUST },
    { &x12_as_decimal,     "", NULL,   3, "rate",       1, 10, NULL, NULL, MUST },
    { &x12_as_price,       "", NULL,   8, "base",       1,  9, NULL, NULL, MUST },
    { &x12_as_text,        "", NULL,  10, "code",       1, 20 },
    { NULL },
};

static const x12_line_t invoice_line[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_line_no,     "", NULL,    1, "lineNo",    1, 20, NULL, NULL, MUST },
    { &x12_as_quantity,    "", NULL,    2, "qty",       1, 10, NULL, NULL, MUST },
    { &x12_as_price,       "", NULL,    4, "netPrice",  1, 17, NULL, NULL, MUST },
    { &x12_as_base,        "", NULL,    5, "priceBase", 2,  2, NULL, x12_bases, BARE },
    { &x12_as_item,        "", NULL,    6, "item",      1, 48, NULL, " PO PL ", MUST },
    { &x12_as_pair,        "", NULL,    6, "poNo",      1, 48, NULL, "PO" },
    { &x12_as_pair,        "", NULL,    6, "poLineNo",  1, 48, NULL, "PL", BARE },
    { &x12_as_decimal,     "TXI", NULL, 3, "taxRate",   1, 10, "1:VA" },
    { &x12_as_text,        "TXI", NULL, 10, "taxCode",  1, 20, "1:VA" },
    { &x12_as_price,       "PAM", NULL, 5, "net",       1, 18, "4=1" },
    { &x12_as_paragraph,   "PID", " F ", 5, "item.description", 1, 80, NULL, NULL,
        WITHIN },
    { &x12_as_text,        "REF", " MA ", 2, "asnNo",   1, 30 },
    { &x12_as_text,        "REF", " RV ", 2, "receiptNo", 1, 30 },
    { &x12_as_date,        "DTM", " 011 ", 2, "shippedOn", 8, 8 },
    { &x12_as_each,        "SAC", NULL, 0, "allowances", 0, 0, NULL, allowance, SKIP },
    { &x12_as_net,         "", NULL,    0, "net",       0,  0, NULL, NULL, MUST },
    { &x12_as_nowhere,     "", NULL,    0, "pricedQty" },
    { NULL },
};

static const x12_line_t invoice[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_ours,        "", NULL,      0, "meta" },
    { &x12_as_ours,        "", NULL,      0, "state" },
    { &x12_as_ours,        "", NULL,      0, "match" },
    { &x12_as_date,        "BIG", NULL,   1, "issueDate", 8,  8, NULL, NULL, MUST },
    { &x12_as_text,        "BIG", NULL,   2, "invoiceNo", 1, 22, NULL, NULL, MUST },
    { &x12_as_text,        "BIG", NULL,   4, "poNo",      1, 22 },
    { &x12_as_not,         "BIG", NULL,   7, NULL,        0,  0, NULL, " CR CN " },
    { &x12_as_not,         "BIG", NULL,   8, NULL,        0,  0, NULL, " 01 04 05 07 " },
    { &x12_as_paragraph,   "NTE", " GEN ", 2, "note",     1, 80 },
    { &x12_as_currency,    "CUR", NULL,   2, "ccy",       3,  3, "1:SE", NULL,
        MUST | X12_ASSUME },
    { &x12_as_text,        "REF", " MA ", 2, "asnNo",     1, 30 },
    { &x12_as_party,       "N1", " SE SU VN II ", 0, "seller", 0, 0, NULL, &seller },
    { &x12_as_alt_id,      "REF", " IA ", 2, "seller",    1, 30, NULL, "supplierNo" },
    { &x12_as_stand_in,    "N1", " RI RE ", 0, "seller",  0,  0, NULL, NULL, MUST },
    { &x12_as_party,       "N1", " BY BT ", 0, "buyer" },
    { &x12_as_stand_in,    "N1", " ST ",  0, "buyer",     0,  0, NULL, NULL, MUST },
    { &x12_as_party,       "N1", " ST ",  0, "shipTo" },
    { &x12_as_party,       "N1", " RI RE ", 0, "remitTo" },
    { &x12_as_text,        "ITD", NULL,   1, "terms.code", 2, 2 },
    { &x12_as_decimal,     "ITD", NULL,   3, "terms.discountRate", 1, 6 },
    { &x12_as_integer,     "ITD", NULL,   5, "terms.discountDays", 1, 3 },
    { &x12_as_date,        "ITD", NULL,   6, "dueDate",   8,  8 },
    { &x12_as_same,        "", NULL,      0, "terms.dueDate", 0, 0, NULL, "dueDate" },
    { &x12_as_integer,     "ITD", NULL,   7, "terms.netDays", 1, 3 },
    { &x12_as_text,        "ITD", NULL,  12, "terms.text", 1, 80 },
    { &x12_as_date,        "DTM", " 186 150 ", 2, "period.from", 8, 8 },
    { &x12_as_date,        "DTM", " 187 151 ", 2, "period.to", 8, 8 },
    { &x12_as_each,        "IT1", NULL,   0, "lines",     0,  0, NULL, invoice_line,
        MUST },
    { &x12_as_implied,     "TDS", NULL,   1, "totals.gross", 1, 15, NULL, NULL, MUST },
    { &x12_as_each,        "TXI", NULL,   0, "taxes",     0,  0, NULL, tax, SKIP },
    { &x12_as_each,        "SAC", NULL,   0, "allowances", 0, 0, NULL, allowance, SKIP },
    { &x12_as_invoice_sums, "", NULL,     0, "totals" },
    { &x12_as_nowhere,     "", NULL,      0, "totals.prepaid" },
    { &x12_as_nowhere,     "", NULL,      0, "totals.rounding" },
    { &x12_as_count,       "CTT", NULL },
    { NULL },
};

const x12_lines_t x12_invoice_810 = { "810", invoice };
