/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Signals are blocked and read from a descriptor: their handlers run between
 * two turns of the loop, where anything may be done, and none is lost.
 */

#include "room.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"


static void
on_signal(void *ctx, int fd, short revents)
{
    xd_daemon_t *d = ctx;
    struct signalfd_siginfo info;

    (void) revents;

    while (read(fd, &info, sizeof(info)) == (ssize_t) sizeof(info)) {
        if (info.ssi_signo == SIGHUP) {
            daemon_reload(d);
        } else {
            xd_log(XD_LOG_INFO, NULL, "signal %u: draining", info.ssi_signo);
            d->stop = 1;
        }
    }
}


xd_rc_t
signals_open(xd_daemon_t *d)
{
    sigset_t set;

    (void) sigemptyset(&set);
    (void) sigaddset(&set, SIGTERM);
    (void) sigaddset(&set, SIGINT);
    (void) sigaddset(&set, SIGHUP);

    /* A peer that hangs up is told by the write itself. */
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR
        || sigprocmask(SIG_BLOCK, &set, NULL) != 0)
    {
        return XD_E_IO;
    }

    d->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (d->signals == -1) {
        return XD_E_IO;
    }

    return xd_loop_watch(d->loop, d->signals, POLLIN, on_signal, d);
}


void
signals_close(xd_daemon_t *d)
{
    if (d->signals != -1) {
        xd_loop_unwatch(d->loop, d->signals);
        (void) close(d->signals);
        d->signals = -1;
    }
}
