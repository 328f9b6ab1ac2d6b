/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_gcra.h"

#include <time.h>

#define SECOND 1000000000LL


int64_t
ngx_xd_mono_ns(void)
{
    struct timespec ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (int64_t) ts.tv_sec * SECOND + ts.tv_nsec;
}


static int64_t
level_of(int64_t tat, int64_t now)
{
    return tat > now ? tat - now : 0;
}


/* What the level would be behind a call; beyond all buckets when it does not
 * fit a word. */
static int64_t
raised(const ngx_xd_bucket_t *b, int64_t level, int64_t cost)
{
    int64_t more, sum;

    if (__builtin_mul_overflow(cost, b->unit, &more)
        || __builtin_add_overflow(level, more, &sum))
    {
        return INT64_MAX;
    }

    return sum;
}


/* Looks at all buckets and writes to none. */
static void
test(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c)
{
    uint32_t bits;
    int i;

    c->full = 0;

    for (bits = c->mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        c->level[i] = level_of(atomic_load(b[i].tat), c->now);

        if (raised(&b[i], c->level[i], c->cost) > b[i].most) {
            c->full |= 1u << i;
        }
    }
}


static bool
take_one(const ngx_xd_bucket_t *b, const ngx_xd_charge_t *c, int64_t *level)
{
    int64_t tat = atomic_load(b->tat);
    int64_t sum;

    do {
        sum = raised(b, level_of(tat, c->now), c->cost);
        if (sum > b->most) {
            return false;
        }
    } while (!atomic_compare_exchange_weak(b->tat, &tat, c->now + sum));

    *level = sum;

    return true;
}


/*
 * A charge may be taken back only as far as it still weighs.  The level falls
 * whether or not a call is forgotten, but without it the bucket may have been
 * empty earlier, and from then on less came back than the clock says: at most
 * the time since the charge.  What is left of the charge after that time is
 * safe to give; more could be another call's.
 *
 * The clock is read between the load and the exchange: while the word stays
 * the same nobody was charged since.
 */
static int64_t
give_one(const ngx_xd_bucket_t *b, const ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock)
{
    int64_t tat = atomic_load(b->tat);
    int64_t now, left;

    do {
        now = clock();
        left = c->cost * b->unit - (now - c->now);
        if (left <= 0) {
            return level_of(tat, now);
        }
    } while (!atomic_compare_exchange_weak(b->tat, &tat, tat - left));

    return level_of(tat - left, now);
}


void
ngx_xd_give(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock)
{
    uint32_t bits;
    int i;

    for (bits = c->mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        c->level[i] = give_one(&b[i], c, clock);
    }
}


bool
ngx_xd_take(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock)
{
    ngx_xd_charge_t taken;
    uint32_t bits;
    int i;

    c->now = clock();
    test(b, c);
    if (c->full != 0) {
        return false;
    }

    taken = (ngx_xd_charge_t){ .cost = c->cost, .now = c->now };

    for (bits = c->mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);

        if (!take_one(&b[i], c, &c->level[i])) {
            ngx_xd_give(b, &taken, clock);
            test(b, c);
            c->full |= 1u << i;
            return false;
        }

        taken.mask |= 1u << i;
    }

    return true;
}


void
ngx_xd_look(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock)
{
    int64_t now = clock();
    uint32_t bits;
    int i;

    for (bits = c->mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        c->level[i] = level_of(atomic_load(b[i].tat), now);
    }
}


int64_t
ngx_xd_left(const ngx_xd_bucket_t *b, int64_t level)
{
    return level < b->most ? (b->most - level) / b->unit : 0;
}


int64_t
ngx_xd_until_next(const ngx_xd_bucket_t *b, int64_t level)
{
    int64_t whole = (ngx_xd_left(b, level) + 1) * b->unit;

    if (level <= 0) {
        return 0;
    }

    return (whole - (b->most - level) + SECOND - 1) / SECOND;
}


int64_t
ngx_xd_until_free(const ngx_xd_bucket_t *b, int64_t level, int64_t cost)
{
    int64_t over = raised(b, level, cost) - b->most;

    return over <= SECOND ? 1 : over / SECOND + (over % SECOND != 0);
}
