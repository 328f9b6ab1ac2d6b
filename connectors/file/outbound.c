/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Bytes into a partner's folder, whole and once.
 *
 *   1. work/out.<id>.data   the bytes, synced
 *   2. work/out.<id>.name   the name that was chosen, and its {seq}, synced
 *   3. data is renamed into the folder, onto no other file
 *   4. the relay commits; then the note of the name is dropped
 *
 * A repeat finds the note: with the data beside it, step 3 is still to be
 * done; without, the partner has the file, or had it and took it away.  So the
 * note is what tells, and never the partner's folder.
 */

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "name.h"

#define AWAY_MS      15000 /* until a folder that cannot be used is tried */
#define NAMES_MOST   1000  /* numbers tried at the end of a name */
#define SENT_KEEP_MS ((int64_t) 45 * 24 * 3600 * 1000)
#define LABEL_MOST   80 /* of a delivery's foreignId */


const char *const file_migrations[] = {
    "CREATE TABLE sent ("
    "  message_id TEXT PRIMARY KEY,"
    "  party TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  sent_ms INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX sent_at ON sent (sent_ms);"
    "CREATE TABLE seq ("
    "  party TEXT PRIMARY KEY,"
    "  last INTEGER NOT NULL"
    ") WITHOUT ROWID;",
    NULL
};


/* One file on its way. */
typedef struct {
    file_outbox_t *box;
    xd_work_t *w;
    xd_outgoing_t what;
    name_values_t values;
    xd_str_t data, note; /* names in the work folder */
    xd_str_t name;       /* in the partner's folder */
    unsigned n;          /* of its names that were tried */
} job_t;

/* -- what can go wrong ----------------------------------------------------- */

/* The folder's fault, and of everything that goes there: no attempt. */
static xd_work_rc_t
away(job_t *j)
{
    xd_work_not_tried(j->w, AWAY_MS);
    xd_work_fail(j->w, "file.folder",
        "the folder of \"%.*s\" cannot be used: "
        "%s",
        XD_FMT(j->box->party), j->box->state.why);

    return XD_WORK_TRANSIENT;
}


static xd_work_rc_t
failed(job_t *j, xd_rc_t rc)
{
    switch (rc) {

    case XD_E_IO:
        file_outbox_fault(j->box, "laying a file");
        return away(j);

    case XD_E_LIMIT:
        (void) unlinkat(j->box->work.fd, j->data.ptr, 0);
        (void) unlinkat(j->box->work.fd, j->note.ptr, 0);
        xd_work_fail(j->w, "file.name",
            "no name for it is free or short "
            "enough; the last was \"%.*s\"",
            XD_FMT(j->name));
        return XD_WORK_PERMANENT;

    case XD_E_SYNTAX:
        xd_work_fail(j->w, "file.message", "it makes no delivery fact");
        return XD_WORK_PERMANENT;

    default:
        xd_work_fail(j->w, "file.store", "own state cannot be written: %s",
            xd_rc_text(rc));
        return XD_WORK_TRANSIENT;
    }
}

/* -- {seq} ----------------------------------------------------------------- */

/* "<seq> <name>" */
static bool
note_read(const file_outbox_t *box, const char *note, xd_arena_t *arena,
    uint64_t *seq, xd_str_t *name)
{
    struct stat st;
    xd_str_t text;

    if (folder_read(&box->work, note, 4096, arena, &text, &st) != XD_OK) {
        return false;
    }

    *name = text;

    return xd_str_uint(xd_str_cut(name, ' '), INT64_MAX, seq) && name->len > 0;
}


typedef struct {
    const file_outbox_t *box;
    xd_arena_t *arena;
    uint64_t most;
} seqs_t;


static void
see_seq(void *ctx, const char *name)
{
    seqs_t *s = ctx;
    name_parts_t parts;
    uint64_t seq;
    xd_str_t as;

    if (name_split(name, "out", &parts) && strcmp(parts.rest, "name") == 0
        && note_read(s->box, name, s->arena, &seq, &as) && seq > s->most)
    {
        s->most = seq;
    }
}


/* A number in a note counts as given out, though the transaction that gave it
 * may be undone: the file may be with the partner already. */
static xd_rc_t
seq_next(job_t *j)
{
    seqs_t seen = { .box = j->box, .arena = j->w->arena };
    xd_sql_t *q;
    xd_rc_t rc;

    if (!name_wants_seq(j->box->name)) {
        return XD_OK;
    }

    if (!folder_each(&j->box->work, see_seq, &seen)) {
        return XD_E_IO;
    }

    q = xd_sql(xd_work_store(j->w),
        "INSERT INTO seq (party, last) VALUES (?1, ?2 + 1)"
        " ON CONFLICT (party) DO UPDATE SET last = max(last, ?2) + 1"
        " RETURNING last");
    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, j->box->party);
    xd_sql_int(q, 2, (int64_t) seen.most);
    rc = xd_sql_step(q);
    j->values.seq = rc == XD_OK ? (uint64_t) xd_sql_col_int(q, 0) : 0;
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_E_STORE : rc;
}


/* The number of a note, once more in a transaction that may be kept. */
static xd_rc_t
seq_keep(const job_t *j)
{
    xd_sql_t *q = xd_sql(xd_work_store(j->w),
        "INSERT INTO seq (party, last) VALUES (?1, ?2)"
        " ON CONFLICT (party) DO UPDATE SET last = max(last, ?2)");

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, j->box->party);
    xd_sql_int(q, 2, (int64_t) j->values.seq);

    return xd_sql_run(q);
}

/* -- steps ----------------------------------------------------------------- */

/* The next name, in a note that is on disk before the name is used. */
static xd_rc_t
choose(job_t *j)
{
    xd_str_t note;

    j->n++;
    j->name = name_make(j->w->arena, j->box->name, &j->values, j->n);
    if (j->name.ptr == NULL) {
        return XD_E_MEMORY;
    }

    if (j->n > NAMES_MOST || j->name.len > NAME_MAX) {
        return XD_E_LIMIT;
    }

    note =
        xd_fmt(j->w->arena, "%" PRIu64 " %.*s", j->values.seq, XD_FMT(j->name));

    if (note.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return folder_put(&j->box->work, j->note.ptr, note, 0600, NULL) ? XD_OK
                                                                    : XD_E_IO;
}


static xd_rc_t
stage(job_t *j)
{
    xd_relay_t *relay = j->w->relay;
    xd_rc_t rc = seq_next(j);

    if (rc != XD_OK) {
        return rc;
    }

    if (!folder_put(&j->box->work, j->data.ptr, j->w->message->body, 0640,
            &j->box->out))
    {
        return XD_E_IO;
    }

    xd_relay_crash(relay, "file.staged");
    rc = choose(j);
    xd_relay_crash(relay, "file.named");

    return rc;
}


/* Into the partner's folder under a name that is free.  Data that is gone was
 * renamed before; that a move found something missing does not say what. */
static xd_rc_t
place(job_t *j)
{
    const folder_t *work = &j->box->work;
    xd_rc_t rc = XD_OK;
    struct stat st;

    while (rc == XD_OK
           && !folder_move(work, j->data.ptr, &j->box->out, j->name.ptr))
    {
        if (errno == EEXIST) {
            rc = choose(j);
        } else if (errno != ENOENT
                   || fstatat(work->fd, j->data.ptr, &st, AT_SYMLINK_NOFOLLOW)
                          == 0)
        {
            rc = XD_E_IO;
        } else {
            break;
        }
    }

    xd_relay_crash(j->w->relay, "file.placed");

    if (rc == XD_OK
        && (!folder_sync(&j->box->out) || !folder_sync(&j->box->work))) {
        rc = XD_E_IO;
    }

    return rc;
}


static xd_rc_t
forget_old(xd_store_t *store, int64_t now)
{
    xd_sql_t *q = xd_sql(store,
        "DELETE FROM sent WHERE message_id IN (SELECT message_id FROM sent"
        " WHERE sent_ms < ?1 LIMIT 10)");

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_int(q, 1, now - SENT_KEEP_MS);

    return xd_sql_run(q);
}


static xd_rc_t
record(const job_t *j)
{
    xd_store_t *store = xd_work_store(j->w);
    xd_sql_t *q =
        xd_sql(store, "INSERT INTO sent (message_id, party, name, sent_ms)"
                      " VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    xd_rc_t rc;

    if (q == NULL) {
        return XD_E_STORE;
    }

    xd_sql_text(q, 1, j->w->message->message_id);
    xd_sql_text(q, 2, j->box->party);
    xd_sql_text(q, 3, j->name);
    xd_sql_int(q, 4, j->w->now_ms);
    rc = xd_sql_run(q);

    return rc == XD_OK ? forget_old(store, j->w->now_ms) : rc;
}


static xd_rc_t
tell(const job_t *j)
{
    const xd_delivered_t delivered = {
        .origin = j->box->f->origin,
        .system = j->box->party,
        .partner = true,
        .document = j->what.document,
        .verb = XD_STR("send"),
        .key = j->what.key,
        .key_version = 1,
        .doc_ref = j->w->message->message_id,
        .correlation_id = j->what.correlation_id,
        .foreign_id = j->name.len > LABEL_MOST ? XD_STR_NONE : j->name,
        .confirmed = true,
    };

    return xd_work_delivered(j->w, &delivered);
}


static xd_rc_t
carry(job_t *j)
{
    xd_rc_t rc;

    if (note_read(j->box, j->note.ptr, j->w->arena, &j->values.seq, &j->name)) {
        j->name = xd_dup(j->w->arena, j->name);
        rc = j->name.ptr == NULL ? XD_E_MEMORY : seq_keep(j);
    } else {
        rc = stage(j);
    }

    rc = rc == XD_OK ? place(j) : rc;
    rc = rc == XD_OK ? record(j) : rc;

    return rc == XD_OK ? tell(j) : rc;
}

/* -- the work -------------------------------------------------------------- */

static file_outbox_t *
outbox_of(const file_t *f, xd_str_t party)
{
    file_outbox_t *box = f->outboxes;

    while (box != NULL && !xd_str_eq(box->party, party)) {
        box = box->next;
    }

    return box;
}


/* Everything in a name follows from the message, so that a repeat is named
 * alike. */
static bool
prepare(job_t *j)
{
    const xd_message_t *m = j->w->message;
    xd_str_t key = j->what.key;
    const char *colon = memrchr(key.ptr, ':', key.len);

    if (j->what.control.len == 0) {
        /* "functional-ack:acme:000000042" */
        j->what.control = colon == NULL
                              ? key
                              : (xd_str_t){ colon + 1,
                                    (size_t) (key.ptr + key.len - colon - 1) };
    }

    j->values = (name_values_t){ .party = j->what.party,
        .document = j->what.document,
        .control = j->what.control,
        .id = m->message_id,
        .at_ms = m->timestamp > 0 ? m->timestamp * 1000 : j->w->now_ms };
    j->data = xd_fmt(j->w->arena, "out.%.*s.data", XD_FMT(m->message_id));
    j->note = xd_fmt(j->w->arena, "out.%.*s.name", XD_FMT(m->message_id));

    return j->data.ptr != NULL && j->note.ptr != NULL;
}


xd_work_rc_t
file_outbound(file_t *f, xd_work_t *w)
{
    job_t j = { .w = w };
    xd_rc_t rc = xd_outgoing_read(w, "file", &j.what);

    if (rc != XD_OK) {
        return XD_WORK_PERMANENT;
    }

    j.box = outbox_of(f, j.what.party);
    if (j.box == NULL) {
        xd_work_fail(w, "file.destination",
            "partner \"%.*s\" has no folder (file.out)", XD_FMT(j.what.party));
        return XD_WORK_PERMANENT;
    }

    if (!file_outbox_open(j.box)) {
        return away(&j);
    }

    rc = prepare(&j) ? carry(&j) : XD_E_MEMORY;
    if (rc != XD_OK) {
        return failed(&j, rc);
    }

    file_outbox_well(j.box);
    xd_metric_add(f->metrics, &file_sent_total, 1, &j.box->party);

    /* Fires when this transaction is over, whichever way. */
    return xd_timer_set(f->loop, &f->settle, 0) == XD_OK
               ? XD_WORK_DONE
               : failed(&j, XD_E_MEMORY);
}

/* -- after the commit ------------------------------------------------------ */

typedef struct {
    const file_outbox_t *box;
    xd_store_t *store;
} settle_t;


static void
drop_note(void *ctx, const char *name)
{
    const settle_t *s = ctx;
    name_parts_t parts;
    xd_sql_t *q;

    if (!name_split(name, "out", &parts) || strcmp(parts.rest, "name") != 0) {
        return;
    }

    q = xd_sql(s->store, "SELECT 1 FROM sent WHERE message_id = ?1");
    if (q == NULL) {
        return;
    }

    xd_sql_text(q, 1, parts.id);
    if (xd_sql_step(q) == XD_OK) {
        (void) unlinkat(s->box->work.fd, name, 0);
    }
    xd_sql_done(q);
}


void
file_settle(void *ctx)
{
    file_t *f = ctx;

    for (file_outbox_t *box = f->outboxes; box != NULL; box = box->next) {
        settle_t s = { .box = box, .store = f->store };

        if (file_outbox_open(box) && folder_each(&box->work, drop_note, &s)
            && !box->state.said)
        {
            file_outbox_well(box);
        }
    }
}
