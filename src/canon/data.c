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
    const xd_data_from_t *from;
    xd_str_t path;
    bool any;
} named_t;


static void
tell_named(void *ctx, const xd_finding_t *found)
{
    named_t *n = ctx;
    xd_finding_t f = *found;

    f.path = xd_fmt(n->from->arena, "%.*s:%.*s", XD_FMT(n->path),
        XD_FMT(found->path));
    n->any = true;
    xd_report(n->from->rep, &f);
}


void
xd_data_fault(const xd_data_from_t *from, const xd_data_t *file,
    const xd_node_t *at, const char *rule, const char *format, ...)
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

    f.path = xd_fmt(from->arena, "%.*s:%.*s", XD_FMT(file->path),
        XD_FMT(xd_pointer_of(from->arena, at)));
    xd_reportf(from->rep, &f, "%s", text);
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
list_names(const xd_data_from_t *from, xd_vec_t *names)
{
    xd_str_t path = xd_fmt(from->arena, "%s/%s", from->dir, from->folder);
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

        name = xd_vec_push(names, from->arena);
        if (name != NULL) {
            *name = xd_dup(from->arena, xd_str(entry->d_name));
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
    const xd_data_from_t *from = n->from;
    xd_str_t full = xd_fmt(from->arena, "%s/%.*s", from->dir, XD_FMT(n->path));
    xd_str_t bytes;
    xd_rc_t rc;

    if (full.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(from->arena, full.ptr, FILE_LIMIT, &bytes);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_E_IO;
    }

    return xd_json_read(from->arena, bytes, NULL, tree, rep);
}


/* A file with faults is told, and the next is read: one run shows all. */
static xd_rc_t
read_file(const xd_data_from_t *from, xd_str_t name, xd_vec_t *files,
    bool *faults)
{
    named_t n = { from,
        xd_fmt(from->arena, "%s/%.*s", from->folder, XD_FMT(name)), false };
    xd_node_t *tree = NULL;
    xd_data_t *file;
    xd_report_t rep;
    xd_rc_t rc;

    if (n.path.ptr == NULL) {
        return XD_E_MEMORY;
    }

    /* As many findings as the caller keeps, none of them kept twice. */
    xd_report_init(&rep, from->arena, from->rep->most);
    rep.sink = tell_named;
    rep.sink_ctx = &n;

    rc = read_tree(&n, &rep, &tree);
    if (rc == XD_OK) {
        rc = xd_schema_check(from->form, tree, from->arena, &rep);
    }

    if (n.any) {
        *faults = true;
        return rc == XD_E_MEMORY ? rc : XD_OK;
    }

    if (rc != XD_OK) {
        return rc;
    }

    file = xd_vec_push(files, from->arena);
    if (file == NULL) {
        return XD_E_MEMORY;
    }
    *file = (xd_data_t){ n.path, tree };

    return XD_OK;
}


xd_rc_t
xd_data_load(const xd_data_from_t *from, xd_vec_t *files)
{
    xd_vec_t names = XD_VEC(xd_str_t);
    bool faults = false;
    xd_rc_t rc = list_names(from, &names);

    for (size_t i = 0; rc == XD_OK && i < names.count; i++) {
        rc = read_file(from, *XD_AT(&names, xd_str_t, i), files, &faults);
    }

    return rc == XD_OK && faults ? XD_E_CONF : rc;
}
