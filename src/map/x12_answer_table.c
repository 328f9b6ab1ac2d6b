/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * 855 against what a supplier answers to an order.
 * Hand-set: clang-format leaves *_table.c alone.
 *
 * Standard: X12 004010 to 005010, transaction set 855.
 */

#include "map/x12_lines_table.h"
#include "map/x12_party_codec.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define MUST   X12_MUST
#define WITHIN X12_WITHIN
#define BARE   X12_BARE


static const x12_party_t supplier = { .elsewhere = "supplierNo" };

static const x12_line_t answer_line[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_line_no,     "", NULL,    1, "lineNo",    1, 20, NULL, NULL, MUST },
    { &x12_as_price,       "", NULL,    4, "price",     1, 17 },
    { &x12_as_base,        "", NULL,    5, "priceBase", 2,  2, NULL, x12_bases, BARE },
    { &x12_as_item,        "", NULL,    6, "item",      1, 48 },
    { &x12_as_paragraph,   "PID", " F ", 5, "item.description", 1, 80, NULL, NULL,
        WITHIN },
    { &x12_as_quantity,    "ACK", NULL, 2, "qty",       1, 15 },
    { &x12_as_date,        "ACK", NULL, 5, "date",      8,  8, "4:067" },
    { &x12_as_item,        "ACK", NULL, 7, "substitute", 1, 48 },
    { &x12_as_line_answer, "ACK", NULL, 1, "status",    2,  2, NULL, NULL, MUST },
    { &x12_as_paragraph,   "N9/MSG", " L1 ", 1, "reason", 1, 264 },
    { NULL },
};

static const x12_line_t order_response[] = {
    /* codec           segment  qualifier el  member    min max  also   with   flags */
    { &x12_as_ours,        "", NULL,      0, "meta" },
    { &x12_as_answer,      "BAK", NULL,   2, "status",    2,  2, "1:00" },
    { &x12_as_text,        "BAK", NULL,   3, "poNo",      1, 22, NULL, NULL, MUST },
    { &x12_as_order_date,  "BAK", NULL,   4, "respondedAt", 8, 8, NULL,
        "meta.occurredAt" },
    { &x12_as_text,        "BAK", NULL,   8, "supplierOrderNo", 1, 30 },
    { &x12_as_moment,      "DTM", " 097 ", 2, "respondedAt", 8, 8 },
    { &x12_as_day,         "BAK", NULL,   9, "respondedAt", 8, 8 },
    { &x12_as_text,        "REF", " ZZ ", 2, "responseNo", 1, 30, "3=RESPONSE" },
    { &x12_as_currency,    "CUR", NULL,   2, "ccy",       3,  3, "1:SE", "price" },
    { &x12_as_paragraph,   "N9/MSG", " L1 ", 1, "reason", 1, 264 },
    { &x12_as_party,       "N1", " SU VN SE ", 0, "supplier", 0, 0, NULL, &supplier },
    { &x12_as_alt_id,      "REF", " IA ", 2, "supplier",  1, 30, NULL, "supplierNo" },
    { &x12_as_gln,         "N1", " BY ",  4, "buyerGln", 13, 13, "3:UL" },
    { &x12_as_each_answer, "PO1", NULL,   0, "lines",     0,  0, NULL, answer_line },
    { &x12_as_settled,     "BAK", NULL,   2, "status",    0,  0, NULL, NULL, MUST },
    { &x12_as_count,       "CTT", NULL },
    { NULL },
};

const x12_lines_t x12_order_response_855 = { "855", order_response };
