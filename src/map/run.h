/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_RUN_H
#define XD_MAP_RUN_H

#include "base/report.h"
#include "base/vec.h"
#include "tree/node.h"


/* One map at work on one document, whatever its format. */

/* -- kinds of trees -------------------------------------------------------- */

/* A code and what it is called in canonical documents. */
typedef struct {
    const char *code, *name;
} map_code_t;

/*
 * A kind of tree: how groups (segments and loops, elements, objects) and
 * values stand in it.  Nothing else knows, so that one engine runs the maps of
 * every format.
 */
typedef struct map_kind_s {
    const char *syntax; /* "x12": of map headers and of meta.ext */

    /* The first group of a name in a group, the next one of its name, and the
     * value of a key; NULL when there is none. */
    const xd_node_t *(*first)(const xd_node_t *in, const char *name);
    const xd_node_t *(*next)(const xd_node_t *group);
    const xd_node_t *(*value)(const xd_node_t *group, const char *key);

    /* One more group; a value, whose text is not copied.  NULL when the arena
     * is full. */
    xd_node_t *(*add)(xd_arena_t *arena, xd_node_t *in, const char *name);
    xd_node_t *(*set)(xd_arena_t *arena, xd_node_t *group, const char *key,
        xd_str_t text);

    /* The tree that a map writes into, which says what set it is. */
    xd_node_t *(*make)(xd_arena_t *arena, const char *set, const char *version);

    /* One more group, at that place among those of its name, or behind. */
    xd_node_t *(*insert)(xd_arena_t *arena, xd_node_t *in, const char *name,
        size_t index);

    /* All groups in a group, one behind the other (NULL: the first), those of
     * one name together; and what a group is called. */
    const xd_node_t *(*groups)(const xd_node_t *in, const xd_node_t *last);
    xd_str_t (*name)(const xd_node_t *group);

    bool (*is_value)(const xd_node_t *member);

    /* The key of the value by which groups of a name are told apart, whose
     * first value may have components; NULL: there is one of that name. */
    const char *(*names_by)(xd_str_t name, bool composite);

    /* The segment between the sections of a set, where one name may stand for
     * a loop in each: UNS; or NULL. */
    const char *section;

    /* Groups whose values are what the document is made of, not data. */
    const char *const *structure; /* ends with NULL */

    /* Groups that the writer of the format makes. */
    const char *const *service; /* ends with NULL */

    const map_code_t *units; /* codes of units, and Recommendation 20's */
    bool units_are_open;     /* others are those of Recommendation 20 itself */
    bool versions_grow;      /* a newer version holds what an older one does */

    /* What two sides make where the kind has codecs of its own; ends with a
     * NULL codec, or NULL. */
    const struct map_usual_s *usual;
} map_kind_t;

extern const map_kind_t map_kind_x12, map_kind_edifact;

/* The kind of a syntax; NULL when there is none. */
const map_kind_t *map_kind_find(xd_str_t syntax);

/* -- a run ----------------------------------------------------------------- */

/* Where in a document a line of a map is at work: an entry of an array. */
typedef struct map_frame_s {
    const struct map_frame_s *up;
    const char *member;
    uint32_t index;         /* from 0 */
    bool is_object;         /* no entry, but an object that has a block */
    const xd_node_t *entry; /* its object */
} map_frame_t;

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    const map_kind_t *kind;
    const xd_node_t *tree; /* read, or made */
    xd_node_t *made;       /* the same, when it is made */
    const xd_node_t *doc;
    xd_node_t *into;  /* the same, when it is read */
    const char *code; /* the set, for sentences */
    xd_vec_t used;    /* of const xd_node_t *: values that were carried over */
    size_t puts;      /* members or values written */
    const map_frame_t *frame;
    const xd_node_t
        *pinned;  /* of several segments of its name, the one meant */
    xd_str_t ccy; /* of all amounts; empty: none was named */
    bool ccy_assumed, zone_told;
    bool skips; /* what lacks something is left out, and nothing else */
    bool bad;   /* what must be there is not, or cannot be carried */
    xd_rc_t rc; /* XD_E_MEMORY once something found no room */

    /* Called for each line that carried something; NULL: nobody asks. */
    void (*sees)(void *ctx, uint32_t line, const xd_node_t *const *from,
        size_t count);
    void *sees_ctx;
} map_run_t;

/* -- tables ---------------------------------------------------------------- */

/* The name of a code in a table of C, or NULL; tables end with a NULL code. */
const char *map_code(const map_code_t *table, xd_str_t code);

/* The code of a name: the first row that has it; NULL when there is none. */
const char *map_code_of(const map_code_t *table, xd_str_t name);

/* A row of a table in a map: `=` both ways, `>` only read, `<` only written. */
typedef struct {
    xd_str_t code, name;
    bool reads, writes;
} map_row_t;

typedef struct {
    xd_str_t name;
    map_row_t *rows;
    size_t count;
} map_table_t;

/* What a code is called, and the code of a name; ptr NULL: no row. */
xd_str_t map_table_name(const map_table_t *table, xd_str_t code);
xd_str_t map_table_code(const map_table_t *table, xd_str_t name);

/* Is the code one of " 00 06 "? */
bool map_listed(const char *codes, xd_str_t code);

/* -- reading the tree ------------------------------------------------------ */

/* The text of a value, as it stands; empty when there is none. */
static inline xd_str_t
map_text(const map_run_t *m, const xd_node_t *group, const char *key)
{
    const xd_node_t *node = group != NULL ? m->kind->value(group, key) : NULL;

    return node != NULL && node->kind == XD_STRING ? node->text : XD_STR("");
}

/* The same as text of one line in UTF-8; its node counts as carried over. */
xd_str_t map_take(map_run_t *m, const xd_node_t *group, const char *key);

/* Counts a value as carried over, as it only says what another one is. */
void map_use(map_run_t *m, const xd_node_t *group, const char *key);

/* The same of any node. */
void map_used(map_run_t *m, const xd_node_t *node);

/* -- writing the document -------------------------------------------------- */

/* Members; an empty text is not written. */
void map_put(map_run_t *m, xd_node_t *to, const char *key, xd_str_t text);
void map_put_number(map_run_t *m, xd_node_t *to, const char *key,
    int64_t value);
xd_node_t *map_open(map_run_t *m, xd_node_t *to, const char *key,
    xd_kind_t kind);
xd_node_t *map_append(map_run_t *m, xd_node_t *array, xd_kind_t kind);

/* A copy of a node under a key, behind the others; its text is none of the tree
 * or document at hand, so it has no place in them. */
void map_put_copy(map_run_t *m, xd_node_t *to, xd_str_t key,
    const xd_node_t *node);

/* An entry of altIds, which is made when it is not there. */
void map_put_id(map_run_t *m, xd_node_t *to, const char *scheme,
    xd_str_t value);

/* A text of an array, unless it is there. */
void map_put_once(map_run_t *m, xd_node_t *array, xd_str_t text);

/* {value, uom, origUom?}; nothing when the value is no number. */
void map_put_quantity(map_run_t *m, xd_node_t *to, const char *key,
    xd_str_t value, xd_str_t unit, size_t offset);

/* -- writing the tree ------------------------------------------------------ */

/* One more group; a value that is not there yet.  An empty text is none. */
xd_node_t *map_another(map_run_t *m, xd_node_t *in, const char *name);
void map_write_value_at(map_run_t *m, xd_node_t *group, const char *key,
    xd_str_t text);

/* -- the rest -------------------------------------------------------------- */

void map_warn(map_run_t *m, const char *rule, size_t offset, xd_str_t value,
    const char *text);

/* A text in the arena, or XD_E_MEMORY for the run. */
xd_str_t map_kept(map_run_t *m, xd_str_t text);

/* Every leaf of a document that no line carried over is told, so that nothing
 * is lost in silence. */
void map_lost(map_run_t *m, const xd_node_t *doc);

/* Every value of the tree that was not carried over; NULL when there is none.
 * Its members are named by where the values stood, "/N1/1=ST/PER/0": behind =
 * what names a group that a line took something of. */
xd_node_t *map_residue(map_run_t *m);

/* Puts a residue back into the tree that was made; what finds no place is
 * told. */
void map_residue_write(map_run_t *m, const xd_node_t *residue);

#endif
