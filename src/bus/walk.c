/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The codec decodes nested tables by recursion without a limit, and shifts by
 * an undefined amount when property flags go on; a hostile frame must not
 * get that far.
 *
 * Standard: AMQP 0-9-1 sections 4.2.5.5 and 4.2.6.1, with RabbitMQ's types.
 */

#include "bus/link_impl.h"

#define FLAGS_AT 12 /* class, weight, body size */


/* Bytes of a value behind its type; PREFIX: a length of 32 bits first. */
enum { UNKNOWN = 0, PREFIX = -1, NESTED = -2, NOTHING = -3 };

static const signed char sizes[256] = {
    ['t'] = 1,
    ['b'] = 1,
    ['B'] = 1,
    ['s'] = 2,
    ['u'] = 2,
    ['I'] = 4,
    ['i'] = 4,
    ['f'] = 4,
    ['D'] = 5,
    ['l'] = 8,
    ['L'] = 8,
    ['d'] = 8,
    ['T'] = 8,
    ['V'] = NOTHING,
    ['S'] = PREFIX,
    ['x'] = PREFIX,
    ['A'] = NESTED,
    ['F'] = NESTED,
};


/* false: fewer bytes are left. */
static bool
skip(xd_str_t *s, size_t n)
{
    if (s->len < n) {
        return false;
    }

    s->ptr += n;
    s->len -= n;

    return true;
}


/* A length of `width` bytes and what it measures. */
static bool
measured(xd_str_t *s, size_t width, xd_str_t *out)
{
    size_t len = 0;

    if (s->len < width) {
        return false;
    }

    for (size_t i = 0; i < width; i++) {
        len = len << 8 | (uint8_t) s->ptr[i];
    }

    *out = (xd_str_t){ s->ptr + width, len };

    return skip(s, width) && skip(s, len);
}


/* The entries of a table (named) or an array. */
static bool
walk_entries(xd_str_t s, bool named, unsigned depth)
{
    while (s.len > 0) {
        xd_str_t part;
        char kind;
        signed char size;

        if ((named && !measured(&s, 1, &part)) || s.len == 0) {
            return false;
        }

        kind = *s.ptr;
        size = sizes[(uint8_t) kind];
        (void) skip(&s, 1);

        if (size == UNKNOWN || (size > 0 && !skip(&s, (size_t) size))
            || ((size == PREFIX || size == NESTED) && !measured(&s, 4, &part)))
        {
            return false;
        }

        if (size == NESTED
            && (depth == WALK_DEPTH
                || !walk_entries(part, kind == 'F', depth + 1)))
        {
            return false;
        }
    }

    return true;
}


bool
walk_table(xd_str_t bytes)
{
    xd_str_t table;

    return measured(&bytes, 4, &table) && walk_entries(table, true, 1);
}


/* Only two short strings may stand before the table. */
bool
walk_header(xd_str_t payload)
{
    xd_str_t text;
    unsigned flags;

    if (payload.len < FLAGS_AT + 2) {
        return false;
    }

    flags = (unsigned) (uint8_t) payload.ptr[FLAGS_AT] << 8
            | (uint8_t) payload.ptr[FLAGS_AT + 1];
    (void) skip(&payload, FLAGS_AT + 2);

    /* Bits 0 and 1: more flags follow, and one that the class has not. */
    if ((flags & 3) != 0
        || ((flags & AMQP_BASIC_CONTENT_TYPE_FLAG)
            && !measured(&payload, 1, &text))
        || ((flags & AMQP_BASIC_CONTENT_ENCODING_FLAG)
            && !measured(&payload, 1, &text)))
    {
        return false;
    }

    return !(flags & AMQP_BASIC_HEADERS_FLAG) || walk_table(payload);
}
