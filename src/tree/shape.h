/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_TREE_SHAPE_H
#define XD_TREE_SHAPE_H

#include "base/str.h"


/*
 * What trees of a format may hold, as the room that knows its grammar tells
 * it: segments and loops of EDI, elements of XML, members of JSON.  Who needs
 * to know whether a path can ever lead anywhere asks here, and so needs no
 * grammar of its own.
 */

typedef enum {
    XD_SHAPE_GROUP, /* holds parts: a loop, a segment, an element */
    XD_SHAPE_TEXT,
    XD_SHAPE_NUMBER,  /* with a point of its own */
    XD_SHAPE_INTEGER, /* digits, decimals implied or none */
    XD_SHAPE_DATE,
    XD_SHAPE_TIME,
    XD_SHAPE_PARTS /* a value of several components */
} xd_shape_kind_t;

/* A place of a grammar; what its members mean is the grammar's matter. */
typedef struct {
    const void *of;
    uint32_t from, to, within;
    bool later; /* of a version in which some values are longer */
} xd_shape_place_t;

typedef struct {
    xd_str_t name;  /* lives as long as the program */
    xd_str_t first; /* of a loop: the segment that begins it */
    xd_shape_kind_t kind;
    bool must, many;
    uint32_t min, max;      /* bytes, or digits of a number; 0: any */
    const char *codes;      /* " 00 01 ", all there are; NULL: any */
    xd_shape_place_t place; /* of a group */
} xd_shape_part_t;

typedef struct {
    const char *syntax; /* "x12" */

    /* The tree of a set, message or document type; version may be empty.
     * False when it has no grammar. */
    bool (*root)(xd_str_t name, xd_str_t version, xd_shape_place_t *out);

    /* The nth part of a place, from 0; false behind the last. */
    bool (*part)(const xd_shape_place_t *in, uint32_t n, xd_shape_part_t *out);
} xd_shape_t;

/* The part of a name; false when there is none. */
bool xd_shape_find(const xd_shape_t *shape, const xd_shape_place_t *in,
    xd_str_t name, xd_shape_part_t *out);

#endif
