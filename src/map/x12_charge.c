/* SPDX-License-Identifier: BSD-2-Clause */

/* Why something is taken off or put on: a code of X12, or one of ours. */

#include "map/x12_map.h"


#define MUTUAL    "ZZZZ" /* element 1300: as agreed */
#define OWN_BYTES 10     /* of element 1301 */


static void
charge_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    xd_str_t code = xd_text(group, "2"), own = xd_text(group, "4");
    xd_str_t name = map_table_name(line->with.tables[0], code);
    xd_node_t *around = map_around(m, to, line);

    if (code.len > 0 && !xd_str_is(code, MUTUAL)) {
        code = map_take(m, group, "2");
        map_put(m, around, map_key(line), name.ptr != NULL ? name : code);
    } else if (own.len > 0) {
        map_use(m, group, "2");
        map_use(m, group, "3");
        map_put(m, around, map_key(line), map_take(m, group, "4"));
    } else {
        map_use(m, group, "2");
    }
}


/* One letter and three digits. */
static bool
is_code(xd_str_t s)
{
    return s.len == 4 && s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && s.ptr[1] >= '0'
           && s.ptr[1] <= '9' && s.ptr[2] >= '0' && s.ptr[2] <= '9'
           && s.ptr[3] >= '0' && s.ptr[3] <= '9';
}


static void
charge_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);
    xd_str_t code = node != NULL
                        ? map_table_code(line->with.tables[0], node->text)
                        : XD_STR(MUTUAL);

    map_used(m, node);

    if (code.ptr != NULL || is_code(node->text)) {
        map_write_value_at(m, group, "2", code.ptr != NULL ? code : node->text);
        return;
    }

    map_write_value_at(m, group, "3", XD_STR("ZZ"));
    map_set_at(m, line, group, "4", (map_room_t){ 1, OWN_BYTES }, node->text,
        node);
}


const map_codec_t x12_as_charge = { .read = charge_read,
    .write = charge_write };
