/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_SCHEMA_H
#define XD_CANON_SCHEMA_H

#include "base/report.h"
#include "tree/node.h"

/*
 * JSON Schema 2020-12, compiled once, run many times.  The keywords served so
 * far stand in keywords_table.c; an unknown one is refused when the schema is
 * compiled, never ignored.
 *
 * Formats asserted: decimal, ccy, uom, gtin14, gln13, sscc18 (with check
 * digits), instant, date, uuid, sha256, code, text, country.  A format whose
 * name begins with "xd-" is left to the room whose schema it is.
 */

typedef struct xd_schemas_s xd_schemas_t; /* a set that may refer inside */
typedef struct xd_schema_s xd_schema_t;

/*
 * xd_schemas_load - read and compile every *.json schema below a folder
 *
 *   arena  owns the set; it lives as long
 *   dir    canonical-schemas/ or conf/schemas/; $id names each, $ref finds
 *          only what stands in the set: never the network.  Folders named
 *          examples, lifecycles and codes hold data and are passed over
 *
 * Returns XD_OK; XD_E_IO; XD_E_CONF with findings (path "file:pointer");
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_schemas_load(xd_arena_t *arena, const char *dir,
    xd_schemas_t **out, xd_report_t *rep);

/*
 * xd_schema_find - a schema by name
 *
 *   name  an $id ("urn:retail:shipment:1.0"), a document ("shipment": its
 *         newest), or a file below the folder; each may end with an anchor
 *
 * Every canonical document has two anchors beside the whole: "#business" is
 * all but meta, open for further members; "#posted" is what a caller of the
 * gateway sends: the business part, and of meta nothing but ext and test.
 * So the gateway and xd-doc check posted orders against "sales-order#posted",
 * and what Crossdock publishes is checked against "sales-order".
 *
 * Returns NULL when there is none.
 */
const xd_schema_t *xd_schema_find(const xd_schemas_t *set, xd_str_t name);

/* Its $id, with "#anchor" where it was found by one. */
xd_str_t xd_schema_id(const xd_schema_t *schema);

/*
 * xd_schema_check - hold a document to its schema
 *
 *   rep  gains each fault: pointer, line and column, rule (the format or the
 *        keyword: "required", "gtin14"), a sentence that says what to
 *        change, "did you mean" for unknown members.  At most as many as rep
 *        keeps.
 *
 * Never allocates but in scratch, which may be reset after the call.
 * Returns XD_OK, XD_E_SYNTAX, or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_schema_check(const xd_schema_t *schema,
    const xd_node_t *doc, xd_arena_t *scratch, xd_report_t *rep);

#endif
