/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_SCHEMA_H
#define XD_CANON_SCHEMA_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"

/*
 * JSON Schema 2020-12 and draft-07, compiled once, run many times.
 *
 * Our own schemas, which are loaded as a folder, are read strictly: an unknown
 * keyword is refused when the schema is compiled, never ignored, and formats
 * are asserted.  A schema of others is read as its $schema says.
 *
 * Formats asserted in our own: decimal, ccy, uom, gtin14, gln13, sscc18 (with
 * check digits), instant, date, uuid, sha256, code, text, country; and of the
 * standard date-time, time, ipv4, ipv6, json-pointer, regex.  A format whose
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
 *          examples, lifecycles, codes and released hold data and are passed
 *          over
 *
 * Returns XD_OK; XD_E_IO; XD_E_CONF with findings (path "file:pointer");
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_schemas_load(xd_arena_t *arena, const char *dir,
    xd_schemas_t **out, xd_report_t *rep);

/* The paths of those files below dir, sorted, as xd_str_t.  XD_OK, XD_E_IO or
 * XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_schema_files(xd_arena_t *arena, const char *dir,
    xd_vec_t *files);

/* How a schema of others is read; zeros are the standard's defaults. */
typedef struct {
    const char *refs;    /* folder that stands for http://localhost:1234/ */
    bool assert_formats; /* those known: date, uuid, and so on */
    bool duplicates;     /* members twice are let pass, in files read too */
    bool draft07;        /* where no $schema says it */
} xd_schema_options_t;

/*
 * xd_schema_compile - one schema by itself, by the rules of its $schema
 *
 *   root     lives as long as arena
 *   path     of its file, for findings and for relative references to files
 *            in its folder and below; empty: it has none
 *   anchor   a fragment without "#": the schema there; empty: the whole
 *   options  NULL: the defaults
 *
 * References find what stands in root, the files that options and path allow,
 * and the public meta-schemas: never the network.
 * Returns XD_OK; XD_E_CONF with findings (path "file:pointer"); XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_schema_compile(xd_arena_t *arena, const xd_node_t *root,
    xd_str_t path, xd_str_t anchor, const xd_schema_options_t *options,
    const xd_schema_t **out, xd_report_t *rep);

/* Is this one of ours, by its $id, such as "urn:retail:shipment:1.0"? */
bool xd_schema_is_ours(const xd_node_t *root);

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

/* The document in its $id: "sales-order" of "urn:retail:sales-order:1.0";
 * ptr NULL when the $id has another shape. */
xd_str_t xd_schema_document(const xd_schema_t *schema);

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
