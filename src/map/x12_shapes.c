/* SPDX-License-Identifier: BSD-2-Clause */

/* Codecs of what is more, or less, than one value: constants, loops against
 * arrays, long texts, what only one side has. */

#include "map/x12_line.h"


/* -- constants ------------------------------------------------------------ */

static void
other_kind(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_str_t value)
{
    const xd_node_t *seg = x12_find(m, line, loop);

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_SET,
            .offset = seg->offset,
            .rule = "x12.map.kind",
            .value = value },
        "By %s%02u this set is of another kind than the map reads.",
        line->segment, line->element);
}


/* Codes that the map reads, the first of which it writes (`with`). */
static void
constant_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_str_t value = x12_value(m, line, loop);

    (void) to;

    if (value.len > 0 && !x12_listed(line->with, value)) {
        other_kind(m, line, loop, value);
    }
}


static void
constant_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    xd_str_t rest = xd_str_trim(xd_str(line->with));

    (void) from;
    x12_set(m, line, loop, xd_str_cut(&rest, ' '), NULL);
}


const x12_codec_t x12_as_constant = { .read = constant_read,
    .write = constant_write };


/* Codes of sets that mean something else (`with`). */
static void
not_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    xd_str_t value = xd_text(seg, x12_names[line->element]);

    (void) to;

    if (x12_listed(line->with, value)) {
        other_kind(m, line, loop, value);
    }
}


const x12_codec_t x12_as_not = { .read = not_read };


/* A member that always says the same (`with`). */
static void
fixed_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const char *key;
    xd_node_t *around = x12_around(m, to, line, &key);

    (void) loop;

    if (around != NULL) {
        x12_put(m, around, key, xd_str(line->with));
    }
}


static void
fixed_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    (void) loop;

    if (node == NULL || xd_str_is(node->text, line->with)) {
        x12_used(m, node);
    } else {
        x12_refuse(m, line, node, "it is always %s.",
            (const char *) line->with);
    }
}


const x12_codec_t x12_as_fixed = { .read = fixed_read, .write = fixed_write };


/* -- what is ours alone, or theirs ---------------------------------------- */

/* Counts all below a node as carried over. */
static void
use_all(x12_map_t *m, const xd_node_t *node)
{
    x12_used(m, node);
    xd_each (child, node) {
        use_all(m, child);
    }
}


/* How a document stands with us is nothing for a partner. */
static void
ours_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    (void) loop;

    if (node != NULL) {
        use_all(m, node);
    }
}


const x12_codec_t x12_as_ours = { .write = ours_write };


/* What the set has no place for, and nobody may miss. */
static void
nowhere_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    (void) loop;

    if (node != NULL) {
        use_all(m, node);
        x12_refuse(m, line, node, "it has no place for this.");
    }
}


const x12_codec_t x12_as_nowhere = { .write = nowhere_write };


/* What the document has no place for: told, and kept in what is left. */
static void
unread_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);

    (void) to;

    if (seg != NULL) {
        x12_warn(m, "x12.map.unread", seg->offset, xd_str(line->segment),
            "The document has no place for this segment; it stays in what is "
            "left.");
    }
}


const x12_codec_t x12_as_unread = { .read = unread_read };


/* A member that repeats another one (`with`, a path from the same object). */
static void
same_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);
    const xd_node_t *other = x12_member(from, line->with);

    (void) loop;

    if (node == NULL || (other != NULL && xd_node_equal(node, other))) {
        x12_used(m, node);
    } else {
        x12_refuse(m, line, node, "it says the same as %s.",
            (const char *) line->with);
    }
}


const x12_codec_t x12_as_same = { .write = same_write };


/* A segment whose counts the writer of sets fills in. */
static void
count_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    (void) from;

    if (xd_get(loop, line->segment) == NULL
        && x12_another(m, loop, line->segment) == NULL)
    {
        m->rc = XD_E_MEMORY;
    }
}


const x12_codec_t x12_as_count = { .write = count_write };


/* -- loops and arrays ----------------------------------------------------- */

/* One entry.  Of one that is left out nothing counts as carried over. */
static void
entry_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *one,
    xd_node_t *array)
{
    xd_node_t *entry = xd_node_new(m->arena, XD_OBJECT);
    bool bad = m->bad, skips = m->skips;
    size_t used = m->used.count;

    if (entry == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    m->bad = false;
    m->skips = skips || (line->flags & X12_SKIP) != 0;
    x12_use_also(m, line, one);
    x12_read_lines(m, line->with, one, entry);

    if (m->bad && m->skips) {
        m->used.count = used;
        m->bad = false;
    } else if (xd_node_add(m->arena, array, entry) == NULL) {
        m->rc = XD_E_MEMORY;
    }

    m->bad = m->bad || bad;
    m->skips = skips;
}


/* A loop, or segments of one name, against an array; lines for each (`with`).
 */
static void
each_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *loops = xd_get(loop, line->segment);
    x12_frame_t frame = { .up = m->frame, .member = line->member };
    xd_node_t *array = xd_get(to, line->member);

    xd_each (one, loops) {
        if (!x12_fits(line, one)) {
            continue;
        }

        if (array == NULL) {
            array = x12_open(m, to, line->member, XD_ARRAY);
        }

        m->frame = &frame;
        entry_read(m, line, one, array);
        m->frame = frame.up;
        frame.index++;

        if (m->rc != XD_OK) {
            return;
        }
    }
}


static void
each_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    x12_frame_t frame = { .up = m->frame, .member = line->member };

    xd_each (one, x12_member(from, line->member)) {
        xd_node_t *to = x12_another(m, loop, line->segment);

        if (to == NULL) {
            m->rc = XD_E_MEMORY;
            return;
        }

        m->frame = &frame;
        x12_write_lines(m, line->with, one, to);
        m->frame = frame.up;
        frame.index++;
    }
}


const x12_codec_t x12_as_each = { .read = each_read, .write = each_write };


/* -- texts of several segments -------------------------------------------- */

/* The segments that hold the text, and how they are called. */
static const xd_node_t *
pieces(const x12_line_t *line, const xd_node_t *loop, const char **name)
{
    const char *slash = strchr(line->segment, '/');
    xd_str_t outer = { line->segment,
        slash != NULL ? (size_t) (slash - line->segment) : 0 };

    *name = slash != NULL ? slash + 1 : line->segment;

    if (slash == NULL) {
        return xd_get(loop, *name);
    }

    xd_each (one, xd_get_str(loop, outer)) {
        if (line->qualifier == NULL
            || x12_listed(line->qualifier, xd_text(one, "1"))) {
            return xd_get(one, *name);
        }
    }

    return NULL;
}


/* Notes of the loop around the pieces, "N9*L1**NOTE", are carried over. */
static void
head_use(x12_map_t *m, const x12_line_t *line, const xd_node_t *pieces)
{
    if (strchr(line->segment, '/') != NULL) {
        x12_use(m, pieces->parent, "1");
        x12_use(m, pieces->parent, "3");
    }
}


/* Parts of one text, with a blank between them. */
static void
paragraph_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const char *name, *key, *n = x12_names[line->element];
    const xd_node_t *all = pieces(line, loop, &name);
    bool own = strchr(line->segment, '/') == NULL;
    xd_node_t *around = all != NULL ? x12_around(m, to, line, &key) : NULL;
    xd_str_t text = XD_STR("");

    if (around == NULL || xd_get(around, key) != NULL) {
        return;
    }

    xd_each (piece, all) {
        xd_str_t part;

        if (own && line->qualifier != NULL
            && !x12_listed(line->qualifier, xd_text(piece, "1")))
        {
            continue;
        }

        part = x12_take(m, piece, n);
        if (part.len == 0) {
            continue;
        }

        if (own) {
            x12_use(m, piece, "1");
        }
        text = text.len == 0
                   ? part
                   : xd_fmt(m->arena, "%.*s %.*s", XD_FMT(text), XD_FMT(part));
        if (text.ptr == NULL) {
            m->rc = XD_E_MEMORY;
            return;
        }
    }

    if (text.len > 0) {
        head_use(m, line, all);
        x12_put(m, around, key, text);
    }
}


/* Up to max bytes, cut at a blank; 0 when there is none to cut at. */
static size_t
part_len(xd_str_t text, size_t max)
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


/* One part: a segment of its own, in the loop that holds all of them. */
static void
part_write(x12_map_t *m, const x12_line_t *line, xd_node_t *loop, xd_str_t part,
    const xd_node_t *node)
{
    const char *slash = strchr(line->segment, '/');
    x12_line_t own = *line, outer = *line;
    xd_node_t *seg;

    if (slash != NULL) {
        xd_str_t name = xd_dup(m->arena,
            (xd_str_t){ line->segment, (size_t) (slash - line->segment) });

        if (name.ptr == NULL) {
            m->rc = XD_E_MEMORY;
            return;
        }
        outer.segment = name.ptr;
        outer.element = 3;
        x12_set(m, &outer, loop, XD_STR("TEXT"), NULL);
        loop = x12_make(m, &outer, loop);
        own.segment = slash + 1;
        own.qualifier = NULL;
        own.also = NULL;
    }

    seg = x12_another(m, loop, own.segment);
    if (seg != NULL && own.qualifier != NULL) {
        xd_str_t rest = xd_str_trim(xd_str(own.qualifier));

        x12_put(m, seg, "1", xd_str_cut(&rest, ' '));
    }
    x12_set_element(m, &own, seg, own.element, part, node);
}


/* Parts as long as the element holds, cut at blanks; a text without blanks
 * cannot be put together again. */
static void
paragraph_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);
    xd_str_t rest = node != NULL ? node->text : XD_STR("");

    while (rest.len > 0 && m->rc == XD_OK) {
        size_t len = part_len(rest, line->max);
        bool blanks =
            len < rest.len && (rest.len == len + 1 || rest.ptr[len + 1] == ' ');

        if (len == 0 || blanks) {
            x12_refuse(m, line, node,
                "it is longer than %u bytes, and cannot be cut at a blank.",
                line->max);
            return;
        }

        part_write(m, line, loop, (xd_str_t){ rest.ptr, len }, node);
        len += len < rest.len;
        rest = (xd_str_t){ rest.ptr + len, rest.len - len };
    }
}


const x12_codec_t x12_as_paragraph = { .read = paragraph_read,
    .write = paragraph_write };


/* -- a number of a party that stands by itself ---------------------------- */

/* The altId of one scheme (`with`). */
static const xd_node_t *
alt_id(const xd_node_t *party, const char *scheme)
{
    xd_each (id, xd_get(party, "altIds")) {
        if (xd_str_is(xd_text(id, "scheme"), scheme)) {
            return id;
        }
    }

    return NULL;
}


static void
alt_id_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_str_t value = x12_value(m, line, loop);
    xd_node_t *party = xd_get(to, line->member);

    if (value.len == 0 || alt_id(party, line->with) != NULL) {
        return;
    }

    if (party == NULL) {
        party = x12_open(m, to, line->member, XD_OBJECT);
    }

    x12_put_id(m, party, line->with, value);
}


static void
alt_id_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *id = alt_id(x12_member(from, line->member), line->with);

    if (id != NULL) {
        x12_used(m, xd_get(id, "scheme"));
        x12_set(m, line, loop, xd_text(id, "value"), xd_get(id, "value"));
    }
}


const x12_codec_t x12_as_alt_id = { .read = alt_id_read,
    .write = alt_id_write };
