/* SPDX-License-Identifier: BSD-2-Clause */

/* What nginx.conf may say of the caller: for logs and the next hop. */

#include "ngx_xd_certificate.h"


/* $xd_party: the authenticated party's id; not found before. */
static ngx_int_t
party(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_xd_request_t *record = ngx_xd_request(r);

    if (record == NULL) {
        return NGX_ERROR;
    }

    if (record->party == NULL) {
        v->not_found = 1;
        return NGX_OK;
    }

    v->len = record->party->id.len & 0xfffffff; /* a field of 28 bits */
    v->data = ngx_pnalloc(r->pool, record->party->id.len);
    if (v->data == NULL) {
        return NGX_ERROR;
    }

    ngx_memcpy(v->data, record->party->id.ptr, record->party->id.len);
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/* $xd_traceparent: as accepted or made, for the next hop. */
static ngx_int_t
trace(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_xd_request_t *record = ngx_xd_request(r);

    if (record == NULL) {
        return NGX_ERROR;
    }

    v->len = NGX_XD_TRACE_LEN;
    v->data = record->trace;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


/* $xd_client_cert: the certificate that the party showed, for the next hop;
 * only one that is known or vouched for. */
static ngx_int_t
certificate(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
    ngx_xd_request_t *record = ngx_xd_request(r);
    const ngx_xd_certificate_t *shown;
    ngx_str_t field;

    if (record == NULL || ngx_xd_certificate(r, record, &shown) != NGX_OK) {
        return NGX_ERROR;
    }

    if (shown == NULL || (shown->party == NULL && !shown->verified)) {
        v->not_found = 1;
        return NGX_OK;
    }

    field = ngx_xd_certificate_field(r->pool, shown);
    if (field.data == NULL) {
        return NGX_ERROR;
    }

    v->len = field.len & 0xfffffff; /* a field of 28 bits */
    v->data = field.data;
    v->valid = 1;
    v->no_cacheable = 0;
    v->not_found = 0;

    return NGX_OK;
}


ngx_int_t
ngx_xd_variables(ngx_conf_t *cf)
{
    static const struct {
        ngx_str_t name;
        ngx_http_get_variable_pt get;
    } rows[] = {
        { ngx_string("xd_party"), party },
        { ngx_string("xd_traceparent"), trace },
        { ngx_string("xd_client_cert"), certificate },
    };

    ngx_http_variable_t *v;
    ngx_str_t name;
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        name = rows[i].name;
        v = ngx_http_add_variable(cf, &name, NGX_HTTP_VAR_NOCACHEABLE);
        if (v == NULL) {
            return NGX_ERROR;
        }

        v->get_handler = rows[i].get;
    }

    return NGX_OK;
}
