/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What becomes of an order and its lines.  One line of an answer has one
 * status; when a seller splits it, what comes first counts, and it is
 * "changed".
 */

#include "map/x12_map.h"


/* -- the answer as a whole ------------------------------------------------- */

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
settled_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_node_t *status = xd_get(to, map_key(line));
    xd_str_t own;

    own = of_the_lines(xd_get(to, "lines"));
    if (own.ptr == NULL) {
        return;
    }

    if (status == NULL) {
        map_put(m, to, map_key(line), own);
    } else if (!xd_str_is(status->text, "changed")
               && !xd_str_eq(status->text, own)) {
        map_warn(m, "map.status", group->offset, status->text,
            "Its lines say otherwise than the answer as a whole, which is "
            "taken as changed.");
        status->text = XD_STR("changed");
    }
}


const map_codec_t x12_as_settled = { .read = settled_read };


/* -- lines ----------------------------------------------------------------- */

/* The first ACK of a line that is no refusal, or else the first. */
static const xd_node_t *
first_ack(const map_table_t *answers, const xd_node_t *loop)
{
    const xd_node_t *acks = xd_get(loop, "ACK");

    xd_each (ack, acks) {
        xd_str_t status = map_table_name(answers, xd_text(ack, "1"));

        if (status.ptr != NULL && !xd_str_is(status, "rejected")) {
            return ack;
        }
    }

    return xd_nth(acks, 0);
}


/* The lines of one PO1 loop, with the ACK that counts. */
static void
answers_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_node_t *array = map_open(m, to, map_key(line), XD_ARRAY);
    map_frame_t frame = { .up = m->frame, .member = map_key(line) };

    xd_each (po1, xd_get(group, map_last(line)->name)) {
        frame.entry = array != NULL ? map_append(m, array, XD_OBJECT) : NULL;
        if (frame.entry == NULL || m->rc != XD_OK) {
            return;
        }

        m->frame = &frame;
        m->pinned = first_ack(line->with.tables[0], po1);
        map_read_lines(m, line->blocks[0], po1, array->last);
        m->pinned = NULL;
        m->frame = frame.up;
        frame.index++;
    }
}


static void
answers_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    map_as_each.write(m, line, from, group);
}


const map_codec_t x12_as_answers = { .read = answers_read,
    .write = answers_write };


/* A line without ACK says what the answer says as a whole. */
static xd_str_t
of_the_whole(const map_run_t *m, const map_line_t *line)
{
    const xd_node_t *bak = xd_nth(xd_get(m->tree, "BAK"), 0);

    return map_table_name(line->with.tables[1], xd_text(bak, "2"));
}


static void
line_answer_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *acks = xd_get(group, "ACK");
    const xd_node_t *ack = map_find(m, line, group);
    xd_str_t status =
        ack != NULL ? map_table_name(line->with.tables[0], xd_text(ack, "1"))
                    : of_the_whole(m, line);

    if (status.ptr == NULL) {
        map_warn(m, "map.value", group->offset, xd_text(ack, "1"),
            "What becomes of the line is taken as changed.");
        status = XD_STR("changed");
    } else {
        (void) map_value(m, line, group);
    }

    if (xd_str_is(status, "substituted") && xd_get(to, "substitute") == NULL) {
        map_warn(m, "map.value", group->offset, status,
            "A substitute is announced, but not which.");
        status = XD_STR("changed");
    }

    if (acks != NULL && acks->count > 1) {
        map_warn(m, "map.split", group->offset, status,
            "The line is split; the first part counts, and it is changed.");
        status = XD_STR("changed");
    }

    map_put(m, to, map_key(line), status);
}


const map_codec_t x12_as_line_answer = { .read = line_answer_read,
    .write = map_write_value,
    .to = map_code_value,
    .is = "a status that has a code" };
