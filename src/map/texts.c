/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of texts that are several on one side: joined, or entries of an
 * array by their place. */

#include "map/line.h"


static xd_node_t *
array_of(map_run_t *m, const map_line_t *line, xd_node_t *to)
{
    xd_node_t *around = map_around(m, to, line);
    xd_node_t *array = around != NULL ? xd_get(around, map_key(line)) : NULL;

    return array != NULL || around == NULL
               ? array
               : map_open(m, around, map_key(line), XD_ARRAY);
}


/* The values of all keys, with a blank between them; NULL when there is none.
 */
static xd_str_t
joined(map_run_t *m, const map_line_t *line, const xd_node_t *group)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t all = XD_STR("");

    for (const char *const *key = line->keys; in != NULL && *key != NULL; key++)
    {
        xd_str_t one = map_take(m, in, *key);

        if (one.len > 0) {
            all = all.len == 0 ? one
                               : map_kept(m, xd_fmt(m->arena, "%.*s %.*s",
                                                 XD_FMT(all), XD_FMT(one)));
        }
    }

    return all;
}


/* Values joined into one text; written, all of it is the first of them, as
 * nobody knows where it was cut. */
static void
join_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_str_t text;

    if (map_member(to, line) == NULL) {
        text = joined(m, line, group);
        if (text.len > 0) {
            map_put(m, map_around(m, to, line), map_key(line), text);
        }
    }
}


static void
join_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    if (node != NULL) {
        map_set(m, line, group, node->text, node);
    }
}


const map_codec_t map_as_join = { .read = join_read, .write = join_write };


/* An entry of an array of texts: read behind the others, written from its
 * place (`number`, from 1). */
static void
entry_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_str_t text = joined(m, line, group);
    xd_node_t *array = text.len > 0 ? array_of(m, line, to) : NULL;
    xd_node_t *entry = array != NULL ? map_append(m, array, XD_STRING) : NULL;

    if (entry != NULL) {
        entry->text = text;
        m->puts++;
    }
}


static void
entry_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    size_t n = (size_t) line->with.number;
    const xd_node_t *array = map_member(from, line);
    const xd_node_t *node =
        array != NULL && n > 0 ? xd_nth(array, n - 1) : NULL;

    if (node != NULL) {
        map_set(m, line, group, node->text, node);
    }
}


const map_codec_t map_as_entry = { .read = entry_read, .write = entry_write };


/* The entries from a place on, each in a group of its own. */
static void
rest_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *outer = map_find_outer(m, line, group), *one;

    one = outer != NULL ? m->kind->first(outer, map_last(line)->name) : NULL;
    for (; one != NULL && m->rc == XD_OK; one = m->kind->next(one)) {
        xd_str_t text = map_fits(m, map_last(line), one)
                            ? map_take(m, one, line->keys[0])
                            : XD_STR("");
        xd_node_t *array = text.len > 0 ? array_of(m, line, to) : NULL;
        xd_node_t *entry =
            array != NULL ? map_append(m, array, XD_STRING) : NULL;

        if (entry != NULL) {
            entry->text = text;
            m->puts++;
        }
    }
}


static void
rest_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    size_t n = 0;

    xd_each (one, map_member(from, line)) {
        if (++n >= (size_t) line->with.number) {
            map_set_at(m, line,
                map_make_another(m, line, map_make_outer(m, line, group)),
                line->keys[0], (map_room_t){ line->min, line->max }, one->text,
                one);
        }
    }
}


const map_codec_t map_as_rest = { .read = rest_read, .write = rest_write };


/* An address for mail; what is none stays in what is left. */
static xd_str_t
mail(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    const char *at = memchr(value.ptr, '@', value.len);
    size_t before = at != NULL ? (size_t) (at - value.ptr) : 0;

    (void) m;
    (void) line;

    return before > 0 && before + 1 < value.len
                   && memchr(at + 1, '@', value.len - before - 1) == NULL
                   && memchr(value.ptr, ' ', value.len) == NULL
               ? value
               : XD_STR_NONE;
}


const map_codec_t map_as_mail = { map_read_value, map_write_value, mail, mail,
    "an address for mail", XD_STRING };


/* A value that goes nowhere, not even along: a password. */
static void
secret_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    (void) to;
    (void) map_value(m, line, group);
}


const map_codec_t map_as_secret = { .read = secret_read };
