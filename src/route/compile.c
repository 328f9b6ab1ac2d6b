/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Rules are kept in the order of the file, and once more in a list for each
 * document that a rule names: a fact is held only against the rules that can
 * mean it.
 */

#include "plan.h"

#include "base/clock.h"
#include "canon/document.h"

#define CONDITION_FAULTS 5 /* of one condition that are told */
#define EXPECTED_MOST    1000


const char *const route_field_names[FIELDS] = {
    [DOCUMENT] = "document",
    [EVENT] = "event",
    [VERSION] = "version",
    [SITE] = "site",
    [PARTNER] = "partner",
};


void
route_fault(compiler_t *c, const xd_node_t *node, xd_severity_t severity,
    const char *rule, xd_str_t text)
{
    xd_str_t pointer = xd_pointer_of(c->arena, node);
    xd_str_t path = xd_fmt(c->arena, "routes.yaml:%.*s", XD_FMT(pointer));

    c->faults += severity >= XD_ERROR;
    xd_report(c->rep, &(xd_finding_t){ .severity = severity,
                          .scope = XD_SCOPE_FILE,
                          .offset = node->offset,
                          .line = node->line,
                          .column = node->column,
                          .rule = rule,
                          .path = path,
                          .text = text });
}


static void
fault(compiler_t *c, const xd_node_t *node, const char *rule, xd_str_t text)
{
    route_fault(c, node, XD_ERROR, rule, text);
}


/* A text that a route cannot do without. */
static xd_str_t
required(compiler_t *c, const xd_node_t *obj, const char *name)
{
    xd_str_t text = xd_text(obj, name);

    if (text.len == 0) {
        fault(c, obj, "route.incomplete",
            xd_fmt(c->arena, "A route and each destination of it needs a '%s'.",
                name));
    }

    return text;
}


bool
route_told_only(xd_str_t document)
{
    const xd_document_t *d = xd_document_find(document);

    return d != NULL && strcmp(d->domain, "ops") == 0;
}


static xd_rc_t
add_value(compiler_t *c, xd_vec_t *any, const xd_node_t *value, field_t field)
{
    xd_str_t *slot;

    if (value->text.len == 0) {
        fault(c, value, "route.value",
            XD_STR("A condition holds a text, a number, or a list of such."));
        return XD_OK;
    }

    if (field == DOCUMENT && xd_document_find(value->text) == NULL) {
        fault(c, value, "route.document",
            xd_fmt(c->arena,
                "There is no document '%.*s': no fact would ever match.",
                XD_FMT(value->text)));
        return XD_OK;
    }

    if (field == DOCUMENT && route_told_only(value->text)) {
        fault(c, value, "route.ops",
            xd_fmt(c->arena,
                "Facts of '%.*s' tell operations what happened; no route "
                "carries them.",
                XD_FMT(value->text)));
        return XD_OK;
    }

    slot = xd_vec_push(any, c->arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = value->text;

    return XD_OK;
}


/* One value, or a list of values any of which will do. */
static xd_rc_t
compile_field(compiler_t *c, const xd_node_t *value, xd_vec_t *any,
    field_t field)
{
    xd_rc_t rc = XD_OK;

    *any = XD_VEC(xd_str_t);

    if (value != NULL && value->kind != XD_ARRAY) {
        return add_value(c, any, value, field);
    }

    xd_each (item, value) {
        if (rc == XD_OK) {
            rc = add_value(c, any, item, field);
        }
    }

    return rc;
}


/* Its place in the file: the expression's own, moved to where its text is. */
static void
condition_fault(compiler_t *c, const xd_node_t *node, xd_str_t document,
    const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        fault(c, node, "route.condition",
            xd_fmt(c->arena, "Column %u of the condition, for '%.*s': %.*s",
                rep->kept[i].column, XD_FMT(document),
                XD_FMT(rep->kept[i].text)));
    }
}


static bool
is_condition(const xd_cel_program_t *program)
{
    xd_cel_kind_t kind = xd_cel_result(program)->kind;

    return kind == XD_CEL_BOOL || kind == XD_CEL_DYN;
}


/* One program for each document: the same text means other types there. */
static xd_rc_t
compile_condition(compiler_t *c, const xd_node_t *node, xd_str_t document,
    xd_vec_t *conditions)
{
    const xd_schema_t *schema = xd_schema_find(c->schemas, document);
    condition_t *slot = xd_vec_push(conditions, c->arena);
    xd_cel_env_t env;
    xd_report_t rep;
    xd_rc_t rc;

    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    if (schema == NULL) {
        fault(c, node, "route.condition",
            xd_fmt(c->arena, "There is no schema of '%.*s'.",
                XD_FMT(document)));
        return XD_OK;
    }

    xd_report_init(&rep, c->arena, CONDITION_FAULTS);
    rc = xd_cel_document_env(c->arena, schema, &env);
    rc = rc == XD_OK
             ? xd_cel_compile(c->arena, node->text, &env, &slot->program, &rep)
             : rc;
    slot->document = document;

    if (rc == XD_E_SYNTAX || rc == XD_E_LIMIT) {
        condition_fault(c, node, document, &rep);
        return XD_OK;
    }

    if (rc == XD_OK && !is_condition(slot->program)) {
        fault(c, node, "route.condition",
            XD_STR("A condition is true or false; this one is neither."));
    }

    return rc;
}


static xd_rc_t
compile_conditions(compiler_t *c, const xd_node_t *node, rule_t *rule)
{
    const xd_vec_t *documents = &rule->any[DOCUMENT];
    xd_rc_t rc = XD_OK;

    rule->conditions = XD_VEC(condition_t);

    if (node != NULL && documents->count == 0) {
        fault(c, node, "route.condition",
            XD_STR("A condition needs a 'document' beside it: its schema says "
                   "what there is to ask."));
    }

    for (size_t i = 0; node != NULL && i < documents->count && rc == XD_OK; i++)
    {
        rc = compile_condition(c, node, *XD_AT(documents, xd_str_t, i),
            &rule->conditions);
    }

    return rc;
}


static xd_rc_t
compile_when(compiler_t *c, const xd_node_t *when, rule_t *rule)
{
    xd_rc_t rc = XD_OK;

    for (field_t f = 0; f < FIELDS && rc == XD_OK; f++) {
        rc = compile_field(c, xd_get(when, route_field_names[f]), &rule->any[f],
            f);
    }

    return rc == XD_OK ? compile_conditions(c, xd_get(when, "condition"), rule)
                       : rc;
}


/* A day begins at midnight in UTC. */
static int64_t
compile_date(compiler_t *c, const xd_node_t *node, int64_t otherwise)
{
    int64_t ms = otherwise;

    if (node != NULL && !xd_day_read(node->text, &ms)) {
        fault(c, node, "route.date",
            XD_STR("A date is 2026-12-01 or 2026-12-01T06:00:00Z."));
    }

    return ms;
}


static void
compile_dates(compiler_t *c, const xd_node_t *route, rule_t *rule)
{
    const xd_node_t *until = xd_get(route, "until");

    rule->from_ms = compile_date(c, xd_get(route, "from"), INT64_MIN);
    rule->until_ms = compile_date(c, until, INT64_MAX);

    if (until != NULL && rule->until_ms <= rule->from_ms) {
        fault(c, until, "route.date",
            XD_STR("The route ends before it begins: it would never hold."));
    }
}


bool
route_same_destination(const xd_route_hit_t *a, const xd_route_hit_t *b)
{
    return xd_str_eq(a->process, b->process)
           && xd_str_eq(a->destination, b->destination);
}


/* A fault does not end the compiling: people want to see all of them.  The
 * rule is not used then. */
static xd_rc_t
compile_to(compiler_t *c, const xd_node_t *to, rule_t *rule)
{
    xd_route_hit_t hit = { rule->name, required(c, to, "process"),
        required(c, to, "destination"), required(c, to, "verb") };
    target_t *slot;

    for (size_t i = 0; i < rule->to.count; i++) {
        if (route_same_destination(&XD_AT(&rule->to, target_t, i)->hit, &hit)) {
            fault(c, to, "route.twice",
                XD_STR("This route has that destination already: a fact goes "
                       "there once."));
        }
    }

    slot = xd_vec_push(&rule->to, c->arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = (target_t){ hit, to };

    return XD_OK;
}


static xd_rc_t
compile_rule(compiler_t *c, const xd_node_t *route)
{
    rule_t *rule = xd_vec_push(&c->routes->rules, c->arena);
    xd_rc_t rc;

    if (rule == NULL) {
        return XD_E_MEMORY;
    }

    rule->node = route;
    rule->name = required(c, route, "name");
    rule->owner = required(c, route, "owner");
    rule->to = XD_VEC(target_t);
    compile_dates(c, route, rule);

    rc = compile_when(c, xd_get(route, "when"), rule);

    xd_each (to, xd_get(route, "to")) {
        if (rc == XD_OK) {
            rc = compile_to(c, to, rule);
        }
    }

    if (rc == XD_OK && rule->to.count == 0) {
        fault(c, route, "route.incomplete",
            XD_STR("A route needs at least one destination in 'to'."));
    }

    return rc;
}


bool
route_holds(const xd_vec_t *any, xd_str_t text)
{
    for (size_t i = 0; i < any->count; i++) {
        if (xd_str_eq(*XD_AT(any, xd_str_t, i), text)) {
            return true;
        }
    }

    return any->count == 0;
}


static xd_rc_t
add_to_list(xd_arena_t *arena, xd_vec_t *list, const rule_t *rule)
{
    const rule_t **slot = xd_vec_push(list, arena);

    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = rule;

    return XD_OK;
}


/* The list of one document: every rule that names it, or none at all. */
static xd_rc_t
list_document(compiler_t *c, xd_str_t document)
{
    xd_vec_t *list;
    xd_rc_t rc = XD_OK;

    if (xd_map_get(c->routes->lists, document) != NULL) {
        return XD_OK;
    }

    list = xd_alloc(c->arena, sizeof(*list));
    if (list == NULL) {
        return XD_E_MEMORY;
    }

    *list = XD_VEC(const rule_t *);

    for (size_t i = 0; i < c->routes->rules.count && rc == XD_OK; i++) {
        const rule_t *rule = XD_AT(&c->routes->rules, rule_t, i);

        if (route_holds(&rule->any[DOCUMENT], document)) {
            rc = add_to_list(c->arena, list, rule);
        }
    }

    return rc == XD_OK ? xd_map_put(c->routes->lists, document, list, NULL)
                       : rc;
}


static xd_rc_t
make_lists(compiler_t *c)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < c->routes->rules.count && rc == XD_OK; i++) {
        const rule_t *rule = XD_AT(&c->routes->rules, rule_t, i);
        const xd_vec_t *documents = &rule->any[DOCUMENT];

        if (documents->count == 0) {
            rc = add_to_list(c->arena, &c->routes->general, rule);
        }

        for (size_t d = 0; d < documents->count && rc == XD_OK; d++) {
            rc = list_document(c, *XD_AT(documents, xd_str_t, d));
        }
    }

    return rc;
}


/* What the file says of how many destinations a fact should have. */
static xd_rc_t
compile_expected(compiler_t *c, const xd_node_t *node)
{
    expected_t *slot = xd_vec_push(&c->routes->expected, c->arena);

    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = (expected_t){ xd_text(node, "document"), xd_text(node, "event"),
        (size_t) xd_int(node, "destinations", 0, EXPECTED_MOST, 0) };

    if (xd_document_find(slot->document) == NULL) {
        fault(c, node, "route.document",
            xd_fmt(c->arena,
                "There is no document '%.*s': no fact would ever match.",
                XD_FMT(slot->document)));
    }

    return XD_OK;
}


static xd_rc_t
compile_file(compiler_t *c, const xd_node_t *file)
{
    xd_rc_t rc = XD_OK;

    xd_each (route, xd_get(file, "routes")) {
        rc = rc == XD_OK ? compile_rule(c, route) : rc;
    }

    xd_each (expected, xd_get(file, "expect")) {
        rc = rc == XD_OK ? compile_expected(c, expected) : rc;
    }

    return rc;
}


xd_rc_t
xd_routes_compile(xd_arena_t *arena, const xd_node_t *file,
    const xd_schemas_t *schemas, xd_routes_t **out, xd_report_t *rep)
{
    compiler_t c = { arena, schemas, xd_alloc(arena, sizeof(xd_routes_t)), rep,
        0 };
    xd_rc_t rc;

    if (c.routes == NULL) {
        return XD_E_MEMORY;
    }

    c.routes->rules = XD_VEC(rule_t);
    c.routes->general = XD_VEC(const rule_t *);
    c.routes->expected = XD_VEC(expected_t);
    c.routes->lists = xd_map_new(arena);

    if (c.routes->lists == NULL) {
        return XD_E_MEMORY;
    }

    rc = compile_file(&c, file);
    if (rc == XD_OK) {
        route_check_pairs(&c);
        rc = c.faults > 0 ? XD_E_CONF : make_lists(&c);
    }

    if (rc == XD_OK) {
        *out = c.routes;
    }

    return rc;
}
