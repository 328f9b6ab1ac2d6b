/* SPDX-License-Identifier: BSD-2-Clause */

/* Sets of schemas: a folder read, compiled, and looked up by name. */

#include "canon/schema.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/map.h"
#include "canon/plan.h"


#define DIALECT    "https://json-schema.org/draft/2020-12/schema"
#define FILE_LIMIT ((size_t) 4 << 20)

/* Folders that hold data beside the schemas, not schemas. */
static const char *const data_folders[] = { "examples", "lifecycles", "codes",
    "released", NULL };

/* -- the folder ---------------------------------------------------------- */


static bool
is_data(xd_str_t name)
{
    for (size_t i = 0; data_folders[i] != NULL; i++) {
        if (xd_str_is(name, data_folders[i])) {
            return true;
        }
    }

    return false;
}


static bool
is_schema(xd_str_t name)
{
    return name.len > 5 && memcmp(name.ptr + name.len - 5, ".json", 5) == 0;
}


/* Notes one entry of a folder: another folder, or a schema's file. */
static xd_rc_t
add_entry(xd_arena_t *arena, const char *dir, xd_str_t path, xd_vec_t *folders,
    xd_vec_t *files)
{
    xd_str_t full = xd_fmt(arena, "%s/%.*s", dir, XD_FMT(path));
    xd_str_t name = path;
    xd_vec_t *list = NULL;
    xd_str_t *entry;
    struct stat st;

    if (full.ptr == NULL) {
        return XD_E_MEMORY;
    }

    /* The part behind the last slash. */
    while (memchr(name.ptr, '/', name.len) != NULL) {
        (void) xd_str_cut(&name, '/');
    }

    if (name.ptr[0] == '.') {
        return XD_OK;
    }

    if (stat(full.ptr, &st) != 0) {
        return XD_E_IO;
    }

    if (S_ISDIR(st.st_mode)) {
        list = is_data(name) ? NULL : folders;

    } else if (is_schema(name)) {
        list = files;
    }

    if (list == NULL) {
        return XD_OK;
    }

    entry = xd_vec_push(list, arena);
    if (entry == NULL) {
        return XD_E_MEMORY;
    }
    *entry = path;

    return XD_OK;
}


/* Notes what stands in one folder, whose path below dir is given. */
static xd_rc_t
read_folder(xd_arena_t *arena, const char *dir, xd_str_t folder,
    xd_vec_t *folders, xd_vec_t *files)
{
    xd_str_t full = xd_fmt(arena, "%s/%.*s", dir, XD_FMT(folder));
    const struct dirent *entry;
    xd_rc_t rc = XD_OK;
    DIR *d;

    if (full.ptr == NULL) {
        return XD_E_MEMORY;
    }

    d = opendir(full.ptr);
    if (d == NULL) {
        return XD_E_IO;
    }

    while (rc == XD_OK && (entry = readdir(d)) != NULL) {
        xd_str_t path = xd_fmt(arena, "%.*s%s%s", XD_FMT(folder),
            folder.len == 0 ? "" : "/", entry->d_name);

        rc = path.ptr == NULL ? XD_E_MEMORY
                              : add_entry(arena, dir, path, folders, files);
    }

    closedir(d);

    return rc;
}


static int
path_order(const void *left, const void *right)
{
    return xd_str_cmp(*(const xd_str_t *) left, *(const xd_str_t *) right);
}


/* Every schema's file below dir, sorted: findings do not change with disks. */
xd_rc_t
xd_schema_files(xd_arena_t *arena, const char *dir, xd_vec_t *files)
{
    xd_vec_t folders = XD_VEC(xd_str_t);
    xd_rc_t rc = read_folder(arena, dir, XD_STR(""), &folders, files);

    for (size_t i = 0; rc == XD_OK && i < folders.count; i++) {
        xd_str_t folder = *XD_AT(&folders, xd_str_t, i);

        rc = read_folder(arena, dir, folder, &folders, files);
    }

    if (rc == XD_OK && files->count > 0) {
        qsort(files->at, files->count, files->size, path_order);
    }

    return rc;
}


/* -- one file ------------------------------------------------------------ */


static xd_rc_t
read_json(xd_compiler_t *c, const char *dir, xd_str_t path)
{
    xd_str_t full = xd_fmt(c->arena, "%s/%.*s", dir, XD_FMT(path));
    xd_str_t uri = xd_fmt(c->arena, "/%.*s", XD_FMT(path));
    xd_str_t bytes;
    xd_rc_t rc;

    if (full.ptr == NULL || uri.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(c->arena, full.ptr, FILE_LIMIT, &bytes);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_E_IO;
    }

    return xd_resources_read(c, path, uri, bytes, &xd_dialect_strict)
               ? XD_OK
               : XD_E_MEMORY;
}


static const xd_schema_file_t *
file_of_id(const xd_schemas_t *set, xd_str_t id)
{
    for (size_t i = 0; i + 1 < set->files.count; i++) {
        const xd_schema_file_t *f = XD_AT(&set->files, xd_schema_file_t, i);

        if (xd_str_eq(f->id, id)) {
            return f;
        }
    }

    return NULL;
}


/* What every file must say of itself. */
static void
check_head(xd_compiler_t *c, const xd_node_t *root, xd_str_t id)
{
    const xd_schema_file_t *other = file_of_id(c->set, id);

    if (!xd_str_is(xd_text(root, "$schema"), DIALECT)) {
        xd_compile_refuse(c, root, "schema.dialect",
            "a schema here begins with \"$schema\": \"" DIALECT "\"");
    }

    if (id.len == 0 || memchr(id.ptr, '#', id.len) != NULL) {
        xd_compile_refuse(c, root, "schema.id",
            "a schema here has an $id, such as \"urn:retail:shipment:1.0\"");

    } else if (other != NULL) {
        xd_compile_refuse(c, root, "schema.id",
            "%.*s has the same $id; give each file its own",
            XD_FMT(other->path));
    }
}


static xd_rc_t
read_file(xd_compiler_t *c, const char *dir, xd_str_t path)
{
    size_t before = c->set->files.count;
    xd_rc_t rc = read_json(c, dir, path);

    if (rc == XD_OK && c->set->files.count > before) {
        const xd_schema_file_t *file =
            XD_AT(&c->set->files, xd_schema_file_t, before);

        check_head(c, file->root, file->id);
    }

    return rc;
}


/* -- all files ----------------------------------------------------------- */


static xd_rc_t
compile_file(xd_compiler_t *c, xd_schema_file_t file)
{
    const xd_plan_t *plan = xd_compile(c, file.root);
    xd_schema_t *schema = xd_vec_push(&c->set->schemas, c->arena);

    if (plan == NULL || schema == NULL) {
        return XD_E_MEMORY;
    }

    *schema = (xd_schema_t){ .id = file.id,
        .base = file.id,
        .anchor = XD_STR(""),
        .path = file.path,
        .plan = plan };

    return XD_OK;
}


static xd_rc_t
load(xd_compiler_t *c, const char *dir)
{
    xd_vec_t paths = XD_VEC(xd_str_t);
    xd_rc_t rc = xd_schema_files(c->arena, dir, &paths);
    size_t count;

    for (size_t i = 0; rc == XD_OK && i < paths.count; i++) {
        rc = read_file(c, dir, *XD_AT(&paths, xd_str_t, i));
    }

    /* References may look at any file, so all are read before; meta-schemas
     * that they find are no schemas of this folder. */
    count = c->set->files.count;
    for (size_t i = 0; rc == XD_OK && i < count; i++) {
        rc = compile_file(c, *XD_AT(&c->set->files, xd_schema_file_t, i));
    }

    if (rc == XD_OK && !xd_compile_link(c)) {
        rc = XD_E_MEMORY;
    }

    return rc == XD_OK && c->faults > 0 ? XD_E_CONF : rc;
}


static bool
prepare(xd_compiler_t *c)
{
    c->set = xd_alloc(c->arena, sizeof(*c->set));
    c->memo = xd_map_new(c->arena);
    c->by_uri = xd_map_new(c->arena);
    c->by_node = xd_map_new(c->arena);
    c->by_anchor = xd_map_new(c->arena);
    c->anchors = XD_VEC(xd_anchor_t *);
    c->dynamics = XD_VEC(xd_dynamic_t *);

    if (c->set == NULL || c->memo == NULL || c->by_uri == NULL
        || c->by_node == NULL || c->by_anchor == NULL)
    {
        return false;
    }

    c->set->files = XD_VEC(xd_schema_file_t);
    c->set->schemas = XD_VEC(xd_schema_t);
    c->set->plans = XD_VEC(xd_plan_t *);

    return true;
}


xd_rc_t
xd_schemas_load(xd_arena_t *arena, const char *dir, xd_schemas_t **out,
    xd_report_t *rep)
{
    xd_compiler_t c = { .arena = arena,
        .rep = rep,
        .dialect = &xd_dialect_strict };
    xd_rc_t rc;

    if (!prepare(&c)) {
        return XD_E_MEMORY;
    }

    rc = load(&c, dir);
    if (rc == XD_OK) {
        *out = c.set;
    }

    return rc;
}


/* -- a schema of others -------------------------------------------------- */


/* The URI of what stands at anchor below the file. */
static xd_rc_t
compile_one(xd_compiler_t *c, const xd_node_t *root, xd_str_t anchor,
    const xd_schema_t **out)
{
    const xd_resource_t *resource = xd_resource_of(c, root);
    xd_str_t ref = xd_fmt(c->arena, "#%.*s", XD_FMT(anchor));
    xd_schema_t *schema = xd_alloc(c->arena, sizeof(*schema));
    const xd_anchor_t *found;
    const xd_node_t *node;

    if (ref.ptr == NULL || schema == NULL) {
        return XD_E_MEMORY;
    }

    node = xd_resources_find(c, root, ref, &found);
    if (node == NULL && !c->full) {
        xd_compile_refuse(c, root, "schema.ref",
            "there is no schema %.*s in here", XD_FMT(ref));
        return XD_E_CONF;
    }

    *schema = (xd_schema_t){ .id = resource->uri,
        .base = resource->uri,
        .anchor = anchor,
        .plan = c->full ? NULL : xd_compile(c, node) };

    if (schema->plan == NULL || c->full || !xd_compile_link(c)) {
        return XD_E_MEMORY;
    }

    *out = schema;

    return XD_OK;
}


xd_rc_t
xd_schema_compile(xd_arena_t *arena, const xd_node_t *root, xd_str_t path,
    xd_str_t anchor, const xd_schema_options_t *options,
    const xd_schema_t **out, xd_report_t *rep)
{
    xd_compiler_t c = { .arena = arena, .rep = rep };
    const xd_schema_t *schema = NULL;
    xd_str_t uri;
    xd_rc_t rc;

    if (options != NULL) {
        c.options = *options;
    }

    c.dialect = xd_dialect_default(&c.options);
    uri = path.len > 0 ? xd_fmt(arena, "file://%.*s", XD_FMT(path))
                       : XD_STR("schema:");

    if (!prepare(&c) || uri.ptr == NULL
        || !xd_resources_add(&c, path, uri, root, c.dialect))
    {
        return XD_E_MEMORY;
    }

    rc = compile_one(&c, root, anchor, &schema);
    if (rc == XD_OK && c.faults > 0) {
        return XD_E_CONF;
    }

    if (rc == XD_OK) {
        *out = schema;
    }

    return rc;
}


/* -- looking up ---------------------------------------------------------- */


/* The parts of "urn:retail:shipment:1.0" from behind: its document and
 * version, as one number; false for another shape. */
static bool
urn_parts(xd_str_t id, xd_str_t *document, uint64_t *version)
{
    uint64_t major, minor;
    xd_str_t number;

    *document = XD_STR_NONE;
    number = xd_str_cut(&id, ':');

    while (id.ptr != NULL) {
        *document = number;
        number = xd_str_cut(&id, ':');
    }

    id = number;
    number = xd_str_cut(&id, '.');
    if (document->ptr == NULL || !xd_str_uint(number, UINT32_MAX, &major)
        || id.ptr == NULL || !xd_str_uint(id, UINT32_MAX, &minor))
    {
        return false;
    }

    *version = major << 32 | minor;

    return true;
}


bool
xd_schema_is_ours(const xd_node_t *root)
{
    xd_str_t id = xd_text(root, "$id");
    xd_str_t document;
    uint64_t version;

    return xd_str_starts(id, XD_STR("urn:"))
           && urn_parts(id, &document, &version);
}


/* Does a schema go by this name?  The version tells the newest of several
 * that do. */
static bool
goes_by(const xd_schema_t *schema, xd_str_t name, uint64_t *version)
{
    xd_str_t document;

    if (xd_str_eq(schema->base, name) || xd_str_eq(schema->path, name)) {
        *version = UINT64_MAX;
        return true;
    }

    return urn_parts(schema->base, &document, version)
           && xd_str_eq(document, name);
}


const xd_schema_t *
xd_schema_find(const xd_schemas_t *set, xd_str_t name)
{
    const xd_schema_t *best = NULL;
    xd_str_t anchor = name;
    xd_str_t base = xd_str_cut(&anchor, '#');
    uint64_t newest = 0;

    for (size_t i = 0; i < set->schemas.count; i++) {
        const xd_schema_t *s = XD_AT(&set->schemas, xd_schema_t, i);
        uint64_t version = 0;

        if (xd_str_eq(s->anchor, anchor) && goes_by(s, base, &version)
            && (best == NULL || version > newest))
        {
            best = s;
            newest = version;
        }
    }

    return best;
}


xd_str_t
xd_schema_id(const xd_schema_t *schema)
{
    return schema->id;
}


xd_str_t
xd_schema_document(const xd_schema_t *schema)
{
    xd_str_t document;
    uint64_t version;

    return urn_parts(schema->base, &document, &version) ? document
                                                        : XD_STR_NONE;
}


xd_rc_t
xd_schema_check(const xd_schema_t *schema, const xd_node_t *doc,
    xd_arena_t *scratch, xd_report_t *rep)
{
    xd_run_t run = { .rep = rep, .scratch = scratch };
    bool good = xd_check(&run, schema->plan, doc);

    if (run.rc != XD_OK) {
        return run.rc;
    }

    return good && !run.broken ? XD_OK : XD_E_SYNTAX;
}
