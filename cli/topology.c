/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd topology: what must stand on the broker, printed or made.
 *
 * What and in which words is the room bus's; here stands only how it gets
 * there.  Everything is declared as it must be, so a second run changes
 * nothing, and nothing is deleted: a queue may hold messages of somebody.
 * Passwords are read when they are needed and are in no line that is printed.
 */

#include "topology.h"

#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "format/json.h"
#include "route/route.h"

#define CALL_MS     20000
#define STARTING_MS 30000 /* how long a broker may choose its leaders */
#define PAUSE_MS    250
#define STARTING    "down or inaccessible"
#define ANSWER_MOST ((size_t) 64 << 20)


/* Destinations of the routes, each once. */
static xd_rc_t
destinations(topology_t *t, xd_vec_t *out)
{
    xd_vec_t hits = XD_VEC(xd_route_hit_t);
    xd_routes_t *routes;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, t->arena, 0);

    rc = xd_routes_compile(t->arena, t->conf->routes, t->conf->schemas, &routes,
        &rep);
    if (rc == XD_OK) {
        rc = xd_routes_destinations(routes, t->arena, &hits);
    }

    for (size_t i = 0; rc == XD_OK && i < hits.count; i++) {
        const xd_route_hit_t *hit = XD_AT(&hits, xd_route_hit_t, i);
        xd_topo_destination_t *d;
        bool have = false;

        for (size_t k = 0; k < out->count; k++) {
            d = XD_AT(out, xd_topo_destination_t, k);
            have = have
                   || (xd_str_eq(d->process, hit->process)
                       && xd_str_eq(d->destination, hit->destination));
        }

        d = have ? NULL : xd_vec_push(out, t->arena);
        if (d != NULL) {
            *d = (xd_topo_destination_t){ hit->process, hit->destination };
        } else if (!have) {
            rc = XD_E_MEMORY;
        }
    }

    return rc;
}


static xd_rc_t
plan(topology_t *t)
{
    xd_vec_t found = XD_VEC(xd_topo_destination_t);
    xd_rc_t rc = destinations(t, &found);

    rc = rc == XD_OK ? topology_where(t) : rc;
    t->rows = XD_VEC(xd_topo_row_t);

    return rc == XD_OK ? xd_topology_plan(t->arena, t->vhost, found.at,
               found.count, &t->rows)
                       : rc;
}


/* Lines to paste, for a broker whose management API is not open to us. */
static int
print_plan(topology_t *t)
{
    for (size_t i = 0; i < t->rows.count; i++) {
        const xd_topo_row_t *row = XD_AT(&t->rows, xd_topo_row_t, i);

        printf("%.*s\n", XD_FMT(row->line));
    }

    return CLI_GOOD;
}


/* The body with the user's own password where "@" stands for it. */
static xd_str_t
body_of(topology_t *t, const xd_topo_row_t *row)
{
    const char *mark =
        row->kind == XD_TOPO_USER ? strstr(row->body.ptr, "\"@\"") : NULL;
    xd_str_t path, secret;
    xd_buf_t out = { 0 };
    xd_str_t body;

    if (mark == NULL) {
        return row->body;
    }

    path = xd_fmt(t->arena, "%s/broker/%.*s", xd_conf_path(t->conf, "secrets"),
        XD_FMT(row->name));
    if (path.ptr == NULL
        || xd_file_secret(t->arena, path.ptr, &secret) != XD_OK) {
        (void) cli_fail("%.*s: the password of broker user %.*s cannot be "
                        "read; it must be a file that only its owner reads",
            XD_FMT(path), XD_FMT(row->name));
        return XD_STR_NONE;
    }

    xd_buf_add(&out,
        (xd_str_t){ row->body.ptr, (size_t) (mark - row->body.ptr) });
    xd_json_string(&out, secret);
    xd_buf_text(&out, mark + 3);
    body = xd_buf_rc(&out) == XD_OK ? xd_dup(t->arena, xd_buf_str(&out))
                                    : XD_STR_NONE;
    xd_buf_free(&out);

    return body;
}


/*
 * One call.  A broker that has just started answers 404 "down or inaccessible"
 * for queues whose leader is not chosen yet: it is asked again for a while.
 */
static xd_rc_t
call(const xd_web_request_t *request, int *status, xd_buf_t *answer)
{
    const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };
    int64_t until = xd_mono_ms() + STARTING_MS;
    xd_rc_t rc;

    for (;;) {
        xd_buf_reset(answer);
        rc = xd_web_call(request, status, answer);

        if (rc != XD_OK || *status != 404 || xd_buf_rc(answer) != XD_OK
            || memmem(answer->ptr, answer->len, STARTING, sizeof(STARTING) - 1)
                   == NULL
            || xd_mono_ms() >= until)
        {
            return rc;
        }

        (void) nanosleep(&pause, NULL);
    }
}


int
topology_call(const topology_t *t, const char *method, xd_str_t path,
    xd_str_t body, int *status, xd_buf_t *answer)
{
    const xd_web_header_t json = { XD_STR("Content-Type"),
        XD_STR("application/json") };
    const xd_web_request_t request = { .method = method,
        .url = xd_fmt(t->arena, "%.*s/api/%.*s", XD_FMT(t->management),
            XD_FMT(path)),
        .headers = &json,
        .nheaders = 1,
        .body = body,
        .timeout_ms = CALL_MS,
        .connect_ms = CALL_MS,
        .answer_max = ANSWER_MOST };

    if (request.url.ptr == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    if (call(&request, status, answer) != XD_OK) {
        return cli_fail("the management API does not answer: is "
                        "XD_AMQP_MGMT_URL right?");
    }

    if (*status == 401) {
        return cli_fail("the management API refused the login: "
                        "XD_AMQP_MGMT_URL needs an administrator, as in "
                        "http://name:password@127.0.0.1:15672");
    }

    return CLI_GOOD;
}


/* That the API cannot be used at all ends the run; that it refuses one object
 * (it stands there in another form) is told, and the others are made. */
static int
make_row(topology_t *t, const xd_topo_row_t *row)
{
    xd_str_t body = body_of(t, row);
    xd_buf_t answer = { 0 };
    int code = 0, status;

    if (body.ptr == NULL) {
        return CLI_FAILED; /* told by body_of */
    }

    status = topology_call(t, row->method.ptr, row->path, body, &code, &answer);

    if (status == CLI_GOOD && code / 100 != 2) {
        (void) cli_fail("%.*s: %d %.*s", XD_FMT(row->name), code,
            XD_FMT(xd_buf_str(&answer)));
        status = CLI_FINDINGS;
    }

    xd_buf_free(&answer);

    return status;
}


/* The address of the management has no slash at its end here; the virtual
 * host is the last part of the broker's. */
xd_rc_t
topology_where(topology_t *t)
{
    const char *url = getenv("XD_AMQP_MGMT_URL");
    xd_str_t rest = xd_text_at(t->conf->main, "broker.url");

    if (memchr(rest.ptr, '/', rest.len) == NULL) {
        return XD_E_CONF;
    }

    while (rest.ptr != NULL) {
        t->vhost = xd_str_cut(&rest, '/');
    }

    t->management = url != NULL
                        ? xd_str(url)
                        : xd_text_at(t->conf->main, "broker.management");

    while (t->management.len > 0
           && t->management.ptr[t->management.len - 1] == '/') {
        t->management.len--;
    }

    return XD_OK;
}


/* In the order of the plan: a binding needs its queue, a right its user. */
static int
apply(topology_t *t)
{
    int status = CLI_GOOD;

    for (size_t i = 0; i < t->rows.count && status != CLI_FAILED; i++) {
        int one = make_row(t, XD_AT(&t->rows, xd_topo_row_t, i));

        status = one > status ? one : status;
    }

    if (status == CLI_GOOD) {
        printf("%zu objects stand on the broker\n", t->rows.count);
    }

    return status;
}


typedef int verb_t(topology_t *t);

static verb_t *
verb_find(const char *name)
{
    static const struct {
        const char *name;
        verb_t *run;
    } verbs[] = {
        { "plan", print_plan },
        { "apply", apply },
        { "drift", topology_drift },
    };

    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(name, verbs[i].name) == 0) {
            return verbs[i].run;
        }
    }

    return NULL;
}


int
cli_topology(int argc, char **argv)
{
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { NULL, NULL, NULL },
    };
    topology_t t = { 0 };
    verb_t *verb;
    xd_conf_t *conf;
    int status;

    argc = cli_options(argc, argv, options);
    verb = argc == 2 ? verb_find(argv[1]) : NULL;
    if (verb == NULL) {
        return argc < 0 ? CLI_FAILED
                        : cli_fail("usage: xd topology plan|apply|drift");
    }

    if (cli_conf(path, &conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    t.conf = conf;
    t.arena = xd_arena_new(0);

    if (t.arena == NULL) {
        status = cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    } else if (plan(&t) != XD_OK) {
        status = cli_fail("the plan cannot be made: xd conf check tells why");
    } else {
        status = verb(&t);
    }

    xd_arena_free(t.arena);
    xd_conf_free(conf);

    return status;
}
