/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_DESCRIPTOR_H
#define XD_CANON_DESCRIPTOR_H

#include "base/report.h"
#include "canon/book.h"

/*
 * What a document is made of, as tables: which members an object has and of
 * which kind, without the schema's text.  Who walks a document beside its
 * descriptor knows of each value what it should be.
 *
 * xd_descriptors is compiled from canonical-schemas/ when Crossdock is built
 * (tools/descriptor) and stands in a library of its own, libdescriptors.  The
 * same is made at run time of any book by xd_describe.
 */

typedef enum {
    XD_FIELD_STRING,
    XD_FIELD_NUMBER,
    XD_FIELD_INTEGER,
    XD_FIELD_BOOLEAN,
    XD_FIELD_OBJECT, /* members: children */
    XD_FIELD_ARRAY,  /* items: the one child, without a name */
    XD_FIELD_FREE,   /* an object whose members have any name */
    XD_FIELD_ANY     /* one of several kinds */
} xd_field_kind_t;

#define XD_FIELD_REQUIRED 1u
#define XD_FIELD_PII      2u /* personal: masked where it is shown */

typedef struct xd_field_s {
    const char *name;    /* NULL: of an array's items, of a document */
    const char *pointer; /* where its schema is written, by $id and pointer:
                            "urn:retail:common:1.0#/$defs/money" */
    xd_field_kind_t kind;
    unsigned flags;     /* XD_FIELD_REQUIRED, XD_FIELD_PII */
    const char *format; /* "decimal", "gtin14", ...; NULL: none */
    const struct xd_field_s *children;
    size_t count;
} xd_field_t;

typedef struct {
    const char *document; /* "sales-order" */
    const char *id;    /* of its newest schema: "urn:retail:sales-order:1.0" */
    const char *space; /* of its XML form: "urn:retail:sales-order:1" */
    xd_field_t root;   /* an object */
} xd_descriptor_t;

/* The documents; ends with a NULL document. */
extern const xd_descriptor_t xd_descriptors[];

/* The row of a document, or of a namespace; NULL when there is none. */
const xd_descriptor_t *xd_descriptor_find(const xd_descriptor_t *rows,
    xd_str_t document);
const xd_descriptor_t *xd_descriptor_of_space(const xd_descriptor_t *rows,
    xd_str_t space);

/* The member of that name; NULL when there is none, or field is NULL. */
const xd_field_t *xd_field_find(const xd_field_t *field, xd_str_t name);

/* What an array's items are; NULL when field is none, or NULL. */
const xd_field_t *xd_field_items(const xd_field_t *field);

/*
 * xd_describe - the descriptor of a schema
 *
 *   arena  owns the descriptor.  Objects that are written once in the book are
 *          one table, wherever they are used
 *
 * Returns XD_OK; XD_E_SYNTAX when a reference leads nowhere; XD_E_LIMIT when
 * objects are nested too deep; XD_E_MEMORY.
 */
typedef struct xd_describer_s xd_describer_t;

xd_describer_t *xd_describer_new(xd_arena_t *arena, const xd_book_t *book);

XD_CHECKED xd_rc_t xd_describe(xd_describer_t *d, const xd_leaf_t *leaf,
    xd_descriptor_t *out);

/* The same of a schema anywhere in the book, as a field without a name. */
XD_CHECKED xd_rc_t xd_describe_field(xd_describer_t *d, const xd_node_t *schema,
    xd_field_t *out);

#endif
