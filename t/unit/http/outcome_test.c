/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <stdlib.h>

#include "connectors/http/outcome.h"

static const struct {
    xd_web_result_t result;
    int status;
    int64_t pause; /* Retry-After; -1: none */
    const char *body;
    outcome_kind_t kind;
    health_t health;
    const char *id;
} cases[] = {
    { XD_WEB_NOT_SENT, 0, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },
    { XD_WEB_UNKNOWN, 0, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },

    { XD_WEB_ANSWERED, 200, -1, "{\"id\":\"E-1\"}", OUTCOME_DONE, HEALTH_WELL,
        "E-1" },
    { XD_WEB_ANSWERED, 201, -1, " {\"id\":17}\n", OUTCOME_DONE, HEALTH_WELL,
        "17" },
    { XD_WEB_ANSWERED, 204, -1, "", OUTCOME_DONE, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 202, -1, " \n", OUTCOME_DONE, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 200, -1, "[]", OUTCOME_DONE, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 200, -1, "{\"id\":null}", OUTCOME_DONE, HEALTH_WELL,
        "" },
    { XD_WEB_ANSWERED, 200, -1, "{\"id\":\"a\\nb\"}", OUTCOME_DONE, HEALTH_WELL,
        "" },
    { XD_WEB_ANSWERED, 200, -1, "<html>", OUTCOME_AGAIN, HEALTH_SICK, "" },
    { XD_WEB_ANSWERED, 201, -1, "{\"id\":\"E-1\"", OUTCOME_AGAIN, HEALTH_SICK,
        "" },

    { XD_WEB_ANSWERED, 400, -1, "{}", OUTCOME_REFUSED, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 400, -1, "{\"code\":\"IDEMPOTENCY_ERROR\"}",
        OUTCOME_REFUSED, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 400, -1, "{\"id\":\"7\"}", OUTCOME_REFUSED, HEALTH_WELL,
        "7" },
    { XD_WEB_ANSWERED, 400, -1,
        "{\"code\":\"IDEMPOTENCY_ERROR\",\"id\":\"E-7\"}", OUTCOME_DONE,
        HEALTH_WELL, "E-7" },
    { XD_WEB_ANSWERED, 400, -1,
        "{\"o:errorCode\":\"IDEMPOTENCY_ERROR\",\"id\":\"E-7\"}", OUTCOME_DONE,
        HEALTH_WELL, "E-7" },
    { XD_WEB_ANSWERED, 401, -1, "", OUTCOME_LOCKED_OUT, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 403, -1, "", OUTCOME_REFUSED, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 404, -1, "", OUTCOME_REFUSED, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 408, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },
    { XD_WEB_ANSWERED, 409, -1, "{\"id\":\"E-9\"}", OUTCOME_DONE, HEALTH_WELL,
        "E-9" },
    { XD_WEB_ANSWERED, 409, -1, "{\"detail\":\"other\"}", OUTCOME_REFUSED,
        HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 409, 1000, "{\"detail\":\"running\"}", OUTCOME_AGAIN,
        HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 413, -1, "", OUTCOME_REFUSED, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 422, -1, "{\"id\":\"x\"}", OUTCOME_REFUSED, HEALTH_WELL,
        "x" },
    { XD_WEB_ANSWERED, 425, -1, "", OUTCOME_AGAIN, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 429, -1, "", OUTCOME_AGAIN, HEALTH_BUSY, "" },
    { XD_WEB_ANSWERED, 429, 0, "", OUTCOME_AGAIN, HEALTH_BUSY, "" },

    { XD_WEB_ANSWERED, 500, -1, "{\"id\":\"E-1\"}", OUTCOME_AGAIN, HEALTH_SICK,
        "E-1" },
    { XD_WEB_ANSWERED, 503, 5000, "", OUTCOME_AGAIN, HEALTH_BUSY, "" },
    { XD_WEB_ANSWERED, 503, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },
    { XD_WEB_ANSWERED, 504, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },
    { XD_WEB_ANSWERED, 302, -1, "", OUTCOME_REFUSED, HEALTH_WELL, "" },
    { XD_WEB_ANSWERED, 199, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },
    { XD_WEB_ANSWERED, 777, -1, "", OUTCOME_AGAIN, HEALTH_SICK, "" },
};

static xd_arena_t *arena;
static outcome_answer_t said;


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static void
read_body(const char *body, bool any)
{
    xd_web_answer_t answer = { .result = XD_WEB_ANSWERED,
        .body = xd_str(body),
        .retry_after_ms = -1 };

    outcome_read(&answer, any, arena, &said);
}


START_TEST(follows_the_table)
{
    xd_web_answer_t answer = { .result = cases[_i].result,
        .status = cases[_i].status,
        .body = xd_str(cases[_i].body),
        .retry_after_ms = cases[_i].pause };
    const outcome_t *o;

    outcome_read(&answer, false, arena, &said);
    o = outcome_of(answer.result, answer.status, said.signs);

    ck_assert_int_eq(o->kind, cases[_i].kind);
    ck_assert_int_eq(o->health, cases[_i].health);
    ck_assert(xd_str_is(said.id, cases[_i].id));
}
END_TEST


/* No status may run off the end of the table, whatever was seen. */
START_TEST(every_status_has_a_row)
{
    for (int status = 0; status <= 999; status++) {
        for (unsigned signs = 0; signs < 16; signs++) {
            const outcome_t *o = outcome_of(XD_WEB_ANSWERED, status, signs);

            ck_assert_ptr_nonnull(o->label);
            ck_assert_ptr_nonnull(o->text);
        }
    }
}
END_TEST


START_TEST(a_partner_may_answer_anything)
{
    read_body("<html>thanks</html>", true);
    ck_assert_int_eq(outcome_of(XD_WEB_ANSWERED, 200, said.signs)->kind,
        OUTCOME_DONE);
}
END_TEST


static const struct {
    const char *body, *text;
} texts[] = {
    { "{\"detail\":\"/units is missing\",\"title\":\"T\"}",
        "/units is missing" },
    { "{\"message\":\"no\"}", "no" },
    { "{\"error\":{\"code\":1}}", "" },
    { "{\"title\":\"Bad\"}", "Bad" },
    { "not json", "" },
    { "\"detail\"", "" },
};


START_TEST(finds_the_sentence)
{
    read_body(texts[_i].body, false);
    ck_assert_msg(xd_str_is(said.text, texts[_i].text), "%.*s",
        XD_FMT(said.text));
}
END_TEST


START_TEST(cuts_a_long_sentence_between_characters)
{
    char body[2000] = "{\"detail\":\"x";

    for (int i = 0; i < 600; i++) {
        strcat(body, "\xc3\xa4");
    }
    strcat(body, "\"}");
    read_body(body, false);

    ck_assert_uint_eq(said.text.len, 499);
}
END_TEST


START_TEST(takes_no_endless_id)
{
    char body[200] = "{\"id\":\"";

    memset(body + strlen(body), 'i', (size_t) _i);
    strcat(body, "\"}");
    read_body(body, false);

    ck_assert_uint_eq(said.id.len, _i > 80 ? 0 : (size_t) _i);
}
END_TEST


START_TEST(without_memory_it_says_nothing)
{
    xd_arena_fail_at(arena, (size_t) _i);
    read_body("{\"id\":\"1\"}", false);
    xd_arena_fail_at(arena, 0);

    ck_assert_uint_eq(said.signs & SIGN_ID, 0);
}
END_TEST


#define COUNT(table) ((int) (sizeof(table) / sizeof((table)[0])))

int
main(void)
{
    Suite *s = suite_create("http");
    TCase *tc = tcase_create("outcome");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, follows_the_table, 0, COUNT(cases));
    tcase_add_test(tc, every_status_has_a_row);
    tcase_add_test(tc, a_partner_may_answer_anything);
    tcase_add_loop_test(tc, finds_the_sentence, 0, COUNT(texts));
    tcase_add_test(tc, cuts_a_long_sentence_between_characters);
    tcase_add_loop_test(tc, takes_no_endless_id, 79, 83);
    tcase_add_loop_test(tc, without_memory_it_says_nothing, 1, 3);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
