/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FILE_NAME_H
#define XD_FILE_NAME_H

#include "base/arena.h"
#include "base/id.h"

/*
 * Names; pure.  In a work folder: "in.<id>.<name>" for a file that was taken
 * (id: the message-id that it will have), "out.<id>.data" and "out.<id>.name"
 * for one that is to be laid out.
 */

/* Longest part of a partner's name that is kept: with id and ends it has to
 * fit into NAME_MAX. */
#define NAME_KEPT 160

/* A partner's name as it may stand in ours, in headers and in logs: valid
 * UTF-8 without control characters, cut.  NULL .ptr: no memory. */
xd_str_t name_clean(xd_arena_t *arena, const char *name);

/* Parts of "<kind>.<id>.<rest>"; false when the name is none. */
typedef struct {
    xd_str_t id;
    const char *rest;
} name_parts_t;

bool name_split(const char *name, const char *kind, name_parts_t *out);

/* What a template's words stand for. */
typedef struct {
    xd_str_t party, document, control, id;
    uint64_t seq;
    int64_t at_ms;
} name_values_t;

/* True when the template has {seq}. */
bool name_wants_seq(xd_str_t template);

/*
 * name_make - an outgoing name
 *
 *   n  1: as the template says; above: with "-<n>" before its end
 *
 * Values are cut down to letters, digits, '.', '-' and '_'.  A NULL .ptr: no
 * memory.
 */
xd_str_t name_make(xd_arena_t *arena, xd_str_t template, const name_values_t *v,
    unsigned n);

#endif
