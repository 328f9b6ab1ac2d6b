/* SPDX-License-Identifier: BSD-2-Clause */

/* Envelopes around sets; and the proof that what was written is clean. */

#include "edi/write.h"

#include <stdio.h>

#include "base/clock.h"
#include "edi/again.h"
#include "edi/grammar.h"


#define GS_ELEMENTS 8

/* The texts of an envelope. */
typedef struct {
    char date[9], time[5]; /* CCYYMMDD, HHMM */
    char isa[10];
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


/* What all groups share. */
typedef struct {
    xd_x12_writer_t w;
    xd_arena_t *arena;
    const xd_edi_envelope_t *e;
    texts_t t;
    xd_report_t *rep;
} out_t;


static bool
gs_write(out_t *o, const char *functional, const char *control)
{
    const xd_edi_envelope_t *e = o->e;
    const xd_str_t elements[GS_ELEMENTS] = { xd_str(functional),
        e->group_sender.len > 0 ? e->group_sender : e->sender,
        e->group_receiver.len > 0 ? e->group_receiver : e->receiver,
        xd_str(o->t.date), xd_str(o->t.time), xd_str(control), XD_STR("X"),
        e->version };
    char path[16];

    xd_x12_write_begin(&o->w, XD_STR("GS"));

    for (uint32_t n = 1; n <= GS_ELEMENTS; n++) {
        if (!xd_x12_write_element(&o->w, elements[n - 1])) {
            (void) snprintf(path, sizeof(path), "GS/%u", n);
            refuse(o->rep, path, elements[n - 1]);
            return false;
        }
    }

    xd_x12_write_end(&o->w);

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
sets_write(out_t *o, const xd_edi_out_group_t *group)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < group->count; i++) {
        char control[12];

        (void) snprintf(control, sizeof(control), "%04u",
            group->sets[i].control % 1000000000U);
        rc = xd_edi_write_set(&o->w, o->arena, group->sets[i].tree,
            o->e->version, xd_str(control), o->rep);
    }

    return rc;
}


static xd_rc_t
group_write(out_t *o, const xd_edi_out_group_t *group)
{
    const xd_node_t *first = group->count > 0 ? group->sets[0].tree : NULL;
    const edi_set_t *grammar =
        edi_grammar_set(xd_text(xd_nth(xd_get(first, "ST"), 0), "1"),
            o->e->version);
    char control[12];
    xd_rc_t rc;

    if (grammar == NULL) {
        refuse(o->rep, "ST/1", o->e->version);
        return XD_E_SYNTAX;
    }

    (void) snprintf(control, sizeof(control), "%u",
        group->control % 1000000000U);
    if (!gs_write(o, grammar->functional, control)) {
        return XD_E_SYNTAX;
    }

    rc = sets_write(o, group);
    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_E_SYNTAX : rc;
    }

    return trailer(&o->w, "GE", group->count, control) ? XD_OK : XD_E_SYNTAX;
}


static xd_rc_t
interchange(out_t *o, const xd_edi_out_group_t *groups, size_t count,
    xd_buf_t *out)
{
    xd_rc_t rc = XD_OK;

    if (count == 0 || !xd_x12_marks_fit(&o->e->form.marks)) {
        refuse(o->rep, "ISA", o->e->version);
        return XD_E_SYNTAX;
    }

    texts_make(o->e, &o->t);
    xd_x12_write_open(&o->w, &o->e->form, out);
    if (!isa_write(&o->w, o->e, &o->t, o->rep)) {
        return XD_E_SYNTAX;
    }

    for (size_t i = 0; rc == XD_OK && i < count; i++) {
        rc = group_write(o, &groups[i]);
    }

    if (rc != XD_OK) {
        return rc;
    }

    return trailer(&o->w, "IEA", count, o->t.isa) ? xd_buf_rc(out)
                                                  : XD_E_SYNTAX;
}


xd_rc_t
edi_wrap(xd_buf_t *out, size_t from, uint32_t width)
{
    xd_buf_t wrapped = { 0 };
    xd_rc_t rc;

    if (width == 0) {
        return XD_OK;
    }

    for (size_t at = from; at < out->len; at += width) {
        size_t len = out->len - at < width ? out->len - at : width;

        xd_buf_add(&wrapped, (xd_str_t){ out->ptr + at, len });
        xd_buf_byte(&wrapped, '\n');
    }

    out->len = from;
    xd_buf_add(out, xd_buf_str(&wrapped));
    rc = xd_buf_rc(&wrapped);
    xd_buf_free(&wrapped);

    return rc == XD_OK ? xd_buf_rc(out) : rc;
}


xd_rc_t
xd_edi_write_groups(xd_arena_t *arena, const xd_edi_envelope_t *e,
    const xd_edi_out_group_t *groups, size_t count, xd_report_t *rep,
    xd_buf_t *out)
{
    out_t o = { .arena = arena, .e = e, .rep = rep };
    size_t before = out->len;
    xd_rc_t rc = interchange(&o, groups, count, out);

    rc = rc == XD_OK ? edi_wrap(out, before, e->wrap) : rc;
    if (rc == XD_OK) {
        rc = xd_edi_proof(arena,
            (xd_str_t){ out->ptr + before, out->len - before }, e->guides, rep);
    }

    if (rc != XD_OK) {
        out->len = before;
    }

    return rc;
}


xd_rc_t
xd_edi_write(xd_arena_t *arena, const xd_edi_envelope_t *e,
    const xd_node_t *const *sets, size_t count, xd_report_t *rep, xd_buf_t *out)
{
    xd_edi_out_t *all = xd_alloc_n(arena, count + 1, sizeof(*all));
    const xd_edi_out_group_t group = { all, count, e->gs_control };

    if (all == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < count; i++) {
        all[i] = (xd_edi_out_t){ .tree = sets[i],
            .control = e->st_control + (uint32_t) i };
    }

    return xd_edi_write_groups(arena, e, &group, 1, rep, out);
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
xd_edi_proof(xd_arena_t *arena, xd_str_t bytes, const xd_guides_t *guides,
    xd_report_t *rep)
{
    const xd_edi_options_t options = { .most_sets = 1, .guides = guides };
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
