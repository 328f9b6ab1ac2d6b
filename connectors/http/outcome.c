/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Reading answers.  What a system says is hostile like any input: it is
 * bounded, cut between characters, and never taken for more than it is.
 */

#include "outcome.h"

#include "base/utf8.h"
#include "format/json.h"

#define ID_MAX   80  /* characters, as the delivery document allows */
#define TEXT_MAX 500 /* bytes */

/* The error code of a repeat; NetSuite's has a prefix before the name. */
#define REPEAT_CODE "IDEMPOTENCY_ERROR"


/* A line that may stand in a document: no control characters. */
static bool
is_line(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char) s.ptr[i] < 0x20 || s.ptr[i] == 0x7f) {
            return false;
        }
    }

    return s.len > 0;
}


/* An id that does not fit into the delivery document is none: the effect is
 * done all the same. */
static void
read_id(const xd_node_t *body, outcome_answer_t *out)
{
    xd_str_t id = xd_text(body, "id");

    if (is_line(id) && xd_utf8_count(id) <= ID_MAX) {
        out->signs |= SIGN_ID;
        out->id = id;
    }
}


static void
read_code(const xd_node_t *body, outcome_answer_t *out)
{
    static const char *const members[] = { "code", "o:errorCode" };

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (xd_str_is(xd_text(body, members[i]), REPEAT_CODE)) {
            out->signs |= SIGN_REPEAT;
        }
    }
}


/* Where systems put the sentence: a problem's detail first. */
static void
read_text(const xd_node_t *body, outcome_answer_t *out)
{
    static const char *const members[] = { "detail", "message", "error",
        "title" };

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        xd_str_t text = xd_text(body, members[i]);

        if (text.len > 0) {
            out->text = text;
            return;
        }
    }
}


/* Cut without half a character at the end. */
static xd_str_t
shortened(xd_str_t s)
{
    if (s.len > TEXT_MAX) {
        s.len = TEXT_MAX;
        s.len = xd_utf8_valid(s);
    }

    return s;
}


/* The body lives only as long as the call. */
static xd_node_t *
parse(xd_str_t bytes, xd_arena_t *arena)
{
    xd_str_t kept = xd_dup(arena, bytes);
    xd_node_t *body = NULL;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);
    if (kept.ptr == NULL
        || xd_json_read(arena, kept, NULL, &body, &rep) != XD_OK) {
        return NULL;
    }

    return body;
}


void
outcome_read(const xd_web_answer_t *answer, bool any, xd_arena_t *arena,
    outcome_answer_t *out)
{
    xd_node_t *body = parse(answer->body, arena);

    *out = (outcome_answer_t){ 0 };

    if (any || body != NULL || xd_str_trim(answer->body).len == 0) {
        out->signs |= SIGN_READABLE;
    }
    if (answer->retry_after_ms >= 0) {
        out->signs |= SIGN_PAUSE;
    }

    read_id(body, out);
    read_code(body, out);
    read_text(body, out);
    out->text = shortened(out->text);
}


const outcome_t *
outcome_of(xd_web_result_t result, int status, unsigned signs)
{
    const outcome_t *o = outcomes;

    while (o->result != result || status < o->from || status > o->to
           || (signs & o->signs) != o->signs)
    {
        o++;
    }

    return o;
}
