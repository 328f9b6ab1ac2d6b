/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_RETRY_H
#define XD_RELAY_RETRY_H

#include "base/buf.h"
#include "base/report.h"
#include "tree/node.h"

/* When a failed message is tried again, and what is remembered of failures. */

#define RETRY_TIERS 16

typedef struct {
    int64_t ms[RETRY_TIERS];
    size_t count;
    uint32_t attempts; /* after so many it is a case for a person */
} retry_t;

/* Reads retry.tiers and retry.attempts of crossdock.yaml.  XD_E_CONF with a
 * finding when there is no tier, too many, or one that is no duration. */
XD_CHECKED xd_rc_t retry_read(const xd_node_t *main, retry_t *out,
    xd_report_t *rep);

/* Which tier follows the nth attempt: the last one repeats. */
size_t retry_tier(const retry_t *retry, uint32_t attempt);

/* The longest pause of all tiers, in milliseconds. */
int64_t retry_longest(const retry_t *retry);

/*
 * retry_delay - milliseconds until the next try
 *
 *   asked   what the destination asked for; negative: nothing
 *   chance  a random number: the pause varies by a tenth, so that a thousand
 *           messages that failed together do not come back together
 */
int64_t retry_delay(const retry_t *retry, uint32_t attempt, int64_t asked,
    uint32_t chance);

/* True when this failure was the last try.  A released message gets a whole
 * round again, so it is every nth. */
bool retry_spent(const retry_t *retry, uint32_t attempt);

/*
 * retry_reason - add {at, code, text} to an array of reasons
 *
 *   reasons  JSON array, or empty
 *   out      gains the longer array; the first and the last ones are kept
 */
XD_CHECKED xd_rc_t retry_reason(xd_arena_t *arena, xd_str_t reasons,
    int64_t at_ms, xd_str_t code, xd_str_t text, xd_buf_t *out);

#endif
