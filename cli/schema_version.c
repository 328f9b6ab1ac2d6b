/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which version of the schemas a name means: a folder, a file, a release
 * ("1.0"), a document ("item": as it is now) or a URN (as it was released,
 * where it was).
 */

#include "schema.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>


int
schema_told(schema_t *s, xd_rc_t rc, const char *what)
{
    cli_findings(stderr, NULL, &s->rep);

    if (rc == XD_OK) {
        return CLI_GOOD;
    }

    return cli_fail("%s: %s", what,
        rc == XD_E_IO ? strerror(errno) : xd_rc_text(rc));
}


int
schema_need_dir(schema_t *s)
{
    s->dir = s->dir != NULL ? s->dir : cli_schemas_dir(s->arena);

    return s->dir != NULL
               ? CLI_GOOD
               : cli_fail("schema: the canonical schemas are not found; "
                          "XD_SCHEMAS names their folder");
}


int
schema_head(schema_t *s, xd_book_t *book)
{
    int status = schema_need_dir(s);

    return status == CLI_GOOD ? schema_told(s,
               xd_book_load(s->arena, s->dir, book, &s->rep), s->dir)
                              : status;
}


static bool
is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}


static bool
is_release(schema_t *s, xd_str_t version)
{
    xd_str_t path =
        xd_fmt(s->arena, "%s/released/%.*s/MANIFEST", s->dir, XD_FMT(version));

    return path.ptr != NULL && memchr(version.ptr, '/', version.len) == NULL
           && access(path.ptr, R_OK) == 0;
}


/* The folder of a file's fellows: the nearest above it that holds common.json;
 * else its own. */
static const char *
home_of(schema_t *s, const char *path)
{
    char *full = realpath(path, NULL);
    xd_str_t dir = full != NULL ? xd_dup(s->arena, xd_str(full)) : XD_STR_NONE;
    const char *own = NULL;

    free(full);

    while (dir.ptr != NULL && dir.len > 1) {
        xd_str_t common;

        while (dir.len > 0 && dir.ptr[--dir.len] != '/') {
        }

        dir = xd_dup(s->arena, dir);
        common = xd_fmt(s->arena, "%.*s/common.json", XD_FMT(dir));
        own = own != NULL ? own : dir.ptr;

        if (common.ptr != NULL && access(common.ptr, R_OK) == 0) {
            return dir.ptr;
        }
    }

    return own;
}


static int
open_file(schema_t *s, const char *path, xd_book_t *book,
    const xd_leaf_t **leaf)
{
    const char *home = home_of(s, path);
    xd_rc_t rc =
        home == NULL ? XD_E_IO : xd_book_load(s->arena, home, book, &s->rep);

    if (rc == XD_OK) {
        rc = xd_book_add(book, path, leaf, &s->rep);
    }

    return schema_told(s, rc, path);
}


/* "1.0" of urn:retail:item:1.0 and of item:1.0; empty where there is none. */
static xd_str_t
version_of(xd_str_t name)
{
    xd_str_t last = name;

    while (name.ptr != NULL) {
        last = xd_str_cut(&name, ':');
    }

    return last;
}


/* item:1.0 is short for urn:retail:item:1.0. */
static const xd_leaf_t *
find(schema_t *s, const xd_book_t *book, xd_str_t name)
{
    const xd_leaf_t *leaf = xd_book_find(book, name);

    return leaf != NULL ? leaf
                        : xd_book_find(book,
                            xd_fmt(s->arena, "urn:retail:%.*s", XD_FMT(name)));
}


/* A version that was released is what was released; any other, the one that
 * stands here now. */
static int
open_name(schema_t *s, const char *name, xd_book_t *book,
    const xd_leaf_t **leaf)
{
    xd_str_t whole = xd_str(name), version = version_of(whole);
    int status;

    if (version.len < whole.len && is_release(s, version)) {
        status = schema_told(s,
            xd_book_release(s->arena, s->dir, version, book, &s->rep), name);
        *leaf = status == CLI_GOOD ? find(s, book, whole) : NULL;
        if (status != CLI_GOOD || *leaf != NULL) {
            return status;
        }
    }

    status = schema_head(s, book);
    if (status == CLI_GOOD) {
        *leaf = find(s, book, whole);
        status = *leaf != NULL
                     ? CLI_GOOD
                     : cli_fail("no schema is called %s (xd schema list "
                                "names all)",
                         name);
    }

    return status;
}


int
schema_open(schema_t *s, const char *name, xd_book_t *book,
    const xd_leaf_t **leaf)
{
    *leaf = NULL;

    if (is_folder(name)) {
        return schema_told(s, xd_book_load(s->arena, name, book, &s->rep),
            name);
    }

    if (access(name, F_OK) == 0) {
        return open_file(s, name, book, leaf);
    }

    if (schema_need_dir(s) != CLI_GOOD) {
        return CLI_FAILED;
    }

    return is_release(s, xd_str(name)) ? schema_told(s,
               xd_book_release(s->arena, s->dir, xd_str(name), book, &s->rep),
               name)
                                       : open_name(s, name, book, leaf);
}
