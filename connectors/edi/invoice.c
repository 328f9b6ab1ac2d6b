/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Invoices by partner and number: the same one in another interchange is no
 * second debt.
 */

#include "desk.h"

#include "format/json.h"


/* The hash of what it says, without the envelope that brought it. */
static xd_rc_t
content_hash(const xd_node_t *doc, char hash[XD_SHA256_HEX + 1])
{
    xd_buf_t text = { 0 };
    xd_rc_t rc;

    xd_json_write(&text, doc, XD_JSON_COMPACT);
    rc = xd_buf_rc(&text);
    xd_sha256_hex(xd_buf_str(&text), hash);
    xd_buf_free(&text);

    return rc;
}


xd_rc_t
desk_invoice_seen(desk_in_t *in, const xd_node_t *doc, desk_invoice_t *out)
{
    xd_sql_t *q;
    xd_rc_t rc;

    *out = (desk_invoice_t){ .number = xd_text(doc, "invoiceNo") };

    rc = content_hash(doc, out->hash);
    if (rc != XD_OK) {
        return rc;
    }

    q = xd_sql(xd_work_store(in->w),
        "SELECT sha256, control FROM invoice WHERE party = ?1 AND number = ?2");
    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, out->number);

    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        out->seen =
            xd_str_is(xd_sql_col(q, 0), out->hash) ? DESK_AGAIN : DESK_REUSED;
        out->control = xd_dup(in->w->arena, xd_sql_col(q, 1));
        rc = out->control.ptr == NULL ? XD_E_MEMORY : XD_OK;
    }
    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


xd_rc_t
desk_invoice_note(desk_in_t *in, const desk_place_t *at,
    const desk_invoice_t *invoice)
{
    xd_sql_t *q = xd_sql(xd_work_store(in->w),
        "INSERT INTO invoice (party, number, sha256, control, seen_ms)"
        " VALUES (?1, ?2, ?3, ?4, ?5)");

    xd_sql_text(q, 1, in->party->id);
    xd_sql_text(q, 2, invoice->number);
    xd_sql_text(q, 3, xd_str(invoice->hash));
    xd_sql_text(q, 4, at->ic->control);
    xd_sql_int(q, 5, in->w->now_ms);

    return xd_sql_run(q);
}
