/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_SHAPE_H
#define XD_EDI_SHAPE_H

#include "tree/shape.h"

/* What the trees of edi/grade.h may hold, by the tables of grammar.h. */

/* Transaction sets: root("850", "004010"); an empty version is 004010, or the
 * first that the set has. */
extern const xd_shape_t xd_edi_x12_shape;

/* Messages of EDIFACT: root("ORDERS", "D96A"). */
extern const xd_shape_t xd_edi_edifact_shape;

/* Both, for who loads maps; ends with NULL. */
extern const xd_shape_t *const xd_edi_shapes[];

#endif
