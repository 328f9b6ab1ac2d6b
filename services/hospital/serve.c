/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The control socket: what there is, and what is to be done.
 *
 *   GET  /cases?state=&process=&queue=&key=&code=   {"cases":[…]}
 *   GET  /cases/<id>                                the whole case
 *   POST /cases/<id>/<action>  {"why","owner","body"}   as it is afterwards
 *   POST /jobs                 {"do","why","filter":{…}}
 *   GET  /jobs/<id>
 *
 * Who asks is the system user behind the socket: nobody can say he is another.
 */

#include "hospital.h"

#include <pwd.h>
#include <stdio.h>

#include "base/base64.h"
#include "base/id.h"
#include "base/utf8.h"
#include "format/json.h"

#define ANSWER_MEMORY ((size_t) 256 << 20)
#define FINDINGS      20


/* -- rows ------------------------------------------------------------------ */

static void
member(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, "\"%s\":", name);
    xd_json_string(out, value.ptr != NULL ? value : XD_STR(""));
    xd_buf_byte(out, ',');
}


/* Without its end: the caller adds members. */
static void
case_begin(xd_buf_t *out, const case_t *c)
{
    xd_buf_byte(out, '{');
    member(out, "case", c->id);
    member(out, "state", c->state);
    member(out, "process", c->process);
    member(out, "queue", c->queue);
    member(out, "key", c->key);
    member(out, "messageId", c->message_id);
    member(out, "code", c->code);
    member(out, "text", c->text);
    member(out, "opened", c->opened);
    member(out, "due", c->due);
    member(out, "owner", c->owner);

    if (c->wanted.len > 0) {
        member(out, "wanted", c->wanted);
        member(out, "wantedBy", c->wanted_by);
        member(out, "wantedWhy", c->wanted_why);
    }

    xd_buf_fmt(out, "\"attempts\":%lld,\"held\":%s,\"escalated\":%s",
        (long long) c->attempts, c->held ? "true" : "false",
        c->escalated ? "true" : "false");
}


/* Text where it is text: people read it, and scripts need no decoder. */
static void
bytes_member(xd_buf_t *out, const char *name, xd_str_t bytes)
{
    bool text = xd_utf8_valid(bytes) == bytes.len
                && memchr(bytes.ptr, '\0', bytes.len) == NULL;

    xd_buf_fmt(out, ",\"%s\":", name);

    if (text) {
        xd_json_string(out, bytes);
        return;
    }

    xd_buf_byte(out, '"');
    xd_base64_write(out, bytes, XD_BASE64);
    xd_buf_fmt(out, "\",\"%sEncoding\":\"base64\"", name);
}


static xd_rc_t
told_members(xd_buf_t *out, xd_arena_t *arena, const xd_node_t *told)
{
    static const char *const names[] = { "reasons", "properties", "sha256",
        "archive", "config", "lane", "exchange", "routingKey" };
    xd_str_t body;
    xd_rc_t rc = xd_base64_read(arena, xd_text(told, "body"), XD_BASE64, &body);

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const xd_node_t *node = xd_get(told, names[i]);

        if (node != NULL) {
            xd_buf_fmt(out, ",\"%s\":", names[i]);
            xd_json_write(out, node, XD_JSON_COMPACT);
        }
    }

    if (rc == XD_OK) {
        bytes_member(out, "body", body);
    }

    return rc == XD_E_SYNTAX ? XD_OK : rc;
}


static void
notes_member(xd_buf_t *out, const xd_vec_t *notes)
{
    xd_buf_text(out, ",\"notes\":[");

    for (size_t i = 0; i < notes->count; i++) {
        const note_t *n = XD_AT(notes, note_t, i);

        xd_buf_text(out, i > 0 ? ",{" : "{");
        member(out, "at", n->at);
        member(out, "who", n->who);
        member(out, "action", n->action);
        xd_buf_text(out, "\"why\":");
        xd_json_string(out, n->why);
        xd_buf_byte(out, '}');
    }

    xd_buf_byte(out, ']');
}


/* -- answers --------------------------------------------------------------- */

static void
failed(xd_reply_t *reply, xd_rc_t rc)
{
    xd_buf_reset(&reply->body);

    if (rc == XD_E_NOT_FOUND) {
        xd_reply_problem(reply, 404, "unknown-case",
            "There is no case of that id.");
    } else if (rc == XD_E_MEMORY) {
        xd_reply_problem(reply, 500, "answer-too-large",
            "The answer does not fit into memory; ask for less.");
    } else {
        xd_reply_problem(reply, 503, "ward-unavailable",
            "The ward cannot be read or written now; try again.");
    }
}


static xd_rc_t
case_write(hospital_t *h, xd_arena_t *arena, xd_str_t id, xd_buf_t *out)
{
    xd_vec_t notes = XD_VEC(note_t);
    xd_node_t *told = NULL;
    xd_str_t json, mended;
    xd_report_t rep;
    case_t c;
    xd_rc_t rc = ward_get(h->store, arena, id, &c);

    xd_report_init(&rep, arena, 0);

    rc = rc == XD_OK ? ward_told(h->store, arena, id, &json) : rc;
    rc = rc == XD_OK ? xd_json_read(arena, json, NULL, &told, &rep) : rc;
    rc = rc == XD_OK ? ward_mended(h->store, arena, id, &mended) : rc;
    rc = rc == XD_OK ? ward_notes(h->store, arena, id, &notes) : rc;
    if (rc != XD_OK) {
        return rc;
    }

    case_begin(out, &c);
    rc = told_members(out, arena, told);

    if (mended.ptr != NULL) {
        bytes_member(out, "mended", mended);
    }

    notes_member(out, &notes);
    xd_buf_text(out, "}\n");

    return rc == XD_OK ? xd_buf_rc(out) : rc;
}


static void
serve_list(hospital_t *h, xd_arena_t *arena, const xd_call_t *call,
    xd_reply_t *reply)
{
    const filter_t filter = { xd_server_arg(call, "state"),
        xd_server_arg(call, "process"), xd_server_arg(call, "queue"),
        xd_server_arg(call, "key"), xd_server_arg(call, "code"), MOST_LISTED };
    xd_vec_t cases = XD_VEC(case_t);
    xd_rc_t rc = ward_list(h->store, arena, &filter, &cases);

    xd_buf_text(&reply->body, "{\"cases\":[");

    for (size_t i = 0; rc == XD_OK && i < cases.count; i++) {
        xd_buf_text(&reply->body, i > 0 ? "," : "");
        case_begin(&reply->body, XD_AT(&cases, case_t, i));
        xd_buf_byte(&reply->body, '}');
    }

    xd_buf_fmt(&reply->body, "],\"more\":%s}\n",
        cases.count == MOST_LISTED ? "true" : "false");
    rc = rc == XD_OK ? xd_buf_rc(&reply->body) : rc;

    if (rc != XD_OK) {
        failed(reply, rc);
    }
}


/* What stands behind the prefix, up to the next slash. */
static xd_str_t
path_part(xd_str_t path, size_t prefix, xd_str_t *rest)
{
    xd_str_t part = { path.ptr + prefix, path.len - prefix };
    const char *slash = memchr(part.ptr, '/', part.len);

    *rest = XD_STR("");

    if (slash != NULL) {
        size_t len = (size_t) (slash - part.ptr);

        *rest = (xd_str_t){ slash + 1, part.len - len - 1 };
        part.len = len;
    }

    return part;
}


void
serve_cases(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    static const size_t prefix = sizeof("/cases") - 1;
    xd_arena_t *arena = xd_arena_new(ANSWER_MEMORY);
    hospital_t *h = ctx;
    xd_str_t rest, id;
    xd_rc_t rc;

    if (arena == NULL) {
        failed(reply, XD_E_MEMORY);
        return;
    }

    if (call->path.len <= prefix + 1) {
        serve_list(h, arena, call, reply);
    } else {
        id = path_part(call->path, prefix + 1, &rest);
        rc = rest.len == 0 ? case_write(h, arena, id, &reply->body)
                           : XD_E_NOT_FOUND;
        if (rc != XD_OK) {
            failed(reply, rc);
        }
    }

    xd_arena_free(arena);
}


/* -- orders ---------------------------------------------------------------- */

/* The name of who asks; his number where the system has no name for him. */
static xd_str_t
who_asks(xd_arena_t *arena, const xd_call_t *call)
{
    const struct passwd *pw = getpwuid(call->uid);

    return pw != NULL ? xd_dup(arena, xd_str(pw->pw_name))
                      : xd_fmt(arena, "uid %u", (unsigned) call->uid);
}


/* What came along, or an empty object when nothing did; NULL after it was
 * told that it is no JSON object. */
static xd_node_t *
order_read(xd_arena_t *arena, const xd_call_t *call, xd_reply_t *reply)
{
    xd_node_t *order = NULL;
    xd_report_t rep;

    if (call->body.len == 0) {
        return xd_node_new(arena, XD_OBJECT);
    }

    xd_report_init(&rep, arena, 1);

    if (xd_json_read(arena, call->body, NULL, &order, &rep) != XD_OK
        || order->kind != XD_OBJECT)
    {
        xd_reply_problem(reply, 400, "malformed",
            "The body is a JSON object, or empty.");
        return NULL;
    }

    return order;
}


/* The relay does it at once, in one transaction; XD_E_AGAIN: not now. */
static xd_rc_t
inject(hospital_t *h, xd_arena_t *arena, xd_str_t id, const xd_node_t *act)
{
    xd_relay_t *relay = xd_daemon_relay(h->daemon);
    xd_message_t m;
    xd_rc_t rc = act_message(arena, id, act, &m);

    return rc == XD_OK ? xd_relay_inject(relay, &m, 1, XD_STR(HOSPITAL_ACTS))
                       : rc;
}


/* Mended bytes are held to what the originals had to be. */
static bool
mended_good(hospital_t *h, xd_arena_t *arena, xd_str_t id,
    const xd_node_t *order, xd_reply_t *reply)
{
    xd_node_t *told = NULL;
    xd_str_t json, bytes;
    xd_report_t rep;
    xd_rc_t rc =
        xd_base64_read(arena, xd_text(order, "body"), XD_BASE64, &bytes);

    if (rc == XD_E_SYNTAX || bytes.len == 0) {
        xd_reply_problem(reply, 400, "malformed",
            "\"body\" holds the mended bytes in base64.");
        return false;
    }

    xd_report_init(&rep, arena, FINDINGS);
    rc = ward_told(h->store, arena, id, &json);
    rc = rc == XD_OK ? xd_json_read(arena, json, NULL, &told, &rep) : rc;
    rc = rc == XD_OK ? mend_check(h, arena, told, bytes, &rep) : rc;

    if (rc == XD_E_SYNTAX && rep.nkept > 0) {
        xd_str_t why = xd_fmt(arena, "%.*s: %.*s", XD_FMT(rep.kept[0].path),
            XD_FMT(rep.kept[0].text));

        xd_reply_problem(reply, 422, "not-mended",
            why.ptr != NULL ? why.ptr : "");
    } else if (rc != XD_OK) {
        failed(reply, rc);
    }

    return rc == XD_OK;
}


static bool
order_good(hospital_t *h, xd_arena_t *arena, const case_t *c,
    const xd_node_t *order, xd_reply_t *reply)
{
    xd_str_t action = xd_text(order, "action");
    const char *refused = act_refused(c, action, xd_text(order, "who"));

    if (refused != NULL) {
        xd_reply_problem(reply, 409, "not-possible", refused);
        return false;
    }

    if (act_needs_why(action) && xd_text(order, "why").len == 0) {
        xd_reply_problem(reply, 400, "no-reason",
            "\"why\" says why: it stays with the case.");
        return false;
    }

    if (xd_str_is(action, "assign") && xd_text(order, "owner").len == 0) {
        xd_reply_problem(reply, 400, "malformed",
            "\"owner\" says who looks after the case.");
        return false;
    }

    return !xd_str_is(action, "mend")
           || mended_good(h, arena, c->id, order, reply);
}


static void
order_do(hospital_t *h, xd_arena_t *arena, xd_str_t id, const xd_node_t *order,
    xd_reply_t *reply)
{
    xd_uuid_t order_id = xd_uuid7();
    case_t c;
    xd_rc_t rc = ward_get(h->store, arena, id, &c);

    if (rc == XD_OK && !order_good(h, arena, &c, order, reply)) {
        return;
    }

    rc = rc == XD_OK ? inject(h, arena, xd_uuid_str(&order_id), order) : rc;
    rc = rc == XD_OK ? case_write(h, arena, id, &reply->body) : rc;

    if (rc != XD_OK) {
        failed(reply, rc);
    }
}


void
serve_act(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    static const size_t prefix = sizeof("/cases/") - 1;
    xd_arena_t *arena = xd_arena_new(ANSWER_MEMORY);
    xd_node_t *order;
    xd_str_t id, action;

    if (arena == NULL) {
        failed(reply, XD_E_MEMORY);
        return;
    }

    id = path_part(call->path, prefix, &action);
    order = order_read(arena, call, reply);

    if (order != NULL && !act_known(action)) {
        xd_reply_problem(reply, 404, "unknown-action",
            "release, mend, discard, assign, note, approve or refuse.");
    } else if (order != NULL
               && (xd_get(order, "action") != NULL
                   || xd_put_str(arena, order, "action", action) == NULL
                   || xd_put_str(arena, order, "case", id) == NULL
                   || xd_put_str(arena, order, "who", who_asks(arena, call))
                          == NULL))
    {
        xd_reply_problem(reply, 400, "malformed",
            "\"action\" stands in the path alone.");
    } else if (order != NULL) {
        order_do(ctx, arena, id, order, reply);
    }

    xd_arena_free(arena);
}


/* -- jobs ------------------------------------------------------------------ */

void
serve_jobs(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    xd_arena_t *arena = xd_arena_new(ANSWER_MEMORY);
    xd_uuid_t id = xd_uuid7();
    hospital_t *h = ctx;
    xd_node_t *order = arena != NULL ? order_read(arena, call, reply) : NULL;
    xd_str_t what = xd_text(order, "do");
    xd_rc_t rc = order != NULL ? XD_OK : XD_E_SYNTAX;

    if (arena == NULL) {
        failed(reply, XD_E_MEMORY);
        return;
    }

    if (rc == XD_OK && !xd_str_is(what, "release")
        && !xd_str_is(what, "discard")) {
        xd_reply_problem(reply, 400, "malformed",
            "\"do\" is release or discard; \"filter\" says of which cases.");
        rc = XD_E_SYNTAX;
    } else if (rc == XD_OK && act_needs_why(what)
               && xd_text(order, "why").len == 0) {
        xd_reply_problem(reply, 400, "no-reason",
            "\"why\" says why: it stays with the cases.");
        rc = XD_E_SYNTAX;
    }

    if (rc == XD_OK
        && (xd_put_str(arena, order, "action", XD_STR("job")) == NULL
            || xd_put_str(arena, order, "who", who_asks(arena, call)) == NULL))
    {
        rc = XD_E_MEMORY;
    }

    rc = rc == XD_OK ? inject(h, arena, xd_uuid_str(&id), order) : rc;
    rc = rc == XD_OK ? job_write(h->store, xd_uuid_str(&id), &reply->body) : rc;

    if (rc != XD_OK && reply->status == 0) {
        failed(reply, rc);
    }

    xd_arena_free(arena);
}


void
serve_job(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    static const size_t prefix = sizeof("/jobs/") - 1;
    hospital_t *h = ctx;
    xd_str_t rest;
    xd_str_t id = path_part(call->path, prefix, &rest);
    xd_rc_t rc = job_write(h->store, id, &reply->body);

    if (rc != XD_OK) {
        failed(reply, rc);
    }
}
