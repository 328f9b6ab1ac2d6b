/* SPDX-License-Identifier: BSD-2-Clause */

/* Keywords that hold other schemas. */

#include "canon/plan.h"


#define VALUE "schema.value"


static bool
is_object(xd_compiler_t *c, const xd_keyword_t *keyword, const xd_node_t *value)
{
    if (value->kind != XD_OBJECT) {
        xd_compile_refuse(c, value, VALUE, "%s takes an object", keyword->name);
    }

    return value->kind == XD_OBJECT;
}


static bool
is_names(xd_compiler_t *c, const xd_node_t *value)
{
    bool good = value->kind == XD_ARRAY;

    xd_each (one, value) {
        good = good && one->kind == XD_STRING;
    }

    if (!good) {
        xd_compile_refuse(c, value, VALUE,
            "an array of members' names is expected");
    }

    return good;
}


xd_step_t *
xd_compile_plans(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value, uint32_t count)
{
    xd_step_t *step = xd_compile_step(c, plan, keyword, value);

    if (step == NULL) {
        return NULL;
    }

    step->arg.plans.at = xd_alloc_n(c->arena, count, sizeof(void *));
    step->arg.plans.count = count;

    return step->arg.plans.at == NULL ? NULL : step;
}


/* -- schemas in place ---------------------------------------------------- */


bool
xd_compile_one(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    xd_step_t *step = xd_compile_plans(c, plan, keyword, value, 1);

    if (step != NULL) {
        step->arg.plans.at[0] = xd_compile(c, value);
    }

    return step != NULL && step->arg.plans.at[0] != NULL;
}


bool
xd_compile_list(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    xd_step_t *step;
    uint32_t n = 0;

    if (value->kind != XD_ARRAY || value->count == 0) {
        return xd_compile_refuse(c, value, VALUE,
            "%s takes an array of schemas", keyword->name);
    }

    step = xd_compile_plans(c, plan, keyword, value, value->count);
    if (step == NULL) {
        return false;
    }

    xd_each (one, value) {
        step->arg.plans.at[n] = xd_compile(c, one);
        if (step->arg.plans.at[n++] == NULL) {
            return false;
        }
    }

    return true;
}


/* if, then, else as one step of three plans, the last two of which may lack. */
bool
xd_compile_if(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    static const char *const names[] = { "if", "then", "else" };
    xd_step_t *step = xd_compile_plans(c, plan, keyword, value, 3);

    if (step == NULL) {
        return false;
    }

    for (int i = 0; i < 3; i++) {
        const xd_node_t *branch = xd_compile_get(plan, names[i]);

        if (branch == NULL) {
            continue;
        }

        step->arg.plans.at[i] = xd_compile(c, branch);
        if (step->arg.plans.at[i] == NULL) {
            return false;
        }
    }

    return true;
}


bool
xd_compile_branch(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    if (plan->resource->dialect->serves == XD_STRICT
        && xd_get(plan->source, "if") == NULL)
    {
        xd_compile_refuse(c, value, VALUE,
            "%s does nothing where there is no if", keyword->name);
    }

    return true;
}


/* -- schemas of children ------------------------------------------------- */


/* The step of a family that plan has already; NULL when this is the first. */
static bool
has_family(const xd_plan_t *plan, const xd_keyword_t *keyword)
{
    for (const xd_step_t *s = plan->first; s != NULL; s = s->next) {
        if (s->keyword->check == keyword->check) {
            return true;
        }
    }

    return false;
}


static bool
add_properties(xd_compiler_t *c, xd_members_t *m, const xd_node_t *properties)
{
    xd_each (one, properties) {
        xd_member_t *row = xd_members_add(m, one->key);

        row->plan = xd_compile(c, one);
        if (row->plan == NULL) {
            return false;
        }
    }

    return true;
}


static void
add_required(xd_members_t *m, const xd_node_t *required)
{
    xd_each (one, required) {
        xd_member_t *row = xd_members_add(m, one->text);

        m->required += !row->required;
        row->required = true;
    }
}


static bool
add_patterns(xd_compiler_t *c, xd_members_t *m, const xd_node_t *patterns)
{
    size_t faults = c->faults;

    if (patterns == NULL || patterns->count == 0) {
        return true;
    }

    m->patterns = xd_alloc_n(c->arena, patterns->count, sizeof(*m->patterns));
    if (m->patterns == NULL) {
        return false;
    }

    xd_each (one, patterns) {
        xd_member_pattern_t *row = &m->patterns[m->npatterns++];

        row->regex = xd_compile_regex(c, one, one->key);
        row->plan = xd_compile(c, one);
        if (row->plan == NULL || (row->regex == NULL && c->faults == faults)) {
            return false;
        }
    }

    return true;
}


/* Are the four keywords of the family of the right kind? */
static bool
are_members(xd_compiler_t *c, const xd_plan_t *plan)
{
    static const char *const objects[] = { "properties", "patternProperties" };
    const xd_node_t *required = xd_compile_get(plan, "required");

    for (int i = 0; i < 2; i++) {
        const xd_node_t *value = xd_compile_get(plan, objects[i]);

        if (value != NULL && value->kind != XD_OBJECT) {
            xd_compile_refuse(c, value, VALUE, "%s takes an object",
                objects[i]);
            return false;
        }
    }

    return required == NULL || is_names(c, required);
}


/* required, properties, patternProperties and additionalProperties need one
 * walk over an object's members, so they are one step. */
bool
xd_compile_members(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    const xd_node_t *properties = xd_compile_get(plan, "properties");
    const xd_node_t *required = xd_compile_get(plan, "required");
    const xd_node_t *others = xd_compile_get(plan, "additionalProperties");
    uint32_t room = (properties == NULL ? 0 : properties->count)
                    + (required == NULL ? 0 : required->count);
    xd_step_t *step;
    xd_members_t *m;

    if (has_family(plan, keyword) || !are_members(c, plan)) {
        return true;
    }

    if (room > XD_MEMBERS_MAX) {
        return xd_compile_refuse(c, value, VALUE,
            "an object's schema names at most %d members", XD_MEMBERS_MAX);
    }

    step = xd_compile_step(c, plan, keyword, value);
    m = xd_members_new(c->arena, room);
    if (step == NULL || m == NULL) {
        return false;
    }

    step->arg.members = m;
    add_required(m, required);

    if (others != NULL) {
        m->others = xd_compile(c, others);
        if (m->others == NULL) {
            return false;
        }
    }

    return add_properties(c, m, properties)
           && add_patterns(c, m, xd_compile_get(plan, "patternProperties"));
}


static bool
add_prefix(xd_compiler_t *c, xd_items_t *items, const xd_node_t *prefix)
{
    if (prefix->kind != XD_ARRAY) {
        return xd_compile_refuse(c, prefix, VALUE,
            "%.*s takes an array of schemas", XD_FMT(prefix->key));
    }

    items->prefix = xd_alloc_n(c->arena, prefix->count, sizeof(void *));
    if (items->prefix == NULL) {
        return false;
    }

    xd_each (one, prefix) {
        items->prefix[items->nprefix] = xd_compile(c, one);
        if (items->prefix[items->nprefix++] == NULL) {
            return false;
        }
    }

    return true;
}


/* prefixItems and items, for the same reason; in draft-07 an array of items
 * is what prefixItems is now, and additionalItems is the rest. */
bool
xd_compile_items(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    const xd_node_t *prefix = xd_compile_get(plan, "prefixItems");
    const xd_node_t *rest = xd_compile_get(plan, "items");
    xd_step_t *step;
    xd_items_t *items;

    if (has_family(plan, keyword)) {
        return true;
    }

    step = xd_compile_step(c, plan, keyword, value);
    items = xd_alloc(c->arena, sizeof(*items));
    if (step == NULL || items == NULL) {
        return false;
    }

    if (plan->resource->dialect->serves == XD_07 && rest != NULL
        && rest->kind == XD_ARRAY)
    {
        prefix = rest;
        rest = xd_compile_get(plan, "additionalItems");
    }

    step->arg.items = items;
    if (rest != NULL) {
        items->rest = xd_compile(c, rest);
        if (items->rest == NULL) {
            return false;
        }
    }

    return prefix == NULL || add_prefix(c, items, prefix);
}


/* Only its form: items has taken it where it means something. */
bool
xd_compile_additional(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    (void) plan;
    (void) keyword;

    return xd_compile(c, value) != NULL;
}


bool
xd_compile_contains(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    const xd_node_t *least = xd_compile_get(plan, "minContains");
    const xd_node_t *most = xd_compile_get(plan, "maxContains");
    xd_step_t *step = xd_compile_step(c, plan, keyword, value);
    xd_contains_t *arg;

    if (step == NULL) {
        return false;
    }

    /* What is no number is refused by its own row. */
    arg = &step->arg.contains;
    arg->least = 1;
    arg->most = UINT64_MAX;
    (void) (least != NULL && xd_compile_whole(least, &arg->least));
    (void) (most != NULL && xd_compile_whole(most, &arg->most));
    arg->plan = xd_compile(c, value);

    return arg->plan != NULL;
}


/*
 * dependentRequired has names, dependentSchemas a schema, and dependencies
 * either.  A row of names has no plan.
 */
bool
xd_compile_dependent(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    bool names = strcmp(keyword->name, "dependentSchemas") != 0;
    bool schemas = strcmp(keyword->name, "dependentRequired") != 0;
    xd_step_t *step;
    uint32_t n = 0;

    if (!is_object(c, keyword, value)) {
        return true;
    }

    step = xd_compile_plans(c, plan, keyword, value, value->count);
    if (step == NULL) {
        return false;
    }

    xd_each (one, value) {
        if (!schemas || (names && one->kind == XD_ARRAY)) {
            (void) is_names(c, one);
        } else {
            step->arg.plans.at[n] = xd_compile(c, one);
            if (step->arg.plans.at[n] == NULL) {
                return false;
            }
        }
        n++;
    }

    return true;
}


/* Whether it needs marks is worked out in link.c, when all plans are there. */
bool
xd_compile_unevaluated(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    xd_step_t *step = xd_compile_step(c, plan, keyword, value);

    if (step != NULL) {
        step->arg.unevaluated.plan = xd_compile(c, value);
    }

    return step != NULL && step->arg.unevaluated.plan != NULL;
}
