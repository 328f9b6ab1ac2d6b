/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Without a breaker every work of a system that is down would wait for its own
 * time-out, and the places of xd-http would be taken by those that wait.
 */

#include "breaker.h"

#define PROBE_MS 250 /* a probe is under way: its answer may come soon */


bool
breaker_admits(breaker_t *b, int64_t now_ms)
{
    if (!b->open) {
        return true;
    }
    if (b->probing || now_ms < b->until_ms) {
        return false;
    }
    b->probing = true;

    return true;
}


int64_t
breaker_wait(const breaker_t *b, int64_t now_ms)
{
    int64_t left = b->until_ms - now_ms;

    return left > PROBE_MS ? left : PROBE_MS;
}


void
breaker_well(breaker_t *b)
{
    b->failures = 0;
    b->open = b->probing = false;
}


/* Works that were under way when it opened fail too, and say nothing new:
 * the pause counts from the first of them. */
void
breaker_sick(breaker_t *b, int64_t now_ms)
{
    bool was_probe = b->probing;

    b->probing = false;
    b->failures += b->failures < UINT32_MAX;

    if (was_probe || (!b->open && b->failures >= b->failures_max)) {
        b->open = true;
        b->until_ms = now_ms + b->pause_ms;
    }
}


/* The system answers, so it is not sick; but it wants rest from all of us,
 * not from this one work. */
void
breaker_busy(breaker_t *b, int64_t now_ms, int64_t ms)
{
    int64_t until_ms = now_ms + ms;

    b->failures = 0;
    b->probing = false;
    if (!b->open || until_ms > b->until_ms) {
        b->until_ms = until_ms;
    }
    b->open = true;
}


void
breaker_unused(breaker_t *b)
{
    b->probing = false;
}
