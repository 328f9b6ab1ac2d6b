/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What does not add up, once its period and the time to settle are over,
 * becomes an exception with its keys; when the last of them is there after
 * all, or given up, the exception resolves.  Each key is told once: what
 * comes to be missing later is another exception.
 *
 * Every step is an input of our own relay, so the rows, the difference and
 * the fact are one transaction.
 */

#include "insight.h"

#include "base/clock.h"
#include "base/id.h"
#include "canon/document.h"
#include "crypt/digest.h"
#include "format/json.h"

#define PERIOD_MS   ((int64_t) 3600 * 1000)
#define SETTLE_MS   ((int64_t) 15 * 60 * 1000)
#define LEAST_MS    1000
#define LOOK_MOST   100  /* differences of one look */
#define KEYS_LENGTH 3000 /* of a text's keys; its schema takes 4,000 bytes */

/* One difference being told. */
typedef struct {
    xd_work_t *w;
    xd_store_t *store;
    const xd_node_t *asked;
    xd_str_t id, code, document, partner, destination, text, opened;
    xd_str_t about; /* message-id of the first of it */
    int64_t hour, before, count;
} difference_t;


void
check_settings(insight_t *in, const xd_conf_t *conf)
{
    int64_t period = xd_conf_ms(conf->main, "totals.period", PERIOD_MS);
    int64_t settle = xd_conf_ms(conf->main, "totals.settle", SETTLE_MS);

    in->conf = conf;
    in->period_ms = period < LEAST_MS ? LEAST_MS : period;
    in->settle_ms = settle < LEAST_MS ? LEAST_MS : settle;
}


/* -- looking --------------------------------------------------------------- */

static xd_rc_t
message_of(xd_arena_t *arena, const xd_node_t *asked, xd_vec_t *messages)
{
    xd_message_t *m = xd_vec_push(messages, arena);
    xd_uuid_t id = xd_uuid7();
    xd_buf_t json = { 0 };
    xd_rc_t rc;

    xd_json_write(&json, asked, XD_JSON_COMPACT);
    rc = m != NULL && asked != NULL ? xd_buf_rc(&json) : XD_E_MEMORY;

    if (rc == XD_OK) {
        *m = (xd_message_t){
            .exchange = XD_STR(""),
            .routing_key = XD_STR(INSIGHT_CHECKS),
            .content_type = XD_STR("application/json"),
            .message_id = xd_dup(arena, xd_uuid_str(&id)),
            .timestamp = xd_now_ms() / 1000,
            .body = xd_dup(arena, xd_buf_str(&json)),
        };
        rc = m->message_id.ptr != NULL && m->body.ptr != NULL ? XD_OK
                                                              : XD_E_MEMORY;
    }

    xd_buf_free(&json);

    return rc;
}


/* One kind of look: its columns are members of the input, as texts. */
typedef struct {
    const char *what; /* "open": what its input is to do */
    const char *code;
    const char *sql;
    const char *columns[5]; /* NULL ends */
} look_t;

/* ?1 is the time before which it must have been there, ?2 the period. */
static const look_t looks[] = {
    { "open", "totals.unconfirmed",
        "SELECT DISTINCT hour, document, partner, destination FROM due"
        " WHERE told = '' AND since_ms <= ?1 AND hour + ?2 <= ?1"
        " AND destination <> '' LIMIT ?3",
        { "hour", "document", "partner", "destination", NULL } },
    { "open", "totals.unpublished",
        "SELECT DISTINCT hour, document, partner, destination FROM due"
        " WHERE told = '' AND since_ms <= ?1 AND hour + ?2 <= ?1"
        " AND destination = '' LIMIT ?3",
        { "hour", "document", "partner", "destination", NULL } },
    { "gap", "totals.pos-gap",
        "SELECT DISTINCT day, store, till FROM gap"
        " WHERE told = '' AND since_ms <= ?1 AND ?2 > 0 LIMIT ?3",
        { "day", "partner", "destination", NULL } },
    { "resolve", "totals.resolved",
        "SELECT id FROM difference WHERE state = 'open' AND ?1 > 0 AND ?2 > 0"
        " AND NOT EXISTS (SELECT 1 FROM due WHERE told = difference.id)"
        " AND NOT EXISTS (SELECT 1 FROM gap WHERE told = difference.id)"
        " LIMIT ?3",
        { "id", NULL } },
};


static xd_node_t *
asked_of(xd_arena_t *arena, xd_sql_t *q, const look_t *look, int64_t before)
{
    xd_node_t *asked = xd_node_new(arena, XD_OBJECT);

    (void) xd_put_str(arena, asked, "do", xd_str(look->what));
    (void) xd_put_str(arena, asked, "code", xd_str(look->code));

    for (int i = 0; look->columns[i] != NULL; i++) {
        if (xd_put_str(arena, asked, look->columns[i],
                xd_dup(arena, xd_sql_col(q, i)))
            == NULL)
        {
            return NULL;
        }
    }

    return xd_put_num(arena, asked, "before", before) != NULL ? asked : NULL;
}


static xd_rc_t
look_at(const insight_t *in, xd_arena_t *arena, const look_t *look,
    int64_t before, xd_vec_t *messages)
{
    xd_sql_t *q = xd_sql(in->store, look->sql);
    xd_rc_t rc;

    xd_sql_int(q, 1, before);
    xd_sql_int(q, 2, in->period_ms);
    xd_sql_int(q, 3, LOOK_MOST);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        rc = message_of(arena, asked_of(arena, q, look, before), messages);
        if (rc != XD_OK) {
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
check_messages(const insight_t *in, xd_arena_t *arena, int64_t now_ms,
    xd_vec_t *messages)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < sizeof(looks) / sizeof(looks[0]); i++)
    {
        rc = look_at(in, arena, &looks[i], now_ms - in->settle_ms, messages);
    }

    return rc;
}


/* -- the fact -------------------------------------------------------------- */

static xd_node_t *
exception_make(const difference_t *d, const char *state)
{
    xd_arena_t *arena = d->w->arena;
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT);

    (void) xd_put_str(arena, doc, "exceptionId", d->id);
    (void) xd_put_str(arena, doc, "code", d->code);
    (void) xd_put_str(arena, doc, "severity", XD_STR("error"));
    (void) xd_put_str(arena, doc, "docRef", d->about);
    (void) xd_put_str(arena, doc, "state", xd_str(state));
    (void) xd_put_str(arena, doc, "text", d->text);

    return xd_put_str(arena, doc, "openedAt", d->opened) == NULL ? NULL : doc;
}


static xd_rc_t
tell(const insight_t *in, const difference_t *d, bool open)
{
    xd_arena_t *arena = d->w->arena;
    xd_uuid_t id = XD_UUID5(XD_STR("exception"), d->id,
        open ? XD_STR("opened") : XD_STR("resolved"));
    char now[XD_INSTANT_LEN + 1];
    xd_node_t *doc = exception_make(d, open ? "open" : "resolved");
    xd_meta_t meta = {
        .document = XD_STR("exception"),
        .event = open ? XD_STR("opened") : XD_STR("resolved"),
        .id = xd_uuid_str(&id),
        .key = xd_fmt(arena, "exception:%.*s", XD_FMT(d->id)),
        .key_version = open ? 1 : 2,
        .occurred_at = { now, XD_INSTANT_LEN },
        .recorded_at = { now, XD_INSTANT_LEN },
        .system = xd_text(in->conf->main, "name"),
        .correlation_id = d->id,
        .causation_id = d->w->message->message_id,
    };
    xd_report_t rep;
    xd_rc_t rc;

    xd_instant_write(xd_now_ms(), now);
    xd_report_init(&rep, arena, 1);

    if (doc == NULL || meta.key.ptr == NULL
        || xd_meta_put(arena, doc, &meta) == NULL)
    {
        return XD_E_MEMORY;
    }

    rc = xd_work_fact(d->w, doc, &rep);

    if (rc == XD_E_SYNTAX && rep.nkept > 0) {
        xd_work_fail(d->w, "insight.exception",
            "the exception is against its schema: %.*s",
            XD_FMT(rep.kept[0].text));
    }

    return rc;
}


static xd_rc_t
keep(const difference_t *d)
{
    const xd_str_t texts[] = { d->id, d->code, d->document, d->partner,
        d->destination, d->text, d->opened };
    xd_sql_t *q = xd_sql(d->store,
        "INSERT INTO difference (id, code, document, partner, destination,"
        " text, opened, hour, state)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'open')");
    int n = 0;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_sql_text(q, ++n, texts[i]);
    }

    xd_sql_int(q, ++n, d->hour);

    return xd_sql_run(q);
}


/* -- keys ------------------------------------------------------------------ */

/* Adds keys while there is room for them, and then how many there are more. */
static xd_rc_t
keys_add(difference_t *d, xd_sql_t *q, xd_buf_t *text,
    void (*add)(xd_buf_t *text, xd_sql_t *q))
{
    int64_t left = 0;
    size_t from = text->len;
    xd_rc_t rc;

    while ((rc = xd_sql_step(q)) == XD_OK) {
        if (text->len - from > KEYS_LENGTH) {
            left++;
            continue;
        }

        if (d->about.ptr == NULL) {
            d->about = xd_dup(d->w->arena, xd_sql_col(q, 0));
        }

        xd_buf_text(text, text->len > from ? ", " : "");
        add(text, q);
    }

    xd_sql_done(q);

    if (left > 0) {
        xd_buf_fmt(text, ", and %lld more", (long long) left);
    }

    return rc == XD_E_NOT_FOUND ? xd_buf_rc(text) : rc;
}


static void
add_key(xd_buf_t *text, xd_sql_t *q)
{
    xd_buf_add(text, xd_sql_col(q, 1));

    if (xd_str_is(xd_sql_col(q, 2), "refused")) {
        xd_buf_text(text, " (refused)");
    }
}


static void
add_gap(xd_buf_t *text, xd_sql_t *q)
{
    int64_t first = xd_sql_col_int(q, 1), last = xd_sql_col_int(q, 2);

    if (first == last) {
        xd_buf_fmt(text, "%lld", (long long) first);
    } else {
        xd_buf_fmt(text, "%lld-%lld", (long long) first, (long long) last);
    }
}


/* How many of its group were published in the period. */
static xd_rc_t
published(const difference_t *d, int64_t *count)
{
    xd_sql_t *q = xd_sql(d->store,
        "SELECT ifnull(sum(count), 0) FROM total WHERE hour = ?1"
        " AND document = ?2 AND partner = ?3 AND destination = ?4"
        " AND stage = ?5");
    xd_rc_t rc;

    xd_sql_int(q, 1, d->hour);
    xd_sql_text(q, 2, d->document);
    xd_sql_text(q, 3, d->partner);
    xd_sql_text(q, 4, d->destination);
    xd_sql_int(q, 5, d->destination.len > 0 ? STAGE_PUBLISHED : STAGE_ACCEPTED);
    rc = xd_sql_step(q);
    *count = xd_sql_col_int(q, 0);
    xd_sql_done(q);

    return rc;
}


static xd_rc_t
due_sentence(difference_t *d, xd_buf_t *text)
{
    char hour[XD_INSTANT_LEN + 1];
    int64_t all;
    xd_rc_t rc = published(d, &all);

    if (rc != XD_OK) {
        return rc;
    }

    xd_instant_write(d->hour, hour);
    xd_buf_fmt(text, "%lld of %lld %.*s of %.*s, in the period from %s, ",
        (long long) d->count, (long long) all, XD_FMT(d->document),
        XD_FMT(d->partner.len > 0 ? d->partner : XD_STR("nobody")), hour);

    if (d->destination.len > 0) {
        xd_buf_fmt(text, "are not confirmed by %.*s: ", XD_FMT(d->destination));
    } else {
        xd_buf_text(text, "are acknowledged, and neither a document nor a case "
                          "came of them: ");
    }

    return XD_OK;
}


/* -- opening and resolving ------------------------------------------------- */

static void
bind_group(xd_sql_t *q, const difference_t *d)
{
    xd_sql_text(q, 1, d->id);
    xd_sql_int(q, 2, d->hour);
    xd_sql_text(q, 3, d->document);
    xd_sql_text(q, 4, d->partner);
    xd_sql_text(q, 5, d->destination);
    xd_sql_int(q, 6, d->before);
}


/* Marks what is missing as told by this exception; none may be left by now. */
static xd_rc_t
mark_due(difference_t *d, xd_buf_t *text)
{
    xd_sql_t *q = xd_sql(d->store,
        "UPDATE due SET told = ?1 WHERE told = '' AND hour = ?2"
        " AND document = ?3 AND partner = ?4 AND destination = ?5"
        " AND since_ms <= ?6");
    xd_rc_t rc;

    bind_group(q, d);
    rc = xd_sql_run(q);
    d->count = xd_store_changes(d->store);

    if (rc != XD_OK || d->count == 0) {
        return rc;
    }

    rc = due_sentence(d, text);
    q = xd_sql(d->store,
        "SELECT ref, key, state FROM due WHERE told = ?1 ORDER BY seq");
    xd_sql_text(q, 1, d->id);

    return rc == XD_OK ? keys_add(d, q, text, add_key) : rc;
}


static xd_rc_t
mark_gap(difference_t *d, xd_buf_t *text)
{
    xd_str_t day = xd_text(d->asked, "day");
    xd_sql_t *q = xd_sql(d->store,
        "UPDATE gap SET told = ?1 WHERE told = '' AND day = ?3 AND store = ?4"
        " AND till = ?5 AND since_ms <= ?6 AND ?2 >= 0");
    xd_rc_t rc;

    d->document = day;
    bind_group(q, d);
    rc = xd_sql_run(q);
    d->count = xd_store_changes(d->store);
    d->document = XD_STR("pos-sale");

    if (rc != XD_OK || d->count == 0) {
        return rc;
    }

    if (!xd_day_read(day, &d->hour)) {
        d->hour = 0;
    }

    xd_buf_fmt(text,
        "receipts of store %.*s, till %.*s, day %.*s are missing: ",
        XD_FMT(d->partner), XD_FMT(d->destination), XD_FMT(day));
    d->about = d->id;
    q = xd_sql(d->store,
        "SELECT '', first, last FROM gap WHERE told = ?1 ORDER BY first");
    xd_sql_text(q, 1, d->id);

    return keys_add(d, q, text, add_gap);
}


static xd_rc_t
open_with(const insight_t *in, difference_t *d,
    xd_rc_t (*mark)(difference_t *d, xd_buf_t *text))
{
    char now[XD_INSTANT_LEN + 1];
    xd_uuid_t id = XD_UUID5(XD_STR("difference"), d->w->message->message_id);
    xd_buf_t text = { 0 };
    xd_rc_t rc;

    xd_instant_write(d->w->now_ms, now);
    d->id = xd_dup(d->w->arena, xd_uuid_str(&id));
    d->opened = xd_dup(d->w->arena, xd_str(now));
    rc = d->id.ptr != NULL && d->opened.ptr != NULL ? mark(d, &text)
                                                    : XD_E_MEMORY;
    d->text = xd_dup(d->w->arena, xd_buf_str(&text));
    xd_buf_free(&text);

    if (rc != XD_OK || d->count == 0) {
        return rc;
    }

    if (d->text.ptr == NULL || d->about.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = keep(d);

    return rc == XD_OK ? tell(in, d, true) : rc;
}


static xd_rc_t
act_open(const insight_t *in, difference_t *d)
{
    return open_with(in, d, mark_due);
}


static xd_rc_t
act_gap(const insight_t *in, difference_t *d)
{
    return open_with(in, d, mark_gap);
}


static xd_rc_t
act_resolve(const insight_t *in, difference_t *d)
{
    xd_sql_t *q = xd_sql(d->store,
        "SELECT code, text, opened FROM difference WHERE id = ?1"
        " AND state = 'open'");
    xd_str_t *const texts[] = { &d->code, &d->text, &d->opened };
    xd_rc_t rc;

    d->id = d->about = xd_text(d->asked, "id");
    xd_sql_text(q, 1, d->id);
    rc = xd_sql_step(q);

    for (int i = 0; rc == XD_OK && i < 3; i++) {
        *texts[i] = xd_dup(d->w->arena, xd_sql_col(q, i));
        rc = texts[i]->ptr != NULL ? XD_OK : XD_E_MEMORY;
    }

    xd_sql_done(q);

    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    q = xd_sql(d->store,
        "UPDATE difference SET state = 'resolved' WHERE id = ?1");
    xd_sql_text(q, 1, d->id);
    rc = xd_sql_run(q);

    return rc == XD_OK ? tell(in, d, false) : rc;
}


static const struct {
    const char *what;
    xd_rc_t (*act)(const insight_t *in, difference_t *d);
} acts[] = {
    { "open", act_open },
    { "gap", act_gap },
    { "resolve", act_resolve },
};


static xd_rc_t
act(const insight_t *in, difference_t *d)
{
    for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
        if (xd_str_is(xd_text(d->asked, "do"), acts[i].what)) {
            return acts[i].act(in, d);
        }
    }

    return XD_E_SYNTAX;
}


static int64_t
number_at(const xd_node_t *asked, const char *name)
{
    xd_str_t text = xd_text(asked, name);
    uint64_t n;

    return xd_str_uint(text, INT64_MAX, &n) ? (int64_t) n : 0;
}


xd_work_rc_t
check_take(void *ctx, xd_work_t *w)
{
    const insight_t *in = ctx;
    xd_node_t *asked = NULL;
    difference_t d = { .w = w, .store = xd_work_store(w) };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, w->arena, 0);
    rc = xd_json_read(w->arena, w->message->body, NULL, &asked, &rep);

    if (rc == XD_OK) {
        d.asked = asked;
        d.code = xd_text(asked, "code");
        d.document = xd_text(asked, "document");
        d.partner = xd_text(asked, "partner");
        d.destination = xd_text(asked, "destination");
        d.hour = number_at(asked, "hour");
        d.before = number_at(asked, "before");
        rc = act(in, &d);
    }

    if (rc == XD_OK) {
        return XD_WORK_DONE;
    }

    if (rc != XD_E_SYNTAX) {
        xd_work_fail(w, "insight.store", "a difference cannot be told now: %s",
            xd_rc_text(rc));
        return XD_WORK_TRANSIENT;
    }

    xd_work_fail(w, "insight.check", "a check that cannot be read");

    return XD_WORK_PERMANENT;
}
