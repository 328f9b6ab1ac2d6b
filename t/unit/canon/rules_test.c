/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The business rules: every example keeps them, and for each rule there is an
 * example that, broken in one way, fails by this rule alone and at the right
 * place.
 */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "canon/document.h"
#include "canon/rules.h"
#include "format/json.h"
#include "rules_broken.h"

#define SCHEMAS "canonical-schemas"

static const char *const sizes[] = { "minimal", "typical", "extreme" };

static xd_arena_t *arena;
static xd_report_t rep;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_node_t *
read_text(const char *text)
{
    xd_node_t *doc = NULL;

    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &doc, &rep),
        XD_OK);

    return doc;
}


static xd_node_t *
example(const char *document, const char *size)
{
    xd_str_t path =
        xd_fmt(arena, SCHEMAS "/%s/examples/%s.json", document, size);
    xd_str_t bytes = XD_STR_NONE;

    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);

    return read_text(xd_dup(arena, bytes).ptr);
}


/* Takes a node out of its array or object. */
static void
drop(xd_node_t *node)
{
    xd_node_t *parent = node->parent;
    xd_node_t **at = &parent->first;

    while (*at != node) {
        at = &(*at)->next;
    }
    *at = node->next;
    parent->count--;
    parent->index = NULL;
    parent->last = parent->first;
    while (parent->last != NULL && parent->last->next != NULL) {
        parent->last = parent->last->next;
    }
}


/* A value that begins with "=" is taken from another place. */
static void
edit(xd_node_t *doc, const char *at, const char *value)
{
    xd_node_t *node = xd_pointer(doc, xd_str(at));

    ck_assert_msg(node != NULL, "%s is not there", at);

    if (value == NULL) {
        drop(node);

    } else if (node->kind == XD_BOOL) {
        node->truth = strcmp(value, "true") == 0;

    } else if (value[0] == '=') {
        node->text = xd_pointer(doc, xd_str(value + 1))->text;

    } else {
        node->text = xd_str(value);
    }
}


static xd_rc_t
check_rules(const char *document, const xd_node_t *doc)
{
    xd_report_init(&rep, arena, 20);

    return xd_rules_check(xd_str(document), doc, NULL, arena, &rep);
}


START_TEST(every_example_keeps_the_rules)
{
    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        xd_node_t *doc = example(d->name, sizes[_i]);
        xd_rc_t rc = check_rules(d->name, doc);

        ck_assert_msg(rc == XD_OK && rep.nkept == 0, "%s: %.*s %.*s", d->name,
            XD_FMT(rep.nkept > 0 ? rep.kept[0].path : XD_STR("")),
            XD_FMT(rep.nkept > 0 ? rep.kept[0].text : XD_STR("")));
    }
    ck_assert_int_eq(check_rules("system-of-record",
                         example("system-of-record", sizes[_i])),
        XD_OK);
}
END_TEST


START_TEST(a_broken_example_fails_by_its_rule_alone)
{
    const broken_t *b = &broken[_i];
    xd_node_t *doc = example(b->document, b->size);
    bool warning;
    xd_rc_t rc;

    for (int i = 0; i < BROKEN_EDITS && b->edits[i].at != NULL; i++) {
        edit(doc, b->edits[i].at, b->edits[i].value);
    }

    rc = check_rules(b->document, doc);
    ck_assert_msg(rep.nkept == 1, "%s: %zu findings, the second is %s %.*s",
        b->rule, rep.nkept, rep.nkept > 1 ? rep.kept[1].rule : "none",
        XD_FMT(rep.nkept > 1 ? rep.kept[1].text : XD_STR("")));
    ck_assert_str_eq(rep.kept[0].rule, b->rule);
    ck_assert_msg(xd_str_is(rep.kept[0].path, b->at), "%s: %.*s", b->rule,
        XD_FMT(rep.kept[0].path));
    ck_assert_uint_eq(rep.kept[0].line,
        xd_pointer(doc, rep.kept[0].path)->line);
    ck_assert_uint_gt(rep.kept[0].line, 0);

    warning = rep.kept[0].severity == XD_WARNING;
    ck_assert_int_eq(rc, warning ? XD_OK : XD_E_SYNTAX);
}
END_TEST


static bool
is_broken_somewhere(const char *document, const char *rule)
{
    for (size_t i = 0; i < BROKEN; i++) {
        if (strcmp(broken[i].rule, rule) == 0
            && (document == NULL || strcmp(broken[i].document, document) == 0))
        {
            return true;
        }
    }

    return false;
}


/* The rules of a credit memo are those of an invoice. */
START_TEST(every_rule_has_a_broken_example)
{
    for (const xd_rule_set_t *s = xd_rule_sets; s->document != NULL; s++) {
        ck_assert_ptr_eq(xd_rules_of(xd_str(s->document)), s->rules);
        ck_assert(xd_document_find(xd_str(s->document)) != NULL
                  || strcmp(s->document, "system-of-record") == 0);

        for (const xd_rule_t *r = s->rules; r->id != NULL; r++) {
            ck_assert_msg(strcmp(s->document, "credit-memo") == 0
                              || is_broken_somewhere(s->document, r->id),
                "%s", r->id);
            ck_assert_ptr_nonnull(r->text);
        }
    }
}
END_TEST


/* An id names one rule; that of an invoice also serves credit memos. */
START_TEST(ids_are_unique)
{
    for (const xd_rule_set_t *s = xd_rule_sets; s->document != NULL; s++) {
        for (const xd_rule_t *r = s->rules; r->id != NULL; r++) {
            for (const xd_rule_t *o = r + 1; o->id != NULL; o++) {
                ck_assert_str_ne(r->id, o->id);
            }
            ck_assert(strcmp(s->document, "credit-memo") == 0
                      || strncmp(r->id, s->document, strlen(s->document)) == 0);
        }
    }
}
END_TEST


/* -- sums ------------------------------------------------------------------ */


/* A sales order of one line. */
static xd_rc_t
order_of(const char *ccy, const char *qty, const char *price, const char *net)
{
    xd_str_t text = xd_fmt(arena,
        "{\"lines\":[{\"qty\":{\"value\":\"%s\",\"uom\":\"EA\"},"
        "\"unitPrice\":{\"amount\":\"%s\",\"ccy\":\"%s\"}}],"
        "\"totals\":{\"net\":{\"amount\":\"%s\",\"ccy\":\"%s\"}}}",
        qty, price, ccy, net, ccy);

    return check_rules("sales-order", read_text(text.ptr));
}


START_TEST(sums_are_exact_and_rounding_is_named)
{
    static const struct {
        const char *ccy, *qty, *price, *net;
        bool good;
    } sums[] = {
        { "EUR", "3", "0.10", "0.30", true },
        { "EUR", "3", "0.10", "0.31", true }, /* within 0.01 */
        { "EUR", "3", "0.10", "0.32", false },
        { "EUR", "3", "0.10", "0.28", false },
        { "EUR", "1", "0.005", "0.02", true }, /* rounded to 0.01 first */
        { "EUR", "1", "0.0149", "0.02", true },
        { "EUR", "1", "0.0149", "0.021", false }, /* 0.01 and 0.011 apart */
        { "EUR", "-1", "0.005", "-0.02", true },  /* halves away from zero */
        { "EUR", "0.000001", "0.000001", "0", true },
        { "JPY", "3", "33.3", "100", true },
        { "JPY", "3", "33.3", "99", true }, /* cut: one unit of the last */
        { "JPY", "3", "33.3", "98", false },
        { "KWD", "3", "1.001", "3.003", true },
        { "KWD", "3", "1.001", "3.013", true },
        { "KWD", "3", "1.001", "3.014", false },
        { "EUR", "999999999999.999999", "999999999999.999999",
            "999999999999.999999", false },
        { "EUR", "999999999999", "-0.01", "-9999999999.99", true },
    };

    for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++) {
        bool positive = sums[i].qty[0] != '-';
        xd_rc_t rc =
            order_of(sums[i].ccy, sums[i].qty, sums[i].price, sums[i].net);
        size_t wrong = 0;

        for (size_t j = 0; j < rep.nkept; j++) {
            wrong += strcmp(rep.kept[j].rule, "sales-order.net") == 0;
        }
        ck_assert_msg(wrong == !sums[i].good, "%s * %s = %s", sums[i].qty,
            sums[i].price, sums[i].net);
        ck_assert_int_eq(rc, sums[i].good && positive ? XD_OK : XD_E_SYNTAX);
    }
}
END_TEST


START_TEST(the_sentence_says_both_numbers)
{
    ck_assert_int_eq(order_of("EUR", "3", "19.90", "59.00"), XD_E_SYNTAX);
    ck_assert_msg(xd_str_is(rep.kept[0].text,
                      "totals.net must be the sum of quantity times price of "
                      "the lines: it says 59; the sum is 59.7"),
        "%.*s", XD_FMT(rep.kept[0].text));
    ck_assert(order_of("EUR", "1", "-0.05", "0.1") != XD_OK);
    ck_assert_msg(strstr(xd_dup(arena, rep.kept[0].text).ptr,
                      "it says 0.1; the sum is -0.05")
                      != NULL,
        "%.*s", XD_FMT(rep.kept[0].text));
}
END_TEST


static xd_rc_t
line_of(const char *more, const char *net)
{
    xd_str_t text = xd_fmt(arena,
        "{\"lines\":[{%s,\"net\":{\"amount\":\"%s\",\"ccy\":\"EUR\"}}]}", more,
        net);

    return check_rules("invoice", read_text(text.ptr));
}


#define QTY(v)   "\"qty\":{\"value\":\"" v "\",\"uom\":\"EA\"}"
#define PRICE(v) "\"netPrice\":{\"amount\":\"" v "\",\"ccy\":\"EUR\"}"

START_TEST(a_price_may_be_for_many_and_for_another_quantity)
{
    ck_assert_int_eq(line_of(QTY("2") "," PRICE("5"), "10"), XD_OK);
    ck_assert_int_eq(line_of(QTY("2") "," PRICE("5"), "11"), XD_E_SYNTAX);
    ck_assert_int_eq(line_of(QTY("500") "," PRICE(
                                 "5") ",\"priceBase\":\"1000\"",
                         "2.5"),
        XD_OK);
    ck_assert_int_eq(line_of(QTY("1") "," PRICE("1") ",\"priceBase\":\"3\"",
                         "0.33"),
        XD_OK);
    ck_assert_int_eq(line_of(QTY("1") "," PRICE("1") ",\"priceBase\":\"3\"",
                         "0.35"),
        XD_E_SYNTAX);
    ck_assert_int_eq(line_of(QTY("1") "," PRICE("-1") ",\"priceBase\":\"-3\"",
                         "0.33"),
        XD_OK);
    ck_assert_int_eq(
        line_of(
            QTY("2") ",\"pricedQty\":{\"value\":\"3.1\",\"uom\":\"KGM\"}," PRICE(
                "10"),
            "31"),
        XD_OK);
    ck_assert_int_eq(line_of(QTY("0.000001") "," PRICE(
                                 "0.000001") ",\"priceBase\":\"0.000001\"",
                         "0"),
        XD_OK);
    /* 36 digits, and no room for more. */
    ck_assert_int_eq(
        line_of(
            QTY("999999999999.999999") "," PRICE(
                "999999999999.999999") ",\"priceBase\":\"999999999999.999999\"",
            "999999999999.999999"),
        XD_OK);
}
END_TEST


/* The schema tells what is no number; the rules keep still about it. */
START_TEST(what_is_missing_or_no_number_is_left_to_the_schema)
{
    static const char *const texts[] = {
        "{}",
        "[]",
        "null",
        "\"text\"",
        "{\"lines\":{},\"totals\":[]}",
        "{\"lines\":[1,\"x\",null,{}],\"totals\":{\"net\":1}}",
        "{\"lines\":[{\"qty\":\"2\",\"unitPrice\":{\"amount\":2}}],"
        "\"totals\":{\"net\":{\"amount\":\"1\",\"ccy\":\"EUR\"}}}",
        "{\"lines\":[{\"qty\":{\"value\":\"a\"},\"unitPrice\":{\"amount\":"
        "\"2\"}}],\"totals\":{\"net\":{\"amount\":\"1\",\"ccy\":\"EUR\"}}}",
        "{\"lines\":[{\"netPrice\":{\"amount\":\"1\",\"ccy\":\"EUR\"},"
        "\"qty\":{\"value\":\"1\"},\"priceBase\":\"0\","
        "\"net\":{\"amount\":\"7\",\"ccy\":\"EUR\"}}]}",
        "{\"units\":[1,{\"unitNo\":1,\"parent\":{}}],\"status\":{}}",
        "{\"placedAt\":\"2026\",\"requestedAt\":5,\"receivedAt\":\"x\"}",
        "{\"totals\":{\"net\":{\"amount\":1},\"tax\":{\"amount\":\"1\"},"
        "\"gross\":{\"amount\":3}}}",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_node_t *doc = read_text(texts[i]);

        for (const xd_rule_set_t *s = xd_rule_sets; s->document != NULL; s++) {
            xd_rc_t rc = check_rules(s->document, doc);

            ck_assert_msg(rc == XD_OK, "%s %zu: %s", s->document, i,
                rep.nkept > 0 ? rep.kept[0].rule : "");
        }
    }
    ck_assert_int_eq(check_rules("no-document", read_text("{}")), XD_OK);
    ck_assert_ptr_null(xd_rules_of(XD_STR("no-document")));
}
END_TEST


/* Ten million lines of the largest number pass 128 bits; that is told. */
START_TEST(sums_that_do_not_fit_are_told)
{
    xd_node_t *doc = example("sales-order", "typical");
    xd_node_t *line = xd_get(doc, "lines")->first;

    edit(doc, "/lines/0/qty/value", "999999999999.999999");
    edit(doc, "/lines/0/unitPrice/amount", "999999999999.999999");
    edit(doc, "/lines/0/unitPrice/ccy", "XXX");
    edit(doc, "/ccy", "XXX");
    for (int i = 0; i < 400; i++) {
        xd_node_t *more = xd_node_copy(arena, line);

        xd_get(more, "lineNo")->text = xd_fmt(arena, "%d", i + 2);
        xd_get(xd_get(more, "unitPrice"), "ccy")->kind = XD_NULL;
        xd_node_add(arena, xd_get(doc, "lines"), more);
    }
    ck_assert_int_eq(check_rules("sales-order", doc), XD_E_SYNTAX);

    for (size_t i = 0; i < rep.nkept; i++) {
        if (strcmp(rep.kept[i].rule, "sales-order.net") == 0) {
            return;
        }
    }
    ck_abort_msg("no finding for the net");
}
END_TEST


/* -- units of a shipment --------------------------------------------------- */


/* Units, each in the next; the last in none. */
static xd_node_t *
chain(int count)
{
    xd_node_t *doc = read_text("{\"units\":[]}");
    xd_node_t *units = xd_get(doc, "units");

    for (int i = 1; i <= count; i++) {
        xd_node_t *unit =
            xd_node_add(arena, units, xd_node_new(arena, XD_OBJECT));

        ck_assert_ptr_nonnull(xd_put_num(arena, unit, "unitNo", i));
        if (i < count) {
            ck_assert_ptr_nonnull(xd_put_num(arena, unit, "parent", i + 1));
        }
    }

    return doc;
}


START_TEST(a_circle_is_told_once_and_a_long_chain_is_none)
{
    xd_node_t *doc = chain(5000);
    xd_node_t *last = xd_get(doc, "units")->last;

    ck_assert_int_eq(check_rules("shipment", doc), XD_OK);
    ck_assert_ptr_nonnull(xd_put_num(arena, last, "parent", 1));
    ck_assert_int_eq(check_rules("shipment", doc), XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);
    ck_assert_str_eq(rep.kept[0].rule, "shipment.circle");
}
END_TEST


/* A few texts are compared, many are looked up: both find a double. */
START_TEST(a_double_is_found_among_few_and_many)
{
    static const int counts[] = { 2, 16, 17, 18, 33, 1000 };

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        xd_node_t *doc = chain(counts[i]);
        xd_node_t *last = xd_get(doc, "units")->last;

        ck_assert_int_eq(check_rules("shipment", doc), XD_OK);
        xd_get(last, "unitNo")->text = XD_STR("1");
        drop(xd_get(xd_nth(xd_get(doc, "units"), (size_t) counts[i] - 2),
            "parent"));
        ck_assert_int_eq(check_rules("shipment", doc), XD_E_SYNTAX);
        ck_assert_uint_eq(rep.nkept, 1);
        ck_assert_str_eq(rep.kept[0].rule, "shipment.unit-unique");
    }
}
END_TEST


/* -- who owns a field ------------------------------------------------------ */


static const char owners[] =
    "{\"fields\":["
    "{\"document\":\"sales-order\",\"path\":\"lines.qty.uom\",\"owner\":\"erp\","
    "\"conflict\":\"reject\"},"
    "{\"document\":\"sales-order\",\"path\":\"buyer\",\"owner\":\"crm\","
    "\"writers\":[\"shop\"],\"conflict\":\"owner-wins\"},"
    "{\"document\":\"sales-order\",\"path\":\"channel\",\"owner\":\"crm\","
    "\"conflict\":\"latest\"},"
    "{\"document\":\"invoice\",\"path\":\"lines\",\"owner\":\"crm\","
    "\"conflict\":\"reject\"}]}";


static xd_rc_t
owned(xd_node_t *doc)
{
    xd_rules_t with = { read_text(owners) };

    xd_report_init(&rep, arena, 20);

    return xd_rules_check(XD_STR("sales-order"), doc, &with, arena, &rep);
}


START_TEST(only_owners_and_writers_may_write_a_field)
{
    xd_node_t *doc = example("sales-order", "typical");

    ck_assert_int_eq(owned(doc), XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 2);
    ck_assert_str_eq(rep.kept[0].rule, "field.owner");
    ck_assert(xd_str_is(rep.kept[0].path, "/lines/0/qty/uom"));
    ck_assert_str_eq(rep.kept[1].rule, "field.owner-wins");
    ck_assert(xd_str_is(rep.kept[1].path, "/buyer"));
    ck_assert_int_eq(rep.kept[1].severity, XD_WARNING);

    edit(doc, "/meta/source/partner", "erp");
    ck_assert_int_eq(owned(doc), XD_OK);
    ck_assert_uint_eq(rep.nkept, 1);

    /* Without a partner the system is the writer. */
    edit(doc, "/meta/source/partner", NULL);
    edit(doc, "/meta/source/system", "shop");
    ck_assert_int_eq(owned(doc), XD_E_SYNTAX);
    ck_assert_uint_eq(rep.nkept, 1);

    drop(xd_get(doc, "meta"));
    ck_assert_int_eq(owned(doc), XD_OK);
}
END_TEST


/* How many findings one row of owners gives in an example. */
static size_t
strangers(const xd_node_t *field, const char *size)
{
    xd_node_t *root = read_text("{\"fields\":[]}");
    xd_rules_t with = { root };
    xd_str_t document = xd_dup(arena, xd_text(field, "document"));
    xd_node_t *doc = example(document.ptr, size);

    ck_assert_ptr_nonnull(
        xd_node_add(arena, xd_get(root, "fields"), xd_node_copy(arena, field)));
    if (xd_pointer(doc, XD_STR("/meta/source/partner")) != NULL) {
        edit(doc, "/meta/source/partner", NULL);
    }
    edit(doc, "/meta/source/system", "nobody");
    xd_report_init(&rep, arena, 20);
    ck_assert_int_ne(xd_rules_check(document, doc, &with, arena, &rep),
        XD_E_MEMORY);

    return rep.nkept;
}


START_TEST(the_sample_of_owners_names_fields_that_exist)
{
    xd_node_t *sample = example("system-of-record", "typical");

    xd_each (field, xd_get(sample, "fields")) {
        xd_get(field, "conflict")->text = XD_STR("reject");
        ck_assert_msg(strangers(field, "typical") + strangers(field, "extreme")
                          > 0,
            "%.*s.%.*s", XD_FMT(xd_text(field, "document")),
            XD_FMT(xd_text(field, "path")));
    }
}
END_TEST


/* -- memory ---------------------------------------------------------------- */


/* What must be, or what is wrong and what to do. */
static void
says_what_to_do(const xd_rule_t *rule)
{
    for (; rule->id != NULL; rule++) {
        ck_assert_msg(strstr(rule->text, "must") != NULL
                          || strchr(rule->text, ';') != NULL,
            "%s: %s", rule->id, rule->text);
    }
}


START_TEST(each_sentence_says_what_to_do)
{
    for (const xd_rule_set_t *s = xd_rule_sets; s->document != NULL; s++) {
        says_what_to_do(s->rules);
    }

    says_what_to_do(xd_rules_any);
}
END_TEST


START_TEST(a_full_arena_is_told_at_every_allocation)
{
    const char *document = _i == 0 ? "shipment" : "cross-reference";
    xd_node_t *doc = _i == 0 ? chain(20) : example(document, "extreme");
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_t *own = xd_arena_new(0);

        xd_arena_fail_at(own, n);
        xd_report_init(&rep, arena, 20);
        rc = xd_rules_check(xd_str(document), doc, NULL, own, &rep);
        xd_arena_free(own);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 4);
}
END_TEST


/* A finding that finds no memory for its pointer is not lost. */
START_TEST(a_finding_without_memory_is_told)
{
    xd_node_t *doc = example("gl-posting", "typical");
    xd_arena_t *own = xd_arena_new(0);

    edit(doc, "/lines/3/amount/amount", "1.00");
    xd_report_init(&rep, arena, 20);
    xd_arena_fail_at(own, 1);
    ck_assert_int_eq(xd_rules_check(XD_STR("gl-posting"), doc, NULL, own, &rep),
        XD_E_MEMORY);
    ck_assert_uint_eq(rep.nkept, 1);
    xd_arena_free(own);
}
END_TEST


/* At wire speed nothing is allocated for a document that fits. */
START_TEST(a_document_that_fits_costs_no_memory)
{
    xd_node_t *doc = example("invoice", "typical");
    xd_arena_t *own = xd_arena_new(0);

    ck_assert_int_eq(xd_rules_check(XD_STR("invoice"), doc, NULL, own, &rep),
        XD_OK);
    ck_assert_uint_eq(xd_arena_used(own), 0);
    xd_arena_free(own);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("rules");
    TCase *tc = tcase_create("rules");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 30);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, every_example_keeps_the_rules, 0, 3);
    tcase_add_loop_test(tc, a_broken_example_fails_by_its_rule_alone, 0,
        (int) BROKEN);
    tcase_add_test(tc, every_rule_has_a_broken_example);
    tcase_add_test(tc, ids_are_unique);
    tcase_add_test(tc, sums_are_exact_and_rounding_is_named);
    tcase_add_test(tc, the_sentence_says_both_numbers);
    tcase_add_test(tc, a_price_may_be_for_many_and_for_another_quantity);
    tcase_add_test(tc, what_is_missing_or_no_number_is_left_to_the_schema);
    tcase_add_test(tc, sums_that_do_not_fit_are_told);
    tcase_add_test(tc, a_circle_is_told_once_and_a_long_chain_is_none);
    tcase_add_test(tc, a_double_is_found_among_few_and_many);
    tcase_add_test(tc, only_owners_and_writers_may_write_a_field);
    tcase_add_test(tc, the_sample_of_owners_names_fields_that_exist);
    tcase_add_loop_test(tc, a_full_arena_is_told_at_every_allocation, 0, 2);
    tcase_add_test(tc, a_document_that_fits_costs_no_memory);
    tcase_add_test(tc, a_finding_without_memory_is_told);
    tcase_add_test(tc, each_sentence_says_what_to_do);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
