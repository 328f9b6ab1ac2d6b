/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "format/x12_scan.h"


#define ISA                                                                    \
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*U*00401*000000001*0*P*>"
#define ISA5                                                                   \
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*^*00501*000000001*0*P*>"

/* Segments as "ID(e1,e2)"; of ISA only how many elements it has. */
static const struct {
    const char *name;
    const char *bytes;
    size_t len; /* 0: up to NUL */
    const char *segments;
    const char *rules; /* in the order they were told */
} cases[] = {
    { "plain", ISA "~GS*FA*A~ST*997*0001~IEA*1*1~", 0,
        "ISA/16 GS(FA,A) ST(997,0001) IEA(1,1)", "" },
    { "trailing separators", ISA "~REF*BM**~IEA~", 0, "ISA/16 REF(BM,,) IEA()",
        "" },
    { "lines", ISA "~\r\nGS*A~\n\n  ST*B~\nIEA~\n", 0,
        "ISA/16 GS(A) ST(B) IEA()",
        "x12.tolerance.line-ends x12.tolerance.blanks" },
    { "LF ends segments", ISA "\nGS*A\nST*B\nIEA\n", 0,
        "ISA/16 GS(A) ST(B) IEA()", "" },
    { "CRLF ends segments", ISA "\r\nGS*A\r\n\r\nST*B\r\nIEA\r\n", 0,
        "ISA/16 GS(A) ST(B) IEA()", "x12.tolerance.line-ends" },
    { "CR ends segments", ISA "\rGS*A\rIEA\r", 0, "ISA/16 GS(A) IEA()", "" },
    { "blanks before the line end", ISA " \r\nGS*A \r\nIEA \r\n", 0,
        "ISA/16 GS(A) IEA()", "x12.tolerance.blank-end" },
    { "blank before the terminator", ISA " ~GS*A ~IEA~", 0,
        "ISA/16 GS(A) IEA()", "x12.tolerance.blank-end" },
    { "no last terminator", ISA "~IEA*1*2", 0, "ISA/16 IEA(1,2)",
        "x12.tolerance.no-final-terminator" },
    { "NUL and Ctrl-Z", ISA "~IEA*1\0\x1a\0", 106 + 5 + 3, "ISA/16 IEA(1)",
        "x12.tolerance.padding x12.tolerance.no-final-terminator" },
    { "NUL behind the end", ISA "~IEA*1~\0\0", 106 + 6 + 2, "ISA/16 IEA(1)",
        "x12.tolerance.padding" },
    { "BOM", "\xef\xbb\xbf" ISA "~IEA~", 0, "ISA/16 IEA()",
        "x12.tolerance.bom" },
    { "junk before", "junk ISA*00 junk " ISA "~IEA~", 0, "ISA/16 IEA()",
        "x12.junk.leading" },
    { "junk between", ISA "~IEA~GS*A~" ISA "~IEA~", 0,
        "ISA/16 IEA() ISA/16 IEA()", "x12.junk.between" },
    { "junk behind", ISA "~IEA~what is this", 0, "ISA/16 IEA()",
        "x12.junk.between" },
    { "a second header without IEA", ISA "~GS*A~" ISA "~IEA~", 0,
        "ISA/16 GS(A) ISA/16 IEA()", "" },
    { "other marks in the second",
        ISA "~IEA~"
            "ISA|00|          |00|          |ZZ|ACME           |ZZ|CROSSDOCK"
            "      |260514|0931|U|00401|000000001|0|P|>!GS|A!IEA!",
        0, "ISA/16 IEA() ISA/16 GS(A) IEA()", "" },
    { "ISA is data", ISA "~ISA*1~REF*ISA*00~NTE*ISA*00*~IEA~", 0,
        "ISA/16 ISA(1) REF(ISA,00) NTE(ISA,00,) IEA()", "" },
    { "a name ends like a header",
        "ISA*00*          *00*          *ZZ*0123456789A:ISB*ZZ*CROSSDOCK"
        "      *260514*0931*U*00401*000000001*0*P*>~GS*A~IEA~",
        0, "ISA/16 GS(A) IEA()", "" },
    { "empty segments", ISA "~~GS*A~~~IEA~", 0, "ISA/16 GS(A) IEA()",
        "x12.tolerance.empty-segment" },
    { "broken lines", ISA "~GS*A\nB*C\r\nD~I\nEA~", 0, "ISA/16 GS(AB,CD) IEA()",
        "x12.tolerance.wrapped" },
    { "unpadded",
        "ISA*00**00**ZZ*ACME*ZZ*CROSSDOCK*260514*0931*U*00401*1*0*"
        "P*>~IEA~",
        0, "ISA/16 IEA()", "x12.tolerance.isa-length" },
    { "too few elements", "ISA*00*          *00*          *ZZ*ACME~GS*A~IEA~",
        0, "ISA/6 GS(A) IEA()", "x12.isa.truncated" },
    { "too few elements, lines", "ISA*00*1*00*2*ZZ*ACME\nGS*A\nIEA\n", 0,
        "ISA/6 GS(A) IEA()", "x12.isa.truncated" },
    { "the file ends in the header", "ISA*00*          *00*", 0, "ISA/4",
        "x12.isa.truncated" },
    { "the file ends before the terminator", ISA, 0, "ISA/16",
        "x12.isa.terminator" },
    { "no component mark",
        "ISA*00*          *00*          *ZZ*ACME           "
        "*ZZ*CROSSDOCK      *260514*0931*U*00401*000000001*0*P*~GS*A~IEA~",
        0, "ISA/16 GS(A) IEA()", "x12.isa.component x12.tolerance.isa-length" },
    { "a letter cannot end segments", ISA "XGS*A~IEA~", 0,
        "ISA/16 XGS(A) IEA()", "x12.isa.terminator" },
    { "three bytes end segments",
        ISA "\xe2\x80\xa6GS*A\xe2\x80\xa6N*\xe2\x82"
            "\xac\xe2\x80\xa6IEA\xe2\x80\xa6",
        0, "ISA/16 GS(A) N(\xe2\x82\xac) IEA()", "x12.tolerance.wide-mark" },
    { "binary", ISA "~BIN*7*a~*\n~bc~BDS*ASC*3*~~~\n~IEA~", 0,
        "ISA/16 BIN(7,a~*\n~bc) BDS(ASC,3,~~~) IEA()", "" },
    { "binary of a wrong length",
        ISA "~BIN*3*abcdef~BIN*x*y~BIN*99999999999"
            "999999999*z~BIN*2~IEA~",
        0,
        "ISA/16 BIN(3,abcdef) BIN(x,y) "
        "BIN(99999999999999999999,z) BIN(2) IEA()",
        "x12.binary.length x12.binary.length x12.binary.length" },
    { "binary of no bytes", ISA "~BIN*0*~IEA~", 0, "ISA/16 BIN(0,) IEA()", "" },
    { "nothing", "", 0, "", "" },
    { "blanks", " \r\n\t", 0, "",
        "x12.tolerance.line-ends x12.tolerance.blanks" },
    { "no interchange", "ISA is a word, ISAAC a name", 0, "", "" },
};

static xd_arena_t *arena;
static xd_report_t report;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
show(xd_buf_t *out, const xd_x12_segment_t *seg)
{
    if (out->len > 0) {
        xd_buf_byte(out, ' ');
    }

    if (seg->header) {
        xd_buf_fmt(out, "ISA/%u", seg->count);
        return;
    }

    xd_buf_add(out, seg->id);
    xd_buf_byte(out, '(');
    for (uint32_t n = 1; n <= seg->count; n++) {
        if (n > 1) {
            xd_buf_byte(out, ',');
        }
        xd_buf_add(out, xd_x12_element(seg, n));
    }
    xd_buf_byte(out, ')');
}


/* Bytes of just this size, so that ASan sees a read one past the end. */
static char *
exactly(xd_str_t s)
{
    char *copy = malloc(s.len > 0 ? s.len : 1);

    ck_assert_ptr_nonnull(copy);
    if (s.len > 0) {
        memcpy(copy, s.ptr, s.len);
    }

    return copy;
}


static void
read_all(xd_str_t bytes, xd_buf_t *out)
{
    char *copy = exactly(bytes);
    xd_x12_reader_t *r =
        xd_x12_open(arena, (xd_str_t){ copy, bytes.len }, &report);
    xd_x12_segment_t seg;
    size_t last = 0;

    ck_assert_ptr_nonnull(r);

    while (xd_x12_next(r, &seg)) {
        show(out, &seg);
        ck_assert_uint_ge(seg.offset, last);
        ck_assert_uint_gt(seg.end, seg.offset);
        ck_assert_uint_le(seg.end, bytes.len);
        last = seg.end;
    }

    free(copy);
}


static xd_str_t
case_bytes(int i)
{
    return cases[i].len != 0 ? (xd_str_t){ cases[i].bytes, cases[i].len }
                             : xd_str(cases[i].bytes);
}


START_TEST(reads_and_tells)
{
    xd_buf_t segments = { 0 }, rules = { 0 };

    read_all(case_bytes(_i), &segments);
    xd_buf_byte(&segments, '\0');

    for (size_t i = 0; i < report.nkept; i++) {
        xd_buf_fmt(&rules, "%s%s", i > 0 ? " " : "", report.kept[i].rule);
    }
    xd_buf_byte(&rules, '\0');

    ck_assert_msg(strcmp(segments.ptr, cases[_i].segments) == 0, "%s: read %s",
        cases[_i].name, segments.ptr);
    ck_assert_msg(strcmp(rules.ptr, cases[_i].rules) == 0, "%s: told %s",
        cases[_i].name, rules.ptr);

    xd_buf_free(&segments);
    xd_buf_free(&rules);
}
END_TEST


/* Whatever block of the scanner a byte falls into, the segments are these. */
START_TEST(reads_alike_at_every_offset)
{
    xd_str_t bytes = case_bytes(_i);

    for (size_t pad = 0; pad <= X12_BLOCK; pad++) {
        xd_buf_t padded = { 0 }, segments = { 0 };

        for (size_t n = 0; n < pad; n++) {
            xd_buf_byte(&padded, '\n');
        }
        xd_buf_add(&padded, bytes);
        read_all(xd_buf_str(&padded), &segments);
        xd_buf_byte(&segments, '\0');

        /* a BOM is one only at the beginning; behind line ends it still is */
        ck_assert_msg(strcmp(segments.ptr, cases[_i].segments) == 0,
            "%s behind %zu bytes: read %s", cases[_i].name, pad, segments.ptr);
        xd_buf_free(&padded);
        xd_buf_free(&segments);
    }
}
END_TEST


START_TEST(survives_every_cut)
{
    xd_str_t bytes = case_bytes(_i);

    for (size_t len = 0; len < bytes.len; len++) {
        xd_buf_t segments = { 0 };

        read_all((xd_str_t){ bytes.ptr, len }, &segments);
        xd_buf_free(&segments);
    }
}
END_TEST


START_TEST(knows_where_elements_stand)
{
    static const char bytes[] = ISA "~GS*A\nA*BB**C~REF*D~IEA~";
    xd_x12_reader_t *r = xd_x12_open(arena, XD_STR(bytes), &report);
    xd_x12_segment_t seg;

    ck_assert(xd_x12_next(r, &seg));
    ck_assert_uint_eq(xd_x12_offset(r, &seg, 6), 35);
    ck_assert(xd_x12_next(r, &seg));
    ck_assert_uint_eq(seg.offset, 106);
    ck_assert(!xd_x12_in_file(r, seg.elements[0]));
    ck_assert(xd_x12_in_file(r, seg.elements[1]));
    ck_assert_uint_eq(xd_x12_offset(r, &seg, 2), 113);
    ck_assert_uint_eq(xd_x12_offset(r, &seg, 4), 117);
    ck_assert_uint_eq(xd_x12_offset(r, &seg, 5), 118); /* would stand there */
    ck_assert_uint_eq(seg.end, 119);
    ck_assert_ptr_null(xd_x12_element(&seg, 5).len ? bytes : NULL);
    ck_assert_uint_eq(xd_x12_element(&seg, 0).len, 0);
}
END_TEST


START_TEST(takes_marks_from_the_header)
{
    xd_x12_reader_t *r = xd_x12_open(arena, XD_STR(ISA5 "!IEA!"), &report);
    xd_x12_segment_t seg;
    const xd_x12_marks_t *marks;

    ck_assert(xd_x12_next(r, &seg));
    marks = xd_x12_marks(r);
    ck_assert_int_eq(marks->element, '*');
    ck_assert_int_eq(marks->component, '>');
    ck_assert_int_eq(marks->repetition, '^');
    ck_assert_int_eq(marks->terminator, '!');

    r = xd_x12_open(arena, XD_STR(ISA "~IEA~"), &report);
    ck_assert(xd_x12_next(r, &seg));
    ck_assert_int_eq(xd_x12_marks(r)->repetition, 0);
}
END_TEST


START_TEST(marks_segments_that_need_a_look)
{
    static const struct {
        const char *bytes;
        bool special;
    } some[] = { { ISA5 "~REF*AB*C~", false }, { ISA5 "~REF*A>B~", true },
        { ISA5 "~REF*A^B~", true }, { ISA5 "~REF*A\x01~", true },
        { ISA5 "~REF*A\x7f~", true }, { ISA5 "~REF*\xc3\xa9~", true },
        { ISA5 "\r\nREF*A\r\n", false } };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        xd_x12_reader_t *r = xd_x12_open(arena, xd_str(some[i].bytes), &report);
        xd_x12_segment_t seg;

        ck_assert(xd_x12_next(r, &seg));
        ck_assert(xd_x12_next(r, &seg));
        ck_assert_msg(seg.special == some[i].special, "row %zu", i);
    }
}
END_TEST


START_TEST(cuts_segments_of_too_many_elements)
{
    xd_buf_t bytes = { 0 };
    xd_x12_segment_t seg;
    xd_x12_reader_t *r;

    xd_buf_text(&bytes, ISA "~");
    xd_buf_text(&bytes, "N");
    for (int i = 0; i < 1000; i++) {
        xd_buf_text(&bytes, "*1");
    }
    xd_buf_text(&bytes, "~IEA~");

    r = xd_x12_open(arena, xd_buf_str(&bytes), &report);
    ck_assert(xd_x12_next(r, &seg));
    ck_assert(xd_x12_next(r, &seg));
    ck_assert_uint_eq(seg.count, XD_X12_ELEMENTS);
    ck_assert_str_eq(report.kept[0].rule, "x12.segment.elements");
    ck_assert(xd_x12_next(r, &seg));
    ck_assert(xd_str_is(seg.id, "IEA"));
    xd_buf_free(&bytes);
}
END_TEST


/* One broken line too many for the reader's own memory: read as it is. */
START_TEST(keeps_its_memory_when_lines_break_in_long_elements)
{
    xd_buf_t bytes = { 0 };
    xd_x12_segment_t seg;
    xd_x12_reader_t *r;
    size_t used;

    xd_buf_text(&bytes, ISA "~NTE*");
    for (int i = 0; i < 100000; i++) {
        xd_buf_text(&bytes, "x\n");
    }
    xd_buf_text(&bytes, "x~IEA~");

    r = xd_x12_open(arena, xd_buf_str(&bytes), &report);
    ck_assert(xd_x12_next(r, &seg));
    used = xd_arena_used(arena);
    ck_assert(xd_x12_next(r, &seg));
    ck_assert_uint_eq(seg.elements[0].len, 200001);
    ck_assert_uint_lt(xd_arena_used(arena) - used, 4096);
    xd_buf_free(&bytes);
}
END_TEST


START_TEST(needs_memory_to_open)
{
    for (size_t n = 1; n <= 2; n++) {
        xd_arena_fail_at(arena, n);
        ck_assert_ptr_null(xd_x12_open(arena, XD_STR(ISA "~"), &report));
    }
    xd_arena_fail_at(arena, 0);
    ck_assert_ptr_nonnull(xd_x12_open(arena, XD_STR(ISA "~"), &report));
}
END_TEST


START_TEST(scans_as_a_plain_loop_would)
{
    static const char alphabet[] = "*~>^AZ09 \r\n\x7f\x80\xff\x1f";
    char bytes[200];
    x12_scan_t scan = { .bytes = { bytes, 0 } };
    const xd_x12_marks_t marks = { '*', '>', '^', '~', 0, 0 };
    uint32_t seed = 12345;

    for (size_t len = 1; len <= sizeof(bytes); len++) {
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = alphabet[(seed >> 16) % (sizeof(alphabet) - 1)];
        }
        scan.bytes.len = len;
        x12_scan_marks(&scan, &marks);

        for (size_t i = 0; i < len; i++) {
            unsigned char c = (unsigned char) bytes[i];
            bool mark = c == '*' || c == '~';
            bool special = c == '>' || c == '^' || c < ' ' || c >= 0x7f;

            if (i % X12_BLOCK == 0) {
                x12_scan_load(&scan, i);
            }
            ck_assert_uint_eq(scan.marks >> i % X12_BLOCK & 1, mark);
            ck_assert_uint_eq(scan.special >> i % X12_BLOCK & 1, special);
        }
    }
}
END_TEST


START_TEST(looks_like_x12)
{
    ck_assert(xd_x12_looks_like(XD_STR(ISA)));
    ck_assert(xd_x12_looks_like(XD_STR("\xef\xbb\xbf \r\nISA|")));
    ck_assert(!xd_x12_looks_like(XD_STR("ISAAC")));
    ck_assert(!xd_x12_looks_like(XD_STR("ISA")));
    ck_assert(!xd_x12_looks_like(XD_STR("")));
    ck_assert(!xd_x12_looks_like(XD_STR("{\"ISA\":1}")));
}
END_TEST


int
main(void)
{
    const int all = (int) (sizeof(cases) / sizeof(cases[0]));
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("reader");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, reads_and_tells, 0, all);
    tcase_add_loop_test(tc, reads_alike_at_every_offset, 0, all);
    tcase_add_loop_test(tc, survives_every_cut, 0, all);
    tcase_add_test(tc, knows_where_elements_stand);
    tcase_add_test(tc, takes_marks_from_the_header);
    tcase_add_test(tc, marks_segments_that_need_a_look);
    tcase_add_test(tc, cuts_segments_of_too_many_elements);
    tcase_add_test(tc, keeps_its_memory_when_lines_break_in_long_elements);
    tcase_add_test(tc, needs_memory_to_open);
    tcase_add_test(tc, scans_as_a_plain_loop_would);
    tcase_add_test(tc, looks_like_x12);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
