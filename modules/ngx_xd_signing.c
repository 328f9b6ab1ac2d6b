/* SPDX-License-Identifier: BSD-2-Clause */

/* xd_auth_signature, word by word: what a location asks of a signature. */

#include "ngx_xd_signed.h"

#define AGE      300 /* seconds */
#define AGE_MOST 3600


/* Names of components, joined by commas. */
static char *
cover(ngx_conf_t *cf, ngx_xd_signing_t *signing, xd_str_t list)
{
    ngx_str_t name;
    size_t n = 0;

    while (list.ptr != NULL) {
        name = ngx_xd_dup(cf->pool, xd_str_trim(xd_str_cut(&list, ',')));

        if (name.len == 0 || n == NGX_XD_COVER_MAX) {
            return "takes a cover of 1 to 16 names";
        }

        ngx_strlow(name.data, name.data, name.len);
        signing->cover[n++] = (const char *) name.data;
    }

    signing->cover[n] = NULL;

    return NGX_CONF_OK;
}


static char *
origin(ngx_xd_signing_t *signing, ngx_str_t url)
{
    xd_str_t rest = ngx_xd_to_str(url), scheme = xd_str_cut(&rest, ':');

    if (rest.len < 3 || rest.ptr[0] != '/' || rest.ptr[1] != '/'
        || memchr(rest.ptr + 2, '/', rest.len - 2) != NULL
        || (!xd_str_is(scheme, "http") && !xd_str_is(scheme, "https")))
    {
        return "takes an origin such as https://api.example.com";
    }

    signing->scheme = (ngx_str_t){ scheme.len, url.data };
    signing->authority = (ngx_str_t){ rest.len - 2, url.data + scheme.len + 3 };

    return NGX_CONF_OK;
}


char *
ngx_xd_signing_word(ngx_conf_t *cf, ngx_xd_signing_t *signing, ngx_str_t word)
{
    xd_str_t rest = ngx_xd_to_str(word), key = xd_str_cut(&rest, '=');
    ngx_str_t value = { rest.len, word.data + (word.len - rest.len) };

    if (xd_str_is(key, "cover")) {
        return cover(cf, signing, rest);
    }

    if (xd_str_is(key, "age")) {
        signing->age = ngx_parse_time(&value, 1);
        return signing->age >= 1 && signing->age <= AGE_MOST
                   ? NGX_CONF_OK
                   : "takes an age from 1s to 1h";
    }

    if (xd_str_is(key, "origin")) {
        return origin(signing, value);
    }

    if (xd_str_is(key, "tag") && value.len != 0) {
        signing->tag = value;
        return NGX_CONF_OK;
    }

    if (xd_str_is(key, "label") && value.len != 0) {
        signing->label = value;
        return NGX_CONF_OK;
    }

    return "takes cover=, age=, tag=, label= and origin=";
}


/* What a caller has to sign, as RFC 9421 section 5 has it told. */
ngx_int_t
ngx_xd_signing_accept(ngx_conf_t *cf, ngx_xd_signing_t *signing)
{
    xd_buf_t text = { 0 };
    size_t i;

    xd_buf_fmt(&text, "%.*s=(",
        signing->label.len != 0 ? (int) signing->label.len : 3,
        signing->label.len != 0 ? (char *) signing->label.data : "sig");

    for (i = 0; signing->cover[i] != NULL; i++) {
        xd_buf_fmt(&text, "%s\"%s\"", i == 0 ? "" : " ", signing->cover[i]);
    }

    xd_buf_text(&text, ");created;keyid;nonce");

    if (signing->tag.len != 0) {
        xd_buf_fmt(&text, ";tag=\"%.*s\"", (int) signing->tag.len,
            (char *) signing->tag.data);
    }

    if (xd_buf_rc(&text) == XD_OK) {
        signing->accept = ngx_xd_dup(cf->pool, xd_buf_str(&text));
    }

    xd_buf_free(&text);

    return signing->accept.data != NULL ? NGX_OK : NGX_ERROR;
}


ngx_xd_signing_t *
ngx_xd_signing_new(ngx_conf_t *cf)
{
    ngx_xd_signing_t *signing = ngx_pcalloc(cf->pool, sizeof(*signing));

    if (signing != NULL) {
        signing->cover[0] = "@method";
        signing->cover[1] = "@target-uri";
        signing->age = AGE;
    }

    return signing;
}
