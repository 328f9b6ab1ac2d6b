/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/siphash.h"

#include <endian.h>


typedef struct {
    uint64_t v0, v1, v2, v3;
} state_t;


static uint64_t
rotate(uint64_t x, unsigned bits)
{
    return x << bits | x >> (64 - bits);
}


static inline void
sip_round(state_t *s)
{
    s->v0 += s->v1;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v0 = rotate(s->v0, 32);
    s->v2 += s->v3;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 += s->v3;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v2 = rotate(s->v2, 32);
}


static inline void
take_word(state_t *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    sip_round(s);
    s->v0 ^= word;
}


uint64_t
xd_siphash(xd_sipkey_t key, xd_str_t in)
{
    state_t s = {
        .v0 = key.k0 ^ 0x736f6d6570736575,
        .v1 = key.k1 ^ 0x646f72616e646f6d,
        .v2 = key.k0 ^ 0x6c7967656e657261,
        .v3 = key.k1 ^ 0x7465646279746573,
    };
    size_t whole = in.len & ~(size_t) 7;
    uint64_t word, last = 0;

    for (size_t i = 0; i < whole; i += 8) {
        memcpy(&word, in.ptr + i, 8);
        take_word(&s, le64toh(word));
    }

    if (in.len > whole) {
        memcpy(&last, in.ptr + whole, in.len - whole);
    }

    /* The length's low byte fills the top of the last word. */
    take_word(&s, le64toh(last) | (uint64_t) in.len << 56);

    s.v2 ^= 0xff;
    for (int i = 0; i < 4; i++) {
        sip_round(&s);
    }

    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
