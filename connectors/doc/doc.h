/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_DOC_DOC_H
#define XD_DOC_DOC_H

#include "conf/conf.h"
#include "relay/relay.h"


/* xd-doc's own context, one generation of the configuration. */
typedef struct {
    const char *archive; /* folder */
    size_t findings;     /* kept of one message */
} doc_t;

/* The work function of the relay: one raw JSON document. */
xd_work_rc_t doc_inbound(void *ctx, xd_work_t *w);

#endif
