/* SPDX-License-Identifier: BSD-2-Clause */

#include "conf/credentials.h"

#include "base/clock.h"
#include "conf/place.h"

#define SUBJECT_MAX 256
#define LEEWAY_MAX  300 /* seconds: two clocks, not a second chance */

typedef struct {
    const xd_party_t *party;
    const xd_node_t *entry;
} owner_t;

struct xd_credentials_s {
    xd_vec_t issuers;   /* of xd_issuer_t, by their numbers */
    xd_map_t *by_name;  /* iss -> xd_issuer_t */
    xd_map_t *by_id;    /* id -> xd_issuer_t */
    xd_map_t *subjects; /* subject_key() -> owner_t */
    xd_vec_t signers;   /* of xd_signer_t *, by their numbers */
    xd_map_t *keyids;   /* keyid -> xd_signer_t */
    xd_vec_t hooks;     /* of xd_hook_t *, by their numbers */
    xd_map_t *certs;    /* SHA-256 in hex -> owner_t */
};

/* What xd_credentials_make works with. */
typedef struct {
    xd_arena_t *arena;
    xd_credentials_t *own;
    const xd_conf_t *conf;
    size_t *faults;
    xd_report_t *rep;
} maker_t;


/* The issuer's number, then what it says: no two pairs give the same bytes. */
static xd_str_t
subject_key(char out[1 + SUBJECT_MAX], const xd_issuer_t *issuer,
    xd_str_t subject)
{
    if (subject.len == 0 || subject.len > SUBJECT_MAX) {
        return XD_STR_NONE;
    }

    out[0] = (char) issuer->number;
    memcpy(out + 1, subject.ptr, subject.len);

    return (xd_str_t){ out, 1 + subject.len };
}


static void
twice(maker_t *m, const xd_node_t *entry, const xd_node_t *twin,
    const char *rule, const char *what)
{
    xd_str_t at = xd_conf_place(m->arena, m->conf, twin);

    (*m->faults)++;
    xd_conf_fault(m->rep, m->conf, entry, rule, "This %s stands at %.*s too.",
        what, XD_FMT(at));
}


static void
wrong(maker_t *m, const xd_node_t *entry, const char *rule, const char *text)
{
    (*m->faults)++;
    xd_conf_fault(m->rep, m->conf, entry, rule, "%s", text);
}


/* -- issuers --------------------------------------------------------------- */


static xd_rc_t
resolve(maker_t *m, xd_str_t path, xd_str_t *out)
{
    *out = path.ptr == NULL ? path : xd_conf_resolve(m->conf, path);

    return path.ptr == NULL || out->ptr != NULL ? XD_OK : XD_E_MEMORY;
}


static xd_rc_t
fill_keys(maker_t *m, xd_issuer_t *issuer, const xd_node_t *keys)
{
    issuer->keys = (xd_jwks_options_t){
        .use = xd_str_is(xd_text(keys, "kind"), "secret") ? XD_JWKS_SECRET
                                                          : XD_JWKS_PUBLIC,
        .rsa_alg = xd_alg_of_jose(xd_text(keys, "rsa")),
        .oct_alg = xd_alg_of_jose(xd_text(keys, "oct")),
    };
    issuer->url = xd_text(keys, "url");
    issuer->refresh = xd_conf_ms(keys, "refresh", 300 * 1000) / 1000;
    issuer->stale = xd_conf_ms(keys, "stale", 24 * 3600 * 1000) / 1000;

    return resolve(m, xd_text(keys, "file"), &issuer->file) == XD_OK
                   && resolve(m, xd_text(keys, "ca"), &issuer->ca) == XD_OK
               ? XD_OK
               : XD_E_MEMORY;
}


/* Keys that come in the open could be anybody's; within this machine there is
 * nobody on the way. */
static bool
is_safe(xd_str_t url)
{
    static const char *const loopback[] = { "127.", "localhost:", "localhost/",
        "[::1]" };
    const xd_str_t scheme = XD_STR("http://");

    if (!xd_str_starts(url, scheme)) {
        return true;
    }

    url.ptr += scheme.len;
    url.len -= scheme.len;

    for (size_t i = 0; i < sizeof(loopback) / sizeof(loopback[0]); i++) {
        if (xd_str_starts(url, xd_str(loopback[i]))) {
            return true;
        }
    }

    return false;
}


static void
check_leeway(maker_t *m, const xd_issuer_t *issuer)
{
    if (issuer->leeway > LEEWAY_MAX) {
        wrong(m, xd_get(issuer->entry, "leeway"), "conf.issuer.leeway",
            "A leeway is for clocks that differ: at most 300s.");
    }
}


/* A token that says nothing does not say whose it is. */
static void
check_asked(maker_t *m, const xd_issuer_t *issuer)
{
    const xd_node_t *introspect = xd_get(issuer->entry, "introspect");
    const xd_issuer_t *first = xd_issuer_asked(m->own);

    if (xd_get(issuer->entry, "keys") != NULL) {
        wrong(m, introspect, "conf.issuer.keys",
            "Tokens are signed or asked about: give 'keys' or 'introspect'.");
    } else if (first != NULL && first->number < issuer->number) {
        wrong(m, introspect, "conf.issuer.introspect",
            "One issuer at most can be asked about tokens.");
    } else if (!is_safe(issuer->url)) {
        wrong(m, xd_get(introspect, "url"), "conf.issuer.url",
            "Tokens are shown by https, or to a loopback address.");
    } else if (issuer->once) {
        wrong(m, xd_get(issuer->entry, "once"), "conf.issuer.once",
            "Whether a token was used is its issuer's to say: leave 'once'.");
    }
}


static void
check_issuer(maker_t *m, const xd_issuer_t *issuer)
{
    const xd_node_t *keys = xd_get(issuer->entry, "keys");

    check_leeway(m, issuer);

    if (issuer->client.ptr != NULL) {
        check_asked(m, issuer);
    } else if ((issuer->file.ptr == NULL) == (issuer->url.ptr == NULL)) {
        wrong(m, keys != NULL ? keys : issuer->entry, "conf.issuer.keys",
            "Keys come from one place: give 'file' or 'url'.");
    } else if (issuer->url.ptr != NULL && issuer->keys.use == XD_JWKS_SECRET) {
        wrong(m, keys, "conf.issuer.secret",
            "Secrets are not fetched: keys of kind 'secret' stand in a file.");
    } else if (issuer->url.ptr != NULL && !is_safe(issuer->url)) {
        wrong(m, xd_get(keys, "url"), "conf.issuer.url",
            "Keys are fetched by https, or from a loopback address.");
    }
}


static xd_rc_t
fill_introspect(maker_t *m, xd_issuer_t *issuer, const xd_node_t *introspect)
{
    issuer->url = xd_text(introspect, "url");
    issuer->client = xd_text(introspect, "client");
    issuer->ttl = xd_conf_ms(introspect, "ttl", 60 * 1000) / 1000;

    return resolve(m, xd_text(introspect, "ca"), &issuer->ca) == XD_OK
                   && resolve(m, xd_text(introspect, "secret"), &issuer->secret)
                          == XD_OK
               ? XD_OK
               : XD_E_MEMORY;
}


static xd_rc_t
fill_issuer(maker_t *m, xd_issuer_t *issuer, const xd_node_t *entry)
{
    xd_str_t type = xd_text(entry, "type"), claim = xd_text(entry, "claim");
    int64_t after = 0;

    /* Checked against the schema; one that is absent is 0. */
    (void) xd_instant_read(xd_text(entry, "issued_after"), &after);

    *issuer = (xd_issuer_t){ .id = xd_text(entry, "id"),
        .number = issuer->number,
        .name = xd_text(entry, "issuer"),
        .audiences = XD_VEC(xd_str_t),
        .type = type.ptr == NULL ? XD_STR("at+jwt") : type,
        .claim = claim.ptr == NULL ? XD_STR("client_id") : claim,
        .leeway = xd_conf_ms(entry, "leeway", 30 * 1000) / 1000,
        .life = xd_conf_ms(entry, "life", 24 * 3600 * 1000) / 1000,
        .issued_after = after / 1000,
        .once = xd_truth(entry, "once", false),
        .entry = entry };

    if (xd_str_is(issuer->type, "any")) {
        issuer->type = XD_STR_NONE;
    }

    xd_each (audience, xd_get(entry, "audiences")) {
        xd_str_t *slot = xd_vec_push(&issuer->audiences, m->arena);

        if (slot == NULL) {
            return XD_E_MEMORY;
        }
        *slot = audience->text;
    }

    return xd_get(entry, "introspect") != NULL
               ? fill_introspect(m, issuer, xd_get(entry, "introspect"))
               : fill_keys(m, issuer, xd_get(entry, "keys"));
}


static xd_rc_t
index_issuer(maker_t *m, xd_issuer_t *issuer)
{
    const xd_issuer_t *twin = xd_map_get(m->own->by_name, issuer->name);
    xd_rc_t rc;

    check_issuer(m, issuer);

    if (twin != NULL) {
        twice(m, issuer->entry, twin->entry, "conf.issuer.twice", "issuer");
        return XD_OK;
    }

    twin = xd_map_get(m->own->by_id, issuer->id);
    if (twin != NULL) {
        twice(m, issuer->entry, twin->entry, "conf.issuer.twice", "id");
        return XD_OK;
    }

    rc = xd_map_put(m->own->by_name, issuer->name, issuer, NULL);

    return rc == XD_OK ? xd_map_put(m->own->by_id, issuer->id, issuer, NULL)
                       : rc;
}


/* All are pushed before one is pointed to: a vector moves as it grows. */
static xd_rc_t
add_issuers(maker_t *m)
{
    const xd_node_t *list = xd_get(m->conf->consumers, "issuers");
    xd_rc_t rc = XD_OK;

    xd_each (entry, list) {
        xd_issuer_t *issuer = xd_vec_push(&m->own->issuers, m->arena);

        if (issuer == NULL) {
            return XD_E_MEMORY;
        }

        issuer->number = m->own->issuers.count - 1;
        rc = rc == XD_OK ? fill_issuer(m, issuer, entry) : rc;
    }

    for (size_t i = 0; i < m->own->issuers.count && rc == XD_OK; i++) {
        rc = index_issuer(m, XD_AT(&m->own->issuers, xd_issuer_t, i));
    }

    return rc;
}


/* -- parties --------------------------------------------------------------- */


/* One thing that proves who a party is; key is copied. */
static xd_rc_t
claim(maker_t *m, xd_map_t *map, xd_str_t key, const xd_party_t *party,
    const xd_node_t *entry)
{
    const owner_t *twin = xd_map_get(map, key);
    owner_t *owner;

    if (twin != NULL) {
        twice(m, entry, twin->entry, "conf.credential.twice",
            "belongs to one party, and");
        return XD_OK;
    }

    owner = xd_alloc(m->arena, sizeof(*owner));
    key = xd_dup(m->arena, key);
    if (owner == NULL || key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    *owner = (owner_t){ party, entry };

    return xd_map_put(map, key, owner, NULL);
}


static xd_rc_t
add_token(maker_t *m, const xd_party_t *party, const xd_node_t *entry)
{
    const xd_issuer_t *issuer =
        xd_map_get(m->own->by_id, xd_text(entry, "issuer"));
    char bytes[1 + SUBJECT_MAX];
    xd_str_t key;

    if (issuer == NULL) {
        wrong(m, entry, "conf.token.issuer",
            "There is no such issuer: it must stand under 'issuers' of "
            "consumers.yaml.");
        return XD_OK;
    }

    key = subject_key(bytes, issuer, xd_text(entry, "subject"));

    return key.ptr == NULL ? XD_OK
                           : claim(m, m->own->subjects, key, party, entry);
}


/* By the name that HTTP message signatures have for it. */
static xd_alg_t
alg_of_http(xd_str_t name)
{
    for (xd_alg_t alg = XD_ALG_NONE + 1; alg < XD_ALGS; alg++) {
        if (xd_algs[alg].http != NULL && xd_str_is(name, xd_algs[alg].http)) {
            return alg;
        }
    }

    return XD_ALG_NONE;
}


static xd_rc_t
add_signer(maker_t *m, const xd_party_t *party, const xd_node_t *entry)
{
    xd_signer_t *signer = xd_alloc(m->arena, sizeof(*signer));
    xd_signer_t **slot = xd_vec_push(&m->own->signers, m->arena);
    const xd_signer_t *twin;

    if (signer == NULL || slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = signer;
    *signer = (xd_signer_t){ .keyid = xd_text(entry, "keyid"),
        .number = m->own->signers.count - 1,
        .party = party,
        .alg = alg_of_http(xd_text(entry, "alg")),
        .entry = entry };

    if (resolve(m, xd_text(entry, "file"), &signer->file) != XD_OK) {
        return XD_E_MEMORY;
    }

    twin = xd_map_get(m->own->keyids, signer->keyid);
    if (twin != NULL) {
        twice(m, entry, twin->entry, "conf.credential.twice",
            "belongs to one party, and");
        return XD_OK;
    }

    return xd_map_put(m->own->keyids, signer->keyid, signer, NULL);
}


static xd_rc_t
add_hook(maker_t *m, const xd_party_t *party, const xd_node_t *entry)
{
    const xd_webhook_t *profile = xd_webhook_find(xd_text(entry, "profile"));
    xd_hook_t *hook, **slot;

    if (profile == NULL || xd_hook_find(m->own, party, profile) != NULL) {
        wrong(m, entry, "conf.webhook.profile",
            profile == NULL ? "There is no such profile of webhooks."
                            : "A party has one secret for each profile.");
        return XD_OK;
    }

    hook = xd_alloc(m->arena, sizeof(*hook));
    slot = xd_vec_push(&m->own->hooks, m->arena);
    if (hook == NULL || slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = hook;
    *hook = (xd_hook_t){ .number = m->own->hooks.count - 1,
        .party = party,
        .profile = profile };

    return resolve(m, xd_text(entry, "secret"), &hook->file);
}


static xd_rc_t
add_certificate(maker_t *m, const xd_party_t *party, const xd_node_t *entry)
{
    return claim(m, m->own->certs, xd_text(entry, "sha256"), party, entry);
}


static xd_rc_t
add_party(maker_t *m, const xd_party_t *party)
{
    static const struct {
        const char *member;
        xd_rc_t (
            *add)(maker_t *m, const xd_party_t *party, const xd_node_t *entry);
    } kinds[] = {
        { "tokens", add_token },
        { "signatures", add_signer },
        { "webhooks", add_hook },
        { "certificates", add_certificate },
    };

    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        xd_each (entry, xd_get(party->entry, kinds[i].member)) {
            rc = rc == XD_OK ? kinds[i].add(m, party, entry) : rc;
        }
    }

    return rc;
}


xd_rc_t
xd_credentials_make(xd_arena_t *arena, const xd_conf_t *conf,
    const xd_registry_t *registry, xd_credentials_t **out, size_t *faults,
    xd_report_t *rep)
{
    xd_credentials_t *own = xd_alloc(arena, sizeof(*own));
    maker_t m = { arena, own, conf, faults, rep };
    const xd_party_t *party;
    xd_rc_t rc;

    if (own == NULL) {
        return XD_E_MEMORY;
    }

    own->issuers = XD_VEC(xd_issuer_t);
    own->by_name = xd_map_new(arena);
    own->by_id = xd_map_new(arena);
    own->subjects = xd_map_new(arena);
    own->signers = XD_VEC(xd_signer_t *);
    own->keyids = xd_map_new(arena);
    own->hooks = XD_VEC(xd_hook_t *);
    own->certs = xd_map_new(arena);
    if (own->by_name == NULL || own->by_id == NULL || own->subjects == NULL
        || own->keyids == NULL || own->certs == NULL)
    {
        return XD_E_MEMORY;
    }

    rc = add_issuers(&m);

    for (size_t n = 0; rc == XD_OK; n++) {
        party = xd_registry_nth(registry, n);
        if (party == NULL) {
            break;
        }
        rc = add_party(&m, party);
    }

    if (rc == XD_OK) {
        *out = own;
    }

    return rc;
}


/* -- look-ups -------------------------------------------------------------- */


const xd_issuer_t *
xd_issuer_find(const xd_credentials_t *credentials, xd_str_t name)
{
    return xd_map_get(credentials->by_name, name);
}


const xd_issuer_t *
xd_issuer_nth(const xd_credentials_t *credentials, size_t n)
{
    return n < credentials->issuers.count
               ? XD_AT(&credentials->issuers, xd_issuer_t, n)
               : NULL;
}


const xd_issuer_t *
xd_issuer_asked(const xd_credentials_t *credentials)
{
    for (size_t i = 0; i < credentials->issuers.count; i++) {
        const xd_issuer_t *issuer = xd_issuer_nth(credentials, i);

        if (issuer->client.ptr != NULL) {
            return issuer;
        }
    }

    return NULL;
}


const xd_party_t *
xd_credentials_token(const xd_credentials_t *credentials,
    const xd_issuer_t *issuer, xd_str_t subject)
{
    char bytes[1 + SUBJECT_MAX];
    xd_str_t key = subject_key(bytes, issuer, subject);
    const owner_t *owner =
        key.ptr == NULL ? NULL : xd_map_get(credentials->subjects, key);

    return owner == NULL ? NULL : owner->party;
}


const xd_signer_t *
xd_signer_find(const xd_credentials_t *credentials, xd_str_t keyid)
{
    return xd_map_get(credentials->keyids, keyid);
}


const xd_signer_t *
xd_signer_nth(const xd_credentials_t *credentials, size_t n)
{
    return n < credentials->signers.count
               ? *XD_AT(&credentials->signers, xd_signer_t *, n)
               : NULL;
}


const xd_hook_t *
xd_hook_find(const xd_credentials_t *credentials, const xd_party_t *party,
    const xd_webhook_t *profile)
{
    for (size_t i = 0; i < credentials->hooks.count; i++) {
        const xd_hook_t *hook = xd_hook_nth(credentials, i);

        if (hook->party == party && hook->profile == profile) {
            return hook;
        }
    }

    return NULL;
}


const xd_hook_t *
xd_hook_nth(const xd_credentials_t *credentials, size_t n)
{
    return n < credentials->hooks.count
               ? *XD_AT(&credentials->hooks, xd_hook_t *, n)
               : NULL;
}


const xd_party_t *
xd_credentials_certificate(const xd_credentials_t *credentials,
    const char hex[XD_SHA256_HEX + 1])
{
    const owner_t *owner = xd_map_get(credentials->certs, xd_str(hex));

    return owner == NULL ? NULL : owner->party;
}
