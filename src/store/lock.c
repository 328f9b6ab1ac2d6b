/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A store has one process.  SQLite's own locks would let two daemons take
 * turns, and both would publish the same outbox; so a lock of our own lies
 * beside the file.  flock() and not fcntl(): it goes with the descriptor,
 * hence with the process, and no close() of another descriptor drops it.
 */

#include "room.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"


xd_rc_t
store_lock(xd_store_t *store)
{
    xd_str_t path = xd_fmt(store->arena, "%s.lock", store->path);

    if (path.ptr == NULL) {
        return XD_E_STORE;
    }

    store->lock = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0640);

    if (store->lock == -1) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", path }),
            "the lock beside the store cannot be opened: %m");
        return XD_E_STORE;
    }

    if (flock(store->lock, LOCK_EX | LOCK_NB) != 0) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "path", path }), "%s",
            errno == EWOULDBLOCK ? "another process has this store open"
                                 : "the store cannot be locked");
        return XD_E_STORE;
    }

    return XD_OK;
}
