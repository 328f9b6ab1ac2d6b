/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Exchanges and keys that the broker does not let us use: one that is not
 * there (404), a right that is missing (403).  It closes the channel for
 * them, and the link with it, and says not for which message.
 *
 * So whatever was under way goes again alone, and whoever is alone when the
 * link goes is known.  Its place is refused from then on: rows to it wait
 * without being sent, and all others flow.  When its time comes, one of its
 * rows is tried alone; once that gets through, the rest follows.
 */

#include "pump.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/id.h"
#include "base/log.h"
#include "format/json.h"

#define FORBIDDEN 403
#define NOT_FOUND 404
#define AGAIN_MS  1000 /* the link went for another reason meanwhile */
#define SAID_MAX  1024


void
refused_closed(void *ctx, uint16_t code, xd_str_t text)
{
    xd_relay_t *relay = ctx;
    pump_t *pump = &relay->pump;
    const xd_link_t *link = relay_link(relay);
    bool ours = xd_link_refused(link);

    pump->suspect = ours && xd_link_inflight(link) > 1;
    pump->blame = ours && xd_link_inflight(link) == 1 ? code : 0;
    (void) snprintf(pump->blame_text, sizeof(pump->blame_text), "%.*s",
        XD_FMT(text));
}


/* -- places ---------------------------------------------------------------- */

static refused_t *
place_of(pump_t *pump, const xd_outbox_row_t *row)
{
    for (size_t i = 0; i < REFUSED_MAX; i++) {
        refused_t *r = &pump->refused[i];

        if (r->code != 0 && xd_str_is(row->exchange, r->exchange)
            && (r->key[0] == '\0' || xd_str_is(row->routing_key, r->key))
            && (r->row == 0 || r->row == row->seq))
        {
            return r;
        }
    }

    return NULL;
}


/* A right may be missing for one key of an exchange only: RabbitMQ's words
 * tell, and nothing else does. */
static bool
is_of_key(uint16_t code, const char *text)
{
    return code == FORBIDDEN && strstr(text, "topic") != NULL;
}


/* NULL when all places are taken: the row waits by itself then. */
static refused_t *
place_make(pump_t *pump, const xd_outbox_row_t *row)
{
    refused_t *r = pump->refused;

    while (r < pump->refused + REFUSED_MAX && r->code != 0) {
        r++;
    }

    if (r == pump->refused + REFUSED_MAX) {
        return NULL;
    }

    *r = (refused_t){ .code = pump->blame };
    r->rows_end = &r->rows;
    (void) snprintf(r->exchange, sizeof(r->exchange), "%.*s",
        XD_FMT(row->exchange));
    (void) snprintf(r->text, sizeof(r->text), "%s", pump->blame_text);

    if (is_of_key(r->code, r->text)) {
        (void) snprintf(r->key, sizeof(r->key), "%.*s",
            XD_FMT(row->routing_key));
    } else if (r->code != FORBIDDEN && r->code != NOT_FOUND) {
        r->row = row->seq; /* something about this message */
    }

    return r;
}


static void
place_hold(refused_t *r, pump_item_t *item)
{
    item->alone = false;
    item->next = NULL;
    *r->rows_end = item;
    r->rows_end = &item->next;
    r->count++;
}


/* All its rows may go. */
static void
place_lift(xd_relay_t *relay, refused_t *r)
{
    pump_item_t *item = r->rows;
    xd_str_t exchange = xd_str(r->exchange);

    while (item != NULL) {
        pump_item_t *next = item->next;

        pump_ready(item);
        item = next;
    }

    xd_metric_set(relay->metrics, &relay_refused_rows, 0, &exchange);
    xd_log(XD_LOG_INFO,
        XD_FIELDS({ "exchange", exchange }, { "key", xd_str(r->key) }),
        "the broker no longer refuses it");
    *r = (refused_t){ 0 };
}


/* One failure more; the pause grows until the last tier. */
static void
place_failed(xd_relay_t *relay, refused_t *r)
{
    const retry_t *retry = &relay->rules->retry;
    uint32_t chance, most = (uint32_t) retry->count;
    int64_t ms;

    most = most < retry->attempts ? most : retry->attempts;
    r->failures += r->failures < most;
    xd_random(&chance, sizeof(chance));
    ms = retry_delay(retry, r->failures, -1, chance);
    r->due_ms = xd_mono_ms() + ms;

    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "exchange", xd_str(r->exchange) },
            { "key", xd_str(r->key) }, { "reason", xd_str(r->text) }),
        "the broker refuses it (%u): its messages wait %lld ms", r->code,
        (long long) ms);
    relay_soon(relay, &relay->pump.wake, 0); /* sets itself to the next */
}


/* -- rows ------------------------------------------------------------------ */

bool
refused_holds(pump_item_t *item, const xd_outbox_row_t *row)
{
    pump_t *pump = &item->relay->pump;
    refused_t *r = item == pump->tried ? NULL : place_of(pump, row);

    if (r != NULL) {
        place_hold(r, item);
    }

    return r != NULL;
}


/* The place in which the item waits from now on; NULL: by itself. */
static refused_t *
blamed_place(pump_item_t *item, refused_t *tried)
{
    pump_t *pump = &item->relay->pump;
    xd_outbox_row_t *row;

    if (tried != NULL && tried->code == pump->blame
        && (tried->key[0] != '\0') == is_of_key(pump->blame, pump->blame_text))
    {
        return tried;
    }

    /* Refused still, but for something else: the others may be better off. */
    if (tried != NULL) {
        place_lift(item->relay, tried);
    }

    return pump_row(item, &row) == XD_OK ? place_make(pump, row) : NULL;
}


bool
refused_blames(pump_item_t *item)
{
    xd_relay_t *relay = item->relay;
    pump_t *pump = &relay->pump;
    refused_t *tried = item == pump->tried ? pump->trying : NULL, *r;

    pump->alone = false;
    item->alone = pump->suspect;

    if (tried != NULL) {
        pump->trying = NULL;
        pump->tried = NULL;
        tried->count--;
    }

    if (pump->blame == 0) {
        if (tried != NULL) {
            tried->due_ms = xd_mono_ms() + AGAIN_MS;
            place_hold(tried, item);
        }
        return tried != NULL;
    }

    r = blamed_place(item, tried);
    if (r == NULL) {
        item->alone = true;
        pump_wait(item, pump->blame_text);
        return true;
    }

    place_hold(r, item);
    place_failed(relay, r);

    return true;
}


void
refused_passed(pump_item_t *item)
{
    pump_t *pump = &item->relay->pump;

    pump->alone = false;
    item->alone = false;

    if (item == pump->tried) {
        refused_t *r = pump->trying;

        pump->trying = NULL;
        pump->tried = NULL;
        place_lift(item->relay, r);
    }
}


static void
try_one(pump_t *pump, refused_t *r)
{
    pump_item_t *item = r->rows;

    r->rows = item->next;
    if (r->rows == NULL) {
        r->rows_end = &r->rows;
    }

    item->alone = true;
    pump->trying = r;
    pump->tried = item;
    pump_ready_first(item);
}


/* One at a time; what is due beside it comes when that one is settled. */
int64_t
refused_wake(xd_relay_t *relay, int64_t now)
{
    pump_t *pump = &relay->pump;
    int64_t next = 0;

    for (size_t i = 0; i < REFUSED_MAX; i++) {
        refused_t *r = &pump->refused[i];

        if (r->rows == NULL) {
            continue;
        }

        if (r->due_ms > now) {
            next = next == 0 || r->due_ms < next ? r->due_ms : next;
        } else if (pump->trying == NULL) {
            try_one(pump, r);
        }
    }

    return next;
}


void
refused_retry(xd_relay_t *relay)
{
    for (size_t i = 0; i < REFUSED_MAX; i++) {
        relay->pump.refused[i].due_ms = 0;
    }

    relay_soon(relay, &relay->pump.turn, 0);
}


/* -- telling --------------------------------------------------------------- */

static void
gauge_set(xd_relay_t *relay, const refused_t *of)
{
    xd_str_t exchange = xd_str(of->exchange);
    int64_t rows = 0;

    for (size_t i = 0; i < REFUSED_MAX; i++) {
        const refused_t *r = &relay->pump.refused[i];

        rows += strcmp(r->exchange, of->exchange) == 0 ? r->count : 0;
    }

    xd_metric_set(relay->metrics, &relay_refused_rows, rows, &exchange);
}


/* The fact goes out by its own exchange; if that is refused, it waits too. */
static void
alarm_tell(xd_relay_t *relay, refused_t *r)
{
    char said[SAID_MAX];

    if (relay_begin(relay) != XD_OK) {
        return;
    }

    (void) snprintf(said, sizeof(said),
        "the broker refuses exchange %s%s%s (%u): its messages wait; %s",
        r->exchange, r->key[0] == '\0' ? "" : ", key ", r->key, r->code,
        r->text);

    if (ward_alarm(relay, "relay.refused", said) != XD_OK
        || relay_commit(relay) != XD_OK)
    {
        xd_store_rollback(relay->store);
        return;
    }

    r->told = true;
    xd_log(XD_LOG_ERROR, NULL, "%s", said);
}


void
refused_tell(xd_relay_t *relay)
{
    const retry_t *retry = &relay->rules->retry;
    uint32_t tiers = (uint32_t) retry->count;

    tiers = tiers < retry->attempts ? tiers : retry->attempts;

    for (size_t i = 0; i < REFUSED_MAX; i++) {
        refused_t *r = &relay->pump.refused[i];

        if (r->code == 0) {
            continue;
        }

        gauge_set(relay, r);
        if (!r->told && r->failures >= tiers) {
            alarm_tell(relay, r);
        }
    }
}


void
refused_write(const xd_relay_t *relay, xd_buf_t *json)
{
    const char *comma = "";

    xd_buf_text(json, ",\"refused\":[");

    for (size_t i = 0; i < REFUSED_MAX; i++) {
        const refused_t *r = &relay->pump.refused[i];

        if (r->code == 0) {
            continue;
        }

        xd_buf_fmt(json, "%s{\"exchange\":", comma);
        xd_json_string(json, xd_str(r->exchange));
        xd_buf_text(json, ",\"key\":");
        xd_json_string(json, xd_str(r->key));
        xd_buf_fmt(json, ",\"code\":%u,\"rows\":%lld,\"reason\":", r->code,
            (long long) r->count);
        xd_json_string(json, xd_str(r->text));
        xd_buf_byte(json, '}');
        comma = ",";
    }

    xd_buf_byte(json, ']');
}
