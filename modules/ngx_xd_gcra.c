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


int64_t
ngx_xd_quota_spent(int64_t word, int64_t window)
{
    return word >> NGX_XD_QUOTA_BITS >= window ? word & NGX_XD_QUOTA_MOST : 0;
}


int64_t
ngx_xd_quota_word(int64_t word, int64_t window, int64_t spent)
{
    int64_t had = word >> NGX_XD_QUOTA_BITS;

    return (had == window + 1 ? had : window) << NGX_XD_QUOTA_BITS | spent;
}


/* Cells of processes that do not run are zero: they count for nothing. */
static int64_t
in_flight(const ngx_xd_bucket_t *b)
{
    int64_t sum = 0;
    int i, n;

    for (i = 0; i < NGX_XD_CHUNKS; i++) {
        for (n = 0; n < NGX_XD_CHUNK; n++) {
            sum +=
                atomic_load_explicit(&b->at.held[i][n], memory_order_seq_cst);
        }
    }

    return sum;
}


static ngx_xd_held_t *
own_cell(const ngx_xd_bucket_t *b)
{
    return &b->at.held[b->column / NGX_XD_CHUNK][b->column % NGX_XD_CHUNK];
}


/* The level that a word says; of a rate at that instant. */
static int64_t
level_of(const ngx_xd_bucket_t *b, int64_t word, int64_t now)
{
    if (b->kind == NGX_XD_QUOTA) {
        return ngx_xd_quota_spent(word, b->window);
    }

    return word > now ? word - now : 0;
}


static int64_t
word_of(const ngx_xd_bucket_t *b, int64_t word, int64_t now, int64_t level)
{
    return b->kind == NGX_XD_QUOTA ? ngx_xd_quota_word(word, b->window, level)
                                   : now + level;
}


static int64_t
level_now(const ngx_xd_bucket_t *b, int64_t now)
{
    return b->kind == NGX_XD_INFLIGHT
               ? in_flight(b)
               : level_of(b, atomic_load(b->at.tat), now);
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


/* What a crash would forget is not given away: a quota is spent only as far
 * as the disk counts it as spent. */
static bool
is_stale(const ngx_xd_bucket_t *b, int64_t sum)
{
    return b->kind == NGX_XD_QUOTA && b->at.granted != NULL
           && sum > ngx_xd_quota_spent(atomic_load(b->at.granted), b->window);
}


/* Looks at all buckets and writes to none. */
static void
test(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c)
{
    uint32_t bits;
    int64_t sum;
    int i;

    c->full = 0;
    c->stale = 0;

    for (bits = c->mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        c->level[i] = level_now(&b[i], c->now);
        sum = raised(&b[i], c->level[i], c->cost[i]);

        if (sum > b[i].most) {
            c->full |= 1u << i;
        } else if (is_stale(&b[i], sum)) {
            c->stale |= 1u << i;
        }
    }
}


/* First in, then counted: of two that race for the last place both may see
 * too many, but never both too few. */
static bool
enter(const ngx_xd_bucket_t *b, int64_t *level)
{
    (void) atomic_fetch_add(own_cell(b), 1);
    *level = in_flight(b);

    if (*level > b->most) {
        (void) atomic_fetch_sub(own_cell(b), 1);
        return false;
    }

    return true;
}


typedef enum { TAKEN, FULL, STALE } taken_t;


static taken_t
take_one(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c, int i)
{
    int64_t word, sum;

    if (b->kind == NGX_XD_INFLIGHT) {
        return enter(b, &c->level[i]) ? TAKEN : FULL;
    }

    word = atomic_load(b->at.tat);

    do {
        sum = raised(b, level_of(b, word, c->now), c->cost[i]);
        if (sum > b->most) {
            return FULL;
        }
        if (is_stale(b, sum)) {
            return STALE;
        }
    } while (!atomic_compare_exchange_weak(b->at.tat, &word,
        word_of(b, word, c->now, sum)));

    c->level[i] = sum;

    return TAKEN;
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
give_rate(const ngx_xd_bucket_t *b, const ngx_xd_charge_t *c, int64_t cost,
    ngx_xd_clock_fn *clock)
{
    int64_t tat = atomic_load(b->at.tat);
    int64_t now, left;

    do {
        now = clock();
        left = cost * b->unit - (now - c->now);
        if (left <= 0) {
            return level_of(b, tat, now);
        }
    } while (!atomic_compare_exchange_weak(b->at.tat, &tat, tat - left));

    return level_of(b, tat - left, now);
}


/* A quota of a window that is over has nothing to be given back to. */
static int64_t
give_quota(const ngx_xd_bucket_t *b, int64_t cost)
{
    int64_t word = atomic_load(b->at.tat);
    int64_t spent;

    do {
        spent = ngx_xd_quota_spent(word, b->window);
        if (spent < cost || word >> NGX_XD_QUOTA_BITS != b->window) {
            return spent;
        }
    } while (!atomic_compare_exchange_weak(b->at.tat, &word, word - cost));

    return spent - cost;
}


static int64_t
leave(const ngx_xd_bucket_t *b)
{
    (void) atomic_fetch_sub(own_cell(b), 1);

    return in_flight(b);
}


void
ngx_xd_give(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c, uint32_t mask,
    ngx_xd_clock_fn *clock)
{
    uint32_t bits;
    int i;

    for (bits = mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);

        switch (b[i].kind) {
        case NGX_XD_RATE:
            c->level[i] = give_rate(&b[i], c, c->cost[i], clock);
            break;
        case NGX_XD_QUOTA:
            c->level[i] = give_quota(&b[i], c->cost[i]);
            break;
        case NGX_XD_INFLIGHT:
            c->level[i] = leave(&b[i]);
            break;
        }
    }
}


bool
ngx_xd_take(const ngx_xd_bucket_t *b, ngx_xd_charge_t *c,
    ngx_xd_clock_fn *clock)
{
    uint32_t bits, taken = 0;
    taken_t one;
    int i;

    c->now = clock();
    test(b, c);
    if ((c->full | c->stale) != 0) {
        return false;
    }

    for (bits = c->mask; bits != 0; bits &= bits - 1) {
        i = __builtin_ctz(bits);
        one = take_one(&b[i], c, i);

        if (one != TAKEN) {
            ngx_xd_give(b, c, taken, clock);
            test(b, c);
            c->full |= one == FULL ? 1u << i : 0;
            c->stale |= one == STALE ? 1u << i : 0;
            return false;
        }

        taken |= 1u << i;
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
        c->level[i] = level_now(&b[i], now);
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

    if (level <= 0 || b->kind == NGX_XD_INFLIGHT) {
        return 0;
    }

    if (b->kind == NGX_XD_QUOTA) {
        return b->ends;
    }

    return (whole - (b->most - level) + SECOND - 1) / SECOND;
}


int64_t
ngx_xd_until_free(const ngx_xd_bucket_t *b, int64_t level, int64_t cost)
{
    int64_t over = raised(b, level, cost) - b->most;

    if (b->kind == NGX_XD_QUOTA) {
        return b->ends;
    }

    if (b->kind == NGX_XD_INFLIGHT) {
        return 1;
    }

    return over <= SECOND ? 1 : over / SECOND + (over % SECOND != 0);
}
