/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_TARGET_H
#define XD_MAP_TARGET_H

#include "canon/descriptor.h"
#include "cel/cel.h"


/* The canonical documents as the compiler of maps sees them. */

/* What a member is, as far as codecs care. */
typedef enum {
    MAP_R_NONE, /* the object at hand, or nothing */
    MAP_R_TEXT,
    MAP_R_DATE,
    MAP_R_INSTANT,
    MAP_R_MOMENT, /* a day or an instant */
    MAP_R_DECIMAL,
    MAP_R_INTEGER,
    MAP_R_MONEY,
    MAP_R_QUANTITY,
    MAP_R_PARTY,
    MAP_R_ITEM,
    MAP_R_OBJECT,
    MAP_R_ARRAY, /* of objects */
    MAP_R_LIST,  /* of texts */
    MAP_R_OTHER
} map_right_kind_t;

typedef struct map_targets_s map_targets_t;

/* Reads canonical-schemas/.  XD_OK; XD_E_IO; XD_E_CONF; XD_E_MEMORY. */
XD_CHECKED xd_rc_t map_targets_load(xd_arena_t *arena, const char *dir,
    map_targets_t **out, xd_report_t *rep);

/* The members of a document; NULL: there is none of that name, or memory is
 * out (then *rc says so). */
const xd_field_t *map_target(map_targets_t *t, xd_str_t document, xd_rc_t *rc);

/* The document whose name looks most like this; ptr NULL. */
xd_str_t map_target_nearest(xd_str_t document);

map_right_kind_t map_right_kind(const map_targets_t *t, const xd_field_t *f);

/* The values that there are for a member: an array of texts, or NULL. */
const xd_node_t *map_target_enum(const map_targets_t *t, const xd_field_t *f);

/* The member whose name looks most like this; ptr NULL. */
xd_str_t map_field_nearest(const xd_field_t *object, xd_str_t name);

/* What a condition in a block may speak of: the members of its object, and
 * doc.  XD_OK; XD_E_MEMORY. */
XD_CHECKED xd_rc_t map_target_env(xd_arena_t *arena, const xd_field_t *object,
    const xd_field_t *doc, xd_cel_env_t *env);

#endif
