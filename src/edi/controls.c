/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which control numbers a group had, and which SSCCs a set.  Only their hashes
 * are kept, under the process's key: two that differ and have the same one are
 * not to be met with, and a partner cannot make them.
 */

#include "edi/grader.h"


#define FIRST_ROOM 256
#define MOST_ROOM  131072 /* slots; three of four are used */


static bool
put(uint64_t *slots, size_t room, uint64_t hash)
{
    size_t at = (size_t) hash & (room - 1);

    while (slots[at] != 0) {
        if (slots[at] == hash) {
            return false;
        }
        at = (at + 1) & (room - 1);
    }

    slots[at] = hash;

    return true;
}


/* Twice the room, or the first one. */
static bool
grow(edi_grader_t *g, edi_seen_t *c, xd_arena_t *arena)
{
    size_t room = c->room == 0 ? FIRST_ROOM : c->room * 2;
    uint64_t *slots = xd_alloc_n(arena, room, sizeof(*slots));

    if (slots == NULL) {
        g->rc = XD_E_MEMORY;
        return false;
    }

    for (size_t i = 0; i < c->room; i++) {
        if (c->slots[i] != 0) {
            (void) put(slots, room, c->slots[i]);
        }
    }

    c->slots = slots;
    c->room = room;

    return true;
}


bool
edi_seen_new(edi_grader_t *g, edi_seen_t *c, xd_arena_t *arena, xd_str_t text)
{
    uint64_t hash = xd_hash(text) | 1; /* 0 is a free slot */

    if (c->count >= c->room / 4 * 3) {
        if (c->room == MOST_ROOM || !grow(g, c, arena)) {
            return true;
        }
    }

    if (!put(c->slots, c->room, hash)) {
        return false;
    }
    c->count++;

    return true;
}
