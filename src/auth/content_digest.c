/* SPDX-License-Identifier: BSD-2-Clause */

#include "auth/signature.h"

#include "base/base64.h"
#include "crypt/digest.h"

#define DIGESTS_MAX 16


static const struct {
    const char *name;
    void (*hash)(xd_str_t bytes, uint8_t *out);
    size_t len;
} algorithms[] = {
    { "sha-256", xd_sha256, XD_SHA256_LEN },
    { "sha-512", xd_sha512, XD_SHA512_LEN },
};


bool
xd_content_digest_is(xd_arena_t *arena, xd_str_t field, xd_str_t body)
{
    xd_field_t *given;
    size_t found = 0;

    if (xd_field_read(arena, field, XD_FIELD_AS_DICTIONARY, DIGESTS_MAX, &given)
        != XD_OK)
    {
        return false;
    }

    for (size_t i = 0; i < sizeof(algorithms) / sizeof(algorithms[0]); i++) {
        const xd_field_t *want = xd_field_get(given, algorithms[i].name);
        uint8_t own[XD_SHA512_LEN];

        if (want == NULL) {
            continue;
        }

        algorithms[i].hash(body, own);
        if (want->kind != XD_FIELD_BYTES || want->text.len != algorithms[i].len
            || !xd_equal_ct(want->text.ptr, own, want->text.len))
        {
            return false;
        }

        found++;
    }

    return found > 0;
}


void
xd_content_digest_write(xd_buf_t *out, xd_str_t body)
{
    uint8_t own[XD_SHA256_LEN];

    xd_sha256(body, own);
    xd_buf_text(out, "sha-256=:");
    xd_base64_write(out, (xd_str_t){ (char *) own, sizeof(own) }, XD_BASE64);
    xd_buf_byte(out, ':');
}
