/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A daemon started as root opens its store, its secrets and its socket, hands
 * the files over and becomes the configured user for good.
 */

#include "room.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

static const struct {
    const char *name; /* in paths */
    mode_t mode;
} folders[] = {
    { "state", 0750 },
    { "archive", 0750 },
    { "run", 0755 },
};

#define FOLDERS (sizeof(folders) / sizeof(folders[0]))

/* What SQLite and the lock put beside a store. */
static const char *const store_files[] = { "", "-wal", "-shm", ".lock" };


/* Parents stay passable: whoever we become must come through them. */
static bool
folder_make(const char *path, mode_t mode)
{
    if (path == NULL || access(path, F_OK) == 0) {
        return path != NULL;
    }

    return xd_file_mkdirs(path, 0755) == XD_OK && chmod(path, mode) == 0;
}


xd_rc_t
folders_make(const xd_conf_t *conf)
{
    for (size_t i = 0; i < FOLDERS; i++) {
        const char *path = xd_conf_path(conf, folders[i].name);

        if (!folder_make(path, folders[i].mode)) {
            xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", xd_str(path) }),
                "the folder paths.%s cannot be made: %m", folders[i].name);
            return XD_E_IO;
        }
    }

    return XD_OK;
}


/* lchown: a link that somebody put there is not followed. */
static bool
hand_over(const char *path, const struct passwd *user)
{
    if (path == NULL || lchown(path, user->pw_uid, user->pw_gid) == 0
        || errno == ENOENT)
    {
        return true;
    }

    xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", xd_str(path) }),
        "it cannot be handed over to %s: %m", user->pw_name);

    return false;
}


static bool
hand_over_all(const xd_daemon_t *d, const struct passwd *user)
{
    const char *state = xd_conf_path(d->conf, "state");
    bool good = hand_over(d->socket_path, user);

    for (size_t i = 0; good && i < FOLDERS; i++) {
        good = hand_over(xd_conf_path(d->conf, folders[i].name), user);
    }

    for (size_t i = 0; good && i < 4; i++) {
        xd_str_t path = xd_fmt(d->arena, "%s/%s.db%s", state, d->spec->name,
            store_files[i]);

        good = path.ptr != NULL && hand_over(path.ptr, user);
    }

    return good;
}


/* Group first: afterwards there is no right to. */
static bool
become(const struct passwd *user)
{
    if (setgid(user->pw_gid) != 0
        || initgroups(user->pw_name, user->pw_gid) != 0
        || setuid(user->pw_uid) != 0)
    {
        return false;
    }

    /* It must not be possible to come back. */
    return user->pw_uid == 0 || setuid(0) != 0;
}


/* Without `user`, or not as root, everything stays as it is. */
xd_rc_t
privilege_drop(const xd_daemon_t *d)
{
    xd_str_t name = xd_dup(d->arena, xd_text(d->conf->main, "user"));
    const struct passwd *user;

    if (name.len == 0 || geteuid() != 0) {
        return XD_OK;
    }

    user = getpwnam(name.ptr);
    if (user == NULL) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "user", name }),
            "this machine knows no such user");
        return XD_E_CONF;
    }

    if (!hand_over_all(d, user)) {
        return XD_E_IO;
    }

    if (!become(user)) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "user", name }),
            "privileges cannot be dropped: %m");
        return XD_E_IO;
    }

    return XD_OK;
}
