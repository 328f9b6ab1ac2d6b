/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Trees into interchanges.  The trees of t/cases/x12 are those that the maps
 * make (t/unit/map/x12_orders_test.c); here they become the files beside them,
 * which our own grader finds clean and makes the same trees of.
 */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/write.h"
#include "format/json.h"

#define FOLDER "t/cases/x12/"

static const char *const samples[] = { "order-out", "answer", "invoice" };

#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

static xd_arena_t *arena;
static xd_report_t report;
static xd_buf_t out;
static xd_edi_envelope_t envelope;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    out = (xd_buf_t){ 0 };
    envelope = (xd_edi_envelope_t){ .form = xd_x12_form_usual,
        .sender_qualifier = XD_STR("ZZ"),
        .sender = XD_STR("CROSSDOCK"),
        .receiver_qualifier = XD_STR("ZZ"),
        .receiver = XD_STR("ACME"),
        .version = XD_STR("004010"),
        .isa_control = 905,
        .gs_control = 412,
        .st_control = 1,
        .now_ms = 1778750000000,
        .usage = 'P' };
}


static void
teardown(void)
{
    xd_buf_free(&out);
    xd_arena_free(arena);
}


static xd_str_t
read_file(const char *name, const char *ending)
{
    xd_str_t path = xd_fmt(arena, FOLDER "%s%s", name, ending), bytes;

    ck_assert_msg(xd_file_read(arena, path.ptr, 1 << 20, &bytes) == XD_OK, "%s",
        path.ptr);

    return bytes;
}


/* As a map makes it: nowhere in any bytes. */
static void
forget_places(xd_node_t *node)
{
    node->offset = 0;
    xd_each (child, node) {
        forget_places(child);
    }
}


static xd_node_t *
tree_of(xd_str_t json)
{
    xd_node_t *root = NULL;

    ck_assert_msg(xd_json_read(arena, json, NULL, &root, &report) == XD_OK,
        "%.*s", XD_FMT(json));
    forget_places(root);

    return root;
}


/* JSON with ' for ". */
static xd_node_t *
tree(const char *text)
{
    xd_str_t json = xd_dup(arena, xd_str(text));
    char *own = xd_alloc(arena, json.len + 1);

    for (size_t i = 0; i < json.len; i++) {
        own[i] = json.ptr[i] == '\'' ? '"' : json.ptr[i];
    }

    return tree_of((xd_str_t){ own, json.len });
}


static xd_rc_t
write_one(const xd_node_t *set)
{
    const xd_node_t *const sets[] = { set };

    return xd_edi_write(arena, &envelope, sets, 1, &report, &out);
}


static const xd_edi_set_t *
graded(xd_str_t bytes)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    const xd_edi_interchange_t *ic;

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &report, &file),
        XD_OK);
    ic = XD_AT(&file.interchanges, xd_edi_interchange_t, 0);

    return XD_AT(&XD_AT(&ic->groups, xd_edi_group_t, 0)->sets, xd_edi_set_t, 0);
}


#define ck_has(want)                                                           \
    ck_assert_msg(memmem(out.ptr, out.len, want, sizeof(want) - 1) != NULL,    \
        "%.*s", XD_FMT(xd_buf_str(&out)))


static bool
told(const char *rule, const char *path)
{
    for (size_t i = 0; i < report.nkept; i++) {
        if (strcmp(report.kept[i].rule, rule) == 0
            && (path == NULL || xd_str_is(report.kept[i].path, path)))
        {
            return true;
        }
    }

    return false;
}


/* All that one tree has the other has, too. */
static bool
within(const xd_node_t *small, const xd_node_t *large)
{
    size_t n = 0;

    if (large == NULL || small->kind != large->kind) {
        return false;
    }

    if (small->kind == XD_STRING) {
        return xd_str_eq(small->text, large->text);
    }

    xd_each (child, small) {
        const xd_node_t *other = small->kind == XD_ARRAY
                                     ? xd_nth(large, n++)
                                     : xd_get_str(large, child->key);

        if (!within(child, other)) {
            return false;
        }
    }

    return true;
}


START_TEST(samples_are_written_as_they_stand)
{
    const xd_node_t *set = tree_of(read_file(samples[_i], ".tree.json"));
    const xd_edi_set_t *again;

    envelope.form.after = XD_STR("\n");
    ck_assert_int_eq(write_one(set), XD_OK);
    ck_assert_uint_eq(report.nkept, 0);
    ck_assert_msg(xd_str_eq(xd_buf_str(&out), read_file(samples[_i], ".edi")),
        "%.*s", XD_FMT(xd_buf_str(&out)));

    again = graded(xd_buf_str(&out));
    ck_assert_int_eq(again->verdict, 'A');
    ck_assert(within(set, again->tree));
}
END_TEST


/* Whatever the marks, the version and the line ends: clean, and the same. */
START_TEST(other_forms_say_the_same)
{
    static const struct {
        xd_x12_marks_t marks;
        const char *after, *version;
    } forms[] = {
        { { '|', '<', 0, '\'', 0, 0 }, "", "004010" },
        { { '*', ':', '^', '~', 0, 0 }, "\r\n", "005010" },
        { { 0x1d, '@', 0, 0x1c, 0, 0 }, "", "004030" },
        { { '*', '>', 0, '\n', 0, 0 }, "", "004010VICS" },
    };

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        for (size_t k = 0; k < SAMPLES; k++) {
            const xd_node_t *set = tree_of(read_file(samples[k], ".tree.json"));

            xd_buf_reset(&out);
            envelope.form.marks = forms[i].marks;
            envelope.form.after = xd_str(forms[i].after);
            envelope.version = xd_str(forms[i].version);
            ck_assert_msg(write_one(set) == XD_OK, "%s, form %zu", samples[k],
                i);
            ck_assert(within(set, graded(xd_buf_str(&out))->tree));
        }
    }
}
END_TEST


START_TEST(several_sets_are_numbered_on)
{
    const xd_node_t *set = tree("{'ST':[{'1':'855'}],'BAK':[{'1':'00','2':"
                                "'AK','3':'PO-1','4':'20260514'}]}");
    const xd_node_t *const sets[] = { set, set, set };

    envelope.st_control = 9998;
    envelope.isa_control = 1;
    envelope.ack_requested = true;
    envelope.usage = 'T';
    ck_assert_int_eq(xd_edi_write(arena, &envelope, sets, 3, &report, &out),
        XD_OK);
    ck_has("ST*855*10000~");
    ck_has("SE*3*10000~GE*3*412~");
    ck_has("*000000001*1*T*>~");
}
END_TEST


#define ORDER                                                                  \
    "{'ST':[{'1':'850'}],'BEG':[{'1':'00','2':'SA','3':'PO-1','5':"            \
    "'20260514'}],"
#define LINE "{'1':'1','2':'2','3':'EA','4':'3'}"


/* What a map makes stands in any order. */
START_TEST(segments_come_in_the_order_of_the_grammar)
{
    ck_assert_int_eq(
        write_one(tree("{'CTT':[{}],'PO1':[{'PID':[{'5':'RED','1':'F'}],'1':"
                       "'1','3':'EA','2':'2'}],'REF':[{'2':'9','1':'DP'}],"
                       "'CUR':[{'2':'EUR','1':'BY'}],'BEG':[{'1':'00','2':"
                       "'SA','3':'PO-1','5':'20260514'}],'ST':[{'1':'850'}]}")),
        XD_OK);
    ck_has(
        "BEG*00*SA*PO-1**20260514~CUR*BY*EUR~REF*DP*9~PO1*1*2*EA~PID*F****RED~"
        "CTT*1~SE*8*0001~");
}
END_TEST


START_TEST(counts_are_computed_only_where_they_are_missing)
{
    ck_assert_int_eq(write_one(
                         tree(ORDER "'PO1':[" LINE "," LINE "],'CTT':[{}]}")),
        XD_OK);
    ck_has("CTT*2~");

    xd_buf_reset(&out);
    ck_assert_int_eq(write_one(tree(
                         ORDER "'PO1':[" LINE "," LINE "],'CTT':[{'1':'7'}]}")),
        XD_OK);
    ck_has("CTT*7~");

    xd_buf_reset(&out);
    ck_assert_int_eq(write_one(tree(ORDER "'PO1':[" LINE "]}")), XD_OK);
    ck_assert_ptr_null(memmem(out.ptr, out.len, "CTT", 3));
}
END_TEST


/* Levels stand in their parents; CTT counts them all. */
START_TEST(levels_are_written_from_the_top_down)
{
    ck_assert_int_eq(
        write_one(tree(
            "{'ST':[{'1':'856'}],'BSN':[{'1':'00','2':'A1','3':'20260514','4':"
            "'0925'}],'HL':[{'1':'1','3':'S','HL':[{'1':'2','2':'1','3':'O',"
            "'PRF':[{'1':'PO-1'}],'HL':[{'1':'3','2':'2','3':'I','LIN':[{'2':"
            "'VN','3':'A'}],'SN1':[{'2':'1','3':'EA'}]}]},{'1':'4','2':'1',"
            "'3':'O','PRF':[{'1':'PO-2'}]}]}],'CTT':[{}]}")),
        XD_OK);
    ck_has("HL*1**S~HL*2*1*O~PRF*PO-1~HL*3*2*I~LIN**VN*A~SN1**1*EA~HL*4*1*O~"
           "PRF*PO-2~CTT*4~");
}
END_TEST


START_TEST(marks_in_data_are_refused_by_their_path)
{
    const xd_node_t *set =
        tree(ORDER "'PO1':[" LINE ",{'1':'2','PID':[{'1':'F','5':'RED*BLUE'}]}"
                   "]}");

    ck_assert_int_eq(write_one(set), XD_E_SYNTAX);
    ck_assert(told("x12.write.mark", "/PO1/1/PID/0/5"));
    ck_assert_uint_eq(out.len, 0);

    envelope.form.instead = '/';
    ck_assert_int_eq(write_one(set), XD_OK);
    ck_has("PID*F****RED/BLUE~");
}
END_TEST


START_TEST(marks_in_components_are_refused_by_their_path)
{
    ck_assert_int_eq(write_one(tree(ORDER
                         "'PO1':[{'1':'1','SLN':[{'1':'1','3':'I','4':'2',"
                         "'5':['EA','A>B']}]}]}")),
        XD_E_SYNTAX);
    ck_assert(told("x12.write.mark", "/PO1/0/SLN/0/5/1"));
}
END_TEST


START_TEST(envelopes_are_held_to_their_widths)
{
    const xd_node_t *set = tree(ORDER "'PO1':[" LINE "]}");

    envelope.receiver = XD_STR("MUCH TOO LONG A NAME");
    ck_assert_int_eq(write_one(set), XD_E_SYNTAX);
    ck_assert(told("x12.write.envelope", "ISA/8"));

    envelope.receiver = XD_STR("ACME");
    envelope.group_receiver = XD_STR("A*B");
    ck_assert_int_eq(write_one(set), XD_E_SYNTAX);
    ck_assert(told("x12.write.envelope", "GS/3"));
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


START_TEST(what_has_no_grammar_is_refused)
{
    ck_assert_int_eq(write_one(tree("{'ST':[{'1':'841'}]}")), XD_E_SYNTAX);
    ck_assert(told("x12.write.envelope", "ST/1"));
    ck_assert_int_eq(write_one(tree("{}")), XD_E_SYNTAX);
    envelope.version = XD_STR("003040");
    ck_assert_int_eq(write_one(tree(ORDER "'PO1':[" LINE "]}")), XD_E_SYNTAX);
    envelope.version = XD_STR("004010");
    envelope.form.marks.component = '*';
    ck_assert_int_eq(write_one(tree(ORDER "'PO1':[" LINE "]}")), XD_E_SYNTAX);
    ck_assert_int_eq(xd_edi_write(arena, &envelope, NULL, 0, &report, &out),
        XD_E_SYNTAX);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


/* What our own grader would refuse does not leave. */
START_TEST(what_is_not_clean_is_refused)
{
    ck_assert_int_eq(write_one(
                         tree(ORDER "'ZZZ':[{'1':'A'}],'PO1':[" LINE "]}")),
        XD_E_SYNTAX);
    ck_assert(told("x12.segment.unknown", NULL));
    ck_assert_int_eq(write_one(tree(ORDER "'PO1':[{'2':'2'}],'CUR':[{'1':'BY'"
                                          "}]}")),
        XD_E_SYNTAX);
    ck_assert(told("x12.element.missing", "CUR/2"));
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


/* Loops without end can only be made, not read. */
START_TEST(loops_are_bounded)
{
    xd_node_t *set = tree("{'ST':[{'1':'856'}],'HL':[{'1':'1','3':'S'}]}");
    xd_node_t *level = xd_nth(xd_get(set, "HL"), 0);

    for (int i = 0; i < 200; i++) {
        xd_node_t *below = xd_put(arena, level, "HL", XD_ARRAY);

        level = xd_node_add(arena, below, xd_node_new(arena, XD_OBJECT));
        xd_put_str(arena, level, "1", XD_STR("2"));
        xd_put_str(arena, level, "3", XD_STR("I"));
    }

    ck_assert_int_eq(write_one(set), XD_E_LIMIT);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


/* Amended trees: what was read keeps its place, what is new stands with what
 * is before it. */
START_TEST(read_trees_keep_their_order)
{
    const xd_edi_set_t *set = graded(read_file("order-in", ".edi"));
    xd_node_t *po1 = xd_nth(xd_get(set->tree, "PO1"), 1), *ref;
    xd_x12_writer_t w;

    ref = xd_node_add(arena, xd_put(arena, po1, "REF", XD_ARRAY),
        xd_node_new(arena, XD_OBJECT));
    xd_put_str(arena, ref, "1", XD_STR("CT"));
    xd_put_str(arena, ref, "2", XD_STR("C-1"));

    xd_x12_write_open(&w, &xd_x12_form_usual, &out);
    ck_assert_int_eq(xd_edi_write_set(&w, arena, set->tree, XD_STR("004010"),
                         XD_STR("4711"), &report),
        XD_OK);
    ck_has("PID*F****SEWING PINS~REF*CT*C-1~PO1*A7");
    ck_has("SE*29*4711~");
}
END_TEST


START_TEST(full_arena_or_buffer_is_told)
{
    const xd_node_t *set = tree_of(read_file("invoice", ".tree.json"));
    xd_rc_t rc = XD_E_MEMORY;

    xd_buf_add(&out, XD_STR("before"));
    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        out.len = 6;
        xd_arena_fail_at(arena, n);
        rc = write_one(set);
        xd_arena_fail_at(arena, 0);
        ck_assert(rc == XD_OK || rc == XD_E_MEMORY);
        ck_assert(rc == XD_OK || out.len == 6);
    }

    xd_buf_free(&out);
    out = (xd_buf_t){ .limit = 300 };
    ck_assert_int_eq(write_one(set), XD_E_LIMIT);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST


/* Groups of one interchange, each with sets of its kind and its numbers. */
START_TEST(an_interchange_of_groups)
{
    const xd_edi_out_t orders[] = {
        { tree_of(read_file("order-out", ".tree.json")), 7, XD_STR("") },
        { tree_of(read_file("order-out", ".tree.json")), 9, XD_STR("") }
    };
    const xd_edi_out_t invoice = { tree_of(read_file("invoice", ".tree.json")),
        10, XD_STR("") };
    const xd_edi_out_group_t groups[] = { { orders, 2, 55 },
        { &invoice, 1, 56 } };

    ck_assert_int_eq(xd_edi_write_groups(arena, &envelope, groups, 2, &report,
                         &out),
        XD_OK);
    ck_has("~GS*PO*CROSSDOCK*ACME*20260514*0913*55*X*004010~ST*850*0007~");
    ck_has("*0007~ST*850*0009~");
    ck_has("*0009~GE*2*55~GS*IN*");
    ck_has("*56*X*004010~ST*810*0010~");
    ck_has("*0010~GE*1*56~IEA*2*000000905~");

    out.len = 0;
    ck_assert_int_eq(xd_edi_write_groups(arena, &envelope, groups, 0, &report,
                         &out),
        XD_E_SYNTAX);
    ck_assert(told("x12.write.envelope", "ISA"));
}
END_TEST


/* Lines of 80 bytes, as some networks have them. */
START_TEST(wrapped_lines_are_read_again)
{
    const xd_node_t *set = tree_of(read_file("order-out", ".tree.json"));

    envelope.wrap = 80;
    ck_assert_int_eq(write_one(set), XD_OK);
    ck_assert_uint_gt(out.len, 200);
    ck_assert_int_eq(out.ptr[80], '\n');
    ck_assert_int_eq(out.ptr[161], '\n');
    ck_assert(within(set, graded(xd_buf_str(&out))->tree));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("write");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, samples_are_written_as_they_stand, 0,
        (int) SAMPLES);
    tcase_add_test(tc, other_forms_say_the_same);
    tcase_add_test(tc, several_sets_are_numbered_on);
    tcase_add_test(tc, an_interchange_of_groups);
    tcase_add_test(tc, wrapped_lines_are_read_again);
    tcase_add_test(tc, segments_come_in_the_order_of_the_grammar);
    tcase_add_test(tc, counts_are_computed_only_where_they_are_missing);
    tcase_add_test(tc, levels_are_written_from_the_top_down);
    tcase_add_test(tc, marks_in_data_are_refused_by_their_path);
    tcase_add_test(tc, marks_in_components_are_refused_by_their_path);
    tcase_add_test(tc, envelopes_are_held_to_their_widths);
    tcase_add_test(tc, what_has_no_grammar_is_refused);
    tcase_add_test(tc, what_is_not_clean_is_refused);
    tcase_add_test(tc, loops_are_bounded);
    tcase_add_test(tc, read_trees_keep_their_order);
    tcase_add_test(tc, full_arena_or_buffer_is_told);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
