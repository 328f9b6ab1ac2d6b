/* SPDX-License-Identifier: BSD-2-Clause */

/* The way up, the clock, and how a link ends. */

#include "peer.h"

#define ALL_UP "10.11/0 10.31/0 10.40/0 20.10/1 85.10/1 20.10/2 60.10/2"


static void
teardown(void)
{
    peer_free();
}


/* The whole way up, in pieces of every size. */
START_TEST(comes_up_however_bytes_are_cut)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_DOWN);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_OPENING);
    ck_assert_str_eq(sent(), "AMQP");

    script_start();
    script_tune(2047, 131072, 60);
    script_channels();
    ck_assert_int_eq(feed_by((size_t) _i), XD_OK);

    ck_assert_str_eq(told(), "up");
    ck_assert_str_eq(sent(), ALL_UP);
    ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_UP);
    ck_assert(xd_str_is(xd_link_server_version(peer.link), "3.10.8"));
}
END_TEST


static bool
holds(xd_str_t s, const char *bytes, size_t len)
{
    return memmem(s.ptr, s.len, bytes, len) != NULL;
}


START_TEST(says_who_it_is_and_what_it_can)
{
    static const char *const able[] = { "publisher_confirms", "basic.nack",
        "connection.blocked", "consumer_cancel_notify",
        "authentication_failure_close" };
    xd_str_t ok;

    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    (void) sent();
    script_start();
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(sent(), "10.11/0");

    ok = payload(0);
    for (size_t i = 0; i < sizeof(able) / sizeof(able[0]); i++) {
        ck_assert(holds(ok, able[i], strlen(able[i])));
    }
    ck_assert(holds(ok, "\005PLAIN\0\0\0\017\0xd-test\0secret\005en_US", 31));
}
END_TEST


/* Which frame size and heartbeat both sides end up with. */
static const struct {
    unsigned channels, frame_max, heartbeat;
    unsigned want_frame, want_heartbeat; /* 0: refused */
} tunes[] = {
    { 2047, 131072, 60, 131072, 10 },
    { 0, 0, 0, 131072, 10 },
    { 2, 8192, 5, 8192, 5 },
    { 2047, 4096, 60, 4096, 10 },
    { 2047, 4095, 60, 0, 0 },
    { 1, 131072, 60, 0, 0 },
};


START_TEST(tunes_to_the_smaller_wish)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    (void) sent();
    script_start();
    ck_assert_int_eq(feed(), XD_OK);
    (void) sent();

    script_tune(tunes[_i].channels, tunes[_i].frame_max, tunes[_i].heartbeat);

    if (tunes[_i].want_frame == 0) {
        ck_assert_int_eq(feed(), XD_E_LINK);
        ck_assert_ptr_nonnull(strstr(told(), "closed:0:the broker allows"));
        return;
    }

    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(sent(), "10.31/0 10.40/0");
    ck_assert_uint_eq(number_at(payload(0).ptr + 4, 2), 2);
    ck_assert_uint_eq(number_at(payload(0).ptr + 6, 4), tunes[_i].want_frame);
    ck_assert_uint_eq(number_at(payload(0).ptr + 10, 2),
        tunes[_i].want_heartbeat);
    ck_assert(holds(payload(1), "\011crossdock", 10));
}
END_TEST


START_TEST(another_protocol_header_is_told)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    xd_buf_add(&peer.bytes, (xd_str_t){ "AMQP\0\1\0\0", 8 });
    ck_assert_int_eq(feed_by(1 + (size_t) _i * 7), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "another protocol header"));
}
END_TEST


START_TEST(refused_password_is_told)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    script_start();
    method(0, 10, 50, "2s22", 403, "ACCESS_REFUSED", 0, 0);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_str_eq(told(), "closed:403:ACCESS_REFUSED");
    ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_DOWN);
    ck_assert_int_eq(xd_link_input(peer.link, "x", 1, peer.now), XD_E_LINK);
}
END_TEST


START_TEST(wants_plain)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    script_start_with(XD_STR(""), "AMQPLAIN PLAINER EXTERNAL");
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_str_eq(told(), "closed:0:the broker does not offer PLAIN");
}
END_TEST


START_TEST(handshake_has_a_deadline)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_deadline(peer.link), 0);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    ck_assert_int_eq(xd_link_deadline(peer.link), 11000);
    ck_assert_int_eq(xd_link_tick(peer.link, 10999), XD_OK);
    ck_assert_int_eq(xd_link_tick(peer.link, 11000), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "did not finish the handshake"));
    ck_assert_int_eq(xd_link_deadline(peer.link), 0);
}
END_TEST


START_TEST(beats_when_it_had_nothing_to_say)
{
    peer_up(NULL); /* both want 10 s or more */
    ck_assert_int_eq(xd_link_deadline(peer.link), 6000);
    ck_assert_int_eq(xd_link_tick(peer.link, 5999), XD_OK);
    ck_assert_str_eq(sent(), "");
    ck_assert_int_eq(xd_link_tick(peer.link, 6000), XD_OK);
    peer.now = 6000;
    ck_assert_str_eq(sent(), "HB");

    /* A publish counts as a sign of life. */
    peer.now = 9000;
    ck_assert_int_eq(publish("a", 1), XD_OK);
    (void) sent();
    ck_assert_int_eq(xd_link_deadline(peer.link), 14000);
}
END_TEST


START_TEST(no_heartbeat_behind_bytes_that_wait)
{
    peer_up(NULL);
    ck_assert_int_eq(publish("a", 1), XD_OK);
    ck_assert_int_eq(xd_link_tick(peer.link, 6000), XD_OK);
    ck_assert_int_eq(xd_link_deadline(peer.link), 11000);
    peer.now = 6000;
    ck_assert_str_eq(sent(), "60.40/1 H:1:2 B:1:2");
}
END_TEST


START_TEST(silence_ends_it)
{
    peer_up(NULL);
    peer.now = 15000;
    put_frame(&peer.bytes, 8, 0, XD_STR(""));
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_int_eq(xd_link_tick(peer.link, 34999), XD_OK);
    ck_assert_int_eq(xd_link_tick(peer.link, 35000), XD_E_LINK);
    ck_assert_str_eq(told(), "closed:0:the broker was silent for 20000 ms");
}
END_TEST


START_TEST(connection_close_is_answered)
{
    peer_up(NULL);
    ck_assert_int_eq(publish("a", 1), XD_OK);
    (void) sent();
    method(0, 10, 50, "2s22", 320, "CONNECTION_FORCED", 0, 0);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_str_eq(told(), "closed:320:CONNECTION_FORCED");
    ck_assert_str_eq(sent(), "10.51/0");
    xd_link_lost(peer.link);
    ck_assert_str_eq(told(), "unknown:1");
}
END_TEST


START_TEST(channel_close_ends_the_link)
{
    peer_up(NULL);
    ck_assert_int_eq(publish("a", 1), XD_OK);
    ck_assert_int_eq(publish("b", 2), XD_OK);
    (void) sent();
    method(_i == 0 ? 1 : 2, 20, 40, "2s22", 406, "PRECONDITION_FAILED", 60, 40);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_str_eq(told(), "closed:406:PRECONDITION_FAILED");
    ck_assert(xd_link_refused(peer.link));
    ck_assert_str_eq(sent(), "10.50/0");
    ck_assert_int_eq(publish("c", 3), XD_E_LINK);
    xd_link_lost(peer.link);
    ck_assert_str_eq(told(), "unknown:1 unknown:2");
    ck_assert_uint_eq(xd_link_inflight(peer.link), 0);
}
END_TEST


/* Only for a publish: what a consumer did wrong is no message's fault. */
START_TEST(a_close_names_what_it_was_for)
{
    static const struct {
        uint16_t channel, method;
        bool refused;
    } rows[] = { { 2, 20, false }, { 1, 40, true } };

    peer_up(NULL);
    ck_assert_int_eq(publish("a", 1), XD_OK);
    method(rows[_i].channel, 20, 40, "2s22", 404, "NOT_FOUND", 60,
        rows[_i].method);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert(xd_link_refused(peer.link) == rows[_i].refused);
    xd_link_lost(peer.link);
    ck_assert(xd_link_refused(peer.link) == rows[_i].refused);

    /* A new connection knows nothing of the last. */
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    ck_assert(!xd_link_refused(peer.link));
}
END_TEST


START_TEST(a_lost_socket_is_told_once)
{
    peer_up(NULL);
    xd_link_lost(peer.link);
    ck_assert_str_eq(told(), "closed:0:the connection was lost");
    xd_link_lost(peer.link);
    ck_assert_str_eq(told(), "");

    /* And it can begin again, its tags from 1. */
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    script_start();
    script_tune(2047, 131072, 60);
    script_channels();
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "up");
    ck_assert_int_eq(publish("a", 7), XD_OK);
    method(1, 60, 80, "81", (uint64_t) 1, 0);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:7");
}
END_TEST


START_TEST(drains_and_says_good_bye)
{
    peer_up(NULL);
    ck_assert_int_eq(publish("a", 1), XD_OK);
    (void) sent();
    xd_link_drain(peer.link);
    ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_DRAINING);
    ck_assert_str_eq(sent(), "");
    ck_assert_int_eq(publish("b", 2), XD_E_LINK);

    method(1, 60, 80, "81", (uint64_t) 1, 0);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "confirmed:1");
    ck_assert_str_eq(sent(), "10.50/0");

    method(0, 10, 51, "");
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_str_eq(told(), "closed:200:closed by us");
    ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_DOWN);
}
END_TEST


START_TEST(drained_while_opening_never_comes_up)
{
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    script_start();
    script_tune(2047, 131072, 60);
    ck_assert_int_eq(feed(), XD_OK);
    xd_link_drain(peer.link);
    (void) sent();
    script_channels();
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "");
    ck_assert_str_eq(sent(), "20.10/1 85.10/1 20.10/2 60.10/2 10.50/0");
}
END_TEST


int
main(void)
{
    TCase *tc = tcase_create("link");

    tcase_add_checked_fixture(tc, NULL, teardown);
    tcase_add_loop_test(tc, comes_up_however_bytes_are_cut, 1, 130);
    tcase_add_test(tc, says_who_it_is_and_what_it_can);
    tcase_add_loop_test(tc, tunes_to_the_smaller_wish, 0,
        sizeof(tunes) / sizeof(tunes[0]));
    tcase_add_loop_test(tc, another_protocol_header_is_told, 0, 2);
    tcase_add_test(tc, refused_password_is_told);
    tcase_add_test(tc, wants_plain);
    tcase_add_test(tc, handshake_has_a_deadline);
    tcase_add_test(tc, beats_when_it_had_nothing_to_say);
    tcase_add_test(tc, no_heartbeat_behind_bytes_that_wait);
    tcase_add_test(tc, silence_ends_it);
    tcase_add_test(tc, connection_close_is_answered);
    tcase_add_loop_test(tc, channel_close_ends_the_link, 0, 2);
    tcase_add_loop_test(tc, a_close_names_what_it_was_for, 0, 2);
    tcase_add_test(tc, a_lost_socket_is_told_once);
    tcase_add_test(tc, drains_and_says_good_bye);
    tcase_add_test(tc, drained_while_opening_never_comes_up);

    return run("bus", tc);
}
