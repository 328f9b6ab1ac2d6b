/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What follows from the facts of one message.  Nothing of it is stored: what
 * is still to come is computed, from where the commands went and which
 * answers came.
 */

#include "insight.h"

#include "format/json.h"


bool
story_is(const insight_fact_t *f, const char *document)
{
    return xd_str_is(f->document, document);
}


static void *
kept(story_t *s, void *made)
{
    if (made == NULL) {
        s->rc = XD_E_MEMORY;
    }

    return made;
}


const xd_node_t *
story_body(story_t *s, insight_fact_t *f)
{
    xd_report_t rep;

    if (f->doc == NULL && f->body.len > 0) {
        xd_report_init(&rep, s->arena, 0);
        if (xd_json_read(s->arena, f->body, NULL, &f->doc, &rep) == XD_E_MEMORY)
        {
            s->rc = XD_E_MEMORY;
        }
    }

    return f->doc;
}


static xd_str_t
answer_key(story_t *s, xd_str_t fact, xd_str_t system)
{
    xd_str_t key = xd_fmt(s->arena, "%.*s %.*s", XD_FMT(fact), XD_FMT(system));

    if (key.ptr == NULL) {
        s->rc = XD_E_MEMORY;
    }

    return key;
}


/* The last answer to each command.  One look each: a file of a thousand
 * ship notices has two thousand of them, and to search for each would be
 * millions. */
static void
answers_gather(story_t *s)
{
    s->answers = kept(s, xd_map_new(s->arena));

    for (size_t i = 0; s->rc == XD_OK && i < s->facts.count; i++) {
        insight_fact_t *f = story_fact(s, i);
        const xd_node_t *doc;
        xd_str_t key;

        if (!story_is(f, "delivery")) {
            continue;
        }

        doc = story_body(s, f);
        key = answer_key(s, xd_text(doc, "docRef"), xd_text(doc, "system"));

        if (s->rc == XD_OK && xd_map_put(s->answers, key, f, NULL) != XD_OK) {
            s->rc = XD_E_MEMORY;
        }
    }
}


xd_rc_t
story_read(story_t *s, insight_t *in, xd_str_t id, bool whole)
{
    s->facts = XD_VEC(insight_fact_t);
    s->rc = insight_by_correlation(in, s->arena, id, whole, &s->facts);

    if (s->rc == XD_OK) {
        answers_gather(s);
    }

    return s->rc;
}


/* One command, "http.erp.create": the process, and the system that it serves.
 * Empty when its answer is here. */
static xd_str_t
unanswered(story_t *s, const insight_fact_t *f, xd_str_t command)
{
    xd_str_t system, key;

    (void) xd_str_cut(&command, '.');
    system = xd_str_cut(&command, '.');
    key = answer_key(s, f->id, system);

    return s->rc == XD_OK && xd_map_get(s->answers, key) == NULL ? system
                                                                 : XD_STR_NONE;
}


static size_t
pending_of(story_t *s, const insight_fact_t *f, story_fn *each, void *ctx)
{
    xd_str_t rest = f->routes;
    size_t count = 0;

    while (rest.len > 0) {
        xd_str_t system = unanswered(s, f, xd_str_cut(&rest, ' '));

        count += system.len > 0;
        if (system.len > 0 && each != NULL) {
            each(ctx, f, system);
        }
    }

    return count;
}


size_t
story_pending(story_t *s, story_fn *each, void *ctx)
{
    size_t count = 0;

    for (size_t i = 0; i < s->facts.count; i++) {
        count += pending_of(s, story_fact(s, i), each, ctx);
    }

    return count;
}


/* Is this the last word of its system?  A refused command may be mended, and
 * confirmed then. */
static bool
last_answer(story_t *s, insight_fact_t *f)
{
    const xd_node_t *doc = story_body(s, f);
    xd_str_t key =
        answer_key(s, xd_text(doc, "docRef"), xd_text(doc, "system"));

    return s->rc == XD_OK && xd_map_get(s->answers, key) == f;
}


static bool
any_refused(story_t *s)
{
    for (size_t i = 0; i < s->facts.count; i++) {
        insight_fact_t *f = story_fact(s, i);

        if (story_is(f, "delivery") && xd_str_is(f->event, "refused")
            && last_answer(s, f))
        {
            return true;
        }
    }

    return false;
}


static bool
any_exception(story_t *s)
{
    for (size_t i = 0; i < s->facts.count; i++) {
        if (story_is(story_fact(s, i), "exception")) {
            return true;
        }
    }

    return false;
}


/* Acknowledgements go out with the facts of their interchange, but may be
 * journalled before them: they alone say nothing about what came of it. */
static bool
nothing_yet(story_t *s)
{
    for (size_t i = 0; i < s->facts.count; i++) {
        if (!story_is(story_fact(s, i), "functional-ack")) {
            return false;
        }
    }

    return true;
}


static bool
any_pending(story_t *s)
{
    return story_pending(s, NULL, NULL) > 0;
}


/* The first row that holds names the state.  A refusal is also a case for a
 * person, so it stands before the exception that tells of it. */
static const struct {
    bool (*holds)(story_t *s);
    const char *state;
} states[] = {
    { nothing_yet, "accepted" },
    { any_refused, "refused" },
    { any_exception, "exception" },
    { any_pending, "processing" },
};


const char *
story_state(story_t *s)
{
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (states[i].holds(s)) {
            return states[i].state;
        }
    }

    return "done";
}
