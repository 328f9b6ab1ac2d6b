/* SPDX-License-Identifier: BSD-2-Clause */

/* Messages of EDIFACT from their trees, and the envelopes around them. */

#include "edi/message.h"

#include <stdio.h>

#include "base/clock.h"
#include "edi/again.h"
#include "edi/pieces.h"

#define LINES "2" /* 6069: the number of lines */

typedef struct {
    xd_arena_t *arena;
    const xd_edifact_envelope_t *e;
    xd_report_t *rep;
    xd_edifact_writer_t w;
    char date[9], time[5]; /* CCYYMMDD or YYMMDD, HHMM */
    xd_rc_t rc;
} message_writer_t;


static void
refuse(message_writer_t *m, const char *path, xd_str_t value, const char *text)
{
    xd_report(m->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_INTERCHANGE,
            .rule = "edifact.write.envelope",
            .path = xd_str(path),
            .value = { value.ptr, value.len < 99 ? value.len : 99 },
            .text = xd_str(text) });
    m->rc = XD_E_SYNTAX;
}


/* -- control segments ------------------------------------------------------ */

/* One element of an envelope: a value, or several as a composite. */
static void
part(message_writer_t *m, const char *path, const xd_str_t *parts, size_t count)
{
    size_t bad;

    if (m->rc == XD_OK
        && !xd_edifact_write_composite(&m->w, parts, count, &bad)) {
        refuse(m, path, parts[bad - 1],
            "The envelope cannot hold this value: it has a character that the "
            "character set of the interchange has not.");
    }
}


static void
value(message_writer_t *m, const char *path, xd_str_t one)
{
    part(m, path, &one, 1);
}


static void
left_out(message_writer_t *m, int count)
{
    while (count-- > 0) {
        value(m, "UNB", XD_STR(""));
    }
}


static void
begin(message_writer_t *m, const char *tag)
{
    xd_edifact_write_begin(&m->w, xd_str(tag));
}


static void
unb_write(message_writer_t *m)
{
    const xd_edifact_envelope_t *e = m->e;
    const xd_edifact_party_t *from = &e->sender, *to = &e->receiver;
    const xd_str_t syntax[] = { e->form.set, { &e->syntax, 1 } };
    const xd_str_t sender[] = { from->id, from->qualifier, from->internal };
    const xd_str_t receiver[] = { to->id, to->qualifier, to->internal };
    const xd_str_t now[] = { xd_str(m->date), xd_str(m->time) };

    begin(m, "UNB");
    part(m, "UNB/1", syntax, 2);
    part(m, "UNB/2", sender, 3);
    part(m, "UNB/3", receiver, 3);
    part(m, "UNB/4", now, 2);
    xd_edifact_write_number(&m->w, e->control);
    left_out(m, 1);
    value(m, "UNB/7", e->application);
    left_out(m, 1);
    value(m, "UNB/9", e->ack_requested ? XD_STR("1") : XD_STR(""));
    value(m, "UNB/10", e->agreement);
    value(m, "UNB/11", e->test ? XD_STR("1") : XD_STR(""));
    xd_edifact_write_end(&m->w);
}


static void
trailer(message_writer_t *m, const char *tag, size_t count, uint32_t control)
{
    begin(m, tag);
    xd_edifact_write_number(&m->w, count);
    xd_edifact_write_number(&m->w, control);
    xd_edifact_write_end(&m->w);
}


/* -- the kind of a message ------------------------------------------------- */

enum { TYPE, VERSION, RELEASE, AGENCY, ASSOCIATION, KIND };

/* S009: what the tree says, and the envelope where it says nothing. */
static void
kind_of(const message_writer_t *m, const xd_edi_out_t *set, xd_str_t kind[KIND])
{
    const xd_node_t *unh = xd_nth(xd_get(set->tree, "UNH"), 0);
    const xd_node_t *said = xd_get(unh, "2");
    size_t n = 0;

    kind[TYPE] = set->code;
    kind[VERSION] = m->e->version;
    kind[RELEASE] = m->e->release;
    kind[AGENCY] = XD_STR("UN");
    kind[ASSOCIATION] = m->e->association;

    if (said == NULL) {
        return;
    }

    if (said->kind != XD_ARRAY) {
        kind[TYPE] = said->text;
        return;
    }

    xd_each (one, said) {
        if (n < KIND) {
            kind[n++] = one->text;
        }
    }
}


/* -- one message ----------------------------------------------------------- */

static void
unh_write(message_writer_t *m, const xd_edi_out_t *set,
    const xd_str_t kind[KIND])
{
    const xd_node_t *unh = xd_nth(xd_get(set->tree, "UNH"), 0);
    const xd_node_t *at[XD_SEGMENT_ELEMENTS + 1] = { NULL };
    uint32_t last = unh != NULL ? edi_elements_of(unh, at) : 0;

    m->w.segments = 0;
    begin(m, "UNH");
    xd_edifact_write_number(&m->w, set->control);
    part(m, "UNH/2", kind, KIND);

    for (uint32_t n = 3; n <= last && m->rc == XD_OK; n++) {
        if (!edi_edifact_element(m->arena, &m->w, at[n], m->rep)) {
            m->rc = XD_E_SYNTAX;
        }
    }

    xd_edifact_write_end(&m->w);
}


/* A number has the decimal mark of the interchange: the same node when it has
 * no point. */
static const xd_node_t *
with_mark(message_writer_t *m, const edi_element_t *def, const xd_node_t *node)
{
    xd_node_t *copy;
    char *text;

    if (def == NULL || def->type != EDI_R
        || memchr(node->text.ptr, '.', node->text.len) == NULL)
    {
        return node;
    }

    copy = xd_node_new(m->arena, XD_STRING);
    text = xd_alloc(m->arena, node->text.len);
    if (copy == NULL || text == NULL) {
        m->rc = XD_E_MEMORY;
        return node;
    }

    for (size_t i = 0; i < node->text.len; i++) {
        text[i] = node->text.ptr[i] == '.' ? m->w.form.marks.decimal
                                           : node->text.ptr[i];
    }
    copy->text = (xd_str_t){ text, node->text.len };

    return copy;
}


/* The same of an element that may have components. */
static const xd_node_t *
in_marks(message_writer_t *m, const edi_element_t *def, const xd_node_t *node)
{
    xd_node_t *copy;
    size_t n = 0;

    if (m->w.form.marks.decimal == '.' || def == NULL || node == NULL) {
        return node;
    }

    if (node->kind != XD_ARRAY) {
        return with_mark(m, def, node);
    }

    copy = xd_node_new(m->arena, XD_ARRAY);
    xd_each (one, node) {
        const edi_element_t *part = n < def->nparts ? &def->parts[n] : NULL;
        xd_node_t *text = xd_node_new(m->arena, XD_STRING);

        if (text != NULL) {
            text->text = with_mark(m, part, one)->text;
        }
        if (xd_node_add(m->arena, copy, text) == NULL) {
            m->rc = XD_E_MEMORY;
            break;
        }
        n++;
    }

    return copy;
}


static void
segment(message_writer_t *m, const edi_piece_t *p)
{
    const xd_node_t *at[XD_SEGMENT_ELEMENTS + 1] = { NULL };
    uint32_t last = edi_elements_of(p->node, at);
    const edi_segment_t *def = p->row != NULL ? p->row->segment : NULL;

    for (uint32_t n = 1; n <= last && m->rc == XD_OK; n++) {
        const edi_element_t *element =
            def != NULL && n <= def->count ? &def->elements[n - 1] : NULL;
        const xd_node_t *node = in_marks(m, element, at[n]);

        if (m->rc == XD_OK
            && !edi_edifact_element(m->arena, &m->w, node, m->rep)) {
            m->rc = XD_E_SYNTAX;
        }
    }
}


/* CNT+2 without its value: the lines that stand here. */
static bool
counts(const edi_piece_t *p)
{
    const xd_node_t *control = xd_get(p->node, "1");

    if (!xd_str_is(p->id, "CNT") || control == NULL) {
        return false;
    }

    if (control->kind != XD_ARRAY) {
        return xd_str_is(control->text, LINES);
    }

    return control->count == 1 && xd_str_is(xd_nth(control, 0)->text, LINES);
}


static void
count_write(message_writer_t *m, const edi_pieces_t *pieces)
{
    char number[12];
    xd_str_t parts[] = { XD_STR(LINES), XD_STR("") };
    uint32_t lines = 0;

    for (size_t i = 0; i < pieces->all.count; i++) {
        lines += xd_str_is(XD_AT(&pieces->all, edi_piece_t, i)->id, "LIN");
    }

    (void) snprintf(number, sizeof(number), "%u", lines);
    parts[1] = xd_str(number);
    part(m, "CNT/1", parts, 2);
}


static void
body(message_writer_t *m, const edi_pieces_t *pieces)
{
    for (size_t i = 0; i < pieces->all.count && m->rc == XD_OK; i++) {
        const edi_piece_t *p = XD_AT(&pieces->all, edi_piece_t, i);

        if (xd_str_is(p->id, "UNH") || xd_str_is(p->id, "UNT")) {
            continue;
        }

        xd_edifact_write_begin(&m->w, p->id);
        if (counts(p)) {
            count_write(m, pieces);
        } else {
            segment(m, p);
        }
        xd_edifact_write_end(&m->w);
    }
}


static void
message(message_writer_t *m, const xd_edi_out_t *set)
{
    xd_str_t kind[KIND];
    edi_pieces_t pieces;
    const edi_set_t *grammar;

    kind_of(m, set, kind);
    grammar = edi_grammar_message(kind[TYPE], kind[VERSION], kind[RELEASE]);
    if (grammar == NULL) {
        refuse(m, "UNH/2", kind[TYPE],
            "No grammar is known for this message in that directory.");
        return;
    }

    m->rc = edi_pieces(m->arena, grammar, set->tree, &pieces);
    if (m->rc != XD_OK) {
        return;
    }

    unh_write(m, set, kind);
    body(m, &pieces);
    if (m->rc == XD_OK) {
        trailer(m, "UNT", m->w.segments + 1U, set->control);
    }
}


/* -- groups and interchange ------------------------------------------------ */

static void
ung_write(message_writer_t *m, const xd_edi_out_group_t *group)
{
    const xd_edifact_envelope_t *e = m->e;
    const xd_str_t sender[] = { e->sender.id, e->sender.qualifier };
    const xd_str_t receiver[] = { e->receiver.id, e->receiver.qualifier };
    const xd_str_t now[] = { xd_str(m->date), xd_str(m->time) };
    xd_str_t kind[KIND];

    kind_of(m, &group->sets[0], kind);
    begin(m, "UNG");
    value(m, "UNG/1", kind[TYPE]);
    part(m, "UNG/2", sender, 2);
    part(m, "UNG/3", receiver, 2);
    part(m, "UNG/4", now, 2);
    xd_edifact_write_number(&m->w, group->control);
    value(m, "UNG/6", kind[AGENCY]);
    part(m, "UNG/7",
        (const xd_str_t[]){ kind[VERSION], kind[RELEASE], kind[ASSOCIATION] },
        3);
    xd_edifact_write_end(&m->w);
}


static void
group_write(message_writer_t *m, const xd_edi_out_group_t *group)
{
    if (m->e->groups) {
        ung_write(m, group);
    }

    for (size_t i = 0; i < group->count && m->rc == XD_OK; i++) {
        message(m, &group->sets[i]);
    }

    if (m->e->groups && m->rc == XD_OK) {
        trailer(m, "UNE", group->count, group->control);
    }
}


/* Of four digits is the year in syntax 4. */
static void
now_make(message_writer_t *m)
{
    char now[XD_INSTANT_LEN + 1];

    xd_instant_write(m->e->now_ms, now);
    (void) snprintf(m->date, sizeof(m->date), "%.*s%.2s%.2s",
        m->e->syntax == '4' ? 4 : 2, now + (m->e->syntax == '4' ? 0 : 2),
        now + 5, now + 8);
    (void) snprintf(m->time, sizeof(m->time), "%.2s%.2s", now + 11, now + 14);
}


/* Syntax 4 has a mark for repetitions, whether it is used or not. */
static bool
form_make(message_writer_t *m, xd_edifact_form_t *form)
{
    *form = m->e->form;
    form->strict = true;

    if (m->e->syntax == '4' && form->marks.repetition == 0) {
        form->marks.repetition = '*';
    }

    if ((m->e->syntax != '3' && m->e->syntax != '4')
        || (m->e->syntax == '3' && form->marks.repetition != 0)
        || !xd_edifact_marks_fit(&form->marks))
    {
        refuse(m, "UNA", XD_STR(""),
            "The separators cannot be told apart, or are not those of the "
            "syntax version.");
    }

    return m->rc == XD_OK;
}


static xd_rc_t
interchange(message_writer_t *m, const xd_edi_out_group_t *groups, size_t count,
    xd_buf_t *out)
{
    xd_edifact_form_t form;
    size_t messages = 0;

    if (!form_make(m, &form)) {
        return m->rc;
    }

    now_make(m);
    xd_edifact_write_open(&m->w, &form, out);
    if (m->e->una || !xd_edifact_marks_usual(&form.marks, m->e->syntax)) {
        xd_edifact_write_una(&m->w);
    }
    unb_write(m);

    for (size_t i = 0; i < count && m->rc == XD_OK; i++) {
        group_write(m, &groups[i]);
        messages += groups[i].count;
    }

    if (m->rc == XD_OK) {
        trailer(m, "UNZ", m->e->groups ? count : messages, m->e->control);
    }

    return m->rc == XD_OK ? xd_buf_rc(out) : m->rc;
}


xd_rc_t
xd_edi_write_edifact(xd_arena_t *arena, const xd_edifact_envelope_t *e,
    const xd_edi_out_group_t *groups, size_t count, xd_report_t *rep,
    xd_buf_t *out)
{
    message_writer_t m = { .arena = arena, .e = e, .rep = rep };
    size_t before = out->len;
    xd_rc_t rc = interchange(&m, groups, count, out);

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
