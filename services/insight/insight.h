/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_INSIGHT_INSIGHT_H
#define XD_INSIGHT_INSIGHT_H

#include "base/map.h"
#include "daemon/daemon.h"


/* Where its own inputs come from: the clock, which looks at the totals. */
#define INSIGHT_CHECKS "insight.checks"

/* xd-insight's own context. */
typedef struct {
    xd_store_t *store;
    xd_daemon_t *daemon;
    const xd_conf_t *conf;
    int64_t period_ms, settle_ms; /* totals.period, totals.settle */
    xd_timer_t timer;
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
    xd_str_t routes;     /* its commands, "http.erp.create http.wms.create" */
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

/* -- totals.c: what was accepted, published, delivered, confirmed ---------- */

/* Places of a document on its way, in the order in which it passes them. */
typedef enum {
    STAGE_ACCEPTED,
    STAGE_PUBLISHED,
    STAGE_DELIVERED, /* its destination has answered */
    STAGE_CONFIRMED,
    STAGE_DISCARDED, /* a person gave it up */
    STAGES
} stage_t;

/* What one document adds to a sum: millionths, and a hash total over
 * whatever units there are. */
typedef struct {
    xd_str_t ccy; /* of amount; empty: it has none */
    int64_t amount, quantity;
} measure_t;

/* The measure of a document by totals_table.c; zeros when it has none. */
measure_t totals_measure(xd_str_t document, const xd_node_t *doc);

/* a + b, or the largest there is. */
int64_t totals_sum(int64_t a, int64_t b);

/* Which documents have amounts and quantities, and where: dotted paths, "*"
 * for each member of an array; NULL: none. */
typedef struct {
    const char *document;
    const char *amount; /* of an object {amount, ccy} */
    const char *quantity;
} totals_path_t;

extern const totals_path_t totals_paths[]; /* ends with a NULL document */

/*
 * totals_take - count one fact, in the transaction that journals it
 *
 *   seq  its row
 *
 * Returns XD_OK; XD_E_STORE; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t totals_take(const insight_t *in, xd_work_t *w,
    const insight_fact_t *f, int64_t seq, const xd_node_t *doc);

/* -- tills.c: sequences of points of sale ---------------------------------- */

/* Notes the number of one receipt, and the gaps that it opens or closes. */
XD_CHECKED xd_rc_t tills_take(xd_work_t *w, const xd_node_t *doc);

/* -- check.c: what does not add up ----------------------------------------- */

/* The settings of the totals. */
void check_settings(insight_t *in, const xd_conf_t *conf);

/* Appends an input of our own for each difference that is to be told, or is
 * gone.  XD_OK; XD_E_STORE; XD_E_MEMORY. */
XD_CHECKED xd_rc_t check_messages(const insight_t *in, xd_arena_t *arena,
    int64_t now_ms, xd_vec_t *messages);

/* Work on such an input. */
xd_work_rc_t check_take(void *ctx, xd_work_t *w);

/* GET /totals?from=&to=&document=&partner=&destination=: totals.c's counts
 * and check.c's differences.  sums.c. */
void insight_totals(void *ctx, const xd_call_t *call, xd_reply_t *reply);

#endif
