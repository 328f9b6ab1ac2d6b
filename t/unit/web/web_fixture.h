/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_WEB_FIXTURE_H
#define XD_T_WEB_FIXTURE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/loop.h"
#include "web/client.h"

/* What came back, copied out of the call. */
typedef struct {
    int calls;
    xd_web_result_t result;
    int status;
    int64_t retry_after_ms;
    xd_buf_t body;
    char type[64];
    char error[256];
} got_t;


static inline void
keep_answer(void *ctx, const xd_web_answer_t *a)
{
    got_t *got = ctx;

    got->calls++;
    got->result = a->result;
    got->status = a->status;
    got->retry_after_ms = a->retry_after_ms;
    xd_buf_add(&got->body, a->body);
    snprintf(got->type, sizeof(got->type), "%.*s", XD_FMT(a->content_type));
    snprintf(got->error, sizeof(got->error), "%s",
        a->error != NULL ? a->error : "");
}


/* Runs the loop until *calls reaches want; fails the test after 10 s. */
static inline void
pump(xd_loop_t *loop, const int *calls, int want)
{
    int64_t end = xd_mono_ms() + 10000;

    while (*calls < want) {
        ck_assert_int_eq(xd_loop_once(loop, 100), XD_OK);
        ck_assert_msg(xd_mono_ms() < end, "nothing came within 10 s");
    }
}


/* Runs the loop for a while. */
static inline void
pump_ms(xd_loop_t *loop, int64_t ms)
{
    int64_t end = xd_mono_ms() + ms;

    while (xd_mono_ms() < end) {
        ck_assert_int_eq(xd_loop_once(loop, 10), XD_OK);
    }
}


static inline void
exchange(xd_loop_t *loop, xd_web_t *web, const xd_web_request_t *r, got_t *got)
{
    *got = (got_t){ 0 };
    ck_assert_int_eq(xd_web_send(web, r, keep_answer, got), XD_OK);
    ck_assert_int_eq(got->calls, 0);
    pump(loop, &got->calls, 1);
}


static inline int
run_suite(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed;

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
