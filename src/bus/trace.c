/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * traceparent: version "-" trace-id "-" parent-id "-" flags, all lower-case
 * hex.
 *
 * Standard: W3C Trace Context level 1, section 3.2.
 */

#include "base/id.h"
#include "bus/message.h"

#define TRACE_AT   3
#define TRACE_LEN  32
#define PARENT_AT  36
#define PARENT_LEN 16
#define FLAGS_AT   53
#define WHOLE_LEN  55


static bool
is_hex(xd_str_t s, size_t at, size_t len)
{
    for (size_t i = at; i < at + len; i++) {
        char c = s.ptr[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }

    return true;
}


static bool
all_zero(xd_str_t s, size_t at, size_t len)
{
    for (size_t i = at; i < at + len; i++) {
        if (s.ptr[i] != '0') {
            return false;
        }
    }

    return true;
}


/* Later versions may append members behind another dash. */
static bool
length_fits(xd_str_t s)
{
    if (s.len == WHOLE_LEN) {
        return true;
    }

    return s.len > WHOLE_LEN && s.ptr[WHOLE_LEN] == '-'
           && memcmp(s.ptr, "00", 2) != 0;
}


static bool
valid(xd_str_t s)
{
    return length_fits(s) && s.ptr[TRACE_AT - 1] == '-'
           && s.ptr[PARENT_AT - 1] == '-' && s.ptr[FLAGS_AT - 1] == '-'
           && is_hex(s, 0, 2) && memcmp(s.ptr, "ff", 2) != 0
           && is_hex(s, TRACE_AT, TRACE_LEN)
           && !all_zero(s, TRACE_AT, TRACE_LEN)
           && is_hex(s, PARENT_AT, PARENT_LEN)
           && !all_zero(s, PARENT_AT, PARENT_LEN) && is_hex(s, FLAGS_AT, 2);
}


/* Random hex that is not all zero. */
static void
fresh(char *out, size_t digits)
{
    uint8_t bytes[TRACE_LEN / 2];

    xd_random(bytes, digits / 2);
    bytes[0] |= 1;
    xd_hex(bytes, digits / 2, out);
}


xd_str_t
xd_trace_accept(xd_arena_t *arena, xd_str_t received)
{
    char trace[TRACE_LEN + 1], parent[PARENT_LEN + 1];

    if (valid(received)) {
        return xd_dup(arena, received);
    }

    fresh(trace, TRACE_LEN);
    fresh(parent, PARENT_LEN);

    return xd_fmt(arena, "00-%s-%s-01", trace, parent);
}


xd_str_t
xd_trace_child(xd_arena_t *arena, xd_str_t traceparent)
{
    char parent[PARENT_LEN + 1];

    if (!valid(traceparent)) {
        return xd_trace_accept(arena, traceparent);
    }

    fresh(parent, PARENT_LEN);

    return xd_fmt(arena, "00-%.*s-%s-%.2s", TRACE_LEN,
        traceparent.ptr + TRACE_AT, parent, traceparent.ptr + FLAGS_AT);
}
