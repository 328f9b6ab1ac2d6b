/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/vec.h"


#define FIRST_ROOM 8


/* The old row stays in the arena: together the old ones are no larger than
 * the new one. */
static bool
grow(xd_vec_t *vec, xd_arena_t *arena)
{
    size_t room = vec->room == 0 ? FIRST_ROOM : vec->room * 2;
    void *at = xd_alloc_n(arena, room, vec->size);

    if (at == NULL) {
        return false;
    }

    if (vec->count > 0) {
        memcpy(at, vec->at, vec->count * vec->size);
    }

    vec->at = at;
    vec->room = room;

    return true;
}


void *
xd_vec_push(xd_vec_t *vec, xd_arena_t *arena)
{
    if (vec->count == vec->room && !grow(vec, arena)) {
        return NULL;
    }

    return (char *) vec->at + vec->size * vec->count++;
}
