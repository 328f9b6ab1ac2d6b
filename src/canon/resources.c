/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What has a URI, and what has an anchor.  A document is walked once, when it
 * is read, along the keywords that hold schemas: an $id in a const or an enum
 * is only data.  What no document says is looked for among the built-in
 * meta-schemas and in the folders that stand for addresses; nothing else is
 * ever opened.
 */

#include "base/file.h"
#include "base/map.h"
#include "canon/metas.h"
#include "canon/plan.h"
#include "canon/uri.h"
#include "format/json.h"


#define FILE_LIMIT  ((size_t) 4 << 20)
#define FILES_LIMIT 1000
#define SERVED_AT   "http://localhost:1234/"
#define VOCABULARY  "https://json-schema.org/draft/2020-12/vocab/"

const xd_dialect_t xd_dialect_strict = { XD_STRICT, XD_V_ALL, true };
const xd_dialect_t xd_dialect_2020 = { XD_2020, XD_V_ALL, false };
const xd_dialect_t xd_dialect_07 = { XD_07, XD_V_ALL, false };

static const xd_dialect_t dialect_2020_formats = { XD_2020, XD_V_ALL, true };
static const xd_dialect_t dialect_07_formats = { XD_07, XD_V_ALL, true };

static const xd_resource_t *resource_named(xd_compiler_t *c, xd_str_t uri,
    const xd_dialect_t *dialect);


/* -- reading ------------------------------------------------------------- */


/* Where the findings of a file go, with its name before the pointer. */
typedef struct {
    xd_compiler_t *c;
    xd_str_t file;
} reading_t;


static void
name_file(void *ctx, const xd_finding_t *found)
{
    reading_t *r = ctx;

    r->c->faults++;
    xd_report_in(r->c->rep, r->c->arena, r->file, found);
}


bool
xd_resources_read(xd_compiler_t *c, xd_str_t file, xd_str_t uri, xd_str_t text,
    const xd_dialect_t *dialect)
{
    const xd_json_limits_t limits = { .allow_duplicates =
                                          c->options.duplicates };
    reading_t reading = { c, file };
    xd_node_t *root = NULL;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, c->arena, 0);
    rep.sink = name_file;
    rep.sink_ctx = &reading;
    rc = xd_json_read(c->arena, text, &limits, &root, &rep);

    return rc != XD_OK ? rc != XD_E_MEMORY
                       : xd_resources_add(c, file, uri, root, dialect);
}


/* The part of uri behind a folder's address; ptr NULL: it is not there.  The
 * URI is resolved, so it has no "..", but may hide one in escapes. */
static xd_str_t
path_below(xd_arena_t *arena, xd_str_t uri, xd_str_t address)
{
    xd_str_t path = { uri.ptr + address.len, uri.len - address.len };

    if (address.len == 0 || !xd_str_starts(uri, address)) {
        return XD_STR_NONE;
    }

    path = xd_uri_decode(arena, path);
    if (path.ptr == NULL || path.len == 0
        || memchr(path.ptr, '\0', path.len) != NULL
        || memmem(path.ptr, path.len, "..", 2) != NULL)
    {
        return XD_STR_NONE;
    }

    return path;
}


static bool
read_below(xd_compiler_t *c, xd_str_t uri, xd_str_t address, xd_str_t folder,
    const xd_dialect_t *dialect)
{
    xd_str_t below = path_below(c->arena, uri, address);
    xd_str_t path, text;
    xd_rc_t rc;

    if (below.ptr == NULL || c->set->files.count >= FILES_LIMIT) {
        return true;
    }

    path = xd_fmt(c->arena, "%.*s/%.*s", XD_FMT(folder), XD_FMT(below));
    if (path.ptr == NULL) {
        return false;
    }

    rc = xd_file_read(c->arena, path.ptr, FILE_LIMIT, &text);
    if (rc != XD_OK) {
        return rc != XD_E_MEMORY;
    }

    return xd_resources_read(c, path, uri, text, dialect);
}


/* The address of the folder that the first file stands in. */
static xd_str_t
own_folder(const xd_compiler_t *c)
{
    xd_str_t folder = c->set->files.count > 0
                          ? XD_AT(&c->set->files, xd_schema_file_t, 0)->path
                          : XD_STR_NONE;

    while (folder.len > 0 && folder.ptr[folder.len - 1] != '/') {
        folder.len--;
    }

    return folder;
}


/* Looks for what is not known yet, which is read in the dialect of who asks
 * when it names none; false when memory is out. */
static bool
read_more(xd_compiler_t *c, xd_str_t uri, const xd_dialect_t *dialect)
{
    xd_str_t folder = own_folder(c);
    xd_str_t address;

    for (const xd_meta_t *m = xd_metas; m->uri != NULL; m++) {
        if (xd_str_is(uri, m->uri)) {
            return xd_resources_read(c, uri, uri, xd_str(m->text),
                &xd_dialect_2020);
        }
    }

    if (c->dialect == &xd_dialect_strict) {
        return true;
    }

    if (c->options.refs != NULL && xd_str_starts(uri, XD_STR(SERVED_AT))) {
        return read_below(c, uri, XD_STR(SERVED_AT), xd_str(c->options.refs),
            dialect);
    }

    address = xd_fmt(c->arena, "file://%.*s", XD_FMT(folder));

    return address.ptr != NULL
           && (folder.len == 0 || folder.ptr[0] != '/'
               || read_below(c, uri, address, folder, dialect));
}


/* -- dialects ------------------------------------------------------------ */


const xd_dialect_t *
xd_dialect_default(const xd_schema_options_t *options)
{
    if (options->draft07) {
        return options->assert_formats ? &dialect_07_formats : &xd_dialect_07;
    }

    return options->assert_formats ? &dialect_2020_formats : &xd_dialect_2020;
}


/* One row of $vocabulary. */
static void
add_vocabulary(xd_compiler_t *c, xd_dialect_t *d, const xd_node_t *row)
{
    static const struct {
        const char *name;
        unsigned bit;
        bool formats;
    } rows[] = {
        { "core", XD_V_BASIC, false },
        { "applicator", XD_V_APPLICATOR, false },
        { "unevaluated", XD_V_UNEVALUATED, false },
        { "validation", XD_V_VALIDATION, false },
        { "meta-data", XD_V_BASIC, false },
        { "format-annotation", XD_V_BASIC, false },
        { "format-assertion", XD_V_BASIC, true },
        { "content", XD_V_BASIC, false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        xd_str_t uri = row->key;

        if (xd_str_starts(uri, XD_STR(VOCABULARY))
            && xd_str_is((xd_str_t){ uri.ptr + sizeof(VOCABULARY) - 1,
                             uri.len - (sizeof(VOCABULARY) - 1) },
                rows[i].name))
        {
            d->vocabs |= rows[i].bit;
            d->formats = d->formats || rows[i].formats;
            return;
        }
    }

    if (row->kind == XD_BOOL && row->truth) {
        xd_compile_refuse(c, row, "schema.dialect",
            "this vocabulary is required, and not served");
    }
}


/* The dialect of a meta-schema of others, by its $vocabulary. */
static const xd_dialect_t *
dialect_of_meta(xd_compiler_t *c, const xd_node_t *meta)
{
    const xd_node_t *vocabulary = xd_get(meta, "$vocabulary");
    xd_dialect_t *d;

    if (vocabulary == NULL || vocabulary->kind != XD_OBJECT) {
        return c->options.assert_formats ? &dialect_2020_formats
                                         : &xd_dialect_2020;
    }

    d = xd_alloc(c->arena, sizeof(*d));
    if (d == NULL) {
        return NULL;
    }

    *d = (xd_dialect_t){ XD_2020, XD_V_BASIC, c->options.assert_formats };
    xd_each (row, vocabulary) {
        add_vocabulary(c, d, row);
    }

    return d;
}


/* How a resource is read; NULL when memory is out. */
static const xd_dialect_t *
dialect_of(xd_compiler_t *c, const xd_node_t *root, const xd_dialect_t *outer)
{
    bool formats = c->options.assert_formats;
    const xd_node_t *said = xd_get(root, "$schema");
    xd_str_t uri = xd_text(root, "$schema");
    const xd_resource_t *meta;

    if (outer == &xd_dialect_strict || said == NULL) {
        return outer;
    }

    if (uri.len > 0 && uri.ptr[uri.len - 1] == '#') {
        uri.len--;
    }

    if (xd_str_is(uri, "https://json-schema.org/draft/2020-12/schema")) {
        return formats ? &dialect_2020_formats : &xd_dialect_2020;
    }

    if (xd_str_is(uri, "http://json-schema.org/draft-07/schema")
        || xd_str_is(uri, "https://json-schema.org/draft-07/schema"))
    {
        return formats ? &dialect_07_formats : &xd_dialect_07;
    }

    meta = resource_named(c, uri, outer);
    if (c->full) {
        return NULL;
    }

    if (meta == NULL) {
        xd_compile_refuse(c, said, "schema.dialect",
            "this dialect is not served; write "
            "\"https://json-schema.org/draft/2020-12/schema\" or "
            "\"http://json-schema.org/draft-07/schema#\"");
        return outer;
    }

    return dialect_of_meta(c, meta->root);
}


/* -- noting -------------------------------------------------------------- */


/* The key of a node: where it stands in memory. */
static xd_str_t
address_of(const xd_node_t *const *node)
{
    return (xd_str_t){ (const char *) node, sizeof(void *) };
}


static bool
note_uri(xd_compiler_t *c, xd_str_t uri, xd_resource_t *resource)
{
    /* The first to have it keeps it: a file is known before its copies. */
    return xd_map_get(c->by_uri, uri) != NULL
           || xd_map_put(c->by_uri, uri, resource, NULL) == XD_OK;
}


static const xd_resource_t *
add_resource(xd_compiler_t *c, xd_str_t uri, const xd_node_t *root,
    const xd_dialect_t *outer)
{
    xd_resource_t *r = xd_alloc(c->arena, sizeof(*r));

    if (r == NULL || uri.ptr == NULL) {
        return NULL;
    }

    *r = (xd_resource_t){ .uri = uri, .root = root, .dialect = outer };

    if (!note_uri(c, uri, r)
        || xd_map_put(c->by_node, address_of(&r->root), r, NULL) != XD_OK)
    {
        return NULL;
    }

    r->dialect = dialect_of(c, root, outer);

    return r->dialect == NULL ? NULL : r;
}


static bool
add_anchor(xd_compiler_t *c, const xd_resource_t *r, const xd_node_t *node,
    xd_str_t name, bool dynamic)
{
    xd_str_t key = xd_fmt(c->arena, "%.*s#%.*s", XD_FMT(r->uri), XD_FMT(name));
    xd_anchor_t *anchor = xd_alloc(c->arena, sizeof(*anchor));
    xd_anchor_t **listed = xd_vec_push(&c->anchors, c->arena);
    const xd_anchor_t *other;

    if (key.ptr == NULL || anchor == NULL || listed == NULL) {
        return false;
    }

    *anchor = (xd_anchor_t){ name, r, node, dynamic };
    *listed = anchor;
    other = xd_map_get(c->by_anchor, key);

    if (other != NULL && other->resource == r && other->node != node) {
        const xd_node_t *at =
            xd_get(node, dynamic ? "$dynamicAnchor" : "$anchor");

        return xd_compile_refuse(c, at == NULL ? node : at, "schema.id",
            "an anchor is a name that no other has in this file");
    }

    return (other != NULL && other->dynamic)
           || xd_map_put(c->by_anchor, key, anchor, NULL) == XD_OK;
}


static bool
is_name(xd_compiler_t *c, const xd_node_t *value)
{
    bool good = value->kind == XD_STRING && value->text.len > 0
                && memchr(value->text.ptr, '#', value->text.len) == NULL;

    return good
           || !xd_compile_refuse(c, value, "schema.id",
               "an anchor is a name of its own, without #");
}


/* The anchors of one schema; in draft-07 they are the fragment of its $id. */
static bool
note_anchors(xd_compiler_t *c, const xd_resource_t *r, const xd_node_t *node)
{
    static const char *const names[] = { "$anchor", "$dynamicAnchor" };

    if (r->dialect->serves == XD_07) {
        return true;
    }

    for (int i = 0; i < 2; i++) {
        const xd_node_t *value = xd_get(node, names[i]);

        if (value != NULL && is_name(c, value)
            && !add_anchor(c, r, node, value->text, i == 1))
        {
            return false;
        }
    }

    return true;
}


/* An $id makes a resource of a schema.  *r is the one around it, and becomes
 * its own. */
static bool
note_id(xd_compiler_t *c, const xd_resource_t **r, const xd_node_t *node)
{
    const xd_node_t *value = xd_get(node, "$id");
    bool old = (*r)->dialect->serves == XD_07;
    const xd_resource_t *outer = *r;
    xd_str_t anchor, uri;

    /* Beside a $ref draft-07 sees nothing. */
    if (value == NULL || value->kind != XD_STRING
        || (old && xd_get(node, "$ref") != NULL))
    {
        return true;
    }

    anchor = value->text;
    uri = xd_str_cut(&anchor, '#');

    if (uri.len > 0) {
        *r = add_resource(c, xd_uri_resolve(c->arena, outer->uri, uri), node,
            outer->dialect);
        if (*r == NULL) {
            return false;
        }
    }

    return !old || anchor.len == 0 || add_anchor(c, *r, node, anchor, false);
}


static bool
note(xd_compiler_t *c, const xd_resource_t *r, const xd_node_t *node)
{
    if (node->kind != XD_OBJECT) {
        return true;
    }

    if (!note_id(c, &r, node) || !note_anchors(c, r, node)) {
        return false;
    }

    xd_each (member, node) {
        const xd_keyword_t *k = xd_keyword_find(member->key);

        if (k == NULL || k->holds == XD_NO_SCHEMA
            || (k->serves & r->dialect->serves) == 0)
        {
            continue;
        }

        if (k->holds == XD_SCHEMAS && member->kind == XD_OBJECT) {
            if (!note(c, r, member)) {
                return false;
            }
            continue;
        }

        xd_each (one, member) {
            if (!note(c, r, one)) {
                return false;
            }
        }
    }

    return true;
}


bool
xd_resources_add(xd_compiler_t *c, xd_str_t file, xd_str_t uri,
    const xd_node_t *root, const xd_dialect_t *dialect)
{
    xd_schema_file_t *listed = xd_vec_push(&c->set->files, c->arena);
    const xd_resource_t *r;

    if (listed == NULL) {
        return false;
    }

    *listed = (xd_schema_file_t){ file, xd_text(root, "$id"), root };
    r = add_resource(c, uri, root, dialect);

    return r != NULL && note(c, r, root);
}


/* -- finding ------------------------------------------------------------- */


const xd_resource_t *
xd_resource_of(const xd_compiler_t *c, const xd_node_t *node)
{
    const xd_resource_t *r = NULL;

    while (r == NULL && node != NULL) {
        r = xd_map_get(c->by_node, address_of(&node));
        node = node->parent;
    }

    return r;
}


static const xd_resource_t *
resource_named(xd_compiler_t *c, xd_str_t uri, const xd_dialect_t *dialect)
{
    const xd_resource_t *r = xd_map_get(c->by_uri, uri);

    if (r == NULL) {
        c->full = !read_more(c, uri, dialect) || c->full;
        r = xd_map_get(c->by_uri, uri);
    }

    return r;
}


/* A file of the set by its path from the file that refers. */
static const xd_resource_t *
resource_beside(xd_compiler_t *c, const xd_node_t *from, xd_str_t name)
{
    const xd_schema_file_t *own = xd_compile_file(c, from);
    xd_str_t path;

    if (c->dialect != &xd_dialect_strict || own == NULL) {
        return NULL;
    }

    /* As an absolute path, so that ".." ends at the folder itself. */
    path = xd_fmt(c->arena, "/%.*s", XD_FMT(own->path));
    path = path.ptr == NULL ? path : xd_uri_resolve(c->arena, path, name);
    c->full = path.ptr == NULL || c->full;

    for (size_t i = 0; path.len > 0 && i < c->set->files.count; i++) {
        const xd_schema_file_t *f = XD_AT(&c->set->files, xd_schema_file_t, i);

        if (f->path.len + 1 == path.len
            && memcmp(f->path.ptr, path.ptr + 1, f->path.len) == 0)
        {
            return xd_resource_of(c, f->root);
        }
    }

    return NULL;
}


const xd_node_t *
xd_resources_find(xd_compiler_t *c, const xd_node_t *from, xd_str_t ref,
    const xd_anchor_t **anchor)
{
    const xd_resource_t *own = xd_resource_of(c, from);
    xd_str_t fragment =
        own == NULL ? XD_STR_NONE : xd_uri_resolve(c->arena, own->uri, ref);
    xd_str_t uri = xd_str_cut(&fragment, '#');
    const xd_resource_t *r =
        uri.ptr == NULL ? NULL : resource_named(c, uri, own->dialect);

    *anchor = NULL;
    c->full = uri.ptr == NULL || c->full;
    if (r == NULL && uri.ptr != NULL) {
        xd_str_t name = ref;

        r = resource_beside(c, from, xd_str_cut(&name, '#'));
    }

    if (r == NULL || fragment.len == 0) {
        return r == NULL ? NULL : r->root;
    }

    fragment = xd_uri_decode(c->arena, fragment);
    c->full = fragment.ptr == NULL || c->full;
    if (fragment.len > 0 && fragment.ptr[0] == '/') {
        return xd_pointer(r->root, fragment);
    }

    uri = xd_fmt(c->arena, "%.*s#%.*s", XD_FMT(r->uri), XD_FMT(fragment));
    c->full = uri.ptr == NULL || c->full;
    *anchor = c->full ? NULL : xd_map_get(c->by_anchor, uri);

    return *anchor == NULL ? NULL : (*anchor)->node;
}
