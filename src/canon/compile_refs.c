/* SPDX-License-Identifier: BSD-2-Clause */

/* Keywords that name schemas, and those that refer to a name. */

#include "canon/plan.h"


/* What a reference means; NULL after a fault, or with c->full. */
static const xd_node_t *
referred(xd_compiler_t *c, const xd_node_t *value, const xd_anchor_t **anchor)
{
    const xd_node_t *target = value->kind == XD_STRING ? xd_resources_find(c,
                                  value, value->text, anchor)
                                                       : NULL;

    if (target == NULL && !c->full) {
        xd_compile_refuse(c, value, "schema.ref",
            "there is no such schema in this folder; write "
            "\"#/$defs/name\", \"#anchor\", or a schema's $id with one of "
            "these");
    }

    return target;
}


/* A step that holds the one schema at target. */
static bool
refer(xd_compiler_t *c, xd_plan_t *plan, const xd_node_t *value,
    const xd_node_t *target)
{
    xd_step_t *step =
        xd_compile_plans(c, plan, xd_keyword_find(XD_STR("$ref")), value, 1);

    if (step != NULL) {
        step->arg.plans.at[0] = xd_compile(c, target);
    }

    return step != NULL && step->arg.plans.at[0] != NULL;
}


bool
xd_compile_ref(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    const xd_anchor_t *anchor;
    const xd_node_t *target = referred(c, value, &anchor);

    (void) keyword;

    return target == NULL ? !c->full : refer(c, plan, value, target);
}


/* Where it leads to no $dynamicAnchor it is a $ref. */
bool
xd_compile_dynamic(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    const xd_anchor_t *anchor;
    const xd_node_t *target = referred(c, value, &anchor);
    xd_dynamic_t **listed, *dynamic;
    xd_step_t *step;

    if (target == NULL) {
        return !c->full;
    }

    if (anchor == NULL || !anchor->dynamic) {
        return refer(c, plan, value, target);
    }

    step = xd_compile_step(c, plan, keyword, value);
    dynamic = xd_alloc(c->arena, sizeof(*dynamic));
    listed = xd_vec_push(&c->dynamics, c->arena);
    if (step == NULL || dynamic == NULL || listed == NULL) {
        return false;
    }

    *listed = dynamic;
    step->arg.dynamic = dynamic;
    dynamic->name = anchor->name;
    dynamic->fixed = xd_compile(c, target);

    return dynamic->fixed != NULL;
}


/* $schema and $id: looked at when the file was read; here only their place. */
bool
xd_compile_root(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    if (value->kind != XD_STRING) {
        return xd_compile_refuse(c, value, "schema.id", "%s takes a URI",
            keyword->name);
    }

    if (plan->resource->dialect->serves == XD_STRICT
        && plan->source->parent != NULL)
    {
        xd_compile_refuse(c, value, "schema.id",
            "%s stands only at the top of a file", keyword->name);
    }

    return true;
}


/* An anchor is a schema that can be found by name: "urn:…#posted". */
bool
xd_compile_anchor(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    const xd_schema_file_t *file = xd_compile_file(c, value);
    xd_schema_t *schema;

    (void) keyword;

    /* What is no name was refused when the file was read. */
    if (value->kind != XD_STRING || file == NULL
        || plan->resource->dialect->serves != XD_STRICT)
    {
        return true;
    }

    schema = xd_vec_push(&c->set->schemas, c->arena);
    if (schema == NULL) {
        return false;
    }

    *schema = (xd_schema_t){ .base = file->id,
        .anchor = value->text,
        .path = file->path,
        .plan = plan,
        .id = xd_fmt(c->arena, "%.*s#%.*s", XD_FMT(file->id),
            XD_FMT(value->text)) };

    return schema->id.ptr != NULL;
}


bool
xd_compile_defs(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    (void) plan;

    if (value->kind != XD_OBJECT) {
        return xd_compile_refuse(c, value, "schema.value", "%s takes an object",
            keyword->name);
    }

    xd_each (one, value) {
        if (xd_compile(c, one) == NULL) {
            return false;
        }
    }

    return true;
}
