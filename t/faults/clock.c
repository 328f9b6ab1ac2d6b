/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A clock that jumps, preloaded into the processes of a proof: the wall
 * clock, plus the seconds that stand in the file XD_CLOCK_FILE.  The steady
 * clocks stay as they are, as on a machine whose date somebody sets.
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *offset;


/* Before main, and as the user who may still open it. */
__attribute__((constructor)) static void
begin(void)
{
    const char *path = getenv("XD_CLOCK_FILE");
    int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    void *at;

    if (fd == -1) {
        return;
    }

    at = mmap(NULL, sizeof(*offset), PROT_READ, MAP_SHARED, fd, 0);
    (void) close(fd);
    offset = at == MAP_FAILED ? NULL : at;
}


int
clock_gettime(clockid_t clock, struct timespec *ts)
{
    /* The kernel's own: others may call this before our constructor ran. */
    int rc = (int) syscall(SYS_clock_gettime, clock, ts);

    if (rc == 0 && offset != NULL
        && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    {
        ts->tv_sec += *offset;
    }

    return rc;
}


int
gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
    struct timespec ts;

    (void) zone;
    (void) clock_gettime(CLOCK_REALTIME, &ts);
    tv->tv_sec = ts.tv_sec;
    tv->tv_usec = ts.tv_nsec / 1000;

    return 0;
}


time_t
time(time_t *out)
{
    struct timespec ts;

    (void) clock_gettime(CLOCK_REALTIME, &ts);

    if (out != NULL) {
        *out = ts.tv_sec;
    }

    return ts.tv_sec;
}
