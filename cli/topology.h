/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_TOPOLOGY_H
#define XD_CLI_TOPOLOGY_H

#include "bus/topology.h"
#include "cli.h"
#include "web/client.h"

/* One plan, and the broker that it is for. */
typedef struct {
    const xd_conf_t *conf;
    xd_arena_t *arena;
    xd_vec_t rows; /* of xd_topo_row_t */
    xd_str_t vhost;
    xd_str_t management;
} topology_t;

/*
 * topology_call - one call of the management API
 *
 *   path    behind /api/
 *   answer  gains the answer's body
 *
 * CLI_GOOD with *status; CLI_FAILED after it was told why there is none, or
 * that the login was refused.
 */
XD_CHECKED int topology_call(const topology_t *t, const char *method,
    xd_str_t path, xd_str_t body, int *status, xd_buf_t *answer);

/* Finds where the broker's management is, and the virtual host: XD_E_CONF when
 * the broker's address names none. */
XD_CHECKED xd_rc_t topology_where(topology_t *t);

/* xd topology drift: what stands on the broker otherwise than it is planned.
 * drift.c. */
int topology_drift(topology_t *t);

#endif
