/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_LINE_H
#define XD_MAP_X12_LINE_H

#include "map/x12_map.h"


/*
 * One line of a map pairs a place in a set with a member of a document,
 * through a codec that goes both ways.  Tables of lines are read from top to
 * bottom, to read a set as well as to write one.
 */

typedef struct x12_line_s x12_line_t;

/* Takes from the loop at hand what the line names, into `to`. */
typedef void x12_read_fn(x12_map_t *m, const x12_line_t *line,
    const xd_node_t *loop, xd_node_t *to);

/* Takes from the document (or an entry of it) into the loop at hand. */
typedef void x12_write_fn(x12_map_t *m, const x12_line_t *line,
    const xd_node_t *from, xd_node_t *loop);

/* One value: what it is called on the other side; a NULL .ptr when it cannot
 * be said there. */
typedef xd_str_t x12_value_fn(x12_map_t *m, const x12_line_t *line,
    xd_str_t value);

typedef struct {
    x12_read_fn *read;   /* NULL: nothing is read */
    x12_write_fn *write; /* NULL: nothing is written */
    x12_value_fn *from;  /* a value of X12 as one of the document */
    x12_value_fn *to;    /* and the other way */
    const char *is;      /* what a value must be, for sentences */
    xd_kind_t kind;      /* of the member; XD_NULL: XD_STRING */
} x12_codec_t;

struct x12_line_s {
    const x12_codec_t *codec;
    const char *segment;   /* in the loop at hand, "REF"; of the first loop of
                              that name, "N9/MSG"; "": the loop's own first */
    const char *qualifier; /* of its first element, " VN SU ": the best one
                              first, which is written; NULL: any, none */
    uint8_t element;       /* where the value stands; 0: nowhere */
    const char *member;    /* dotted path in the object at hand */
    uint8_t min;           /* bytes of the element */
    uint16_t max;
    const char *also; /* other elements: "4=01" must be so and is written,
                           "1:DF" is written only */
    const void *with; /* the codec's: codes, or lines of a loop */
    uint8_t flags;    /* of x12_flag_t */
};

typedef enum {
    X12_MUST = 1,   /* without the member there is no document */
    X12_WITHIN = 2, /* only when the object around the member is there */
    X12_SKIP = 4,   /* an entry that lacks what must be is left out */
    X12_BARE = 8,   /* a code that is not known is left in the set */
    X12_ASSUME = 16 /* what is not said is assumed, and told */
} x12_flag_t;

/* A map: tables end with a NULL codec. */
typedef struct {
    const char *set; /* ST01 */
    const x12_line_t *lines;
} x12_lines_t;

/* Both directions of a map; see x12_maps.h. */
XD_CHECKED xd_rc_t x12_lines_read(xd_arena_t *arena, const x12_lines_t *map,
    const xd_node_t *set, xd_report_t *rep, xd_node_t **out,
    xd_node_t **residue);
XD_CHECKED xd_rc_t x12_lines_write(xd_arena_t *arena, const x12_lines_t *map,
    const xd_node_t *doc, xd_report_t *rep, xd_node_t **set);

/* -- x12_lines.c: for codecs ---------------------------------------------- */

/* Lines against one loop and one object. */
void x12_read_lines(x12_map_t *m, const x12_line_t *lines,
    const xd_node_t *loop, xd_node_t *to);
void x12_write_lines(x12_map_t *m, const x12_line_t *lines,
    const xd_node_t *from, xd_node_t *loop);

/* The segment that a line names; NULL when there is none. */
const xd_node_t *x12_find(const x12_map_t *m, const x12_line_t *line,
    const xd_node_t *loop);

/* Has a segment a qualifier of the line, and all that must also be? */
bool x12_fits(const x12_line_t *line, const xd_node_t *seg);

/* The same in a tree that is made: made when it is not there; NULL when
 * memory is out. */
xd_node_t *x12_make(x12_map_t *m, const x12_line_t *line, xd_node_t *loop);

/* One more segment or loop of a name. */
xd_node_t *x12_another(x12_map_t *m, xd_node_t *loop, const char *name);

/* The value of a line's element; its qualifier and what stands also count as
 * carried over.  Empty when there is none. */
xd_str_t x12_value(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop);

/* Counts as carried over what stands also in a segment of the line. */
void x12_use_also(x12_map_t *m, const x12_line_t *line, const xd_node_t *seg);

/* Sets the element of a line, its qualifier and what stands also; refuses a
 * value that it does not hold, which is that of a node. */
void x12_set(x12_map_t *m, const x12_line_t *line, xd_node_t *loop,
    xd_str_t value, const xd_node_t *node);

/* The same for any element of a segment that was made. */
void x12_set_element(x12_map_t *m, const x12_line_t *line, xd_node_t *seg,
    uint32_t n, xd_str_t value, const xd_node_t *node);

/* The member that a line names, and the object around it, which is made. */
const xd_node_t *x12_member(const xd_node_t *from, const char *path);
xd_node_t *x12_around(x12_map_t *m, xd_node_t *to, const x12_line_t *line,
    const char **key);

/* A document that cannot be made: by a set that does not say what must be,
 * or by a member that the set cannot hold. */
void x12_missing(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop);
void x12_refuse(x12_map_t *m, const x12_line_t *line, const xd_node_t *node,
    const char *format, ...) XD_PRINTF(4, 5);

/* -- codecs --------------------------------------------------------------- */

/* The ways of most codecs of one value: by its `from` and `to`. */
x12_read_fn x12_read_value;
x12_write_fn x12_write_value;

/* x12_codecs.c: one value */
extern const x12_codec_t x12_as_text, x12_as_date, x12_as_instant_day,
    x12_as_moment, x12_as_day, x12_as_order_date, x12_as_integer,
    x12_as_decimal, x12_as_coded, x12_as_base, x12_as_line_no;

/* x12_amounts.c: quantities and money */
extern const x12_codec_t x12_as_quantity, x12_as_currency, x12_as_price,
    x12_as_implied, x12_as_unit_price;

/* x12_shapes.c: what is more, or less, than a value */
extern const x12_codec_t x12_as_constant, x12_as_fixed, x12_as_not, x12_as_ours,
    x12_as_count, x12_as_each, x12_as_paragraph, x12_as_alt_id, x12_as_same,
    x12_as_nowhere, x12_as_unread;

/* x12_party_codec.c, x12_item.c */
extern const x12_codec_t x12_as_party, x12_as_stand_in, x12_as_gln, x12_as_item,
    x12_as_pair;

/* x12_charge.c, x12_answer.c, x12_sums.c: of one kind of document */
extern const x12_codec_t x12_as_charge_code, x12_as_answer, x12_as_line_answer,
    x12_as_each_answer, x12_as_settled, x12_as_order_sums, x12_as_invoice_sums,
    x12_as_net;

#endif
