/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_MEMBERS_H
#define XD_CANON_MEMBERS_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/arena.h"

typedef struct xd_plan_s xd_plan_t;

/* Names in one object's schema; more are refused when it is compiled. */
#define XD_MEMBERS_MAX 256

typedef struct {
    xd_str_t name;
    const xd_plan_t *plan; /* NULL: only required, or only a name */
    bool required;
} xd_member_t;

typedef struct {
    const pcre2_code *regex;
    const xd_plan_t *plan;
} xd_member_pattern_t;

/* What a schema says of an object's members, found by name. */
typedef struct {
    xd_member_t *rows;
    uint32_t count, room;
    uint16_t *slots; /* place in rows + 1; 0: free */
    uint32_t mask;
    uint32_t required;
    xd_member_pattern_t *patterns;
    uint32_t npatterns;
    const xd_plan_t *others; /* additionalProperties; NULL: anything */
} xd_members_t;

/* Room for up to room names (XD_MEMBERS_MAX); NULL when the arena is full. */
xd_members_t *xd_members_new(xd_arena_t *arena, uint32_t room);

/* The row of a name; a new one when it is not there. */
xd_member_t *xd_members_add(xd_members_t *m, xd_str_t name);

/* The row of a name, or NULL. */
const xd_member_t *xd_members_find(const xd_members_t *m, xd_str_t name);

/* The name that looks most like this one; ptr NULL when none does. */
xd_str_t xd_members_nearest(const xd_members_t *m, xd_str_t name);

#endif
