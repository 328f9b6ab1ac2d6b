/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/grammar.h"


static const edi_set_t *const sets[] = { &edi_set_810, &edi_set_850,
    &edi_set_855, &edi_set_856, &edi_set_997 };


const edi_set_t *
edi_grammar_set(xd_str_t code, xd_str_t version)
{
    /* GS08 goes on with an industry's own guide behind six digits */
    if (version.len < 6 || memcmp(version.ptr, "004010", 6) < 0
        || memcmp(version.ptr, "005999", 6) > 0)
    {
        return NULL;
    }

    for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
        if (xd_str_is(code, sets[i]->code)) {
            return sets[i];
        }
    }

    return NULL;
}


const edi_segment_t *
edi_grammar_segment(xd_str_t id)
{
    for (size_t i = 0; i < edi_segments_count; i++) {
        if (xd_str_is(id, edi_segments[i].id)) {
            return &edi_segments[i];
        }
    }

    return NULL;
}
