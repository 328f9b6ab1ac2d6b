/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps as tables of lines, both ways.  What the lines have in common stands
 * here: finding segments, making them, opening members; codecs do the rest.
 */

#include "map/x12_line.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>


#define PATH_MAX_BYTES 160
#define TEXT_MAX_BYTES 200


/* -- conditions: "4=01 1:DF" ---------------------------------------------- */

/* One of what stands also in a segment. */
typedef struct {
    uint32_t element;
    bool must;
    xd_str_t code;
} also_t;


static bool
also_next(xd_str_t *rest, also_t *out)
{
    xd_str_t one, number;
    uint64_t n = 0;
    size_t i = 0;

    if (rest->ptr == NULL || rest->len == 0) {
        return false;
    }

    one = xd_str_cut(rest, ' ');
    while (i < one.len && one.ptr[i] != '=' && one.ptr[i] != ':') {
        i++;
    }

    number = (xd_str_t){ one.ptr, i };
    (void) xd_str_uint(number, X12_NAMES - 1, &n);
    *out = (also_t){ .element = (uint32_t) n,
        .must = one.ptr[i] == '=',
        .code = { one.ptr + i + 1, one.len - i - 1 } };

    return true;
}


/* Is all in the segment that must be? */
static bool
also_fits(const x12_line_t *line, const xd_node_t *seg)
{
    xd_str_t rest = xd_str(line->also);
    also_t also;

    while (also_next(&rest, &also)) {
        if (also.must
            && !xd_str_eq(xd_text(seg, x12_names[also.element]), also.code)) {
            return false;
        }
    }

    return true;
}


/* What was written only because X12 wants it is carried over, too. */
void
x12_use_also(x12_map_t *m, const x12_line_t *line, const xd_node_t *seg)
{
    xd_str_t rest = xd_str(line->also);
    also_t also;

    while (also_next(&rest, &also)) {
        const xd_node_t *node = xd_get(seg, x12_names[also.element]);

        if (node != NULL && xd_str_eq(node->text, also.code)) {
            x12_used(m, node);
        }
    }
}


static void
also_set(x12_map_t *m, const x12_line_t *line, xd_node_t *seg)
{
    xd_str_t rest = xd_str(line->also);
    also_t also;

    while (also_next(&rest, &also)) {
        if (xd_get(seg, x12_names[also.element]) == NULL) {
            x12_put(m, seg, x12_names[also.element], also.code);
        }
    }
}


/* -- finding and making segments ------------------------------------------ */

/* "N9/MSG": the name of the loop, or an empty text, and what is in it. */
static xd_str_t
loop_name(const x12_line_t *line, const char **inner)
{
    const char *slash = strchr(line->segment, '/');

    *inner = slash != NULL ? slash + 1 : line->segment;

    return (xd_str_t){ line->segment,
        slash != NULL ? (size_t) (slash - line->segment) : 0 };
}


/* The nth of the qualifiers " VN SU "; false behind the last. */
static bool
qualifier_at(const x12_line_t *line, size_t nth, xd_str_t *out)
{
    xd_str_t rest = xd_str_trim(xd_str(line->qualifier));

    for (size_t i = 0; rest.ptr != NULL; i++) {
        *out = xd_str_cut(&rest, ' ');
        if (i == nth) {
            return true;
        }
    }

    return false;
}


bool
x12_fits(const x12_line_t *line, const xd_node_t *seg)
{
    return (line->qualifier == NULL
               || x12_listed(line->qualifier, xd_text(seg, "1")))
           && also_fits(line, seg);
}


/* The first segment of a name with a qualifier (any when that is NULL) in
 * which all is that must be. */
static const xd_node_t *
occurrence(const x12_map_t *m, const x12_line_t *line, const xd_node_t *array,
    const xd_str_t *qualifier)
{
    xd_each (seg, array) {
        bool pinned = m->pinned != NULL && m->pinned->parent == array;

        if ((!pinned || seg == m->pinned)
            && (qualifier == NULL || xd_str_eq(xd_text(seg, "1"), *qualifier))
            && also_fits(line, seg))
        {
            return seg;
        }
    }

    return NULL;
}


const xd_node_t *
x12_find(const x12_map_t *m, const x12_line_t *line, const xd_node_t *loop)
{
    const char *inner;
    xd_str_t name = loop_name(line, &inner), qualifier;
    const xd_node_t *array, *found = NULL;

    if (name.len > 0) {
        loop = xd_nth(xd_get_str(loop, name), 0);
    }

    if (inner[0] == '\0') {
        return loop != NULL && also_fits(line, loop) ? loop : NULL;
    }

    array = xd_get(loop, inner);
    if (line->qualifier == NULL) {
        return occurrence(m, line, array, NULL);
    }

    for (size_t i = 0; found == NULL && qualifier_at(line, i, &qualifier); i++)
    {
        found = occurrence(m, line, array, &qualifier);
    }

    return found;
}


xd_node_t *
x12_another(x12_map_t *m, xd_node_t *loop, const char *name)
{
    xd_node_t *array = xd_get(loop, name);

    if (array == NULL) {
        array = x12_open(m, loop, name, XD_ARRAY);
    }

    return array != NULL ? x12_append(m, array, XD_OBJECT) : NULL;
}


/* The first loop of a name, made when there is none. */
static xd_node_t *
loop_make(x12_map_t *m, xd_node_t *loop, xd_str_t name)
{
    xd_node_t *first = xd_nth(xd_get_str(loop, name), 0);
    xd_str_t key;

    if (first != NULL) {
        return first;
    }

    key = xd_dup(m->arena, name);
    if (key.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    return x12_another(m, loop, key.ptr);
}


xd_node_t *
x12_make(x12_map_t *m, const x12_line_t *line, xd_node_t *loop)
{
    const char *inner;
    xd_str_t name = loop_name(line, &inner), first;
    bool qualified = line->qualifier != NULL && qualifier_at(line, 0, &first);
    xd_node_t *seg;

    if (name.len > 0) {
        loop = loop_make(m, loop, name);
    }

    if (loop == NULL || inner[0] == '\0') {
        return loop;
    }

    xd_each (known, xd_get(loop, inner)) {
        if ((!qualified || xd_str_eq(xd_text(known, "1"), first))
            && also_fits(line, known))
        {
            return known;
        }
    }

    seg = x12_another(m, loop, inner);
    if (seg != NULL && qualified) {
        x12_put(m, seg, "1", first);
    }

    return seg;
}


/* -- values --------------------------------------------------------------- */

xd_str_t
x12_value(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop)
{
    const xd_node_t *seg = x12_find(m, line, loop);

    if (seg == NULL || xd_text(seg, x12_names[line->element]).len == 0) {
        return XD_STR("");
    }

    if (line->qualifier != NULL) {
        x12_use(m, seg, "1");
    }
    x12_use_also(m, line, seg);

    return x12_take(m, seg, x12_names[line->element]);
}


/* The segment's name and the element's number, as people write them; the
 * first segment of a loop is called as the loop. */
static xd_str_t
place_name(const x12_line_t *line, const xd_node_t *seg, uint32_t n,
    char to[16])
{
    const char *slash = strchr(line->segment, '/');
    xd_str_t name = xd_str(slash != NULL ? slash + 1 : line->segment);
    int len;

    if (name.len == 0 && seg != NULL && seg->parent != NULL) {
        name = seg->parent->key;
    }

    len = n > 0 ? snprintf(to, 16, "%.*s%02u",
              (int) (name.len < 4 ? name.len : 4), name.ptr, n % 100)
                : snprintf(to, 16, "%.*s", (int) (name.len < 4 ? name.len : 4),
                    name.ptr);

    return (xd_str_t){ to, len < 16 ? (size_t) len : 15 };
}


void
x12_set_element(x12_map_t *m, const x12_line_t *line, xd_node_t *seg,
    uint32_t n, xd_str_t value, const xd_node_t *node)
{
    xd_str_t text = xd_str_trim(value);
    char place[16];

    x12_used(m, node);

    if (text.len < line->min || text.len > line->max) {
        x12_refuse(m, line, node, "%.*s holds %u to %u bytes; this has %zu.",
            XD_FMT(place_name(line, seg, n, place)), line->min, line->max,
            text.len);
        return;
    }

    if (seg != NULL && xd_get(seg, x12_names[n]) == NULL) {
        x12_put(m, seg, x12_names[n], text);
    }
}


void
x12_set(x12_map_t *m, const x12_line_t *line, xd_node_t *loop, xd_str_t value,
    const xd_node_t *node)
{
    xd_node_t *seg = x12_make(m, line, loop);

    if (seg == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    also_set(m, line, seg);
    x12_set_element(m, line, seg, line->element, value, node);
}


/* -- members -------------------------------------------------------------- */

const xd_node_t *
x12_member(const xd_node_t *from, const char *path)
{
    xd_str_t rest = xd_str(path);

    while (from != NULL && rest.ptr != NULL) {
        from = xd_get_str(from, xd_str_cut(&rest, '.'));
    }

    return from;
}


/* The object of a name in another one; made when it is not there and may be.
 */
static xd_node_t *
step_into(x12_map_t *m, xd_node_t *in, xd_str_t name, bool make)
{
    xd_node_t *next = xd_get_str(in, name);

    if (next != NULL || !make) {
        return next;
    }

    name = xd_dup(m->arena, name);
    if (name.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return NULL;
    }

    return x12_open(m, in, name.ptr, XD_OBJECT);
}


xd_node_t *
x12_around(x12_map_t *m, xd_node_t *to, const x12_line_t *line,
    const char **key)
{
    const char *at = line->member, *dot;

    for (dot = strchr(at, '.'); to != NULL && dot != NULL;
         dot = strchr(at, '.')) {
        to = step_into(m, to, (xd_str_t){ at, (size_t) (dot - at) },
            (line->flags & X12_WITHIN) == 0);
        at = dot + 1;
    }

    *key = at;

    return to;
}


/* -- telling -------------------------------------------------------------- */

/* "lines/3/qty": frames from the outside in. */
static void
path_add(const x12_frame_t *f, char *to, size_t *len)
{
    int n;

    if (f == NULL || *len >= PATH_MAX_BYTES) {
        return;
    }

    path_add(f->up, to, len);
    n = snprintf(to + *len, PATH_MAX_BYTES - *len, "/%s/%u", f->member,
        f->index);
    *len += n > 0 ? (size_t) n : 0;
    *len = *len < PATH_MAX_BYTES ? *len : PATH_MAX_BYTES - 1;
}


static xd_str_t
path_write(const x12_map_t *m, const x12_line_t *line, char to[PATH_MAX_BYTES])
{
    size_t len = 0;
    int n;

    path_add(m->frame, to, &len);
    n = snprintf(to + len, PATH_MAX_BYTES - len, "/%s",
        line->member != NULL ? line->member : "");
    len += n > 0 ? (size_t) n : 0;
    len = len < PATH_MAX_BYTES ? len : PATH_MAX_BYTES - 1;

    for (size_t i = 0; i < len; i++) {
        to[i] = to[i] == '.' ? '/' : to[i];
    }

    return (xd_str_t){ to, len };
}


void
x12_missing(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop)
{
    char path[PATH_MAX_BYTES], place[16];

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = m->skips ? XD_WARNING : XD_ERROR,
            .scope = XD_SCOPE_SET,
            .offset = loop != NULL ? loop->offset : 0,
            .rule = "x12.map.missing",
            .path = path_write(m, line, path) },
        "The member is missing: set %s has it in %.*s%s%s.", m->code,
        XD_FMT(place_name(line, loop, line->element, place)),
        line->qualifier != NULL ? ", qualifier" : "",
        line->qualifier != NULL ? line->qualifier : "");
}


void
x12_refuse(x12_map_t *m, const x12_line_t *line, const xd_node_t *node,
    const char *format, ...)
{
    char path[PATH_MAX_BYTES], text[TEXT_MAX_BYTES];
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    m->bad = true;
    xd_reportf(m->rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_VALUE,
            .offset = node != NULL ? node->offset : 0,
            .rule = "x12.map.refused",
            .path = path_write(m, line, path),
            .value = node != NULL && node->text.ptr != NULL
                         ? (xd_str_t){ node->text.ptr,
                             node->text.len < 99 ? node->text.len : 99 }
                         : XD_STR("") },
        "Set %s cannot say this: %.*s", m->code, len < 0 ? 0 : len, text);
}


/* -- running -------------------------------------------------------------- */

void
x12_read_lines(x12_map_t *m, const x12_line_t *lines, const xd_node_t *loop,
    xd_node_t *to)
{
    for (; lines->codec != NULL && m->rc == XD_OK; lines++) {
        if (lines->codec->read != NULL) {
            lines->codec->read(m, lines, loop, to);
        }

        if ((lines->flags & X12_MUST) != 0 && m->rc == XD_OK
            && x12_member(to, lines->member) == NULL)
        {
            x12_missing(m, lines, loop);
        }
    }
}


void
x12_write_lines(x12_map_t *m, const x12_line_t *lines, const xd_node_t *from,
    xd_node_t *loop)
{
    for (; lines->codec != NULL && m->rc == XD_OK; lines++) {
        if ((lines->flags & X12_MUST) != 0
            && x12_member(from, lines->member) == NULL) {
            x12_missing(m, lines, from);
        } else if (lines->codec->write != NULL) {
            lines->codec->write(m, lines, from, loop);
        }
    }
}


xd_rc_t
x12_lines_read(xd_arena_t *arena, const x12_lines_t *map, const xd_node_t *set,
    xd_report_t *rep, xd_node_t **out, xd_node_t **residue)
{
    x12_map_t m = { .arena = arena,
        .rep = rep,
        .set = set,
        .code = map->set,
        .used = XD_VEC(const xd_node_t *),
        .ccy = XD_STR("") };
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT), *left;

    if (doc == NULL) {
        return XD_E_MEMORY;
    }

    x12_read_lines(&m, map->lines, set, doc);
    left = x12_residue(&m);

    if (m.rc != XD_OK) {
        return m.rc;
    }

    if (m.bad) {
        return XD_E_SYNTAX;
    }

    *out = doc;
    *residue = left;

    return XD_OK;
}


xd_rc_t
x12_lines_write(xd_arena_t *arena, const x12_lines_t *map, const xd_node_t *doc,
    xd_report_t *rep, xd_node_t **set)
{
    x12_map_t m = { .arena = arena,
        .rep = rep,
        .code = map->set,
        .used = XD_VEC(const xd_node_t *),
        .ccy = XD_STR("") };
    xd_node_t *tree = xd_node_new(arena, XD_OBJECT);
    xd_node_t *st = x12_another(&m, tree, "ST");

    if (st == NULL) {
        return XD_E_MEMORY;
    }

    m.set = tree;
    x12_put(&m, st, "1", xd_str(map->set));
    x12_write_lines(&m, map->lines, doc, tree);
    if (!m.bad) {
        x12_lost(&m, doc);
    }

    if (m.rc != XD_OK || m.bad) {
        return m.rc != XD_OK ? m.rc : XD_E_SYNTAX;
    }

    *set = tree;

    return XD_OK;
}
