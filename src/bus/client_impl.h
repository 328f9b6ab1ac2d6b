/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_CLIENT_IMPL_H
#define XD_BUS_CLIENT_IMPL_H

/* Inside of bus/client: client.c (sockets and time), client_events.c. */

#include "bus/address.h"
#include "bus/client.h"

struct xd_client_s {
    xd_arena_t *arena;    /* owns the client */
    xd_arena_t *resolved; /* owns addresses */
    xd_loop_t *loop;
    xd_link_t *link;
    xd_link_events_t on;
    void *ctx;

    xd_vec_t brokers;   /* of xd_broker_t */
    xd_vec_t addresses; /* of xd_address_t; empty: to be resolved */
    size_t next;        /* address to try */
    unsigned failures;  /* rounds without a steady link */

    int fd; /* -1: none */
    short watched;
    bool connecting, closing;
    bool was_up; /* this connection came up */
    int64_t up_since;
    xd_timer_t timer, kick;

    char *buffer;
    xd_client_stats_t stats;
};

/* What the link tells the client, which counts, logs and passes it on. */
extern const xd_link_events_t client_events;

#endif
