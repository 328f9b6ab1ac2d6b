/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_TOOLS_XSD_H
#define XD_TOOLS_XSD_H

/* Inside of emit_xsd: what its files share. */

#include "emit.h"

#include "canon/descriptor.h"
#include "format/xml.h"

typedef struct {
    emit_t *e;
    xd_describer_t *d;
    const char *prefix; /* of the document's own types: "d:", or "" */
    xd_rc_t rc;
} xsd_t;

/* Adds an element of XSD to parent; NULL after memory ran out, which is
 * noted and passed on. */
xd_node_t *xsd_add(xsd_t *x, xd_node_t *parent, const char *name);

/* Puts an attribute; a NULL value is none. */
void xsd_put(xsd_t *x, xd_node_t *element, const char *key, const char *value);

/* The keyword of a schema, or of what it refers to; NULL. */
const xd_node_t *xsd_value(xsd_t *x, const xd_node_t *schema,
    const char *keyword);

/* Puts into parent the xs:simpleType of a string, number or truth value, with
 * the limits of its schema.  NULL as above. */
xd_node_t *xsd_simple(xsd_t *x, xd_node_t *parent, const xd_field_t *field,
    const xd_node_t *schema);

#endif
