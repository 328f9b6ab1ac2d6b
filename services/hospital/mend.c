/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Mended bytes are looked at before they are let go: a second fault would
 * only come back as another case.
 */

#include "hospital.h"

#include "canon/rules.h"
#include "edi/grade.h"
#include "format/json.h"


/* What is posted without meta has the document's name in the properties. */
static const xd_schema_t *
schema_of(const hospital_t *h, xd_arena_t *arena, const xd_node_t *told,
    const xd_node_t *doc)
{
    xd_str_t own = xd_text_at(doc, "meta.schema");
    xd_str_t type = xd_text_at(told, "properties.type");

    if (own.len > 0) {
        return xd_schema_find(h->conf->schemas, own);
    }

    return xd_schema_find(h->conf->schemas,
        xd_fmt(arena, "%.*s#posted", XD_FMT(type)));
}


static xd_rc_t
json_check(const hospital_t *h, xd_arena_t *arena, const xd_node_t *told,
    xd_str_t bytes, xd_report_t *rep)
{
    const xd_schema_t *schema;
    xd_node_t *doc;
    xd_rc_t rc = xd_json_read(arena, bytes, NULL, &doc, rep);

    if (rc != XD_OK) {
        return rc == XD_E_LIMIT ? XD_E_SYNTAX : rc;
    }

    schema = schema_of(h, arena, told, doc);

    rc = schema != NULL ? xd_schema_check(schema, doc, arena, rep) : XD_OK;

    return rc == XD_OK && schema != NULL
               ? xd_rules_check(xd_schema_document(schema), doc, NULL, arena,
                   rep)
               : rc;
}


/* Findings of severity error refuse; tolerances do not. */
static xd_rc_t
edi_check(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    const xd_edi_options_t options = { .most_sets = 1 };
    xd_edi_file_t file;
    xd_report_t all;
    xd_rc_t rc;

    xd_report_init(&all, arena, 1000);
    rc = xd_edi_grade(arena, bytes, &options, &all, &file);

    for (size_t i = 0; rc == XD_OK && i < all.nkept; i++) {
        if (all.kept[i].severity >= XD_ERROR) {
            xd_report(rep, &all.kept[i]);
            return XD_E_SYNTAX;
        }
    }

    return rc;
}


xd_rc_t
mend_check(const hospital_t *h, xd_arena_t *arena, const xd_node_t *told,
    xd_str_t bytes, xd_report_t *rep)
{
    xd_str_t type = xd_text_at(told, "properties.content_type");

    if (xd_str_is(type, "application/json")) {
        return json_check(h, arena, told, bytes, rep);
    }

    if (xd_str_starts(type, XD_STR("application/edi"))) {
        return edi_check(arena, bytes, rep);
    }

    return XD_OK;
}
