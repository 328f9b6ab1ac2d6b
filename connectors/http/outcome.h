/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_HTTP_OUTCOME_H
#define XD_HTTP_OUTCOME_H

#include "tree/node.h"
#include "web/client.h"

/*
 * What an exchange means for the work, as rows: outcome_table.c.  The effect
 * protocol is `idempotency-key`: a repeat with the same key has no second
 * effect, so an unknown outcome may be tried again.
 */

typedef enum {
    OUTCOME_DONE,
    OUTCOME_AGAIN,     /* for now: held in order, tried again */
    OUTCOME_REFUSED,   /* for good: a case for a person */
    OUTCOME_LOCKED_OUT /* credentials: read them once more, then refused */
} outcome_kind_t;

/* What it shows of the whole system. */
typedef enum { HEALTH_WELL, HEALTH_SICK, HEALTH_BUSY } health_t;

/* What is to be seen in an answer. */
enum {
    SIGN_READABLE = 1, /* empty, or JSON */
    SIGN_ID = 2,       /* names the document's id there */
    SIGN_REPEAT = 4,   /* says that this key was used before, by us */
    SIGN_PAUSE = 8     /* Retry-After */
};

typedef struct {
    xd_web_result_t result;
    int from, to;   /* of the status, both included */
    unsigned signs; /* all of these */
    outcome_kind_t kind;
    health_t health;
    const char *label; /* in metrics */
    const char *text;  /* for a person */
} outcome_t;

extern const outcome_t outcomes[]; /* the first that fits; the last always */

/* An answer, read. */
typedef struct {
    unsigned signs;
    xd_str_t id;   /* empty: none */
    xd_str_t text; /* what it says of the reason; may be empty */
} outcome_answer_t;

/*
 * outcome_read - look for signs in an answer
 *
 *   any    true: its body means nothing to us (a partner's answer)
 *   arena  owns what out points to
 *
 * Without memory it is read as if it said nothing.
 */
void outcome_read(const xd_web_answer_t *answer, bool any, xd_arena_t *arena,
    outcome_answer_t *out);

const outcome_t *outcome_of(xd_web_result_t result, int status, unsigned signs);

#endif
