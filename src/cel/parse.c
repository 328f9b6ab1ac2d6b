/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Words into a tree, by recursive descent.  Nesting has a limit, so the stack
 * has one; whoever walks the tree later relies on the same limit, since each
 * node knows its depth.
 */

#include "cel/room.h"

static cel_node_t *expression(cel_reader_t *r);
static cel_node_t *unary(cel_reader_t *r);


cel_node_t *
cel_node(cel_reader_t *r, cel_node_kind_t kind, uint32_t at, uint32_t nargs)
{
    cel_node_t *node;

    if (r->nodes++ >= r->nodes_most) {
        return cel_fault(r, XD_E_LIMIT, at,
            "the expression has more than %u parts", r->nodes_most);
    }

    node = xd_alloc(r->arena, sizeof(*node));
    if (node != NULL && nargs > 0) {
        node->args = xd_alloc_n(r->arena, nargs, sizeof(cel_node_t *));
    }

    if (node == NULL || (nargs > 0 && node->args == NULL)) {
        return cel_fault(r, XD_E_MEMORY, at, "%s", xd_rc_text(XD_E_MEMORY));
    }

    node->kind = kind;
    node->at = at;
    node->nargs = nargs;
    node->depth = 1;
    node->slot = node->slot2 = -1;

    return node;
}


bool
cel_arg(cel_reader_t *r, cel_node_t *node, uint32_t n, cel_node_t *arg)
{
    if (node == NULL || arg == NULL) {
        return false;
    }

    node->args[n] = arg;
    node->depth = arg->depth + 1 > node->depth ? arg->depth + 1 : node->depth;
    if (node->depth > r->depth_most) {
        cel_fault(r, XD_E_LIMIT, node->at, "more than %u parts are nested",
            r->depth_most);
        return false;
    }

    return true;
}


static bool
at_sign(const cel_reader_t *r, const char *text)
{
    return r->token.kind == CEL_T_SIGN && xd_str_is(r->token.text, text);
}


static bool
take(cel_reader_t *r, const char *text)
{
    if (!at_sign(r, text)) {
        return false;
    }

    cel_next(r);

    return true;
}


static bool
need(cel_reader_t *r, const char *text)
{
    if (take(r, text)) {
        return true;
    }

    if (r->token.kind == CEL_T_END) {
        cel_fault(r, XD_E_SYNTAX, r->token.at,
            "the expression ends where \"%s\" should stand", text);
    } else {
        cel_fault(r, XD_E_SYNTAX, r->token.at, "\"%s\" should stand here",
            text);
    }

    return false;
}


bool
cel_is_reserved(xd_str_t name)
{
    static const char *const words[] = { "as", "break", "const", "continue",
        "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while", "in", "true", "false",
        "null" };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (xd_str_is(name, words[i])) {
            return true;
        }
    }

    return false;
}


static cel_node_t *
literal(cel_reader_t *r, xd_cel_value_t value)
{
    cel_node_t *node = cel_node(r, CEL_CONST, r->token.at, 0);

    if (node != NULL) {
        node->value = value;
        cel_next(r);
    }

    return node;
}


static cel_node_t *
integer(cel_reader_t *r, bool negative)
{
    uint64_t n = r->token.value.as.natural;
    uint64_t most = (uint64_t) INT64_MAX + (negative ? 1 : 0);

    if (n > most) {
        return cel_fault(r, XD_E_SYNTAX, r->token.at,
            "%.*s does not fit in an int; write %.*su for a uint",
            XD_FMT(r->token.text), XD_FMT(r->token.text));
    }

    return literal(r, cel_int(negative ? (int64_t) (0 - n) : (int64_t) n));
}


/* -- lists of things ------------------------------------------------------ */

static bool
push(cel_reader_t *r, xd_vec_t *vec, cel_node_t *node)
{
    cel_node_t **at = node == NULL ? NULL : xd_vec_push(vec, r->arena);

    if (at == NULL) {
        cel_fault(r, XD_E_MEMORY, r->token.at, "%s", xd_rc_text(XD_E_MEMORY));
        return false;
    }

    *at = node;

    return true;
}


static cel_node_t *
gather(cel_reader_t *r, cel_node_kind_t kind, uint32_t at, const xd_vec_t *vec)
{
    cel_node_t *node = cel_node(r, kind, at, (uint32_t) vec->count);

    for (size_t i = 0; i < vec->count; i++) {
        if (!cel_arg(r, node, (uint32_t) i, *XD_AT(vec, cel_node_t *, i))) {
            return NULL;
        }
    }

    return node;
}


/* Elements up to close; a comma may stand before it when loose. */
static bool
elements(cel_reader_t *r, xd_vec_t *vec, const char *close, bool loose)
{
    while (!at_sign(r, close)) {
        bool maybe = loose && take(r, "?");
        cel_node_t *e = expression(r);

        if (!push(r, vec, e)) {
            return false;
        }

        e->maybe = maybe;
        if (!take(r, ",")) {
            break;
        }

        if (!loose && at_sign(r, close)) {
            return need(r, "an argument");
        }
    }

    return need(r, close);
}


static cel_node_t *
map_literal(cel_reader_t *r)
{
    xd_vec_t vec = XD_VEC(cel_node_t *);
    uint32_t at = r->token.at;

    cel_next(r);
    while (!at_sign(r, "}")) {
        bool maybe = take(r, "?");
        cel_node_t *key = expression(r);

        if (!push(r, &vec, key) || !need(r, ":")
            || !push(r, &vec, expression(r))) {
            return NULL;
        }

        key->maybe = maybe;
        if (!take(r, ",")) {
            break;
        }
    }

    return need(r, "}") ? gather(r, CEL_MAP, at, &vec) : NULL;
}


static cel_node_t *
list_literal(cel_reader_t *r)
{
    xd_vec_t vec = XD_VEC(cel_node_t *);
    uint32_t at = r->token.at;

    cel_next(r);

    return elements(r, &vec, "]", true) ? gather(r, CEL_LIST, at, &vec) : NULL;
}


/* -- calls ---------------------------------------------------------------- */

/* math.abs(x) is a function of that name, not a call of something in math. */
static bool
is_namespaced(cel_reader_t *r, const cel_node_t *target, xd_str_t *name)
{
    xd_str_t whole;

    if (target == NULL || target->kind != CEL_IDENT) {
        return false;
    }

    whole = xd_fmt(r->arena, "%.*s.%.*s", XD_FMT(target->name), XD_FMT(*name));
    if (whole.ptr == NULL) {
        cel_fault(r, XD_E_MEMORY, target->at, "%s", xd_rc_text(XD_E_MEMORY));
        return false;
    }

    if (cel_rows_find(whole, false) == NULL && !xd_str_is(target->name, "cel"))
    {
        return false;
    }

    *name = whole;

    return true;
}


/* At "(": name and target are read. */
static cel_node_t *
call(cel_reader_t *r, uint32_t at, xd_str_t name, cel_node_t *target)
{
    xd_vec_t vec = XD_VEC(cel_node_t *);
    cel_node_t *node;

    if (is_namespaced(r, target, &name)) {
        target = NULL;
    }

    if (target != NULL && !push(r, &vec, target)) {
        return NULL;
    }

    cel_next(r);
    if (!elements(r, &vec, ")", false)) {
        return NULL;
    }

    node = gather(r, CEL_CALL, at, &vec);
    if (node == NULL) {
        return NULL;
    }

    node->name = name;
    node->member = target != NULL;

    return cel_macro(r, node);
}


static cel_node_t *
named(cel_reader_t *r)
{
    uint32_t at = r->token.at;
    xd_str_t name;
    cel_node_t *node;
    bool rooted = take(r, ".");

    name = r->token.text;
    if (r->token.kind != CEL_T_NAME || cel_is_reserved(name)) {
        return cel_fault(r, XD_E_SYNTAX, r->token.at,
            r->token.kind == CEL_T_NAME ? "\"%.*s\" is a reserved word"
                                        : "a name should stand here%.*s",
            XD_FMT(name));
    }

    cel_next(r);
    if (at_sign(r, "(")) {
        return call(r, at, name, NULL);
    }

    node = cel_node(r, CEL_IDENT, at, 0);
    if (node != NULL) {
        node->name = name;
        node->test = rooted;
    }

    return node;
}


static cel_node_t *
constant_word(cel_reader_t *r, bool *found)
{
    xd_str_t word = r->token.text;

    *found = true;
    if (xd_str_is(word, "true") || xd_str_is(word, "false")) {
        return literal(r, cel_bool(word.ptr[0] == 't'));
    }

    if (xd_str_is(word, "null")) {
        return literal(r, (xd_cel_value_t){ .kind = XD_CEL_NULL });
    }

    *found = false;

    return NULL;
}


static cel_node_t *
parenthesis(cel_reader_t *r)
{
    cel_node_t *node;

    cel_next(r);
    node = expression(r);

    return node != NULL && need(r, ")") ? node : NULL;
}


static cel_node_t *
primary(cel_reader_t *r)
{
    cel_node_t *node;
    bool found;

    switch (r->token.kind) {
    case CEL_T_INT:
        return integer(r, false);
    case CEL_T_UINT:
    case CEL_T_DOUBLE:
    case CEL_T_STRING:
    case CEL_T_BYTES:
        return literal(r, r->token.value);
    case CEL_T_NAME:
        node = constant_word(r, &found);
        return found ? node : named(r);
    case CEL_T_END:
        return cel_fault(r, XD_E_SYNTAX, r->token.at,
            "the expression ends where a value should stand");
    default:
        break;
    }

    if (at_sign(r, "(")) {
        return parenthesis(r);
    }

    if (at_sign(r, "[")) {
        return list_literal(r);
    }

    if (at_sign(r, "{")) {
        return map_literal(r);
    }

    if (at_sign(r, ".")) {
        return named(r);
    }

    return cel_fault(r, XD_E_SYNTAX, r->token.at,
        "a value should stand here, not \"%.*s\"", XD_FMT(r->token.text));
}


static cel_node_t *
select_or_call(cel_reader_t *r, cel_node_t *of)
{
    uint32_t at = r->token.at;
    cel_node_t *node;
    xd_str_t name;
    bool optional;
    bool quoted;

    cel_next(r);
    optional = take(r, "?");
    name = r->token.text;
    quoted = r->token.kind == CEL_T_QUOTED;

    if ((r->token.kind != CEL_T_NAME && !quoted) || xd_str_is(name, "in")
        || xd_str_is(name, "true") || xd_str_is(name, "false")
        || xd_str_is(name, "null"))
    {
        return cel_fault(r, XD_E_SYNTAX, r->token.at,
            "the name of a member should stand behind the dot");
    }

    cel_next(r);
    if (!optional && !quoted && at_sign(r, "(")) {
        return call(r, at, name, of);
    }

    node = cel_node(r, CEL_SELECT, at, 1);
    if (!cel_arg(r, node, 0, of)) {
        return NULL;
    }

    node->name = name;
    node->optional = optional;

    return node;
}


static cel_node_t *
indexed(cel_reader_t *r, cel_node_t *of)
{
    cel_node_t *node = cel_node(r, CEL_INDEX, r->token.at, 2);

    cel_next(r);
    if (node == NULL) {
        return NULL;
    }

    node->optional = take(r, "?");
    if (!cel_arg(r, node, 0, of) || !cel_arg(r, node, 1, expression(r))) {
        return NULL;
    }

    return need(r, "]") ? node : NULL;
}


static cel_node_t *
member(cel_reader_t *r)
{
    cel_node_t *node = primary(r);

    while (node != NULL) {
        if (at_sign(r, ".")) {
            node = select_or_call(r, node);
        } else if (at_sign(r, "[")) {
            node = indexed(r, node);
        } else {
            break;
        }
    }

    return node;
}


/* -- operators ------------------------------------------------------------ */

static cel_node_t *
operation(cel_reader_t *r, const char *name, uint32_t at, cel_node_t *a,
    cel_node_t *b)
{
    cel_node_t *node = cel_node(r, CEL_CALL, at, b != NULL ? 2 : 1);

    if (!cel_arg(r, node, 0, a) || (b != NULL && !cel_arg(r, node, 1, b))) {
        return NULL;
    }

    node->name = xd_str(name);

    return node;
}


/* A row of "!" or "-" may be long: it is counted, not nested. */
static cel_node_t *
unary(cel_reader_t *r)
{
    char sign = r->token.kind == CEL_T_SIGN ? r->token.text.ptr[0] : '\0';
    uint32_t at = r->token.at;
    unsigned times = 0;
    cel_node_t *node;

    if (!at_sign(r, "!") && !at_sign(r, "-")) {
        return member(r);
    }

    while (r->token.kind == CEL_T_SIGN && r->token.text.len == 1
           && r->token.text.ptr[0] == sign)
    {
        times++;
        cel_next(r);
    }

    if (sign == '-' && times == 1 && r->token.kind == CEL_T_INT) {
        /* A literal may be followed by a call: -1.abs() is none here. */
        node = integer(r, true);
        if (node != NULL) {
            node->at = at;
        }

        return node;
    }

    node = member(r);
    for (; node != NULL && times > 0; times--) {
        node = operation(r, sign == '!' ? "!_" : "-_", at, node, NULL);
    }

    return node;
}


/* What binds tighter has the higher level. */
static const struct {
    const char *sign, *name;
    int level;
    cel_node_kind_t kind;
} operators[] = {
    { "==", "_==_", 1, CEL_EQUAL },
    { "!=", "_!=_", 1, CEL_UNEQUAL },
    { "<", "_<_", 1, CEL_CALL },
    { "<=", "_<=_", 1, CEL_CALL },
    { ">", "_>_", 1, CEL_CALL },
    { ">=", "_>=_", 1, CEL_CALL },
    { "in", "_in_", 1, CEL_IN },
    { "+", "_+_", 2, CEL_CALL },
    { "-", "_-_", 2, CEL_CALL },
    { "*", "_*_", 3, CEL_CALL },
    { "/", "_/_", 3, CEL_CALL },
    { "%", "_%_", 3, CEL_CALL },
};

#define OPERATORS (sizeof(operators) / sizeof(operators[0]))


static size_t
operator_at(const cel_reader_t *r, int level)
{
    size_t i = 0;

    if (r->token.kind != CEL_T_SIGN && r->token.kind != CEL_T_NAME) {
        return OPERATORS;
    }

    while (i < OPERATORS
           && (operators[i].level != level
               || !xd_str_is(r->token.text, operators[i].sign)))
    {
        i++;
    }

    return i;
}


static cel_node_t *
binary(cel_reader_t *r, int level)
{
    cel_node_t *node = level > 3 ? unary(r) : binary(r, level + 1);
    size_t op;

    while (level <= 3 && node != NULL
           && (op = operator_at(r, level)) < OPERATORS) {
        uint32_t at = r->token.at;
        cel_node_t *right;

        cel_next(r);
        right = binary(r, level + 1);
        node = right == NULL
                   ? NULL
                   : operation(r, operators[op].name, at, node, right);
        if (node != NULL) {
            node->kind = operators[op].kind;
        }
    }

    return node;
}


static cel_node_t *
logical(cel_reader_t *r, bool or)
{
    xd_vec_t vec = XD_VEC(cel_node_t *);
    uint32_t at = r->token.at;
    const char *sign = or ? "||" : "&&";

    do {
        if (!push(r, &vec, or ? logical(r, false) : binary(r, 1))) {
            return NULL;
        }
    } while (take(r, sign));

    if (vec.count == 1) {
        return *XD_AT(&vec, cel_node_t *, 0);
    }

    return gather(r, or ? CEL_OR : CEL_AND, at, &vec);
}


static cel_node_t *
conditional(cel_reader_t *r)
{
    cel_node_t *node = logical(r, true);
    cel_node_t *choice;
    uint32_t at = r->token.at;

    if (node == NULL || !take(r, "?")) {
        return node;
    }

    choice = cel_node(r, CEL_IF, at, 3);
    if (!cel_arg(r, choice, 0, node) || !cel_arg(r, choice, 1, logical(r, true))
        || !need(r, ":") || !cel_arg(r, choice, 2, expression(r)))
    {
        return NULL;
    }

    return choice;
}


static cel_node_t *
expression(cel_reader_t *r)
{
    cel_node_t *node;

    if (++r->depth > r->depth_most) {
        return cel_fault(r, XD_E_LIMIT, r->token.at,
            "more than %u parts are nested", r->depth_most);
    }

    node = conditional(r);
    r->depth--;

    return r->rc == XD_OK ? node : NULL;
}


cel_node_t *
cel_parse(cel_reader_t *r)
{
    cel_node_t *node;

    cel_next(r);
    node = expression(r);
    if (node != NULL && r->token.kind != CEL_T_END) {
        return cel_fault(r, XD_E_SYNTAX, r->token.at,
            "the expression should end before \"%.*s\"", XD_FMT(r->token.text));
    }

    return node;
}
