/* SPDX-License-Identifier: BSD-2-Clause */

#include "auth/token.h"

#include "base/base64.h"
#include "format/json.h"

#define TYP_MAX 128

static const xd_json_limits_t header_limits = { .depth = 8, .members = 128 };

static const char *const texts[XD_TOKEN_FAULTS] = {
    [XD_TOKEN_GOOD] = "good",
    [XD_TOKEN_MEMORY] = "out of memory",
    [XD_TOKEN_LONG] = "token too long",
    [XD_TOKEN_FORM] = "malformed token",
    [XD_TOKEN_HEADER] = "malformed token header",
    [XD_TOKEN_ALG] = "algorithm not allowed",
    [XD_TOKEN_CRIT] = "critical extension not understood",
    [XD_TOKEN_KEY] = "unknown key",
    [XD_TOKEN_SIGNATURE] = "bad signature",
    [XD_TOKEN_CLAIMS] = "malformed claims",
    [XD_TOKEN_ISSUER] = "wrong issuer",
    [XD_TOKEN_AUDIENCE] = "wrong audience",
    [XD_TOKEN_TYPE] = "wrong type of token",
    [XD_TOKEN_EXPIRED] = "token expired",
    [XD_TOKEN_EARLY] = "token not yet valid",
    [XD_TOKEN_LIFE] = "token valid for too long",
    [XD_TOKEN_BINDING] = "token bound to another certificate",
    [XD_TOKEN_INACTIVE] = "token not active",
};


const char *
xd_token_text(xd_token_fault_t fault)
{
    return texts[fault];
}


static xd_token_fault_t
fault_of(xd_rc_t rc, xd_token_fault_t syntax)
{
    return rc == XD_OK         ? XD_TOKEN_GOOD
           : rc == XD_E_MEMORY ? XD_TOKEN_MEMORY
                               : syntax;
}


/* An optional string of at most so many bytes; false when it is not. */
static bool
optional(const xd_node_t *header, const char *name, size_t most, xd_str_t *out)
{
    const xd_node_t *member = xd_get(header, name);

    *out = member == NULL ? XD_STR_NONE : member->text;

    return member == NULL
           || (member->kind == XD_STRING && member->text.len > 0
               && member->text.len <= most);
}


static xd_token_fault_t
read_header(xd_arena_t *arena, xd_str_t text, xd_jws_t *out)
{
    xd_str_t alg, json;
    xd_node_t *header;
    xd_report_t rep;
    xd_rc_t rc = xd_base64_read(arena, text, XD_BASE64URL, &json);

    if (rc != XD_OK) {
        return fault_of(rc, XD_TOKEN_FORM);
    }

    xd_report_init(&rep, arena, 0);
    rc = xd_json_read(arena, json, &header_limits, &header, &rep);
    if (rc != XD_OK) {
        return fault_of(rc, XD_TOKEN_HEADER);
    }

    if (header->kind != XD_OBJECT || !optional(header, "alg", XD_KID_MAX, &alg)
        || !optional(header, "kid", XD_KID_MAX, &out->kid)
        || !optional(header, "typ", TYP_MAX, &out->typ))
    {
        return XD_TOKEN_HEADER;
    }

    /* b64 without crit changes nothing for others, so it is refused too. */
    if (xd_get(header, "crit") != NULL || xd_get(header, "b64") != NULL) {
        return XD_TOKEN_CRIT;
    }

    out->alg = xd_alg_of_jose(alg);

    return out->alg == XD_ALG_NONE ? XD_TOKEN_ALG : XD_TOKEN_GOOD;
}


xd_token_fault_t
xd_jws_read(xd_arena_t *arena, xd_str_t token, size_t token_max, xd_jws_t *out)
{
    xd_str_t rest = token, header, payload;
    xd_token_fault_t fault;
    xd_rc_t rc;

    if (token.len > (token_max == 0 ? XD_TOKEN_MAX : token_max)) {
        return XD_TOKEN_LONG;
    }

    *out = (xd_jws_t){ 0 };
    header = xd_str_cut(&rest, '.');
    if (rest.ptr == NULL) {
        return XD_TOKEN_FORM;
    }

    payload = xd_str_cut(&rest, '.');
    if (rest.ptr == NULL || header.len == 0 || rest.len == 0) {
        return XD_TOKEN_FORM;
    }

    fault = read_header(arena, header, out);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    out->signing = (xd_str_t){ token.ptr, header.len + 1 + payload.len };
    rc = xd_base64_read(arena, payload, XD_BASE64URL, &out->payload);
    if (rc == XD_OK) {
        /* A fourth part would bring a dot, which is no digit. */
        rc = xd_base64_read(arena, rest, XD_BASE64URL, &out->signature);
    }

    return fault_of(rc, XD_TOKEN_FORM);
}


xd_token_fault_t
xd_jws_verify(const xd_jws_t *jws, const xd_jwks_t *keys)
{
    const xd_jwk_t *jwk = xd_jwks_find(keys, jws->kid);

    if (jwk == NULL) {
        return XD_TOKEN_KEY;
    }

    if (xd_key_alg(jwk->key) != jws->alg) {
        return XD_TOKEN_ALG;
    }

    return xd_key_verify(jwk->key, jws->signing, jws->signature)
               ? XD_TOKEN_GOOD
               : XD_TOKEN_SIGNATURE;
}


static void
write_header(xd_buf_t *header, const xd_key_t *key, xd_str_t kid, xd_str_t typ)
{
    xd_buf_fmt(header, "{\"alg\":\"%s\"", xd_algs[xd_key_alg(key)].jose);
    if (typ.ptr != NULL) {
        xd_buf_text(header, ",\"typ\":");
        xd_json_string(header, typ);
    }

    if (kid.ptr != NULL) {
        xd_buf_text(header, ",\"kid\":");
        xd_json_string(header, kid);
    }

    xd_buf_byte(header, '}');
}


xd_rc_t
xd_jws_sign(xd_buf_t *out, const xd_key_t *key, xd_str_t kid, xd_str_t typ,
    xd_str_t payload)
{
    uint8_t signature[XD_SIGNATURE_MAX];
    xd_buf_t header = { 0 };
    size_t from = out->len, len;
    xd_rc_t rc;

    write_header(&header, key, kid, typ);
    xd_base64_write(out, xd_buf_str(&header), XD_BASE64URL);
    xd_buf_byte(out, '.');
    xd_base64_write(out, payload, XD_BASE64URL);
    rc = xd_buf_rc(&header) != XD_OK ? xd_buf_rc(&header) : xd_buf_rc(out);
    xd_buf_free(&header);
    if (rc != XD_OK) {
        return rc;
    }

    rc = xd_key_sign(key, (xd_str_t){ out->ptr + from, out->len - from },
        signature, &len);
    if (rc != XD_OK) {
        return rc;
    }

    xd_buf_byte(out, '.');
    xd_base64_write(out, (xd_str_t){ (char *) signature, len }, XD_BASE64URL);

    return xd_buf_rc(out);
}
