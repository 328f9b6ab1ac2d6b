/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The reference page of a document.  An example comes first, as most people
 * copy one and change it; then every member, in one table for each object.
 */

#include "canon/page.h"

#include "canon/document.h"
#include "canon/page_plan.h"
#include "canon/rules.h"
#include "format/json.h"

#define LEFT_OUT "meta"


const xd_standard_t *
xd_standard_find(xd_str_t document)
{
    for (const xd_standard_t *s = xd_standards; s->document != NULL; s++) {
        if (xd_str_is(document, s->document)) {
            return s;
        }
    }

    return NULL;
}


/* -- head ---------------------------------------------------------------- */


static void
elsewhere(xd_pager_t *p)
{
    const xd_standard_t *s = xd_standard_find(p->page->leaf->name);
    const char *names[] = { "X12 ", "EDIFACT ", "" };
    const char *values[3] = { NULL };
    const char *before = "Elsewhere it is called: ";

    if (s == NULL) {
        return;
    }

    values[0] = s->x12;
    values[1] = s->edifact;
    values[2] = s->other;

    for (size_t i = 0; i < 3; i++) {
        if (values[i] != NULL) {
            xd_buf_fmt(p->out, "%s%s%s", before, names[i], values[i]);
            before = "; ";
        }
    }

    xd_buf_text(p->out, ".\n\n");
}


static void
write_head(xd_pager_t *p)
{
    const xd_leaf_t *leaf = p->page->leaf;
    const xd_document_t *row = xd_document_find(leaf->name);

    xd_buf_fmt(p->out, "# %.*s\n\n%.*s\n\n",
        XD_FMT(xd_text(leaf->root, "title")),
        XD_FMT(xd_text(leaf->root, "description")));
    xd_buf_fmt(p->out, "Schema: `%.*s`.\n", XD_FMT(leaf->id));

    if (row != NULL) {
        xd_buf_fmt(p->out,
            "Its facts go to the exchange `xd.%s` by the key "
            "`%s.<event>.v%u.<site>.<partition>`.\n",
            row->domain, row->name, leaf->major);
    }

    xd_buf_text(p->out, "\n");
    elsewhere(p);
}


/* What a person writes: without meta, which Crossdock puts there. */
static void
write_example(xd_pager_t *p)
{
    xd_node_t *copy;
    xd_node_t *shown = xd_node_new(p->arena, XD_OBJECT);

    if (p->page->example == NULL) {
        return;
    }

    copy = xd_node_copy(p->arena, p->page->example);
    for (xd_node_t *n = copy != NULL ? copy->first : NULL, *next; n != NULL;
         n = next)
    {
        next = n->next;
        n->next = n->parent = NULL;
        if (!xd_str_is(n->key, LEFT_OUT)) {
            (void) xd_node_add(p->arena, shown, n);
        }
    }

    if (copy == NULL || shown == NULL) {
        p->rc = XD_E_MEMORY;
        return;
    }

    xd_buf_text(p->out, "## Example\n\nAs it is posted; `meta` is written by "
                        "Crossdock.\n\n```json\n");
    xd_json_write(p->out, shown, XD_JSON_PRETTY);
    xd_buf_text(p->out, "```\n\n");
    xd_buf_fmt(p->out,
        "Whether your own fits is told by `xd check --schema %.*s#posted "
        "FILE`.\n\n",
        XD_FMT(p->page->leaf->name));
}


/* -- what a schema cannot say -------------------------------------------- */


static void
rule_rows(xd_pager_t *p, const xd_rule_t *rules)
{
    for (const xd_rule_t *r = rules; r != NULL && r->id != NULL; r++) {
        xd_buf_fmt(p->out, "| `%s` | %s | %s |\n", r->id,
            xd_severity_name(r->severity), r->text);
    }
}


/* Is a sum of these held only to a cent? */
static bool
has_tolerance(const xd_rule_t *rules)
{
    for (const xd_rule_t *r = rules; r != NULL && r->id != NULL; r++) {
        if (r->rounding == XD_CENT || r->rounding == XD_HALF_UP) {
            return true;
        }
    }

    return false;
}


static void
write_rules(xd_pager_t *p)
{
    const xd_rule_t *rules = xd_rules_of(p->page->leaf->name);

    xd_buf_text(p->out, "## Rules\n\nWhat is held beside the members. This "
                        "is told when one is broken:\n\n"
                        "| Rule | Severity | What is told |\n|---|---|---|\n");
    rule_rows(p, rules);
    rule_rows(p, xd_rules_any);
    xd_buf_text(p->out, "\n");

    if (has_tolerance(rules)) {
        xd_buf_text(p->out, "A sum of money may be off by 0.01, as others "
                            "round.\n\n");
    }
}


static void
write_steps(xd_pager_t *p, const xd_lifecycle_t *life)
{
    size_t count;
    const xd_life_state_t *states = xd_lifecycle_states(life, &count);

    xd_buf_fmt(p->out, "It begins as `%.*s`.\n\n",
        XD_FMT(xd_lifecycle_start(life)->name));
    xd_buf_text(p->out, "| State | Event | Next | Only when |\n"
                        "|---|---|---|---|\n");

    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < states[i].count; k++) {
            const xd_life_step_t *s = &states[i].steps[k];
            xd_str_t to = s->to.len > 0 ? s->to : XD_STR("the one before");

            xd_buf_fmt(p->out, "| %.*s | %.*s | %.*s | %.*s |\n",
                XD_FMT(states[i].name), XD_FMT(s->event), XD_FMT(to),
                XD_FMT(xd_lifecycle_guard(life, s->guard)));
        }
    }

    xd_buf_text(p->out, "\n");
}


static void
write_lifecycles(xd_pager_t *p)
{
    static const char *const places[] = { "/state", "/status", "/lines/*/state",
        "/entries/*/match/state" };
    const xd_lifecycle_t *before = NULL;

    for (size_t i = 0;
         i < sizeof(places) / sizeof(places[0]) && p->page->lifecycles != NULL;
         i++)
    {
        const xd_lifecycle_t *life = xd_lifecycle_of(p->page->lifecycles,
            p->page->leaf->name, xd_str(places[i]));

        if (life != NULL && life != before) {
            xd_buf_fmt(p->out, "## Lifecycle of %s\n\n", places[i] + 1);
            write_steps(p, life);
            before = life;
        }
    }
}


/* -- the whole ----------------------------------------------------------- */


static bool
is_document(const xd_leaf_t *leaf)
{
    return xd_document_find(leaf->name) != NULL;
}


xd_rc_t
xd_page_write(xd_arena_t *arena, const xd_page_t *page, xd_buf_t *out)
{
    xd_pager_t p = { .arena = arena,
        .page = page,
        .out = out,
        .sections = XD_VEC(xd_section_t),
        .formats = XD_VEC(const xd_format_t *) };

    write_head(&p);
    write_example(&p);
    xd_page_members(&p);

    if (is_document(page->leaf)) {
        write_rules(&p);
        write_lifecycles(&p);
    }

    return p.rc != XD_OK ? p.rc : xd_buf_rc(out);
}
