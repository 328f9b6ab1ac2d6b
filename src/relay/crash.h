/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_CRASH_H
#define XD_RELAY_CRASH_H

#include "base/str.h"

/*
 * Places at which a test lets the process die as by kill -9:
 * XD_CRASH_AT=<name>[:n] at the nth time.  Deaf unless the configuration
 * says `testing: true`.  A name with a dot is a point of the relay's owner.
 */

typedef enum {
    CRASH_BEFORE_COMMIT,
    CRASH_AFTER_COMMIT,
    CRASH_AFTER_ACK,
    CRASH_BEFORE_START,
    CRASH_AFTER_START,
    CRASH_BEFORE_SETTLE,
    CRASH_AFTER_SETTLE,
    CRASH_BEFORE_PUBLISH,
    CRASH_AFTER_PUBLISH,
    CRASH_AFTER_CONFIRM,
    CRASH_AFTER_DELETE,
    CRASH_POINTS
} crash_point_t;

extern const char *const crash_names[CRASH_POINTS];

typedef struct {
    crash_point_t point; /* CRASH_POINTS: none */
    xd_str_t own;        /* the owner's point; empty: none */
    uint64_t left;
} crash_t;

/* false: text names no point.  It must live as long as out. */
bool crash_read(xd_str_t text, crash_t *out);

void crash_at(crash_t *crash, crash_point_t point);
void crash_at_own(crash_t *crash, const char *point);

#endif
