/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of one thing in several values of a group: a text that is cut to fit,
 * lines of an address. */

#include "map/line.h"


/* -- a text ---------------------------------------------------------------- */

/* Parts of one text, with a blank between them. */
static void
joined_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group), *around;
    xd_str_t text = XD_STR("");

    if (in == NULL || map_member(to, line) != NULL
        || ((line->flags & MAP_WITHIN) != 0 && map_around(m, to, line) == NULL))
    {
        return;
    }

    for (const char *const *key = line->keys; *key != NULL; key++) {
        xd_str_t part = map_take(m, in, *key);

        text = text.len == 0 || part.len == 0
                   ? (text.len == 0 ? part : text)
                   : map_kept(m, xd_fmt(m->arena, "%.*s %.*s", XD_FMT(text),
                                     XD_FMT(part)));
        if (text.ptr == NULL) {
            return;
        }
    }

    if (text.len > 0) {
        if (line->nsteps > 0 || line->own != NULL) {
            map_use_beside(m, line->own != NULL ? line->own : map_last(line),
                in);
        }
        around = map_around(m, to, line);
        map_put(m, (xd_node_t *) (uintptr_t) around, map_key(line), text);
    }
}


/* Each part as long as its place is, cut at a blank. */
static void
joined_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    const char *const *key = line->keys;
    xd_str_t rest = node != NULL ? node->text : XD_STR("");
    xd_node_t *in = rest.len > 0 ? map_make(m, line, group) : NULL;

    for (; in != NULL && rest.len > 0; key++) {
        size_t len = map_part_len(rest, line->max);

        if (len == 0 || *key == NULL) {
            map_refuse(m, line, node,
                "it does not fit into its places, cut at blanks.");
            return;
        }

        map_set_at(m, line, in, *key, (map_room_t){ 1, line->max },
            (xd_str_t){ rest.ptr, len }, node);
        len += len < rest.len;
        rest = (xd_str_t){ rest.ptr + len, rest.len - len };
    }
}


const map_codec_t map_as_joined = { .read = joined_read,
    .write = joined_write };


/* -- several texts --------------------------------------------------------- */

/* A text of an array for each value that is there. */
static void
texts_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_node_t *array = NULL, *entry;

    for (const char *const *key = line->keys; in != NULL && *key != NULL; key++)
    {
        xd_str_t text = map_take(m, in, *key);

        if (text.len == 0) {
            continue;
        }
        if (array == NULL) {
            array =
                map_open(m, map_around(m, to, line), map_key(line), XD_ARRAY);
        }
        entry = map_append(m, array, XD_STRING);
        if (entry == NULL) {
            return;
        }
        entry->text = text;
    }
}


static void
texts_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const char *const *key = line->keys;
    const xd_node_t *array = map_member(from, line);
    xd_node_t *in = array != NULL ? map_make(m, line, group) : NULL;

    xd_each (text, in != NULL ? array : NULL) {
        if (*key == NULL) {
            map_refuse(m, line, text, "it has no place for one more of these.");
            return;
        }
        map_set_at(m, line, in, *key++, (map_room_t){ line->min, line->max },
            text->text, text);
    }
}


const map_codec_t map_as_texts = { .read = texts_read, .write = texts_write };
