/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A look into a hot folder.  All names are looked at each time: events of the
 * kernel only say when, since some file systems send none and its queue may
 * overflow.
 */

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "name.h"

#define CLAIMS_A_TURN 32


typedef struct {
    file_inbox_t *box;
    xd_arena_t *arena;
    xd_vec_t before; /* the last look */
    int64_t now;
    xd_rc_t rc;
} scan_t;


static int
by_name(const void *a, const void *b)
{
    return strcmp(((const look_t *) a)->name, ((const look_t *) b)->name);
}


/* The order in which a partner wrote them, as far as it can be told. */
static int
by_age(const void *a, const void *b)
{
    const look_t *x = a, *y = b;

    if (x->changed.tv_sec != y->changed.tv_sec) {
        return x->changed.tv_sec < y->changed.tv_sec ? -1 : 1;
    }

    if (x->changed.tv_nsec != y->changed.tv_nsec) {
        return x->changed.tv_nsec < y->changed.tv_nsec ? -1 : 1;
    }

    return strcmp(x->name, y->name);
}


static void
sort(xd_vec_t *looks, int (*order)(const void *, const void *))
{
    if (looks->count > 1) {
        qsort(looks->at, looks->count, sizeof(look_t), order);
    }
}


/* Folders are nobody's document, and may be a partner's own order. */
static void
see(void *ctx, const char *name)
{
    scan_t *s = ctx;
    const look_t key = { .name = name };
    struct stat st;
    look_t *l;

    if (s->rc != XD_OK || !ready_matches(&s->box->rule, name)
        || fstatat(s->box->in.fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0
        || S_ISDIR(st.st_mode))
    {
        return;
    }

    l = xd_vec_push(&s->box->looks, s->arena);
    name = xd_dup(s->arena, xd_str(name)).ptr;
    if (l == NULL || name == NULL) {
        s->rc = XD_E_MEMORY;
        return;
    }

    ready_look(l, name, &st,
        s->before.count == 0 ? NULL
                             : bsearch(&key, s->before.at, s->before.count,
                                 sizeof(look_t), by_name),
        s->now);
}


/* What the marker of a file is called; false: no such name can be. */
static bool
marker_name(const file_inbox_t *box, const char *name, char out[NAME_MAX + 1])
{
    int len;

    if (box->rule.how != READY_MARKER) {
        return false;
    }

    len = snprintf(out, NAME_MAX + 1, "%s%.*s", name, XD_FMT(box->rule.marker));

    return len > 0 && len <= NAME_MAX;
}


/* The marker of a file, into st; NULL: it has none. */
static const struct stat *
marker_of(const file_inbox_t *box, const char *name, struct stat *st)
{
    char marker[NAME_MAX + 1];

    return marker_name(box, name, marker)
                   && fstatat(box->in.fd, marker, st, AT_SYMLINK_NOFOLLOW) == 0
               ? st
               : NULL;
}


/* Which of the looks are whole, and when the next one will be. */
static xd_rc_t
judge(scan_t *s, int64_t *wait)
{
    file_inbox_t *box = s->box;

    *wait = READY_NEVER;

    for (size_t i = 0; i < box->looks.count; i++) {
        const look_t *l = XD_AT(&box->looks, look_t, i);
        struct stat st;
        int64_t in =
            ready_in(&box->rule, l, marker_of(box, l->name, &st), s->now);
        look_t *ready;

        if (in > 0) {
            *wait = in < *wait ? in : *wait;
            continue;
        }

        ready = xd_vec_push(&box->ready, s->arena);
        if (ready == NULL) {
            return XD_E_MEMORY;
        }
        *ready = *l;
    }

    sort(&box->ready, by_age);

    return XD_OK;
}


xd_rc_t
file_scan(file_inbox_t *box, int64_t now, int64_t *wait)
{
    scan_t s = { .box = box, .before = box->looks, .now = now };
    xd_rc_t rc;

    box->current ^= 1;
    s.arena = box->names[box->current];
    xd_arena_reset(s.arena);
    box->looks = XD_VEC(look_t);
    box->ready = XD_VEC(look_t);
    box->ready_next = 0;

    if (!folder_each(&box->in, see, &s)) {
        return XD_E_IO;
    }

    sort(&box->looks, by_name);
    rc = s.rc == XD_OK ? judge(&s, wait) : s.rc;

    xd_metric_set(box->f->metrics, &file_waiting,
        (int64_t) (box->looks.count - box->ready.count), &box->party);

    return rc;
}

/* -- claiming -------------------------------------------------------------- */

/* After its file: a marker that stays is older than the next file of that
 * name, and means nothing to it. */
static void
marker_drop(const file_inbox_t *box, const char *name)
{
    char marker[NAME_MAX + 1];

    if (marker_name(box, name, marker)) {
        (void) unlinkat(box->in.fd, marker, 0);
    }
}


/* The new name holds the id that the message will have.  So a file that was
 * taken once is known whatever happens next, and the same file laid there
 * twice is two. */
static xd_rc_t
claim_one(file_inbox_t *box, const look_t *l)
{
    xd_arena_t *arena = box->f->batch;
    struct stat st;
    xd_uuid_t id = xd_uuid7();
    xd_str_t name = name_clean(arena, l->name);
    xd_str_t as = name.ptr == NULL
                      ? name
                      : xd_fmt(arena, "in.%s.%.*s", id.text, XD_FMT(name));

    if (as.ptr == NULL) {
        return XD_E_MEMORY;
    }

    if (folder_move(&box->in, l->name, &box->work, as.ptr)) {
        marker_drop(box, l->name);
        return XD_OK;
    }

    /* The partner took it back; unless it is our folder that is gone. */
    return errno == ENOENT
                   && fstatat(box->in.fd, l->name, &st, AT_SYMLINK_NOFOLLOW)
                          != 0
               ? XD_OK
               : XD_E_IO;
}


xd_rc_t
file_claim(file_inbox_t *box)
{
    size_t count = box->ready.count - box->ready_next;
    xd_rc_t rc = XD_OK;

    count = count > CLAIMS_A_TURN ? CLAIMS_A_TURN : count;
    xd_arena_reset(box->f->batch);

    for (size_t i = 0; rc == XD_OK && i < count; i++) {
        rc = claim_one(box, XD_AT(&box->ready, look_t, box->ready_next++));
        xd_relay_crash(box->f->relay, "file.claimed");
    }

    return rc;
}
