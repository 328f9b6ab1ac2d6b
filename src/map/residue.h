/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_RESIDUE_H
#define XD_MAP_RESIDUE_H

#include "base/buf.h"
#include "map/run.h"

/* Is a group of that name what the document is made of, and no data? */
bool map_is_structure(const map_run_t *m, xd_str_t name);

#endif
