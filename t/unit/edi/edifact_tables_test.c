/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every file of t/cases/edifact, held to the tables of its message by a reader
 * of its own: it knows nothing of the grader, so the tables and the grader are
 * judged apart.  Told is the first thing that is wrong.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/file.h"
#include "edi/edifact_segments.h"

#define FOLDER "t/cases/edifact/"
#define MOST   256

static xd_str_t files[MOST], wants[MOST];
static int nfiles;
static xd_arena_t *always, *arena;

/* The segments from UNH to UNT, the first of them that is unread, the flaw. */
static xd_str_t segs[MOST];
static size_t nsegs, at;
static char told[64];
static const edi_set_t *set;


static void
index_read(void)
{
    xd_str_t all;

    always = xd_arena_new(0);
    if (xd_file_read(always, FOLDER "INDEX.tsv", 1 << 20, &all) != XD_OK) {
        return; /* the first test says so */
    }

    while (all.ptr != NULL && nfiles < MOST) {
        xd_str_t line = xd_str_cut(&all, '\n');

        if (line.len > 0 && line.ptr[0] != '#') {
            files[nfiles] = xd_str_cut(&line, '\t');
            wants[nfiles++] = line;
        }
    }
}


/* Cuts at the mark, but not where a release character stands before it. */
static xd_str_t
cut(xd_str_t *rest, char mark)
{
    size_t n = 0;
    xd_str_t head;

    while (n < rest->len && rest->ptr[n] != mark) {
        n += rest->ptr[n] == '?' ? 2 : 1;
    }
    n = n < rest->len ? n : rest->len;

    head = (xd_str_t){ rest->ptr, n };
    *rest = n < rest->len ? (xd_str_t){ rest->ptr + n + 1, rest->len - n - 1 }
                          : (xd_str_t){ NULL, 0 };

    return head;
}


static void
tell(const char *id, unsigned n, unsigned part, const char *what)
{
    if (told[0] == '\0' && part > 0) {
        snprintf(told, sizeof(told), "%s%02u.%u %s", id, n, part, what);
    } else if (told[0] == '\0' && n > 0) {
        snprintf(told, sizeof(told), "%s%02u %s", id, n, what);
    } else if (told[0] == '\0') {
        snprintf(told, sizeof(told), "%s %s", id, what);
    }
}


static bool
is_number(xd_str_t v)
{
    size_t digits = 0;

    for (size_t i = 0; i < v.len; i++) {
        digits += v.ptr[i] >= '0' && v.ptr[i] <= '9';
        if (strchr("0123456789.,-", v.ptr[i]) == NULL) {
            return false;
        }
    }

    return digits > 0;
}


static const char *
value_flaw(const edi_element_t *e, xd_str_t v)
{
    bool later = strcmp(set->directory, "D96A") != 0 && e->max_later > 0;
    char code[8];

    if (v.len == 0) {
        return e->need == 'M' ? "missing" : NULL;
    }
    if (v.len > (later ? e->max_later : e->max)) {
        return "long";
    }
    if (e->type == EDI_R && !is_number(v)) {
        return "type";
    }
    if (e->codes != NULL) {
        snprintf(code, sizeof(code), " %.*s ", XD_FMT(v));
        return strstr(e->codes, code) == NULL ? "code" : NULL;
    }

    return NULL;
}


static void
parts_check(const char *id, unsigned n, const edi_element_t *e, xd_str_t v)
{
    if (v.len == 0) {
        if (e->need == 'M') {
            tell(id, n, 0, "missing");
        }
        return;
    }

    for (uint8_t i = 0; i < e->nparts; i++) {
        const char *flaw = value_flaw(&e->parts[i], cut(&v, ':'));

        if (flaw != NULL) {
            tell(id, n, i + 1U, flaw);
        }
    }
    if (v.len > 0) {
        tell(id, n, 0, "many");
    }
}


static void
segment_check(const edi_segment_t *s, xd_str_t seg)
{
    (void) cut(&seg, '+');

    for (uint8_t i = 0; i < s->count; i++) {
        const edi_element_t *e = &s->elements[i];
        xd_str_t v = cut(&seg, '+');

        if (e->type == EDI_COMPOSITE) {
            parts_check(s->id, i + 1U, e, v);
        } else if (value_flaw(e, v) != NULL) {
            tell(s->id, i + 1U, 0, value_flaw(e, v));
        }
    }
    if (seg.len > 0) {
        tell(s->id, 0, 0, "many");
    }
}


static bool
is(xd_str_t seg, const char *id)
{
    return seg.len >= 3 && memcmp(seg.ptr, id, 3) == 0;
}


static bool
take(const edi_segment_t *s)
{
    if (at < nsegs && is(segs[at], s->id)) {
        segment_check(s, segs[at++]);
        return true;
    }

    return false;
}


/* The row behind the loop that begins here. */
static uint16_t
loop_end(uint16_t begin)
{
    const edi_row_t *r = set->rows;
    uint16_t i = (uint16_t) (begin + 1);

    while (i < set->count && r[i].depth >= r[begin].depth
           && (r[i].loop == NULL || r[i].depth > r[begin].depth))
    {
        i++;
    }

    return i;
}


/* Reads the rows [i, end) as often as each may stand. */
static void
rows_read(uint16_t i, uint16_t end)
{
    while (i < end) {
        const edi_row_t *row = &set->rows[i];
        uint16_t next = row->loop != NULL ? loop_end(i) : (uint16_t) (i + 1);
        uint32_t most = row->loop != NULL ? row->loop_most : row->most;
        uint32_t n = 0;

        while ((most == 0 || n < most) && take(row->segment)) {
            rows_read((uint16_t) (i + 1), next);
            n++;
        }
        if (n == 0 && row->need == 'M' && told[0] == '\0') {
            snprintf(told, sizeof(told), "missing %s", row->segment->id);
        }
        i = next;
    }
}


static void
message_read(xd_str_t all)
{
    nsegs = 0;
    at = 0;
    told[0] = '\0';
    cut(&all, '\n'); /* UNA */

    while (all.len > 0 && nsegs < MOST) {
        xd_str_t seg = xd_str_trim(cut(&all, '\''));

        if (nsegs > 0 || is(seg, "UNH")) {
            segs[nsegs++] = seg;
        }
    }
    while (nsegs > 0 && !is(segs[nsegs - 1], "UNT")) {
        nsegs--;
    }
}


/* The message that UNH names: "ORDERS:D:96A:UN". */
static const edi_set_t *
set_of(xd_str_t unh)
{
    xd_str_t type, code, version, release;

    cut(&unh, '+');
    cut(&unh, '+');
    type = cut(&unh, '+');
    code = cut(&type, ':');
    version = cut(&type, ':');
    release = cut(&type, ':');

    for (size_t i = 0; i < edi_edifact_messages_count; i++) {
        const edi_set_t *s = edi_edifact_messages[i];
        xd_str_t directory =
            xd_fmt(arena, "%.*s%.*s", XD_FMT(version), XD_FMT(release));

        if (xd_str_is(code, s->code) && xd_str_is(directory, s->directory)) {
            return s;
        }
    }

    return NULL;
}


START_TEST(is_as_the_index_says)
{
    xd_str_t path = xd_fmt(arena, FOLDER "%.*s", XD_FMT(files[_i])), bytes;

    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
    message_read(bytes);
    ck_assert_uint_gt(nsegs, 1);
    set = set_of(segs[0]);
    ck_assert_msg(set != NULL, "%s", path.ptr);

    rows_read(0, set->count);
    if (at < nsegs && (told[0] == '\0' || strcmp(told, "missing UNT") == 0)) {
        snprintf(told, sizeof(told), "place %.3s", segs[at].ptr);
    }

    ck_assert_msg(xd_str_is(wants[_i], told[0] != '\0' ? told : "-"),
        "%s: %s, and should be %.*s", path.ptr, told, XD_FMT(wants[_i]));
}
END_TEST


START_TEST(every_message_has_a_sample)
{
    for (size_t i = 0; i < edi_edifact_messages_count; i++) {
        const edi_set_t *s = edi_edifact_messages[i];
        int clean = 0, flawed = 0;
        char name[32];

        snprintf(name, sizeof(name), "%s-%s", s->code, s->directory);
        for (int k = 0; k < nfiles; k++) {
            if (strncasecmp(files[k].ptr, name, strlen(name)) == 0) {
                clean += xd_str_is(wants[k], "-");
                flawed += !xd_str_is(wants[k], "-");
            }
        }
        ck_assert_msg(clean >= 1 && flawed >= 2, "%s", name);
    }
}
END_TEST


static void
setup(void)
{
    arena = xd_arena_new(0);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("edifact tables");
    SRunner *runner = srunner_create(s);
    int failed;

    index_read();
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, every_message_has_a_sample);
    tcase_add_loop_test(tc, is_as_the_index_says, 0, nfiles);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    xd_arena_free(always);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
