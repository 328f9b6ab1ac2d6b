/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/report.h"

#include <stdio.h>

#include "base/utf8.h"


#define FIRST_ROOM 16
#define VALUE_MAX  256 /* of a value: contents are hostile, and large */
#define TEXT_MAX   512

static const char *const severity_names[] = { "info", "warning", "error",
    "fatal" };

static const char *const scope_names[] = { "value", "set", "group",
    "interchange", "file" };


void
xd_report_init(xd_report_t *rep, xd_arena_t *arena, size_t most)
{
    *rep = (xd_report_t){ .arena = arena, .most = most };
}


/* At most max bytes; a character at the end is not cut in two. */
static xd_str_t
shorten(xd_str_t s, size_t max)
{
    size_t whole;

    if (s.len <= max) {
        return s;
    }

    s.len = max;
    whole = xd_utf8_valid(s);

    /* Only a character's beginning goes; ill-formed bytes stay evidence. */
    if (max - whole < 4) {
        s.len = whole;
    }

    return s;
}


static bool
make_room(xd_report_t *rep)
{
    size_t room = rep->room == 0 ? FIRST_ROOM : rep->room * 2;
    xd_finding_t *kept;

    if (rep->nkept < rep->room) {
        return true;
    }

    kept = xd_alloc_n(rep->arena, room, sizeof(*kept));
    if (kept == NULL) {
        return false;
    }

    if (rep->nkept > 0) {
        memcpy(kept, rep->kept, rep->nkept * sizeof(*kept));
    }

    rep->kept = kept;
    rep->room = room;

    return true;
}


/* Copies what *s points to; a slice of nothing stays one. */
static bool
own(xd_arena_t *arena, xd_str_t *s)
{
    if (s->ptr != NULL) {
        *s = xd_dup(arena, *s);
        return s->ptr != NULL;
    }

    return true;
}


static void
keep(xd_report_t *rep, const xd_finding_t *f)
{
    xd_finding_t mine = *f;
    xd_str_t ack = xd_str(f->ack);

    if (rep->nkept >= rep->most || !make_room(rep)
        || !own(rep->arena, &mine.path) || !own(rep->arena, &mine.value)
        || !own(rep->arena, &mine.text) || !own(rep->arena, &ack))
    {
        return;
    }

    mine.ack = ack.ptr;
    rep->kept[rep->nkept++] = mine;
}


void
xd_report(xd_report_t *rep, const xd_finding_t *f)
{
    xd_finding_t short_one = *f;

    short_one.value = shorten(f->value, VALUE_MAX);
    rep->count[f->severity]++;

    if (rep->sink != NULL) {
        rep->sink(rep->sink_ctx, &short_one);
    }

    keep(rep, &short_one);
}


void
xd_reportf(xd_report_t *rep, const xd_finding_t *at, const char *format, ...)
{
    char text[TEXT_MAX + 1];
    xd_finding_t f = *at;
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    f.text = (xd_str_t){ text, len < 0 ? 0 : (size_t) len };
    if (f.text.len > TEXT_MAX) {
        /* One more than was written, so that a cut character is seen. */
        f.text = shorten((xd_str_t){ text, TEXT_MAX + 1 }, TEXT_MAX);
    }

    xd_report(rep, &f);
}


void
xd_report_in(xd_report_t *rep, xd_arena_t *scratch, xd_str_t file,
    const xd_finding_t *f)
{
    xd_finding_t named = *f;

    named.path = xd_fmt(scratch, "%.*s:%.*s", XD_FMT(file), XD_FMT(f->path));
    xd_report(rep, &named);
}


size_t
xd_report_errors(const xd_report_t *rep)
{
    return rep->count[XD_ERROR] + rep->count[XD_FATAL];
}


const char *
xd_severity_name(xd_severity_t s)
{
    return severity_names[s];
}


const char *
xd_scope_name(xd_scope_t s)
{
    return scope_names[s];
}
