/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From connection.start until both channels stand, and how a connection ends.
 * Once the broker let us in, everything that the channels need is sent at
 * once; a bit for each reply says what is still awaited.
 *
 * Standard: AMQP 0-9-1 sections 1.4 and 1.5 of the class reference; SASL
 * PLAIN, RFC 4616.
 */

#include "bus/link_impl.h"

#define CHANNELS     2
#define FRAME_LOWEST 4096 /* the protocol's own minimum */
#define SASL_MAX     1024
#define COUNT(a)     ((int) (sizeof(a) / sizeof((a)[0])))

enum {
    AWAIT_PUBLISHER = 1,
    AWAIT_CONSUMER = 2,
    AWAIT_CONFIRM = 4,
    AWAIT_QOS = 8,
    AWAIT_ALL = 15
};


static const char *const capabilities[] = {
    "publisher_confirms",
    "basic.nack",
    "connection.blocked",
    "consumer_cancel_notify",
    "exchange_exchange_bindings",
    "authentication_failure_close",
};


/* A long string as a table has it. */
static amqp_table_entry_t
text_entry(const char *key, xd_str_t value)
{
    amqp_table_entry_t e = { .key = link_bytes(xd_str(key)) };

    e.value.kind = AMQP_FIELD_KIND_UTF8;
    e.value.value.bytes = link_bytes(value);

    return e;
}


static xd_rc_t
send_or_fail(xd_link_t *link, uint16_t channel, amqp_method_number_t id,
    void *args)
{
    xd_rc_t rc = link_send(link, channel, id, args);

    return rc == XD_OK ? rc
                       : link_fail(link, 0, "cannot write %s: %s",
                           amqp_method_name(id), xd_rc_text(rc));
}


/* user and password as SASL wants them; 0: too long. */
static size_t
sasl_plain(const xd_link_t *link, char out[SASL_MAX])
{
    xd_str_t user = link->conf.user, password = link->conf.password;
    size_t len = user.len + password.len + 2;

    if (len > SASL_MAX) {
        return 0;
    }

    out[0] = '\0';
    memcpy(out + 1, user.ptr, user.len);
    out[1 + user.len] = '\0';
    memcpy(out + 2 + user.len, password.ptr, password.len);

    return len;
}


/* Brokers send blocked, cancel and a reason for a refused login only to those
 * who say here that they understand them. */
static xd_rc_t
send_start_ok(xd_link_t *link, xd_str_t response)
{
    amqp_table_entry_t able[COUNT(capabilities)];
    amqp_table_entry_t entries[] = {
        text_entry("product", XD_STR("Crossdock")),
        text_entry("connection_name", link->conf.name),
        { .key = link_bytes(XD_STR("capabilities")) },
    };
    amqp_connection_start_ok_t args = {
        .client_properties = { COUNT(entries), entries },
        .mechanism = link_bytes(XD_STR("PLAIN")),
        .response = link_bytes(response),
        .locale = link_bytes(XD_STR("en_US")),
    };

    for (int i = 0; i < COUNT(capabilities); i++) {
        able[i] =
            (amqp_table_entry_t){ .key = link_bytes(xd_str(capabilities[i])) };
        able[i].value.kind = AMQP_FIELD_KIND_BOOLEAN;
        able[i].value.value.boolean = 1;
    }

    entries[2].value.kind = AMQP_FIELD_KIND_TABLE;
    entries[2].value.value.table = (amqp_table_t){ COUNT(able), able };

    return send_or_fail(link, 0, AMQP_CONNECTION_START_OK_METHOD, &args);
}


/* mechanisms is a list of words. */
static bool
offers(xd_str_t mechanisms, const char *want)
{
    while (mechanisms.ptr != NULL) {
        if (xd_str_is(xd_str_cut(&mechanisms, ' '), want)) {
            return true;
        }
    }

    return false;
}


/* Too long a version is not kept: it is shown, never compared. */
static void
note_version(xd_link_t *link, const amqp_table_t *properties)
{
    link->version[0] = '\0';

    for (int i = 0; i < properties->num_entries; i++) {
        const amqp_table_entry_t *e = &properties->entries[i];
        xd_str_t value = link_str(e->value.value.bytes);

        if (xd_str_is(link_str(e->key), "version")
            && e->value.kind == AMQP_FIELD_KIND_UTF8
            && value.len < sizeof(link->version))
        {
            memcpy(link->version, value.ptr, value.len);
            link->version[value.len] = '\0';
        }
    }
}


/* Server properties are hints; version and mechanisms are what binds. */
xd_rc_t
on_start(xd_link_t *link, void *args)
{
    const amqp_connection_start_t *start = args;
    char response[SASL_MAX];
    size_t len = sasl_plain(link, response);

    note_version(link, &start->server_properties);

    if (start->version_major != 0 || start->version_minor != 9) {
        return link_fail(link, 0, "the broker offers AMQP %u-%u, not 0-9",
            start->version_major, start->version_minor);
    }

    if (!offers(link_str(start->mechanisms), "PLAIN")) {
        return link_fail(link, 0, "the broker does not offer PLAIN");
    }

    if (len == 0) {
        return link_fail(link, 0, "user and password are longer than %d bytes",
            SASL_MAX);
    }

    link->step = LINK_TUNING;

    return send_start_ok(link, (xd_str_t){ response, len });
}


xd_rc_t
on_secure(xd_link_t *link, void *args)
{
    (void) args;

    return link_fail(link, 0,
        "the broker wants more than PLAIN says to let us in");
}


/* Both sides' wish for the heartbeat: the smaller one that is not 0. */
static uint16_t
agreed_heartbeat(uint16_t ours, uint16_t theirs)
{
    return theirs == 0 || ours < theirs ? ours : theirs;
}


xd_rc_t
on_tune(xd_link_t *link, void *args)
{
    amqp_connection_tune_t tune = *(const amqp_connection_tune_t *) args;
    amqp_connection_tune_ok_t ok = {
        .channel_max = CHANNELS,
        .frame_max = link->conf.frame_max,
        .heartbeat = agreed_heartbeat(link->conf.heartbeat, tune.heartbeat),
    };
    amqp_connection_open_t open = {
        .virtual_host = link_bytes(link->conf.vhost),
    };

    if (tune.frame_max != 0 && tune.frame_max < ok.frame_max) {
        ok.frame_max = tune.frame_max;
    }

    if (ok.frame_max < FRAME_LOWEST
        || (tune.channel_max != 0 && tune.channel_max < CHANNELS))
    {
        return link_fail(link, 0,
            "the broker allows only frames of %u bytes and %u channels",
            tune.frame_max, tune.channel_max);
    }

    /* The one moment at which the codec may be tuned: it aborts before the
     * first frame and inside of one.  Heartbeats stay with our own timers. */
    if (amqp_tune_connection(link->codec, CHANNELS, (int) ok.frame_max, 0)
        != AMQP_STATUS_OK)
    {
        return link_fail(link, 0, "no memory to tune the connection");
    }

    link->frame_max = ok.frame_max;
    link->heartbeat_ms = ok.heartbeat * 1000U;
    link->step = LINK_OPENED;

    return send_or_fail(link, 0, AMQP_CONNECTION_TUNE_OK_METHOD, &ok) == XD_OK
               ? send_or_fail(link, 0, AMQP_CONNECTION_OPEN_METHOD, &open)
               : XD_E_LINK;
}


xd_rc_t
on_open_ok(xd_link_t *link, void *args)
{
    amqp_channel_open_t open = { { 0, NULL } };
    amqp_confirm_select_t confirm = { 0 };
    amqp_basic_qos_t qos = { .prefetch_count = link->conf.prefetch };
    const struct {
        uint16_t channel;
        amqp_method_number_t id;
        void *args;
    } sends[] = {
        { LINK_PUBLISHER, AMQP_CHANNEL_OPEN_METHOD, &open },
        { LINK_PUBLISHER, AMQP_CONFIRM_SELECT_METHOD, &confirm },
        { LINK_CONSUMER, AMQP_CHANNEL_OPEN_METHOD, &open },
        { LINK_CONSUMER, AMQP_BASIC_QOS_METHOD, &qos },
    };
    xd_rc_t rc = XD_OK;

    (void) args;
    link->step = LINK_CHANNELS;
    link->awaited = AWAIT_ALL;

    for (int i = 0; i < COUNT(sends) && rc == XD_OK; i++) {
        rc = send_or_fail(link, sends[i].channel, sends[i].id, sends[i].args);
    }

    return rc;
}


/* One reply less; with the last one the link is up.  The owner is told before
 * its consumers ask again, so that nothing is delivered to it earlier. */
static xd_rc_t
arrived(xd_link_t *link, uint32_t reply)
{
    link->awaited &= ~reply;
    if (link->awaited != 0) {
        return XD_OK;
    }

    link->step = LINK_READY;

    if (link->drain) {
        link_drained(link);
        return XD_OK;
    }

    if (link->on.up != NULL) {
        link->on.up(link->ctx);
    }

    return link_consume_all(link);
}


xd_rc_t
on_publisher_open(xd_link_t *link, void *args)
{
    (void) args;
    return arrived(link, AWAIT_PUBLISHER);
}


xd_rc_t
on_consumer_open(xd_link_t *link, void *args)
{
    (void) args;
    return arrived(link, AWAIT_CONSUMER);
}


xd_rc_t
on_confirm_ok(xd_link_t *link, void *args)
{
    (void) args;
    return arrived(link, AWAIT_CONFIRM);
}


xd_rc_t
on_qos_ok(xd_link_t *link, void *args)
{
    (void) args;
    return arrived(link, AWAIT_QOS);
}


/* -- blocked, closed ------------------------------------------------------- */

/* From here on the broker reads nothing more of us: publishes are refused
 * (XD_E_AGAIN) instead of gathering. */
static xd_rc_t
set_blocked(xd_link_t *link, bool on, xd_str_t reason)
{
    link->blocked = on;
    if (link->on.blocked != NULL) {
        link->on.blocked(link->ctx, on, reason);
    }

    return XD_OK;
}


xd_rc_t
on_blocked(xd_link_t *link, void *args)
{
    const amqp_connection_blocked_t *m = args;

    return set_blocked(link, true, link_str(m->reason));
}


xd_rc_t
on_unblocked(xd_link_t *link, void *args)
{
    (void) args;
    return set_blocked(link, false, XD_STR(""));
}


xd_rc_t
on_channel_close(xd_link_t *link, void *args)
{
    const amqp_channel_close_t *m = args;

    link->refused = ((amqp_method_number_t) m->class_id << 16 | m->method_id)
                    == AMQP_BASIC_PUBLISH_METHOD;

    /* A channel is closed for what we did wrong; with one of the two gone the
     * link is of no use, so the whole connection ends, politely. */
    link_say_close(link, AMQP_REPLY_SUCCESS, XD_STR("a channel was closed"));

    return link_closed(link, m->reply_code, link_str(m->reply_text));
}


/* The broker waits for close-ok before it lets go of the socket. */
xd_rc_t
on_connection_close(xd_link_t *link, void *args)
{
    const amqp_connection_close_t *m = args;
    amqp_connection_close_ok_t ok = { 0 };

    link_say(link, AMQP_CONNECTION_CLOSE_OK_METHOD, &ok);

    return link_closed(link, m->reply_code, link_str(m->reply_text));
}


xd_rc_t
on_connection_close_ok(xd_link_t *link, void *args)
{
    (void) args;
    return link_closed(link, AMQP_REPLY_SUCCESS, XD_STR("closed by us"));
}
