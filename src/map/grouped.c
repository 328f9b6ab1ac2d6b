/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines of a tree that say in what they stand, as despatch lines name their
 * package, against units with contents: all lines of one unit are its
 * contents.  Two blocks: `unit` is against the unit, `item` against a content.
 */

#include "map/line.h"


enum { UNIT, ITEM };


/* Is all that one says of its unit the same? */
static bool
same_unit(const xd_node_t *known, const xd_node_t *unit)
{
    size_t n = 0;

    xd_each (member, unit) {
        const xd_node_t *other = xd_get_str(known, member->key);

        if (other == NULL || !xd_node_equal(other, member)) {
            return false;
        }
        n++;
    }

    xd_each (member, known) {
        n -= !xd_str_is(member->key, "unitNo")
             && !xd_str_is(member->key, "contents");
    }

    return n == 0;
}


static xd_node_t *
unit_of(map_run_t *m, xd_node_t *units, const xd_node_t *said)
{
    xd_node_t *unit;

    /* lines of one package mostly follow each other */
    if (units->last != NULL && same_unit(units->last, said)) {
        return units->last;
    }

    xd_each (known, units) {
        if (same_unit(known, said)) {
            return known;
        }
    }

    unit = map_append(m, units, XD_OBJECT);
    map_put_number(m, unit, "unitNo", units->count);
    xd_each (member, said) {
        map_put_copy(m, unit, member->key, member);
    }
    (void) map_open(m, unit, "contents", XD_ARRAY);

    return unit;
}


static void
one_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *units, map_frame_t *frame)
{
    xd_node_t *said = xd_node_new(m->arena, XD_OBJECT), *unit, *content;

    if (said == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    map_use_beside(m, map_last(line), group);
    map_read_lines(m, line->blocks[UNIT], group, said);
    unit = unit_of(m, units, said);
    content = unit != NULL && m->rc == XD_OK
                  ? map_append(m, xd_get(unit, "contents"), XD_OBJECT)
                  : NULL;
    if (content != NULL) {
        frame->entry = content;
        map_read_lines(m, line->blocks[ITEM], group, content);
    }
}


static void
grouped_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *outer = map_find_outer(m, line, group), *one;
    map_frame_t frame = { .up = m->frame, .member = map_key(line) };
    xd_node_t *around = map_around(m, to, line), *units;

    one = outer != NULL ? m->kind->first(outer, map_last(line)->name) : NULL;
    units = one != NULL ? map_open(m, around, map_key(line), XD_ARRAY) : NULL;

    for (; units != NULL && one != NULL && m->rc == XD_OK;
         one = m->kind->next(one)) {
        if (!map_fits(m, map_last(line), one)) {
            continue;
        }
        m->frame = &frame;
        one_read(m, line, one, units, &frame);
        m->frame = frame.up;
        frame.index++;
    }
}


static void
grouped_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    map_frame_t frame = { .up = m->frame, .member = map_key(line) };
    const xd_node_t *units = map_member(from, line);
    xd_node_t *outer = units != NULL ? map_make_outer(m, line, group) : NULL;

    xd_each (unit, outer != NULL ? units : NULL) {
        map_used(m, xd_get(unit, "unitNo"));
        if (xd_get(unit, "contents") == NULL
            || xd_get(unit, "contents")->count == 0) {
            map_refuse(m, line, unit,
                "it names a package only beside what is in it.");
        }
        xd_each (content, xd_get(unit, "contents")) {
            xd_node_t *one = map_make_another(m, line, outer);

            if (one == NULL || m->rc != XD_OK) {
                return;
            }
            frame.entry = unit;
            m->frame = &frame;
            map_write_lines(m, line->blocks[UNIT], unit, one);
            map_write_lines(m, line->blocks[ITEM], content, one);
            m->frame = frame.up;
        }
        frame.index++;
    }
}


const map_codec_t map_as_grouped = { .read = grouped_read,
    .write = grouped_write };
