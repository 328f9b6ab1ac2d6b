/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd explain: why a document goes where it goes; xd test: the examples beside
 * the routes.  Both ask what the daemons ask, with the envelope that they
 * would publish, so what is told here is what happens.
 */

#include "cli.h"

#include <limits.h>
#include <stdlib.h>

#include "base/clock.h"
#include "bus/message.h"
#include "format/json.h"
#include "relay/relay.h"
#include "route/route.h"

#define KEPT_FINDINGS 20

typedef struct {
    xd_conf_t *conf;
    xd_arena_t *arena;   /* of the routes */
    xd_arena_t *scratch; /* of one document */
    xd_routes_t *routes;
    xd_vec_t reached; /* xd test: names of routes that held, xd_str_t */
    bool json;
} routes_t;


static void
routes_close(routes_t *r)
{
    xd_arena_free(r->scratch);
    xd_arena_free(r->arena);

    if (r->conf != NULL) {
        xd_conf_free(r->conf);
    }
}


/* Whatever it returns, routes_close ends it. */
static int
routes_open(routes_t *r, const char *path)
{
    int status = cli_conf(path, &r->conf);
    xd_report_t rep;
    xd_rc_t rc;

    if (status != CLI_GOOD) {
        return status;
    }

    r->arena = xd_arena_new(0);
    r->scratch = xd_arena_new(0);
    if (r->arena == NULL || r->scratch == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    xd_report_init(&rep, r->arena, KEPT_FINDINGS);
    rc = xd_routes_compile(r->arena, r->conf->routes, r->conf->schemas,
        &r->routes, &rep);
    cli_findings(stderr, NULL, &rep);

    return rc == XD_OK       ? CLI_GOOD
           : rc == XD_E_CONF ? CLI_FINDINGS
                             : cli_fail("%s", xd_rc_text(rc));
}


/* What the routes are asked; false after it was told that the document has no
 * meta to make it from. */
static bool
about(routes_t *r, const char *file, const xd_node_t *doc,
    xd_route_fact_t *fact)
{
    xd_message_t message;
    xd_rc_t rc = xd_message_fact(r->scratch, doc, XD_STR(""), XD_STR(""),
        XD_STR(""), &message);

    if (rc != XD_OK) {
        (void) cli_fail("%s: its meta does not say what it is: schema, type, "
                        "event, key, id (what was posted gets it at the "
                        "gate; xd map writes it)",
            file);
        return false;
    }

    *fact = xd_relay_about(&message, doc);

    return true;
}


/* -- explain --------------------------------------------------------------- */

static const char *const verdict_names[] = {
    [XD_ROUTE_PASSED] = "passed",
    [XD_ROUTE_HOLDS] = "holds",
    [XD_ROUTE_BROKEN] = "broken",
};


static void
print_verdict(const xd_route_verdict_t *v, const xd_vec_t *hits)
{
    cli_write(stdout, "  %-6s  ", verdict_names[v->verdict]);
    cli_text(stdout, v->route);
    cli_write(stdout, " (");
    cli_text(stdout, v->owner);
    cli_write(stdout, ")");

    if (v->verdict != XD_ROUTE_HOLDS) {
        cli_write(stdout, ": ");
        cli_text(stdout, v->why);
    }

    for (size_t i = 0; v->verdict == XD_ROUTE_HOLDS && i < hits->count; i++) {
        const xd_route_hit_t *hit = XD_AT(hits, xd_route_hit_t, i);

        if (xd_str_eq(hit->route, v->route)) {
            cli_write(stdout, " -> %.*s.%.*s.%.*s", XD_FMT(hit->process),
                XD_FMT(hit->destination), XD_FMT(hit->verb));
        }
    }

    cli_write(stdout, "\n");
}


static void
json_text(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, "\"%s\":", name);
    xd_json_string(out, value);
}


static void
json_verdict(xd_buf_t *out, const xd_route_verdict_t *v)
{
    xd_buf_byte(out, '{');
    json_text(out, "route", v->route);
    xd_buf_byte(out, ',');
    json_text(out, "owner", v->owner);
    xd_buf_byte(out, ',');
    json_text(out, "verdict", xd_str(verdict_names[v->verdict]));

    if (v->verdict != XD_ROUTE_HOLDS) {
        xd_buf_byte(out, ',');
        json_text(out, "why", v->why);
    }

    xd_buf_byte(out, '}');
}


/* {"document","key","routes":[…],"to":["http.erp.create"]} */
static int
print_json(const xd_route_fact_t *fact, const xd_vec_t *verdicts,
    const xd_vec_t *hits)
{
    xd_buf_t out = { 0 };
    bool good;

    xd_buf_byte(&out, '{');
    json_text(&out, "document", fact->document);
    xd_buf_byte(&out, ',');
    json_text(&out, "key", xd_text_at(fact->body, "meta.key"));
    xd_buf_text(&out, ",\"routes\":[");

    for (size_t i = 0; i < verdicts->count; i++) {
        xd_buf_text(&out, i > 0 ? "," : "");
        json_verdict(&out, XD_AT(verdicts, xd_route_verdict_t, i));
    }

    xd_buf_text(&out, "],\"to\":[");

    for (size_t i = 0; i < hits->count; i++) {
        const xd_route_hit_t *hit = XD_AT(hits, xd_route_hit_t, i);

        xd_buf_fmt(&out, "%s\"%.*s.%.*s.%.*s\"", i > 0 ? "," : "",
            XD_FMT(hit->process), XD_FMT(hit->destination), XD_FMT(hit->verb));
    }

    xd_buf_text(&out, "]}\n");
    good = xd_buf_rc(&out) == XD_OK && cli_print(xd_buf_str(&out));
    xd_buf_free(&out);

    return good ? CLI_GOOD : CLI_FAILED;
}


static int
print_plain(const xd_route_fact_t *fact, const xd_vec_t *verdicts,
    const xd_vec_t *hits)
{
    cli_text(stdout, xd_text_at(fact->body, "meta.key"));
    cli_write(stdout, " (%.*s.%.*s): %zu destination%s\n",
        XD_FMT(fact->document), XD_FMT(fact->event), hits->count,
        hits->count == 1 ? "" : "s");

    for (size_t i = 0; i < verdicts->count; i++) {
        print_verdict(XD_AT(verdicts, xd_route_verdict_t, i), hits);
    }

    return CLI_GOOD;
}


static int
explain(routes_t *r, const char *file, const xd_node_t *doc)
{
    xd_vec_t verdicts = XD_VEC(xd_route_verdict_t);
    xd_vec_t hits = XD_VEC(xd_route_hit_t);
    xd_route_fact_t fact;
    xd_report_t rep;
    xd_rc_t rc;
    int status;

    if (!about(r, file, doc, &fact)) {
        return CLI_FAILED;
    }

    xd_report_init(&rep, r->scratch, KEPT_FINDINGS);
    rc = xd_routes_explain(r->routes, &fact, r->scratch, &verdicts);
    rc = rc == XD_OK
             ? xd_routes_match(r->routes, &fact, r->scratch, &hits, &rep)
             : rc;

    if (rc == XD_E_MEMORY) {
        return cli_fail("%s", xd_rc_text(rc));
    }

    status = r->json ? print_json(&fact, &verdicts, &hits)
                     : print_plain(&fact, &verdicts, &hits);
    cli_findings(stderr, NULL, &rep);

    return status == CLI_GOOD && rc != XD_OK ? CLI_FINDINGS : status;
}


/* One document, or NULL; what is wrong with it goes to rep. */
static xd_node_t *
read_document(routes_t *r, xd_str_t bytes, xd_report_t *rep)
{
    xd_node_t *doc = NULL;

    xd_arena_reset(r->scratch);
    xd_report_init(rep, r->scratch, 1);

    return xd_json_read(r->scratch, bytes, NULL, &doc, rep) == XD_OK ? doc
                                                                     : NULL;
}


static int
explain_line(routes_t *r, const char *file, xd_str_t line)
{
    xd_report_t rep;
    const xd_node_t *doc = read_document(r, line, &rep);

    if (doc == NULL) {
        cli_findings(stderr, file, &rep);
        return CLI_FINDINGS;
    }

    return explain(r, file, doc);
}


/* One document, or one a line. */
static int
explain_bytes(routes_t *r, const char *file, xd_str_t bytes)
{
    xd_report_t rep;
    const xd_node_t *whole = read_document(r, bytes, &rep);
    int status = CLI_GOOD;

    if (whole != NULL) {
        return explain(r, file, whole);
    }

    while (bytes.len > 0) {
        const char *end = memchr(bytes.ptr, '\n', bytes.len);
        size_t len = end != NULL ? (size_t) (end - bytes.ptr) : bytes.len;
        size_t skip = end != NULL ? len + 1 : len;
        int one = len > 0 ? explain_line(r, file, (xd_str_t){ bytes.ptr, len })
                          : CLI_GOOD;

        status = one > status ? one : status;
        bytes = (xd_str_t){ bytes.ptr + skip, bytes.len - skip };
    }

    return status;
}


int
cli_explain(int argc, char **argv)
{
    routes_t r = { 0 };
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "json", NULL, &r.json },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("explain: name a file");
    }

    status = routes_open(&r, path);

    for (int i = 1; status != CLI_FAILED && r.routes != NULL && i < argc; i++) {
        xd_file_t file;
        int one = cli_open(argv[i], &file);

        if (one == CLI_GOOD) {
            one = explain_bytes(&r, argv[i], file.bytes);
            xd_file_unmap(&file);
        }
        status = one > status ? one : status;
    }

    routes_close(&r);

    return status;
}


/* -- test ------------------------------------------------------------------ */

static xd_str_t
hit_text(xd_arena_t *arena, const xd_route_hit_t *hit)
{
    return xd_fmt(arena, "%.*s.%.*s.%.*s", XD_FMT(hit->process),
        XD_FMT(hit->destination), XD_FMT(hit->verb));
}


static bool
names_hit(routes_t *r, const xd_node_t *to, const xd_route_hit_t *hit)
{
    xd_str_t text = hit_text(r->scratch, hit);

    xd_each (want, to) {
        if (xd_str_eq(want->text, text)) {
            return true;
        }
    }

    return false;
}


static bool
reached(const routes_t *r, xd_str_t route)
{
    for (size_t i = 0; i < r->reached.count; i++) {
        if (xd_str_eq(*XD_AT(&r->reached, xd_str_t, i), route)) {
            return true;
        }
    }

    return false;
}


/* Remembers which routes the examples reach. */
static void
reach(routes_t *r, const xd_route_fact_t *fact)
{
    xd_vec_t verdicts = XD_VEC(xd_route_verdict_t);

    if (xd_routes_explain(r->routes, fact, r->scratch, &verdicts) != XD_OK) {
        return;
    }

    for (size_t i = 0; i < verdicts.count; i++) {
        const xd_route_verdict_t *v = XD_AT(&verdicts, xd_route_verdict_t, i);
        xd_str_t *slot;

        if (v->verdict == XD_ROUTE_HOLDS && !reached(r, v->route)) {
            slot = xd_vec_push(&r->reached, r->arena);
            if (slot != NULL) {
                *slot = v->route;
            }
        }
    }
}


/* Says what is otherwise; returns whether all is as the example has it. */
static bool
compare(routes_t *r, const xd_node_t *test, const xd_vec_t *hits)
{
    const xd_node_t *to = xd_get(test, "to");
    bool same = true;

    for (size_t i = 0; i < hits->count; i++) {
        const xd_route_hit_t *hit = XD_AT(hits, xd_route_hit_t, i);

        if (!names_hit(r, to, hit)) {
            cli_write(stdout, "  goes to %.*s, by route %.*s\n",
                XD_FMT(hit_text(r->scratch, hit)), XD_FMT(hit->route));
            same = false;
        }
    }

    xd_each (want, to) {
        bool have = false;

        for (size_t i = 0; i < hits->count && !have; i++) {
            have = xd_str_eq(want->text,
                hit_text(r->scratch, XD_AT(hits, xd_route_hit_t, i)));
        }

        if (!have) {
            cli_write(stdout, "  does not go to ");
            cli_text(stdout, want->text);
            cli_write(stdout, "\n");
            same = false;
        }
    }

    return same;
}


/* What the example gives beats what its document says. */
static bool
overrides(const xd_node_t *test, xd_route_fact_t *fact)
{
    xd_str_t event = xd_text(test, "event");
    xd_str_t partner = xd_text(test, "partner");
    xd_str_t at = xd_text(test, "at");

    fact->event = event.len > 0 ? event : fact->event;
    fact->partner = partner.len > 0 ? partner : fact->partner;

    return at.len == 0 || xd_day_read(at, &fact->now_ms);
}


static int
test_document(routes_t *r, const xd_node_t *test, const char *file,
    const xd_node_t *doc)
{
    xd_vec_t hits = XD_VEC(xd_route_hit_t);
    xd_route_fact_t fact;
    xd_report_t rep;
    xd_rc_t rc;
    bool same;

    if (!about(r, file, doc, &fact)) {
        return CLI_FINDINGS;
    }

    if (!overrides(test, &fact)) {
        return cli_fail("%s: \"at\" is a day or an instant", file);
    }

    xd_report_init(&rep, r->scratch, KEPT_FINDINGS);
    rc = xd_routes_match(r->routes, &fact, r->scratch, &hits, &rep);
    cli_findings(stderr, NULL, &rep);

    if (rc == XD_E_MEMORY) {
        return cli_fail("%s", xd_rc_text(rc));
    }

    reach(r, &fact);
    same = rc == XD_OK && compare(r, test, &hits);
    cli_write(stdout, "%s %s %.*s.%.*s\n", same ? "ok    " : "failed", file,
        XD_FMT(fact.document), XD_FMT(fact.event));

    return same ? CLI_GOOD : CLI_FINDINGS;
}


/* Without the "conf/../" that a path beside the configuration has; as it is
 * where there is no such file, for the message about it. */
static const char *
test_path(routes_t *r, const xd_node_t *test)
{
    const char *path = xd_fmt(r->arena, "%.*s",
        XD_FMT(xd_conf_resolve(r->conf, xd_text(test, "file"))))
                           .ptr;
    char real[PATH_MAX];

    return path != NULL && realpath(path, real) != NULL
               ? xd_dup(r->arena, xd_str(real)).ptr
               : path;
}


static int
test_one(routes_t *r, const xd_node_t *test)
{
    const char *path = test_path(r, test);
    const xd_node_t *doc;
    xd_report_t rep;
    xd_file_t file;
    int status;

    if (path == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    status = cli_open(path, &file);
    if (status != CLI_GOOD) {
        return status;
    }

    doc = read_document(r, file.bytes, &rep);
    cli_findings(stderr, path, &rep);
    status = doc != NULL ? test_document(r, test, path, doc) : CLI_FINDINGS;
    xd_file_unmap(&file);

    return status;
}


static void
tell_unreached(const routes_t *r)
{
    xd_each (route, xd_get(r->conf->routes, "routes")) {
        xd_str_t name = xd_text(route, "name");

        if (!reached(r, name)) {
            cli_write(stdout, "no test reaches route %.*s\n", XD_FMT(name));
        }
    }
}


int
cli_test(int argc, char **argv)
{
    routes_t r = { .reached = XD_VEC(xd_str_t) };
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { NULL, NULL, NULL },
    };
    size_t passed = 0, failed = 0;
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 1) {
        return argc < 0 ? CLI_FAILED : cli_fail("usage: xd test");
    }

    status = routes_open(&r, path);
    if (status == CLI_GOOD) {
        xd_each (test, xd_get(r.conf->routes, "tests")) {
            int one = test_one(&r, test);

            passed += one == CLI_GOOD;
            failed += one != CLI_GOOD;
            status = one > status ? one : status;
        }

        tell_unreached(&r);
        cli_write(stdout, "%zu passed, %zu failed\n", passed, failed);
    }

    routes_close(&r);

    return status;
}
