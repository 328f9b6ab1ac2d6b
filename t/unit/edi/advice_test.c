/* SPDX-License-Identifier: BSD-2-Clause */

/* 824 and APERAK: which code, which place, what is said; and what we write
 * grades clean, whatever it is about. */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/advice.h"

#define MOST   200
#define ASN    "t/cases/x12/asn-pick-and-pack.edi"
#define INVOIC "t/cases/edifact/invoic-d96a.edi"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_edi_file_t file;
static xd_str_t bytes;


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


/* Grades a sample in which the first `from` has become `to`. */
static void
grade(const char *name, const char *from, const char *to)
{
    const xd_edi_options_t options = { 0 };
    xd_str_t all;
    const char *at;

    ck_assert_int_eq(xd_file_read(arena, name, 1 << 20, &all), XD_OK);
    at = memmem(all.ptr, all.len, from, strlen(from));
    ck_assert_msg(at != NULL, "%s lacks %s", name, from);
    bytes = xd_fmt(arena, "%.*s%s%.*s", (int) (at - all.ptr), all.ptr, to,
        (int) (all.len - (size_t) (at - all.ptr) - strlen(from)),
        at + strlen(from));

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);
}


static const xd_edi_interchange_t *
interchange(void)
{
    return XD_AT(&file.interchanges, xd_edi_interchange_t, 0);
}


/* A finding of a map about the first place of a text; NULL: of no place. */
static void
mapped(const char *rule, const char *at, const char *text)
{
    const char *p = at != NULL ? strstr(bytes.ptr, at) : bytes.ptr;

    ck_assert_ptr_nonnull(p);
    xd_report(&rep, &(xd_finding_t){ .severity = XD_ERROR,
                        .rule = rule,
                        .offset = (size_t) (p - bytes.ptr),
                        .text = xd_str(text) });
}


/* Advises about the first set; findings from `from` on are of its map. */
static xd_rc_t
advise(size_t from, xd_edi_advice_t *out)
{
    const xd_edi_group_t *group =
        XD_AT(&interchange()->groups, xd_edi_group_t, 0);
    const xd_edi_advised_t of = { .bytes = bytes,
        .ic = interchange(),
        .group = group,
        .set = XD_AT(&group->sets, xd_edi_set_t, 0),
        .rep = &rep,
        .from = from,
        .to = rep.nkept };

    return xd_edi_advise(arena, &of, out);
}


/* What is written grades without a finding; returns its bytes. */
static const char *
written(xd_edi_advice_t *advice, size_t count)
{
    const xd_edi_ack_t ack = { .now_ms = 1778750000000,
        .isa_control = 12,
        .gs_control = 34,
        .usage = 'T' };
    xd_vec_t advices = XD_VEC(xd_edi_advice_t);
    bool x12 = interchange()->syntax == XD_EDI_X12;
    xd_buf_t out = { 0 };
    xd_edi_file_t own;
    xd_report_t mine;
    xd_str_t text;

    for (size_t i = 0; i < count; i++) {
        *(xd_edi_advice_t *) xd_vec_push(&advices, arena) = *advice;
    }

    ck_assert_int_eq(xd_edi_write_824(interchange(), &ack, &advices, &out),
        x12 ? XD_OK : XD_E_NOT_FOUND);
    ck_assert_int_eq(xd_edi_write_aperak(interchange(), &ack, &advices, &out),
        x12 ? XD_E_NOT_FOUND : XD_OK);

    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    xd_report_init(&mine, arena, MOST);
    ck_assert_int_eq(xd_edi_grade(arena, text, &(xd_edi_options_t){ 0 }, &mine,
                         &own),
        XD_OK);
    ck_assert_msg(mine.nkept == 0, "%s: %.*s in %s", mine.kept[0].rule,
        XD_FMT(mine.kept[0].text), text.ptr);

    return text.ptr;
}


static void
has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "no %s in %s", part, text);
}


/* -- codes and places ----------------------------------------------------- */

static const struct {
    const char *rule, *at, *ted;
} remarks[] = {
    { "map.missing", NULL, "~TED*007*So it is.~SE*" },
    { "map.currency", "TD5*", "~TED*012*So it is.*TD5*5~SE*" },
    { "required", "BSN*00", "~TED*007*So it is.*BSN*2~SE*" },
    { "date", "20260514*0925", "~TED*009*So it is.*BSN*2*3**20260514~SE*" },
    { "maximum", "12*EA~", "~TED*008*So it is.*PO4*25*2**12~SE*" },
    { "rule.shipment.units", "HL*12*11*I", "~TED*011*So it is.*HL*49~SE*" },
    { "gtin14", "042100005264",
        "~TED*848*So it is.*LIN*29*3**042100005264~SE*" },
    { "florb", NULL, "~TED*024*So it is.~SE*" },
};


START_TEST(codes_and_places)
{
    xd_edi_advice_t advice;
    const char *text;
    size_t from;

    grade(ASN, "ISA", "ISA");
    from = rep.nkept;
    mapped(remarks[_i].rule, remarks[_i].at, "So it is.");
    ck_assert_int_eq(advise(from, &advice), XD_OK);
    ck_assert_int_eq(advice.status, 'R');

    text = written(&advice, 1);
    has(text, "~GS*AG*CROSSDOCK*ACME*20260514*");
    has(text, "~OTI*TR*SI*ASN-20260514-7*ACME*CROSSDOCK***412*0001*856~TED*");
    has(text, remarks[_i].ted);
}
END_TEST


/* Nothing is wrong, or what is harms nothing. */
START_TEST(used_sets)
{
    xd_edi_advice_t advice;

    grade(ASN, "ISA", "ISA");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_OK);
    has(written(&advice, 1), "~OTI*TA*SI*ASN-20260514-7*ACME*CROSSDOCK***412*"
                             "0001*856~SE*4*");

    xd_report_init(&rep, arena, MOST);
    grade(ASN, "GM*00040987650000010019", "GM*00040987650000020018");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_OK);
    has(written(&advice, 2), "~OTI*TE*SI*ASN-20260514-7*");
    has(written(&advice, 2),
        "~TED*006*The set holds this SSCC already.*MAN*27*2**"
        "00040987650000020018~OTI*TE*");
}
END_TEST


/* What its 997 rejected, and answers, get no advice. */
START_TEST(no_advice)
{
    xd_edi_advice_t advice;

    grade(ASN, "BSN*00", "BSN*QQ");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_E_NOT_FOUND);
    grade("t/cases/x12/sets/824.edi", "ISA", "ISA");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_E_NOT_FOUND);
    grade("t/cases/edifact/aperak-d96a.edi", "UNH", "UNH");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_E_NOT_FOUND);
    grade("t/cases/edifact/contrl-d3.edi", "UNH", "UNH");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_E_NOT_FOUND);
}
END_TEST


/* -- EDIFACT -------------------------------------------------------------- */

START_TEST(aperak)
{
    xd_edi_advice_t advice;
    const char *text;
    size_t from;

    grade(INVOIC, "MOA+79:30'", "MOA+79:31'");
    from = rep.nkept;
    ck_assert_int_eq(advise(from, &advice), XD_OK);
    text = written(&advice, 2);
    has(text, "UNH+1+APERAK:D:96A:UN'BGM+313+12-1+29'DTM+137:202605140913:203'"
              "RFF+ACW:1'RFF+IV:IN-300'ERC+010::92'FTX+AAO+++");
    has(text, ":MOA, segment 15, element 1, component 2'UNT+8+1'UNH+2+");
    has(text, "UNZ+2+12'");

    mapped("map.missing", "LIN+1",
        "A long sentence that does not fit into "
        "one piece of seventy characters, told 'so'"
        ".");
    ck_assert_int_eq(advise(from, &advice), XD_OK);
    text = written(&advice, 1);
    has(text, "BGM+313+12-1+27'");
    has(text, "ERC+007::92'FTX+AAO+++A long sentence that does not fit into "
              "one piece of seventy characters:, told ?'so?'.:LIN, segment 8'");
}
END_TEST


static const struct {
    const char *sample, *from, *to, *want;
} messages[] = {
    { INVOIC, "UNH", "UNH", "BGM+312+12-1+29'" },
    { "t/cases/edifact/orders-d01b.edi", "UNH", "UNH",
        "APERAK:D:01B:UN'BGM+312+12-1+29'" },
    { "t/cases/edifact/desadv-d96a.edi", "UNH", "UNH", "RFF+AAK:DA-9'" },
    { "t/cases/edifact/invrpt-d96a.edi", "UNH", "UNH", "RFF+ACE:" },
    { INVOIC, "BGM+380+IN-300", "BGM+380+IN?+3?'00", "RFF+IV:IN?+3?'00'" },
    { INVOIC, "BGM+380+IN-300", "BGM+380+IN??1", "RFF+IV:IN??1'" },
};


START_TEST(messages_are_named)
{
    xd_edi_advice_t advice;

    grade(messages[_i].sample, messages[_i].from, messages[_i].to);
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_OK);
    has(written(&advice, 1), messages[_i].want);
}
END_TEST


static const struct {
    const char *sample, *want;
} sets[] = {
    { "t/cases/x12/order-out.edi", "~OTI*TA*PO*PO-100*" },
    { "t/cases/x12/answer.edi", "~OTI*TA*PO*" },
    { "t/cases/x12/asn-5010.edi", "*X*005010~ST*824*0001~" },
    { "t/cases/x12/sets/846.edi", "~OTI*TA*TN*" },
};


START_TEST(sets_are_named)
{
    xd_edi_advice_t advice;

    grade(sets[_i].sample, "ISA", "ISA");
    ck_assert_int_eq(advise(rep.nkept, &advice), XD_OK);
    has(written(&advice, 1), sets[_i].want);
}
END_TEST


/* -- limits --------------------------------------------------------------- */

/* Marks, control bytes and other alphabets in what is told. */
START_TEST(any_text_can_be_written)
{
    static const char odd[] = "A*b~c>d'e+f:g?h \x01\x7f \xe2\x82\xac "
                              "\xff and then so much more of it that neither "
                              "a TED nor five texts of an FTX can hold all of "
                              "it, though nobody would ever read as much as "
                              "that, and it goes on and on until the writer "
                              "cuts it off, which it has to do somewhere, and "
                              "this is where: here.  Or only here, behind some"
                              " more words.";
    static const char *const samples[] = { ASN, INVOIC };

    for (size_t i = 0; i < 2; i++) {
        xd_edi_advice_t advice;
        size_t from;

        xd_report_init(&rep, arena, MOST);
        grade(samples[i], "1", "1");
        from = rep.nkept;
        for (int n = 0; n < 150; n++) {
            mapped("map.missing", NULL, odd);
        }
        ck_assert_int_eq(advise(from, &advice), XD_OK);
        ck_assert_uint_eq(advice.remarks.count, 100);
        (void) written(&advice, 1);
    }
}
END_TEST


/* Cut and changed at every byte: whatever of it is accepted can be told of. */
START_TEST(every_change_is_advised_cleanly)
{
    static const char *const samples[] = { ASN, INVOIC };
    xd_str_t all;
    char *p;

    ck_assert_int_eq(xd_file_read(arena, samples[_i], 1 << 20, &all), XD_OK);
    p = (char *) (uintptr_t) all.ptr;

    for (size_t i = 110; i < all.len; i++) {
        xd_arena_t *always = arena;
        const char was = p[i];
        xd_edi_advice_t advice;

        arena = xd_arena_new(0);
        xd_report_init(&rep, arena, MOST);
        p[i] = "~'*+HS>:"[i % 8];
        bytes = all;
        ck_assert_int_eq(xd_edi_grade(arena, bytes, &(xd_edi_options_t){ 0 },
                             &rep, &file),
            XD_OK);

        if (file.interchanges.count > 0 && interchange()->groups.count > 0
            && XD_AT(&interchange()->groups, xd_edi_group_t, 0)->sets.count > 0)
        {
            size_t from = rep.nkept;

            xd_report(&rep, &(xd_finding_t){ .severity = XD_ERROR,
                                .rule = "map.missing",
                                .offset = i,
                                .text = XD_STR("It is missing.") });
            if (advise(from, &advice) == XD_OK) {
                (void) written(&advice, 1);
            }
        }

        p[i] = was;
        xd_arena_free(arena);
        arena = always;
    }
}
END_TEST


START_TEST(every_allocation_may_fail)
{
    xd_rc_t rc = XD_E_MEMORY;
    xd_edi_advice_t advice;
    size_t from;

    grade(ASN, "ISA", "ISA");
    from = rep.nkept;
    mapped("map.missing", NULL, "It is missing.");

    for (size_t n = 1; rc == XD_E_MEMORY; n++) {
        ck_assert_uint_lt(n, 20);
        xd_arena_fail_at(arena, n);
        rc = advise(from, &advice);
    }
    xd_arena_fail_at(arena, 0);
    ck_assert_int_eq(rc, XD_OK);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("advice");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, codes_and_places, 0,
        sizeof(remarks) / sizeof(remarks[0]));
    tcase_add_test(tc, used_sets);
    tcase_add_test(tc, no_advice);
    tcase_add_test(tc, aperak);
    tcase_add_loop_test(tc, messages_are_named, 0,
        sizeof(messages) / sizeof(messages[0]));
    tcase_add_loop_test(tc, sets_are_named, 0, sizeof(sets) / sizeof(sets[0]));
    tcase_add_test(tc, any_text_can_be_written);
    tcase_add_loop_test(tc, every_change_is_advised_cleanly, 0, 2);
    tcase_add_test(tc, every_allocation_may_fail);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
