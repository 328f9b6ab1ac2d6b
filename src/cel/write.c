/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Values as text: as the expression that gives them, or plain, as format's
 * %s has them.  Lists are shared inside of a value, so that a small one can
 * have a very long text: what is longer than LONG is cut off by the limit.
 */

#include "cel/room.h"

#include <stdlib.h>

#define DEEP 400               /* lists inside of lists */
#define LONG (4 * 1024 * 1024) /* bytes of the whole */

typedef struct {
    xd_buf_t *out;
    size_t most;
    unsigned depth;
    bool plain;
} writer_t;

/* Elements one by one, without memory: what a node stands for lives here. */
typedef struct {
    const xd_node_t *node;
    const xd_cel_value_t *at;
    size_t left;
    bool map;
    xd_cel_value_t key, value;
    xd_cel_items_t items;
} each_t;

static void write(writer_t *w, const xd_cel_value_t *v);


static each_t
each(const xd_cel_value_t *v)
{
    const xd_cel_items_t *items = v->as.items;

    return (each_t){ .node = items->node != NULL ? items->node->first : NULL,
        .at = items->at,
        .left = cel_count(v),
        .map = v->kind == XD_CEL_MAP };
}


static void
hold(each_t *e)
{
    const xd_node_t *node = e->node;

    e->key = xd_cel_of_text(node->key);
    e->node = node->next;

    if (node->kind == XD_ARRAY || node->kind == XD_OBJECT) {
        e->items = (xd_cel_items_t){ .node = node };
        e->value.kind = node->kind == XD_ARRAY ? XD_CEL_LIST : XD_CEL_MAP;
        e->value.as.items = &e->items;
    } else {
        e->value = xd_cel_of_node(NULL, node);
    }
}


static bool
following(each_t *e)
{
    if (e->left == 0) {
        return false;
    }

    e->left--;
    if (e->node != NULL) {
        hold(e);
        return true;
    }

    e->key = e->at[0];
    e->value = e->at[e->map ? 1 : 0];
    e->at += e->map ? 2 : 1;

    return true;
}


static void
quoted(xd_buf_t *out, xd_str_t s, bool bytes)
{
    static const char from[] = "\a\b\f\n\r\t\v\\\"";
    static const char to[] = "abfnrtv\\\"";

    xd_buf_text(out, bytes ? "b\"" : "\"");
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];
        const char *found = c != '\0' ? strchr(from, c) : NULL;

        if (found != NULL) {
            xd_buf_byte(out, '\\');
            xd_buf_byte(out, to[found - from]);
        } else if (c < ' ' || c == 0x7F || (bytes && c >= 0x80)) {
            xd_buf_fmt(out, "\\x%02x", c);
        } else {
            xd_buf_byte(out, (char) c);
        }
    }

    xd_buf_byte(out, '"');
}


static void
real(writer_t *w, double d)
{
    char text[40];

    cel_double_text(d, text, false);
    if (w->plain) {
        xd_buf_text(w->out, text);
    } else if (strpbrk(text, "NI") != NULL) {
        xd_buf_fmt(w->out, "double(\"%s\")", text);
    } else {
        xd_buf_text(w->out, text);
        xd_buf_text(w->out, strpbrk(text, ".e") == NULL ? ".0" : "");
    }
}


static void
list(writer_t *w, const xd_cel_value_t *v)
{
    each_t e = each(v);
    bool first = true;

    xd_buf_byte(w->out, '[');
    while (xd_buf_rc(w->out) == XD_OK && following(&e)) {
        xd_buf_text(w->out, first ? "" : ", ");
        first = false;
        write(w, &e.value);
    }

    xd_buf_byte(w->out, ']');
}


/* -- maps, in the order of their keys ------------------------------------- */

typedef struct {
    size_t at, len, key; /* the entry in the buffer; bytes of its key */
} entry_t;


static int
by_key(const void *a, const void *b, void *text)
{
    const entry_t *ea = a;
    const entry_t *eb = b;
    const char *base = text;

    return xd_str_cmp((xd_str_t){ base + ea->at, ea->key },
        (xd_str_t){ base + eb->at, eb->key });
}


/* Writes all entries into text, and where they stand into index. */
static void
entries(writer_t *w, const xd_cel_value_t *v, xd_buf_t *index)
{
    xd_buf_t *text = w->out;
    each_t e = each(v);

    while (xd_buf_rc(text) == XD_OK && following(&e)) {
        entry_t at = { .at = text->len };

        write(w, &e.key);
        at.key = text->len - at.at;
        xd_buf_text(text, ": ");
        write(w, &e.value);
        at.len = text->len - at.at;
        xd_buf_add(index, (xd_str_t){ (const char *) &at, sizeof(at) });
    }
}


static void
map(writer_t *w, const xd_cel_value_t *v)
{
    xd_buf_t *out = w->out;
    xd_buf_t text = { 0 };
    xd_buf_t index = { 0 };
    entry_t *at;
    size_t n;

    w->out = &text;
    entries(w, v, &index);
    w->out = out;

    if (xd_buf_rc(&text) != XD_OK || xd_buf_rc(&index) != XD_OK) {
        out->rc = xd_buf_rc(&text) != XD_OK ? xd_buf_rc(&text) : XD_E_MEMORY;
    }

    n = index.len / sizeof(entry_t);
    at = (entry_t *) (void *) index.ptr;
    if (n > 1) {
        qsort_r(at, n, sizeof(entry_t), by_key, text.ptr);
    }

    xd_buf_byte(out, '{');
    for (size_t i = 0; i < n; i++) {
        xd_buf_text(out, i > 0 ? ", " : "");
        xd_buf_add(out, (xd_str_t){ text.ptr + at[i].at, at[i].len });
    }

    xd_buf_byte(out, '}');
    xd_buf_free(&text);
    xd_buf_free(&index);
}


/* -- the rest ------------------------------------------------------------- */

static void
optional(writer_t *w, const xd_cel_value_t *v)
{
    if (v->as.inner == NULL) {
        xd_buf_text(w->out, "optional.none()");
        return;
    }

    xd_buf_text(w->out, "optional.of(");
    write(w, v->as.inner);
    xd_buf_byte(w->out, ')');
}


/* What has no literal is a call: timestamp("…"). */
static void
called(writer_t *w, const char *name, const char *text, size_t len)
{
    xd_str_t s = { text, len };

    if (w->plain) {
        xd_buf_add(w->out, s);
    } else {
        xd_buf_fmt(w->out, "%s(\"%.*s\")", name, XD_FMT(s));
    }
}


static void
scalar(writer_t *w, const xd_cel_value_t *v)
{
    char text[64];

    switch (v->kind) {
    case XD_CEL_NULL:
        xd_buf_text(w->out, "null");
        break;
    case XD_CEL_BOOL:
        xd_buf_text(w->out, v->as.truth ? "true" : "false");
        break;
    case XD_CEL_INT:
        xd_buf_fmt(w->out, "%lld", (long long) v->as.number);
        break;
    case XD_CEL_UINT:
        xd_buf_fmt(w->out, "%llu%s", (unsigned long long) v->as.natural,
            w->plain ? "" : "u");
        break;
    case XD_CEL_DOUBLE:
        real(w, v->as.real);
        break;
    case XD_CEL_TIMESTAMP:
        called(w, "timestamp", text, cel_time_write(v->as.time, text));
        break;
    case XD_CEL_DURATION:
        called(w, "duration", text, cel_duration_write(v->as.number, text));
        break;
    case XD_CEL_DECIMAL:
        called(w, "decimal", text, xd_decimal_write(v->as.decimal, text));
        break;
    default:
        xd_buf_add(w->out, v->as.text);
    }
}


static void
write(writer_t *w, const xd_cel_value_t *v)
{
    if (xd_buf_rc(w->out) != XD_OK) {
        return;
    }

    if (w->out->len > w->most || w->depth >= DEEP) {
        w->out->rc = XD_E_LIMIT;
        return;
    }

    w->depth++;
    if (v->kind == XD_CEL_LIST) {
        list(w, v);
    } else if (v->kind == XD_CEL_MAP) {
        map(w, v);
    } else if (v->kind == XD_CEL_OPTIONAL) {
        optional(w, v);
    } else if (!w->plain
               && (v->kind == XD_CEL_STRING || v->kind == XD_CEL_BYTES)) {
        quoted(w->out, v->as.text, v->kind == XD_CEL_BYTES);
    } else {
        scalar(w, v);
    }

    w->depth--;
}


void
xd_cel_write(xd_buf_t *out, const xd_cel_value_t *value)
{
    writer_t w = { .out = out, .most = out->len + LONG };

    write(&w, value);
}


void
cel_write_plain(xd_buf_t *out, const xd_cel_value_t *value)
{
    writer_t w = { .out = out, .most = out->len + LONG, .plain = true };

    write(&w, value);
}
