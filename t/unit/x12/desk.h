/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_X12_DESK_H
#define XD_T_X12_DESK_H

/* The desk that xd-x12 and xd-edifact share, on a relay that is played. */

#include "connectors/edi/desk.h"
#include "edi/shape.h"
#include "t/unit/x12/played_relay.h"

static char archive[80];
static int raw; /* messages made so far */
static xd_arena_t *maps_arena;
static xd_mappings_t maps;


/* The maps of conf/, once for all tests: an unchecked fixture. */
static inline void
load_maps(void)
{
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    xd_report_t rep;

    maps_arena = xd_arena_new(0);
    xd_report_init(&rep, maps_arena, 1);
    ck_assert_int_eq(xd_mappings_load(maps_arena, "conf/maps", &env, &maps,
                         &rep),
        XD_OK);
}


static inline void
unload_maps(void)
{
    xd_arena_free(maps_arena);
}


/* A desk of a dialect, with these partners. */
static inline void
desk_setup(desk_t *x, const desk_dialect_t *dialect, const char *partners)
{
    xd_report_t rep;

    relay_setup(desk_migrations);
    conf.main = parse("{\"name\":\"crossdock\"}");
    conf.consumers = parse("{\"consumers\":[{\"id\":\"webshop\","
                           "\"plan\":\"standard\"}]}");
    conf.partners = parse(partners);

    (void) snprintf(archive, sizeof(archive), "%s/archive", dir);
    *x = (desk_t){ .dialect = dialect,
        .conf = &conf,
        .archive = archive,
        .identity = XD_STR("crossdock"),
        .maps = maps,
        .findings = 1000 };
    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_registry_make(arena, &conf, XD_STR("pepper"),
                         &x->registry, &rep),
        XD_OK);
    raw = 0;
}


static inline void
teardown(void)
{
    relay_teardown();
}

#endif
