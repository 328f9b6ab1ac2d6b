/* SPDX-License-Identifier: BSD-2-Clause */

#include "crypt/password.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include "base/base64.h"
#include "base/id.h"
#include "crypt/digest.h"

#define SALT_LEN 16
#define HASH_LEN 32

/* What we write, and what we let a file ask for. */
#define COST     15
#define COST_MIN 14
#define COST_MAX 17
#define BLOCK    8
#define WAYS     1
#define WAYS_MAX 4

typedef struct {
    uint64_t ln, r, p;
    xd_str_t salt, hash;
} stored_t;


static bool
derive(xd_str_t password, const stored_t *s, uint8_t out[HASH_LEN])
{
    uint64_t n = UINT64_C(1) << s->ln;
    bool done = EVP_PBE_scrypt(password.ptr, password.len,
                    (const unsigned char *) s->salt.ptr, s->salt.len, n, s->r,
                    s->p, 2 * n * s->r * 128, out, HASH_LEN)
                == 1;

    ERR_clear_error();

    return done;
}


xd_rc_t
xd_password_hash(xd_buf_t *out, xd_str_t password)
{
    char salt[SALT_LEN];
    uint8_t hash[HASH_LEN];
    stored_t s = { COST, BLOCK, WAYS, { salt, SALT_LEN }, XD_STR_NONE };

    if (password.len == 0 || password.len > XD_PASSWORD_MAX) {
        return XD_E_LIMIT;
    }

    xd_random(salt, SALT_LEN);
    if (!derive(password, &s, hash)) {
        return XD_E_MEMORY;
    }

    xd_buf_fmt(out, "$scrypt$ln=%d,r=%d,p=%d$", COST, BLOCK, WAYS);
    xd_base64_write(out, s.salt, XD_BASE64URL);
    xd_buf_byte(out, '$');
    xd_base64_write(out, (xd_str_t){ (char *) hash, HASH_LEN }, XD_BASE64URL);
    OPENSSL_cleanse(hash, sizeof(hash));

    return xd_buf_rc(out);
}


/* "name=number" up to the separator. */
static bool
take_number(xd_str_t *rest, char sep, const char *name, uint64_t *out)
{
    xd_str_t part = xd_str_cut(rest, sep), key = xd_str_cut(&part, '=');

    return xd_str_is(key, name) && part.ptr != NULL
           && xd_str_uint(part, 1000, out);
}


static xd_rc_t
read_stored(xd_arena_t *arena, xd_str_t text, stored_t *out)
{
    const xd_str_t start = XD_STR("$scrypt$");
    xd_str_t salt;
    xd_rc_t rc;

    if (!xd_str_starts(text, start)) {
        return XD_E_SYNTAX;
    }

    text.ptr += start.len;
    text.len -= start.len;
    if (!take_number(&text, ',', "ln", &out->ln)
        || !take_number(&text, ',', "r", &out->r)
        || !take_number(&text, '$', "p", &out->p) || text.ptr == NULL
        || out->ln < COST_MIN || out->ln > COST_MAX || out->r != BLOCK
        || out->p < 1 || out->p > WAYS_MAX)
    {
        return XD_E_SYNTAX;
    }

    salt = xd_str_cut(&text, '$');
    rc = xd_base64_read(arena, salt, XD_BASE64URL, &out->salt);
    if (rc == XD_OK) {
        rc = xd_base64_read(arena, text, XD_BASE64URL, &out->hash);
    }

    if (rc == XD_OK && (out->salt.len != SALT_LEN || out->hash.len != HASH_LEN))
    {
        rc = XD_E_SYNTAX;
    }

    return rc;
}


xd_rc_t
xd_password_verify(xd_arena_t *arena, xd_str_t hash, xd_str_t password)
{
    uint8_t own[HASH_LEN];
    stored_t s;
    xd_rc_t rc = read_stored(arena, hash, &s);

    if (rc != XD_OK) {
        return rc;
    }

    if (password.len == 0 || password.len > XD_PASSWORD_MAX) {
        return XD_E_NOT_FOUND;
    }

    if (!derive(password, &s, own)) {
        return XD_E_MEMORY;
    }

    return xd_equal_ct(own, s.hash.ptr, HASH_LEN) ? XD_OK : XD_E_NOT_FOUND;
}


static void
write_text(const uint8_t bytes[32], char out[XD_PKCE_LEN + 1])
{
    char room[XD_PKCE_LEN + 5];
    xd_buf_t text = { .ptr = room, .cap = sizeof(room), .limit = sizeof(room) };

    xd_base64_write(&text, (xd_str_t){ (const char *) bytes, 32 },
        XD_BASE64URL);
    memcpy(out, room, XD_PKCE_LEN);
    out[XD_PKCE_LEN] = '\0';
}


void
xd_pkce_verifier(char out[XD_PKCE_LEN + 1])
{
    uint8_t bytes[32];

    xd_random(bytes, sizeof(bytes));
    write_text(bytes, out);
}


void
xd_pkce_challenge(xd_str_t verifier, char out[XD_PKCE_LEN + 1])
{
    uint8_t digest[XD_SHA256_LEN];

    xd_sha256(verifier, digest);
    write_text(digest, out);
}


bool
xd_pkce_is(xd_str_t verifier, xd_str_t challenge)
{
    char own[XD_PKCE_LEN + 1];

    if (verifier.len < 43 || verifier.len > 128 || challenge.len != XD_PKCE_LEN)
    {
        return false;
    }

    for (size_t i = 0; i < verifier.len; i++) {
        char c = verifier.ptr[i];

        if (!((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
                || (c != '\0' && strchr("-._~", c) != NULL)))
        {
            return false;
        }
    }

    xd_pkce_challenge(verifier, own);

    return xd_equal_ct(own, challenge.ptr, XD_PKCE_LEN);
}
