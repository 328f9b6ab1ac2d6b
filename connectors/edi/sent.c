/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What went out, under which control numbers, and what became of it.  A row is
 * written in the transaction that took its numbers; the latest row of a
 * document's number is the one that answers are held against.
 */

#include "desk.h"

#define COLUMNS                                                                \
    "SELECT id, isa, gs, st, state, test, party, code, document, number,"      \
    " business_key, fact, correlation, trace, sent_ms FROM sent "


xd_rc_t
desk_sent_add(desk_in_t *in, desk_sent_t *s, const char *sha256)
{
    xd_store_t *store = xd_work_store(in->w);
    xd_sql_t *q = xd_sql(store,
        "INSERT INTO sent (party, isa, gs, st, functional, code, document,"
        " number, business_key, fact, correlation, trace, test, sha256,"
        " sent_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
        " ?13, ?14, ?15)");
    const xd_str_t texts[] = { xd_str(s->functional), s->code, s->document,
        s->number, s->key, s->fact, s->correlation, s->trace };
    xd_rc_t rc;

    xd_sql_text(q, 1, s->party);
    xd_sql_int(q, 2, s->isa);
    xd_sql_int(q, 3, s->gs);
    xd_sql_int(q, 4, s->st);
    for (int i = 0; i < (int) (sizeof(texts) / sizeof(texts[0])); i++) {
        xd_sql_text(q, 5 + i, texts[i]);
    }
    xd_sql_int(q, 13, s->test);
    xd_sql_text(q, 14, xd_str(sha256));
    xd_sql_int(q, 15, s->sent_ms);

    rc = xd_sql_run(q);
    s->row = xd_store_last_id(store);

    return rc;
}


/* The row that stands ready, with texts of the arena. */
static xd_rc_t
row_read(desk_in_t *in, xd_sql_t *q, desk_sent_t *out)
{
    xd_str_t *texts[] = { &out->party, &out->code, &out->document, &out->number,
        &out->key, &out->fact, &out->correlation, &out->trace };
    xd_rc_t rc = XD_OK;

    *out = (desk_sent_t){
        .row = xd_sql_col_int(q, 0),
        .isa = (uint32_t) xd_sql_col_int(q, 1),
        .gs = (uint32_t) xd_sql_col_int(q, 2),
        .st = (uint32_t) xd_sql_col_int(q, 3),
        .state = (char) xd_sql_col_int(q, 4),
        .test = xd_sql_col_int(q, 5) != 0,
        .sent_ms = xd_sql_col_int(q, 14),
    };

    for (int i = 0; i < (int) (sizeof(texts) / sizeof(texts[0])); i++) {
        *texts[i] = xd_dup(in->w->arena, xd_sql_col(q, 6 + i));
        rc = texts[i]->ptr == NULL ? XD_E_MEMORY : rc;
    }

    return rc;
}


/* The one row, done with it. */
static xd_rc_t
take_row(desk_in_t *in, xd_sql_t *q, desk_sent_t *out)
{
    xd_rc_t rc = xd_sql_step(q);

    *out = (desk_sent_t){ 0 };
    if (rc == XD_OK) {
        rc = row_read(in, q, out);
    }
    xd_sql_done(q);

    return rc;
}


static xd_rc_t
take_rows(desk_in_t *in, xd_sql_t *q, xd_vec_t *out)
{
    xd_rc_t rc;

    while ((rc = xd_sql_step(q)) == XD_OK) {
        desk_sent_t *slot = xd_vec_push(out, in->w->arena);

        rc = slot != NULL ? row_read(in, q, slot) : XD_E_MEMORY;
        if (rc != XD_OK) {
            break;
        }
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND && out->count > 0 ? XD_OK : rc;
}


xd_rc_t
desk_sent_row(desk_in_t *in, int64_t row, desk_sent_t *out)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w), COLUMNS "WHERE id = ?1");

    xd_sql_int(q, 1, row);

    return take_row(in, q, out);
}


xd_rc_t
desk_sent_document(desk_in_t *in, const char *document, xd_str_t number,
    desk_sent_t *out)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        COLUMNS "WHERE party = ?1 AND document = ?2 AND number = ?3"
                " ORDER BY id DESC LIMIT 1");

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, xd_str(document));
    xd_sql_text(q, 3, number);

    return take_row(in, q, out);
}


/* Each way has its index: a partner may name as many as he likes. */
xd_rc_t
desk_sent_named(desk_in_t *in, const desk_named_t *named, desk_sent_t *out)
{
    bool control = named->gs > 0 && named->st > 0;
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        control ? COLUMNS "WHERE party = ?1 AND (?2 = '' OR code = ?2)"
                          " AND gs = ?3 AND st = ?4 ORDER BY id DESC LIMIT 1"
                : COLUMNS "WHERE party = ?1 AND (?2 = '' OR code = ?2)"
                          " AND number = ?3 ORDER BY id DESC LIMIT 1");

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, named->code.ptr != NULL ? named->code : XD_STR(""));
    if (control) {
        xd_sql_int(q, 3, named->gs);
        xd_sql_int(q, 4, named->st);
    } else {
        xd_sql_text(q, 3,
            named->number.ptr != NULL ? named->number : XD_STR(""));
    }

    return take_row(in, q, out);
}


/* A number as it came back: partners drop leading zeros, or add some. */
static bool
control_read(xd_str_t text, int64_t *number)
{
    uint64_t n;

    if (!xd_str_uint(text, 999999999, &n)) {
        return false;
    }
    *number = (int64_t) n;

    return true;
}


/* Numbers begin again some day: the latest interchange is meant. */
xd_rc_t
desk_sent_group(desk_in_t *in, xd_str_t functional, xd_str_t control,
    xd_vec_t *out)
{
    xd_sql_t *q;
    int64_t gs;

    if (!control_read(control, &gs)) {
        return XD_E_NOT_FOUND;
    }

    q = xd_sql(xd_work_store(in->w),
        COLUMNS "WHERE party = ?1 AND functional = ?2 AND gs = ?3 AND isa ="
                " (SELECT isa FROM sent WHERE party = ?1 AND functional = ?2"
                "  AND gs = ?3 ORDER BY id DESC LIMIT 1) ORDER BY id");
    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, functional);
    xd_sql_int(q, 3, gs);

    return take_rows(in, q, out);
}


/* Those of the same parcel: they were noted at one time. */
xd_rc_t
desk_sent_interchange(desk_in_t *in, xd_str_t control, xd_vec_t *out)
{
    xd_sql_t *q;
    int64_t isa;

    if (!control_read(control, &isa)) {
        return XD_E_NOT_FOUND;
    }

    q = xd_sql(xd_work_store(in->w),
        COLUMNS "WHERE party = ?1 AND isa = ?2 AND sent_ms ="
                " (SELECT sent_ms FROM sent WHERE party = ?1 AND isa = ?2"
                "  ORDER BY id DESC LIMIT 1) ORDER BY id");
    xd_sql_text(q, 1, in->party->id);
    xd_sql_int(q, 2, isa);

    return take_rows(in, q, out);
}


xd_str_t
desk_where(const desk_in_t *in, const desk_sent_t *s)
{
    xd_str_t isa = desk_number(in, DESK_INTERCHANGE, s->isa);

    return s->gs == 0
               ? xd_fmt(in->w->arena, "interchange %.*s", XD_FMT(isa))
               : xd_fmt(in->w->arena, "interchange %.*s, group %.*s",
                   XD_FMT(isa), XD_FMT(desk_number(in, DESK_GROUP, s->gs)));
}


xd_rc_t
desk_sent_state(desk_in_t *in, int64_t row, char state)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "UPDATE sent SET state = ?2 WHERE id = ?1");

    xd_sql_int(q, 1, row);
    xd_sql_int(q, 2, state);

    return xd_sql_run(q);
}
