/* SPDX-License-Identifier: BSD-2-Clause */

#include "map/x12_maps.h"

#include "map/x12_856.h"
#include "map/x12_orders.h"


/* Of several rows of one set the first reads what comes in. */
static const xd_x12_map_t maps[] = {
    /* set    document          event      occurred     version */
    { "850", "sales-order",    "created", "placedAt",  "x12-850-sales/1",
        xd_map_x12_850_sales, NULL },
    { "850", "purchase-order", "created", NULL,        "x12-850/1",
        xd_map_x12_850, xd_map_x12_850_write },
    { "855", "order-response", "created", NULL,        "x12-855/1",
        xd_map_x12_855, xd_map_x12_855_write },
    { "856", "shipment",       "created", "shippedAt", XD_MAP_X12_856_VERSION,
        xd_map_x12_856, NULL },
    { "810", "invoice",        "created", NULL,        "x12-810/1",
        xd_map_x12_810, xd_map_x12_810_write },
};

#define MAPS (sizeof(maps) / sizeof(maps[0]))


const xd_x12_map_t *
xd_x12_map_find(xd_str_t set)
{
    for (size_t i = 0; i < MAPS; i++) {
        if (xd_str_is(set, maps[i].set)) {
            return &maps[i];
        }
    }

    return NULL;
}


const xd_x12_map_t *
xd_x12_map_out(xd_str_t document)
{
    for (size_t i = 0; i < MAPS; i++) {
        if (maps[i].write != NULL && xd_str_is(document, maps[i].document)) {
            return &maps[i];
        }
    }

    return NULL;
}


const xd_x12_map_t *
xd_x12_map_of(xd_str_t set, xd_str_t document)
{
    for (size_t i = 0; i < MAPS; i++) {
        if (xd_str_is(set, maps[i].set)
            && xd_str_is(document, maps[i].document))
        {
            return &maps[i];
        }
    }

    return NULL;
}
