/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_CEL_TYPES_H
#define XD_CANON_CEL_TYPES_H

#include "canon/schema.h"
#include "cel/cel.h"

/*
 * A canonical document as expressions see it.  Its schema's plan gives the
 * types: each member at the top is a variable, and `doc` is the whole.  An
 * amount or quantity (format decimal) is a decimal; an instant and a date are
 * timestamps, a date that of its midnight in UTC; what no schema describes,
 * as meta.ext, is dyn.
 */

/*
 * xd_cel_document_env - what an expression about a document may speak of
 *
 *   arena   owns the types; with schema it must outlive the programs that
 *           are compiled
 *   env     gains the calls; container, unchecked and limits are the caller's
 *           to set afterwards
 *
 * A wrong name is a fault when it is compiled, with "did you mean".
 * Returns XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_cel_document_env(xd_arena_t *arena,
    const xd_schema_t *schema, xd_cel_env_t *env);

#define XD_CEL_DOCUMENT_BOUND 2

/* Binds doc and its members for one run; what is bound lives as long as
 * scratch and doc.  XD_OK or XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_cel_document_bind(xd_arena_t *scratch,
    const xd_node_t *doc, xd_cel_binding_t bound[XD_CEL_DOCUMENT_BOUND]);

#endif
