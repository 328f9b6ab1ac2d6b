/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_MAP_H
#define XD_CLI_MAP_H

#include "map_to.h"
#include "maps.h"

#include "base/clock.h"
#include "canon/document.h"
#include "canon/schema.h"
#include "crypt/digest.h"


/* One file on its way. */
typedef struct {
    const char *file;
    xd_arena_t *arena;
    xd_arena_t *one; /* of the set at hand; where sets are made of documents
                        these are kept, and it is the same */
    xd_report_t report;
    xd_str_t partner;      /* of --partner, or empty */
    xd_schemas_t *schemas; /* NULL: not found, nothing is checked */
    xd_mappings_t maps;
    xd_mappings_t own; /* of --map, by versions */
    map_to_t to;
    xd_vec_t docs; /* of xd_node_t *: those that are to become sets */
    char sha256[XD_SHA256_HEX + 1];
    char now[XD_INSTANT_LEN + 1];
    uint32_t ordinal;      /* of the set in its interchange */
    uint32_t lines_before; /* the document at hand, of one a line */
} map_t;

/* map.c: holds a document to the schema and the rules, and writes it as --to
 * says.  XD_OK, also with findings; XD_E_IO; XD_E_MEMORY. */
XD_CHECKED xd_rc_t map_document(map_t *m, xd_node_t *doc);

/* map.c: the map that --map names, if it fits; else of the configuration. */
const xd_mapping_t *map_best(const map_t *m, const xd_mapping_query_t *query,
    bool writes);

/* map_to.c: one interchange of m->docs, to standard output.  XD_OK;
 * XD_E_SYNTAX with findings; XD_E_NOT_FOUND when no map writes a document as
 * that set; XD_E_MEMORY; XD_E_IO. */
XD_CHECKED xd_rc_t map_to_sets(map_t *m);

/* map.c: the meta of a document that a map made, of what is known of where it
 * came from; NULL when memory is out. */
xd_node_t *map_meta(map_t *m, const xd_mapping_t *map, xd_node_t *doc,
    xd_node_t *residue, const xd_meta_t *known);

/* map.c: the party, as told, or made of the sender's id. */
xd_str_t map_party(map_t *m, xd_str_t sender);

/* map_xml.c: a text of XML; a document as the XML that --to names. */
XD_CHECKED xd_rc_t map_xml(map_t *m, xd_str_t bytes);
XD_CHECKED xd_rc_t map_document_xml(map_t *m, const xd_node_t *doc);

#endif
