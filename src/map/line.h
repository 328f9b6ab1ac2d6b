/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_LINE_H
#define XD_MAP_LINE_H

#include "cel/cel.h"
#include "map/run.h"


/*
 * The plan of a map.  One line pairs a place in a tree with a member of a
 * document, through a codec that goes both ways.  Lines are run from top to
 * bottom, to read a tree as well as to write one; the compiler (compile.h)
 * makes them of a map's text, and nothing of that text is looked at again.
 */

typedef struct map_line_s map_line_t;
typedef struct map_codec_s map_codec_t;

/* What stands beside a value: one of several codes, the best one first. */
typedef struct {
    const char *key;
    const xd_str_t *codes; /* ends with a NULL ptr; the first is written */
    bool must;             /* also when read; else only written */
    bool not_these;        /* none of them, when read; nothing is written */
} map_beside_t;

/* One step down a tree: a group of a name, and what must stand in it. */
typedef struct {
    const char *name;
    const char *shown; /* what the map calls it: NAD, of a loop SG2 */
    const map_beside_t *beside;
    uint32_t nbeside;
} map_step_t;

typedef enum {
    MAP_MUST = 1,    /* without the member there is no document */
    MAP_WITHIN = 2,  /* only when the object around the member is there */
    MAP_LENIENT = 4, /* an entry that lacks what must be is left out */
    MAP_QUIET = 8,   /* a value that has no meaning is left in the tree */
    MAP_ELSE = 16,   /* what is not said is assumed (`with.other`), and told */
    MAP_READS = 32,
    MAP_WRITES = 64,
    MAP_FIRST = 128, /* one of several: not read when another one was */
    MAP_ROOT = 256,  /* the place is counted from the root of the tree */
    MAP_MANY = 512,  /* all groups of the last step, not only the first */
    MAP_DOC = 1024,  /* the member is one of the document, not of the entry */
    MAP_TOLD = 2048  /* stands in for what is not named, and is told */
} map_flag_t;

/* What a codec is told beside: its own words of the map. */
typedef struct {
    const map_table_t *tables[2];
    const xd_str_t *words; /* ends with a NULL ptr */
    xd_str_t other;        /* else … */
    int64_t number;
    const xd_str_t *apart; /* qualifiers or schemes that other lines carry */
} map_with_t;

struct map_line_s {
    const map_codec_t *codec;
    const map_step_t *steps; /* from the group at hand down to a group */
    uint32_t nsteps;
    const map_step_t *own;   /* what stands beside in the group at hand, where
                              there are no steps; or NULL */
    const char *const *keys; /* of values in that group; ends with NULL */
    const xd_str_t *member;  /* names of objects, and of the member */
    uint32_t nmember;        /* 0: the object at hand */
    uint32_t nmust;          /* of these names, how many must lead somewhere
                                (MAP_MUST) */
    const xd_str_t *scheme;  /* name and value that an entry of the array
                                behind member has; then the member in it */
    const map_line_t *const *blocks; /* lines for groups; each ends with a NULL
                                        codec */
    const xd_cel_program_t *when;
    map_with_t with;
    uint32_t min, max; /* bytes of the value */
    uint32_t pairs;    /* most of them, from the first key on */
    uint32_t flags;    /* of map_flag_t */
    uint32_t id;       /* of the line in its map */
};

/* -- codecs ---------------------------------------------------------------- */

/* Takes from the group at hand what the line names, into `to`. */
typedef void map_read_fn(map_run_t *m, const map_line_t *line,
    const xd_node_t *group, xd_node_t *to);

/* Takes from the document (or an entry of it) into the group at hand. */
typedef void map_write_fn(map_run_t *m, const map_line_t *line,
    const xd_node_t *from, xd_node_t *group);

/* One value: what it is called on the other side; a NULL .ptr when it cannot
 * be said there. */
typedef xd_str_t map_value_fn(map_run_t *m, const map_line_t *line,
    xd_str_t value);

struct map_codec_s {
    map_read_fn *read;   /* NULL: nothing is read */
    map_write_fn *write; /* NULL: nothing is written */
    map_value_fn *from;  /* a value of the tree as one of the document */
    map_value_fn *to;    /* and the other way */
    const char *is;      /* what a value must be, for sentences */
    xd_kind_t kind;      /* of the member; XD_NULL: XD_STRING */
};

/* -- lines.c --------------------------------------------------------------- */

/* Lines against one group and one object. */
void map_read_lines(map_run_t *m, const map_line_t *lines,
    const xd_node_t *group, xd_node_t *to);
void map_write_lines(map_run_t *m, const map_line_t *lines,
    const xd_node_t *from, xd_node_t *group);

/* -- place.c --------------------------------------------------------------- */

/* The group that a line names; NULL when there is none. */
const xd_node_t *map_find(const map_run_t *m, const map_line_t *line,
    const xd_node_t *group);

/* The group that holds those of a line's last step; NULL. */
const xd_node_t *map_find_outer(const map_run_t *m, const map_line_t *line,
    const xd_node_t *group);

/* Stands beside all that must? */
bool map_fits(const map_run_t *m, const map_step_t *step,
    const xd_node_t *group);

/* The group of a line in a tree that is made: made when it is not there; NULL
 * when memory is out. */
xd_node_t *map_make(map_run_t *m, const map_line_t *line, xd_node_t *group);
xd_node_t *map_make_outer(map_run_t *m, const map_line_t *line,
    xd_node_t *group);

/* One more group of a line's last step, with what stands beside. */
xd_node_t *map_make_another(map_run_t *m, const map_line_t *line,
    xd_node_t *outer);

/* The last step, which a line that is told to be of groups has. */
static inline const map_step_t *
map_last(const map_line_t *line)
{
    return &line->steps[line->nsteps - 1];
}

/* The group's name and the value's, as people write them: "BEG03", "DTM.1.2". */
#define MAP_PLACE_NAME 24
xd_str_t map_place_name(const map_line_t *line, const xd_node_t *group,
    const char *key, char to[MAP_PLACE_NAME]);

/* The value of a line's first key; what stands beside counts as carried over.
 * Empty when there is none. */
xd_str_t map_value(map_run_t *m, const map_line_t *line,
    const xd_node_t *group);

/* Counts as carried over what stands beside in a group. */
void map_use_beside(map_run_t *m, const map_step_t *step,
    const xd_node_t *group);

/* Sets the first key of a line and what stands beside; refuses a value that it
 * does not hold, which is that of a node. */
void map_set(map_run_t *m, const map_line_t *line, xd_node_t *group,
    xd_str_t value, const xd_node_t *node);

/* Bytes that a value may have. */
typedef struct {
    uint32_t min, max;
} map_room_t;

/* The same for any key of a group that was made. */
void map_set_at(map_run_t *m, const map_line_t *line, xd_node_t *group,
    const char *key, map_room_t room, xd_str_t value, const xd_node_t *node);

/* The same for a number, of whose room only digits are counted. */
void map_set_digits(map_run_t *m, const map_line_t *line, xd_node_t *group,
    xd_str_t value, const xd_node_t *node);

/* -- member.c -------------------------------------------------------------- */

/* The member that a line names, and the object around it, which is made. */
const xd_node_t *map_member(const xd_node_t *from, const map_line_t *line);
xd_node_t *map_around(map_run_t *m, xd_node_t *to, const map_line_t *line);

/* The same for a path in words of the codec, "lines.netPrice". */
const xd_node_t *map_at(const xd_node_t *from, xd_str_t path);

/* The name of the line's member. */
static inline const char *
map_key(const map_line_t *line)
{
    return line->nmember > 0 ? line->member[line->nmember - 1].ptr : "";
}

/* A document that cannot be made: by a tree that does not say what must be,
 * or by a member that the tree cannot hold. */
void map_missing(map_run_t *m, const map_line_t *line, const xd_node_t *at);
void map_refuse(map_run_t *m, const map_line_t *line, const xd_node_t *node,
    const char *format, ...) XD_PRINTF(4, 5);

/* -- codecs of any format -------------------------------------------------- */

/* The ways of most codecs of one value: by its `from` and `to`. */
map_read_fn map_read_value;
map_write_fn map_write_value;

/* By the line's first table. */
map_value_fn map_code_value;

/* codecs.c: one value */
extern const map_codec_t map_as_text, map_as_letters, map_as_integer,
    map_as_decimal, map_as_table, map_as_factor, map_as_line_no,
    map_as_line_ref;

/* amounts.c: quantities and money */
extern const map_codec_t map_as_quantity, map_as_currency, map_as_money,
    map_as_implied, map_as_unit_price, map_as_amount;

/* shapes.c: what is more, or less, than a value */
extern const map_codec_t map_as_constant, map_as_fixed, map_as_not, map_as_ours,
    map_as_refused, map_as_unread, map_as_same, map_as_each, map_as_others,
    map_as_inside, map_as_only, map_as_paragraph, map_as_list, map_as_all;

/* Up to max bytes of a text, cut at a blank; 0 when there is none to cut at. */
size_t map_part_len(xd_str_t text, size_t max);

/* parts.c: one thing in several values */
extern const map_codec_t map_as_joined, map_as_texts;

/* iso_dates.c, numbers.c, texts.c, grouped.c: as XML says it */
extern const map_codec_t map_as_iso_day, map_as_iso_instant, map_as_iso_moment,
    map_as_gtin, map_as_gln, map_as_sscc, map_as_scheme, map_as_join,
    map_as_entry, map_as_rest, map_as_grouped, map_as_mail, map_as_secret;

/* derived.c: what is computed of a document */
extern const map_codec_t map_as_count, map_as_sum, map_as_hash, map_as_groups;

/* counted.c: what a receipt does not say of its quantities */
extern const map_codec_t map_as_counted;

/* -- codecs of X12 --------------------------------------------------------- */

/* x12_dates.c */
extern const map_codec_t x12_as_date, x12_as_day, x12_as_instant, x12_as_moment;

/* x12_sums.c: sums that a document names and a set does not */
extern const map_codec_t x12_as_order_sums, x12_as_invoice_sums, x12_as_net,
    map_as_other_sums;

/* x12_party_codec.c, x12_item.c, x12_charge.c, x12_answer.c */
extern const map_codec_t x12_as_party, x12_as_gln, x12_as_item, x12_as_pair,
    x12_as_gtin, x12_as_charge, x12_as_settled, x12_as_line_answer,
    x12_as_answers;

/* edifact_codecs.c */
extern const map_codec_t edifact_as_dated, edifact_as_identity,
    edifact_as_goods;

/* x12_levels.c, x12_marks.c: ship notices */
extern const map_codec_t x12_as_levels, x12_as_marks;

#endif
