/* SPDX-License-Identifier: BSD-2-Clause */

#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>


static void
close_quietly(int fd)
{
    int kept_errno = errno;

    (void) close(fd);
    errno = kept_errno;
}


bool
folder_open(folder_t *f, mode_t make)
{
    struct stat st;
    int fd;

    if (make != 0 && mkdir(f->path, make) != 0 && errno != EEXIST) {
        return false;
    }

    fd = open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd == -1) {
        return false;
    }

    if (fstat(fd, &st) != 0) {
        close_quietly(fd);
        return false;
    }

    folder_close(f);
    f->fd = fd;
    f->dev = st.st_dev;
    f->ino = st.st_ino;

    return true;
}


void
folder_close(folder_t *f)
{
    if (f->fd != -1) {
        close_quietly(f->fd);
        f->fd = -1;
    }
}


bool
folder_moved(const folder_t *f)
{
    struct stat st;

    return stat(f->path, &st) != 0 || st.st_dev != f->dev
           || st.st_ino != f->ino;
}


bool
folder_same(const folder_t *a, const folder_t *b)
{
    return a->dev == b->dev && a->ino == b->ino;
}


bool
folder_sync(const folder_t *f)
{
    return fsync(f->fd) == 0;
}


/* Through a descriptor of its own: reading moves its position. */
bool
folder_each(const folder_t *f, void (*see)(void *ctx, const char *name),
    void *ctx)
{
    int fd = openat(f->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd == -1 ? NULL : fdopendir(fd);
    const struct dirent *entry;
    int fault;

    if (dir == NULL) {
        if (fd != -1) {
            close_quietly(fd);
        }
        return false;
    }

    for (errno = 0; (entry = readdir(dir)) != NULL; errno = 0) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
        {
            see(ctx, entry->d_name);
        }
    }

    fault = errno;
    (void) closedir(dir);
    errno = fault;

    return fault == 0;
}


static bool
write_all(int fd, xd_str_t bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = write(fd, bytes.ptr, bytes.len);

        if (sent < 0 && errno == EINTR) {
            continue;
        }

        if (sent < 0) {
            return false;
        }

        bytes.ptr += sent;
        bytes.len -= (size_t) sent;
    }

    return true;
}


/* Where we may not, the file's mode decides who reads it. */
static void
give_to_group(int fd, const folder_t *f)
{
    struct stat st;

    if (f != NULL && fstat(f->fd, &st) == 0 && (st.st_mode & S_ISGID)) {
        (void) !fchown(fd, (uid_t) -1, st.st_gid);
    }
}


static bool
fill(int fd, const folder_t *goes_to, xd_str_t bytes)
{
    bool good;

    give_to_group(fd, goes_to);
    good = write_all(fd, bytes) && fsync(fd) == 0;
    close_quietly(fd);

    return good;
}


bool
folder_put(const folder_t *f, const char *name, xd_str_t bytes, mode_t mode,
    const folder_t *goes_to)
{
    char hidden[NAME_MAX + 1];
    int len = snprintf(hidden, sizeof(hidden), ".%s", name);
    int fd;

    if (len < 0 || (size_t) len >= sizeof(hidden)) {
        errno = ENAMETOOLONG;
        return false;
    }

    /* What a crash left under the hidden name is nobody's. */
    if (unlinkat(f->fd, hidden, 0) != 0 && errno != ENOENT) {
        return false;
    }

    fd = openat(f->fd, hidden,
        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (fd == -1) {
        return false;
    }

    if (!fill(fd, goes_to, bytes) || renameat(f->fd, hidden, f->fd, name) != 0)
    {
        int kept_errno = errno;

        (void) unlinkat(f->fd, hidden, 0);
        errno = kept_errno;
        return false;
    }

    return folder_sync(f);
}

/* -- reading --------------------------------------------------------------- */

static bool
same_state(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_size == b->st_size
           && a->st_mtim.tv_sec == b->st_mtim.tv_sec
           && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}


/* Up to room bytes; more may be there. */
static ssize_t
read_up_to(int fd, char *out, size_t room)
{
    size_t have = 0;

    while (have < room) {
        ssize_t got = read(fd, out + have, room - have);

        if (got < 0 && errno == EINTR) {
            continue;
        }

        if (got < 0) {
            return -1;
        }

        if (got == 0) {
            break;
        }

        have += (size_t) got;
    }

    return (ssize_t) have;
}


/* One byte more than it should have is asked for: it may have grown. */
static xd_rc_t
read_whole(int fd, size_t most, xd_arena_t *arena, xd_str_t *bytes,
    struct stat *st)
{
    size_t size = (size_t) st->st_size;
    struct stat after;
    ssize_t have;
    char *at;

    if (size > most) {
        return XD_E_LIMIT;
    }

    at = xd_alloc(arena, size + 1);
    if (at == NULL) {
        return XD_E_MEMORY;
    }

    have = read_up_to(fd, at, size + 1);

    if (have < 0 || fstat(fd, &after) != 0) {
        return XD_E_IO;
    }

    if ((size_t) have != size || !same_state(st, &after)) {
        return XD_E_AGAIN;
    }

    *bytes = (xd_str_t){ at, size };

    return XD_OK;
}


/* Opened without waiting: a pipe would block until somebody writes. */
xd_rc_t
folder_read(const folder_t *f, const char *name, size_t most, xd_arena_t *arena,
    xd_str_t *bytes, struct stat *st)
{
    xd_rc_t rc;
    int fd;

    if (fstatat(f->fd, name, st, AT_SYMLINK_NOFOLLOW) != 0) {
        return XD_E_IO;
    }

    /* Before it is opened: opening a device may already do something. */
    if (!S_ISREG(st->st_mode) || st->st_nlink != 1) {
        return XD_E_CONFLICT;
    }

    fd = openat(f->fd, name,
        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd == -1) {
        return XD_E_IO;
    }

    /* And after, since another may have its name by now. */
    if (fstat(fd, st) != 0) {
        rc = XD_E_IO;
    } else if (!S_ISREG(st->st_mode) || st->st_nlink != 1) {
        rc = XD_E_CONFLICT;
    } else {
        rc = read_whole(fd, most, arena, bytes, st);
    }

    close_quietly(fd);

    return rc;
}


/* File systems without the flag (some over the network) get a look before:
 * nobody else is told of this folder's names to come. */
bool
folder_move(const folder_t *from, const char *name, const folder_t *to,
    const char *as)
{
    struct stat st;

    if (renameat2(from->fd, name, to->fd, as, RENAME_NOREPLACE) == 0) {
        return true;
    }

    if (errno != EINVAL && errno != ENOSYS) {
        return false;
    }

    if (fstatat(to->fd, as, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }

    return errno == ENOENT && renameat(from->fd, name, to->fd, as) == 0;
}
