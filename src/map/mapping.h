/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_MAPPING_H
#define XD_MAP_MAPPING_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"
#include "tree/shape.h"

/*
 * Maps between trees of formats and canonical documents, written in the
 * language of docs/MAPS.md, one file each; and running them.
 */

/* One map, compiled. */
typedef struct xd_mapping_s {
    const char *name;    /* "x12-850" */
    const char *version; /* "x12-850/1", of meta.origin */
    const char *file;
    const char *syntax;      /* "x12" */
    const char *set;         /* "850" */
    const char *set_version; /* "D96A"; "": any */
    bool is_first;           /* of the versions that its text names */
    const char *document, *event;
    const char *test_key; /* of a tree: the value by which a document is a */
    xd_str_t test_code;   /* test, and what that is; or NULL */
    const char *occurred; /* dotted path of an instant, or NULL */
    xd_str_t party;       /* of whom alone it is; empty: of everybody */
    bool reads, writes;
    bool usual;      /* of several that read a set, or write a document, for
                   everybody, this one does when nobody says another */
    uint32_t nlines; /* ids are below */

    const struct map_tree_s *tree; /* that it declares; NULL: of EDI */
    const struct map_kind_s *kind;
    const struct map_line_s *lines;
    const struct map_place_s *places; /* of ids */
} xd_mapping_t;

typedef struct {
    xd_vec_t all; /* of xd_mapping_t, in the order of files */
} xd_mappings_t;

/* What maps are held against. */
typedef struct {
    const char *schemas;             /* canonical-schemas/ */
    const xd_shape_t *const *shapes; /* grammars; ends with NULL */
} xd_mappings_env_t;

/*
 * xd_mappings_load - read, compile and prove every *.map below a folder
 *
 *   arena  owns the maps
 *   dir    conf/maps/
 *   rep    gains what is wrong: path of the file, line, column, a sentence
 *
 * All or nothing.  Returns XD_OK; XD_E_IO, also when the schemas cannot be
 * read; XD_E_CONF with findings; XD_E_LIMIT of files, or of folders in folders;
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_mappings_load(xd_arena_t *arena, const char *dir,
    const xd_mappings_env_t *env, xd_mappings_t *out, xd_report_t *rep);

/* The map in one file, once for each version of its set; dir is where maps that
 * it extends stand, or NULL. */
XD_CHECKED xd_rc_t xd_mapping_load(xd_arena_t *arena, const char *path,
    const char *dir, const xd_mappings_env_t *env, xd_mappings_t *out,
    xd_report_t *rep);

/* The same of a text that is at hand and lives as long as arena; path is what
 * it is called, and where the files stand that it includes. */
XD_CHECKED xd_rc_t xd_mapping_text(xd_arena_t *arena, const char *path,
    xd_str_t bytes, const char *dir, const xd_mappings_env_t *env,
    xd_mappings_t *out, xd_report_t *rep);

/* What is asked for; texts that are empty say nothing.  Of the versions of a
 * map that of an X12 set is the newest that is not newer than the set's, that
 * of an EDIFACT message its own; the first one when none is asked for. */
typedef struct {
    xd_str_t syntax, set, version, document;
    xd_str_t party; /* whose own map comes first */
} xd_mapping_query_t;

/* The map that reads a set, or writes a document; NULL: there is none, or
 * several and none of them is the usual one. */
const xd_mapping_t *xd_mapping_in(const xd_mappings_t *maps,
    const xd_mapping_query_t *query);
const xd_mapping_t *xd_mapping_out(const xd_mappings_t *maps,
    const xd_mapping_query_t *query);

/* Who wants to know which line carried what: its id, and the nodes that it
 * took. */
typedef struct {
    void (*sees)(void *ctx, uint32_t line, const xd_node_t *const *from,
        size_t count);
    void *ctx;
} xd_map_watch_t;

/*
 * xd_mapping_read - a tree into the business part of a document
 *
 *   arena    owns the result; texts may be those of the tree
 *   tree     as its format's reader makes it
 *   rep      gains what could not be carried over, by path and offset
 *   watch    NULL: nobody looks on
 *   out      the document without its meta; set only when XD_OK
 *   residue  what no line of the map names, for the caller's
 *            meta.ext.<syntax>; an object, or NULL when nothing is left
 *
 * Returns XD_OK; XD_E_SYNTAX when there is no document in it, by a finding
 * that names the member; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_mapping_read(const xd_mapping_t *map, xd_arena_t *arena,
    const xd_node_t *tree, xd_report_t *rep, const xd_map_watch_t *watch,
    xd_node_t **out, xd_node_t **residue);

/*
 * xd_mapping_exact - to what a tree says add how it says it
 *
 *   tree     was read, doc and *residue (which may be NULL) were made of it
 *   residue  gains what writing them would set down otherwise: a text cut
 *            elsewhere, parties in another order
 *
 * With that, what is written of the document is the tree that was read, node
 * by node, as long as the document is the same; costs about as much as
 * reading.  Returns XD_OK, also when the map only reads; XD_E_SYNTAX when the
 * document cannot be written; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_mapping_exact(const xd_mapping_t *map, xd_arena_t *arena,
    const xd_node_t *tree, const xd_node_t *doc, xd_node_t **residue);

/*
 * xd_mapping_write - a document into a tree
 *
 *   doc   canonical, valid; with or without its meta, whose ext.<syntax> is
 *         written back where its values stood
 *   rep   gains what the tree cannot say, by the JSON Pointer of the member:
 *         errors, and warnings of what was left out (map.lost)
 *   tree  as its format's writer takes it; set only when XD_OK
 *
 * Returns XD_OK; XD_E_SYNTAX when the document cannot be said so; XD_E_MEMORY.
 * What was written, read again, is the same document in all that the map
 * names.
 */
XD_CHECKED xd_rc_t xd_mapping_write(const xd_mapping_t *map, xd_arena_t *arena,
    const xd_node_t *doc, xd_report_t *rep, const xd_map_watch_t *watch,
    xd_node_t **tree);

/* -- texts of XML ---------------------------------------------------------- */

/* The map of a party, or of everybody, that reads a document with that root
 * element, as format/xml.h reads it; NULL: there is none. */
const xd_mapping_t *xd_mapping_of_xml(const xd_mappings_t *maps,
    const xd_node_t *root, xd_str_t party);

/*
 * xd_mapping_read_xml - a root element into a document: xd_mapping_read, then
 *     xd_mapping_exact
 *
 *   root  as format/xml.h reads it; the tree itself is turned into what maps
 *         see
 *   rep   gains findings with line and column, and with the XPath of the
 *         element where they are of no member
 *
 * Returns what these return.
 */
XD_CHECKED xd_rc_t xd_mapping_read_xml(const xd_mapping_t *map,
    xd_arena_t *arena, xd_node_t *root, xd_report_t *rep, xd_node_t **out,
    xd_node_t **residue);

/* Does a text that xd_mapping_read_xml read say that it is a test? */
bool xd_mapping_is_test(const xd_mapping_t *map, const xd_node_t *root);

/* A tree that a map made as an element for xd_xml_write; it is turned. */
XD_CHECKED xd_rc_t xd_mapping_xml_out(const xd_mapping_t *map,
    xd_arena_t *arena, xd_node_t *tree);

/* Where a line of a map is written, and what it says. */
typedef struct {
    const char *file;
    uint32_t line, column;
    xd_str_t text; /* "BEG.3 <-> poNo" */
    bool reads, writes;
} xd_mapping_line_t;

xd_mapping_line_t xd_mapping_line(const xd_mapping_t *map, uint32_t id);

#endif
