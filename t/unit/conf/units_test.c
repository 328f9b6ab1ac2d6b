/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "conf/conf.h"
#include "conf/forms.h"


static const struct {
    const char *text;
    int64_t ms; /* -1: none */
} durations[] = {
    { "250ms", 250 },
    { "30s", 30000 },
    { "5m", 300000 },
    { "2h", 7200000 },
    { "7d", 604800000 },
    { "0s", 0 },
    { "9223372036854775807ms", INT64_MAX },
    { "9223372036854775808ms", -1 },
    { "9223372036854775807s", -1 },
    { "106751991167d", 106751991167 * 86400000 },
    { "106751991168d", -1 },
    { "", -1 },
    { "s", -1 },
    { "30", -1 },
    { "30 s", -1 },
    { "30S", -1 },
    { "30sec", -1 },
    { "-1s", -1 },
    { "1.5s", -1 },
    { "1m30s", -1 },
};


START_TEST(reads_durations)
{
    int64_t ms = -1;
    bool good = xd_conf_duration(xd_str(durations[_i].text), &ms);

    ck_assert_int_eq(good, durations[_i].ms >= 0);
    ck_assert_int_eq(ms, durations[_i].ms);
}
END_TEST


static const struct {
    const char *text;
    bool good;
    uint64_t bytes;
} sizes[] = {
    { "8MiB", true, 8u << 20 },
    { "256KiB", true, 256u << 10 },
    { "2GiB", true, 2ull << 30 },
    { "1TiB", true, 1ull << 40 },
    { "512B", true, 512 },
    { "512", true, 512 },
    { "0", true, 0 },
    { "8388607TiB", true, 8388607ull << 40 },
    { "8388608TiB", false, 0 },
    { "8MB", false, 0 },
    { "8M", false, 0 },
    { "8 MiB", false, 0 },
    { "MiB", false, 0 },
    { "", false, 0 },
    { "-8MiB", false, 0 },
    { "1e3", false, 0 },
};


START_TEST(reads_sizes)
{
    uint64_t bytes = 0;

    ck_assert_int_eq(xd_conf_size(xd_str(sizes[_i].text), &bytes),
        sizes[_i].good);
    if (sizes[_i].good) {
        ck_assert_uint_eq(bytes, sizes[_i].bytes);
    }
}
END_TEST


START_TEST(takes_the_fallback)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_node_t *root = xd_node_new(arena, XD_OBJECT);
    xd_node_t *limits = xd_put(arena, root, "limits", XD_OBJECT);

    ck_assert_ptr_nonnull(xd_put_str(arena, limits, "body", XD_STR("8MiB")));
    ck_assert_ptr_nonnull(xd_put_str(arena, limits, "wait", XD_STR("10s")));
    ck_assert_ptr_nonnull(xd_put_num(arena, limits, "plain", 77));

    ck_assert_uint_eq(xd_conf_bytes(root, "limits.body", 1), 8u << 20);
    ck_assert_uint_eq(xd_conf_bytes(root, "limits.plain", 1), 77);
    ck_assert_uint_eq(xd_conf_bytes(root, "limits.none", 1), 1);
    ck_assert_uint_eq(xd_conf_bytes(root, "limits.wait", 1), 1);
    ck_assert_int_eq(xd_conf_ms(root, "limits.wait", 1), 10000);
    ck_assert_int_eq(xd_conf_ms(root, "limits.body", 1), 1);
    ck_assert_int_eq(xd_conf_ms(NULL, "limits.body", 1), 1);

    xd_arena_free(arena);
}
END_TEST


static const struct {
    const char *form, *text;
    bool good;
} forms[] = {
    { "xd-id", "acme", true },
    { "xd-id", "3pl-north", true },
    { "xd-id", "", false },
    { "xd-id", "-acme", false },
    { "xd-id", "Acme", false },
    { "xd-id", "a.b", false },
    { "xd-id", "a_b", false },
    { "xd-id", "a23456789012345678901234567890123456789x", true },
    { "xd-id", "a234567890123456789012345678901234567890x", false },
    { "xd-duration", "1ms", true },
    { "xd-duration", "0s", false },
    { "xd-size", "1", true },
    { "xd-size", "0", false },
    { "xd-http-url", "http://127.0.0.1:8090/erp", true },
    { "xd-http-url", "https://erp.example", true },
    { "xd-http-url", "http://[::1]:80/x", true },
    { "xd-http-url", "http://[::1]", true },
    { "xd-http-url", "http://[]", false },
    { "xd-http-url", "http://[::1", false },
    { "xd-http-url", "http://[::1]x", false },
    { "xd-http-url", "http://", false },
    { "xd-http-url", "http:///x", false },
    { "xd-http-url", "http://a:0/", false },
    { "xd-http-url", "http://a:65536/", false },
    { "xd-http-url", "http://a:/", false },
    { "xd-http-url", "http://a b/", false },
    { "xd-http-url", "http://u:p@host/", false },
    { "xd-http-url", "http://host/a@b", true },
    { "xd-http-url", "ftp://host/", false },
    { "xd-http-url", "HOST", false },
    { "xd-amqp-url", "amqp://127.0.0.1:5672/crossdock", true },
    { "xd-amqp-url", "amqp://a/v,amqp://b:5673/v", true },
    { "xd-amqp-url", "amqp://a/v,", false },
    { "xd-amqp-url", "amqp://a/v,http://b", false },
    { "xd-amqp-url", "amqp://u:p@a/v", false },
    { "xd-amqp-url", "amqps://a/v", false },
    { "xd-amqp-url", "", false },
};


START_TEST(knows_the_forms)
{
    const xd_conf_form_t *form = xd_conf_form(xd_str(forms[_i].form));

    ck_assert_ptr_nonnull(form);
    ck_assert_msg(form->good(xd_str(forms[_i].text)) == forms[_i].good,
        "%s '%s'", forms[_i].form, forms[_i].text);
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("units");
    TCase *tc = tcase_create("units");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, reads_durations, 0, COUNT(durations));
    tcase_add_loop_test(tc, reads_sizes, 0, COUNT(sizes));
    tcase_add_test(tc, takes_the_fallback);
    tcase_add_loop_test(tc, knows_the_forms, 0, COUNT(forms));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
