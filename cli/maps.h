/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_MAPS_H
#define XD_CLI_MAPS_H

#include "cli.h"
#include "edi/grade.h"
#include "map/mapping.h"

/*
 * cli_maps - the maps beside the program, or of XD_MAPS
 *
 *   file  of one more map, which extends any of these; or NULL
 *   maps  gains them
 *   own   gains those of file, one for each version; NULL when there is none
 *
 * Returns CLI_GOOD; CLI_FINDINGS when a map is wrong, CLI_FAILED when they
 * cannot be read: both were told.
 */
XD_CHECKED int cli_maps(xd_arena_t *arena, const char *file,
    xd_mappings_t *maps, xd_mappings_t *own);

/* What is asked of maps for a set; its party and document are the caller's. */
xd_mapping_query_t cli_set_query(xd_arena_t *arena,
    const xd_edi_interchange_t *ic, const xd_edi_group_t *group,
    const xd_edi_set_t *set);

#endif
