/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A partner's bytes as words of ours: what stands in facts must hold to
 * their schemas however bad the interchange was.
 */

#include "desk.h"

#include <stdarg.h>
#include <stdio.h>

#define LABEL_MAX 80
#define CODE_MOST 64 /* as the relay keeps them */
#define TEXT_MOST 600


/* Nobody can be told of the bytes themselves here; they are in the archive. */
xd_str_t
desk_label(xd_arena_t *arena, xd_str_t s)
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
desk_reason(const desk_in_t *in, const desk_span_t *span, xd_str_t *text)
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


/* -- what a dialect calls things ------------------------------------------ */

xd_str_t
desk_number(const desk_in_t *in, int level, uint32_t n)
{
    return xd_fmt(in->w->arena, "%0*u",
        (int) in->x->dialect->levels[level].width, n);
}


const char *
desk_code(const desk_in_t *in, const char *code)
{
    return xd_fmt(in->w->arena, "%s.%s", in->x->dialect->name, code).ptr;
}


xd_work_rc_t
desk_fail(const desk_in_t *in, const char *code, const char *format, ...)
{
    char full[CODE_MOST], text[TEXT_MOST];
    va_list args;

    (void) snprintf(full, sizeof(full), "%s.%s", in->x->dialect->name, code);
    va_start(args, format);
    (void) vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    xd_work_fail(in->w, full, "%s", text);

    return XD_WORK_PERMANENT;
}
