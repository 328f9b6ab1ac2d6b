/* SPDX-License-Identifier: BSD-2-Clause */

/* Posted documents held to their schemas: each fault is told at a place of
 * the document.  The schemas are those of the working folder. */

#include "fuzz.h"

#include "canon/document.h"
#include "canon/schema.h"
#include "format/json.h"

#define MOST 100 /* schemas */

static const xd_schema_t *schemas[MOST];
static size_t nschemas;


/* Every document that has a schema yet, and what the gateway takes. */
static void
find(const xd_schemas_t *set, const char *name)
{
    const xd_schema_t *schema = xd_schema_find(set, xd_str(name));

    if (schema != NULL && nschemas < MOST) {
        schemas[nschemas++] = schema;
    }
}


int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    static xd_arena_t *arena; /* static: it lives as long as the process */
    xd_schemas_t *set;
    xd_report_t rep;

    (void) argc;
    (void) argv;

    arena = fuzz_arena();
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_schemas_load(arena, "canonical-schemas", &set, &rep) == XD_OK);

    find(set, "sales-order#posted");
    MUST(nschemas == 1);

    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        find(set, d->name);
    }

    return 0;
}


static void
check(const xd_schema_t *schema, const xd_node_t *doc, xd_str_t bytes)
{
    xd_arena_t *scratch = fuzz_arena(), *kept = fuzz_arena();
    xd_report_t rep;
    xd_rc_t rc, again;

    xd_report_init(&rep, kept, KEPT);
    rc = xd_schema_check(schema, doc, scratch, &rep);
    fuzz_findings(&rep, bytes);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX);
    MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

    for (size_t i = 0; i < rep.nkept; i++) {
        MUST(xd_pointer(doc, rep.kept[i].path) != NULL);
    }

    xd_arena_reset(scratch);
    xd_report_init(&rep, kept, 0);
    xd_arena_fail_at(scratch, fuzz_nth(bytes) % 16 + 1);
    again = xd_schema_check(schema, doc, scratch, &rep);
    MUST(again == rc || again == XD_E_MEMORY);

    xd_arena_free(kept);
    xd_arena_free(scratch);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_node_t *doc;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);

    if (xd_json_read(arena, bytes, NULL, &doc, &rep) == XD_OK) {
        for (size_t i = 0; i < nschemas; i++) {
            check(schemas[i], doc, bytes);
        }
    }

    xd_arena_free(arena);

    return 0;
}
