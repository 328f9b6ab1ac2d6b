/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What becomes of an order and its lines.  One line of an answer has one
 * status; when a seller splits it, what comes first counts, and it is
 * "changed".
 */

#include "map/x12_line.h"


/* -- the answer as a whole ------------------------------------------------ */

static void
answer_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *seg = x12_find(m, line, loop);
    xd_str_t code = xd_text(seg, x12_names[line->element]);
    const char *status = x12_code(x12_answers, code);

    if (status == NULL) {
        if (code.len > 0) {
            x12_warn(m, "x12.map.value", seg->offset, code,
                "This says neither yes nor no.");
        }
        return;
    }

    (void) x12_value(m, line, loop);
    x12_put(m, to, line->member, xd_str(status));
}


static void
answer_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *status = x12_member(from, line->member);
    const xd_node_t *lines = xd_get(from, "lines");
    bool any = lines != NULL && lines->count > 0;
    const char *code =
        status != NULL
            ? x12_code_of(any ? x12_answers : x12_short_answers, status->text)
            : NULL;

    if (code != NULL) {
        x12_set(m, line, loop, xd_str(code), status);
    } else {
        x12_refuse(m, line, status, "the status has no code.");
    }
}


const x12_codec_t x12_as_answer = { .read = answer_read,
    .write = answer_write };


/* What the lines have in common; "changed" when they differ, nothing when
 * there are none. */
static xd_str_t
of_the_lines(const xd_node_t *lines)
{
    xd_str_t status = XD_STR_NONE;

    xd_each (one, lines) {
        xd_str_t own = xd_text(one, "status");

        if (status.ptr == NULL
            && (xd_str_is(own, "accepted") || xd_str_is(own, "rejected")))
        {
            status = own;
        } else if (!xd_str_eq(own, status)) {
            return XD_STR("changed");
        }
    }

    return status;
}


/* An answer that says yes, or no, to the whole may not say other things of
 * its lines: then it is changed.  One that says neither is what its lines
 * are. */
static void
settled_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_node_t *status = xd_get(to, line->member);
    xd_str_t own;

    if (xd_get(to, "lines") == NULL) {
        (void) x12_open(m, to, "lines", XD_ARRAY);
    }

    own = of_the_lines(xd_get(to, "lines"));
    if (own.ptr == NULL) {
        return;
    }

    if (status == NULL) {
        x12_put(m, to, line->member, own);
    } else if (!xd_str_is(status->text, "changed")
               && !xd_str_eq(status->text, own)) {
        x12_warn(m, "x12.map.status", loop->offset, status->text,
            "Its lines say otherwise than the answer as a whole, which is "
            "taken as changed.");
        status->text = XD_STR("changed");
    }
}


const x12_codec_t x12_as_settled = { .read = settled_read };


/* -- lines ---------------------------------------------------------------- */

/* The first ACK of a line that is no refusal, or else the first. */
static const xd_node_t *
first_ack(const xd_node_t *loop)
{
    const xd_node_t *acks = xd_get(loop, "ACK");

    xd_each (ack, acks) {
        const char *status = x12_code(x12_line_answers, xd_text(ack, "1"));

        if (status != NULL && strcmp(status, "rejected") != 0) {
            return ack;
        }
    }

    return xd_nth(acks, 0);
}


/* The lines of one PO1 loop, with the ACK that counts. */
static void
each_answer_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_node_t *array = x12_open(m, to, line->member, XD_ARRAY);
    x12_frame_t frame = { .up = m->frame, .member = line->member };

    xd_each (po1, xd_get(loop, line->segment)) {
        xd_node_t *entry =
            array != NULL ? x12_append(m, array, XD_OBJECT) : NULL;

        if (entry == NULL || m->rc != XD_OK) {
            return;
        }

        m->frame = &frame;
        m->pinned = first_ack(po1);
        x12_read_lines(m, line->with, po1, entry);
        m->pinned = NULL;
        m->frame = frame.up;
        frame.index++;
    }
}


static void
each_answer_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    x12_as_each.write(m, line, from, loop);
}


const x12_codec_t x12_as_each_answer = { .read = each_answer_read,
    .write = each_answer_write };


/* A line without ACK says what the answer says as a whole. */
static xd_str_t
of_the_whole(const x12_map_t *m)
{
    const xd_node_t *bak = xd_nth(xd_get(m->set, "BAK"), 0);

    return xd_str(x12_code(x12_answers, xd_text(bak, "2")));
}


static void
line_answer_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *acks = xd_get(loop, "ACK");
    const xd_node_t *ack = x12_find(m, line, loop);
    xd_str_t status =
        ack != NULL ? xd_str(x12_code(x12_line_answers, xd_text(ack, "1")))
                    : of_the_whole(m);

    if (status.ptr == NULL) {
        x12_warn(m, "x12.map.value", loop->offset, xd_text(ack, "1"),
            "What becomes of the line is taken as changed.");
        status = XD_STR("changed");
    } else {
        (void) x12_value(m, line, loop);
    }

    if (xd_str_is(status, "substituted") && xd_get(to, "substitute") == NULL) {
        x12_warn(m, "x12.map.value", loop->offset, status,
            "A substitute is announced, but not which.");
        status = XD_STR("changed");
    }

    if (acks != NULL && acks->count > 1) {
        x12_warn(m, "x12.map.split", loop->offset, status,
            "The line is split; the first part counts, and it is changed.");
        status = XD_STR("changed");
    }

    x12_put(m, to, line->member, status);
}


static void
line_answer_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *status = x12_member(from, line->member);
    const char *code = x12_code_of(x12_line_answers, status->text);

    if (code != NULL) {
        x12_set(m, line, loop, xd_str(code), status);
    } else {
        x12_refuse(m, line, status, "the status has no code.");
    }
}


const x12_codec_t x12_as_line_answer = { .read = line_answer_read,
    .write = line_answer_write };
