/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_MAP_H
#define XD_MAP_X12_MAP_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"


/* What maps of X12 sets have in common; rows stand in x12_codes_table.c. */

/* Where in a document a line of a map is at work: an entry of an array. */
typedef struct x12_frame_s {
    const struct x12_frame_s *up;
    const char *member;
    uint32_t index; /* from 0 */
} x12_frame_t;

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    const xd_node_t *set; /* the tree: read, or made */
    const char *code;     /* its ST01, for sentences */
    xd_vec_t used; /* of const xd_node_t *: elements that were carried over */
    const x12_frame_t *frame;
    const xd_node_t
        *pinned;  /* of several segments of its name, the one meant */
    xd_str_t ccy; /* of all amounts; empty: none was named */
    bool ccy_assumed, zone_told;
    bool skips; /* what lacks something is left out, and nothing else */
    bool bad;   /* what must be there is not, or cannot be carried */
    xd_rc_t rc; /* XD_E_MEMORY once something found no room */
} x12_map_t;

/* -- code tables ---------------------------------------------------------- */

/* A code and what it is called in canonical documents. */
typedef struct {
    const char *code, *name;
} x12_code_t;

extern const x12_code_t x12_units[];       /* 355 -> Recommendation 20, 21 */
extern const x12_code_t x12_item_ids[];    /* 235 -> scheme, or "gtin" */
extern const x12_code_t x12_party_ids[];   /* 66 -> scheme, or "gln" */
extern const x12_code_t x12_package_ids[]; /* 88 -> scheme, or "sscc" */
extern const x12_code_t x12_zones[];       /* 623 -> "+01:00" */

extern const x12_code_t x12_party_refs[];    /* 128 -> scheme, of parties */
extern const x12_code_t x12_charges[];       /* 1300 -> why */
extern const x12_code_t x12_bases[];         /* 639 -> units of one price */
extern const x12_code_t x12_answers[];       /* 587 -> status of an answer */
extern const x12_code_t x12_short_answers[]; /* the same, without lines */
extern const x12_code_t x12_line_answers[];  /* 668 -> status of a line */

/* The name of a code, or NULL; tables end with a NULL code. */
const char *x12_code(const x12_code_t *table, xd_str_t code);

/* The code of a name: the first row that has it; NULL when there is none. */
const char *x12_code_of(const x12_code_t *table, xd_str_t name);

/* Is the code one of " 00 06 "? */
bool x12_listed(const char *codes, xd_str_t code);

/* Keys of elements: x12_names[1] is "1". */
#define X12_NAMES 40
extern const char *const x12_names[X12_NAMES];

/* -- reading the set ------------------------------------------------------ */

/* The value of an element, as text of one line in UTF-8; its node counts as
 * carried over.  Empty when there is none. */
xd_str_t x12_take(x12_map_t *m, const xd_node_t *seg, const char *element);

/* Counts an element as carried over, as it only says what another one is. */
void x12_use(x12_map_t *m, const xd_node_t *seg, const char *element);

/* The same of any node. */
void x12_used(x12_map_t *m, const xd_node_t *node);

/* The first segment of that id whose first element is the qualifier; any when
 * that is NULL.  NULL when there is none. */
const xd_node_t *x12_segment(const xd_node_t *in, const char *id,
    const char *qualifier);

/* -- writing the document ------------------------------------------------- */

/* Members; an empty text is not written. */
void x12_put(x12_map_t *m, xd_node_t *to, const char *key, xd_str_t text);
void x12_put_number(x12_map_t *m, xd_node_t *to, const char *key,
    int64_t value);
xd_node_t *x12_open(x12_map_t *m, xd_node_t *to, const char *key,
    xd_kind_t kind);
xd_node_t *x12_append(x12_map_t *m, xd_node_t *array, xd_kind_t kind);

/* An entry of altIds, which is made when it is not there. */
void x12_put_id(x12_map_t *m, xd_node_t *to, const char *scheme,
    xd_str_t value);

/* A scheme for a code without name: "x12-235-ZZ". */
const char *x12_scheme(x12_map_t *m, const char *element, xd_str_t code);

/* {value, uom, origUom?} of two elements; nothing when the value is no
 * number. */
void x12_put_quantity(x12_map_t *m, xd_node_t *to, const char *key,
    xd_str_t value, xd_str_t unit, size_t offset);

/* CCYYMMDD or YYMMDD as YYYY-MM-DD; empty when it is none. */
xd_str_t x12_date(x12_map_t *m, xd_str_t date);

/* A point in time in UTC; empty when date or time are none.  No time is
 * midnight, no zone is UTC: that is told once. */
xd_str_t x12_instant(x12_map_t *m, xd_str_t date, xd_str_t time, xd_str_t zone);

/* An N1 loop as a party; NULL when memory is out. */
xd_node_t *x12_put_party(x12_map_t *m, xd_node_t *to, const char *key,
    const xd_node_t *n1);

/* One pair of scheme and number of an article, as its gtin or an altId. */
void x12_put_item_id(x12_map_t *m, xd_node_t *item, const xd_node_t *seg,
    const char *scheme, const char *number);

/* -- the rest ------------------------------------------------------------- */

void x12_warn(x12_map_t *m, const char *rule, size_t offset, xd_str_t value,
    const char *text);

/* Every leaf of a document that no line carried over is told, so that nothing
 * is lost in silence. */
void x12_lost(x12_map_t *m, const xd_node_t *doc);

/* Every element that was not carried over, by the pointer of its segment;
 * NULL when there is none.  Envelope and HL segments are left out. */
xd_node_t *x12_residue(x12_map_t *m);

#endif
