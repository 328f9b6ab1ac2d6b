/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CEL_ZONE_H
#define XD_CEL_ZONE_H

#include "base/str.h"

/*
 * cel_zone - seconds east of Greenwich in a named time zone
 *
 *   name     as in the system's tables: Europe/Berlin; UTC needs none
 *   seconds  since 1970, UTC
 *
 * False when there is no such zone, or no row for that time.
 * Standard: RFC 8536.
 */
bool cel_zone(xd_str_t name, int64_t seconds, int64_t *offset);

#endif
