/* SPDX-License-Identifier: BSD-2-Clause */

/* Why something is taken off or put on: a code of X12, or one of ours. */

#include "map/x12_line.h"


#define MUTUAL    "ZZZZ" /* element 1300: as agreed */
#define OWN_BYTES 10     /* of element 1301 */


static void
charge_code_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    xd_str_t code = xd_text(loop, "2"), own = xd_text(loop, "4");
    const char *name = x12_code(x12_charges, code);

    if (code.len > 0 && !xd_str_is(code, MUTUAL)) {
        code = x12_take(m, loop, "2");
        x12_put(m, to, line->member, name != NULL ? xd_str(name) : code);
    } else if (own.len > 0) {
        x12_use(m, loop, "2");
        x12_use(m, loop, "3");
        x12_put(m, to, line->member, x12_take(m, loop, "4"));
    } else {
        x12_use(m, loop, "2");
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
charge_code_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);
    const char *code =
        node != NULL ? x12_code_of(x12_charges, node->text) : MUTUAL;
    x12_line_t own = *line;

    x12_used(m, node);

    if (code != NULL) {
        x12_put(m, loop, "2", xd_str(code));
        return;
    }

    if (is_code(node->text)) {
        x12_put(m, loop, "2", node->text);
        return;
    }

    own.min = 1;
    own.max = OWN_BYTES;
    x12_put(m, loop, "3", XD_STR("ZZ"));
    x12_set_element(m, &own, loop, 4, node->text, node);
}


const x12_codec_t x12_as_charge_code = { .read = charge_code_read,
    .write = charge_code_write };
