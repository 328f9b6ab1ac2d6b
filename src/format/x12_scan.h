/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_X12_SCAN_H
#define XD_FORMAT_X12_SCAN_H

#include "format/x12.h"


/* Bytes that one pair of masks speaks of. */
#define X12_BLOCK 64

/*
 * Finds the bytes that matter, 64 at a time: bit n of a mask is byte n of
 * the block.  Most bytes of a file are looked at here only.
 */
typedef struct {
    xd_str_t bytes;
    size_t block;     /* offset of the block in the masks */
    uint64_t marks;   /* element marks and terminators */
    uint64_t special; /* other marks, control bytes, bytes above 0x7e */
    char element, terminator, component, repetition;
    const struct x12_scan_way_s *way; /* the fastest that the machine has */
} x12_scan_t;

/* A way to make the masks of X12_BLOCK bytes, which begin as 0. */
typedef struct x12_scan_way_s {
    const char *name; /* "avx2" */
    bool (*is_there)(void);
    void (*masks)(const x12_scan_t *s, const char *at, uint64_t *marks,
        uint64_t *special);
} x12_scan_way_t;

/* The fastest first; the last one is there everywhere.  Ends with a NULL name.
 */
extern const x12_scan_way_t x12_scan_ways[];

/* New marks: the masks are made anew.  A component or repetition mark of 0
 * is none. */
void x12_scan_marks(x12_scan_t *s, const xd_x12_marks_t *marks);

/* Makes the masks of the block at offset (a multiple of X12_BLOCK, inside
 * the bytes). */
void x12_scan_load(x12_scan_t *s, size_t block);

#endif
