/* SPDX-License-Identifier: BSD-2-Clause */

/* Words of a map's text.  A line ends where it ends; a comment begins with #
 * at the begin of a line or behind a blank. */

#include "map/text.h"


static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || c == '_' || c == '@'
           || (unsigned char) c >= 0x80;
}


/* '-' and ':' are of a word only between two letters: x12-850, cbc:ID. */
static bool
goes_on(xd_str_t bytes, size_t i)
{
    char c = bytes.ptr[i];

    return is_letter(c)
           || ((c == '-' || c == ':') && i + 1 < bytes.len
               && is_letter(bytes.ptr[i + 1]));
}


static map_token_t
token(const map_lexer_t *l, map_token_kind_t kind, size_t len)
{
    return (map_token_t){ .kind = kind,
        .text = { l->file->bytes.ptr + l->offset, len },
        .at = { l->file, l->line, (uint32_t) (l->offset - l->line_start + 1),
            l->offset },
        .glued = l->offset > 0 && l->file->bytes.ptr[l->offset - 1] != ' '
                 && l->file->bytes.ptr[l->offset - 1] != '\t' };
}


static map_token_t
bad(const map_lexer_t *l, const char *why)
{
    map_token_t t = token(l, MAP_T_BAD, 0);

    t.text = xd_str(why);

    return t;
}


/* Blanks, and what is behind a #. */
static void
skip(map_lexer_t *l)
{
    xd_str_t bytes = l->file->bytes;
    size_t i = l->offset;

    while (i < bytes.len
           && (bytes.ptr[i] == ' ' || bytes.ptr[i] == '\t'
               || bytes.ptr[i] == '\r'))
    {
        i++;
    }

    if (i < bytes.len && bytes.ptr[i] == '#'
        && (i == 0 || bytes.ptr[i - 1] == ' ' || bytes.ptr[i - 1] == '\t'
            || bytes.ptr[i - 1] == '\n'))
    {
        while (i < bytes.len && bytes.ptr[i] != '\n') {
            i++;
        }
    }

    l->offset = i;
}


/* What stands between two marks, on one line. */
static map_token_t
quoted(map_lexer_t *l, char mark, map_token_kind_t kind)
{
    xd_str_t bytes = l->file->bytes;
    size_t end = l->offset + 1;
    map_token_t t;

    while (end < bytes.len && bytes.ptr[end] != mark && bytes.ptr[end] != '\n')
    {
        end++;
    }

    if (end >= bytes.len || bytes.ptr[end] != mark) {
        return bad(l, mark == '"' ? "A text is not ended on its line by \"."
                                  : "A condition is not ended on its line "
                                    "by `.");
    }

    t = token(l, kind, end - l->offset + 1);
    t.text.ptr++;
    t.text.len -= 2;
    l->offset = end + 1;

    return t;
}


static map_token_t
word(map_lexer_t *l)
{
    xd_str_t bytes = l->file->bytes;
    size_t end = l->offset;
    map_token_t t;

    while (end < bytes.len && goes_on(bytes, end)) {
        end++;
    }

    t = token(l, MAP_T_WORD, end - l->offset);
    l->offset = end;

    return t;
}


/* Signs of several bytes, the longest first. */
static map_token_t
sign(map_lexer_t *l)
{
    static const struct {
        const char *text;
        map_token_kind_t kind;
    } signs[] = { { "<->", MAP_T_BOTH }, { "->", MAP_T_READ },
        { "<-", MAP_T_WRITE }, { ":=", MAP_T_SET } };
    xd_str_t rest = { l->file->bytes.ptr + l->offset,
        l->file->bytes.len - l->offset };
    map_token_t t;

    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (xd_str_starts(rest, xd_str(signs[i].text))) {
            t = token(l, signs[i].kind, strlen(signs[i].text));
            l->offset += t.text.len;
            return t;
        }
    }

    if (strchr("{}[]().,:=|+*/?<>", rest.ptr[0]) == NULL || rest.ptr[0] == '\0')
    {
        return bad(l, "This character has no meaning here.");
    }

    t = token(l, MAP_T_MARK, 1);
    t.mark = rest.ptr[0];
    l->offset++;

    return t;
}


map_token_t
map_lex(map_lexer_t *l)
{
    xd_str_t bytes = l->file->bytes;
    map_token_t t;

    skip(l);

    if (l->offset >= bytes.len) {
        return token(l, MAP_T_END, 0);
    }

    switch (bytes.ptr[l->offset]) {
    case '\n':
        t = token(l, MAP_T_LINE, 1);
        l->offset++;
        l->line++;
        l->line_start = l->offset;
        return t;

    case '"':
        return quoted(l, '"', MAP_T_TEXT);

    case '`':
        return quoted(l, '`', MAP_T_CEL);

    default:
        return is_letter(bytes.ptr[l->offset]) ? word(l) : sign(l);
    }
}
