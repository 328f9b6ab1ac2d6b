/* SPDX-License-Identifier: BSD-2-Clause */

/* A folder of maps, and which of them does what. */

#include "map/mapping.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "map/compile.h"

#define DEPTH_MAX 8     /* folders in folders */
#define FILES_MAX 10000 /* of one folder of maps */


/* -- files ----------------------------------------------------------------- */

static int
by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *) a, *(const char *const *) b);
}


static bool
is_map_file(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && name[0] != '.' && strcmp(name + len - 4, ".map") == 0;
}


static xd_rc_t files_below(xd_arena_t *arena, const char *dir, unsigned depth,
    xd_vec_t *out);


static xd_rc_t
entry(xd_arena_t *arena, const char *dir, const char *name, unsigned depth,
    xd_vec_t *out)
{
    const char *path = xd_fmt(arena, "%s/%s", dir, name).ptr, **slot;
    struct stat st;

    if (path == NULL) {
        return XD_E_MEMORY;
    }

    if (name[0] != '.' && stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        return files_below(arena, path, depth + 1, out);
    }

    if (!is_map_file(name)) {
        return XD_OK;
    }

    if (out->count >= FILES_MAX) {
        return XD_E_LIMIT;
    }

    slot = xd_vec_push(out, arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }
    *slot = path;

    return XD_OK;
}


static xd_rc_t
files_below(xd_arena_t *arena, const char *dir, unsigned depth, xd_vec_t *out)
{
    DIR *d;
    const struct dirent *e;
    xd_rc_t rc = XD_OK;

    if (depth >= DEPTH_MAX) {
        return XD_E_LIMIT;
    }

    d = opendir(dir);
    if (d == NULL) {
        return XD_E_IO;
    }

    /* a folder that cannot be read to its end has not been read */
    while (rc == XD_OK && (errno = 0, e = readdir(d)) != NULL) {
        rc = entry(arena, dir, e->d_name, depth, out);
    }
    rc = rc == XD_OK && errno != 0 ? XD_E_IO : rc;
    (void) closedir(d);

    return rc;
}


static xd_rc_t
read_folder(map_library_t *lib, const char *dir)
{
    xd_vec_t files = XD_VEC(const char *);
    xd_rc_t rc = files_below(lib->arena, dir, 0, &files), worst = XD_OK;
    map_text_t *text;

    if (rc == XD_OK && files.count > 0) {
        qsort(files.at, files.count, files.size, by_name);
    }

    /* what is wrong in one file does not hide what is wrong in another */
    for (size_t i = 0; rc == XD_OK && i < files.count; i++) {
        rc = map_library_read(lib, *XD_AT(&files, const char *, i), &text);
        if (rc == XD_E_CONF) {
            worst = rc;
            rc = XD_OK;
        }
    }

    return rc != XD_OK ? rc : worst;
}


/* -- proofs across maps ---------------------------------------------------- */

static bool
same_work(const xd_mapping_t *a, const xd_mapping_t *b)
{
    return strcmp(a->syntax, b->syntax) == 0 && xd_str_eq(a->party, b->party)
           && strcmp(a->set_version, b->set_version) == 0
           && ((a->reads && b->reads && strcmp(a->set, b->set) == 0)
               || (a->writes && b->writes
                   && strcmp(a->document, b->document) == 0));
}


/* A fault of a map, at its header. */
static void
at_header(map_library_t *lib, const xd_mapping_t *map, const char *format,
    const char *other)
{
    for (size_t i = 0; i < lib->files.count; i++) {
        const map_text_t *text = *XD_AT(&lib->files, map_text_t *, i);

        if (text->is_map && text->at.file->path == map->file) {
            map_fault(lib->rep, &text->at, "map.names", "%s: %s.", format,
                other);
            return;
        }
    }
}


/* Two maps of one name, or two for the same that are both the usual ones. */
static xd_rc_t
held_together(map_library_t *lib, const xd_mappings_t *maps)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < maps->all.count; i++) {
        const xd_mapping_t *a = XD_AT(&maps->all, xd_mapping_t, i);

        for (size_t j = 0; j < i; j++) {
            const xd_mapping_t *b = XD_AT(&maps->all, xd_mapping_t, j);

            if (strcmp(a->name, b->name) == 0 && strcmp(a->file, b->file) != 0)
            {
                at_header(lib, a, "Another map has this name, too", b->file);
                rc = XD_E_CONF;
            } else if (a->usual && b->usual && same_work(a, b)) {
                at_header(lib, a, "Another map is the usual one already",
                    b->name);
                rc = XD_E_CONF;
            }
        }
    }

    return rc;
}


/* -- loading --------------------------------------------------------------- */

static xd_rc_t
compile_all(map_library_t *lib, map_targets_t *targets,
    const xd_mappings_env_t *env, xd_mappings_t *out)
{
    xd_rc_t rc = XD_OK, worst = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < lib->files.count; i++) {
        const map_text_t *text = *XD_AT(&lib->files, map_text_t *, i);

        if (text->is_map) {
            rc = map_compile(lib, targets, env->shapes, text, &out->all);
        } else if (text->lines.first != NULL) {
            map_fault(lib->rep, &text->lines.first->at, "map.header",
                "Lines stand in a map, which begins with: map NAME/VERSION : "
                "SYNTAX/SET <-> DOCUMENT.");
            rc = XD_E_CONF;
        }
        if (rc == XD_E_CONF) {
            worst = rc;
            rc = XD_OK;
        }
    }

    if (rc == XD_OK && worst == XD_OK) {
        worst = held_together(lib, out);
    }

    return rc != XD_OK ? rc : worst;
}


xd_rc_t
xd_mappings_load(xd_arena_t *arena, const char *dir,
    const xd_mappings_env_t *env, xd_mappings_t *out, xd_report_t *rep)
{
    map_library_t lib = { arena, rep, XD_VEC(map_text_t *) };
    map_targets_t *targets;
    xd_rc_t rc = map_targets_load(arena, env->schemas, &targets, rep);

    out->all = XD_VEC(xd_mapping_t);
    if (rc == XD_OK) {
        rc = read_folder(&lib, dir);
    }

    return rc == XD_OK ? compile_all(&lib, targets, env, out) : rc;
}


/* The map of a text that is in the library already. */
static xd_rc_t
load_one(map_library_t *lib, const map_text_t *text, const char *dir,
    const xd_mappings_env_t *env, xd_mappings_t *out)
{
    map_targets_t *targets;
    xd_rc_t rc = map_targets_load(lib->arena, env->schemas, &targets, lib->rep);

    out->all = XD_VEC(xd_mapping_t);
    if (rc == XD_OK && !text->is_map) {
        map_fault(lib->rep, &(map_at_t){ text->file, 1, 1, 0 }, "map.header",
            "There is no map in this file.");
        return XD_E_CONF;
    }

    if (rc == XD_OK && text->extends.len > 0 && dir != NULL) {
        rc = read_folder(lib, dir);
    }

    return rc == XD_OK ? map_compile(lib, targets, env->shapes, text, &out->all)
                       : rc;
}


xd_rc_t
xd_mapping_load(xd_arena_t *arena, const char *path, const char *dir,
    const xd_mappings_env_t *env, xd_mappings_t *out, xd_report_t *rep)
{
    map_library_t lib = { arena, rep, XD_VEC(map_text_t *) };
    map_text_t *text;
    xd_rc_t rc = map_library_read(&lib, path, &text);

    return rc == XD_OK ? load_one(&lib, text, dir, env, out) : rc;
}


xd_rc_t
xd_mapping_text(xd_arena_t *arena, const char *path, xd_str_t bytes,
    const char *dir, const xd_mappings_env_t *env, xd_mappings_t *out,
    xd_report_t *rep)
{
    map_library_t lib = { arena, rep, XD_VEC(map_text_t *) };
    map_text_t *text;
    xd_rc_t rc = map_library_put(&lib, path, bytes, &text);

    return rc == XD_OK ? load_one(&lib, text, dir, env, out) : rc;
}


/* -- which one ------------------------------------------------------------- */

static bool
fits_version(const xd_mapping_t *map, xd_str_t version)
{
    xd_str_t own = xd_str(map->set_version);

    if (own.len == 0 || version.len == 0) {
        return own.len == 0 || map->is_first;
    }

    if (!map->kind->versions_grow) {
        return xd_str_eq(own, version);
    }

    return map->is_first || own.len > version.len
           || memcmp(own.ptr, version.ptr, own.len) <= 0;
}


static bool
asked(const xd_mapping_t *map, const xd_mapping_query_t *q, xd_str_t party)
{
    return xd_str_eq(map->party, party)
           && (q->syntax.len == 0 || xd_str_is(q->syntax, map->syntax))
           && (q->set.len == 0 || xd_str_is(q->set, map->set))
           && fits_version(map, q->version)
           && (q->document.len == 0 || xd_str_is(q->document, map->document));
}


/* The only one of a party, or the usual one of several.  Versions of one map
 * follow each other, the newest last. */
static const xd_mapping_t *
of_party(const xd_mappings_t *maps, const xd_mapping_query_t *q, xd_str_t party,
    bool writes)
{
    const xd_mapping_t *found = NULL;
    size_t n = 0;

    for (size_t i = 0; i < maps->all.count; i++) {
        const xd_mapping_t *map = XD_AT(&maps->all, xd_mapping_t, i);
        bool newer = found != NULL && strcmp(found->name, map->name) == 0;

        if ((writes ? map->writes : map->reads) && asked(map, q, party)) {
            if (found == NULL || !found->usual || newer) {
                found = map;
            }
            n += !newer;
        }
    }

    return n == 1 || (found != NULL && found->usual) ? found : NULL;
}


static const xd_mapping_t *
best(const xd_mappings_t *maps, const xd_mapping_query_t *q, bool writes)
{
    const xd_mapping_t *own =
        q->party.len > 0 ? of_party(maps, q, q->party, writes) : NULL;

    return own != NULL ? own : of_party(maps, q, XD_STR(""), writes);
}


const xd_mapping_t *
xd_mapping_in(const xd_mappings_t *maps, const xd_mapping_query_t *query)
{
    return best(maps, query, false);
}


const xd_mapping_t *
xd_mapping_out(const xd_mappings_t *maps, const xd_mapping_query_t *query)
{
    return best(maps, query, true);
}


/* -- its lines ------------------------------------------------------------- */

xd_mapping_line_t
xd_mapping_line(const xd_mapping_t *map, uint32_t id)
{
    const map_place_t *p = &map->places[id];

    return (xd_mapping_line_t){ .file = p->at.file->path,
        .line = p->at.line,
        .column = p->at.column,
        .text = p->source,
        .reads = p->reads,
        .writes = p->writes };
}
