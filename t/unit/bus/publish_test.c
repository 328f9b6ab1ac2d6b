/* SPDX-License-Identifier: BSD-2-Clause */

/* Publishing: frames, window, confirms, returns, blocked. */

#include "peer.h"


static void
setup(void)
{
    peer_up(NULL);
}


static void
teardown(void)
{
    peer_free();
}


static void
ack(uint64_t tag, unsigned multiple)
{
    method(1, 60, 80, "81", tag, multiple);
}


static void
nack(uint64_t tag, unsigned multiple)
{
    method(1, 60, 120, "81", tag, multiple);
}


/* basic.return of a message of that id, its body of two bytes. */
static void
returned(const char *id)
{
    method(1, 60, 50, "2sss", 312, "NO_ROUTE", "xd.order", "key");
    header_id(1, 2, id);
    body(1, "{}");
}


START_TEST(writes_method_header_and_body)
{
    xd_header_t headers[] = { { XD_STR("xd-key"), XD_STR("k:1") } };
    xd_message_t m = message("id-1", "{}");
    xd_str_t p;

    m.headers = headers;
    m.nheaders = 1;
    m.timestamp = 1767225600;
    m.type = XD_STR("urn:retail:sales-order:1.0");
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
    ck_assert_str_eq(sent(), "60.40/1 H:1:2 B:1:2");

    p = payload(0);
    ck_assert_mem_eq(p.ptr + 4, "\0\0\010xd.order\037sales-order", 23);
    ck_assert_int_eq(p.ptr[p.len - 1], 1); /* mandatory, not immediate */

    /* content-type headers delivery-mode message-id timestamp type user-id */
    p = payload(1);
    ck_assert_mem_eq(p.ptr,
        "\0\074\0\0\0\0\0\0\0\0\0\2\260\360"
        "\020application/json"
        "\0\0\0\017\006xd-keyS\0\0\0\003k:1"
        "\002"
        "\004id-1"
        "\0\0\0\0\151\125\271\0"
        "\032urn:retail:sales-order:1.0"
        "\007xd-test",
        p.len);
    ck_assert_uint_eq(p.len, 14 + 17 + 19 + 1 + 5 + 8 + 27 + 8);
    ck_assert_mem_eq(payload(2).ptr, "{}", 2);
}
END_TEST


START_TEST(cuts_bodies_to_the_frame)
{
    static char bytes[300000];
    xd_message_t m = message("id", "");

    m.body = (xd_str_t){ bytes, sizeof(bytes) };
    memset(bytes, 'x', sizeof(bytes));
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
    ck_assert_str_eq(sent(),
        "60.40/1 H:1:300000 B:1:131064 B:1:131064 B:1:37872");

    m.body.len = 131064;
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
    ck_assert_str_eq(sent(), "60.40/1 H:1:131064 B:1:131064");

    m.body.len = 0;
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
    ck_assert_str_eq(sent(), "60.40/1 H:1:0");
}
END_TEST


START_TEST(settles_single_multiple_and_refused)
{
    for (int i = 1; i <= 8; i++) {
        ck_assert_int_eq(publish("a", i), XD_OK);
    }
    ck_assert_int_eq(publish("a", 9), XD_E_AGAIN);
    ck_assert_uint_eq(xd_link_inflight(peer.link), 8);
    (void) sent();

    ack(3, 0);
    ack(2, 1);
    nack(4, 0);
    ack(7, 1);
    nack(8, 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:3 confirmed:1 confirmed:2 refused:4 "
                             "confirmed:5 confirmed:6 confirmed:7 refused:8");
    ck_assert_uint_eq(xd_link_inflight(peer.link), 0);
    ck_assert_int_eq(publish("a", 9), XD_OK);
}
END_TEST


START_TEST(strange_tags_are_ignored)
{
    ck_assert_int_eq(publish("a", 1), XD_OK);
    ack(0, 0);
    ack(2, 1);
    nack(99, 0);
    ack(UINT64_MAX, 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "");
    ack(1, 0);
    ack(1, 0);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:1");
}
END_TEST


/* A hole in the window: jobs are free but the oldest tag is not settled. */
START_TEST(full_ring_writes_nothing)
{
    for (int i = 1; i <= 8; i++) {
        ck_assert_int_eq(publish("a", i), XD_OK);
    }
    for (uint64_t tag = 2; tag <= 8; tag++) {
        ack(tag, 0);
    }
    ck_assert_int_eq(feed(), XD_OK);
    (void) sent();
    ck_assert_int_eq(publish("b", 9), XD_E_AGAIN);
    ck_assert_str_eq(sent(), "");
    ack(1, 0);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_int_eq(publish("b", 9), XD_OK);
}
END_TEST


START_TEST(return_is_charged_to_its_message)
{
    ck_assert_int_eq(publish("a", 1), XD_OK);
    ck_assert_int_eq(publish("b", 2), XD_OK);
    ck_assert_int_eq(publish("c", 3), XD_OK);
    returned("b");
    ck_assert_int_eq(feed_by((size_t) _i), XD_OK);
    ck_assert_str_eq(told(), "");
    ack(3, 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:1 returned:2 confirmed:3");
}
END_TEST


START_TEST(one_id_twice_in_flight_is_returned_twice)
{
    ck_assert_int_eq(publish("a", 1), XD_OK);
    ck_assert_int_eq(publish("a", 2), XD_OK);
    returned("a");
    returned("a");
    returned("strange");
    ack(2, 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "returned:1 returned:2");
}
END_TEST


START_TEST(blocked_refuses_at_once)
{
    ck_assert_int_eq(publish("a", 1), XD_OK);
    method(0, 10, 60, "s", "low on memory");
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "blocked:on:low on memory");
    ck_assert(xd_link_is_blocked(peer.link));
    ck_assert_int_eq(publish("b", 2), XD_E_AGAIN);

    ack(1, 0);
    method(0, 10, 61, "");
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:1 blocked:off:");
    ck_assert_int_eq(publish("b", 2), XD_OK);
}
END_TEST


START_TEST(a_lost_link_is_not_blocked)
{
    ck_assert_int_eq(publish("a", 1), XD_OK);
    method(0, 10, 60, "s", "disk");
    ck_assert_int_eq(feed(), XD_OK);
    (void) told();
    xd_link_lost(peer.link);
    ck_assert_str_eq(told(),
        "closed:0:the connection was lost blocked:off: unknown:1");
    ck_assert(!xd_link_is_blocked(peer.link));
}
END_TEST


START_TEST(forgotten_jobs_are_not_told)
{
    ck_assert_int_eq(publish("a", 1), XD_OK);
    ck_assert_int_eq(publish("b", 2), XD_OK);
    xd_link_forget(peer.link, (void *) (intptr_t) 1);
    xd_link_forget(peer.link, (void *) (intptr_t) 77);
    ck_assert_uint_eq(xd_link_inflight(peer.link), 2);
    ack(2, 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:2");

    /* Its place serves another job. */
    ck_assert_int_eq(publish("c", 1), XD_OK);
    ack(3, 0);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:1");
}
END_TEST


static void
publish_next(void *job, xd_outcome_t outcome)
{
    int n = (int) (intptr_t) job;
    xd_rc_t want = outcome == XD_UNKNOWN ? XD_E_LINK : XD_OK;

    if (n < 40) {
        ck_assert_int_eq(publish("next", n + 8), want);
    }
}


/* settled may publish at once, into the very slot that became free. */
START_TEST(publishes_out_of_a_settlement)
{
    peer.on_settled = publish_next;
    for (int i = 1; i <= 8; i++) {
        ck_assert_int_eq(publish("a", i), XD_OK);
    }
    for (uint64_t tag = 8; tag <= 32; tag += 8) {
        ack(tag, 1);
    }
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_uint_eq(xd_link_inflight(peer.link), 8);
    (void) told();
    xd_link_lost(peer.link);
    ck_assert_uint_eq(xd_link_inflight(peer.link), 0);
    ck_assert_ptr_nonnull(strstr(told(), "unknown:33 unknown:34"));
}
END_TEST


/* Each makes a message that cannot be published, whatever the broker says. */
static void
long_exchange(xd_message_t *m, xd_str_t text)
{
    m->exchange = text;
}


static void
long_key(xd_message_t *m, xd_str_t text)
{
    m->routing_key = text;
}


static void
long_id(xd_message_t *m, xd_str_t text)
{
    m->message_id = text;
}


static void
long_type(xd_message_t *m, xd_str_t text)
{
    m->type = text;
}


static void
no_id(xd_message_t *m, xd_str_t text)
{
    (void) text;
    m->message_id = XD_STR("");
}


static void
long_header_name(xd_message_t *m, xd_str_t text)
{
    static xd_header_t h;

    h = (xd_header_t){ { text.ptr, 129 }, XD_STR("v") };
    m->headers = &h;
    m->nheaders = 1;
}


static void
headers_over_a_frame(xd_message_t *m, xd_str_t text)
{
    static char big[131072];
    static xd_header_t h;

    (void) text;
    memset(big, 'x', sizeof(big));
    h = (xd_header_t){ XD_STR("big"), { big, sizeof(big) } };
    m->headers = &h;
    m->nheaders = 1;
}


static void
many_headers(xd_message_t *m, xd_str_t text)
{
    static xd_header_t h[65];

    (void) text;
    for (size_t i = 0; i < 65; i++) {
        h[i] = (xd_header_t){ XD_STR("n"), XD_STR("v") };
    }
    m->headers = h;
    m->nheaders = 65;
}


static void (*const too_much[])(xd_message_t *, xd_str_t) = { long_exchange,
    long_key, long_id, long_type, no_id, long_header_name, headers_over_a_frame,
    many_headers };


START_TEST(refuses_what_cannot_be_framed)
{
    char text[256];
    xd_message_t m = message("id", "{}");

    memset(text, 'n', sizeof(text));
    too_much[_i](&m, (xd_str_t){ text, sizeof(text) });
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_E_LIMIT);
    ck_assert_str_eq(sent(), "");
    ck_assert_uint_eq(xd_link_inflight(peer.link), 0);

    /* The next one is whole. */
    ck_assert_int_eq(publish("ok", 1), XD_OK);
    ck_assert_str_eq(sent(), "60.40/1 H:1:2 B:1:2");
}
END_TEST


START_TEST(the_longest_names_pass)
{
    char text[255];
    xd_message_t m = message("id", "{}");

    memset(text, 'n', sizeof(text));
    m.exchange = m.routing_key = m.message_id = m.type = m.content_type =
        (xd_str_t){ text, sizeof(text) };
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
    ck_assert_str_eq(sent(), "60.40/1 H:1:2 B:1:2");
}
END_TEST


START_TEST(never_holds_more_than_pending_max)
{
    const xd_link_conf_t conf = { .vhost = XD_STR("/"),
        .user = XD_STR("u"),
        .password = XD_STR("p"),
        .name = XD_STR("n"),
        .pending_max = 4096 };
    static char bytes[5000];
    xd_message_t m = message("id", "");
    struct iovec iov;

    peer_free();
    peer_up(&conf);
    memset(bytes, 'x', sizeof(bytes));

    m.body = (xd_str_t){ bytes, 5000 };
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_E_LIMIT);
    m.body.len = 2000;
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_E_AGAIN);

    /* Half of it goes: still no room; all of it: room again. */
    ck_assert_int_eq(xd_link_output(peer.link, &iov, 1), 1);
    xd_link_written(peer.link, 100, peer.now);
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_E_AGAIN);
    ck_assert_int_eq(xd_link_output(peer.link, &iov, 1), 1);
    ck_assert_uint_lt(iov.iov_len, 4096);
    xd_link_written(peer.link, iov.iov_len, peer.now);
    ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
}
END_TEST


/* Written a few bytes at a time, published in between: nothing is lost. */
START_TEST(slow_writes_keep_the_bytes_in_order)
{
    static char bytes[100000];
    xd_buf_t got = { 0 };
    struct iovec iov;
    size_t total;

    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = (char) (i * 7);
    }

    for (int i = 0; i < 8; i++) {
        xd_message_t m = message("id", "");

        m.body = (xd_str_t){ bytes, sizeof(bytes) };
        ck_assert_int_eq(xd_link_publish(peer.link, &m, NULL), XD_OK);
        for (int n = 0; n < 5; n++) {
            ck_assert_int_eq(xd_link_output(peer.link, &iov, 1), 1);
            total = iov.iov_len < 9973 ? iov.iov_len : 9973;
            xd_buf_add(&got, (xd_str_t){ iov.iov_base, total });
            xd_link_written(peer.link, total, peer.now);
        }
    }

    while (xd_link_output(peer.link, &iov, 1) == 1) {
        total = iov.iov_len < 9973 ? iov.iov_len : 9973;
        xd_buf_add(&got, (xd_str_t){ iov.iov_base, total });
        xd_link_written(peer.link, total, peer.now);
    }

    ck_assert_uint_eq(got.len % 8, 0);
    for (size_t i = 1; i < 8; i++) {
        ck_assert_mem_eq(got.ptr, got.ptr + i * (got.len / 8), got.len / 8);
    }
    ck_assert_mem_eq(got.ptr + got.len / 8 - 1 - sizeof(bytes), bytes,
        sizeof(bytes));
    xd_buf_free(&got);
}
END_TEST


START_TEST(nothing_before_it_is_up)
{
    peer_free();
    peer_new(NULL);
    ck_assert_int_eq(publish("a", 1), XD_E_LINK);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    ck_assert_int_eq(publish("a", 1), XD_E_LINK);
}
END_TEST


int
main(void)
{
    TCase *tc = tcase_create("publish");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, writes_method_header_and_body);
    tcase_add_test(tc, cuts_bodies_to_the_frame);
    tcase_add_test(tc, settles_single_multiple_and_refused);
    tcase_add_test(tc, strange_tags_are_ignored);
    tcase_add_test(tc, full_ring_writes_nothing);
    tcase_add_loop_test(tc, return_is_charged_to_its_message, 1, 90);
    tcase_add_test(tc, one_id_twice_in_flight_is_returned_twice);
    tcase_add_test(tc, blocked_refuses_at_once);
    tcase_add_test(tc, a_lost_link_is_not_blocked);
    tcase_add_test(tc, forgotten_jobs_are_not_told);
    tcase_add_test(tc, publishes_out_of_a_settlement);
    tcase_add_loop_test(tc, refuses_what_cannot_be_framed, 0,
        sizeof(too_much) / sizeof(too_much[0]));
    tcase_add_test(tc, the_longest_names_pass);
    tcase_add_test(tc, never_holds_more_than_pending_max);
    tcase_add_test(tc, slow_writes_keep_the_bytes_in_order);
    tcase_add_test(tc, nothing_before_it_is_up);

    return run("bus", tc);
}
