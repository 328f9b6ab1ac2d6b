/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_certificate.h"
#include "base/base64.h"
#include "crypt/digest.h"


/* With optional_no_ca nginx lets any certificate pass, so the days are looked
 * at here. */
static ngx_uint_t
is_valid_now(const X509 *x)
{
    return X509_cmp_current_time(X509_get0_notBefore(x)) < 0
           && X509_cmp_current_time(X509_get0_notAfter(x)) > 0;
}


static ngx_int_t
take_der(ngx_pool_t *pool, X509 *x, ngx_str_t *der)
{
    int len = i2d_X509(x, NULL);
    u_char *at;

    if (len <= 0) {
        return NGX_ERROR;
    }

    der->data = ngx_pnalloc(pool, (size_t) len);
    if (der->data == NULL) {
        return NGX_ERROR;
    }

    at = der->data; /* i2d moves it */
    der->len = (size_t) i2d_X509(x, &at);

    return NGX_OK;
}


static ngx_xd_certificate_t *
make(ngx_http_request_t *r, X509 *x)
{
    ngx_xd_certificate_t *cert = ngx_pcalloc(r->pool, sizeof(*cert));
    char hex[XD_SHA256_HEX + 1];
    xd_str_t der;

    if (cert == NULL || take_der(r->pool, x, &cert->der) != NGX_OK) {
        return NULL;
    }

    der = ngx_xd_to_str(cert->der);
    xd_sha256_hex(der, hex);
    xd_x5t_s256(der, cert->x5t);
    cert->party = xd_credentials_certificate(xd_registry_credentials(
                                                 ngx_xd_main(r)->registry),
        hex);
    cert->verified =
        SSL_get_verify_result(r->connection->ssl->connection) == X509_V_OK;

    return cert;
}


ngx_int_t
ngx_xd_certificate(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_certificate_t **out)
{
    ngx_int_t rc = NGX_OK;
    X509 *x;

    if (!record->certificate_ready && r->connection->ssl != NULL) {
        x = SSL_get1_peer_certificate(r->connection->ssl->connection);

        if (x != NULL && is_valid_now(x)) {
            record->certificate = make(r, x);
            rc = record->certificate != NULL ? NGX_OK : NGX_ERROR;
        }

        X509_free(x);
        record->certificate_ready = rc == NGX_OK;
    }

    *out = record->certificate;

    return rc;
}


ngx_str_t
ngx_xd_certificate_field(ngx_pool_t *pool,
    const ngx_xd_certificate_t *certificate)
{
    ngx_str_t field = ngx_null_string;
    xd_buf_t text = { 0 };

    xd_buf_byte(&text, ':');
    xd_base64_write(&text, ngx_xd_to_str(certificate->der), XD_BASE64);
    xd_buf_byte(&text, ':');

    if (xd_buf_rc(&text) == XD_OK) {
        field = ngx_xd_dup(pool, xd_buf_str(&text));
    }

    xd_buf_free(&text);

    return field;
}
