/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_keysets.h"
#include "ngx_xd_fetch.h"
#include "base/file.h"
#include "crypt/digest.h"

#define ZONE       "xd_keysets_2"
#define BYTES_MOST (64 * 1024)  /* of a set that is fetched */
#define FILE_MOST  (256 * 1024) /* of one in a file */
#define HEAD_MOST  (16 * 1024)
#define FINDINGS   20
#define TICK_MS    500
#define FETCH_MS   10000
#define BUDGET     30 /* seconds between two fetches that tokens ask for */
#define RETRY      2  /* seconds; doubled with each failure */
#define RETRY_MOST 60

/* What all workers know of a set.  Who it is for is a hash of issuer and url,
 * so that another configuration never takes it for another's. */
typedef struct {
    uint8_t name[XD_SHA256_LEN]; /* zeros: free */
    ngx_atomic_t generation;     /* 0: no set yet */
    ngx_atomic_t fetched;        /* seconds since 1970: last good answer */
    ngx_atomic_t next;           /* when it is fetched again */
    ngx_atomic_t asked;          /* by a token of an unknown key */
    ngx_atomic_t budget;         /* when it may be fetched for that */
    ngx_atomic_t good, bad;      /* answers so far */
    size_t len;
    u_char bytes[BYTES_MOST];
} slot_t;

typedef struct {
    ngx_atomic_t generations; /* given so far */
    slot_t slot[XD_ISSUERS_MAX];
} shared_t;

struct ngx_xd_keyset_s {
    ngx_xd_keysets_t *all;
    const xd_issuer_t *issuer;
    xd_jwks_t *set;
    uint64_t generation; /* that set is of */

    /* Of a set that is fetched. */
    ngx_xd_source_t source;
    slot_t *slot;
    xd_arena_t *arena; /* of this worker's set */
    ngx_uint_t failures;
    ngx_xd_fetch_t *fetch; /* under way, or NULL */
};


/* -- files ----------------------------------------------------------------- */


static void
log_findings(ngx_log_t *log, const char *path, const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        const xd_finding_t *f = &rep->kept[i];
        ngx_uint_t level = f->severity < XD_ERROR ? NGX_LOG_WARN : NGX_LOG_ERR;

        ngx_log_error(level, log, 0, "xd_registry: %s:%uD:%uD: %*s", path,
            f->line, f->column, f->text.len, f->text.ptr);
    }
}


static ngx_int_t
load_file(ngx_conf_t *cf, ngx_xd_keyset_t *ks)
{
    xd_arena_t *arena = ks->all->arena;
    xd_str_t path = xd_dup(arena, ks->issuer->file), bytes;
    xd_report_t rep;
    xd_rc_t rc;

    rc = path.ptr == NULL ? XD_E_MEMORY
                          : xd_file_read(arena, path.ptr, FILE_MOST, &bytes);

    if (rc == XD_OK) {
        xd_report_init(&rep, arena, FINDINGS);
        rc = xd_jwks_read(arena, bytes, &ks->issuer->keys, &ks->set, &rep);
        log_findings(cf->log, path.ptr, &rep);
    }

    if (rc == XD_OK) {
        return NGX_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, rc == XD_E_IO ? ngx_errno : 0,
        "xd_registry: cannot use the keys \"%s\" of the issuer \"%*s\": %s",
        path.ptr == NULL ? "" : path.ptr, ks->issuer->id.len,
        ks->issuer->id.ptr, xd_rc_text(rc));

    return NGX_ERROR;
}


/* -- the zone -------------------------------------------------------------- */


static void
name_of(const xd_issuer_t *issuer, uint8_t out[XD_SHA256_LEN])
{
    xd_hmac_sha256(issuer->name, issuer->url, out);
}


static slot_t *
find_slot(shared_t *shared, const uint8_t name[XD_SHA256_LEN])
{
    for (size_t i = 0; i < XD_ISSUERS_MAX; i++) {
        if (ngx_memcmp(shared->slot[i].name, name, XD_SHA256_LEN) == 0) {
            return &shared->slot[i];
        }
    }

    return NULL;
}


/* A slot for each url; those of earlier configurations stay until a restart,
 * as old workers read them. */
static ngx_int_t
take_slot(ngx_shm_zone_t *zone, shared_t *shared, ngx_xd_keyset_t *ks)
{
    static const uint8_t none[XD_SHA256_LEN];
    uint8_t name[XD_SHA256_LEN];

    name_of(ks->issuer, name);
    ks->slot = find_slot(shared, name);

    if (ks->slot == NULL) {
        ks->slot = find_slot(shared, none);
        if (ks->slot == NULL) {
            ngx_log_error(NGX_LOG_EMERG, zone->shm.log, 0,
                "xd_registry: more than %d urls of keys since the start",
                XD_ISSUERS_MAX);
            return NGX_ERROR;
        }
        ngx_memcpy(ks->slot->name, name, sizeof(name));
    }

    return NGX_OK;
}


static ngx_int_t
zone_init(ngx_shm_zone_t *zone, void *data)
{
    ngx_slab_pool_t *pool = (ngx_slab_pool_t *) (void *) zone->shm.addr;
    ngx_xd_keysets_t *keysets = zone->data;
    ngx_uint_t i;

    if (data == NULL && !zone->shm.exists) {
        pool->data = ngx_slab_calloc(pool, sizeof(shared_t));
        if (pool->data == NULL) {
            return NGX_ERROR;
        }
    }

    for (i = 0; i < keysets->nsets; i++) {
        if (keysets->sets[i].arena != NULL
            && take_slot(zone, pool->data, &keysets->sets[i]) != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


static ngx_slab_pool_t *
pool_of(const ngx_xd_keysets_t *keysets)
{
    return (ngx_slab_pool_t *) (void *) keysets->zone->shm.addr;
}


/* -- configuration time ---------------------------------------------------- */


static void
keysets_end(void *data)
{
    ngx_xd_keysets_t *keysets = data;
    ngx_uint_t i;

    for (i = 0; i < keysets->nsets; i++) {
        xd_arena_free(keysets->sets[i].arena);
    }

    xd_arena_free(keysets->arena);
}


static ngx_int_t
load_url(ngx_conf_t *cf, ngx_xd_keyset_t *ks)
{
    const xd_issuer_t *issuer = ks->issuer;
    char *err = ngx_xd_source(cf, issuer->url, issuer->ca, &ks->source);

    ks->source.most = BYTES_MOST + HEAD_MOST;
    ks->source.ms = FETCH_MS;
    ks->arena = xd_arena_new(0);
    if (err == NGX_CONF_OK && ks->arena != NULL) {
        return NGX_OK;
    }

    ngx_conf_log_error(NGX_LOG_EMERG, cf, 0,
        "xd_registry: the url \"%*s\" of the issuer \"%*s\" %s",
        issuer->url.len, issuer->url.ptr, issuer->id.len, issuer->id.ptr,
        err == NGX_CONF_OK ? "needs more memory than there is" : err);

    return NGX_ERROR;
}


static ngx_int_t
add_zone(ngx_conf_t *cf, ngx_xd_keysets_t *keysets)
{
    ngx_str_t name = ngx_string(ZONE);
    size_t size = sizeof(shared_t) + 32 * ngx_pagesize; /* slab's own share */

    keysets->zone = ngx_shared_memory_add(cf, &name, size, &ngx_http_xd_module);
    if (keysets->zone == NULL) {
        return NGX_ERROR;
    }

    keysets->zone->init = zone_init;
    keysets->zone->data = keysets;

    return NGX_OK;
}


ngx_int_t
ngx_xd_keysets(ngx_conf_t *cf, ngx_xd_keysets_t *keysets,
    const xd_credentials_t *credentials)
{
    ngx_pool_cleanup_t *cln = ngx_pool_cleanup_add(cf->pool, 0);
    const xd_issuer_t *issuer;
    ngx_xd_keyset_t *ks;

    keysets->credentials = credentials;
    keysets->sets = ngx_pcalloc(cf->pool, XD_ISSUERS_MAX * sizeof(*ks));
    keysets->arena = xd_arena_new(0);
    if (cln == NULL || keysets->sets == NULL || keysets->arena == NULL) {
        xd_arena_free(keysets->arena);
        return NGX_ERROR;
    }

    cln->handler = keysets_end;
    cln->data = keysets;

    while ((issuer = xd_issuer_nth(credentials, keysets->nsets)) != NULL) {
        ks = &keysets->sets[keysets->nsets++];
        ks->all = keysets;
        ks->issuer = issuer;

        if ((issuer->url.ptr != NULL ? load_url(cf, ks) : load_file(cf, ks))
            != NGX_OK) {
            return NGX_ERROR;
        }
    }

    return add_zone(cf, keysets);
}


/* -- fetching: one worker -------------------------------------------------- */


/* Only a set that reads well takes the place of the one before. */
static const char *
publish(ngx_xd_keyset_t *ks, xd_str_t body, ngx_log_t *log)
{
    ngx_slab_pool_t *pool = pool_of(ks->all);
    shared_t *shared = pool->data;
    xd_arena_t *arena = xd_arena_new(0);
    slot_t *slot = ks->slot;
    xd_jwks_t *set;
    xd_report_t rep;
    xd_rc_t rc = XD_E_MEMORY;

    if (arena != NULL) {
        xd_report_init(&rep, arena, FINDINGS);
        rc = xd_jwks_read(arena, body, &ks->issuer->keys, &set, &rep);

        if (rc != XD_OK) {
            log_findings(log, "keys", &rep);
        }

        xd_arena_free(arena);
    }

    if (rc != XD_OK || body.len > BYTES_MOST) {
        return "is no set of good keys";
    }

    ngx_shmtx_lock(&pool->mutex);

    if (slot->generation == 0 || slot->len != body.len
        || ngx_memcmp(slot->bytes, body.ptr, body.len) != 0)
    {
        ngx_memcpy(slot->bytes, body.ptr, body.len);
        slot->len = body.len;
        slot->generation = ++shared->generations;
    }

    slot->fetched = (ngx_atomic_uint_t) ngx_time();
    ngx_shmtx_unlock(&pool->mutex);

    return NULL;
}


static void
on_fetched(void *ctx, xd_str_t body, const char *why)
{
    ngx_xd_keyset_t *ks = ctx;
    const xd_issuer_t *issuer = ks->issuer;
    ngx_log_t *log = ks->all->timer.log;
    int64_t pause = issuer->refresh;

    ks->fetch = NULL;

    if (body.ptr != NULL) {
        why = publish(ks, body, log);
    }

    (void) ngx_atomic_fetch_add(why == NULL ? &ks->slot->good : &ks->slot->bad,
        1);

    if (why != NULL) {
        pause = (int64_t) RETRY << ngx_min(ks->failures, 5);
        pause = ngx_min(ngx_min(pause, RETRY_MOST), issuer->refresh);
        ks->failures++;
        ngx_log_error(NGX_LOG_WARN, log, 0,
            "xd: the answer with the keys of \"%*s\" %s; those of before hold",
            issuer->id.len, issuer->id.ptr, why);

    } else if (ks->failures != 0 || ks->generation == 0) {
        ks->failures = 0;
        ngx_log_error(NGX_LOG_NOTICE, log, 0, "xd: keys of \"%*s\" are here",
            issuer->id.len, issuer->id.ptr);
    }

    ks->slot->next = (ngx_atomic_uint_t) (ngx_time() + pause);
}


/* It is time, or a token asks for a key and the budget allows it. */
static ngx_uint_t
is_due(slot_t *slot, ngx_atomic_uint_t now)
{
    if (slot->next <= now) {
        slot->asked = 0;
        return 1;
    }

    if (slot->asked == 0 || slot->budget > now) {
        return 0;
    }

    slot->asked = 0;
    slot->budget = now + BUDGET;

    return 1;
}


static void
on_tick(ngx_event_t *ev)
{
    ngx_xd_keysets_t *keysets = ((ngx_connection_t *) ev->data)->data;
    ngx_xd_keyset_t *ks;
    ngx_uint_t i;

    if (ngx_exiting || ngx_quit || ngx_terminate) {
        return;
    }

    for (i = 0; i < keysets->nsets; i++) {
        ks = &keysets->sets[i];

        if (ks->slot != NULL && ks->fetch == NULL
            && is_due(ks->slot, (ngx_atomic_uint_t) ngx_time()))
        {
            ks->fetch =
                ngx_xd_fetch(&ks->source, NULL, ev->log, on_fetched, ks);
        }
    }

    ngx_add_timer(ev, TICK_MS);
}


void
ngx_xd_keysets_start(ngx_xd_keysets_t *keysets, ngx_log_t *log)
{
    ngx_uint_t i, fetched = 0;

    for (i = 0; i < keysets->nsets; i++) {
        fetched += keysets->sets[i].slot != NULL;
    }

    if (ngx_worker != 0 || fetched == 0) {
        return;
    }

    keysets->dumb.fd = (ngx_socket_t) -1;
    keysets->dumb.data = keysets;
    keysets->timer.handler = on_tick;
    keysets->timer.data = &keysets->dumb;
    keysets->timer.log = log;
    keysets->timer.cancelable = 1;
    ngx_add_timer(&keysets->timer, 1);
}


void
ngx_xd_keysets_stop(ngx_xd_keysets_t *keysets)
{
    ngx_uint_t i;

    for (i = 0; i < keysets->nsets; i++) {
        if (keysets->sets[i].fetch != NULL) {
            ngx_xd_fetch_cancel(keysets->sets[i].fetch);
            keysets->sets[i].fetch = NULL;
        }
    }
}


/* -- looking: every worker ------------------------------------------------- */


/* This worker's own keys from the bytes of all.  They were read by the one
 * that fetched them, so what fails here is memory. */
static void
adopt(ngx_xd_keyset_t *ks)
{
    ngx_slab_pool_t *pool = pool_of(ks->all);
    xd_report_t rep;
    xd_str_t bytes;

    ks->set = NULL;
    xd_arena_reset(ks->arena);

    ngx_shmtx_lock(&pool->mutex);
    bytes = xd_dup(ks->arena,
        (xd_str_t){ (const char *) ks->slot->bytes, ks->slot->len });
    ks->generation = ks->slot->generation;
    ngx_shmtx_unlock(&pool->mutex);

    xd_report_init(&rep, ks->arena, 0);
    if (bytes.ptr == NULL
        || xd_jwks_read(ks->arena, bytes, &ks->issuer->keys, &ks->set, &rep)
               != XD_OK)
    {
        ks->set = NULL;
        ks->generation = 0;
    }
}


const xd_jwks_t *
ngx_xd_keysets_of(ngx_xd_keysets_t *keysets, size_t issuer,
    uint64_t *generation)
{
    ngx_xd_keyset_t *ks = &keysets->sets[issuer];
    const slot_t *slot = ks->slot;

    *generation = 0;

    if (slot == NULL) {
        return ks->set;
    }

    if (slot->generation == 0
        || (int64_t) slot->fetched + ks->issuer->stale <= ngx_time())
    {
        return NULL;
    }

    if (slot->generation != ks->generation) {
        adopt(ks);
    }

    *generation = ks->generation;

    return ks->set;
}


void
ngx_xd_keysets_ask(ngx_xd_keysets_t *keysets, size_t issuer)
{
    slot_t *slot = keysets->sets[issuer].slot;

    if (slot != NULL) {
        slot->asked = 1;
    }
}


/* One line for each set that is fetched. */
static void
write_line(xd_buf_t *b, const ngx_xd_keyset_t *ks, const char *name,
    const char *label, ngx_atomic_uint_t value)
{
    xd_buf_fmt(b, "%s{issuer=\"%.*s\"%s} %lu\n", name, XD_FMT(ks->issuer->id),
        label, value);
}


void
ngx_xd_keysets_write(const ngx_xd_keysets_t *keysets, xd_buf_t *b)
{
    const ngx_xd_keyset_t *ks;
    ngx_uint_t i;

    xd_buf_text(b,
        "# HELP xd_issuer_keys_age_seconds Since the last good answer with an"
        " issuer's keys.\n"
        "# TYPE xd_issuer_keys_age_seconds gauge\n");

    for (i = 0; i < keysets->nsets; i++) {
        ks = &keysets->sets[i];

        if (ks->slot != NULL && ks->slot->fetched != 0) {
            write_line(b, ks, "xd_issuer_keys_age_seconds", "",
                (ngx_atomic_uint_t) ngx_time() - ks->slot->fetched);
        }
    }

    xd_buf_text(b,
        "# HELP xd_issuer_fetches_total Answers of issuers that were asked for"
        " their keys.\n"
        "# TYPE xd_issuer_fetches_total counter\n");

    for (i = 0; i < keysets->nsets; i++) {
        ks = &keysets->sets[i];

        if (ks->slot != NULL) {
            write_line(b, ks, "xd_issuer_fetches_total", ",outcome=\"good\"",
                ks->slot->good);
            write_line(b, ks, "xd_issuer_fetches_total", ",outcome=\"bad\"",
                ks->slot->bad);
        }
    }
}
