/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "canon/document.h"
#include "format/json.h"

static xd_arena_t *arena;
static xd_report_t rep;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 10);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


START_TEST(has_the_documents_of_the_house)
{
    static const char *const domains[] = { "order", "fulfil", "inventory",
        "finance", "master", "pos", "ops" };
    static const int want[] = { 6, 5, 4, 6, 6, 1, 6 };
    int found[7] = { 0 };

    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        int i = 0;

        while (strcmp(d->domain, domains[i]) != 0) {
            ck_assert_int_lt(++i, 7);
        }
        found[i]++;
        ck_assert_ptr_eq(xd_document_find(xd_str(d->name)), d);
        ck_assert_ptr_nonnull(d->number);
    }

    for (int i = 0; i < 7; i++) {
        ck_assert_int_eq(found[i], want[i]);
    }

    ck_assert_str_eq(xd_document_find(XD_STR("shipment"))->domain, "fulfil");
    ck_assert_ptr_null(xd_document_find(XD_STR("shipmen")));
    ck_assert_ptr_null(xd_document_find(XD_STR_NONE));
}
END_TEST


/* CRC-32 as zlib and every other language count it: never changed silently. */
START_TEST(partitions_do_not_move)
{
    ck_assert_uint_eq(xd_partition(XD_STR("123456789")), 0xCBF43926 % 8);
    ck_assert_uint_eq(xd_partition(XD_STR("")), 0);
    ck_assert_uint_eq(xd_partition(XD_STR("shipment:acme:ASN-4711")),
        xd_partition(xd_dup(arena, XD_STR("shipment:acme:ASN-4711"))));
    ck_assert_uint_lt(xd_partition(XD_STR("x")), XD_PARTITIONS);
}
END_TEST


static const xd_meta_t full = {
    .document = { "shipment", 8 },
    .event = { "created", 7 },
    .id = { "id-1", 4 },
    .key = { "shipment:acme:1", 15 },
    .key_version = UINT64_MAX,
    .occurred_at = { "2026-05-14T09:31:22Z", 20 },
    .recorded_at = { "2026-05-14T09:31:23Z", 20 },
    .system = { "crossdock", 9 },
    .partner = { "acme", 4 },
    .control = { "905", 3 },
    .correlation_id = { "c", 1 },
    .causation_id = { "d", 1 },
    .test = true,
    .standard = { "X12/004010", 10 },
    .doc_type = { "856", 3 },
    .sha256 = { "ff", 2 },
    .map = { "x12-856/1", 9 },
    .set = 2,
    .ordinal = 3,
};


static void
is_written(const xd_node_t *doc, const char *want)
{
    xd_buf_t out = { 0 };

    xd_json_write(&out, doc, XD_JSON_COMPACT);
    ck_assert_msg(xd_str_is(xd_buf_str(&out), want), "%.*s",
        XD_FMT(xd_buf_str(&out)));
    xd_buf_free(&out);
}


static xd_node_t *
read_good(const char *text)
{
    xd_node_t *doc = NULL;

    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &doc, &rep),
        XD_OK);

    return doc;
}


START_TEST(meta_comes_first_and_whole)
{
    xd_node_t *doc = read_good("{\"shipmentNo\":\"1\"}");

    ck_assert_ptr_eq(xd_meta_put(arena, doc, &full), doc->first);
    is_written(doc,
        "{\"meta\":{\"schema\":\"urn:retail:shipment:1.0\",\"id\":\"id-1\","
        "\"type\":\"shipment\",\"event\":\"created\","
        "\"key\":\"shipment:acme:1\",\"keyVersion\":18446744073709551615,"
        "\"occurredAt\":\"2026-05-14T09:31:22Z\","
        "\"recordedAt\":\"2026-05-14T09:31:23Z\","
        "\"source\":{\"system\":\"crossdock\",\"partner\":\"acme\","
        "\"controlNo\":\"905\"},\"correlationId\":\"c\","
        "\"causationId\":\"d\",\"test\":true,"
        "\"origin\":{\"standard\":\"X12/004010\",\"docType\":\"856\","
        "\"sha256\":\"ff\",\"map\":\"x12-856/1\",\"set\":2,\"ordinal\":3}},"
        "\"shipmentNo\":\"1\"}");
}
END_TEST


START_TEST(what_is_empty_is_left_out)
{
    xd_node_t *doc = read_good("{}");
    xd_meta_t meta = { .document = XD_STR("delivery") };

    ck_assert_ptr_nonnull(xd_meta_put(arena, doc, &meta));
    is_written(doc, "{\"meta\":{\"schema\":\"urn:retail:delivery:1.0\","
                    "\"type\":\"delivery\",\"keyVersion\":0,\"test\":false}}");
}
END_TEST


START_TEST(texts_are_copied)
{
    xd_node_t *doc = read_good("{}");
    char id[] = "abc";
    xd_meta_t meta = { .document = XD_STR("task"), .id = { id, 3 } };

    ck_assert_ptr_nonnull(xd_meta_put(arena, doc, &meta));
    id[0] = 'x';
    ck_assert(xd_str_is(xd_text_at(doc, "meta.id"), "abc"));
}
END_TEST


START_TEST(a_posted_meta_gives_way_but_its_ext_stays)
{
    xd_node_t *doc = read_good("{\"a\":1,\"meta\":{\"id\":\"forged\","
                               "\"ext\":{\"shop\":{\"x\":1}}},\"b\":2}");
    xd_meta_t meta = { .document = XD_STR("task") };

    ck_assert_ptr_nonnull(xd_meta_put(arena, doc, &meta));
    ck_assert_uint_eq(doc->count, 3);
    ck_assert_ptr_null(xd_text_at(doc, "meta.id").ptr);
    ck_assert(xd_str_is(xd_text_at(doc, "meta.ext.shop.x"), "1"));
    ck_assert(xd_str_is(xd_text_at(doc, "b"), "2"));

    meta.ext = read_good("{\"x12\":{}}");
    ck_assert_ptr_nonnull(xd_meta_put(arena, doc, &meta));
    ck_assert_uint_eq(xd_pointer(doc, XD_STR("/meta/ext"))->count, 1);
    ck_assert_ptr_nonnull(xd_pointer(doc, XD_STR("/meta/ext/x12")));
}
END_TEST


START_TEST(a_number_falls_back_to_what_else_is_there)
{
    const xd_document_t *item = xd_document_find(XD_STR("item"));
    const xd_document_t *order = xd_document_find(XD_STR("sales-order"));

    ck_assert(xd_str_is(xd_document_number(item,
                            read_good("{\"gtin\":\"1\",\"altIds\":[{"
                                      "\"value\":\"A\"}]}")),
        "1"));
    ck_assert(xd_str_is(xd_document_number(item,
                            read_good("{\"altIds\":[{\"value\":\"A\"}]}")),
        "A"));
    ck_assert_ptr_null(xd_document_number(item, read_good("{}")).ptr);
    ck_assert_ptr_null(xd_document_number(order, read_good("{}")).ptr);
}
END_TEST


START_TEST(a_full_arena_is_told_at_every_allocation)
{
    xd_node_t *meta = NULL;
    size_t n;

    for (n = 1; meta == NULL; n++) {
        xd_node_t *doc = read_good("{\"meta\":{\"ext\":{\"a\":{\"b\":1}}}}");
        xd_arena_t *own = xd_arena_new(0);

        xd_arena_fail_at(own, n);
        meta = xd_meta_put(own, doc, &full);
        xd_arena_free(own);
    }

    ck_assert_uint_gt(n, 20);
    ck_assert_ptr_null(xd_meta_put(arena, NULL, &full));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("document");
    TCase *tc = tcase_create("document");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, has_the_documents_of_the_house);
    tcase_add_test(tc, partitions_do_not_move);
    tcase_add_test(tc, meta_comes_first_and_whole);
    tcase_add_test(tc, what_is_empty_is_left_out);
    tcase_add_test(tc, texts_are_copied);
    tcase_add_test(tc, a_posted_meta_gives_way_but_its_ext_stays);
    tcase_add_test(tc, a_number_falls_back_to_what_else_is_there);
    tcase_add_test(tc, a_full_arena_is_told_at_every_allocation);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
