/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd pretty: a file as a person reads it.  EDI: a segment a line, loops set
 * in.  JSON: members a line.  Nothing is changed but blanks and line ends.
 */

#include "cli.h"

#include <stdlib.h>

#include "edi/grade.h"
#include "format/json.h"

#define INDENT   2 /* blanks a level */
#define ENVELOPE 2 /* levels of ISA, GS or UNB, UNG around a set */

/* How deep in the loops of its set a segment stands, by a byte inside it. */
typedef struct {
    size_t offset;
    uint32_t depth;
} place_t;

typedef struct {
    xd_arena_t *arena;
    const char *name;
    xd_str_t bytes;
    xd_vec_t places; /* of place_t, by offset */
    bool json;
    bool in_set;
    uint32_t position; /* of the segment in its set */
} pretty_t;


/* -- depths, from the trees of the sets ------------------------------------ */

static bool
place_add(pretty_t *p, size_t offset, uint32_t depth)
{
    place_t *slot = xd_vec_push(&p->places, p->arena);

    if (slot != NULL) {
        *slot = (place_t){ offset, depth };
    }

    return slot != NULL;
}


static bool
is_number(xd_str_t key)
{
    return key.len > 0 && key.ptr[0] >= '0' && key.ptr[0] <= '9';
}


/* Elements are named by numbers, what stands in a loop by ids.  Loops of
 * EDIFACT bear the number of their group. */
static bool
is_loop(const xd_node_t *member)
{
    if (xd_str_starts(member->key, XD_STR("SG"))) {
        return true;
    }

    xd_each (occurrence, member) {
        if (occurrence->last != NULL && !is_number(occurrence->last->key)) {
            return true;
        }
    }

    return false;
}


/* A place by the first element of a segment; then what stands in its loop. */
static bool
walk(pretty_t *p, const xd_node_t *object, uint32_t depth)
{
    const xd_node_t *first = object != NULL ? object->first : NULL;
    bool good = first == NULL || !is_number(first->key)
                || place_add(p, first->offset, depth);

    xd_each (member, object) {
        uint32_t below = depth + (is_loop(member) ? 1 : 0);

        xd_each (occurrence, is_number(member->key) ? NULL : member) {
            good = good && walk(p, occurrence, below);
        }
    }

    return good;
}


static int
by_offset(const void *a, const void *b)
{
    size_t x = ((const place_t *) a)->offset, y = ((const place_t *) b)->offset;

    return (x > y) - (x < y);
}


static bool
group_walk(pretty_t *p, const xd_edi_group_t *group)
{
    bool good = true;

    for (size_t i = 0; i < group->sets.count && good; i++) {
        good = walk(p, XD_AT(&group->sets, xd_edi_set_t, i)->tree, 0);
    }

    return good;
}


static bool
places_find(pretty_t *p, const xd_edi_file_t *file)
{
    bool good = true;

    for (size_t i = 0; i < file->interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file->interchanges, xd_edi_interchange_t, i);

        for (size_t g = 0; g < ic->groups.count && good; g++) {
            good = group_walk(p, XD_AT(&ic->groups, xd_edi_group_t, g));
        }
    }

    if (p->places.count > 0) {
        qsort(p->places.at, p->places.count, sizeof(place_t), by_offset);
    }

    return good;
}


/* The depth of the segment that has these bytes. */
static uint32_t
depth_of(const pretty_t *p, size_t from, size_t to)
{
    size_t low = 0, high = p->places.count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const place_t *place = XD_AT(&p->places, place_t, middle);

        if (place->offset < from) {
            low = middle + 1;
        } else if (place->offset >= to) {
            high = middle;
        } else {
            return place->depth;
        }
    }

    return 0;
}


/* -- segments -------------------------------------------------------------- */

static bool
is_any(xd_str_t id, const char *const ids[])
{
    for (; *ids != NULL; ids++) {
        if (xd_str_is(id, *ids)) {
            return true;
        }
    }

    return false;
}


static uint32_t
level_of(const pretty_t *p, const xd_segment_t *seg)
{
    static const char *const outer[] = { "ISA", "IEA", "UNB", "UNZ", "TA1",
        NULL };
    static const char *const groups[] = { "GS", "GE", "UNG", "UNE", NULL };
    static const char *const sets[] = { "ST", "SE", "UNH", "UNT", NULL };

    if (is_any(seg->id, outer)) {
        return 0;
    }

    if (is_any(seg->id, groups)) {
        return 1;
    }

    return ENVELOPE
           + (is_any(seg->id, sets) ? 0
                                    : 1 + depth_of(p, seg->offset, seg->end));
}


static void
print_line(const pretty_t *p, const xd_segment_t *seg, uint32_t level)
{
    xd_str_t raw = { p->bytes.ptr + seg->offset, seg->end - seg->offset };
    size_t from = 0;

    cli_write(stdout, "%*s", (int) level * INDENT, "");

    for (size_t i = 0; i <= raw.len; i++) {
        if (i == raw.len || raw.ptr[i] == '\n' || raw.ptr[i] == '\r') {
            cli_text(stdout, (xd_str_t){ raw.ptr + from, i - from });
            from = i + 1;
        }
    }

    cli_write(stdout, "\n");
}


static void
print_json(const pretty_t *p, const xd_segment_t *seg, uint32_t level)
{
    xd_buf_t out = { 0 };

    xd_buf_text(&out, "{\"file\":");
    xd_json_string(&out, xd_str(p->name));
    xd_buf_fmt(&out,
        ",\"offset\":%zu,\"segment\":%u,\"level\":%u,\"id\":", seg->offset,
        p->position, level);
    xd_json_string(&out, seg->id);
    xd_buf_text(&out, ",\"elements\":[");

    for (uint32_t i = 0; i < seg->count; i++) {
        xd_buf_text(&out, i > 0 ? "," : "");
        xd_json_string(&out, seg->elements[i]);
    }

    xd_buf_text(&out, "]}\n");
    (void) cli_print(xd_buf_str(&out));
    xd_buf_free(&out);
}


static void
print_segment(pretty_t *p, const xd_segment_t *seg)
{
    static const char *const begins[] = { "ST", "UNH", NULL };
    static const char *const ends[] = { "SE", "UNT", NULL };
    uint32_t level = level_of(p, seg);

    if (is_any(seg->id, begins)) {
        p->in_set = true;
        p->position = 0;
    }

    p->position = p->in_set ? p->position + 1 : 0;
    (p->json ? print_json : print_line)(p, seg, level);

    if (is_any(seg->id, ends)) {
        p->in_set = false;
    }
}


static int
pretty_edi(pretty_t *p)
{
    const xd_edi_options_t options = { .trees = true };
    static xd_segment_t seg; /* too large for a stack frame */
    xd_edi_reader_t *reader;
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, p->arena, 0);
    rc = xd_edi_grade(p->arena, p->bytes, &options, &rep, &file);
    reader = rc == XD_OK ? xd_edi_open(p->arena, p->bytes, &rep) : NULL;

    if (reader == NULL || !places_find(p, &file)) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    if (file.not_edi) {
        (void) cli_fail("%s: neither EDI nor JSON", p->name);
        return CLI_FINDINGS;
    }

    while (xd_edi_next(reader, &seg)) {
        print_segment(p, &seg);
    }

    return CLI_GOOD;
}


static int
pretty_json(pretty_t *p)
{
    xd_buf_t out = { 0 };
    xd_node_t *doc;
    xd_report_t rep;
    xd_rc_t rc;
    bool good;

    xd_report_init(&rep, p->arena, 1);
    rc = xd_json_read(p->arena, p->bytes, NULL, &doc, &rep);

    if (rc != XD_OK) {
        cli_findings(stderr, p->name, &rep);
        return CLI_FINDINGS;
    }

    xd_json_write(&out, doc, p->json ? XD_JSON_COMPACT : XD_JSON_PRETTY);
    if (p->json) {
        xd_buf_byte(&out, '\n');
    }

    good = xd_buf_rc(&out) == XD_OK && cli_print(xd_buf_str(&out));
    xd_buf_free(&out);

    return good ? CLI_GOOD : CLI_FAILED;
}


static bool
looks_like_json(xd_str_t bytes)
{
    xd_str_t s = xd_str_trim(bytes);

    return s.len > 0 && (s.ptr[0] == '{' || s.ptr[0] == '[');
}


static int
pretty_file(const char *name, bool json)
{
    pretty_t p = { .name = name, .json = json, .places = XD_VEC(place_t) };
    xd_file_t file;
    int status = cli_open(name, &file);

    if (status != CLI_GOOD) {
        return status;
    }

    p.bytes = file.bytes;
    p.arena = xd_arena_new(0);

    if (p.arena == NULL) {
        status = cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    } else {
        status = looks_like_json(p.bytes) ? pretty_json(&p) : pretty_edi(&p);
    }

    xd_arena_free(p.arena);
    xd_file_unmap(&file);

    return status;
}


int
cli_pretty(int argc, char **argv)
{
    bool json = false;
    const cli_option_t options[] = {
        { "json", NULL, &json },
        { NULL, NULL, NULL },
    };
    int status = CLI_GOOD;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("pretty: name a file");
    }

    for (int i = 1; i < argc; i++) {
        int one = pretty_file(argv[i], json);

        status = one > status ? one : status;
    }

    return status;
}
