/* SPDX-License-Identifier: BSD-2-Clause */

/* The tables of EDIFACT are written by hand: what must be true of every row. */

#include <check.h>
#include <stdlib.h>

#include "edi/edifact_segments.h"


static void
element_check(const char *id, const edi_element_t *e)
{
    ck_assert_msg(e->need == 'M' || e->need == 'O', "%s", id);

    if (e->type == EDI_COMPOSITE) {
        ck_assert_msg(e->nparts > 0 && e->reference == 0, "%s", id);
        for (uint8_t i = 0; i < e->nparts; i++) {
            ck_assert_int_ne(e->parts[i].type, EDI_COMPOSITE);
            element_check(id, &e->parts[i]);
        }
        return;
    }

    ck_assert_msg(e->type == EDI_AN || e->type == EDI_A || e->type == EDI_R,
        "%s: %u", id, e->reference);
    ck_assert_msg(e->reference > 0 && e->reference <= 9999, "%s", id);
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
    const edi_segment_t *s = &edi_edifact_segments[_i];
    uint8_t needed = 0;

    ck_assert_uint_eq(strlen(s->id), 3);
    ck_assert_uint_gt(s->count, 0);
    ck_assert_ptr_null(s->notes);

    for (uint8_t i = 0; i < s->count; i++) {
        element_check(s->id, &s->elements[i]);
        if (s->elements[i].need == 'M') {
            needed = (uint8_t) (i + 1);
        }
    }
    ck_assert_msg(s->needed == needed, "%s: needed is %u", s->id, needed);
}
END_TEST


/* A segment that no message uses is a row too many. */
START_TEST(segments_are_used)
{
    const edi_segment_t *s = &edi_edifact_segments[_i];
    bool used = false;

    for (size_t m = 0; m < edi_edifact_messages_count && !used; m++) {
        const edi_set_t *set = edi_edifact_messages[m];

        for (uint16_t i = 0; i < set->count && !used; i++) {
            used = set->rows[i].segment == s;
        }
    }

    ck_assert_msg(used, "%s, place %d", s->id, _i);
}
END_TEST


static void
row_check(const edi_set_t *set, uint16_t i)
{
    const edi_row_t *row = &set->rows[i];

    ck_assert_uint_lt(row->depth, EDI_DEPTH);
    ck_assert_msg(row->need == 'M' || row->need == 'O', "row %u", i);
    ck_assert_msg(row->loop == NULL
                      || (row->depth > 0 && row->most == 1
                          && row->loop_most > 0),
        "row %u", i);

    /* one step down, and only into a loop */
    if (i > 0 && row->depth > row[-1].depth) {
        ck_assert_msg(row->depth == row[-1].depth + 1 && row->loop != NULL,
            "row %u", i);
    }
}


START_TEST(messages_are_consistent)
{
    const edi_set_t *set = edi_edifact_messages[_i];
    const edi_row_t *last = &set->rows[set->count - 1];

    ck_assert_uint_le(set->count, EDI_MOST_ROWS);
    ck_assert_uint_eq(strlen(set->code), 6);
    ck_assert_ptr_null(set->functional);
    ck_assert_str_eq(set->rows[0].segment->id, "UNH");
    ck_assert_str_eq(last->segment->id, "UNT");
    ck_assert_int_eq(set->rows[0].need, 'M');
    ck_assert_int_eq(last->need, 'M');
    ck_assert_uint_eq(last->depth, 0);

    for (uint16_t i = 0; i < set->count; i++) {
        row_check(set, i);
    }
}
END_TEST


/* Groups bear the numbers 1, 2, 3 … in the order in which they begin. */
START_TEST(groups_are_numbered)
{
    const edi_set_t *set = edi_edifact_messages[_i];
    int group = 0;

    for (uint16_t i = 0; i < set->count; i++) {
        const char *loop = set->rows[i].loop;

        if (loop != NULL) {
            ck_assert_int_eq(strncmp(loop, "SG", 2), 0);
            ck_assert_msg(atoi(loop + 2) == ++group, "%s %s: %s", set->code,
                set->directory, loop);
        }
    }
}
END_TEST


/* The row of the same segment that follows in the same loop; -1: none. */
static int
twin(const edi_set_t *set, int row)
{
    const edi_row_t *r = set->rows;
    int depth = r[row].depth - (r[row].loop != NULL);

    for (int i = row + 1; i < set->count; i++) {
        int holder = r[i].depth - (r[i].loop != NULL);

        if (holder < depth) {
            return -1;
        }
        if (holder == depth && r[i].segment == r[row].segment) {
            return i;
        }
    }

    return -1;
}


/*
 * Where a segment has two places in one loop, the first one must be due exactly
 * once or something mandatory must stand between them: else nobody could tell
 * which of them is meant.
 */
START_TEST(places_are_told_apart)
{
    const edi_set_t *set = edi_edifact_messages[_i];

    for (int a = 0; a < set->count; a++) {
        int b = twin(set, a);
        int depth = set->rows[a].depth - (set->rows[a].loop != NULL);
        bool apart =
            b < 0 || (set->rows[a].need == 'M' && set->rows[a].most == 1);

        for (int i = a + 1; i < b; i++) {
            const edi_row_t *r = &set->rows[i];

            apart |= r->need == 'M' && r->depth - (r->loop != NULL) == depth;
        }
        ck_assert_msg(apart, "%s %s: rows %d and %d (%s)", set->code,
            set->directory, a, b, set->rows[a].segment->id);
    }
}
END_TEST


static const edi_set_t *
find(const char *code, const char *directory)
{
    const edi_set_t *found = NULL;

    for (size_t i = 0; i < edi_edifact_messages_count; i++) {
        const edi_set_t *set = edi_edifact_messages[i];

        if (strcmp(set->code, code) == 0
            && strcmp(set->directory, directory) == 0) {
            ck_assert_msg(found == NULL, "%s %s twice", code, directory);
            found = set;
        }
    }

    return found;
}


START_TEST(every_message_is_there)
{
    static const char *const both[] = { "ORDERS", "ORDRSP", "ORDCHG", "DESADV",
        "RECADV", "INVOIC", "REMADV", "INVRPT", "SLSRPT", "PRICAT", "PARTIN",
        "IFTMIN", "IFTSTA", "DELFOR", "APERAK" };
    static const char *const later[] = { "RETANN", "INSDES", "OSTENQ",
        "OSTRPT" };
    size_t n = sizeof(both) / sizeof(both[0]);

    for (size_t i = 0; i < n; i++) {
        ck_assert_msg(find(both[i], "D96A") != NULL, "%s", both[i]);
        ck_assert_msg(find(both[i], "D01B") != NULL, "%s", both[i]);
    }
    for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
        ck_assert_msg(find(later[i], "D01B") != NULL, "%s", later[i]);
        ck_assert_msg(find(later[i], "D96A") == NULL, "%s", later[i]);
    }

    ck_assert_ptr_nonnull(find("INVOIC", "D14B"));
    ck_assert_ptr_nonnull(find("CONTRL", "D3"));
    ck_assert_ptr_nonnull(find("CONTRL", "22"));
    ck_assert_ptr_nonnull(find("CONTRL", "41"));
    ck_assert_uint_eq(edi_edifact_messages_count, 2 * n + 8);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("edifact grammar");
    SRunner *runner = srunner_create(s);
    int failed, messages = (int) edi_edifact_messages_count;

    suite_add_tcase(s, tc);
    tcase_add_loop_test(tc, segments_are_consistent, 0,
        (int) edi_edifact_segments_count);
    tcase_add_loop_test(tc, segments_are_used, 0,
        (int) edi_edifact_segments_count);
    tcase_add_loop_test(tc, messages_are_consistent, 0, messages);
    tcase_add_loop_test(tc, groups_are_numbered, 0, messages);
    tcase_add_loop_test(tc, places_are_told_apart, 0, messages);
    tcase_add_test(tc, every_message_is_there);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
