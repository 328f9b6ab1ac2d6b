/* SPDX-License-Identifier: BSD-2-Clause */

/* One set of X12, from its tree. */

#include "edi/pieces.h"
#include "edi/write.h"


typedef struct {
    xd_x12_writer_t *x;
    xd_arena_t *arena;
    xd_report_t *rep;
    edi_pieces_t pieces;
    xd_rc_t rc;
} set_writer_t;


static void
refuse(set_writer_t *w, const edi_piece_t *p, uint32_t n, const xd_node_t *node)
{
    xd_str_t path = xd_pointer_of(w->arena, node);

    xd_reportf(w->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = node->offset,
            .rule = "x12.write.mark",
            .path = path.ptr != NULL ? path : XD_STR(""),
            .value = { node->text.ptr,
                node->text.len < 99 ? node->text.len : 99 } },
        "%.*s%02u holds a byte that is a mark here, or a control byte: X12 "
        "cannot escape it.",
        XD_FMT(p->id), n);
    w->rc = XD_E_SYNTAX;
}


static void
composite(set_writer_t *w, const edi_piece_t *p, uint32_t n,
    const xd_node_t *node)
{
    xd_str_t parts[XD_X12_ELEMENTS];
    size_t count = 0, bad = 0;

    xd_each (part, node) {
        if (count < XD_X12_ELEMENTS) {
            parts[count++] = part->text;
        }
    }

    if (!xd_x12_write_composite(w->x, parts, count, &bad)) {
        refuse(w, p, n, xd_nth(node, bad - 1));
    }
}


static bool
is_binary(xd_str_t id)
{
    return xd_str_is(id, "BIN") || xd_str_is(id, "BDS");
}


static void
elements(set_writer_t *w, const edi_piece_t *p)
{
    const xd_node_t *at[XD_X12_ELEMENTS + 1] = { NULL };
    uint64_t n, last = 0;

    xd_each (child, p->node) {
        if (edi_is_element(child)
            && xd_str_uint(child->key, XD_X12_ELEMENTS, &n) && n > 0)
        {
            at[n] = child;
            last = n > last ? n : last;
        }
    }

    for (n = 1; n <= last && w->rc == XD_OK; n++) {
        xd_str_t value = at[n] != NULL ? at[n]->text : XD_STR("");

        if (at[n] != NULL && at[n]->kind == XD_ARRAY) {
            composite(w, p, (uint32_t) n, at[n]);
        } else if (n == last && is_binary(p->id)) {
            xd_x12_write_binary(w->x, value);
        } else if (!xd_x12_write_element(w->x, value)) {
            refuse(w, p, (uint32_t) n, at[n]);
        }
    }
}


/* CTT without its count: lines, or the levels of a ship notice. */
static void
count(set_writer_t *w, const edi_piece_t *p)
{
    if (p->row == NULL || p->row->role != EDI_AS_TOTALS
        || xd_get(p->node, "1") != NULL)
    {
        elements(w, p);
        return;
    }

    xd_x12_write_number(w->x,
        w->pieces.levels > 0 ? w->pieces.levels : w->pieces.items);
}


static void
begin(set_writer_t *w, const xd_node_t *st, xd_str_t control)
{
    static const char *const later[] = { "3", "4" };

    xd_x12_write_begin(w->x, XD_STR("ST"));

    if (!xd_x12_write_element(w->x, xd_text(st, "1"))
        || !xd_x12_write_element(w->x,
            control.len > 0 ? control : xd_text(st, "2")))
    {
        w->rc = XD_E_SYNTAX;
    }

    for (size_t i = 0; i < 2; i++) {
        xd_str_t value = xd_text(st, later[i]);

        if (!xd_x12_write_element(w->x, value.ptr != NULL ? value : XD_STR("")))
        {
            w->rc = XD_E_SYNTAX;
        }
    }

    xd_x12_write_end(w->x);
}


/* SE says how many there were; a number that says the same with zeros before
 * it is kept. */
static void
end(set_writer_t *w, const xd_node_t *tree, xd_str_t control)
{
    const xd_node_t *st = xd_nth(xd_get(tree, "ST"), 0);
    const xd_node_t *se = xd_nth(xd_get(tree, "SE"), 0);
    xd_str_t said = xd_text(se, "1"), again = xd_text(se, "2");
    uint64_t count;

    xd_x12_write_begin(w->x, XD_STR("SE"));

    if (said.ptr == NULL || !xd_str_uint(said, UINT32_MAX, &count)
        || count != w->x->segments || !xd_x12_write_element(w->x, said))
    {
        xd_x12_write_number(w->x, w->x->segments);
    }

    if (control.len == 0) {
        control = again.len > 0 ? again : xd_text(st, "2");
    }

    if (!xd_x12_write_element(w->x, control)) {
        w->rc = XD_E_SYNTAX;
    }

    xd_x12_write_end(w->x);
}


static void
body(set_writer_t *w)
{
    for (size_t i = 0; i < w->pieces.all.count && w->rc == XD_OK; i++) {
        const edi_piece_t *p = XD_AT(&w->pieces.all, edi_piece_t, i);

        if (xd_str_is(p->id, "ST") || xd_str_is(p->id, "SE")) {
            continue;
        }

        xd_x12_write_begin(w->x, p->id);
        count(w, p);
        xd_x12_write_end(w->x);
    }
}


xd_rc_t
xd_edi_write_set(xd_x12_writer_t *x, xd_arena_t *arena, const xd_node_t *tree,
    xd_str_t version, xd_str_t control, xd_report_t *rep)
{
    const xd_node_t *st = xd_nth(xd_get(tree, "ST"), 0);
    const edi_set_t *grammar = edi_grammar_set(xd_text(st, "1"), version);
    set_writer_t w = { .x = x, .arena = arena, .rep = rep };

    if (grammar == NULL) {
        return XD_E_NOT_FOUND;
    }

    w.rc = edi_pieces(arena, grammar, tree, &w.pieces);
    x->segments = 0;
    if (w.rc == XD_OK) {
        begin(&w, st, control);
    }
    body(&w);
    if (w.rc == XD_OK) {
        end(&w, tree, control);
    }

    return w.rc;
}
