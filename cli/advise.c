/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd ack --kind 824 and aperak: each set is mapped and held to its document's
 * schema and rules, as the connectors do it; what fails there is what the
 * advice tells.  A set that no map reads is judged by its grading alone.
 */

#include "advise.h"
#include "maps.h"

#include "canon/document.h"
#include "canon/rules.h"
#include "canon/schema.h"


typedef struct {
    xd_arena_t *arena;
    xd_str_t bytes;
    const xd_edi_ack_t *ack;
    xd_report_t *rep;
    xd_mappings_t maps;
    xd_schemas_t *schemas;
} advise_t;


/* Without its meta, which only the connectors write. */
static xd_rc_t
hold_to_rules(const advise_t *a, const char *document, const xd_node_t *doc)
{
    xd_str_t name = xd_fmt(a->arena, "%s#business", document);
    const xd_schema_t *schema =
        name.ptr != NULL ? xd_schema_find(a->schemas, name) : NULL;
    xd_rc_t rc =
        schema != NULL ? xd_schema_check(schema, doc, a->arena, a->rep) : XD_OK;

    if (rc == XD_OK) {
        rc = xd_rules_check(xd_str(document), doc, NULL, a->arena, a->rep);
    }

    return rc;
}


/* Findings are its result; there may be none to map it with. */
static xd_rc_t
map_set(const advise_t *a, const xd_edi_advised_t *of)
{
    const xd_mapping_query_t query =
        cli_set_query(a->arena, of->ic, of->group, of->set);
    const xd_mapping_t *map = xd_mapping_in(&a->maps, &query);
    const xd_edi_set_t *set = of->set;
    xd_node_t *doc, *residue;
    xd_rc_t rc;

    if (map == NULL || set->tree == NULL || set->verdict == 'R') {
        return XD_OK;
    }

    rc =
        xd_mapping_read(map, a->arena, set->tree, a->rep, NULL, &doc, &residue);
    rc = rc == XD_OK ? hold_to_rules(a, map->document, doc) : rc;

    return rc == XD_E_SYNTAX ? XD_OK : rc;
}


static xd_rc_t
advise_set(const advise_t *a, const xd_edi_advised_t *of, xd_vec_t *advices)
{
    xd_edi_advised_t with = *of;
    xd_edi_advice_t advice, *slot;
    xd_rc_t rc;

    with.rep = a->rep;
    with.from = a->rep->nkept;
    rc = map_set(a, of);
    with.to = a->rep->nkept;
    rc = rc == XD_OK ? xd_edi_advise(a->arena, &with, &advice) : rc;

    if (rc != XD_OK) {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    slot = xd_vec_push(advices, a->arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }
    *slot = advice;

    return XD_OK;
}


static xd_rc_t
advise_interchange(const advise_t *a, const xd_edi_interchange_t *ic,
    xd_buf_t *out)
{
    xd_edi_advised_t of = { .bytes = a->bytes, .ic = ic };
    xd_vec_t advices = XD_VEC(xd_edi_advice_t);
    xd_edi_ack_t ack = *a->ack;
    xd_rc_t rc = XD_OK;

    ack.usage = ic->test ? 'T' : 'P';

    for (size_t g = 0; g < ic->groups.count; g++) {
        of.group = XD_AT(&ic->groups, xd_edi_group_t, g);

        for (size_t s = 0; rc == XD_OK && s < of.group->sets.count; s++) {
            of.set = XD_AT(&of.group->sets, xd_edi_set_t, s);
            rc = advise_set(a, &of, &advices);
        }
    }

    if (rc == XD_OK) {
        rc = ic->syntax == XD_EDI_X12
                 ? xd_edi_write_824(ic, &ack, &advices, out)
                 : xd_edi_write_aperak(ic, &ack, &advices, out);
    }

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}


int
cli_advise(xd_arena_t *arena, xd_str_t bytes, const xd_edi_file_t *file,
    const xd_edi_ack_t *ack, xd_report_t *rep, xd_buf_t *out)
{
    advise_t a = { .arena = arena, .bytes = bytes, .ack = ack, .rep = rep };
    xd_report_t silent;
    xd_rc_t rc = XD_OK;
    int status = cli_maps(arena, NULL, &a.maps, NULL);

    if (status != CLI_GOOD) {
        return status;
    }

    xd_report_init(&silent, arena, 0);
    if (xd_schemas_load(arena, cli_schemas_dir(arena), &a.schemas, &silent)
        != XD_OK)
    {
        return cli_fail("ack: the canonical schemas cannot be read");
    }

    for (size_t i = 0; rc == XD_OK && i < file->interchanges.count; i++) {
        rc = advise_interchange(&a,
            XD_AT(&file->interchanges, xd_edi_interchange_t, i), out);
    }

    return rc == XD_OK ? CLI_GOOD : cli_fail("%s", xd_rc_text(rc));
}
