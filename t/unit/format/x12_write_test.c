/* SPDX-License-Identifier: BSD-2-Clause */

/* Segments into bytes: what is left out, what is refused, what is filled. */

#include <check.h>
#include <stdlib.h>

#include "format/x12_write.h"

static xd_buf_t out;
static xd_x12_writer_t w;


static void
setup(void)
{
    out = (xd_buf_t){ 0 };
    xd_x12_write_open(&w, &xd_x12_form_usual, &out);
}


static void
teardown(void)
{
    xd_buf_free(&out);
}


#define ck_written(want)                                                       \
    ck_assert_msg(xd_str_is(xd_buf_str(&out), want), "%.*s",                   \
        XD_FMT(xd_buf_str(&out)))


/* Elements up to an empty list; true when all were written. */
static bool
segment(const char *id, const char *const *elements)
{
    bool all = true;

    xd_x12_write_begin(&w, xd_str(id));
    for (; *elements != NULL; elements++) {
        all = xd_x12_write_element(&w, xd_str(*elements)) && all;
    }
    xd_x12_write_end(&w);

    return all;
}


#define SEGMENT(id, ...) segment(id, (const char *const[]){ __VA_ARGS__, NULL })


START_TEST(empty_elements_stand_between_and_never_at_the_end)
{
    ck_assert(SEGMENT("REF", "DP", "038"));
    ck_assert(SEGMENT("PID", "F", "", "", "", "RED"));
    ck_assert(SEGMENT("BEG", "00", "", "", ""));
    ck_assert(SEGMENT("SE", ""));
    ck_written("REF*DP*038~PID*F****RED~BEG*00~SE~");
    ck_assert_uint_eq(w.segments, 4);
}
END_TEST


START_TEST(marks_in_data_are_refused_or_replaced)
{
    static const char *const bad[] = { "A*B", "A~B", "A>B", "A\nB", "A\x7f" };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        xd_buf_reset(&out);
        w.form.instead = 0;
        ck_assert(!SEGMENT("MSG", bad[i]));
        ck_written("MSG~");

        xd_buf_reset(&out);
        w.form.instead = '?';
        ck_assert(SEGMENT("MSG", bad[i]));
        ck_assert_ptr_nonnull(memchr(out.ptr, '?', out.len));
    }

    /* a mark cannot stand for another one */
    xd_buf_reset(&out);
    w.form.instead = '~';
    ck_assert(!SEGMENT("MSG", "A*B"));
}
END_TEST


START_TEST(repetition_is_a_mark_only_where_there_is_one)
{
    ck_assert(SEGMENT("MSG", "A^B"));
    w.form.marks.repetition = '^';
    ck_assert(!SEGMENT("MSG", "A^B"));
    w.form.as_read = true;
    ck_assert(SEGMENT("MSG", "A^B>C"));
    ck_assert(!SEGMENT("MSG", "A*B"));
}
END_TEST


START_TEST(bytes_above_ascii_pass)
{
    ck_assert(SEGMENT("N4", "K\xc3\xb6ln"));
    ck_written("N4*K\xc3\xb6ln~");
}
END_TEST


START_TEST(composites_end_with_a_value)
{
    const xd_str_t parts[] = { XD_STR("EA"), XD_STR(""), XD_STR("2"),
        XD_STR("") };
    const xd_str_t none[] = { XD_STR(""), XD_STR("") };
    const xd_str_t broken[] = { XD_STR("EA"), XD_STR("A>B") };
    size_t bad = 0;

    xd_x12_write_begin(&w, XD_STR("SLN"));
    ck_assert(xd_x12_write_composite(&w, none, 2, &bad));
    ck_assert(xd_x12_write_composite(&w, parts, 4, &bad));
    ck_assert(!xd_x12_write_composite(&w, broken, 2, &bad));
    ck_assert_uint_eq(bad, 2);
    xd_x12_write_end(&w);
    ck_written("SLN**EA>>2~");
}
END_TEST


START_TEST(binary_data_holds_anything)
{
    xd_x12_write_begin(&w, XD_STR("BIN"));
    xd_x12_write_number(&w, 4);
    xd_x12_write_binary(&w, XD_STR("*~>\n"));
    xd_x12_write_end(&w);
    ck_written("BIN*4**~>\n~");
}
END_TEST


START_TEST(ends_are_those_given)
{
    const xd_str_t ends[] = { XD_STR("~\r\n  "), XD_STR("*~") };

    w.ends = ends;
    w.nends = 2;
    w.form.after = XD_STR("\n");
    ck_assert(SEGMENT("A1", "1"));
    ck_assert(SEGMENT("B1", "2"));
    ck_assert(SEGMENT("C1", "3"));
    ck_written("A1*1~\r\n  B1*2*~C1*3~\n");
}
END_TEST


static const xd_str_t header[XD_X12_ISA] = { { "00", 2 }, { "", 0 },
    { "00", 2 }, { "", 0 }, { "ZZ", 2 }, { "CROSSDOCK", 9 }, { "ZZ", 2 },
    { "ACME", 4 }, { "260514", 6 }, { "0931", 4 }, { "", 0 }, { "00401", 5 },
    { "905", 3 }, { "0", 1 }, { "P", 1 }, { "", 0 } };


START_TEST(headers_are_filled_to_their_widths)
{
    ck_assert_uint_eq(xd_x12_write_isa(&w, header), 0);
    ck_written("ISA*00*          *00*          *ZZ*CROSSDOCK      *ZZ*ACME    "
               "       *260514*0931*U*00401*000000905*0*P*>~");
    ck_assert_uint_eq(out.len, 106);
}
END_TEST


START_TEST(headers_name_their_marks)
{
    w.form.marks = (xd_x12_marks_t){ .element = '|',
        .component = ':',
        .repetition = '^',
        .terminator = '\'' };
    ck_assert_uint_eq(xd_x12_write_isa(&w, header), 0);
    ck_assert_uint_eq(out.len, 106);
    ck_assert_int_eq(out.ptr[3], '|');
    ck_assert_int_eq(out.ptr[82], '^');
    ck_assert_int_eq(out.ptr[104], ':');
    ck_assert_int_eq(out.ptr[105], '\'');
}
END_TEST


START_TEST(headers_refuse_what_they_cannot_hold)
{
    xd_str_t mine[XD_X12_ISA];

    memcpy(mine, header, sizeof(mine));
    mine[5] = XD_STR("A NAME TOO LONG.");
    ck_assert_uint_eq(xd_x12_write_isa(&w, mine), 6);
    mine[5] = XD_STR("A*B");
    ck_assert_uint_eq(xd_x12_write_isa(&w, mine), 6);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


START_TEST(marks_must_differ_and_be_no_letters)
{
    static const struct {
        xd_x12_marks_t marks;
        bool fit;
    } some[] = {
        { { '*', '>', 0, '~', 0, 0 }, true },
        { { '*', '>', '^', '\n', 0, 0 }, true },
        { { 0x1d, '@', 0, 0x1c, 0, 0 }, true },
        { { '*', '*', 0, '~', 0, 0 }, false },
        { { '*', '>', '>', '~', 0, 0 }, false },
        { { '*', '>', 0, '*', 0, 0 }, false },
        { { 'A', '>', 0, '~', 0, 0 }, false },
        { { '*', '0', 0, '~', 0, 0 }, false },
        { { ' ', '>', 0, '~', 0, 0 }, false },
        { { '\n', '>', 0, '~', 0, 0 }, false },
        { { '*', 0, 0, '~', 0, 0 }, false },
        { { '*', '>', 0, 0, 0, 0 }, false },
    };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        ck_assert_msg(xd_x12_marks_fit(&some[i].marks) == some[i].fit,
            "row %zu", i);
    }
}
END_TEST


START_TEST(full_buffer_is_seen_at_the_end)
{
    out.limit = 10;
    ck_assert(SEGMENT("REF", "DP", "0123456789"));
    ck_assert_int_eq(xd_buf_rc(&out), XD_E_LIMIT);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("format");
    TCase *tc = tcase_create("x12_write");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, empty_elements_stand_between_and_never_at_the_end);
    tcase_add_test(tc, marks_in_data_are_refused_or_replaced);
    tcase_add_test(tc, repetition_is_a_mark_only_where_there_is_one);
    tcase_add_test(tc, bytes_above_ascii_pass);
    tcase_add_test(tc, composites_end_with_a_value);
    tcase_add_test(tc, binary_data_holds_anything);
    tcase_add_test(tc, ends_are_those_given);
    tcase_add_test(tc, headers_are_filled_to_their_widths);
    tcase_add_test(tc, headers_name_their_marks);
    tcase_add_test(tc, headers_refuse_what_they_cannot_hold);
    tcase_add_test(tc, marks_must_differ_and_be_no_letters);
    tcase_add_test(tc, full_buffer_is_seen_at_the_end);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
