/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Three maps over one row of parties: by id, by hash of a key, by EDI id; and
 * the plans that they are on.
 * Look-ups run for each request inside nginx: they build their key on the
 * stack and allocate nothing.
 */

#include "conf/registry.h"

#include "base/clock.h"
#include "conf/credentials.h"
#include "conf/place.h"


#define QUALIFIER_MAX 8  /* UNB allows 4 */
#define EDI_ID_MAX    35 /* UNB S002/0004 */
#define EDI_KEY_MAX   (1 + QUALIFIER_MAX + EDI_ID_MAX)

typedef struct {
    const xd_party_t *party;
    const xd_node_t *entry; /* where it stands */
    xd_str_t hash;
    int64_t not_before, expires; /* ms; expires 0: never */
} api_key_t;

typedef struct {
    const xd_party_t *party;
    const xd_node_t *entry;
} owner_t;

struct xd_registry_s {
    xd_arena_t *arena;
    xd_mac_t *mac;   /* under the pepper */
    xd_map_t *plans; /* name -> xd_plan_t */
    xd_plan_t shared;
    xd_vec_t by_plan;  /* of const xd_plan_t *, by their numbers */
    xd_map_t *parties; /* id -> xd_party_t */
    xd_vec_t by_party; /* of const xd_party_t *, by their numbers */
    xd_map_t *keys;    /* hash in hex -> api_key_t */
    xd_map_t *edi;     /* edi_key() -> owner_t */
    xd_credentials_t *credentials;
};

/* What xd_registry_make works with. */
typedef struct {
    xd_registry_t *reg;
    const xd_conf_t *conf;
    xd_report_t *rep;
    size_t faults;
} maker_t;


/* Length of the qualifier, qualifier, id: no two pairs give the same bytes.
 * ISA pads with blanks, so they do not count. */
static xd_str_t
edi_key(char out[EDI_KEY_MAX], xd_str_t qualifier, xd_str_t id)
{
    qualifier = xd_str_trim(qualifier);
    id = xd_str_trim(id);

    if (qualifier.len > QUALIFIER_MAX || id.len == 0 || id.len > EDI_ID_MAX) {
        return XD_STR_NONE;
    }

    out[0] = (char) qualifier.len;
    if (qualifier.len > 0) {
        memcpy(out + 1, qualifier.ptr, qualifier.len);
    }
    memcpy(out + 1 + qualifier.len, id.ptr, id.len);

    return (xd_str_t){ out, 1 + qualifier.len + id.len };
}


static xd_rc_t
add_strings(xd_arena_t *arena, const xd_node_t *list, xd_vec_t *out)
{
    xd_each (item, list) {
        xd_str_t *slot = xd_vec_push(out, arena);

        if (slot == NULL) {
            return XD_E_MEMORY;
        }
        *slot = item->text;
    }

    return XD_OK;
}


/* A sample has to show a key without anybody owning it. */
static bool
is_placeholder(xd_str_t hash)
{
    size_t i = 0;

    while (i < hash.len && hash.ptr[i] == '0') {
        i++;
    }

    return i == hash.len;
}


static xd_rc_t
add_key(maker_t *m, const xd_party_t *party, const xd_node_t *entry)
{
    xd_str_t hash = xd_text(entry, "hash");
    api_key_t *key, *twin;

    if (hash.len != XD_SHA256_HEX || is_placeholder(hash)) {
        return XD_OK;
    }

    twin = xd_map_get(m->reg->keys, hash);
    if (twin != NULL) {
        xd_str_t at = xd_conf_place(m->reg->arena, m->conf, twin->entry);

        m->faults++;
        xd_conf_fault(m->rep, m->conf, entry, "conf.key.twice",
            "This hash stands at %.*s too: a key belongs to one caller; 64 "
            "zeros keep the place of a key that is still to be made.",
            XD_FMT(at));
        return XD_OK;
    }

    key = xd_alloc(m->reg->arena, sizeof(*key));
    if (key == NULL) {
        return XD_E_MEMORY;
    }

    key->party = party;
    key->entry = entry;
    key->hash = hash;

    /* Instants were checked against the schema; one that is absent is 0. */
    (void) xd_instant_read(xd_text(entry, "not_before"), &key->not_before);
    (void) xd_instant_read(xd_text(entry, "expires"), &key->expires);

    return xd_map_put(m->reg->keys, hash, key, NULL);
}


static xd_rc_t
claim_edi_id(maker_t *m, xd_party_t *party, const xd_node_t *entry)
{
    xd_edi_id_t id = { xd_text(entry, "qualifier"), xd_text(entry, "id") };
    char bytes[EDI_KEY_MAX];
    xd_str_t key = edi_key(bytes, id.qualifier, id.id);
    xd_edi_id_t *slot;
    owner_t *owner;

    if (key.ptr == NULL) {
        return XD_OK;
    }

    owner = xd_map_get(m->reg->edi, key);
    if (owner != NULL) {
        xd_str_t at = xd_conf_place(m->reg->arena, m->conf, owner->entry);

        m->faults++;
        xd_conf_fault(m->rep, m->conf, entry, "conf.edi-id.twice",
            "This EDI id stands at %.*s too: an id belongs to one partner.",
            XD_FMT(at));
        return XD_OK;
    }

    slot = xd_vec_push(&party->edi_ids, m->reg->arena);
    owner = xd_alloc(m->reg->arena, sizeof(*owner));
    key = xd_dup(m->reg->arena, key);

    if (slot == NULL || owner == NULL || key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    *slot = id;
    *owner = (owner_t){ party, entry };

    return xd_map_put(m->reg->edi, key, owner, NULL);
}


static xd_rc_t
fill_party(maker_t *m, xd_party_t *party)
{
    const xd_node_t *entry = party->entry;
    xd_rc_t rc;

    rc = add_strings(m->reg->arena, xd_get(entry, "scopes"), &party->scopes);

    xd_each (key, xd_get(entry, "keys")) {
        if (rc == XD_OK) {
            rc = add_key(m, party, key);
        }
    }

    xd_each (id, xd_get(xd_get(entry, "edi"), "ids")) {
        if (rc == XD_OK) {
            rc = claim_edi_id(m, party, id);
        }
    }

    return rc;
}


/* id is a consumer's own member, but the name of a partner's file. */
static xd_rc_t
add_party(maker_t *m, const xd_node_t *entry, xd_str_t id, bool partner)
{
    const xd_party_t *twin = xd_registry_party(m->reg, id);
    const xd_party_t **slot;
    xd_party_t *party;
    xd_rc_t rc;

    if (id.len == 0) {
        return XD_OK;
    }

    if (twin != NULL) {
        xd_str_t at = xd_conf_place(m->reg->arena, m->conf, twin->entry);

        m->faults++;
        xd_conf_fault(m->rep, m->conf, entry, "conf.id.twice",
            "The id '%.*s' is taken by %.*s: consumers, partners and systems "
            "share one id space.",
            XD_FMT(id), XD_FMT(at));
        return XD_OK;
    }

    party = xd_alloc(m->reg->arena, sizeof(*party));
    slot = xd_vec_push(&m->reg->by_party, m->reg->arena);
    if (party == NULL || slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = party;
    *party = (xd_party_t){ .id = id,
        .number = m->reg->by_party.count - 1,
        .partner = partner,
        .plan = xd_registry_plan(m->reg, xd_text(entry, "plan")),
        .entry = entry,
        .scopes = XD_VEC(xd_str_t),
        .edi_ids = XD_VEC(xd_edi_id_t) };

    rc = xd_map_put(m->reg->parties, id, party, NULL);

    return rc == XD_OK ? fill_party(m, party) : rc;
}


static xd_rc_t
add_parties(maker_t *m)
{
    xd_rc_t rc = XD_OK;

    xd_each (consumer, xd_get(m->conf->consumers, "consumers")) {
        if (rc == XD_OK) {
            rc = add_party(m, consumer, xd_text(consumer, "id"), false);
        }
    }

    xd_each (partner, m->conf->partners) {
        if (rc == XD_OK) {
            rc = add_party(m, partner, partner->key, true);
        }
    }

    return rc;
}


static xd_rc_t
add_plans(maker_t *m)
{
    xd_rc_t rc = xd_plans_make(m->reg->arena, m->conf, m->reg->plans,
        &m->reg->shared, &m->faults, m->rep);

    xd_each (entry, xd_get(m->conf->consumers, "plans")) {
        const xd_plan_t **slot;

        if (rc != XD_OK) {
            return rc;
        }

        slot = xd_vec_push(&m->reg->by_plan, m->reg->arena);
        if (slot == NULL) {
            return XD_E_MEMORY;
        }

        *slot = xd_registry_plan(m->reg, entry->key);
    }

    return rc;
}


xd_rc_t
xd_registry_make(xd_arena_t *arena, const xd_conf_t *conf, xd_str_t pepper,
    xd_registry_t **out, xd_report_t *rep)
{
    xd_registry_t *reg = xd_alloc(arena, sizeof(*reg));
    maker_t m = { reg, conf, rep, 0 };
    xd_rc_t rc;

    if (reg == NULL) {
        return XD_E_MEMORY;
    }

    reg->arena = arena;
    reg->mac = xd_mac_new(arena, pepper);
    reg->plans = xd_map_new(arena);
    reg->by_plan = XD_VEC(const xd_plan_t *);
    reg->parties = xd_map_new(arena);
    reg->by_party = XD_VEC(const xd_party_t *);
    reg->keys = xd_map_new(arena);
    reg->edi = xd_map_new(arena);

    if (reg->mac == NULL || reg->plans == NULL || reg->parties == NULL
        || reg->keys == NULL || reg->edi == NULL)
    {
        return XD_E_MEMORY;
    }

    rc = add_plans(&m);

    if (rc == XD_OK) {
        rc = add_parties(&m);
    }

    if (rc == XD_OK) {
        rc = xd_credentials_make(arena, conf, reg, &reg->credentials, &m.faults,
            rep);
    }

    if (rc == XD_OK && m.faults > 0) {
        rc = XD_E_CONF;
    }

    if (rc == XD_OK) {
        *out = reg;
    }

    return rc;
}


void
xd_registry_hash(xd_str_t pepper, xd_str_t key, char out[XD_SHA256_HEX + 1])
{
    uint8_t digest[XD_SHA256_LEN];

    xd_hmac_sha256(pepper, key, digest);
    xd_hex(digest, sizeof(digest), out);
}


const xd_party_t *
xd_registry_key(const xd_registry_t *reg, xd_str_t key, int64_t now_ms)
{
    uint8_t digest[XD_SHA256_LEN];
    char hex[XD_SHA256_HEX + 1];
    const api_key_t *found;

    xd_mac_sha256(reg->mac, key, digest);
    xd_hex(digest, sizeof(digest), hex);
    found = xd_map_get(reg->keys, (xd_str_t){ hex, XD_SHA256_HEX });

    /* The map's own comparison may stop early, but all it can tell is how
     * much of an HMAC was guessed; what decides does not stop early. */
    if (found == NULL || !xd_equal_ct(found->hash.ptr, hex, XD_SHA256_HEX)) {
        return NULL;
    }

    if (now_ms < found->not_before
        || (found->expires != 0 && now_ms >= found->expires))
    {
        return NULL;
    }

    return found->party;
}


const xd_party_t *
xd_registry_party(const xd_registry_t *reg, xd_str_t id)
{
    return xd_map_get(reg->parties, id);
}


const xd_party_t *
xd_registry_nth(const xd_registry_t *reg, size_t n)
{
    return n < reg->by_party.count
               ? *XD_AT(&reg->by_party, const xd_party_t *, n)
               : NULL;
}


const xd_plan_t *
xd_registry_plan(const xd_registry_t *reg, xd_str_t name)
{
    return xd_map_get(reg->plans, name);
}


const xd_plan_t *
xd_registry_nth_plan(const xd_registry_t *reg, size_t n)
{
    return n < reg->by_plan.count ? *XD_AT(&reg->by_plan, const xd_plan_t *, n)
                                  : NULL;
}


const xd_plan_t *
xd_registry_shared(const xd_registry_t *reg)
{
    return &reg->shared;
}


const xd_credentials_t *
xd_registry_credentials(const xd_registry_t *reg)
{
    return reg->credentials;
}


const xd_party_t *
xd_registry_edi(const xd_registry_t *reg, xd_str_t qualifier, xd_str_t id)
{
    char bytes[EDI_KEY_MAX];
    xd_str_t key = edi_key(bytes, qualifier, id);
    const owner_t *owner = key.ptr != NULL ? xd_map_get(reg->edi, key) : NULL;

    return owner != NULL ? owner->party : NULL;
}


bool
xd_party_has_scope(const xd_party_t *party, xd_str_t scope)
{
    for (size_t i = 0; i < party->scopes.count; i++) {
        if (xd_str_eq(*XD_AT(&party->scopes, xd_str_t, i), scope)) {
            return true;
        }
    }

    return false;
}


bool
xd_party_is_edi(const xd_party_t *party, xd_str_t qualifier, xd_str_t id)
{
    qualifier = xd_str_trim(qualifier);
    id = xd_str_trim(id);

    for (size_t i = 0; i < party->edi_ids.count; i++) {
        const xd_edi_id_t *own = XD_AT(&party->edi_ids, xd_edi_id_t, i);

        if (xd_str_eq(xd_str_trim(own->qualifier), qualifier)
            && xd_str_eq(xd_str_trim(own->id), id))
        {
            return true;
        }
    }

    return false;
}
