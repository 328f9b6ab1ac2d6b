/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A partner's bytes as words of ours: what stands in facts must hold to
 * their schemas however bad the interchange was.
 */

#include "x12.h"

#define LABEL_MAX 80


/* Nobody can be told of the bytes themselves here; they are in the archive. */
xd_str_t
x12_label(xd_arena_t *arena, xd_str_t s)
{
    size_t len = s.len < LABEL_MAX ? s.len : LABEL_MAX;
    char *out = xd_alloc(arena, len + 1);

    if (out == NULL) {
        return XD_STR_NONE;
    }

    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        out[i] = c >= ' ' && c < 0x7f ? s.ptr[i] : '?';
    }

    return (xd_str_t){ out, len };
}


/* With the rule's id, by which people search and scripts tell apart. */
static xd_str_t
sentence(xd_arena_t *arena, const xd_finding_t *f)
{
    return xd_fmt(arena, "%.*s%s%.*s [%s]", XD_FMT(f->path),
        f->path.len == 0 ? "" : ": ", XD_FMT(f->text), f->rule);
}


bool
x12_reason(const x12_in_t *in, const x12_span_t *span, xd_str_t *text)
{
    for (size_t i = span->first; i < in->report.nkept; i++) {
        const xd_finding_t *f = &in->report.kept[i];

        /* A set that is not supported is no error of the partner's, but its
         * acknowledgement has a code for it. */
        if ((f->severity >= XD_ERROR || f->ack != NULL)
            && f->scope >= span->scope && f->offset >= span->from
            && f->offset <= span->to)
        {
            *text = sentence(in->w->arena, f);
            return true;
        }
    }

    return false;
}
