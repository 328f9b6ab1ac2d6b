/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_FILL_H
#define XD_CONF_FILL_H

#include "conf/conf.h"

/*
 * xd_conf_fill - give a tree its defaults, and look at conf's own formats
 *
 *   schema  the JSON Schema of the file, as a tree
 *   doc     of one of conf's trees, in its place there; gains copies of each
 *           missing property's `default`, as deep as the defaults go
 *   rep     gains a fault for each text that is not of its "xd-…" format
 *
 * Values of the wrong kind are passed over: the schema engine reports them.
 * Returns XD_OK or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_conf_fill(const xd_conf_t *conf, const xd_node_t *schema,
    xd_node_t *doc, xd_report_t *rep);

#endif
