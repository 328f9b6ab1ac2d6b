/* SPDX-License-Identifier: BSD-2-Clause */

#include "desk.h"


/* What comes by which first word of the routing key. */
static const struct {
    const char *word; /* NULL: the dialect's name */
    xd_work_rc_t (*work)(void *ctx, xd_work_t *w);
} works[] = {
    { "in", desk_inbound },
    { NULL, desk_outbound },
    { "due", desk_overdue },
    { "batch", desk_ripe },
};


xd_work_rc_t
desk_work(void *ctx, xd_work_t *w)
{
    const desk_in_t in = { .x = ctx, .w = w };
    const desk_dialect_t *dialect = in.x->dialect;
    xd_key_parts_t key = xd_key_split(w->message->routing_key);

    for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++) {
        const char *word = works[i].word;

        if (key.count > 0
            && xd_str_is(key.part[0], word != NULL ? word : dialect->name))
        {
            return works[i].work(ctx, w);
        }
    }

    return desk_fail(&in, "key", "\"%.*s\" is nothing that %s does",
        XD_FMT(w->message->routing_key), dialect->process);
}
