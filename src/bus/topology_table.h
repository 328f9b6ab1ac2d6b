/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_TOPOLOGY_TABLE_H
#define XD_BUS_TOPOLOGY_TABLE_H

#include "bus/topology.h"

/* Rows of topology_table.c, each table ended by a NULL name. */

typedef struct {
    const char *name;
    bool facts; /* a domain exchange */
} topo_exchange_t;

typedef struct {
    const char *name;
    const char *process;  /* that consumes it; NULL: nobody by AMQP */
    const char *type;     /* x-queue-type */
    bool single;          /* x-single-active-consumer: order is kept */
    const char *exchange; /* NULL: every domain exchange */
    const char *key;
} topo_queue_t;

/* What a user may publish: one row an exchange. */
typedef struct {
    const char *user;
    const char *exchange;
    const char *keys; /* regular expression; "@routes": commands to every
                         process of the routes, and to the ward */
} topo_write_t;

typedef struct {
    const char *name;
    const char *pattern;
    const char *definition; /* JSON */
    int priority;
} topo_policy_t;

extern const topo_exchange_t topo_exchanges[];
extern const topo_queue_t topo_queues[];
extern const char *const topo_users[];
extern const topo_write_t topo_writes[];
extern const topo_policy_t topo_policies[];

#endif
