/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/data.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "format/json.h"


#define FILE_LIMIT   ((size_t) 4 << 20)
#define SUFFIX       XD_STR(".json")
#define SENTENCE_MAX 400


/* -- findings -------------------------------------------------------------- */


/* What is found in a file is told with the file's name. */
typedef struct {
    const xd_data_reader_t *r;
    xd_str_t path;
    bool any;
} named_t;


static void
tell_named(void *ctx, const xd_finding_t *found)
{
    named_t *n = ctx;

    n->any = true;
    xd_report_in(n->r->rep, n->r->arena, n->path, found);
}


void
xd_data_fault(xd_data_reader_t *r, const xd_node_t *at, const char *rule,
    const char *format, ...)
{
    xd_finding_t f = { .severity = XD_ERROR,
        .scope = XD_SCOPE_FILE,
        .offset = at->offset,
        .line = at->line,
        .column = at->column,
        .rule = rule,
        .value = at->text };
    char text[SENTENCE_MAX];
    va_list args;

    va_start(args, format);
    (void) vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    f.path = xd_fmt(r->arena, "%.*s:%.*s", XD_FMT(r->file->path),
        XD_FMT(xd_pointer_of(r->arena, at)));
    xd_reportf(r->rep, &f, "%s", text);
    r->faults++;
}


/* -- files ----------------------------------------------------------------- */


static int
name_order(const void *left, const void *right)
{
    return xd_str_cmp(*(const xd_str_t *) left, *(const xd_str_t *) right);
}


static bool
is_data(xd_str_t name)
{
    return name.len > SUFFIX.len && name.ptr[0] != '.'
           && memcmp(name.ptr + name.len - SUFFIX.len, SUFFIX.ptr, SUFFIX.len)
                  == 0;
}


/* The names of the files, sorted: findings do not change with disks. */
static xd_rc_t
list_names(const xd_data_reader_t *r, const char *folder, xd_vec_t *names)
{
    xd_str_t path = xd_fmt(r->arena, "%s/%s", r->dir, folder);
    DIR *d = path.ptr == NULL ? NULL : opendir(path.ptr);
    const struct dirent *entry;
    xd_rc_t rc = XD_OK;

    if (d == NULL) {
        return path.ptr == NULL ? XD_E_MEMORY : XD_E_IO;
    }

    while (rc == XD_OK && (entry = readdir(d)) != NULL) {
        xd_str_t *name;

        if (!is_data(xd_str(entry->d_name))) {
            continue;
        }

        name = xd_vec_push(names, r->arena);
        if (name != NULL) {
            *name = xd_dup(r->arena, xd_str(entry->d_name));
        }
        rc = name == NULL || name->ptr == NULL ? XD_E_MEMORY : XD_OK;
    }

    closedir(d);
    if (rc == XD_OK && names->count > 0) {
        qsort(names->at, names->count, names->size, name_order);
    }

    return rc;
}


static xd_rc_t
read_tree(named_t *n, xd_report_t *rep, xd_node_t **tree)
{
    xd_arena_t *arena = n->r->arena;
    xd_str_t full = xd_fmt(arena, "%s/%.*s", n->r->dir, XD_FMT(n->path));
    xd_str_t bytes;
    xd_rc_t rc;

    if (full.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(arena, full.ptr, FILE_LIMIT, &bytes);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_E_IO;
    }

    return xd_json_read(arena, bytes, NULL, tree, rep);
}


/* A file that its form refuses is told, and the next is read: one run shows
 * all. */
static xd_rc_t
read_file(xd_data_reader_t *r, const xd_schema_t *form, xd_str_t path,
    xd_vec_t *files)
{
    named_t n = { r, path, false };
    xd_node_t *tree = NULL;
    xd_data_t *file;
    xd_report_t rep;
    xd_rc_t rc;

    if (path.ptr == NULL) {
        return XD_E_MEMORY;
    }

    /* As many findings as the caller keeps, none of them kept twice. */
    xd_report_init(&rep, r->arena, r->rep->most);
    rep.sink = tell_named;
    rep.sink_ctx = &n;

    rc = read_tree(&n, &rep, &tree);
    if (rc == XD_OK) {
        rc = xd_schema_check(form, tree, r->arena, &rep);
    }

    if (n.any) {
        r->faults++;
        return rc == XD_E_MEMORY ? rc : XD_OK;
    }

    if (rc != XD_OK) {
        return rc;
    }

    file = xd_vec_push(files, r->arena);
    if (file == NULL) {
        return XD_E_MEMORY;
    }
    *file = (xd_data_t){ path, tree };

    return XD_OK;
}


static xd_rc_t
read_files(xd_data_reader_t *r, const xd_schemas_t *schemas,
    const xd_data_kind_t *kind, xd_vec_t *files)
{
    const xd_schema_t *form = xd_schema_find(schemas, xd_str(kind->form));
    xd_vec_t names = XD_VEC(xd_str_t);
    xd_rc_t rc =
        form == NULL ? XD_E_NOT_FOUND : list_names(r, kind->folder, &names);

    for (size_t i = 0; rc == XD_OK && i < names.count; i++) {
        rc = read_file(r, form,
            xd_fmt(r->arena, "%s/%.*s", kind->folder,
                XD_FMT(*XD_AT(&names, xd_str_t, i))),
            files);
    }

    return rc;
}


xd_rc_t
xd_data_load(xd_data_reader_t *r, const xd_schemas_t *schemas,
    const xd_data_kind_t *kind, void **all, size_t *count)
{
    xd_vec_t files = XD_VEC(xd_data_t);
    char *row;

    r->rc = read_files(r, schemas, kind, &files);
    if (r->rc != XD_OK) {
        return r->rc;
    }

    *count = files.count;
    *all = row = xd_alloc_n(r->arena, files.count + 1, kind->size);
    if (row == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < files.count && r->rc == XD_OK; i++) {
        r->file = XD_AT(&files, xd_data_t, i);
        kind->read(r, row + i * kind->size);
    }

    return r->rc == XD_OK && r->faults > 0 ? XD_E_CONF : r->rc;
}
