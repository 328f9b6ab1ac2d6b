/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Sockets that processes leave behind are the rule after a crash, and a second
 * process under the same path is the mistake to be caught: so the file is
 * asked whether somebody answers, and only a silent one is replaced.
 */

#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 128


/* Closes fd and keeps the errno of what went wrong. */
static xd_rc_t
failed(int fd)
{
    int saved = errno;

    if (fd >= 0) {
        close(fd);
    }
    errno = saved;

    return XD_E_IO;
}


/* Not blocking: accept() may find that the caller has gone again. */
static int
open_socket(int family)
{
    return socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}


/* True when the file is a socket that nobody listens on; else errno says
 * what stands there. */
static bool
is_stale(const char *path, const struct sockaddr_un *addr)
{
    struct stat st;
    int fd, rc;

    if (lstat(path, &st) != 0) {
        return false;
    }
    if (!S_ISSOCK(st.st_mode)) {
        errno = EEXIST;
        return false;
    }

    fd = open_socket(AF_UNIX);
    if (fd < 0) {
        return false;
    }
    rc = connect(fd, (const struct sockaddr *) addr, sizeof(*addr));
    if (rc == 0) {
        errno = EADDRINUSE;
    }
    (void) failed(fd);

    return rc != 0 && errno == ECONNREFUSED;
}


/* Between the look and unlink() another process may have come; then one of
 * the two binds fails and says so. */
static int
bind_unix(int fd, const char *path, const struct sockaddr_un *addr)
{
    const struct sockaddr *to = (const struct sockaddr *) addr;

    if (bind(fd, to, sizeof(*addr)) == 0) {
        return 0;
    }
    if (errno != EADDRINUSE || !is_stale(path, addr)
        || (unlink(path) != 0 && errno != ENOENT))
    {
        return -1;
    }

    return bind(fd, to, sizeof(*addr));
}


xd_rc_t
xd_listen_unix(const char *path, mode_t mode, xd_listen_t *out)
{
    struct sockaddr_un addr = { .sun_family = AF_UNIX };
    size_t len = strlen(path);
    struct stat st;
    int fd;

    if (len >= sizeof(addr.sun_path)) {
        errno = ENAMETOOLONG;
        return XD_E_IO;
    }
    memcpy(addr.sun_path, path, len + 1);

    fd = open_socket(AF_UNIX);

    /* The mode is set before anybody can connect. */
    if (fd < 0 || bind_unix(fd, path, &addr) != 0 || chmod(path, mode) != 0
        || lstat(path, &st) != 0 || listen(fd, BACKLOG) != 0)
    {
        return failed(fd);
    }
    *out = (xd_listen_t){ .fd = fd,
        .path = path,
        .dev = st.st_dev,
        .ino = st.st_ino };

    return XD_OK;
}


/* SO_REUSEADDR: connections of a process that has just ended are still being
 * forgotten by the kernel, and a restart must not wait for that. */
xd_rc_t
xd_listen_tcp(uint16_t port, xd_listen_t *out)
{
    struct sockaddr_in addr = { .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct sockaddr *at = (struct sockaddr *) &addr;
    socklen_t len = sizeof(addr);
    int on = 1;
    int fd = open_socket(AF_INET);

    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0
        || bind(fd, at, len) != 0 || listen(fd, BACKLOG) != 0
        || getsockname(fd, at, &len) != 0)
    {
        return failed(fd);
    }
    *out = (xd_listen_t){ .fd = fd, .port = ntohs(addr.sin_port) };

    return XD_OK;
}


void
xd_listen_forget(const xd_listen_t *l)
{
    struct stat st;

    if (l->path != NULL && lstat(l->path, &st) == 0 && st.st_dev == l->dev
        && st.st_ino == l->ino)
    {
        (void) unlink(l->path);
    }
}
