/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FILE_FOLDER_H
#define XD_FILE_FOLDER_H

#include <sys/stat.h>
#include <sys/types.h>

#include "base/arena.h"

/*
 * A folder that is opened once.  Everything in it is reached from its
 * descriptor, by a name without a slash, and no link is followed: whoever may
 * write there can change names under us, but cannot lead us elsewhere.
 *
 * All calls give false, or XD_E_IO, with errno.
 */
typedef struct {
    const char *path; /* NULL: there is none */
    int fd;           /* -1: not open */
    dev_t dev;
    ino_t ino;
} folder_t;

#define FOLDER(p) ((folder_t){ .path = (p), .fd = -1 })

/* make: with this mode when it is missing; 0: never. */
XD_CHECKED bool folder_open(folder_t *f, mode_t make);
void folder_close(folder_t *f);

/* True when its path names another folder by now, or none. */
bool folder_moved(const folder_t *f);

bool folder_same(const folder_t *a, const folder_t *b);

/* Names in it become durable. */
XD_CHECKED bool folder_sync(const folder_t *f);

/* Each name in it, in no order; but for "." and "..". */
XD_CHECKED bool folder_each(const folder_t *f,
    void (*see)(void *ctx, const char *name), void *ctx);

/*
 * folder_put - a whole file under that name, or what was there before
 *
 *   goes_to  the folder that it will be moved to; NULL: it stays.  With the
 *            set-group-id bit there, the file is given to that group, as if
 *            it were made there
 *
 * By a hidden name, fsync, rename, fsync of the folder.
 */
XD_CHECKED bool folder_put(const folder_t *f, const char *name, xd_str_t bytes,
    mode_t mode, const folder_t *goes_to);

/*
 * folder_read - the bytes of a regular file
 *
 *   most  more are not read
 *   st    of what was read, taken after the last byte
 *
 * Returns XD_OK; XD_E_IO with errno; XD_E_CONFLICT: it is no regular file, or
 * has other names too; XD_E_LIMIT: longer than most; XD_E_AGAIN: it was
 * written to meanwhile; XD_E_MEMORY.  st is set but for XD_E_IO.
 */
XD_CHECKED xd_rc_t folder_read(const folder_t *f, const char *name, size_t most,
    xd_arena_t *arena, xd_str_t *bytes, struct stat *st);

/* Moves a name; never onto one that is there: EEXIST. */
XD_CHECKED bool folder_move(const folder_t *from, const char *name,
    const folder_t *to, const char *as);

#endif
