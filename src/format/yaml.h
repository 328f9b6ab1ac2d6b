/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_YAML_H
#define XD_FORMAT_YAML_H

#include "base/report.h"
#include "tree/node.h"

/*
 * xd_yaml_read - a YAML configuration file into the same tree as JSON
 *
 * Profile: one document, no tabs, no tags, no anchors or aliases, no merge
 * keys; duplicate keys are faults.  Plain scalars follow the JSON schema of
 * YAML 1.2: true, false, null, and numbers; everything else is a string, so NO
 * stays NO and 1.20 stays a number written 1.20.
 *
 *   arena  owns the tree, texts included
 *   rep    gains findings with line and column (rule "yaml.…")
 *
 * Returns XD_OK, XD_E_SYNTAX, XD_E_LIMIT (depth 64) or XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_yaml_read(xd_arena_t *arena, xd_str_t bytes,
    xd_node_t **out, xd_report_t *rep);

#endif
