/* SPDX-License-Identifier: BSD-2-Clause */

/* What codecs of X12 have in common. */

#include "map/x12_map.h"


const char *const x12_names[X12_NAMES] = { "0", "1", "2", "3", "4", "5", "6",
    "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19",
    "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
    "32", "33", "34", "35", "36", "37", "38", "39" };


const xd_node_t *
x12_segment(const xd_node_t *in, const char *id, const char *qualifier)
{
    xd_each (seg, xd_get(in, id)) {
        if (qualifier == NULL || xd_str_is(xd_text(seg, "1"), qualifier)) {
            return seg;
        }
    }

    return NULL;
}


const char *
x12_scheme(map_run_t *m, const char *element, xd_str_t code)
{
    xd_str_t name = xd_fmt(m->arena, "x12-%s-%.*s", element,
        (int) (code.len < 8 ? code.len : 8), code.ptr);

    if (name.ptr == NULL) {
        m->rc = XD_E_MEMORY;
        return "x12";
    }

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z')
            && !(c >= 'a' && c <= 'z') && c != '-')
        {
            return "x12";
        }
    }

    return name.ptr;
}
