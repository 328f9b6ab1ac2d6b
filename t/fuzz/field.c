/* SPDX-License-Identifier: BSD-2-Clause */

/* Structured fields: what was read is written and read back as the same
 * text, as an item, a list and a dictionary. */

#include "fuzz.h"

#include "format/field.h"


static void
reads_back(xd_arena_t *arena, const xd_field_t *value, xd_field_type_t type)
{
    xd_buf_t once = { 0 }, twice = { 0 };
    xd_field_t *back;

    MUST(xd_field_write(&once, value, type) == XD_OK);
    MUST(xd_field_read(arena, xd_buf_str(&once), type, 0, &back) == XD_OK);
    MUST(xd_field_write(&twice, back, type) == XD_OK);
    MUST(xd_str_eq(xd_buf_str(&once), xd_buf_str(&twice)));
    xd_buf_free(&once);
    xd_buf_free(&twice);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_field_t *value;

    for (xd_field_type_t t = XD_FIELD_AS_ITEM; t <= XD_FIELD_AS_DICTIONARY; t++)
    {
        xd_rc_t rc = xd_field_read(arena, bytes, t, 0, &value), again;

        if (rc == XD_OK) {
            reads_back(arena, value, t);
        }

        xd_arena_fail_at(arena, fuzz_nth(bytes));
        again = xd_field_read(arena, bytes, t, 0, &value);
        MUST(again == rc || again == XD_E_MEMORY);
        xd_arena_fail_at(arena, 0);
    }

    xd_arena_free(arena);

    return 0;
}
