/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "cel/cel.h"

static xd_arena_t *arena;
static xd_arena_t *scratch;
static xd_report_t report;

/* A document's types, as a schema would give them. */
static const xd_cel_type_t order_type = { .kind = XD_CEL_OBJECT,
    .name = { "order", 5 } };
static const xd_cel_type_t line_type = { .kind = XD_CEL_OBJECT,
    .name = { "line", 4 } };
static const xd_cel_type_t lines_type = { .kind = XD_CEL_LIST,
    .of = &line_type };


static const xd_cel_type_t *
variable(void *ctx, xd_str_t name)
{
    (void) ctx;

    return xd_str_is(name, "order")   ? &order_type
           : xd_str_is(name, "a.b.n") ? xd_cel_type(XD_CEL_INT)
                                      : NULL;
}


static const xd_cel_type_t *
member(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    static const struct {
        const xd_cel_type_t *of;
        const char *name;
        xd_cel_kind_t kind;
    } members[] = {
        { &order_type, "total", XD_CEL_DECIMAL },
        { &order_type, "at", XD_CEL_TIMESTAMP },
        { &order_type, "weight", XD_CEL_DOUBLE },
        { &line_type, "price", XD_CEL_DECIMAL },
        { &line_type, "qty", XD_CEL_INT },
    };

    (void) ctx;

    if (object == &order_type && xd_str_is(name, "lines")) {
        return &lines_type;
    }

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (members[i].of == object && xd_str_is(name, members[i].name)) {
            return xd_cel_type(members[i].kind);
        }
    }

    return NULL;
}


static const xd_cel_env_t typed = { .variable = variable, .member = member };


static void
setup(void)
{
    arena = xd_arena_new(0);
    scratch = xd_arena_new(0);
    xd_report_init(&report, arena, 10);
}


static void
teardown(void)
{
    xd_arena_free(arena);
    xd_arena_free(scratch);
}


static xd_node_t *
order(void)
{
    xd_node_t *root = xd_node_new(arena, XD_OBJECT);
    xd_node_t *lines = xd_put(arena, root, "lines", XD_ARRAY);
    static const char *const prices[] = { "19.90", "0.05" };

    for (int i = 0; i < 2; i++) {
        xd_node_t *line =
            xd_node_add(arena, lines, xd_node_new(arena, XD_OBJECT));

        (void) xd_put_str(arena, line, "price", xd_str(prices[i]));
        (void) xd_put_num(arena, line, "qty", i + 1);
    }

    (void) xd_put_str(arena, root, "total", XD_STR("20.00"));
    (void) xd_put_str(arena, root, "at", XD_STR("2026-05-14T09:31:22.412Z"));
    (void) xd_put_num(arena, root, "weight", 3);

    return root;
}


static xd_cel_program_t *
compiled(const char *source, const xd_cel_env_t *env)
{
    xd_cel_program_t *program = NULL;

    ck_assert_msg(xd_cel_compile(arena, xd_str(source), env, &program, &report)
                      == XD_OK,
        "%s: %.*s", source, XD_FMT(report.kept[0].text));

    return program;
}


static const char *const conditions[] = {
    "order.total == decimal('20')",
    "order.total > decimal('19.99') && order.total < 21",
    "order.lines[0].price + order.lines[1].price * 2 == order.total",
    "order.lines.all(l, l.price > decimal('0') && l.qty > 0)",
    "order.lines.map(l, l.price)[1] == decimal('0.05')",
    "order.at < timestamp('2026-05-14T09:31:22.413Z')",
    "order.at.getMilliseconds() == 412",
    "order.weight / 2.0 == 1.5",
    "has(order.total) && size(order.lines) == 2",
    "order.lines.exists_one(l, l.qty == 2)",
    "order == order",
    "a.b.n == 7",
};


START_TEST(reads_a_document_by_its_types)
{
    xd_cel_program_t *program = compiled(conditions[_i], &typed);
    xd_node_t *doc = order();
    xd_cel_binding_t bound[] = {
        { XD_STR("order"), xd_cel_of_node(scratch, doc) },
        { XD_STR("a.b.n"), { .kind = XD_CEL_INT, .as.number = 7 } },
    };
    xd_str_t why = XD_STR_NONE;
    bool holds = false;

    ck_assert_int_eq(xd_cel_result(program)->kind, XD_CEL_BOOL);
    ck_assert_msg(xd_cel_holds(program, scratch, bound, 2, &holds, &why)
                      == XD_OK,
        "%.*s", XD_FMT(why));
    ck_assert(holds);
}
END_TEST


static const struct {
    const char *source;
    uint32_t column;
} mistyped[] = {
    { "order.total > 1.5", 13 },
    { "order.totl", 6 },
    { "order.lines[0].sku", 15 },
    { "order.lines.exists(l, l.qty == 'a')", 29 },
    { "order.at + 1", 10 },
    { "ordr", 1 },
};


START_TEST(refuses_what_the_types_do_not_allow)
{
    xd_cel_program_t *program;

    ck_assert_int_eq(xd_cel_compile(arena, xd_str(mistyped[_i].source), &typed,
                         &program, &report),
        XD_E_SYNTAX);
    ck_assert_str_eq(report.kept[0].rule, "cel.type");
    ck_assert_uint_eq(report.kept[0].column, mistyped[_i].column);
}
END_TEST


START_TEST(a_value_that_is_none_of_its_type_is_an_error)
{
    xd_cel_program_t *program = compiled("order.total > 1", &typed);
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_cel_binding_t bound = { XD_STR("order"), { 0 } };
    xd_str_t why;
    bool holds = true;

    (void) xd_put_str(arena, doc, "total", XD_STR("a lot"));
    bound.value = xd_cel_of_node(scratch, doc);
    ck_assert_int_eq(xd_cel_holds(program, scratch, &bound, 1, &holds, &why),
        XD_E_SYNTAX);
    ck_assert(!holds);
    ck_assert(xd_str_is(why, "\"a lot\" is no decimal"));
}
END_TEST


START_TEST(only_a_bool_is_a_condition)
{
    xd_cel_program_t *program = compiled("1 + 1", NULL);
    xd_str_t why;
    bool holds = true;

    ck_assert_int_eq(xd_cel_holds(program, scratch, NULL, 0, &holds, &why),
        XD_E_SYNTAX);
    ck_assert(!holds);
    ck_assert_uint_gt(why.len, 0);
}
END_TEST


/* -- limits --------------------------------------------------------------- */

static xd_str_t
repeated(const char *before, const char *text, size_t times, const char *after)
{
    xd_buf_t out = { 0 };
    xd_str_t s;

    xd_buf_text(&out, before);
    for (size_t i = 0; i < times; i++) {
        xd_buf_text(&out, text);
    }

    xd_buf_text(&out, after);
    s = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return s;
}


static const struct {
    const char *before, *text, *after;
    size_t times;
    xd_rc_t want;
} sizes[] = {
    { "", "(", "1", 10000, XD_E_LIMIT },
    { "", "[", "1", 10000, XD_E_LIMIT },
    { "", "{1:", "1", 10000, XD_E_LIMIT },
    { "", "!", "true", 10000, XD_E_LIMIT },
    { "", "-", "1.0", 10000, XD_E_LIMIT },
    { "1", "+1", "", 5000, XD_E_LIMIT },
    { "1", "+1", "", 100, XD_OK },
    { "{}", ".a", "", 5000, XD_E_LIMIT },
    { "{}", "[0]", "", 5000, XD_E_LIMIT },
    { "", "true?1:", "1", 5000, XD_E_LIMIT },
    { "true", "&&true", "", 4000, XD_OK },
    { "false", "||false", "", 20000, XD_E_LIMIT },
    { "[1", ",1", "]", 20000, XD_E_LIMIT },
    { "", "f(", "", 10000, XD_E_LIMIT },
    { "", "[1].map(x,", "1", 10000, XD_E_LIMIT },
};


START_TEST(nesting_and_size_have_limits)
{
    xd_cel_program_t *program;
    xd_str_t source = repeated(sizes[_i].before, sizes[_i].text,
        sizes[_i].times, sizes[_i].after);

    ck_assert_int_eq(xd_cel_compile(arena, source, NULL, &program, &report),
        sizes[_i].want);
    if (sizes[_i].want == XD_E_LIMIT) {
        ck_assert_str_eq(report.kept[0].rule, "cel.limit");
    }
}
END_TEST


static const char *const dear[] = {
    "[1,2,3,4,5,6,7,8,9,0].all(a, [1,2,3,4,5,6,7,8,9,0].all(b, "
    "[1,2,3,4,5,6,7,8,9,0].all(c, [1,2,3,4,5,6,7,8,9,0].all(d, "
    "[1,2,3,4,5,6,7,8,9,0].all(e, [1,2,3,4,5,6,7,8,9,0].all(f, "
    "[1,2,3,4,5,6,7,8,9,0].all(g, a + b + c + d + e + f + g >= 0)))))))",
    "cel.bind(a, [1,2,3,4,5,6,7,8], cel.bind(b, [a,a,a,a,a,a,a,a], "
    "cel.bind(c, [b,b,b,b,b,b,b,b], cel.bind(d, [c,c,c,c,c,c,c,c], "
    "cel.bind(e, [d,d,d,d,d,d,d,d], cel.bind(f, [e,e,e,e,e,e,e,e], "
    "cel.bind(g, [f,f,f,f,f,f,f,f], g == [f,f,f,f,f,f,f,f])))))))",
    "true || [1,2,3,4,5,6,7,8,9,0].all(a, true)",
};


START_TEST(cost_is_not_absorbed)
{
    xd_cel_program_t *program = compiled(dear[_i], NULL);
    uint64_t most = _i == 2 ? 1 : 0;
    xd_cel_value_t v;

    ck_assert_int_eq(xd_cel_eval(program, scratch, NULL, 0, most, &v),
        XD_E_LIMIT);
    ck_assert_int_eq(v.kind, XD_CEL_ERROR);
}
END_TEST


START_TEST(the_estimate_grows_with_what_is_nested)
{
    uint64_t one = xd_cel_estimate(compiled("[1].all(a, a > 0)", NULL));
    uint64_t two =
        xd_cel_estimate(compiled("[1].all(a, [1].all(b, a + b > 0))", NULL));

    ck_assert_uint_gt(one, 10);
    ck_assert_uint_gt(two, 5 * one);
}
END_TEST


/* Each step of a text doubles it: memory ends before cost does. */
START_TEST(texts_have_a_limit)
{
    xd_str_t source = repeated("cel.bind(a0, 'xxxxxxxxxxxxxxxx', ", "", 0, "");
    xd_cel_program_t *program;
    xd_buf_t out = { 0 };
    xd_cel_value_t v;

    xd_buf_add(&out, source);
    for (int i = 1; i < 30; i++) {
        xd_buf_fmt(&out, "cel.bind(a%d, a%d + a%d, ", i, i - 1, i - 1);
    }

    xd_buf_text(&out, "a29");
    xd_buf_add(&out, repeated("", ")", 30, ""));
    program = compiled(xd_dup(arena, xd_buf_str(&out)).ptr, NULL);
    xd_buf_free(&out);
    ck_assert_int_eq(xd_cel_eval(program, scratch, NULL, 0, 0, &v),
        XD_E_SYNTAX);
}
END_TEST


START_TEST(a_pattern_cannot_hang)
{
    xd_cel_program_t *program = compiled(
        "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.matches('^(a|a|aa)*$')", NULL);
    xd_cel_value_t v;

    ck_assert_int_eq(xd_cel_eval(program, scratch, NULL, 0, 0, &v),
        XD_E_SYNTAX);
    ck_assert(xd_str_is(v.as.text, "the pattern needs too many steps"));
}
END_TEST


START_TEST(a_shared_list_is_not_written_without_end)
{
    xd_cel_program_t *program =
        compiled("cel.bind(a, [1,1,1,1,1,1,1,1], cel.bind(b, [a,a,a,a,a,a,a,a],"
                 "cel.bind(c, [b,b,b,b,b,b,b,b], cel.bind(d, [c,c,c,c,c,c,c,c],"
                 "cel.bind(e, [d,d,d,d,d,d,d,d], cel.bind(f, [e,e,e,e,e,e,e,e],"
                 "[f,f,f,f,f,f,f,f]))))))",
            NULL);
    xd_buf_t out = { 0 };
    xd_cel_value_t v;

    ck_assert_int_eq(xd_cel_eval(program, scratch, NULL, 0, 0, &v), XD_OK);
    xd_cel_write(&out, &v);
    ck_assert_int_ne(xd_buf_rc(&out), XD_OK);
    xd_buf_free(&out);
}
END_TEST


/* -- memory --------------------------------------------------------------- */

#define MANY_THINGS                                                            \
    "order.lines.filter(l, l.qty > 0).map(l, string(l.price)).join(',')"       \
    ".matches('^[0-9.,]+$') && {'a': [1, 2]}.a + [3] == [1, 2, 3]"             \
    " && optional.of('x').optMap(y, y + 'z').value() == 'xz'"                  \
    " && '%s'.format([order.lines]).size() > 3 && 'a,b'.split(',')[0] == 'a'"


/* The nth allocation fails, for each n, in both halves. */
START_TEST(survives_a_full_arena)
{
    xd_cel_program_t *program = NULL;
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc == XD_E_MEMORY && n < 2000; n++) {
        xd_arena_t *small = xd_arena_new(0);

        xd_arena_fail_at(small, n);
        rc = xd_cel_compile(small, XD_STR(MANY_THINGS), &typed, &program,
            &report);
        ck_assert_msg(rc == XD_OK || rc == XD_E_MEMORY, "n %zu: %d", n, rc);
        xd_arena_free(small);
    }

    ck_assert_int_eq(rc, XD_OK);
}
END_TEST


START_TEST(a_run_survives_a_full_arena)
{
    xd_cel_program_t *program = compiled(MANY_THINGS, &typed);
    xd_node_t *doc = order();
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    for (n = 1; rc == XD_E_MEMORY && n < 2000; n++) {
        xd_cel_binding_t bound = { XD_STR("order"), { 0 } };
        xd_str_t why;
        bool holds;

        xd_arena_reset(scratch);
        bound.value = xd_cel_of_node(scratch, doc);
        xd_arena_fail_at(scratch, n);
        rc = xd_cel_holds(program, scratch, &bound, 1, &holds, &why);
        ck_assert_msg(holds == (rc == XD_OK), "n %zu", n);
        xd_arena_fail_at(scratch, 0);
    }

    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
}
END_TEST


/* A document is walked where it stands: what a run needs does not grow. */
START_TEST(runs_do_not_pile_up)
{
    xd_cel_program_t *program = compiled("order.total > 1", &typed);
    xd_node_t *doc = order();
    size_t first = 0;

    for (int i = 0; i < 100; i++) {
        xd_cel_binding_t bound = { XD_STR("order"),
            xd_cel_of_node(scratch, doc) };
        bool holds;

        ck_assert_int_eq(xd_cel_holds(program, scratch, &bound, 1, &holds,
                             NULL),
            XD_OK);
        first = i == 0 ? xd_arena_used(scratch) : first;
        ck_assert_uint_eq(xd_arena_used(scratch), first);
        xd_arena_reset(scratch);
    }
}
END_TEST


static void *
many_runs(void *ctx)
{
    const xd_cel_program_t *program = ctx;
    xd_arena_t *own = xd_arena_new(0);
    size_t good = 0;
    bool holds;

    for (int i = 0; i < 2000; i++) {
        good +=
            xd_cel_holds(program, own, NULL, 0, &holds, NULL) == XD_OK && holds;
        xd_arena_reset(own);
    }

    xd_arena_free(own);

    return good == 2000 ? ctx : NULL;
}


START_TEST(threads_share_a_program)
{
    xd_cel_program_t *program = compiled(
        "['ab', 'b'].all(x, x.matches('a?b')) && [1, 2].map(x, x) == [1, 2]",
        NULL);
    pthread_t threads[4];

    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, many_runs, program),
            0);
    }

    for (int i = 0; i < 4; i++) {
        void *good = NULL;

        ck_assert_int_eq(pthread_join(threads[i], &good), 0);
        ck_assert_ptr_nonnull(good);
    }
}
END_TEST


#define COUNT(table) (int) (sizeof(table) / sizeof((table)[0]))


int
main(void)
{
    Suite *s = suite_create("cel");
    TCase *tc = tcase_create("program");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 30);
    tcase_add_loop_test(tc, reads_a_document_by_its_types, 0,
        COUNT(conditions));
    tcase_add_loop_test(tc, refuses_what_the_types_do_not_allow, 0,
        COUNT(mistyped));
    tcase_add_test(tc, a_value_that_is_none_of_its_type_is_an_error);
    tcase_add_test(tc, only_a_bool_is_a_condition);
    tcase_add_loop_test(tc, nesting_and_size_have_limits, 0, COUNT(sizes));
    tcase_add_loop_test(tc, cost_is_not_absorbed, 0, COUNT(dear));
    tcase_add_test(tc, the_estimate_grows_with_what_is_nested);
    tcase_add_test(tc, texts_have_a_limit);
    tcase_add_test(tc, a_pattern_cannot_hang);
    tcase_add_test(tc, a_shared_list_is_not_written_without_end);
    tcase_add_test(tc, survives_a_full_arena);
    tcase_add_test(tc, a_run_survives_a_full_arena);
    tcase_add_test(tc, runs_do_not_pile_up);
    tcase_add_test(tc, threads_share_a_program);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
