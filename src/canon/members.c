/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A table with open addressing.  Its keys come from schemas, which are ours:
 * so a cheap hash is enough, and no sender can make it slow, because the
 * table does not grow with the document.
 */

#include "canon/members.h"

#include "canon/guess.h"


/* Slots for each name: few of them are shared. */
#define SPARSE 4


static uint32_t
hash_of(xd_str_t name)
{
    const unsigned char *p = (const unsigned char *) name.ptr;

    if (name.len == 0) {
        return 0;
    }

    return (uint32_t) name.len * 131 + p[0] * 31u + p[name.len / 2] * 7u
           + p[name.len - 1];
}


xd_members_t *
xd_members_new(xd_arena_t *arena, uint32_t room)
{
    xd_members_t *m = xd_alloc(arena, sizeof(*m));
    uint32_t slots = 8;

    while (slots < room * SPARSE) {
        slots *= 2;
    }

    if (m == NULL) {
        return NULL;
    }

    m->rows = xd_alloc_n(arena, room + 1, sizeof(*m->rows));
    m->slots = xd_alloc_n(arena, slots, sizeof(*m->slots));
    m->room = room;
    m->mask = slots - 1;

    return m->rows != NULL && m->slots != NULL ? m : NULL;
}


/* Names are short, and most that are compared are equal: two loads that may
 * overlap are cheaper than a call. */
static inline bool
same(xd_str_t a, xd_str_t b)
{
    uint64_t head[2], tail[2];

    if (a.len != b.len) {
        return false;
    }

    if (a.len > 16) {
        return memcmp(a.ptr, b.ptr, a.len) == 0;
    }

    if (a.len < 8) {
        for (size_t i = 0; i < a.len; i++) {
            if (a.ptr[i] != b.ptr[i]) {
                return false;
            }
        }

        return true;
    }

    memcpy(&head[0], a.ptr, 8);
    memcpy(&head[1], b.ptr, 8);
    memcpy(&tail[0], a.ptr + a.len - 8, 8);
    memcpy(&tail[1], b.ptr + b.len - 8, 8);

    return head[0] == head[1] && tail[0] == tail[1];
}


/* The slot of a name: its own, or the free one where it belongs. */
static uint16_t *
slot_of(const xd_members_t *m, xd_str_t name)
{
    uint32_t i = hash_of(name) & m->mask;

    while (m->slots[i] != 0 && !same(m->rows[m->slots[i] - 1].name, name)) {
        i = (i + 1) & m->mask;
    }

    return &m->slots[i];
}


xd_member_t *
xd_members_add(xd_members_t *m, xd_str_t name)
{
    uint16_t *slot = slot_of(m, name);

    if (*slot == 0) {
        m->rows[m->count].name = name;
        *slot = (uint16_t) ++m->count;
    }

    return &m->rows[*slot - 1];
}


const xd_member_t *
xd_members_find(const xd_members_t *m, xd_str_t name)
{
    uint16_t slot = *slot_of(m, name);

    return slot == 0 ? NULL : &m->rows[slot - 1];
}


xd_str_t
xd_members_nearest(const xd_members_t *m, xd_str_t name)
{
    xd_guess_t guess = xd_guess(name);

    for (uint32_t i = 0; i < m->count; i++) {
        xd_guess_try(&guess, m->rows[i].name);
    }

    return guess.best;
}
