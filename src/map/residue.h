/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_RESIDUE_H
#define XD_MAP_RESIDUE_H

#include "base/buf.h"
#include "map/run.h"

/* Is a group of that name what the document is made of, and no data? */
bool map_is_structure(const map_run_t *m, xd_str_t name);

/* The key of the value that tells a group from others of its name, or NULL. */
const char *map_names_by(const map_run_t *m, const xd_node_t *group,
    xd_str_t name);

/* A place on the way down: the key of a member, or (key.ptr NULL) the index of
 * an entry.  Its text is made when somebody asks, as most places are passed. */
typedef struct map_where_s {
    const struct map_where_s *up; /* NULL: this is the root */
    xd_str_t key;
    size_t index;
} map_where_t;

/* As a JSON Pointer (RFC 6901), in the arena; memory that is out is noted. */
xd_str_t map_where_text(map_run_t *m, const map_where_t *where);

/* exact.c: what a tree that was made has otherwise than one that was read, as
 * an array for the residue, or NULL; and putting that back. */
xd_node_t *map_exact(map_run_t *m, const xd_node_t *was, const xd_node_t *made);
void map_exact_write(map_run_t *m, const xd_node_t *notes);

#endif
