/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_JSON_FAULT_H
#define XD_FORMAT_JSON_FAULT_H

#include "base/rc.h"


/* What can be wrong with a JSON text; the rows stand in
 * json_fault_table.c in this order. */
typedef enum {
    XD_JSON_EMPTY,
    XD_JSON_BOM,
    XD_JSON_VALUE,
    XD_JSON_NUMBER,
    XD_JSON_CONTROL,
    XD_JSON_ESCAPE,
    XD_JSON_SURROGATE,
    XD_JSON_UTF8,
    XD_JSON_UNENDED,
    XD_JSON_UNCLOSED,
    XD_JSON_COMMA,
    XD_JSON_TRAILING_COMMA,
    XD_JSON_NAME,
    XD_JSON_COLON,
    XD_JSON_BEHIND,
    XD_JSON_DUPLICATE,
    XD_JSON_DEPTH,
    XD_JSON_MEMBERS,
    XD_JSON_SIZE
} xd_json_fault_t;

typedef struct {
    const char *rule;
    xd_rc_t rc;
    const char *text; /* one sentence for a person */
} xd_json_fault_row_t;

extern const xd_json_fault_row_t xd_json_faults[];

#endif
