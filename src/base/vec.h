/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_VEC_H
#define XD_BASE_VEC_H

#include "base/arena.h"


/* A row of equal elements that grows inside an arena. */
typedef struct {
    void *at;
    size_t count, room;
    size_t size; /* bytes of one element */
} xd_vec_t;

#define XD_VEC(type) ((xd_vec_t){ .size = sizeof(type) })

/* The nth element as a pointer to type. */
#define XD_AT(vec, type, n) ((type *) (vec)->at + (n))

/* A new zeroed element at the end; NULL when the arena is full.  Earlier
 * elements may move. */
void *xd_vec_push(xd_vec_t *vec, xd_arena_t *arena);

#endif
