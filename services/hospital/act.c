/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is done with cases.  Whoever wants something, a person or the clock,
 * gives an input to our own relay; its work changes the case, tells the
 * process that holds the message, and tells everybody else by an exception
 * fact, all in one transaction.  So a decision is carried out once, also over
 * a kill at any moment.
 */

#include "hospital.h"

#include "base/base64.h"
#include "base/clock.h"
#include "canon/document.h"
#include "crypt/digest.h"
#include "format/json.h"

#define WHY_MOST 500 /* of a reason, in a fact */

typedef struct {
    const char *name;
    const char *release; /* to the process: its action; NULL: nothing */
    const char *state;   /* of the case afterwards; NULL: as it was */
    const char *event;   /* of the exception; NULL: no fact */
    const char *becomes; /* state of the exception */
    bool held;           /* only for a message that its process holds */
    bool why;            /* only with a reason */
    bool own;            /* no person may ask for it */
} act_t;

static const act_t acts[] = {
    /* name      release      state        event       becomes  held why own */
    { "release", "as-is", "released", "resolved", "resolved", true, false,
        false },
    { "mend", "mended", "mended", "resolved", "resolved", true, true, false },
    { "discard", "discarded", "discarded", "resolved", "resolved", false, true,
        false },
    { "assign", NULL, NULL, "assigned", "assigned", false, false, false },
    { "note", NULL, NULL, NULL, NULL, false, true, false },
    { "approve", NULL, NULL, NULL, NULL, false, false, false },
    { "refuse", NULL, NULL, NULL, NULL, false, true, false },
    { "escalate", NULL, NULL, "escalated", "escalated", false, false, true },
};

/* One decision on its way. */
typedef struct {
    hospital_t *h;
    xd_work_t *w;
    const xd_node_t *asked;
    const act_t *act;
    case_t c;
    xd_str_t who, why, now;
} doing_t;


static const act_t *
act_find(xd_str_t name)
{
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        if (xd_str_is(name, acts[i].name)) {
            return &acts[i];
        }
    }

    return NULL;
}


bool
act_known(xd_str_t action)
{
    const act_t *act = act_find(action);

    return act != NULL && !act->own;
}


bool
act_needs_why(xd_str_t action)
{
    const act_t *act = act_find(action);

    return act != NULL && act->why;
}


const char *
act_refused(const case_t *c, xd_str_t action, xd_str_t who)
{
    const act_t *act = act_find(action);
    bool second = xd_str_is(action, "approve") || xd_str_is(action, "refuse");

    if (act == NULL) {
        return "There is no such action.";
    }

    if (!xd_str_is(c->state, "open")) {
        return "The case is closed already.";
    }

    if (act->held && !c->held) {
        return "The process did not keep this message, so it cannot go on: "
               "discard the case, or let it be sent again.";
    }

    if (second && c->wanted.len == 0) {
        return "Nothing waits for a second person.";
    }

    if (xd_str_is(action, "approve") && xd_str_eq(c->wanted_by, who)) {
        return "Somebody else must approve it: it was you who asked.";
    }

    return NULL;
}


xd_rc_t
act_message(xd_arena_t *arena, xd_str_t id, const xd_node_t *act,
    xd_message_t *out)
{
    xd_buf_t json = { 0 };
    xd_rc_t rc;

    xd_json_write(&json, act, XD_JSON_COMPACT);
    rc = xd_buf_rc(&json);

    *out = (xd_message_t){
        .exchange = XD_STR(""),
        .routing_key = XD_STR(HOSPITAL_ACTS),
        .content_type = XD_STR("application/json"),
        .message_id = xd_dup(arena, id),
        .timestamp = xd_now_ms() / 1000,
        .body = rc == XD_OK ? xd_dup(arena, xd_buf_str(&json)) : XD_STR_NONE,
    };
    xd_buf_free(&json);

    return out->body.ptr == NULL || out->message_id.ptr == NULL ? XD_E_MEMORY
                                                                : XD_OK;
}


/* -- telling --------------------------------------------------------------- */

/* {"messageId","action","body","n"}: relay's release.c takes it. */
static xd_rc_t
answer_write(doing_t *d, xd_buf_t *json)
{
    xd_str_t bytes;
    xd_rc_t rc = XD_OK;

    xd_buf_text(json, "{\"messageId\":");
    xd_json_string(json, d->c.message_id);
    xd_buf_fmt(json, ",\"action\":\"%s\"", d->act->release);

    if (xd_str_is(d->c.state, "mended")) {
        rc = ward_mended(d->h->store, d->w->arena, d->c.id, &bytes);
        xd_buf_fmt(json, ",\"n\":\"%lld\",\"body\":\"", (long long) d->c.mends);
        xd_base64_write(json, bytes, XD_BASE64);
        xd_buf_byte(json, '"');
    }

    xd_buf_byte(json, '}');

    return rc == XD_OK ? xd_buf_rc(json) : rc;
}


/* To the process that holds the message, in the order of its key. */
static xd_rc_t
tell_process(doing_t *d)
{
    xd_arena_t *arena = d->w->arena;
    xd_uuid_t id = XD_UUID5(XD_STR("release"), d->c.id,
        xd_fmt(arena, "%lld", (long long) d->c.version));
    const xd_header_t headers[] = {
        { XD_STR("traceparent"), d->w->trace },
        { XD_STR("xd-key"), d->c.key },
        { XD_STR("xd-causation"), d->c.message_id },
    };
    xd_message_t m = {
        .exchange = XD_STR("xd.cmd"),
        .routing_key = xd_fmt(arena, "%.*s.held.case.release.v1.p%02u",
            XD_FMT(d->c.process), xd_partition(d->c.key)),
        .content_type = XD_STR("application/json"),
        .message_id = xd_uuid_str(&id),
        .correlation_id = d->c.correlation,
        .timestamp = d->w->now_ms / 1000,
        .headers = headers,
        .nheaders = sizeof(headers) / sizeof(headers[0]),
    };
    xd_buf_t json = { 0 };
    xd_rc_t rc = answer_write(d, &json);

    m.body = xd_buf_str(&json);
    rc = rc == XD_OK && m.routing_key.ptr == NULL ? XD_E_MEMORY : rc;
    rc = rc == XD_OK ? xd_work_emit(d->w, &m, d->c.key) : rc;
    xd_buf_free(&json);

    return rc;
}


/* What was decided, where the state alone does not say it: the totals of
 * xd-insight no longer wait for what was discarded. */
static xd_node_t *
decision_make(doing_t *d)
{
    xd_arena_t *arena = d->w->arena;
    xd_node_t *ext = xd_node_new(arena, XD_OBJECT);

    return xd_put_str(arena, xd_put(arena, ext, "crossdock", XD_OBJECT),
               "action", xd_str(d->act->name))
                   != NULL
               ? ext
               : NULL;
}


static xd_node_t *
exception_make(doing_t *d)
{
    xd_arena_t *arena = d->w->arena;
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);
    xd_str_t text = d->c.text.len > 0 ? d->c.text : d->c.code;

    text.len = text.len > WHY_MOST ? WHY_MOST : text.len;

    (void) xd_put_str(arena, doc, "exceptionId", d->c.id);
    (void) xd_put_str(arena, doc, "code", d->c.code);
    (void) xd_put_str(arena, doc, "severity", XD_STR("error"));
    (void) xd_put_str(arena, doc, "docRef", d->c.message_id);
    (void) xd_put_str(arena, doc, "state", xd_str(d->act->becomes));
    (void) xd_put_str(arena, doc, "text", text);

    if (d->c.owner.len > 0) {
        (void) xd_put_str(arena, doc, "owner", d->c.owner);
    }

    if (d->c.queue.len > 0) {
        (void) xd_put_str(arena, doc, "queue", d->c.queue);
    }

    (void) xd_put_num(arena, doc, "attempts", d->c.attempts);
    (void) xd_put_str(arena, doc, "slaDueAt", d->c.due);

    return xd_put_str(arena, doc, "openedAt", d->c.opened) == NULL ? NULL : doc;
}


/* The fact that goes on with the exception that the process opened. */
static xd_rc_t
tell_all(doing_t *d)
{
    xd_uuid_t id = XD_UUID5(XD_STR("exception"), d->c.id,
        xd_fmt(d->w->arena, "%lld", (long long) d->c.version));
    xd_node_t *doc = exception_make(d);
    const xd_meta_t meta = {
        .document = XD_STR("exception"),
        .event = xd_str(d->act->event),
        .id = xd_uuid_str(&id),
        .key = xd_fmt(d->w->arena, "exception:%.*s", XD_FMT(d->c.id)),
        .key_version = (uint64_t) d->c.version,
        .occurred_at = d->now,
        .recorded_at = d->now,
        .system = xd_text(d->h->conf->main, "name"),
        .correlation_id =
            d->c.correlation.len > 0 ? d->c.correlation : d->c.message_id,
        .causation_id = d->c.message_id,
        .ext = decision_make(d),
    };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, d->w->arena, 1);

    if (doc == NULL || meta.ext == NULL
        || xd_meta_put(d->w->arena, doc, &meta) == NULL)
    {
        return XD_E_MEMORY;
    }

    rc = xd_work_fact(d->w, doc, &rep);

    if (rc == XD_E_SYNTAX && rep.nkept > 0) {
        xd_work_fail(d->w, "hospital.exception",
            "the exception is against its schema: %.*s",
            XD_FMT(rep.kept[0].text));
    }

    return rc;
}


/* -- deciding -------------------------------------------------------------- */

/* Does the configuration want two persons for this? */
static bool
wants_second(const doing_t *d)
{
    const xd_node_t *two =
        xd_get(xd_get(d->h->conf->main, "hospital"), "two_persons");

    xd_each (name, two) {
        if (xd_str_is(name->text, d->act->name)) {
            return true;
        }
    }

    return false;
}


static void
forget_wanted(case_t *c)
{
    c->wanted = c->wanted_by = c->wanted_why = XD_STR("");
}


/* The bytes are kept with the wish, so the second person sees what the first
 * one wants. */
static xd_rc_t
keep_mended(doing_t *d)
{
    xd_str_t bytes;
    xd_rc_t rc;

    if (!xd_str_is(xd_str(d->act->name), "mend")
        || xd_get(d->asked, "body") == NULL)
    {
        return XD_OK;
    }

    rc = xd_base64_read(d->w->arena, xd_text(d->asked, "body"), XD_BASE64,
        &bytes);

    return rc == XD_OK ? ward_keep_mended(d->h->store, d->c.id, bytes) : rc;
}


/* Carried out: the case, its process, everybody. */
static xd_rc_t
carry_out(doing_t *d)
{
    xd_rc_t rc = keep_mended(d);

    if (d->act->state != NULL) {
        d->c.state = xd_str(d->act->state);
        d->c.mends += xd_str_is(d->c.state, "mended");
        forget_wanted(&d->c);
    }

    d->c.version += d->act->event != NULL;

    if (rc == XD_OK && d->act->release != NULL && d->c.held) {
        rc = tell_process(d);
    }

    if (rc == XD_OK && d->act->event != NULL) {
        rc = tell_all(d);
    }

    return rc;
}


static xd_rc_t
wish(doing_t *d)
{
    xd_rc_t rc = keep_mended(d);

    d->c.wanted = xd_str(d->act->name);
    d->c.wanted_by = d->who;
    d->c.wanted_why = d->why;

    return rc;
}


/* What the first person wanted, done in the name of both. */
static xd_rc_t
approve(doing_t *d)
{
    d->act = act_find(d->c.wanted);

    return d->act != NULL ? carry_out(d) : XD_E_SYNTAX;
}


static xd_rc_t
decide(doing_t *d)
{
    if (xd_str_is(xd_str(d->act->name), "approve")) {
        return approve(d);
    }

    if (xd_str_is(xd_str(d->act->name), "refuse")) {
        forget_wanted(&d->c);
        return XD_OK;
    }

    if (xd_str_is(xd_str(d->act->name), "assign")) {
        d->c.owner = xd_text(d->asked, "owner");
    }

    if (xd_str_is(xd_str(d->act->name), "escalate")) {
        d->c.escalated = true;
    }

    return wants_second(d) ? wish(d) : carry_out(d);
}


/* Was it only asked for, and waits for a second person? */
static bool
waits(const doing_t *d, xd_str_t asked)
{
    return xd_str_eq(d->c.wanted, asked) && xd_str_eq(d->c.wanted_by, d->who);
}


/* What a second reader of the notes must know: was it done, or asked for? */
static xd_str_t
note_action(const doing_t *d, xd_str_t asked)
{
    return waits(d, asked) ? xd_fmt(d->w->arena, "%.*s wanted", XD_FMT(asked))
                           : asked;
}


static xd_rc_t
finish(doing_t *d, xd_str_t asked, const char *refused)
{
    xd_store_t *store = d->h->store;
    xd_str_t job = xd_text(d->asked, "job");
    xd_rc_t rc = XD_OK;

    if (refused == NULL) {
        rc = ward_update(store, &d->c);
        rc = rc == XD_OK ? ward_note(store, &d->c, d->now, d->who,
                 note_action(d, asked), d->why)
                         : rc;
    }

    if (rc == XD_OK && job.len > 0) {
        const char *result = refused != NULL   ? refused
                             : waits(d, asked) ? "waits for a second person"
                                               : "done";

        rc = job_result(store, job, d->c.id, xd_str(result));
    }

    return rc;
}


static xd_work_rc_t
failed(xd_work_t *w, xd_rc_t rc)
{
    if (rc == XD_OK) {
        return XD_WORK_DONE;
    }

    if (rc == XD_E_SYNTAX) {
        return XD_WORK_PERMANENT;
    }

    xd_work_fail(w, "hospital.store", "the decision cannot be written: %s",
        xd_rc_text(rc));

    return rc == XD_E_STORE ? XD_WORK_TRANSIENT : XD_WORK_PERMANENT;
}


static xd_work_rc_t
act_on_case(doing_t *d)
{
    xd_str_t asked = xd_text(d->asked, "action");
    xd_rc_t rc =
        ward_get(d->h->store, d->w->arena, xd_text(d->asked, "case"), &d->c);
    const char *refused;

    if (rc == XD_E_NOT_FOUND) {
        return XD_WORK_DONE; /* nothing is left to be decided */
    }

    if (rc != XD_OK) {
        return failed(d->w, rc);
    }

    refused = act_refused(&d->c, asked, d->who);
    rc = refused == NULL ? decide(d) : XD_OK;
    rc = rc == XD_OK ? finish(d, asked, refused) : rc;

    return failed(d->w, rc);
}


xd_work_rc_t
act_take(hospital_t *h, xd_work_t *w)
{
    doing_t d = { .h = h, .w = w };
    char now[XD_INSTANT_LEN + 1];
    xd_node_t *asked;
    xd_report_t rep;

    xd_report_init(&rep, w->arena, 1);

    if (xd_json_read(w->arena, w->message->body, NULL, &asked, &rep) != XD_OK) {
        xd_work_fail(w, "hospital.act", "a decision that cannot be read");
        return XD_WORK_PERMANENT;
    }

    xd_instant_write(w->now_ms, now);
    d.asked = asked;
    d.who = xd_text(asked, "who");
    d.why = xd_text(asked, "why");
    d.now = xd_str(now);

    if (xd_str_is(xd_text(asked, "action"), "job")) {
        return failed(w,
            job_make(h->store, w->message->message_id, asked, d.now));
    }

    d.act = act_find(xd_text(asked, "action"));
    if (d.act == NULL) {
        xd_work_fail(w, "hospital.act", "there is no such action");
        return XD_WORK_PERMANENT;
    }

    return act_on_case(&d);
}
