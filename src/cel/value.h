/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CEL_VALUE_H
#define XD_CEL_VALUE_H

#include "base/buf.h"
#include "base/decimal.h"
#include "tree/node.h"


/* Kinds of values; those behind XD_CEL_OPTIONAL are only types. */
typedef enum {
    XD_CEL_ERROR, /* text says why, at where */
    XD_CEL_NULL,
    XD_CEL_BOOL,
    XD_CEL_INT,
    XD_CEL_UINT,
    XD_CEL_DOUBLE,
    XD_CEL_STRING,
    XD_CEL_BYTES,
    XD_CEL_LIST,
    XD_CEL_MAP,
    XD_CEL_TIMESTAMP,
    XD_CEL_DURATION,
    XD_CEL_DECIMAL, /* of money and quantity; exact */
    XD_CEL_TYPE,
    XD_CEL_OPTIONAL,
    XD_CEL_DYN,
    XD_CEL_OBJECT, /* a map whose members the environment knows */
    XD_CEL_PARAM   /* inside of the checker: not known yet */
} xd_cel_kind_t;

typedef struct xd_cel_value_s xd_cel_value_t;
typedef struct xd_cel_items_s xd_cel_items_t;

typedef struct {
    int64_t seconds; /* since 1970 */
    int32_t nanos;   /* 0 to 999,999,999 */
} xd_cel_time_t;

struct xd_cel_value_s {
    xd_cel_kind_t kind;
    uint32_t at; /* XD_CEL_ERROR: offset in the expression */
    union {
        bool truth;
        int64_t number; /* XD_CEL_DURATION: nanoseconds */
        uint64_t natural;
        double real;
        xd_str_t text; /* string, bytes, name of a type, error */
        xd_cel_time_t time;
        xd_decimal_t decimal;
        const xd_cel_items_t *items; /* list, map */
        const xd_cel_value_t *inner; /* optional; NULL: none */
    } as;
};

/* A list or map, computed or a node of a document, which is not copied. */
struct xd_cel_items_s {
    const xd_node_t *node; /* or NULL, then: */
    size_t count;          /* elements or entries */
    xd_cel_value_t *at;    /* entries: key, value, key, value */
};

/*
 * xd_cel_of_node - a node as a value
 *
 *   scratch  gains a word for an array or object; nothing is copied
 *
 * A number without fraction that fits is an int, any other a double.
 */
xd_cel_value_t xd_cel_of_node(xd_arena_t *scratch, const xd_node_t *node);

xd_cel_value_t xd_cel_of_text(xd_str_t text);

/* Writes a value as an expression that gives it again: 1u, b"\x00", maps in
 * the order of their keys.  What is longer than 4 MiB or nested deeper than
 * 400 makes XD_E_LIMIT of xd_buf_rc(out). */
void xd_cel_write(xd_buf_t *out, const xd_cel_value_t *value);

/* What type(value) is called: "int", "null_type", … */
const char *xd_cel_kind_name(xd_cel_kind_t kind);

#endif
