/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Words of an expression.  Numbers become values here, except that the sign
 * of -9223372036854775808 is seen by the parser.
 */

#include "cel/room.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>


/* Line and column are counted only for a finding. */
void *
cel_fault(cel_reader_t *r, xd_rc_t rc, uint32_t at, const char *format, ...)
{
    xd_finding_t f = { .severity = XD_ERROR, .offset = at, .line = 1 };
    char text[400];
    va_list args;

    if (r->rc != XD_OK) {
        return NULL;
    }

    r->rc = rc;
    f.column = 1;
    f.rule = rc == XD_E_LIMIT || rc == XD_E_MEMORY ? "cel.limit" : r->rule;

    for (size_t i = 0; i < at && i < r->source.len; i++) {
        f.column++;
        if (r->source.ptr[i] == '\n') {
            f.line++;
            f.column = 1;
        }
    }

    va_start(args, format);
    (void) vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    f.text = xd_str(text);
    xd_report(r->rep, &f);

    return NULL;
}


static char
peek(const cel_reader_t *r, size_t ahead)
{
    size_t at = r->at + ahead;

    return at < r->source.len ? r->source.ptr[at] : '\0';
}


static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}


static bool
is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}


static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}


static void
skip_blanks(cel_reader_t *r)
{
    while (r->at < r->source.len) {
        char c = peek(r, 0);

        if (c == '/' && peek(r, 1) == '/') {
            while (r->at < r->source.len && peek(r, 0) != '\n') {
                r->at++;
            }
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
        {
            r->at++;
        } else {
            return;
        }
    }
}


static void
digits(cel_reader_t *r, bool hex)
{
    while (hex ? is_hex(peek(r, 0)) : is_digit(peek(r, 0))) {
        r->at++;
    }
}


/* Fraction and exponent; true when there was one. */
static bool
real_part(cel_reader_t *r)
{
    size_t from = r->at;
    size_t sign;

    if (peek(r, 0) == '.' && is_digit(peek(r, 1))) {
        r->at++;
        digits(r, false);
    }

    if (peek(r, 0) == 'e' || peek(r, 0) == 'E') {
        sign = peek(r, 1) == '+' || peek(r, 1) == '-' ? 1 : 0;
        if (is_digit(peek(r, 1 + sign))) {
            r->at += 1 + sign;
            digits(r, false);
        }
    }

    return r->at > from;
}


static bool
to_natural(xd_str_t s, bool hex, uint64_t *out)
{
    uint64_t base = hex ? 16 : 10;
    uint64_t n = 0;

    for (size_t i = hex ? 2 : 0; i < s.len; i++) {
        char c = s.ptr[i];
        unsigned d = is_digit(c) ? (unsigned) (c - '0')
                                 : (unsigned) ((c | 0x20) - 'a' + 10);

        if (__builtin_mul_overflow(n, base, &n)
            || __builtin_add_overflow(n, d, &n)) {
            return false;
        }
    }

    *out = n;

    return true;
}


/* Too long for a double's digits is still a number: strtod rounds it. */
static bool
to_double(cel_token_t *t)
{
    char text[512];

    if (t->text.len >= sizeof(text)) {
        return false;
    }

    memcpy(text, t->text.ptr, t->text.len);
    text[t->text.len] = '\0';
    t->kind = CEL_T_DOUBLE;
    t->value = cel_double(strtod(text, NULL));

    return true;
}


static void
number(cel_reader_t *r, cel_token_t *t)
{
    bool hex = peek(r, 0) == '0' && (peek(r, 1) == 'x' || peek(r, 1) == 'X')
               && is_hex(peek(r, 2));
    size_t from = r->at;
    uint64_t n;
    bool real;

    r->at += hex ? 2 : 0;
    digits(r, hex);
    real = !hex && real_part(r);
    t->text = (xd_str_t){ r->source.ptr + from, r->at - from };

    if (real) {
        if (!to_double(t)) {
            t->kind = CEL_T_BAD;
            cel_fault(r, XD_E_SYNTAX, t->at, "the number is too long");
        }

        return;
    }

    t->kind = CEL_T_INT;
    if (!to_natural(t->text, hex, &n)) {
        t->kind = CEL_T_BAD;
        cel_fault(r, XD_E_SYNTAX, t->at, "%.*s does not fit in 64 bits",
            XD_FMT(t->text));
        return;
    }

    t->value = cel_uint(n);
    if (peek(r, 0) == 'u' || peek(r, 0) == 'U') {
        t->kind = CEL_T_UINT;
        r->at++;
    }
}


/* How many of r, b and their capitals stand before a quote; -1: none does. */
static int
quote_prefix(const cel_reader_t *r)
{
    int n = 0;

    while (n < 2 && strchr("rRbB", peek(r, (size_t) n)) != NULL
           && peek(r, (size_t) n) != '\0')
    {
        n++;
    }

    if (n == 2 && ((peek(r, 0) ^ peek(r, 1)) & 0x1f) == 0) {
        return -1;
    }

    return peek(r, (size_t) n) == '"' || peek(r, (size_t) n) == '\'' ? n : -1;
}


/* Finds the closing quote, then unquotes. */
static void
quoted(cel_reader_t *r, cel_token_t *t, size_t prefix)
{
    size_t from = r->at;
    bool raw = memchr(r->source.ptr + from, 'r', prefix) != NULL
               || memchr(r->source.ptr + from, 'R', prefix) != NULL;
    char q = peek(r, prefix);
    size_t n = peek(r, prefix + 1) == q && peek(r, prefix + 2) == q ? 3 : 1;

    r->at += prefix + n;
    while (r->at < r->source.len) {
        char c = peek(r, 0);

        if (c == q && (n == 1 || (peek(r, 1) == q && peek(r, 2) == q))) {
            r->at += n;
            t->text = (xd_str_t){ r->source.ptr + from, r->at - from };
            if (cel_unquote(r, t->at, t->text, &t->value) == XD_OK) {
                t->kind =
                    t->value.kind == XD_CEL_BYTES ? CEL_T_BYTES : CEL_T_STRING;
            }
            return;
        }

        if (n == 1 && (c == '\n' || c == '\r')) {
            break;
        }

        r->at += c == '\\' && !raw && r->at + 1 < r->source.len ? 2 : 1;
    }

    cel_fault(r, XD_E_SYNTAX, t->at, "the text has no closing quote");
}


static void
name(cel_reader_t *r, cel_token_t *t)
{
    size_t from = r->at;

    while (is_letter(peek(r, 0)) || is_digit(peek(r, 0))) {
        r->at++;
    }

    t->kind = CEL_T_NAME;
    t->text = (xd_str_t){ r->source.ptr + from, r->at - from };
}


/* `content-type`: only behind a dot, and of few characters. */
static void
back_quoted(cel_reader_t *r, cel_token_t *t)
{
    size_t from = ++r->at;

    while (is_letter(peek(r, 0)) || is_digit(peek(r, 0))
           || (peek(r, 0) != '\0' && strchr(".-/ ", peek(r, 0)) != NULL))
    {
        r->at++;
    }

    t->text = (xd_str_t){ r->source.ptr + from, r->at - from };
    if (peek(r, 0) != '`' || t->text.len == 0) {
        cel_fault(r, XD_E_SYNTAX, t->at,
            "a name in back quotes holds letters, digits, _ . - / and blanks");
        return;
    }

    r->at++;
    t->kind = CEL_T_QUOTED;
}


static void
sign(cel_reader_t *r, cel_token_t *t)
{
    static const char pairs[] = "== != <= >= && || ";
    char two[3] = { peek(r, 0), peek(r, 1), '\0' };
    size_t n = 0;

    if (two[1] > ' ' && strstr(pairs, two) != NULL) {
        n = 2;
    } else if (strchr("<>!?:.,+-*/%()[]{}", two[0]) != NULL) {
        n = 1;
    }

    if (n == 0) {
        cel_fault(r, XD_E_SYNTAX, t->at, "this character has no meaning here");
        return;
    }

    t->kind = CEL_T_SIGN;
    t->text = (xd_str_t){ r->source.ptr + r->at, n };
    r->at += n;
}


void
cel_next(cel_reader_t *r)
{
    cel_token_t *t = &r->token;
    int prefix;

    skip_blanks(r);
    *t = (cel_token_t){ .kind = CEL_T_BAD, .at = (uint32_t) r->at };
    prefix = quote_prefix(r);

    if (r->at >= r->source.len) {
        t->kind = CEL_T_END;
    } else if (prefix >= 0) {
        quoted(r, t, (size_t) prefix);
    } else if (is_digit(peek(r, 0))
               || (peek(r, 0) == '.' && is_digit(peek(r, 1)))) {
        number(r, t);
    } else if (is_letter(peek(r, 0))) {
        name(r, t);
    } else if (peek(r, 0) == '`') {
        back_quoted(r, t);
    } else {
        sign(r, t);
    }
}
