/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_PARTY_CODEC_H
#define XD_MAP_X12_PARTY_CODEC_H

#include "map/x12_line.h"

/* What a line of x12_as_party may be told (`with`). */
typedef struct {
    bool gln_apart;        /* the GLN is also a member of its own: a party
                              that says no more is none */
    const char *elsewhere; /* a scheme whose numbers another line carries */
} x12_party_t;

#endif
