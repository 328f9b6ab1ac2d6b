/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Answers from the journal: what became of a message, and every step of a
 * document's way.
 */

#include "insight.h"

#include "base/clock.h"
#include "format/json.h"

#define ANSWER_MEMORY (64u << 20)


/* One question being answered. */
typedef struct {
    insight_t *in;
    xd_reply_t *reply;
    xd_str_t id;
    xd_node_t *pending; /* rows of what is still to come */
    story_t story;
} ask_t;


/* -- rows: a full arena is noted, and looked at once, at the end ----------- */

static xd_node_t *
row_new(ask_t *a)
{
    xd_node_t *row = xd_node_new(a->story.arena, XD_OBJECT);

    if (row == NULL) {
        a->story.rc = XD_E_MEMORY;
    }

    return row;
}


static void
put(ask_t *a, xd_node_t *row, const char *name, xd_str_t text)
{
    if (xd_put_str(a->story.arena, row, name,
            text.ptr != NULL ? text : XD_STR(""))
        == NULL)
    {
        a->story.rc = XD_E_MEMORY;
    }
}


/* A member of the document itself; left out when it has none. */
static void
put_of(ask_t *a, xd_node_t *row, const char *name, const xd_node_t *doc)
{
    xd_str_t text = xd_text(doc, name);

    if (text.len > 0) {
        put(a, row, name, text);
    }
}


static xd_node_t *
put_list(ask_t *a, xd_node_t *row, const char *name)
{
    xd_node_t *list = xd_put(a->story.arena, row, name, XD_ARRAY);

    if (list == NULL) {
        a->story.rc = XD_E_MEMORY;
    }

    return list;
}


static void
row_add(ask_t *a, xd_node_t *list, xd_node_t *row)
{
    if (xd_node_add(a->story.arena, list, row) == NULL) {
        a->story.rc = XD_E_MEMORY;
    }
}


static void
pending_row(void *ctx, const insight_fact_t *f, xd_str_t system)
{
    ask_t *a = ctx;
    xd_node_t *row = row_new(a);

    put(a, row, "system", system);
    put(a, row, "status", XD_STR("pending"));
    put(a, row, "docRef", f->id);
    row_add(a, a->pending, row);
}


/* Sends what was made, or says why nothing was. */
static void
reply_with(ask_t *a, const xd_node_t *answer)
{
    if (a->story.rc == XD_OK) {
        xd_json_write(&a->reply->body, answer, XD_JSON_PRETTY);
        a->story.rc = xd_buf_rc(&a->reply->body);
    }

    if (a->story.rc == XD_OK) {
        return;
    }

    xd_buf_reset(&a->reply->body);

    if (a->story.rc == XD_E_MEMORY) {
        xd_reply_problem(a->reply, 500, "answer-too-large",
            "There are more facts about this than one answer may hold.");
    } else {
        xd_reply_problem(a->reply, 503, "journal-unavailable",
            "The journal cannot be read now; try again.");
    }
}


/* -- status ---------------------------------------------------------------- */

/* What a caller may know of a delivery. */
static void
delivery_row(ask_t *a, xd_node_t *list, insight_fact_t *f)
{
    static const char *const members[] = { "system", "status", "foreignId",
        "docRef", "at", "reason" };
    const xd_node_t *doc = story_body(&a->story, f);
    xd_node_t *row = row_new(a);

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        put_of(a, row, members[i], doc);
    }

    row_add(a, list, row);
}


/* What an exception or acknowledgement says, beside what every fact has. */
static void
document_row(ask_t *a, xd_node_t *list, insight_fact_t *f)
{
    static const char *const members[] = { "code", "text", "kind", "status" };
    xd_node_t *row = row_new(a);

    put(a, row, "document", f->document);
    put(a, row, "event", f->event);
    put(a, row, "number", f->number);
    put(a, row, "key", f->key);
    put(a, row, "id", f->id);
    put(a, row, "at", f->at);

    if (story_is(f, "exception") || story_is(f, "functional-ack")) {
        const xd_node_t *doc = story_body(&a->story, f);

        for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
            put_of(a, row, members[i], doc);
        }
    }

    row_add(a, list, row);
}


static void
write_status(ask_t *a)
{
    xd_node_t *answer = row_new(a);
    xd_node_t *documents;

    put(a, answer, "id", a->id);
    put(a, answer, "state", xd_str(story_state(&a->story)));
    documents = put_list(a, answer, "documents");
    a->pending = put_list(a, answer, "deliveries");

    for (size_t i = 0; a->story.rc == XD_OK && i < a->story.facts.count; i++) {
        insight_fact_t *f = story_fact(&a->story, i);

        if (story_is(f, "delivery")) {
            delivery_row(a, a->pending, f);
        } else {
            document_row(a, documents, f);
        }
    }

    (void) story_pending(&a->story, pending_row, a);
    reply_with(a, answer);
}


/*
 * The gateway names the caller in XD-Party: it learns only about its own
 * messages, and an id of somebody else's looks like one of which no fact has
 * come yet.  Local administrators send no XD-Party and see everything.
 */
static void
hide_foreign(ask_t *a, const xd_call_t *call)
{
    xd_str_t party = xd_server_header(call, "XD-Party");
    bool own = party.len == 0;

    for (size_t i = 0; i < a->story.facts.count && !own; i++) {
        own = xd_str_eq(story_fact(&a->story, i)->party, party);
    }

    if (!own) {
        a->story.facts.count = 0;
    }
}


void
insight_status(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    const xd_str_t prefix = XD_STR("/status/");
    ask_t a = { .in = ctx, .reply = reply };

    a.id =
        (xd_str_t){ call->path.ptr + prefix.len, call->path.len - prefix.len };

    if (!xd_uuid_valid(a.id)) {
        xd_reply_problem(reply, 404, "not-found",
            "A status is asked for by the id of the 202 answer.");
        return;
    }

    a.story.arena = xd_arena_new(ANSWER_MEMORY);
    a.story.rc = XD_E_MEMORY;

    if (a.story.arena != NULL
        && story_read(&a.story, a.in, a.id, false) == XD_OK) {
        hide_foreign(&a, call);
        write_status(&a);
    } else {
        reply_with(&a, NULL);
    }

    xd_arena_free(a.story.arena);
}


/* -- trace ----------------------------------------------------------------- */

/* One step of the way: a fact with everything that identifies it. */
static void
step_row(ask_t *a, xd_node_t *list, insight_fact_t *f)
{
    xd_node_t *row = row_new(a);
    char instant[XD_INSTANT_LEN + 1];

    xd_instant_write(f->recorded_ms, instant);

    put(a, row, "at", f->at);
    put(a, row, "journal", xd_dup(a->story.arena, xd_str(instant)));
    put(a, row, "document", f->document);
    put(a, row, "event", f->event);
    put(a, row, "number", f->number);
    put(a, row, "key", f->key);
    put(a, row, "party", f->party);
    put(a, row, "id", f->id);
    put(a, row, "cause", f->cause);
    put(a, row, "traceparent", f->trace);
    put(a, row, "routes", f->routes);

    if (story_body(&a->story, f) != NULL) {
        f->doc->key = XD_STR("body");
        row_add(a, row, f->doc);
    }

    row_add(a, list, row);
}


/* One way: all that came of one raw message. */
static void
way_row(ask_t *a, xd_node_t *ways, xd_str_t id)
{
    xd_node_t *way = row_new(a);
    xd_node_t *steps;

    if (way == NULL || story_read(&a->story, a->in, id, true) != XD_OK) {
        return;
    }

    put(a, way, "id", id);
    put(a, way, "state", xd_str(story_state(&a->story)));
    steps = put_list(a, way, "steps");

    for (size_t i = 0; a->story.rc == XD_OK && i < a->story.facts.count; i++) {
        step_row(a, steps, story_fact(&a->story, i));
    }

    a->pending = put_list(a, way, "pending");
    (void) story_pending(&a->story, pending_row, a);
    row_add(a, ways, way);
}


static void
write_trace(ask_t *a, xd_str_t term)
{
    xd_vec_t ids = XD_VEC(xd_str_t);
    xd_node_t *answer = row_new(a);
    xd_node_t *ways;

    put(a, answer, "key", term);
    ways = put_list(a, answer, "ways");

    if (a->story.rc == XD_OK) {
        a->story.rc = insight_find(a->in, a->story.arena, term, &ids);
    }

    for (size_t i = 0; a->story.rc == XD_OK && i < ids.count; i++) {
        way_row(a, ways, *XD_AT(&ids, xd_str_t, i));
    }

    reply_with(a, answer);
}


void
insight_trace(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    xd_str_t term = xd_server_arg(call, "key");
    ask_t a = { .in = ctx, .reply = reply };

    if (xd_server_header(call, "XD-Party").len != 0) {
        xd_reply_problem(reply, 403, "forbidden",
            "A trace is for local administrators.");
        return;
    }

    if (term.len == 0) {
        xd_reply_problem(reply, 400, "bad-request",
            "Name what to trace: /trace?key=<number, key or id>.");
        return;
    }

    a.story.arena = xd_arena_new(ANSWER_MEMORY);

    if (a.story.arena == NULL) {
        a.story.rc = XD_E_MEMORY;
        reply_with(&a, NULL);
    } else {
        write_trace(&a, term);
    }

    xd_arena_free(a.story.arena);
}
