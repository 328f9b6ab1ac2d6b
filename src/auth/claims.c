/* SPDX-License-Identifier: BSD-2-Clause */

#include <strings.h>

#include "auth/token.h"
#include "crypt/digest.h"
#include "format/json.h"
#include "tree/number.h"

#define LATEST      INT64_C(253402300799) /* the end of year 9999 */
#define TIME_DIGITS 32

static const xd_json_limits_t claim_limits = { .depth = 16, .members = 1024 };


static xd_token_fault_t
read_tree(xd_arena_t *arena, xd_str_t payload, xd_node_t **out)
{
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    rc = xd_json_read(arena, payload, &claim_limits, out, &rep);
    if (rc == XD_E_MEMORY) {
        return XD_TOKEN_MEMORY;
    }

    return rc == XD_OK && (*out)->kind == XD_OBJECT ? XD_TOKEN_GOOD
                                                    : XD_TOKEN_CLAIMS;
}


/*
 * A NumericDate as whole seconds; more says that a fraction was cut.  No
 * floating point, so that 1e400 is no infinity that never expires.
 */
static bool
read_time(const xd_node_t *member, int64_t *out, bool *more)
{
    xd_str_t text = member->text;
    const char *dot;

    *more = false;
    if (member->kind != XD_NUMBER || text.len > TIME_DIGITS) {
        return false;
    }

    dot = memchr(text.ptr, '.', text.len);
    if (!xd_number_int(text, out)) {
        xd_str_t whole = { text.ptr,
            dot == NULL ? 0 : (size_t) (dot - text.ptr) };

        if (memchr(text.ptr, 'e', text.len) != NULL
            || memchr(text.ptr, 'E', text.len) != NULL
            || !xd_number_int(whole, out))
        {
            return false;
        }

        *more = true;
    }

    return *out >= 0 && *out <= LATEST && text.ptr[0] != '-';
}


/* nbf and iat must not lie ahead; both may be absent. */
static xd_token_fault_t
not_ahead(const xd_node_t *tree, const char *name,
    const xd_claims_policy_t *policy, int64_t *out)
{
    const xd_node_t *member = xd_get(tree, name);
    bool more;

    *out = 0;
    if (member == NULL) {
        return XD_TOKEN_GOOD;
    }

    if (!read_time(member, out, &more)) {
        return XD_TOKEN_CLAIMS;
    }

    return *out + more > policy->now + policy->leeway ? XD_TOKEN_EARLY
                                                      : XD_TOKEN_GOOD;
}


static xd_token_fault_t
check_times(const xd_node_t *tree, const xd_claims_policy_t *policy,
    xd_claims_t *out)
{
    const xd_node_t *exp = xd_get(tree, "exp");
    xd_token_fault_t fault;
    int64_t nbf;
    bool more;

    if (exp == NULL || !read_time(exp, &out->exp, &more)) {
        return XD_TOKEN_CLAIMS;
    }

    if (out->exp <= policy->now - policy->leeway) {
        return XD_TOKEN_EXPIRED;
    }

    if (policy->life_max > 0
        && out->exp - policy->now > policy->life_max + policy->leeway)
    {
        return XD_TOKEN_LIFE;
    }

    fault = not_ahead(tree, "nbf", policy, &nbf);

    return fault != XD_TOKEN_GOOD ? fault
                                  : not_ahead(tree, "iat", policy, &out->iat);
}


static bool
is_audience(const xd_node_t *name, const xd_claims_policy_t *policy)
{
    for (size_t i = 0; i < policy->naudiences; i++) {
        if (xd_str_eq(name->text, policy->audiences[i])) {
            return true;
        }
    }

    return false;
}


/* A string, or an array of strings only. */
static xd_token_fault_t
check_audience(const xd_node_t *tree, const xd_claims_policy_t *policy)
{
    const xd_node_t *aud = xd_get(tree, "aud");
    bool found = false;

    if (aud == NULL) {
        return XD_TOKEN_AUDIENCE;
    }

    if (aud->kind == XD_STRING) {
        return is_audience(aud, policy) ? XD_TOKEN_GOOD : XD_TOKEN_AUDIENCE;
    }

    if (aud->kind != XD_ARRAY) {
        return XD_TOKEN_CLAIMS;
    }

    xd_each (name, aud) {
        if (name->kind != XD_STRING) {
            return XD_TOKEN_CLAIMS;
        }

        found = found || is_audience(name, policy);
    }

    return found ? XD_TOKEN_GOOD : XD_TOKEN_AUDIENCE;
}


/* Media types: case is nothing, and "application/" may stand before it. */
static bool
is_type(xd_str_t typ, xd_str_t want)
{
    const xd_str_t prefix = XD_STR("application/");

    if (typ.len > prefix.len
        && strncasecmp(typ.ptr, prefix.ptr, prefix.len) == 0) {
        typ.ptr += prefix.len;
        typ.len -= prefix.len;
    }

    return want.ptr == NULL
           || (typ.len == want.len
               && strncasecmp(typ.ptr, want.ptr, want.len) == 0);
}


/* False when the member is there and no string. */
static bool
read_text(const xd_node_t *tree, const char *name, xd_str_t *out)
{
    const xd_node_t *member = xd_get(tree, name);

    *out = member == NULL ? XD_STR_NONE : member->text;

    return member == NULL || member->kind == XD_STRING;
}


/* A binding that we do not know must not look like none. */
static bool
read_binding(const xd_node_t *tree, xd_str_t *out)
{
    const xd_node_t *cnf = xd_get(tree, "cnf");

    *out = XD_STR_NONE;

    return cnf == NULL
           || (cnf->kind == XD_OBJECT && cnf->count == 1
               && read_text(cnf, "x5t#S256", out) && out->ptr != NULL);
}


static bool
read_texts(const xd_node_t *tree, xd_claims_t *out)
{
    return read_text(tree, "iss", &out->iss)
           && read_text(tree, "sub", &out->sub)
           && read_text(tree, "client_id", &out->client_id)
           && read_text(tree, "jti", &out->jti)
           && read_text(tree, "scope", &out->scope)
           && read_binding(tree, &out->x5t);
}


xd_token_fault_t
xd_claims_read(xd_arena_t *arena, const xd_jws_t *jws,
    const xd_claims_policy_t *policy, xd_claims_t *out)
{
    xd_token_fault_t fault;

    *out = (xd_claims_t){ 0 };
    fault = read_tree(arena, jws->payload, &out->tree);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    if (!read_texts(out->tree, out)) {
        return XD_TOKEN_CLAIMS;
    }

    if (out->iss.ptr == NULL || !xd_str_eq(out->iss, policy->issuer)) {
        return XD_TOKEN_ISSUER;
    }

    if (!is_type(jws->typ, policy->type)) {
        return XD_TOKEN_TYPE;
    }

    fault = check_audience(out->tree, policy);

    return fault != XD_TOKEN_GOOD ? fault : check_times(out->tree, policy, out);
}


/* What is there must be right; what is not there is the issuer's affair. */
static xd_token_fault_t
check_answer(const xd_claims_policy_t *policy, xd_claims_t *out)
{
    xd_token_fault_t fault = XD_TOKEN_GOOD;
    int64_t nbf;

    if (out->iss.ptr != NULL && !xd_str_eq(out->iss, policy->issuer)) {
        return XD_TOKEN_ISSUER;
    }

    if (xd_get(out->tree, "aud") != NULL) {
        fault = check_audience(out->tree, policy);
    }

    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    if (xd_get(out->tree, "exp") != NULL) {
        return check_times(out->tree, policy, out);
    }

    fault = not_ahead(out->tree, "nbf", policy, &nbf);

    return fault != XD_TOKEN_GOOD
               ? fault
               : not_ahead(out->tree, "iat", policy, &out->iat);
}


xd_token_fault_t
xd_introspection_read(xd_arena_t *arena, xd_str_t bytes,
    const xd_claims_policy_t *policy, xd_claims_t *out)
{
    const xd_node_t *active;
    xd_token_fault_t fault;

    *out = (xd_claims_t){ 0 };
    fault = read_tree(arena, bytes, &out->tree);
    if (fault != XD_TOKEN_GOOD) {
        return fault;
    }

    active = xd_get(out->tree, "active");
    if (active == NULL || active->kind != XD_BOOL
        || !read_texts(out->tree, out)) {
        return XD_TOKEN_CLAIMS;
    }

    return active->truth ? check_answer(policy, out) : XD_TOKEN_INACTIVE;
}


xd_str_t
xd_jws_issuer(xd_arena_t *arena, const xd_jws_t *jws)
{
    xd_node_t *tree;
    xd_str_t iss;

    return read_tree(arena, jws->payload, &tree) == XD_TOKEN_GOOD
                   && read_text(tree, "iss", &iss)
               ? iss
               : XD_STR_NONE;
}


bool
xd_scope_has(xd_str_t scope, xd_str_t name)
{
    while (scope.ptr != NULL) {
        if (name.len > 0 && xd_str_eq(xd_str_cut(&scope, ' '), name)) {
            return true;
        }

        if (name.len == 0) {
            return false;
        }
    }

    return false;
}


xd_token_fault_t
xd_claims_bound(const xd_claims_t *claims, xd_str_t der)
{
    char own[XD_THUMBPRINT_LEN + 1];

    if (claims->x5t.ptr == NULL) {
        return XD_TOKEN_GOOD;
    }

    if (der.ptr == NULL || claims->x5t.len != XD_THUMBPRINT_LEN) {
        return XD_TOKEN_BINDING;
    }

    xd_x5t_s256(der, own);

    return xd_equal_ct(own, claims->x5t.ptr, XD_THUMBPRINT_LEN)
               ? XD_TOKEN_GOOD
               : XD_TOKEN_BINDING;
}
