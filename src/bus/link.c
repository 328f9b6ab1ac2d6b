/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Life of a link, and its clock.  The link's arena lives as long as the link
 * itself: a reconnect needs no new memory but the codec's.
 */

#include "bus/link_impl.h"

#include <stdarg.h>
#include <stdio.h>

#define FRAME_MAX    131072
#define FRAME_MIN    8192 /* RabbitMQ from 4.1 refuses less */
#define HEARTBEAT    10
#define WINDOW       256
#define WINDOW_MAX   65536
#define PREFETCH     100
#define BODY_MAX     ((size_t) 16 << 20)
#define PENDING_MAX  ((size_t) 64 << 20)
#define INCOMING_MAX ((size_t) 4 << 20) /* properties of one delivery */


static const char protocol_header[] = { 'A', 'M', 'Q', 'P', 0, 0, 9, 1 };
static const char heartbeat_frame[] = { 8, 0, 0, 0, 0, 0, 0,
    (char) AMQP_FRAME_END };


static xd_link_conf_t
with_defaults(xd_link_conf_t c)
{
    uint32_t window = 1;

    c.frame_max = c.frame_max == 0 ? FRAME_MAX : c.frame_max;
    c.frame_max = c.frame_max < FRAME_MIN ? FRAME_MIN : c.frame_max;
    c.heartbeat = c.heartbeat == 0 ? HEARTBEAT : c.heartbeat;
    c.prefetch = c.prefetch == 0 ? PREFETCH : c.prefetch;
    c.body_max = c.body_max == 0 ? BODY_MAX : c.body_max;
    c.pending_max = c.pending_max == 0 ? PENDING_MAX : c.pending_max;

    /* confirm.c takes powers of two only. */
    c.window = c.window == 0 ? WINDOW : c.window;
    while (window < c.window && window < WINDOW_MAX) {
        window *= 2;
    }
    c.window = window;

    return c;
}


/* Empty ones too: the codec wants pointers. */
static bool
copy_texts(xd_link_t *link)
{
    xd_str_t *const texts[] = { &link->conf.vhost, &link->conf.user,
        &link->conf.password, &link->conf.name };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        *texts[i] = xd_dup(link->arena, *texts[i]);
        if (texts[i]->ptr == NULL) {
            return false;
        }
    }

    return true;
}


/* As many as the window has places, all free. */
static bool
make_jobs(xd_link_t *link)
{
    uint32_t n = link->conf.window;

    link->window = xd_confirm_new(link->arena, n, link_job_settled);
    link->jobs = xd_alloc_n(link->arena, n, sizeof(*link->jobs));

    if (link->window == NULL || link->jobs == NULL) {
        return false;
    }

    for (uint32_t i = 0; i < n; i++) {
        link->jobs[i].link = link;
        link->jobs[i].next = i + 1 < n ? &link->jobs[i + 1] : NULL;
    }

    link->free_jobs = link->jobs;

    return true;
}


xd_link_t *
xd_link_new(const xd_link_conf_t *conf, const xd_link_events_t *events,
    void *ctx)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_link_t *link = arena == NULL ? NULL : xd_alloc(arena, sizeof(*link));

    if (link == NULL) {
        xd_arena_free(arena);
        return NULL;
    }

    *link = (xd_link_t){
        .arena = arena,
        .conf = with_defaults(*conf),
        .on = *events,
        .ctx = ctx,
        .consumers = XD_VEC(link_consumer_t),
    };

    link->scratch = xd_alloc(arena, link->conf.frame_max);
    link->incoming_arena = xd_arena_new(INCOMING_MAX);

    if (link->scratch == NULL || link->incoming_arena == NULL
        || !copy_texts(link) || !make_jobs(link))
    {
        xd_link_free(link);
        return NULL;
    }

    return link;
}


static void
codec_free(xd_link_t *link)
{
    if (link->codec != NULL) {
        (void) amqp_destroy_connection(link->codec);
        link->codec = NULL;
    }
}


void
xd_link_free(xd_link_t *link)
{
    if (link == NULL) {
        return;
    }

    codec_free(link);
    xd_arena_free(link->incoming_arena);
    xd_buf_free(&link->in);
    xd_buf_free(&link->out);
    xd_buf_free(&link->unacked);
    xd_buf_free(&link->body);
    xd_arena_free(link->arena);
}


void
link_on_output(xd_link_t *link, void (*wake)(void *ctx), void *ctx)
{
    link->wake = wake;
    link->wake_ctx = ctx;
}


/* -- beginning and end of a connection ------------------------------------- */

/* Nothing of the last connection may reach into the next. */
static void
forget_connection(xd_link_t *link)
{
    codec_free(link);
    xd_buf_reset(&link->in);
    xd_buf_reset(&link->out);
    xd_buf_reset(&link->unacked);
    xd_buf_reset(&link->body);

    link->out_at = 0;
    link->last_tag = 0;
    link->heartbeat_ms = 0;
    link->frame_max = link->conf.frame_max;
    link->returned = link->delivery = (link_content_t){ 0 };
}


/* A codec for each connection: after a fault its state is stuck for good. */
xd_rc_t
xd_link_start(xd_link_t *link, int64_t now_ms)
{
    if (link->step != LINK_DOWN) {
        xd_link_lost(link);
    }

    forget_connection(link);

    link->codec = amqp_new_connection();
    if (link->codec == NULL) {
        return XD_E_MEMORY;
    }

    link->step = LINK_HEADER;
    link->drain = false;
    link->refused = false;
    link->epoch = (uint16_t) (link->epoch + 1);
    link->started = link->sent = link->received = now_ms;

    return link_send_bytes(link,
        (xd_str_t){ protocol_header, sizeof(protocol_header) });
}


xd_rc_t
link_closed(xd_link_t *link, uint16_t code, xd_str_t text)
{
    link->step = LINK_BROKEN;

    if (link->on.closed != NULL) {
        link->on.closed(link->ctx, code, text);
    }

    return XD_E_LINK;
}


/* Whether it went matters to nobody: what follows is the end either way. */
void
link_say(xd_link_t *link, amqp_method_number_t id, void *args)
{
    xd_rc_t rc = link_send(link, 0, id, args);

    (void) rc;
}


void
link_say_close(xd_link_t *link, uint16_t code, xd_str_t text)
{
    amqp_connection_close_t args = {
        .reply_code = code,
        .reply_text = link_bytes(text),
    };

    link_say(link, AMQP_CONNECTION_CLOSE_METHOD, &args);
}


xd_rc_t
link_fail(xd_link_t *link, uint16_t code, const char *format, ...)
{
    char text[LINK_SHORT_MAX];
    va_list args;

    va_start(args, format);
    (void) vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    /* Before tuning is agreed a broker expects nothing but the handshake;
     * and whether it hears this no longer matters. */
    if (code != 0 && link->step >= LINK_OPENED) {
        link_say_close(link, code, xd_str(text));
    }

    return link_closed(link, code, xd_str(text));
}


/* Called after every settlement: the last one closes. */
void
link_drained(xd_link_t *link)
{
    if (link->step == LINK_READY && link->drain && link->inflight == 0) {
        link->step = LINK_CLOSING;
        link_say_close(link, AMQP_REPLY_SUCCESS, XD_STR("bye"));
    }
}


/* Down comes first, so that a callback that publishes again is refused, and
 * jobs last, when everything else knows already. */
void
xd_link_lost(xd_link_t *link)
{
    link_step_t step = link->step;

    link->step = LINK_DOWN;

    if (step != LINK_DOWN && step != LINK_BROKEN && link->on.closed != NULL) {
        link->on.closed(link->ctx, 0, XD_STR("the connection was lost"));
    }

    if (link->blocked) {
        link->blocked = false;
        if (link->on.blocked != NULL) {
            link->on.blocked(link->ctx, false, XD_STR(""));
        }
    }

    forget_connection(link);
    link_consumers_lost(link);
    xd_confirm_lost(link->window);
}


void
xd_link_drain(xd_link_t *link)
{
    link->drain = true;
    link_drained(link);
}


/* -- time ------------------------------------------------------------------ */

static int64_t
earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}


/* Two clocks run beside each other: ours to say something, the broker's to
 * have said something. */
int64_t
xd_link_deadline(const xd_link_t *link)
{
    int64_t due;

    if (link->step == LINK_DOWN || link->step == LINK_BROKEN) {
        return 0;
    }

    if (link->step < LINK_READY) {
        due = link->started + LINK_OPENING_MS;
        if (link->heartbeat_ms == 0) {
            return due;
        }
    } else {
        due = INT64_MAX;
    }

    due = earlier(due, link->sent + link->heartbeat_ms / 2);

    return earlier(due, link->received + 2 * (int64_t) link->heartbeat_ms);
}


xd_rc_t
xd_link_tick(xd_link_t *link, int64_t now_ms)
{
    if (link->step == LINK_DOWN || link->step == LINK_BROKEN) {
        return XD_OK;
    }

    if (link->step < LINK_READY && now_ms >= link->started + LINK_OPENING_MS) {
        return link_fail(link, 0,
            "the broker did not finish the handshake "
            "within %d s",
            LINK_OPENING_MS / 1000);
    }

    if (link->heartbeat_ms == 0) {
        return XD_OK;
    }

    if (now_ms >= link->received + 2 * (int64_t) link->heartbeat_ms) {
        return link_fail(link, 0, "the broker was silent for %u ms",
            2 * link->heartbeat_ms);
    }

    if (now_ms >= link->sent + link->heartbeat_ms / 2) {
        link->sent = now_ms;

        /* Bytes that wait say the same once the socket takes them. */
        if (link_pending(link) == 0) {
            return link_send_bytes(link,
                (xd_str_t){ heartbeat_frame, sizeof(heartbeat_frame) });
        }
    }

    return XD_OK;
}


/* -- what it is ------------------------------------------------------------ */

/* A link that has failed is down, though its socket may still be open. */
xd_link_state_t
xd_link_state(const xd_link_t *link)
{
    switch (link->step) {
    case LINK_DOWN:
    case LINK_BROKEN:
        return XD_LINK_DOWN;
    case LINK_READY:
        return link->drain ? XD_LINK_DRAINING : XD_LINK_UP;
    case LINK_CLOSING:
        return XD_LINK_DRAINING;
    default:
        return XD_LINK_OPENING;
    }
}


bool
xd_link_is_blocked(const xd_link_t *link)
{
    return link->blocked;
}


bool
xd_link_refused(const xd_link_t *link)
{
    return link->refused;
}


uint32_t
xd_link_inflight(const xd_link_t *link)
{
    return link->inflight;
}


xd_str_t
xd_link_server_version(const xd_link_t *link)
{
    return xd_str(link->version);
}
