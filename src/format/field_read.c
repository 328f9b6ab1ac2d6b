/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/base64.h"
#include "base/utf8.h"
#include "format/field.h"
#include "format/field_chars.h"

#define MEMBERS      4096
#define DIGITS_MAX   15
#define WHOLE_MAX    12 /* digits of a decimal before its point */
#define FRACTION_MAX 3

typedef struct {
    xd_arena_t *arena;
    const char *p, *end;
    size_t left; /* members that may still come */
} reader_t;

typedef xd_rc_t read_fn(reader_t *r, xd_field_t *out);

static char
peek(const reader_t *r)
{
    return r->p < r->end ? *r->p : '\0';
}


static bool
take(reader_t *r, char c)
{
    if (r->p == r->end || *r->p != c) {
        return false;
    }

    r->p++;

    return true;
}


static void
skip_blanks(reader_t *r, bool tabs)
{
    while (peek(r) == ' ' || (tabs && peek(r) == '\t')) {
        r->p++;
    }
}


/* How many digits there are; only the first of them go into the value. */
static size_t
read_digits(reader_t *r, size_t most, int64_t *value)
{
    size_t n = 0;

    for (; field_digit(peek(r)); r->p++) {
        n++;
        if (n <= most) {
            *value = *value * 10 + (peek(r) - '0');
        }
    }

    return n;
}


static xd_rc_t
read_number(reader_t *r, xd_field_t *out)
{
    int64_t sign = take(r, '-') ? -1 : 1, value = 0;
    size_t whole = read_digits(r, DIGITS_MAX, &value), fraction;

    out->kind = XD_FIELD_INTEGER;
    if (whole == 0 || whole > DIGITS_MAX) {
        return XD_E_SYNTAX;
    }

    if (take(r, '.')) {
        fraction = whole > WHOLE_MAX ? 0 : read_digits(r, FRACTION_MAX, &value);
        if (fraction == 0 || fraction > FRACTION_MAX) {
            return XD_E_SYNTAX;
        }

        for (; fraction < FRACTION_MAX; fraction++) {
            value *= 10;
        }

        out->kind = XD_FIELD_DECIMAL;
    }

    out->number = sign * value;

    return XD_OK;
}


static xd_rc_t
read_date(reader_t *r, xd_field_t *out)
{
    xd_rc_t rc;

    r->p++;
    rc = read_number(r, out);
    if (rc == XD_OK && out->kind != XD_FIELD_INTEGER) {
        rc = XD_E_SYNTAX;
    }

    out->kind = XD_FIELD_DATE;

    return rc;
}


/* The text up to its quote, undone only when there is something to undo. */
static xd_rc_t
read_string(reader_t *r, xd_field_t *out)
{
    const char *from = ++r->p;
    char *text;
    size_t len = 0;

    out->kind = XD_FIELD_STRING;
    while (r->p < r->end && *r->p != '"') {
        r->p += *r->p == '\\' ? 2 : 1;
    }

    if (r->p >= r->end) {
        return XD_E_SYNTAX;
    }

    text = xd_alloc(r->arena, (size_t) (r->p - from) + 1);
    if (text == NULL) {
        return XD_E_MEMORY;
    }

    for (const char *c = from; c < r->p; c++) {
        bool escaped = *c == '\\';

        c += escaped;
        if (!field_printable(*c) || (escaped && *c != '"' && *c != '\\')) {
            return XD_E_SYNTAX;
        }

        text[len++] = *c;
    }

    r->p++;
    out->text = (xd_str_t){ text, len };

    return XD_OK;
}


static int
hex_value(char c)
{
    return field_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


/* One byte of a display string; -1 when it is none. */
static int
display_byte(reader_t *r)
{
    char c = peek(r);
    int high, low;

    if (!field_printable(c)) {
        return -1;
    }

    r->p++;
    if (c != '%') {
        return c;
    }

    if (r->end - r->p < 2) {
        return -1;
    }

    high = hex_value(r->p[0]);
    low = hex_value(r->p[1]);
    r->p += 2;

    return high < 0 || low < 0 ? -1 : high * 16 + low;
}


static xd_rc_t
read_display(reader_t *r, xd_field_t *out)
{
    char *text = xd_alloc(r->arena, (size_t) (r->end - r->p) + 1);
    size_t len = 0;

    out->kind = XD_FIELD_DISPLAY;
    if (text == NULL) {
        return XD_E_MEMORY;
    }

    r->p++;
    if (!take(r, '"')) {
        return XD_E_SYNTAX;
    }

    while (!take(r, '"')) {
        int byte = display_byte(r);

        if (byte < 0) {
            return XD_E_SYNTAX;
        }

        text[len++] = (char) byte;
    }

    out->text = (xd_str_t){ text, len };

    return xd_utf8_valid(out->text) == len ? XD_OK : XD_E_SYNTAX;
}


static xd_rc_t
read_token(reader_t *r, xd_field_t *out)
{
    const char *from = r->p;

    while (field_token_char(peek(r))) {
        r->p++;
    }

    out->kind = XD_FIELD_TOKEN;
    out->text = (xd_str_t){ from, (size_t) (r->p - from) };

    return XD_OK;
}


static xd_rc_t
read_bytes(reader_t *r, xd_field_t *out)
{
    const char *from = ++r->p;
    const char *colon = memchr(from, ':', (size_t) (r->end - from));

    out->kind = XD_FIELD_BYTES;
    if (colon == NULL) {
        return XD_E_SYNTAX;
    }

    r->p = colon + 1;

    return xd_base64_read(r->arena, (xd_str_t){ from, (size_t) (colon - from) },
        XD_BASE64, &out->text);
}


static xd_rc_t
read_boolean(reader_t *r, xd_field_t *out)
{
    r->p++;
    out->kind = XD_FIELD_BOOLEAN;
    out->number = peek(r) == '1';

    return take(r, '1') || take(r, '0') ? XD_OK : XD_E_SYNTAX;
}


/* The first byte says what comes. */
static read_fn *
reader_of(char c)
{
    static const struct {
        char first;
        read_fn *read;
    } rows[] = { { '"', read_string }, { ':', read_bytes },
        { '?', read_boolean }, { '@', read_date }, { '%', read_display },
        { '-', read_number } };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].first == c) {
            return rows[i].read;
        }
    }

    return field_digit(c)         ? read_number
           : field_token_first(c) ? read_token
                                  : NULL;
}


static xd_rc_t
read_bare(reader_t *r, xd_field_t *out)
{
    read_fn *read = reader_of(peek(r));

    return read == NULL ? XD_E_SYNTAX : read(r, out);
}


static xd_rc_t
new_field(reader_t *r, xd_field_t **out)
{
    if (r->left == 0) {
        return XD_E_LIMIT;
    }

    r->left--;
    *out = xd_alloc(r->arena, sizeof(**out));

    return *out == NULL ? XD_E_MEMORY : XD_OK;
}


static xd_rc_t
read_key(reader_t *r, xd_str_t *out)
{
    const char *from = r->p;

    if (!field_key_first(peek(r))) {
        return XD_E_SYNTAX;
    }

    while (field_key_char(peek(r))) {
        r->p++;
    }

    *out = (xd_str_t){ from, (size_t) (r->p - from) };

    return XD_OK;
}


static void
make_true(xd_field_t *out)
{
    out->kind = XD_FIELD_BOOLEAN;
    out->number = 1;
}


/* At the end of the list, or in the place of who has its key. */
static void
put(xd_field_t **first, xd_field_t *member)
{
    xd_field_t **at = first;

    while (*at != NULL && !xd_str_eq((*at)->key, member->key)) {
        at = &(*at)->next;
    }

    if (*at != NULL) {
        member->next = (*at)->next;
    }

    *at = member;
}


static xd_rc_t
read_params(reader_t *r, xd_field_t **out)
{
    while (take(r, ';')) {
        xd_field_t *param;
        xd_rc_t rc = new_field(r, &param);

        skip_blanks(r, false);
        if (rc == XD_OK) {
            rc = read_key(r, &param->key);
        }

        if (rc == XD_OK && take(r, '=')) {
            rc = read_bare(r, param);
        } else if (rc == XD_OK) {
            make_true(param);
        }

        if (rc != XD_OK) {
            return rc;
        }

        put(out, param);
    }

    return XD_OK;
}


static xd_rc_t
read_item(reader_t *r, xd_field_t *out)
{
    xd_rc_t rc = read_bare(r, out);

    return rc == XD_OK ? read_params(r, &out->params) : rc;
}


static xd_rc_t
read_inner(reader_t *r, xd_field_t *out)
{
    xd_field_t **last = &out->items;
    xd_rc_t rc = XD_OK;

    out->kind = XD_FIELD_INNER;
    for (;;) {
        skip_blanks(r, false);
        if (take(r, ')')) {
            return read_params(r, &out->params);
        }

        rc = new_field(r, last);
        if (rc == XD_OK) {
            rc = read_item(r, *last);
        }

        if (rc != XD_OK) {
            return rc;
        }

        if (peek(r) != ' ' && peek(r) != ')') {
            return XD_E_SYNTAX;
        }

        last = &(*last)->next;
    }
}


static xd_rc_t
read_member(reader_t *r, xd_field_t *out)
{
    return take(r, '(') ? read_inner(r, out) : read_item(r, out);
}


static xd_rc_t
read_keyed(reader_t *r, xd_field_t *out)
{
    xd_rc_t rc = read_key(r, &out->key);

    if (rc != XD_OK) {
        return rc;
    }

    if (take(r, '=')) {
        return read_member(r, out);
    }

    make_true(out);

    return read_params(r, &out->params);
}


/* Members and the commas between them; none stands at the end. */
static xd_rc_t
read_members(reader_t *r, bool keyed, xd_field_t **out)
{
    xd_field_t **last = out;

    while (r->p < r->end) {
        xd_field_t *member;
        xd_rc_t rc = new_field(r, &member);

        if (rc == XD_OK) {
            rc = keyed ? read_keyed(r, member) : read_member(r, member);
        }

        if (rc != XD_OK) {
            return rc;
        }

        if (keyed) {
            put(out, member);
        } else {
            *last = member;
            last = &member->next;
        }

        skip_blanks(r, true);
        if (r->p == r->end) {
            return XD_OK;
        }

        if (!take(r, ',')) {
            return XD_E_SYNTAX;
        }

        skip_blanks(r, true);
        if (r->p == r->end) {
            return XD_E_SYNTAX;
        }
    }

    return XD_OK;
}


xd_rc_t
xd_field_read(xd_arena_t *arena, xd_str_t bytes, xd_field_type_t type,
    size_t members, xd_field_t **out)
{
    reader_t r = { .arena = arena,
        .p = bytes.len == 0 ? "" : bytes.ptr,
        .left = members == 0 ? MEMBERS : members };
    xd_field_t *first = NULL;
    xd_rc_t rc;

    r.end = r.p + bytes.len;
    skip_blanks(&r, false);
    if (type == XD_FIELD_AS_ITEM) {
        rc = new_field(&r, &first);
        if (rc == XD_OK) {
            rc = read_item(&r, first);
        }
    } else {
        rc = read_members(&r, type == XD_FIELD_AS_DICTIONARY, &first);
    }

    skip_blanks(&r, false);
    if (rc == XD_OK && r.p != r.end) {
        rc = XD_E_SYNTAX;
    }

    if (rc == XD_OK) {
        *out = first;
    }

    return rc;
}


const xd_field_t *
xd_field_get_str(const xd_field_t *first, xd_str_t key)
{
    while (first != NULL && !xd_str_eq(first->key, key)) {
        first = first->next;
    }

    return first;
}


const xd_field_t *
xd_field_get(const xd_field_t *first, const char *key)
{
    return xd_field_get_str(first, xd_str(key));
}
