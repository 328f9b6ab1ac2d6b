/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The works of the relay, by the first part of their key: files that were
 * taken (in.<format>.<party>), files in quarantine (quarantine.<party>), and
 * bytes for a partner (out.file.<party>).
 */

#include "file.h"

#define HEADERS_ADDED 2


/* What a failure of ours means for the message. */
static xd_work_rc_t
verdict(xd_work_t *w, xd_rc_t rc)
{
    switch (rc) {

    case XD_OK:
        return XD_WORK_DONE;

    case XD_E_MEMORY:
    case XD_E_LIMIT:
    case XD_E_SYNTAX:
        xd_work_fail(w, "file.message", "it makes no message: %s",
            xd_rc_text(rc));
        return XD_WORK_PERMANENT;

    default:
        xd_work_fail(w, "file.store", "own state cannot be written: %s",
            xd_rc_text(rc));
        return XD_WORK_TRANSIENT;
    }
}


/* The message itself goes on, in the order of its partner's files.  The relay
 * gave us its real bytes; if they are too long to travel, they stay home. */
static xd_rc_t
send_raw(xd_work_t *w)
{
    const xd_message_t *from = w->message;
    xd_message_t m = *from;
    xd_header_t *headers =
        xd_alloc_n(w->arena, m.nheaders + HEADERS_ADDED, sizeof(*headers));
    xd_str_t lane =
        xd_fmt(w->arena, "in %.*s", XD_FMT(xd_header(from, "xd-party")));

    if (headers == NULL || lane.ptr == NULL) {
        return XD_E_MEMORY;
    }

    memcpy(headers, from->headers, m.nheaders * sizeof(*headers));
    headers[m.nheaders++] = (xd_header_t){ XD_STR("traceparent"), w->trace };
    headers[m.nheaders++] =
        (xd_header_t){ XD_STR("xd-config"), xd_str(xd_work_conf(w)->hash) };
    m.exchange = XD_STR("xd.raw");
    m.headers = headers;
    m.body = xd_header(from, "dataref").len > 0 ? XD_STR("") : from->body;

    return xd_work_emit(w, &m, lane);
}


static xd_rc_t
tell_refusal(xd_work_t *w)
{
    xd_str_t code = xd_dup(w->arena, w->message->type);

    return code.ptr == NULL ? XD_E_MEMORY
                            : xd_work_exception(w, code.ptr, w->message->body);
}


/* Only what we injected ourselves has no exchange: nobody can send us a file
 * by the broker. */
static bool
is_own(const xd_work_t *w)
{
    return xd_str_eq(w->queue, FILE_SOURCE) && w->message->exchange.len == 0;
}


xd_work_rc_t
file_work(void *ctx, xd_work_t *w)
{
    xd_key_parts_t key = xd_key_split(w->message->routing_key);

    if (!is_own(w)) {
        return file_outbound(ctx, w);
    }

    return verdict(w,
        xd_str_is(key.part[0], "in") ? send_raw(w) : tell_refusal(w));
}


/* Files to a partner keep their order by business key; those from one are
 * ordered on their way out, by the lane of the outbox. */
xd_str_t
file_lane(void *ctx, const xd_message_t *m, xd_str_t queue, xd_arena_t *arena)
{
    xd_str_t business = xd_header(m, "xd-key");
    xd_key_parts_t key = xd_key_split(m->routing_key);

    (void) ctx;
    (void) queue;

    if (business.len == 0 || key.count != 3) {
        return XD_STR_NONE;
    }

    return xd_fmt(arena, "%.*s>%.*s", XD_FMT(key.part[2]), XD_FMT(business));
}
