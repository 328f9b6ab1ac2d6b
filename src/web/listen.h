/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_WEB_LISTEN_H
#define XD_WEB_LISTEN_H

#include <sys/stat.h>

#include "base/rc.h"
#include "base/str.h"

/* A listening socket, and the file that it left, if any. */
typedef struct {
    int fd;
    uint16_t port;
    const char *path; /* of a unix socket; must outlive this */
    dev_t dev;        /* of that file, as it was made: what is there at the */
    ino_t ino;        /* end may be a successor's */
} xd_listen_t;

/*
 * xd_listen_unix - listen on a socket file with this mode
 *
 * A file left behind by a process that is gone is replaced; a socket that
 * somebody listens on, or a file of another kind, is not.
 * Returns XD_OK; XD_E_IO with errno (EADDRINUSE, ENAMETOOLONG, …).
 */
XD_CHECKED xd_rc_t xd_listen_unix(const char *path, mode_t mode,
    xd_listen_t *out);

/* Listens on 127.0.0.1; port 0: a free one.  XD_OK; XD_E_IO with errno. */
XD_CHECKED xd_rc_t xd_listen_tcp(uint16_t port, xd_listen_t *out);

/* Removes the socket file when it is still its own; the descriptor belongs
 * to whoever accepts on it. */
void xd_listen_forget(const xd_listen_t *l);

#endif
