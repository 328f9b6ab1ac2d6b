/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_GRADER_H
#define XD_EDI_GRADER_H

#include "base/decimal.h"
#include "base/map.h"
#include "edi/grade.h"
#include "edi/grammar.h"


/* The files of the grader among themselves. */

#define EDI_MOST_SETS   100000
#define EDI_MOST_FAULTS 200    /* of a set */
#define EDI_ALL_FAULTS  20000  /* of a file */
#define EDI_HL_DEPTH    64     /* levels beneath each other */
#define EDI_MOST_LEVELS 200000 /* of a set; the grammar allows no more */

/* One way through the rows of a grammar. */
typedef struct {
    uint32_t key;     /* of the segment looked for */
    uint16_t row;     /* where it leads */
    uint8_t depth;    /* of the loop that it is in then */
    uint32_t skipped; /* mandatory rows on the way */
} edi_way_t;

#define EDI_WAYS 4 /* remembered from each row */

/* Where in the rows of its grammar a set is. */
typedef struct {
    const edi_set_t *grammar; /* NULL: envelope only */
    uint32_t keys[EDI_MOST_ROWS];
    edi_way_t ways[EDI_MOST_ROWS][EDI_WAYS]; /* key 0: none yet */
    uint8_t roles[EDI_MOST_ROWS];            /* of edi_role_t */
    uint8_t gs1[EDI_MOST_ROWS];              /* of edi_gs1_of; 0: none */
    bool later;    /* the limits of 005010 or D.01B hold */
    bool first;    /* it is 004010, which lacks what came later */
    uint16_t row;  /* the last one matched */
    uint32_t uses; /* of that row, in its loop */
    uint8_t depth;
    uint16_t start[EDI_DEPTH]; /* row that began the loop of each depth */
    uint32_t turns[EDI_DEPTH]; /* how often it began, in its parent */
} edi_place_t;

/* One HL, as small as can be: a file may hold millions. */
typedef struct {
    uint32_t parent; /* place in levels, from 1; 0: a root */
    char code[2];    /* HL03 */
    uint8_t depth;   /* from 1; 0: not known yet */
    uint8_t flags;
} edi_level_t;

/* A parent that was not there yet when it was named. */
typedef struct {
    uint32_t level;
    uint32_t position;
    size_t offset;
    xd_str_t parent;
} edi_pending_t;

typedef struct {
    xd_vec_t levels;  /* of edi_level_t; HL01 is mostly the place + 1 */
    xd_vec_t pending; /* of edi_pending_t, in order */
    xd_map_t *ids;    /* HL01 that are not their place */
    xd_vec_t nodes;   /* of xd_node_t *, when trees are built */
    xd_vec_t way;     /* of uint32_t: the walk of edi_hl_end */
    uint32_t seen;    /* HL, also those that are not kept */
} edi_hl_t;

/* Everything about a finding but its sentence. */
typedef struct {
    xd_severity_t severity;
    xd_scope_t scope;
    const char *rule;
    const char *ack; /* NULL: made of the codes */
    size_t offset;
    uint32_t position; /* in its set; 0: outside */
    uint32_t level;    /* of an HL that is not at hand, from 1; 0: none */
    xd_str_t segment_id;
    xd_str_t loop_id;
    uint32_t element, component; /* 0: none */
    uint8_t kind;                /* of xd_edi_kind_t */
    uint16_t reference;
    xd_str_t value;
} edi_flaw_t;

/* Where a set was: enough to write a path. */
typedef struct {
    uint8_t depth;
    uint16_t start[EDI_DEPTH];
    uint32_t turns[EDI_DEPTH];
    uint32_t levels; /* HL seen */
} edi_mark_t;

typedef __int128 edi_wide_t;

#define EDI_TALLIES 16 /* qualifiers that are told apart */

/* Amounts or quantities of one qualifier. */
typedef struct {
    char code[4];
    uint32_t times;
    edi_wide_t first, sum;
    edi_flaw_t at; /* of the first amount, should it not fit */
    edi_mark_t mark;
} edi_tally_t;

/* The same of EDIFACT. */
typedef struct {
    bool invoice;
    bool summary;    /* UNS has come */
    bool unread;     /* an amount or quantity is none */
    int sign;        /* of the last ALC: -1 allows, 1 charges, 0 tells */
    uint32_t priced; /* lines with an amount */
    edi_wide_t lines, line_charges, charges;
    uint8_t nquantities, namounts;
    edi_tally_t quantities[EDI_TALLIES];
    edi_tally_t amounts[EDI_TALLIES]; /* of the summary */
} edi_totals_t;

/* What is summed up on the way through a set; amounts have 12 decimals. */
typedef struct {
    uint32_t items;      /* lines */
    edi_wide_t quantity; /* of all lines */
    uint64_t digits;     /* the same, points left out */
    edi_wide_t lines;    /* quantity times price */
    edi_wide_t charges;  /* less allowances */
    edi_wide_t line_taxes, taxes;
    bool unread;      /* a quantity is none */
    bool vague;       /* some amount could not be read: not compared */
    edi_flaw_t total; /* of TDS01, should it not fit; no rule: not there */
    edi_mark_t total_at;
} edi_sums_t;

/* Texts seen, by their hashes alone: a file may hold millions. */
typedef struct {
    uint64_t *slots; /* 0: free */
    size_t room, count;
} edi_seen_t;

typedef struct edi_grader_s edi_grader_t;

struct guide_check_s;
struct guide_plan_s;

/* A check of the guide while its set is read. */
typedef struct {
    uint8_t open;   /* bit n: the loop of its nth step is one that it means */
    bool told;      /* that it is missing */
    uint32_t count; /* in the loop that it counts in */
} edi_guide_state_t;

/* A condition that waits for the end of its set. */
typedef struct {
    const struct guide_check_s *check;
    const xd_node_t *node;
    size_t offset;
    uint32_t position;
    xd_str_t segment_id;
    edi_mark_t mark;
} edi_held_t;

typedef struct {
    const struct guide_plan_s *plan; /* of the set at hand; NULL: none */
    size_t first;                    /* of its checks in xd_edi_options_t.use */
    edi_guide_state_t *states;
    size_t room;
    xd_vec_t held;     /* of edi_held_t, in the set's arena */
    edi_mark_t before; /* at the last segment */
    xd_arena_t *scratch;
} edi_guided_t;

/* What a control segment does. */
typedef struct {
    char id[4];
    void (*on)(edi_grader_t *g);
} edi_control_t;

/* Where one syntax differs from the other.  Trailers are alike: a count, and
 * the control number of their header. */
typedef struct {
    bool edifact;
    const char *set_end, *group_end, *interchange_end;
    const char *set, *inner; /* words for a set, for what a group holds */
    const char *firsts;      /* letters that control segments begin with */
    const edi_control_t *controls;
    size_t ncontrols;
    void (*header)(edi_grader_t *g);
    void (*grammar)(edi_grader_t *g); /* chooses that of the set at hand */
    const edi_segment_t *(*segment)(xd_str_t id);
    const edi_special_t *specials; /* segments with a role in every set */
    size_t nspecials;
} edi_syntax_t;

struct edi_grader_s {
    xd_arena_t *arena;       /* of the result */
    xd_arena_t *set_arena;   /* emptied with each set */
    xd_arena_t *group_arena; /* emptied with each group */
    xd_report_t *rep;
    xd_edi_reader_t *reader;
    const edi_syntax_t *syntax; /* of the interchange at hand */
    xd_edi_file_t *out;
    bool trees;
    const xd_guides_t *guides;
    xd_guide_use_t *use;
    uint32_t most_sets, kept_sets, kept_groups;
    size_t kept_faults;
    xd_rc_t rc; /* XD_E_MEMORY once something found no room */

    xd_segment_t seg;
    uint32_t key; /* of its id */

    bool in_interchange, in_group, in_set;
    bool group_lost; /* the group's header is missing */
    xd_edi_interchange_t ic;
    uint32_t groups, sets; /* counted, in the interchange */
    uint32_t answers;      /* of them CONTRL */
    xd_edi_group_t group;
    edi_seen_t controls; /* ST02 of this group */
    edi_seen_t ssccs;    /* of this set */
    bool bears_again;
    xd_edi_set_t set;
    bool set_bad; /* an error was found in it */
    edi_place_t place;
    edi_hl_t hl;
    edi_sums_t sums;
    edi_totals_t totals;
    edi_guided_t guide;
    bool building;               /* the tree of the set at hand */
    xd_arena_t *tree_arena;      /* of the result, or of the set alone */
    xd_node_t *loops[EDI_DEPTH]; /* open loop objects of the tree */
};

/* -- flaw.c: findings and faults ------------------------------------------ */

/* A flaw of the segment at hand, or of its element n (from 1). */
edi_flaw_t edi_flaw_segment(const edi_grader_t *g, const char *rule,
    xd_edi_kind_t kind);
edi_flaw_t edi_flaw_element(const edi_grader_t *g, const char *rule, uint32_t n,
    xd_edi_kind_t kind);

/* Reports a flaw; errors inside a set become faults of it. */
void edi_flaw(edi_grader_t *g, const edi_flaw_t *f, const char *format, ...)
    XD_PRINTF(3, 4);

/* Where the set is; and back there, for a finding that is told later. */
edi_mark_t edi_mark_take(const edi_grader_t *g);
void edi_mark_set(edi_grader_t *g, const edi_mark_t *m);

/* Reports a flaw of an earlier place. */
void edi_flaw_at(edi_grader_t *g, const edi_mark_t *mark, const edi_flaw_t *f,
    const char *text);

/* Remembers the first flaw of an envelope. */
void edi_error(xd_edi_error_t *error, const edi_flaw_t *f);

/* Adds a code to a short list that 0 ends, once. */
void edi_code_add(uint8_t codes[5], uint8_t code);

/* A slice that outlives the segment: as it is, or copied when unwrapped. */
xd_str_t edi_keep(edi_grader_t *g, xd_arena_t *arena, xd_str_t s);

/* -- isa.c, envelope.c ---------------------------------------------------- */

void edi_isa(edi_grader_t *g);
void edi_gs(edi_grader_t *g);

/* The interchange at hand begins; the caller has filled g->ic. */
void edi_interchange_begin(edi_grader_t *g);
void edi_interchange_end(edi_grader_t *g);

/* The group at hand begins; the caller fills g->group. */
void edi_group_begin(edi_grader_t *g);

/* Sets stand without a group around them, as EDIFACT allows. */
void edi_group_implied(edi_grader_t *g);

/* A flaw of an envelope: of its header or trailer at hand, or its element. */
edi_flaw_t edi_interchange_flaw(edi_grader_t *g, const char *rule,
    uint32_t element, xd_edi_kind_t kind);
edi_flaw_t edi_group_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind);
edi_flaw_t edi_set_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind);

/* What the answer to the interchange will say of it. */
void edi_note(edi_grader_t *g, uint16_t code, bool rejects);

/* The same, with the code that the syntax has for a kind. */
void edi_note_kind(edi_grader_t *g, xd_edi_kind_t kind, bool rejects);

/* The answer to an interchange of ours. */
void edi_ta1(edi_grader_t *g);

/* A set stands outside every group: a refused group without a name. */
void edi_gs_lost(edi_grader_t *g);

void edi_group_end(edi_grader_t *g);

/* Ends what is open although its trailer is missing. */
void edi_interchange_lost(edi_grader_t *g);
void edi_group_lost(edi_grader_t *g);
void edi_group_close(edi_grader_t *g);

/* The segment at hand belongs nowhere. */
void edi_stray(edi_grader_t *g);

/*
 * edi_control_check - compare control numbers of header and trailer
 *
 * They are texts.  That only leading zeros differ is told and forgiven.
 * Returns false when they differ.
 */
bool edi_control_check(edi_grader_t *g, xd_str_t opened, edi_flaw_t *f);

/* -- sets.c --------------------------------------------------------------- */

/* An element, or a component of it (from 1; 0: all), as text that stays. */
xd_str_t edi_text(edi_grader_t *g, uint32_t n, uint32_t component);

void edi_st(edi_grader_t *g);
void edi_x12_grammar(edi_grader_t *g);

/* As it stands, an element or a component of it (from 1; 0: all). */
xd_str_t edi_raw(const edi_grader_t *g, uint32_t n, uint32_t component);

/* Remembers a text in an arena.  Returns false when it was there before; of
 * more than 98,304 only so many are remembered. */
bool edi_seen_new(edi_grader_t *g, edi_seen_t *seen, xd_arena_t *arena,
    xd_str_t text);

/* The set at hand begins; the caller has filled g->set. */
void edi_set_begin(edi_grader_t *g);
void edi_set_end(edi_grader_t *g);
void edi_body(edi_grader_t *g);
void edi_set_lost(edi_grader_t *g);

/* -- service.c: the headers of EDIFACT ------------------------------------ */

void edi_unb(edi_grader_t *g);
void edi_ung(edi_grader_t *g);
void edi_unh(edi_grader_t *g);
void edi_edifact_grammar(edi_grader_t *g);

/* -- place.c -------------------------------------------------------------- */

void edi_place_begin(edi_grader_t *g, const edi_set_t *grammar);

/*
 * edi_place_find - the row of the segment at hand
 *
 * Reports what is missing before it, what is too much and what is out of
 * order.  Returns NULL when the grammar has no such segment; *moved tells
 * whether the set went on to that row.
 */
const edi_row_t *edi_place_find(edi_grader_t *g, bool *moved);

/* -- element.c ------------------------------------------------------------ */

void edi_elements(edi_grader_t *g, const edi_segment_t *def);

/* -- types.c -------------------------------------------------------------- */

/* Digits of a number, or SIZE_MAX when it is none: sign and decimal mark (one
 * of marks) do not count for its length. */
size_t edi_number_length(xd_str_t s, const char *marks);

/* A code list is blanks and codes: " 00 01 ". */
bool edi_listed(const char *codes, xd_str_t code);

/* Digits alone, and some. */
bool edi_is_digits(xd_str_t s);

/* Days of the calendar, CCYYMMDD or YYMMDD; times of the day. */
bool edi_is_date(xd_str_t s);
bool edi_is_time(xd_str_t s);

/* -- gs1.c ---------------------------------------------------------------- */

/* Which numbers of GS1 a segment may hold; 0: none. */
uint8_t edi_gs1_of(const edi_syntax_t *syntax, const edi_segment_t *def);

/* Checks those of the segment at hand. */
void edi_gs1(edi_grader_t *g, const edi_segment_t *def, uint8_t check_of);

/* -- hl.c ----------------------------------------------------------------- */

void edi_hl_begin(edi_grader_t *g);
void edi_hl(edi_grader_t *g);

/* Resolves what was open, at the set's end. */
void edi_hl_end(edi_grader_t *g);

/* -- sums.c --------------------------------------------------------------- */

void edi_sums_begin(edi_grader_t *g);

/* The segment at hand in its role. */
void edi_sums_item(edi_grader_t *g);
void edi_sums_charge(edi_grader_t *g);
void edi_sums_tax(edi_grader_t *g);
void edi_sums_total(edi_grader_t *g);
void edi_sums_order(edi_grader_t *g);
void edi_sums_line(edi_grader_t *g);
void edi_sums_control(edi_grader_t *g);
void edi_sums_check(edi_grader_t *g);

/* Compares what could only be summed up at the set's end. */
void edi_sums_end(edi_grader_t *g);

/* A number as mantissa and scale; most are a few digits. */
bool edi_sums_number(xd_str_t s, xd_decimal_t *out);

/* Adds mantissa / 10^scale, kept with 12 decimals; what is too large to be
 * true makes the sums vague. */
void edi_sums_add(edi_sums_t *sums, edi_wide_t *sum, edi_wide_t mantissa,
    unsigned scale);

/* Half a cent a line may be lost or won by rounding, and a cent in all. */
bool edi_sums_near(const edi_sums_t *s, edi_wide_t total, edi_wide_t sum);

/* -- totals.c: the same of EDIFACT ---------------------------------------- */

void edi_totals_begin(edi_grader_t *g);

/* The segment at hand: QTY, ALC, UNS, MOA. */
void edi_totals_quantity(edi_grader_t *g);
void edi_totals_allowance(edi_grader_t *g);
void edi_totals_summary(edi_grader_t *g);
void edi_totals_amount(edi_grader_t *g);

/* CNT+1, with what it says. */
void edi_totals_control(edi_grader_t *g, xd_decimal_t said);
void edi_totals_end(edi_grader_t *g);

/* -- guide_run.c: with a plan only ----------------------------------------- */

/* Looks for the guide of the set at hand. */
void edi_guide_choose(edi_grader_t *g);

/* The set's own segment was read; another one found its row, first before it
 * is looked at and then behind; the set ends. */
void edi_guide_begin(edi_grader_t *g);
void edi_guide_leave(edi_grader_t *g, const edi_row_t *row);
void edi_guide_segment(edi_grader_t *g, const edi_row_t *row);
void edi_guide_end(edi_grader_t *g);

/* A check is broken, in the partner's words or else in ours. */
void edi_guide_tell(edi_grader_t *g, const struct guide_check_s *check,
    edi_flaw_t *f, const char *otherwise);

/* For the report of what was exercised: it could be broken, or was. */
void edi_guide_count(edi_grader_t *g, const struct guide_check_s *check,
    bool broken);

/* -- guide_hold.c --------------------------------------------------------- */

/* A condition applies to the segment at hand, or to the set. */
void edi_guide_hold(edi_grader_t *g, const struct guide_check_s *check);

/* Decides all of them. */
void edi_guide_decide(edi_grader_t *g);

/* -- build.c -------------------------------------------------------------- */

void edi_build_begin(edi_grader_t *g);
void edi_build(edi_grader_t *g, const edi_row_t *row);

/* Nests the HL loops. */
void edi_build_end(edi_grader_t *g);

#endif
