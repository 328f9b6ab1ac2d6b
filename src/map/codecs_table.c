/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Codecs by their names, and which one two sides make.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "map/codecs.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define L(kind) MAP_L(MAP_L_##kind)


static const map_blocks_t levels_blocks[] = {
    { "shipment", "", NULL },
    { "unit", "units", " unitNo parent kind contents " },
    { "order", "units.contents", NULL, true },
    { "item", "units.contents", " poNo orderNo lineNo " },
    { NULL },
};

const map_codec_row_t map_codec_rows[] = {
    /* name         codec                left           keys  words         tables */
    { "text", &map_as_text, MAP_L_VALUE, 1, 1, MAP_W_NONE,
        .is = "the value as it is" },
    { "letters", &map_as_letters, L(TEXT), 1, 1, MAP_W_NUMBER,
        .is = "two capital letters, or up to so many" },
    { "decimal", &map_as_decimal, MAP_L_VALUE, 1, 1, MAP_W_NONE,
        .is = "a number as text" },
    { "integer", &map_as_integer, MAP_L_VALUE, 1, 1, MAP_W_NONE,
        .is = "a whole number" },
    { "line-no", &map_as_line_no, MAP_L_VALUE, 1, 1, MAP_W_NONE,
        .is = "the number of a line; its place, when it has none" },
    { "line-ref", &map_as_line_ref, MAP_L_VALUE, 1, 1, MAP_W_NONE,
        .is = "the number of a line of something else" },
    { "date", &x12_as_date, L(DATE) | L(TEXT), 1, 1, MAP_W_NONE,
        .is = "a day" },
    { "day", &x12_as_day, L(DATE) | L(TEXT), 1, 1, MAP_W_NONE,
        .is = "the day of a member that may say more" },
    { "instant", &x12_as_instant, L(DATES), 2, 3, MAP_W_NONE,
        .is = "a day, a time and a zone: a point in time" },
    { "moment", &x12_as_moment, L(DATES), 2, 3, MAP_W_NONE,
        .is = "the same, a day when there is no time" },
    { "table", &map_as_table, MAP_L_VALUE, 1, 1, MAP_W_TABLES, { NULL }, 1,
        .is = "a code, and what a table calls it" },
    { "factor", &map_as_factor, MAP_L_VALUE, 1, 1, MAP_W_TABLES, { NULL }, 1,
        .is = "a number that a table has a code for" },
    { "currency", &map_as_currency, MAP_L_VALUE, 1, 1, MAP_W_WORDS,
        .is =
            "the currency of all amounts: which one, when none is named, and the "
            "price of a line that may name it" },
    { "money", &map_as_money, MAP_L_VALUE, 1, 1, MAP_W_NONE,
        .is = "an amount with its own point" },
    { "implied", &map_as_implied, MAP_L_VALUE, 1, 1, MAP_W_NUMBER,
        .is = "an amount of which so many digits are behind the point" },
    { "unit-price", &map_as_unit_price, L(VALUES), 2, 2, MAP_W_TABLES,
        { "price-bases" }, 1, .is = "a price for some units, as one for one" },
    { "quantity", &map_as_quantity, L(VALUES), 2, 2, MAP_W_NONE,
        .is = "a number and its unit" },
    { "each", &map_as_each, L(GROUPS), 0, 0, MAP_W_NONE, .line = true,
        .is = "an entry of an array for each group" },
    { "inside", &map_as_inside, L(GROUP) | L(HERE), 0, 0, MAP_W_NONE,
        .line = true, .is = "an object for a group" },
    { "paragraph", &map_as_paragraph, L(TEXTS), 1, 1, MAP_W_NONE,
        .is = "one text in several groups, cut at blanks" },
    { "list", &map_as_list, L(TEXTS), 1, 1, MAP_W_NONE,
        .is = "a text of an array for each group, each once" },
    { "party", &x12_as_party, L(GROUP), 0, 0, MAP_W_WORDS,
        { "party-ids", "party-refs" }, 2, .whole = true,
        .is = "an N1 loop; apart: its GLN is a member of its own" },
    { "gln", &x12_as_gln, L(TEXT), 1, 1, MAP_W_NONE,
        .is = "N104 when N103 says that it is a GLN" },
    { "article", &x12_as_item, L(PAIRS), 1, 1, MAP_W_TABLES, { "item-ids" }, 1,
        .is = "numbers of an article, in pairs of scheme and "
              "number" },
    { "pair", &x12_as_pair, L(PAIR), 1, 1, MAP_W_NONE,
        .is = "one of such pairs" },
    { "charge", &x12_as_charge, L(VALUES), 3, 3, MAP_W_TABLES, { "charges" }, 1,
        .is = "why something is taken off or put on: a code, or "
              "one of ours" },
    { "answers", &x12_as_answers, L(GROUPS), 0, 0, MAP_W_TABLES,
        { "line-answers" }, 1, .line = true,
        .is = "lines of an answer, each with the ACK that counts" },
    { "line-answer", &x12_as_line_answer, L(TEXT), 1, 1, MAP_W_TABLES,
        { "line-answers", "answers" }, 2, .is = "what becomes of a line" },
    { "settled", &x12_as_settled, L(HERE), 0, 0, MAP_W_NONE, .again = true,
        .is = "what becomes of an order, when its lines say otherwise" },
    { "levels", &x12_as_levels, L(GROUPS), 0, 0, MAP_W_TABLES,
        { "package-levels" }, 1, levels_blocks, .whole = true,
        .is = "the HL tree of a ship notice" },
    { "marks", &x12_as_marks, L(GROUPS), 0, 0, MAP_W_TABLES, { "package-ids" },
        1, .whole = true,
        .is = "what is marked on a package: its SSCC and other numbers" },
    { "order-sums", &x12_as_order_sums, L(HERE), 0, 0, MAP_W_NONE,
        .is = "sums of a sales order, computed" },
    { "invoice-sums", &x12_as_invoice_sums, L(HERE), 0, 0, MAP_W_NONE,
        .is = "sums of an invoice beside its gross" },
    { "line-net", &x12_as_net, L(HERE), 0, 0, MAP_W_NONE,
        .is = "the net of a line, computed" },
    { NULL },
};

const map_usual_t map_usual[] = {
    { MAP_L_TEXT, MAP_R_TEXT, "text" },
    { MAP_L_NUMBER, MAP_R_TEXT, "text" },
    { MAP_L_INTEGER, MAP_R_TEXT, "text" },
    { MAP_L_DATE, MAP_R_DATE, "date" },
    { MAP_L_TEXT, MAP_R_DATE, "date" },
    { MAP_L_DATE, MAP_R_INSTANT, "day" },
    { MAP_L_DATE, MAP_R_MOMENT, "day" },
    { MAP_L_DATES, MAP_R_INSTANT, "instant" },
    { MAP_L_DATES, MAP_R_MOMENT, "moment" },
    { MAP_L_NUMBER, MAP_R_DECIMAL, "decimal" },
    { MAP_L_INTEGER, MAP_R_DECIMAL, "decimal" },
    { MAP_L_TEXT, MAP_R_DECIMAL, "decimal" },
    { MAP_L_NUMBER, MAP_R_INTEGER, "integer" },
    { MAP_L_INTEGER, MAP_R_INTEGER, "integer" },
    { MAP_L_TEXT, MAP_R_INTEGER, "integer" },
    { MAP_L_NUMBER, MAP_R_MONEY, "money" },
    { MAP_L_INTEGER, MAP_R_MONEY, "implied", 2 },
    { MAP_L_VALUES, MAP_R_QUANTITY, "quantity" },
    { MAP_L_PAIRS, MAP_R_ITEM, "article" },
    { MAP_L_PAIR, MAP_R_TEXT, "pair" },
    { MAP_L_PAIR, MAP_R_INTEGER, "pair" },
    { MAP_L_GROUP, MAP_R_PARTY, "party" },
    { MAP_L_GROUP, MAP_R_OBJECT, "inside" },
    { MAP_L_GROUP, MAP_R_NONE, "inside" },
    { MAP_L_GROUPS, MAP_R_ARRAY, "each" },
    { MAP_L_TEXTS, MAP_R_TEXT, "paragraph" },
    { MAP_L_TEXTS, MAP_R_LIST, "list" },
    { 0, 0, NULL },
};
