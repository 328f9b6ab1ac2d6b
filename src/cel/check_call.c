/* SPDX-License-Identifier: BSD-2-Clause */

/* Which overloads of a function take the arguments. */

#include "cel/check.h"


typedef struct {
    const xd_cel_type_t *a, *b; /* of the letters A and B */
} letters_t;


/* The type that begins at *p. */
static const xd_cel_type_t *
spelled(cel_check_t *c, const char **p, letters_t *l)
{
    static const char letters[] = "nbiudsytrmTD";
    static const xd_cel_kind_t kinds[] = { XD_CEL_NULL, XD_CEL_BOOL, XD_CEL_INT,
        XD_CEL_UINT, XD_CEL_DOUBLE, XD_CEL_STRING, XD_CEL_BYTES,
        XD_CEL_TIMESTAMP, XD_CEL_DURATION, XD_CEL_DECIMAL, XD_CEL_TYPE,
        XD_CEL_DYN };
    const xd_cel_type_t *of;
    char letter = *(*p)++;

    switch (letter) {
    case 'A':
        return l->a = l->a != NULL ? l->a : cel_type_new(&c->u);
    case 'B':
        return l->b = l->b != NULL ? l->b : cel_type_new(&c->u);
    case 'L':
    case 'O':
        of = spelled(c, p, l);
        return cel_type_of(&c->u, letter == 'L' ? XD_CEL_LIST : XD_CEL_OPTIONAL,
            of, NULL);
    case 'M':
        of = spelled(c, p, l);
        return cel_type_of(&c->u, XD_CEL_MAP, of, spelled(c, p, l));
    default:
        return xd_cel_type(kinds[strchr(letters, letter) - letters]);
    }
}


/* One overload against the arguments; NULL when it does not fit. */
const xd_cel_type_t *
cel_overload(cel_check_t *c, const cel_node_t *node, const char *takes,
    const char *gives)
{
    letters_t l = { NULL, NULL };
    size_t mark = c->u.trail.count;

    for (uint32_t i = 0; i < node->nargs; i++) {
        if (*takes == '\0' || *takes == ' '
            || !cel_assignable(&c->u, spelled(c, &takes, &l),
                node->args[i]->type))
        {
            cel_undo(&c->u, mark);
            return NULL;
        }
    }

    if (*takes != '\0' && *takes != ' ') {
        cel_undo(&c->u, mark);
        return NULL;
    }

    return spelled(c, &gives, &l);
}


typedef struct {
    const cel_row_t *row;
    const char *takes, *gives;
    const xd_cel_type_t *type;
    unsigned count;
} match_t;


/* Looks at the overloads of one row. */
static void
match_row(cel_check_t *c, const cel_node_t *node, const cel_row_t *row,
    match_t *m)
{
    const char *takes = row->takes;

    for (;;) {
        size_t mark = c->u.trail.count;
        const xd_cel_type_t *t = cel_overload(c, node, takes, row->gives);

        if (t != NULL) {
            t = cel_type_final(&c->u, t);
            m->type = m->count == 0 || t->kind == m->type->kind
                          ? t
                          : xd_cel_type(XD_CEL_DYN);
            m->count++;
            m->row = row;
            m->takes = takes;
            m->gives = row->gives;
            cel_undo(&c->u, mark);
        }

        takes = strchr(takes, ' ');
        if (takes == NULL) {
            return;
        }

        takes++;
    }
}


const xd_cel_type_t *
cel_no_match(cel_check_t *c, const cel_node_t *node)
{
    xd_buf_t out = { .limit = 300 };
    xd_str_t text;

    for (uint32_t i = 0; i < node->nargs; i++) {
        xd_buf_text(&out, i > 0 ? ", " : "");
        xd_cel_type_write(&out, cel_type_final(&c->u, node->args[i]->type));
    }

    text = xd_dup(c->r->arena, xd_buf_str(&out));
    xd_buf_free(&out);
    if (!c->r->env->unchecked) {
        cel_fault(c->r, XD_E_SYNTAX, node->at, "%.*s does not take (%.*s)",
            XD_FMT(node->name), XD_FMT(text));
    }

    return xd_cel_type(XD_CEL_DYN);
}


/* When just one fits, what it tells of the arguments is kept. */
const xd_cel_type_t *
cel_check_call(cel_check_t *c, cel_node_t *node)
{
    match_t m = { 0 };
    const xd_cel_type_t *t;
    const cel_row_t *row = cel_rows_find(node->name, node->member);

    if (row == NULL) {
        cel_complain(c, node->at, "there is no function %.*s",
            XD_FMT(node->name));
        return xd_cel_type(XD_CEL_DYN);
    }

    node->rows = row;
    for (; row < cel_rows + cel_nrows && row->member == node->member
           && xd_str_is(node->name, row->name);
         row++)
    {
        match_row(c, node, row, &m);
    }

    if (m.count == 0) {
        return cel_no_match(c, node);
    }

    if (m.count == 1) {
        node->likely = m.row;
        node->takes = m.takes;
    }

    /* Looked at again it may not fit, when memory ended in between. */
    t = m.count == 1 ? cel_overload(c, node, m.takes, m.gives) : m.type;

    return t != NULL ? t : xd_cel_type(XD_CEL_DYN);
}
