/* SPDX-License-Identifier: BSD-2-Clause */

/* Consumers, deliveries, acknowledgements. */

#include "peer.h"

static uint32_t consumer;


/* Wire tag of a consumer. */
static const char *
tag_of(uint32_t number)
{
    static char text[16];

    (void) snprintf(text, sizeof(text), "%" PRIu32, number);

    return text;
}


static void
setup(void)
{
    peer_up(NULL);
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.a"), &consumer),
        XD_OK);
    ck_assert_str_eq(sent(), "60.20/2");
    method(2, 60, 21, "s", tag_of(consumer));
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_ptr_nonnull(strstr(told(), "consuming:"));
}


static void
teardown(void)
{
    peer_free();
}


static void
deliver_to(uint32_t to, uint64_t tag, const char *id, const char *text)
{
    method(2, 60, 60, "s81ss", tag_of(to), tag, 0, "xd.raw", "in.x12.acme");
    header_id(2, strlen(text), id);
    if (text[0] != '\0') {
        body(2, text);
    }
}


static void
deliver(uint64_t tag, const char *id, const char *text)
{
    deliver_to(consumer, tag, id, text);
}


/* Tag, multiple of an acknowledgement that was sent as the nth frame. */
static void
expect_ack(size_t n, uint64_t tag, int multiple)
{
    xd_str_t p = payload(n);

    ck_assert_uint_eq(number_at(p.ptr + 8, 4), tag);
    ck_assert_int_eq(p.ptr[12] & 1, multiple);
}


START_TEST(delivers_however_bytes_are_cut)
{
    deliver(1, "a", "one");
    deliver(2, "b", "");
    deliver(3, "c", "three");
    ck_assert_int_eq(feed_by((size_t) _i), XD_OK);
    ck_assert_str_eq(told(), "delivery:a:one delivery:b: delivery:c:three");
}
END_TEST


START_TEST(joins_the_frames_of_a_body)
{
    method(2, 60, 60, "s81ss", tag_of(consumer), (uint64_t) 1, 1, "x", "k");
    header_id(2, 7, "a");
    body(2, "ab");
    put_frame(&peer.bytes, 8, 0, XD_STR("")); /* channel 0 may interrupt */
    body(2, "");
    body(2, "cde");
    body(2, "fg");
    ck_assert_int_eq(feed_by((size_t) _i), XD_OK);
    ck_assert_str_eq(told(), "delivery:a:abcdefg:again");
}
END_TEST


static xd_message_t seen;
static xd_arena_t *kept;


static void
keep(const xd_delivery_t *d)
{
    ck_assert_int_eq(xd_message_copy(kept, &d->message, &seen), XD_OK);
}


/* Every type a header may have: texts and numbers arrive, the rest does not
 * and does no harm. */
START_TEST(reads_every_property_and_header)
{
    static const char table[] = "\006xd-keyS\0\0\0\003k:1"
                                "\001bt\1"
                                "\001cb\377"
                                "\001dB\376"
                                "\001es\377\376"
                                "\001fu\1\0"
                                "\001gI\377\377\377\377"
                                "\001hi\377\377\377\377"
                                "\001jl\377\377\377\377\377\377\377\377"
                                "\001kL\0\0\0\0\0\0\1\0"
                                "\001mT\0\0\0\0\0\0\0\7"
                                "\001nf\0\0\0\0"
                                "\001od\0\0\0\0\0\0\0\0"
                                "\001pD\1\0\0\0\1"
                                "\001qV"
                                "\001rx\0\0\0\2hi"
                                "\001sA\0\0\0\006S\0\0\0\1z"
                                "\001uF\0\0\0\4\1vt\1"
                                "\001wt\0";
    static const char *const want[][2] = { { "xd-key", "k:1" }, { "b", "true" },
        { "c", "-1" }, { "d", "254" }, { "e", "-2" }, { "f", "256" },
        { "g", "-1" }, { "h", "4294967295" }, { "j", "-1" }, { "k", "256" },
        { "m", "7" }, { "r", "hi" }, { "w", "false" } };
    xd_buf_t p = { 0 };

    kept = xd_arena_new(0);
    peer.on_delivery = keep;
    put_short(&p, "text/plain");
    put_long(&p, (xd_str_t){ table, sizeof(table) - 1 });
    put(&p, 2, 1);
    put_short(&p, "corr");
    put_short(&p, "id");
    put(&p, 1700000000, 8);
    put_short(&p, "type");
    put_short(&p, "user");
    put_short(&p, "app");

    method(2, 60, 60, "s81ss", tag_of(consumer), (uint64_t) 1, 0, "xd.raw",
        "in.x12.acme");
    header(2, 0, 0xb4f8, xd_buf_str(&p));
    ck_assert_int_eq(feed_by((size_t) _i), XD_OK);

    ck_assert(xd_str_is(seen.exchange, "xd.raw"));
    ck_assert(xd_str_is(seen.routing_key, "in.x12.acme"));
    ck_assert(xd_str_is(seen.content_type, "text/plain"));
    ck_assert(xd_str_is(seen.correlation_id, "corr"));
    ck_assert(xd_str_is(seen.message_id, "id"));
    ck_assert(xd_str_is(seen.type, "type"));
    ck_assert(xd_str_is(seen.user_id, "user"));
    ck_assert(xd_str_is(seen.app_id, "app"));
    ck_assert_int_eq(seen.timestamp, 1700000000);
    ck_assert_uint_eq(seen.nheaders, sizeof(want) / sizeof(want[0]));
    for (size_t i = 0; i < seen.nheaders; i++) {
        ck_assert(xd_str_is(xd_header(&seen, want[i][0]), want[i][1]));
    }
    ck_assert_ptr_null(xd_header(&seen, "absent").ptr);

    xd_buf_free(&p);
    xd_arena_free(kept);
}
END_TEST


START_TEST(acknowledges_one_and_many)
{
    for (uint64_t tag = 1; tag <= 6; tag++) {
        deliver(tag, "m", "x");
    }
    ck_assert_int_eq(feed(), XD_OK);

    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[1], false), XD_OK);
    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[3], true), XD_OK);
    ck_assert_int_eq(xd_link_nack(peer.link, peer.tags[5], false, true), XD_OK);
    ck_assert_int_eq(xd_link_nack(peer.link, peer.tags[4], true, false), XD_OK);
    ck_assert_str_eq(sent(), "60.80/2 60.80/2 60.120/2 60.120/2");
    expect_ack(0, 2, 0);
    expect_ack(1, 4, 1);
    expect_ack(2, 6, 0);
    ck_assert_int_eq(payload(2).ptr[12], 2); /* requeue */
    expect_ack(3, 5, 1);
    ck_assert_int_eq(payload(3).ptr[12], 1);
}
END_TEST


/* The broker would close the channel for a tag twice. */
START_TEST(never_acknowledges_twice)
{
    deliver(1, "a", "x");
    deliver(2, "b", "x");
    ck_assert_int_eq(feed(), XD_OK);

    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[1], false), XD_OK);
    (void) sent();
    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[1], false), XD_OK);
    ck_assert_int_eq(xd_link_nack(peer.link, peer.tags[1], false, true), XD_OK);
    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[1] + 1, false), XD_OK);
    ck_assert_str_eq(sent(), "");

    /* Up to 2 means up to 1 by now. */
    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[1], true), XD_OK);
    ck_assert_str_eq(sent(), "60.80/2");
    expect_ack(0, 1, 1);
    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[1], true), XD_OK);
    ck_assert_str_eq(sent(), "");
}
END_TEST


static void
come_back(void)
{
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    (void) sent();
    script_start();
    script_tune(2047, 131072, 60);
    script_channels();
    ck_assert_int_eq(feed(), XD_OK);
}


START_TEST(tags_of_an_earlier_connection_are_ignored)
{
    uint64_t old;

    deliver(1, "a", "x");
    ck_assert_int_eq(feed(), XD_OK);
    old = peer.last_tag;
    xd_link_lost(peer.link);
    ck_assert_int_eq(xd_link_ack(peer.link, old, false), XD_OK);

    come_back();
    (void) sent();
    deliver(1, "a", "x");
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_uint_ne(peer.last_tag, old);
    ck_assert_int_eq(xd_link_ack(peer.link, old, true), XD_OK);
    ck_assert_str_eq(sent(), "");
    ck_assert_int_eq(xd_link_ack(peer.link, peer.last_tag, true), XD_OK);
    ck_assert_str_eq(sent(), "60.80/2");
}
END_TEST


START_TEST(consumes_again_after_a_reconnect)
{
    uint32_t second;

    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.b"), &second),
        XD_OK);
    ck_assert_uint_ne(second, consumer);
    xd_link_lost(peer.link);
    ck_assert_int_eq(xd_link_cancel(peer.link, second), XD_OK);
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.c"), &second),
        XD_OK);
    come_back();
    ck_assert_str_eq(sent(), "10.11/0 10.31/0 10.40/0 20.10/1 85.10/1 "
                             "20.10/2 60.10/2 60.20/2 60.20/2");
    ck_assert_mem_eq(payload(7).ptr + 4, "\0\0\006xd.q.a", 9);
    ck_assert_mem_eq(payload(8).ptr + 4, "\0\0\006xd.q.c", 9);
}
END_TEST


/* The argument is the last thing of the frame; a time is eight bytes. */
static const struct {
    int64_t from;
    const char *end;
    size_t len;
} streams[] = {
    { XD_STREAM_FIRST, "\x0fx-stream-offsetS\0\0\0\005first", 26 },
    { XD_STREAM_LAST, "\x0fx-stream-offsetS\0\0\0\004last", 25 },
    { 1700000000, "\x0fx-stream-offsetT\0\0\0\0\x65\x53\xf1\0", 25 },
};

START_TEST(a_stream_is_read_from_a_place)
{
    uint32_t number;
    xd_str_t frame;

    ck_assert_int_eq(xd_link_consume_stream(peer.link, XD_STR("xd.audit"),
                         streams[_i].from, &number),
        XD_OK);
    ck_assert_str_eq(sent(), "60.20/2");
    frame = payload(0);
    ck_assert_mem_eq(frame.ptr + frame.len - streams[_i].len, streams[_i].end,
        streams[_i].len);

    /* Again after a reconnect. */
    xd_link_lost(peer.link);
    come_back();
    ck_assert_ptr_nonnull(strstr(sent(), "60.20/2 60.20/2"));
    frame = payload(8);
    ck_assert_mem_eq(frame.ptr + frame.len - streams[_i].len, streams[_i].end,
        streams[_i].len);
}
END_TEST


START_TEST(a_stream_begins_somewhere)
{
    uint32_t number;

    ck_assert_int_eq(xd_link_consume_stream(peer.link, XD_STR("xd.audit"), 0,
                         &number),
        XD_E_LIMIT);
    ck_assert_int_eq(xd_link_consume_stream(peer.link, XD_STR("xd.audit"), -3,
                         &number),
        XD_E_LIMIT);
    ck_assert_str_eq(sent(), "");
}
END_TEST


START_TEST(cancel_gives_back_what_is_held)
{
    uint32_t other;

    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.b"), &other),
        XD_OK);
    method(2, 60, 21, "s", tag_of(other));
    deliver(1, "a", "x");
    deliver_to(other, 2, "b", "x");
    deliver(3, "c", "x");
    ck_assert_int_eq(feed(), XD_OK);
    (void) sent();
    (void) told();

    ck_assert_int_eq(xd_link_cancel(peer.link, consumer), XD_OK);
    ck_assert_str_eq(sent(), "60.30/2 60.120/2 60.120/2");
    expect_ack(1, 1, 0);
    expect_ack(2, 3, 0);
    ck_assert_int_eq(xd_link_cancel(peer.link, consumer), XD_E_NOT_FOUND);

    /* What was on its way goes back as well, and is not told. */
    deliver(4, "d", "late");
    method(2, 60, 31, "s", tag_of(consumer));
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "");
    ck_assert_str_eq(sent(), "60.120/2");
    expect_ack(0, 4, 0);

    /* The owner's late ack of it is no harm; the other's is its own. */
    ck_assert_int_eq(xd_link_ack(peer.link, peer.tags[2], true), XD_OK);
    ck_assert_str_eq(sent(), "60.80/2");
    expect_ack(0, 2, 1);
}
END_TEST


/* What was on its way must be back before the queue is asked again: it would
 * send what stands behind it first. */
START_TEST(consumes_again_only_after_the_end_of_the_last)
{
    uint32_t again, other;

    ck_assert_int_eq(xd_link_cancel(peer.link, consumer), XD_OK);
    (void) sent();
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.a"), &again),
        XD_OK);
    ck_assert_str_eq(sent(), "");
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.b"), &other),
        XD_OK);
    ck_assert_str_eq(sent(), "60.20/2");

    deliver(1, "a", "late");
    method(2, 60, 31, "s", tag_of(consumer));
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(sent(), "60.120/2 60.20/2");
    ck_assert_mem_eq(payload(1).ptr + 4, "\0\0\006xd.q.a", 9);

    method(2, 60, 21, "s", tag_of(again));
    deliver_to(again, 2, "a", "late");
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_uint_eq(peer.last_tag & 0xff, 2);
}
END_TEST


START_TEST(cancelled_by_the_broker)
{
    uint32_t again;

    deliver(1, "a", "x");
    method(2, 60, 30, "s1", tag_of(consumer), 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_ptr_nonnull(strstr(told(), " cancelled:"));
    ck_assert_int_eq(xd_link_ack(peer.link, peer.last_tag, false), XD_OK);
    ck_assert_str_eq(sent(), "60.80/2");

    /* Its number is not used again for another consumer. */
    ck_assert_int_eq(xd_link_cancel(peer.link, consumer), XD_E_NOT_FOUND);
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("xd.q.a"), &again),
        XD_OK);
    ck_assert_uint_ne(again, consumer);
}
END_TEST


START_TEST(draining_takes_nothing_more)
{
    deliver(1, "a", "x");
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_int_eq(publish("p", 1), XD_OK);
    xd_link_drain(peer.link);
    (void) sent();
    (void) told();
    deliver(2, "b", "x");
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "");
    ck_assert_int_eq(xd_link_ack(peer.link, peer.last_tag, false), XD_OK);
    ck_assert_str_eq(sent(), "60.80/2");
}
END_TEST


START_TEST(a_body_over_the_limit_ends_the_link)
{
    method(2, 60, 60, "s81ss", tag_of(consumer), (uint64_t) 1, 0, "x", "k");
    header_id(2, (16 << 20) + 1, "a");
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "closed:311:a delivery of 16777217"));
    ck_assert_str_eq(sent(), "10.50/0");
}
END_TEST


/* A consumer that the broker made up: given back, not told. */
START_TEST(strange_consumers_are_given_back)
{
    static const char *const tags[] = { "0", "x", "99", "4294967295", "" };

    method(2, 60, 60, "s81ss", tags[_i], (uint64_t) 1, 0, "x", "k");
    header_id(2, 1, "a");
    body(2, "x");
    method(2, 60, 21, "s", tags[_i]);
    method(2, 60, 31, "s", tags[_i]);
    method(2, 60, 30, "s1", tags[_i], 1);
    ck_assert_int_eq(feed(), XD_OK);
    ck_assert_str_eq(told(), "");
    ck_assert_str_eq(sent(), "60.120/2");
}
END_TEST


START_TEST(names_of_queues_have_limits)
{
    char text[256];
    uint32_t n;

    memset(text, 'q', sizeof(text));
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR(""), &n), XD_E_LIMIT);
    ck_assert_int_eq(xd_link_consume(peer.link,
                         (xd_str_t){ text, sizeof(text) }, &n),
        XD_E_LIMIT);
    ck_assert_int_eq(xd_link_consume(peer.link, (xd_str_t){ text, 255 }, &n),
        XD_OK);
}
END_TEST


START_TEST(places_of_consumers_end)
{
    uint32_t n;

    for (int i = 0; i < 1023; i++) {
        ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("q"), &n), XD_OK);
    }
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("q"), &n), XD_E_LIMIT);
}
END_TEST


int
main(void)
{
    TCase *tc = tcase_create("deliver");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, delivers_however_bytes_are_cut, 1, 220);
    tcase_add_loop_test(tc, joins_the_frames_of_a_body, 1, 120);
    tcase_add_loop_test(tc, reads_every_property_and_header, 1, 400);
    tcase_add_test(tc, acknowledges_one_and_many);
    tcase_add_test(tc, never_acknowledges_twice);
    tcase_add_test(tc, tags_of_an_earlier_connection_are_ignored);
    tcase_add_test(tc, consumes_again_after_a_reconnect);
    tcase_add_loop_test(tc, a_stream_is_read_from_a_place, 0,
        sizeof(streams) / sizeof(streams[0]));
    tcase_add_test(tc, a_stream_begins_somewhere);
    tcase_add_test(tc, cancel_gives_back_what_is_held);
    tcase_add_test(tc, consumes_again_only_after_the_end_of_the_last);
    tcase_add_test(tc, cancelled_by_the_broker);
    tcase_add_test(tc, draining_takes_nothing_more);
    tcase_add_test(tc, a_body_over_the_limit_ends_the_link);
    tcase_add_loop_test(tc, strange_consumers_are_given_back, 0, 5);
    tcase_add_test(tc, names_of_queues_have_limits);
    tcase_add_test(tc, places_of_consumers_end);

    return run("bus", tc);
}
