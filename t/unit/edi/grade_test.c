/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "edi/grade.h"

#define ISA                                                                    \
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*U*00401*000000001*0*P*>~"
#define GS   "GS*SH*ACME*CROSSDOCK*20260514*0931*1*X*004010~"
#define TAIL "GE*1*1~IEA*1*000000001~"

static xd_arena_t *arena;
static xd_report_t report;
static xd_edi_file_t file;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 1000);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
grade(xd_str_t bytes, bool trees)
{
    const xd_edi_options_t options = { .trees = trees };

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &report, &file),
        XD_OK);
}


static xd_str_t
full_sample(void)
{
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, "t/cases/x12/asn-pick-and-pack.edi",
                         1 << 20, &bytes),
        XD_OK);

    return bytes;
}


static const xd_edi_interchange_t *
interchange(size_t i)
{
    ck_assert_uint_lt(i, file.interchanges.count);

    return XD_AT(&file.interchanges, xd_edi_interchange_t, i);
}


static const xd_edi_set_t *
first_set(void)
{
    const xd_edi_group_t *group =
        XD_AT(&interchange(0)->groups, xd_edi_group_t, 0);

    ck_assert_uint_gt(interchange(0)->groups.count, 0);
    ck_assert_uint_gt(group->sets.count, 0);

    return XD_AT(&group->sets, xd_edi_set_t, 0);
}


static void
text_is(const char *pointer, const char *want)
{
    const xd_node_t *node = xd_pointer(first_set()->tree, xd_str(pointer));

    ck_assert_msg(node != NULL, "nothing at %s", pointer);
    ck_assert_msg(xd_str_is(node->text, want), "%s is %.*s", pointer,
        XD_FMT(node->text));
}


/* -- the result ----------------------------------------------------------- */

START_TEST(tells_the_envelope)
{
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    xd_str_t bytes = full_sample();

    grade(bytes, false);
    ic = interchange(0);
    group = XD_AT(&ic->groups, xd_edi_group_t, 0);

    ck_assert(xd_str_is(ic->sender_qualifier, "ZZ"));
    ck_assert(xd_str_is(ic->sender, "ACME"));
    ck_assert(xd_str_is(ic->receiver, "CROSSDOCK"));
    ck_assert(xd_str_is(ic->control, "000000905"));
    ck_assert(xd_str_is(ic->version, "00401"));
    ck_assert(ic->ack_requested);
    ck_assert(!ic->test);
    ck_assert(!ic->acknowledges);
    ck_assert_uint_eq(ic->offset, 0);
    ck_assert_uint_eq(ic->length, bytes.len);
    ck_assert(xd_str_is(group->functional, "SH"));
    ck_assert(xd_str_is(group->control, "412"));
    ck_assert(xd_str_is(group->version, "004010"));
    ck_assert_uint_eq(group->declared, 1);
    ck_assert_uint_eq(group->received, 1);
    ck_assert_uint_eq(group->accepted, 1);
    ck_assert_int_eq(group->verdict, 'A');
    ck_assert(xd_str_is(first_set()->code, "856"));
    ck_assert(xd_str_is(first_set()->control, "0001"));
    ck_assert_ptr_null(first_set()->tree);
    ck_assert_int_eq(memcmp(bytes.ptr + first_set()->offset, "ST*", 3), 0);
    ck_assert_int_eq(memcmp(bytes.ptr + first_set()->offset
                                + first_set()->length,
                         "GE*", 3),
        0);
}
END_TEST


START_TEST(builds_the_tree)
{
    xd_str_t bytes = full_sample();
    const xd_node_t *node;

    grade(bytes, true);

    text_is("/ST/0/1", "856");
    text_is("/BSN/0/2", "ASN-20260514-7");
    text_is("/HL/0/3", "S");
    text_is("/HL/0/N1/0/2", "ACME SUPPLIES WAREHOUSE 2");
    text_is("/HL/0/N1/0/N3/0/2", "GATE 7");
    text_is("/HL/0/N1/1/N4/0/1", "LEBANON");
    text_is("/HL/0/HL/0/PRF/0/1", "PO-100471");
    text_is("/HL/0/HL/0/HL/0/3", "T");
    text_is("/HL/0/HL/0/HL/0/HL/0/HL/1/SN1/0/2", "6");
    text_is("/HL/0/HL/1/HL/0/HL/0/MAN/1/1", "CP");
    text_is("/CTT/0/1", "12");
    text_is("/SE/0/2", "0001");

    node = xd_pointer(first_set()->tree, XD_STR("/HL/0/REF/1/2"));
    ck_assert_int_eq(memcmp(bytes.ptr + node->offset, "1Z999AA10123456784", 18),
        0);
    ck_assert_uint_eq(report.count[XD_WARNING], 0);
}
END_TEST


START_TEST(splits_composites_in_the_tree)
{
    grade(XD_STR(ISA GS "ST*856*0001~BSN*00*AB*20260514*0931~HL*1**S~"
                        "MEA*PD*G*5*LB>2>3~SE*5*0001~" TAIL),
        true);
    text_is("/HL/0/MEA/0/4/0", "LB");
    text_is("/HL/0/MEA/0/4/2", "3");
    ck_assert_int_eq(first_set()->verdict, 'A');
}
END_TEST


START_TEST(nests_levels_that_stand_in_any_order)
{
    grade(XD_STR(ISA GS "ST*856*0001~BSN*00*AB*20260514*0931~HL*I*O*I~"
                        "HL*O*S*O~HL*S**S~HL*Q**Q~SE*7*0001~" TAIL),
        true);
    text_is("/HL/0/1", "S");
    text_is("/HL/0/HL/0/1", "O");
    text_is("/HL/0/HL/0/HL/0/1", "I");
    text_is("/HL/0/HL/1/1", "Q"); /* of no known level: in the last one */
    ck_assert_int_eq(first_set()->verdict, 'A');
}
END_TEST


START_TEST(makes_a_tree_of_any_circle)
{
    grade(XD_STR(ISA GS "ST*856*0001~BSN*00*AB*20260514*0931~HL*1*2*X~"
                        "HL*2*3*X~HL*3*1*X~HL*4*3*X~HL*5*5*X~HL*6*9*X~"
                        "SE*9*0001~" TAIL),
        true);
    text_is("/HL/0/1", "1");
    text_is("/HL/0/HL/0/1", "3");
    text_is("/HL/0/HL/0/HL/0/1", "2");
    text_is("/HL/0/HL/0/HL/1/1", "4");
    text_is("/HL/1/1", "5");
    text_is("/HL/2/1", "6");
    ck_assert_int_eq(first_set()->verdict, 'R');
}
END_TEST


/* -- findings ------------------------------------------------------------- */

static const xd_finding_t *
finding(const char *rule)
{
    for (size_t i = 0; i < report.nkept; i++) {
        if (strcmp(report.kept[i].rule, rule) == 0) {
            return &report.kept[i];
        }
    }

    ck_abort_msg("%s was not found", rule);
}


/* One fault a row, and everything that is said of it. */
static const struct {
    const char *body; /* between ST and SE */
    const char *rule, *path, *value, *ack;
    uint32_t segment;
    const char *at; /* what stands at its offset */
} faults[] = {
    { "BSN*00*AB*20260514*0931~HL*1**S~HL*2*1*I~LIN**VN*A~SN1**1.5.*EA~",
        "x12.element.number", "HL[2]/SN1/2", "1.5.", "AK403:6", 6, "1.5." },
    { "BSN*00*AB*20260514*0931~HL*1**S~N1*SF*A~N1*ST*B~N4*X~",
        "x12.element.too-short", "HL[1]/N1[2]/N4/1", "X", "AK403:4", 6, "X~" },
    { "BSN*00*AB*20260514*0931~HL*1**S~MEA***5*LB>A~", "x12.element.number",
        "HL[1]/MEA/4/2", "A", "AK403:6", 4, "A~" },
    { "BSN*00*AB*20260514*0931~HL*1**S~MEA***5*>2~", "x12.element.missing",
        "HL[1]/MEA/4/1", "", "AK403:1", 4, ">2~" },
    { "BSN*00*AB*20260514*0931~HL*1**S~MEA*****2**AB~", "x12.element.missing",
        "HL[1]/MEA/4", "", "AK403:2", 4, "*2**AB" },
    { "BSN*00*AB*20260514*0931~HL*1**S~MEA***1*****AB~",
        "x12.element.exclusion", "HL[1]/MEA/8", "AB", "AK403:10", 4, "AB~" },
    { "BSN*00*AB*20260514*0931~HL*1**S~TD1****GOODS~", NULL, NULL, NULL, NULL,
        0, NULL },
    { "BSN*00*AB*20260229*0931~HL*1**S~", "x12.element.date", "BSN/3",
        "20260229", "AK403:8", 2, "20260229" },
    { "BSN*00*AB*260214*0931~HL*1**S~", "x12.element.too-short", "BSN/3",
        "260214", "AK403:4", 2, "260214" },
    { "BSN*00*AB*20260214*09310~HL*1**S~", "x12.element.time", "BSN/4", "09310",
        "AK403:9", 2, "09310" },
    { "BSN*00*AB*20260214*0931~", "x12.segment.missing", "HL", "", "AK304:3", 3,
        "SE*" },
    { "BSN*00*AB*20260214*0931~HL*1**S~BSN*00*AB*20260214*0931~",
        "x12.segment.unexpected", "HL[1]/BSN", "", "AK304:2", 4, "BSN" },
    { "BSN*00*AB*20260214*0931~HL*1**S~LM*VI~", "x12.segment.missing",
        "HL[1]/LM[1]/LQ", "", "AK304:3", 5, "SE" },
    { "BSN*00*AB*20260214*0931~HL*1**S~N1*SF*A~N3*A~N3*B~N3*C~",
        "x12.segment.too-many", "HL[1]/N1[1]/N3", "", "AK304:5", 7, "N3*C" },
};

START_TEST(says_where_and_what)
{
    const char *body = faults[_i].body;
    uint32_t segments = 2;
    const xd_finding_t *f;
    xd_str_t bytes;

    for (const char *c = body; *c != '\0'; c++) {
        segments += *c == '~';
    }

    bytes = xd_fmt(arena, "%sST*856*0001~%sSE*%u*0001~%s", ISA GS, body,
        segments, TAIL);
    grade(bytes, true);

    if (faults[_i].rule == NULL) {
        ck_assert_uint_eq(report.nkept, 0);
        return;
    }

    f = finding(faults[_i].rule);
    ck_assert_int_eq(f->severity, XD_ERROR);
    ck_assert_msg(xd_str_is(f->path, faults[_i].path), "path %.*s",
        XD_FMT(f->path));
    ck_assert_msg(xd_str_is(f->value, faults[_i].value), "value %.*s",
        XD_FMT(f->value));
    ck_assert_str_eq(f->ack, faults[_i].ack);
    ck_assert_uint_eq(f->segment, faults[_i].segment);
    ck_assert_msg(strncmp(bytes.ptr + f->offset, faults[_i].at,
                      strlen(faults[_i].at))
                      == 0,
        "offset %zu", f->offset);
    ck_assert_uint_gt(f->text.len, 10);
    ck_assert_int_eq(first_set()->verdict, 'R');
}
END_TEST


/* Limits of 005010 are wider; control numbers are texts, counts numbers. */
START_TEST(reads_what_is_right)
{
    static const char *const good[] = {
        "ST*856*0001~BSN*00*AB*20260214*093100~HL*1**S~SE*0004*0001~",
        "ST*856*0001~BSN*00*AB*20240229*09310012~HL*1**S~SE*4*0001~",
        "ST*856*AB-01~BSN*00*AB*20240229*0931~HL*1**S~SE*4*AB-01~",
        "ST*856*0001~BSN*00*AB*20240229*0931~HL*1**S~TD1*CTN*1****G*-12.50*LB"
        "~SE*5*0001~",
        "ST*856*0001~BSN*00*AB*20240229*0931~HL*1**S***~REF*AB*1*~SE*5*0001~",
    };

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        grade(xd_fmt(arena, "%s%s%s", ISA GS, good[i], TAIL), true);
        ck_assert_msg(first_set()->verdict == 'A', "row %zu: %.*s", i,
            XD_FMT(report.kept[0].text));
    }
}
END_TEST


START_TEST(counts_what_it_does_not_keep)
{
    xd_buf_t b = { 0 };
    const xd_edi_options_t options = { .most_sets = 2 };
    const xd_edi_group_t *group;

    xd_buf_text(&b, ISA GS);
    for (int i = 1; i <= 5; i++) {
        xd_buf_fmt(&b,
            "ST*856*%04d~BSN*00*AB*20240229*0931~HL*1**S~"
            "SE*%d*%04d~",
            i, i == 4 ? 9 : 4, i);
    }
    xd_buf_text(&b, "GE*5*1~IEA*1*000000001~");
    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&b), &options, &report,
                         &file),
        XD_OK);

    group = XD_AT(&interchange(0)->groups, xd_edi_group_t, 0);
    ck_assert_uint_eq(group->sets.count, 2);
    ck_assert_uint_eq(group->received, 5);
    ck_assert_uint_eq(group->accepted, 4);
    ck_assert_int_eq(group->verdict, 'P');
    xd_buf_free(&b);
}
END_TEST


START_TEST(keeps_only_so_many_faults)
{
    xd_buf_t b = { 0 };

    xd_buf_text(&b, ISA GS "ST*856*0001~BSN*00*AB*20240229*0931~HL*1**S~");
    for (int i = 0; i < 5000; i++) {
        xd_buf_text(&b, "QQQ*1~");
    }
    xd_buf_text(&b, "SE*5004*0001~" TAIL);
    grade(xd_buf_str(&b), false);

    ck_assert_uint_eq(report.count[XD_ERROR], 5000);
    ck_assert_uint_eq(first_set()->faults.count, 200);
    xd_buf_free(&b);
}
END_TEST


static void
count_finding(void *ctx, const xd_finding_t *f)
{
    ck_assert_uint_gt(f->text.len, 0);
    ++*(size_t *) ctx;
}


START_TEST(tells_a_sink_everything)
{
    size_t seen = 0;

    xd_report_init(&report, arena, 0);
    report.sink = count_finding;
    report.sink_ctx = &seen;
    grade(XD_STR(ISA GS "ST*856*0001~QQQ~QQR~SE*4*0001~" TAIL), false);
    ck_assert_uint_eq(seen, 4); /* two unknown, BSN and HL missing */
    ck_assert_uint_eq(report.count[XD_ERROR], 4);
}
END_TEST


/* -- large and hostile ---------------------------------------------------- */

/* A chain where each level names the one behind it: no walk is repeated, and
 * more levels than the grammar allows are not remembered. */
START_TEST(walks_long_chains_once)
{
    const xd_edi_options_t options = { .trees = false };
    xd_buf_t b = { 0 };

    xd_buf_text(&b, ISA GS "ST*856*0001~BSN*00*AB*20240229*0931~");
    for (int i = 1; i <= 300000; i++) {
        xd_buf_fmt(&b, "HL*%d*%d*AG~", i, i + 1);
    }
    xd_buf_text(&b, "SE*300003*0001~" TAIL);
    xd_report_init(&report, arena, 10);
    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&b), &options, &report,
                         &file),
        XD_OK);
    ck_assert_int_eq(first_set()->verdict, 'R');
    ck_assert_uint_lt(xd_arena_used(arena), 1 << 20);
    xd_buf_free(&b);
}
END_TEST


START_TEST(is_flat_over_many_sets)
{
    const xd_edi_options_t options = { .most_sets = 1 };
    xd_buf_t b = { 0 };

    xd_buf_text(&b, ISA GS);
    for (int i = 1; i <= 20000; i++) {
        xd_buf_fmt(&b,
            "ST*856*%04d~BSN*00*AB*20240229*0931~HL*A**S~HL*B*A*O~"
            "HL*C*X*O~SE*6*%04d~",
            i, i);
    }
    xd_buf_text(&b, "GE*20000*1~IEA*1*000000001~");
    xd_report_init(&report, arena, 10);
    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&b), &options, &report,
                         &file),
        XD_OK);
    ck_assert_uint_lt(xd_arena_used(arena), 300000);
    xd_buf_free(&b);
}
END_TEST


START_TEST(junk_is_no_edi)
{
    size_t len = 8 << 20;
    char *junk = xd_alloc(arena, len);
    uint32_t seed = 1;

    for (size_t i = 0; i < len; i++) {
        seed = seed * 1664525 + 1013904223;
        junk[i] = (char) (seed >> 24);
    }
    grade((xd_str_t){ junk, len }, true);
    ck_assert(file.not_edi);
    ck_assert_uint_eq(report.count[XD_FATAL], 1);

    /* the same behind a good header */
    memcpy(junk, ISA GS, sizeof(ISA GS) - 1);
    grade((xd_str_t){ junk, len }, true);
    ck_assert_int_eq(interchange(0)->verdict, 'R');
}
END_TEST


/* -- memory --------------------------------------------------------------- */

START_TEST(survives_a_full_arena_anywhere)
{
    xd_arena_t *small = xd_arena_new(0);
    xd_str_t bytes = full_sample();
    const xd_edi_options_t options = { .trees = true };
    xd_rc_t rc = XD_E_MEMORY;
    size_t n = 1;

    for (; rc == XD_E_MEMORY && n < 100000; n++) {
        xd_report_t rep;

        xd_arena_reset(small);
        xd_report_init(&rep, arena, 0);
        xd_arena_fail_at(small, n);
        rc = xd_edi_grade(small, bytes, &options, &rep, &file);
        xd_arena_fail_at(small, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 100);
    xd_arena_free(small);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("grade");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, tells_the_envelope);
    tcase_add_test(tc, builds_the_tree);
    tcase_add_test(tc, splits_composites_in_the_tree);
    tcase_add_test(tc, nests_levels_that_stand_in_any_order);
    tcase_add_test(tc, makes_a_tree_of_any_circle);
    tcase_add_loop_test(tc, says_where_and_what, 0,
        (int) (sizeof(faults) / sizeof(faults[0])));
    tcase_add_test(tc, reads_what_is_right);
    tcase_add_test(tc, counts_what_it_does_not_keep);
    tcase_add_test(tc, keeps_only_so_many_faults);
    tcase_add_test(tc, tells_a_sink_everything);
    tcase_add_test(tc, walks_long_chains_once);
    tcase_add_test(tc, is_flat_over_many_sets);
    tcase_add_test(tc, junk_is_no_edi);
    tcase_add_test(tc, survives_a_full_arena_anywhere);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
