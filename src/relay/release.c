/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-hospital's answer to a case, a command <process>.held.case.release:
 *
 *   { "messageId": of the held row,
 *     "action": "as-is" | "mended" | "discarded",
 *     "body": base64, "n": 1, ...        mended: the bytes, and which mending
 *   }
 *
 * A mended message goes on under an id of its own, UUIDv5(original, "mend",
 * n), and names the original as its cause.
 */

#include "room.h"

#include "base/base64.h"
#include "base/clock.h"
#include "base/log.h"
#include "format/json.h"
#include "store/seen.h"

#define HEADERS_ROOM 1 /* xd-causation */

typedef struct {
    xd_relay_t *relay;
    xd_arena_t *arena;
    const xd_node_t *answer;
    xd_held_row_t row;
} release_t;

typedef xd_rc_t release_fn(release_t *r);


static xd_rc_t
release_as_is(release_t *r)
{
    r->row.state = XD_HELD_WAITING;
    r->row.due_ms = xd_now_ms();

    return xd_held_update(r->relay->store, &r->row);
}


/* The next row of the lane goes on; what was discarded is the hospital's to
 * remember. */
static xd_rc_t
release_discarded(release_t *r)
{
    return xd_held_delete(r->relay->store, r->row.seq);
}


/* The message's properties under its new id. */
static xd_rc_t
mended_props(release_t *r, xd_str_t id)
{
    xd_buf_t *props = &r->relay->props;
    xd_header_t *headers;
    xd_message_t m;
    size_t n = 0;
    xd_rc_t rc = xd_message_props_read(r->arena, r->row.props, &m);

    if (rc != XD_OK) {
        return rc;
    }

    headers = xd_alloc_n(r->arena, m.nheaders + HEADERS_ROOM, sizeof(*headers));
    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < m.nheaders; i++) {
        /* The mended bytes come along: no reference to the old ones. */
        if (!xd_str_is(m.headers[i].name, "xd-causation")
            && !body_is_reference(m.headers[i].name))
        {
            headers[n++] = m.headers[i];
        }
    }

    headers[n++] = (xd_header_t){ XD_STR("xd-causation"), m.message_id };
    m.message_id = id;
    m.headers = headers;
    m.nheaders = n;

    xd_buf_reset(props);
    xd_message_props_write(props, &m);

    return xd_buf_rc(props);
}


static xd_rc_t
release_mended(release_t *r)
{
    xd_store_t *store = r->relay->store;
    xd_str_t n = xd_text(r->answer, "n");
    xd_uuid_t id = XD_UUID5(r->row.message_id, XD_STR("mend"),
        n.len > 0 ? n : XD_STR("1"));
    uint8_t hash[XD_SHA256_LEN];
    xd_str_t body;
    xd_rc_t rc =
        xd_base64_read(r->arena, xd_text(r->answer, "body"), XD_BASE64, &body);

    rc = rc == XD_OK ? mended_props(r, xd_uuid_str(&id)) : rc;
    rc = rc == XD_OK ? xd_held_mend(store, r->row.seq, xd_uuid_str(&id),
             xd_buf_str(&r->relay->props), body)
                     : rc;
    if (rc != XD_OK) {
        return rc;
    }

    xd_sha256(body, hash);
    rc = xd_seen(store, xd_uuid_str(&id), hash, xd_now_ms());

    return rc == XD_E_STORE ? rc : release_as_is(r);
}


static const struct {
    const char *action;
    release_fn *act;
} actions[] = {
    { "as-is", release_as_is },
    { "mended", release_mended },
    { "discarded", release_discarded },
};


static xd_rc_t
release_act(release_t *r)
{
    xd_str_t action = xd_text(r->answer, "action");

    for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
        if (xd_str_is(action, actions[i].action)) {
            return actions[i].act(r);
        }
    }

    return XD_E_SYNTAX;
}


/* The row that is meant, when it waits for an answer at all. */
static xd_rc_t
release_find(release_t *r)
{
    xd_str_t id = xd_text(r->answer, "messageId");
    xd_rc_t rc = xd_held_get(r->relay->store, id, r->arena, &r->row);

    if (rc == XD_OK && r->row.state != XD_HELD_WARD) {
        rc = XD_E_NOT_FOUND;
    }

    if (rc == XD_E_NOT_FOUND) {
        xd_log(XD_LOG_WARN, XD_FIELDS({ "msg_id", id }),
            "a release names no message that waits for one");
    }

    return rc;
}


/* An answer that cannot be read must not be lost: it is a case itself. */
xd_rc_t
release_take(xd_relay_t *relay, const input_t *in)
{
    release_t r = { .relay = relay, .arena = relay->work_arena };
    xd_node_t *answer = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    xd_arena_reset(r.arena);
    xd_report_init(&rep, r.arena, 1);

    rc = xd_json_read(r.arena, in->message.body, NULL, &answer, &rep);
    r.answer = answer;
    rc = rc == XD_OK ? release_find(&r) : rc;
    rc = rc == XD_OK ? release_act(&r) : rc;

    switch (rc) {

    case XD_OK:
    case XD_E_NOT_FOUND:
        return XD_OK;

    case XD_E_STORE:
        return rc;

    default:
        return ward_refuse(relay, in, "relay.release",
            "the release cannot be read, or says nothing known");
    }
}
