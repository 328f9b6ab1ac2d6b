/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * libfyaml's events into our tree.  Its document builder is not used: it
 * resolves aliases, knows YAML's own types and throws places away, all of
 * which the profile in yaml.h wants otherwise.
 */

#include "format/yaml.h"

#include <libfyaml.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "tree/number.h"


#define DEPTH_MAX 64

typedef struct {
    size_t offset;
    uint32_t line, column; /* from 1 */
} place_t;

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    xd_str_t bytes;
    xd_node_t *root, *open; /* open: the innermost collection */
    bool have_key;          /* of a member whose value comes next */
    xd_str_t key;
    place_t key_at;
    place_t last; /* where counting of lines stopped */
    uint32_t depth, documents;
    size_t faults;
    xd_buf_t text; /* of the scalar at hand */
} reader_t;

typedef xd_rc_t event_fn(reader_t *r, const struct fy_event *event);


/* The place of a byte.  Events come in the order of the text, so lines are
 * counted once. */
static place_t
place_of(reader_t *r, size_t offset)
{
    place_t at = r->last;

    if (offset < at.offset) {
        at = (place_t){ 0, 1, 1 };
    }

    for (; at.offset < offset && at.offset < r->bytes.len; at.offset++) {
        at.column++;
        if (r->bytes.ptr[at.offset] == '\n') {
            at.line++;
            at.column = 1;
        }
    }

    r->last = at;
    return at;
}


static void
fault(reader_t *r, const char *rule, place_t at, const xd_node_t *node,
    const char *text)
{
    r->faults++;
    xd_report(r->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_FILE,
            .offset = at.offset,
            .line = at.line,
            .column = at.column,
            .rule = rule,
            .path = node != NULL ? xd_pointer_of(r->arena, node) : XD_STR(""),
            .text = xd_str(text) });
}


static place_t
place_of_node(const xd_node_t *node)
{
    return (place_t){ node->offset, node->line, node->column };
}


/* Where an event stands.  An empty value has no mark, and a block collection
 * starts lines below: people look for both at the key. */
static place_t
place_of_event(reader_t *r, const struct fy_event *event, bool collection)
{
    const struct fy_mark *mark =
        fy_event_start_mark((struct fy_event *) (uintptr_t) event);
    bool flow = mark != NULL && mark->input_pos < r->bytes.len
                && strchr("[{", r->bytes.ptr[mark->input_pos]) != NULL;

    if (r->have_key && (mark == NULL || (collection && !flow))) {
        return r->key_at;
    }

    if (mark == NULL) {
        return r->open != NULL ? place_of_node(r->open) : place_of(r, 0);
    }

    return place_of(r, mark->input_pos);
}


static xd_rc_t
add(reader_t *r, xd_kind_t kind, place_t at, xd_node_t **out)
{
    xd_node_t *node = xd_node_new(r->arena, kind);

    if (node == NULL) {
        return XD_E_MEMORY;
    }

    node->offset = at.offset;
    node->line = at.line;
    node->column = at.column;
    node->key = r->key;
    r->key = XD_STR_NONE;
    r->have_key = false;
    *out = node;

    if (r->open == NULL) {
        r->root = node;
        return XD_OK;
    }

    return xd_node_add(r->arena, r->open, node) != NULL ? XD_OK : XD_E_MEMORY;
}


/* In a mapping texts take turns: key, value, key. */
static bool
key_wanted(const reader_t *r)
{
    return r->open != NULL && r->open->kind == XD_OBJECT && !r->have_key;
}


/* Without a key nothing behind it can be put in its place: reading ends. */
static xd_rc_t
no_key(reader_t *r, place_t at)
{
    fault(r, "yaml.key", at, r->open,
        "A key must be a plain or quoted text, not a collection, an alias "
        "or nothing.");

    return XD_E_SYNTAX;
}


static void
check_properties(reader_t *r, const xd_node_t *node, struct fy_token *anchor,
    struct fy_token *tag)
{
    if (anchor != NULL) {
        fault(r, "yaml.anchor", place_of_node(node), node,
            "Anchors (&name) are not served: write the value where it is "
            "used.");
    }

    if (tag != NULL) {
        fault(r, "yaml.tag", place_of_node(node), node,
            "Tags (!name) are not served: quote the value to make it a "
            "text.");
    }
}


/* Only plain texts are looked at: quotes make anything a text, and that is how
 * people say so. */
static xd_kind_t
plain_kind(xd_str_t s)
{
    static const struct {
        const char *text;
        xd_kind_t kind;
    } words[] = {
        { "", XD_NULL },
        { "null", XD_NULL },
        { "true", XD_BOOL },
        { "false", XD_BOOL },
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (xd_str_is(s, words[i].text)) {
            return words[i].kind;
        }
    }

    return xd_number_valid(s) ? XD_NUMBER : XD_STRING;
}


static xd_rc_t
take_key(reader_t *r, xd_str_t text, place_t at)
{
    const xd_node_t *twin = xd_get_str(r->open, text);

    if (twin != NULL) {
        fault(r, "yaml.duplicate-key", at, twin,
            "This key stands twice in its mapping: remove one of them.");
    }

    if (xd_str_is(text, "<<")) {
        fault(r, "yaml.merge", at, r->open,
            "Merge keys (<<) are not served: write the members out.");
    }

    r->key = xd_dup(r->arena, text);
    r->key_at = at;
    r->have_key = true;

    return r->key.ptr != NULL ? XD_OK : XD_E_MEMORY;
}


/*
 * The text of a scalar, into r->text.  fy_token_get_text() is not asked: in
 * libfyaml 0.7.12 it measures some texts of several lines longer than they
 * are and leaves bytes of the heap at their end.
 */
static xd_rc_t
read_text(reader_t *r, struct fy_token *token, place_t at)
{
    struct fy_token_iter *iter;
    const struct fy_iter_chunk *chunk = NULL;
    int failed = 0;

    xd_buf_reset(&r->text);
    if (token == NULL) {
        return XD_OK;
    }

    iter = fy_token_iter_create(token);
    if (iter == NULL) {
        return XD_E_MEMORY;
    }

    while ((chunk = fy_token_iter_chunk_next(iter, chunk, &failed)) != NULL) {
        xd_buf_add(&r->text, (xd_str_t){ chunk->str, chunk->len });
    }

    fy_token_iter_destroy(iter);

    /* A header of a block scalar is read only now, with its faults. */
    if (failed != 0) {
        fault(r, "yaml.syntax", at, r->open, "This text cannot be read.");
        return XD_E_SYNTAX;
    }

    return xd_buf_rc(&r->text);
}


static xd_rc_t
on_scalar(reader_t *r, const struct fy_event *event)
{
    struct fy_token *token = event->scalar.value;
    place_t at = place_of_event(r, event, false);
    xd_str_t text;
    bool plain = token == NULL || fy_token_scalar_style(token) == FYSS_PLAIN;
    xd_node_t *node;
    xd_kind_t kind;
    xd_rc_t rc = read_text(r, token, at);

    if (rc != XD_OK) {
        return rc;
    }

    text = r->text.len > 0 ? xd_buf_str(&r->text) : XD_STR("");

    if (key_wanted(r)) {
        return token != NULL && event->scalar.anchor == NULL
                       && event->scalar.tag == NULL
                   ? take_key(r, text, at)
                   : no_key(r, at);
    }

    kind = plain ? plain_kind(text) : XD_STRING;
    rc = add(r, kind, at, &node);
    if (rc != XD_OK) {
        return rc;
    }

    check_properties(r, node, event->scalar.anchor, event->scalar.tag);
    node->truth = kind == XD_BOOL && text.ptr[0] == 't';

    if (kind == XD_STRING || kind == XD_NUMBER) {
        node->text = xd_dup(r->arena, text);
        rc = node->text.ptr != NULL ? XD_OK : XD_E_MEMORY;
    }

    return rc;
}


static xd_rc_t
on_alias(reader_t *r, const struct fy_event *event)
{
    place_t at = place_of_event(r, event, false);
    xd_node_t *node;
    xd_rc_t rc;

    /* libfyaml marks the name, behind its '*'. */
    at.offset--;
    at.column--;

    if (key_wanted(r)) {
        return no_key(r, at);
    }

    rc = add(r, XD_NULL, at, &node);
    if (rc == XD_OK) {
        fault(r, "yaml.alias", at, node,
            "Aliases (*name) are not served: write the value out.");
    }

    return rc;
}


static xd_rc_t
open_collection(reader_t *r, const struct fy_event *event, xd_kind_t kind)
{
    place_t at = place_of_event(r, event, true);
    xd_node_t *node;
    xd_rc_t rc;

    if (key_wanted(r)) {
        return no_key(r, at);
    }

    if (++r->depth > DEPTH_MAX) {
        fault(r, "yaml.depth", at, r->open,
            "Collections are nested more than 64 deep.");
        return XD_E_LIMIT;
    }

    rc = add(r, kind, at, &node);
    if (rc == XD_OK) {
        r->open = node;
    }

    return rc;
}


static xd_rc_t
on_mapping(reader_t *r, const struct fy_event *event)
{
    xd_rc_t rc = open_collection(r, event, XD_OBJECT);

    if (rc == XD_OK) {
        check_properties(r, r->open, event->mapping_start.anchor,
            event->mapping_start.tag);
    }

    return rc;
}


static xd_rc_t
on_sequence(reader_t *r, const struct fy_event *event)
{
    xd_rc_t rc = open_collection(r, event, XD_ARRAY);

    if (rc == XD_OK) {
        check_properties(r, r->open, event->sequence_start.anchor,
            event->sequence_start.tag);
    }

    return rc;
}


static xd_rc_t
on_end(reader_t *r, const struct fy_event *event)
{
    (void) event;
    r->depth--;
    r->open = r->open->parent;

    return XD_OK;
}


static xd_rc_t
on_document(reader_t *r, const struct fy_event *event)
{
    if (r->documents++ == 0) {
        return XD_OK;
    }

    fault(r, "yaml.documents", place_of_event(r, event, false), NULL,
        "A file holds one document: remove the '---' or '...' between "
        "them.");

    return XD_E_SYNTAX;
}


static event_fn *const handlers[] = {
    [FYET_DOCUMENT_START] = on_document,
    [FYET_MAPPING_START] = on_mapping,
    [FYET_MAPPING_END] = on_end,
    [FYET_SEQUENCE_START] = on_sequence,
    [FYET_SEQUENCE_END] = on_end,
    [FYET_SCALAR] = on_scalar,
    [FYET_ALIAS] = on_alias,
};


static xd_rc_t
read_events(reader_t *r, struct fy_parser *fyp)
{
    struct fy_event *event;
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && (event = fy_parser_parse(fyp)) != NULL) {
        size_t type = (size_t) event->type;

        if (type < sizeof(handlers) / sizeof(handlers[0])
            && handlers[type] != NULL) {
            rc = handlers[type](r, event);
        }

        fy_parser_event_free(fyp, event);
    }

    return rc;
}


/* The offset of a line and column as libfyaml counts: both from 1, columns in
 * characters. */
static place_t
place_of_line(reader_t *r, int line, int column)
{
    place_t at = { 0, 1, 1 };

    while (at.offset < r->bytes.len && at.line < (uint32_t) line) {
        at.line += r->bytes.ptr[at.offset++] == '\n';
    }

    for (int left = column; left > 1 && at.offset < r->bytes.len; left--) {
        do {
            at.offset++;
            at.column++;
        } while (at.offset < r->bytes.len
                 && (r->bytes.ptr[at.offset] & 0xC0) == 0x80);
    }

    return at;
}


static xd_rc_t
syntax_fault(reader_t *r, struct fy_diag *diag)
{
    void *walk = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(diag, &walk);
    xd_str_t text;

    /* Some faults end the stream without a word. */
    if (error == NULL) {
        fault(r, "yaml.syntax", r->last, r->open, "This is no YAML.");
        return XD_E_SYNTAX;
    }

    text = xd_fmt(r->arena, "This is no YAML: %s.", error->msg);
    fault(r, "yaml.syntax", place_of_line(r, error->line, error->column),
        r->open, text.ptr != NULL ? text.ptr : "This is no YAML.");

    return XD_E_SYNTAX;
}


/*
 * libfyaml quietly ends its input at a NUL or an ill-formed byte, and 0.7.12
 * can crash where tabs stand between tokens, so these are looked for first.
 */
static bool
text_only(reader_t *r)
{
    size_t ok = xd_utf8_valid(r->bytes);
    size_t i = 0;

    while (i < ok
           && ((unsigned char) r->bytes.ptr[i] >= ' '
               || (r->bytes.ptr[i] != '\0'
                   && strchr("\n\r", r->bytes.ptr[i]) != NULL)))
    {
        i++;
    }

    if (i == r->bytes.len) {
        return true;
    }

    if (r->bytes.ptr[i] == '\t') {
        fault(r, "yaml.tab", place_of(r, i), NULL,
            "A tab has no place here: use blanks, and \\t inside quotes.");
        return false;
    }

    fault(r, "yaml.utf8", place_of(r, i), NULL,
        "This byte is no UTF-8 text, or a control character.");
    return false;
}


static xd_rc_t
parse(reader_t *r, struct fy_diag *diag)
{
    /* The library's own limit of depth is off: ours is lower, and its scanner
     * does not recurse. */
    struct fy_parse_cfg cfg = {
        .flags = FYPCF_QUIET | FYPCF_DISABLE_DEPTH_LIMIT | FYPCF_JSON_NONE
                 | FYPCF_DEFAULT_VERSION_1_2,
        .diag = diag,
    };
    struct fy_parser *fyp = fy_parser_create(&cfg);
    xd_rc_t rc;

    if (fyp == NULL) {
        return XD_E_MEMORY;
    }

    rc = fy_parser_set_string(fyp, r->bytes.ptr, r->bytes.len) == 0
             ? read_events(r, fyp)
             : XD_E_MEMORY;

    if (rc == XD_OK && fy_parser_get_stream_error(fyp)) {
        rc = syntax_fault(r, diag);
    }

    /* What was collected is not freed with its owner, and the parser may have
     * read ahead into an error that nobody asked about. */
    fy_diag_reset_error(diag);
    fy_parser_destroy(fyp);

    return rc == XD_OK && r->faults > 0 ? XD_E_SYNTAX : rc;
}


xd_rc_t
xd_yaml_read(xd_arena_t *arena, xd_str_t bytes, xd_node_t **out,
    xd_report_t *rep)
{
    reader_t r = { .arena = arena,
        .rep = rep,
        .bytes = bytes,
        .last = { 0, 1, 1 } };
    struct fy_diag_cfg quiet = { .level = FYET_ERROR };
    struct fy_diag *diag;
    xd_node_t *empty;
    xd_rc_t rc;

    if (!text_only(&r)) {
        return XD_E_SYNTAX;
    }

    diag = fy_diag_create(&quiet);
    if (diag == NULL) {
        return XD_E_MEMORY;
    }

    fy_diag_set_collect_errors(diag, true);
    rc = bytes.len > 0 ? parse(&r, diag) : XD_OK;
    fy_diag_unref(diag);
    xd_buf_free(&r.text);

    if (rc == XD_OK && r.root == NULL) {
        rc = add(&r, XD_NULL, (place_t){ 0, 1, 1 }, &empty);
    }

    if (rc == XD_OK) {
        *out = r.root;
    }

    return rc;
}
