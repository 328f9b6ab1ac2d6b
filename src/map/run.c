/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What all maps have in common: values of a tree into members of a document,
 * and a note of each value that was taken, so that the rest can be kept.
 */

#include "map/run.h"

#include "base/decimal.h"
#include "base/utf8.h"
#include "canon/format.h"


const char *
map_code(const map_code_t *table, xd_str_t code)
{
    for (; table->code != NULL; table++) {
        if (xd_str_is(code, table->code)) {
            return table->name;
        }
    }

    return NULL;
}


const char *
map_code_of(const map_code_t *table, xd_str_t name)
{
    for (; table->code != NULL; table++) {
        if (xd_str_is(name, table->name)) {
            return table->code;
        }
    }

    return NULL;
}


bool
map_listed(const char *codes, xd_str_t code)
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


xd_str_t
map_table_name(const map_table_t *table, xd_str_t code)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->rows[i].reads && xd_str_eq(table->rows[i].code, code)) {
            return table->rows[i].name;
        }
    }

    return XD_STR_NONE;
}


xd_str_t
map_table_code(const map_table_t *table, xd_str_t name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->rows[i].writes && xd_str_eq(table->rows[i].name, name)) {
            return table->rows[i].code;
        }
    }

    return XD_STR_NONE;
}


void
map_warn(map_run_t *m, const char *rule, size_t offset, xd_str_t value,
    const char *text)
{
    xd_report(m->rep, &(xd_finding_t){ .severity = XD_WARNING,
                          .scope = XD_SCOPE_VALUE,
                          .offset = offset,
                          .rule = rule,
                          .value = value,
                          .text = xd_str(text) });
}


/* -- reading --------------------------------------------------------------- */

void
map_used(map_run_t *m, const xd_node_t *node)
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
map_use(map_run_t *m, const xd_node_t *group, const char *key)
{
    map_used(m, group != NULL ? m->kind->value(group, key) : NULL);
}


/* Bytes that are no UTF-8 are taken for ISO 8859-1, where all are letters;
 * control bytes, which no text of ours may hold, become blanks. */
static xd_str_t
one_line(map_run_t *m, xd_str_t s)
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
text_of(map_run_t *m, const xd_node_t *node)
{
    xd_str_t s = node != NULL && node->kind == XD_STRING
                     ? xd_str_trim(node->text)
                     : XD_STR("");

    return plain(s) ? s : xd_str_trim(one_line(m, s));
}


xd_str_t
map_take(map_run_t *m, const xd_node_t *group, const char *key)
{
    const xd_node_t *node = group != NULL ? m->kind->value(group, key) : NULL;

    map_used(m, node);

    return text_of(m, node);
}


xd_str_t
map_kept(map_run_t *m, xd_str_t text)
{
    if (text.ptr == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return text;
}


/* -- writing --------------------------------------------------------------- */

void
map_put(map_run_t *m, xd_node_t *to, const char *key, xd_str_t text)
{
    m->puts += text.len > 0;

    /* no text at all came from an arena that was full */
    if (text.ptr == NULL
        || (text.len > 0 && xd_put_str(m->arena, to, key, text) == NULL))
    {
        m->rc = XD_E_MEMORY;
    }
}


void
map_put_number(map_run_t *m, xd_node_t *to, const char *key, int64_t value)
{
    m->puts++;
    if (xd_put_num(m->arena, to, key, value) == NULL) {
        m->rc = XD_E_MEMORY;
    }
}


xd_node_t *
map_open(map_run_t *m, xd_node_t *to, const char *key, xd_kind_t kind)
{
    xd_node_t *node = xd_put(m->arena, to, key, kind);

    m->puts++;
    if (node == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return node;
}


xd_node_t *
map_append(map_run_t *m, xd_node_t *array, xd_kind_t kind)
{
    xd_node_t *node = xd_node_add(m->arena, array, xd_node_new(m->arena, kind));

    if (node == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return node;
}


static void
forget_places(xd_node_t *node)
{
    node->offset = 0;
    xd_each (child, node) {
        forget_places(child);
    }
}


void
map_put_copy(map_run_t *m, xd_node_t *to, xd_str_t key, const xd_node_t *node)
{
    xd_node_t *copy = xd_node_copy(m->arena, node);

    if (copy != NULL) {
        forget_places(copy);
        copy->key = key;
    }

    if (key.ptr == NULL || xd_node_add(m->arena, to, copy) == NULL) {
        m->rc = XD_E_MEMORY;
    }
}


void
map_put_id(map_run_t *m, xd_node_t *to, const char *scheme, xd_str_t value)
{
    xd_node_t *ids = xd_get(to, "altIds"), *id;

    if (value.len == 0) {
        return;
    }

    if (ids == NULL) {
        ids = map_open(m, to, "altIds", XD_ARRAY);
    }

    id = map_append(m, ids, XD_OBJECT);
    map_put(m, id, "scheme", xd_str(scheme));
    map_put(m, id, "value", value);
}


void
map_put_once(map_run_t *m, xd_node_t *array, xd_str_t text)
{
    xd_node_t *entry;

    xd_each (known, array) {
        if (xd_str_eq(known->text, text)) {
            return;
        }
    }

    entry = array != NULL ? map_append(m, array, XD_STRING) : NULL;
    if (entry != NULL) {
        entry->text = text;
        m->puts++;
    }
}


void
map_put_quantity(map_run_t *m, xd_node_t *to, const char *key, xd_str_t value,
    xd_str_t unit, size_t offset)
{
    const char *uom = map_code(m->kind->units, unit);
    char text[XD_DECIMAL_MAX];
    xd_decimal_t number;
    xd_node_t *q;

    if (value.len == 0 || xd_decimal_read_edi(value, false, &number) != XD_OK) {
        return;
    }

    if (uom == NULL && !xd_format_uom(unit)) {
        map_warn(m, "map.unit", offset, unit, "This is no unit.");
        return;
    }

    q = map_open(m, to, key, XD_OBJECT);
    map_put(m, q, "value",
        xd_dup(m->arena, (xd_str_t){ text, xd_decimal_write(number, text) }));
    map_put(m, q, "uom", uom != NULL ? xd_str(uom) : unit);

    if (uom == NULL && !m->kind->units_are_open) {
        map_warn(m, "map.unit", offset, unit,
            "The unit has no name in Recommendation 20 here; its code was "
            "kept.");
    } else if (uom != NULL && !xd_str_is(unit, uom)) {
        map_put(m, q, "origUom", unit);
    }
}


/* -- the tree that is made ------------------------------------------------- */

xd_node_t *
map_another(map_run_t *m, xd_node_t *in, const char *name)
{
    xd_node_t *group = m->kind->add(m->arena, in, name);

    m->puts++;
    if (group == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return group;
}


void
map_write_value_at(map_run_t *m, xd_node_t *group, const char *key,
    xd_str_t text)
{
    if (group == NULL || text.len == 0 || m->kind->value(group, key) != NULL) {
        return;
    }

    m->puts++;
    if (m->kind->set(m->arena, group, key, text) == NULL) {
        m->rc = XD_E_MEMORY;
    }
}
