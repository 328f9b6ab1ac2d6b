/* SPDX-License-Identifier: BSD-2-Clause */

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/loop.h"

#define PIPES ((size_t) 50)

static xd_loop_t *loop;

typedef struct {
    int in, out; /* read end, write end */
    unsigned calls;
    short seen;
    void (*then)(int fd);
} pipe_t;

static pipe_t pipes[PIPES];


static void
setup(void)
{
    loop = xd_loop_new();
    ck_assert_ptr_nonnull(loop);

    for (size_t i = 0; i < PIPES; i++) {
        int ends[2];

        ck_assert_int_eq(pipe2(ends, O_NONBLOCK | O_CLOEXEC), 0);
        pipes[i] = (pipe_t){ .in = ends[0], .out = ends[1] };
    }
}


static void
teardown(void)
{
    for (size_t i = 0; i < PIPES; i++) {
        (void) close(pipes[i].in);
        (void) close(pipes[i].out);
    }

    xd_loop_free(loop);
    xd_loop_free(NULL);
}


static void
note(void *ctx, int fd, short revents)
{
    pipe_t *p = ctx;

    p->calls++;
    p->seen = revents;
    if (p->then != NULL) {
        p->then(fd);
    }
}


static void
watch_all(void)
{
    for (size_t i = 0; i < PIPES; i++) {
        ck_assert_int_eq(xd_loop_watch(loop, pipes[i].in, POLLIN, note,
                             &pipes[i]),
            XD_OK);
    }
}


static void
write_all(void)
{
    for (size_t i = 0; i < PIPES; i++) {
        ck_assert_int_eq(write(pipes[i].out, "x", 1), 1);
    }
}


static void
once(int ms)
{
    ck_assert_int_eq(xd_loop_once(loop, ms), XD_OK);
}


START_TEST(serves_those_that_are_ready)
{
    watch_all();
    ck_assert_int_eq(write(pipes[7].out, "x", 1), 1);
    once(1000);

    for (size_t i = 0; i < PIPES; i++) {
        ck_assert_uint_eq(pipes[i].calls, i == 7);
    }
    ck_assert_int_eq(pipes[7].seen, POLLIN);
}
END_TEST


START_TEST(what_is_watched_for_can_change)
{
    pipe_t *p = &pipes[0];

    ck_assert_int_eq(xd_loop_watch(loop, p->out, 0, note, p), XD_OK);
    once(0);
    ck_assert_uint_eq(p->calls, 0);
    ck_assert_int_eq(xd_loop_watch(loop, p->out, POLLOUT, note, p), XD_OK);
    once(1000);
    ck_assert_uint_eq(p->calls, 1);
    ck_assert_int_eq(p->seen, POLLOUT);
    xd_loop_unwatch(loop, p->out);
    xd_loop_unwatch(loop, p->out);
    xd_loop_unwatch(loop, 9999);
    xd_loop_unwatch(loop, -1);
    once(0);
    ck_assert_uint_eq(p->calls, 1);
}
END_TEST


static void
unwatch_all(int fd)
{
    (void) fd;
    for (size_t i = 0; i < PIPES; i++) {
        xd_loop_unwatch(loop, pipes[i].in);
    }
}


START_TEST(unwatched_by_another_is_not_called)
{
    watch_all();
    write_all();
    for (size_t i = 0; i < PIPES; i++) {
        pipes[i].then = unwatch_all;
    }

    once(1000);

    unsigned calls = 0;
    for (size_t i = 0; i < PIPES; i++) {
        calls += pipes[i].calls;
    }
    ck_assert_uint_eq(calls, 1);

    watch_all();
    once(1000);
    ck_assert_uint_eq(pipes[PIPES - 1].calls, 0);
}
END_TEST


static void
unwatch_odd(int fd)
{
    (void) fd;
    for (size_t i = 1; i < PIPES; i += 2) {
        xd_loop_unwatch(loop, pipes[i].in);
    }
}


/* The row is closed up: all that is left is still found and served. */
START_TEST(the_others_are_served_after_a_sweep)
{
    watch_all();
    write_all();
    pipes[0].then = unwatch_odd;
    once(1000);
    once(1000);

    for (size_t i = 0; i < PIPES; i++) {
        ck_assert_uint_eq(pipes[i].calls, i % 2 == 0 ? 2 : 0);
    }

    for (size_t i = 0; i < PIPES; i += 2) {
        xd_loop_unwatch(loop, pipes[i].in);
    }
    once(0);
    ck_assert_uint_eq(pipes[0].calls, 2);
}
END_TEST


static void
replace_next(int fd)
{
    (void) fd;
    xd_loop_unwatch(loop, pipes[1].in);
    ck_assert_int_eq(xd_loop_watch(loop, pipes[1].in, POLLIN, note, &pipes[2]),
        XD_OK);
}


/* A number used again inside a callback must not get the old one's events. */
START_TEST(a_new_watch_waits_for_its_own_events)
{
    watch_all();
    ck_assert_int_eq(write(pipes[0].out, "x", 1), 1);
    ck_assert_int_eq(write(pipes[1].out, "x", 1), 1);
    pipes[0].then = replace_next;
    once(1000);
    ck_assert_uint_eq(pipes[1].calls, 0);
    ck_assert_uint_eq(pipes[2].calls, 0);

    xd_loop_unwatch(loop, pipes[0].in);
    once(1000);
    ck_assert_uint_eq(pipes[2].calls, 1);
}
END_TEST


START_TEST(a_closed_end_and_a_closed_descriptor_are_told)
{
    ck_assert_int_eq(xd_loop_watch(loop, pipes[0].in, POLLIN, note, &pipes[0]),
        XD_OK);
    (void) close(pipes[0].out);
    once(1000);
    ck_assert(pipes[0].seen & POLLHUP);

    (void) close(pipes[0].in);
    once(1000);
    ck_assert(pipes[0].seen & POLLERR);
    xd_loop_unwatch(loop, pipes[0].in);
    pipes[0].in = pipes[0].out = -1;
}
END_TEST


/* Otherwise the row would grow with every connection there ever was, until
 * poll() refuses it. */
START_TEST(unwatched_ones_take_no_room)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = 3 * PIPES;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);

    for (size_t i = 0; i < 10 * PIPES; i++) {
        watch_all();
        unwatch_all(0);
    }

    once(0);
}
END_TEST


START_TEST(a_refused_poll_is_an_error)
{
    struct rlimit limit;

    watch_all();
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = PIPES - 1;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ck_assert_int_eq(xd_loop_once(loop, 0), XD_E_IO);
    ck_assert_int_eq(xd_loop_run(loop, &(volatile int){ 0 }), XD_E_IO);
}
END_TEST


#define TIMERS 500

typedef struct {
    xd_timer_t timer;
    unsigned fired;
    int64_t *last; /* due of the one before */
} alarm_t;


static void
ring(void *ctx)
{
    alarm_t *a = ctx;

    a->fired++;
    ck_assert_uint_eq(a->timer.slot, 0);
    ck_assert_int_ge(xd_mono_ms(), a->timer.due);
    if (a->last != NULL) {
        ck_assert_int_ge(a->timer.due, *a->last);
        *a->last = a->timer.due;
    }
}


START_TEST(timers_fire_in_their_order)
{
    static alarm_t alarms[TIMERS];
    int64_t last = 0, end = xd_mono_ms() + 300;

    for (size_t i = 0; i < TIMERS; i++) {
        alarms[i] =
            (alarm_t){ .timer = { ring, &alarms[i], 0, 0 }, .last = &last };
        ck_assert_int_eq(xd_timer_set(loop, &alarms[i].timer,
                             (int64_t) (i * 7919 % 100)),
            XD_OK);
    }

    /* Some are moved, some are taken back. */
    for (size_t i = 0; i < TIMERS; i += 3) {
        ck_assert_int_eq(xd_timer_set(loop, &alarms[i].timer,
                             (int64_t) (i * 31 % 120)),
            XD_OK);
    }
    for (size_t i = 0; i < TIMERS; i += 5) {
        xd_timer_clear(loop, &alarms[i].timer);
        xd_timer_clear(loop, &alarms[i].timer);
    }

    while (xd_mono_ms() < end) {
        once(20);
    }

    for (size_t i = 0; i < TIMERS; i++) {
        ck_assert_uint_eq(alarms[i].fired, i % 5 != 0);
    }
}
END_TEST


START_TEST(a_timer_ends_the_wait)
{
    alarm_t a = { .timer = { ring, &a, 0, 0 } };
    int64_t start = xd_mono_ms();

    ck_assert_int_eq(xd_timer_set(loop, &a.timer, 30), XD_OK);
    while (a.fired == 0) {
        once(-1);
    }
    ck_assert_int_ge(xd_mono_ms() - start, 30);
    ck_assert_int_lt(xd_mono_ms() - start, 5000);

    start = xd_mono_ms();
    ck_assert_int_eq(xd_timer_set(loop, &a.timer, 60000), XD_OK);
    once(20);
    ck_assert_int_lt(xd_mono_ms() - start, 5000);
    ck_assert_uint_eq(a.fired, 1);
    xd_timer_clear(loop, &a.timer);
}
END_TEST


static void
ring_again(void *ctx)
{
    alarm_t *a = ctx;

    a->fired++;
    ck_assert_int_eq(xd_timer_set(loop, &a->timer, 0), XD_OK);
}


/* One that is always due must not keep the loop to itself. */
START_TEST(a_timer_without_pause_leaves_room)
{
    alarm_t a = { .timer = { ring_again, &a, 0, 0 } };

    watch_all();
    ck_assert_int_eq(xd_timer_set(loop, &a.timer, -5), XD_OK);
    ck_assert_int_eq(write(pipes[3].out, "x", 1), 1);
    once(1000);
    ck_assert_uint_eq(a.fired, 1);
    ck_assert_uint_eq(pipes[3].calls, 1);
    once(1000);
    ck_assert_uint_eq(a.fired, 2);
    xd_timer_clear(loop, &a.timer);
}
END_TEST


static alarm_t *other;


static void
clear_other(void *ctx)
{
    ((alarm_t *) ctx)->fired++;
    xd_timer_clear(loop, &other->timer);
}


START_TEST(a_timer_cleared_by_another_does_not_fire)
{
    alarm_t a = { .timer = { clear_other, &a, 0, 0 } };
    alarm_t b = { .timer = { ring, &b, 0, 0 } };

    other = &b;
    ck_assert_int_eq(xd_timer_set(loop, &a.timer, 0), XD_OK);
    ck_assert_int_eq(xd_timer_set(loop, &b.timer, 1), XD_OK);
    usleep(5000);
    once(0);
    once(20);
    ck_assert_uint_eq(a.fired, 1);
    ck_assert_uint_eq(b.fired, 0);
}
END_TEST


static volatile sig_atomic_t stop;


static void
on_alarm(int sig)
{
    (void) sig;
    stop = 1;
}


START_TEST(runs_until_a_signal_stops_it)
{
    struct sigaction act = { .sa_handler = on_alarm };
    struct itimerval soon = { .it_value = { 0, 50000 } };
    int64_t start = xd_mono_ms();

    stop = 0;
    ck_assert_int_eq(sigaction(SIGALRM, &act, NULL), 0);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &soon, NULL), 0);
    ck_assert_int_eq(xd_loop_run(loop, &stop), XD_OK);
    ck_assert_int_lt(xd_mono_ms() - start, 3000);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("base");
    TCase *tc = tcase_create("loop");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, serves_those_that_are_ready);
    tcase_add_test(tc, what_is_watched_for_can_change);
    tcase_add_test(tc, unwatched_by_another_is_not_called);
    tcase_add_test(tc, the_others_are_served_after_a_sweep);
    tcase_add_test(tc, a_new_watch_waits_for_its_own_events);
    tcase_add_test(tc, a_closed_end_and_a_closed_descriptor_are_told);
    tcase_add_test(tc, unwatched_ones_take_no_room);
    tcase_add_test(tc, a_refused_poll_is_an_error);
    tcase_add_test(tc, timers_fire_in_their_order);
    tcase_add_test(tc, a_timer_ends_the_wait);
    tcase_add_test(tc, a_timer_without_pause_leaves_room);
    tcase_add_test(tc, a_timer_cleared_by_another_does_not_fire);
    tcase_add_test(tc, runs_until_a_signal_stops_it);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
