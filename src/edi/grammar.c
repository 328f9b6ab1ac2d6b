/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/segments.h"


const edi_set_t *
edi_grammar_set(xd_str_t code, xd_str_t version)
{
    const edi_set_t *found = NULL;

    /* GS08 goes on with an industry's own guide behind six digits */
    if (version.len < 6 || memcmp(version.ptr, "004010", 6) < 0
        || memcmp(version.ptr, "005999", 6) > 0)
    {
        return NULL;
    }

    /* those of one code follow each other, the oldest first */
    for (size_t i = 0; i < edi_x12_sets_count; i++) {
        const edi_set_t *set = edi_x12_sets[i];

        if (xd_str_is(code, set->code)
            && (set->since == NULL || memcmp(version.ptr, set->since, 6) >= 0))
        {
            found = set;
        }
    }

    return found;
}


/* Asked once for each segment that a set does not know: a file of nothing but
 * those must not cost more than any other. */
const edi_segment_t *
edi_grammar_segment(xd_str_t id)
{
    size_t from = 0, to = edi_segments_count;

    while (from < to) {
        size_t mid = from + (to - from) / 2;
        int order = xd_str_cmp(id, xd_str(edi_segments[mid]->id));

        if (order == 0) {
            return edi_segments[mid];
        }
        if (order < 0) {
            to = mid;
        } else {
            from = mid + 1;
        }
    }

    return NULL;
}
