/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd replay: facts of the audit stream once more to where they went, or
 * through the maps and routes of now.
 *
 * What goes out are the same commands: the same message-ids, made from the
 * fact and the header xd-routes that names its destinations.  So whoever
 * remembers one drops it; who has lost his memory does it again under the same
 * Idempotency-Key, and the system behind him drops it.  With --again the ids
 * are new, and only the system's own key stands between the command and a
 * second effect.
 */

#include "replay.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "crypt/digest.h"
#include "edi/shape.h"
#include "format/json.h"

#define STREAM      XD_STR("xd.audit")
#define USER        "xd-replay"
#define CONNECT_MS  15000
#define SETTLE_MS   700   /* nothing more came: that was the last chunk */
#define EMPTY_MS    5000  /* nothing came at all */
#define STALLED_MS  30000 /* the broker owes us something */
#define PROGRESS_MS 500
#define TURN_MS     50
#define FACT_MEMORY ((size_t) 512 << 20)


/* -- which facts ----------------------------------------------------------- */

static bool
is_wanted(const replay_t *r, const xd_message_t *m, const xd_node_t *doc)
{
    xd_key_parts_t key = xd_key_split(m->routing_key);
    int64_t at;

    return (r->document == NULL || xd_str_is(key.part[0], r->document))
           && (r->key == NULL || xd_str_is(xd_header(m, "xd-key"), r->key))
           && (r->partner == NULL
               || xd_str_is(xd_text_at(doc, "meta.source.partner"), r->partner))
           && xd_instant_read(xd_text_at(doc, "meta.recordedAt"), &at)
           && at >= r->from_ms && at < r->to_ms;
}


/* -- commands -------------------------------------------------------------- */

/* Without the header that the commands never had. */
static xd_rc_t
without_routes(xd_arena_t *arena, const xd_message_t *m, xd_message_t *out)
{
    xd_header_t *headers = xd_alloc_n(arena, m->nheaders + 1, sizeof(*headers));

    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    *out = *m;
    out->nheaders = 0;
    out->user_id = XD_STR_NONE;

    for (size_t i = 0; i < m->nheaders; i++) {
        if (!xd_str_is(m->headers[i].name, "xd-routes")
            && !xd_str_is(m->headers[i].name, "x-stream-offset"))
        {
            headers[out->nheaders++] = m->headers[i];
        }
    }

    out->headers = headers;

    return XD_OK;
}


/* "http.erp.create": the command that went there then. */
static xd_rc_t
command_make(replay_t *r, const xd_message_t *fact, xd_str_t route)
{
    xd_str_t process = xd_str_cut(&route, '.');
    xd_str_t destination = xd_str_cut(&route, '.');
    xd_message_t *m = xd_vec_push(&r->waiting, r->batch);
    xd_rc_t rc = m != NULL ? xd_message_command(r->batch, fact, process,
                     destination, route, m)
                           : XD_E_MEMORY;

    if (rc == XD_OK && r->again != NULL) {
        xd_uuid_t id =
            XD_UUID5(m->message_id, XD_STR("replay"), xd_str(r->again));

        m->message_id = xd_dup(r->batch, xd_uuid_str(&id));
        rc = m->message_id.ptr != NULL ? XD_OK : XD_E_MEMORY;
    }

    return rc;
}


static void
print_fact(const replay_t *r, const xd_message_t *m, xd_str_t routes)
{
    xd_buf_t out = { 0 };

    if (!r->json) {
        cli_text(stdout, xd_header(m, "xd-key"));
        cli_write(stdout, "  ");
        cli_text(stdout, m->message_id);
        cli_write(stdout, "  ");
        cli_text(stdout, routes.len > 0 ? routes : XD_STR("nowhere"));
        cli_write(stdout, "\n");
        return;
    }

    xd_buf_text(&out, "{\"id\":");
    xd_json_string(&out, m->message_id);
    xd_buf_text(&out, ",\"key\":");
    xd_json_string(&out, xd_header(m, "xd-key"));
    xd_buf_text(&out, ",\"to\":");
    xd_json_string(&out, routes.ptr != NULL ? routes : XD_STR(""));
    xd_buf_text(&out, "}\n");
    (void) cli_print(xd_buf_str(&out));
    xd_buf_free(&out);
}


/* A journal of before has destinations without a verb: not to be guessed. */
static xd_rc_t
replay_fact(replay_t *r, const xd_message_t *m)
{
    xd_str_t rest = xd_header(m, "xd-routes");
    xd_message_t fact;
    xd_rc_t rc = without_routes(r->scratch, m, &fact);

    print_fact(r, m, rest);

    while (rc == XD_OK && rest.len > 0) {
        xd_str_t route = xd_str_cut(&rest, ' '), verb = route;

        (void) xd_str_cut(&verb, '.');
        (void) xd_str_cut(&verb, '.');

        if (verb.len == 0) {
            (void) cli_fail("%.*s: \"%.*s\" names no verb; it is left out",
                XD_FMT(m->message_id), XD_FMT(route));
            r->failed++;
            continue;
        }

        r->commands++;
        rc = r->dry ? XD_OK : command_make(r, &fact, route);
    }

    return rc;
}


/* -- the stream ------------------------------------------------------------ */

static void
over(replay_t *r, int status)
{
    r->status = status > r->status ? status : r->status;
    r->phase = REPLAY_OVER;
}


static int64_t
offset_of(const xd_message_t *m)
{
    uint64_t n;

    return xd_str_uint(xd_header(m, "x-stream-offset"), INT64_MAX, &n)
               ? (int64_t) n
               : -1;
}


static void
read_one(replay_t *r, const xd_message_t *m)
{
    xd_node_t *doc = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    xd_arena_reset(r->scratch);
    xd_report_init(&rep, r->scratch, 0);
    r->read++;
    rc = xd_json_read(r->scratch, m->body, NULL, &doc, &rep);

    if (rc == XD_OK && is_wanted(r, m, doc) && r->facts < r->limit) {
        r->facts++;
        if (r->shadow) {
            over(r, replay_shadow(r, m, doc));
            r->phase = r->status == CLI_FAILED ? REPLAY_OVER : REPLAY_READING;
        } else {
            rc = replay_fact(r, m);
        }
    }

    if (rc == XD_E_MEMORY) {
        over(r, cli_fail("%s", xd_rc_text(rc)));
    }
}


/* After a reconnect the stream begins again: what was read is passed over. */
static void
on_delivery(void *ctx, const xd_delivery_t *d)
{
    replay_t *r = ctx;
    int64_t at = offset_of(&d->message);

    r->heard = true;
    r->heard_ms = xd_mono_ms();

    if (r->phase == REPLAY_LOOKING) {
        r->last = at > r->last ? at : r->last;
        (void) !xd_link_ack(xd_client_link(r->client), d->tag, false);
        return;
    }

    r->tag = d->tag;

    if (r->phase == REPLAY_READING && at > r->at) {
        r->at = at;
        if (at <= r->last) {
            read_one(r, &d->message);
        }
    }
}


static void
on_up(void *ctx)
{
    replay_t *r = ctx;

    r->up = true;
    r->heard_ms = xd_mono_ms();
}


static void
on_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    replay_t *r = ctx;

    (void) job;
    r->settled++;
    r->heard_ms = xd_mono_ms();

    if (outcome != XD_CONFIRMED) {
        r->failed++;
    }
}


static void
on_closed(void *ctx, uint16_t code, xd_str_t text)
{
    replay_t *r = ctx;

    if (r->phase != REPLAY_OVER && (code != 0 || r->up)) {
        over(r, cli_fail("the link to the broker is gone (%u %.*s): run it "
                         "again, what went out is dropped as a repeat",
                    code, XD_FMT(text)));
    }
}


/* Deliveries are acknowledged when their commands are with the link: the
 * prefetch bounds what waits here. */
static void
send_waiting(replay_t *r)
{
    xd_link_t *link = xd_client_link(r->client);

    while (r->sent < r->waiting.count) {
        xd_rc_t rc =
            xd_link_publish(link, XD_AT(&r->waiting, xd_message_t, r->sent), r);

        if (rc == XD_E_AGAIN) {
            return;
        }
        if (rc != XD_OK) {
            over(r, cli_fail("a command cannot be sent: %s", xd_rc_text(rc)));
            return;
        }
        r->sent++;
    }

    if (r->tag != 0) {
        (void) !xd_link_ack(link, r->tag, true);
        r->tag = 0;
    }

    r->waiting = XD_VEC(xd_message_t);
    r->sent = 0;
    xd_arena_reset(r->batch);
}


static void
consume(replay_t *r, int64_t from)
{
    r->heard = false;
    r->heard_ms = xd_mono_ms();

    if (xd_link_consume_stream(xd_client_link(r->client), STREAM, from,
            &r->consumer)
        != XD_OK)
    {
        over(r, cli_fail("%s", xd_rc_text(XD_E_MEMORY)));
    }
    xd_client_kick(r->client);
}


/* The end of the stream is known by its last chunk: whatever comes later is
 * not of this run. */
static void
looked(replay_t *r)
{
    int64_t quiet = xd_mono_ms() - r->heard_ms;

    if (quiet < (r->heard ? SETTLE_MS : EMPTY_MS)) {
        return;
    }

    (void) !xd_link_cancel(xd_client_link(r->client), r->consumer);

    if (r->last < 0) {
        over(r, CLI_GOOD);
        return;
    }

    r->phase = REPLAY_READING;
    consume(r, r->from_ms > 1000 ? r->from_ms / 1000 : XD_STREAM_FIRST);
}


static bool
all_done(const replay_t *r)
{
    return (r->at >= r->last || r->facts >= r->limit) && r->waiting.count == 0
           && r->settled == (r->dry || r->shadow ? 0 : r->commands);
}


static void
progress(const replay_t *r, int64_t *next)
{
    if (isatty(STDERR_FILENO) && xd_mono_ms() >= *next) {
        *next = xd_mono_ms() + PROGRESS_MS;
        cli_write(stderr, "\r%llu of %lld read, %llu facts\r",
            (unsigned long long) r->read, (long long) (r->last + 1),
            (unsigned long long) r->facts);
    }
}


static void
turn(replay_t *r)
{
    int64_t quiet = xd_mono_ms() - r->heard_ms;

    if (!r->up) {
        if (quiet > CONNECT_MS) {
            over(r, cli_fail("the broker does not answer, or refuses the "
                             "user " USER));
        }
        return;
    }

    if (r->consumer == 0) {
        consume(r, XD_STREAM_LAST);
    } else if (r->phase == REPLAY_LOOKING) {
        looked(r);
    } else {
        send_waiting(r);
        xd_client_kick(r->client);

        if (all_done(r)) {
            over(r, r->failed > 0 ? CLI_FINDINGS : CLI_GOOD);
        } else if (!r->heard && r->from_ms > 0 && quiet > EMPTY_MS) {
            over(r, CLI_GOOD); /* it ends before that time */
        } else if (quiet > STALLED_MS) {
            over(r, cli_fail("the broker gives nothing more"));
        }
    }
}


/* -- the run --------------------------------------------------------------- */

static int
connect_to(replay_t *r)
{
    static const xd_link_events_t events = { .up = on_up,
        .delivery = on_delivery,
        .settled = on_settled,
        .closed = on_closed };
    xd_link_conf_t link = { .user = XD_STR(USER), .name = XD_STR(USER) };
    xd_str_t path =
        xd_fmt(r->arena, "%s/broker/" USER, xd_conf_path(r->conf, "secrets"));

    if (path.ptr == NULL
        || xd_file_secret(r->arena, path.ptr, &link.password) != XD_OK)
    {
        return cli_fail("%.*s: the password of broker user " USER
                        " cannot be read",
            XD_FMT(path));
    }

    r->loop = xd_loop_new();

    return r->loop != NULL
                   && xd_client_new(r->loop,
                          xd_text_at(r->conf->main, "broker.url"), &link,
                          &events, r, &r->client)
                          == XD_OK
               ? CLI_GOOD
               : cli_fail("the broker's address cannot be used");
}


static void
summary(const replay_t *r)
{
    const unsigned long long read = r->read, facts = r->facts,
                             commands = r->commands, differ = r->differ,
                             failed = r->failed;

    if (r->json) {
        cli_write(stdout,
            "{\"summary\":{\"read\":%llu,\"facts\":%llu,\"commands\":%llu,"
            "\"differ\":%llu,\"failed\":%llu}}\n",
            read, facts, commands, differ, failed);
    } else if (r->shadow) {
        cli_write(stdout, "%llu read, %llu facts, %llu would be otherwise\n",
            read, facts, differ);
    } else {
        cli_write(stdout, "%llu read, %llu facts, %llu commands %s", read,
            facts, commands, r->dry ? "would go again" : "went again");
        cli_write(stdout, failed > 0 ? ", %llu not taken\n" : "\n", failed);
    }
}


static int
run(replay_t *r)
{
    int64_t next = 0;
    int status;

    xd_log_init("xd", XD_LOG_ERROR, STDERR_FILENO);
    status = connect_to(r);

    r->heard_ms = xd_mono_ms();

    while (status == CLI_GOOD && r->phase != REPLAY_OVER) {
        if (xd_loop_once(r->loop, TURN_MS) != XD_OK) {
            status = cli_fail("%s", xd_rc_text(XD_E_IO));
        }
        turn(r);
        progress(r, &next);
    }

    if (status == CLI_GOOD && r->status != CLI_FAILED) {
        summary(r);
    }

    if (r->client != NULL) {
        xd_client_close(r->client, 1000);
        xd_client_free(r->client);
    }
    xd_loop_free(r->loop);

    status = status > r->status ? status : r->status;

    return status == CLI_GOOD && r->differ > 0 ? CLI_FINDINGS : status;
}


/* The routes and maps of now, for a shadow run. */
static int
rules_make(replay_t *r)
{
    const xd_mappings_env_t env = { xd_conf_path(r->conf, "schemas"),
        xd_edi_shapes };
    xd_report_t rep;

    xd_report_init(&rep, r->arena, 1);

    return xd_routes_compile(r->arena, r->conf->routes, r->conf->schemas,
               &r->routes,
               &rep) == XD_OK
                   && xd_mappings_load(r->arena, xd_conf_path(r->conf, "maps"),
                          &env, &r->maps, &rep)
                          == XD_OK
               ? CLI_GOOD
               : cli_fail("the routes or maps cannot be used: xd conf check "
                          "tells why");
}


/* What was asked for, as numbers. */
static int
settings(replay_t *r, const char *from, const char *to, const char *limit)
{
    r->to_ms = INT64_MAX;
    r->limit = UINT64_MAX;
    r->last = r->at = -1;
    r->waiting = XD_VEC(xd_message_t);

    if ((from != NULL && !xd_day_read(xd_str(from), &r->from_ms))
        || (to != NULL && !xd_day_read(xd_str(to), &r->to_ms)))
    {
        return cli_fail("replay: --from and --to are instants or days");
    }

    if (limit != NULL && !xd_str_uint(xd_str(limit), INT64_MAX, &r->limit)) {
        return cli_fail("replay: --limit is a number");
    }

    if (from == NULL && to == NULL && r->key == NULL && r->document == NULL
        && r->partner == NULL)
    {
        return cli_fail("replay: say what, by --from, --to, --key, --document "
                        "or --partner");
    }

    return CLI_GOOD;
}


static int
with_memory(replay_t *r)
{
    int status = CLI_FAILED;

    r->arena = xd_arena_new(0);
    r->batch = xd_arena_new(0);
    r->scratch = xd_arena_new(FACT_MEMORY);

    if (r->arena == NULL || r->batch == NULL || r->scratch == NULL) {
        (void) cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    } else {
        status = r->shadow ? rules_make(r) : CLI_GOOD;
        status = status == CLI_GOOD ? run(r) : status;
    }

    xd_arena_free(r->scratch);
    xd_arena_free(r->batch);
    xd_arena_free(r->arena);

    return status;
}


int
cli_replay(int argc, char **argv)
{
    replay_t r = { 0 };
    const char *path = NULL, *from = NULL, *to = NULL, *limit = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "from", &from, NULL },
        { "to", &to, NULL },
        { "key", &r.key, NULL },
        { "document", &r.document, NULL },
        { "partner", &r.partner, NULL },
        { "limit", &limit, NULL },
        { "again", &r.again, NULL },
        { "dry-run", NULL, &r.dry },
        { "shadow", NULL, &r.shadow },
        { "json", NULL, &r.json },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 1) {
        return argc < 0 ? CLI_FAILED : cli_fail("replay takes only options");
    }

    status = settings(&r, from, to, limit);
    if (status != CLI_GOOD || cli_conf(path, &r.conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    status = with_memory(&r);
    xd_conf_free(r.conf);

    return status;
}
