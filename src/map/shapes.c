/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of what is more, or less, than one value: constants, groups against
 * arrays and objects, long texts, what only one side has. */

#include "map/line.h"


/* -- constants ------------------------------------------------------------- */

static bool
is_word(const map_line_t *line, xd_str_t value)
{
    for (const xd_str_t *w = line->with.words; w->ptr != NULL; w++) {
        if (xd_str_eq(*w, value)) {
            return true;
        }
    }

    return false;
}


static void
other_kind(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_str_t value)
{
    const xd_node_t *in = map_find(m, line, group);

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_SET,
            .offset = in->offset,
            .rule = "map.kind",
            .value = value },
        "By %s %s this set is of another kind than the map reads.",
        line->nsteps > 0 ? map_last(line)->shown : "value", line->keys[0]);
}


/* Codes that the map reads, the first of which it writes. */
static void
constant_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value = map_text(m, in, line->keys[0]);

    (void) to;

    if (value.len == 0) {
        return;
    }

    if (is_word(line, value)) {
        (void) map_value(m, line, group);
    } else if ((line->flags & MAP_QUIET) == 0) {
        other_kind(m, line, group, value);
    }
}


static void
constant_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    (void) from;
    map_set(m, line, group, line->with.words[0], NULL);
}


const map_codec_t map_as_constant = { .read = constant_read,
    .write = constant_write };


/* Codes of sets that mean something else. */
static void
not_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value = map_text(m, in, line->keys[0]);

    (void) to;

    if (value.len > 0 && is_word(line, value)) {
        other_kind(m, line, group, value);
    }
}


const map_codec_t map_as_not = { .read = not_read };


/* A member that always says the same. */
static void
fixed_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_node_t *around = map_around(m, to, line);

    (void) group;

    if (around != NULL) {
        map_put(m, around, map_key(line), line->with.words[0]);
    }
}


static void
fixed_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    (void) group;

    if (node == NULL || xd_str_eq(node->text, line->with.words[0])) {
        map_used(m, node);
    } else {
        map_refuse(m, line, node, "it is always %.*s.",
            XD_FMT(line->with.words[0]));
    }
}


const map_codec_t map_as_fixed = { .read = fixed_read, .write = fixed_write };


/* -- what is ours alone, or theirs ----------------------------------------- */

/* Counts all below a node as carried over. */
static void
use_all(map_run_t *m, const xd_node_t *node)
{
    map_used(m, node);
    xd_each (child, node) {
        use_all(m, child);
    }
}


/* How a document stands with us is nothing for a partner. */
static void
ours_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    (void) group;

    if (node != NULL) {
        use_all(m, node);
    }
}


const map_codec_t map_as_ours = { .write = ours_write };


/* What the format has no place for, and nobody may miss. */
static void
refused_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    (void) group;

    if (node != NULL) {
        use_all(m, node);
        map_refuse(m, line, node, "it has no place for this.");
    }
}


const map_codec_t map_as_refused = { .write = refused_write };


/* What the document has no place for: told, and kept in what is left. */
static void
unread_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);

    (void) to;

    if (in != NULL) {
        map_warn(m, "map.unread", in->offset, xd_str(map_last(line)->name),
            "The document has no place for this; it stays in what is left.");
    }
}


const map_codec_t map_as_unread = { .read = unread_read };


/* A member that repeats another one, a path from the same object. */
static void
same_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    const xd_node_t *other = map_at(from, line->with.words[0]);

    (void) group;

    if (node == NULL || (other != NULL && xd_node_equal(node, other))) {
        map_used(m, node);
    } else {
        map_refuse(m, line, node, "it says the same as %.*s.",
            XD_FMT(line->with.words[0]));
    }
}


const map_codec_t map_as_same = { .write = same_write };


/* -- groups and arrays ----------------------------------------------------- */

/* One entry.  Of one that is left out nothing counts as carried over. */
static void
entry_read(map_run_t *m, const map_line_t *line, const xd_node_t *one,
    xd_node_t *array, map_frame_t *frame)
{
    xd_node_t *entry = xd_node_new(m->arena, XD_OBJECT);
    bool bad = m->bad, skips = m->skips;
    size_t used = m->used.count;

    if (entry == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    m->bad = false;
    m->skips = skips || (line->flags & MAP_LENIENT) != 0;
    frame->entry = entry;
    map_use_beside(m, map_last(line), one);
    map_read_lines(m, line->blocks[0], one, entry);

    if (m->bad && m->skips) {
        m->used.count = used;
        m->bad = false;
    } else if (xd_node_add(m->arena, array, entry) == NULL) {
        m->rc = XD_E_MEMORY;
    }

    m->bad = m->bad || bad;
    m->skips = skips;
}


/* The array of a line; made when it is not there. */
static xd_node_t *
array_of(map_run_t *m, const map_line_t *line, xd_node_t *to)
{
    xd_node_t *around = map_around(m, to, line);
    xd_node_t *array = around != NULL ? xd_get(around, map_key(line)) : NULL;

    return array != NULL || around == NULL
               ? array
               : map_open(m, around, map_key(line), XD_ARRAY);
}


/* Groups of one name against an array; lines for each. */
static void
each_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *outer = map_find_outer(m, line, group), *one;
    map_frame_t frame = { .up = m->frame, .member = map_key(line) };
    const xd_node_t *before = map_member(to, line);
    xd_node_t *array =
        (line->flags & MAP_ELSE) != 0 ? array_of(m, line, to) : NULL;

    frame.index = before != NULL ? before->count : 0;
    one = outer != NULL ? m->kind->first(outer, map_last(line)->name) : NULL;
    for (; one != NULL && m->rc == XD_OK; one = m->kind->next(one)) {
        if (!map_fits(m, map_last(line), one)) {
            continue;
        }

        array = array == NULL ? array_of(m, line, to) : array;
        m->frame = &frame;
        entry_read(m, line, one, array, &frame);
        m->frame = frame.up;
        frame.index++;
    }
}


static void
each_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    map_frame_t frame = { .up = m->frame, .member = map_key(line) };
    const xd_node_t *array = map_member(from, line);
    xd_node_t *outer = array != NULL && array->count > 0
                           ? map_make_outer(m, line, group)
                           : NULL;

    xd_each (one, array) {
        xd_node_t *to = map_make_another(m, line, outer);

        if (to == NULL) {
            return;
        }

        m->frame = &frame;
        frame.entry = one;
        map_write_lines(m, line->blocks[0], one, to);
        m->frame = frame.up;
        frame.index++;
    }
}


const map_codec_t map_as_each = { .read = each_read, .write = each_write };


/* -- entries that other lines leave ---------------------------------------- */

#define BACK_MAX 256 /* values of one object, more or less */

/* Was a value of the entry carried a moment ago, by a line that names its
 * scheme? */
static bool
is_carried(const map_run_t *m, const xd_node_t *entry)
{
    for (size_t i = 0; i < BACK_MAX && i < m->used.count; i++) {
        const xd_node_t *used =
            *XD_AT(&m->used, const xd_node_t *, m->used.count - 1 - i);

        if (used->parent == entry) {
            return true;
        }
    }

    return false;
}


static void
others_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    map_frame_t frame = { .up = m->frame, .member = map_key(line) };
    const xd_node_t *array = map_member(from, line);

    xd_each (entry, array) {
        xd_node_t *one =
            is_carried(m, entry)
                ? NULL
                : map_make_another(m, line, map_make_outer(m, line, group));

        if (one != NULL) {
            frame.entry = entry;
            m->frame = &frame;
            map_write_lines(m, line->blocks[0], entry, one);
            m->frame = frame.up;
        }
        frame.index++;
    }
}


const map_codec_t map_as_others = { .read = each_read, .write = others_write };


/* A group against an object, or against the one at hand: an object without
 * members is none. */
static void
inside_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const map_frame_t frame = { .up = m->frame,
        .member = map_key(line),
        .is_object = true };
    const xd_node_t *in = map_find(m, line, group);
    xd_node_t *around, *object;

    if (in == NULL) {
        return;
    }

    if (line->nsteps > 0) {
        map_use_beside(m, map_last(line), in);
    }

    if (line->nmember == 0) {
        map_read_lines(m, line->blocks[0], in, to);
        return;
    }

    around = map_around(m, to, line);
    object = xd_node_new(m->arena, XD_OBJECT);
    if (around == NULL || object == NULL) {
        m->rc = object == NULL ? XD_E_MEMORY : m->rc;
        return;
    }

    m->frame = &frame;
    map_read_lines(m, line->blocks[0], in, object);
    m->frame = frame.up;
    object->key = line->member[line->nmember - 1];
    if (object->count > 0 && xd_node_add(m->arena, around, object) == NULL) {
        m->rc = XD_E_MEMORY;
    }
}


static void
inside_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const map_frame_t frame = { .up = m->frame,
        .member = map_key(line),
        .is_object = true };
    const xd_node_t *object = map_member(from, line);
    xd_node_t *in = object != NULL ? map_make(m, line, group) : NULL;

    if (in != NULL) {
        m->frame = line->nmember > 0 ? &frame : frame.up;
        map_write_lines(m, line->blocks[0], object, in);
        m->frame = frame.up;
    }
}


const map_codec_t map_as_inside = { .read = inside_read,
    .write = inside_write };


/* The same for a set that may have many, of which a document holds one: what it
 * says of the others must not be passed over. */
static void
only_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *one = map_find(m, line, group), *other = one;

    do {
        other = other != NULL ? m->kind->next(other) : NULL;
    } while (other != NULL && !map_fits(m, map_last(line), other));

    if (other == NULL) {
        inside_read(m, line, group, to);
        return;
    }

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_SET,
            .offset = other->offset,
            .rule = "map.several" },
        "The document holds one %s, and the set says several.",
        map_last(line)->shown);
}


const map_codec_t map_as_only = { .read = only_read, .write = inside_write };


/* Groups that the document does not tell apart: the lines of each are read into
 * the object at hand, and written into one. */
static void
all_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *outer = map_find_outer(m, line, group), *one;

    one = outer != NULL ? m->kind->first(outer, map_last(line)->name) : NULL;
    for (; one != NULL && m->rc == XD_OK; one = m->kind->next(one)) {
        if (map_fits(m, map_last(line), one)) {
            map_use_beside(m, map_last(line), one);
            map_read_lines(m, line->blocks[0], one, to);
        }
    }
}


static void
all_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    xd_node_t *outer = map_make_outer(m, line, group);
    xd_node_t *to = outer != NULL ? map_make_another(m, line, outer) : NULL;

    if (to != NULL) {
        map_write_lines(m, line->blocks[0], from, to);
    }
}


const map_codec_t map_as_all = { .read = all_read, .write = all_write };


/* -- values of several groups ---------------------------------------------- */

/* What stands beside in the group around the pieces, "N9*L1**TEXT", is carried
 * over with them. */
static void
use_around(map_run_t *m, const map_line_t *line, const xd_node_t *outer)
{
    if (line->nsteps > 1) {
        map_use_beside(m, &line->steps[line->nsteps - 2], outer);
    }
}


/* The next piece that has a value, from a group on; its value is taken. */
static const xd_node_t *
piece(map_run_t *m, const map_line_t *line, const xd_node_t *at,
    xd_str_t *value)
{
    for (; at != NULL; at = m->kind->next(at)) {
        if (!map_fits(m, map_last(line), at)) {
            continue;
        }

        *value = map_take(m, at, line->keys[0]);
        if (value->len > 0) {
            map_use_beside(m, map_last(line), at);
            return at;
        }
    }

    return NULL;
}


/* Parts of one text, with a blank between them. */
static void
paragraph_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *outer = map_find_outer(m, line, group), *at;
    xd_node_t *around = outer != NULL ? map_around(m, to, line) : NULL;
    xd_str_t text = XD_STR(""), part;

    if (around == NULL || xd_get(around, map_key(line)) != NULL) {
        return;
    }

    at = piece(m, line, m->kind->first(outer, map_last(line)->name), &part);
    for (; at != NULL; at = piece(m, line, m->kind->next(at), &part)) {
        text = text.len == 0 ? part
                             : map_kept(m, xd_fmt(m->arena, "%.*s %.*s",
                                               XD_FMT(text), XD_FMT(part)));
        if (text.ptr == NULL) {
            return;
        }
    }

    if (text.len > 0) {
        use_around(m, line, outer);
        map_put(m, around, map_key(line), text);
    }
}


size_t
map_part_len(xd_str_t text, size_t max)
{
    size_t len = max;

    if (text.len <= max) {
        return text.len;
    }

    while (len > 0 && text.ptr[len] != ' ') {
        len--;
    }

    return len;
}


/* One part: a group of its own, in the one that holds all of them. */
static void
part_write(map_run_t *m, const map_line_t *line, xd_node_t *group,
    xd_str_t part, const xd_node_t *node)
{
    xd_node_t *in = map_make_another(m, line, map_make_outer(m, line, group));

    map_set_at(m, line, in, line->keys[0], (map_room_t){ line->min, line->max },
        part, node);
}


/* Parts as long as the value may be, cut at blanks; a text without blanks
 * cannot be put together again. */
static void
paragraph_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    xd_str_t rest = node != NULL ? node->text : XD_STR("");
    size_t max = line->max > 0 ? line->max : rest.len;

    while (rest.len > 0 && m->rc == XD_OK) {
        size_t len = map_part_len(rest, max);
        bool blanks =
            len < rest.len && (rest.len == len + 1 || rest.ptr[len + 1] == ' ');

        if (len == 0 || blanks) {
            map_refuse(m, line, node,
                "it is longer than %u bytes, and cannot be cut at a blank.",
                line->max);
            return;
        }

        part_write(m, line, group, (xd_str_t){ rest.ptr, len }, node);
        len += len < rest.len;
        rest = (xd_str_t){ rest.ptr + len, rest.len - len };
    }
}


const map_codec_t map_as_paragraph = { .read = paragraph_read,
    .write = paragraph_write };


/* Texts of an array, each once. */
static void
list_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *outer = map_find_outer(m, line, group), *at;
    xd_str_t text;

    at = outer != NULL ? m->kind->first(outer, map_last(line)->name) : NULL;
    for (at = piece(m, line, at, &text); at != NULL && m->rc == XD_OK;
         at = piece(m, line, m->kind->next(at), &text))
    {
        use_around(m, line, outer);
        map_put_once(m, array_of(m, line, to), text);
    }
}


static void
list_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    xd_each (one, map_member(from, line)) {
        part_write(m, line, group, one->text, one);
    }
}


const map_codec_t map_as_list = { .read = list_read, .write = list_write };
