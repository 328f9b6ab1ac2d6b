/* SPDX-License-Identifier: BSD-2-Clause */

/* Envelopes around sets; and the proof that what was written is clean. */

#include "edi/write.h"

#include <stdio.h>

#include "base/clock.h"
#include "edi/grammar.h"


#define GS_ELEMENTS 8

/* The texts of an envelope. */
typedef struct {
    char date[9], time[5]; /* CCYYMMDD, HHMM */
    char isa[10], gs[10];
    char version[6];
} texts_t;


static void
texts_make(const xd_edi_envelope_t *e, texts_t *t)
{
    char now[XD_INSTANT_LEN + 1];
    xd_str_t v = e->version;

    xd_instant_write(e->now_ms, now);
    (void) snprintf(t->date, sizeof(t->date), "%.4s%.2s%.2s", now, now + 5,
        now + 8);
    (void) snprintf(t->time, sizeof(t->time), "%.2s%.2s", now + 11, now + 14);
    (void) snprintf(t->isa, sizeof(t->isa), "%09u",
        e->isa_control % 1000000000U);
    (void) snprintf(t->gs, sizeof(t->gs), "%u", e->gs_control % 1000000000U);
    /* 004010 is 00401 in ISA12 */
    (void) snprintf(t->version, sizeof(t->version), "%.*s",
        (int) (v.len < 5 ? v.len : 5), v.ptr);
}


static void
refuse(xd_report_t *rep, const char *path, xd_str_t value)
{
    xd_report(rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_INTERCHANGE,
            .rule = "x12.write.envelope",
            .path = xd_str(path),
            .value = { value.ptr, value.len < 99 ? value.len : 99 },
            .text = XD_STR("The envelope cannot hold this value: it is too "
                           "long, or has a mark in it.") });
}


static bool
isa_write(xd_x12_writer_t *w, const xd_edi_envelope_t *e, const texts_t *t,
    xd_report_t *rep)
{
    const xd_str_t elements[XD_X12_ISA] = { XD_STR("00"), XD_STR(""),
        XD_STR("00"), XD_STR(""), e->sender_qualifier, e->sender,
        e->receiver_qualifier, e->receiver, xd_str(t->date + 2),
        xd_str(t->time), XD_STR(""), xd_str(t->version), xd_str(t->isa),
        e->ack_requested ? XD_STR("1") : XD_STR("0"),
        e->usage == 'T' ? XD_STR("T") : XD_STR("P"), XD_STR("") };
    uint32_t bad = xd_x12_write_isa(w, elements);
    char path[16];

    if (bad != 0) {
        (void) snprintf(path, sizeof(path), "ISA/%u", bad);
        refuse(rep, path, elements[bad - 1]);
    }

    return bad == 0;
}


static bool
gs_write(xd_x12_writer_t *w, const xd_edi_envelope_t *e, const texts_t *t,
    const char *functional, xd_report_t *rep)
{
    const xd_str_t elements[GS_ELEMENTS] = { xd_str(functional),
        e->group_sender.len > 0 ? e->group_sender : e->sender,
        e->group_receiver.len > 0 ? e->group_receiver : e->receiver,
        xd_str(t->date), xd_str(t->time), xd_str(t->gs), XD_STR("X"),
        e->version };
    char path[16];

    xd_x12_write_begin(w, XD_STR("GS"));

    for (uint32_t n = 1; n <= GS_ELEMENTS; n++) {
        if (!xd_x12_write_element(w, elements[n - 1])) {
            (void) snprintf(path, sizeof(path), "GS/%u", n);
            refuse(rep, path, elements[n - 1]);
            return false;
        }
    }

    xd_x12_write_end(w);

    return true;
}


static bool
trailer(xd_x12_writer_t *w, const char *id, size_t count, const char *control)
{
    xd_x12_write_begin(w, xd_str(id));
    xd_x12_write_number(w, count);
    if (!xd_x12_write_element(w, xd_str(control))) {
        return false;
    }
    xd_x12_write_end(w);

    return true;
}


static xd_rc_t
sets_write(xd_x12_writer_t *w, xd_arena_t *arena, const xd_edi_envelope_t *e,
    const xd_node_t *const *sets, size_t count, xd_report_t *rep)
{
    for (size_t i = 0; i < count; i++) {
        char control[12];
        xd_rc_t rc;

        (void) snprintf(control, sizeof(control), "%04u",
            (e->st_control + (uint32_t) i) % 1000000000U);
        rc = xd_edi_write_set(w, arena, sets[i], e->version, xd_str(control),
            rep);
        if (rc != XD_OK) {
            return rc;
        }
    }

    return XD_OK;
}


static xd_rc_t
interchange(xd_arena_t *arena, const xd_edi_envelope_t *e,
    const xd_node_t *const *sets, size_t count, xd_report_t *rep, xd_buf_t *out)
{
    const edi_set_t *grammar =
        count > 0
            ? edi_grammar_set(xd_text(xd_nth(xd_get(sets[0], "ST"), 0), "1"),
                e->version)
            : NULL;
    xd_x12_writer_t w;
    texts_t t;
    xd_rc_t rc;

    if (grammar == NULL || !xd_x12_marks_fit(&e->form.marks)) {
        refuse(rep, grammar == NULL ? "ST/1" : "ISA", e->version);
        return XD_E_SYNTAX;
    }

    texts_make(e, &t);
    xd_x12_write_open(&w, &e->form, out);

    if (!isa_write(&w, e, &t, rep)
        || !gs_write(&w, e, &t, grammar->functional, rep))
    {
        return XD_E_SYNTAX;
    }

    rc = sets_write(&w, arena, e, sets, count, rep);
    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_E_SYNTAX : rc;
    }

    return trailer(&w, "GE", count, t.gs) && trailer(&w, "IEA", 1, t.isa)
               ? xd_buf_rc(out)
               : XD_E_SYNTAX;
}


xd_rc_t
xd_edi_write(xd_arena_t *arena, const xd_edi_envelope_t *e,
    const xd_node_t *const *sets, size_t count, xd_report_t *rep, xd_buf_t *out)
{
    size_t before = out->len;
    xd_rc_t rc = interchange(arena, e, sets, count, rep, out);

    if (rc == XD_OK) {
        rc = xd_edi_proof(arena,
            (xd_str_t){ out->ptr + before, out->len - before }, rep);
    }

    if (rc != XD_OK) {
        out->len = before;
    }

    return rc;
}


/* What is only noticed would be noise here: it was written so by intent. */
static void
told(void *ctx, const xd_finding_t *f)
{
    if (f->severity >= XD_ERROR) {
        xd_report(ctx, f);
    }
}


xd_rc_t
xd_edi_proof(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    const xd_edi_options_t options = { .most_sets = 1 };
    xd_report_t own;
    xd_edi_file_t file;
    xd_rc_t rc;

    xd_report_init(&own, arena, 0);
    own.sink = told;
    own.sink_ctx = rep;
    rc = xd_edi_grade(arena, bytes, &options, &own, &file);

    if (rc != XD_OK) {
        return rc;
    }

    return xd_report_errors(&own) > 0 ? XD_E_SYNTAX : XD_OK;
}
