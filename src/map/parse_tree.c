/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Declarations of trees, in the files of maps:
 *
 *   prefix cbc = "urn:…"
 *   tree Order = xml Order "urn:…" { … }
 *   shape Party { cac:PartyIdentification[*] { cbc:ID (@schemeID) } … }
 */

#include "map/parse.h"
#include "map/tree.h"


#define DEPTH_MAX 32 /* parts in parts */

static void parts(map_parser_t *p, map_form_t *form);


/* A text behind which a NUL stands, as names of parts are keys, too. */
static xd_str_t
own(map_parser_t *p, xd_str_t text)
{
    xd_str_t copy = xd_dup(p->arena, text);

    if (copy.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return XD_STR("");
    }

    return copy;
}


static map_form_t *
form_new(map_parser_t *p, xd_str_t name, xd_shape_kind_t kind)
{
    map_form_t *form = xd_alloc(p->arena, sizeof(*form));

    if (form == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return NULL;
    }

    *form = (map_form_t){ .name = own(p, name),
        .kind = kind,
        .parts = XD_VEC(map_form_t *),
        .at = p->t.at };

    return form;
}


static void
add_part(map_parser_t *p, map_form_t *to, map_form_t *part)
{
    map_form_t **slot = part != NULL ? xd_vec_push(&to->parts, p->arena) : NULL;

    if (slot == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    *slot = part;
}


/* text, number, integer, date, time; nothing is a text. */
static xd_shape_kind_t
kind_of(map_parser_t *p)
{
    static const struct {
        const char *word;
        xd_shape_kind_t kind;
    } words[] = { { "text", XD_SHAPE_TEXT }, { "number", XD_SHAPE_NUMBER },
        { "integer", XD_SHAPE_INTEGER }, { "date", XD_SHAPE_DATE },
        { "time", XD_SHAPE_TIME } };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (map_is_word(p, words[i].word)) {
            (void) map_take_word(p);
            return words[i].kind;
        }
    }

    return XD_SHAPE_TEXT;
}


static bool
took_word(map_parser_t *p, const char *word)
{
    if (!map_is_word(p, word)) {
        return false;
    }

    (void) map_take_word(p);

    return true;
}


/* (@currencyID must, @schemeID) */
static void
attributes(map_parser_t *p, map_form_t *to)
{
    if (!map_took_mark(p, '(')) {
        return;
    }

    do {
        map_form_t *one = form_new(p, map_want_word(p, "an attribute, as @id"),
            XD_SHAPE_TEXT);

        if (one != NULL && (one->name.len < 2 || one->name.ptr[0] != '@')) {
            map_unexpected(p, "the name of an attribute, as @id, before this");
        }
        if (one != NULL) {
            one->must = took_word(p, "must");
            add_part(p, to, one);
        }
    } while (!p->bad && map_took_mark(p, ','));
    map_want_mark(p, ')');
}


/* cac:Party[*] must date (@id) = Shape by cbc:ID, or { … } */
static void
part(map_parser_t *p, map_form_t *to)
{
    map_form_t *form =
        form_new(p, map_want_word(p, "the name of a part"), XD_SHAPE_GROUP);
    xd_shape_kind_t kind;

    if (form == NULL) {
        return;
    }

    if (map_took_mark(p, '[')) {
        map_want_mark(p, '*');
        map_want_mark(p, ']');
        form->many = true;
    }
    form->must = took_word(p, "must");
    kind = kind_of(p);
    attributes(p, form);

    if (map_took_mark(p, '=')) {
        form->like = map_want_word(p, "the name of a shape");
    } else if (map_is_mark(p, '{')) {
        parts(p, form);
    } else {
        add_part(p, form, form_new(p, XD_STR("#text"), kind));
    }

    if (!p->bad && took_word(p, "by")) {
        form->by = own(p, map_parse_key(p, map_want_word(p, "a key")));
    }
    if (!p->bad) {
        add_part(p, to, form);
    }
}


static void
parts(map_parser_t *p, map_form_t *form)
{
    map_want_mark(p, '{');
    if (++p->depth > DEPTH_MAX) {
        map_unexpected(p, "fewer parts in each other");
    }

    map_skip_lines(p);
    while (!p->bad && !map_is_mark(p, '}')) {
        part(p, form);
        if (!p->bad && !map_took_mark(p, ',') && p->t.kind != MAP_T_LINE
            && !map_is_mark(p, '}'))
        {
            map_unexpected(p, "a comma, or the end of the line");
        }
        map_skip_lines(p);
    }
    map_want_mark(p, '}');
    p->depth--;
}


/* has Request/OrderRequest, Header */
static void
known_by(map_parser_t *p, map_tree_t *tree)
{
    do {
        map_push(p, &tree->has,
            map_parse_key(p, map_want_word(p, "the path of a part")));
    } while (!p->bad && map_took_mark(p, ','));
}


/* tree Order = xml Order "urn:…" { … } */
static void
tree(map_parser_t *p, map_text_t *out)
{
    map_tree_t *t = xd_alloc(p->arena, sizeof(*t)), **slot;

    if (t == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    *t = (map_tree_t){ .form = { .kind = XD_SHAPE_GROUP, .at = p->t.at },
        .has = XD_VEC(xd_str_t),
        .spaces = XD_VEC(map_space_t) };
    t->form.parts = XD_VEC(map_form_t *);
    t->form.name = own(p, map_want_word(p, "the name of the tree"));
    map_want_mark(p, '=');
    if (!took_word(p, "xml")) {
        map_unexpected(p, "xml");
    }
    t->root = map_want_word(p, "the name of the root element");
    if (p->t.kind == MAP_T_TEXT) {
        t->space = map_take_word(p).text;
    }
    if (!p->bad && took_word(p, "has")) {
        known_by(p, t);
    }
    if (!p->bad) {
        attributes(p, &t->form);
        parts(p, &t->form);
    }

    slot = p->bad ? NULL : xd_vec_push(&out->trees, p->arena);
    if (slot != NULL) {
        *slot = t;
    }
}


static void
shape(map_parser_t *p, map_text_t *out)
{
    map_form_t *form =
        form_new(p, map_want_word(p, "the name of the shape"), XD_SHAPE_GROUP);
    map_form_t **slot;

    if (form == NULL) {
        return;
    }

    attributes(p, form);
    parts(p, form);
    slot = p->bad ? NULL : xd_vec_push(&out->shapes, p->arena);
    if (slot != NULL) {
        *slot = form;
    }
}


static void
prefix(map_parser_t *p, map_text_t *out)
{
    map_space_t *space = xd_vec_push(&out->spaces, p->arena);

    if (space == NULL) {
        p->rc = XD_E_MEMORY;
        p->bad = true;
        return;
    }

    space->prefix = map_want_word(p, "a prefix");
    map_want_mark(p, '=');
    if (p->t.kind != MAP_T_TEXT) {
        map_unexpected(p, "a namespace between \"");
        return;
    }
    space->uri = own(p, map_take_word(p).text);
}


/* test Request/@deploymentMode = test */
static void
test(map_parser_t *p, map_text_t *out)
{
    out->test_at = p->t.at;
    out->test_path = map_parse_key(p, map_want_word(p, "a path"));
    map_want_mark(p, '=');
    out->test_code = map_want_code(p, "the value of a test");
}


bool
map_parse_tree(map_parser_t *p, map_text_t *out)
{
    static const struct {
        const char *word;
        void (*parse)(map_parser_t *p, map_text_t *out);
    } words[] = { { "tree", tree }, { "shape", shape }, { "prefix", prefix },
        { "test", test } };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        map_lexer_t ahead = p->lexer;

        if (map_is_word(p, words[i].word) && map_lex(&ahead).kind == MAP_T_WORD)
        {
            (void) map_take_word(p);
            words[i].parse(p, out);
            return true;
        }
    }

    return false;
}


/* cac:TaxScheme/cbc:ID, cbc:ID/@schemeID, text() */
xd_str_t
map_parse_key(map_parser_t *p, xd_str_t first)
{
    xd_str_t key = first;

    if (!p->bad && xd_str_is(first, "text") && map_is_mark(p, '(')
        && p->t.glued) {
        (void) map_take_word(p);
        map_want_mark(p, ')');
        return XD_STR("#text");
    }

    while (!p->bad && map_is_mark(p, '/') && p->t.glued) {
        xd_str_t next;

        (void) map_take_word(p);
        next = map_want_word(p, "the name of a part");
        key.len = p->bad ? key.len : (size_t) (next.ptr - key.ptr) + next.len;
    }

    return key;
}
