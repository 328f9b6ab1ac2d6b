/* SPDX-License-Identifier: BSD-2-Clause */

/* Frames that no honest broker sends: each ends the link with a reason, and
 * none gets as far as a crash. */

#include "peer.h"

static uint32_t consumer;


static void
setup(void)
{
    peer_up(NULL);
    ck_assert_int_eq(xd_link_consume(peer.link, XD_STR("q"), &consumer), XD_OK);
    (void) sent();
}


static void
teardown(void)
{
    peer_free();
}


static void
deliver_method(uint64_t tag)
{
    char text[16];

    (void) snprintf(text, sizeof(text), "%" PRIu32, consumer);
    method(2, 60, 60, "s81ss", text, tag, 0, "x", "k");
}


/* Frames by their raw header; the payload is whatever follows. */
static const struct {
    const char *name;
    const char *bytes;
    size_t len;
    const char *want;
} frames[] = {
#define RAW(b) (b), sizeof(b) - 1
    { "unknown type", RAW("\4\0\1\0\0\0\4\0\0\0\0\316"), "frame of type 4" },
    { "type 0", RAW("\0\0\0\0\0\0\0\316"), "frame of type 0" },
    { "protocol header when up", RAW("AMQP\0\0\011\1"), "frame of type 65" },
    { "unknown channel", RAW("\1\0\3\0\0\0\4\0\74\0\120\316"),
        "frame of type 1 on channel 3" },
    { "header on channel 0", RAW("\2\0\0\0\0\0\16"), "type 2 on channel 0" },
    { "body on channel 0", RAW("\3\0\0\0\0\0\1x\316"), "type 3 on channel 0" },
    { "heartbeat on channel 1", RAW("\10\0\1\0\0\0\0\316"),
        "type 8 on channel 1" },
    { "heartbeat with payload", RAW("\10\0\0\0\0\0\1x\316"),
        "payload of 1 bytes" },
    { "method too short", RAW("\1\0\1\0\0\0\3\0\74\0\316"),
        "payload of 3 bytes" },
    { "content header too short", RAW("\2\0\2\0\0\0\15"),
        "payload of 13 bytes" },
    { "a byte over frame_max", RAW("\3\0\2\0\1\377\371"),
        "payload of 131065 bytes" },
    { "4 GiB", RAW("\3\0\2\377\377\377\377"), "payload of 4294967295 bytes" },
    { "bad end octet", RAW("\10\0\0\0\0\0\0\315"), "no end octet" },
    { "no end octet of a method",
        RAW("\1\0\1\0\0\0\15\0\74\0\120\0\0\0\0\0\0\0\1\0\0"), "no end octet" },
    { "unknown class", RAW("\1\0\1\0\0\0\4\0\143\0\12\316"),
        "unexpected method unknown" },
    { "unknown method", RAW("\1\0\1\0\0\0\4\0\74\3\350\316"),
        "unexpected method unknown" },
    { "a client's own method", RAW("\1\0\1\0\0\0\4\0\74\0\50\316"),
        "unexpected method AMQP_BASIC_PUBLISH_METHOD" },
    { "connection.start again", RAW("\1\0\0\0\0\0\4\0\12\0\12\316"),
        "unexpected method AMQP_CONNECTION_START_METHOD" },
    { "tune again", RAW("\1\0\0\0\0\0\14\0\12\0\36\0\0\0\0\0\0\0\0\316"),
        "unexpected method AMQP_CONNECTION_TUNE_METHOD" },
    { "ack on the consumers' channel",
        RAW("\1\0\2\0\0\0\15\0\74\0\120\0\0\0\0\0\0\0\1\0\316"),
        "unexpected method AMQP_BASIC_ACK_METHOD" },
    { "deliver on the publisher's channel", RAW("\1\0\1\0\0\0\4\0\74\0\74\316"),
        "unexpected method AMQP_BASIC_DELIVER_METHOD" },
    { "arguments missing", RAW("\1\0\1\0\0\0\4\0\74\0\120\316"),
        "cannot decode a frame" },
    { "short string past the end", RAW("\1\0\2\0\0\0\6\0\74\0\25\377x\316"),
        "cannot decode a frame" },
    { "header without method",
        RAW("\2\0\2\0\0\0\16\0\74\0\0\0\0\0\0\0\0\0\1\0\0\316"),
        "content header without its method" },
    { "body without header", RAW("\3\0\2\0\0\0\1x\316"),
        "more body than its header said" },
};


START_TEST(raw_frame)
{
    for (size_t step = 1; step <= 32; step += 31) {
        xd_buf_add(&peer.bytes, (xd_str_t){ frames[_i].bytes, frames[_i].len });
        ck_assert_int_eq(feed_by(step), XD_E_LINK);
        ck_assert_msg(strstr(told(), frames[_i].want) != NULL, "%s",
            frames[_i].name);
        ck_assert_str_eq(sent(), "10.50/0");
        ck_assert_int_eq(xd_link_state(peer.link), XD_LINK_DOWN);
        ck_assert_int_eq(xd_link_input(peer.link, "\10", 1, 0), XD_E_LINK);

        xd_link_lost(peer.link);
        ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
        script_start();
        script_tune(2047, 131072, 60);
        script_channels();
        ck_assert_int_eq(feed(), XD_OK);
        (void) told();
        (void) sent();
    }
}
END_TEST


/* The largest frame that was agreed passes. */
START_TEST(a_frame_of_just_frame_max_passes)
{
    static char bytes[131064];

    memset(bytes, 'x', sizeof(bytes));
    deliver_method(1);
    header_id(2, sizeof(bytes), "a");
    put_frame(&peer.bytes, 3, 2, (xd_str_t){ bytes, sizeof(bytes) });
    ck_assert_int_eq(feed_by(65536), XD_OK);
    ck_assert_ptr_nonnull(strstr(told(), "delivery:a:xxx"));
}
END_TEST


START_TEST(before_tuning_frames_are_small)
{
    peer_free();
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    xd_buf_add(&peer.bytes, (xd_str_t){ "\1\0\0\0\1\0\0", 7 });
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "payload of 65536 bytes"));
}
END_TEST


/* A table of that many levels, tables or arrays, as a header's value. */
static void
nest(xd_buf_t *b, int depth, char kind)
{
    xd_buf_t inner = { 0 };

    for (int i = 0; i < depth; i++) {
        xd_buf_t outer = { 0 };

        if (kind == 'F') {
            put_short(&outer, "k");
        }
        xd_buf_byte(&outer, kind);
        put_long(&outer, xd_buf_str(&inner));
        xd_buf_free(&inner);
        inner = outer;
    }

    put_short(b, "deep");
    xd_buf_byte(b, kind);
    put_long(b, xd_buf_str(&inner));
    xd_buf_free(&inner);
}


static xd_rc_t
deliver_table(xd_str_t table)
{
    xd_buf_t p = { 0 };
    xd_rc_t rc;

    put_long(&p, table);
    deliver_method(1);
    header(2, 0, FLAG_HEADERS, xd_buf_str(&p));
    xd_buf_free(&p);
    rc = feed();

    return rc;
}


START_TEST(nesting_has_a_limit)
{
    static const struct {
        int depth;
        char kind;
        xd_rc_t want;
    } cases[] = { { 6, 'F', XD_OK }, { 7, 'F', XD_E_LINK }, { 6, 'A', XD_OK },
        { 7, 'A', XD_E_LINK }, { 12000, 'F', XD_E_LINK },
        { 20000, 'A', XD_E_LINK } };
    xd_buf_t table = { 0 };

    nest(&table, cases[_i].depth, cases[_i].kind);
    ck_assert_int_eq(deliver_table(xd_buf_str(&table)), cases[_i].want);
    ck_assert_ptr_nonnull(strstr(told(),
        cases[_i].want == XD_OK ? "delivery:" : "malformed content header"));
    xd_buf_free(&table);
}
END_TEST


/* Tables cut short at every byte, and lengths that lie. */
START_TEST(broken_tables)
{
    static const char whole[] = "\1aS\0\0\0\2xy\1bF\0\0\0\10\1cl\0\0\0\0\0";
    static const xd_str_t broken[] = {
        { whole, 2 },
        { whole, 3 },
        { whole, 6 },
        { whole, 8 },
        { whole, sizeof(whole) - 2 },
        XD_STR("\1a?x"),
        XD_STR("\1a"),
        XD_STR("\377a"),
        XD_STR("\1aS\377\377\377\377x"),
        XD_STR("\1aF\0\0\0\1"),
        XD_STR("\1aA\0\0\0\1?"),
        XD_STR("\1aD\1\1"),
        XD_STR("\1at"),
    };

    if (_i == sizeof(broken) / sizeof(broken[0])) {
        return;
    }
    ck_assert_int_eq(deliver_table(broken[_i]), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "malformed content header"));
}
END_TEST


START_TEST(server_properties_are_walked_too)
{
    xd_buf_t table = { 0 };

    peer_free();
    peer_new(NULL);
    ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
    nest(&table, 9, 'F');
    script_start_with(xd_buf_str(&table), "PLAIN");
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "malformed server properties"));
    xd_buf_free(&table);
}
END_TEST


START_TEST(continued_property_flags)
{
    static const unsigned flags[] = { 0x0001, 0x0002, 0x8001, 0xffff };

    deliver_method(1);
    header(2, 0, flags[_i], XD_STR("\1a"));
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "malformed content header"));
}
END_TEST


START_TEST(properties_cut_short)
{
    deliver_method(1);
    header(2, 0, FLAG_ID, XD_STR("\11short"));
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "cannot decode a frame"));
}
END_TEST


START_TEST(contents_do_not_interleave)
{
    deliver_method(1);
    if (_i == 1) {
        header_id(2, 5, "a");
        body(2, "ab");
    }
    deliver_method(2);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "a method inside of a content"));
}
END_TEST


START_TEST(two_headers)
{
    deliver_method(1);
    header_id(2, 5, "a");
    header_id(2, 5, "a");
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "content header without"));
}
END_TEST


START_TEST(more_body_than_said)
{
    deliver_method(1);
    header_id(2, 2, "a");
    body(2, "abc");
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "more body"));
}
END_TEST


START_TEST(another_class_of_content)
{
    xd_buf_t b = { 0 };

    deliver_method(1);
    put(&b, 50, 2);
    put(&b, 0, 8);
    put(&b, 0, 4);
    put_frame(&peer.bytes, 2, 2, xd_buf_str(&b));
    xd_buf_free(&b);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "malformed content header"));
}
END_TEST


START_TEST(delivery_tags_must_grow)
{
    static const uint64_t second[] = { 1, 0, UINT64_MAX, (uint64_t) 1 << 48 };

    deliver_method(1);
    header_id(2, 0, "a");
    deliver_method(second[_i]);
    ck_assert_int_eq(feed(), XD_E_LINK);
    ck_assert_ptr_nonnull(strstr(told(), "closed:503:delivery tag"));
}
END_TEST


/* Everything a broker may say, with one byte changed at each place: no
 * outcome is asked for but that ASan has nothing to say. */
START_TEST(one_byte_wrong_anywhere)
{
    xd_buf_t whole = { 0 };

    deliver_method(1);
    header_id(2, 3, "abc");
    body(2, "xyz");
    method(1, 60, 50, "2sss", 312, "NO_ROUTE", "x", "k");
    header_id(1, 1, "p");
    body(1, "x");
    method(1, 60, 80, "81", (uint64_t) 1, 1);
    method(0, 10, 60, "s", "memory");
    xd_buf_add(&whole, xd_buf_str(&peer.bytes));
    xd_buf_reset(&peer.bytes);

    for (size_t at = 0; at < whole.len; at++) {
        ck_assert_int_eq(publish("p", 1), XD_OK);
        xd_buf_add(&peer.bytes, xd_buf_str(&whole));
        peer.bytes.ptr[at] = (char) (peer.bytes.ptr[at] ^ (1 << _i));
        if (feed_by(17) == XD_OK) {
            ck_assert_int_ne(xd_link_state(peer.link), XD_LINK_DOWN);
        }
        xd_link_lost(peer.link);
        ck_assert_uint_eq(xd_link_inflight(peer.link), 0);
        ck_assert_int_eq(xd_link_start(peer.link, peer.now), XD_OK);
        script_start();
        script_tune(2047, 131072, 60);
        script_channels();
        ck_assert_int_eq(feed(), XD_OK);
        (void) told();
        (void) sent();
    }
    xd_buf_free(&whole);
}
END_TEST


int
main(void)
{
    TCase *tc = tcase_create("hostile");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, raw_frame, 0, sizeof(frames) / sizeof(frames[0]));
    tcase_add_test(tc, a_frame_of_just_frame_max_passes);
    tcase_add_test(tc, before_tuning_frames_are_small);
    tcase_add_loop_test(tc, nesting_has_a_limit, 0, 6);
    tcase_add_loop_test(tc, broken_tables, 0, 13);
    tcase_add_test(tc, server_properties_are_walked_too);
    tcase_add_loop_test(tc, continued_property_flags, 0, 4);
    tcase_add_test(tc, properties_cut_short);
    tcase_add_loop_test(tc, contents_do_not_interleave, 0, 2);
    tcase_add_test(tc, two_headers);
    tcase_add_test(tc, more_body_than_said);
    tcase_add_test(tc, another_class_of_content);
    tcase_add_loop_test(tc, delivery_tags_must_grow, 0, 4);
    tcase_add_loop_test(tc, one_byte_wrong_anywhere, 0, 8);

    return run("bus", tc);
}
