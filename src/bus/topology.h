/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_TOPOLOGY_H
#define XD_BUS_TOPOLOGY_H

#include "base/report.h"
#include "base/vec.h"

/*
 * What must stand on the broker, as rows: from the tables of this room and
 * from what the routes need.  Making it is cli's work, over the management
 * API; this room only knows what and in which words.
 */

typedef enum {
    XD_TOPO_VHOST,
    XD_TOPO_EXCHANGE,
    XD_TOPO_QUEUE,
    XD_TOPO_BINDING,
    XD_TOPO_USER,
    XD_TOPO_PERMISSION,
    XD_TOPO_TOPIC_PERMISSION,
    XD_TOPO_POLICY
} xd_topo_kind_t;

typedef struct {
    xd_topo_kind_t kind;
    xd_str_t name;   /* what it is, "xd.q.http.erp.p03" */
    xd_str_t path;   /* of the management API, behind /api/, percent-encoded */
    xd_str_t method; /* "PUT", or "POST" for a binding */
    xd_str_t body;   /* JSON; a user's password stands as "@" */
    xd_str_t line;   /* the rabbitmqctl or rabbitmqadmin line for a person */
} xd_topo_row_t;

/* One destination that commands may name. */
typedef struct {
    xd_str_t process, destination;
} xd_topo_destination_t;

/*
 * xd_topology_plan - every row, in the order in which they must be made
 *
 *   vhost         "crossdock"
 *   destinations  from routes and the fixed ones (hospital.ward)
 */
XD_CHECKED xd_rc_t xd_topology_plan(xd_arena_t *arena, xd_str_t vhost,
    const xd_topo_destination_t *destinations, size_t ndestinations,
    xd_vec_t *rows);

/* Names of the queues that a process consumes, of this plan. */
XD_CHECKED xd_rc_t xd_topology_queues(xd_arena_t *arena, xd_str_t process,
    const xd_topo_destination_t *destinations, size_t ndestinations,
    xd_vec_t *names);

#endif
