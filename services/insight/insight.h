/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_INSIGHT_INSIGHT_H
#define XD_INSIGHT_INSIGHT_H

#include "base/map.h"
#include "daemon/daemon.h"


/* xd-insight's own context. */
typedef struct {
    xd_store_t *store;
} insight_t;

/* -- journal.c: facts in --------------------------------------------------- */

/* Migrations of state/xd-insight.db. */
extern const char *const insight_migrations[];

/* The work function of the relay: one fact into the journal. */
xd_work_rc_t insight_take(void *ctx, xd_work_t *w);

/* One row of the journal; slices live in the arena that was given. */
typedef struct {
    xd_str_t id, cause, correlation;
    xd_str_t document, event, key, number, party, trace;
    xd_str_t routes;     /* "http.erp http.wms": where its commands went */
    xd_str_t body;       /* the document; empty when it was not asked for */
    int64_t recorded_ms; /* when the journal took it */
    xd_str_t at;         /* meta.recordedAt */
    xd_node_t *doc;      /* of body, once story_body has read it */
} insight_fact_t;

/*
 * insight_by_correlation - all facts that came of one raw message
 *
 *   whole  with the body of each; false: only of those about other documents
 *          (delivery, exception, functional-ack), for a file may hold
 *          thousands
 *   facts  of insight_fact_t, in the order in which they were taken
 *
 * Returns XD_OK, also for none; XD_E_STORE; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t insight_by_correlation(insight_t *in, xd_arena_t *arena,
    xd_str_t id, bool whole, xd_vec_t *facts);

/*
 * insight_find - the raw messages that a person may mean
 *
 *   term  a number of a document, a business key, an id, a control number
 *   ids   of xd_str_t: correlation ids, newest first, at most 50
 *
 * Returns as insight_by_correlation.
 */
XD_CHECKED xd_rc_t insight_find(insight_t *in, xd_arena_t *arena, xd_str_t term,
    xd_vec_t *ids);

/* -- story.c: what follows from the facts ---------------------------------- */

/* All that came of one raw message. */
typedef struct {
    xd_arena_t *arena;
    xd_vec_t facts;    /* of insight_fact_t */
    xd_map_t *answers; /* "<fact> <system>" -> its last delivery */
    xd_rc_t rc;        /* XD_E_MEMORY once something found no room */
} story_t;

/* Reads it from the journal; returns as insight_by_correlation. */
XD_CHECKED xd_rc_t story_read(story_t *s, insight_t *in, xd_str_t id,
    bool whole);

static inline insight_fact_t *
story_fact(const story_t *s, size_t n)
{
    return XD_AT(&s->facts, insight_fact_t, n);
}

bool story_is(const insight_fact_t *f, const char *document);

/* The document of a fact; NULL when it cannot be read, and when the arena is
 * full s->rc says so. */
const xd_node_t *story_body(story_t *s, insight_fact_t *f);

/* Sees a command whose answer is still to come. */
typedef void story_fn(void *ctx, const insight_fact_t *f, xd_str_t system);

/* Calls each (may be NULL) for every one; returns how many there are. */
size_t story_pending(story_t *s, story_fn *each, void *ctx);

/* What became of it, in one word: docs/internals/insight.md. */
const char *story_state(story_t *s);

/* -- status.c: questions --------------------------------------------------- */

/* GET /status/<id>: what became of one accepted message. */
void insight_status(void *ctx, const xd_call_t *call, xd_reply_t *reply);

/* GET /trace?key=TERM: every step of the documents that the term names. */
void insight_trace(void *ctx, const xd_call_t *call, xd_reply_t *reply);

#endif
