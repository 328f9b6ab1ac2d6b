/* SPDX-License-Identifier: BSD-2-Clause */

/* Schemas as trees: read, found by name, their references followed. */

#include "canon/book.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "canon/schema.h"
#include "canon/uri.h"
#include "crypt/digest.h"
#include "format/json.h"

#define FILE_LIMIT ((size_t) 4 << 20)
#define MANIFEST   ((size_t) 1 << 20)


/* -- leaves -------------------------------------------------------------- */


/* "item" and 1, 0 of urn:retail:item:1.0; what has another shape is called by
 * its path. */
static void
name_leaf(xd_leaf_t *leaf)
{
    uint64_t major, minor;
    xd_str_t rest = leaf->id, number = XD_STR_NONE, name = XD_STR_NONE;

    leaf->name = leaf->path;

    while (rest.ptr != NULL) {
        name = number;
        number = xd_str_cut(&rest, ':');
    }

    rest = number;
    number = xd_str_cut(&rest, '.');

    if (name.len > 0 && rest.ptr != NULL
        && xd_str_uint(number, UINT32_MAX, &major)
        && xd_str_uint(rest, UINT32_MAX, &minor))
    {
        leaf->name = name;
        leaf->major = (uint32_t) major;
        leaf->minor = (uint32_t) minor;
    }
}


static xd_leaf_t **
place_of(const xd_book_t *book, xd_str_t id)
{
    for (size_t i = 0; id.len > 0 && i < book->leaves.count; i++) {
        xd_leaf_t **l = XD_AT(&book->leaves, xd_leaf_t *, i);

        if (xd_str_eq((*l)->id, id)) {
            return l;
        }
    }

    return NULL;
}


/* Findings of the reader say where in the text; in which file is added. */
typedef struct {
    xd_report_t *rep;
    xd_arena_t *arena;
    xd_str_t path;
} teller_t;


static void
tell(void *ctx, const xd_finding_t *f)
{
    const teller_t *t = ctx;

    xd_report_in(t->rep, t->arena, t->path, f);
}


xd_rc_t
xd_book_put(xd_book_t *book, xd_str_t path, xd_str_t bytes,
    const xd_leaf_t **out, xd_report_t *rep)
{
    teller_t teller = { rep, book->arena, path };
    xd_leaf_t *leaf = xd_alloc(book->arena, sizeof(*leaf));
    xd_report_t mine;
    xd_leaf_t **place;
    xd_node_t *root;
    xd_rc_t rc;

    if (leaf == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&mine, book->arena, 0);
    mine.sink = tell;
    mine.sink_ctx = &teller;

    rc = xd_json_read(book->arena, bytes, NULL, &root, &mine);
    if (rc != XD_OK) {
        return rc;
    }

    *leaf =
        (xd_leaf_t){ .path = path, .id = xd_text(root, "$id"), .root = root };
    name_leaf(leaf);

    place = place_of(book, leaf->id);
    place = place != NULL ? place : xd_vec_push(&book->leaves, book->arena);
    if (place == NULL) {
        return XD_E_MEMORY;
    }

    *place = leaf;
    *out = leaf;

    return XD_OK;
}


xd_rc_t
xd_book_add(xd_book_t *book, const char *path, const xd_leaf_t **leaf,
    xd_report_t *rep)
{
    xd_str_t name = xd_dup(book->arena, xd_str(path));
    xd_str_t bytes;
    xd_rc_t rc = name.ptr == NULL
                     ? XD_E_MEMORY
                     : xd_file_read(book->arena, path, FILE_LIMIT, &bytes);

    return rc == XD_OK ? xd_book_put(book, name, bytes, leaf, rep) : rc;
}


/* -- folders and releases ------------------------------------------------ */


xd_book_t
xd_book_new(xd_arena_t *arena)
{
    return (xd_book_t){ .arena = arena, .leaves = XD_VEC(xd_leaf_t *) };
}


static xd_rc_t
add_below(xd_book_t *book, const char *dir, xd_str_t path, xd_report_t *rep)
{
    xd_str_t full = xd_fmt(book->arena, "%s/%.*s", dir, XD_FMT(path));
    const xd_leaf_t *leaf;
    xd_str_t bytes;
    xd_rc_t rc = full.ptr == NULL
                     ? XD_E_MEMORY
                     : xd_file_read(book->arena, full.ptr, FILE_LIMIT, &bytes);

    return rc == XD_OK ? xd_book_put(book, path, bytes, &leaf, rep) : rc;
}


xd_rc_t
xd_book_load(xd_arena_t *arena, const char *dir, xd_book_t *out,
    xd_report_t *rep)
{
    xd_vec_t paths = XD_VEC(xd_str_t);
    xd_rc_t rc = xd_schema_files(arena, dir, &paths);

    *out = xd_book_new(arena);

    for (size_t i = 0; rc == XD_OK && i < paths.count; i++) {
        rc = add_below(out, dir, *XD_AT(&paths, xd_str_t, i), rep);
    }

    return rc;
}


/* Bytes at path when they have the digest; XD_E_IO when they are not there or
 * are others. */
static xd_rc_t
read_same(xd_arena_t *arena, xd_str_t path, xd_str_t digest, xd_str_t *bytes)
{
    char hex[XD_SHA256_HEX + 1];
    xd_rc_t rc;

    if (path.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(arena, path.ptr, FILE_LIMIT, bytes);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_E_IO;
    }

    xd_sha256_hex(*bytes, hex);

    return xd_str_is(digest, hex) ? XD_OK : XD_E_IO;
}


/* A path of a manifest stays below its folder. */
static bool
is_schema_path(xd_str_t path)
{
    static const char tail[] = ".json";
    size_t len = sizeof(tail) - 1;
    bool json =
        path.len > len && memcmp(path.ptr + path.len - len, tail, len) == 0;

    for (size_t i = 0; i + 9 <= path.len; i++) {
        if (memcmp(path.ptr + i, "examples/", 9) == 0) {
            return false;
        }
    }

    return json && path.ptr[0] != '/'
           && memmem(path.ptr, path.len, "..", 2) == NULL;
}


static xd_rc_t
add_released(xd_book_t *book, const char *dir, xd_str_t kept, xd_str_t line,
    xd_report_t *rep)
{
    xd_arena_t *arena = book->arena;
    xd_str_t path = line, digest = xd_str_cut(&path, ' ');
    const xd_leaf_t *leaf;
    xd_str_t bytes;
    xd_rc_t rc;

    path = xd_str_trim(path);
    if (!is_schema_path(path)) {
        return XD_OK;
    }

    rc = read_same(arena, xd_fmt(arena, "%s/%.*s", dir, XD_FMT(path)), digest,
        &bytes);
    if (rc == XD_E_IO) {
        rc = read_same(arena,
            xd_fmt(arena, "%.*s/%.*s", XD_FMT(kept), XD_FMT(path)), digest,
            &bytes);
    }

    if (rc == XD_E_IO) {
        xd_reportf(rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_FILE,
                .rule = "release.file",
                .path = path },
            "this file has changed since it was released; put the released "
            "one into %.*s/%.*s",
            XD_FMT(kept), XD_FMT(path));
        return XD_E_CONF;
    }

    return rc == XD_OK ? xd_book_put(book, path, bytes, &leaf, rep) : rc;
}


xd_rc_t
xd_book_release(xd_arena_t *arena, const char *dir, xd_str_t version,
    xd_book_t *out, xd_report_t *rep)
{
    xd_str_t kept = xd_fmt(arena, "%s/released/%.*s", dir, XD_FMT(version));
    xd_str_t list = xd_fmt(arena, "%.*s/MANIFEST", XD_FMT(kept));
    xd_rc_t rc, worst = XD_OK;
    xd_str_t bytes;

    *out = xd_book_new(arena);

    if (kept.ptr == NULL || list.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(arena, list.ptr, MANIFEST, &bytes);

    while (rc == XD_OK && bytes.ptr != NULL) {
        rc = add_released(out, dir, kept, xd_str_cut(&bytes, '\n'), rep);

        /* Every file that has changed is told, not the first alone. */
        if (rc == XD_E_CONF) {
            worst = rc;
            rc = XD_OK;
        }
    }

    return rc == XD_OK ? worst : rc;
}


/* -- looking up ---------------------------------------------------------- */


static bool
is_newer(const xd_leaf_t *a, const xd_leaf_t *b)
{
    return a->major != b->major ? a->major > b->major : a->minor > b->minor;
}


const xd_leaf_t *
xd_book_find(const xd_book_t *book, xd_str_t name)
{
    const xd_leaf_t *best = NULL;

    for (size_t i = 0; i < book->leaves.count; i++) {
        const xd_leaf_t *l = *XD_AT(&book->leaves, xd_leaf_t *, i);

        if (xd_str_eq(l->path, name)
            || (l->id.len > 0 && xd_str_eq(l->id, name))) {
            return l;
        }

        if (xd_str_eq(l->name, name) && (best == NULL || is_newer(l, best))) {
            best = l;
        }
    }

    return best;
}


const xd_leaf_t *
xd_book_leaf_of(const xd_book_t *book, const xd_node_t *node)
{
    while (node->parent != NULL) {
        node = node->parent;
    }

    for (size_t i = 0; i < book->leaves.count; i++) {
        const xd_leaf_t *l = *XD_AT(&book->leaves, xd_leaf_t *, i);

        if (l->root == node) {
            return l;
        }
    }

    return NULL;
}


/* The node behind this one in the order of the text, below root. */
static const xd_node_t *
behind(const xd_node_t *root, const xd_node_t *node)
{
    if (node->first != NULL) {
        return node->first;
    }

    while (node != root && node->next == NULL) {
        node = node->parent;
    }

    return node == root ? NULL : node->next;
}


static const xd_node_t *
anchored(const xd_node_t *root, xd_str_t anchor)
{
    for (const xd_node_t *n = root; n != NULL; n = behind(root, n)) {
        if (xd_str_eq(xd_text(n, "$anchor"), anchor)) {
            return n;
        }
    }

    return NULL;
}


const xd_node_t *
xd_book_ref(const xd_book_t *book, const xd_node_t *at, xd_str_t ref)
{
    xd_str_t anchor = ref, base = xd_str_cut(&anchor, '#');
    const xd_leaf_t *leaf =
        base.len == 0 ? xd_book_leaf_of(book, at) : xd_book_find(book, base);

    if (leaf == NULL || anchor.len == 0) {
        return leaf != NULL ? leaf->root : NULL;
    }

    if (anchor.ptr[0] != '/') {
        return anchored(leaf->root, anchor);
    }

    if (memchr(anchor.ptr, '%', anchor.len) != NULL) {
        anchor = xd_uri_decode(book->arena, anchor);
    }

    return anchor.ptr != NULL ? xd_pointer(leaf->root, anchor) : NULL;
}
