/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_FILE_H
#define XD_BASE_FILE_H

#include <sys/types.h>

#include "base/arena.h"


/*
 * xd_file_read - the whole of a file
 *
 *   path   NUL-terminated; "-" is standard input
 *   limit  most bytes; 0: no limit
 *   out    points into arena
 *
 * Returns XD_OK; XD_E_IO with errno; XD_E_LIMIT; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_file_read(xd_arena_t *arena, const char *path,
    size_t limit, xd_str_t *out);

/*
 * xd_file_map - a file mapped read-only, or read when it cannot be mapped
 *
 * Returns XD_OK or XD_E_IO with errno.  Free with xd_file_unmap.
 */
typedef struct {
    xd_str_t bytes;
    bool mapped;
} xd_file_t;

XD_CHECKED xd_rc_t xd_file_map(const char *path, xd_file_t *out);
void xd_file_unmap(xd_file_t *file);

/* The bytes up to an offset are not needed for now: those that are mapped are
 * given back to the system, and read again should somebody look at them. */
void xd_file_passed(const xd_file_t *file, size_t offset);

/*
 * xd_file_write - put bytes at path so that a crash leaves the old or the new
 *
 * Temporary name in the same folder, fsync, rename, fsync of the folder.
 * Returns XD_OK or XD_E_IO with errno; nothing is left behind then.
 */
XD_CHECKED xd_rc_t xd_file_write(const char *path, xd_str_t bytes, mode_t mode);

/* Makes a folder and its parents; fine when it is there already. */
XD_CHECKED xd_rc_t xd_file_mkdirs(const char *path, mode_t mode);

/* A secret: the file's first line without its end.  XD_E_CONF when group may
 * write it, others may read or write it, or it is empty. */
XD_CHECKED xd_rc_t xd_file_secret(xd_arena_t *arena, const char *path,
    xd_str_t *out);

#endif
