/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Heads of lanes that are due.  A synchronous daemon tries a few in one
 * transaction; an asynchronous one starts as many as may be under way, and
 * each is settled when its answer comes.  A row under way is WORKING, so it
 * is not found again, and its lane stands behind it.
 */

#include "room.h"

#include <assert.h>

#include "base/clock.h"
#include "base/log.h"

#define TRIES_A_TURN 32
#define AGAIN_MS     1000 /* after a fault of ours */


/* The message as it came. */
static xd_rc_t
row_message(xd_arena_t *arena, const xd_held_row_t *row, xd_message_t *m)
{
    xd_rc_t rc = xd_message_props_read(arena, row->props, m);

    m->exchange = row->exchange;
    m->routing_key = row->routing_key;
    m->body = row->body;

    return rc;
}


/* The next due head into a work; XD_E_NOT_FOUND: none is due. */
static xd_rc_t
next_work(xd_relay_t *relay, xd_arena_t *arena, work_t *w)
{
    xd_held_row_t *rows;
    xd_message_t m;
    size_t count;
    xd_rc_t rc =
        xd_held_due(relay->store, xd_now_ms(), 1, arena, &rows, &count);

    if (rc != XD_OK || count == 0) {
        return rc == XD_OK ? XD_E_NOT_FOUND : rc;
    }

    rc = row_message(arena, rows, &m);

    return rc == XD_OK ? work_make(relay, arena, &m, rows, w) : rc;
}


static bool
hands_full(const xd_relay_t *relay)
{
    return relay->does->asynchronous
           && relay->nactive >= relay->does->concurrency;
}


/* When the turn comes round again. */
static void
held_schedule(xd_relay_t *relay, xd_rc_t rc)
{
    int64_t due = 0, now = xd_now_ms();

    if (rc != XD_OK && rc != XD_E_NOT_FOUND) {
        xd_log(XD_LOG_ERROR, NULL, "held messages cannot be worked on: %s",
            xd_rc_text(rc));
        relay_soon(relay, &relay->retry, AGAIN_MS);
        return;
    }

    if (xd_held_next_due(relay->store, &due) == XD_OK && due != 0) {
        relay_soon(relay, &relay->retry, due > now ? due - now : 0);
    }
}

/* -- synchronous ----------------------------------------------------------- */

static xd_rc_t
try_one(xd_relay_t *relay)
{
    xd_work_rc_t done;
    work_t w;
    xd_rc_t rc;

    xd_arena_reset(relay->work_arena);
    rc = next_work(relay, relay->work_arena, &w);

    return rc == XD_OK ? work_run(&w, &done) : rc;
}


/* Bounded, so that new inputs get their turn between long lanes. */
static xd_rc_t
try_some(xd_relay_t *relay)
{
    xd_rc_t rc = relay_begin(relay);

    for (int n = 0; rc == XD_OK && n < TRIES_A_TURN; n++) {
        rc = try_one(relay);
    }

    if (rc != XD_OK && rc != XD_E_NOT_FOUND) {
        xd_store_rollback(relay->store);
        return rc;
    }

    crash_at(&relay->crash, CRASH_BEFORE_COMMIT);

    return relay_commit(relay);
}

/* -- asynchronous ---------------------------------------------------------- */

static void
active_add(work_t *w)
{
    xd_relay_t *relay = w->pub.relay;

    w->next = relay->active;
    relay->active = w;
    relay->nactive++;
}


static void
active_remove(work_t *w)
{
    xd_relay_t *relay = w->pub.relay;
    work_t **at = &relay->active;

    while (*at != w) {
        at = &(*at)->next;
    }

    *at = w->next;
    relay->nactive--;
}


/* After a commit that failed a row may be WAITING while we work on it. */
static bool
is_active(const xd_relay_t *relay, int64_t seq)
{
    const work_t *w = relay->active;

    while (w != NULL && w->row.seq != seq) {
        w = w->next;
    }

    return w != NULL;
}


/* WORKING is committed with the others of this turn, after the effects have
 * begun: a crash between the two leaves WAITING, which is tried again too. */
static xd_rc_t
start_work(work_t *w)
{
    xd_relay_t *relay = w->pub.relay;
    xd_arena_t *arena = w->pub.arena;
    xd_work_rc_t done = XD_WORK_TRANSIENT;
    xd_rc_t rc;

    if (is_active(relay, w->row.seq)) {
        xd_arena_free(arena);
        return XD_E_AGAIN;
    }

    w->row.state = XD_HELD_WORKING;
    rc = xd_held_update(relay->store, &w->row);
    rc = rc == XD_OK ? work_run(w, &done) : rc;

    if (rc == XD_OK && done == XD_WORK_LATER) {
        active_add(w);
    } else {
        xd_arena_free(arena);
    }

    return rc;
}


/* Each has an arena of its own: it ends when its answer comes. */
static xd_rc_t
start_one(xd_relay_t *relay)
{
    xd_arena_t *arena = xd_arena_new(relay->rules->message_memory);
    work_t *w = arena == NULL ? NULL : xd_alloc(arena, sizeof(*w));
    xd_rc_t rc = w == NULL ? XD_E_MEMORY : next_work(relay, arena, w);

    if (rc != XD_OK) {
        xd_arena_free(arena);
        return rc;
    }

    return start_work(w);
}


static xd_rc_t
start_some(xd_relay_t *relay)
{
    xd_rc_t rc = relay_begin(relay);

    while (rc == XD_OK && !hands_full(relay)) {
        rc = start_one(relay);
    }

    if (rc != XD_OK && rc != XD_E_NOT_FOUND) {
        xd_store_rollback(relay->store);
        return rc;
    }

    crash_at(&relay->crash, CRASH_BEFORE_START);
    rc = relay_commit(relay);
    crash_at(&relay->crash, CRASH_AFTER_START);

    return rc;
}


void
held_turn(void *ctx)
{
    xd_relay_t *relay = ctx;
    int64_t due = 0;
    xd_rc_t rc;

    /* With all hands full, the end of one work comes back here. */
    if (relay->stopping || hands_full(relay)) {
        return;
    }

    /* An idle relay begins no transaction. */
    rc = xd_held_next_due(relay->store, &due);

    if (rc == XD_OK && due != 0 && due <= xd_now_ms()) {
        rc = relay->does->asynchronous ? start_some(relay) : try_some(relay);
    }

    held_schedule(relay, rc);
}


/* Own state and facts of a work that is over; a fault there undoes them, and
 * the work counts as failed for good: its effect cannot be told. */
static xd_rc_t
settle_owner(work_t *w, xd_work_rc_t *done,
    xd_rc_t (*on_commit)(void *ctx, xd_work_t *w), void *ctx)
{
    xd_store_t *store = w->pub.relay->store;
    xd_rc_t rc = on_commit == NULL ? XD_OK : xd_store_savepoint(store);

    if (rc != XD_OK || on_commit == NULL) {
        return rc;
    }

    rc = on_commit(ctx, &w->pub);

    if (rc == XD_OK) {
        return xd_store_release(store);
    }

    xd_store_undo(store);

    if (rc == XD_E_STORE) {
        return rc;
    }

    if (w->code[0] == '\0') {
        xd_work_fail(&w->pub, "relay.settle",
            "the outcome cannot be written down: %s", xd_rc_text(rc));
    }

    *done = XD_WORK_PERMANENT;

    return XD_OK;
}


void
xd_work_finish(xd_work_t *w, xd_work_rc_t rc,
    xd_rc_t (*on_commit)(void *ctx, xd_work_t *w), void *ctx)
{
    work_t *self = (work_t *) w;
    xd_relay_t *relay = w->relay;
    xd_rc_t told = relay_begin(relay);

    assert(rc != XD_WORK_LATER);
    active_remove(self);

    told = told == XD_OK ? settle_owner(self, &rc, on_commit, ctx) : told;
    told = told == XD_OK ? work_settle(self, rc) : told;
    crash_at(&relay->crash, CRASH_BEFORE_SETTLE);

    if (told == XD_OK) {
        told = relay_commit(relay);
    } else {
        xd_store_rollback(relay->store);
    }

    crash_at(&relay->crash, CRASH_AFTER_SETTLE);

    if (told != XD_OK) {
        /* Its row stays WORKING; the tick gives it back, and the same
         * idempotency key makes the second effect none. */
        relay->recover = true;
    }

    relay_soon(relay, &relay->retry, 0);
    xd_arena_free(w->arena);
}


uint32_t
xd_relay_busy(const xd_relay_t *relay)
{
    return relay->nactive;
}
