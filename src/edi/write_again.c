/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What was read, written back: sets from their trees, the rest from the
 * bytes.  Between two values stands what stood there, so that a file comes
 * out as it went in, with its line ends, blanks and missing terminators.
 */

#include "base/vec.h"
#include "edi/again.h"
#include "edi/write.h"


typedef struct {
    xd_arena_t *arena;
    xd_str_t bytes;
    xd_report_t *rep;
    xd_edi_reader_t *reader;
    xd_x12_writer_t x;
    const xd_edi_file_t *file;
    size_t interchange, group, set; /* the next one that was kept */
    xd_vec_t ends; /* of xd_str_t, of the segments gone by since a set began */
    const xd_edi_set_t *open; /* the set at hand; NULL: outside */
    xd_str_t version;         /* of its group */
    xd_segment_t waiting;     /* of X12, until the next one is seen */
    bool waits;
    size_t done;    /* bytes that are written, behind a segment of EDIFACT */
    xd_vec_t nodes; /* of edi_again_node_t, of the message at hand */
} again_t;


/* The group at hand, or NULL behind the last one of the interchange. */
static const xd_edi_group_t *
group_at(const again_t *a)
{
    const xd_edi_interchange_t *ic =
        XD_AT(&a->file->interchanges, xd_edi_interchange_t, a->interchange);

    return a->group < ic->groups.count
               ? XD_AT(&ic->groups, xd_edi_group_t, a->group)
               : NULL;
}


/* The next set that was kept, and its group's version; NULL at the end. */
static const xd_edi_set_t *
next_set(again_t *a)
{
    while (a->interchange < a->file->interchanges.count) {
        const xd_edi_group_t *g = group_at(a);

        if (g != NULL && a->set < g->sets.count) {
            a->version = g->version;
            return XD_AT(&g->sets, xd_edi_set_t, a->set);
        }

        a->set = 0;
        a->group = g != NULL ? a->group + 1 : 0;
        a->interchange += g == NULL;
    }

    return NULL;
}


/* From behind the last value of a segment to where the next one begins. */
static xd_str_t
end_of(const again_t *a, const xd_x12_segment_t *seg, size_t next)
{
    xd_str_t last = seg->id;
    size_t at;

    for (uint32_t n = seg->count; n > 0; n--) {
        if (seg->elements[n - 1].len > 0) {
            last = seg->elements[n - 1];
            break;
        }
    }

    if (!xd_x12_in_file(a->reader, last)) {
        return XD_STR_NONE; /* unwrapped: where it ended is not known */
    }

    at = (size_t) (last.ptr + last.len - a->bytes.ptr);

    return (xd_str_t){ a->bytes.ptr + at, next - at };
}


static void
form_set(again_t *a)
{
    a->x.form =
        (xd_x12_form_t){ .marks = *xd_x12_marks(a->reader), .as_read = true };
}


/* A segment outside of sets, or of a set that has no tree. */
static xd_rc_t
copy(again_t *a, const xd_x12_segment_t *seg, xd_str_t end)
{
    a->x.ends = &end;
    a->x.nends = end.ptr != NULL ? 1 : 0;
    a->x.at = 0;

    xd_x12_write_begin(&a->x, seg->id);
    for (uint32_t n = 1; n <= seg->count; n++) {
        if (seg->binary && n == seg->count) {
            xd_x12_write_binary(&a->x, seg->elements[n - 1]);
        } else if (!xd_x12_write_element(&a->x, seg->elements[n - 1])) {
            return XD_E_SYNTAX;
        }
    }
    xd_x12_write_end(&a->x);

    return XD_OK;
}


/* The set whose last segment has gone by. */
static xd_rc_t
set_write(again_t *a)
{
    bool whole = true;

    for (size_t i = 0; i < a->ends.count; i++) {
        whole = whole && XD_AT(&a->ends, xd_str_t, i)->ptr != NULL;
    }

    a->x.ends = a->ends.at;
    a->x.nends = whole ? a->ends.count : 0;
    a->x.at = 0;
    a->ends.count = 0;

    return xd_edi_write_set(&a->x, a->arena, a->open->tree, a->version,
        XD_STR(""), a->rep);
}


/* One segment, of which it is known where the next one begins. */
static xd_rc_t
segment(again_t *a, const xd_x12_segment_t *seg, size_t next)
{
    xd_str_t end = end_of(a, seg, next), *slot;
    const xd_edi_set_t *set = a->open == NULL ? next_set(a) : NULL;
    xd_rc_t rc;

    if (set != NULL && set->offset == seg->offset) {
        a->set++;
        /* one that breaks off is copied: the writer would end it */
        a->open = xd_get(set->tree, "SE") != NULL ? set : NULL;
    }

    if (a->open == NULL) {
        return copy(a, seg, end);
    }

    slot = xd_vec_push(&a->ends, a->arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }
    *slot = end;

    if (next < a->open->offset + a->open->length) {
        return XD_OK;
    }

    rc = set_write(a);
    a->open = NULL;

    return rc;
}


/* Values that were put together from several lines live only until the next
 * segment is read. */
static bool
keep_one(again_t *a, xd_str_t *s)
{
    if (xd_x12_in_file(a->reader, *s)) {
        return true;
    }

    *s = xd_dup(a->arena, *s);

    return s->ptr != NULL;
}


static bool
keep(again_t *a, const xd_segment_t *seg)
{
    bool kept;

    a->waiting = *seg;
    a->waits = true;
    kept = keep_one(a, &a->waiting.id);

    for (uint32_t n = 0; n < seg->count && kept; n++) {
        kept = keep_one(a, &a->waiting.elements[n]);
    }

    return kept;
}


/* -- EDIFACT: copied, but for what the tree says otherwise ----------------- */

static xd_rc_t
edifact_segment(again_t *a, const xd_segment_t *seg)
{
    const xd_edi_set_t *set = a->open == NULL ? next_set(a) : NULL;
    edi_again_t one = { .arena = a->arena,
        .reader = a->reader,
        .rep = a->rep,
        .bytes = a->bytes,
        .out = a->x.out };
    xd_rc_t rc = XD_OK;

    if (set != NULL && set->offset == seg->offset) {
        a->set++;
        a->open = set;
        rc = edi_again_nodes(a->arena, set->tree, &a->nodes);
    }

    if (rc == XD_OK) {
        rc = edi_again_segment(&one, seg,
            edi_again_node(&a->nodes, seg->offset));
    }

    if (a->open != NULL && seg->end >= a->open->offset + a->open->length) {
        a->open = NULL;
        a->nodes.count = 0;
    }

    return rc;
}


/* -- all segments ---------------------------------------------------------- */

/* One of X12 is written when the one after it has been seen; one of EDIFACT at
 * once, and what stands before it is copied. */
static xd_rc_t
one(again_t *a, const xd_segment_t *seg)
{
    bool edifact = xd_edi_syntax(a->reader) == XD_EDI_EDIFACT;
    xd_rc_t rc = XD_OK;

    if (a->waits) {
        a->waits = false;
        rc = segment(a, &a->waiting, seg->offset);
    } else if (seg->offset > a->done) {
        xd_buf_add(a->x.out,
            (xd_str_t){ a->bytes.ptr + a->done, seg->offset - a->done });
    }

    if (rc != XD_OK) {
        return rc;
    }

    if (edifact) {
        a->done = seg->end;
        return edifact_segment(a, seg);
    }

    if (seg->header) {
        form_set(a);
    }

    return keep(a, seg) ? XD_OK : XD_E_MEMORY;
}


static xd_rc_t
segments(again_t *a)
{
    xd_segment_t seg;
    bool any = false;
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && xd_edi_next(a->reader, &seg)) {
        rc = one(a, &seg);
        any = true;
    }

    if (!any) {
        return XD_E_NOT_FOUND;
    }

    if (rc == XD_OK && a->waits) {
        return segment(a, &a->waiting, a->bytes.len);
    }

    if (rc == XD_OK && a->done < a->bytes.len) {
        xd_buf_add(a->x.out,
            (xd_str_t){ a->bytes.ptr + a->done, a->bytes.len - a->done });
    }

    return rc;
}


xd_rc_t
xd_edi_write_again(xd_arena_t *arena, const xd_edi_file_t *file, xd_str_t bytes,
    xd_report_t *rep, xd_buf_t *out)
{
    size_t before = out->len;
    again_t a = { .arena = arena,
        .bytes = bytes,
        .rep = rep,
        .file = file,
        .ends = XD_VEC(xd_str_t),
        .nodes = XD_VEC(edi_again_node_t) };
    xd_report_t told; /* the reader tells again what the grader told before */
    xd_rc_t rc;

    xd_report_init(&told, arena, 0);
    xd_x12_write_open(&a.x, &xd_x12_form_usual, out);
    a.reader = xd_edi_open(arena, bytes, &told);
    rc = a.reader != NULL ? segments(&a) : XD_E_MEMORY;

    if (rc == XD_OK) {
        rc = xd_buf_rc(out);
    }

    if (rc != XD_OK) {
        out->len = before;
    }

    return rc;
}
