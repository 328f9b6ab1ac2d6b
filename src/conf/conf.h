/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_CONF_H
#define XD_CONF_CONF_H

#include "base/report.h"
#include "canon/schema.h"
#include "crypt/digest.h"
#include "tree/node.h"

/*
 * The whole configuration, read and checked: crossdock.yaml and what stands
 * beside it.  One generation lives in one arena; a reload reads a new one and
 * swaps the pointer, or keeps the old.
 */
typedef struct {
    xd_arena_t *arena;
    xd_str_t dir;                 /* folder of crossdock.yaml, absolute */
    char hash[XD_SHA256_HEX + 1]; /* of every file read, sorted by name */
    xd_node_t *main;              /* crossdock.yaml, defaults filled in */
    xd_node_t *consumers;         /* consumers.yaml */
    xd_node_t *people;            /* people.yaml; an empty object when absent */
    xd_node_t *partners;          /* object: id -> partners/<id>.yaml */
    xd_node_t *systems;           /* object: id -> systems/<id>.yaml */
    xd_node_t *routes;            /* routes.yaml */
    xd_node_t *guides;            /* object: id -> guides/<id>.yaml */
    xd_schemas_t *schemas;        /* the canonical documents */
} xd_conf_t;

/*
 * xd_conf_load - read, validate against conf/schemas/, tie together
 *
 *   path  crossdock.yaml
 *   rep   gains every fault as path "file:pointer" with line and column
 *
 * Relative paths inside are relative to the file's folder.
 * Returns XD_OK with *out; XD_E_CONF with findings; XD_E_IO; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_conf_load(const char *path, xd_conf_t **out,
    xd_report_t *rep);
void xd_conf_free(xd_conf_t *conf);

/* A path of crossdock.yaml's `paths`, made absolute, NUL-terminated. */
const char *xd_conf_path(const xd_conf_t *conf, const char *name);

/* Any path of a configuration file, made absolute against conf->dir. */
xd_str_t xd_conf_resolve(const xd_conf_t *conf, xd_str_t path);

/* "30s", "250ms", "5m", "2h", "7d" -> milliseconds; "8MiB", "256KiB" ->
 * bytes; false when the text is none. */
bool xd_conf_duration(xd_str_t text, int64_t *ms);
bool xd_conf_size(xd_str_t text, uint64_t *bytes);

/* The same of a dotted path in the tree, validated before: "limits.body". */
int64_t xd_conf_ms(const xd_node_t *node, const char *path, int64_t fallback);
uint64_t xd_conf_bytes(const xd_node_t *node, const char *path,
    uint64_t fallback);

#endif
