/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_HOSPITAL_HOSPITAL_H
#define XD_HOSPITAL_HOSPITAL_H

#include "base/loop.h"
#include "daemon/daemon.h"

/* Where its own inputs come from: what people and the clock want done. */
#define HOSPITAL_ACTS "hospital.acts"

#define MOST_LISTED   1000 /* cases of one answer */

/* xd-hospital's own context. */
typedef struct {
    xd_daemon_t *daemon;
    xd_store_t *store;
    const xd_conf_t *conf;
    xd_timer_t timer;
} hospital_t;

/* -- ward.c: the cases ----------------------------------------------------- */

extern const char *const hospital_migrations[];

/* One case; slices live in the arena that was given. */
typedef struct {
    xd_str_t id, process, queue, message_id, key, code, text;
    xd_str_t state; /* open, released, mended, discarded */
    xd_str_t opened, due, owner, correlation;
    xd_str_t wanted, wanted_by, wanted_why; /* what waits for a second person */
    int64_t attempts, version, mends;
    bool held, escalated;
} case_t;

/* XD_OK, XD_E_NOT_FOUND, XD_E_STORE or XD_E_MEMORY. */
XD_CHECKED xd_rc_t ward_get(xd_store_t *store, xd_arena_t *arena, xd_str_t id,
    case_t *out);

/* The case as its process told it, with reasons, properties and bytes. */
XD_CHECKED xd_rc_t ward_told(xd_store_t *store, xd_arena_t *arena, xd_str_t id,
    xd_str_t *json);

/* Bytes of the newest mending, or of one that waits; ptr NULL: none. */
XD_CHECKED xd_rc_t ward_mended(xd_store_t *store, xd_arena_t *arena,
    xd_str_t id, xd_str_t *bytes);

/* What a list is asked for; an empty text asks for nothing. */
typedef struct {
    xd_str_t state, process, queue, key, code;
    int64_t most;
} filter_t;

/* Cases of a filter as case_t, oldest first: so a release keeps order. */
XD_CHECKED xd_rc_t ward_list(xd_store_t *store, xd_arena_t *arena,
    const filter_t *filter, xd_vec_t *cases);

/* Work on a command hospital.ward.case.open: one more case. */
xd_work_rc_t ward_take(hospital_t *h, xd_work_t *w);

/* What a case is now, and that it was so decided. */
XD_CHECKED xd_rc_t ward_update(xd_store_t *store, const case_t *c);
XD_CHECKED xd_rc_t ward_keep_mended(xd_store_t *store, xd_str_t id,
    xd_str_t bytes);
XD_CHECKED xd_rc_t ward_note(xd_store_t *store, const case_t *c, xd_str_t at,
    xd_str_t who, xd_str_t action, xd_str_t why);

/* Notes of a case, oldest first. */
typedef struct {
    xd_str_t at, who, action, why;
} note_t;

XD_CHECKED xd_rc_t ward_notes(xd_store_t *store, xd_arena_t *arena, xd_str_t id,
    xd_vec_t *notes);

/* -- jobs.c: one decision for many cases ----------------------------------- */

/* Makes a job of all open cases of a filter: act is {"do","filter":{"process",
 * "queue","key","code"},"who","why"}. */
XD_CHECKED xd_rc_t job_make(xd_store_t *store, xd_str_t id,
    const xd_node_t *act, xd_str_t at);

/* The result of one of its cases. */
XD_CHECKED xd_rc_t job_result(xd_store_t *store, xd_str_t job, xd_str_t id,
    xd_str_t result);

/* The next cases of jobs as messages to inject. */
XD_CHECKED xd_rc_t job_messages(xd_store_t *store, xd_arena_t *arena,
    xd_vec_t *messages);

/* {"id","action","who","items":[{"case","result"}]}; XD_E_NOT_FOUND. */
XD_CHECKED xd_rc_t job_write(xd_store_t *store, xd_str_t id, xd_buf_t *json);

/* -- act.c: what is done with cases ---------------------------------------- */

/*
 * act_message - what somebody wants done, as an input of our own
 *
 *   id   by which a repeat is known
 *   act  {"action","case","who","why", ...}
 *
 * XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t act_message(xd_arena_t *arena, xd_str_t id,
    const xd_node_t *act, xd_message_t *out);

/* Is there an action of that name that a person may ask for? */
bool act_known(xd_str_t action);

/* Must it be said why? */
bool act_needs_why(xd_str_t action);

/* Why it cannot be done with this case now, or NULL. */
const char *act_refused(const case_t *c, xd_str_t action, xd_str_t who);

/* Work on such an input. */
xd_work_rc_t act_take(hospital_t *h, xd_work_t *w);

/* -- mend.c ---------------------------------------------------------------- */

/* Holds mended bytes to what the originals had to be; findings in rep. */
XD_CHECKED xd_rc_t mend_check(const hospital_t *h, xd_arena_t *arena,
    const xd_node_t *told, xd_str_t bytes, xd_report_t *rep);

/* -- serve.c: questions and orders ----------------------------------------- */

void serve_cases(void *ctx, const xd_call_t *call, xd_reply_t *reply);
void serve_act(void *ctx, const xd_call_t *call, xd_reply_t *reply);
void serve_jobs(void *ctx, const xd_call_t *call, xd_reply_t *reply);
void serve_job(void *ctx, const xd_call_t *call, xd_reply_t *reply);

/* -- watch.c: the clock ---------------------------------------------------- */

/* Jobs go on, cases that are late escalate, the gauges are set. */
void watch_tick(void *ctx);

#endif
