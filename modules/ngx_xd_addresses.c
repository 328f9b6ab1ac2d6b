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


ngx_xd_tat_t *
ngx_xd_address_cell(const ngx_xd_addresses_t *addresses, uint64_t salt,
    const struct sockaddr *sa)
{
    uint8_t digest[XD_SHA256_LEN];
    u_char text[sizeof(addresses->secret) + sizeof(salt) + 8];
    u_char *at = text;
    uint64_t hash;

    at = ngx_cpymem(at, addresses->secret, sizeof(addresses->secret));
    at = ngx_cpymem(at, &salt, sizeof(salt));

    if (sa->sa_family == AF_INET) {
        at = ngx_cpymem(at,
            &((const struct sockaddr_in *) (const void *) sa)->sin_addr, 4);
    } else if (sa->sa_family == AF_INET6) {
        at = ngx_cpymem(at,
            &((const struct sockaddr_in6 *) (const void *) sa)->sin6_addr, 8);
    }

    xd_sha256((xd_str_t){ (const char *) text, (size_t) (at - text) }, digest);
    ngx_memcpy(&hash, digest, sizeof(hash));

    return &addresses->cells[hash % addresses->ncells];
}
