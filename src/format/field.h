/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_FIELD_H
#define XD_FORMAT_FIELD_H

#include "base/buf.h"

/* Structured fields of HTTP: values that have one meaning and one text. */
typedef enum {
    XD_FIELD_INTEGER,
    XD_FIELD_DECIMAL, /* number is in thousandths */
    XD_FIELD_STRING,
    XD_FIELD_TOKEN,
    XD_FIELD_BYTES, /* text is decoded */
    XD_FIELD_BOOLEAN,
    XD_FIELD_DATE,    /* seconds since 1970 */
    XD_FIELD_DISPLAY, /* text is UTF-8 */
    XD_FIELD_INNER    /* an inner list: items */
} xd_field_kind_t;

typedef enum {
    XD_FIELD_AS_ITEM,
    XD_FIELD_AS_LIST,
    XD_FIELD_AS_DICTIONARY
} xd_field_type_t;

typedef struct xd_field_s xd_field_t;

/* An item, a member of a list or dictionary, or a parameter. */
struct xd_field_s {
    xd_field_kind_t kind;
    int64_t number;     /* of integer, decimal, boolean, date */
    xd_str_t text;      /* of string, token, bytes, display string */
    xd_str_t key;       /* of a dictionary's member or a parameter */
    xd_field_t *items;  /* of an inner list */
    xd_field_t *params; /* bare items, with keys */
    xd_field_t *next;
};

#define XD_FIELD_NUMBER_MAX INT64_C(999999999999999)

/*
 * xd_field_read - the value of a field
 *
 *   bytes    several lines of one field joined by ", ", as HTTP has it
 *   members  most items, members and parameters in all; 0: 4,096
 *   out      the item, or the first member; NULL for an empty list or
 *            dictionary.  Points into bytes and arena.
 *
 * A key that comes again takes the place of the first, with the new value.
 * Base64 is read strictly.
 * Returns XD_OK, XD_E_SYNTAX, XD_E_LIMIT or XD_E_MEMORY.
 *
 * Standard: RFC 9651 section 4.2 (and RFC 8941, which it replaces).
 */
XD_CHECKED xd_rc_t xd_field_read(xd_arena_t *arena, xd_str_t bytes,
    xd_field_type_t type, size_t members, xd_field_t **out);

/*
 * xd_field_write - the one text of a value, at the end of out
 *
 * Returns XD_OK; XD_E_SYNTAX when there is no text for it (a number that is
 * too large, a byte that a string, token or key cannot hold); what
 * xd_buf_rc(out) says.  Standard: RFC 9651 section 4.1.
 */
XD_CHECKED xd_rc_t xd_field_write(xd_buf_t *out, const xd_field_t *value,
    xd_field_type_t type);

/* Only the items and parameters of a member. */
XD_CHECKED xd_rc_t xd_field_write_member(xd_buf_t *out,
    const xd_field_t *member);

/* The member or parameter of that key, from the first; NULL: none. */
const xd_field_t *xd_field_get(const xd_field_t *first, const char *key);
const xd_field_t *xd_field_get_str(const xd_field_t *first, xd_str_t key);

#endif
