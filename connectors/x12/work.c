/* SPDX-License-Identifier: BSD-2-Clause */

#include "x12.h"


/* What comes by which first word of the routing key. */
static const struct {
    const char *word;
    xd_work_rc_t (*work)(void *ctx, xd_work_t *w);
} works[] = {
    { "in", x12_inbound },
    { "x12", x12_outbound },
    { "due", x12_overdue },
};


xd_work_rc_t
x12_work(void *ctx, xd_work_t *w)
{
    xd_key_parts_t key = xd_key_split(w->message->routing_key);

    for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
        if (key.count > 0 && xd_str_is(key.part[0], works[i].word)) {
            return works[i].work(ctx, w);
        }
    }

    xd_work_fail(w, "x12.key", "\"%.*s\" is nothing that xd-x12 does",
        XD_FMT(w->message->routing_key));

    return XD_WORK_PERMANENT;
}
