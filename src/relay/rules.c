/* SPDX-License-Identifier: BSD-2-Clause */

#include "room.h"

#define MESSAGE_MEMORY     ((uint64_t) 256 << 20)
#define MESSAGE_MEMORY_MIN ((uint64_t) 64 << 20)
#define DISK_FREE          ((uint64_t) 200 << 20)
#define ROWS_MAX           100000


static void
limits_read(rules_t *rules, const xd_node_t *main)
{
    const xd_node_t *limits = xd_get(main, "limits");

    rules->held_max = xd_int(limits, "held", 1, INT32_MAX, ROWS_MAX);
    rules->outbox_max = xd_int(limits, "outbox", 1, INT32_MAX, ROWS_MAX);
    rules->disk_free = xd_conf_bytes(main, "limits.disk_free", DISK_FREE);
    rules->message_memory =
        xd_conf_bytes(main, "limits.message_memory", MESSAGE_MEMORY);

    /* Any body that the link delivers must be readable back from held. */
    if (rules->message_memory < MESSAGE_MEMORY_MIN) {
        rules->message_memory = MESSAGE_MEMORY_MIN;
    }
}


/* Compiled into an arena of its own: a fault leaves nothing, and the swap is
 * one pointer. */
xd_rc_t
rules_make(const xd_conf_t *conf, rules_t **out, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    rules_t *rules = arena == NULL ? NULL : xd_alloc(arena, sizeof(*rules));
    xd_rc_t rc;

    *out = NULL;

    if (rules == NULL) {
        xd_arena_free(arena);
        return XD_E_MEMORY;
    }

    rules->arena = arena;
    rules->conf = conf;
    rules->config = xd_str(conf->hash);
    limits_read(rules, conf->main);

    rc = retry_read(conf->main, &rules->retry, rep);
    rc = rc == XD_OK ? xd_routes_compile(arena, conf->routes, conf->schemas,
             &rules->routes, rep)
                     : rc;

    if (rc != XD_OK) {
        rules_free(rules);
        return rc;
    }

    *out = rules;

    return XD_OK;
}


void
rules_free(rules_t *rules)
{
    if (rules != NULL) {
        xd_arena_free(rules->arena);
    }
}
