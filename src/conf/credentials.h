/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_CREDENTIALS_H
#define XD_CONF_CREDENTIALS_H

#include "auth/jwk.h"
#include "auth/webhook.h"
#include "conf/conf.h"
#include "conf/registry.h"

/*
 * What parties prove themselves with beside API keys, and who vouches for
 * them.  Key files are not read here: the gateway does, with its own rights.
 */

/* Who issues tokens; one of consumers.yaml's `issuers`. */
typedef struct {
    xd_str_t id;
    size_t number;        /* its place among all issuers, from 0 */
    xd_str_t name;        /* what its tokens carry as iss */
    xd_vec_t audiences;   /* of xd_str_t */
    xd_str_t type;        /* .ptr NULL: any */
    xd_str_t claim;       /* that names the party: client_id, sub or azp */
    int64_t leeway, life; /* seconds */
    int64_t issued_after; /* seconds since 1970; 0: at any time */
    bool once;            /* a token is good for one call: jti */
    xd_jwks_options_t keys;
    xd_str_t file, url;     /* of its key set: one of them, a file absolute */
    xd_str_t ca;            /* file of who may vouch for the url's server */
    int64_t refresh, stale; /* seconds */

    /* Of tokens that say nothing and that it is asked of: url and ca, and as
     * whom we ask; client.ptr is NULL where tokens are signed. */
    xd_str_t client, secret; /* secret: a file, absolute */
    int64_t ttl;             /* seconds that an answer is remembered */
    const xd_node_t *entry;
} xd_issuer_t;

#define XD_ISSUERS_MAX 64

/* A key that a party signs whole requests with (RFC 9421). */
typedef struct {
    xd_str_t keyid;
    size_t number; /* its place among all signers, from 0 */
    const xd_party_t *party;
    xd_alg_t alg;
    xd_str_t file; /* a public key (PEM), or a secret; absolute */
    const xd_node_t *entry;
} xd_signer_t;

/* How a party's system signs the bodies that it posts. */
typedef struct {
    size_t number;
    const xd_party_t *party;
    const xd_webhook_t *profile;
    xd_str_t file; /* of the secret, absolute */
} xd_hook_t;

/*
 * xd_credentials_make - index them
 *
 *   registry  with all its parties; credentials belong to it
 *   faults    is raised by one for each finding: an issuer's name or a
 *             credential that stands twice, an issuer that is unknown or has
 *             not just one source of keys
 *
 * Returns XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_credentials_make(xd_arena_t *arena, const xd_conf_t *conf,
    const xd_registry_t *registry, xd_credentials_t **out, size_t *faults,
    xd_report_t *rep);

/* The issuer of that iss, byte for byte; NULL when there is none. */
const xd_issuer_t *xd_issuer_find(const xd_credentials_t *credentials,
    xd_str_t name);

/* All of them: the one whose number is n, or NULL behind the last. */
const xd_issuer_t *xd_issuer_nth(const xd_credentials_t *credentials, size_t n);

/* The issuer that is asked about its tokens; NULL when there is none. */
const xd_issuer_t *xd_issuer_asked(const xd_credentials_t *credentials);

/* The party whose token of that issuer says that of itself, or NULL. */
const xd_party_t *xd_credentials_token(const xd_credentials_t *credentials,
    const xd_issuer_t *issuer, xd_str_t subject);

/* The signer of that keyid, and all of them; NULL when there is none. */
const xd_signer_t *xd_signer_find(const xd_credentials_t *credentials,
    xd_str_t keyid);
const xd_signer_t *xd_signer_nth(const xd_credentials_t *credentials, size_t n);

/* A party's webhooks of that profile, and all of them; NULL. */
const xd_hook_t *xd_hook_find(const xd_credentials_t *credentials,
    const xd_party_t *party, const xd_webhook_t *profile);
const xd_hook_t *xd_hook_nth(const xd_credentials_t *credentials, size_t n);

/* The party whose certificate has that SHA-256, in lower-case hex; NULL. */
const xd_party_t *xd_credentials_certificate(const xd_credentials_t
                                                 *credentials,
    const char hex[XD_SHA256_HEX + 1]);

#endif
