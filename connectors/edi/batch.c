/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Documents that wait for others before they leave, as the partner's profile
 * says.  They are rows of the transaction that took their command; the one in
 * which enough of them wait, or whose time has come, writes them all and
 * deletes the rows.  So a kill at any point loses and doubles nothing.
 */

#include "desk.h"

#include <stdio.h>

#define BATCH_KEY "batch.ripe"
#define MOST      200 /* in one: their ids stand in a header */
#define LOT_MOST  32


/* -- what the profile says ------------------------------------------------- */

bool
desk_batch_of(const desk_in_t *in, desk_batch_t *out)
{
    const xd_node_t *batch = xd_get(xd_get(in->profile, "edi"), "batch");
    xd_str_t per = xd_text(batch, "per");

    *out = (desk_batch_t){
        .by_code = xd_str_is(per, "group"),
        .most = xd_int(batch, "count", 1, MOST, 100),
        .wait_ms = xd_conf_ms(batch, "time", (int64_t) 15 * 60 * 1000),
    };

    return out->by_code || xd_str_is(per, "interchange");
}


/* What may stand in one interchange: "P", or "P 850" when each code has its
 * own. */
static xd_str_t
lot_of(const desk_in_t *in, const desk_batch_t *batch, const desk_sent_t *sent)
{
    const char *usage = sent->test ? "T" : "P";

    return batch->by_code
               ? xd_fmt(in->w->arena, "%s %.*s", usage, XD_FMT(sent->code))
               : xd_str(usage);
}


/* -- rows ------------------------------------------------------------------ */

static xd_rc_t
add(desk_in_t *in, const desk_ask_t *ask, xd_str_t lot, int64_t due_ms)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "INSERT INTO waiting (party, lot, document, body, correlation, trace,"
        " due_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    const xd_str_t texts[] = { in->party->id, lot, ask->document, ask->body,
        ask->correlation, ask->trace };

    for (int i = 0; i < (int) (sizeof(texts) / sizeof(texts[0])); i++) {
        xd_sql_text(q, i + 1, texts[i]);
    }
    xd_sql_int(q, 7, due_ms);

    return xd_sql_run(q);
}


static xd_rc_t
count(desk_in_t *in, xd_str_t lot, int64_t *n)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "SELECT count(*) FROM waiting WHERE party = ?1 AND lot = ?2");
    xd_rc_t rc;

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, lot);
    rc = xd_sql_step(q);
    *n = rc == XD_OK ? xd_sql_col_int(q, 0) : 0;
    xd_sql_done(q);

    return rc;
}


static xd_rc_t
row_take(desk_in_t *in, xd_sql_t *q, desk_parcel_t *p)
{
    xd_arena_t *arena = in->w->arena;
    const desk_ask_t ask = {
        .document = xd_dup(arena, xd_sql_col(q, 1)),
        .body = xd_dup(arena, xd_sql_col(q, 2)),
        .correlation = xd_dup(arena, xd_sql_col(q, 3)),
        .trace = xd_dup(arena, xd_sql_col(q, 4)),
    };
    desk_item_t *item = xd_vec_push(&p->items, arena);

    if (item == NULL || ask.document.ptr == NULL || ask.body.ptr == NULL
        || ask.correlation.ptr == NULL || ask.trace.ptr == NULL)
    {
        return XD_E_MEMORY;
    }

    return desk_item_make(in, &ask, item);
}


/* Those that came first; *last gains the row of the last one. */
static xd_rc_t
rows_take(desk_in_t *in, xd_str_t lot, desk_parcel_t *p, int64_t *last)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "SELECT id, document, body, correlation, trace FROM waiting"
        " WHERE party = ?1 AND lot = ?2 ORDER BY id LIMIT ?3");
    xd_rc_t rc;

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, lot);
    xd_sql_int(q, 3, MOST);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        *last = xd_sql_col_int(q, 0);
        rc = row_take(in, q, p);
        if (rc != XD_OK) {
            xd_sql_done(q);
            return rc == XD_E_NOT_FOUND ? XD_E_SYNTAX : rc;
        }
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static xd_rc_t
rows_forget(desk_in_t *in, xd_str_t lot, int64_t last)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "DELETE FROM waiting WHERE party = ?1 AND lot = ?2 AND id <= ?3");

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, lot);
    xd_sql_int(q, 3, last);

    return xd_sql_run(q);
}


/* -- leaving --------------------------------------------------------------- */

static xd_rc_t
leave(desk_in_t *in, xd_str_t lot)
{
    desk_parcel_t parcel = { .items = XD_VEC(desk_item_t) };
    int64_t last = 0;
    xd_rc_t rc = rows_take(in, lot, &parcel, &last);

    if (rc != XD_OK || parcel.items.count == 0) {
        return rc; /* they left when there were enough */
    }

    rc = rows_forget(in, lot, last);
    rc = rc == XD_OK ? desk_parcel_write(in, &parcel) : rc;

    return rc == XD_OK ? desk_parcel_send(in, &parcel) : rc;
}


/* What could not be written must not hold up the others: it is tried here,
 * with numbers that nobody sees. */
static xd_rc_t
try(desk_in_t *in, const desk_item_t *item)
{
    desk_parcel_t parcel = { .items = XD_VEC(desk_item_t), .trial = true };
    desk_item_t *slot = xd_vec_push(&parcel.items, in->w->arena);

    if (slot == NULL) {
        return XD_E_MEMORY;
    }
    *slot = *item;

    return desk_parcel_write(in, &parcel);
}


xd_rc_t
desk_batch_add(desk_in_t *in, const desk_ask_t *ask, const desk_batch_t *batch,
    const desk_item_t *item)
{
    xd_str_t lot = lot_of(in, batch, &item->sent);
    int64_t waiting = 0;
    xd_rc_t rc = lot.ptr != NULL ? try(in, item) : XD_E_MEMORY;

    rc = rc == XD_OK ? add(in, ask, lot, in->w->now_ms + batch->wait_ms) : rc;
    rc = rc == XD_OK ? count(in, lot, &waiting) : rc;

    return rc == XD_OK && waiting >= batch->most ? leave(in, lot) : rc;
}


/* -- those whose time has come --------------------------------------------- */

/* Its id follows from its first row, so the relay knows it when it is given
 * twice; no row's number is given again. */
static bool
message_make(const desk_dialect_t *dialect, xd_arena_t *arena, xd_sql_t *q,
    xd_message_t *m)
{
    char first[24];
    xd_uuid_t id;

    (void) snprintf(first, sizeof(first), "%lld",
        (long long) xd_sql_col_int(q, 2));
    id = XD_UUID5(XD_STR("batch"), xd_str(dialect->name), xd_sql_col(q, 0),
        xd_str(first));

    *m = (xd_message_t){
        .exchange = XD_STR(""),
        .routing_key = XD_STR(BATCH_KEY),
        .content_type = XD_STR("text/plain"),
        .message_id = xd_dup(arena, xd_uuid_str(&id)),
        .app_id = xd_str(dialect->process),
        .body = xd_fmt(arena, "%.*s %.*s", XD_FMT(xd_sql_col(q, 0)),
            XD_FMT(xd_sql_col(q, 1))),
    };

    return m->message_id.ptr != NULL && m->body.ptr != NULL;
}


xd_rc_t
desk_batch_messages(const desk_dialect_t *dialect, xd_store_t *store,
    xd_arena_t *arena, int64_t now_ms, xd_vec_t *messages)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT party, lot, min(id) FROM waiting GROUP BY party, lot"
        " HAVING min(due_ms) <= ?1 LIMIT ?2");
    xd_rc_t rc;

    xd_sql_int(q, 1, now_ms);
    xd_sql_int(q, 2, DESK_DUE_MOST);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_message_t *m = xd_vec_push(messages, arena);

        if (m == NULL || !message_make(dialect, arena, q, m)) {
            xd_sql_done(q);
            return XD_E_MEMORY;
        }
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_work_rc_t
desk_ripe(void *ctx, xd_work_t *w)
{
    desk_in_t in = { .x = ctx, .w = w };
    xd_str_t lot = w->message->body;
    xd_str_t party = xd_str_cut(&lot, ' ');
    xd_rc_t rc;

    in.party = xd_registry_party(in.x->registry, party);
    if (in.party == NULL || !in.party->partner || lot.len == 0) {
        return desk_fail(&in, "batch",
            "documents wait for \"%.*s\", which is "
            "no partner any more",
            XD_FMT(w->message->body));
    }

    in.profile = in.party->entry;
    xd_instant_write(w->now_ms, in.now);
    xd_report_init(&in.report, w->arena, in.x->findings);
    rc = leave(&in, lot);

    return rc == XD_OK ? XD_WORK_DONE : desk_not_sent(&in, rc);
}
