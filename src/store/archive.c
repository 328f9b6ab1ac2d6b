/* SPDX-License-Identifier: BSD-2-Clause */

#include "store/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define ARCHIVE_MAX ((size_t) 1 << 30) /* of one file that is read back */
#define PATH_ROOM   4096


/* A name in the folder is durable only after an fsync of the folder. */
static xd_rc_t
folder_sync(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc;

    if (fd == -1) {
        return XD_E_IO;
    }

    rc = fsync(fd);
    (void) close(fd);

    return rc == 0 ? XD_OK : XD_E_IO;
}


static xd_rc_t
archive_path(char path[PATH_ROOM], const char *dir, const char *hash)
{
    int len = hash == NULL
                  ? 0
                  : snprintf(path, PATH_ROOM, "%s/%.2s/%s", dir, hash, hash);

    if (len <= 0 || len >= PATH_ROOM) {
        errno = ENAMETOOLONG;
        return XD_E_IO;
    }

    return XD_OK;
}


/* The folder of the first two digits; a new one is a name in dir, which is
 * durable only when dir is synced. */
static xd_rc_t
folder_make(const char *dir, char path[PATH_ROOM], size_t len)
{
    xd_rc_t rc;

    path[len] = '\0';
    rc = access(path, F_OK) == 0 ? XD_OK : xd_file_mkdirs(path, 0750);
    rc = rc == XD_OK ? folder_sync(dir) : rc;
    path[len] = '/';

    return rc;
}


/* Two processes may write the same bytes at once: both rename to the same
 * name, and either is right. */
xd_rc_t
xd_archive_put(const char *dir, xd_str_t bytes, char hash[XD_SHA256_HEX + 1])
{
    char path[PATH_ROOM];
    size_t folder;
    xd_rc_t rc;

    xd_sha256_hex(bytes, hash);
    rc = archive_path(path, dir, hash);
    if (rc != XD_OK) {
        return rc;
    }

    folder = strlen(path) - XD_SHA256_HEX - 1;

    if (access(path, F_OK) == 0) {
        /* Whoever wrote it may not have come to this yet. */
        path[folder] = '\0';
        return folder_sync(path);
    }

    rc = folder_make(dir, path, folder);

    return rc == XD_OK ? xd_file_write(path, bytes, 0640) : rc;
}


/* Only a name that xd_archive_put could have made leads to a path. */
static bool
hash_valid(xd_str_t hash)
{
    for (size_t i = 0; i < hash.len; i++) {
        char c = hash.ptr[i];

        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return false;
        }
    }

    return hash.len == XD_SHA256_HEX;
}


xd_rc_t
xd_archive_get(xd_arena_t *arena, const char *dir, xd_str_t hash,
    xd_str_t *bytes)
{
    char path[PATH_ROOM], name[XD_SHA256_HEX + 1];
    xd_rc_t rc;

    if (!hash_valid(hash)) {
        return XD_E_NOT_FOUND;
    }

    memcpy(name, hash.ptr, XD_SHA256_HEX);
    name[XD_SHA256_HEX] = '\0';

    rc = archive_path(path, dir, name);
    rc = rc == XD_OK ? xd_file_read(arena, path, ARCHIVE_MAX, bytes) : rc;

    if (rc == XD_OK) {
        xd_sha256_hex(*bytes, name);
        return xd_str_is(hash, name) ? XD_OK : XD_E_CONFLICT;
    }

    return rc == XD_E_IO && errno == ENOENT ? XD_E_NOT_FOUND : rc;
}


bool
xd_archive_has(const char *dir, xd_str_t hash)
{
    char path[PATH_ROOM], name[XD_SHA256_HEX + 1];

    if (!hash_valid(hash)) {
        return false;
    }

    memcpy(name, hash.ptr, XD_SHA256_HEX);
    name[XD_SHA256_HEX] = '\0';

    return archive_path(path, dir, name) == XD_OK && access(path, F_OK) == 0;
}
