/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_LOOP_H
#define XD_BASE_LOOP_H

#include "base/rc.h"
#include "base/str.h"


/* One thread's event loop over poll(): descriptors and timers. */
typedef struct xd_loop_s xd_loop_t;

/* revents as of poll(): POLLIN, POLLOUT, POLLERR, POLLHUP. */
typedef void xd_io_fn(void *ctx, int fd, short revents);

typedef void xd_timer_fn(void *ctx);

/* Lives in its owner; zeroed but for fire and ctx before the first use. */
typedef struct xd_timer_s {
    xd_timer_fn *fire;
    void *ctx;
    int64_t due; /* xd_mono_ms() at which it fires */
    size_t slot; /* its place in the loop's heap + 1; 0: not set */
} xd_timer_t;

xd_loop_t *xd_loop_new(void);
void xd_loop_free(xd_loop_t *loop);

/* Watch fd, or change what it is watched for.  XD_OK or XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_loop_watch(xd_loop_t *loop, int fd, short events,
    xd_io_fn *fn, void *ctx);

/* Safe inside a callback, also for another descriptor that is due. */
void xd_loop_unwatch(xd_loop_t *loop, int fd);

/* Set or move a timer to fire once, ms from now.  XD_OK or XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_timer_set(xd_loop_t *loop, xd_timer_t *timer, int64_t ms);
void xd_timer_clear(xd_loop_t *loop, xd_timer_t *timer);

/*
 * xd_loop_once - wait for what comes first, at most max_ms, and serve it
 *
 * Returns XD_OK; XD_E_IO when poll() fails but for EINTR.
 */
XD_CHECKED xd_rc_t xd_loop_once(xd_loop_t *loop, int max_ms);

/* Runs xd_loop_once until *stop is not 0. */
XD_CHECKED xd_rc_t xd_loop_run(xd_loop_t *loop, const volatile int *stop);

#endif
