/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The control numbers and the interchanges seen: what the process alone owns.
 * Everything happens in the transaction of the message, so that a number is
 * never given out without its acknowledgement, nor an interchange noted
 * without its facts.
 */

#include "desk.h"

#define CONTROL_MAX 999999999
#define WITHIN_MS   ((int64_t) 30 * 24 * 3600 * 1000)


const char *const desk_migrations[] = {
    "CREATE TABLE interchange ("
    "  id INTEGER PRIMARY KEY,"
    "  sender TEXT NOT NULL," /* qualifier:id */
    "  receiver TEXT NOT NULL,"
    "  control TEXT NOT NULL,"
    "  date TEXT NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  message_id TEXT NOT NULL,"
    "  ack TEXT NOT NULL DEFAULT '',"
    "  seen_ms INTEGER NOT NULL,"
    "  UNIQUE (sender, receiver, control, date)"
    ");"
    "CREATE TABLE control ("
    "  party TEXT NOT NULL,"
    "  level TEXT NOT NULL,"
    "  last INTEGER NOT NULL,"
    "  PRIMARY KEY (party, level)"
    ") WITHOUT ROWID;",

    /* What went out, what is awaited, and what came of each order line. */
    "CREATE TABLE sent ("
    "  id INTEGER PRIMARY KEY,"
    "  party TEXT NOT NULL,"
    "  isa INTEGER NOT NULL,"
    "  gs INTEGER NOT NULL,"
    "  st INTEGER NOT NULL,"
    "  functional TEXT NOT NULL,"
    "  code TEXT NOT NULL," /* ST01 */
    "  document TEXT NOT NULL,"
    "  number TEXT NOT NULL,"
    "  business_key TEXT NOT NULL,"
    "  fact TEXT NOT NULL," /* message-id */
    "  correlation TEXT NOT NULL,"
    "  trace TEXT NOT NULL,"
    "  test INTEGER NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  state INTEGER NOT NULL DEFAULT 83," /* S, then A, E or R */
    "  sent_ms INTEGER NOT NULL"
    ");"
    "CREATE INDEX sent_number ON sent (party, document, number);"
    "CREATE INDEX sent_group ON sent (party, gs, functional);"
    "CREATE INDEX sent_interchange ON sent (party, isa);"
    "CREATE TABLE due ("
    "  sent INTEGER NOT NULL REFERENCES sent (id),"
    "  what TEXT NOT NULL,"
    "  due_ms INTEGER NOT NULL,"
    "  told INTEGER NOT NULL DEFAULT 0,"
    "  PRIMARY KEY (sent, what)"
    ") WITHOUT ROWID;"
    "CREATE INDEX due_next ON due (due_ms) WHERE told = 0;"
    "CREATE TABLE ordered ("
    "  sent INTEGER NOT NULL REFERENCES sent (id),"
    "  line INTEGER NOT NULL,"
    "  gtin TEXT NOT NULL,"
    "  qty TEXT NOT NULL,"
    "  uom TEXT NOT NULL,"
    "  price TEXT NOT NULL,"
    "  base TEXT NOT NULL,"
    "  PRIMARY KEY (sent, line)"
    ") WITHOUT ROWID;"
    "CREATE TABLE claim (" /* of shipments and invoices to order lines */
    "  sent INTEGER NOT NULL REFERENCES sent (id),"
    "  document TEXT NOT NULL,"
    "  line INTEGER NOT NULL,"
    "  number TEXT NOT NULL,"
    "  qty TEXT NOT NULL,"
    "  PRIMARY KEY (sent, document, line, number)"
    ") WITHOUT ROWID;"
    "CREATE TABLE invoice ("
    "  party TEXT NOT NULL,"
    "  number TEXT NOT NULL,"
    "  sha256 TEXT NOT NULL," /* of the document, not of its bytes */
    "  control TEXT NOT NULL,"
    "  PRIMARY KEY (party, number)"
    ") WITHOUT ROWID;",

    /* Invoices grow old too; those that are there begin to now. */
    "ALTER TABLE invoice ADD COLUMN seen_ms INTEGER NOT NULL DEFAULT 0;"
    "UPDATE invoice SET seen_ms ="
    " CAST(strftime('%s', 'now') AS INTEGER) * 1000;"
    "CREATE INDEX invoice_seen ON invoice (seen_ms);",

    /* A number may come again with other bytes, where the partner may. */
    "CREATE TABLE again ("
    "  id INTEGER PRIMARY KEY,"
    "  sender TEXT NOT NULL,"
    "  receiver TEXT NOT NULL,"
    "  control TEXT NOT NULL,"
    "  date TEXT NOT NULL,"
    "  sha256 TEXT NOT NULL,"
    "  message_id TEXT NOT NULL,"
    "  ack TEXT NOT NULL DEFAULT '',"
    "  seen_ms INTEGER NOT NULL,"
    "  UNIQUE (sender, receiver, control, date, sha256)"
    ");"
    "INSERT INTO again SELECT id, sender, receiver, control, date, sha256,"
    " message_id, ack, seen_ms FROM interchange;"
    "DROP TABLE interchange;"
    "ALTER TABLE again RENAME TO interchange;",

    /* Documents that wait for others; no row's number is given twice. */
    "CREATE TABLE waiting ("
    "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  party TEXT NOT NULL,"
    "  lot TEXT NOT NULL," /* what may stand in one interchange */
    "  document TEXT NOT NULL,"
    "  body TEXT NOT NULL,"
    "  correlation TEXT NOT NULL,"
    "  trace TEXT NOT NULL,"
    "  due_ms INTEGER NOT NULL"
    ");"
    "CREATE INDEX waiting_lot ON waiting (party, lot, id);",

    /* What applications name is any document of a number. */
    "CREATE INDEX sent_named ON sent (party, number);", NULL
};


static xd_str_t
edi_name(xd_arena_t *arena, xd_str_t qualifier, xd_str_t id)
{
    return xd_fmt(arena, "%.*s:%.*s", XD_FMT(qualifier), XD_FMT(id));
}


/* Binds the four values that name an interchange to 1..4. */
static xd_rc_t
bind_name(xd_sql_t *q, desk_in_t *in, const xd_edi_interchange_t *ic)
{
    xd_str_t from = edi_name(in->w->arena, ic->sender_qualifier, ic->sender);
    xd_str_t to = edi_name(in->w->arena, ic->receiver_qualifier, ic->receiver);

    if (q == NULL) {
        return XD_E_STORE;
    }

    if (from.ptr == NULL || to.ptr == NULL) {
        return XD_E_MEMORY;
    }

    xd_sql_text(q, 1, from);
    xd_sql_text(q, 2, to);
    xd_sql_text(q, 3, ic->control);
    xd_sql_text(q, 4, ic->date);

    return XD_OK;
}


xd_rc_t
desk_interchange_add(desk_in_t *in, const xd_edi_interchange_t *ic,
    desk_interchange_t *seen)
{
    xd_store_t *store = xd_work_store(in->w);
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO interchange"
        " (sender, receiver, control, date, sha256, message_id, seen_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    xd_rc_t rc = bind_name(q, in, ic);

    if (rc != XD_OK) {
        return rc;
    }

    xd_sql_text(q, 5, xd_str(seen->sha256));
    xd_sql_text(q, 6, in->w->message->message_id);
    xd_sql_int(q, 7, in->w->now_ms);

    rc = xd_sql_run(q);
    seen->row = xd_store_last_id(store);

    return rc;
}


/* The same bytes come before others under that number, then what came first.
 * Partners begin their numbers again: after a while another day's is new. */
xd_rc_t
desk_interchange_seen(desk_in_t *in, const xd_edi_interchange_t *ic,
    desk_interchange_t *out)
{
    xd_arena_t *arena = in->w->arena;
    xd_sql_t *q;
    xd_rc_t rc;

    *out = (desk_interchange_t){ .seen = DESK_NEW };
    xd_sha256_hex((xd_str_t){ in->bytes.ptr + ic->offset, ic->length },
        out->sha256);

    q = xd_sql(xd_work_store(in->w),
        "SELECT id, sha256, ack, message_id, seen_ms FROM interchange"
        " WHERE sender = ?1 AND receiver = ?2 AND control = ?3"
        " AND (date = ?4 OR seen_ms > ?6)"
        " ORDER BY sha256 = ?5 DESC, id LIMIT 1");
    rc = bind_name(q, in, ic);
    if (rc != XD_OK) {
        return rc;
    }

    xd_sql_text(q, 5, xd_str(out->sha256));
    xd_sql_int(q, 6,
        in->w->now_ms
            - xd_conf_ms(xd_get(in->profile, "edi"), "duplicates_within",
                WITHIN_MS));
    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        out->row = xd_sql_col_int(q, 0);
        out->seen =
            xd_str_is(xd_sql_col(q, 1), out->sha256) ? DESK_AGAIN : DESK_REUSED;
        out->ack = xd_dup(arena, xd_sql_col(q, 2));
        out->first_id = xd_dup(arena, xd_sql_col(q, 3));
        xd_instant_write(xd_sql_col_int(q, 4), out->first);
        rc = out->ack.ptr == NULL || out->first_id.ptr == NULL ? XD_E_MEMORY
                                                               : XD_OK;
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
desk_interchange_answered(desk_in_t *in, int64_t row, xd_str_t ack_hash)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "UPDATE interchange SET ack = ?2 WHERE id = ?1");

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_int(q, 1, row);
    xd_sql_text(q, 2, ack_hash);

    return xd_sql_run(q);
}


/* Runs an upsert that returns one number. */
static xd_rc_t
returned_number(xd_sql_t *q, int64_t *number)
{
    xd_rc_t rc = xd_sql_step(q);

    if (rc == XD_OK) {
        *number = xd_sql_col_int(q, 0);
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_E_STORE : rc;
}


xd_rc_t
desk_control(desk_in_t *in, int level, uint32_t *number)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "INSERT INTO control (party, level, last) VALUES (?1, ?2, 1)"
        " ON CONFLICT (party, level) DO UPDATE SET last ="
        " CASE WHEN last >= ?3 THEN 1 ELSE last + 1 END"
        " RETURNING last");
    int64_t last = 0;
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, xd_str(in->x->dialect->levels[level].name));
    xd_sql_int(q, 3, CONTROL_MAX);

    rc = returned_number(q, &last);
    *number = (uint32_t) last;

    return rc;
}
