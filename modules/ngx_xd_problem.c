/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd.h"
#include "format/json.h"


ngx_int_t
ngx_xd_refuse(ngx_http_request_t *r, ngx_xd_problem_id_t id, const char *detail,
    ...)
{
    const ngx_xd_problem_t *row = &ngx_xd_problems[id];
    ngx_xd_request_t *record = ngx_xd_request(r);
    char text[512];
    va_list args;

    if (record == NULL) {
        return (ngx_int_t) row->status;
    }

    record->problem = row;

    if (detail != NULL) {
        va_start(args, detail);
        (void) vsnprintf(text, sizeof(text), detail, args);
        va_end(args);
        record->detail = ngx_xd_dup(r->pool, xd_str(text));
    }

    ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
        "xd: refused with %ui \"%s\": %V", row->status, row->name,
        &record->detail);

    return (ngx_int_t) row->status;
}


/* The first row of a status is the one of its general case, but for those
 * where it would claim a cause that only the module that refuses knows. */
const ngx_xd_problem_t *
ngx_xd_problem_of_status(ngx_uint_t status)
{
    static const ngx_xd_problem_id_t general[] = {
        NGX_XD_P_METHOD,
        NGX_XD_P_TOO_LARGE,
        NGX_XD_P_MEDIA_TYPE,
        NGX_XD_P_INTERNAL,
        NGX_XD_P_UPSTREAM_ERROR,
        NGX_XD_P_UPSTREAM_OPEN,
        NGX_XD_P_UPSTREAM_TIMEOUT,
    };

    for (size_t i = 0; i < sizeof(general) / sizeof(general[0]); i++) {
        if (ngx_xd_problems[general[i]].status == status) {
            return &ngx_xd_problems[general[i]];
        }
    }

    return NULL;
}


static const char *
title_of(ngx_uint_t status)
{
    const ngx_xd_status_title_t *t = ngx_xd_status_titles;

    while (t->status != 0 && t->status != status) {
        t++;
    }

    return t->title;
}


static void
member(xd_buf_t *b, const char *name, xd_str_t value)
{
    if (value.len != 0) {
        xd_buf_fmt(b, ",\"%s\":", name);
        xd_json_string(b, value);
    }
}


/* A member whose value is JSON already. */
static void
list(xd_buf_t *b, const char *name, ngx_str_t json)
{
    if (json.len != 0) {
        xd_buf_fmt(b, ",\"%s\":", name);
        xd_buf_add(b, ngx_xd_to_str(json));
    }
}


static void
write_type(xd_buf_t *b, const ngx_xd_problem_t *row,
    const ngx_xd_request_t *record)
{
    if (row == NULL) {
        xd_buf_text(b, "{\"type\":\"about:blank\"");
    } else if (record->type.len != 0) {
        xd_buf_fmt(b, "{\"type\":\"%s%.*s\"", row->base, (int) record->type.len,
            (const char *) record->type.data);
    } else {
        xd_buf_fmt(b, "{\"type\":\"%s%s\"", row->base, row->name);
    }
}


static void
write_problem(xd_buf_t *b, const ngx_xd_request_t *record, ngx_uint_t status)
{
    const ngx_xd_problem_t *row = ngx_xd_problem_of(record, status);
    xd_str_t detail;

    detail = row != NULL ? xd_str(row->detail) : XD_STR_NONE;
    if (row == record->problem && record->detail.len != 0) {
        detail = ngx_xd_to_str(record->detail);
    }

    write_type(b, row, record);
    member(b, "title", xd_str(row != NULL ? row->title : title_of(status)));
    xd_buf_fmt(b, ",\"status\":%u", (unsigned) status);
    member(b, "detail", detail);

    if (record->id.len != 0) {
        xd_buf_fmt(b, ",\"instance\":\"urn:uuid:%.*s\"", (int) record->id.len,
            (const char *) record->id.data);
    }

    /* 00-<trace id: 32>-... */
    member(b, "trace", (xd_str_t){ (const char *) record->trace + 3, 32 });

    if (row == record->problem) {
        list(b, "errors", record->errors);
        list(b, "violated-policies", record->violated);
    }

    xd_buf_text(b, "}\n");
}


ngx_str_t
ngx_xd_problem_body(ngx_http_request_t *r, ngx_uint_t status)
{
    ngx_xd_request_t *record = ngx_xd_request(r);
    ngx_str_t body = ngx_null_string;
    xd_buf_t b = { 0 };

    if (record == NULL) {
        return body;
    }

    write_problem(&b, record, status);

    if (xd_buf_rc(&b) == XD_OK) {
        body = ngx_xd_dup(r->pool, xd_buf_str(&b));
    }

    xd_buf_free(&b);

    return body;
}
