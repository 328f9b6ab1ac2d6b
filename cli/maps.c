/* SPDX-License-Identifier: BSD-2-Clause */

/* The maps that the tool uses, and what it asks them for. */

#include "maps.h"

#include "edi/shape.h"


/* A fault of a map names its own file. */
static void
map_told(void *ctx, const xd_finding_t *f)
{
    xd_finding_t there = *f;

    (void) ctx;
    there.path = XD_STR("");
    cli_finding(stderr, f->path.ptr, &there);
}


int
cli_maps(xd_arena_t *arena, const char *file, xd_mappings_t *maps,
    xd_mappings_t *own)
{
    const char *dir = cli_maps_dir(arena);
    const xd_mappings_env_t env = { cli_schemas_dir(arena), xd_edi_shapes };
    xd_report_t rep;
    xd_rc_t rc;

    if (dir == NULL || env.schemas == NULL) {
        return cli_fail("the maps and schemas are not found; XD_MAPS and "
                        "XD_SCHEMAS name their folders");
    }

    xd_report_init(&rep, arena, 0);
    rep.sink = map_told;
    rc = xd_mappings_load(arena, dir, &env, maps, &rep);
    if (rc == XD_OK && file != NULL) {
        rc = xd_mapping_load(arena, file, dir, &env, own, &rep);
    }

    return rc == XD_OK ? CLI_GOOD
           : rc == XD_E_CONF
               ? CLI_FINDINGS
               : cli_fail("%s: %s", file != NULL ? file : dir, xd_rc_text(rc));
}


xd_mapping_query_t
cli_set_query(xd_arena_t *arena, const xd_edi_interchange_t *ic,
    const xd_edi_group_t *group, const xd_edi_set_t *set)
{
    return (xd_mapping_query_t){ .syntax = ic->syntax == XD_EDI_EDIFACT
                                               ? XD_STR("edifact")
                                               : XD_STR("x12"),
        .set = set->code,
        .version = xd_edi_version(arena, group, set) };
}
