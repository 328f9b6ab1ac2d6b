/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_addresses.h"
#include "base/id.h"
#include "crypt/digest.h"

#define ZONE "xd_addresses_1"
#define SIZE (512 * 1024) /* some 60,000 cells */
#define HEAD 64           /* bytes in front: the size, the secret */


/* The zone is one array. */
static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;
    ngx_xd_addresses_t *addresses = zone->data;
    size_t bytes = pool->pfree * ngx_pagesize;
    u_char *at;

    if (data != NULL || zone->shm.exists) {
        at = pool->data;
        bytes = ((size_t *) (void *) at)[0];
    } else {
        at = ngx_slab_calloc(pool, bytes);
        if (at == NULL) {
            return NGX_ERROR;
        }
        xd_random(at + 16, sizeof(addresses->secret));
        ((size_t *) (void *) at)[0] = bytes;
        pool->data = at;
    }

    ngx_memcpy(addresses->secret, at + 16, sizeof(addresses->secret));
    addresses->cells = (ngx_xd_tat_t *) (void *) (at + HEAD);
    addresses->ncells = (bytes - HEAD) / sizeof(*addresses->cells);

    return NGX_OK;
}


ngx_xd_addresses_t *
ngx_xd_addresses(ngx_conf_t *cf)
{
    ngx_str_t name = ngx_string(ZONE);
    ngx_xd_addresses_t *addresses = ngx_pcalloc(cf->pool, sizeof(*addresses));
    ngx_shm_zone_t *zone;

    zone = ngx_shared_memory_add(cf, &name, SIZE, &ngx_http_xd_module);
    if (zone == NULL || addresses == NULL) {
        return NULL;
    }

    zone->init = zone_init;
    zone->data = addresses;

    return addresses;
}


static ngx_xd_tat_t *
find_cell(const ngx_xd_addresses_t *addresses, uint64_t salt, uint64_t address)
{
    uint8_t digest[XD_SHA256_LEN];
    u_char text[sizeof(addresses->secret) + sizeof(salt) + sizeof(address)];
    u_char *at = text;
    uint64_t hash;

    at = ngx_cpymem(at, addresses->secret, sizeof(addresses->secret));
    at = ngx_cpymem(at, &salt, sizeof(salt));
    (void) ngx_cpymem(at, &address, sizeof(address));

    xd_sha256((xd_str_t){ (const char *) text, sizeof(text) }, digest);
    ngx_memcpy(&hash, digest, sizeof(hash));

    return &addresses->cells[hash % addresses->ncells];
}


/* The hash costs more than all else that is done with the cell, and callers
 * come again: so the last few are kept. */
ngx_xd_tat_t *
ngx_xd_address_cell(ngx_xd_addresses_t *addresses, uint64_t salt,
    const struct sockaddr *sa)
{
    uint64_t address = 0;
    ngx_xd_address_t *recent;

    if (sa->sa_family == AF_INET) {
        ngx_memcpy(&address,
            &((const struct sockaddr_in *) (const void *) sa)->sin_addr, 4);
    } else if (sa->sa_family == AF_INET6) {
        ngx_memcpy(&address,
            &((const struct sockaddr_in6 *) (const void *) sa)->sin6_addr, 8);
    }

    recent = &addresses->recent[(address ^ address >> 24 ^ address >> 48 ^ salt)
                                % NGX_XD_ADDRESSES_RECENT];

    if (recent->cell == NULL || recent->address != address
        || recent->salt != salt) {
        recent->address = address;
        recent->salt = salt;
        recent->cell = find_cell(addresses, salt, address);
    }

    return recent->cell;
}
