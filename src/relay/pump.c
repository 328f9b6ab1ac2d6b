/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Rows of the outbox to the broker.  Of a lane only the oldest row is under
 * way: were two, the first might be refused and the second confirmed.  Lanes
 * together fill the link's window.  A lane is known by the hash of its name;
 * two that share one only wait for each other.
 *
 * Rows behind the head of a busy lane are kept as numbers and read again
 * when their turn comes, so a long outbox costs little memory.
 */

#include "pump.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/map.h"

#define ROWS_A_READ  64
#define DONE_A_FLUSH 128
#define FLUSH_MS     25
#define WAIT_MAX_MS  30000 /* a binding made at last is soon noticed */


xd_rc_t
pump_init(xd_relay_t *relay)
{
    pump_t *pump = &relay->pump;

    pump->arena = xd_arena_new(0);
    pump->rows = xd_arena_new(0);
    pump->ready_end = &pump->ready;
    pump->done = XD_VEC(int64_t);
    pump->turn = (xd_timer_t){ .fire = pump_turn, .ctx = relay };
    pump->wake = pump->turn;

    return pump->arena == NULL || pump->rows == NULL ? XD_E_MEMORY : XD_OK;
}


void
pump_free(xd_relay_t *relay)
{
    xd_timer_clear(relay->loop, &relay->pump.turn);
    xd_timer_clear(relay->loop, &relay->pump.wake);
    xd_timer_clear(relay->loop, &relay->pump.flush);
    xd_arena_free(relay->pump.arena);
    xd_arena_free(relay->pump.rows);
}


/* -- items and lanes ------------------------------------------------------- */

/* Items are used again: the pump's memory is that of its longest queue. */
static pump_item_t *
item_new(xd_relay_t *relay, const xd_outbox_row_t *row)
{
    pump_t *pump = &relay->pump;
    pump_item_t *item = pump->unused;

    if (item != NULL) {
        pump->unused = item->next;
    } else {
        item = xd_alloc(pump->arena, sizeof(*item));
    }

    if (item != NULL) {
        *item = (pump_item_t){ .relay = relay, .seq = row->seq };
        item->lane = row->lane.len == 0 ? 0 : xd_hash(row->lane);
    }

    return item;
}


static void
item_free(pump_item_t *item)
{
    pump_t *pump = &item->relay->pump;

    item->next = pump->unused;
    pump->unused = item;
}


void
pump_ready(pump_item_t *item)
{
    pump_t *pump = &item->relay->pump;

    item->next = NULL;
    *pump->ready_end = item;
    pump->ready_end = &item->next;
}


static pump_item_t *
ready_take(pump_t *pump)
{
    pump_item_t *item = pump->ready;

    pump->ready = item->next;
    if (pump->ready == NULL) {
        pump->ready_end = &pump->ready;
    }

    return item;
}


/* Also when the window is full: it is the first again when there is room. */
void
pump_ready_first(pump_item_t *item)
{
    pump_t *pump = &item->relay->pump;

    item->next = pump->ready;
    pump->ready = item;
    if (item->next == NULL) {
        pump->ready_end = &item->next;
    }
}


/* Where the head of a lane hangs; *result is NULL when the lane is free. */
static pump_item_t **
lane_of(pump_t *pump, uint64_t lane)
{
    pump_item_t **at = &pump->lanes[lane & (PUMP_LANES - 1)];

    while (*at != NULL && (*at)->lane != lane) {
        at = &(*at)->next_lane;
    }

    return at;
}


/* True when the item became the head: its row may be published. */
static bool
lane_enter(pump_item_t *item)
{
    pump_item_t **head = lane_of(&item->relay->pump, item->lane);

    if (item->lane == 0) {
        return true;
    }

    if (*head == NULL) {
        item->last = item;
        *head = item;
        return true;
    }

    (*head)->last->behind = item;
    (*head)->last = item;

    return false;
}


/* The head goes; the row behind it is ready. */
static void
lane_leave(pump_item_t *item)
{
    pump_item_t **head, *behind = item->behind;

    if (item->lane == 0) {
        return;
    }

    head = lane_of(&item->relay->pump, item->lane);
    *head = behind == NULL ? item->next_lane : behind;

    if (behind != NULL) {
        behind->last = item->last;
        behind->next_lane = item->next_lane;
        pump_ready(behind);
    }
}


/* -- publishing ------------------------------------------------------------ */

void
pump_wait(pump_item_t *item, const char *why)
{
    xd_relay_t *relay = item->relay;
    pump_t *pump = &relay->pump;
    uint32_t chance;
    int64_t ms;

    xd_random(&chance, sizeof(chance));
    item->failures++;
    ms = retry_delay(&relay->rules->retry, item->failures, -1, chance);
    ms = ms > WAIT_MAX_MS ? WAIT_MAX_MS : ms;
    item->due_ms = xd_mono_ms() + ms;
    item->next = pump->waiting;
    pump->waiting = item;
    pump->stuck++;

    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "exchange", xd_str(item->exchange) },
            { "doc", xd_str(item->doc) }),
        "outbox row %lld was not taken (%s); its lane waits %lld ms",
        (long long) item->seq, why, (long long) ms);

    if (pump->wake.slot == 0 || pump->wake.due > item->due_ms) {
        relay_soon(relay, &pump->wake, ms);
    }
}


/* Beside what may end the link nothing goes: then it is known who did it. */
static bool
must_wait(const pump_item_t *item)
{
    return (item->alone || item->relay->pump.alone)
           && xd_link_inflight(relay_link(item->relay)) > 0;
}


/* XD_OK: it is under way, or waits by itself; XD_E_AGAIN and XD_E_LINK:
 * nothing more can be published now. */
static xd_rc_t
item_publish(pump_item_t *item, const xd_outbox_row_t *row)
{
    xd_relay_t *relay = item->relay;
    xd_message_t m;
    xd_str_t doc;
    xd_rc_t rc;

    if (refused_holds(item, row)) {
        return XD_OK;
    }

    if (must_wait(item)) {
        return XD_E_AGAIN;
    }

    rc = xd_message_props_read(relay->pump.rows, row->props, &m);
    m.exchange = row->exchange;
    m.routing_key = row->routing_key;
    m.body = row->body;

    doc = relay_document(&m);
    (void) snprintf(item->exchange, sizeof(item->exchange), "%.*s",
        XD_FMT(m.exchange));
    (void) snprintf(item->doc, sizeof(item->doc), "%.*s", XD_FMT(doc));
    item->sent_ms = xd_mono_ms();

    crash_at(&relay->crash, CRASH_BEFORE_PUBLISH);
    rc = rc == XD_OK ? xd_link_publish(relay_link(relay), &m, item) : rc;

    if (rc == XD_OK) {
        relay->pump.alone = item->alone;
        crash_at(&relay->crash, CRASH_AFTER_PUBLISH);
    } else if (rc != XD_E_AGAIN && rc != XD_E_LINK) {
        pump_wait(item, xd_rc_text(rc));
        return XD_OK;
    }

    return rc;
}


xd_rc_t
pump_row(const pump_item_t *item, xd_outbox_row_t **row)
{
    xd_relay_t *relay = item->relay;
    size_t count;
    xd_rc_t rc;

    xd_arena_reset(relay->pump.rows);
    rc = xd_outbox_after(relay->store, item->seq - 1, 1, relay->pump.rows, row,
        &count);

    return rc == XD_OK && (count == 0 || (*row)->seq != item->seq) ? XD_E_STORE
                                                                   : rc;
}


/* Rows whose turn has come: read again by their number. */
static xd_rc_t
publish_ready(xd_relay_t *relay)
{
    pump_t *pump = &relay->pump;
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && pump->ready != NULL) {
        pump_item_t *item = ready_take(pump);
        xd_outbox_row_t *row;

        rc = pump_row(item, &row);
        rc = rc == XD_OK ? item_publish(item, row) : rc;

        if (rc != XD_OK) {
            pump_ready_first(item);
        }
    }

    return rc;
}


/* The cursor passes a row once it is somebody's: published, ready, or behind
 * the head of its lane. */
static xd_rc_t
publish_row(xd_relay_t *relay, const xd_outbox_row_t *row)
{
    pump_item_t *item = item_new(relay, row);

    if (item == NULL) {
        return XD_E_MEMORY;
    }

    relay->pump.cursor = row->seq;

    if (lane_enter(item)) {
        xd_rc_t rc = item_publish(item, row);

        if (rc != XD_OK) {
            /* First of its lane, so it stands ready for the next turn. */
            pump_ready_first(item);
            return rc;
        }
    }

    return XD_OK;
}


/* Rows not looked at yet; XD_E_NOT_FOUND: there are no more. */
static xd_rc_t
publish_new(xd_relay_t *relay)
{
    pump_t *pump = &relay->pump;
    xd_outbox_row_t *rows;
    size_t count;
    xd_rc_t rc;

    xd_arena_reset(pump->rows);
    rc = xd_outbox_after(relay->store, pump->cursor, ROWS_A_READ, pump->rows,
        &rows, &count);

    for (size_t i = 0; rc == XD_OK && i < count; i++) {
        rc = publish_row(relay, &rows[i]);
    }

    return rc == XD_OK && count == 0 ? XD_E_NOT_FOUND : rc;
}


/* Those whose pause is over; the others set the timer again. */
static void
waiting_wake(xd_relay_t *relay)
{
    pump_t *pump = &relay->pump;
    pump_item_t **at = &pump->waiting;
    int64_t now = xd_mono_ms(), next = refused_wake(relay, now);

    while (*at != NULL) {
        pump_item_t *item = *at;

        if (item->due_ms <= now) {
            *at = item->next;
            pump->stuck--;
            pump_ready(item);
            continue;
        }

        next = next == 0 || item->due_ms < next ? item->due_ms : next;
        at = &item->next;
    }

    if (next != 0) {
        relay_soon(relay, &pump->wake, next - now);
    }
}


/* Until the window is full or nothing is left; every outcome, every commit
 * and the link coming up lead here again. */
void
pump_turn(void *ctx)
{
    xd_relay_t *relay = ctx;
    xd_rc_t rc;

    if (xd_link_state(relay_link(relay)) != XD_LINK_UP) {
        return;
    }

    waiting_wake(relay);
    rc = publish_ready(relay);

    while (rc == XD_OK) {
        rc = publish_new(relay);
    }

    xd_client_kick(relay->client);

    if (rc == XD_E_STORE || rc == XD_E_MEMORY) {
        xd_log(XD_LOG_ERROR, NULL, "the outbox cannot be read: %s",
            xd_rc_text(rc));
        relay_soon(relay, &relay->pump.wake, 1000);
    }
}


/* -- outcomes -------------------------------------------------------------- */

static void
outcome_count(const pump_item_t *item, xd_outcome_t outcome)
{
    static const char *const names[] = {
        [XD_CONFIRMED] = "confirmed",
        [XD_RETURNED] = "returned",
        [XD_REFUSED] = "refused",
        [XD_UNKNOWN] = "unknown",
    };
    xd_relay_t *relay = item->relay;
    const xd_str_t labels[] = { xd_str(item->exchange), xd_str(item->doc),
        xd_str(names[outcome]) };

    xd_metric_add(relay->metrics, &relay_published, 1, labels);

    if (outcome == XD_CONFIRMED) {
        xd_metric_observe(relay->metrics, &relay_confirm_seconds,
            xd_mono_ms() - item->sent_ms, NULL);
    }
}


/* Deleting waits for company: the next commit, or a moment. */
static void
confirmed(pump_item_t *item)
{
    xd_relay_t *relay = item->relay;
    pump_t *pump = &relay->pump;
    int64_t *seq = xd_vec_push(&pump->done, pump->arena);

    crash_at(&relay->crash, CRASH_AFTER_CONFIRM);

    if (seq != NULL) {
        *seq = item->seq; /* else it is published again after a restart */
    }

    lane_leave(item);
    item_free(item);

    if (pump->done.count >= DONE_A_FLUSH) {
        relay_soon(relay, &pump->flush, 0);
    } else if (pump->flush.slot == 0) {
        relay_soon(relay, &pump->flush, FLUSH_MS);
    }
}


void
pump_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    xd_relay_t *relay = ctx;
    pump_item_t *item = job;

    outcome_count(item, outcome);

    if (outcome != XD_UNKNOWN) {
        refused_passed(item);
    }

    switch (outcome) {

    case XD_CONFIRMED:
        confirmed(item);
        break;

    case XD_RETURNED:
        pump_wait(item, "no queue is bound to its key");
        break;

    case XD_REFUSED:
        pump_wait(item, "the broker refused it");
        break;

    case XD_UNKNOWN:
        /* Perhaps the broker has it: the same message-id goes again. */
        if (!refused_blames(item)) {
            pump_ready(item);
        }
        break;
    }

    if (relay->pump.turn.slot == 0) {
        relay_soon(relay, &relay->pump.turn, 0);
    }
}


/* They are forgotten by pump_deleted, after the commit: a rollback keeps them
 * for the next one. */
xd_rc_t
pump_delete(xd_relay_t *relay)
{
    const pump_t *pump = &relay->pump;
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < pump->done.count; i++) {
        rc = xd_outbox_delete(relay->store, *XD_AT(&pump->done, int64_t, i));
    }

    return rc;
}


void
pump_deleted(xd_relay_t *relay)
{
    if (relay->pump.done.count > 0) {
        relay->pump.done.count = 0;
        crash_at(&relay->crash, CRASH_AFTER_DELETE);
    }
}
