/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Deadlines: rows in the own database, at which main.c looks once a second.
 * An overdue one becomes an input of the relay, whose work opens the exception
 * in a transaction as any other; so it is told once, also over a restart.
 */

#include "desk.h"

#include <stdio.h>

#define DUE_KEY   "due.overdue"
#define BODY_MOST 64


/* -- rows ---------------------------------------------------------------- */

static xd_rc_t
add(desk_in_t *in, int64_t row, xd_str_t what, int64_t due_ms)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "INSERT OR REPLACE INTO due (sent, what, due_ms) VALUES (?1, ?2, ?3)");

    xd_sql_int(q, 1, row);
    xd_sql_text(q, 2, what);
    xd_sql_int(q, 3, due_ms);

    return xd_sql_run(q);
}


/* An order that was sent again is answered once: only its functional
 * acknowledgement is still awaited for the one before. */
static xd_rc_t
forget_earlier(desk_in_t *in, const desk_sent_t *s)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "DELETE FROM due WHERE what <> 'functional-ack' AND sent IN"
        " (SELECT id FROM sent WHERE party = ?1 AND document = ?2"
        "  AND number = ?3 AND id <> ?4)");

    xd_sql_text(q, 1, s->party);
    xd_sql_text(q, 2, s->document);
    xd_sql_text(q, 3, s->number);
    xd_sql_int(q, 4, s->row);

    return xd_sql_run(q);
}


xd_rc_t
desk_due_set(desk_in_t *in, const desk_sent_t *s)
{
    const xd_node_t *answers = xd_get(xd_get(in->profile, "edi"), "answers");
    xd_rc_t rc = forget_earlier(in, s);

    xd_each (answer, answers) {
        int64_t ms;

        if (rc == XD_OK && xd_conf_duration(answer->text, &ms)) {
            rc = add(in, s->row, answer->key, s->sent_ms + ms);
        }
    }

    return rc;
}


xd_rc_t
desk_due_done(desk_in_t *in, int64_t row, const char *what)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "DELETE FROM due WHERE sent = ?1 AND (?2 = '' OR what = ?2)");

    xd_sql_int(q, 1, row);
    xd_sql_text(q, 2, what != NULL ? xd_str(what) : XD_STR(""));

    return xd_sql_run(q);
}


/* -- as inputs ----------------------------------------------------------- */

/* The row as an input; its id follows from what is awaited, so the relay
 * knows it when it is given twice. */
static bool
message_make(const char *process, xd_arena_t *arena, xd_sql_t *q,
    xd_message_t *m)
{
    xd_str_t what = xd_sql_col(q, 1);
    xd_uuid_t id =
        XD_UUID5(XD_STR("overdue"), xd_sql_col(q, 2), xd_sql_col(q, 3), what);
    xd_header_t *trace = xd_alloc(arena, sizeof(*trace));

    *m = (xd_message_t){
        .exchange = XD_STR(""),
        .routing_key = XD_STR(DUE_KEY),
        .content_type = XD_STR("text/plain"),
        .message_id = xd_dup(arena, xd_uuid_str(&id)),
        .correlation_id = xd_dup(arena, xd_sql_col(q, 4)),
        .app_id = xd_str(process),
        .body = xd_fmt(arena, "%lld %.*s", (long long) xd_sql_col_int(q, 0),
            XD_FMT(what)),
    };

    if (trace == NULL || m->message_id.ptr == NULL || m->body.ptr == NULL
        || m->correlation_id.ptr == NULL)
    {
        return false;
    }

    *trace =
        (xd_header_t){ XD_STR("traceparent"), xd_dup(arena, xd_sql_col(q, 5)) };
    m->headers = trace;
    m->nheaders = 1;

    return trace->value.ptr != NULL;
}


xd_rc_t
desk_due_messages(const desk_dialect_t *dialect, xd_store_t *store,
    xd_arena_t *arena, int64_t now_ms, xd_vec_t *messages)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT d.sent, d.what, s.fact, s.party, s.correlation, s.trace"
        " FROM due d JOIN sent s ON s.id = d.sent"
        " WHERE d.told = 0 AND d.due_ms <= ?1 ORDER BY d.due_ms LIMIT ?2");
    xd_rc_t rc;

    xd_sql_int(q, 1, now_ms);
    xd_sql_int(q, 2, DESK_DUE_MOST);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_message_t *m = xd_vec_push(messages, arena);

        if (m == NULL || !message_make(dialect->process, arena, q, m)) {
            rc = XD_E_MEMORY;
            break;
        }
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


/* -- the work ------------------------------------------------------------ */

/* Is it still awaited and not told?  Then it counts as told. */
static xd_rc_t
take_due(desk_in_t *in, int64_t row, xd_str_t what, int64_t *due_ms)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "UPDATE due SET told = 1 WHERE sent = ?1 AND what = ?2 AND told = 0"
        " RETURNING due_ms");
    xd_rc_t rc;

    xd_sql_int(q, 1, row);
    xd_sql_text(q, 2, what);
    rc = xd_sql_step(q);
    *due_ms = rc == XD_OK ? xd_sql_col_int(q, 0) : 0;
    xd_sql_done(q);

    return rc;
}


static xd_rc_t
tell(desk_in_t *in, const desk_sent_t *s, xd_str_t what, int64_t due_ms)
{
    xd_arena_t *arena = in->w->arena;
    char code[BODY_MOST + 16], sent[XD_INSTANT_LEN + 1],
        due[XD_INSTANT_LEN + 1];
    xd_meta_t meta = {
        .occurred_at = { due, XD_INSTANT_LEN },
        .recorded_at = { in->now, XD_INSTANT_LEN },
        .system = in->x->identity,
        .partner = s->party,
        .control = desk_number(in, DESK_INTERCHANGE, s->isa),
        .correlation_id = s->correlation,
        .causation_id = s->fact,
        .test = s->test,
        .key_version = 1,
    };
    desk_case_t c = {
        .code = code,
        .id = in->w->message->message_id,
        .doc_ref = s->fact,
    };

    xd_instant_write(s->sent_ms, sent);
    xd_instant_write(due_ms, due);
    (void) snprintf(code, sizeof(code), "overdue.%.*s", XD_FMT(what));
    c.text = xd_fmt(arena,
        "no %.*s of %.*s for %.*s %.*s (%.*s, sent %s) "
        "until %s",
        XD_FMT(what), XD_FMT(s->party), XD_FMT(s->document), XD_FMT(s->number),
        XD_FMT(desk_where(in, s)), sent, due);

    return c.text.ptr != NULL && meta.control.ptr != NULL
               ? desk_case(in, &c, &meta)
               : XD_E_MEMORY;
}


/* "17 order-response" */
static bool
body_read(const xd_message_t *m, int64_t *row, xd_str_t *what)
{
    uint64_t n = 0;

    *what = m->body;
    if (what->len > BODY_MOST
        || !xd_str_uint(xd_str_cut(what, ' '), INT64_MAX, &n)) {
        return false;
    }
    *row = (int64_t) n;

    return what->len > 0;
}


xd_work_rc_t
desk_overdue(void *ctx, xd_work_t *w)
{
    desk_in_t in = { .x = ctx, .w = w };
    desk_sent_t s;
    xd_str_t what;
    int64_t row, due_ms;
    xd_rc_t rc;

    if (!body_read(w->message, &row, &what)) {
        return desk_fail(&in, "due", "\"%.*s\" names no deadline",
            XD_FMT(w->message->body));
    }

    xd_instant_write(w->now_ms, in.now);
    xd_report_init(&in.report, w->arena, in.x->findings);

    rc = take_due(&in, row, what, &due_ms);
    if (rc == XD_E_NOT_FOUND) {
        return XD_WORK_DONE; /* its answer came in between */
    }

    rc = rc == XD_OK ? desk_sent_row(&in, row, &s) : rc;
    rc = rc == XD_OK ? tell(&in, &s, what, due_ms) : rc;

    return rc == XD_OK ? XD_WORK_DONE : desk_failed(&in, rc);
}
