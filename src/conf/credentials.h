/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_CREDENTIALS_H
#define XD_CONF_CREDENTIALS_H

#include "auth/jwk.h"
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
    bool once;            /* a token is good for one call: jti */
    xd_jwks_options_t keys;
    xd_str_t file, url;     /* of its key set: one of them, a file absolute */
    xd_str_t ca;            /* file of who may vouch for the url's server */
    int64_t refresh, stale; /* seconds */
    const xd_node_t *entry;
} xd_issuer_t;

#define XD_ISSUERS_MAX 64

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

/* The party whose token of that issuer says that of itself, or NULL. */
const xd_party_t *xd_credentials_token(const xd_credentials_t *credentials,
    const xd_issuer_t *issuer, xd_str_t subject);

#endif
