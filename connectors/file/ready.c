/* SPDX-License-Identifier: BSD-2-Clause */

#include "ready.h"

#include <fnmatch.h>


static bool
ends_with(const char *name, xd_str_t end)
{
    size_t len = strlen(name);

    return len >= end.len
           && memcmp(name + len - end.len, end.ptr, end.len) == 0;
}


bool
ready_matches(const ready_rule_t *rule, const char *name)
{
    if (name[0] == '.'
        || (rule->how == READY_MARKER && ends_with(name, rule->marker)))
    {
        return false;
    }

    for (const char *const *m = rule->match; *m != NULL; m++) {
        if (fnmatch(*m, name, FNM_PERIOD | FNM_NOESCAPE) == 0) {
            return true;
        }
    }

    return false;
}


static int
compare(struct timespec a, struct timespec b)
{
    if (a.tv_sec != b.tv_sec) {
        return a.tv_sec < b.tv_sec ? -1 : 1;
    }

    return (a.tv_nsec > b.tv_nsec) - (a.tv_nsec < b.tv_nsec);
}


/* Our own clock counts: a partner may set a file's time to anything, and a
 * server's clock may differ from ours. */
void
ready_look(look_t *l, const char *name, const struct stat *st,
    const look_t *before, int64_t now)
{
    *l = (look_t){ .name = name,
        .ino = st->st_ino,
        .size = st->st_size,
        .changed = st->st_mtim,
        .touched = st->st_ctim,
        .since = now };

    if (before != NULL && before->ino == l->ino && before->size == l->size
        && compare(before->changed, l->changed) == 0)
    {
        l->since = before->since;
    }
}


int64_t
ready_in(const ready_rule_t *rule, const look_t *l, const struct stat *marker,
    int64_t now)
{
    int64_t left = l->since + rule->stable_ms - now;

    switch (rule->how) {

    case READY_RENAMED:
        return 0;

    case READY_MARKER:
        /* One that is older than the file was left by another of its name.
         * ctime, since nobody can set it. */
        return marker != NULL && compare(marker->st_ctim, l->touched) >= 0
                   ? 0
                   : READY_NEVER;

    default:
        return left > 0 ? left : 0;
    }
}
