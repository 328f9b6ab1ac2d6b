/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_TIES_H
#define XD_CONF_TIES_H

#include "conf/conf.h"

/*
 * xd_conf_tie - check what one file says of another
 *
 * Plans, destinations and settings that are named must be there; ids, EDI
 * ids, keys and names are used once; a file is named as its id.
 *
 *   scratch  for the time of the call
 *   rep      gains a fault each
 *
 * Returns XD_OK, also with faults in the report; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_conf_tie(const xd_conf_t *conf, xd_arena_t *scratch,
    xd_report_t *rep);

#endif
