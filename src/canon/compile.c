/* SPDX-License-Identifier: BSD-2-Clause */

/* From the tree of a schema to its plan: each schema once, by its address. */

#include "base/map.h"
#include "canon/guess.h"
#include "canon/plan.h"


/* Schemas within schemas, by nesting or by reference. */
#define DEPTH_LIMIT 1000


const xd_schema_file_t *
xd_compile_file(const xd_compiler_t *c, const xd_node_t *node)
{
    while (node->parent != NULL) {
        node = node->parent;
    }

    for (size_t i = 0; i < c->set->files.count; i++) {
        const xd_schema_file_t *f = XD_AT(&c->set->files, xd_schema_file_t, i);

        if (f->root == node) {
            return f;
        }
    }

    return NULL;
}


bool
xd_compile_refuse(xd_compiler_t *c, const xd_node_t *at, const char *rule,
    const char *format, ...)
{
    const xd_schema_file_t *file = xd_compile_file(c, at);
    xd_finding_t f = { .severity = XD_ERROR,
        .scope = XD_SCOPE_FILE,
        .offset = at->offset,
        .line = at->line,
        .column = at->column,
        .rule = rule,
        .value = at->text };
    xd_str_t pointer = xd_pointer_of(c->arena, at);
    va_list args;

    f.path = xd_fmt(c->arena, "%.*s:%.*s",
        XD_FMT(file == NULL ? XD_STR("") : file->path), XD_FMT(pointer));

    va_start(args, format);
    f.text = xd_vfmt(c->arena, format, args);
    va_end(args);

    c->faults++;
    xd_report(c->rep, &f);

    return true;
}


xd_step_t *
xd_compile_step(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    xd_step_t *step = xd_alloc(c->arena, sizeof(*step));

    if (step == NULL) {
        return NULL;
    }

    step->check = keyword->check;
    step->kinds = keyword->kinds;
    step->keyword = keyword;
    step->value = value;

    if (plan->last == NULL) {
        plan->first = step;
    } else {
        plan->last->next = step;
    }
    plan->last = step;

    return step;
}


const xd_keyword_t *
xd_keyword_find(xd_str_t name)
{
    for (const xd_keyword_t *k = xd_keywords; k->name != NULL; k++) {
        if (xd_str_is(name, k->name)) {
            return k;
        }
    }

    return NULL;
}


bool
xd_compile_serves(const xd_plan_t *plan, const xd_keyword_t *keyword)
{
    const xd_dialect_t *dialect = plan->resource->dialect;

    return (keyword->serves & dialect->serves) != 0
           && (keyword->vocab & dialect->vocabs) != 0;
}


const xd_node_t *
xd_compile_get(const xd_plan_t *plan, const char *name)
{
    const xd_keyword_t *keyword = xd_keyword_find(xd_str(name));

    return keyword != NULL && xd_compile_serves(plan, keyword)
               ? xd_get(plan->source, name)
               : NULL;
}


/* A keyword that is not served would be one that is not checked: refused. */
static void
refuse_unknown(xd_compiler_t *c, const xd_plan_t *plan)
{
    xd_each (member, plan->source) {
        xd_guess_t guess = xd_guess(member->key);
        const xd_keyword_t *known = xd_keyword_find(member->key);

        /* x-… are notes of ours for other readers of the schema. */
        if ((known != NULL && xd_compile_serves(plan, known))
            || xd_str_starts(member->key, XD_STR("x-")))
        {
            continue;
        }

        for (const xd_keyword_t *k = xd_keywords; k->name != NULL; k++) {
            if (xd_compile_serves(plan, k)) {
                xd_guess_try(&guess, xd_str(k->name));
            }
        }

        xd_compile_refuse(c, member, "schema.keyword",
            "the keyword \"%.*s\" is not served%s%.*s%s", XD_FMT(member->key),
            guess.best.ptr == NULL ? "" : "; did you mean \"",
            XD_FMT(guess.best), guess.best.ptr == NULL ? "" : "\"?");
    }
}


/* The keywords in the order of their table, whatever the schema's order. */
static bool
compile_keywords(xd_compiler_t *c, xd_plan_t *plan)
{
    /* In draft-07 a reference is all that its schema says. */
    bool alone = plan->resource->dialect->serves == XD_07
                 && xd_get(plan->source, "$ref") != NULL;

    for (const xd_keyword_t *k = xd_keywords; k->name != NULL; k++) {
        const xd_node_t *value = xd_get(plan->source, k->name);

        if (value != NULL && k->compile != NULL && xd_compile_serves(plan, k)
            && (!alone || k->compile == xd_compile_ref)
            && !k->compile(c, plan, k, value))
        {
            return false;
        }
    }

    return true;
}


/* The key of a plan: where its schema stands in memory. */
static xd_str_t
address(const xd_node_t *const *schema)
{
    return (xd_str_t){ (const char *) schema, sizeof(void *) };
}


/* A plan that is known before it is filled, so that a schema may refer to
 * what it stands in. */
static xd_plan_t *
plan_new(xd_compiler_t *c, const xd_node_t *schema)
{
    xd_plan_t *plan = xd_alloc(c->arena, sizeof(*plan));
    xd_plan_t **listed = xd_vec_push(&c->set->plans, c->arena);

    if (plan == NULL || listed == NULL) {
        return NULL;
    }

    *listed = plan;
    plan->number = (uint32_t) c->set->plans.count - 1;
    plan->source = schema;
    plan->kinds = XD_BIT_ALL;
    plan->resource = xd_resource_of(c, schema);
    return xd_map_put(c->memo, address(&plan->source), plan, NULL) == XD_OK
               ? plan
               : NULL;
}


/* The steps of a schema that is an object. */
static bool
fill(xd_compiler_t *c, xd_plan_t *plan)
{
    bool good;

    if (c->depth >= DEPTH_LIMIT) {
        return xd_compile_refuse(c, plan->source, "schema.deep",
            "schemas refer to each other more than %d deep", DEPTH_LIMIT);
    }

    if (plan->resource->dialect->serves == XD_STRICT) {
        refuse_unknown(c, plan);
    }

    c->depth++;
    good = compile_keywords(c, plan);
    c->depth--;

    return good;
}


const xd_plan_t *
xd_compile(xd_compiler_t *c, const xd_node_t *schema)
{
    xd_plan_t *plan = xd_map_get(c->memo, address(&schema));

    if (plan != NULL) {
        return plan;
    }

    plan = plan_new(c, schema);
    if (plan == NULL) {
        return NULL;
    }

    if (schema->kind == XD_BOOL) {
        plan->kinds = schema->truth ? XD_BIT_ALL : 0;
        return plan;
    }

    if (schema->kind != XD_OBJECT) {
        xd_compile_refuse(c, schema, "schema.value",
            "a schema is an object, true or false");
        return plan;
    }

    return fill(c, plan) ? plan : NULL;
}
