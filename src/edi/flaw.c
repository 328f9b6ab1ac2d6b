/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A flaw is told twice: to people, by a finding with place and sentence, and
 * to the sender, by a fault that the acknowledgement carries.  Warnings are
 * for people only.
 */

#include "edi/grader.h"

#include <stdarg.h>
#include <stdio.h>


#define PATH_MAX_BYTES    128
#define TEXT_MAX_BYTES    256
#define VALUE_MAX_BYTES   99 /* AK404 */

#define SEGMENTS_IN_ERROR 5 /* AK502 */


edi_flaw_t
edi_flaw_segment(const edi_grader_t *g, const char *rule, xd_edi_kind_t kind)
{
    return (edi_flaw_t){ .severity = XD_ERROR,
        .scope = g->in_set ? XD_SCOPE_SET : XD_SCOPE_INTERCHANGE,
        .rule = rule,
        .offset = g->seg.offset,
        .position = g->in_set ? g->set.segments : 0,
        .segment_id = g->seg.id,
        .kind = (uint8_t) kind };
}


edi_flaw_t
edi_flaw_element(const edi_grader_t *g, const char *rule, uint32_t n,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = edi_flaw_segment(g, rule, kind);

    f.scope = XD_SCOPE_VALUE;
    f.offset = xd_x12_offset(g->reader, &g->seg, n);
    f.element = n;
    f.value = xd_x12_element(&g->seg, n);

    return f;
}


void
edi_code_add(uint8_t codes[5], uint8_t code)
{
    for (size_t i = 0; i < 5; i++) {
        if (codes[i] == code) {
            return;
        }
        if (codes[i] == 0) {
            codes[i] = code;
            return;
        }
    }
}


xd_str_t
edi_keep(edi_grader_t *g, xd_arena_t *arena, xd_str_t s)
{
    if (s.len == 0 || xd_x12_in_file(g->reader, s)) {
        return s;
    }

    s = xd_dup(arena, s);
    if (s.ptr == NULL) {
        g->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    return s;
}


/* -- a finding ------------------------------------------------------------ */

/* Adds to a text of limited length; what does not fit is cut. */
static void XD_PRINTF(3, 4) add(char *to, size_t *len, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(to + *len, PATH_MAX_BYTES - *len, format, args);
    va_end(args);

    *len += n < 0 ? 0 : (size_t) n;
    if (*len > PATH_MAX_BYTES - 1) {
        *len = PATH_MAX_BYTES - 1;
    }
}


/* HL levels are counted through the set, other loops in their parent. */
static uint32_t
turn(const edi_grader_t *g, uint8_t depth)
{
    const edi_row_t *row = &g->place.grammar->rows[g->place.start[depth]];

    return strcmp(row->loop, "HL") == 0 ? g->hl.seen : g->place.turns[depth];
}


/* "HL[3]/SN1/2": loops, segment, element, component. */
static xd_str_t
path_write(const edi_grader_t *g, const edi_flaw_t *f, char to[PATH_MAX_BYTES])
{
    size_t len = 0, shown = f->segment_id.len < 3 ? f->segment_id.len : 3;
    const char *inner = "";

    if (f->level != 0) {
        inner = "HL";
        add(to, &len, "HL[%u]", f->level);
    } else if (g->in_set && g->place.grammar != NULL && f->position != 0) {
        for (uint8_t d = 1; d <= g->place.depth; d++) {
            inner = g->place.grammar->rows[g->place.start[d]].loop;
            add(to, &len, "%s%s[%u]", d > 1 ? "/" : "", inner, turn(g, d));
        }
    }

    /* the segment that begins a loop stands for it */
    if (!xd_str_is(f->segment_id, inner)) {
        add(to, &len, "%s%.*s", len > 0 ? "/" : "", (int) shown,
            f->segment_id.ptr);
    }

    if (f->element != 0) {
        add(to, &len, "/%u", f->element);
    }

    if (f->component != 0) {
        add(to, &len, "/%u", f->component);
    }

    return (xd_str_t){ to, len };
}


/* Nobody will see it: it is counted, but no text is made. */
static bool
unseen(const xd_report_t *rep)
{
    return rep->sink == NULL && rep->nkept >= rep->most;
}


/* Its code in the acknowledgement that the syntax has for it. */
static const char *
ack_write(const edi_grader_t *g, const edi_flaw_t *f, char to[16])
{
    const xd_edi_codes_t *codes = &xd_edi_codes[f->kind];
    bool edifact = g->syntax->edifact;

    (void) snprintf(to, 16,
        edifact               ? "0085:%u"
        : codes->element != 0 ? "AK403:%u"
        : codes->segment != 0 ? "AK304:%u"
        : codes->set != 0     ? "AK502:%u"
        : codes->group != 0   ? "AK905:%u"
                              : "TA105:%03u",
        edifact               ? codes->contrl
        : codes->element != 0 ? codes->element
        : codes->segment != 0 ? codes->segment
        : codes->set != 0     ? codes->set
        : codes->group != 0   ? codes->group
                              : codes->interchange);

    return to;
}


static void
finding(edi_grader_t *g, const edi_flaw_t *f, xd_str_t text)
{
    char path[PATH_MAX_BYTES], ack[16];
    xd_finding_t out = { .severity = f->severity,
        .scope = f->scope,
        .offset = f->offset,
        .segment = f->position,
        .rule = g->syntax->edifact ? edi_rule_twin(f->rule) : f->rule,
        .value = f->value,
        .text = text,
        .ack = f->ack };
    bool told = f->severity >= XD_ERROR || f->kind > XD_EDI_LAST_OF_SET;

    if (f->ack == NULL && told && f->kind != XD_EDI_NO_FAULT) {
        out.ack = ack_write(g, f, ack);
    }

    out.path = path_write(g, f, path);
    xd_report(g->rep, &out);
}


/* Two findings about one value may have the same code: it is said once. */
static bool
said(const edi_grader_t *g, const edi_flaw_t *f)
{
    size_t n = g->set.faults.count;
    const xd_edi_fault_t *last =
        n > 0 ? XD_AT(&g->set.faults, xd_edi_fault_t, n - 1) : NULL;

    return last != NULL && f->element != 0 && last->element == f->element
           && last->component == f->component && last->position == f->position
           && last->element_code == xd_edi_codes[f->kind].element;
}


/* What the acknowledgement of the set will say. */
static void
fault(edi_grader_t *g, const edi_flaw_t *f)
{
    xd_edi_fault_t *to;
    xd_str_t value = f->value;

    if (said(g, f) || g->kept_sets >= g->most_sets
        || g->set.faults.count >= EDI_MOST_FAULTS
        || g->kept_faults >= EDI_ALL_FAULTS)
    {
        return;
    }

    to = xd_vec_push(&g->set.faults, g->arena);
    if (to == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    if (value.len > VALUE_MAX_BYTES) {
        value.len = VALUE_MAX_BYTES;
    }

    g->kept_faults++;
    *to = (xd_edi_fault_t){ .kind = f->kind,
        .guide = strncmp(f->rule, "guide.", 6) == 0,
        .segment_id = edi_keep(g, g->arena, f->segment_id),
        .position = f->position,
        .loop_id = f->loop_id,
        .segment_code = xd_edi_codes[f->kind].segment,
        .element = (uint8_t) f->element,
        .component = (uint8_t) f->component,
        .reference = f->reference,
        .element_code = xd_edi_codes[f->kind].element };

    if (value.len > 0 && to->element_code != 0) {
        to->value = xd_dup(g->arena, value);
        if (to->value.ptr == NULL) {
            to->value.len = 0;
            g->rc = XD_E_MEMORY;
        }
    }
}


/* Of the grammar, not of the envelope: what acknowledgements tell one by
 * one. */
static bool
of_grammar(const edi_flaw_t *f)
{
    return f->kind != XD_EDI_NO_FAULT && f->kind <= XD_EDI_LAST_OF_SET
           && (f->scope == XD_SCOPE_VALUE || f->scope == XD_SCOPE_SET);
}


static void
judge(edi_grader_t *g, const edi_flaw_t *f)
{
    if (g->in_set && f->severity >= XD_ERROR
        && (f->scope == XD_SCOPE_VALUE || f->scope == XD_SCOPE_SET))
    {
        g->set_bad = true;
        if (of_grammar(f)) {
            edi_code_add(g->set.set_codes, SEGMENTS_IN_ERROR);
            fault(g, f);
        }
    }
}


void
edi_flaw(edi_grader_t *g, const edi_flaw_t *flaw, const char *format, ...)
{
    static const char doubt[] = " (unverified grammar)";
    char text[TEXT_MAX_BYTES];
    const size_t room = sizeof(text) - sizeof(doubt);
    edi_flaw_t f = *flaw;
    va_list args;
    int n;
    size_t len;
    bool doubted = g->in_set && g->set.unverified && f.severity >= XD_ERROR
                   && of_grammar(&f);

    if (doubted) {
        f.severity = XD_WARNING;
    }

    judge(g, &f);

    if (unseen(g->rep)) {
        xd_report(g->rep,
            &(xd_finding_t){ .severity = f.severity, .rule = f.rule });
        return;
    }

    va_start(args, format);
    n = vsnprintf(text, room, format, args);
    va_end(args);

    len = n < 0 ? 0 : (size_t) n >= room ? room - 1 : (size_t) n;
    if (doubted) {
        memcpy(text + len, doubt, sizeof(doubt) - 1);
        len += sizeof(doubt) - 1;
    }

    finding(g, &f, (xd_str_t){ text, len });
}


/* -- of an earlier place -------------------------------------------------- */

edi_mark_t
edi_mark_take(const edi_grader_t *g)
{
    edi_mark_t m = { .depth = g->place.depth, .levels = g->hl.seen };

    memcpy(m.start, g->place.start, sizeof(m.start));
    memcpy(m.turns, g->place.turns, sizeof(m.turns));

    return m;
}


void
edi_mark_set(edi_grader_t *g, const edi_mark_t *m)
{
    g->place.depth = m->depth;
    g->hl.seen = m->levels;
    memcpy(g->place.start, m->start, sizeof(m->start));
    memcpy(g->place.turns, m->turns, sizeof(m->turns));
}


void
edi_flaw_at(edi_grader_t *g, const edi_mark_t *mark, const edi_flaw_t *f,
    const char *text)
{
    const edi_mark_t now = edi_mark_take(g);

    edi_mark_set(g, mark);
    edi_flaw(g, f, "%s", text);
    edi_mark_set(g, &now);
}


void
edi_error(xd_edi_error_t *error, const edi_flaw_t *f)
{
    size_t len = f->segment_id.len < 3 ? f->segment_id.len : 3;

    if (error->kind != XD_EDI_NO_FAULT || f->severity < XD_ERROR) {
        return;
    }

    *error = (xd_edi_error_t){ .kind = f->kind,
        .element = (uint8_t) f->element,
        .component = (uint8_t) f->component };
    memcpy(error->segment_id, f->segment_id.ptr, len);
}
