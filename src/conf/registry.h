/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_REGISTRY_H
#define XD_CONF_REGISTRY_H

#include "base/map.h"
#include "base/vec.h"
#include "conf/conf.h"
#include "conf/plan.h"

/*
 * Who may call: API consumers (consumers.yaml) and partners
 * (partners/<id>.yaml) in one id space, ready for look-ups at request time.
 */

typedef struct {
    xd_str_t id;   /* "<party>": lower case, digits, '-' */
    size_t number; /* its place among all parties, from 0 */
    bool partner;
    const xd_plan_t *plan;
    const xd_node_t *entry; /* its own configuration */
    xd_vec_t scopes;        /* of xd_str_t */
    xd_vec_t edi_ids;       /* of xd_edi_id_t: ISA/UNB senders it may use */
} xd_party_t;

typedef struct {
    xd_str_t qualifier, id;
} xd_edi_id_t;

typedef struct xd_registry_s xd_registry_t;
typedef struct xd_credentials_s xd_credentials_t;

/*
 * xd_registry_make - index the parties of a configuration
 *
 *   pepper  secret key of the key hashes
 *
 * Returns XD_OK; XD_E_CONF with findings (two keys with one hash, one id
 * twice, one ISA sender of two partners, a policy or credential that cannot
 * be); XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_registry_make(xd_arena_t *arena, const xd_conf_t *conf,
    xd_str_t pepper, xd_registry_t **out, xd_report_t *rep);

/*
 * xd_registry_key - who owns this API key
 *
 *   key     as sent: "<prefix>.<secret>"
 *   now_ms  keys have not-before and expiry
 *
 * Only HMAC-SHA-256(pepper, key) is compared, in constant time.  Returns NULL
 * for an unknown, early or expired key.
 */
const xd_party_t *xd_registry_key(const xd_registry_t *reg, xd_str_t key,
    int64_t now_ms);

const xd_party_t *xd_registry_party(const xd_registry_t *reg, xd_str_t id);

/* All of them: the one whose number is n, or NULL behind the last. */
const xd_party_t *xd_registry_nth(const xd_registry_t *reg, size_t n);

/* The same for plans; NULL for a name that is none. */
const xd_plan_t *xd_registry_plan(const xd_registry_t *reg, xd_str_t name);
const xd_plan_t *xd_registry_nth_plan(const xd_registry_t *reg, size_t n);

/* Policies that no plan owns: of what stands behind, and of addresses. */
const xd_plan_t *xd_registry_shared(const xd_registry_t *reg);

/* What parties prove themselves with beside keys: conf/credentials.h. */
const xd_credentials_t *xd_registry_credentials(const xd_registry_t *reg);

/* The partner that owns this EDI id, or NULL. */
const xd_party_t *xd_registry_edi(const xd_registry_t *reg, xd_str_t qualifier,
    xd_str_t id);

bool xd_party_has_scope(const xd_party_t *party, xd_str_t scope);
bool xd_party_is_edi(const xd_party_t *party, xd_str_t qualifier, xd_str_t id);

/* What stands in consumers.yaml for a key: hex of HMAC-SHA-256. */
void xd_registry_hash(xd_str_t pepper, xd_str_t key,
    char out[XD_SHA256_HEX + 1]);

#endif
