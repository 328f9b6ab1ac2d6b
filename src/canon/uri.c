/* SPDX-License-Identifier: BSD-2-Clause */

/* Standard: RFC 3986. */

#include "canon/uri.h"


typedef struct {
    xd_str_t scheme, authority, path, query, fragment; /* ptr NULL: none */
} parts_t;


static bool
is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}


/* The length of a scheme without its colon; 0: there is none. */
static size_t
scheme_len(xd_str_t uri)
{
    for (size_t i = 0; i < uri.len; i++) {
        char c = uri.ptr[i];

        if (c == ':') {
            return i;
        }

        if (!is_alpha(c)
            && (i == 0
                || !((c >= '0' && c <= '9') || c == '+' || c == '-'
                     || c == '.')))
        {
            return 0;
        }
    }

    return 0;
}


static parts_t
parts_of(xd_str_t uri)
{
    parts_t p = { .path = XD_STR_NONE };
    size_t n = scheme_len(uri);

    p.fragment = uri;
    p.query = xd_str_cut(&p.fragment, '#');
    p.path = xd_str_cut(&p.query, '?');

    if (n > 0) {
        p.scheme = xd_str_cut(&p.path, ':');
    }

    if (p.path.len >= 2 && p.path.ptr[0] == '/' && p.path.ptr[1] == '/') {
        p.path.ptr += 2;
        p.path.len -= 2;
        p.authority = p.path;
        for (n = 0; n < p.path.len && p.path.ptr[n] != '/';) {
            n++;
        }
        p.authority.len = n;
        p.path.ptr += n;
        p.path.len -= n;
    }

    return p;
}


/* Takes "." and ".." out of a path, in place. */
static size_t
remove_dots(char *path, size_t len)
{
    size_t out = 0;
    size_t in = 0;

    while (in < len) {
        size_t n = in + (path[in] == '/');
        size_t from = n;
        bool last;

        while (n < len && path[n] != '/') {
            n++;
        }
        last = n == len;

        if (n - from == 1 && path[from] == '.') {
            if (last && path[in] == '/') {
                path[out++] = '/';
            }

        } else if (n - from == 2 && path[from] == '.' && path[from + 1] == '.')
        {
            while (out > 0 && path[--out] != '/') {
                continue;
            }
            if (last) {
                path[out++] = '/';
            }

        } else {
            memmove(path + out, path + in, n - in);
            out += n - in;
        }

        in = n;
    }

    return out;
}


/* The path of a reference that has no scheme and no authority. */
static xd_str_t
merge(xd_arena_t *arena, const parts_t *base, xd_str_t path)
{
    xd_str_t folder = base->path;

    if (path.len > 0 && path.ptr[0] == '/') {
        return xd_dup(arena, path);
    }

    while (folder.len > 0 && folder.ptr[folder.len - 1] != '/') {
        folder.len--;
    }

    return xd_fmt(arena, "%s%.*s%.*s",
        base->authority.ptr != NULL && base->path.len == 0 ? "/" : "",
        XD_FMT(folder), XD_FMT(path));
}


static xd_str_t
clean(xd_arena_t *arena, xd_str_t path)
{
    char *copy;

    /* Opaque paths, of urn: and the like, have no dots to be taken out. */
    if (memchr(path.ptr, '/', path.len) == NULL) {
        return path;
    }

    copy = xd_alloc(arena, path.len + 1);
    if (copy == NULL) {
        return XD_STR_NONE;
    }

    memcpy(copy, path.ptr, path.len);

    return (xd_str_t){ copy, remove_dots(copy, path.len) };
}


static xd_str_t
join(xd_arena_t *arena, const parts_t *p)
{
    return xd_fmt(arena, "%.*s%s%s%.*s%.*s%s%.*s%s%.*s", XD_FMT(p->scheme),
        p->scheme.ptr != NULL ? ":" : "", p->authority.ptr != NULL ? "//" : "",
        XD_FMT(p->authority), XD_FMT(p->path), p->query.ptr != NULL ? "?" : "",
        XD_FMT(p->query), p->fragment.ptr != NULL ? "#" : "",
        XD_FMT(p->fragment));
}


xd_str_t
xd_uri_resolve(xd_arena_t *arena, xd_str_t base, xd_str_t ref)
{
    parts_t b = parts_of(base);
    parts_t r = parts_of(ref);

    if (r.scheme.ptr == NULL) {
        r.scheme = b.scheme;

        if (r.authority.ptr == NULL) {
            r.authority = b.authority;

            if (r.path.len == 0) {
                r.path = b.path;
                r.query = r.query.ptr == NULL ? b.query : r.query;
            } else {
                r.path = merge(arena, &b, r.path);
            }
        }
    }

    /* Only a full arena leaves a path without a place. */
    if (r.path.len > 0) {
        r.path = clean(arena, r.path);
    }

    return r.path.ptr == NULL ? XD_STR_NONE : join(arena, &r);
}


static int
hex(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c = (char) (c | 0x20);

    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


xd_str_t
xd_uri_decode(xd_arena_t *arena, xd_str_t text)
{
    char *out = xd_alloc(arena, text.len + 1);
    size_t n = 0;

    if (out == NULL) {
        return XD_STR_NONE;
    }

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '%' && i + 2 < text.len && hex(text.ptr[i + 1]) >= 0
            && hex(text.ptr[i + 2]) >= 0)
        {
            c = (char) (hex(text.ptr[i + 1]) * 16 + hex(text.ptr[i + 2]));
            i += 2;
        }
        out[n++] = c;
    }

    return (xd_str_t){ out, n };
}
