/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What maps of X12 have in common: values of segments into members of a
 * document, and a note of each element that was taken, so that the rest can
 * be kept.
 */

#include "map/x12_map.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "canon/format.h"


const char *
x12_code(const x12_code_t *table, xd_str_t code)
{
    for (; table->code != NULL; table++) {
        if (xd_str_is(code, table->code)) {
            return table->name;
        }
    }

    return NULL;
}


const char *
x12_code_of(const x12_code_t *table, xd_str_t name)
{
    for (; table->code != NULL; table++) {
        if (xd_str_is(name, table->name)) {
            return table->code;
        }
    }

    return NULL;
}


bool
x12_listed(const char *codes, xd_str_t code)
{
    size_t len = strlen(codes);

    for (size_t i = 1; code.len > 0 && i + code.len < len; i++) {
        if (codes[i - 1] == ' ' && codes[i + code.len] == ' '
            && memcmp(codes + i, code.ptr, code.len) == 0)
        {
            return true;
        }
    }

    return false;
}


const char *const x12_names[X12_NAMES] = { "0", "1", "2", "3", "4", "5", "6",
    "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
    "32", "33", "34", "35", "36", "37", "38", "39" };


void
x12_warn(x12_map_t *m, const char *rule, size_t offset, xd_str_t value,
    const char *text)
{
    xd_report(m->rep, &(xd_finding_t){ .severity = XD_WARNING,
                          .scope = XD_SCOPE_VALUE,
                          .offset = offset,
                          .rule = rule,
                          .value = value,
                          .text = xd_str(text) });
}


/* -- reading -------------------------------------------------------------- */

void
x12_used(x12_map_t *m, const xd_node_t *node)
{
    const xd_node_t **slot;

    if (node == NULL) {
        return;
    }

    slot = xd_vec_push(&m->used, m->arena);
    if (slot == NULL) {
        m->rc = XD_E_MEMORY;
    } else {
        *slot = node;
    }
}


void
x12_use(x12_map_t *m, const xd_node_t *seg, const char *element)
{
    x12_used(m, xd_get(seg, element));
}


/* Bytes that are no UTF-8 are taken for ISO 8859-1, where all are letters;
 * control bytes, which no text of ours may hold, become blanks. */
static xd_str_t
one_line(x12_map_t *m, xd_str_t s)
{
    bool utf8 = xd_utf8_valid(s) == s.len;
    char *to = xd_alloc(m->arena, s.len * 2 + 1);
    size_t len = 0;

    if (to == NULL) {
        m->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        if (c < ' ' || c == 0x7f || (!utf8 && c >= 0x80 && c < 0xa0)) {
            to[len++] = ' ';
        } else if (utf8 || c < 0x80) {
            to[len++] = s.ptr[i];
        } else {
            len += xd_utf8_write(c, to + len);
        }
    }

    return (xd_str_t){ to, len };
}


static bool
plain(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char) s.ptr[i] < ' ' || (unsigned char) s.ptr[i] >= 0x7f)
        {
            return false;
        }
    }

    return true;
}


static xd_str_t
text_of(x12_map_t *m, const xd_node_t *node)
{
    xd_str_t s = node != NULL && node->kind == XD_STRING
                     ? xd_str_trim(node->text)
                     : XD_STR("");

    return plain(s) ? s : xd_str_trim(one_line(m, s));
}


xd_str_t
x12_take(x12_map_t *m, const xd_node_t *seg, const char *element)
{
    const xd_node_t *node = xd_get(seg, element);

    x12_used(m, node);

    return text_of(m, node);
}


const xd_node_t *
x12_segment(const xd_node_t *in, const char *id, const char *qualifier)
{
    xd_each (seg, xd_get(in, id)) {
        if (qualifier == NULL || xd_str_is(xd_text(seg, "1"), qualifier)) {
            return seg;
        }
    }

    return NULL;
}


/* -- writing -------------------------------------------------------------- */

void
x12_put(x12_map_t *m, xd_node_t *to, const char *key, xd_str_t text)
{
    /* no text at all came from an arena that was full */
    if (text.ptr == NULL
        || (text.len > 0 && xd_put_str(m->arena, to, key, text) == NULL))
    {
        m->rc = XD_E_MEMORY;
    }
}


void
x12_put_number(x12_map_t *m, xd_node_t *to, const char *key, int64_t value)
{
    if (xd_put_num(m->arena, to, key, value) == NULL) {
        m->rc = XD_E_MEMORY;
    }
}


xd_node_t *
x12_open(x12_map_t *m, xd_node_t *to, const char *key, xd_kind_t kind)
{
    xd_node_t *node = xd_put(m->arena, to, key, kind);

    if (node == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return node;
}


xd_node_t *
x12_append(x12_map_t *m, xd_node_t *array, xd_kind_t kind)
{
    xd_node_t *node = xd_node_add(m->arena, array, xd_node_new(m->arena, kind));

    if (node == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return node;
}


void
x12_put_id(x12_map_t *m, xd_node_t *to, const char *scheme, xd_str_t value)
{
    xd_node_t *ids = xd_get(to, "altIds"), *id;

    if (value.len == 0) {
        return;
    }

    if (ids == NULL) {
        ids = x12_open(m, to, "altIds", XD_ARRAY);
    }

    id = x12_append(m, ids, XD_OBJECT);
    x12_put(m, id, "scheme", xd_str(scheme));
    x12_put(m, id, "value", value);
}


const char *
x12_scheme(x12_map_t *m, const char *element, xd_str_t code)
{
    xd_str_t name = xd_fmt(m->arena, "x12-%s-%.*s", element,
        (int) (code.len < 8 ? code.len : 8), code.ptr);

    if (name.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return "x12";
    }

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')
            && !(c >= 'a' && c <= 'z') && c != '-')
        {
            return "x12";
        }
    }

    return name.ptr;
}


void
x12_put_quantity(x12_map_t *m, xd_node_t *to, const char *key, xd_str_t value,
    xd_str_t unit, size_t offset)
{
    const char *uom = x12_code(x12_units, unit);
    char text[XD_DECIMAL_MAX];
    xd_decimal_t number;
    xd_node_t *q;

    if (value.len == 0 || xd_decimal_read_edi(value, false, &number) != XD_OK) {
        return;
    }

    if (uom == NULL && !xd_format_uom(unit)) {
        x12_warn(m, "x12.map.unit", offset, unit, "This is no unit.");
        return;
    }

    q = x12_open(m, to, key, XD_OBJECT);
    x12_put(m, q, "value",
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(number, text) }));
    x12_put(m, q, "uom", uom != NULL ? xd_str(uom) : unit);

    if (uom == NULL) {
        x12_warn(m, "x12.map.unit", offset, unit,
            "The unit has no name in Recommendation 20 here; its code was "
            "kept.");
    } else if (!xd_str_is(unit, uom)) {
        x12_put(m, q, "origUom", unit);
    }
}


/* -- dates ---------------------------------------------------------------- */

xd_str_t
x12_date(x12_map_t *m, xd_str_t date)
{
    const char *century = date.len == 6 ? "20" : "";
    size_t year = date.len == 6 ? 2 : 4;
    xd_str_t text;

    if (date.len != 6 && date.len != 8) {
        return XD_STR("");
    }

    text = xd_fmt(m->arena, "%s%.*s-%.2s-%.2s", century, (int) year, date.ptr,
        date.ptr + year, date.ptr + year + 2);
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return text.ptr != NULL && xd_date_valid(text) ? text : XD_STR("");
}


xd_str_t
x12_instant(x12_map_t *m, xd_str_t date, xd_str_t time, xd_str_t zone)
{
    char clock[] = "000000", out[XD_INSTANT_LEN + 1];
    const char *from_utc = x12_code(x12_zones, zone);
    xd_str_t day = x12_date(m, date), text;
    int64_t ms;

    memcpy(clock, time.ptr, time.len < 6 ? time.len & ~(size_t) 1 : 6);

    if (from_utc == NULL && day.len > 0 && !m->zone_told) {
        m->zone_told = true;
        xd_report(m->rep,
            &(xd_finding_t){ .severity = XD_INFO,
                .scope = XD_SCOPE_SET,
                .rule = "x12.map.zone",
                .text = XD_STR("Times without a zone are taken as UTC.") });
    }

    text = xd_fmt(m->arena, "%.*sT%.2s:%.2s:%.2s%s", XD_FMT(day), clock,
        clock + 2, clock + 4, from_utc != NULL ? from_utc : "Z");
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    if (day.len == 0 || !xd_instant_read(text, &ms)) {
        return XD_STR("");
    }

    xd_instant_write(ms, out);
    text = xd_dup(m->arena, (xd_str_t){ out, XD_INSTANT_LEN });
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return XD_STR("");
    }

    return text;
}
