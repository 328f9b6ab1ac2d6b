/* SPDX-License-Identifier: BSD-2-Clause */

/* Running the rules: which ones a document has, paths, conditions, findings. */

#include "canon/rules.h"

#include <stdio.h>

#include "canon/rule_checks.h"


#define SENTENCE_MAX 400


/* -- findings -------------------------------------------------------------- */


void
xd_rule_found(xd_rule_run_t *run, const xd_node_t *at, const char *format, ...)
{
    xd_finding_t f = { .severity = run->rule->severity,
        .scope = XD_SCOPE_VALUE,
        .offset = at->offset,
        .line = at->line,
        .column = at->column,
        .rule = run->rule->id,
        .path = xd_pointer_of(run->scratch, at),
        .value = at->text };
    char more[SENTENCE_MAX];
    va_list args;

    va_start(args, format);
    (void) vsnprintf(more, sizeof(more), format, args);
    va_end(args);

    if (f.path.ptr == NULL) {
        run->rc = XD_E_MEMORY;
    }

    if (f.severity >= XD_ERROR) {
        run->errors++;
    }

    xd_reportf(run->rep, &f, "%s%s", run->rule->text, more);
}


void
xd_rule_broken(xd_rule_run_t *run, const xd_node_t *at)
{
    xd_rule_found(run, at, "%s", "");
}


/* -- paths ----------------------------------------------------------------- */


/* The part of a path before the next separator; what is left in rest. */
static xd_str_t
part(const char **rest, char separator)
{
    const char *end = strchr(*rest, separator);
    xd_str_t found = { *rest,
        end == NULL ? strlen(*rest) : (size_t) (end - *rest) };

    *rest = end == NULL ? NULL : end + 1;

    return found;
}


/* The node at one path without alternatives; path ends at its length. */
static const xd_node_t *
node_at(const xd_node_t *node, xd_str_t path)
{
    while (path.ptr != NULL && node != NULL) {
        node = xd_get_str(node, xd_str_cut(&path, '.'));
    }

    return node;
}


const xd_node_t *
xd_rule_node(const xd_node_t *from, const char *path)
{
    const xd_node_t *node = NULL;

    while (path != NULL && node == NULL) {
        node = node_at(from, part(&path, '|'));
    }

    return node;
}


const xd_node_t *
xd_rule_root(const xd_rule_run_t *run, const xd_node_t *at, const char **path)
{
    if (*path != NULL && (*path)[0] == '/') {
        (*path)++;
        return run->doc;
    }

    return at;
}


/* Arrays are walked through where they stand; so the depth is that of the
 * path, twice. */
void
xd_rule_each(const xd_node_t *from, xd_str_t path, xd_rule_each_fn *fn,
    void *ctx)
{
    if (from == NULL) {
        return;
    }

    if (from->kind == XD_ARRAY) {
        xd_each (child, from) {
            xd_rule_each(child, path, fn, ctx);
        }
        return;
    }

    if (path.ptr == NULL) {
        fn(ctx, from);
        return;
    }

    from = xd_get_str(from, xd_str_cut(&path, '.'));
    xd_rule_each(from, path, fn, ctx);
}


static bool
reads(const xd_node_t *node, xd_str_t text)
{
    if (node == NULL) {
        return false;
    }

    if (node->kind == XD_BOOL) {
        return xd_str_is(text, node->truth ? "true" : "false");
    }

    return xd_str_eq(node->text, text);
}


bool
xd_rule_holds(const xd_node_t *at, const char *condition)
{
    const char *value = condition;
    xd_str_t path;
    bool unlike;

    if (condition == NULL) {
        return true;
    }

    path = part(&value, '=');
    if (value == NULL) {
        return node_at(at, path) != NULL;
    }

    unlike = path.len > 0 && path.ptr[path.len - 1] == '!';
    if (unlike) {
        path.len--;
    }

    return reads(node_at(at, path), xd_str(value)) != unlike;
}


/* -- running --------------------------------------------------------------- */


const xd_rule_t *
xd_rules_of(xd_str_t document)
{
    for (const xd_rule_set_t *s = xd_rule_sets; s->document != NULL; s++) {
        if (xd_str_is(document, s->document)) {
            return s->rules;
        }
    }

    return NULL;
}


static void
check_place(void *ctx, const xd_node_t *at)
{
    xd_rule_run_t *run = ctx;

    if (xd_rule_holds(at, run->rule->when)) {
        run->rule->check(run, at);
    }
}


static void
check_all(xd_rule_run_t *run, const xd_rule_t *rules)
{
    for (const xd_rule_t *r = rules; r != NULL && r->id != NULL; r++) {
        run->rule = r;
        if (r->each == NULL) {
            check_place(run, run->doc);
        } else {
            xd_rule_each(run->doc, xd_str(r->each), check_place, run);
        }
    }
}


xd_rc_t
xd_rules_check(xd_str_t document, const xd_node_t *doc, const xd_rules_t *with,
    xd_arena_t *scratch, xd_report_t *rep)
{
    static const xd_rules_t nothing = { NULL };
    xd_rule_run_t run = { .doc = doc,
        .with = with != NULL ? with : &nothing,
        .scratch = scratch,
        .rep = rep,
        .rc = XD_OK };

    check_all(&run, xd_rules_of(document));
    check_all(&run, xd_rules_any);

    if (run.rc != XD_OK) {
        return run.rc;
    }

    return run.errors > 0 ? XD_E_SYNTAX : XD_OK;
}
