/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_OVERLAY_H
#define XD_MAP_OVERLAY_H

#include "map/text.h"


/* Files of maps, parsed; those that maps include are among them. */
typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    xd_vec_t files; /* of map_text_t *, in the order in which they were read */
} map_library_t;

/*
 * map_library_read - a file into the library, with what it includes
 *
 *   out  NULL, or gains its text, which stands once in the library
 *
 * Returns XD_OK; XD_E_IO; XD_E_CONF with findings; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t map_library_read(map_library_t *lib, const char *path,
    map_text_t **out);

/* The same of a text that is at hand; path is what it is called. */
XD_CHECKED xd_rc_t map_library_put(map_library_t *lib, const char *path,
    xd_str_t bytes, map_text_t **out);

/* The map of a name; NULL when there is none. */
const map_text_t *map_library_find(const map_library_t *lib, xd_str_t name);

/*
 * map_whole - a map with all that it includes, uses and extends
 *
 * Its own lines come in the place of those of its base for the same member,
 * new ones behind; rows of its tables in the place of those for the same code.
 * Returns XD_OK; XD_E_CONF with findings; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t map_whole(map_library_t *lib, const map_text_t *text,
    map_text_t *out);

#endif
