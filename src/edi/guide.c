/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Guides as files: which one extends which, and what they ask together.  A
 * rule replaces what an extended guide asks at the same path in the same
 * respect, or under the same id.
 */

#include "edi/guide_plan.h"

#include <stdarg.h>

#include "canon/guess.h"


const char *const edi_guide_asks[] = {
    [GUIDE_OPTIONAL] = "optional",
    [GUIDE_REQUIRED] = "required",
    [GUIDE_UNUSED] = "unused",
    [GUIDE_MOST] = "most",
    [GUIDE_CODES] = "codes",
    [GUIDE_LENGTH] = "length",
    [GUIDE_MUST] = "must",
};


void
edi_guide_fault(guide_compiler_t *c, xd_str_t guide, const xd_node_t *node,
    const char *rule, const char *format, ...)
{
    xd_str_t pointer = xd_pointer_of(c->arena, node);
    xd_str_t text;
    va_list args;

    /* The files hang below their ids in one object: "/acme-asn/rules/0". */
    if (pointer.len > guide.len) {
        pointer.ptr += guide.len + 1;
        pointer.len -= guide.len + 1;
    }

    va_start(args, format);
    text = xd_vfmt(c->arena, format, args);
    va_end(args);

    c->faults++;
    xd_report(c->rep, &(xd_finding_t){ .severity = XD_ERROR,
                          .scope = XD_SCOPE_FILE,
                          .offset = node->offset,
                          .line = node->line,
                          .column = node->column,
                          .rule = rule,
                          .path = xd_fmt(c->arena, "%s/%.*s.yaml:%.*s",
                              c->folder, XD_FMT(guide), XD_FMT(pointer)),
                          .text = text });
}


/* -- what files ask ------------------------------------------------------- */

static xd_severity_t
severity_of(const xd_node_t *rule, const xd_node_t *guide)
{
    xd_str_t said = xd_text(rule, "severity");

    if (said.len == 0) {
        said = xd_text(guide, "severity");
    }

    return xd_str_is(said, "info")      ? XD_INFO
           : xd_str_is(said, "warning") ? XD_WARNING
                                        : XD_ERROR;
}


/* Required, unused and optional are one respect. */
static guide_kind_t
respect(guide_kind_t kind)
{
    return kind < GUIDE_MOST ? GUIDE_OPTIONAL : kind;
}


static bool
replaces(const guide_rule_t *later, const guide_rule_t *earlier)
{
    if (later->id.len > 0 || earlier->id.len > 0) {
        return xd_str_eq(later->id, earlier->id)
               && !xd_str_eq(later->guide, earlier->guide);
    }

    return later->kind != GUIDE_MUST && xd_str_eq(later->at, earlier->at)
           && respect(later->kind) == respect(earlier->kind);
}


/* A rule with an id replaces all that the extended one of that id asks. */
static guide_rule_t *
slot_of(guide_compiler_t *c, xd_vec_t *rules, const guide_rule_t *rule)
{
    guide_rule_t *slot = NULL;

    for (size_t i = 0; i < rules->count; i++) {
        guide_rule_t *old = XD_AT(rules, guide_rule_t, i);

        if (replaces(rule, old)) {
            if (slot == NULL) {
                slot = old;
            } else {
                old->kind = GUIDE_OPTIONAL;
            }
        }
    }

    return slot != NULL ? slot : xd_vec_push(rules, c->arena);
}


static void
add(guide_compiler_t *c, xd_vec_t *rules, const guide_rule_t *rule)
{
    guide_rule_t *slot = slot_of(c, rules, rule);

    if (slot == NULL) {
        c->full = true;
    } else {
        *slot = *rule;
    }
}


static guide_kind_t
kind_of(const xd_node_t *asked)
{
    if (!xd_str_is(asked->key, "use")) {
        return xd_str_is(asked->key, "most")     ? GUIDE_MOST
               : xd_str_is(asked->key, "codes")  ? GUIDE_CODES
               : xd_str_is(asked->key, "length") ? GUIDE_LENGTH
                                                 : GUIDE_MUST;
    }

    return xd_str_is(asked->text, "required") ? GUIDE_REQUIRED
           : xd_str_is(asked->text, "unused") ? GUIDE_UNUSED
                                              : GUIDE_OPTIONAL;
}


static void
rule_add(guide_compiler_t *c, xd_vec_t *rules, const xd_node_t *guide,
    const xd_node_t *node)
{
    static const char *const members[] = { "use", "most", "codes", "length",
        "must" };
    bool asks = false;

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        const xd_node_t *asked = xd_get(node, members[i]);
        guide_rule_t rule = { .guide = guide->key,
            .severity = severity_of(node, guide),
            .id = xd_text(node, "id"),
            .at = xd_text(node, "at"),
            .says = xd_text(node, "says"),
            .rule = node,
            .asked = asked };

        if (asked != NULL) {
            asks = true;
            rule.kind = kind_of(asked);
            add(c, rules, &rule);
        }
    }

    if (!asks) {
        edi_guide_fault(c, guide->key, node, "guide.rule",
            "This rule asks for nothing: give it 'use', 'most', 'codes', "
            "'length' or 'must'.");
    }
}


/* -- which extends which -------------------------------------------------- */

static void
unknown(guide_compiler_t *c, xd_str_t from, const xd_node_t *name)
{
    xd_guess_t guess = xd_guess(name->text);

    xd_each (guide, c->all) {
        xd_guess_try(&guess, guide->key);
    }

    edi_guide_fault(c, from, name, "guide.unknown",
        "There is no guide '%.*s'%s%.*s%s.", XD_FMT(name->text),
        guess.best.ptr != NULL ? "; did you mean '" : "", XD_FMT(guess.best),
        guess.best.ptr != NULL ? "'" : "");
}


/* The chain from the guide to the last one that it extends; 0 after a fault. */
static size_t
chain_of(guide_compiler_t *c, const xd_node_t *guide,
    const xd_node_t *chain[EDI_GUIDE_CHAIN])
{
    size_t n = 0;

    for (;;) {
        const xd_node_t *name = xd_get(guide, "extends");

        chain[n++] = guide;
        if (name == NULL) {
            return n;
        }

        if (n == EDI_GUIDE_CHAIN) {
            edi_guide_fault(c, guide->key, name, "guide.extends",
                "Guides extend each other over %d files, or in a circle: at "
                "most %d are read.",
                EDI_GUIDE_CHAIN + 1, EDI_GUIDE_CHAIN);
            return 0;
        }

        if (xd_get_str(c->all, name->text) == NULL) {
            unknown(c, guide->key, name);
            return 0;
        }

        guide = xd_get_str(c->all, name->text);
        if (guide->kind != XD_OBJECT) {
            c->faults++; /* told where that file was read */
            return 0;
        }
    }
}


void
edi_guide_gather(guide_compiler_t *c, xd_guide_t *guide)
{
    const xd_node_t *chain[EDI_GUIDE_CHAIN];

    guide->rules = XD_VEC(guide_rule_t);

    for (size_t n = chain_of(c, guide->root, chain); n > 0; n--) {
        const xd_node_t *file = chain[n - 1];

        if (xd_text(file, "set").len > 0) {
            guide->set = xd_text(file, "set");
        }
        if (xd_get(file, "versions") != NULL) {
            guide->versions = xd_get(file, "versions");
        }

        xd_each (rule, xd_get(file, "rules")) {
            rule_add(c, &guide->rules, file, rule);
        }
    }
}


/* -- for which sets ------------------------------------------------------- */

static const edi_set_t *
grammar_of(xd_str_t set, xd_str_t version)
{
    const edi_set_t *grammar = edi_grammar_set(set, version);

    if (grammar == NULL && version.len > 1) {
        grammar = edi_grammar_message(set, (xd_str_t){ version.ptr, 1 },
            (xd_str_t){ version.ptr + 1, version.len - 1 });
    }

    return grammar;
}


static bool
planned(const xd_guide_t *guide, const edi_set_t *grammar)
{
    for (size_t i = 0; i < guide->plans.count; i++) {
        if (XD_AT(&guide->plans, guide_plan_t, i)->grammar == grammar) {
            return true;
        }
    }

    return false;
}


static void
plan_add(guide_compiler_t *c, xd_guide_t *guide, const xd_node_t *version)
{
    const edi_set_t *grammar = grammar_of(guide->set, version->text);
    guide_plan_t *plan;

    if (grammar == NULL) {
        edi_guide_fault(c, guide->id, guide->root, "guide.set",
            "There is no grammar of %.*s in version %.*s: X12 sets are known "
            "from 004010 to 005999, messages as D96A or D01B.",
            XD_FMT(guide->set), XD_FMT(version->text));
        return;
    }

    if (planned(guide, grammar)) {
        return;
    }

    plan = xd_vec_push(&guide->plans, c->arena);
    if (plan == NULL) {
        c->full = true;
        return;
    }

    plan->grammar = grammar;
    edi_guide_plan(c, guide, plan);
    guide->checks = plan->count;
}


/* A rule that was lifted is no check; all grammars have the same ones. */
static void
compile(guide_compiler_t *c, xd_guide_t *guide)
{
    size_t before = c->faults;

    guide->plans = XD_VEC(guide_plan_t);
    edi_guide_gather(c, guide);

    if (c->faults == before && (guide->set.len == 0 || guide->versions == NULL))
    {
        edi_guide_fault(c, guide->id, guide->root, "guide.set",
            "Neither this guide nor what it extends names a 'set' and its "
            "'versions'.");
    }

    if (c->faults == before) {
        xd_each (version, guide->versions) {
            plan_add(c, guide, version);
        }
    }
}


static bool
share_version(const xd_guide_t *a, const xd_guide_t *b)
{
    xd_each (x, a->versions) {
        xd_each (y, b->versions) {
            if (xd_str_starts(x->text, y->text)
                || xd_str_starts(y->text, x->text)) {
                return true;
            }
        }
    }

    return false;
}


/* Of two guides for one set, nobody would know which one holds. */
static void
twice(guide_compiler_t *c, const xd_guides_t *guides, const xd_guide_t *guide)
{
    for (size_t i = 0; i < guides->count; i++) {
        const xd_guide_t *other = guides->at[i];

        if (xd_str_eq(other->set, guide->set) && share_version(other, guide)) {
            edi_guide_fault(c, guide->id, guide->root, "guide.twice",
                "Guide '%.*s' is for set %.*s in the same version: one "
                "partner has one guide of a set; let one extend the other.",
                XD_FMT(other->id), XD_FMT(guide->set));
            return;
        }
    }
}


static void
guide_add(guide_compiler_t *c, const xd_node_t *name, xd_guides_t *out)
{
    const xd_node_t *root = xd_get_str(c->all, name->text);
    xd_guide_t *guide = xd_alloc(c->arena, sizeof(*guide));

    if (guide == NULL) {
        c->full = true;
        return;
    }

    if (root == NULL || root->kind != XD_OBJECT) {
        c->faults++; /* told with the partner, or where the file was read */
        return;
    }

    *guide =
        (xd_guide_t){ .id = root->key, .root = root, .first = out->checks };
    compile(c, guide);
    twice(c, out, guide);
    out->at[out->count++] = guide;
    out->checks += guide->checks;
}


xd_rc_t
xd_guides_compile(xd_arena_t *arena, const xd_node_t *all,
    const xd_node_t *names, const char *folder, xd_guides_t *out,
    xd_report_t *rep)
{
    guide_compiler_t c = { .arena = arena,
        .all = all,
        .folder = folder,
        .rep = rep };

    *out = (xd_guides_t){ 0 };
    if (names == NULL || names->count == 0) {
        return XD_OK;
    }

    out->at = xd_alloc_n(arena, names->count, sizeof(xd_guide_t *));
    if (out->at == NULL) {
        return XD_E_MEMORY;
    }

    xd_each (name, names) {
        if (!c.full) {
            guide_add(&c, name, out);
        }
    }

    return c.full ? XD_E_MEMORY : c.faults > 0 ? XD_E_CONF : XD_OK;
}


xd_guide_check_t
xd_guides_check(const xd_guides_t *guides, size_t n)
{
    const xd_guide_t *guide = guides->at[0];
    const guide_rule_t *rule;

    for (size_t i = 0; i < guides->count && guides->at[i]->first <= n; i++) {
        guide = guides->at[i];
    }

    rule =
        &XD_AT(&guide->plans, guide_plan_t, 0)->checks[n - guide->first].rule;

    return (xd_guide_check_t){ .guide = rule->guide,
        .line = rule->asked->line,
        .at = rule->at,
        .asks = edi_guide_asks[rule->kind] };
}
