/* SPDX-License-Identifier: BSD-2-Clause */

#include "relay/crash.h"

const char *const crash_names[CRASH_POINTS] = {
    [CRASH_BEFORE_COMMIT]  = "before-commit",  /* inputs worked on, not kept */
    [CRASH_AFTER_COMMIT]   = "after-commit",   /* kept, not acknowledged */
    [CRASH_AFTER_ACK]      = "after-ack",      /* said, perhaps not sent */
    [CRASH_BEFORE_START]   = "before-start",   /* asynchronous work begun */
    [CRASH_AFTER_START]    = "after-start",    /* and noted as begun */
    [CRASH_BEFORE_SETTLE]  = "before-settle",  /* it is over, not kept */
    [CRASH_AFTER_SETTLE]   = "after-settle",
    [CRASH_BEFORE_PUBLISH] = "before-publish",
    [CRASH_AFTER_PUBLISH]  = "after-publish",  /* given to the link */
    [CRASH_AFTER_CONFIRM]  = "after-confirm",  /* its row not deleted */
    [CRASH_AFTER_DELETE]   = "after-delete",
};
