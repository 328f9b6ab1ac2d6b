/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_HTTP_BREAKER_H
#define XD_HTTP_BREAKER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * When a whole system counts as down.  It opens after so many failures in a
 * row, lets one work through when its pause is over (the probe), and closes
 * when an answer shows that the system is well.
 *
 * Pure: times are xd_mono_ms() of the caller.
 */
typedef struct {
    uint32_t failures_max; /* settings; may be changed at any time */
    int64_t pause_ms;

    uint32_t failures; /* in a row */
    bool open;
    bool probing; /* open, and one work is under way all the same */
    int64_t until_ms;
} breaker_t;

/* May a work be tried now?  True while open: it is the probe. */
bool breaker_admits(breaker_t *b, int64_t now_ms);

/* Milliseconds until it is worth asking again, when it does not admit. */
int64_t breaker_wait(const breaker_t *b, int64_t now_ms);

/* What a work showed of the system: it answers, it does not, or it asks for
 * a pause of ms. */
void breaker_well(breaker_t *b);
void breaker_sick(breaker_t *b, int64_t now_ms);
void breaker_busy(breaker_t *b, int64_t now_ms, int64_t ms);

/* An admitted work ended and showed nothing: it never came so far. */
void breaker_unused(breaker_t *b);

#endif
