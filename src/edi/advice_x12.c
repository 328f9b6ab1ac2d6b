/* SPDX-License-Identifier: BSD-2-Clause */

/* 824: an OTI for each set, a TED for each remark about it. */

#include "edi/ack_writer.h"
#include "edi/advice.h"

#define TEXT  60 /* TED02 */
#define NOTE  80 /* NTE02 */
#define NOTES 3  /* of one remark */


static void
gs_write(ack_writer_t *w, const xd_edi_group_t *group)
{
    const ack_fit_t name = { 2, 15, '0', false };
    bool known = ack_is_digits(group->version, 6)
                 && memcmp(group->version.ptr, "004010", 6) > 0
                 && memcmp(group->version.ptr, "005999", 6) < 0;

    memcpy(w->version, known ? group->version.ptr : "004010", 6);

    ack_begin(w, "GS");
    ack_text(w, "AG");
    ack_fitted(w, group->receiver, name);
    ack_fitted(w, group->sender, name);
    ack_text(w, w->date);
    ack_text(w, w->time);
    ack_number(w, w->ack->gs_control, 999999999);
    ack_text(w, "X");
    ack_text(w, w->version);
    ack_end(w);
}


static void
oti_write(ack_writer_t *w, const xd_edi_advice_t *a)
{
    const ack_fit_t name = { 2, 15, '0', false };

    ack_begin(w, "OTI");
    ack_text(w, a->status == 'R' ? "TR" : a->status == 'E' ? "TE" : "TA");
    ack_text(w, a->qualifier);
    ack_fitted(w, xd_str_trim(a->number).len > 0 ? a->number : a->set->control,
        (ack_fit_t){ 1, 30, '0', false });
    ack_fitted(w, a->group->sender, name);
    ack_fitted(w, a->group->receiver, name);
    ack_mark(w); /* date and time of the set: it need not have any */
    ack_mark(w);
    ack_digits(w, a->group->control, 1, 9);
    ack_fitted(w, a->set->control, (ack_fit_t){ 4, 9, '0', true });
    ack_fitted(w, a->set->code, (ack_fit_t){ 3, 3, '0', true });
    ack_end(w);
}


/* What of a sentence does not fit into TED02. */
static void
notes_write(ack_writer_t *w, xd_str_t rest)
{
    for (int n = 0; n < NOTES && xd_str_trim(rest).len > 0; n++) {
        size_t len = rest.len < NOTE ? rest.len : NOTE;
        xd_str_t part = { rest.ptr, len };

        rest = (xd_str_t){ rest.ptr + len, rest.len - len };
        if (xd_str_trim(part).len == 0) {
            continue;
        }

        ack_begin(w, "NTE");
        ack_mark(w);
        ack_fitted(w, part, (ack_fit_t){ 1, NOTE, ' ', false });
        ack_end(w);
    }
}


static void
place_write(ack_writer_t *w, const xd_edi_remark_t *r)
{
    ack_fitted(w, r->segment_id, (ack_fit_t){ 2, 3, 'X', false });
    ack_number(w, r->position, 999999);

    if (r->element == 0) {
        return;
    }

    ack_number(w, r->element, 99);

    if (xd_str_trim(r->value).len > 0) {
        ack_mark(w); /* the element's own number: the place names it */
        ack_fitted(w, r->value, (ack_fit_t){ 1, 99, ' ', false });
    }
}


static void
ted_write(ack_writer_t *w, const xd_edi_remark_t *r)
{
    xd_str_t text = xd_str_trim(r->text);
    size_t first = text.len < TEXT ? text.len : TEXT;

    ack_begin(w, "TED");
    ack_text(w, r->code);
    ack_fitted(w, (xd_str_t){ text.ptr, first },
        (ack_fit_t){ 1, TEXT, '?', false });
    if (r->segment_id.len > 0) {
        place_write(w, r);
    }
    ack_end(w);

    notes_write(w, (xd_str_t){ text.ptr + first, text.len - first });
}


static void
set_write(ack_writer_t *w, const xd_vec_t *advices)
{
    ack_begin(w, "ST");
    ack_text(w, "824");
    ack_text(w, "0001");
    ack_end(w);

    ack_begin(w, "BGN");
    ack_text(w, "00");
    ack_number(w, w->ack->gs_control, 999999999);
    ack_text(w, w->date);
    ack_text(w, w->time);
    ack_end(w);

    for (size_t i = 0; i < advices->count; i++) {
        const xd_edi_advice_t *a = XD_AT(advices, xd_edi_advice_t, i);

        oti_write(w, a);
        for (size_t n = 0; n < a->remarks.count; n++) {
            ted_write(w, XD_AT(&a->remarks, xd_edi_remark_t, n));
        }
    }

    ack_begin(w, "SE");
    ack_number(w, w->segments, UINT32_MAX);
    ack_text(w, "0001");
    ack_end(w);
}


xd_rc_t
xd_edi_write_824(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    const xd_vec_t *advices, xd_buf_t *out)
{
    size_t before = out->len;
    ack_writer_t w;

    if (in->syntax != XD_EDI_X12 || advices->count == 0) {
        return XD_E_NOT_FOUND;
    }

    ack_writer(&w, in, ack, out);
    ack_isa(&w);
    gs_write(&w, XD_AT(advices, xd_edi_advice_t, 0)->group);

    w.segments = 0;
    set_write(&w, advices);

    ack_begin(&w, "GE");
    ack_text(&w, "1");
    ack_number(&w, ack->gs_control, 999999999);
    ack_end(&w);
    ack_iea(&w, 1);

    return ack_finish(out, before);
}
