/* SPDX-License-Identifier: BSD-2-Clause */

#include "room.h"

#include "bus/topology.h"


/* Routes decide: a destination that no route names has no queue, and is not
 * consumed; a reload that adds one adds its queues. */
xd_rc_t
queues_make(xd_arena_t *arena, const char *process, const xd_conf_t *conf,
    xd_vec_t *out, xd_report_t *rep)
{
    xd_vec_t hits = XD_VEC(xd_route_hit_t);
    xd_topo_destination_t *destinations;
    xd_routes_t *routes;
    xd_rc_t rc =
        xd_routes_compile(arena, conf->routes, conf->schemas, &routes, rep);

    rc = rc == XD_OK ? xd_routes_destinations(routes, arena, &hits) : rc;
    if (rc != XD_OK) {
        return rc;
    }

    destinations = xd_alloc_n(arena, hits.count + 1, sizeof(*destinations));
    if (destinations == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < hits.count; i++) {
        const xd_route_hit_t *hit = XD_AT(&hits, xd_route_hit_t, i);

        destinations[i] =
            (xd_topo_destination_t){ hit->process, hit->destination };
    }

    return xd_topology_queues(arena, xd_str(process), destinations, hits.count,
        out);
}
