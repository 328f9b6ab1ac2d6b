/* SPDX-License-Identifier: BSD-2-Clause */

/* The properties of a message as JSON, and what is read from its headers:
 * trace context, routing keys. */

#include "fuzz.h"

#include "bus/message.h"


static void
reads_back(xd_arena_t *arena, const xd_message_t *m)
{
    xd_buf_t out = { 0 }, again = { 0 };
    xd_message_t back, copy;

    xd_message_props_write(&out, m);
    MUST(xd_buf_rc(&out) == XD_OK);
    MUST(xd_message_props_read(arena, xd_buf_str(&out), &back) == XD_OK);
    MUST(xd_message_copy(arena, &back, &copy) == XD_OK);
    xd_message_props_write(&again, &copy);
    MUST(xd_str_eq(xd_buf_str(&out), xd_buf_str(&again)));

    xd_buf_free(&out);
    xd_buf_free(&again);
}


/* Whatever came, what is passed on is a trace context that we accept. */
static void
trace(xd_arena_t *arena, xd_str_t received)
{
    xd_str_t mine = xd_trace_accept(arena, received);
    xd_str_t child = xd_trace_child(arena, mine);

    MUST(xd_str_eq(xd_trace_accept(arena, mine), mine));
    MUST(xd_str_eq(xd_trace_accept(arena, child), child));
    MUST(memcmp(mine.ptr + 3, child.ptr + 3, 32) == 0); /* the trace id */
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_message_t m;
    xd_rc_t rc = xd_message_props_read(arena, bytes, &m);

    if (rc == XD_OK) {
        xd_key_parts_t key = xd_key_split(m.routing_key);

        MUST(key.count <= sizeof(key.part) / sizeof(key.part[0]));
        reads_back(arena, &m);
        trace(arena, xd_header(&m, "traceparent"));
    }

    trace(arena, bytes);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    MUST(xd_message_props_read(arena, bytes, &m) <= XD_OK);
    xd_arena_free(arena);

    return 0;
}
