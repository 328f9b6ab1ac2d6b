/* SPDX-License-Identifier: BSD-2-Clause */

/* What a set says of itself as a whole, and numbers of GS1: one thing changed
 * in a clean sample, and the warning that it brings.  None of them rejects. */

#include <check.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "edi/grade.h"

#define MOST   100
#define ASN    "t/cases/x12/asn-pick-and-pack.edi"
#define ORDER  "t/cases/x12/order-out.edi"
#define INVOIC "t/cases/edifact/invoic-d96a.edi"
#define DESADV "t/cases/edifact/desadv-d96a.edi"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_edi_file_t file;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, MOST);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


/* A sample with the first `from` in it replaced. */
static xd_str_t
changed(const char *name, const char *from, const char *to)
{
    xd_str_t all, out;
    const char *at;

    ck_assert_int_eq(xd_file_read(arena, name, 1 << 20, &all), XD_OK);
    at = memmem(all.ptr, all.len, from, strlen(from));
    ck_assert_msg(at != NULL, "%s lacks %s", name, from);
    out = xd_fmt(arena, "%.*s%s%.*s", (int) (at - all.ptr), all.ptr, to,
        (int) (all.len - (size_t) (at - all.ptr) - strlen(from)),
        at + strlen(from));
    ck_assert_ptr_nonnull(out.ptr);

    return out;
}


static const xd_finding_t *
warned(void)
{
    for (size_t i = 0; i < rep.nkept; i++) {
        if (strstr(rep.kept[i].rule, ".total.") != NULL
            || strstr(rep.kept[i].rule, ".gs1.") != NULL)
        {
            return &rep.kept[i];
        }
    }

    return NULL;
}


/* rule NULL: nothing is told. */
static const struct {
    const char *sample, *from, *to, *rule, *path, *value;
} cases[] = {
    /* GTIN of a pair, of 12, 13 and 14 digits; others are no GTINs */
    { ASN, "UP*042100005264", "UP*042100005265", "x12.gs1.check-digit",
        "HL[5]/LIN/3", "042100005265" },
    { ASN, "EN*6291041500213", "EN*6291041500212", "x12.gs1.check-digit",
        "HL[6]/LIN/3", "6291041500212" },
    { ASN, "UK*10629104150021", "UK*10629104150022", "x12.gs1.check-digit",
        "HL[8]/LIN/3", "10629104150022" },
    { ASN, "VN*AC-4410", "EO*96385074", NULL, NULL, NULL },
    { ASN, "VN*AC-4410", "EO*96385075", "x12.gs1.check-digit", "HL[5]/LIN/5",
        "96385075" },
    { ASN, "UP*042100005264", "UI*042100005265", NULL, NULL, NULL },
    { ASN, "UP*042100005264", "UP*04210000526", NULL, NULL, NULL },
    { ASN, "UP*042100005264", "UP*04210000526X", NULL, NULL, NULL },
    { ORDER, "EN*4012345001013", "EN*4012345001014", "x12.gs1.check-digit",
        "PO1[1]/7", "4012345001014" },
    /* GLN of a party */
    { ASN, "UL*9436465792104", "UL*9436465792105", "x12.gs1.check-digit",
        "HL[1]/N1[2]/4", "9436465792105" },
    { ASN, "UL*9436465792104", "92*9436465792105", NULL, NULL, NULL },
    /* SSCC, with and without 00 */
    { ASN, "GM*00040987650000010019", "GM*00040987650000010018",
        "x12.gs1.check-digit", "HL[3]/MAN/2", "040987650000010018" },
    { ASN, "GM*00040987650000010019", "GM*040987650000010018",
        "x12.gs1.check-digit", "HL[3]/MAN/2", "040987650000010018" },
    { ASN, "GM*00040987650000010019", "GM*040987650000020018",
        "x12.gs1.sscc-again", "HL[4]/MAN/2", "040987650000020018" },
    { ASN, "GM*00040987650000010019", "CP*00040987650000010018", NULL, NULL,
        NULL },
    /* the same of EDIFACT */
    { DESADV, "LIN+1++4000000000013:EN", "LIN+1++4000000000014:EN",
        "edifact.gs1.check-digit", "SG10[2]/SG15[1]/LIN/3/1", "4000000000014" },
    { DESADV, "LIN+1++4000000000013:EN", "LIN+1++X'PIA+1+A:SA+4000000000014:EN",
        "edifact.gs1.check-digit", "SG10[2]/SG15[1]/PIA/3/1", "4000000000014" },
    { DESADV, "4009999000011::9'", "4009999000012::9'",
        "edifact.gs1.check-digit", "SG2[1]/NAD/2/1", "4009999000012" },
    { DESADV, "4009999000011::9'", "4009999000012::91'", NULL, NULL, NULL },
    { DESADV, "GIN+BJ+340099990000000012", "GIN+BJ+340099990000000013",
        "edifact.gs1.check-digit", "SG10[2]/SG11[1]/SG13[1]/SG14[1]/GIN/2/1",
        "340099990000000013" },
    { DESADV, "GIN+BJ+340099990000000012",
        "GIN+BJ+340099990000000012+340099990000000012",
        "edifact.gs1.sscc-again", "SG10[2]/SG11[1]/SG13[1]/SG14[1]/GIN/3/1",
        "340099990000000012" },
    { DESADV, "GIN+BJ", "GIN+BN", NULL, NULL, NULL },
    /* quantities */
    { DESADV, "CNT+2:1", "CNT+1:12", NULL, NULL, NULL },
    { DESADV, "CNT+2:1", "CNT+1:13", "edifact.total.quantity", "CNT/1/2",
        "13" },
    { DESADV, "QTY+12:12'", "QTY+12:7,5'QTY+59:2.5'", NULL, NULL, NULL },
    { DESADV, "QTY+12:12'", "QTY+12:x'", NULL, NULL, NULL },
    { DESADV, "CNT+2:1", "CNT+2:2", "edifact.total.lines", "CNT/1/2", "2" },
    /* what an order comes to */
    { ORDER, "AMT*TT*", "AMT*1*1", NULL, NULL, NULL },
    { ORDER, "AMT*TT*", "AMT*TT*1", "x12.total.amount", "CTT[1]/AMT/2",
        "13072.00" },
    /* what an invoice comes to */
    { INVOIC, "MOA+79:30'", "MOA+79:31'", "edifact.total.amount",
        "SG48[2]/MOA/1/2", "31" },
    { INVOIC, "MOA+79:30'", "MOA+125:30'", NULL, NULL, NULL },
    { INVOIC, "MOA+77:35.7'", "MOA+77:35,71'", NULL, NULL, NULL },
    { INVOIC, "MOA+77:35.7'", "MOA+77:35,73'", "edifact.total.amount",
        "SG48[1]/MOA/1/2", "35,73" },
    { INVOIC, "MOA+77:35.7'", "MOA+86:35.7'MOA+9:1'", NULL, NULL, NULL },
    { INVOIC, "MOA+77:35.7'", "MOA+9:36'", "edifact.total.amount",
        "SG48[1]/MOA/1/2", "36" },
    { INVOIC, "MOA+77:35.7'", "MOA+77:30'MOA+131:-5,7'", NULL, NULL, NULL },
    { INVOIC, "MOA+203:30'", "", NULL, NULL, NULL },
    { INVOIC, "MOA+203:30'", "MOA+203:x'", NULL, NULL, NULL },
};


START_TEST(one_change_one_warning)
{
    const xd_edi_options_t options = { 0 };
    xd_str_t bytes = changed(cases[_i].sample, cases[_i].from, cases[_i].to);
    const xd_finding_t *f;

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
    f = warned();

    if (cases[_i].rule == NULL) {
        ck_assert_msg(f == NULL, "%s %.*s", f != NULL ? f->rule : "",
            f != NULL ? (int) f->path.len : 0, f != NULL ? f->path.ptr : "");
        return;
    }

    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->rule, cases[_i].rule);
    ck_assert_int_eq(f->severity, XD_WARNING);
    ck_assert_ptr_null(f->ack);
    ck_assert_msg(xd_str_is(f->path, cases[_i].path), "path %.*s",
        XD_FMT(f->path));
    ck_assert_msg(xd_str_is(f->value, cases[_i].value), "value %.*s",
        XD_FMT(f->value));
    if (strstr(f->rule, "gs1") != NULL) {
        ck_assert_int_eq(memcmp(bytes.ptr + f->offset, f->value.ptr,
                             f->value.len),
            0);
    }
}
END_TEST


/* Allowances and charges of an invoice, as far as the message names them. */
static const struct {
    const char *head, *line, *sum;
    bool fits;
} invoices[] = {
    { "ALC+C'MOA+8:5'", "MOA+203:30'", "MOA+77:40.7'MOA+79:30'", true },
    { "ALC+A'MOA+204:5'", "MOA+203:30'", "MOA+77:30.7'MOA+79:30'", true },
    { "ALC+A'MOA+204:5'", "MOA+203:30'", "MOA+77:40.7'MOA+79:30'", false },
    { "", "MOA+203:30'", "MOA+77:40.7'MOA+79:30'MOA+131:5'", true },
    { "", "MOA+203:30'", "MOA+77:33.7'MOA+79:30'MOA+259:5'MOA+260:7'", true },
    { "", "MOA+203:30'", "MOA+77:35.7'MOA+79:30'MOA+176:5.7'", true },
    { "", "MOA+203:30'", "MOA+77:36.7'MOA+79:30'MOA+176:6.7'", true },
};


START_TEST(allowances_charges_and_taxes)
{
    const xd_edi_options_t options = { 0 };
    xd_str_t bytes = xd_fmt(arena,
        "UNB+UNOC:3+A+B+260318:1015+1'UNH+1+INVOIC:D:96A:UN'BGM+380+1+9'"
        "DTM+137:20260310:102'%sLIN+1'QTY+47:12'%sUNS+S'%s"
        "TAX+7+VAT+++:::19'MOA+124:5.7'UNT+0+1'UNZ+1+1'",
        invoices[_i].head, invoices[_i].line, invoices[_i].sum);

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
    ck_assert_int_eq(warned() == NULL, invoices[_i].fits);
}
END_TEST


/* More SSCCs than there is room for, and none of them twice. */
START_TEST(many_ssccs_are_told_apart)
{
    const xd_edi_options_t options = { 0 };
    xd_buf_t bytes = { 0 };
    xd_rc_t rc = XD_E_MEMORY;
    size_t again = 0;

    xd_buf_text(&bytes, "UNB+UNOC:3+A+B+260318:1015+1'UNH+1+DESADV:D:96A:UN'"
                        "BGM+351+1+9'DTM+137:20260310:102'CPS+1'");
    for (int i = 0; i < 2000; i++) {
        xd_buf_fmt(&bytes, "GIN+BJ+%018d'", i % 1500);
    }

    ck_assert_int_eq(xd_edi_grade(arena, xd_buf_str(&bytes), &options, &rep,
                         &file),
        XD_OK);

    for (size_t i = 0; i < rep.nkept; i++) {
        again += strcmp(rep.kept[i].rule, "edifact.gs1.sscc-again") == 0;
    }
    ck_assert_uint_eq(rep.nkept, MOST);
    ck_assert_uint_eq(again, 0); /* the first hundred findings are others */
    ck_assert_uint_ge(rep.count[XD_WARNING], 500);

    for (size_t n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_t *own = xd_arena_new(0);

        ck_assert_uint_lt(n, 1000);
        xd_report_init(&rep, own, 0);
        xd_arena_fail_at(own, n);
        rc = xd_edi_grade(own, xd_buf_str(&bytes), &options, &rep, &file);
        xd_arena_free(own);
    }

    xd_buf_free(&bytes);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("sums");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, one_change_one_warning, 0,
        sizeof(cases) / sizeof(cases[0]));
    tcase_add_loop_test(tc, allowances_charges_and_taxes, 0,
        sizeof(invoices) / sizeof(invoices[0]));
    tcase_add_test(tc, many_ssccs_are_told_apart);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
