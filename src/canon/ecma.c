/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One pass over a pattern.  PCRE2 reads most of ECMA-262 as it is; here is
 * what it reads in another way, or takes though ECMA-262 does not have it.
 */

#include "canon/ecma.h"


#define SPACES                                                                 \
    "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}"         \
    "\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}"
#define NO_SPACES                                                              \
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}"              \
    "\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"                \
    "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"                \
    "\\x{ff00}-\\x{10ffff}"

typedef struct {
    const char *at, *end;
    xd_buf_t *out;
    const char *fault;
    bool in_class;
} ecma_t;


static char
peek(const ecma_t *e, size_t ahead)
{
    return (size_t) (e->end - e->at) > ahead ? e->at[ahead] : '\0';
}


static void
refuse(ecma_t *e, const char *why)
{
    if (e->fault == NULL) {
        e->fault = why;
    }
    e->at = e->end;
}


static int
hex(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c = (char) (c | 0x20);

    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


static bool
is_letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}


static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}


/* -- escapes ------------------------------------------------------------- */


/* count hex digits at a place ahead; -1 when they are not there. */
static long
hex_number(const ecma_t *e, size_t ahead, size_t count)
{
    long value = 0;

    for (size_t i = 0; i < count; i++) {
        int digit = hex(peek(e, ahead + i));

        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }

    return value;
}


/* Behind the u: {H...}, HHHH, or two of these as a pair of surrogates. */
static void
unicode_escape(ecma_t *e)
{
    long value = hex_number(e, 0, 4);
    size_t n = 0;

    if (peek(e, 0) == '{') {
        for (value = 0, n = 1; hex(peek(e, n)) >= 0 && value <= 0x10ffff; n++) {
            value = value * 16 + hex(peek(e, n));
        }
        value = n > 1 && peek(e, n) == '}' ? value : -1;
        e->at += value < 0 ? 0 : n + 1;

    } else if (value >= 0xd800 && value <= 0xdbff && peek(e, 4) == '\\'
               && peek(e, 5) == 'u' && hex_number(e, 6, 4) >= 0xdc00
               && hex_number(e, 6, 4) <= 0xdfff)
    {
        value =
            0x10000 + ((value - 0xd800) << 10) + (hex_number(e, 6, 4) - 0xdc00);
        e->at += 10;

    } else {
        e->at += value < 0 ? 0 : 4;
    }

    if (value < 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        refuse(e, "\\u takes four hex digits, or a code point in braces");
        return;
    }

    xd_buf_fmt(e->out, "\\x{%lx}", (unsigned long) value);
}


/* Long names of general categories, which PCRE2 knows by their letters. */
static const char *
category(xd_str_t name)
{
    static const char *const rows[][2] = { { "Letter", "L" },
        { "Cased_Letter", "L&" }, { "LC", "L&" }, { "Uppercase_Letter", "Lu" },
        { "Lowercase_Letter", "Ll" }, { "Titlecase_Letter", "Lt" },
        { "Modifier_Letter", "Lm" }, { "Other_Letter", "Lo" }, { "Mark", "M" },
        { "Combining_Mark", "M" }, { "Nonspacing_Mark", "Mn" },
        { "Spacing_Mark", "Mc" }, { "Enclosing_Mark", "Me" }, { "Number", "N" },
        { "Decimal_Number", "Nd" }, { "digit", "Nd" },
        { "Letter_Number", "Nl" }, { "Other_Number", "No" },
        { "Punctuation", "P" }, { "punct", "P" },
        { "Connector_Punctuation", "Pc" }, { "Dash_Punctuation", "Pd" },
        { "Open_Punctuation", "Ps" }, { "Close_Punctuation", "Pe" },
        { "Initial_Punctuation", "Pi" }, { "Final_Punctuation", "Pf" },
        { "Other_Punctuation", "Po" }, { "Symbol", "S" },
        { "Math_Symbol", "Sm" }, { "Currency_Symbol", "Sc" },
        { "Modifier_Symbol", "Sk" }, { "Other_Symbol", "So" },
        { "Separator", "Z" }, { "Space_Separator", "Zs" },
        { "Line_Separator", "Zl" }, { "Paragraph_Separator", "Zp" },
        { "Other", "C" }, { "Control", "Cc" }, { "cntrl", "Cc" },
        { "Format", "Cf" }, { "Surrogate", "Cs" }, { "Private_Use", "Co" },
        { "Unassigned", "Cn" } };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (xd_str_is(name, rows[i][0])) {
            return rows[i][1];
        }
    }

    return NULL;
}


/* Behind p or P: {Letter}, {gc=L}, {Script=Greek}, {ASCII}. */
static void
property_escape(ecma_t *e, char letter)
{
    const char *close = memchr(e->at, '}', (size_t) (e->end - e->at));
    xd_str_t value, kind;
    const char *known;

    if (peek(e, 0) != '{' || close == NULL) {
        refuse(e, "\\p takes the name of a property in braces");
        return;
    }

    value = (xd_str_t){ e->at + 1, (size_t) (close - e->at - 1) };
    e->at = close + 1;
    kind = XD_STR_NONE;
    if (memchr(value.ptr, '=', value.len) != NULL) {
        kind = xd_str_cut(&value, '=');
    }

    for (size_t i = 0; i < value.len; i++) {
        if (!is_letter(value.ptr[i]) && value.ptr[i] != '_'
            && !is_digit(value.ptr[i])) {
            refuse(e, "there is no such property");
            return;
        }
    }

    if (xd_str_is(kind, "Script_Extensions") || xd_str_is(kind, "scx")) {
        xd_buf_fmt(e->out, "\\%c{scx:%.*s}", letter, XD_FMT(value));
    } else if (xd_str_is(kind, "Script") || xd_str_is(kind, "sc")) {
        xd_buf_fmt(e->out, "\\%c{sc:%.*s}", letter, XD_FMT(value));
    } else if (kind.ptr == NULL || xd_str_is(kind, "gc")
               || xd_str_is(kind, "General_Category"))
    {
        known = category(value);
        xd_buf_fmt(e->out, "\\%c{%.*s}", letter,
            known != NULL ? (int) strlen(known) : (int) value.len,
            known != NULL ? known : value.ptr);
    } else {
        refuse(e, "a property is asked for by gc, sc or scx");
    }
}


static void
space_escape(ecma_t *e, bool not_space)
{
    if (e->in_class) {
        xd_buf_text(e->out, not_space ? NO_SPACES : SPACES);
    } else {
        xd_buf_fmt(e->out, "[%s]", not_space ? NO_SPACES : SPACES);
    }
}


/* Behind the c: a letter, which stands for a control character. */
static void
control_escape(ecma_t *e)
{
    if (!is_letter(peek(e, 0))) {
        refuse(e, "\\c takes a letter");
        return;
    }

    xd_buf_fmt(e->out, "\\x{%x}", (unsigned) *e->at++ & 0x1f);
}


static void
letter_escape(ecma_t *e, char c)
{
    long value;

    switch (c) {

    case 's':
    case 'S':
        space_escape(e, c == 'S');
        return;

    case 'p':
    case 'P':
        property_escape(e, c);
        return;

    case 'u':
        unicode_escape(e);
        return;

    case 'c':
        control_escape(e);
        return;

    case 'v':
        xd_buf_text(e->out, "\\x{b}");
        return;

    case 'x':
        value = hex_number(e, 0, 2);
        if (value < 0) {
            refuse(e, "\\x takes two hex digits");
            return;
        }
        e->at += 2;
        xd_buf_fmt(e->out, "\\x{%lx}", (unsigned long) value);
        return;

    case 'k':
        if (peek(e, 0) != '<' || e->in_class) {
            refuse(e, "\\k takes the name of a group in angle brackets");
            return;
        }
        break;

    default:
        break;
    }

    /* \b is a backspace in a class, to both; there is no \B there. */
    if (strchr("dDwWtnrfkb", c) == NULL && (c != 'B' || e->in_class)) {
        refuse(e, "there is no such escape in ECMA-262");
        return;
    }

    xd_buf_fmt(e->out, "\\%c", c);
}


/* Behind a backslash. */
static void
escape(ecma_t *e)
{
    char c = peek(e, 0);

    if (e->at == e->end) {
        refuse(e, "it ends with a backslash");
        return;
    }

    e->at++;
    if (is_letter(c)) {
        letter_escape(e, c);

    } else if (c == '0' && !is_digit(peek(e, 0))) {
        xd_buf_text(e->out, "\\x{0}");

    } else if (is_digit(c)) {
        if (c == '0' || e->in_class) {
            refuse(e, "there are no octal escapes in ECMA-262");
            return;
        }

        /* In braces, so that digits behind it stay what they are. */
        xd_buf_fmt(e->out, "\\g{%c", c);
        while (is_digit(peek(e, 0))) {
            xd_buf_byte(e->out, *e->at++);
        }
        xd_buf_byte(e->out, '}');

    } else {
        /* Before a letter of another script it is only noise. */
        if ((unsigned char) c < 0x80) {
            xd_buf_byte(e->out, '\\');
        }
        xd_buf_byte(e->out, c);
    }
}


/* -- classes, groups, quantifiers ---------------------------------------- */


/* Behind the opening bracket. */
static void class(ecma_t *e)
{
    bool negated = peek(e, 0) == '^';

    e->at += negated;
    if (peek(e, 0) == ']') {
        e->at++;
        xd_buf_text(e->out, negated ? "(?s:.)" : "(?!)");
        return;
    }

    xd_buf_text(e->out, negated ? "[^" : "[");
    e->in_class = true;

    while (e->at < e->end && *e->at != ']') {
        char c = *e->at++;

        if (c == '\\') {
            escape(e);
        } else if (c == '[') {
            xd_buf_text(e->out, "\\[");
        } else {
            xd_buf_byte(e->out, c);
        }
    }

    e->in_class = false;
    if (e->at == e->end) {
        refuse(e, "a class is not closed; add a ]");
        return;
    }

    e->at++;
    xd_buf_byte(e->out, ']');
}


/* Behind the opening parenthesis. */
static void
group(ecma_t *e)
{
    xd_buf_byte(e->out, '(');

    if (peek(e, 0) == '*') {
        refuse(e, "there is nothing before the * to be repeated");
        return;
    }

    if (peek(e, 0) != '?') {
        return;
    }

    if (peek(e, 1) == '<') {
        if (peek(e, 2) != '=' && peek(e, 2) != '!' && !is_letter(peek(e, 2))
            && peek(e, 2) != '_')
        {
            refuse(e, "a group's name begins with a letter");
        }

    } else if (peek(e, 1) == '\0' || strchr(":=!", peek(e, 1)) == NULL) {
        refuse(e, "there is no such kind of group in ECMA-262");
    }

    if (e->fault == NULL) {
        xd_buf_byte(e->out, *e->at++);
        xd_buf_byte(e->out, *e->at++);
    }
}


/* The length of {n}, {n,} or {n,m} at the place; 0: it is something else. */
static size_t
braces(const ecma_t *e)
{
    size_t n = 1;

    while (is_digit(peek(e, n))) {
        n++;
    }

    if (n == 1) {
        return 0;
    }

    if (peek(e, n) == ',') {
        n++;
        while (is_digit(peek(e, n))) {
            n++;
        }
    }

    return peek(e, n) == '}' ? n + 1 : 0;
}


static size_t
quantifier(const ecma_t *e)
{
    char c = peek(e, 0);

    if (c == '*' || c == '+' || c == '?') {
        return 1;
    }

    return c == '{' ? braces(e) : 0;
}


/* A quantifier at the place, of n bytes; a possessive one is Perl's. */
static void
repeat(ecma_t *e, size_t n)
{
    xd_buf_add(e->out, (xd_str_t){ e->at, n });
    e->at += n;

    if (peek(e, 0) == '?') {
        xd_buf_byte(e->out, *e->at++);
    }

    if (quantifier(e) > 0) {
        refuse(e, "a quantifier stands behind another one");
    }
}


static void
step(ecma_t *e)
{
    size_t n = quantifier(e);
    char c = *e->at;

    if (n > 0) {
        repeat(e, n);
        return;
    }

    e->at++;
    switch (c) {

    case '\\':
        escape(e);
        break;

    case '[':
        class(e);
        break;

    case '(':
        group(e);
        break;

    case '.':
        xd_buf_text(e->out, "[^\\n\\r\\x{2028}\\x{2029}]");
        break;

    case '{':
    case '}':
    case ']':
        xd_buf_byte(e->out, '\\');
        xd_buf_byte(e->out, c);
        break;

    default:
        xd_buf_byte(e->out, c);
    }
}


const char *
xd_ecma_translate(xd_str_t pattern, xd_buf_t *out)
{
    ecma_t e = { .at = pattern.ptr,
        .end = pattern.ptr + pattern.len,
        .out = out };

    while (e.at < e.end) {
        step(&e);
    }

    return e.fault;
}
