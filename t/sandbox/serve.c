/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The HTTP side: POST /<role>/<document>, GET /<role>/ledger,
 * GET /<role>/documents/<id>, POST /fault, GET /health.
 */

#include "sandbox.h"

#include "base/clock.h"
#include "base/log.h"
#include "format/json.h"

#define COUNT_MAX 1000000


/* One call being served. */
typedef struct {
    xd_store_t *store;
    xd_arena_t *arena;
    const xd_call_t *call;
    xd_reply_t *reply;
    const sandbox_role_t *role;
    xd_str_t first, second, third; /* parts of the path */
} visit_t;


const sandbox_role_t *
sandbox_role(xd_str_t name)
{
    const sandbox_role_t *role = sandbox_roles;

    while (role->name != NULL && !xd_str_is(name, role->name)) {
        role++;
    }

    return role->name != NULL ? role : NULL;
}


const sandbox_fault_t *
sandbox_fault(xd_str_t mode)
{
    const sandbox_fault_t *fault = sandbox_faults;

    while (fault->mode != NULL && !xd_str_is(mode, fault->mode)) {
        fault++;
    }

    return fault->mode != NULL ? fault : NULL;
}


static xd_node_t *
read_json(visit_t *v)
{
    xd_node_t *doc = NULL;
    xd_report_t rep;

    xd_report_init(&rep, v->arena, 0);
    if (xd_json_read(v->arena, v->call->body, NULL, &doc, &rep) != XD_OK
        || doc->kind != XD_OBJECT)
    {
        return NULL;
    }

    return doc;
}


/* A fault of ours: the caller may try again. */
static void
reply_broken(visit_t *v, xd_rc_t rc)
{
    xd_log(XD_LOG_ERROR, NULL, "the sandbox cannot keep this: %s",
        xd_rc_text(rc));
    xd_reply_problem(v->reply, 503, "sandbox", "the store does not work");
}


/* -- documents in -------------------------------------------------------- */

/* Empty is as good as missing: a shipment of no units is none. */
static bool
is_missing(const xd_node_t *doc, const char *pointer)
{
    const xd_node_t *node = xd_pointer(doc, xd_str(pointer));

    switch (node != NULL ? node->kind : XD_NULL) {
    case XD_STRING:
        return node->text.len == 0;
    case XD_ARRAY:
    case XD_OBJECT:
        return node->count == 0;
    case XD_NULL:
        return true;
    default:
        return false;
    }
}


/* False: the document was refused. */
static bool
accepts(visit_t *v, const sandbox_post_t *post, const xd_node_t *doc)
{
    const sandbox_need_t *need = v->role->needs;

    if (!v->role->json) {
        return true;
    }
    if (doc == NULL) {
        xd_reply_problem(v->reply, 400, "json", "the body is no JSON object");
        return false;
    }

    for (; need != NULL && need->document != NULL; need++) {
        xd_str_t detail;

        if (!xd_str_is(post->document, need->document)
            || !is_missing(doc, need->pointer))
        {
            continue;
        }
        detail = xd_fmt(v->arena, "%s is missing or empty", need->pointer);
        xd_reply_problem(v->reply, 422, "incomplete",
            detail.ptr != NULL ? detail.ptr : "incomplete");
        return false;
    }

    return true;
}


/* A conflict names no id, or it would be taken for done. */
static void
reply_effect(visit_t *v, const sandbox_effect_t *effect)
{
    if (effect->conflict) {
        xd_reply_problem(v->reply, 409, "key-reused",
            "this Idempotency-Key came with another document");
        return;
    }

    v->reply->status = effect->repeat ? 200 : 201;
    xd_buf_text(&v->reply->body, "{\"id\":");
    xd_json_string(&v->reply->body, effect->id);
    xd_buf_text(&v->reply->body, "}\n");
}


/* Spoils the answer as the fault says. */
static void
spoil(visit_t *v, const sandbox_fault_t *fault, xd_str_t id)
{
    xd_reply_t *reply = v->reply;

    reply->cut = fault->cut;
    reply->delay_ms = fault->delay_ms;

    if (fault->status == 0) {
        return;
    }
    if (fault->status == 429) {
        reply->headers[reply->nheaders++] =
            (xd_web_header_t){ XD_STR("Retry-After"), XD_STR("1") };
    }
    if (fault->body == NULL) {
        xd_reply_problem(reply, fault->status, "fault", fault->mode);
        return;
    }

    xd_buf_reset(&reply->body);
    reply->status = fault->status;
    reply->type = fault->type;
    for (const char *c = fault->body; *c != '\0'; c++) {
        if (c[0] == '%' && c[1] == 's') {
            xd_buf_add(&reply->body, id);
            c++;
        } else {
            xd_buf_byte(&reply->body, *c);
        }
    }
}


/* All of it in one transaction, which ends before the answer leaves. */
static xd_rc_t
work(visit_t *v, const sandbox_post_t *post, const xd_node_t *doc)
{
    const sandbox_fault_t *fault = NULL;
    sandbox_effect_t effect = { 0 };
    xd_rc_t rc = sandbox_try(v->store, post);

    if (rc == XD_OK) {
        rc = sandbox_fault_take(v->store, v->role, &fault);
    }
    if (rc != XD_OK) {
        return rc;
    }
    if (fault != NULL && !fault->works) {
        spoil(v, fault, XD_STR_NONE);
        return XD_OK;
    }
    if (!accepts(v, post, doc)) {
        return XD_OK;
    }

    rc = sandbox_effect(v->store, v->arena, post, &effect);
    if (rc != XD_OK) {
        return rc;
    }
    reply_effect(v, &effect);
    if (fault != NULL) {
        spoil(v, fault, effect.id);
    }

    return XD_OK;
}


/* The key is asked for first: without it nothing could be counted. */
static void
serve_document(visit_t *v)
{
    xd_node_t *doc = read_json(v);
    sandbox_post_t post = { .role = v->role,
        .document = v->second,
        .key = xd_server_header(v->call, "Idempotency-Key"),
        .type = xd_server_header(v->call, "Content-Type"),
        .traceparent = xd_server_header(v->call, "traceparent"),
        .body = v->call->body,
        .business = xd_text_at(doc, "meta.key"),
        .now_ms = xd_now_ms() };
    xd_rc_t rc;

    if (post.key.len == 0) {
        xd_reply_problem(v->reply, 400, "key-missing",
            "Idempotency-Key is missing");
        return;
    }

    rc = xd_store_begin(v->store);
    if (rc == XD_OK) {
        rc = work(v, &post, doc);
        if (rc == XD_OK) {
            rc = xd_store_commit(v->store);
        } else {
            xd_store_rollback(v->store);
        }
    }
    if (rc != XD_OK) {
        reply_broken(v, rc);
    }
}


/* -- looking and faults -------------------------------------------------- */

/* Read outside a transaction: it sees what was committed. */
static void
serve_ledger(visit_t *v)
{
    xd_rc_t rc = sandbox_ledger(v->store, v->role,
        xd_server_arg(v->call, "key"), &v->reply->body);

    if (rc != XD_OK) {
        reply_broken(v, rc);
    }
}


/* The body as it came, under the type that it came with. */
static void
serve_body(visit_t *v)
{
    xd_str_t type = XD_STR_NONE;
    xd_rc_t rc = sandbox_document(v->store, v->arena, v->role, v->third,
        &v->reply->body, &type);

    if (rc == XD_E_NOT_FOUND) {
        xd_reply_problem(v->reply, 404, "unknown", "no such document");
        return;
    }
    if (rc != XD_OK) {
        reply_broken(v, rc);
        return;
    }
    v->reply->headers[v->reply->nheaders++] =
        (xd_web_header_t){ XD_STR("X-Received-Type"), type };
    v->reply->type = "application/octet-stream";
}


static void
serve_fault(visit_t *v)
{
    xd_node_t *doc = read_json(v);
    const sandbox_role_t *role = sandbox_role(xd_text(doc, "role"));
    const sandbox_fault_t *fault = sandbox_fault(xd_text(doc, "mode"));
    int64_t count = xd_int(doc, "count", 0, COUNT_MAX, -1);
    xd_rc_t rc;

    if (role == NULL || count < 0 || (fault == NULL && count > 0)) {
        xd_reply_problem(v->reply, 400, "fault",
            "{role, mode, count} with a known role and mode; count 0 ends it");
        return;
    }

    rc = xd_store_begin(v->store);
    if (rc == XD_OK) {
        rc = sandbox_fault_set(v->store, role, fault, count);
        if (rc == XD_OK) {
            rc = xd_store_commit(v->store);
        } else {
            xd_store_rollback(v->store);
        }
    }
    if (rc != XD_OK) {
        reply_broken(v, rc);
        return;
    }
    v->reply->status = 201;
    xd_buf_text(&v->reply->body, "{}\n");
}


static void
serve_health(visit_t *v)
{
    xd_buf_text(&v->reply->body, "{\"status\":\"up\"}\n");
}


/* -- the ways in --------------------------------------------------------- */

/* first NULL: any role; second NULL: any document. */
static const struct {
    const char *method, *first, *second;
    bool third;
    void (*serve)(visit_t *v);
} ways[] = {
    { "GET", "health", "", false, serve_health },
    { "POST", "fault", "", false, serve_fault },
    { "GET", NULL, "ledger", false, serve_ledger },
    { "GET", NULL, "documents", true, serve_body },
    { "POST", NULL, NULL, false, serve_document },
};


static bool
fits(const visit_t *v, size_t n)
{
    bool first = ways[n].first != NULL ? xd_str_is(v->first, ways[n].first)
                                       : v->role != NULL;
    bool second = ways[n].second != NULL ? xd_str_is(v->second, ways[n].second)
                                         : v->second.len > 0;

    return first && second && (v->third.len > 0) == ways[n].third
           && strcmp(v->call->method, ways[n].method) == 0;
}


static void
serve_visit(visit_t *v)
{
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (fits(v, i)) {
            ways[i].serve(v);
            return;
        }
    }

    xd_reply_problem(v->reply, 404, "unknown", "no such role or way");
}


void
sandbox_serve(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    visit_t v = { .store = ctx,
        .arena = call->arena,
        .call = call,
        .reply = reply };
    xd_str_t rest = call->path;

    (void) xd_str_cut(&rest, '/'); /* the path begins with one */
    v.first = xd_str_cut(&rest, '/');
    v.second = xd_str_cut(&rest, '/');
    v.third = rest;
    v.role = sandbox_role(v.first);
    serve_visit(&v);
}
