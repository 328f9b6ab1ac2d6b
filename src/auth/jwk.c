/* SPDX-License-Identifier: BSD-2-Clause */

#include "auth/jwk.h"

#include "base/base64.h"
#include "crypt/digest.h"
#include "format/json.h"

#define KEYS_MAX  64
#define BYTES_MAX (256 * 1024)

/* Parts of a private or symmetric key (RFC 7518 section 6). */
static const char *const private_members[] = { "d", "p", "q", "dp", "dq", "qi",
    "oth", "k" };

static const char *const kty_names[] = {
    [XD_KTY_OCT] = "oct",
    [XD_KTY_RSA] = "RSA",
    [XD_KTY_EC] = "EC",
    [XD_KTY_OKP] = "OKP",
};

/* What RFC 7638 hashes: the members that make a key, in their order. */
static const char *const thumb_members[][5] = {
    [XD_KTY_OCT] = { "k", "kty", NULL },
    [XD_KTY_RSA] = { "e", "kty", "n", NULL },
    [XD_KTY_EC] = { "crv", "kty", "x", "y", NULL },
    [XD_KTY_OKP] = { "crv", "kty", "x", NULL },
};


static xd_rc_t
fault(xd_report_t *rep, xd_severity_t severity, const xd_node_t *at,
    const char *rule, const char *text)
{
    xd_report(rep, &(xd_finding_t){ .severity = severity,
                       .offset = at == NULL ? 0 : at->offset,
                       .line = at == NULL ? 0 : at->line,
                       .column = at == NULL ? 0 : at->column,
                       .rule = rule,
                       .text = xd_str(text) });

    return XD_E_SYNTAX;
}


static void
hash_text(xd_str_t bytes, char out[XD_THUMBPRINT_LEN + 1])
{
    uint8_t digest[XD_SHA256_LEN];
    char room[48];
    xd_buf_t text = { .ptr = room, .cap = sizeof(room), .limit = 47 };

    xd_sha256(bytes, digest);
    xd_base64_write(&text, (xd_str_t){ (char *) digest, sizeof(digest) },
        XD_BASE64URL);
    memcpy(out, room, XD_THUMBPRINT_LEN);
    out[XD_THUMBPRINT_LEN] = '\0';
}


void
xd_x5t_s256(xd_str_t der, char out[XD_THUMBPRINT_LEN + 1])
{
    hash_text(der, out);
}


/* All members are base64url or names by now: nothing is to be escaped. */
static xd_rc_t
thumbprint(const xd_node_t *node, xd_kty_t kty, xd_jwk_t *jwk)
{
    xd_buf_t text = { 0 };
    xd_rc_t rc;

    for (size_t i = 0; thumb_members[kty][i] != NULL; i++) {
        const char *name = thumb_members[kty][i];

        xd_buf_fmt(&text, "%s\"%s\":\"%.*s\"", i == 0 ? "{" : ",", name,
            XD_FMT(xd_text(node, name)));
    }

    xd_buf_byte(&text, '}');
    rc = xd_buf_rc(&text);
    if (rc == XD_OK) {
        hash_text(xd_buf_str(&text), jwk->thumbprint);
    }

    xd_buf_free(&text);

    return rc;
}


/* A member that is a string, or XD_STR_NONE. */
static xd_str_t
string(const xd_node_t *node, const char *name)
{
    const xd_node_t *member = xd_get(node, name);

    return member != NULL && member->kind == XD_STRING ? member->text
                                                       : XD_STR_NONE;
}


/* True when the key may verify (or sign, for our own). */
static bool
may(const xd_node_t *node, const char *verb)
{
    const xd_node_t *use = xd_get(node, "use"), *ops = xd_get(node, "key_ops");
    bool found = ops == NULL;

    xd_each (op, ops) {
        found = found || (op->kind == XD_STRING && xd_str_is(op->text, verb));
    }

    return found && (ops == NULL || ops->kind == XD_ARRAY)
           && (use == NULL || xd_str_is(string(node, "use"), "sig"));
}


/* The one algorithm: as it says, or the one of its curve. */
static xd_alg_t
alg_of(const xd_node_t *node, const xd_jwks_options_t *options)
{
    xd_str_t kty = string(node, "kty"), crv = string(node, "crv");
    xd_alg_t alg = xd_alg_of_jose(string(node, "alg"));

    if (xd_get(node, "alg") == NULL) {
        alg = xd_str_is(kty, "RSA")   ? options->rsa_alg
              : xd_str_is(kty, "oct") ? options->oct_alg
                                      : XD_ALG_NONE;
        for (xd_alg_t a = XD_ES256; a < XD_ALGS && crv.len > 0; a++) {
            alg = xd_str_is(crv, xd_algs[a].crv) ? a : alg;
        }
    }

    if (alg != XD_ALG_NONE
        && (!xd_str_is(kty, kty_names[xd_algs[alg].kty])
            || (xd_algs[alg].crv != NULL && !xd_str_is(crv, xd_algs[alg].crv))))
    {
        return XD_ALG_NONE;
    }

    return alg;
}


/* An absent part is empty; the key itself knows which ones it needs. */
static xd_rc_t
read_part(xd_arena_t *arena, const xd_node_t *node, const char *name,
    xd_str_t *out)
{
    const xd_node_t *member = xd_get(node, name);

    *out = XD_STR("");
    if (member == NULL) {
        return XD_OK;
    }

    return member->kind != XD_STRING
               ? XD_E_SYNTAX
               : xd_base64_read(arena, member->text, XD_BASE64URL, out);
}


static xd_rc_t
make_key(xd_arena_t *arena, const xd_node_t *node, xd_alg_t alg, xd_jwk_t *jwk)
{
    xd_key_material_t parts;
    const struct {
        const char *name;
        xd_str_t *part;
    } members[] = { { "k", &parts.secret }, { "n", &parts.n },
        { "e", &parts.e }, { "x", &parts.x }, { "y", &parts.y },
        { "d", &parts.d } };
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (rc == XD_OK) {
            rc = read_part(arena, node, members[i].name, members[i].part);
        }
    }

    if (rc == XD_OK) {
        rc = xd_key_make(arena, alg, &parts, &jwk->key);
    }

    return rc == XD_OK ? thumbprint(node, xd_algs[alg].kty, jwk) : rc;
}


/* A kid is a name to compare: of any text that a person could have meant. */
static bool
read_kid(const xd_node_t *node, xd_str_t *kid)
{
    const xd_node_t *member = xd_get(node, "kid");

    *kid = XD_STR_NONE;
    if (member == NULL) {
        return true;
    }

    *kid = string(node, "kid");
    for (size_t i = 0; i < kid->len; i++) {
        if ((unsigned char) kid->ptr[i] < 0x20 || kid->ptr[i] == 0x7f) {
            return false;
        }
    }

    return kid->len > 0 && kid->len <= XD_KID_MAX;
}


/* What one key must not bring into a set of that kind. */
static const char *
misplaced(const xd_node_t *node, xd_jwks_use_t use)
{
    bool oct = xd_str_is(string(node, "kty"), "oct");

    if (node->kind != XD_OBJECT) {
        return "A key is a JSON object.";
    }

    if (use == XD_JWKS_SECRET) {
        return oct ? NULL : "A set of secrets holds nothing else.";
    }

    if (use == XD_JWKS_SIGNING) {
        return oct ? "A set of private keys holds no secrets." : NULL;
    }

    for (size_t i = 0; i < sizeof(private_members) / sizeof(char *); i++) {
        if (oct || xd_get(node, private_members[i]) != NULL) {
            return "A public set holds a private or secret key.";
        }
    }

    return NULL;
}


static xd_rc_t
read_key(xd_arena_t *arena, const xd_node_t *node,
    const xd_jwks_options_t *options, xd_jwks_t *set, xd_report_t *rep)
{
    xd_jwk_t *jwk = &set->keys[set->nkeys];
    const char *wrong = misplaced(node, options->use);
    const char *verb = options->use == XD_JWKS_SIGNING ? "sign" : "verify";
    xd_alg_t alg;
    xd_rc_t rc;

    if (wrong != NULL) {
        return fault(rep, XD_ERROR, node, "jwks.misplaced", wrong);
    }

    if (!read_kid(node, &jwk->kid)) {
        return fault(rep, XD_ERROR, node, "jwks.kid",
            "A kid is a text of 1 to 256 bytes without control characters.");
    }

    for (size_t i = 0; i < set->nkeys; i++) {
        if (xd_str_eq(set->keys[i].kid, jwk->kid)) {
            return fault(rep, XD_ERROR, node, "jwks.duplicate",
                "Two keys of the set have the same kid, or none.");
        }
    }

    alg = alg_of(node, options);
    if (!may(node, verb) || alg == XD_ALG_NONE) {
        fault(rep, XD_WARNING, node, "jwks.other",
            "The key is not for signatures of a known algorithm: left out.");
        return XD_OK;
    }

    rc = make_key(arena, node, alg, jwk);
    if (rc == XD_E_SYNTAX) {
        fault(rep, XD_WARNING, node, "jwks.weak",
            "The key is malformed, weak or broken: left out.");
        return XD_OK;
    }

    set->nkeys += rc == XD_OK;

    return rc;
}


/* A single key stands for a set of one. */
static const xd_node_t *
first_of(const xd_node_t *tree)
{
    const xd_node_t *keys = xd_get(tree, "keys");

    if (keys == NULL) {
        return xd_get(tree, "kty") == NULL ? NULL : tree;
    }

    return keys->kind == XD_ARRAY ? keys->first : NULL;
}


static xd_rc_t
read_all(xd_arena_t *arena, const xd_node_t *tree,
    const xd_jwks_options_t *options, xd_jwks_t *set, xd_report_t *rep)
{
    size_t most = options->keys_max == 0 ? KEYS_MAX : options->keys_max;
    size_t n = 0;

    set->keys = xd_alloc_n(arena, most, sizeof(xd_jwk_t));
    if (set->keys == NULL) {
        return XD_E_MEMORY;
    }

    for (const xd_node_t *k = first_of(tree); k != NULL; k = k->next) {
        xd_rc_t rc;

        if (n++ == most) {
            fault(rep, XD_ERROR, k, "jwks.limit", "The set has too many keys.");
            return XD_E_LIMIT;
        }

        rc = read_key(arena, k, options, set, rep);
        if (rc != XD_OK) {
            return rc;
        }
    }

    return set->nkeys > 0 ? XD_OK
                          : fault(rep, XD_ERROR, tree, "jwks.empty",
                              "The set has no key that could verify anything.");
}


xd_rc_t
xd_jwks_read(xd_arena_t *arena, xd_str_t bytes,
    const xd_jwks_options_t *options, xd_jwks_t **out, xd_report_t *rep)
{
    static const xd_jwks_options_t defaults = { .use = XD_JWKS_PUBLIC };
    static const xd_json_limits_t limits = { .depth = 8, .members = 4096 };
    const xd_jwks_options_t *o = options == NULL ? &defaults : options;
    xd_jwks_t *set = xd_alloc(arena, sizeof(*set));
    xd_node_t *tree;
    xd_rc_t rc;

    if (set == NULL) {
        return XD_E_MEMORY;
    }

    if (bytes.len > (o->bytes_max == 0 ? BYTES_MAX : o->bytes_max)) {
        fault(rep, XD_ERROR, NULL, "jwks.limit", "The set is too long.");
        return XD_E_LIMIT;
    }

    rc = xd_json_read(arena, bytes, &limits, &tree, rep);
    if (rc == XD_OK) {
        rc = read_all(arena, tree, o, set, rep);
    }

    if (rc == XD_OK) {
        *out = set;
    }

    return rc;
}


const xd_jwk_t *
xd_jwks_find(const xd_jwks_t *set, xd_str_t kid)
{
    if (kid.ptr == NULL) {
        return set->nkeys == 1 ? &set->keys[0] : NULL;
    }

    for (size_t i = 0; i < set->nkeys; i++) {
        const xd_jwk_t *jwk = &set->keys[i];

        if (jwk->kid.ptr != NULL && xd_str_eq(jwk->kid, kid)) {
            return jwk;
        }
    }

    return NULL;
}
