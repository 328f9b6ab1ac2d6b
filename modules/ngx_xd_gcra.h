/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_GCRA_H
#define NGX_XD_GCRA_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The generic cell rate algorithm over words in shared memory, several
 * policies at once, without a lock.  Nothing of nginx is in here.
 *
 * A bucket is one word: the theoretical arrival time (tat), the instant of
 * CLOCK_MONOTONIC at which all that was spent will have come back.  tat - now
 * is the level: how much is spent, as the time that it takes to come back.
 */

#define NGX_XD_BUCKETS_MAX 8 /* that one call has to pass */

typedef _Atomic int64_t ngx_xd_tat_t;

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "64-bit words need no lock");

typedef struct {
    int64_t unit; /* ns in which one unit comes back */
    int64_t most; /* ns: the level at which nothing is left */
    ngx_xd_tat_t *tat;
} ngx_xd_bucket_t;

/* One call's charge. */
typedef struct {
    uint32_t mask; /* the buckets that it has to pass, bit by place */
    uint32_t full; /* those that refused; 0: charged to all */
    int64_t cost;  /* units; never more than any of the buckets holds */
    int64_t now;   /* ns, CLOCK_MONOTONIC: when it was charged */
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
 */
bool ngx_xd_take(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock);

/*
 * ngx_xd_give - take a charge back: what has not come back by itself
 *
 *   c  as ngx_xd_take left it, charged; level is what remains
 *
 * Once per charge.  Gives less rather than more: see the comment inside.
 */
void ngx_xd_give(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock);

/* Sets level to what it is now, for a charge that stays. */
void ngx_xd_look(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock);

/* Units that may be spent at this level. */
int64_t ngx_xd_left(const ngx_xd_bucket_t *b, int64_t level);

/* Seconds until there is one more, rounded up; 0: nothing is spent. */
int64_t ngx_xd_until_next(const ngx_xd_bucket_t *b, int64_t level);

/* Seconds until a call of that cost passes, rounded up, at least 1. */
int64_t ngx_xd_until_free(const ngx_xd_bucket_t *b, int64_t level,
    int64_t cost);

#endif
