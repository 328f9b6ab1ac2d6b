/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * 850 against orders, line by line: as our purchase order, which goes out, and
 * as an order of a customer, which comes in.
 * Hand-set: clang-format leaves *_table.c alone.
 *
 * Standard: X12 004010 to 005010, transaction set 850.
 */

#include "map/x12_lines_table.h"
#include "map/x12_party_codec.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define MUST   X12_MUST
#define WITHIN X12_WITHIN
#define BARE   X12_BARE


/* SAC against an allowance or a charge. */
static const x12_code_t kinds[] = {
    { "A", "allowance" }, { "C", "charge" }, { NULL, NULL },
};

static const x12_line_t allowance[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_coded,       "", NULL,   1, "kind",       1,  1, NULL, kinds, MUST | BARE },
    { &x12_as_charge_code, "", NULL,   2, "code",       4,  4 },
    { &x12_as_implied,     "", NULL,   5, "amount",     1, 15, NULL, NULL, MUST },
    { &x12_as_decimal,     "", NULL,   7, "rate",       1,  6, "6:Z" },
    { &x12_as_text,        "", NULL,  15, "reason",     1, 80 },
    { NULL },
};

static const x12_line_t discount[] = {
    { &x12_as_charge_code, "", NULL,   2, "code",       4,  4 },
    { &x12_as_implied,     "", NULL,   5, "amount",     1, 15, NULL, NULL, MUST },
    { &x12_as_text,        "", NULL,  15, "reason",     1, 80 },
    { NULL },
};


/* -- purchase order ------------------------------------------------------- */

static const x12_party_t buyer = { .gln_apart = true };
static const x12_party_t supplier = { .elsewhere = "supplierNo" };

static const x12_line_t purchase_line[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_line_no,     "", NULL,   1, "lineNo",     1, 20, NULL, NULL, MUST },
    { &x12_as_quantity,    "", NULL,   2, "qty",        1, 15, NULL, NULL, MUST },
    { &x12_as_price,       "", NULL,   4, "netPrice",   1, 17, NULL, NULL, MUST },
    { &x12_as_base,        "", NULL,   5, "priceBase",  2,  2, NULL, x12_bases, BARE },
    { &x12_as_item,        "", NULL,   6, "item",       1, 48, NULL, NULL, MUST },
    { &x12_as_paragraph,   "PID", " F ",  5, "item.description", 1, 80, NULL, NULL,
        WITHIN },
    { &x12_as_text,        "REF", " CT ", 2, "contractRef", 1, 30 },
    { &x12_as_each,        "SAC", NULL, 0, "allowances", 0,  0, NULL, allowance,
        X12_SKIP },
    { &x12_as_date,        "DTM", " 064 ", 2, "notBefore", 8, 8 },
    { &x12_as_date,        "DTM", " 063 001 ", 2, "notAfter", 8, 8 },
    { &x12_as_paragraph,   "N9/MSG", " L1 ", 1, "note", 1, 264 },
    { &x12_as_party,       "N1", " ST ", 0, "shipTo" },
    { NULL },
};

static const x12_line_t purchase_order[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_ours,        "", NULL,      0, "meta" },
    { &x12_as_ours,        "", NULL,      0, "state" },
    { &x12_as_ours,        "", NULL,      0, "version" },
    { &x12_as_constant,    "BEG", NULL,   1, NULL,        2,  2, NULL, " 00 06 " },
    { &x12_as_text,        "BEG", NULL,   3, "poNo",      1, 22, "2:SA", NULL, MUST },
    { &x12_as_date,        "BEG", NULL,   5, "orderDate", 8,  8, NULL, NULL, MUST },
    { &x12_as_currency,    "CUR", NULL,   2, "ccy",       3,  3, "1:BY", "netPrice",
        X12_ASSUME },
    { &x12_as_text,        "REF", " CT ", 2, "contractRef", 1, 30 },
    { &x12_as_text,        "REF", " CO ", 2, "salesOrderNo", 1, 30 },
    { &x12_as_text,        "FOB", NULL,   5, "incoterm.code", 3, 3, "1:DF 4=01" },
    { &x12_as_text,        "FOB", NULL,   7, "incoterm.place", 1, 80, "6:ZZ", NULL,
        WITHIN },
    { &x12_as_each,        "SAC", NULL,   0, "allowances", 0, 0, NULL, allowance,
        X12_SKIP },
    { &x12_as_text,        "ITD", NULL,   1, "terms.code", 2, 2 },
    { &x12_as_decimal,     "ITD", NULL,   3, "terms.discountRate", 1, 6 },
    { &x12_as_integer,     "ITD", NULL,   5, "terms.discountDays", 1, 3 },
    { &x12_as_date,        "ITD", NULL,   6, "terms.dueDate", 8, 8 },
    { &x12_as_integer,     "ITD", NULL,   7, "terms.netDays", 1, 3 },
    { &x12_as_text,        "ITD", NULL,  12, "terms.text", 1, 80 },
    { &x12_as_date,        "DTM", " 064 ", 2, "notBefore", 8, 8 },
    { &x12_as_date,        "DTM", " 063 001 ", 2, "notAfter", 8, 8 },
    { &x12_as_paragraph,   "N9/MSG", " L1 ", 1, "note",  1, 264 },
    { &x12_as_gln,         "N1", " BY ",  4, "buyerGln", 13, 13, "3:UL", NULL, MUST },
    { &x12_as_party,       "N1", " BY ",  0, "buyer",     0,  0, NULL, &buyer },
    { &x12_as_party,       "N1", " VN SU SE ", 0, "supplier", 0, 0, NULL, &supplier },
    { &x12_as_alt_id,      "REF", " IA ", 2, "supplier",  1, 30, NULL, "supplierNo",
        MUST },
    { &x12_as_party,       "N1", " ST ",  0, "shipTo",    0,  0, NULL, NULL, MUST },
    { &x12_as_party,       "N1", " BT ",  0, "billTo" },
    { &x12_as_each,        "PO1", NULL,   0, "lines",     0,  0, NULL, purchase_line,
        MUST },
    { &x12_as_count,       "CTT", NULL },
    { &x12_as_price,       "CTT/AMT", " TT ", 2, "totals.net", 1, 18 },
    { NULL },
};

const x12_lines_t x12_purchase_order_850 = { "850", purchase_order };


/* -- sales order ---------------------------------------------------------- */

static const x12_line_t sales_line[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_line_no,     "", NULL,   1, "lineNo",     1, 20, NULL, NULL, MUST },
    { &x12_as_quantity,    "", NULL,   2, "qty",        1, 15, NULL, NULL, MUST },
    { &x12_as_unit_price,  "", NULL,   4, "unitPrice",  1, 17, NULL, NULL, MUST },
    { &x12_as_item,        "", NULL,   6, "item",       1, 48, NULL, NULL, MUST },
    { &x12_as_paragraph,   "PID", " F ",  5, "item.description", 1, 80, NULL, NULL,
        WITHIN },
    { &x12_as_fixed,       "", NULL,   0, "fulfil.method", 0, 0, NULL, "ship" },
    { &x12_as_unread,      "SAC", NULL },
    { NULL },
};

static const x12_line_t sales_order[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_constant,    "BEG", NULL,   1, NULL,        2,  2, NULL, " 00 06 " },
    { &x12_as_text,        "BEG", NULL,   3, "orderNo",   1, 22, NULL, NULL, MUST },
    { &x12_as_fixed,       "", NULL,      0, "channel",   0,  0, NULL, "edi" },
    { &x12_as_instant_day, "BEG", NULL,   5, "placedAt",  8,  8, NULL, NULL, MUST },
    { &x12_as_currency,    "CUR", NULL,   2, "ccy",       3,  3, "1:BY", "unitPrice",
        X12_ASSUME },
    { &x12_as_party,       "N1", " BY ",  0, "buyer" },
    { &x12_as_party,       "N1", " ST ",  0, "shipTo" },
    { &x12_as_party,       "N1", " BT ",  0, "billTo" },
    { &x12_as_each,        "SAC", NULL,   0, "discounts", 0,  0, "1=A", discount,
        X12_SKIP },
    { &x12_as_each,        "PO1", NULL,   0, "lines",     0,  0, NULL, sales_line,
        MUST },
    { &x12_as_order_sums,  "", NULL,      0, "totals" },
    { NULL },
};

const x12_lines_t x12_sales_order_850 = { "850", sales_order };
