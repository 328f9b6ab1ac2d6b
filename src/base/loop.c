/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * poll() over a dense row of descriptors, and a binary heap of timers by due
 * time.  A callback may change anything: what it unwatches is only marked
 * dead, and the row is closed up when no callback runs any more.
 */

#include "base/loop.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "base/clock.h"


#define FIRST_ROOM 16
#define LONGEST_MS 3600000 /* of one poll(), whose argument is an int */
#define RUN_MS     1000    /* longest wait: a missed signal's price */

typedef struct {
    xd_io_fn *fn; /* NULL: dead, waiting to be swept */
    void *ctx;
} watch_t;

struct xd_loop_s {
    struct pollfd *polls; /* two rows of the same length */
    watch_t *watches;
    size_t count, room;
    size_t *places; /* by descriptor: its place in the rows + 1; 0: none */
    size_t nplaces;
    xd_timer_t **heap; /* heap[0] is due first */
    size_t ntimers, timer_room;
    unsigned depth; /* of callbacks running */
    bool dead;      /* something waits to be swept */
};


xd_loop_t *
xd_loop_new(void)
{
    return calloc(1, sizeof(xd_loop_t));
}


void
xd_loop_free(xd_loop_t *loop)
{
    if (loop != NULL) {
        free(loop->polls);
        free(loop->watches);
        free(loop->places);
        free(loop->heap);
        free(loop);
    }
}


/* Makes *row hold at least need elements; new ones are not cleared. */
static bool
extend(void *row, size_t *room, size_t need, size_t size)
{
    size_t more = *room == 0 ? FIRST_ROOM : *room;
    void *old, *bigger;

    while (more < need) {
        more *= 2;
    }

    if (more == *room) {
        return true;
    }

    /* A pointer to some pointer: read and written as bytes. */
    memcpy(&old, row, sizeof(old));
    bigger = realloc(old, more * size);
    if (bigger == NULL) {
        return false;
    }

    memcpy(row, &bigger, sizeof(bigger));
    *room = more;

    return true;
}


/* Place + 1 of a watched descriptor, or 0. */
static size_t
place_of(const xd_loop_t *loop, int fd)
{
    return fd >= 0 && (size_t) fd < loop->nplaces ? loop->places[fd] : 0;
}


static bool
make_room(xd_loop_t *loop, int fd)
{
    size_t before = loop->nplaces, room = loop->room;

    if (!extend(&loop->places, &loop->nplaces, (size_t) fd + 1,
            sizeof(*loop->places)))
    {
        return false;
    }

    memset(loop->places + before, 0,
        (loop->nplaces - before) * sizeof(*loop->places));

    if (!extend(&loop->polls, &room, loop->count + 1, sizeof(*loop->polls))) {
        return false;
    }

    return extend(&loop->watches, &loop->room, loop->count + 1,
        sizeof(*loop->watches));
}


xd_rc_t
xd_loop_watch(xd_loop_t *loop, int fd, short events, xd_io_fn *fn, void *ctx)
{
    size_t place = place_of(loop, fd);

    if (place == 0) {
        if (!make_room(loop, fd)) {
            return XD_E_MEMORY;
        }

        place = ++loop->count;
        loop->places[fd] = place;
        loop->polls[place - 1] = (struct pollfd){ .fd = fd };
    }

    loop->polls[place - 1].events = events;
    loop->watches[place - 1] = (watch_t){ fn, ctx };

    return XD_OK;
}


/* Closes the gaps that dead watches left. */
static void
sweep(xd_loop_t *loop)
{
    size_t kept = 0;

    if (!loop->dead || loop->depth > 0) {
        return;
    }

    for (size_t i = 0; i < loop->count; i++) {
        if (loop->watches[i].fn == NULL) {
            continue;
        }

        loop->polls[kept] = loop->polls[i];
        loop->watches[kept] = loop->watches[i];
        kept++;
        loop->places[loop->polls[kept - 1].fd] = kept;
    }

    loop->count = kept;
    loop->dead = false;
}


void
xd_loop_unwatch(xd_loop_t *loop, int fd)
{
    size_t place = place_of(loop, fd);

    if (place == 0) {
        return;
    }

    loop->places[fd] = 0;
    loop->polls[place - 1] = (struct pollfd){ .fd = -1 };
    loop->watches[place - 1] = (watch_t){ NULL, NULL };
    loop->dead = true;
    sweep(loop);
}


static void
place_timer(xd_loop_t *loop, size_t at, xd_timer_t *timer)
{
    loop->heap[at] = timer;
    timer->slot = at + 1;
}


/* Moves timer from the free place at up or down to where it belongs. */
static void
settle(xd_loop_t *loop, size_t at, xd_timer_t *timer)
{
    size_t child;

    while (at > 0 && timer->due < loop->heap[(at - 1) / 2]->due) {
        place_timer(loop, at, loop->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }

    while ((child = 2 * at + 1) < loop->ntimers) {
        if (child + 1 < loop->ntimers
            && loop->heap[child + 1]->due < loop->heap[child]->due)
        {
            child++;
        }

        if (timer->due <= loop->heap[child]->due) {
            break;
        }

        place_timer(loop, at, loop->heap[child]);
        at = child;
    }

    place_timer(loop, at, timer);
}


xd_rc_t
xd_timer_set(xd_loop_t *loop, xd_timer_t *timer, int64_t ms)
{
    if (timer->slot == 0) {
        if (!extend(&loop->heap, &loop->timer_room, loop->ntimers + 1,
                sizeof(xd_timer_t *)))
        {
            return XD_E_MEMORY;
        }

        timer->slot = ++loop->ntimers;
    }

    timer->due = xd_mono_ms() + (ms > 0 ? ms : 0);
    settle(loop, timer->slot - 1, timer);

    return XD_OK;
}


void
xd_timer_clear(xd_loop_t *loop, xd_timer_t *timer)
{
    size_t slot = timer->slot;
    xd_timer_t *last;

    if (slot == 0) {
        return;
    }

    timer->slot = 0;
    last = loop->heap[--loop->ntimers];
    if (last != timer) {
        settle(loop, slot - 1, last);
    }
}


/* How long poll() may sleep; -1: for ever. */
static int
wait_ms(const xd_loop_t *loop, int max_ms)
{
    int64_t left;

    if (loop->ntimers == 0) {
        return max_ms;
    }

    left = loop->heap[0]->due - xd_mono_ms();
    if (left < 0) {
        left = 0;
    }

    if (max_ms >= 0 && left > max_ms) {
        return max_ms;
    }

    return left > LONGEST_MS ? LONGEST_MS : (int) left;
}


/* A descriptor that is none is an error like others to its owner. */
static short
seen_events(const struct pollfd *p)
{
    int seen = p->revents & (p->events | POLLERR | POLLHUP);

    return (short) (p->revents & POLLNVAL ? seen | POLLERR : seen);
}


/* Those added meanwhile stand behind count and have no events yet; dead ones
 * have lost theirs. */
static void
serve_descriptors(xd_loop_t *loop, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        short revents = seen_events(&loop->polls[i]);
        watch_t watch = loop->watches[i];

        if (revents != 0) {
            loop->polls[i].revents = 0;
            watch.fn(watch.ctx, loop->polls[i].fd, revents);
        }
    }
}


/* At most as many as are set now: a timer that sets itself again for at once
 * waits for the next turn, so that descriptors get theirs. */
static void
serve_timers(xd_loop_t *loop)
{
    int64_t now = xd_mono_ms();

    for (size_t left = loop->ntimers; left > 0; left--) {
        xd_timer_t *timer;

        if (loop->ntimers == 0 || loop->heap[0]->due > now) {
            return;
        }

        timer = loop->heap[0];
        xd_timer_clear(loop, timer);
        timer->fire(timer->ctx);
    }
}


xd_rc_t
xd_loop_once(xd_loop_t *loop, int max_ms)
{
    int ready = poll(loop->polls, (nfds_t) loop->count, wait_ms(loop, max_ms));

    if (ready < 0) {
        return errno == EINTR ? XD_OK : XD_E_IO;
    }

    loop->depth++;
    if (ready > 0) {
        serve_descriptors(loop, loop->count);
    }
    serve_timers(loop);
    loop->depth--;

    sweep(loop);

    return XD_OK;
}


xd_rc_t
xd_loop_run(xd_loop_t *loop, const volatile int *stop)
{
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && !*stop) {
        rc = xd_loop_once(loop, RUN_MS);
    }

    return rc;
}
