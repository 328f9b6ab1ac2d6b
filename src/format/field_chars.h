/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_FIELD_CHARS_H
#define XD_FORMAT_FIELD_CHARS_H

#include "base/str.h"

/* Which bytes a structured field's parts are made of; ASCII, no locale. */

static inline bool
field_digit(char c)
{
    return c >= '0' && c <= '9';
}


static inline bool
field_lower(char c)
{
    return c >= 'a' && c <= 'z';
}


static inline bool
field_alpha(char c)
{
    return field_lower(c) || (c >= 'A' && c <= 'Z');
}


static inline bool
field_key_first(char c)
{
    return field_lower(c) || c == '*';
}


static inline bool
field_key_char(char c)
{
    return field_key_first(c) || field_digit(c) || c == '_' || c == '-'
           || c == '.';
}


static inline bool
field_token_first(char c)
{
    return field_alpha(c) || c == '*';
}


static inline bool
field_token_char(char c)
{
    return field_alpha(c) || field_digit(c)
           || (c != '\0' && strchr("!#$%&'*+-.^_`|~:/", c) != NULL);
}


static inline bool
field_printable(char c)
{
    return c >= 0x20 && c < 0x7f;
}

#endif
