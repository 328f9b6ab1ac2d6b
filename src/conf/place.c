/* SPDX-License-Identifier: BSD-2-Clause */

/* From a node back to the file that a person has to open. */

#include "conf/place.h"

#include <stdarg.h>

#include "conf/kinds.h"


/* In the tree of a folder: the entry that node lies in or is. */
static const xd_node_t *
entry_of(const xd_node_t *root, const xd_node_t *node)
{
    while (node->parent != NULL && node->parent != root) {
        node = node->parent;
    }

    return node;
}


/* A node knows its parents, but not its file: the root tells which it is. */
static const xd_conf_kind_t *
kind_of(const xd_conf_t *conf, const xd_node_t *root)
{
    for (const xd_conf_kind_t *k = xd_conf_kinds; k->name != NULL; k++) {
        const void *at = (const char *) conf + k->tree;

        if (*(xd_node_t *const *) at == root) {
            return k;
        }
    }

    return NULL;
}


xd_str_t
xd_conf_place(xd_arena_t *arena, const xd_conf_t *conf, const xd_node_t *node)
{
    xd_str_t pointer = xd_pointer_of(arena, node);
    const xd_node_t *root = node;
    const xd_conf_kind_t *kind;
    const xd_node_t *entry;

    while (root->parent != NULL) {
        root = root->parent;
    }

    kind = kind_of(conf, root);
    if (kind == NULL || pointer.ptr == NULL) {
        return pointer;
    }

    if (!kind->folder || node == root) {
        return xd_fmt(arena, "%s.yaml:%.*s", kind->name, XD_FMT(pointer));
    }

    /* The tree of a folder has the id as its first step, the file itself has
     * not.  Ids need no escapes in a pointer. */
    entry = entry_of(root, node);
    pointer.ptr += entry->key.len + 1;
    pointer.len -= entry->key.len + 1;

    return xd_fmt(arena, "%s/%.*s.yaml:%.*s", kind->name, XD_FMT(entry->key),
        XD_FMT(pointer));
}


void
xd_conf_fault(xd_report_t *rep, const xd_conf_t *conf, const xd_node_t *node,
    const char *rule, const char *format, ...)
{
    xd_arena_t *scratch = xd_arena_new(0);
    xd_finding_t at = { .severity = XD_ERROR,
        .scope = XD_SCOPE_FILE,
        .offset = node->offset,
        .line = node->line,
        .column = node->column,
        .rule = rule };
    va_list args;

    /* Without memory for the words the fault itself must still count. */
    if (scratch == NULL) {
        xd_report(rep, &at);
        return;
    }

    at.path = xd_conf_place(scratch, conf, node);

    va_start(args, format);
    at.text = xd_vfmt(scratch, format, args);
    va_end(args);

    xd_report(rep, &at);
    xd_arena_free(scratch);
}
