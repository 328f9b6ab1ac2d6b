/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "cel/cel.h"

static xd_arena_t *arena;
static xd_arena_t *scratch;
static xd_report_t report;


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


/* What the expression gives, as text; an error begins with "!". */
static const char *
gives(const char *source, bool unchecked)
{
    const xd_cel_env_t env = { .unchecked = unchecked };
    xd_cel_program_t *program;
    xd_buf_t out = { 0 };
    xd_cel_value_t v;
    xd_str_t text;

    ck_assert_msg(xd_cel_compile(arena, xd_str(source), &env, &program, &report)
                      == XD_OK,
        "%s: %.*s", source, XD_FMT(report.kept[0].text));

    if (xd_cel_eval(program, scratch, NULL, 0, 0, &v) != XD_OK) {
        ck_assert_int_eq(v.kind, XD_CEL_ERROR);
        return xd_fmt(arena, "!%.*s", XD_FMT(v.as.text)).ptr;
    }

    xd_cel_write(&out, &v);
    ck_assert_int_eq(xd_buf_rc(&out), XD_OK);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text.ptr;
}


static const struct {
    const char *source, *want; /* want "!": the beginning of an error */
} runs[] = {
    { "1 + 2 * 3 - 4 / 2 % 2", "7" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "9223372036854775807 + 1", "!return error: int overflow" },
    { "-9223372036854775808 / -1", "!return error: int overflow" },
    { "0u - 1u", "!return error: uint overflow" },
    { "1 / 0", "!division by zero" },
    { "1.5 / 0.0", "double(\"Infinity\")" },
    { "0x1F == 31 && 0x1Fu == 31u", "true" },
    { "dyn(1) == 1u && dyn(1u) == 1.0 && dyn(-1) < 0u", "true" },
    { "double('NaN') == double('NaN')", "false" },
    { "'\\u00e4\\x41\\101' + r'\\n'", "\"\xc3\xa4"
                                      "AA\\\\n\"" },
    { "b'\\xff\\377' + bytes('\\u00ff')", "b\"\\xff\\xff\\xc3\\xbf\"" },
    { "'''a\n'b'''.size()", "4" },
    { "size('\\U0001F600')", "1" },
    { "1/0 > 0 || true", "true" },
    { "false && 1/0 > 0", "false" },
    { "1/0 > 0 || false", "!division by zero" },
    { "[1, 2, 3].exists(x, x > 2) ? 'a' : 'b'", "\"a\"" },
    { "[0, 1].all(x, 1 / x > 5)", "false" },
    { "[0, 1].exists(x, 1 / x == 1)", "true" },
    { "[0, 1].exists_one(x, 1 / x == 1)", "!division by zero" },
    { "[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]" },
    { "{'b': 1, 'a': 2}.filter(k, k != 'a')", "[\"b\"]" },
    { "{'b': 1}.transformMap(k, v, k + string(v))", "{\"b\": \"b1\"}" },
    { "[1, 2].transformMapEntry(i, v, {v: i})", "{1: 0, 2: 1}" },
    { "cel.bind(x, [1, 2].map(y, y), x + x)", "[1, 2, 1, 2]" },
    { "[[1, 2], [3]].map(x, x.map(y, y + size(x)))", "[[3, 4], [4]]" },
    { "has({'a': 1}.a) && !has({'a': 1}.b)", "true" },
    { "{'a': 1}.b", "!no such key: b" },
    { "{1: 2, 1u: 3}", "!a key stands twice" },
    { "[1, 2][2]", "!index out of bounds: 2" },
    { "{'a': {'b': 1}}.?a.?c.orValue(7)", "7" },
    { "[?optional.none(), ?optional.of(1)]", "[1]" },
    { "'abc'.matches('^a.c$') && !'xay'.matches('^a')", "true" },
    { "'a-b-c'.split('-').join('+')", "\"a+b+c\"" },
    { "'hello'.replace('l', 'L', 1)", "\"heLlo\"" },
    { "'h\\u00e4llo'.substring(1, 3)", "\"\xc3\xa4l\"" },
    { "'tacocat'.lastIndexOf('a', 4)", "1" },
    { "'abc'.charAt(4)", "!index out of range: 4" },
    { "' \\u2003x '.trim().reverse().upperAscii()", "\"X\"" },
    { "strings.quote('a\"\\n')", "\"\\\"a\\\\\\\"\\\\n\\\"\"" },
    { "'%s %d %.2f %x %b %%'.format(['a', 1, 2.0, 255, 5])",
        "\"a 1 2.00 ff 101 %\"" },
    { "'%d'.format(['a'])", "!error during formatting" },
    { "'%d'.format([])", "!index 0 out of range" },
    { "decimal('19.90') + decimal('0.10')", "decimal(\"20.00\")" },
    { "decimal('19.90') * 3 == decimal('59.7')", "true" },
    { "decimal('0.000001') * decimal('0.1')", "!return error: the product" },
    { "decimal('2') > 1 && decimal('1.5') < decimal('1.50001')", "true" },
    { "decimal('1e3')", "!Type conversion error" },
    { "string(decimal('-0.50'))", "\"-0.50\"" },
    { "timestamp('2026-02-28T23:00:00-02:00') + duration('1h30m')",
        "timestamp(\"2026-03-01T02:30:00Z\")" },
    { "timestamp('2026-02-29T00:00:00Z')", "!Type conversion error" },
    { "timestamp('9999-12-31T23:59:59Z') + duration('1s')", "!range error" },
    { "timestamp('2024-12-31T12:00:00Z').getDayOfYear()", "365" },
    { "timestamp('2026-07-01T12:00:00Z').getHours('+05:30')", "17" },
    { "timestamp(0).getHours('Nowhere/Land')", "!the time zone Nowhere" },
    { "timestamp(0).getHours('../../etc/passwd')", "!the time zone" },
    { "duration('-1.5s')", "duration(\"-1.5s\")" },
    { "duration('90m').getHours()", "1" },
    { "duration('400000000h')", "!Type conversion error" },
    { "string(1.0) + string(1e21) + string(-0.00001)", "\"11e+21-1e-05\"" },
    { "[1.0, 0.1, 123456.789, 1e-7]", "[1.0, 0.1, 123456.789, 1e-07]" },
    { "int('12') + int(3.9) + int(true ? 1u : 2u)", "16" },
    { "int(9223372036854775807.0)", "!range error" },
    { "uint(-1)", "!range error" },
    { "string(b'\\xff')", "!invalid UTF-8" },
    { "[type(1), type(int), type(null), type([])]",
        "[int, type, null_type, list]" },
    { "base64.encode(base64.decode('aGVsbG8'))", "\"aGVsbG8=\"" },
    { "base64.decode('a')", "!invalid base64" },
    { "math.greatest(1, 2u, 2.5) + math.round(-2.5)", "-0.5" },
    { "math.floor(-1.5) + math.ceil(1.2) + math.trunc(-1.9)", "-1.0" },
    { "math.bitShiftRight(-1, 60)", "15" },
    { "math.abs(-9223372036854775808)", "!return error: int overflow" },
    { "{'a': [1, {'b': null}]} == {'a': [1u, {'b': null}]}", "true" },
    { "{'a': 1}.`a`", "1" },
    { "!!!false", "true" },
    { "// nothing\n 1 // one", "1" },
};


START_TEST(runs_as_the_specification_says)
{
    const char *got = gives(runs[_i].source, false);

    if (runs[_i].want[0] == '!') {
        ck_assert_msg(strncmp(got, runs[_i].want, strlen(runs[_i].want)) == 0,
            "%s: %s", runs[_i].source, got);
    } else {
        ck_assert_str_eq(got, runs[_i].want);
    }
}
END_TEST


/* What the checker would have refused is an error of the run. */
static const struct {
    const char *source, *want;
} loose[] = {
    { "x || true", "true" },
    { "x", "!the variable x has no value" },
    { "f(1)", "!there is no function f" },
    { "'a' + 1", "!no such overload" },
    { "1 ? 2 : 3", "!no such overload" },
    { "{null: 1}", "!unsupported key type" },
    { "'a'.matches('(')", "!the pattern is refused" },
};


START_TEST(unchecked_errors_come_when_it_runs)
{
    const char *got = gives(loose[_i].source, true);

    ck_assert_msg(strncmp(got, loose[_i].want, strlen(loose[_i].want)) == 0,
        "%s: %s", loose[_i].source, got);
}
END_TEST


static const struct {
    const char *source, *rule;
    uint32_t line, column;
} faults[] = {
    { "", "cel.syntax", 1, 1 },
    { "1 +", "cel.syntax", 1, 4 },
    { "1 2", "cel.syntax", 1, 3 },
    { "(1", "cel.syntax", 1, 3 },
    { "f(1,)", "cel.syntax", 1, 5 },
    { "[1", "cel.syntax", 1, 3 },
    { "{1}", "cel.syntax", 1, 3 },
    { "a.1", "cel.syntax", 1, 2 },
    { "1 =\n= 2", "cel.syntax", 1, 3 },
    { "'abc", "cel.syntax", 1, 1 },
    { "'a\nb'", "cel.syntax", 1, 1 },
    { "'''abc''", "cel.syntax", 1, 1 },
    { "'\\q'", "cel.syntax", 1, 1 },
    { "'\\ud800'", "cel.syntax", 1, 1 },
    { "'\\x1'", "cel.syntax", 1, 1 },
    { "b'\\u0041'", "cel.syntax", 1, 1 },
    { "9223372036854775808", "cel.syntax", 1, 1 },
    { "18446744073709551616u", "cel.syntax", 1, 1 },
    { "1 +\n  #", "cel.syntax", 2, 3 },
    { "for", "cel.syntax", 1, 1 },
    { "\xff", "cel.syntax", 1, 1 },
    { "has(1)", "cel.syntax", 1, 5 },
    { "[1].all(1, true)", "cel.syntax", 1, 9 },
    { "[1].all(x, x, true)", "cel.syntax", 1, 12 },
    { "cel.block(1, 2)", "cel.syntax", 1, 11 },
    { "cel.index(-1)", "cel.syntax", 1, 11 },
    { "x", "cel.type", 1, 1 },
    { "1 + 'a'", "cel.type", 1, 3 },
    { "f(1)", "cel.type", 1, 1 },
    { "1 == 'a'", "cel.type", 1, 3 },
    { "1 in ['a']", "cel.type", 1, 3 },
    { "true && 1", "cel.type", 1, 9 },
    { "1 ? 2 : 3", "cel.type", 1, 1 },
    { "true ? 1 : 'a'", "cel.type", 1, 6 },
    { "[1].b", "cel.type", 1, 4 },
    { "[1]['a']", "cel.type", 1, 4 },
    { "{'a': 1}[1]", "cel.type", 1, 9 },
    { "1[0]", "cel.type", 1, 2 },
    { "[1].exists(x, x)", "cel.type", 1, 15 },
    { "[1].filter(x, 1)", "cel.type", 1, 15 },
    { "1.0.map(x, x)", "cel.type", 1, 1 },
    { "[?1]", "cel.type", 1, 3 },
    { "'a'.matches('(?=b)')", "cel.type", 1, 13 },
    { "'a'.matches('(a)\\\\1')", "cel.type", 1, 13 },
    { "'a'.matches('a++')", "cel.type", 1, 13 },
    { "'a'.matches('a{2000}')", "cel.type", 1, 13 },
    { "'a'.matches('[')", "cel.type", 1, 13 },
};


START_TEST(points_at_the_fault)
{
    xd_cel_program_t *program = NULL;

    ck_assert_int_eq(xd_cel_compile(arena, xd_str(faults[_i].source), NULL,
                         &program, &report),
        XD_E_SYNTAX);
    ck_assert_ptr_null(program);
    ck_assert_uint_eq(report.nkept, 1);
    ck_assert_str_eq(report.kept[0].rule, faults[_i].rule);
    ck_assert_uint_eq(report.kept[0].line, faults[_i].line);
    ck_assert_uint_eq(report.kept[0].column, faults[_i].column);
    ck_assert_uint_gt(report.kept[0].text.len, 0);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("cel");
    TCase *tc = tcase_create("expression");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, runs_as_the_specification_says, 0,
        sizeof(runs) / sizeof(runs[0]));
    tcase_add_loop_test(tc, unchecked_errors_come_when_it_runs, 0,
        sizeof(loose) / sizeof(loose[0]));
    tcase_add_loop_test(tc, points_at_the_fault, 0,
        sizeof(faults) / sizeof(faults[0]));

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
