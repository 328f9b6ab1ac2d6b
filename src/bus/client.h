/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_CLIENT_H
#define XD_BUS_CLIENT_H

#include "base/loop.h"
#include "bus/link.h"

/*
 * The poll() driver of bus/link: connects without blocking, starts with the
 * broker down, reconnects for ever with jittered back-off (200 ms to 10 s),
 * tries each address of the host list in turn.
 */

typedef struct xd_client_s xd_client_t;

/*
 * xd_client_new - keep a link to the broker alive on a loop
 *
 *   url   amqp://host:port/vhost, several joined by ','; user and password
 *         come from conf, not from here
 *   conf  conf->vhost is taken from the url when empty
 *
 * Host names are resolved at start and when every address has failed.
 * Returns XD_OK; XD_E_CONF for a bad url; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_client_new(xd_loop_t *loop, xd_str_t url,
    const xd_link_conf_t *conf, const xd_link_events_t *events, void *ctx,
    xd_client_t **out);

/* To publish, consume, ack: call xd_link_… on this; the client notices that
 * there is something to write. */
xd_link_t *xd_client_link(xd_client_t *client);

/* Something was given to the link: write it before the loop sleeps. */
void xd_client_kick(xd_client_t *client);

/* Drains, at most ms, then closes.  Runs the loop meanwhile. */
void xd_client_close(xd_client_t *client, int64_t ms);
void xd_client_free(xd_client_t *client);

typedef struct {
    uint64_t connects, losses, published, confirmed, returned, refused, unknown,
        delivered;
} xd_client_stats_t;

void xd_client_stats(const xd_client_t *client, xd_client_stats_t *out);

#endif
