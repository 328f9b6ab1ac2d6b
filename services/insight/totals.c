/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Control totals: how many documents, of which amounts, were accepted,
 * published, delivered and confirmed, by the period in which the document
 * was recorded.  What is still to come is a row of `due`: its answer counts
 * with the measures of its document, and what never gets one has its key.
 *
 * Raw messages are not seen here, so what was accepted is what a translator
 * has spoken of: an acknowledgement that accepts, a document, or a case.
 * That is the promise that was made to a partner, and it must be kept by a
 * document or a case.
 */

#include "insight.h"

#include "base/clock.h"
#include "base/id.h"
#include "crypt/digest.h"
#include "format/json.h"

#define PERIOD_MS ((int64_t) 3600 * 1000)


/* One fact being counted. */
typedef struct {
    xd_work_t *w;
    xd_store_t *store;
    const insight_fact_t *f;
    int64_t seq, hour;
    const xd_node_t *doc;
} count_t;

/* One thing that is still to come. */
typedef struct {
    int64_t seq, hour;
    xd_str_t ref, via, destination, command, correlation;
    xd_str_t document, partner, key, state;
    measure_t measure;
} due_t;


/* The period that an instant lies in; now for a fact that tells none. */
static int64_t
period_of(const insight_t *in, xd_str_t at, int64_t now_ms)
{
    int64_t period = in->period_ms > 0 ? in->period_ms : PERIOD_MS;
    int64_t ms;

    if (!xd_instant_read(at, &ms) || ms < 0) {
        ms = now_ms;
    }

    return ms - ms % period;
}


/* -- sums ------------------------------------------------------------------ */

static void
bind_total(xd_sql_t *q, const due_t *d, stage_t stage)
{
    xd_sql_int(q, 1, d->hour);
    xd_sql_text(q, 2, d->document);
    xd_sql_text(q, 3, d->partner);
    xd_sql_text(q, 4, d->destination);
    xd_sql_text(q, 5, d->measure.ccy);
    xd_sql_int(q, 6, (int64_t) stage);
}


/* Read and written here: the database would turn a sum that is too large into
 * a floating-point number. */
static xd_rc_t
total_add(xd_store_t *store, const due_t *d, stage_t stage)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT count, amount, quantity FROM total WHERE hour = ?1"
        " AND document = ?2 AND partner = ?3 AND destination = ?4"
        " AND ccy = ?5 AND stage = ?6");
    int64_t count = 1;
    measure_t sum = d->measure;
    xd_rc_t rc;

    bind_total(q, d, stage);
    rc = xd_sql_step(q);

    if (rc == XD_OK) {
        count = totals_sum(count, xd_sql_col_int(q, 0));
        sum.amount = totals_sum(sum.amount, xd_sql_col_int(q, 1));
        sum.quantity = totals_sum(sum.quantity, xd_sql_col_int(q, 2));
    }

    xd_sql_done(q);

    if (rc != XD_OK && rc != XD_E_NOT_FOUND) {
        return rc;
    }

    q = xd_sql(store,
        "INSERT OR REPLACE INTO total (hour, document, partner, destination,"
        " ccy, stage, count, amount, quantity)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    bind_total(q, d, stage);
    xd_sql_int(q, 7, count);
    xd_sql_int(q, 8, sum.amount);
    xd_sql_int(q, 9, sum.quantity);

    return xd_sql_run(q);
}


/* -- what is still to come ------------------------------------------------- */

static xd_rc_t
due_add(const count_t *c, const due_t *d)
{
    const xd_str_t texts[] = { d->ref, d->via, d->destination, d->command,
        d->correlation, d->document, d->partner, d->key, d->measure.ccy };
    xd_sql_t *q = xd_sql(c->store,
        "INSERT OR IGNORE INTO due (ref, via, destination, command,"
        " correlation, document, partner, key, ccy, amount, quantity, hour,"
        " since_ms, state, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
        " ?10, ?11, ?12, ?13, 'pending', '')");
    int n = 0;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_sql_text(q, ++n, texts[i].ptr != NULL ? texts[i] : XD_STR(""));
    }

    xd_sql_int(q, ++n, d->measure.amount);
    xd_sql_int(q, ++n, d->measure.quantity);
    xd_sql_int(q, ++n, d->hour);
    xd_sql_int(q, ++n, c->w->now_ms);

    return xd_sql_run(q);
}


/* clang-format off */
#define DUE_COLUMNS                                                            \
    "seq, hour, amount, quantity, ref, via, destination, command,"             \
    " correlation, document, partner, key, state, ccy"
/* clang-format on */

/* The first row of a query by DUE_COLUMNS. */
static xd_rc_t
due_read(const count_t *c, xd_sql_t *q, due_t *d)
{
    xd_str_t *const texts[] = { &d->ref, &d->via, &d->destination, &d->command,
        &d->correlation, &d->document, &d->partner, &d->key, &d->state,
        &d->measure.ccy };
    xd_rc_t rc = xd_sql_step(q);
    int n = 0;

    if (rc == XD_OK) {
        d->seq = xd_sql_col_int(q, n++);
        d->hour = xd_sql_col_int(q, n++);
        d->measure.amount = xd_sql_col_int(q, n++);
        d->measure.quantity = xd_sql_col_int(q, n++);
    }

    for (size_t i = 0; rc == XD_OK && i < sizeof(texts) / sizeof(texts[0]); i++)
    {
        *texts[i] = xd_dup(c->w->arena, xd_sql_col(q, n++));
        rc = texts[i]->ptr != NULL ? XD_OK : XD_E_MEMORY;
    }

    xd_sql_done(q);

    return rc;
}


static xd_rc_t
due_find(const count_t *c, xd_str_t ref, xd_str_t destination, due_t *d)
{
    xd_sql_t *q = xd_sql(c->store, "SELECT " DUE_COLUMNS " FROM due"
                                   " WHERE ref = ?1 AND destination = ?2");

    xd_sql_text(q, 1, ref.ptr != NULL ? ref : XD_STR(""));
    xd_sql_text(q, 2, destination.ptr != NULL ? destination : XD_STR(""));

    return due_read(c, q, d);
}


/* Delivered is enough for us: told is "-", and nobody is told. */
static xd_rc_t
due_state(const count_t *c, const due_t *d, const char *state)
{
    xd_sql_t *q = xd_sql(c->store,
        "UPDATE due SET state = ?2, told = CASE WHEN ?2 = 'delivered' THEN '-'"
        " WHEN told = '-' THEN '' ELSE told END WHERE seq = ?1");

    xd_sql_int(q, 1, d->seq);
    xd_sql_text(q, 2, xd_str(state));

    return xd_sql_run(q);
}


static xd_rc_t
due_drop(const count_t *c, const due_t *d)
{
    xd_sql_t *q = xd_sql(c->store, "DELETE FROM due WHERE seq = ?1");

    xd_sql_int(q, 1, d->seq);

    return xd_sql_run(q);
}


/* It has passed a stage, and nothing more is awaited. */
static xd_rc_t
due_over(const count_t *c, const due_t *d, stage_t stage)
{
    xd_rc_t rc = total_add(c->store, d, stage);

    return rc == XD_OK ? due_drop(c, d) : rc;
}


static xd_rc_t
first_answer(const count_t *c, const due_t *d)
{
    return xd_str_is(d->state, "pending")
               ? total_add(c->store, d, STAGE_DELIVERED)
               : XD_OK;
}


/* -- EDI ------------------------------------------------------------------- */

/* Does the process write for partners, who acknowledge in their own way? */
static bool
is_translator(xd_str_t process)
{
    return xd_str_is(process, "x12") || xd_str_is(process, "edifact");
}


/* Did the fact come in an interchange, which holds many documents? */
static bool
is_of_interchange(const count_t *c)
{
    xd_str_t standard = xd_text_at(c->doc, "meta.origin.standard");

    return xd_str_starts(standard, XD_STR("X12"))
           || xd_str_starts(standard, XD_STR("EDIFACT"));
}


/* -- answers --------------------------------------------------------------- */

/* What a transport took for a partner is confirmed only by the partner's own
 * acknowledgement; until when that must come is the translator's matter. */
static xd_rc_t
answered(const count_t *c, const xd_node_t *answer)
{
    bool good = xd_str_is(xd_text(answer, "status"), "confirmed");
    due_t d;
    xd_rc_t rc =
        due_find(c, xd_text(answer, "docRef"), xd_text(answer, "system"), &d);

    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    rc = first_answer(c, &d);
    if (rc != XD_OK) {
        return rc;
    }

    if (!good) {
        return due_state(c, &d, "refused");
    }

    return is_translator(d.via) ? due_state(c, &d, "delivered")
                                : due_over(c, &d, STAGE_CONFIRMED);
}


static xd_rc_t
on_delivery(const count_t *c)
{
    return answered(c, c->doc);
}


/* A partner's acknowledgement belongs to the story of what was sent to him. */
static xd_rc_t
on_acknowledged(const count_t *c)
{
    xd_sql_t *q = xd_sql(c->store,
        "SELECT " DUE_COLUMNS " FROM due WHERE correlation = ?1"
        " AND destination = ?2 AND via IN ('x12', 'edifact') LIMIT 1");
    due_t d;
    xd_rc_t rc;

    xd_sql_text(q, 1, c->f->correlation);
    xd_sql_text(q, 2, c->f->party);
    rc = due_read(c, q, &d);

    if (rc != XD_OK || xd_str_is(xd_text(c->doc, "kind"), "ta1")) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    rc = first_answer(c, &d);
    if (rc != XD_OK) {
        return rc;
    }

    return xd_str_is(xd_text(c->doc, "status"), "R")
               ? due_state(c, &d, "refused")
               : due_over(c, &d, STAGE_CONFIRMED);
}


/* -- what was accepted ----------------------------------------------------- */

/* Was something of that raw message journalled before, other than what the
 * condition leaves out? */
static xd_rc_t
heard(xd_sql_t *q, const count_t *c, bool *yes)
{
    xd_rc_t rc;

    xd_sql_text(q, 1, c->f->cause);
    xd_sql_int(q, 2, c->seq);
    rc = xd_sql_step(q);
    xd_sql_done(q);
    *yes = rc == XD_OK;

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


/* Its translator speaks of a raw message for the first time. */
static xd_rc_t
accept_once(const count_t *c, xd_str_t what, const measure_t *measure)
{
    const due_t d = { .hour = c->hour,
        .document = what,
        .partner = c->f->party,
        .destination = XD_STR(""),
        .measure = *measure };
    bool before;
    xd_rc_t rc =
        heard(xd_sql(c->store, "SELECT 1 FROM fact WHERE correlation = ?1"
                               " AND cause = ?1 AND seq <> ?2 LIMIT 1"),
            c, &before);

    return rc != XD_OK || before ? rc : total_add(c->store, &d, STAGE_ACCEPTED);
}


/* The message is answered for: by a document, a case, or what it itself
 * acknowledges. */
static xd_rc_t
kept_promise(const count_t *c)
{
    due_t d;
    xd_rc_t rc = due_find(c, c->f->cause, XD_STR(""), &d);

    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    return due_drop(c, &d);
}


static bool
of_raw(const insight_fact_t *f)
{
    return xd_uuid_valid(f->cause) && xd_str_eq(f->cause, f->correlation);
}


/* An interchange that we have acknowledged, unless it was refused.  A TA1
 * says nothing of what is in it. */
static xd_rc_t
on_acknowledgement(const count_t *c)
{
    const measure_t none = { .ccy = XD_STR("") };
    const due_t d = { .ref = c->f->cause,
        .hour = c->hour,
        .destination = XD_STR(""),
        .document = XD_STR("interchange"),
        .partner = c->f->party,
        .key = c->f->key,
        .correlation = c->f->correlation,
        .measure = none };
    bool before;
    xd_rc_t rc;

    if (!of_raw(c->f) || xd_str_is(xd_text(c->doc, "status"), "R")
        || xd_str_is(xd_text(c->doc, "kind"), "ta1"))
    {
        return XD_OK;
    }

    rc = accept_once(c, XD_STR("interchange"), &none);
    rc = rc == XD_OK
             ? heard(xd_sql(c->store,
                         "SELECT 1 FROM term t JOIN fact f ON f.seq = t.seq"
                         " WHERE t.term = ?1 AND f.seq <> ?2 AND f.cause = ?1"
                         " AND (f.document <> 'functional-ack'"
                         "  OR f.event = 'received') LIMIT 1"),
                 c, &before)
             : rc;

    return rc != XD_OK || before ? rc : due_add(c, &d);
}


/* -- documents ------------------------------------------------------------- */

/* "http.erp.create": one command of a fact. */
static bool
command_of(const count_t *c, xd_str_t route, due_t *d)
{
    xd_str_t verb;
    xd_uuid_t id;

    d->via = xd_str_cut(&route, '.');
    d->destination = xd_str_cut(&route, '.');
    verb = route;

    if (d->destination.len == 0) {
        return false;
    }

    if (verb.len > 0) {
        id = XD_UUID5(c->f->id, d->destination, verb);
        d->command = xd_dup(c->w->arena, xd_uuid_str(&id));
    }

    return true;
}


/* An answer may be journalled before the fact: they come from two processes.
 */
static xd_rc_t
answers_before(const count_t *c)
{
    xd_sql_t *q = xd_sql(c->store,
        "SELECT f.body FROM term t JOIN fact f ON f.seq = t.seq"
        " WHERE t.term = ?1 AND f.document = 'delivery' AND f.seq < ?2"
        " ORDER BY f.seq");
    xd_vec_t bodies = XD_VEC(xd_str_t);
    xd_rc_t rc;

    xd_sql_text(q, 1, c->f->id);
    xd_sql_int(q, 2, c->seq);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_str_t *body = xd_vec_push(&bodies, c->w->arena);

        if (body == NULL
            || (*body = xd_dup(c->w->arena, xd_sql_col(q, 0))).ptr == NULL) {
            rc = XD_E_MEMORY;
            break;
        }
    }

    xd_sql_done(q);
    rc = rc == XD_E_NOT_FOUND ? XD_OK : rc;

    for (size_t i = 0; rc == XD_OK && i < bodies.count; i++) {
        xd_node_t *doc = NULL;
        xd_report_t rep;

        xd_report_init(&rep, c->w->arena, 0);
        rc = xd_json_read(c->w->arena, *XD_AT(&bodies, xd_str_t, i), NULL, &doc,
            &rep);
        rc = rc == XD_OK ? answered(c, doc) : rc;
    }

    return rc;
}


static xd_rc_t
commands(const count_t *c, due_t d)
{
    xd_str_t rest = c->f->routes;
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && rest.len > 0) {
        d.command = XD_STR("");
        if (command_of(c, xd_str_cut(&rest, ' '), &d)) {
            rc = d.command.ptr != NULL
                     ? total_add(c->store, &d, STAGE_PUBLISHED)
                     : XD_E_MEMORY;
            rc = rc == XD_OK ? due_add(c, &d) : rc;
        }
    }

    return rc == XD_OK && c->f->routes.len > 0 ? answers_before(c) : rc;
}


/* Of an interchange the messages are counted, of all others the documents:
 * there one message is one document. */
static xd_rc_t
on_document(const count_t *c)
{
    bool many = is_of_interchange(c);
    const measure_t none = { .ccy = XD_STR("") };
    due_t d = { .ref = c->f->id,
        .hour = c->hour,
        .destination = XD_STR(""),
        .document = c->f->document,
        .partner = c->f->party,
        .key = c->f->key,
        .correlation = c->f->correlation,
        .measure = totals_measure(c->f->document, c->doc) };
    xd_rc_t rc = XD_OK;

    if (of_raw(c->f)) {
        rc = accept_once(c, many ? XD_STR("interchange") : c->f->document,
            many ? &none : &d.measure);
        rc = rc == XD_OK ? kept_promise(c) : rc;
    }

    rc = rc == XD_OK ? total_add(c->store, &d, STAGE_PUBLISHED) : rc;
    rc = rc == XD_OK ? commands(c, d) : rc;

    return rc == XD_OK && xd_str_is(c->f->document, "pos-sale")
               ? tills_take(c->w, c->doc)
               : rc;
}


/* -- exceptions ------------------------------------------------------------ */

/* What a person gave up will never be confirmed.  A case of a transport is
 * about bytes that carry the fact's own id. */
static xd_rc_t
given_up(const count_t *c)
{
    xd_str_t about = xd_text(c->doc, "docRef");
    xd_sql_t *q = xd_sql(c->store,
        "SELECT " DUE_COLUMNS " FROM due WHERE command = ?1"
        " UNION ALL SELECT " DUE_COLUMNS " FROM due WHERE ref = ?1"
        " AND via IN ('x12', 'edifact') LIMIT 1");
    due_t d;
    xd_rc_t rc;

    xd_sql_text(q, 1, about);
    rc = about.len > 0 ? due_read(c, q, &d) : XD_E_NOT_FOUND;

    return rc == XD_OK            ? due_over(c, &d, STAGE_DISCARDED)
           : rc == XD_E_NOT_FOUND ? XD_OK
                                  : rc;
}


static xd_rc_t
on_exception(const count_t *c)
{
    const measure_t none = { .ccy = XD_STR("") };
    bool interchange = is_of_interchange(c);
    xd_rc_t rc = XD_OK;

    if (xd_str_is(xd_text_at(c->doc, "meta.ext.crossdock.action"), "discard")) {
        return given_up(c);
    }

    if (of_raw(c->f) && xd_str_is(c->f->event, "opened")) {
        rc = accept_once(c,
            interchange ? XD_STR("interchange") : XD_STR("message"), &none);
        rc = rc == XD_OK ? kept_promise(c) : rc;
    }

    return rc;
}


/* What an inbound 997 says is all that comes of its message. */
static xd_rc_t
on_received(const count_t *c)
{
    xd_rc_t rc = kept_promise(c);

    return rc == XD_OK ? on_acknowledged(c) : rc;
}


static xd_rc_t
nothing(const count_t *c)
{
    (void) c;

    return XD_OK;
}


/* What is done with which fact; the first that fits. */
static const struct {
    const char *document, *event; /* NULL: any */
    xd_rc_t (*count)(const count_t *c);
} counts[] = {
    { "delivery", NULL, on_delivery },
    { "exception", NULL, on_exception },
    { "functional-ack", "sent", on_acknowledgement },
    { "functional-ack", "received", on_received },
    { "functional-ack", NULL, nothing },
    { "audit-note", NULL, nothing },
    { NULL, NULL, on_document },
};


xd_rc_t
totals_take(const insight_t *in, xd_work_t *w, const insight_fact_t *f,
    int64_t seq, const xd_node_t *doc)
{
    insight_fact_t own = *f;
    count_t c = { .w = w,
        .store = xd_work_store(w),
        .f = &own,
        .seq = seq,
        .hour = period_of(in, f->at, w->now_ms),
        .doc = doc };
    xd_str_t *const texts[] = { &own.cause, &own.correlation, &own.party,
        &own.key, &own.routes };
    size_t i = 0;

    /* A test is no business: nobody misses it in his books. */
    if (xd_truth(xd_get(doc, "meta"), "test", false)) {
        return XD_OK;
    }

    for (size_t n = 0; n < sizeof(texts) / sizeof(texts[0]); n++) {
        *texts[n] = texts[n]->ptr != NULL ? *texts[n] : XD_STR("");
    }

    while (
        (counts[i].document != NULL
            && !xd_str_is(f->document, counts[i].document))
        || (counts[i].event != NULL && !xd_str_is(f->event, counts[i].event)))
    {
        i++;
    }

    return counts[i].count(&c);
}
