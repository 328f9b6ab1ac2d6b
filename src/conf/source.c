/* SPDX-License-Identifier: BSD-2-Clause */

/* From the disk to checked trees: each file alone.  What ties them together
 * stands in ties.c. */

#include "conf/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "conf/fill.h"
#include "conf/forms.h"
#include "format/json.h"
#include "format/yaml.h"


#define FILE_MAX   (4u << 20)
#define FAULTS_MAX 1000 /* kept of one file */

/* Findings of a reader that does not know which file it reads. */
typedef struct {
    xd_conf_source_t *src;
    xd_str_t file;
} prefix_t;


static void
prefixed(void *ctx, const xd_finding_t *f)
{
    const prefix_t *p = ctx;

    xd_report_in(p->src->rep, p->src->scratch, p->file, f);
}


static void
file_fault(xd_conf_source_t *src, xd_str_t file, const char *rule,
    const char *text)
{
    xd_report(src->rep, &(xd_finding_t){ .severity = XD_ERROR,
                            .scope = XD_SCOPE_FILE,
                            .rule = rule,
                            .path = file,
                            .text = xd_str(text) });
}


/* Reads a file of the configuration's folder; a failure is reported and gives
 * XD_E_IO. */
static xd_rc_t
read_bytes(xd_conf_source_t *src, xd_str_t file, xd_str_t *out)
{
    xd_str_t path =
        xd_fmt(src->scratch, "%.*s/%.*s", XD_FMT(src->conf->dir), XD_FMT(file));
    xd_rc_t rc;

    if (path.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(src->scratch, path.ptr, FILE_MAX, out);

    if (rc == XD_E_LIMIT) {
        file_fault(src, file, "conf.file",
            "This file is larger than 4 MiB: no configuration is.");
        rc = XD_E_IO;
    } else if (rc == XD_E_IO) {
        xd_str_t text = xd_fmt(src->scratch, "This file cannot be read: %s.",
            strerror(errno));

        file_fault(src, file, "conf.file", text.ptr);
    }

    src->unreadable = src->unreadable || rc == XD_E_IO;

    return rc;
}


/* The schema of a kind as a tree, for its defaults. */
static xd_rc_t
read_shape(xd_conf_source_t *src, const xd_conf_kind_t *kind, xd_node_t **out)
{
    xd_str_t file =
        xd_fmt(src->scratch, "schemas/%s.schema.json", kind->schema);
    xd_report_t silent; /* xd_schemas_load has said it all already */
    xd_str_t bytes;
    xd_rc_t rc;

    if (file.ptr == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&silent, src->scratch, 0);
    rc = read_bytes(src, file, &bytes);

    return rc == XD_OK ? xd_json_read(src->scratch, bytes, NULL, out, &silent)
                       : rc;
}


static xd_rc_t
keep_file(xd_conf_source_t *src, xd_str_t file, xd_str_t bytes)
{
    xd_conf_file_t *f = xd_vec_push(&src->files, src->scratch);

    if (f == NULL) {
        return XD_E_MEMORY;
    }

    *f = (xd_conf_file_t){ file, bytes };

    return XD_OK;
}


static xd_rc_t
check_shape(xd_conf_source_t *src, const xd_conf_kind_t *kind,
    const xd_node_t *doc, xd_report_t *rep)
{
    xd_str_t id = xd_fmt(src->scratch, "urn:crossdock:%s:1.0", kind->schema);
    const xd_schema_t *schema =
        id.ptr != NULL ? xd_schema_find(src->shapes, id) : NULL;
    xd_rc_t rc;

    if (schema == NULL) {
        file_fault(src, id, "conf.schema",
            "The folder schemas beside crossdock.yaml lacks this schema.");
        return XD_OK;
    }

    rc = xd_schema_check(schema, doc, src->scratch, rep);

    return rc == XD_E_MEMORY ? rc : XD_OK;
}


/* *out stays NULL when the bytes are no YAML. */
static xd_rc_t
read_tree(xd_conf_source_t *src, const xd_conf_kind_t *kind, xd_str_t file,
    xd_node_t **out)
{
    prefix_t prefix = { src, file };
    xd_report_t rep;
    xd_str_t bytes;
    xd_rc_t rc = read_bytes(src, file, &bytes);

    if (rc == XD_OK) {
        rc = keep_file(src, file, bytes);
    }

    if (rc != XD_OK) {
        return rc;
    }

    xd_report_init(&rep, src->scratch, FAULTS_MAX);
    rep.sink = prefixed;
    rep.sink_ctx = &prefix;

    rc = xd_yaml_read(src->conf->arena, bytes, out, &rep);

    return rc == XD_OK ? check_shape(src, kind, *out, &rep) : rc;
}


/* Reads one file into tree's member of that key, or as the tree itself.  A
 * file at fault leaves a null there. */
static xd_rc_t
read_file(xd_conf_source_t *src, const xd_conf_kind_t *kind,
    const xd_node_t *shape, xd_str_t key)
{
    xd_node_t **tree = xd_conf_tree(src->conf, kind);
    xd_str_t file = kind->folder ? xd_fmt(src->scratch, "%s/%.*s.yaml",
                        kind->name, XD_FMT(key))
                                 : xd_fmt(src->scratch, "%s.yaml", kind->name);
    xd_node_t *doc = NULL;
    xd_rc_t rc =
        file.ptr != NULL ? read_tree(src, kind, file, &doc) : XD_E_MEMORY;

    if (doc == NULL) {
        doc = xd_node_new(src->conf->arena, XD_NULL);
    }

    if (doc == NULL || rc == XD_E_MEMORY) {
        return XD_E_MEMORY;
    }

    if (!kind->folder) {
        *tree = doc;
    } else {
        doc->key = xd_dup(src->conf->arena, key);
        if (doc->key.ptr == NULL
            || xd_node_add(src->conf->arena, *tree, doc) == NULL) {
            return XD_E_MEMORY;
        }
    }

    return xd_conf_fill(src->conf, shape, doc, src->rep);
}


static int
by_name(const void *a, const void *b)
{
    return xd_str_cmp(*(const xd_str_t *) a, *(const xd_str_t *) b);
}


/* "acme" of "acme.yaml"; none for hidden files and for anything else. */
static xd_str_t
stem_of(const char *name)
{
    xd_str_t s = xd_str(name);
    size_t len = sizeof(".yaml") - 1;

    return s.len > len && s.ptr[0] != '.'
                   && memcmp(s.ptr + s.len - len, ".yaml", len) == 0
               ? (xd_str_t){ s.ptr, s.len - len }
               : XD_STR_NONE;
}


/* All names before any file: reading one must not disturb the walk. */
static xd_rc_t
list_stems(xd_conf_source_t *src, DIR *dir, xd_vec_t *out)
{
    struct dirent *entry;

    while ((entry = readdir(dir)) != NULL) {
        xd_str_t stem = stem_of(entry->d_name);
        xd_str_t *slot;

        if (stem.ptr == NULL) {
            continue;
        }

        slot = xd_vec_push(out, src->scratch);
        if (slot == NULL) {
            return XD_E_MEMORY;
        }

        *slot = xd_dup(src->scratch, stem);
        if (slot->ptr == NULL) {
            return XD_E_MEMORY;
        }
    }

    /* readdir's order differs from disk to disk; findings must not. */
    if (out->count > 1) {
        qsort(out->at, out->count, out->size, by_name);
    }

    return XD_OK;
}


static xd_rc_t
read_entries(xd_conf_source_t *src, const xd_conf_kind_t *kind,
    const xd_node_t *shape, const xd_vec_t *stems)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < stems->count; i++) {
        xd_str_t stem = *XD_AT(stems, xd_str_t, i);

        if (xd_conf_is_id(stem)) {
            rc = read_file(src, kind, shape, stem);
            continue;
        }

        file_fault(src,
            xd_fmt(src->scratch, "%s/%.*s.yaml", kind->name, XD_FMT(stem)),
            "conf.id", xd_conf_form(XD_STR("xd-id"))->advice);
    }

    return rc;
}


static xd_rc_t
read_folder(xd_conf_source_t *src, const xd_conf_kind_t *kind,
    const xd_node_t *shape)
{
    xd_str_t path =
        xd_fmt(src->scratch, "%.*s/%s", XD_FMT(src->conf->dir), kind->name);
    xd_vec_t stems = XD_VEC(xd_str_t);
    DIR *dir = path.ptr != NULL ? opendir(path.ptr) : NULL;
    xd_rc_t rc;

    if (dir == NULL && errno == ENOENT) {
        return XD_OK;
    }

    if (dir == NULL) {
        file_fault(src, xd_str(kind->name), "conf.file",
            "This folder cannot be read.");
        src->unreadable = true;
        return XD_OK;
    }

    rc = list_stems(src, dir, &stems);
    (void) closedir(dir); /* it was only read */

    return rc == XD_OK ? read_entries(src, kind, shape, &stems) : rc;
}


/* Asked before reading, since for most kinds absence is a fault.  A link that
 * leads nowhere is absent too. */
static bool
is_absent(const xd_conf_source_t *src, const xd_conf_kind_t *kind)
{
    xd_str_t path = xd_fmt(src->scratch, "%.*s/%s.yaml", XD_FMT(src->conf->dir),
        kind->name);

    return path.ptr != NULL && access(path.ptr, F_OK) != 0 && errno == ENOENT;
}


xd_rc_t
xd_conf_read_kind(xd_conf_source_t *src, const xd_conf_kind_t *kind)
{
    xd_node_t **tree = xd_conf_tree(src->conf, kind);
    xd_node_t *shape = NULL;
    xd_rc_t rc = read_shape(src, kind, &shape);

    *tree = xd_node_new(src->conf->arena, XD_OBJECT);

    if (rc == XD_E_MEMORY || *tree == NULL) {
        return XD_E_MEMORY;
    }

    if (kind->folder) {
        return read_folder(src, kind, shape);
    }

    return kind->optional && is_absent(src, kind)
               ? XD_OK
               : read_file(src, kind, shape, XD_STR_NONE);
}


static int
by_file(const void *a, const void *b)
{
    const xd_conf_file_t *x = a, *y = b;

    return xd_str_cmp(x->name, y->name);
}


xd_rc_t
xd_conf_hash(xd_conf_source_t *src)
{
    xd_buf_t all = { 0 };
    xd_rc_t rc;

    if (src->files.count > 1) {
        qsort(src->files.at, src->files.count, src->files.size, by_file);
    }

    /* Digests instead of bytes: no file's content can look like the border
     * between two files. */
    for (size_t i = 0; i < src->files.count; i++) {
        const xd_conf_file_t *f = XD_AT(&src->files, xd_conf_file_t, i);
        char hex[XD_SHA256_HEX + 1];

        xd_sha256_hex(f->bytes, hex);
        xd_buf_fmt(&all, "%s %.*s\n", hex, XD_FMT(f->name));
    }

    rc = xd_buf_rc(&all);
    if (rc == XD_OK) {
        xd_sha256_hex(xd_buf_str(&all), src->conf->hash);
    }

    xd_buf_free(&all);

    return rc;
}
