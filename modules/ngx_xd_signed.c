/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_signed.h"
#include "crypt/digest.h"

#define LEEWAY 30 /* seconds that a signer's clock may be ahead */
#define DIGEST "content-digest"


static size_t
count_fields(const ngx_http_request_t *r)
{
    const ngx_list_part_t *part;
    size_t n = 0;

    for (part = &r->headers_in.headers.part; part != NULL; part = part->next) {
        n += part->nelts;
    }

    return n;
}


/* The fields as they came, but for those that only we may set. */
static ngx_int_t
take_fields(ngx_http_request_t *r, xd_arena_t *scratch, xd_http_message_t *m)
{
    const ngx_list_part_t *part;
    const ngx_table_elt_t *h;
    xd_http_field_t *fields;
    ngx_uint_t i;

    fields = xd_alloc_n(scratch, count_fields(r) + 1, sizeof(*fields));
    if (fields == NULL) {
        return NGX_ERROR;
    }

    m->fields = fields;

    for (part = &r->headers_in.headers.part; part != NULL; part = part->next) {
        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            fields[m->nfields++] = (xd_http_field_t){ ngx_xd_to_str(h[i].key),
                ngx_xd_to_str(h[i].value) };
        }
    }

    return NGX_OK;
}


static ngx_int_t
make_message(ngx_http_request_t *r, xd_arena_t *scratch,
    const ngx_xd_signing_t *signing, xd_http_message_t *m)
{
    *m = (xd_http_message_t){ .method = ngx_xd_to_str(r->method_name),
        .scheme = r->connection->ssl != NULL ? XD_STR("https") : XD_STR("http"),
        .target = ngx_xd_to_str(r->unparsed_uri) };

    if (signing->scheme.len != 0) {
        m->scheme = ngx_xd_to_str(signing->scheme);
        m->authority = ngx_xd_to_str(signing->authority);
    } else if (r->headers_in.host != NULL) {
        m->authority = ngx_xd_to_str(r->headers_in.host->value);
    }

    return take_fields(r, scratch, m);
}


/* Every line of Content-Digest, when the signature covers it as a whole. */
static ngx_int_t
take_digest(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_http_message_t *m, const xd_field_t *input)
{
    const xd_field_t *id = input->items;
    xd_buf_t lines = { 0 };
    size_t i;

    while (id != NULL && !(xd_str_is(id->text, DIGEST) && id->params == NULL)) {
        id = id->next;
    }

    for (i = 0; i < m->nfields && id != NULL; i++) {
        if (m->fields[i].name.len == sizeof(DIGEST) - 1
            && ngx_strncasecmp((u_char *) (uintptr_t) m->fields[i].name.ptr,
                   (u_char *) (uintptr_t) DIGEST, sizeof(DIGEST) - 1)
                   == 0)
        {
            xd_buf_text(&lines, lines.len != 0 ? ", " : "");
            xd_buf_add(&lines, m->fields[i].value);
        }
    }

    record->sealed = 1;
    ngx_str_null(&record->digest);

    if (id != NULL && xd_buf_rc(&lines) == XD_OK) {
        record->digest = ngx_xd_dup(r->pool, xd_buf_str(&lines));
    }

    xd_buf_free(&lines);

    return id == NULL || record->digest.data != NULL ? NGX_OK : NGX_ERROR;
}


/* A nonce is one signer's, and remembered for as long as its signature could
 * still be taken. */
static int
use_up(ngx_http_request_t *r, const ngx_xd_memo_t *used,
    const ngx_xd_signing_t *signing, const xd_signature_t *s)
{
    xd_str_t space;
    uint8_t key[NGX_XD_MEMO_KEY];
    ngx_int_t rc;

    space = xd_fmt(ngx_xd_main(r)->scratch, "nonce %.*s", XD_FMT(s->keyid));
    if (space.ptr == NULL) {
        return XD_SIGNATURE_MEMORY;
    }

    xd_hmac_sha256(space, s->nonce, key);
    rc = ngx_xd_memo_put(used, key, ngx_time(), s->created + signing->age + 1,
        "", 0);

    return rc == NGX_OK         ? XD_SIGNATURE_GOOD
           : rc == NGX_DECLINED ? NGX_XD_SIGNED_AGAIN
                                : NGX_XD_SIGNED_FULL;
}


static xd_str_t
wanted(ngx_str_t name)
{
    return name.len == 0 ? XD_STR_NONE : ngx_xd_to_str(name);
}


typedef struct {
    xd_signature_t signature;
    const xd_signer_t *signer;
} found_t;


static int
verify(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_signers_t *signers, const ngx_xd_signing_t *signing,
    const xd_http_message_t *m, found_t *found)
{
    xd_signature_t *s = &found->signature;
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    xd_signature_policy_t policy = { .cover = signing->cover,
        .now = ngx_time(),
        .age_max = signing->age,
        .leeway = LEEWAY,
        .nonce = true };
    int fault;

    fault = (int) xd_signature_find(scratch, m, wanted(signing->label),
        wanted(signing->tag), s);
    if (fault != XD_SIGNATURE_GOOD) {
        return fault;
    }

    found->signer = s->keyid.ptr == NULL
                        ? NULL
                        : xd_signer_find(signers->credentials, s->keyid);
    if (found->signer == NULL) {
        return NGX_XD_SIGNED_STRANGER;
    }

    fault = (int) xd_signature_verify(scratch, m, s,
        signers->keyring.signers[found->signer->number], &policy);
    if (fault != XD_SIGNATURE_GOOD) {
        return fault;
    }

    return take_digest(r, record, m, s->input) == NGX_OK ? XD_SIGNATURE_GOOD
                                                         : XD_SIGNATURE_MEMORY;
}


int
ngx_xd_signed(ngx_http_request_t *r, ngx_xd_request_t *record,
    const ngx_xd_signers_t *signers, const ngx_xd_signing_t *signing,
    const xd_signer_t **signer)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    xd_http_message_t m;
    found_t found;
    int fault = XD_SIGNATURE_MEMORY;

    if (make_message(r, scratch, signing, &m) == NGX_OK) {
        fault = verify(r, record, signers, signing, &m, &found);
    }

    if (fault == XD_SIGNATURE_GOOD) {
        *signer = found.signer;
        fault = use_up(r, signers->used, signing, &found.signature);
    }

    xd_arena_reset(scratch);

    return fault;
}


const char *
ngx_xd_seal(ngx_http_request_t *r, const ngx_xd_request_t *record)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    bool same;

    if (record->digest.data == NULL) {
        return record->body.len == 0 ? NULL
                                     : "the signature does not cover the body:"
                                       " content-digest";
    }

    same = xd_content_digest_is(scratch, ngx_xd_to_str(record->digest),
        ngx_xd_to_str(record->body));
    xd_arena_reset(scratch);

    return same ? NULL : "the body is not the one of Content-Digest";
}


const char *
ngx_xd_signed_text(int fault)
{
    switch (fault) {
    case NGX_XD_SIGNED_STRANGER:
        return "unknown keyid";
    case NGX_XD_SIGNED_AGAIN:
        return "nonce used before";
    case NGX_XD_SIGNED_FULL:
        return "no room";
    case XD_SIGNATURE_COMPONENT:
        return "covers an absent or unknown component (names with an"
               " underscore are dropped)";
    default:
        return xd_signature_text((xd_signature_fault_t) fault);
    }
}
