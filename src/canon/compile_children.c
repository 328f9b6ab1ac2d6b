/* SPDX-License-Identifier: BSD-2-Clause */

/* Keywords that hold other schemas, and those that name schemas. */

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


/* A step that holds count plans; NULL when memory is out. */
static xd_step_t *
plans_step(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
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


/* -- references ---------------------------------------------------------- */


/* A file of the set by its $id, or by its path from the file that refers. */
static const xd_schema_file_t *
file_named(xd_compiler_t *c, const xd_node_t *from, xd_str_t name)
{
    const xd_schema_file_t *own = xd_compile_file(c, from);
    xd_str_t folder = own->path;
    xd_str_t path;

    if (name.len == 0) {
        return own;
    }

    while (folder.len > 0 && folder.ptr[folder.len - 1] != '/') {
        folder.len--;
    }

    while (xd_str_starts(name, XD_STR("../")) && folder.len > 0) {
        name.ptr += 3;
        name.len -= 3;
        do {
            folder.len--;
        } while (folder.len > 0 && folder.ptr[folder.len - 1] != '/');
    }

    path = xd_fmt(c->arena, "%.*s%.*s", XD_FMT(folder), XD_FMT(name));

    for (size_t i = 0; i < c->set->files.count; i++) {
        const xd_schema_file_t *f = XD_AT(&c->set->files, xd_schema_file_t, i);

        if (xd_str_eq(f->id, name) || xd_str_eq(f->path, path)) {
            return f;
        }
    }

    return NULL;
}


/* The schema below root that has this anchor. */
static const xd_node_t *
anchored(const xd_node_t *root, xd_str_t anchor)
{
    if (root->kind == XD_OBJECT && xd_str_eq(xd_text(root, "$anchor"), anchor))
    {
        return root;
    }

    xd_each (child, root) {
        const xd_node_t *found = anchored(child, anchor);

        if (found != NULL) {
            return found;
        }
    }

    return NULL;
}


static const xd_node_t *
referred(xd_compiler_t *c, const xd_node_t *value)
{
    xd_str_t fragment = value->text;
    xd_str_t name = xd_str_cut(&fragment, '#');
    const xd_schema_file_t *file = file_named(c, value, name);

    if (file == NULL) {
        return NULL;
    }

    if (fragment.len == 0) {
        return file->root;
    }

    return fragment.ptr[0] == '/' ? xd_pointer(file->root, fragment)
                                  : anchored(file->root, fragment);
}


bool
xd_compile_ref(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    const xd_node_t *target =
        value->kind == XD_STRING ? referred(c, value) : NULL;
    xd_step_t *step;

    if (target == NULL) {
        return xd_compile_refuse(c, value, "schema.ref",
            "there is no such schema in this folder; write "
            "\"#/$defs/name\", \"#anchor\", or a schema's $id with one of "
            "these");
    }

    step = plans_step(c, plan, keyword, value, 1);
    if (step != NULL) {
        step->arg.plans.at[0] = xd_compile(c, target);
    }

    return step != NULL && step->arg.plans.at[0] != NULL;
}


/* $schema and $id: looked at when the file was read; here only their place. */
bool
xd_compile_root(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    if (plan->source->parent != NULL) {
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

    if (value->kind != XD_STRING || value->text.len == 0
        || anchored(file->root, value->text) != plan->source)
    {
        return xd_compile_refuse(c, value, "schema.id",
            "an anchor is a name that no other has in this file");
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

    if (!is_object(c, keyword, value)) {
        return true;
    }

    xd_each (one, value) {
        if (xd_compile(c, one) == NULL) {
            return false;
        }
    }

    return true;
}


/* -- schemas in place ---------------------------------------------------- */


bool
xd_compile_one(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    xd_step_t *step = plans_step(c, plan, keyword, value, 1);

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

    step = plans_step(c, plan, keyword, value, value->count);
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
    xd_step_t *step = plans_step(c, plan, keyword, value, 3);

    if (step == NULL) {
        return false;
    }

    for (int i = 0; i < 3; i++) {
        const xd_node_t *branch = xd_get(plan->source, names[i]);

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
    if (xd_get(plan->source, "if") == NULL) {
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
are_members(xd_compiler_t *c, const xd_node_t *schema)
{
    static const char *const objects[] = { "properties", "patternProperties" };
    const xd_node_t *required = xd_get(schema, "required");

    for (int i = 0; i < 2; i++) {
        const xd_node_t *value = xd_get(schema, objects[i]);

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
    const xd_node_t *properties = xd_get(plan->source, "properties");
    const xd_node_t *required = xd_get(plan->source, "required");
    const xd_node_t *others = xd_get(plan->source, "additionalProperties");
    uint32_t room = (properties == NULL ? 0 : properties->count)
                    + (required == NULL ? 0 : required->count);
    xd_step_t *step;
    xd_members_t *m;

    if (has_family(plan, keyword) || !are_members(c, plan->source)) {
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
           && add_patterns(c, m, xd_get(plan->source, "patternProperties"));
}


static bool
add_prefix(xd_compiler_t *c, xd_items_t *items, const xd_node_t *prefix)
{
    if (prefix == NULL) {
        return true;
    }

    if (prefix->kind != XD_ARRAY) {
        return xd_compile_refuse(c, prefix, VALUE,
            "prefixItems takes an array of schemas");
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


/* prefixItems and items, for the same reason. */
bool
xd_compile_items(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    const xd_node_t *rest = xd_get(plan->source, "items");
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

    step->arg.items = items;
    if (rest != NULL) {
        items->rest = xd_compile(c, rest);
        if (items->rest == NULL) {
            return false;
        }
    }

    return add_prefix(c, items, xd_get(plan->source, "prefixItems"));
}


bool
xd_compile_dependent(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    if (!is_object(c, keyword, value)) {
        return true;
    }

    xd_each (names, value) {
        if (!is_names(c, names)) {
            return true;
        }
    }

    return xd_compile_step(c, plan, keyword, value) != NULL;
}


/* Which names it allows is worked out in link.c, when all plans are there. */
bool
xd_compile_unevaluated(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    if (value->kind != XD_BOOL) {
        return xd_compile_refuse(c, value, VALUE,
            "only true and false are served here");
    }

    /* true too: to an outer unevaluatedProperties it speaks of every member. */
    return xd_compile_step(c, plan, keyword, value) != NULL;
}
