/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A ring of slots, one per delivery tag.  Tags of a channel count from 1
 * without gaps, so a tag is its own index: nothing is searched but ids of
 * returned messages, which are rare.
 */

#include "bus/confirm.h"

#include <string.h>


typedef struct {
    xd_str_t id;
    void *job;
    bool waiting; /* false: settled out of order, or never used */
    bool returned;
} slot_t;

struct xd_confirm_s {
    xd_outcome_fn *settle;
    uint64_t oldest; /* first tag that may still be waiting */
    uint64_t next;   /* tag of the next publish */
    uint32_t mask;
    bool lost; /* tags are about to restart: nothing may be added */
    slot_t slots[];
};


static slot_t *
slot_of(xd_confirm_t *c, uint64_t tag)
{
    return &c->slots[tag & c->mask];
}


/* A settled tag may wait behind older ones: only from the oldest on are
 * places free again. */
static void
advance(xd_confirm_t *c)
{
    while (c->oldest < c->next && !slot_of(c, c->oldest)->waiting) {
        c->oldest++;
    }
}


static void
settle_slot(xd_confirm_t *c, slot_t *slot, xd_outcome_t outcome)
{
    void *job = slot->job;

    if (!slot->waiting) {
        return;
    }

    if (outcome == XD_CONFIRMED && slot->returned) {
        outcome = XD_RETURNED;
    }

    /* Cleared first: settle may publish again and take this very slot. */
    *slot = (slot_t){ 0 };
    advance(c);
    c->settle(job, outcome);
}


xd_confirm_t *
xd_confirm_new(xd_arena_t *arena, uint32_t size, xd_outcome_fn *settle)
{
    xd_confirm_t *c = xd_alloc(arena, sizeof(*c) + size * sizeof(slot_t));

    if (c != NULL) {
        memset(c, 0, sizeof(*c) + size * sizeof(slot_t));
        c->settle = settle;
        c->mask = size - 1;
        c->oldest = c->next = 1;
    }

    return c;
}


bool
xd_confirm_add(xd_confirm_t *c, xd_str_t id, void *job)
{
    if (c->lost || c->next - c->oldest > c->mask) {
        return false;
    }

    *slot_of(c, c->next++) = (slot_t){ .id = id, .job = job, .waiting = true };

    return true;
}


void
xd_confirm_returned(xd_confirm_t *c, xd_str_t id)
{
    for (uint64_t tag = c->oldest; tag < c->next; tag++) {
        slot_t *slot = slot_of(c, tag);

        /* One id twice in flight is returned twice: each its own slot. */
        if (slot->waiting && !slot->returned && slot->id.len == id.len
            && memcmp(slot->id.ptr, id.ptr, id.len) == 0)
        {
            slot->returned = true;
            return;
        }
    }
}


void
xd_confirm_settle(xd_confirm_t *c, uint64_t tag, bool multiple, bool acked)
{
    xd_outcome_t outcome = acked ? XD_CONFIRMED : XD_REFUSED;
    uint64_t from = multiple ? c->oldest : tag;

    /* A tag that was never given out is a broken peer, not an index. */
    if (tag < c->oldest || tag >= c->next) {
        return;
    }

    for (; from <= tag; from++) {
        settle_slot(c, slot_of(c, from), outcome);
    }
}


void
xd_confirm_lost(xd_confirm_t *c)
{
    c->lost = true;

    for (uint64_t tag = c->oldest; tag < c->next; tag++) {
        settle_slot(c, slot_of(c, tag), XD_UNKNOWN);
    }

    c->oldest = c->next = 1;
    c->lost = false;
}
