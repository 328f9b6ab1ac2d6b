/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_ASN_H
#define XD_MAP_X12_ASN_H

#include "map/x12_map.h"


/* A ship notice on its way to a shipment. */
typedef struct {
    x12_map_t map;
    xd_node_t *doc, *units;
    xd_node_t *load; /* contents of the unit for what is in no pack */
    xd_node_t *tracking;
    int64_t unit_no, line_no;
    bool bad; /* what must be there is not */
} asn_t;

/* HL03 of a level when it is one letter; else 0. */
char x12_level_code(const xd_node_t *hl);

/* Tells that a member is missing without which there is no shipment.  The
 * schema would refuse the document; here it can be said by its place. */
void x12_asn_must(asn_t *a, const xd_node_t *in, const char *key, size_t offset,
    const char *text);

/* Everything but the units. */
void x12_asn_head(asn_t *a);

/* A tracking number, once. */
void x12_asn_track(asn_t *a, xd_str_t number);

/* The weight of a level, as TD1 says. */
void x12_asn_weight(asn_t *a, xd_node_t *to, const xd_node_t *level);

#endif
