/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_METAS_H
#define XD_CANON_METAS_H

#include <stddef.h>

/* A public meta-schema, built in: references to it never leave the process. */
typedef struct {
    const char *uri; /* without fragment */
    const char *text;
} xd_meta_t;

extern const xd_meta_t xd_metas[]; /* ends with a NULL uri */

#endif
