/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The ward: every case as its process told it, what was decided, and by whom.
 * What was told is never changed; what a case is now stands in columns.
 */

#include "hospital.h"

#include "base/clock.h"
#include "format/json.h"

#define DEADLINE_MS ((int64_t) 24 * 3600 * 1000)


const char *const hospital_migrations[] = {
    "CREATE TABLE ward ("
    "  seq INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE,"
    "  process TEXT NOT NULL,"
    "  queue TEXT NOT NULL,"
    "  message_id TEXT NOT NULL,"
    "  key TEXT NOT NULL,"
    "  code TEXT NOT NULL,"
    "  text TEXT NOT NULL,"
    "  state TEXT NOT NULL,"
    "  opened TEXT NOT NULL,"
    "  due TEXT NOT NULL,"
    "  owner TEXT NOT NULL,"
    "  correlation TEXT NOT NULL,"
    "  wanted TEXT NOT NULL,"
    "  wanted_by TEXT NOT NULL,"
    "  wanted_why TEXT NOT NULL,"
    "  attempts INTEGER NOT NULL,"
    "  version INTEGER NOT NULL,"
    "  mends INTEGER NOT NULL,"
    "  held INTEGER NOT NULL,"
    "  escalated INTEGER NOT NULL,"
    "  told BLOB NOT NULL,"
    "  mended BLOB"
    ");"
    "CREATE INDEX ward_open ON ward (state, seq);"
    "CREATE INDEX ward_key ON ward (key);"
    "CREATE TABLE note ("
    "  seq INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL,"
    "  at TEXT NOT NULL,"
    "  who TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  why TEXT NOT NULL"
    ");"
    "CREATE INDEX note_case ON note (id);"
    "CREATE TABLE job ("
    "  id TEXT PRIMARY KEY,"
    "  at TEXT NOT NULL,"
    "  who TEXT NOT NULL,"
    "  action TEXT NOT NULL,"
    "  why TEXT NOT NULL"
    ");"
    "CREATE TABLE job_item ("
    "  seq INTEGER PRIMARY KEY,"
    "  job TEXT NOT NULL,"
    "  id TEXT NOT NULL,"
    "  result TEXT,"
    "  UNIQUE (job, id)"
    ");"
    "CREATE INDEX job_waiting ON job_item (seq) WHERE result IS NULL;",
    NULL
};


/* -- reading --------------------------------------------------------------- */

/* clang-format off */
#define COLUMNS                                                                \
    "id, process, queue, message_id, key, code, text, state, opened, due,"     \
    " owner, correlation, wanted, wanted_by, wanted_why,"                      \
    " attempts, version, mends, held, escalated"
/* clang-format on */

#define TEXTS 15 /* the first of them */


/* In the order of COLUMNS. */
static void
case_texts(case_t *c, xd_str_t *texts[TEXTS])
{
    xd_str_t *const all[TEXTS] = { &c->id, &c->process, &c->queue,
        &c->message_id, &c->key, &c->code, &c->text, &c->state, &c->opened,
        &c->due, &c->owner, &c->correlation, &c->wanted, &c->wanted_by,
        &c->wanted_why };

    memcpy(texts, all, sizeof(all));
}


static xd_rc_t
case_read(xd_arena_t *arena, xd_sql_t *q, case_t *c)
{
    xd_str_t *texts[TEXTS];
    int n = TEXTS;

    case_texts(c, texts);

    for (int i = 0; i < TEXTS; i++) {
        *texts[i] = xd_dup(arena, xd_sql_col(q, i));
        if (texts[i]->ptr == NULL) {
            return XD_E_MEMORY;
        }
    }

    c->attempts = xd_sql_col_int(q, n++);
    c->version = xd_sql_col_int(q, n++);
    c->mends = xd_sql_col_int(q, n++);
    c->held = xd_sql_col_int(q, n++) != 0;
    c->escalated = xd_sql_col_int(q, n) != 0;

    return XD_OK;
}


xd_rc_t
ward_get(xd_store_t *store, xd_arena_t *arena, xd_str_t id, case_t *out)
{
    xd_sql_t *q = xd_sql(store, "SELECT " COLUMNS " FROM ward WHERE id = ?1");
    xd_rc_t rc;

    xd_sql_text(q, 1, id);
    rc = xd_sql_step(q);
    rc = rc == XD_OK ? case_read(arena, q, out) : rc;
    xd_sql_done(q);

    return rc;
}


/* One blob of a case; ptr NULL where there is none. */
static xd_rc_t
blob_get(xd_sql_t *q, xd_arena_t *arena, xd_str_t id, xd_str_t *out)
{
    xd_rc_t rc;

    *out = XD_STR_NONE;
    xd_sql_text(q, 1, id);
    rc = xd_sql_step(q);

    if (rc == XD_OK && xd_sql_col(q, 0).ptr != NULL) {
        *out = xd_dup(arena, xd_sql_col(q, 0));
        rc = out->ptr != NULL ? XD_OK : XD_E_MEMORY;
    }

    xd_sql_done(q);

    return rc;
}


xd_rc_t
ward_told(xd_store_t *store, xd_arena_t *arena, xd_str_t id, xd_str_t *json)
{
    return blob_get(xd_sql(store, "SELECT told FROM ward WHERE id = ?1"), arena,
        id, json);
}


xd_rc_t
ward_mended(xd_store_t *store, xd_arena_t *arena, xd_str_t id, xd_str_t *bytes)
{
    return blob_get(xd_sql(store, "SELECT mended FROM ward WHERE id = ?1"),
        arena, id, bytes);
}


xd_rc_t
ward_list(xd_store_t *store, xd_arena_t *arena, const filter_t *filter,
    xd_vec_t *cases)
{
    const xd_str_t asked[] = { filter->state, filter->process, filter->queue,
        filter->key, filter->code };
    xd_sql_t *q = xd_sql(store,
        "SELECT " COLUMNS " FROM ward"
        " WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR process = ?2)"
        " AND (?3 = '' OR queue = ?3) AND (?4 = '' OR key = ?4)"
        " AND (?5 = '' OR code = ?5) ORDER BY seq LIMIT ?6");
    xd_rc_t rc;
    int n = 0;

    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        xd_sql_text(q, ++n, asked[i].ptr != NULL ? asked[i] : XD_STR(""));
    }

    xd_sql_int(q, ++n, filter->most);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        case_t *c = xd_vec_push(cases, arena);

        rc = c != NULL ? case_read(arena, q, c) : XD_E_MEMORY;
        if (rc != XD_OK) {
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
ward_notes(xd_store_t *store, xd_arena_t *arena, xd_str_t id, xd_vec_t *notes)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT at, who, action, why FROM note WHERE id = ?1 ORDER BY seq");
    xd_rc_t rc;

    xd_sql_text(q, 1, id);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        note_t *note = xd_vec_push(notes, arena);

        if (note == NULL) {
            rc = XD_E_MEMORY;
            break;
        }

        *note = (note_t){ xd_dup(arena, xd_sql_col(q, 0)),
            xd_dup(arena, xd_sql_col(q, 1)), xd_dup(arena, xd_sql_col(q, 2)),
            xd_dup(arena, xd_sql_col(q, 3)) };
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


/* -- writing --------------------------------------------------------------- */

/* In the order of COLUMNS, from parameter 1 on; returns the next one. */
static int
case_bind(xd_sql_t *q, case_t *c)
{
    const int64_t numbers[] = { c->attempts, c->version, c->mends, c->held,
        c->escalated };
    xd_str_t *texts[TEXTS];
    int n = 0;

    case_texts(c, texts);

    for (int i = 0; i < TEXTS; i++) {
        xd_sql_text(q, ++n, texts[i]->ptr != NULL ? *texts[i] : XD_STR(""));
    }

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        xd_sql_int(q, ++n, numbers[i]);
    }

    return n + 1;
}


static xd_rc_t
case_add(xd_store_t *store, case_t *c, xd_str_t told)
{
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO ward (" COLUMNS ", told) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
        " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
        " ?21)");

    xd_sql_blob(q, case_bind(q, c), told);

    return xd_sql_run(q);
}


xd_rc_t
ward_update(xd_store_t *store, const case_t *c)
{
    const xd_str_t texts[] = { c->id, c->state, c->owner, c->wanted,
        c->wanted_by, c->wanted_why };
    xd_sql_t *q = xd_sql(store,
        "UPDATE ward SET state = ?2, owner = ?3, wanted = ?4, wanted_by = ?5,"
        " wanted_why = ?6, version = ?7, mends = ?8, escalated = ?9"
        " WHERE id = ?1");
    int n = 0;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_sql_text(q, ++n, texts[i].ptr != NULL ? texts[i] : XD_STR(""));
    }

    xd_sql_int(q, ++n, c->version);
    xd_sql_int(q, ++n, c->mends);
    xd_sql_int(q, ++n, c->escalated);

    return xd_sql_run(q);
}


xd_rc_t
ward_keep_mended(xd_store_t *store, xd_str_t id, xd_str_t bytes)
{
    xd_sql_t *q = xd_sql(store, "UPDATE ward SET mended = ?2 WHERE id = ?1");

    xd_sql_text(q, 1, id);
    xd_sql_blob(q, 2, bytes);

    return xd_sql_run(q);
}


xd_rc_t
ward_note(xd_store_t *store, const case_t *c, xd_str_t at, xd_str_t who,
    xd_str_t action, xd_str_t why)
{
    const xd_str_t texts[] = { c->id, at, who, action, why };
    xd_sql_t *q = xd_sql(store, "INSERT INTO note (id, at, who, action, why)"
                                " VALUES (?1, ?2, ?3, ?4, ?5)");
    int n = 0;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        xd_sql_text(q, ++n, texts[i].ptr != NULL ? texts[i] : XD_STR(""));
    }

    return xd_sql_run(q);
}


/* -- cases come ------------------------------------------------------------ */

/* The last reason is why it is here. */
static const xd_node_t *
last_reason(const xd_node_t *told)
{
    const xd_node_t *last = NULL;

    xd_each (reason, xd_get(told, "reasons")) {
        last = reason;
    }

    return last;
}


static xd_str_t
due_at(const hospital_t *h, xd_work_t *w)
{
    int64_t ms =
        w->now_ms + xd_conf_ms(h->conf->main, "hospital.deadline", DEADLINE_MS);
    char text[XD_INSTANT_LEN + 1];

    xd_instant_write(ms, text);

    return xd_dup(w->arena, xd_str(text));
}


xd_work_rc_t
ward_take(hospital_t *h, xd_work_t *w)
{
    xd_node_t *told;
    xd_report_t rep;
    case_t c;
    xd_rc_t rc;

    xd_report_init(&rep, w->arena, 1);

    if (xd_json_read(w->arena, w->message->body, NULL, &told, &rep) != XD_OK
        || xd_text(told, "caseId").len == 0)
    {
        xd_work_fail(w, "hospital.case", "a case that cannot be read");
        return XD_WORK_PERMANENT;
    }

    c = (case_t){
        .id = xd_text(told, "caseId"),
        .process = xd_text(told, "process"),
        .queue = xd_text(told, "queue"),
        .message_id = xd_text(told, "messageId"),
        .key = xd_header(w->message, "xd-key"),
        .code = xd_text(last_reason(told), "code"),
        .text = xd_text(last_reason(told), "text"),
        .state = XD_STR("open"),
        .opened = xd_text(told, "openedAt"),
        .due = due_at(h, w),
        .correlation = w->message->correlation_id,
        .attempts = xd_int(told, "attempts", 0, INT32_MAX, 0),
        .version = 1,
        .held = xd_truth(told, "held", false),
    };

    rc = case_add(h->store, &c, w->message->body);

    /* Kept for longer than `seen` remembers: the case is here already. */
    if (rc == XD_OK || rc == XD_E_CONFLICT) {
        return XD_WORK_DONE;
    }

    xd_work_fail(w, "hospital.store", "the ward cannot be written: %s",
        xd_rc_text(rc));

    return XD_WORK_TRANSIENT;
}
