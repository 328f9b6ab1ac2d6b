/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What became of a command, by what came back.  The first row that fits is
 * taken, so exceptions stand before their rule.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "outcome.h"


#define NO_STATUS 0, 999

const outcome_t outcomes[] = {
    /* result, status, signs, what it means, what it shows of the system,
       label, text */

    { XD_WEB_NOT_SENT, NO_STATUS, 0, OUTCOME_AGAIN, HEALTH_SICK, "not-sent",
        "no connection; nothing was sent" },
    { XD_WEB_UNKNOWN, NO_STATUS, 0, OUTCOME_AGAIN, HEALTH_SICK, "unknown",
        "it was sent, and no whole answer came" },

    { XD_WEB_ANSWERED, 200, 299, SIGN_READABLE, OUTCOME_DONE, HEALTH_WELL,
        "done", "done" },
    /* A page of somebody in between: whether it was done, only the answer to
       a repeat tells. */
    { XD_WEB_ANSWERED, 200, 299, 0, OUTCOME_AGAIN, HEALTH_SICK, "unreadable",
        "the answer is no JSON" },

    /* Some answer a repeat with an error that means done. */
    { XD_WEB_ANSWERED, 400, 400, SIGN_REPEAT | SIGN_ID, OUTCOME_DONE,
        HEALTH_WELL, "repeat", "done before" },
    /* The first request is still being worked on. */
    { XD_WEB_ANSWERED, 409, 409, SIGN_PAUSE, OUTCOME_AGAIN, HEALTH_WELL,
        "outstanding", "the first request is not finished" },
    { XD_WEB_ANSWERED, 409, 409, SIGN_ID, OUTCOME_DONE, HEALTH_WELL, "repeat",
        "done before" },
    { XD_WEB_ANSWERED, 409, 409, 0, OUTCOME_REFUSED, HEALTH_WELL, "conflict",
        "the key was used for another document" },

    { XD_WEB_ANSWERED, 401, 401, 0, OUTCOME_LOCKED_OUT, HEALTH_WELL,
        "locked-out", "the credentials are not accepted" },
    { XD_WEB_ANSWERED, 408, 408, 0, OUTCOME_AGAIN, HEALTH_SICK, "unknown",
        "the system stopped waiting for the request" },
    { XD_WEB_ANSWERED, 425, 425, 0, OUTCOME_AGAIN, HEALTH_WELL, "early",
        "too early" },
    { XD_WEB_ANSWERED, 429, 429, 0, OUTCOME_AGAIN, HEALTH_BUSY, "busy",
        "too many requests" },
    { XD_WEB_ANSWERED, 400, 499, 0, OUTCOME_REFUSED, HEALTH_WELL, "refused",
        "refused" },

    { XD_WEB_ANSWERED, 503, 503, SIGN_PAUSE, OUTCOME_AGAIN, HEALTH_BUSY, "busy",
        "not available for now" },
    /* Whatever it says, it may have done the work. */
    { XD_WEB_ANSWERED, 500, 599, 0, OUTCOME_AGAIN, HEALTH_SICK, "error",
        "the system failed" },

    { XD_WEB_ANSWERED, 300, 399, 0, OUTCOME_REFUSED, HEALTH_WELL, "redirect",
        "it points elsewhere, and is not followed" },

    { XD_WEB_ANSWERED, NO_STATUS, 0, OUTCOME_AGAIN, HEALTH_SICK, "strange",
        "the status means nothing" },
};
