/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The journal of facts: each one once, found again by what people know of
 * it.  Rows are never changed.
 */

#include "insight.h"

#include "canon/document.h"
#include "format/json.h"

#define FOUND_MOST 50


const char *const insight_migrations[] = {
    "CREATE TABLE fact ("
    "  seq INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  cause TEXT NOT NULL,"
    "  correlation TEXT NOT NULL,"
    "  document TEXT NOT NULL,"
    "  event TEXT NOT NULL,"
    "  key TEXT NOT NULL,"
    "  number TEXT NOT NULL,"
    "  party TEXT NOT NULL,"
    "  trace TEXT NOT NULL,"
    "  routes TEXT NOT NULL,"
    "  at TEXT NOT NULL,"
    "  recorded_ms INTEGER NOT NULL,"
    "  body BLOB NOT NULL"
    ");"
    "CREATE INDEX fact_correlation ON fact (correlation);"
    "CREATE TABLE term ("
    "  term TEXT NOT NULL,"
    "  seq INTEGER NOT NULL REFERENCES fact (seq),"
    "  PRIMARY KEY (term, seq)"
    ") WITHOUT ROWID;",

    /* Sums of each stage, and one row for everything that is still to come:
     * so a difference needs no search, and has its keys. */
    "CREATE TABLE total ("
    "  hour INTEGER NOT NULL," /* when its period began, in ms */
    "  document TEXT NOT NULL,"
    "  partner TEXT NOT NULL,"
    "  destination TEXT NOT NULL," /* '': of none in particular */
    "  ccy TEXT NOT NULL,"
    "  stage INTEGER NOT NULL,"
    "  count INTEGER NOT NULL,"
    "  amount INTEGER NOT NULL,"
    "  quantity INTEGER NOT NULL,"
    "  PRIMARY KEY (hour, document, partner, destination, ccy, stage)"
    ") WITHOUT ROWID;"
    "CREATE TABLE due ("
    "  seq INTEGER PRIMARY KEY,"
    "  ref TEXT NOT NULL," /* the fact; of an interchange its raw message */
    "  via TEXT NOT NULL," /* the process that carries it */
    "  destination TEXT NOT NULL,"
    "  command TEXT NOT NULL,"
    "  correlation TEXT NOT NULL,"
    "  hour INTEGER NOT NULL,"
    "  document TEXT NOT NULL,"
    "  partner TEXT NOT NULL,"
    "  key TEXT NOT NULL,"
    "  ccy TEXT NOT NULL,"
    "  amount INTEGER NOT NULL,"
    "  quantity INTEGER NOT NULL,"
    "  state TEXT NOT NULL," /* pending, refused, delivered */
    "  since_ms INTEGER NOT NULL,"
    "  told TEXT NOT NULL," /* the exception that names it */
    "  UNIQUE (ref, destination)"
    ");"
    "CREATE INDEX due_command ON due (command);"
    "CREATE INDEX due_correlation ON due (correlation);"
    "CREATE INDEX due_told ON due (told, since_ms);"
    "CREATE TABLE till ("
    "  store TEXT NOT NULL,"
    "  till TEXT NOT NULL,"
    "  day TEXT NOT NULL,"
    "  first INTEGER NOT NULL,"
    "  last INTEGER NOT NULL,"
    "  PRIMARY KEY (store, till, day)"
    ") WITHOUT ROWID;"
    "CREATE TABLE gap ("
    "  seq INTEGER PRIMARY KEY,"
    "  store TEXT NOT NULL,"
    "  till TEXT NOT NULL,"
    "  day TEXT NOT NULL,"
    "  first INTEGER NOT NULL,"
    "  last INTEGER NOT NULL,"
    "  since_ms INTEGER NOT NULL,"
    "  told TEXT NOT NULL"
    ");"
    "CREATE INDEX gap_till ON gap (store, till, day, first);"
    "CREATE INDEX gap_told ON gap (told, since_ms);"
    "CREATE TABLE difference ("
    "  id TEXT PRIMARY KEY,"
    "  code TEXT NOT NULL,"
    "  hour INTEGER NOT NULL,"
    "  document TEXT NOT NULL,"
    "  partner TEXT NOT NULL,"
    "  destination TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  opened TEXT NOT NULL,"
    "  state TEXT NOT NULL" /* open, resolved */
    ");"
    "CREATE INDEX difference_open ON difference (id) WHERE state = 'open';",
    NULL
};


static xd_rc_t
term_add(xd_store_t *store, int64_t seq, xd_str_t term)
{
    xd_sql_t *q;

    if (term.len == 0) {
        return XD_OK;
    }

    q = xd_sql(store, "INSERT OR IGNORE INTO term (term, seq) VALUES (?1, ?2)");
    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, term);
    xd_sql_int(q, 2, seq);

    return xd_sql_run(q);
}


/* What a person may search by: ids, key, number, and the further paths that
 * the documents table names. */
static xd_rc_t
terms_add(xd_store_t *store, int64_t seq, const insight_fact_t *f,
    const xd_node_t *doc)
{
    const xd_document_t *kind = xd_document_find(f->document);
    const xd_str_t fixed[] = { f->id, f->cause, f->correlation, f->key,
        f->number, xd_text_at(doc, "meta.source.controlNo") };
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < sizeof(fixed) / sizeof(fixed[0]); i++)
    {
        rc = term_add(store, seq, fixed[i]);
    }

    for (size_t i = 0; rc == XD_OK && kind != NULL && kind->also != NULL
                       && kind->also[i] != NULL;
         i++)
    {
        rc = term_add(store, seq, xd_text_at(doc, kind->also[i]));
    }

    return rc;
}


static xd_rc_t
fact_add(xd_store_t *store, const insight_fact_t *f)
{
    const xd_str_t texts[] = { f->id, f->cause, f->correlation, f->document,
        f->event, f->key, f->number, f->party, f->trace, f->routes, f->at };
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO fact (id, cause, correlation, document, event, key,"
        " number, party, trace, routes, at, recorded_ms, body)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    int n = 0;

    if (q == NULL) {
        return XD_E_STORE;
    }

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_sql_text(q, ++n, texts[i].ptr != NULL ? texts[i] : XD_STR(""));
    }

    xd_sql_int(q, ++n, f->recorded_ms);
    xd_sql_blob(q, ++n, f->body);

    return xd_sql_run(q);
}


static insight_fact_t
fact_of(const xd_work_t *w, const xd_node_t *doc)
{
    const xd_node_t *meta = xd_get(doc, "meta");
    insight_fact_t f = {
        .id = xd_text(meta, "id"),
        .cause = xd_text(meta, "causationId"),
        .correlation = xd_text(meta, "correlationId"),
        .document = xd_text(meta, "type"),
        .event = xd_text(meta, "event"),
        .key = xd_text(meta, "key"),
        .party = xd_text_at(meta, "source.partner"),
        .at = xd_text(meta, "recordedAt"),
        .trace = xd_header(w->message, "traceparent"),
        .routes = xd_header(w->message, "xd-routes"),
        .recorded_ms = w->now_ms,
        .body = w->message->body,
    };
    const xd_document_t *kind = xd_document_find(f.document);

    if (kind != NULL) {
        f.number = xd_document_number(kind, doc);
    }

    return f;
}


/*
 * The id is here already, for longer than `seen` remembers: the same fact is
 * a repeat, another one under its id is a person's matter.
 */
static xd_work_rc_t
take_again(xd_work_t *w, const insight_fact_t *f)
{
    xd_sql_t *q =
        xd_sql(xd_work_store(w), "SELECT body FROM fact WHERE id = ?1");
    xd_work_rc_t rc = XD_WORK_DONE;

    xd_sql_text(q, 1, f->id);

    if (xd_sql_step(q) != XD_OK) {
        xd_work_fail(w, "insight.store", "the journal cannot be read");
        rc = XD_WORK_TRANSIENT;
    } else if (!xd_str_eq(xd_sql_col(q, 0), f->body)) {
        xd_work_fail(w, "insight.conflict",
            "another fact came before under the id %.*s", XD_FMT(f->id));
        rc = XD_WORK_PERMANENT;
    }

    xd_sql_done(q);

    return rc;
}


static xd_work_rc_t
take(const insight_t *in, xd_work_t *w, const insight_fact_t *f,
    const xd_node_t *doc)
{
    xd_store_t *store = xd_work_store(w);
    xd_rc_t rc = fact_add(store, f);
    int64_t seq = xd_store_last_id(store);

    if (rc == XD_E_CONFLICT) {
        return take_again(w, f);
    }

    rc = rc == XD_OK ? terms_add(store, seq, f, doc) : rc;
    rc = rc == XD_OK ? totals_take(in, w, f, seq, doc) : rc;

    if (rc == XD_OK) {
        return XD_WORK_DONE;
    }

    xd_work_fail(w, "insight.store", "the journal cannot be written: %s",
        xd_rc_text(rc));

    return XD_WORK_TRANSIENT;
}


xd_work_rc_t
insight_take(void *ctx, xd_work_t *w)
{
    xd_report_t rep;
    insight_fact_t f;
    xd_node_t *doc;

    xd_report_init(&rep, w->arena, 1);

    if (xd_json_read(w->arena, w->message->body, NULL, &doc, &rep) != XD_OK) {
        xd_str_t why = rep.nkept > 0 ? rep.kept[0].text
                                     : XD_STR("it needs too much memory");

        xd_work_fail(w, "insight.syntax", "a fact that cannot be read: %.*s",
            XD_FMT(why));
        return XD_WORK_PERMANENT;
    }

    f = fact_of(w, doc);
    if (f.id.len == 0 || f.document.len == 0) {
        xd_work_fail(w, "insight.meta", "a fact without meta.id or meta.type");
        return XD_WORK_PERMANENT;
    }

    return take(ctx, w, &f, doc);
}


/* Columns of the select below, in its order. */
static bool
fact_read(xd_arena_t *arena, xd_sql_t *q, insight_fact_t *f)
{
    xd_str_t *const texts[] = { &f->id, &f->cause, &f->correlation,
        &f->document, &f->event, &f->key, &f->number, &f->party, &f->trace,
        &f->routes, &f->at, &f->body };
    int n = 0;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        *texts[i] = xd_dup(arena, xd_sql_col(q, n++));
        if (texts[i]->ptr == NULL) {
            return false;
        }
    }

    f->recorded_ms = xd_sql_col_int(q, n);

    return true;
}


xd_rc_t
insight_by_correlation(insight_t *in, xd_arena_t *arena, xd_str_t id,
    bool whole, xd_vec_t *facts)
{
    xd_sql_t *q = xd_sql(in->store,
        "SELECT id, cause, correlation, document, event, key, number, party,"
        " trace, routes, at,"
        " CASE WHEN ?2 OR document IN"
        "  ('delivery', 'exception', 'functional-ack') THEN body ELSE '' END,"
        " recorded_ms"
        " FROM fact WHERE correlation = ?1 ORDER BY seq");
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, id);
    xd_sql_int(q, 2, whole);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        insight_fact_t *f = xd_vec_push(facts, arena);

        if (f == NULL || !fact_read(arena, q, f)) {
            rc = XD_E_MEMORY;
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
insight_find(insight_t *in, xd_arena_t *arena, xd_str_t term, xd_vec_t *ids)
{
    xd_sql_t *q = xd_sql(in->store,
        "SELECT f.correlation FROM term t JOIN fact f ON f.seq = t.seq"
        " WHERE t.term = ?1 GROUP BY f.correlation ORDER BY max(f.seq) DESC"
        " LIMIT ?2");
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, term);
    xd_sql_int(q, 2, FOUND_MOST);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_str_t *id = xd_vec_push(ids, arena);

        if (id == NULL || (*id = xd_dup(arena, xd_sql_col(q, 0))).ptr == NULL) {
            rc = XD_E_MEMORY;
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}
