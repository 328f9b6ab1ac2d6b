/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The numbers of a till's receipts, of one business day: a number that is
 * passed over is a gap, and a gap is told, not waited for for ever.  Whether
 * the next day counts on or begins anew is the till's own affair, so days
 * are not compared.
 */

#include "insight.h"

#define SEQ_MAX (INT64_MAX - 1)


/* One till on one day. */
typedef struct {
    xd_work_t *w;
    xd_store_t *db;
    xd_str_t store, till, day;
} day_t;


static void
bind_day(xd_sql_t *q, const day_t *d)
{
    xd_sql_text(q, 1, d->store);
    xd_sql_text(q, 2, d->till);
    xd_sql_text(q, 3, d->day);
}


/* Nothing for a gap that is none; one that is split keeps its age, and who
 * was told of it. */
static xd_rc_t
gap_add(const day_t *d, int64_t first, int64_t last, int64_t since,
    xd_str_t told)
{
    xd_sql_t *q;

    if (first > last) {
        return XD_OK;
    }

    q = xd_sql(d->db,
        "INSERT INTO gap (store, till, day, first, last, since_ms, told)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    bind_day(q, d);
    xd_sql_int(q, 4, first);
    xd_sql_int(q, 5, last);
    xd_sql_int(q, 6, since);
    xd_sql_text(q, 7, told);

    return xd_sql_run(q);
}


/* A late one takes its place in the gap that it left. */
static xd_rc_t
gap_fill(const day_t *d, int64_t n)
{
    xd_sql_t *q = xd_sql(d->db,
        "SELECT seq, first, last, since_ms, told FROM gap WHERE store = ?1"
        " AND till = ?2 AND day = ?3 AND first <= ?4 AND last >= ?4");
    int64_t seq = 0, first = 0, last = 0, since = 0;
    xd_str_t told = XD_STR_NONE;
    xd_rc_t rc;

    bind_day(q, d);
    xd_sql_int(q, 4, n);
    rc = xd_sql_step(q);

    if (rc == XD_OK) {
        seq = xd_sql_col_int(q, 0);
        first = xd_sql_col_int(q, 1);
        last = xd_sql_col_int(q, 2);
        since = xd_sql_col_int(q, 3);
        told = xd_dup(d->w->arena, xd_sql_col(q, 4));
    }

    xd_sql_done(q);

    if (rc != XD_OK || told.ptr == NULL) {
        /* No gap: the number came before, in another document. */
        return rc == XD_E_NOT_FOUND ? XD_OK : rc == XD_OK ? XD_E_MEMORY : rc;
    }

    q = xd_sql(d->db, "DELETE FROM gap WHERE seq = ?1");
    xd_sql_int(q, 1, seq);
    rc = xd_sql_run(q);
    rc = rc == XD_OK ? gap_add(d, first, n - 1, since, told) : rc;

    return rc == XD_OK ? gap_add(d, n + 1, last, since, told) : rc;
}


static xd_rc_t
range_put(const day_t *d, int64_t first, int64_t last)
{
    xd_sql_t *q = xd_sql(d->db,
        "INSERT OR REPLACE INTO till (store, till, day, first, last)"
        " VALUES (?1, ?2, ?3, ?4, ?5)");

    bind_day(q, d);
    xd_sql_int(q, 4, first);
    xd_sql_int(q, 5, last);

    return xd_sql_run(q);
}


/* The range of the day's numbers grows at either end, or is filled. */
static xd_rc_t
number_take(const day_t *d, int64_t n)
{
    xd_sql_t *q = xd_sql(d->db, "SELECT first, last FROM till WHERE store = ?1"
                                " AND till = ?2 AND day = ?3");
    int64_t first = n, last = n;
    xd_rc_t rc;

    bind_day(q, d);
    rc = xd_sql_step(q);

    if (rc == XD_OK) {
        first = xd_sql_col_int(q, 0);
        last = xd_sql_col_int(q, 1);
    }

    xd_sql_done(q);

    if (rc == XD_E_NOT_FOUND) {
        return range_put(d, n, n);
    }

    if (rc != XD_OK || (n >= first && n <= last)) {
        return rc == XD_OK ? gap_fill(d, n) : rc;
    }

    rc = n > last ? gap_add(d, last + 1, n - 1, d->w->now_ms, XD_STR(""))
                  : gap_add(d, n + 1, first - 1, d->w->now_ms, XD_STR(""));

    return rc == XD_OK
               ? range_put(d, n < first ? n : first, n > last ? n : last)
               : rc;
}


xd_rc_t
tills_take(xd_work_t *w, const xd_node_t *doc)
{
    const day_t d = { .w = w,
        .db = xd_work_store(w),
        .store = xd_text(doc, "store"),
        .till = xd_text(doc, "till"),
        .day = xd_text(doc, "businessDay") };
    int64_t n = xd_int(doc, "seq", 0, SEQ_MAX, -1);

    if (d.store.len == 0 || d.till.len == 0 || d.day.len == 0 || n < 0) {
        return XD_OK;
    }

    return number_take(&d, n);
}
