/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is computed of a document and stands in its tree for checking: written
 * from the document, and compared when it is read.
 */

#include "base/decimal.h"
#include "map/line.h"

typedef __int128 wide_t;

#define DECIMALS 6

/* Numbers of one path. */
typedef struct {
    wide_t sum;    /* with DECIMALS decimals */
    wide_t digits; /* the same without their points */
    size_t count;
    bool vague; /* one was none */
} numbers_t;


static void
add(numbers_t *n, const xd_node_t *node)
{
    wide_t value;
    xd_decimal_t d;

    n->count++;
    if (xd_decimal_read(node->text, &d) != XD_OK) {
        n->vague = true;
        return;
    }

    value = d.mantissa;
    n->digits += d.mantissa < 0 ? -value : value;
    for (unsigned i = d.scale; i < DECIMALS; i++) {
        value *= 10;
    }
    n->sum += value;
}


/* Everything at a path; through arrays, whatever their entries. */
static void
walk(numbers_t *n, const xd_node_t *node, xd_str_t path, bool values)
{
    xd_str_t rest = path, name;

    if (node == NULL) {
        return;
    }

    if (node->kind == XD_ARRAY) {
        xd_each (one, node) {
            walk(n, one, path, values);
        }
        return;
    }

    if (path.ptr == NULL) {
        n->count += !values;
        if (values) {
            add(n, node);
        }
        return;
    }

    name = xd_str_cut(&rest, '.');
    walk(n, xd_get_str(node, name), rest, values);
}


static numbers_t
numbers(const map_run_t *m, const map_line_t *line, bool values)
{
    numbers_t n = { 0 };

    walk(&n, m->doc, line->with.words[0], values);

    return n;
}


static xd_str_t
wide_text(map_run_t *m, wide_t value)
{
    char digits[48];
    size_t at = sizeof(digits);
    bool minus = value < 0;

    value = minus ? -value : value;
    do {
        digits[--at] = (char) ('0' + (int) (value % 10));
        value /= 10;
    } while (value > 0);

    if (minus) {
        digits[--at] = '-';
    }

    return map_kept(m,
        xd_dup(m->arena, (xd_str_t){ digits + at, sizeof(digits) - at }));
}


static xd_str_t
count_text(map_run_t *m, const map_line_t *line)
{
    return wide_text(m, (wide_t) numbers(m, line, false).count);
}


/* Without zeros behind the point. */
static xd_str_t
sum_text(map_run_t *m, const map_line_t *line)
{
    numbers_t n = numbers(m, line, true);
    unsigned scale = DECIMALS;
    char text[XD_DECIMAL_MAX];
    wide_t value = n.sum;

    for (; scale > 0 && value % 10 == 0; scale--) {
        value /= 10;
    }

    if (n.vague || value > INT64_MAX || value < INT64_MIN) {
        return XD_STR("");
    }

    return map_kept(m,
        xd_dup(m->arena,
            (xd_str_t){ text, xd_decimal_write((xd_decimal_t){ (int64_t) value,
                                                   (uint8_t) scale },
                                  text) }));
}


/* A hash total: the sum without points, of which the last digits are kept. */
static xd_str_t
hash_text(map_run_t *m, const map_line_t *line)
{
    numbers_t n = numbers(m, line, true);
    xd_str_t text = n.vague ? XD_STR("") : wide_text(m, n.digits);

    if (line->max > 0 && text.len > line->max) {
        text.ptr += text.len - line->max;
        text.len = line->max;
        while (text.len > 1 && text.ptr[0] == '0') {
            text.ptr++;
            text.len--;
        }
    }

    return text;
}


/* Groups of a name in the tree, wherever they stand. */
static size_t
groups_in(const map_run_t *m, const xd_node_t *in, xd_str_t name)
{
    const xd_node_t *one = m->kind->groups(in, NULL);
    size_t n = 0;

    for (; one != NULL; one = m->kind->groups(in, one)) {
        n += xd_str_eq(m->kind->name(one), name);
        n += groups_in(m, one, name);
    }

    return n;
}


static xd_str_t
groups_text(map_run_t *m, const map_line_t *line)
{
    return wide_text(m, (wide_t) groups_in(m, m->tree, line->with.words[0]));
}


static void
compare(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_str_t computed)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t there = map_value(m, line, group);
    xd_decimal_t mine, theirs;

    if (there.len == 0 || computed.len == 0 || m->bad) {
        return;
    }

    if (xd_decimal_read(computed, &mine) != XD_OK
        || xd_decimal_read_edi(there, false, &theirs) != XD_OK
        || xd_decimal_cmp(mine, theirs) != 0)
    {
        map_warn(m, "map.derived", in->offset, there,
            "The set says another sum than it has.");
    }
}


static void
put(map_run_t *m, const map_line_t *line, xd_node_t *group, xd_str_t computed)
{
    map_line_t wide = *line;

    if (computed.len == 0) {
        map_refuse(m, line, NULL, "it cannot be summed up.");
        return;
    }

    wide.max = line->max > 0 ? line->max + 2 : 0;
    map_set(m, &wide, group, computed, NULL);
}


/* A codec of one function. */
#define DERIVED(what)                                                          \
    static void what##_read(map_run_t *m, const map_line_t *line,              \
        const xd_node_t *group, xd_node_t *to)                                 \
    {                                                                          \
        (void) to;                                                             \
        compare(m, line, group, what##_text(m, line));                         \
    }                                                                          \
                                                                               \
    static void what##_write(map_run_t *m, const map_line_t *line,             \
        const xd_node_t *from, xd_node_t *group)                               \
    {                                                                          \
        (void) from;                                                           \
        put(m, line, group, what##_text(m, line));                             \
    }                                                                          \
                                                                               \
    const map_codec_t map_as_##what = { .read = what##_read,                   \
        .write = what##_write }

DERIVED(count);
DERIVED(sum);
DERIVED(hash);
DERIVED(groups);
