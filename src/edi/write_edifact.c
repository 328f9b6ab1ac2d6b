/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * EDIFACT written back.  Many spellings mean the same: what may be released,
 * trailing separators, character sets.  So a segment whose values are those of
 * its node is copied, and only one that was changed is written anew.
 */

#include "edi/again.h"

#include <stdlib.h>

#include "edi/pieces.h"


#define MOST_DEEP 16 /* loops within loops; the grammars have fewer */


/* -- nodes by place ------------------------------------------------------- */

static xd_rc_t
collect(xd_arena_t *arena, const xd_node_t *in, unsigned deep, xd_vec_t *nodes)
{
    if (deep > MOST_DEEP) {
        return XD_E_LIMIT;
    }

    xd_each (array, in) {
        xd_each (one, array) {
            edi_again_node_t *slot;
            xd_rc_t rc;

            if (one->kind != XD_OBJECT) {
                continue; /* a component */
            }

            slot = xd_vec_push(nodes, arena);
            if (slot == NULL) {
                return XD_E_MEMORY;
            }

            *slot = (edi_again_node_t){ one->offset, one };
            rc = collect(arena, one, deep + 1, nodes);
            if (rc != XD_OK) {
                return rc;
            }
        }
    }

    return XD_OK;
}


static int
by_offset(const void *a, const void *b)
{
    const edi_again_node_t *x = a, *y = b;

    return x->offset < y->offset ? -1 : x->offset > y->offset;
}


xd_rc_t
edi_again_nodes(xd_arena_t *arena, const xd_node_t *tree, xd_vec_t *nodes)
{
    xd_rc_t rc;

    nodes->count = 0;
    if (tree == NULL) {
        return XD_OK;
    }

    rc = collect(arena, tree, 0, nodes);
    if (rc == XD_OK && nodes->count > 0) {
        qsort(nodes->at, nodes->count, nodes->size, by_offset);
    }

    return rc;
}


const xd_node_t *
edi_again_node(const xd_vec_t *nodes, size_t offset)
{
    size_t from = 0, to = nodes->count;

    while (from < to) {
        size_t mid = from + (to - from) / 2;
        const edi_again_node_t *at = XD_AT(nodes, edi_again_node_t, mid);

        if (at->offset == offset) {
            return at->node;
        }
        if (at->offset < offset) {
            from = mid + 1;
        } else {
            to = mid;
        }
    }

    return NULL;
}


/* -- comparing ------------------------------------------------------------ */

/* 1 when the component is what the text says, 0 when not, -1: no memory. */
static int
same_text(const edi_again_t *a, xd_str_t raw, xd_str_t text)
{
    xd_str_t value = xd_edi_value(a->reader, a->arena, raw);

    if (value.ptr == NULL && raw.len > 0) {
        return -1;
    }

    return xd_str_eq(value, text);
}


static int
same_composite(const edi_again_t *a, xd_str_t raw, const xd_node_t *node)
{
    char mark = xd_x12_marks(a->reader)->component;

    xd_each (part, node) {
        xd_str_t one =
            raw.ptr != NULL ? xd_edi_cut(a->reader, &raw, mark) : XD_STR("");
        int same = same_text(a, one, part->text);

        if (same != 1) {
            return same;
        }
    }

    return raw.ptr == NULL;
}


static int
same_element(const edi_again_t *a, xd_str_t raw, const xd_node_t *node)
{
    if (node == NULL) {
        return raw.len == 0;
    }

    return node->kind == XD_ARRAY ? same_composite(a, raw, node)
                                  : same_text(a, raw, node->text);
}


uint32_t
edi_elements_of(const xd_node_t *node,
    const xd_node_t *at[XD_SEGMENT_ELEMENTS + 1])
{
    uint64_t n, last = 0;

    xd_each (child, node) {
        if (edi_is_element(child)
            && xd_str_uint(child->key, XD_SEGMENT_ELEMENTS, &n) && n > 0)
        {
            at[n] = child;
            last = n > last ? n : last;
        }
    }

    return (uint32_t) last;
}


/* -- writing -------------------------------------------------------------- */

static void
refuse(xd_arena_t *arena, const xd_node_t *node, xd_report_t *rep)
{
    xd_str_t path = xd_pointer_of(arena, node);

    xd_report(rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = node->offset,
            .rule = "edifact.write.character",
            .path = path.ptr != NULL ? path : XD_STR(""),
            .value = { node->text.ptr,
                node->text.len < 99 ? node->text.len : 99 },
            .text = XD_STR("The value holds a character that the character "
                           "set of the interchange has not.") });
}


bool
edi_edifact_element(xd_arena_t *arena, xd_edifact_writer_t *w,
    const xd_node_t *node, xd_report_t *rep)
{
    xd_str_t parts[XD_SEGMENT_ELEMENTS];
    size_t count = 0, bad = 0;

    if (node == NULL) {
        return xd_edifact_write_element(w, XD_STR(""));
    }

    if (node->kind != XD_ARRAY) {
        parts[count++] = node->text;
    }

    xd_each (part, node) {
        if (count < XD_SEGMENT_ELEMENTS) {
            parts[count++] = part->text;
        }
    }

    if (!xd_edifact_write_composite(w, parts, count, &bad)) {
        refuse(arena, node->kind == XD_ARRAY ? xd_nth(node, bad - 1) : node,
            rep);
        return false;
    }

    return true;
}


/* What stands behind the last value: the terminator and a line end. */
static void
end_copy(const edi_again_t *a, const xd_segment_t *seg)
{
    size_t at = seg->end;
    char end = xd_x12_marks(a->reader)->terminator;

    while (at > seg->offset && a->bytes.ptr[at - 1] != end) {
        at--;
    }

    if (at == seg->offset) {
        xd_buf_byte(a->out, end); /* the last one of the file had none */
        return;
    }

    xd_buf_add(a->out, (xd_str_t){ a->bytes.ptr + at - 1, seg->end - at + 1 });
}


static xd_rc_t
anew(const edi_again_t *a, const xd_segment_t *seg,
    const xd_node_t *const at[XD_SEGMENT_ELEMENTS + 1], uint32_t last)
{
    const xd_edifact_form_t form = { .marks = *xd_x12_marks(a->reader),
        .set = xd_edi_charset(a->reader) };
    xd_edifact_writer_t w;

    xd_edifact_write_open(&w, &form, a->out);
    xd_edifact_write_begin(&w, seg->id);

    for (uint32_t n = 1; n <= last; n++) {
        if (!edi_edifact_element(a->arena, &w, at[n], a->rep)) {
            return XD_E_SYNTAX;
        }
    }

    end_copy(a, seg);

    return XD_OK;
}


xd_rc_t
edi_again_segment(const edi_again_t *a, const xd_segment_t *seg,
    const xd_node_t *node)
{
    const xd_node_t *at[XD_SEGMENT_ELEMENTS + 1] = { NULL };
    uint32_t last = node != NULL ? edi_elements_of(node, at) : 0;
    uint32_t most = last > seg->count ? last : seg->count;
    int same = 1;

    for (uint32_t n = 1; node != NULL && n <= most && same == 1; n++) {
        same = same_element(a, xd_segment_element(seg, n), at[n]);
    }

    if (same < 0) {
        return XD_E_MEMORY;
    }

    if (same == 0) {
        return anew(a, seg, at, last);
    }

    xd_buf_add(a->out,
        (xd_str_t){ a->bytes.ptr + seg->offset, seg->end - seg->offset });

    return XD_OK;
}
