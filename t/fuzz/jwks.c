/* SPDX-License-Identifier: BSD-2-Clause */

/* Key sets: a set has keys or a finding says why not, and each key of a set
 * is found by its name. */

#include "fuzz.h"

#include "auth/jwk.h"


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);

    for (xd_jwks_use_t use = XD_JWKS_PUBLIC; use <= XD_JWKS_SIGNING; use++) {
        const xd_jwks_options_t options = { .use = use, .rsa_alg = XD_RS256 };
        xd_arena_t *arena = fuzz_arena();
        xd_jwks_t *set = NULL;
        xd_report_t rep;
        xd_rc_t rc;

        xd_report_init(&rep, arena, KEPT);
        rc = xd_jwks_read(arena, bytes, &options, &set, &rep);
        fuzz_findings(&rep, bytes);
        MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));
        for (size_t i = 0; rc == XD_OK && i < set->nkeys; i++) {
            MUST(set->keys[i].kid.ptr == NULL
                 || xd_jwks_find(set, set->keys[i].kid) == &set->keys[i]);
        }

        xd_arena_free(arena);
    }

    return 0;
}
