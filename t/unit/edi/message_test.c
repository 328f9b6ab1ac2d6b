/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Trees into messages of EDIFACT.  Whatever was read clean says the same when
 * its tree is written anew and read again, in every form; and what is written
 * is clean by our own grader.
 */

#include <check.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/message.h"
#include "format/json.h"

static glob_t files;
static xd_arena_t *arena;
static xd_report_t report;
static xd_buf_t out;
static xd_edifact_envelope_t envelope;
static int failing;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    out = (xd_buf_t){ 0 };
    failing = 0;
    envelope = (xd_edifact_envelope_t){ .form = xd_edifact_form_usual,
        .syntax = '3',
        .sender = { XD_STR("4012345000009"), XD_STR("14"), XD_STR("") },
        .receiver = { XD_STR("4098765000005"), XD_STR("14"), XD_STR("") },
        .version = XD_STR("D"),
        .release = XD_STR("96A"),
        .control = 905,
        .now_ms = 1778750000000 };
}


static void
teardown(void)
{
    xd_buf_free(&out);
    xd_arena_free(arena);
}


/* JSON with ' for ", as a map makes it: nowhere in any bytes. */
static void
forget_places(xd_node_t *node)
{
    node->offset = 0;
    xd_each (child, node) {
        forget_places(child);
    }
}


static xd_node_t *
tree(const char *text)
{
    xd_str_t json = xd_dup(arena, xd_str(text));
    char *own = xd_alloc(arena, json.len + 1);
    xd_node_t *root = NULL;

    for (size_t i = 0; i < json.len; i++) {
        own[i] = json.ptr[i] == '\'' ? '"' : json.ptr[i];
    }
    ck_assert_msg(xd_json_read(arena, (xd_str_t){ own, json.len }, NULL, &root,
                      &report)
                      == XD_OK,
        "%s", text);
    forget_places(root);

    return root;
}


#define ORDER_OF(head, cnt)                                                    \
    "{" head "'BGM':[{'1':['220'],'2':['PO-1'],'3':'9'}],"                     \
    "'DTM':[{'1':['137','20260302','102']}],"                                  \
    "'SG2':[{'1':'BY','2':['4012345000009','','9']}],"                         \
    "'SG25':[{'1':'1','3':['4000000000013','EN'],"                             \
    "'QTY':[{'1':['21','12.5']}],'SG28':[{'1':['AAA','2.50']}]},"              \
    "{'1':'2','3':['4000000000020','EN'],'QTY':[{'1':['21','6']}]}],"          \
    "'UNS':[{'1':'S'}],'CNT':[{'1':" cnt "}]}"
#define ORDER ORDER_OF("", "['2']")


static xd_rc_t
write_one(const xd_node_t *set)
{
    const xd_edi_out_t one = { set, 7, XD_STR("ORDERS") };
    const xd_edi_out_group_t group = { &one, 1, 12 };

    return xd_edi_write_edifact(arena, &envelope, &group, 1, &report, &out);
}


#define ck_is(want)                                                            \
    ck_assert_msg(xd_str_is(xd_buf_str(&out), want), "%.*s",                   \
        XD_FMT(xd_buf_str(&out)))

#define ck_has(want)                                                           \
    ck_assert_msg(memmem(out.ptr, out.len, want, strlen(want)) != NULL,        \
        "%.*s", XD_FMT(xd_buf_str(&out)))


static bool
told(const char *rule, const char *path)
{
    for (size_t i = 0; i < report.nkept; i++) {
        if (strcmp(report.kept[i].rule, rule) == 0
            && xd_str_is(report.kept[i].path, path))
        {
            return true;
        }
    }

    return false;
}


/* -- made trees ------------------------------------------------------------ */

#define BODY                                                                   \
    "BGM+220+PO-1+9'DTM+137:20260302:102'NAD+BY+4012345000009::9'"             \
    "LIN+1++4000000000013:EN'QTY+21:12.5'PRI+AAA:2.50'"                        \
    "LIN+2++4000000000020:EN'QTY+21:6'UNS+S'CNT+2:2'UNT+12+7'"

START_TEST(a_made_tree_gets_its_envelope_and_counts)
{
    ck_assert_int_eq(write_one(tree(ORDER)), XD_OK);
    ck_is("UNB+UNOC:3+4012345000009:14+4098765000005:14+260514:0913+905'"
          "UNH+7+ORDERS:D:96A:UN'" BODY "UNZ+1+905'");
}
END_TEST


START_TEST(all_that_an_envelope_can_say)
{
    const xd_edi_out_t sets[] = { { tree(ORDER), 7, XD_STR("ORDERS") },
        { tree(ORDER), 8, XD_STR("ORDERS") } };
    const xd_edi_out_group_t groups[] = { { sets, 2, 12 }, { sets, 1, 13 } };

    envelope.syntax = '4';
    envelope.groups = true;
    envelope.test = true;
    envelope.ack_requested = true;
    envelope.application = XD_STR("ORDERS");
    envelope.agreement = XD_STR("EANCOM");
    envelope.association = XD_STR("EAN008");
    envelope.sender.internal = XD_STR("DESK 3");
    envelope.form.after = XD_STR("\n");
    ck_assert_int_eq(xd_edi_write_edifact(arena, &envelope, groups, 2, &report,
                         &out),
        XD_OK);
    ck_assert_uint_eq(report.nkept, 0);
    /* its marks are the usual ones of syntax 4: no UNA */
    ck_has("UNB+UNOC:4+4012345000009:14:DESK 3+4098765000005:14+"
           "20260514:0913+905++ORDERS++1+EANCOM+1'\n"
           "UNG+ORDERS+4012345000009:14+4098765000005:14+20260514:0913+12+UN+"
           "D:96A:EAN008'\nUNH+7+ORDERS:D:96A:UN:EAN008'\n");
    ck_has("UNH+8+ORDERS:D:96A:UN:EAN008'\n");
    ck_has("UNE+2+12'\nUNG+ORDERS+");
    ck_has("UNE+1+13'\nUNZ+2+905'\n");
}
END_TEST


/* Its own UNH says more than the envelope; CNT with a value keeps it. */
START_TEST(what_a_tree_says_holds)
{
    ck_assert_int_eq(
        write_one(tree(
            ORDER_OF("'UNH':[{'1':'1','2':['ORDERS','D','96A','UN','EAN010'],"
                     "'3':'A1'}],",
                "['2','2']"))),
        XD_OK);
    ck_has("UNH+7+ORDERS:D:96A:UN:EAN010+A1'");
    ck_has("CNT+2:2'");
    xd_buf_reset(&out);
    ck_assert_int_eq(write_one(tree(ORDER_OF("", "'2'"))), XD_OK);
    ck_has("CNT+2:2'");
}
END_TEST


START_TEST(marks_are_told_by_una_and_released)
{
    const xd_node_t *set = tree(
        "{'BGM':[{'1':['220'],'2':['PO|1;2'],'3':'9'}],"
        "'DTM':[{'1':['137','20260302','102']}],"
        "'FTX':[{'1':'AAI','4':['why? (5+5)=!']}],"
        "'SG25':[{'1':'1','QTY':[{'1':['21','12.5']}]}],'UNS':[{'1':'S'}]}");

    envelope.form.marks = (xd_marks_t){ .element = '|',
        .component = ';',
        .terminator = '!',
        .release = '\\',
        .decimal = ',' };
    ck_assert_int_eq(write_one(set), XD_OK);
    ck_has("UNA;|,\\ !UNB|UNOC;3|");
    ck_has("BGM|220|PO\\|1\\;2|9!");
    ck_has("FTX|AAI|||why? (5+5)=\\!!");
    ck_has("QTY|21;12,5!");

    xd_buf_reset(&out);
    envelope.form = xd_edifact_form_usual;
    envelope.una = true;
    ck_assert_int_eq(write_one(set), XD_OK);
    ck_has("UNA:+.? 'UNB+");
    ck_has("FTX+AAI+++why?? (5?+5)=!'");
}
END_TEST


/* -- what cannot be written ------------------------------------------------ */

static const struct {
    const char *set, *text;
    const char *path; /* NULL: it can be */
} sayable[] = {
    { "UNOA", "GATE 3 (A), 5.-/=", NULL },
    { "UNOA", "Gate 3", "/FTX/0/4/0" },
    { "UNOB", "Gate 3", NULL },
    { "UNOB", "Gate #3", "/FTX/0/4/0" },
    { "UNOC", "T\xc3\xbcr #3", NULL },
    { "UNOC", "5 \xe2\x82\xac", "/FTX/0/4/0" },
    { "UNOD",
        "\xc5\x81\xc3\xb3"
        "d\xc5\xba",
        NULL },
    { "UNOE", "\xd0\x94\xd0\xb0", NULL },
    { "UNOE", "T\xc3\xbcr", "/FTX/0/4/0" },
    { "UNOF", "\xce\x91", NULL },
    { "UNOK", "\xc4\xb0", NULL },
    { "UNOY", "\xe2\x82\xac \xf0\x9f\x93\xa6", NULL },
    { "UNOW", "\xe2\x82\xac", NULL },
    { "UNOY", "two\nlines", "/FTX/0/4/0" },
    { "UNOY", "\xff", "/FTX/0/4/0" },
};

START_TEST(what_a_set_cannot_say_is_refused_by_its_place)
{
    xd_node_t *set = tree("{'BGM':[{'1':['220'],'2':['PO-1'],'3':'9'}],"
                          "'DTM':[{'1':['137','20260302','102']}],"
                          "'FTX':[{'1':'AAI','4':['X']}],'UNS':[{'1':'S'}]}");

    xd_nth(xd_get(xd_nth(xd_get(set, "FTX"), 0), "4"), 0)->text =
        xd_str(sayable[_i].text);
    envelope.form.set = xd_str(sayable[_i].set);
    ck_assert_int_eq(write_one(set),
        sayable[_i].path == NULL ? XD_OK : XD_E_SYNTAX);
    ck_assert(sayable[_i].path == NULL
              || told("edifact.write.character", sayable[_i].path));
    ck_assert(sayable[_i].path == NULL || out.len == 0);
}
END_TEST


static const struct {
    char syntax;
    xd_marks_t marks;
} bad_forms[] = {
    { '2', { '+', ':', 0, '\'', '?', '.' } },
    { '5', { '+', ':', 0, '\'', '?', '.' } },
    { '3', { '+', ':', '*', '\'', '?', '.' } },
    { '3', { '+', '+', 0, '\'', '?', '.' } },
    { '3', { '+', ':', 0, 'A', '?', '.' } },
    { '3', { '+', ':', 0, '\'', '\'', '.' } },
    { '3', { '+', ':', 0, '\'', '?', ';' } },
    { '3', { '.', ':', 0, '\'', '?', '.' } },
    { '3', { '+', ' ', 0, '\'', '?', '.' } },
    { '4', { '*', ':', 0, '\'', '?', '.' } },
};

START_TEST(marks_that_nobody_can_tell_apart_are_refused)
{
    envelope.syntax = bad_forms[_i].syntax;
    envelope.form.marks = bad_forms[_i].marks;
    ck_assert_int_eq(write_one(tree(ORDER)), XD_E_SYNTAX);
    ck_assert(told("edifact.write.envelope", "UNA"));
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


START_TEST(no_mark_can_stand_in_data_without_release)
{
    envelope.form.marks.release = 0;
    ck_assert_int_eq(write_one(tree(ORDER)), XD_OK);
    ck_has("UNA:+.  'UNB");
    xd_buf_reset(&out);
    ck_assert_int_eq(write_one(
                         tree("{'BGM':[{'1':['220'],'2':['A+B'],'3':'9'}],"
                              "'UNS':[{'1':'S'}]}")),
        XD_E_SYNTAX);
    ck_assert(told("edifact.write.character", "/BGM/0/2/0"));
}
END_TEST


START_TEST(envelope_that_cannot_be_said_is_refused)
{
    envelope.form.set = XD_STR("UNOA");
    envelope.sender.id = XD_STR("crossdock");
    ck_assert_int_eq(write_one(tree(ORDER)), XD_E_SYNTAX);
    ck_assert(told("edifact.write.envelope", "UNB/2"));

    envelope.sender.id = XD_STR("CROSSDOCK");
    envelope.release = XD_STR("77Z");
    ck_assert_int_eq(write_one(tree(ORDER)), XD_E_SYNTAX);
    ck_assert(told("edifact.write.envelope", "UNH/2"));
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


/* What our own grader refuses does not leave, nor anything of it. */
START_TEST(what_is_not_clean_does_not_leave)
{
    xd_buf_text(&out, "before");
    ck_assert_int_eq(write_one(tree("{'BGM':[{'1':['220']}]}")), XD_E_SYNTAX);
    ck_assert_uint_gt(xd_report_errors(&report), 0);
    ck_is("before");
    ck_assert_int_eq(write_one(
                         tree(ORDER_OF("'FTX':[{'1':'TOO LONG'}],", "['2']"))),
        XD_E_SYNTAX);
    ck_is("before");
}
END_TEST


static void
write_failing(xd_arena_t *small)
{
    const xd_edi_out_t one = { tree(ORDER), 7, XD_STR("ORDERS") };
    const xd_edi_out_group_t group = { &one, 1, 12 };

    envelope.form.marks.decimal = ',';
    for (size_t n = 1; n < 2000; n++) {
        xd_report_t rep;
        xd_rc_t rc;

        xd_arena_reset(small);
        xd_report_init(&rep, NULL, 0);
        xd_arena_fail_at(small, n);
        rc = xd_edi_write_edifact(small, &envelope, &group, 1, &rep, &out);
        if (rc == XD_OK) {
            ck_assert_uint_gt(n, 5);
            return;
        }
        ck_assert_int_eq(rc, XD_E_MEMORY);
        ck_assert_uint_eq(out.len, 0);
    }

    ck_abort_msg("it never came to an end");
}


START_TEST(full_arena_is_told)
{
    xd_arena_t *small = xd_arena_new(0);

    write_failing(small);
    xd_arena_free(small);
}
END_TEST


/* -- trees that were read -------------------------------------------------- */

/* The same, but for where it stood, and for its control numbers and count. */
static bool
same(const xd_node_t *a, const xd_node_t *b)
{
    const xd_node_t *x, *y;

    if (a->kind != b->kind || a->count != b->count || !xd_str_eq(a->key, b->key)
        || !xd_str_eq(a->text, b->text))
    {
        return false;
    }

    x = a->kind != XD_STRING ? xd_nth(a, 0) : NULL;
    y = x != NULL ? xd_nth(b, 0) : NULL;
    for (; x != NULL && y != NULL; x = x->next, y = y->next) {
        if (!same(x, y)) {
            (void) fprintf(stderr, "%.*s: %.*s / %.*s\n", XD_FMT(x->key),
                XD_FMT(x->text), XD_FMT(y->text));
            return false;
        }
    }

    return true;
}


static void
put_number(xd_node_t *tree_of_set, const char *segment, const char *element)
{
    xd_node_t *n = xd_get(xd_nth(xd_get(tree_of_set, segment), 0), element);

    if (n != NULL) {
        n->text = XD_STR("7");
        n->kind = XD_STRING;
    }
}


static xd_node_t *
read_back(xd_arena_t *work, xd_str_t bytes)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_report_t rep;
    const xd_edi_interchange_t *ic;

    xd_report_init(&rep, work, 10);
    ck_assert_int_eq(xd_edi_grade(work, bytes, &options, &rep, &file), XD_OK);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);

    return XD_AT(&XD_AT(&ic->groups, xd_edi_group_t, 0)->sets, xd_edi_set_t, 0)
        ->tree;
}


/* How it may be set down: the law holds in each. */
static const struct {
    char syntax;
    const char *set;
    xd_marks_t marks;
    const char *after;
} forms[] = {
    { '3', "UNOY", { '+', ':', 0, '\'', '?', '.' }, "" },
    { '4', "UNOY", { '+', ':', '*', '\'', '?', '.' }, "\r\n" },
    { '3', "UNOW", { '|', ';', 0, '~', '\\', ',' }, "" },
    { '3', "UNOY", { 0x1d, 0x1f, 0, 0x1c, '#', ',' }, "\n" },
};

#define FORMS (sizeof(forms) / sizeof(forms[0]))


static void
law(xd_str_t name, const xd_edi_set_t *set, size_t form)
{
    xd_arena_t *work = xd_arena_new(0);
    const xd_edi_out_t one = { set->tree, 7, XD_STR("") };
    const xd_edi_out_group_t group = { &one, 1, 12 };
    xd_report_t rep;
    xd_node_t *again;
    xd_rc_t rc;

    envelope.syntax = forms[form].syntax;
    envelope.form = (xd_edifact_form_t){ .marks = forms[form].marks,
        .set = xd_str(forms[form].set),
        .after = xd_str(forms[form].after) };
    xd_report_init(&rep, work, 10);
    xd_buf_reset(&out);
    rc = xd_edi_write_edifact(work, &envelope, &group, 1, &rep, &out);
    ck_assert_msg(rc == XD_OK, "%.*s, form %zu: %s %.*s", XD_FMT(name), form,
        rep.nkept > 0 ? rep.kept[0].rule : "?",
        XD_FMT(rep.nkept > 0 ? rep.kept[0].path : XD_STR("")));

    again = read_back(work, xd_buf_str(&out));
    put_number(set->tree, "UNH", "1");
    put_number(again, "UNH", "1");
    put_number(set->tree, "UNT", "1");
    put_number(again, "UNT", "1");
    put_number(set->tree, "UNT", "2");
    put_number(again, "UNT", "2");

    /* numbers have another decimal mark now */
    if (forms[form].marks.decimal == '.') {
        failing += !same(set->tree, again);
        ck_assert_msg(failing == 0, "%.*s in form %zu:\n%.*s", XD_FMT(name),
            form, XD_FMT(xd_buf_str(&out)));
    }
    xd_arena_free(work);
}


/* Every clean message of a file; returns how many. */
static int
laws(xd_str_t name, const char *path, bool forget)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_str_t bytes;
    int messages = 0;

    ck_assert_msg(xd_file_read(arena, path, 64 << 20, &bytes) == XD_OK, "%s",
        path);
    xd_report_init(&rep, arena, 100);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &file), XD_OK);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file.interchanges, xd_edi_interchange_t, i);

        for (size_t g = 0; g < ic->groups.count; g++) {
            const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

            for (size_t s = 0; s < group->sets.count; s++) {
                const xd_edi_set_t *set = XD_AT(&group->sets, xd_edi_set_t, s);

                if (ic->syntax != XD_EDI_EDIFACT || set->tree == NULL
                    || set->verdict != 'A' || ic->verdict == 'R')
                {
                    continue;
                }

                if (forget) {
                    forget_places(set->tree);
                }
                for (size_t f = 0; f < FORMS; f++) {
                    law(name, set, f);
                }
                messages++;
            }
        }
    }

    return messages;
}


START_TEST(own_samples_say_the_same)
{
    const char *path = files.gl_pathv[_i];

    (void) laws(xd_str(strrchr(path, '/') + 1), path, false);
}
END_TEST


/* As if a map had made them: the grammar alone gives the order. */
START_TEST(own_samples_say_the_same_without_places)
{
    const char *path = files.gl_pathv[_i];

    (void) laws(xd_str(strrchr(path, '/') + 1), path, true);
}
END_TEST


START_TEST(corpus_says_the_same)
{
    const char *corpus = getenv("CROSSDOCK_CORPUS");
    xd_str_t folder = xd_fmt(arena, "%s/edifact",
        corpus != NULL ? corpus : "../shared/corpus");
    xd_str_t all;
    int messages = 0;

    if (xd_file_read(arena, xd_fmt(arena, "%.*s/INDEX.tsv", XD_FMT(folder)).ptr,
            1 << 20, &all)
        != XD_OK)
    {
        (void) fprintf(stderr, "no corpus: skipped\n");
        return;
    }

    (void) xd_str_cut(&all, '\n'); /* the names of the columns */

    while (all.ptr != NULL) {
        xd_str_t line = xd_str_cut(&all, '\n');
        xd_str_t name = xd_str_cut(&line, '\t');

        if (name.len > 0) {
            messages += laws(name,
                xd_fmt(arena, "%.*s/%.*s", XD_FMT(folder), XD_FMT(name)).ptr,
                false);
        }
    }

    /* most of it is of directories that have no grammar here */
    ck_assert_int_ge(messages, 4);
}
END_TEST


/* Broken into lines of 80 bytes, within values too. */
START_TEST(wrapped_lines_are_read_again)
{
    const xd_node_t *again;

    envelope.wrap = 80;
    ck_assert_int_eq(write_one(tree(ORDER)), XD_OK);
    ck_assert_int_eq(out.ptr[80], '\n');
    ck_assert_int_eq(out.ptr[161], '\n');
    again = read_back(arena, xd_buf_str(&out));
    ck_assert_msg(xd_str_is(xd_nth(xd_get(xd_nth(xd_get(again, "SG25"), 1),
                                       "3"),
                                0)
                                ->text,
                      "4000000000020"),
        "%.*s", XD_FMT(xd_buf_str(&out)));
}
END_TEST


static Suite *
suite(void)
{
    Suite *s = suite_create("message");
    TCase *made = tcase_create("made"), *read = tcase_create("read");
    int nfiles = (int) files.gl_pathc;

    tcase_add_checked_fixture(made, setup, teardown);
    tcase_add_test(made, a_made_tree_gets_its_envelope_and_counts);
    tcase_add_test(made, all_that_an_envelope_can_say);
    tcase_add_test(made, what_a_tree_says_holds);
    tcase_add_test(made, marks_are_told_by_una_and_released);
    tcase_add_loop_test(made, what_a_set_cannot_say_is_refused_by_its_place, 0,
        sizeof(sayable) / sizeof(sayable[0]));
    tcase_add_loop_test(made, marks_that_nobody_can_tell_apart_are_refused, 0,
        sizeof(bad_forms) / sizeof(bad_forms[0]));
    tcase_add_test(made, no_mark_can_stand_in_data_without_release);
    tcase_add_test(made, envelope_that_cannot_be_said_is_refused);
    tcase_add_test(made, what_is_not_clean_does_not_leave);
    tcase_add_test(made, full_arena_is_told);
    tcase_add_test(made, wrapped_lines_are_read_again);
    suite_add_tcase(s, made);

    tcase_add_checked_fixture(read, setup, teardown);
    tcase_set_timeout(read, 60);
    tcase_add_loop_test(read, own_samples_say_the_same, 0, nfiles);
    tcase_add_loop_test(read, own_samples_say_the_same_without_places, 0,
        nfiles);
    tcase_add_test(read, corpus_says_the_same);
    suite_add_tcase(s, read);

    return s;
}


int
main(void)
{
    SRunner *runner;
    int failed;

    if (glob("t/cases/edifact/*.edi", 0, NULL, &files) != 0) {
        return EXIT_FAILURE;
    }

    runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    globfree(&files);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
