/* SPDX-License-Identifier: BSD-2-Clause */

#include "map/x12_maps.h"

#include "map/x12_856.h"


static const xd_x12_map_t maps[] = {
    /* set    document    event      occurred     version                 */
    { "856", "shipment", "created", "shippedAt", XD_MAP_X12_856_VERSION,
        xd_map_x12_856 },
};


const xd_x12_map_t *
xd_x12_map_find(xd_str_t set)
{
    for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++) {
        if (xd_str_is(set, maps[i].set)) {
            return &maps[i];
        }
    }

    return NULL;
}
