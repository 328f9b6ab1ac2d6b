/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_GCRA_H
#define NGX_XD_GCRA_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * What calls are charged to: words in shared memory, several at once, without
 * a lock.  Nothing of nginx is in here.
 *
 * A rate is the generic cell rate algorithm.  Its word is the theoretical
 * arrival time (tat), the instant of CLOCK_MONOTONIC at which all that was
 * spent will have come back; tat - now is the level: how much is spent, as the
 * time that it takes to come back.
 *
 * A quota's word is a window of the calendar and what was spent in it; its
 * level is in units.
 *
 * Calls in flight have a cell for each process, so that what a dead one held
 * can be given back; the level is the sum.
 */

#define NGX_XD_BUCKETS_MAX 16 /* that one call has to pass */

#define NGX_XD_COLUMNS     96 /* processes that hold calls at one time */
#define NGX_XD_CHUNK       24 /* their cells that stand together */
#define NGX_XD_CHUNKS      (NGX_XD_COLUMNS / NGX_XD_CHUNK)

typedef _Atomic int64_t ngx_xd_tat_t;
typedef _Atomic uint16_t ngx_xd_held_t;

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "64-bit words need no lock");
_Static_assert(ATOMIC_SHORT_LOCK_FREE == 2, "nor do the cells");

typedef enum {
    NGX_XD_RATE,
    NGX_XD_QUOTA,
    NGX_XD_INFLIGHT,
} ngx_xd_kind_t;

/* Where they stand; made once for each pot, and the same for all who look. */
typedef struct {
    ngx_xd_tat_t *tat;     /* of a rate or quota */
    ngx_xd_tat_t *granted; /* of a quota: what the disk already knows as spent,
                            * in the same form; NULL: nobody writes */
    ngx_xd_held_t *held[NGX_XD_CHUNKS]; /* of calls in flight */
} ngx_xd_words_t;

typedef struct {
    int64_t unit; /* of level; a rate: ns in which one comes back; else 1 */
    int64_t most; /* the level at which nothing is left */
    ngx_xd_words_t at;
    ngx_xd_kind_t kind;
    int64_t window; /* of a quota: the one that it is now */
    int64_t ends;   /* of it: seconds until the next */
    int column;     /* of calls in flight: this process's */
} ngx_xd_bucket_t;

/* One call's charge. */
typedef struct {
    uint32_t mask;  /* the buckets that it has to pass, bit by place */
    uint32_t full;  /* those that refused; 0: charged to all */
    uint32_t stale; /* those of which the disk must know more first */
    int64_t cost[NGX_XD_BUCKETS_MAX]; /* units */
    int64_t now; /* ns, CLOCK_MONOTONIC: when it was charged */
    int64_t level[NGX_XD_BUCKETS_MAX]; /* behind the call, by place */
} ngx_xd_charge_t;

typedef int64_t ngx_xd_clock_fn(void);


/* Nanoseconds of a clock that never jumps. */
int64_t ngx_xd_mono_ns(void);

/*
 * ngx_xd_take - charge all buckets, or none
 *
 *   c      with mask and cost; gains the rest
 *   clock  ngx_xd_mono_ns, but in tests
 *
 * True when charged.  Never admits more than a policy allows, whatever races;
 * when two calls race for the last of several policies, both may be refused.
 * False with nothing full: what is stale must be written first, then again.
 */
bool ngx_xd_take(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock);

/*
 * ngx_xd_give - take a charge back: of a rate what has not come back by itself
 *
 *   c  as ngx_xd_take left it, charged; level is what remains
 *
 * Once per charge and bucket.  Gives less rather than more: see the comment
 * inside.
 */
void ngx_xd_give(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c, uint32_t mask,
    ngx_xd_clock_fn *clock);

/* Sets level to what it is now, for a charge that stays. */
void ngx_xd_look(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock);

/* Units that may be spent at this level. */
int64_t ngx_xd_left(const ngx_xd_bucket_t *b, int64_t level);

/* Seconds until there is one more, rounded up; 0: nothing is spent, or nobody
 * knows. */
int64_t ngx_xd_until_next(const ngx_xd_bucket_t *b, int64_t level);

/* Seconds until a call of that cost passes, rounded up, at least 1. */
int64_t ngx_xd_until_free(const ngx_xd_bucket_t *b, int64_t level,
    int64_t cost);

/*
 * A quota's word: the window above, the units below.  A window that is one
 * ahead stays: at midnight some clock is always first.  One that is further
 * ahead was a clock gone wrong: the window of now takes over, and what was
 * spent with it.
 */
#define NGX_XD_QUOTA_BITS 42
#define NGX_XD_QUOTA_MOST ((1LL << NGX_XD_QUOTA_BITS) - 1)

int64_t ngx_xd_quota_spent(int64_t word, int64_t window);
int64_t ngx_xd_quota_word(int64_t word, int64_t window, int64_t spent);

#endif
