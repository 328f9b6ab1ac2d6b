/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * GET /totals: the counts and sums of each period, and what does not add up.
 *
 *   ?from=&to=  instants or days; default: the last 24 hours
 *   ?document=&partner=&destination=  only those
 *
 *   {"period":3600,"rows":[{"hour","document","partner","destination","ccy",
 *     "accepted":{"count","amount","quantity"},"published":…}],
 *    "differences":[{"exception","code","hour","document","partner",
 *     "destination","opened","text","keys":[{"key","ref","state"}]}],
 *    "truncated":false}
 */

#include "insight.h"

#include <inttypes.h>

#include "base/clock.h"
#include "format/json.h"

#define DAY_MS    ((int64_t) 24 * 3600 * 1000)
#define ROWS_MOST 20000
#define KEYS_MOST 1000 /* of one difference */
#define MILLION   1000000


static const char *const stage_names[STAGES] = { "accepted", "published",
    "delivered", "confirmed", "discarded" };

/* One question. */
typedef struct {
    const insight_t *in;
    xd_buf_t *out;
    int64_t from, to;
    xd_str_t filter[3]; /* document, partner, destination; or empty */
    bool truncated;
} totals_t;


static void
text(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, "\"%s\":", name);
    xd_json_string(out, value.ptr != NULL ? value : XD_STR(""));
}


static void
instant(xd_buf_t *out, const char *name, int64_t ms)
{
    char at[XD_INSTANT_LEN + 1];

    xd_instant_write(ms, at);
    xd_buf_fmt(out, "\"%s\":\"%s\"", name, at);
}


/* Millionths as a decimal without needless digits. */
static void
decimal(xd_buf_t *out, int64_t micro)
{
    uint64_t n = micro < 0 ? 0 - (uint64_t) micro : (uint64_t) micro;
    uint64_t rest = n % MILLION;
    int digits = 6;

    while (digits > 0 && rest % 10 == 0) {
        rest /= 10;
        digits--;
    }

    xd_buf_fmt(out, "\"%s%" PRIu64, micro < 0 ? "-" : "", n / MILLION);
    if (digits > 0) {
        xd_buf_fmt(out, ".%0*" PRIu64, digits, rest);
    }
    xd_buf_byte(out, '"');
}


static void
bind_question(xd_sql_t *q, const totals_t *t)
{
    xd_sql_int(q, 1, t->from);
    xd_sql_int(q, 2, t->to);

    for (int i = 0; i < 3; i++) {
        xd_sql_text(q, 3 + i,
            t->filter[i].ptr != NULL ? t->filter[i] : XD_STR(""));
    }
}


/* -- rows ------------------------------------------------------------------ */

/* The five columns that stages of one row share. */
static void
row_begin(totals_t *t, xd_sql_t *q)
{
    xd_buf_byte(t->out, '{');
    instant(t->out, "hour", xd_sql_col_int(q, 0));
    xd_buf_byte(t->out, ',');
    text(t->out, "document", xd_sql_col(q, 1));
    xd_buf_byte(t->out, ',');
    text(t->out, "partner", xd_sql_col(q, 2));
    xd_buf_byte(t->out, ',');
    text(t->out, "destination", xd_sql_col(q, 3));
    xd_buf_byte(t->out, ',');
    text(t->out, "ccy", xd_sql_col(q, 4));
}


static void
stage_add(totals_t *t, xd_sql_t *q)
{
    int64_t stage = xd_sql_col_int(q, 5);

    if (stage < 0 || stage >= STAGES) {
        return;
    }

    xd_buf_fmt(t->out,
        ",\"%s\":{\"count\":%" PRId64 ",\"amount\":", stage_names[stage],
        xd_sql_col_int(q, 6));
    decimal(t->out, xd_sql_col_int(q, 7));
    xd_buf_text(t->out, ",\"quantity\":");
    decimal(t->out, xd_sql_col_int(q, 8));
    xd_buf_byte(t->out, '}');
}


/* Rows of one group stand together, and differ in their stage alone: the
 * seventh column says when the next group begins. */
static xd_rc_t
rows_add(totals_t *t)
{
    xd_sql_t *q = xd_sql(t->in->store,
        "SELECT hour, document, partner, destination, ccy, stage, count,"
        " amount, quantity, dense_rank() OVER"
        "  (ORDER BY hour, document, partner, destination, ccy)"
        " FROM total WHERE hour >= ?1 AND hour < ?2"
        " AND (?3 = '' OR document = ?3) AND (?4 = '' OR partner = ?4)"
        " AND (?5 = '' OR destination = ?5)"
        " ORDER BY hour, document, partner, destination, ccy, stage");
    int64_t group = 0;
    xd_rc_t rc;

    bind_question(q, t);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        if (xd_sql_col_int(q, 9) != group) {
            if (group == ROWS_MOST) {
                t->truncated = true;
                rc = XD_E_NOT_FOUND;
                break;
            }
            xd_buf_text(t->out, group == 0 ? "" : "},");
            row_begin(t, q);
            group = xd_sql_col_int(q, 9);
        }
        stage_add(t, q);
    }

    xd_sql_done(q);
    xd_buf_text(t->out, group == 0 ? "" : "}");

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


/* -- differences ----------------------------------------------------------- */

static xd_rc_t
keys_add(totals_t *t, xd_str_t id)
{
    xd_sql_t *q = xd_sql(t->in->store,
        "SELECT key, ref, state FROM due WHERE told = ?1"
        " UNION ALL SELECT 'pos-sale:' || store || ':' || till || ':' || day"
        "  || ':' || first || '-' || last, '', 'pending'"
        " FROM gap WHERE told = ?1 LIMIT ?2");
    bool first = true;
    xd_rc_t rc;

    xd_sql_text(q, 1, id);
    xd_sql_int(q, 2, KEYS_MOST);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_buf_text(t->out, first ? "{" : ",{");
        text(t->out, "key", xd_sql_col(q, 0));
        xd_buf_byte(t->out, ',');
        text(t->out, "ref", xd_sql_col(q, 1));
        xd_buf_byte(t->out, ',');
        text(t->out, "state", xd_sql_col(q, 2));
        xd_buf_byte(t->out, '}');
        first = false;
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static xd_rc_t
difference_add(totals_t *t, xd_sql_t *q)
{
    static const char *const names[] = { "exception", "code", "document",
        "partner", "destination", "opened", "text" };
    int n = 0;
    xd_rc_t rc;

    for (; n < 7; n++) {
        xd_buf_byte(t->out, n == 0 ? '{' : ',');
        text(t->out, names[n], xd_sql_col(q, n));
    }

    xd_buf_byte(t->out, ',');
    instant(t->out, "hour", xd_sql_col_int(q, n));
    xd_buf_text(t->out, ",\"keys\":[");
    rc = keys_add(t, xd_sql_col(q, 0));
    xd_buf_text(t->out, "]}");

    return rc;
}


/* All that are open, however old: they do not age away. */
static xd_rc_t
differences_add(totals_t *t)
{
    xd_sql_t *q = xd_sql(t->in->store,
        "SELECT id, code, document, partner, destination, opened, text, hour"
        " FROM difference WHERE state = 'open' AND ?1 <= ?2"
        " AND (?3 = '' OR document = ?3) AND (?4 = '' OR partner = ?4)"
        " AND (?5 = '' OR destination = ?5) ORDER BY opened, id");
    bool first = true;
    xd_rc_t rc;

    bind_question(q, t);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_buf_text(t->out, first ? "" : ",");
        first = false;
        rc = difference_add(t, q);
        if (rc != XD_OK) {
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


/* -- the question ---------------------------------------------------------- */

/* What is not asked for keeps its default; false when it is no time. */
static bool
time_of(const xd_call_t *call, const char *name, int64_t *ms)
{
    xd_str_t given = xd_server_arg(call, name);

    return given.len == 0 || xd_day_read(given, ms);
}


static xd_rc_t
answer_write(totals_t *t)
{
    xd_rc_t rc;

    xd_buf_fmt(t->out, "{\"period\":%" PRId64 ",\"rows\":[",
        t->in->period_ms / 1000);
    rc = rows_add(t);
    xd_buf_text(t->out, "],\"differences\":[");
    rc = rc == XD_OK ? differences_add(t) : rc;
    xd_buf_fmt(t->out, "],\"truncated\":%s}\n",
        t->truncated ? "true" : "false");

    return rc == XD_OK ? xd_buf_rc(t->out) : rc;
}


void
insight_totals(void *ctx, const xd_call_t *call, xd_reply_t *reply)
{
    static const char *const filters[] = { "document", "partner",
        "destination" };
    totals_t t = { .in = ctx,
        .out = &reply->body,
        .from = xd_now_ms() - DAY_MS,
        .to = INT64_MAX };

    if (xd_server_header(call, "XD-Party").len != 0) {
        xd_reply_problem(reply, 403, "forbidden",
            "Totals are for local administrators.");
        return;
    }

    if (!time_of(call, "from", &t.from) || !time_of(call, "to", &t.to)) {
        xd_reply_problem(reply, 400, "bad-request",
            "from and to are instants or days.");
        return;
    }

    for (int i = 0; i < 3; i++) {
        t.filter[i] = xd_server_arg(call, filters[i]);
    }

    if (answer_write(&t) != XD_OK) {
        xd_buf_reset(&reply->body);
        xd_reply_problem(reply, 503, "journal-unavailable",
            "The journal cannot be read now; try again.");
    }
}
