/* SPDX-License-Identifier: BSD-2-Clause */

/* Paths of a map: N1[ST]/PER.4 on the side of the format, lines[*] or
 * supplier.altIds[scheme=duns].value on that of the document. */

#include "map/parse.h"
#include "map/tree.h"


/* -- the side of the format ------------------------------------------------ */

static void
codes(map_parser_t *p, xd_vec_t *to)
{
    do {
        map_push(p, to, map_want_code(p, "a code"));
    } while (!p->bad && map_took_mark(p, '|'));
}


/* 2, or 2.1: an element, or a component of one; cbc:ID/@schemeID. */
static xd_str_t
key(map_parser_t *p, xd_str_t element)
{
    xd_str_t component;

    element = map_parse_key(p, element);
    if (p->bad || !map_is_mark(p, '.') || !p->t.glued) {
        return element;
    }

    (void) map_take_word(p);
    component = map_want_word(p, "the number of a component");

    /* one word behind the other, in the text of the map */
    return p->bad
               ? element
               : (xd_str_t){ element.ptr,
                     (size_t) (component.ptr + component.len - element.ptr) };
}


/* ST, 1=ST, 1.2=TE, 2:=SA */
static void
condition(map_parser_t *p, map_part_t *part)
{
    map_cond_t *c = xd_vec_push(&part->conds, p->arena);
    xd_str_t first;

    if (c == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    *c = (map_cond_t){ .codes = XD_VEC(xd_str_t), .must = true, .at = p->t.at };
    first = key(p, map_want_code(p, "a code"));

    if (map_is_word(p, "not")) {
        (void) map_take_word(p);
        c->key = first;
        c->not_these = true;
        codes(p, &c->codes);
        return;
    }

    if (map_is_mark(p, '=') || p->t.kind == MAP_T_SET) {
        c->must = p->t.kind != MAP_T_SET;
        c->key = first;
        (void) map_take_word(p);
        codes(p, &c->codes);
        return;
    }

    map_push(p, &c->codes, first);
    if (map_took_mark(p, '|')) {
        codes(p, &c->codes);
    }
}


/* [ST, 3:=TEXT] and [*] */
static void
brackets(map_parser_t *p, map_part_t *part)
{
    while (!p->bad && map_took_mark(p, '[')) {
        if (map_took_mark(p, '*')) {
            part->every = true;
        } else {
            do {
                condition(p, part);
            } while (!p->bad && map_took_mark(p, ','));
        }
        map_want_mark(p, ']');
    }
}


static void
part(map_parser_t *p, map_left_t *left)
{
    map_part_t *part = xd_vec_push(&left->parts, p->arena);

    if (part == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    *part = (map_part_t){ .conds = XD_VEC(map_cond_t), .at = p->t.at };
    part->name = map_want_word(p, "the name of a segment or loop");
    brackets(p, part);
}


/* [6:=Z], of the group at hand */
static void
own(map_parser_t *p, map_left_t *left)
{
    map_part_t *part = xd_vec_push(&left->parts, p->arena);

    if (part == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    *part = (map_part_t){ .conds = XD_VEC(map_cond_t), .at = p->t.at };
    left->own = true;
    brackets(p, part);
    if (part->every || !map_is_mark(p, '.')) {
        map_unexpected(p, "an element, as .7");
    }
}


/* .2, .2.1, .2+.3+.4, .6*, .6*[PO] */
static void
keys(map_parser_t *p, map_left_t *left)
{
    do {
        map_want_mark(p, '.');
        map_push(p, &left->keys,
            key(p, map_want_word(p, "the number of an element")));
    } while (!p->bad && map_took_mark(p, '+'));

    if (map_took_mark(p, '*')) {
        left->pairs = true;
        if (map_took_mark(p, '[')) {
            left->pair = map_want_code(p, "a qualifier");
            map_want_mark(p, ']');
        }
    }
}


/* cbc:Amount+@currencyID: the text of a part, and what stands beside it. */
static void
beside(map_parser_t *p, map_left_t *left)
{
    map_push(p, &left->keys, XD_STR("#text"));
    while (!p->bad && map_took_mark(p, '+')) {
        map_push(p, &left->keys,
            map_parse_key(p, map_want_word(p, "an attribute, as @unitCode")));
    }
}


/* Is the point ahead the group itself, and not the begin of a key? */
static bool
is_lone_point(const map_parser_t *p)
{
    map_lexer_t ahead = p->lexer;
    map_token_t t = map_lex(&ahead);

    return !(t.kind == MAP_T_WORD && t.glued);
}


void
map_parse_left(map_parser_t *p, map_left_t *left)
{
    *left = (map_left_t){ .parts = XD_VEC(map_part_t),
        .keys = XD_VEC(xd_str_t),
        .fixed = XD_VEC(xd_str_t),
        .at = p->t.at };

    if (p->t.kind == MAP_T_TEXT) {
        map_push(p, &left->fixed, map_want_code(p, "a text"));
        return;
    }

    left->root = map_took_mark(p, '/');
    if (map_is_mark(p, '[')) {
        own(p, left);
    } else if (p->t.kind == MAP_T_WORD) {
        do {
            part(p, left);
        } while (!p->bad && map_took_mark(p, '/'));
    }

    if (p->bad) {
        return;
    }

    if (map_is_mark(p, '+') && left->parts.count > 0) {
        beside(p, left);
    } else if (map_is_mark(p, '.') && left->parts.count == 0
               && is_lone_point(p)) {
        (void) map_take_word(p);
    } else if (map_is_mark(p, '.')) {
        keys(p, left);
    } else if (left->parts.count == 0) {
        map_unexpected(p, "a place in the format, as BEG.3");
    }
}


/* -- the side of the document ---------------------------------------------- */

/* [*] or [scheme=duns] */
static void
entry(map_parser_t *p, map_path_t *path)
{
    if (map_took_mark(p, '*')) {
        path->every = true;
    } else {
        path->scheme[0] = map_want_word(p, "the name of a member, or *");
        map_want_mark(p, '=');
        path->scheme[1] = map_want_code(p, "a value");
    }
    map_want_mark(p, ']');
}


void
map_parse_path(map_parser_t *p, map_path_t *path)
{
    *path = (map_path_t){ .names = XD_VEC(xd_str_t), .at = p->t.at };

    if (map_took_mark(p, '.')) {
        return; /* the object at hand */
    }

    map_push(p, &path->names, map_want_word(p, "a member of the document"));

    while (!p->bad) {
        if (map_is_mark(p, '[') && p->t.glued) {
            (void) map_take_word(p);
            entry(p, path);
        } else if (map_is_mark(p, '?') || map_is_mark(p, '.')) {
            path->within |= map_took_mark(p, '?');
            map_want_mark(p, '.');
            map_push(p, &path->names, map_want_word(p, "a member"));
        } else {
            return;
        }
    }
}


/* count(lines) */
static void
function(map_parser_t *p, map_right_t *right, map_path_t *name)
{
    right->function = *XD_AT(&name->names, xd_str_t, 0);
    right->paths.count = 0;
    (void) map_take_word(p);
    name = xd_vec_push(&right->paths, p->arena);
    if (name == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    map_parse_path(p, name);
    map_want_mark(p, ')');
}


static void
paths(map_parser_t *p, map_right_t *right)
{
    do {
        map_path_t *path = xd_vec_push(&right->paths, p->arena);

        if (path == NULL) {
            p->rc = XD_E_MEMORY;
            p->bad = true;
            return;
        }

        map_parse_path(p, path);
        if (map_is_mark(p, '(') && p->t.glued && path->names.count == 1) {
            function(p, right, path);
            return;
        }
    } while (!p->bad && map_took_mark(p, '|'));
}


void
map_parse_right(map_parser_t *p, map_right_t *right)
{
    map_lexer_t ahead = p->lexer;

    *right = (map_right_t){ .paths = XD_VEC(map_path_t),
        .codes = XD_VEC(xd_str_t),
        .at = p->t.at };

    if (map_is_word(p, "not") && map_lex(&ahead).kind == MAP_T_TEXT) {
        right->not_codes = true;
        (void) map_take_word(p);
    }

    if (p->t.kind == MAP_T_TEXT) {
        codes(p, &right->codes);
    } else {
        paths(p, right);
    }
}
