/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One decision for many cases.  A job is the list of its cases, made at once;
 * the clock takes them on, some at a time, so that a thousand releases neither
 * block a person's own nor are lost with the process.
 */

#include "hospital.h"

#include "crypt/digest.h"
#include "format/json.h"

#define JOB_TURN 100 /* cases of one turn */


xd_rc_t
job_make(xd_store_t *store, xd_str_t id, const xd_node_t *act, xd_str_t at)
{
    const xd_node_t *of = xd_get(act, "filter");
    const xd_str_t row[] = { id, at, xd_text(act, "who"), xd_text(act, "do"),
        xd_text(act, "why") };
    const xd_str_t asked[] = { id, xd_text(of, "process"), xd_text(of, "queue"),
        xd_text(of, "key"), xd_text(of, "code") };
    xd_sql_t *q = xd_sql(store, "INSERT INTO job (id, at, who, action, why)"
                                " VALUES (?1, ?2, ?3, ?4, ?5)");
    xd_rc_t rc;

    for (int i = 0; i < 5; i++) {
        xd_sql_text(q, i + 1, row[i].ptr != NULL ? row[i] : XD_STR(""));
    }

    rc = xd_sql_run(q);
    if (rc != XD_OK) {
        return rc == XD_E_CONFLICT ? XD_OK : rc; /* the job stands already */
    }

    q = xd_sql(store, "INSERT INTO job_item (job, id) SELECT ?1, id FROM ward"
                      " WHERE state = 'open' AND (?2 = '' OR process = ?2)"
                      " AND (?3 = '' OR queue = ?3) AND (?4 = '' OR key = ?4)"
                      " AND (?5 = '' OR code = ?5) ORDER BY seq");

    for (int i = 0; i < 5; i++) {
        xd_sql_text(q, i + 1, asked[i].ptr != NULL ? asked[i] : XD_STR(""));
    }

    return xd_sql_run(q);
}


xd_rc_t
job_result(xd_store_t *store, xd_str_t job, xd_str_t id, xd_str_t result)
{
    xd_sql_t *q = xd_sql(store,
        "UPDATE job_item SET result = ?3 WHERE job = ?1 AND id = ?2");

    xd_sql_text(q, 1, job);
    xd_sql_text(q, 2, id);
    xd_sql_text(q, 3, result);

    return xd_sql_run(q);
}


/* The same decision for one case, under an id that a repeat has too. */
static xd_rc_t
item_message(xd_arena_t *arena, xd_sql_t *q, xd_message_t *out)
{
    static const char *const names[] = { "job", "case", "action", "who",
        "why" };
    xd_node_t *act = xd_node_new(arena, XD_OBJECT);
    xd_uuid_t id = XD_UUID5(XD_STR("job"), xd_sql_col(q, 0), xd_sql_col(q, 1));

    for (int i = 0; i < 5; i++) {
        if (xd_put_str(arena, act, names[i], xd_dup(arena, xd_sql_col(q, i)))
            == NULL) {
            return XD_E_MEMORY;
        }
    }

    return act_message(arena, xd_uuid_str(&id), act, out);
}


xd_rc_t
job_messages(xd_store_t *store, xd_arena_t *arena, xd_vec_t *messages)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT i.job, i.id, j.action, j.who, j.why FROM job_item i"
        " JOIN job j ON j.id = i.job WHERE i.result IS NULL"
        " ORDER BY i.seq LIMIT ?1");
    xd_rc_t rc;

    xd_sql_int(q, 1, JOB_TURN);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_message_t *m = xd_vec_push(messages, arena);

        rc = m != NULL ? item_message(arena, q, m) : XD_E_MEMORY;
        if (rc != XD_OK) {
            break;
        }
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


static xd_rc_t
items_write(xd_store_t *store, xd_str_t id, xd_buf_t *json)
{
    xd_sql_t *q = xd_sql(store,
        "SELECT id, ifnull(result, '') FROM job_item WHERE job = ?1"
        " ORDER BY seq");
    const char *comma = "";
    xd_rc_t rc;

    xd_sql_text(q, 1, id);

    while ((rc = xd_sql_step(q)) == XD_OK) {
        xd_buf_fmt(json, "%s{\"case\":", comma);
        xd_json_string(json, xd_sql_col(q, 0));
        xd_buf_text(json, ",\"result\":");
        xd_json_string(json, xd_sql_col(q, 1));
        xd_buf_byte(json, '}');
        comma = ",";
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? xd_buf_rc(json) : rc;
}


xd_rc_t
job_write(xd_store_t *store, xd_str_t id, xd_buf_t *json)
{
    static const char *const names[] = { "id", "at", "who", "action", "why" };
    xd_sql_t *q =
        xd_sql(store, "SELECT id, at, who, action, why FROM job WHERE id = ?1");
    xd_rc_t rc;

    xd_sql_text(q, 1, id);
    rc = xd_sql_step(q);

    for (int i = 0; rc == XD_OK && i < 5; i++) {
        xd_buf_fmt(json, "%s\"%s\":", i == 0 ? "{" : ",", names[i]);
        xd_json_string(json, xd_sql_col(q, i));
    }

    xd_sql_done(q);

    if (rc != XD_OK) {
        return rc;
    }

    xd_buf_text(json, ",\"items\":[");
    rc = items_write(store, id, json);
    xd_buf_text(json, "]}\n");

    return rc;
}
