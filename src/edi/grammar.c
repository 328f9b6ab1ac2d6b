/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/edifact_segments.h"
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


/* "D96A" of two parts; some senders write 0 for D, or a blank before the
 * release. */
static bool
is_directory(const char *directory, xd_str_t version, xd_str_t release)
{
    size_t len = version.len;

    if (xd_str_is(version, "0")) {
        version = XD_STR("D");
    }

    return strlen(directory) == len + release.len
           && memcmp(directory, version.ptr, len) == 0
           && memcmp(directory + len, release.ptr, release.len) == 0;
}


const edi_set_t *
edi_grammar_message(xd_str_t code, xd_str_t version, xd_str_t release)
{
    version = xd_str_trim(version);
    release = xd_str_trim(release);

    if (version.len == 0 || release.len == 0) {
        return NULL;
    }

    for (size_t i = 0; i < edi_edifact_messages_count; i++) {
        const edi_set_t *set = edi_edifact_messages[i];

        if (xd_str_is(code, set->code)
            && is_directory(set->directory, version, release))
        {
            return set;
        }
    }

    return NULL;
}


const edi_segment_t *
edi_grammar_edifact_segment(xd_str_t id)
{
    size_t from = 0, to = edi_edifact_segments_count;

    while (from < to) {
        size_t mid = from + (to - from) / 2;
        int order = xd_str_cmp(id, xd_str(edi_edifact_segments[mid].id));

        if (order == 0) {
            return &edi_edifact_segments[mid];
        }
        if (order < 0) {
            to = mid;
        } else {
            from = mid + 1;
        }
    }

    return NULL;
}
