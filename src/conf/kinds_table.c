/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The files of a configuration, in the order in which they are read.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "conf/kinds.h"


const xd_conf_kind_t xd_conf_kinds[] = {
    /* name        schema       tree                            folder optional */
    { "crossdock", "crossdock", offsetof(xd_conf_t, main),      false, false },
    { "consumers", "consumers", offsetof(xd_conf_t, consumers), false, false },
    { "people",    "people",    offsetof(xd_conf_t, people),    false, true  },
    { "partners",  "partner",   offsetof(xd_conf_t, partners),  true,  true  },
    { "systems",   "system",    offsetof(xd_conf_t, systems),   true,  true  },
    { "routes",    "routes",    offsetof(xd_conf_t, routes),    false, false },
    { "guides",    "guide",     offsetof(xd_conf_t, guides),    true,  true  },
    { NULL,        NULL,        0,                              false, false }
};
