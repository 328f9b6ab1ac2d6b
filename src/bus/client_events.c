/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Between a link and its owner: each event is counted, what an operator wants
 * to know is logged once, and the owner is told.
 */

#include "bus/client_impl.h"

#include "base/clock.h"
#include "base/log.h"


static void
on_up(void *ctx)
{
    xd_client_t *client = ctx;

    client->was_up = true;
    client->up_since = xd_mono_ms();
    client->stats.connects++;

    xd_log(XD_LOG_INFO,
        XD_FIELDS({ "broker",
                      XD_AT(&client->addresses, xd_address_t, client->next)
                          ->shown },
            { "version", xd_link_server_version(client->link) }),
        "the link to the broker is up");

    if (client->on.up != NULL) {
        client->on.up(client->ctx);
    }
}


static void
on_settled(void *ctx, void *job, xd_outcome_t outcome)
{
    xd_client_t *client = ctx;
    uint64_t *const counters[] = {
        [XD_CONFIRMED] = &client->stats.confirmed,
        [XD_RETURNED] = &client->stats.returned,
        [XD_REFUSED] = &client->stats.refused,
        [XD_UNKNOWN] = &client->stats.unknown,
    };

    ++*counters[outcome];

    if (client->on.settled != NULL) {
        client->on.settled(client->ctx, job, outcome);
    }
}


static void
on_delivery(void *ctx, const xd_delivery_t *d)
{
    xd_client_t *client = ctx;

    client->stats.delivered++;
    if (client->on.delivery != NULL) {
        client->on.delivery(client->ctx, d);
    }
}


static void
on_consuming(void *ctx, uint32_t consumer)
{
    xd_client_t *client = ctx;

    if (client->on.consuming != NULL) {
        client->on.consuming(client->ctx, consumer);
    }
}


static void
on_cancelled(void *ctx, uint32_t consumer)
{
    xd_client_t *client = ctx;

    if (client->on.cancelled != NULL) {
        client->on.cancelled(client->ctx, consumer);
    }
}


static void
on_alarm(void *ctx, bool on, xd_str_t reason)
{
    xd_client_t *client = ctx;

    if (client->on.blocked != NULL) {
        client->on.blocked(client->ctx, on, reason);
    }
}


/* A close that we asked for is no news. */
static void
on_closed(void *ctx, uint16_t code, xd_str_t text)
{
    xd_client_t *client = ctx;

    if (!client->closing) {
        xd_log(XD_LOG_WARN, XD_FIELDS({ "reason", text }),
            "the link to the broker is down (%u)", code);
    }

    if (client->on.closed != NULL) {
        client->on.closed(client->ctx, code, text);
    }
}


const xd_link_events_t client_events = {
    .up = on_up,
    .settled = on_settled,
    .delivery = on_delivery,
    .consuming = on_consuming,
    .cancelled = on_cancelled,
    .blocked = on_alarm,
    .closed = on_closed,
};
