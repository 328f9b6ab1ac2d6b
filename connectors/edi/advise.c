/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Application advice: an acknowledgement accepted the syntax of a set, and then
 * its map or the rules of its document refused it.  A partner that wants to
 * know gets an 824, or of EDIFACT an APERAK, that says why.
 */

#include "desk.h"

#include "store/archive.h"


/* With numbers of the open transaction, as every answer. */
static xd_rc_t
write(desk_in_t *in, const desk_place_t *at, const xd_vec_t *advices,
    xd_str_t *bytes)
{
    const desk_advice_t *kind = in->x->dialect->advice;
    xd_edi_ack_t ack = { .now_ms = in->w->now_ms,
        .usage = at->ic->test ? 'T' : 'P' };
    xd_buf_t out = { 0 };
    xd_rc_t rc = desk_control(in, DESK_INTERCHANGE, &ack.isa_control);

    if (rc == XD_OK && kind->grouped) {
        rc = desk_control(in, DESK_GROUP, &ack.gs_control);
    }

    rc = rc == XD_OK ? kind->write(at->ic, &ack, advices, &out) : rc;

    if (rc == XD_OK) {
        *bytes = xd_dup(in->w->arena, xd_buf_str(&out));
        rc = bytes->ptr != NULL ? XD_OK : XD_E_MEMORY;
    }
    xd_buf_free(&out);

    return rc;
}


xd_rc_t
desk_advise(desk_in_t *in, const desk_place_t *at, size_t first)
{
    const xd_edi_advised_t of = { .bytes = in->bytes,
        .ic = at->ic,
        .group = at->group,
        .set = at->set,
        .rep = &in->report,
        .from = first,
        .to = in->report.nkept };
    xd_vec_t advices = XD_VEC(xd_edi_advice_t);
    xd_edi_advice_t *advice;
    char hash[XD_SHA256_HEX + 1];
    xd_str_t bytes;
    xd_rc_t rc;

    if (!xd_truth(xd_get(in->profile, "edi"), "advise", false)
        || xd_text(in->profile, "transport").len == 0)
    {
        return XD_OK;
    }

    advice = xd_vec_push(&advices, in->w->arena);
    if (advice == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_edi_advise(in->w->arena, &of, advice);
    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    advice->status = 'R'; /* also when no finding of it was kept */
    rc = write(in, at, &advices, &bytes);
    rc = rc == XD_OK ? xd_archive_put(in->x->archive, bytes, hash) : rc;
    rc = rc == XD_OK ? desk_send(in, at->ic, "advice", at->set->offset, bytes)
                     : rc;

    if (rc == XD_OK) {
        const desk_kind_t kind = { .kind = in->x->dialect->advice->kind };

        rc = desk_tell(in, &(desk_said_t){ .kind = &kind,
                               .ic = at->ic,
                               .group = at->group,
                               .advice = advice,
                               .status = 'R' });
    }

    return rc;
}
