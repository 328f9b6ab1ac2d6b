/* SPDX-License-Identifier: BSD-2-Clause */

#include "web_fixture.h"
#include "web/metrics.h"

static const xd_family_t done_total = { "xd_done_total", "Works done.",
    XD_COUNTER, { "system", "outcome" } };
static const xd_family_t held = { "xd_held", "Held \\ \"now\"\nall.", XD_GAUGE,
    { NULL } };
static const xd_family_t seconds = { "xd_seconds", "Time taken.", XD_HISTOGRAM,
    { "system" } };
static const xd_family_t plain_seconds = { "xd_plain_seconds", "Time taken.",
    XD_HISTOGRAM, { NULL } };

static xd_arena_t *arena;
static xd_metrics_t *m;
static xd_buf_t out;


static void
setup(void)
{
    arena = xd_arena_new(0);
    m = xd_metrics_new(arena);
    out = (xd_buf_t){ 0 };
}


static void
teardown(void)
{
    xd_buf_free(&out);
    xd_arena_free(arena);
}


static const char *
page(void)
{
    xd_buf_reset(&out);
    xd_metrics_write(m, &out);
    xd_buf_byte(&out, '\0');
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);

    return out.ptr;
}


static size_t
lines(const char *text)
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        n += *text == '\n';
    }

    return n;
}


START_TEST(writes_counters_by_label)
{
    xd_str_t a[] = { XD_STR("erp"), XD_STR("done") };
    xd_str_t b[] = { XD_STR("wms"), XD_STR("done") };

    xd_metric_add(m, &done_total, 1, a);
    xd_metric_add(m, &done_total, 2, b);
    xd_metric_add(m, &done_total, 3, a);

    ck_assert_str_eq(page(),
        "# HELP xd_done_total Works done.\n"
        "# TYPE xd_done_total counter\n"
        "xd_done_total{system=\"erp\",outcome=\"done\"} 4\n"
        "xd_done_total{system=\"wms\",outcome=\"done\"} 2\n");
}
END_TEST


START_TEST(escapes_help_and_sets_gauges)
{
    xd_metric_set(m, &held, 7, NULL);
    xd_metric_set(m, &held, -3, NULL);

    ck_assert_str_eq(page(), "# HELP xd_held Held \\\\ \"now\"\\nall.\n"
                             "# TYPE xd_held gauge\n"
                             "xd_held -3\n");
}
END_TEST


START_TEST(escapes_hostile_labels)
{
    xd_str_t labels[] = { XD_STR("a\"b\\c\nd"), XD_STR("\xff\xc3\xa4\xc3") };

    xd_metric_add(m, &done_total, 1, labels);

    ck_assert_ptr_nonnull(strstr(page(),
        "{system=\"a\\\"b\\\\c\\nd\",outcome=\"\xef\xbf\xbd\xc3\xa4"
        "\xef\xbf\xbd\"} 1\n"));
}
END_TEST


START_TEST(cuts_long_labels_between_characters)
{
    char text[300];
    xd_str_t labels[] = { { text, sizeof(text) }, XD_STR("x") };

    for (size_t i = 0; i < sizeof(text); i += 3) {
        memcpy(text + i, "\xe2\x82\xac", 3);
    }
    xd_metric_add(m, &done_total, 1, labels);

    ck_assert_ptr_null(strstr(page(), "\xef\xbf\xbd"));
    ck_assert_uint_lt(out.len, 400);
}
END_TEST


START_TEST(buckets_are_cumulative)
{
    static const int64_t ms[] = { 0, 5, 6, 1200, 10001 };
    xd_str_t erp[] = { XD_STR("erp") };
    const char *text;

    for (size_t i = 0; i < 5; i++) {
        xd_metric_observe(m, &seconds, ms[i], erp);
    }

    text = page();
    ck_assert_ptr_nonnull(strstr(text, "{system=\"erp\",le=\"0.005\"} 2\n"));
    ck_assert_ptr_nonnull(strstr(text, "{system=\"erp\",le=\"0.01\"} 3\n"));
    ck_assert_ptr_nonnull(strstr(text, "{system=\"erp\",le=\"1\"} 3\n"));
    ck_assert_ptr_nonnull(strstr(text, "{system=\"erp\",le=\"2.5\"} 4\n"));
    ck_assert_ptr_nonnull(strstr(text, "{system=\"erp\",le=\"10\"} 4\n"));
    ck_assert_ptr_nonnull(strstr(text, "{system=\"erp\",le=\"+Inf\"} 5\n"));
    ck_assert_ptr_nonnull(
        strstr(text, "xd_seconds_sum{system=\"erp\"} 11.212\n"));
    ck_assert_ptr_nonnull(strstr(text, "xd_seconds_count{system=\"erp\"} 5\n"));
}
END_TEST


START_TEST(histogram_without_labels)
{
    xd_metric_observe(m, &plain_seconds, 1, NULL);

    ck_assert_ptr_nonnull(
        strstr(page(), "\nxd_plain_seconds_bucket{le=\"0.005\"} 1\n"));
    ck_assert_ptr_nonnull(strstr(out.ptr, "\nxd_plain_seconds_sum 0.001\n"));
    ck_assert_ptr_nonnull(strstr(out.ptr, "\nxd_plain_seconds_count 1\n"));
}
END_TEST


START_TEST(too_many_combinations_fall_together)
{
    char name[16];

    for (int i = 0; i < 1500; i++) {
        xd_str_t labels[] = { { name, 0 }, XD_STR("done") };

        labels[0].len = (size_t) snprintf(name, sizeof(name), "s%d", i);
        xd_metric_add(m, &done_total, 1, labels);
    }

    ck_assert_uint_eq(lines(page()), 2 + 1000 + 1);
    ck_assert_ptr_nonnull(
        strstr(out.ptr, "{system=\"other\",outcome=\"other\"} 500\n"));
}
END_TEST


/* The same row in two files is one family, or the page is not valid. */
START_TEST(copies_of_a_row_are_one_family)
{
    xd_family_t copy = held;

    xd_metric_set(m, &held, 1, NULL);
    xd_metric_set(m, &copy, 2, NULL);

    ck_assert_uint_eq(lines(page()), 3);
}
END_TEST


START_TEST(survives_a_full_arena)
{
    xd_str_t labels[] = { XD_STR("erp"), XD_STR("done") };

    xd_arena_fail_at(arena, (size_t) _i);
    xd_metric_add(m, &done_total, 1, labels);
    xd_arena_fail_at(arena, 0);
    xd_metric_add(m, &done_total, 1, labels);

    ck_assert_ptr_nonnull(strstr(page(), "# TYPE xd_done_total counter\n"));
    ck_assert_uint_eq(lines(out.ptr), 3);
}
END_TEST


START_TEST(needs_memory_to_begin)
{
    xd_arena_t *tight = xd_arena_new(0);

    xd_arena_fail_at(tight, (size_t) _i);
    ck_assert_ptr_null(xd_metrics_new(tight));
    xd_arena_free(tight);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("web");
    TCase *tc = tcase_create("metrics");

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, writes_counters_by_label);
    tcase_add_test(tc, escapes_help_and_sets_gauges);
    tcase_add_test(tc, escapes_hostile_labels);
    tcase_add_test(tc, cuts_long_labels_between_characters);
    tcase_add_test(tc, buckets_are_cumulative);
    tcase_add_test(tc, histogram_without_labels);
    tcase_add_test(tc, too_many_combinations_fall_together);
    tcase_add_test(tc, copies_of_a_row_are_one_family);
    tcase_add_loop_test(tc, survives_a_full_arena, 1, 7);
    tcase_add_loop_test(tc, needs_memory_to_begin, 1, 3);

    return run_suite(s);
}
