/* SPDX-License-Identifier: BSD-2-Clause */

/* Signature-Input: a base that was made ends with the list itself and has a
 * line for each component. */

#include "fuzz.h"

#include "auth/signature.h"

#define SIGNATURE "s=:AA==:"


static void
check_base(xd_arena_t *arena, const xd_http_message_t *m,
    const xd_signature_t *s)
{
    xd_buf_t base = { 0 };
    size_t lines = 0, ids = 0;

    if (xd_signature_base(arena, m, s->input, &base) == XD_SIGNATURE_GOOD) {
        for (size_t i = 0; i < base.len; i++) {
            lines += base.ptr[i] == '\n';
        }

        for (const xd_field_t *id = s->input->items; id != NULL; id = id->next)
        {
            ids++;
        }

        MUST(lines == ids);
    }

    xd_buf_free(&base);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_arena_t *arena = fuzz_arena();
    const xd_http_field_t fields[] = {
        { XD_STR("Signature-Input"), fuzz_bytes(data, size) },
        { XD_STR("Signature"), XD_STR(SIGNATURE) },
        { XD_STR("Date"), fuzz_bytes(data, size) },
    };
    const xd_http_message_t m = { .method = XD_STR("POST"),
        .scheme = XD_STR("https"),
        .authority = XD_STR("a.example"),
        .target = fuzz_bytes(data, size),
        .fields = fields,
        .nfields = 3 };
    xd_signature_t s;

    if (xd_signature_find(arena, &m, XD_STR("s"), XD_STR_NONE, &s)
        == XD_SIGNATURE_GOOD)
    {
        check_base(arena, &m, &s);
    }

    (void) xd_content_digest_is(arena, fuzz_bytes(data, size), XD_STR("x"));
    xd_arena_free(arena);

    return 0;
}
