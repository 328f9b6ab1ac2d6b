/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A bump allocator.  Blocks come zeroed from calloc, and a reset wipes only
 * what was handed out of the block that it keeps: so an allocation itself
 * never clears memory.  Texts are packed without alignment.
 */

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>


#define FIRST_BLOCK   ((size_t) 16 * 1024)
#define LARGEST_BLOCK ((size_t) 1024 * 1024)

/*
 * Under AddressSanitizer whatever is not handed out is poisoned, and a gap
 * stays between neighbours: a read past the end is seen as with malloc.
 */
#if defined(__SANITIZE_ADDRESS__)
#define XD_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define XD_POISONS 1
#endif
#endif

#ifdef XD_POISONS
#include <sanitizer/asan_interface.h>
#define GAP 16
#else
#define ASAN_POISON_MEMORY_REGION(at, size)   ((void) (at), (void) (size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void) (at), (void) (size))
#define GAP                                   0
#endif


typedef struct block_s {
    struct block_s *next;
    size_t size, used; /* of data */
    max_align_t data[];
} block_t;

/* Something that is to end with the arena. */
typedef struct deferred_s {
    struct deferred_s *next;
    void (*end)(void *ctx);
    void *ctx;
} deferred_t;

struct xd_arena_s {
    deferred_t *deferred; /* newest first */
    block_t *first;       /* kept by a reset */
    block_t *current;     /* what small allocations come from */
    size_t used, limit;
    size_t next_size;     /* of the next block */
    size_t until_failure; /* tests: allocations until one fails; 0: off */
};


xd_arena_t *
xd_arena_new(size_t limit)
{
    xd_arena_t *arena = calloc(1, sizeof(*arena));

    if (arena != NULL) {
        /* Half the address space: sums of sizes cannot overflow below. */
        arena->limit = limit == 0 || limit > PTRDIFF_MAX ? PTRDIFF_MAX : limit;
        arena->next_size = FIRST_BLOCK;
    }

    return arena;
}


static void
free_blocks(block_t *block)
{
    while (block != NULL) {
        block_t *next = block->next;

        ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
        free(block);
        block = next;
    }
}


/* Before the blocks: the list itself stands in them. */
static void
end_deferred(xd_arena_t *arena)
{
    deferred_t *next = arena->deferred;

    arena->deferred = NULL;

    for (; next != NULL; next = next->next) {
        next->end(next->ctx);
    }
}


void
xd_arena_free(xd_arena_t *arena)
{
    if (arena != NULL) {
        end_deferred(arena);
        free_blocks(arena->first);
        free(arena);
    }
}


void
xd_arena_reset(xd_arena_t *arena)
{
    block_t *first = arena->first;

    end_deferred(arena);

    if (first != NULL) {
        free_blocks(first->next);
        first->next = NULL;

        ASAN_UNPOISON_MEMORY_REGION(first->data, first->size);
        memset(first->data, 0, first->used);
        ASAN_POISON_MEMORY_REGION(first->data, first->size);
        first->used = 0;
    }

    arena->current = first;
    arena->used = 0;
    arena->next_size = FIRST_BLOCK;
}


static block_t *
block_new(size_t size)
{
    block_t *block = calloc(1, sizeof(*block) + size);

    if (block != NULL) {
        block->size = size;
        ASAN_POISON_MEMORY_REGION(block->data, size);
    }

    return block;
}


/* The first is always of the common size: a reset does not keep a huge one. */
static bool
start(xd_arena_t *arena)
{
    arena->first = arena->current = block_new(arena->next_size);

    return arena->first != NULL;
}


/* One more block, with room for size bytes. */
static block_t *
block_add(xd_arena_t *arena, size_t size)
{
    bool large = size > arena->next_size / 4;
    block_t *block = block_new(large ? size + GAP : arena->next_size);

    if (block == NULL) {
        return NULL;
    }

    block->next = arena->current->next;
    arena->current->next = block;

    /* A large one has its block to itself; small ones go on where they were. */
    if (!large) {
        arena->current = block;
        arena->next_size *= arena->next_size < LARGEST_BLOCK ? 2 : 1;
    }

    return block;
}


static bool
fails_for_a_test(xd_arena_t *arena)
{
    return arena->until_failure != 0 && --arena->until_failure == 0;
}


/* Memory of a power of two's alignment, within the limit. */
static void *
take(xd_arena_t *arena, size_t size, size_t align)
{
    block_t *block;
    size_t at;

    if (fails_for_a_test(arena) || size > arena->limit - arena->used) {
        return NULL;
    }

    if (arena->current == NULL && !start(arena)) {
        return NULL;
    }

    block = arena->current;
    at = (block->used + align - 1) & ~(align - 1);

    if (at + size + GAP > block->size) {
        block = block_add(arena, size);
        at = 0;
    }

    if (block == NULL) {
        return NULL;
    }

    block->used = at + size + GAP;
    arena->used += size;
    ASAN_UNPOISON_MEMORY_REGION((char *) block->data + at, size);

    return (char *) block->data + at;
}


void *
xd_alloc(xd_arena_t *arena, size_t size)
{
    return take(arena, size, _Alignof(max_align_t));
}


void *
xd_alloc_n(xd_arena_t *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes)) {
        return NULL;
    }

    return xd_alloc(arena, bytes);
}


bool
xd_arena_defer(xd_arena_t *arena, void (*end)(void *ctx), void *ctx)
{
    deferred_t *d = xd_alloc(arena, sizeof(*d));

    if (d == NULL) {
        return false;
    }

    *d = (deferred_t){ arena->deferred, end, ctx };
    arena->deferred = d;

    return true;
}


xd_str_t
xd_dup(xd_arena_t *arena, xd_str_t s)
{
    char *copy = s.len == SIZE_MAX ? NULL : take(arena, s.len + 1, 1);

    if (copy == NULL) {
        return XD_STR_NONE;
    }

    /* The NUL is there already: memory comes zeroed. */
    if (s.len > 0) {
        memcpy(copy, s.ptr, s.len);
    }

    return (xd_str_t){ copy, s.len };
}


xd_str_t
xd_vfmt(xd_arena_t *arena, const char *format, va_list args)
{
    char small[256];
    va_list again;
    xd_str_t out = XD_STR_NONE;
    char *text;
    int len;

    va_copy(again, args);
    len = vsnprintf(small, sizeof(small), format, args);

    if (len >= 0 && (size_t) len < sizeof(small)) {
        out = xd_dup(arena, (xd_str_t){ small, (size_t) len });
    } else if (len >= 0) {
        text = take(arena, (size_t) len + 1, 1);

        if (text != NULL) {
            (void) vsnprintf(text, (size_t) len + 1, format, again);
            out = (xd_str_t){ text, (size_t) len };
        }
    }

    va_end(again);

    return out;
}


xd_str_t
xd_fmt(xd_arena_t *arena, const char *format, ...)
{
    va_list args;
    xd_str_t out;

    va_start(args, format);
    out = xd_vfmt(arena, format, args);
    va_end(args);

    return out;
}


size_t
xd_arena_used(const xd_arena_t *arena)
{
    return arena->used;
}


void
xd_arena_fail_at(xd_arena_t *arena, size_t nth)
{
    arena->until_failure = nth;
}
