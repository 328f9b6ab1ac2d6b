/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/id.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "base/clock.h"


#define STOCK_MOST   64    /* bytes of one lot that come from stock */
#define COUNTER_MAX  0xfff /* 12 bits: the field rand_a */
#define COUNTER_SEED 0x7ff /* its top bit starts as 0: room to count up */

/* What makes ids of one process grow: the last moment and count used. */
static pthread_mutex_t last_lock = PTHREAD_MUTEX_INITIALIZER;
static uint64_t last_ms;
static uint16_t last_count;


/*
 * Random bytes in stock: a request of the gateway takes three small lots, and
 * a system call for each is a twentieth of its time.  The kernel wipes the
 * page in a child, so that two processes never give out the same bytes; what
 * was given out is wiped here.
 */
typedef struct {
    size_t left;
    unsigned char bytes[4096 - sizeof(size_t)];
} stock_t;

static pthread_once_t stock_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t stock_lock = PTHREAD_MUTEX_INITIALIZER;
static stock_t *stock; /* NULL: none can be kept safely */


static void
stock_open(void)
{
    void *page = mmap(NULL, sizeof(*stock), PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (page == MAP_FAILED) {
        return;
    }

    if (madvise(page, sizeof(*stock), MADV_WIPEONFORK) != 0) {
        (void) munmap(page, sizeof(*stock));
        return;
    }

    stock = page;
}


static void
from_kernel(void *out, size_t len)
{
    unsigned char *at = out;

    while (len > 0) {
        ssize_t got = getrandom(at, len, 0);

        if (got < 0 && errno == EINTR) {
            continue;
        }

        /* Ids and keys that can be guessed are worse than no process. */
        if (got <= 0) {
            abort();
        }

        at += got;
        len -= (size_t) got;
    }
}


void
xd_random(void *out, size_t len)
{
    (void) pthread_once(&stock_once, stock_open);

    if (stock == NULL || len > STOCK_MOST) {
        from_kernel(out, len);
        return;
    }

    (void) pthread_mutex_lock(&stock_lock);

    if (stock->left < len) {
        from_kernel(stock->bytes, sizeof(stock->bytes));
        stock->left = sizeof(stock->bytes);
    }

    stock->left -= len;
    memcpy(out, stock->bytes + stock->left, len);
    explicit_bzero(stock->bytes + stock->left, len);

    (void) pthread_mutex_unlock(&stock_lock);
}


void
xd_hex(const void *bytes, size_t len, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *in = bytes;

    for (size_t i = 0; i < len; i++) {
        out[2 * i] = digits[in[i] >> 4];
        out[2 * i + 1] = digits[in[i] & 15];
    }

    out[2 * len] = '\0';
}


/* The next moment and count; both only ever go up, whatever the clock does. */
static void
next_tick(uint16_t seed, uint64_t *ms, uint16_t *count)
{
    uint64_t now = (uint64_t) xd_now_ms();

    (void) pthread_mutex_lock(&last_lock);

    if (now > last_ms) {
        last_ms = now;
        last_count = seed & COUNTER_SEED;
    } else if (last_count == COUNTER_MAX) {
        last_ms++;
        last_count = seed & COUNTER_SEED;
    } else {
        last_count++;
    }

    *ms = last_ms;
    *count = last_count;

    (void) pthread_mutex_unlock(&last_lock);
}


xd_uuid_t
xd_uuid_of(const unsigned char raw[16])
{
    static const size_t groups[] = { 4, 2, 2, 2, 6 };
    xd_uuid_t u;
    char *at = u.text;

    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++) {
        xd_hex(raw, groups[i], at);
        raw += groups[i];
        at += 2 * groups[i];
        *at++ = '-';
    }

    u.text[XD_UUID_LEN] = '\0';

    return u;
}


xd_uuid_t
xd_uuid7(void)
{
    unsigned char raw[16];
    uint64_t ms;
    uint16_t count;

    xd_random(raw, sizeof(raw));
    next_tick((uint16_t) (raw[0] << 8 | raw[1]), &ms, &count);

    for (unsigned i = 0; i < 6; i++) {
        raw[i] = (unsigned char) (ms >> (40 - 8 * i));
    }

    raw[6] = (unsigned char) (0x70 | count >> 8);
    raw[7] = (unsigned char) count;
    raw[8] = (unsigned char) (0x80 | (raw[8] & 0x3f));

    return xd_uuid_of(raw);
}


static bool
is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')
           || (c >= 'A' && c <= 'F');
}


bool
xd_uuid_valid(xd_str_t text)
{
    if (text.len != XD_UUID_LEN) {
        return false;
    }

    for (size_t i = 0; i < XD_UUID_LEN; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? text.ptr[i] != '-' : !is_hex(text.ptr[i])) {
            return false;
        }
    }

    return true;
}
