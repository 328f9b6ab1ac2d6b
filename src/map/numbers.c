/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Codecs of numbers by which something is known: those of GS1, which a check
 * digit proves, and those of schemes.
 */

#include "canon/format.h"
#include "map/line.h"


/* -- numbers of GS1 -------------------------------------------------------- */

/* What a number must be: the format of its canonical form. */
typedef struct {
    bool (*good)(xd_str_t text);
    size_t digits; /* of the canonical form */
    size_t least;  /* of what is written: zeros before are left out */
} gs1_t;

static const gs1_t gtin = { xd_format_gtin14, 14, 13 };
static const gs1_t gln = { xd_format_gln13, 13, 13 };
static const gs1_t sscc = { xd_format_sscc18, 18, 18 };


/* The number with zeros before it; ptr NULL when it is none. */
static xd_str_t
gs1_of(map_run_t *m, const gs1_t *kind, xd_str_t value)
{
    char text[20] = "000000000000000000";
    xd_str_t whole = { text, kind->digits };

    if (value.len < 8 || value.len > kind->digits
        || (kind != &gtin && value.len != kind->digits)
        || !xd_format_digits(value, value.len))
    {
        return XD_STR_NONE;
    }

    memcpy(text + kind->digits - value.len, value.ptr, value.len);

    return kind->good(whole) ? map_kept(m, xd_dup(m->arena, whole))
                             : XD_STR_NONE;
}


/* A bad number is one of a scheme that the line names, with a warning; it is
 * never passed on as good. */
static void
gs1_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to, const gs1_t *kind)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_node_t *around;
    xd_str_t value, number;

    if (in == NULL || map_member(to, line) != NULL) {
        return;
    }

    value = map_value(m, line, group);
    if (value.len == 0) {
        return;
    }

    around = map_around(m, to, line);
    number = gs1_of(m, kind, value);
    if (around != NULL && number.ptr != NULL) {
        map_put(m, around, map_key(line), number);
    } else if (around != NULL && line->with.words[0].ptr != NULL) {
        map_warn(m, "map.identifier", in->offset, value,
            "By its check digit this is no such number; it is kept as one of "
            "a scheme.");
        map_put_id(m, around, line->with.words[0].ptr, value);
    }
}


/* The entry of altIds that has a scheme. */
static const xd_node_t *
id_of(const xd_node_t *object, xd_str_t scheme)
{
    xd_each (id, xd_get(object, "altIds")) {
        if (scheme.ptr != NULL && xd_str_eq(xd_text(id, "scheme"), scheme)) {
            return id;
        }
    }

    return NULL;
}


/* The object that holds the line's member; NULL. */
static const xd_node_t *
object_of(const xd_node_t *from, const map_line_t *line)
{
    for (uint32_t i = 0; from != NULL && i + 1 < line->nmember; i++) {
        from = xd_get_str(from, line->member[i]);
    }

    return from;
}


static void
gs1_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group, const gs1_t *kind)
{
    const xd_node_t *node = map_member(from, line), *id;
    xd_str_t text;

    if (node != NULL) {
        text = node->text;
        while (text.len > kind->least && text.ptr[0] == '0') {
            text.ptr++;
            text.len--;
        }
        map_set(m, line, group, text, node);
        return;
    }

    id = id_of(object_of(from, line), line->with.words[0]);
    if (id != NULL) {
        map_used(m, xd_get(id, "scheme"));
        map_set(m, line, group, xd_text(id, "value"), xd_get(id, "value"));
    }
}


#define GS1(what)                                                              \
    static void what##_read(map_run_t *m, const map_line_t *line,              \
        const xd_node_t *group, xd_node_t *to)                                 \
    {                                                                          \
        gs1_read(m, line, group, to, &what);                                   \
    }                                                                          \
                                                                               \
    static void what##_write(map_run_t *m, const map_line_t *line,             \
        const xd_node_t *from, xd_node_t *group)                               \
    {                                                                          \
        gs1_write(m, line, from, group, &what);                                \
    }                                                                          \
                                                                               \
    const map_codec_t map_as_##what = { .read = what##_read,                   \
        .write = what##_write }

GS1(gtin);
GS1(gln);
GS1(sscc);


/* -- schemes --------------------------------------------------------------- */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}


/* A name that schemes of ours may have. */
static bool
is_scheme(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!is_letter(c) && (i == 0 || !((c >= '0' && c <= '9') || c == '-')))
        {
            return false;
        }
    }

    return s.len > 0 && s.len <= 40;
}


/* The prefix of schemes that a format has only a code for, "iso6523-0192". */
static xd_str_t
prefix_of(const map_line_t *line)
{
    return line->with.words[1].ptr != NULL ? line->with.words[1]
                                           : XD_STR("code");
}


/* What a code is called: by the table, else by itself if that can be a name,
 * else behind the prefix. */
static xd_str_t
scheme_from(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    xd_str_t name = map_table_name(line->with.tables[0], value);
    xd_str_t prefix = prefix_of(line);

    if (name.ptr != NULL) {
        return name;
    }

    if (is_scheme(value) && !xd_str_starts(value, prefix)
        && map_table_code(line->with.tables[0], value).ptr == NULL)
    {
        return value;
    }

    name = map_kept(m,
        xd_fmt(m->arena, "%.*s-%.*s", XD_FMT(prefix), XD_FMT(value)));

    return name.ptr != NULL && is_scheme(name) ? name : XD_STR_NONE;
}


static xd_str_t
scheme_to(map_run_t *m, const map_line_t *line, xd_str_t value)
{
    xd_str_t code = map_table_code(line->with.tables[0], value);
    xd_str_t prefix = prefix_of(line);

    (void) m;

    if (code.ptr != NULL) {
        return code;
    }

    return xd_str_starts(value, prefix) && value.len > prefix.len + 1
                   && value.ptr[prefix.len] == '-'
               ? (xd_str_t){ value.ptr + prefix.len + 1,
                     value.len - prefix.len - 1 }
               : value;
}


/* A code that is not there may have a name, too: that of the row "". */
static void
scheme_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *in = map_find(m, line, group);
    xd_str_t value, name;

    if (in == NULL && line->nsteps > 0) {
        return;
    }

    value = map_value(m, line, group);
    name = scheme_from(m, line, value);
    if (name.ptr != NULL) {
        map_put(m, map_around(m, to, line), map_key(line), name);
    }
}


static void
scheme_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    if (node != NULL) {
        map_set(m, line, group, scheme_to(m, line, node->text), node);
    }
}


const map_codec_t map_as_scheme = { .read = scheme_read,
    .write = scheme_write };
