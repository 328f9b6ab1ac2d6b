/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd topology drift: the broker held against the plan.  What is missing or
 * otherwise is a fault; what is there beside it under our names is told too,
 * for nobody consumes it.
 */

#include "topology.h"

#include "format/json.h"

#define PREFIX "xd."

typedef struct {
    topology_t *t;
    size_t found; /* differences */
} drift_t;


static const char *const kinds[] = {
    [XD_TOPO_VHOST] = "virtual host",
    [XD_TOPO_EXCHANGE] = "exchange",
    [XD_TOPO_QUEUE] = "queue",
    [XD_TOPO_BINDING] = "binding",
    [XD_TOPO_USER] = "user",
    [XD_TOPO_PERMISSION] = "rights of",
    [XD_TOPO_TOPIC_PERMISSION] = "keys of",
    [XD_TOPO_POLICY] = "policy",
};


static void
tell(drift_t *d, const char *what, xd_topo_kind_t kind, xd_str_t name,
    xd_str_t detail)
{
    d->found++;
    cli_write(stdout, "%-9s  %s ", what, kinds[kind]);
    cli_text(stdout, name);

    if (detail.len > 0) {
        cli_write(stdout, "  ");
        cli_text(stdout, detail);
    }

    cli_write(stdout, "\n");
}


/* GET; *out stays NULL when there is no such object. */
static int
get(drift_t *d, xd_str_t path, xd_node_t **out)
{
    xd_buf_t answer = { 0 };
    xd_report_t rep;
    int code = 0;
    int status = topology_call(d->t, "GET", path, XD_STR(""), &code, &answer);
    xd_str_t bytes = status == CLI_GOOD && code == 200
                         ? xd_dup(d->t->arena, xd_buf_str(&answer))
                         : XD_STR_NONE;

    *out = NULL;
    xd_buf_free(&answer);
    xd_report_init(&rep, d->t->arena, 0);

    if (status == CLI_GOOD && code != 200 && code != 404) {
        return cli_fail("%.*s: the management API answered %d", XD_FMT(path),
            code);
    }

    if (bytes.ptr != NULL
        && xd_json_read(d->t->arena, bytes, NULL, out, &rep) != XD_OK)
    {
        return cli_fail("%.*s: the answer is no JSON", XD_FMT(path));
    }

    return status;
}


/* Passwords are not told, and tags come in another form: that the user is
 * there is what counts. */
static bool
told_by_broker(const xd_node_t *member)
{
    return !xd_str_is(member->key, "password")
           && !xd_str_is(member->key, "tags");
}


/* Has `have` all that `want` says?  *at gains the member that it has not. */
static bool
holds(const xd_node_t *want, const xd_node_t *have, const xd_node_t **at)
{
    xd_each (member, want) {
        const xd_node_t *there = xd_get_str(have, member->key);

        if (!told_by_broker(member)) {
            continue;
        }

        if (there == NULL
            || (member->kind == XD_OBJECT ? !holds(member, there, at)
                                          : !xd_node_equal(member, there)))
        {
            *at = member;
            return false;
        }
    }

    return true;
}


/* Bindings and topic permissions are lists: one of them is ours. */
static bool
any_holds(const xd_node_t *want, const xd_node_t *have, const xd_node_t **at)
{
    if (have->kind != XD_ARRAY) {
        return holds(want, have, at);
    }

    *at = want->first;

    xd_each (one, have) {
        if (holds(want, one, at)) {
            return true;
        }
    }

    return false;
}


/* What an empty path of the API gets is the same for a list of none. */
static int
check_row(drift_t *d, const xd_topo_row_t *row)
{
    const xd_node_t *at = NULL;
    xd_node_t *want, *have;
    xd_report_t rep;
    int status = get(d, row->path, &have);

    if (status != CLI_GOOD) {
        return status;
    }

    if (have == NULL || (have->kind == XD_ARRAY && have->count == 0)) {
        tell(d, "missing", row->kind, row->name, XD_STR(""));
        return CLI_GOOD;
    }

    xd_report_init(&rep, d->t->arena, 0);
    if (xd_json_read(d->t->arena, row->body, NULL, &want, &rep) != XD_OK) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    if (!any_holds(want, have, &at)) {
        tell(d, "otherwise", row->kind, row->name,
            xd_fmt(d->t->arena, "its %.*s", at != NULL ? (int) at->key.len : 0,
                at != NULL ? at->key.ptr : ""));
    }

    return CLI_GOOD;
}


static bool
is_planned(const drift_t *d, xd_topo_kind_t kind, xd_str_t name)
{
    for (size_t i = 0; i < d->t->rows.count; i++) {
        const xd_topo_row_t *row = XD_AT(&d->t->rows, xd_topo_row_t, i);

        if (row->kind == kind && xd_str_eq(row->name, name)) {
            return true;
        }
    }

    return false;
}


/* Whether it holds messages decides what a person does with it. */
static xd_str_t
messages_of(drift_t *d, const xd_node_t *object)
{
    return xd_get(object, "messages") != NULL ? xd_fmt(d->t->arena,
               "with %.*s messages", XD_FMT(xd_text(object, "messages")))
                                              : XD_STR("");
}


static int
check_beside(drift_t *d, xd_topo_kind_t kind, const char *list)
{
    xd_node_t *all;
    int status =
        get(d, xd_fmt(d->t->arena, "%s/%.*s", list, XD_FMT(d->t->vhost)), &all);

    if (status != CLI_GOOD) {
        return status;
    }

    xd_each (object, all) {
        xd_str_t name = xd_text(object, "name");

        if (xd_str_starts(name, XD_STR(PREFIX)) && !is_planned(d, kind, name)) {
            tell(d, "unplanned", kind, name, messages_of(d, object));
        }
    }

    return CLI_GOOD;
}


int
topology_drift(topology_t *t)
{
    drift_t d = { .t = t };
    int status = CLI_GOOD;

    for (size_t i = 0; i < t->rows.count && status == CLI_GOOD; i++) {
        status = check_row(&d, XD_AT(&t->rows, xd_topo_row_t, i));
    }

    status = status == CLI_GOOD
                 ? check_beside(&d, XD_TOPO_EXCHANGE, "exchanges")
                 : status;
    status =
        status == CLI_GOOD ? check_beside(&d, XD_TOPO_QUEUE, "queues") : status;

    if (status != CLI_GOOD) {
        return status;
    }

    if (d.found == 0) {
        cli_write(stdout, "all %zu objects stand as planned\n", t->rows.count);
    }

    return d.found == 0 ? CLI_GOOD : CLI_FINDINGS;
}
