/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * When to look.  The kernel tells of what happens in a folder, which saves
 * waiting; that all is looked at every few seconds is what makes it sure.
 */

#include "file.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

#define RESCAN_MS 5000
#define BUSY_MS   1000 /* until the relay is asked again */
#define EVENT_MS  50   /* events gather, and the loop serves the broker */

#define EVENTS    (IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR)


/* -- one inbox ------------------------------------------------------------- */

/* By the descriptor, so that it is surely the folder that we have open. */
static void
watch_add(file_inbox_t *box)
{
    char path[40];

    if (box->watch != -1 || box->f->notify == -1) {
        return;
    }

    (void) snprintf(path, sizeof(path), "/proc/self/fd/%d", box->in.fd);
    box->watch = inotify_add_watch(box->f->notify, path, EVENTS);
}


/* What is left of the last turn first, then what is ready, then a new look. */
static int64_t
turn_ready(file_inbox_t *box)
{
    int64_t wait = 0;
    xd_rc_t rc;

    if (box->ready_next >= box->ready.count) {
        rc = file_scan(box, xd_mono_ms(), &wait);
        if (rc != XD_OK) {
            file_inbox_fault(box, "looking into the folder");
            return RESCAN_MS;
        }
    }

    if (box->ready_next < box->ready.count) {
        if (file_claim(box) != XD_OK) {
            file_inbox_fault(box, "claiming a file");
            return RESCAN_MS;
        }
        return 0;
    }

    file_inbox_well(box);

    return wait < RESCAN_MS ? wait : RESCAN_MS;
}


int64_t
file_inbox_turn(file_inbox_t *box)
{
    if (!xd_relay_takes(box->f->relay)) {
        return BUSY_MS;
    }

    if (!file_inbox_open(box)) {
        return RESCAN_MS;
    }

    watch_add(box);

    switch (file_take(box)) {

    case FILE_MORE:
        return 0;

    case FILE_LATER:
        if (box->in.fd == -1 || !xd_relay_takes(box->f->relay)) {
            return BUSY_MS;
        }
        return turn_ready(box);

    default:
        return turn_ready(box);
    }
}

/* -- all ------------------------------------------------------------------- */

static void
schedule(file_t *f)
{
    int64_t now = xd_mono_ms(), next = now + RESCAN_MS;

    for (file_inbox_t *box = f->inboxes; box != NULL; box = box->next) {
        next = box->due < next ? box->due : next;
    }

    if (xd_timer_set(f->loop, &f->turn, next > now ? next - now : 0) != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "no memory for a timer");
    }
}


/* One turn of each that is due: none keeps the others waiting for long. */
static void
turn(void *ctx)
{
    file_t *f = ctx;
    int64_t now = xd_mono_ms();

    if (f->daemon != NULL) {
        f->relay = xd_daemon_relay(f->daemon);
    }

    for (file_inbox_t *box = f->inboxes; box != NULL; box = box->next) {
        if (box->due <= now) {
            box->due = now + file_inbox_turn(box);
        }
    }

    schedule(f);
}


/* Which names does not matter: the folder is looked at as a whole.  Of an
 * overflow nobody knows which folder. */
static void
wake(file_t *f, const struct inotify_event *event, int64_t due)
{
    for (file_inbox_t *box = f->inboxes; box != NULL; box = box->next) {
        if ((box->watch == event->wd || (event->mask & IN_Q_OVERFLOW))
            && due < box->due)
        {
            box->due = due;
        }
    }
}


static void
on_event(void *ctx, int fd, short revents)
{
    char bytes[4096];
    file_t *f = ctx;
    int64_t due = xd_mono_ms() + EVENT_MS;
    ssize_t got;

    (void) revents;

    while ((got = read(fd, bytes, sizeof(bytes))) > 0) {
        struct inotify_event event;

        for (size_t at = 0; at < (size_t) got; at += sizeof(event) + event.len)
        {
            memcpy(&event, bytes + at, sizeof(event)); /* it is aligned */
            wake(f, &event, due);
        }
    }

    schedule(f);
}


xd_rc_t
file_watch_start(file_t *f)
{
    file_watch_stop(f);

    f->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (f->notify == -1) {
        xd_log(XD_LOG_WARN, XD_FIELDS({ "reason", xd_str(strerror(errno)) }),
            "folders are looked at every few seconds only");
    } else if (xd_loop_watch(f->loop, f->notify, POLLIN, on_event, f) != XD_OK)
    {
        return XD_E_MEMORY;
    }

    f->turn = (xd_timer_t){ .fire = turn, .ctx = f };
    f->settle = (xd_timer_t){ .fire = file_settle, .ctx = f };

    /* In the loop, where the relay stands, and we are who we will be. */
    if (xd_timer_set(f->loop, &f->settle, 0) != XD_OK) {
        return XD_E_MEMORY;
    }

    return xd_timer_set(f->loop, &f->turn, 0);
}


void
file_watch_stop(file_t *f)
{
    xd_timer_clear(f->loop, &f->turn);
    xd_timer_clear(f->loop, &f->settle);

    if (f->notify != -1) {
        xd_loop_unwatch(f->loop, f->notify);
        (void) close(f->notify);
        f->notify = -1;
    }
}
