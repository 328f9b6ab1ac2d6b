/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Rules are kept in the order of the file, and once more in a list for each
 * document that a rule names: a fact is held only against the rules that can
 * mean it.
 */

#include "route/route.h"

#include "base/map.h"
#include "canon/document.h"


/* The texts of a fact that `when` may ask for.  The document is first: it
 * chooses the list. */
typedef enum { DOCUMENT, EVENT, VERSION, SITE, PARTNER, FIELDS } field_t;

static const char *const field_names[FIELDS] = {
    [DOCUMENT] = "document",
    [EVENT] = "event",
    [VERSION] = "version",
    [SITE] = "site",
    [PARTNER] = "partner",
};

#define VERSION_DIGITS 10

typedef struct {
    xd_vec_t any[FIELDS]; /* of xd_str_t; empty: anything matches */
    xd_vec_t to;          /* of target_t */
    xd_str_t name;
} rule_t;

typedef struct {
    xd_route_hit_t hit;
    const xd_node_t *node;
} target_t;

struct xd_routes_s {
    xd_vec_t rules;   /* of rule_t */
    xd_map_t *lists;  /* document -> xd_vec_t of const rule_t *, in order */
    xd_vec_t general; /* the same, of rules that name no document */
};

typedef struct {
    xd_arena_t *arena;
    xd_routes_t *routes;
    xd_report_t *rep;
    size_t faults;
} compiler_t;


static void
fault(compiler_t *c, const xd_node_t *node, const char *rule, xd_str_t text)
{
    xd_str_t pointer = xd_pointer_of(c->arena, node);
    xd_str_t path = xd_fmt(c->arena, "routes.yaml:%.*s", XD_FMT(pointer));

    c->faults++;
    xd_report(c->rep, &(xd_finding_t){ .severity = XD_ERROR,
                          .scope = XD_SCOPE_FILE,
                          .offset = node->offset,
                          .line = node->line,
                          .column = node->column,
                          .rule = rule,
                          .path = path,
                          .text = text });
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


/* Facts of the domain ops are about deliveries and cases: to carry them would
 * make deliveries of deliveries. */
static bool
told_only(xd_str_t document)
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

    if (field == DOCUMENT && told_only(value->text)) {
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


static xd_rc_t
compile_when(compiler_t *c, const xd_node_t *when, rule_t *rule)
{
    xd_rc_t rc = XD_OK;

    for (field_t f = 0; f < FIELDS && rc == XD_OK; f++) {
        rc = compile_field(c, xd_get(when, field_names[f]), &rule->any[f], f);
    }

    return rc;
}


/* The verb is left out on purpose: a destination has one queue, and two verbs
 * for one fact there are two commands. */
static bool
same_destination(const xd_route_hit_t *a, const xd_route_hit_t *b)
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
        if (same_destination(&XD_AT(&rule->to, target_t, i)->hit, &hit)) {
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

    rule->name = required(c, route, "name");
    (void) required(c, route, "owner");
    rule->to = XD_VEC(target_t);

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


/* An empty list asks for nothing. */
static bool
holds(const xd_vec_t *any, xd_str_t text)
{
    for (size_t i = 0; i < any->count; i++) {
        if (xd_str_eq(*XD_AT(any, xd_str_t, i), text)) {
            return true;
        }
    }

    return any->count == 0;
}


/* Whether one fact can match both: no condition keeps them apart. */
static bool
overlap(const rule_t *a, const rule_t *b)
{
    for (field_t f = 0; f < FIELDS; f++) {
        bool meet = a->any[f].count == 0;

        for (size_t i = 0; i < a->any[f].count && !meet; i++) {
            meet = holds(&b->any[f], *XD_AT(&a->any[f], xd_str_t, i));
        }

        if (!meet) {
            return false;
        }
    }

    return true;
}


/* A destination gets a fact once, so two routes that can mean the same fact
 * must want the same done with it there. */
static void
check_verbs(compiler_t *c, const rule_t *a, const rule_t *b)
{
    for (size_t i = 0; i < a->to.count * b->to.count; i++) {
        const target_t *x = XD_AT(&a->to, target_t, i / b->to.count);
        const target_t *y = XD_AT(&b->to, target_t, i % b->to.count);

        if (same_destination(&x->hit, &y->hit)
            && !xd_str_eq(x->hit.verb, y->hit.verb)) {
            fault(c, y->node, "route.verb",
                xd_fmt(c->arena,
                    "Route '%.*s' sends the same facts there with the verb "
                    "'%.*s'.",
                    XD_FMT(a->name), XD_FMT(x->hit.verb)));
        }
    }
}


/* Every pair once, the earlier rule first. */
static void
check_pairs(compiler_t *c)
{
    const xd_vec_t *rules = &c->routes->rules;

    for (size_t n = 0; n < rules->count * rules->count; n++) {
        const rule_t *a = XD_AT(rules, rule_t, n % rules->count);
        const rule_t *b = XD_AT(rules, rule_t, n / rules->count);

        if (a < b && overlap(a, b)) {
            check_verbs(c, a, b);
        }
    }
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

        if (holds(&rule->any[DOCUMENT], document)) {
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


xd_rc_t
xd_routes_compile(xd_arena_t *arena, const xd_node_t *routes, xd_routes_t **out,
    xd_report_t *rep)
{
    compiler_t c = { arena, xd_alloc(arena, sizeof(xd_routes_t)), rep, 0 };
    xd_rc_t rc = XD_OK;

    if (c.routes == NULL) {
        return XD_E_MEMORY;
    }

    c.routes->rules = XD_VEC(rule_t);
    c.routes->general = XD_VEC(const rule_t *);
    c.routes->lists = xd_map_new(arena);

    if (c.routes->lists == NULL) {
        return XD_E_MEMORY;
    }

    xd_each (route, xd_get(routes, "routes")) {
        if (rc == XD_OK) {
            rc = compile_rule(&c, route);
        }
    }

    if (rc == XD_OK) {
        check_pairs(&c);
        rc = c.faults > 0 ? XD_E_CONF : make_lists(&c);
    }

    if (rc == XD_OK) {
        *out = c.routes;
    }

    return rc;
}


/* The version as text, so that all fields of a fact compare alike. */
static xd_str_t
version_text(uint32_t version, char out[VERSION_DIGITS])
{
    size_t at = VERSION_DIGITS;

    do {
        out[--at] = (char) ('0' + version % 10);
        version /= 10;
    } while (version > 0);

    return (xd_str_t){ out + at, VERSION_DIGITS - at };
}


static bool
matches(const rule_t *rule, const xd_str_t fields[FIELDS])
{
    /* The document was matched by the choice of the list. */
    for (field_t f = EVENT; f < FIELDS; f++) {
        if (!holds(&rule->any[f], fields[f])) {
            return false;
        }
    }

    return true;
}


/* Adds a hit unless an equal one is there from `from` on. */
static xd_rc_t
add_hit(xd_arena_t *arena, xd_vec_t *hits, size_t from,
    const xd_route_hit_t *hit)
{
    xd_route_hit_t *slot;

    for (size_t i = from; i < hits->count; i++) {
        const xd_route_hit_t *have = XD_AT(hits, xd_route_hit_t, i);

        if (same_destination(have, hit) && xd_str_eq(have->verb, hit->verb)) {
            return XD_OK;
        }
    }

    slot = xd_vec_push(hits, arena);
    if (slot == NULL) {
        return XD_E_MEMORY;
    }

    *slot = *hit;

    return XD_OK;
}


static xd_rc_t
add_hits(xd_arena_t *arena, xd_vec_t *hits, size_t from, const rule_t *rule)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < rule->to.count && rc == XD_OK; i++) {
        rc = add_hit(arena, hits, from, &XD_AT(&rule->to, target_t, i)->hit);
    }

    return rc;
}


xd_rc_t
xd_routes_match(const xd_routes_t *routes, const xd_route_fact_t *fact,
    xd_arena_t *arena, xd_vec_t *hits)
{
    char version[VERSION_DIGITS];
    const xd_str_t fields[FIELDS] = {
        [DOCUMENT] = fact->document,
        [EVENT] = fact->event,
        [VERSION] = version_text(fact->version, version),
        [SITE] = fact->site,
        [PARTNER] = fact->partner,
    };
    const xd_vec_t *list = xd_map_get(routes->lists, fact->document);
    size_t from = hits->count;
    xd_rc_t rc = XD_OK;

    if (told_only(fact->document)) {
        return XD_OK;
    }

    if (list == NULL) {
        list = &routes->general;
    }

    for (size_t i = 0; i < list->count && rc == XD_OK; i++) {
        const rule_t *rule = *XD_AT(list, const rule_t *, i);

        if (matches(rule, fields)) {
            rc = add_hits(arena, hits, from, rule);
        }
    }

    return rc;
}


xd_rc_t
xd_routes_destinations(const xd_routes_t *routes, xd_arena_t *arena,
    xd_vec_t *hits)
{
    size_t from = hits->count;
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < routes->rules.count && rc == XD_OK; i++) {
        rc = add_hits(arena, hits, from, XD_AT(&routes->rules, rule_t, i));
    }

    return rc;
}
