/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The writer walks the tree by its own links, so its depth costs nothing.
 * The canonical form writes a copy of the tree whose members were sorted.
 */

#include "format/json.h"

#include "base/utf8.h"
#include "format/json_number.h"
#include "format/json_scan.h"


typedef struct {
    xd_buf_t *out;
    xd_json_form_t form;
    const xd_node_t *root;
    uint32_t depth;
} writer_t;


static void
write_escape(xd_buf_t *out, char c)
{
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    const char *at = c == '\0' ? NULL : strchr(from, c);

    if (at != NULL) {
        xd_buf_byte(out, '\\');
        xd_buf_byte(out, to[at - from]);
        return;
    }

    xd_buf_fmt(out, "\\u%04x", (unsigned) (unsigned char) c);
}


/* Bytes above 7F as they are; each that is no UTF-8 becomes U+FFFD. */
static const char *
write_high(xd_buf_t *out, const char *p, const char *end)
{
    xd_str_t run = { p, (size_t) (xd_json_high(p, end) - p) };
    size_t good = xd_utf8_valid(run);

    if (good == 0) {
        xd_buf_add(out, XD_STR("\xEF\xBF\xBD"));
        return p + 1;
    }

    xd_buf_add(out, (xd_str_t){ p, good });

    return p + good;
}


void
xd_json_string(xd_buf_t *out, xd_str_t s)
{
    const char *p = s.len == 0 ? "" : s.ptr;
    const char *end = p + s.len;

    xd_buf_byte(out, '"');

    while (p < end) {
        const char *stop = xd_json_plain(p, end);

        if (stop > p) {
            xd_buf_add(out, (xd_str_t){ p, (size_t) (stop - p) });
            p = stop;

        } else if ((unsigned char) *p >= 0x80) {
            p = write_high(out, p, end);

        } else {
            write_escape(out, *p++);
        }
    }

    xd_buf_byte(out, '"');
}


/* A line end and two blanks a level. */
static void
indent(writer_t *w)
{
    static const char blanks[] = "                                ";
    size_t left = (size_t) w->depth * 2;

    if (w->form != XD_JSON_PRETTY) {
        return;
    }

    xd_buf_byte(w->out, '\n');
    while (left > 0) {
        size_t n = left < sizeof(blanks) - 1 ? left : sizeof(blanks) - 1;

        xd_buf_add(w->out, (xd_str_t){ blanks, n });
        left -= n;
    }
}


/* A number beyond the doubles has no canonical form: the buffer is marked, as
 * by a limit of its own. */
static void
write_number(writer_t *w, const xd_node_t *node)
{
    char text[XD_JSON_NUMBER_MAX];
    size_t len;

    if (w->form != XD_JSON_CANONICAL) {
        xd_buf_add(w->out, node->text);
        return;
    }

    /* The copy of the tree ended this text with NUL. */
    len = xd_json_number_canonical(node->text.ptr, text);
    if (len == 0 && w->out->rc == XD_OK) {
        w->out->rc = XD_E_LIMIT;
    }

    xd_buf_add(w->out, (xd_str_t){ text, len });
}


/* A whole scalar, or the opening bracket; true when children follow. */
static bool
write_open(writer_t *w, const xd_node_t *node)
{
    switch (node->kind) {

    case XD_NULL:
        xd_buf_add(w->out, XD_STR("null"));
        return false;

    case XD_BOOL:
        xd_buf_text(w->out, node->truth ? "true" : "false");
        return false;

    case XD_NUMBER:
        write_number(w, node);
        return false;

    case XD_STRING:
        xd_json_string(w->out, node->text);
        return false;

    case XD_ARRAY:
    case XD_OBJECT:
        break;
    }

    xd_buf_byte(w->out, node->kind == XD_OBJECT ? '{' : '[');
    if (node->first == NULL) {
        xd_buf_byte(w->out, node->kind == XD_OBJECT ? '}' : ']');
        return false;
    }

    w->depth++;

    return true;
}


static void
write_close(writer_t *w, const xd_node_t *node)
{
    w->depth--;
    indent(w);
    xd_buf_byte(w->out, node->kind == XD_OBJECT ? '}' : ']');
}


/* What stands before a child: its line and its name. */
static void
write_name(writer_t *w, const xd_node_t *node)
{
    indent(w);

    if (node->parent->kind == XD_OBJECT) {
        xd_json_string(w->out, node->key);
        xd_buf_byte(w->out, ':');
        if (w->form == XD_JSON_PRETTY) {
            xd_buf_byte(w->out, ' ');
        }
    }
}


/* Closes what ends with node; the next one to be written, or NULL. */
static const xd_node_t *
write_next(writer_t *w, const xd_node_t *node)
{
    while (node != w->root && node->next == NULL) {
        node = node->parent;
        write_close(w, node);
    }

    if (node == w->root) {
        return NULL;
    }

    xd_buf_byte(w->out, ',');

    return node->next;
}


static void
write_tree(writer_t *w)
{
    const xd_node_t *node = w->root;

    while (node != NULL && w->out->rc == XD_OK) {
        if (node != w->root) {
            write_name(w, node);
        }

        node = write_open(w, node) ? node->first : write_next(w, node);
    }
}


/* Rank of a byte of UTF-8 when names are sorted as UTF-16, where characters
 * beyond FFFF begin with D800..DBFF and so come before E000..FFFF. */
static int
utf16_order(unsigned char lead)
{
    /* EE and EF lead U+E000..U+FFFF; F0..F4 what lies beyond. */
    return lead == 0xEE || lead == 0xEF ? lead + 0x100 : lead;
}


/* Order of RFC 8785: by UTF-16 code units.  UTF-8 sorts by code points, which
 * differs only where one name has U+E000..U+FFFF and the other more. */
static int
name_cmp(xd_str_t a, xd_str_t b)
{
    size_t n = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < n; i++) {
        if (a.ptr[i] != b.ptr[i]) {
            return utf16_order((unsigned char) a.ptr[i])
                   - utf16_order((unsigned char) b.ptr[i]);
        }
    }

    return a.len < b.len ? -1 : a.len > b.len;
}


/* Merges two sorted lists; equal names keep their order. */
static xd_node_t *
merge(xd_node_t *a, xd_node_t *b)
{
    xd_node_t head = { 0 };
    xd_node_t *last = &head;

    while (a != NULL && b != NULL) {
        xd_node_t **from = name_cmp(a->key, b->key) <= 0 ? &a : &b;

        last->next = *from;
        last = *from;
        *from = last->next;
    }

    last->next = a != NULL ? a : b;

    return head.next;
}


static xd_node_t *
sorted(xd_node_t *list, uint32_t count)
{
    xd_node_t *middle = list;
    xd_node_t *rest;

    if (count < 2) {
        return list;
    }

    for (uint32_t i = 1; i < count / 2; i++) {
        middle = middle->next;
    }

    rest = middle->next;
    middle->next = NULL;

    return merge(sorted(list, count / 2), sorted(rest, count - count / 2));
}


/* The node after this one in the order of the text; NULL at the end. */
static xd_node_t *
following(xd_node_t *node, const xd_node_t *root)
{
    if (node->first != NULL) {
        return node->first;
    }

    while (node != root && node->next == NULL) {
        node = node->parent;
    }

    return node == root ? NULL : node->next;
}


/* Sorts the members of every object of a tree that is our own, and ends its
 * numbers with NUL; false when the arena is full. */
static bool
make_canonical(xd_arena_t *arena, xd_node_t *root)
{
    for (xd_node_t *n = root; n != NULL; n = following(n, root)) {
        if (n->kind == XD_OBJECT) {
            n->first = sorted(n->first, n->count);
        }

        if (n->kind == XD_NUMBER) {
            n->text = xd_dup(arena, n->text);
        }

        if (n->kind == XD_NUMBER && n->text.ptr == NULL) {
            return false;
        }
    }

    return true;
}


static void
write_canonical(writer_t *w)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_node_t *copy = arena == NULL ? NULL : xd_node_copy(arena, w->root);

    if (copy != NULL && make_canonical(arena, copy)) {
        w->root = copy;
        write_tree(w);

    } else if (w->out->rc == XD_OK) {
        w->out->rc = XD_E_MEMORY;
    }

    xd_arena_free(arena);
}


void
xd_json_write(xd_buf_t *out, const xd_node_t *node, xd_json_form_t form)
{
    writer_t w = { .out = out, .form = form, .root = node };

    if (form == XD_JSON_CANONICAL) {
        write_canonical(&w);
        return;
    }

    write_tree(&w);
    if (form == XD_JSON_PRETTY) {
        xd_buf_byte(out, '\n');
    }
}
