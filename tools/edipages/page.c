/* SPDX-License-Identifier: BSD-2-Clause */

#include "page.h"

#include <stdio.h>

#include "names.h"


static const char *const types[] = { [EDI_AN] = "text",
    [EDI_A] = "letters",
    [EDI_ID] = "code",
    [EDI_N] = "whole number",
    [EDI_R] = "number",
    [EDI_DT] = "date",
    [EDI_TM] = "time",
    [EDI_B] = "bytes",
    [EDI_COMPOSITE] = "composite" };


static const char *
need_of(char need)
{
    return need == 'M' ? "always" : need == 'X' ? "by a relation" : "at will";
}


/* -- the segments in order ------------------------------------------------ */

static void
times(xd_buf_t *out, char need, uint32_t most)
{
    if (most == 1) {
        xd_buf_fmt(out, "%s", need == 'M' ? "once" : "at most once");
    } else if (most == 0) {
        xd_buf_fmt(out, "%s", need == 'M' ? "once or more" : "any number");
    } else {
        xd_buf_fmt(out, "%sat most %u", need == 'M' ? "at least once, " : "",
            most);
    }
}


static void
outline(const edi_set_t *set, xd_buf_t *out)
{
    for (uint16_t i = 0; i < set->count; i++) {
        const edi_row_t *row = &set->rows[i];
        bool loop = row->loop != NULL;
        int depth = row->depth - loop;

        xd_buf_fmt(out, "%*s- **%s** %s: %s", depth * 2, "", row->segment->id,
            edi_segment_name(row->segment->id), loop ? "a loop, " : "");
        times(out, row->need, loop ? row->loop_most : row->most);
        xd_buf_fmt(out, "\n");
    }
}


/* -- the elements of a segment -------------------------------------------- */

static void
length(const edi_element_t *e, xd_buf_t *out)
{
    if (e->type == EDI_COMPOSITE) {
        xd_buf_fmt(out, "%u parts", e->nparts);
        return;
    }

    if (e->min == e->max) {
        xd_buf_fmt(out, "%u", e->min);
    } else {
        xd_buf_fmt(out, "%u to %u", e->min, e->max);
    }
    if (e->max_later != 0) {
        xd_buf_fmt(out, "; later %u", e->max_later);
    }
}


static void
element(const edi_element_t *e, const char *place, unsigned n, xd_buf_t *out)
{
    xd_buf_fmt(out, "| %s%02u | ", place, n);
    if (e->reference != 0) {
        xd_buf_fmt(out, "%u", e->reference);
    }
    xd_buf_fmt(out, " | %s | %s | ", edi_element_name(e->reference),
        types[e->type]);
    length(e, out);
    xd_buf_fmt(out, " | %s%s", need_of(e->need),
        e->later ? ", not in 004010" : "");
    if (e->codes != NULL) {
        xd_buf_fmt(out, "; one of%.*s", (int) strlen(e->codes) - 1, e->codes);
    }
    xd_buf_fmt(out, " |\n");
}


static void
elements(const edi_segment_t *s, xd_buf_t *out)
{
    xd_buf_fmt(out, "| place | number | what | type | length | needed |\n"
                    "|---|---|---|---|---|---|\n");

    for (uint8_t i = 0; i < s->count; i++) {
        const edi_element_t *e = &s->elements[i];
        char place[16];

        element(e, s->id, i + 1U, out);
        (void) snprintf(place, sizeof(place), "%s%02u-", s->id, i + 1U);
        for (uint8_t k = 0; k < e->nparts; k++) {
            element(&e->parts[k], place, k + 1U, out);
        }
    }
}


/* "02, 03 and 05" */
static void
places(uint32_t bits, const char *last, xd_buf_t *out)
{
    for (unsigned n = 1; n < 32; n++) {
        if ((bits >> n & 1) != 0) {
            uint32_t more = bits >> n >> 1;

            xd_buf_fmt(out, "%02u%s", n,
                more == 0                  ? ""
                : (more & (more - 1)) == 0 ? last
                                           : ", ");
        }
    }
}


static void
note(const edi_note_t *n, xd_buf_t *out)
{
    xd_buf_fmt(out, "- ");

    switch (n->kind) {

    case 'P':
        xd_buf_fmt(out, "all or none of ");
        break;

    case 'R':
        xd_buf_fmt(out, "at least one of ");
        break;

    case 'E':
        xd_buf_fmt(out, "at most one of ");
        break;

    case 'C':
        xd_buf_fmt(out, "%02u asks for ", n->first);
        break;

    default: /* L */
        xd_buf_fmt(out, "%02u asks for one or more of ", n->first);
        break;
    }

    places(n->rest, n->kind == 'P' || n->kind == 'C' ? " and " : " or ", out);
    xd_buf_fmt(out, "\n");
}


static void
segment(const edi_segment_t *s, xd_buf_t *out)
{
    xd_buf_fmt(out, "\n### %s: %s\n\n", s->id, edi_segment_name(s->id));

    if (s->count == 0) {
        xd_buf_fmt(out, "Its elements are not checked.\n");
        return;
    }

    elements(s, out);

    if (s->nnotes > 0) {
        xd_buf_fmt(out, "\n");
    }
    for (uint8_t i = 0; i < s->nnotes; i++) {
        note(&s->notes[i], out);
    }
}


/* True when an earlier row has it too. */
static bool
told(const edi_set_t *set, uint16_t row)
{
    for (uint16_t i = 0; i < row; i++) {
        if (set->rows[i].segment == set->rows[row].segment) {
            return true;
        }
    }

    return false;
}


/* -- pages ---------------------------------------------------------------- */

void
edi_page_name(const edi_set_t *set, xd_buf_t *out)
{
    xd_buf_fmt(out, "%s%s%s", set->code, set->since != NULL ? "-" : "",
        set->since != NULL ? set->since : "");
}


/* Up to the grammar that follows it. */
static void
versions(const edi_set_t *set, xd_buf_t *out)
{
    xd_buf_fmt(out, "X12, versions from %s on",
        set->since != NULL ? set->since : "004010");

    for (size_t i = 0; i < edi_x12_sets_count; i++) {
        const edi_set_t *other = edi_x12_sets[i];

        if (strcmp(other->code, set->code) == 0 && other->since != NULL
            && (set->since == NULL || strcmp(other->since, set->since) > 0))
        {
            xd_buf_fmt(out, ", before %s", other->since);
            return;
        }
    }

    xd_buf_fmt(out, " to 005999");
}


void
edi_page_set(const edi_set_t *set, xd_buf_t *out)
{
    xd_buf_fmt(out, "# %s: %s\n\n", set->code, edi_set_name(set->code));
    versions(set, out);
    xd_buf_fmt(out, "; groups of kind %s.\n", set->functional);
    if (set->unverified) {
        xd_buf_fmt(out, "\nNo real file of this set was at hand when its rows "
                        "were written: they are unverified,\nand what is found "
                        "by them alone does not reject.\n");
    }

    xd_buf_fmt(out, "\n## Segments in order\n\n");
    outline(set, out);

    xd_buf_fmt(out, "\n## Elements\n");
    for (uint16_t i = 0; i < set->count; i++) {
        if (!told(set, i)) {
            segment(set->rows[i].segment, out);
        }
    }
}


void
edi_page_index(xd_buf_t *out)
{
    xd_buf_fmt(out, "# Sets of X12\n\n| set | what | group | rows |\n"
                    "|---|---|---|---|\n");

    for (size_t i = 0; i < edi_x12_sets_count; i++) {
        const edi_set_t *set = edi_x12_sets[i];

        xd_buf_fmt(out, "| [");
        edi_page_name(set, out);
        xd_buf_fmt(out, "](");
        edi_page_name(set, out);
        xd_buf_fmt(out, ".md) | %s | %s | %s |\n", edi_set_name(set->code),
            set->functional,
            set->unverified ? "unverified" : "checked against real files");
    }
}
