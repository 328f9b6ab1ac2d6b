/* SPDX-License-Identifier: BSD-2-Clause */

/* What is marked on a package: MAN against its SSCC and other numbers.  The
 * number of a carrier's package is one of tracking, too. */

#include "canon/format.h"
#include "map/x12_map.h"


/* An SSCC is 18 digits; with its application identifier, 00, it is 20. */
static xd_str_t
sscc(xd_str_t id)
{
    if (id.len == 20 && memcmp(id.ptr, "00", 2) == 0) {
        id.ptr += 2;
        id.len -= 2;
    }

    return xd_format_sscc18(id) ? id : XD_STR("");
}


static void
track(map_run_t *m, xd_str_t number)
{
    xd_node_t *array = xd_get(m->into, "tracking");

    if (array == NULL) {
        array = map_open(m, m->into, "tracking", XD_ARRAY);
    }

    map_put_once(m, array, number);
}


static void
mark_read(map_run_t *m, const map_line_t *line, const xd_node_t *man,
    xd_node_t *unit)
{
    xd_str_t code = map_take(m, man, "1"), id = map_take(m, man, "2");
    xd_str_t scheme = map_table_name(line->with.tables[0], code);
    bool is_sscc = xd_str_is(scheme, "sscc");

    if (id.len == 0) {
        return;
    }

    if (is_sscc && sscc(id).len > 0 && xd_get(unit, "sscc") == NULL) {
        map_put(m, unit, "sscc", sscc(id));
        return;
    }

    if (is_sscc && sscc(id).len == 0) {
        map_warn(m, "map.sscc", man->offset, id,
            "The mark is no SSCC with a right check digit.");
    }

    if (xd_str_is(scheme, "carrierPackage")) {
        track(m, id);
    }

    map_put_id(m, unit,
        scheme.ptr != NULL && !is_sscc ? scheme.ptr : x12_scheme(m, "88", code),
        id);
}


static void
marks_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_each (man, xd_get(group, map_last(line)->name)) {
        mark_read(m, line, man, to);
    }
}


/* The code of a scheme; of "x12-88-ZZ" what stands there. */
static xd_str_t
scheme_code(const map_line_t *line, xd_str_t scheme)
{
    xd_str_t code = map_table_code(line->with.tables[0], scheme);

    if (code.ptr != NULL || !xd_str_starts(scheme, XD_STR("x12-88-"))
        || scheme.len > 9)
    {
        return code;
    }

    return (xd_str_t){ scheme.ptr + 7, scheme.len - 7 };
}


static void
mark_write(map_run_t *m, const map_line_t *line, xd_node_t *group,
    xd_str_t code, xd_str_t id, const xd_node_t *node)
{
    xd_node_t *man = map_make_another(m, line, group);

    map_write_value_at(m, man, "1", code);
    map_set_at(m, line, man, "2", (map_room_t){ 1, 48 }, id, node);
}


static void
marks_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *number = xd_get(from, "sscc");

    if (number != NULL) {
        mark_write(m, line, group,
            map_table_code(line->with.tables[0], XD_STR("sscc")),
            map_kept(m, xd_fmt(m->arena, "00%.*s", XD_FMT(number->text))),
            number);
    }

    xd_each (id, xd_get(from, "altIds")) {
        xd_str_t code = scheme_code(line, xd_text(id, "scheme"));

        if (code.ptr == NULL) {
            continue; /* told with all that was left out */
        }

        map_used(m, xd_get(id, "scheme"));
        mark_write(m, line, group, code, xd_text(id, "value"),
            xd_get(id, "value"));
    }
}


const map_codec_t x12_as_marks = { .read = marks_read, .write = marks_write };
