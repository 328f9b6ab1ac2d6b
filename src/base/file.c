/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"


#define CHUNK      ((size_t) 64 * 1024)
#define SECRET_MAX ((size_t) 64 * 1024)


/* A descriptor of ours even for "-": what was opened may be closed. */
static int
open_input(const char *path)
{
    if (strcmp(path, "-") == 0) {
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    }

    return open(path, O_RDONLY | O_CLOEXEC);
}


/* Closes without losing the errno that the caller will report. */
static void
close_quietly(int fd)
{
    int kept_errno = errno;

    (void) close(fd);
    errno = kept_errno;
}


static ssize_t
read_some(int fd, char *out, size_t room)
{
    ssize_t got;

    do {
        got = read(fd, out, room);
    } while (got < 0 && errno == EINTR);

    return got;
}


static xd_rc_t
read_all(int fd, xd_buf_t *out)
{
    char chunk[CHUNK];
    ssize_t got;

    while ((got = read_some(fd, chunk, sizeof(chunk))) > 0) {
        xd_buf_add(out, (xd_str_t){ chunk, (size_t) got });

        if (xd_buf_rc(out) != XD_OK) {
            return xd_buf_rc(out);
        }
    }

    return got < 0 ? XD_E_IO : XD_OK;
}


/* The bytes of fd as a copy in the arena. */
static xd_rc_t
read_into(xd_arena_t *arena, int fd, size_t limit, xd_str_t *out)
{
    xd_buf_t bytes = { .limit = limit };
    xd_rc_t rc = read_all(fd, &bytes);

    if (rc == XD_OK) {
        *out = xd_dup(arena, xd_buf_str(&bytes));
        rc = out->ptr == NULL ? XD_E_MEMORY : XD_OK;
    }

    xd_buf_free(&bytes);

    return rc;
}


xd_rc_t
xd_file_read(xd_arena_t *arena, const char *path, size_t limit, xd_str_t *out)
{
    int fd = open_input(path);
    xd_rc_t rc;

    if (fd < 0) {
        return XD_E_IO;
    }

    rc = read_into(arena, fd, limit, out);
    close_quietly(fd);

    return rc;
}


/* Maps a regular file that is not empty; anything else cannot be mapped. */
static bool
map_fd(int fd, xd_file_t *out)
{
    struct stat st;
    void *at;

    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0
        || lseek(fd, 0, SEEK_CUR) != 0)
    {
        return false;
    }

    at = mmap(NULL, (size_t) st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) {
        return false;
    }

    /* Only a hint: readers go through it once, front to back. */
    (void) madvise(at, (size_t) st.st_size, MADV_SEQUENTIAL);
    *out = (xd_file_t){ { at, (size_t) st.st_size }, true };

    return true;
}


xd_rc_t
xd_file_map(const char *path, xd_file_t *out)
{
    int fd = open_input(path);
    xd_buf_t bytes = { 0 };
    xd_rc_t rc = XD_OK;

    if (fd < 0) {
        return XD_E_IO;
    }

    if (!map_fd(fd, out)) {
        rc = read_all(fd, &bytes);
        *out = (xd_file_t){ xd_buf_str(&bytes), false };
    }

    close_quietly(fd);

    if (rc != XD_OK) {
        xd_buf_free(&bytes);
        *out = (xd_file_t){ 0 };

        /* The one other cause is memory: an I/O fault to the caller. */
        errno = rc == XD_E_IO ? errno : ENOMEM;
        rc = XD_E_IO;
    }

    return rc;
}


void
xd_file_unmap(xd_file_t *file)
{
    union {
        const char *in;
        void *out;
    } bytes = { .in = file->bytes.ptr };

    if (file->mapped) {
        (void) munmap(bytes.out, file->bytes.len);
    } else {
        free(bytes.out);
    }

    *file = (xd_file_t){ 0 };
}


void
xd_file_passed(const xd_file_t *file, size_t offset)
{
    union {
        const char *in;
        void *out;
    } bytes = { .in = file->bytes.ptr };
    size_t page = (size_t) sysconf(_SC_PAGESIZE);

    if (file->mapped && offset <= file->bytes.len) {
        /* only advice: nothing depends on its being taken */
        (void) madvise(bytes.out, offset / page * page, MADV_DONTNEED);
    }
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


/* The folder part of path, "." when it has none. */
static bool
folder_of(const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    size_t len = slash == NULL ? 0 : (size_t) (slash - path);

    if (len >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }

    if (len == 0) {
        path = slash == NULL ? "." : "/";
        len = 1;
    }

    memcpy(out, path, len);
    out[len] = '\0';

    return true;
}


static bool
sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) {
        close_quietly(fd);
    }

    return good;
}


/* A new file beside path, hidden, so that readers of the folder's *.yaml and
 * the like never see it. */
static int
open_temporary(const char *folder, const char *path, char out[PATH_MAX])
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    int len = snprintf(out, PATH_MAX, "%s/.%s.XXXXXX", folder, name);

    if (len < 0 || len >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }

    return mkostemp(out, O_CLOEXEC);
}


static bool
fill(int fd, xd_str_t bytes, mode_t mode)
{
    bool good = write_all(fd, bytes) && fchmod(fd, mode) == 0 && fsync(fd) == 0;

    if (!good) {
        close_quietly(fd);
        return false;
    }

    return close(fd) == 0;
}


xd_rc_t
xd_file_write(const char *path, xd_str_t bytes, mode_t mode)
{
    char folder[PATH_MAX], temporary[PATH_MAX];
    int fd, kept_errno;

    if (!folder_of(path, folder)) {
        return XD_E_IO;
    }

    fd = open_temporary(folder, path, temporary);
    if (fd < 0) {
        return XD_E_IO;
    }

    if (!fill(fd, bytes, mode) || rename(temporary, path) != 0) {
        kept_errno = errno;
        (void) unlink(temporary);
        errno = kept_errno;
        return XD_E_IO;
    }

    return sync_folder(folder) ? XD_OK : XD_E_IO;
}


/* Makes one folder; true too when something is there already. */
static bool
make_one(const char *path, mode_t mode)
{
    return mkdir(path, mode) == 0 || errno == EEXIST;
}


xd_rc_t
xd_file_mkdirs(const char *path, mode_t mode)
{
    char part[PATH_MAX];
    size_t len = strlen(path);
    struct stat st;

    if (len == 0 || len >= sizeof(part)) {
        errno = len == 0 ? ENOENT : ENAMETOOLONG;
        return XD_E_IO;
    }

    memcpy(part, path, len + 1);

    for (size_t i = 1; i <= len; i++) {
        if (path[i] != '/' && path[i] != '\0') {
            continue;
        }

        part[i] = '\0';
        if (!make_one(part, mode)) {
            return XD_E_IO;
        }
        part[i] = path[i];
    }

    if (stat(path, &st) != 0) {
        return XD_E_IO;
    }

    if (!S_ISDIR(st.st_mode)) {
        errno = ENOTDIR;
        return XD_E_IO;
    }

    return XD_OK;
}


static xd_rc_t
read_secret(xd_arena_t *arena, int fd, xd_str_t *out)
{
    struct stat st;
    xd_str_t bytes, line;
    xd_rc_t rc;

    if (fstat(fd, &st) != 0) {
        return XD_E_IO;
    }

    if (st.st_mode & (S_IWGRP | S_IROTH | S_IWOTH)) {
        return XD_E_CONF;
    }

    rc = read_into(arena, fd, SECRET_MAX, &bytes);
    if (rc != XD_OK) {
        return rc;
    }

    line = xd_str_cut(&bytes, '\n');
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
        line.len--;
    }

    *out = xd_dup(arena, line);

    return out->ptr == NULL ? XD_E_MEMORY : line.len == 0 ? XD_E_CONF : XD_OK;
}


xd_rc_t
xd_file_secret(xd_arena_t *arena, const char *path, xd_str_t *out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    xd_rc_t rc;

    if (fd < 0) {
        return XD_E_IO;
    }

    rc = read_secret(arena, fd, out);
    close_quietly(fd);

    return rc;
}
