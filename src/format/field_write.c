/* SPDX-License-Identifier: BSD-2-Clause */

#include <inttypes.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "format/field.h"
#include "format/field_chars.h"


static bool
in_range(int64_t number)
{
    return number >= -XD_FIELD_NUMBER_MAX && number <= XD_FIELD_NUMBER_MAX;
}


/* Thousandths, with at least one digit behind the point. */
static void
write_decimal(xd_buf_t *out, int64_t number)
{
    int64_t size = number < 0 ? -number : number;
    int fraction = (int) (size % 1000), digits = 3;

    while (digits > 1 && fraction % 10 == 0) {
        fraction /= 10;
        digits--;
    }

    xd_buf_fmt(out, "%s%" PRId64 ".%0*d", number < 0 ? "-" : "", size / 1000,
        digits, fraction);
}


static bool
write_string(xd_buf_t *out, xd_str_t text)
{
    xd_buf_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!field_printable(c)) {
            return false;
        }

        if (c == '"' || c == '\\') {
            xd_buf_byte(out, '\\');
        }

        xd_buf_byte(out, c);
    }

    xd_buf_byte(out, '"');

    return true;
}


static bool
write_display(xd_buf_t *out, xd_str_t text)
{
    xd_buf_text(out, "%\"");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (field_printable(c) && c != '%' && c != '"') {
            xd_buf_byte(out, c);
        } else {
            xd_buf_fmt(out, "%%%02x", (unsigned int) (unsigned char) c);
        }
    }

    xd_buf_byte(out, '"');

    return xd_utf8_valid(text) == text.len;
}


static bool
write_name(xd_buf_t *out, xd_str_t name, bool first(char c), bool other(char c))
{
    bool good = name.len > 0 && first(name.ptr[0]);

    for (size_t i = 1; i < name.len; i++) {
        good = good && other(name.ptr[i]);
    }

    xd_buf_add(out, name);

    return good;
}


static bool
write_key(xd_buf_t *out, xd_str_t key)
{
    return write_name(out, key, field_key_first, field_key_char);
}


static bool
write_bare(xd_buf_t *out, const xd_field_t *item)
{
    switch (item->kind) {
    case XD_FIELD_INTEGER:
    case XD_FIELD_DATE:
        xd_buf_fmt(out, "%s%" PRId64, item->kind == XD_FIELD_DATE ? "@" : "",
            item->number);
        return in_range(item->number);
    case XD_FIELD_DECIMAL:
        write_decimal(out, item->number);
        return in_range(item->number);
    case XD_FIELD_STRING:
        return write_string(out, item->text);
    case XD_FIELD_TOKEN:
        return write_name(out, item->text, field_token_first, field_token_char);
    case XD_FIELD_BYTES:
        xd_buf_byte(out, ':');
        xd_base64_write(out, item->text, XD_BASE64);
        xd_buf_byte(out, ':');
        return true;
    case XD_FIELD_BOOLEAN:
        xd_buf_text(out, item->number != 0 ? "?1" : "?0");
        return true;
    case XD_FIELD_DISPLAY:
        return write_display(out, item->text);
    default:
        return false;
    }
}


static bool
write_params(xd_buf_t *out, const xd_field_t *params)
{
    bool good = true;

    for (const xd_field_t *p = params; p != NULL && good; p = p->next) {
        xd_buf_byte(out, ';');
        good = write_key(out, p->key);
        if (good && (p->kind != XD_FIELD_BOOLEAN || p->number == 0)) {
            xd_buf_byte(out, '=');
            good = write_bare(out, p);
        }
    }

    return good;
}


static bool
write_member(xd_buf_t *out, const xd_field_t *member)
{
    bool good = true;

    if (member->kind != XD_FIELD_INNER) {
        return write_bare(out, member) && write_params(out, member->params);
    }

    xd_buf_byte(out, '(');
    for (const xd_field_t *i = member->items; i != NULL && good; i = i->next) {
        good = i->kind != XD_FIELD_INNER && write_member(out, i);
        if (i->next != NULL) {
            xd_buf_byte(out, ' ');
        }
    }

    xd_buf_byte(out, ')');

    return good && write_params(out, member->params);
}


/* A member that is true is its key alone. */
static bool
write_keyed(xd_buf_t *out, const xd_field_t *member)
{
    if (!write_key(out, member->key)) {
        return false;
    }

    if (member->kind == XD_FIELD_BOOLEAN && member->number != 0) {
        return write_params(out, member->params);
    }

    xd_buf_byte(out, '=');

    return write_member(out, member);
}


static xd_rc_t
result(const xd_buf_t *out, bool good)
{
    return good ? xd_buf_rc(out) : XD_E_SYNTAX;
}


xd_rc_t
xd_field_write(xd_buf_t *out, const xd_field_t *value, xd_field_type_t type)
{
    bool good = value != NULL || type != XD_FIELD_AS_ITEM;

    if (type == XD_FIELD_AS_ITEM) {
        return result(out,
            good && value->kind != XD_FIELD_INNER && write_member(out, value));
    }

    for (const xd_field_t *m = value; m != NULL && good; m = m->next) {
        good = type == XD_FIELD_AS_LIST ? write_member(out, m)
                                        : write_keyed(out, m);
        if (m->next != NULL) {
            xd_buf_text(out, ", ");
        }
    }

    return result(out, good);
}


xd_rc_t
xd_field_write_member(xd_buf_t *out, const xd_field_t *member)
{
    return result(out, write_member(out, member));
}
