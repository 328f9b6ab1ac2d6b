/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The reader: one pass, no recursion, the stack is the tree's own parents.
 * Line ends can stand only between tokens, so only the blanks count lines.
 */

#include "format/json.h"

#include "format/json_fault.h"
#include "format/json_scan.h"
#include "format/json_string.h"


#define DEPTH_DEFAULT   128
#define MEMBERS_DEFAULT 1000000
#define CHUNK           16 /* nodes taken from the arena at once */
#define FEW             8  /* members that are compared one by one */
#define VALUE_SHOWN     24 /* bytes of the text that a finding quotes */

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    const char *start, *p, *end;
    const char *line_start;
    uint32_t line;
    xd_json_limits_t limits;
    uint32_t depth, members;
    xd_node_t *root;
    xd_node_t *open;  /* innermost object or array; NULL outside */
    xd_node_t *chunk; /* nodes not used yet */
    uint32_t left;
    xd_str_t key;  /* of the member being read; ptr NULL: none */
    bool in_value; /* false: between two children */
} reader_t;


/* Where the fault is in the document: the open value and what was read. */
static xd_str_t
fault_path(reader_t *r)
{
    xd_node_t *node;

    if (r->open == NULL) {
        return XD_STR("");
    }

    /* The tree is given up anyway, so its last child may be a stand-in. */
    node = xd_node_new(r->arena, XD_NULL);
    if (node == NULL || (r->key.ptr == NULL && !r->in_value)) {
        return xd_pointer_of(r->arena, r->open);
    }

    node->key = r->key;
    node = xd_node_add(r->arena, r->open, node);

    return xd_pointer_of(r->arena, node == NULL ? r->open : node);
}


static xd_finding_t
finding(const reader_t *r, xd_json_fault_t what, const char *at)
{
    size_t left = (size_t) (r->end - at);

    return (xd_finding_t){ .severity = XD_ERROR,
        .scope = XD_SCOPE_FILE,
        .offset = (size_t) (at - r->start),
        .line = r->line,
        .column = (uint32_t) (at - r->line_start) + 1,
        .rule = xd_json_faults[what].rule,
        .value = { at, left < VALUE_SHOWN ? left : VALUE_SHOWN },
        .text = xd_str(xd_json_faults[what].text) };
}


static xd_rc_t
fault(reader_t *r, xd_json_fault_t what, const char *at)
{
    xd_finding_t f = finding(r, what, at);

    f.path = fault_path(r);
    xd_report(r->rep, &f);

    return xd_json_faults[what].rc;
}


static inline void
skip_blanks(reader_t *r)
{
    const char *p = r->p;

    while (p < r->end && (unsigned char) *p <= ' ') {
        if (*p == '\n') {
            r->line++;
            r->line_start = p + 1;
            p = xd_json_blanks(p + 1, r->end);

        } else if (*p == ' ' || *p == '\t' || *p == '\r') {
            p++;

        } else {
            break;
        }
    }

    r->p = p;
}


/* A node at the place where the reader stands.  Nodes come in chunks: one
 * call of the arena for CHUNK of them. */
static xd_node_t *
new_node(reader_t *r)
{
    xd_node_t *node;

    if (r->left == 0) {
        r->chunk = xd_alloc_n(r->arena, CHUNK, sizeof(xd_node_t));
        if (r->chunk == NULL) {
            return NULL;
        }
        r->left = CHUNK;
    }

    r->left--;
    node = r->chunk++;
    node->line = r->line;
    node->column = (uint32_t) (r->p - r->line_start) + 1;
    node->offset = (size_t) (r->p - r->start);
    node->key = r->key;

    return node;
}


/* Hangs a value into the open one, or makes it the root. */
static xd_rc_t
add_node(reader_t *r, xd_node_t *node)
{
    r->key = XD_STR_NONE;
    r->in_value = false;

    if (r->open == NULL) {
        r->root = node;
        return XD_OK;
    }

    return xd_node_add(r->arena, r->open, node) == NULL ? XD_E_MEMORY : XD_OK;
}


/* A string with escapes, or bytes above 7F, or a fault. */
static xd_rc_t
read_marked(reader_t *r, xd_str_t *out)
{
    xd_json_fault_t what = XD_JSON_UNENDED;
    const char *at = r->p;
    xd_rc_t rc = xd_json_string_read(r->arena, &at, r->end, out, &what);

    if (rc == XD_E_SYNTAX) {
        return fault(r, what, at);
    }

    r->p = at;

    return rc;
}


/* Most strings are plain up to their quote; the others take the long way. */
static inline xd_rc_t
read_string(reader_t *r, xd_str_t *out)
{
    const char *behind = xd_json_plain(r->p + 1, r->end);

    if (behind < r->end && *behind == '"') {
        *out = (xd_str_t){ r->p + 1, (size_t) (behind - r->p) - 1 };
        r->p = behind + 1;
        return XD_OK;
    }

    return read_marked(r, out);
}


static const char *
skip_digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9') {
        p++;
    }

    return p;
}


/* Behind one or more digits; NULL when there is none. */
static const char *
some_digits(const char *p, const char *end)
{
    const char *behind = skip_digits(p, end);

    return behind == p ? NULL : behind;
}


/* Behind the number that begins at p; NULL when it is none. */
static const char *
number_end(const char *p, const char *end)
{
    p += p < end && *p == '-';
    p = p < end && *p == '0' ? p + 1 : some_digits(p, end);

    if (p != NULL && p < end && *p == '.') {
        p = some_digits(p + 1, end);
    }

    if (p != NULL && p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        p = some_digits(p, end);
    }

    /* "01", "1.2.3" and "0x1" are one wrong number, not two tokens. */
    if (p != NULL && p < end
        && ((*p >= '0' && *p <= '9') || *p == '.' || *p == 'x'))
    {
        return NULL;
    }

    return p;
}


static xd_rc_t
read_number(reader_t *r, xd_node_t *node)
{
    const char *behind = number_end(r->p, r->end);

    if (behind == NULL) {
        return fault(r, XD_JSON_NUMBER, r->p);
    }

    node->kind = XD_NUMBER;
    node->text = (xd_str_t){ r->p, (size_t) (behind - r->p) };
    r->p = behind;

    return XD_OK;
}


/* true, false or null. */
static xd_rc_t
read_word(reader_t *r, xd_node_t *node)
{
    static const struct {
        const char *text;
        size_t len;
        xd_kind_t kind;
        bool truth;
    } words[] = {
        { "true", 4, XD_BOOL, true },
        { "false", 5, XD_BOOL, false },
        { "null", 4, XD_NULL, false },
    };
    size_t left = (size_t) (r->end - r->p);

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (left >= words[i].len
            && memcmp(r->p, words[i].text, words[i].len) == 0) {
            node->kind = words[i].kind;
            node->truth = words[i].truth;
            r->p += words[i].len;
            return XD_OK;
        }
    }

    return fault(r, XD_JSON_VALUE, r->p);
}


static xd_rc_t
read_scalar(reader_t *r, xd_node_t *node)
{
    char c = *r->p;
    xd_rc_t rc;

    if (c == '"') {
        node->kind = XD_STRING;
        rc = read_string(r, &node->text);

    } else if ((c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.') {
        rc = read_number(r, node);

    } else {
        rc = read_word(r, node);
    }

    return rc == XD_OK ? add_node(r, node) : rc;
}


static xd_rc_t
open_value(reader_t *r, xd_node_t *node)
{
    xd_rc_t rc;

    if (r->depth == r->limits.depth) {
        return fault(r, XD_JSON_DEPTH, r->p);
    }

    node->kind = *r->p == '{' ? XD_OBJECT : XD_ARRAY;

    rc = add_node(r, node);
    if (rc == XD_OK) {
        r->depth++;
        r->p++;
        r->open = node;
    }

    return rc;
}


/* A scalar, or the opening bracket of an object or array. */
static xd_rc_t
read_value(reader_t *r)
{
    xd_node_t *node;

    r->in_value = true;

    if (r->p == r->end) {
        return fault(r, r->open == NULL ? XD_JSON_EMPTY : XD_JSON_UNCLOSED,
            r->p);
    }

    if (r->members++ == r->limits.members) {
        return fault(r, XD_JSON_MEMBERS, r->p);
    }

    node = new_node(r);
    if (node == NULL) {
        return XD_E_MEMORY;
    }

    return *r->p == '{' || *r->p == '[' ? open_value(r, node)
                                        : read_scalar(r, node);
}


/* Has the open object a member of this name? */
static bool
has_member(const xd_node_t *obj, xd_str_t key)
{
    if (obj->count > FEW) {
        return xd_get_str(obj, key) != NULL;
    }

    xd_each (child, obj) {
        if (xd_str_eq(child->key, key)) {
            return true;
        }
    }

    return false;
}


/* A member's name and its colon. */
static xd_rc_t
read_name(reader_t *r)
{
    const char *at = r->p;
    xd_str_t key;
    xd_rc_t rc;

    if (r->p == r->end || *r->p != '"') {
        return fault(r, r->p == r->end ? XD_JSON_UNCLOSED : XD_JSON_NAME, r->p);
    }

    rc = read_string(r, &key);
    if (rc != XD_OK) {
        return rc;
    }

    r->key = key;
    if (!r->limits.allow_duplicates && has_member(r->open, key)) {
        return fault(r, XD_JSON_DUPLICATE, at);
    }

    skip_blanks(r);
    if (r->p == r->end || *r->p != ':') {
        return fault(r, r->p == r->end ? XD_JSON_UNCLOSED : XD_JSON_COLON,
            r->p);
    }

    r->p++;
    skip_blanks(r);

    return XD_OK;
}


static void
close_value(reader_t *r)
{
    r->p++;
    r->depth--;
    r->open = r->open->parent;
}


/* The comma before every child but the first. */
static xd_rc_t
read_comma(reader_t *r, char close)
{
    if (r->open->count == 0) {
        return XD_OK;
    }

    if (*r->p != ',') {
        return fault(r, XD_JSON_COMMA, r->p);
    }

    r->p++;
    skip_blanks(r);

    if (r->p < r->end && *r->p == close) {
        return fault(r, XD_JSON_TRAILING_COMMA, r->p);
    }

    return XD_OK;
}


/* One more child of the open value, or its end. */
static xd_rc_t
read_child(reader_t *r)
{
    bool object = r->open->kind == XD_OBJECT;
    char close = object ? '}' : ']';
    xd_rc_t rc;

    skip_blanks(r);
    if (r->p == r->end) {
        return fault(r, XD_JSON_UNCLOSED, r->p);
    }

    if (*r->p == close) {
        close_value(r);
        return XD_OK;
    }

    rc = read_comma(r, close);
    if (rc == XD_OK && object) {
        rc = read_name(r);
    }

    return rc == XD_OK ? read_value(r) : rc;
}


/* Steps over a byte order mark where it is tolerated. */
static xd_rc_t
read_bom(reader_t *r)
{
    xd_finding_t f;

    if (r->end - r->p < 3 || memcmp(r->p, "\xEF\xBB\xBF", 3) != 0) {
        return XD_OK;
    }

    if (!r->limits.allow_bom) {
        return fault(r, XD_JSON_BOM, r->p);
    }

    f = finding(r, XD_JSON_BOM, r->p);
    f.severity = XD_INFO;
    f.path = XD_STR("");
    xd_report(r->rep, &f);
    r->p += 3;

    return XD_OK;
}


static xd_rc_t
read_text(reader_t *r)
{
    xd_rc_t rc;

    if ((size_t) (r->end - r->start) > UINT32_MAX) {
        return fault(r, XD_JSON_SIZE, r->p);
    }

    rc = read_bom(r);
    if (rc == XD_OK) {
        skip_blanks(r);
        rc = read_value(r);
    }

    while (rc == XD_OK && r->open != NULL) {
        rc = read_child(r);
    }

    if (rc != XD_OK) {
        return rc;
    }

    skip_blanks(r);

    return r->p == r->end ? XD_OK : fault(r, XD_JSON_BEHIND, r->p);
}


xd_rc_t
xd_json_read(xd_arena_t *arena, xd_str_t bytes, const xd_json_limits_t *limits,
    xd_node_t **out, xd_report_t *rep)
{
    /* An empty slice may be NULL, which pointer arithmetic must not see. */
    const char *start = bytes.len == 0 ? "" : bytes.ptr;
    reader_t r = { .arena = arena,
        .rep = rep,
        .start = start,
        .p = start,
        .end = start + bytes.len,
        .line_start = start,
        .line = 1 };
    xd_rc_t rc;

    if (limits != NULL) {
        r.limits = *limits;
    }
    if (r.limits.depth == 0) {
        r.limits.depth = DEPTH_DEFAULT;
    }
    if (r.limits.members == 0) {
        r.limits.members = MEMBERS_DEFAULT;
    }

    rc = read_text(&r);
    if (rc == XD_OK) {
        *out = r.root;
    }

    return rc;
}
