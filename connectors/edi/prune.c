/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is too old to be asked for goes: interchanges seen, orders sent with
 * their lines and what was claimed of them, invoices.  A few rows a look, so
 * that no transaction grows long; the oldest have the lowest numbers, so
 * nothing is read that stays.  Control numbers stay for ever.
 */

#include "desk.h"

/* Nothing goes while an answer is awaited: its exception must find it. */
#define OLD_SENT                                                               \
    " IN (SELECT id FROM (SELECT id, sent_ms FROM sent ORDER BY id LIMIT ?2)"  \
    " WHERE sent_ms < ?1 AND NOT EXISTS"                                       \
    " (SELECT 1 FROM due WHERE due.sent = id AND told = 0))"


/* Children first; `due` last before its order, since the others look at it. */
static xd_rc_t
run(xd_sql_t *q, int64_t before_ms, int most)
{
    xd_sql_int(q, 1, before_ms);
    xd_sql_int(q, 2, most);

    return xd_sql_run(q);
}


static xd_rc_t
prune_sent(xd_store_t *store, int64_t before, int most)
{
    xd_rc_t rc = run(xd_sql(store, "DELETE FROM claim WHERE sent" OLD_SENT),
        before, most);

    rc = rc == XD_OK
             ? run(xd_sql(store, "DELETE FROM ordered WHERE sent" OLD_SENT),
                 before, most)
             : rc;
    rc = rc == XD_OK ? run(xd_sql(store, "DELETE FROM due WHERE sent" OLD_SENT),
             before, most)
                     : rc;

    return rc == XD_OK
               ? run(xd_sql(store, "DELETE FROM sent WHERE id" OLD_SENT),
                   before, most)
               : rc;
}


xd_rc_t
desk_prune(xd_store_t *store, int64_t before_ms, int most)
{
    xd_rc_t rc = prune_sent(store, before_ms, most);

    rc = rc == XD_OK
             ? run(xd_sql(store,
                       "DELETE FROM interchange WHERE id IN (SELECT id FROM"
                       " (SELECT id, seen_ms FROM interchange ORDER BY id"
                       " LIMIT ?2) WHERE seen_ms < ?1)"),
                 before_ms, most)
             : rc;

    return rc == XD_OK
               ? run(xd_sql(store,
                         "DELETE FROM invoice WHERE (party, number) IN"
                         " (SELECT party, number FROM invoice"
                         " WHERE seen_ms < ?1 ORDER BY seen_ms LIMIT ?2)"),
                   before_ms, most)
               : rc;
}
