/* SPDX-License-Identifier: BSD-2-Clause */

#include "tree/shape.h"


bool
xd_shape_find(const xd_shape_t *shape, const xd_shape_place_t *in,
    xd_str_t name, xd_shape_part_t *out)
{
    for (uint32_t n = 0; shape->part(in, n, out); n++) {
        if (xd_str_eq(out->name, name)) {
            return true;
        }
    }

    return false;
}
