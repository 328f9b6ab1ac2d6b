/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_keyring.h"
#include "base/file.h"

#define PEM_MOST (64 * 1024)


static void
arena_end(void *data)
{
    xd_arena_free(data);
}


static ngx_int_t
fail(ngx_conf_t *cf, xd_str_t path, const xd_party_t *party, xd_rc_t rc)
{
    ngx_conf_log_error(NGX_LOG_EMERG, cf, rc == XD_E_IO ? ngx_errno : 0,
        "xd_registry: cannot use the key \"%*s\" of \"%*s\": %s", path.len,
        path.ptr, party->id.len, party->id.ptr, xd_rc_text(rc));

    return NGX_ERROR;
}


static xd_rc_t
read_key(xd_arena_t *arena, const xd_signer_t *signer, xd_key_t **out)
{
    xd_key_material_t parts = { .secret = XD_STR_NONE };
    xd_str_t path = xd_dup(arena, signer->file), bytes;
    xd_rc_t rc;

    if (path.ptr == NULL) {
        return XD_E_MEMORY;
    }

    if (xd_algs[signer->alg].kty == XD_KTY_OCT) {
        rc = xd_file_secret(arena, path.ptr, &parts.secret);

        return rc == XD_OK ? xd_key_make(arena, signer->alg, &parts, out) : rc;
    }

    rc = xd_file_read(arena, path.ptr, PEM_MOST, &bytes);

    return rc == XD_OK ? xd_key_pem(arena, signer->alg, bytes, false, out) : rc;
}


static ngx_int_t
read_signers(ngx_conf_t *cf, ngx_xd_keyring_t *keyring,
    const xd_credentials_t *credentials)
{
    const xd_signer_t *signer;
    xd_rc_t rc;
    size_t n;

    for (n = 0; (signer = xd_signer_nth(credentials, n)) != NULL; n++) {
        rc = read_key(keyring->arena, signer, &keyring->signers[n]);
        if (rc != XD_OK) {
            return fail(cf, signer->file, signer->party, rc);
        }
    }

    return NGX_OK;
}


static ngx_int_t
read_hooks(ngx_conf_t *cf, ngx_xd_keyring_t *keyring,
    const xd_credentials_t *credentials)
{
    const xd_hook_t *hook;
    xd_str_t path;
    xd_rc_t rc;
    size_t n;

    for (n = 0; (hook = xd_hook_nth(credentials, n)) != NULL; n++) {
        path = xd_dup(keyring->arena, hook->file);
        rc = path.ptr == NULL
                 ? XD_E_MEMORY
                 : xd_file_secret(keyring->arena, path.ptr, &keyring->hooks[n]);
        if (rc != XD_OK) {
            return fail(cf, hook->file, hook->party, rc);
        }
    }

    return NGX_OK;
}


ngx_int_t
ngx_xd_keyring(ngx_conf_t *cf, ngx_xd_keyring_t *keyring,
    const xd_credentials_t *credentials)
{
    ngx_pool_cleanup_t *cln = ngx_pool_cleanup_add(cf->pool, 0);
    xd_arena_t *arena = xd_arena_new(0);
    size_t signers = 0, hooks = 0;

    if (cln == NULL || arena == NULL) {
        xd_arena_free(arena);
        return NGX_ERROR;
    }

    cln->handler = arena_end;
    cln->data = arena;
    keyring->arena = arena;

    while (xd_signer_nth(credentials, signers) != NULL) {
        signers++;
    }

    while (xd_hook_nth(credentials, hooks) != NULL) {
        hooks++;
    }

    keyring->signers = xd_alloc_n(arena, signers + 1, sizeof(xd_key_t *));
    keyring->hooks = xd_alloc_n(arena, hooks + 1, sizeof(xd_str_t));
    if (keyring->signers == NULL || keyring->hooks == NULL) {
        return NGX_ERROR;
    }

    return read_signers(cf, keyring, credentials) == NGX_OK
               ? read_hooks(cf, keyring, credentials)
               : NGX_ERROR;
}
