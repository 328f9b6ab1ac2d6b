/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_ARENA_H
#define XD_BASE_ARENA_H

#include <stdarg.h>

#include "base/rc.h"
#include "base/str.h"


/* Memory with one end of life: one arena per message, one per generation of
 * the configuration.  Blocks are chained; nothing is freed singly. */
typedef struct xd_arena_s xd_arena_t;


/*
 * xd_arena_new - an empty arena
 *
 *   limit  most bytes that it may hand out; 0: no limit
 *
 * Returns NULL when the machine has no memory.
 */
xd_arena_t *xd_arena_new(size_t limit);

void xd_arena_free(xd_arena_t *arena);

/* Empties the arena and keeps its first block: the next message's memory. */
void xd_arena_reset(xd_arena_t *arena);

/* Zeroed, aligned for any type; NULL when the limit is reached. */
void *xd_alloc(xd_arena_t *arena, size_t size);

/* Like xd_alloc for count elements; NULL too when the product overflows. */
void *xd_alloc_n(xd_arena_t *arena, size_t count, size_t size);

/* A copy of s; .ptr is NUL-terminated for calls of C libraries.  A NULL .ptr
 * is returned when the arena is full. */
xd_str_t xd_dup(xd_arena_t *arena, xd_str_t s);

/* Formatted text, NUL-terminated; a NULL .ptr when the arena is full. */
xd_str_t xd_fmt(xd_arena_t *arena, const char *format, ...) XD_PRINTF(2, 3);
xd_str_t xd_vfmt(xd_arena_t *arena, const char *format, va_list args)
    XD_PRINTF(2, 0);

/*
 * xd_arena_defer - end something of another library with the arena
 *
 *   end  called with ctx when the arena is freed or reset, the newest first
 *
 * Returns false when the arena is full; then nothing will be called.
 */
bool xd_arena_defer(xd_arena_t *arena, void (*end)(void *ctx), void *ctx);

size_t xd_arena_used(const xd_arena_t *arena);

/* Tests only: makes the nth allocation from now fail, as a full arena would;
 * 0 switches it off. */
void xd_arena_fail_at(xd_arena_t *arena, size_t nth);

#endif
