/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_GUIDE_H
#define XD_EDI_GUIDE_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"

/*
 * A partner's own rules for a set, as an overlay on its grammar:
 *
 *   id: acme-asn
 *   set: "856"
 *   versions: ["004010"]
 *   rules:
 *     - at: HL(3=I)/SN1/3
 *       use: required
 *       codes: [EA, CA]
 *       says: We count in pieces and cases.
 *     - must: set.CTT[0]["1"] == string(size(set.HL))
 *       says: CTT01 is the number of shipments.
 *
 * A path names loops, a segment, an element and a component; "(3=I)" behind a
 * name means those of which element 3 is I.  Guides are compiled once; while a
 * file is graded nothing of their text is read.
 */

typedef struct xd_guide_s xd_guide_t;

/* Those that are held against one partner's files. */
typedef struct {
    const xd_guide_t **at;
    size_t count;
    size_t checks; /* of all of them */
} xd_guides_t;

/* How often a check could be broken, and was. */
typedef struct {
    uint64_t tried, broken;
} xd_guide_use_t;

/* One check, for a report to people. */
typedef struct {
    xd_str_t guide;   /* id of the file that asks for it */
    uint32_t line;    /* in that file */
    xd_str_t at;      /* path as written; empty: the whole set */
    const char *asks; /* "required", "unused", "most", "codes", "length",
                         "must" */
} xd_guide_check_t;

/*
 * xd_guides_compile - the guides of that names
 *
 *   arena   owns the result; `all` must live as long
 *   all     object: id -> guide, each held to conf/schemas/guide.schema.json
 *   names   array of ids; NULL: no guide
 *   folder  "guides": where the files are, for the findings' paths
 *   rep     gains each fault with path "folder/id.yaml:pointer", line and
 *           column: a path that the grammar has not, a code that it does not
 *           know, a rule that is wider than the grammar, an expression that is
 *           wrong, two guides for one set
 *
 * Returns XD_OK; XD_E_CONF with findings; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_guides_compile(xd_arena_t *arena, const xd_node_t *all,
    const xd_node_t *names, const char *folder, xd_guides_t *out,
    xd_report_t *rep);

/* The nth check of all guides, from 0; as in xd_edi_options_t.use. */
xd_guide_check_t xd_guides_check(const xd_guides_t *guides, size_t n);

#endif
