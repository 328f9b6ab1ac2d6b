/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_pick.h"

#define DIGITS_MOST 4


/* Where a version may be named; finds the text that stands there. */
typedef ngx_str_t (*find_t)(ngx_http_request_t *r, const ngx_str_t *name);

typedef struct {
    find_t find;
    ngx_str_t name;
} way_t;


static const ngx_str_t nothing = ngx_null_string;


static ngx_str_t
in_header(ngx_http_request_t *r, const ngx_str_t *name)
{
    const ngx_list_part_t *part = &r->headers_in.headers.part;
    const ngx_table_elt_t *h;
    ngx_uint_t i;

    for (; part != NULL; part = part->next) {
        h = part->elts;

        for (i = 0; i < part->nelts; i++) {
            if (h[i].key.len == name->len
                && ngx_strncasecmp(h[i].key.data, name->data, name->len) == 0)
            {
                return h[i].value;
            }
        }
    }

    return nothing;
}


static ngx_str_t
in_query(ngx_http_request_t *r, const ngx_str_t *name)
{
    ngx_str_t value;

    return ngx_http_arg(r, name->data, name->len, &value) == NGX_OK ? value
                                                                    : nothing;
}


/* The parameter of a media type: "application/json; version=2". */
static ngx_str_t
parameter(const ngx_table_elt_t *header, const ngx_str_t *name)
{
    ngx_str_t found = ngx_null_string;
    xd_str_t rest, part, key;

    if (header == NULL) {
        return found;
    }

    rest = ngx_xd_to_str(header->value);
    (void) xd_str_cut(&rest, ';');

    while (rest.ptr != NULL) {
        part = xd_str_trim(xd_str_cut(&rest, ';'));
        key = xd_str_cut(&part, '=');

        if (part.ptr != NULL && key.len == name->len
            && ngx_strncasecmp((u_char *) (uintptr_t) key.ptr, name->data,
                   name->len)
                   == 0)
        {
            found.data = (u_char *) (uintptr_t) part.ptr;
            found.len = part.len;
            return found;
        }
    }

    return found;
}


/* What comes says its version in Content-Type, what is asked for in Accept. */
static ngx_str_t
in_media(ngx_http_request_t *r, const ngx_str_t *name)
{
    ngx_str_t found = parameter(r->headers_in.content_type, name);
    ngx_str_t accept = ngx_string("accept");
    ngx_table_elt_t h;

    if (found.len != 0) {
        return found;
    }

    h.value = in_header(r, &accept);

    return h.value.len != 0 ? parameter(&h, name) : nothing;
}


/* "2", "v2" and "\"2\"" are one; empty for what is none. */
static ngx_str_t
digits_of(ngx_str_t text)
{
    size_t i;

    if (text.len >= 2 && text.data[0] == '"' && text.data[text.len - 1] == '"')
    {
        text.data++;
        text.len -= 2;
    }

    if (text.len != 0 && (text.data[0] == 'v' || text.data[0] == 'V')) {
        text.data++;
        text.len--;
    }

    for (i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return nothing;
        }
    }

    return text.len <= DIGITS_MOST ? text : nothing;
}


char *
ngx_xd_pick_word(ngx_conf_t *cf, ngx_xd_pick_t *pick, ngx_str_t word)
{
    static const struct {
        const char *name;
        find_t find;
    } rows[] = {
        { "header", in_header },
        { "media", in_media },
        { "query", in_query },
    };

    xd_str_t rest = ngx_xd_to_str(word);
    xd_str_t key = xd_str_cut(&rest, '=');
    ngx_str_t value = { rest.len, word.data + (word.len - rest.len) };
    way_t *way;
    size_t i;

    if (xd_str_is(key, "default") && digits_of(value).len != 0) {
        pick->fallback = digits_of(value);
        return NGX_CONF_OK;
    }

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (xd_str_is(key, rows[i].name) && value.len != 0) {
            if (pick->ways == NULL) {
                pick->ways = ngx_array_create(cf->pool, 3, sizeof(*way));
            }

            way = pick->ways != NULL ? ngx_array_push(pick->ways) : NULL;
            if (way == NULL) {
                return NGX_CONF_ERROR;
            }

            *way = (way_t){ rows[i].find, value };
            return NGX_CONF_OK;
        }
    }

    return "takes header=, media=, query= and default=v1";
}


/* The first way that says something decides. */
static ngx_str_t
said_by(ngx_http_request_t *r, const ngx_xd_pick_t *pick)
{
    const way_t *way = pick->ways != NULL ? pick->ways->elts : NULL;
    ngx_str_t said = ngx_null_string;
    ngx_uint_t i;

    for (i = 0; way != NULL && i < pick->ways->nelts && said.len == 0; i++) {
        said = way[i].find(r, &way[i].name);
    }

    return said;
}


/* "/api/edi" becomes "/v2/edi". */
static ngx_int_t
rewrite(ngx_http_request_t *r, const ngx_xd_pick_t *pick, ngx_str_t digits)
{
    size_t rest = r->uri.len - pick->prefix.len;
    u_char *at = ngx_pnalloc(r->pool, sizeof("/v/") - 1 + digits.len + rest);

    if (at == NULL) {
        return NGX_HTTP_INTERNAL_SERVER_ERROR;
    }

    r->uri.len = (size_t) (ngx_sprintf(at, "/v%V/%*s", &digits, rest,
                               r->uri.data + pick->prefix.len)
                           - at);
    r->uri.data = at;
    r->valid_unparsed_uri = 0;
    ngx_http_set_exten(r);

    return NGX_DECLINED;
}


ngx_int_t
ngx_xd_pick(ngx_http_request_t *r, const ngx_xd_pick_t *pick)
{
    ngx_str_t said, digits;

    if (pick->prefix.len == 0 || r->uri.len < pick->prefix.len
        || ngx_memcmp(r->uri.data, pick->prefix.data, pick->prefix.len) != 0)
    {
        return NGX_DECLINED;
    }

    said = said_by(r, pick);
    digits = said.len != 0 ? digits_of(said) : pick->fallback;

    if (digits.len != 0) {
        return rewrite(r, pick, digits);
    }

    if (said.len == 0) {
        return ngx_xd_refuse(r, NGX_XD_P_VERSION_MISSING,
            "This path needs a version; /v<n>/ names one too.");
    }

    return ngx_xd_refuse(r, NGX_XD_P_VERSION_UNKNOWN,
        "There is no version %.*s.", (int) ngx_min(said.len, 16),
        (char *) said.data);
}
