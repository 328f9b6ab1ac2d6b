/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CEL_CHECK_H
#define XD_CEL_CHECK_H

#include "cel/room.h"

/* What the checker's files share. */

typedef struct cel_scope_s cel_scope_t;

struct cel_scope_s { /* a macro's variable, while its parts are looked at */
    xd_str_t name;
    const xd_cel_type_t *type;
    const cel_scope_t *outer;
    int32_t slot;
};

typedef struct {
    cel_reader_t *r;
    cel_unify_t u;
    const cel_scope_t *scope;
    uint32_t slots;
} cel_check_t;

/* Told unless types are left to the run. */
void cel_complain(cel_check_t *c, uint32_t at, const char *format, ...)
    XD_PRINTF(3, 4);

/* One overload against the checked arguments; NULL when it does not fit. */
const xd_cel_type_t *cel_overload(cel_check_t *c, const cel_node_t *node,
    const char *takes, const char *gives);

/* Complains that none fits; dyn. */
const xd_cel_type_t *cel_no_match(cel_check_t *c, const cel_node_t *node);

/* Puts final types in place of parameters, and what is constant in place of
 * calls; returns the estimated steps of a run. */
uint64_t cel_finish(cel_check_t *c, cel_node_t *node);

/* The type of a call whose arguments are checked. */
const xd_cel_type_t *cel_check_call(cel_check_t *c, cel_node_t *node);

#endif
