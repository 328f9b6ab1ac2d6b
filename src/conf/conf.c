/* SPDX-License-Identifier: BSD-2-Clause */

/* One load from the path to the hash; each step is a file of its own. */

#include "conf/conf.h"

#include <limits.h>
#include <stdlib.h>

#include "conf/environment.h"
#include "conf/place.h"
#include "conf/source.h"
#include "conf/ties.h"


static void
main_fault(xd_report_t *rep, const char *path, const char *text)
{
    xd_report(rep, &(xd_finding_t){ .severity = XD_FATAL,
                       .scope = XD_SCOPE_FILE,
                       .rule = "conf.file",
                       .path = xd_str(path),
                       .text = xd_str(text) });
}


/* The folder of crossdock.yaml, absolute: daemons change their own later. */
static xd_rc_t
find_folder(xd_conf_t *conf, const char *path, xd_report_t *rep)
{
    const char *slash = strrchr(path, '/');
    xd_str_t folder = slash != NULL
                          ? (xd_str_t){ path, (size_t) (slash + 1 - path) }
                          : XD_STR("./");
    char real[PATH_MAX];

    if (strcmp(slash != NULL ? slash + 1 : path, "crossdock.yaml") != 0) {
        main_fault(rep, path,
            "The first file of a configuration is named crossdock.yaml.");
        return XD_E_CONF;
    }

    folder = xd_dup(conf->arena, folder);
    if (folder.ptr == NULL) {
        return XD_E_MEMORY;
    }

    if (realpath(folder.ptr, real) == NULL) {
        main_fault(rep, path, "There is no such folder.");
        return XD_E_IO;
    }

    conf->dir = xd_dup(conf->arena, xd_str(real));

    return conf->dir.ptr != NULL ? XD_OK : XD_E_MEMORY;
}


static xd_rc_t
load_shapes(xd_conf_source_t *src)
{
    xd_str_t dir = xd_fmt(src->scratch, "%.*s/schemas", XD_FMT(src->conf->dir));
    xd_rc_t rc = dir.ptr != NULL ? xd_schemas_load(src->scratch, dir.ptr,
                     &src->shapes, src->rep)
                                 : XD_E_MEMORY;

    if (rc == XD_E_IO) {
        xd_report(src->rep,
            &(xd_finding_t){ .severity = XD_FATAL,
                .scope = XD_SCOPE_FILE,
                .rule = "conf.schema",
                .path = dir,
                .text = XD_STR("The schemas of the configuration files cannot "
                               "be read: they stand in the folder schemas "
                               "beside crossdock.yaml.") });
    }

    return rc;
}


/* Paths are made absolute once, so that looking them up allocates nothing. */
static xd_rc_t
fix_paths(xd_conf_t *conf)
{
    xd_each (path, xd_get(conf->main, "paths")) {
        if (path->kind != XD_STRING) {
            continue;
        }

        path->text = xd_conf_resolve(conf, path->text);
        if (path->text.ptr == NULL) {
            return XD_E_MEMORY;
        }
    }

    return XD_OK;
}


/* The canonical documents belong to the generation: what a process checks
 * against must not change under it when somebody installs new schemas. */
static xd_rc_t
load_documents(xd_conf_source_t *src)
{
    const char *dir = xd_conf_path(src->conf, "schemas");
    xd_rc_t rc;

    /* Reported with crossdock.yaml. */
    if (dir == NULL) {
        return XD_OK;
    }

    rc = xd_schemas_load(src->conf->arena, dir, &src->conf->schemas, src->rep);

    if (rc == XD_E_IO) {
        xd_conf_fault(src->rep, src->conf,
            xd_get(xd_get(src->conf->main, "paths"), "schemas"), "conf.schema",
            "The schemas of the canonical documents cannot be read from this "
            "folder.");
        src->unreadable = true;
    }

    return rc == XD_E_MEMORY ? rc : XD_OK;
}


/* The order matters: ties look at what defaults and environment left, and paths
 * are absolute before anything is read from one of them. */
static xd_rc_t
read_all(xd_conf_source_t *src)
{
    xd_rc_t rc = load_shapes(src);

    for (const xd_conf_kind_t *k = xd_conf_kinds; k->name != NULL; k++) {
        if (rc == XD_OK) {
            rc = xd_conf_read_kind(src, k);
        }
    }

    if (rc == XD_OK) {
        rc = fix_paths(src->conf);
    }

    if (rc == XD_OK) {
        rc = xd_conf_environment(src->conf, src->rep);
    }

    if (rc == XD_OK) {
        rc = xd_conf_tie(src->conf, src->scratch, src->rep);
    }

    if (rc == XD_OK) {
        rc = load_documents(src);
    }

    return rc == XD_OK ? xd_conf_hash(src) : rc;
}


/* rep may hold findings of the caller: only what is new counts as ours. */
static xd_rc_t
load_into(xd_conf_t *conf, const char *path, xd_report_t *rep)
{
    xd_conf_source_t src = { .conf = conf,
        .rep = rep,
        .files = XD_VEC(xd_conf_file_t) };
    size_t before = xd_report_errors(rep);
    xd_rc_t rc = find_folder(conf, path, rep);

    if (rc != XD_OK) {
        return rc;
    }

    src.scratch = xd_arena_new(0);
    if (src.scratch == NULL) {
        return XD_E_MEMORY;
    }

    rc = read_all(&src);
    xd_arena_free(src.scratch);

    if (rc == XD_OK && src.unreadable) {
        return XD_E_IO;
    }

    return rc == XD_OK && xd_report_errors(rep) > before ? XD_E_CONF : rc;
}


xd_rc_t
xd_conf_load(const char *path, xd_conf_t **out, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_conf_t *conf = arena != NULL ? xd_alloc(arena, sizeof(*conf)) : NULL;
    xd_rc_t rc;

    if (conf == NULL) {
        xd_arena_free(arena);
        return XD_E_MEMORY;
    }

    conf->arena = arena;
    rc = load_into(conf, path, rep);

    if (rc != XD_OK) {
        xd_conf_free(conf);
        return rc;
    }

    *out = conf;

    return XD_OK;
}


void
xd_conf_free(xd_conf_t *conf)
{
    if (conf != NULL) {
        xd_arena_free(conf->arena);
    }
}


const char *
xd_conf_path(const xd_conf_t *conf, const char *name)
{
    return xd_text(xd_get(conf->main, "paths"), name).ptr;
}


xd_str_t
xd_conf_resolve(const xd_conf_t *conf, xd_str_t path)
{
    return path.len > 0 && path.ptr[0] == '/'
               ? xd_dup(conf->arena, path)
               : xd_fmt(conf->arena, "%.*s/%.*s", XD_FMT(conf->dir),
                   XD_FMT(path));
}
