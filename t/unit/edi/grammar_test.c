/* SPDX-License-Identifier: BSD-2-Clause */

/* The tables are written by hand: what must be true of every row. */

#include <check.h>
#include <stdlib.h>

#include "edi/segments.h"


static void
element_check(const char *id, const edi_element_t *e)
{
    ck_assert_msg(e->need == 'M' || e->need == 'O' || e->need == 'X', "%s", id);

    ck_assert_msg(!e->later || e->need != 'M' || e->reference == 0, "%s", id);

    if (e->type == EDI_COMPOSITE) {
        ck_assert_msg(e->nparts > 1, "%s", id);
        for (uint8_t i = 0; i < e->nparts; i++) {
            ck_assert_int_ne(e->parts[i].type, EDI_COMPOSITE);
            element_check(id, &e->parts[i]);
        }
        return;
    }

    ck_assert_msg(e->reference > 0 || e->later, "%s", id);
    ck_assert_msg(e->min >= 1 && e->min <= e->max, "%s: %u", id, e->reference);
    ck_assert_msg(e->max_later == 0 || e->max_later > e->max, "%s: %u", id,
        e->reference);

    if (e->codes != NULL) {
        size_t len = strlen(e->codes);

        ck_assert_msg(e->codes[0] == ' ' && e->codes[len - 1] == ' ', "%s", id);
    }
}


START_TEST(segments_are_consistent)
{
    const edi_segment_t *s = edi_segments[_i];
    uint8_t needed = 0;

    ck_assert_uint_ge(strlen(s->id), 2);
    ck_assert_ptr_eq(edi_grammar_segment(xd_str(s->id)), s);
    ck_assert_msg(s->count <= 31, "%s: notes are 32 bits", s->id);

    for (uint8_t i = 0; i < s->count; i++) {
        element_check(s->id, &s->elements[i]);
        if (s->elements[i].need == 'M') {
            needed = (uint8_t) (i + 1);
        }
    }
    ck_assert_msg(s->needed == needed, "%s: needed is %u", s->id, needed);

    for (uint8_t i = 0; i < s->nnotes; i++) {
        const edi_note_t *n = &s->notes[i];
        uint32_t all = n->rest | (uint32_t) 1 << n->first;

        ck_assert_msg(strchr("PRECL", n->kind) != NULL, "%s", s->id);
        ck_assert_msg((n->first != 0) == (n->kind == 'C' || n->kind == 'L'),
            "%s: note %u", s->id, i);
        ck_assert_msg(all >> 1 >> s->count == 0, "%s: note %u", s->id, i);
        ck_assert_msg((n->rest & 1) == 0 && n->rest != 0, "%s: note %u", s->id,
            i);
    }
}
END_TEST


START_TEST(sets_are_consistent)
{
    const edi_set_t *set = edi_x12_sets[_i];
    const edi_row_t *last = &set->rows[set->count - 1];

    ck_assert_uint_le(set->count, EDI_MOST_ROWS);
    ck_assert_uint_eq(strlen(set->code), 3);
    ck_assert_msg(set->functional != NULL && strlen(set->functional) == 2,
        "%s belongs to no group", set->code);
    if (_i > 0) {
        const edi_set_t *before = edi_x12_sets[_i - 1];
        int order = strcmp(before->code, set->code);

        ck_assert_msg(order < 0
                          || (order == 0 && set->since != NULL
                              && (before->since == NULL
                                  || strcmp(before->since, set->since) < 0)),
            "%s stands in the list twice or out of order", set->code);
    }
    ck_assert(set->since == NULL || strlen(set->since) == 6);
    ck_assert_str_eq(set->rows[0].segment->id, "ST");
    ck_assert_str_eq(last->segment->id, "SE");
    ck_assert_int_eq(last->need, 'M');

    for (uint16_t i = 0; i < set->count; i++) {
        const edi_row_t *row = &set->rows[i];

        ck_assert_uint_lt(row->depth, EDI_DEPTH);
        ck_assert_msg(row->need == 'M' || row->need == 'O', "row %u", i);
        ck_assert_msg(row->loop == NULL || (row->depth > 0 && row->most == 1),
            "row %u", i);

        /* one step down, and only into a loop */
        if (i > 0 && row->depth > row[-1].depth) {
            ck_assert_msg(row->depth == row[-1].depth + 1 && row->loop != NULL,
                "row %u", i);
        }
    }
}
END_TEST


/* Where in the rows the loop begins that holds a row; -1: in none. */
static int
holder(const edi_set_t *set, int row)
{
    int depth = set->rows[row].depth - (set->rows[row].loop != NULL);

    for (int i = row - 1; i >= 0 && depth > 0; i--) {
        if (set->rows[i].loop != NULL && set->rows[i].depth == depth) {
            return i;
        }
    }

    return -1;
}


/* The tree of a set, and so its writer, knows segments by their names. */
START_TEST(names_stand_once_in_a_loop)
{
    const edi_set_t *set = edi_x12_sets[_i];

    for (int a = 0; a < set->count; a++) {
        for (int b = a + 1; b < set->count; b++) {
            ck_assert_msg(set->rows[a].segment != set->rows[b].segment
                              || holder(set, a) != holder(set, b),
                "%s: rows %d and %d", set->code, a, b);
        }
    }
}
END_TEST


/* What begins a loop does nothing else in it: each time it stands there, the
 * loop begins anew. */
START_TEST(triggers_are_unambiguous)
{
    const edi_set_t *set = edi_x12_sets[_i];

    for (int row = 0; row < set->count; row++) {
        int loop = holder(set, row);

        ck_assert_msg(loop < 0
                          || set->rows[row].segment != set->rows[loop].segment,
            "%s: row %d begins the loop that it stands in", set->code, row);
    }
}
END_TEST


/* LS and LE bound loops that need not be there: when they are left out,
 * nothing between them may be asked for. */
START_TEST(bounded_loops_are_at_will)
{
    const edi_set_t *set = edi_x12_sets[_i];
    bool bounded = false;
    uint8_t depth = 0;

    for (int row = 0; row < set->count; row++) {
        const edi_row_t *r = &set->rows[row];

        if (strcmp(r->segment->id, "LS") == 0) {
            bounded = true;
            depth = r->depth;
        } else if (strcmp(r->segment->id, "LE") == 0) {
            ck_assert_msg(bounded && r->depth == depth, "%s: row %d", set->code,
                row);
            bounded = false;
        } else if (bounded && r->depth == depth + 1 && r->loop != NULL) {
            ck_assert_msg(r->need == 'O', "%s: row %d", set->code, row);
        }
    }
    ck_assert_msg(!bounded, "%s: LS without LE", set->code);
}
END_TEST


START_TEST(finds_sets_by_version)
{
    static const struct {
        const char *code, *version;
        bool found;
    } some[] = { { "856", "004010", true }, { "856", "004010VICS", true },
        { "856", "005010", true }, { "856", "005999", true },
        { "856", "003060", false }, { "856", "006010", false },
        { "856", "", false }, { "85", "004010", false },
        { "997", "005010X230", true }, { "850", "004010VICS", true },
        { "855", "004030", true }, { "810", "005010", true },
        { "810", "003040", false }, { "860", "004010", true },
        { "999", "005010X231A1", true }, { "753", "004010", true },
        { "841", "004010", false } };

    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        ck_assert_msg((edi_grammar_set(xd_str(some[i].code),
                           xd_str(some[i].version))
                          != NULL)
                          == some[i].found,
            "%s in %s", some[i].code, some[i].version);
    }
}
END_TEST


/* 944 has its lines below LX from 004020 on. */
START_TEST(sets_built_anew_are_told_by_version)
{
    const edi_set_t *old = edi_grammar_set(XD_STR("944"), XD_STR("004010"));
    const edi_set_t *vics =
        edi_grammar_set(XD_STR("944"), XD_STR("004010VICS"));
    const edi_set_t *from = edi_grammar_set(XD_STR("944"), XD_STR("004020"));
    const edi_set_t *new = edi_grammar_set(XD_STR("944"), XD_STR("005010"));

    ck_assert_ptr_null(old->since);
    ck_assert_ptr_eq(old, vics);
    ck_assert_str_eq(from->since, "004020");
    ck_assert_ptr_eq(from, new);
}
END_TEST


START_TEST(keys_tell_ids_apart)
{
    ck_assert_uint_eq(edi_key(XD_STR("N1")), edi_id_key("N1\0"));
    ck_assert_uint_ne(edi_key(XD_STR("N1")), edi_key(XD_STR("N10")));
    ck_assert_uint_eq(edi_key(XD_STR("N")), 0);
    ck_assert_uint_eq(edi_key(XD_STR("")), 0);
    ck_assert_uint_eq(edi_key(XD_STR("N1XX")), 0);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("grammar");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, segments_are_consistent, 0,
        (int) edi_segments_count);
    tcase_add_loop_test(tc, sets_are_consistent, 0, (int) edi_x12_sets_count);
    tcase_add_loop_test(tc, names_stand_once_in_a_loop, 0,
        (int) edi_x12_sets_count);
    tcase_add_loop_test(tc, triggers_are_unambiguous, 0,
        (int) edi_x12_sets_count);
    tcase_add_loop_test(tc, bounded_loops_are_at_will, 0,
        (int) edi_x12_sets_count);
    tcase_add_test(tc, finds_sets_by_version);
    tcase_add_test(tc, sets_built_anew_are_told_by_version);
    tcase_add_test(tc, keys_tell_ids_apart);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
