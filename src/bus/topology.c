/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The plan, row by row: each says what a program sends to the management API
 * and what a person would type.  Names of ours are safe in JSON, shell and
 * paths, but the virtual host's may hold anything, and keys hold '#'.
 */

#include "bus/topology_table.h"

#include "canon/document.h"
#include "format/json.h"


/* What stays the same while a plan is made. */
typedef struct {
    xd_arena_t *arena;
    xd_str_t vhost;     /* as in a path */
    xd_str_t vhost_arg; /* as in a shell */
    const xd_topo_destination_t *destinations;
    size_t ndestinations;
    xd_vec_t *rows;
    xd_rc_t rc; /* the first fault; nothing is added after it */
} plan_t;


/* -- texts ----------------------------------------------------------------- */

/* Takes what a buffer holds into the plan's arena, and the buffer's end. */
static xd_str_t
taken(plan_t *p, xd_buf_t *b)
{
    xd_str_t text = XD_STR_NONE;

    if (xd_buf_rc(b) == XD_OK) {
        text = xd_dup(p->arena, b->len > 0 ? xd_buf_str(b) : XD_STR(""));
    }

    xd_buf_free(b);

    return text;
}


static bool
unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
           || (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~", c));
}


/* One segment of a path (RFC 3986 section 2.1). */
static xd_str_t
in_path(plan_t *p, xd_str_t s)
{
    xd_buf_t b = { 0 };

    for (size_t i = 0; i < s.len; i++) {
        if (unreserved(s.ptr[i])) {
            xd_buf_byte(&b, s.ptr[i]);
        } else {
            xd_buf_fmt(&b, "%%%02X", (unsigned) (uint8_t) s.ptr[i]);
        }
    }

    return taken(p, &b);
}


/* One word of a shell's line. */
static xd_str_t
in_shell(plan_t *p, xd_str_t s)
{
    xd_buf_t b = { 0 };

    xd_buf_byte(&b, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\'') {
            xd_buf_text(&b, "'\\''");
        } else {
            xd_buf_byte(&b, s.ptr[i]);
        }
    }
    xd_buf_byte(&b, '\'');

    return taken(p, &b);
}


/* With its quotes. */
static xd_str_t
in_json(plan_t *p, xd_str_t s)
{
    xd_buf_t b = { 0 };

    xd_json_string(&b, s);

    return taken(p, &b);
}


/* Adds a row, unless one of its texts found no memory. */
static void
add(plan_t *p, xd_topo_row_t row)
{
    xd_topo_row_t *to;

    if (row.name.ptr == NULL || row.path.ptr == NULL || row.body.ptr == NULL
        || row.line.ptr == NULL)
    {
        p->rc = XD_E_MEMORY;
    }

    if (p->rc != XD_OK) {
        return;
    }

    to = xd_vec_push(p->rows, p->arena);
    if (to == NULL) {
        p->rc = XD_E_MEMORY;
        return;
    }

    if (row.method.ptr == NULL) {
        row.method = XD_STR("PUT");
    }

    *to = row;
}


/* -- exchanges, queues, bindings ------------------------------------------- */

static void
add_vhost(plan_t *p, xd_str_t name)
{
    add(p, (xd_topo_row_t){
               .kind = XD_TOPO_VHOST,
               .name = xd_dup(p->arena, name),
               .path = xd_fmt(p->arena, "vhosts/%s", p->vhost.ptr),
               .body = XD_STR("{}"),
               .line = xd_fmt(p->arena, "rabbitmqctl add_vhost %s",
                   p->vhost_arg.ptr),
           });
}


static void
add_exchange(plan_t *p, const char *name)
{
    add(p,
        (xd_topo_row_t){
            .kind = XD_TOPO_EXCHANGE,
            .name = xd_str(name),
            .path = xd_fmt(p->arena, "exchanges/%s/%s", p->vhost.ptr, name),
            .body = XD_STR("{\"type\":\"topic\",\"durable\":true}"),
            .line = xd_fmt(p->arena,
                "rabbitmqadmin --vhost=%s declare exchange name=%s type=topic "
                "durable=true",
                p->vhost_arg.ptr, name),
        });
}


/* The type is always said: what a broker takes without it differs by version
 * and virtual host. */
static void
add_queue(plan_t *p, xd_str_t name, const char *type, bool single)
{
    xd_str_t arguments = xd_fmt(p->arena, "{\"x-queue-type\":\"%s\"%s}", type,
        single ? ",\"x-single-active-consumer\":true" : "");

    if (name.ptr == NULL || arguments.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        return;
    }

    add(p,
        (xd_topo_row_t){
            .kind = XD_TOPO_QUEUE,
            .name = name,
            .path = xd_fmt(p->arena, "queues/%s/%s", p->vhost.ptr, name.ptr),
            .body = xd_fmt(p->arena, "{\"durable\":true,\"arguments\":%s}",
                arguments.ptr),
            .line = xd_fmt(p->arena,
                "rabbitmqadmin --vhost=%s declare queue name=%s durable=true "
                "arguments='%s'",
                p->vhost_arg.ptr, name.ptr, arguments.ptr),
        });
}


/* POST, and again the same: a binding that is there already stays one. */
static void
add_binding(plan_t *p, const char *exchange, xd_str_t queue, xd_str_t key)
{
    if (queue.ptr == NULL || key.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        return;
    }

    add(p, (xd_topo_row_t){
               .kind = XD_TOPO_BINDING,
               .name = xd_fmt(p->arena, "%s %s -> %s", exchange, key.ptr,
                   queue.ptr),
               .path = xd_fmt(p->arena, "bindings/%s/e/%s/q/%s", p->vhost.ptr,
                   exchange, queue.ptr),
               .method = XD_STR("POST"),
               .body = xd_fmt(p->arena,
                   "{\"routing_key\":\"%s\",\"arguments\":{}}", key.ptr),
               .line = xd_fmt(p->arena,
                   "rabbitmqadmin --vhost=%s declare binding source=%s "
                   "destination_type=queue destination=%s routing_key='%s'",
                   p->vhost_arg.ptr, exchange, queue.ptr, key.ptr),
           });
}


/* A queue and its bindings, from the table. */
static void
add_fixed_queue(plan_t *p, const topo_queue_t *q)
{
    add_queue(p, xd_str(q->name), q->type, q->single);

    for (const topo_exchange_t *e = topo_exchanges; e->name != NULL; e++) {
        if (q->exchange == NULL ? e->facts : strcmp(q->exchange, e->name) == 0)
        {
            add_binding(p, e->name, xd_str(q->name), xd_str(q->key));
        }
    }
}


/* -- destinations ---------------------------------------------------------- */

static bool
same(const xd_topo_destination_t *a, const xd_topo_destination_t *b)
{
    return xd_str_eq(a->process, b->process)
           && xd_str_eq(a->destination, b->destination);
}


/* True when the nth names nothing new: an earlier one did, or the table. */
static bool
is_known(const xd_topo_destination_t *all, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (same(&all[i], &all[n])) {
            return true;
        }
    }

    return (xd_str_is(all[n].process, "hospital")
               && xd_str_is(all[n].destination, "ward"))
           || xd_str_is(all[n].destination, "held");
}


/* xd.q.<process>.<destination>.pNN */
static xd_str_t
partition_queue(xd_arena_t *arena, const xd_topo_destination_t *d,
    unsigned partition)
{
    return xd_fmt(arena, "xd.q.%.*s.%.*s.p%02u", XD_FMT(d->process),
        XD_FMT(d->destination), partition);
}


/* One single-active-consumer queue a partition: order per key. */
static void
add_destination(plan_t *p, const xd_topo_destination_t *d)
{
    for (unsigned i = 0; i < XD_PARTITIONS && p->rc == XD_OK; i++) {
        xd_str_t queue = partition_queue(p->arena, d, i);

        add_queue(p, queue, "quorum", true);
        add_binding(p, "xd.cmd", queue,
            xd_fmt(p->arena, "%.*s.%.*s.*.*.*.p%02u", XD_FMT(d->process),
                XD_FMT(d->destination), i));
    }
}


/* -- users ----------------------------------------------------------------- */

/* A name of ours, literal in a regular expression: only dots need it. */
static void
quote(xd_buf_t *b, xd_str_t name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] == '.') {
            xd_buf_byte(b, '\\');
        }
        xd_buf_byte(b, name.ptr[i]);
    }
}


/* ^(a|b)$ of the exchanges that a user writes to; ^$ when there is none. */
static xd_str_t
write_regex(plan_t *p, const char *user)
{
    xd_buf_t b = { 0 };
    bool any = false;

    xd_buf_text(&b, "^");
    for (const topo_write_t *w = topo_writes; w->user != NULL; w++) {
        if (strcmp(w->user, user) == 0) {
            xd_buf_text(&b, any ? "|" : "(");
            quote(&b, xd_str(w->exchange));
            any = true;
        }
    }
    xd_buf_text(&b, any ? ")$" : "$");

    return taken(p, &b);
}


/* Queues of a process begin with its own name; the audit stream has a name of
 * its own; a publisher has none. */
static xd_str_t
read_regex(plan_t *p, const char *user)
{
    const char *process = user + strlen("xd-");

    for (const topo_queue_t *q = topo_queues; q->name != NULL; q++) {
        if (q->process == NULL || strcmp(q->process, process) != 0) {
            continue;
        }

        return strncmp(q->name, "xd.q.", 5) == 0
                   ? xd_fmt(p->arena, "^xd\\.q\\.%s\\.", process)
                   : xd_fmt(p->arena, "^xd\\.%s$", q->name + strlen("xd."));
    }

    return XD_STR("^$");
}


/* Commands that a translator may give: to the routes' processes, by their
 * destinations, and to the ward.  `held` is the hospital's to say. */
static xd_str_t
routes_regex(plan_t *p)
{
    xd_buf_t b = { 0 };

    xd_buf_text(&b, "^(hospital\\.ward");
    for (size_t i = 0; i < p->ndestinations; i++) {
        if (!is_known(p->destinations, i)) {
            xd_buf_byte(&b, '|');
            quote(&b, p->destinations[i].process);
            xd_buf_text(&b, "\\.");
            quote(&b, p->destinations[i].destination);
        }
    }
    xd_buf_text(&b, ")\\.");

    return taken(p, &b);
}


/* Whoever applies the plan puts the password in the place of "@". */
static void
add_account(plan_t *p, const char *user)
{
    add(p, (xd_topo_row_t){
               .kind = XD_TOPO_USER,
               .name = xd_str(user),
               .path = xd_fmt(p->arena, "users/%s", user),
               .body = XD_STR("{\"password\":\"@\",\"tags\":\"\"}"),
               .line = xd_fmt(p->arena, "rabbitmqctl add_user %s '@'", user),
           });
}


/* Nobody configures: what stands on the broker is made by the plan alone. */
static void
add_permission(plan_t *p, const char *user)
{
    xd_str_t writes = write_regex(p, user), reads = read_regex(p, user);
    xd_str_t write = in_json(p, writes), read = in_json(p, reads);

    if (writes.ptr == NULL || reads.ptr == NULL || write.ptr == NULL
        || read.ptr == NULL)
    {
        p->rc = XD_E_MEMORY;
        return;
    }

    add(p,
        (xd_topo_row_t){
            .kind = XD_TOPO_PERMISSION,
            .name = xd_str(user),
            .path = xd_fmt(p->arena, "permissions/%s/%s", p->vhost.ptr, user),
            .body = xd_fmt(p->arena,
                "{\"configure\":\"^$\",\"write\":%s,\"read\":%s}", write.ptr,
                read.ptr),
            .line = xd_fmt(p->arena,
                "rabbitmqctl set_permissions -p %s %s '^$' '%s' '%s'",
                p->vhost_arg.ptr, user, writes.ptr, reads.ptr),
        });
}


/* Without such a row an exchange that may be written to takes every key. */
static void
add_topic_permission(plan_t *p, const topo_write_t *w)
{
    xd_str_t keys =
        strcmp(w->keys, "@routes") == 0 ? routes_regex(p) : xd_str(w->keys);
    xd_str_t write = keys.ptr == NULL ? keys : in_json(p, keys);

    if (write.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        return;
    }

    add(p, (xd_topo_row_t){
               .kind = XD_TOPO_TOPIC_PERMISSION,
               .name = xd_fmt(p->arena, "%s %s", w->user, w->exchange),
               .path = xd_fmt(p->arena, "topic-permissions/%s/%s", p->vhost.ptr,
                   w->user),
               .body = xd_fmt(p->arena,
                   "{\"exchange\":\"%s\",\"write\":%s,\"read\":\"^$\"}",
                   w->exchange, write.ptr),
               .line = xd_fmt(p->arena,
                   "rabbitmqctl set_topic_permissions -p %s %s %s '%s' '^$'",
                   p->vhost_arg.ptr, w->user, w->exchange, keys.ptr),
           });
}


/* -- policies -------------------------------------------------------------- */

static void
add_policy(plan_t *p, const topo_policy_t *policy)
{
    xd_str_t pattern = in_json(p, xd_str(policy->pattern));

    if (pattern.ptr == NULL) {
        p->rc = XD_E_MEMORY;
        return;
    }

    add(p,
        (xd_topo_row_t){
            .kind = XD_TOPO_POLICY,
            .name = xd_str(policy->name),
            .path =
                xd_fmt(p->arena, "policies/%s/%s", p->vhost.ptr, policy->name),
            .body = xd_fmt(p->arena,
                "{\"pattern\":%s,\"apply-to\":\"queues\",\"priority\":%d,"
                "\"definition\":%s}",
                pattern.ptr, policy->priority, policy->definition),
            .line = xd_fmt(p->arena,
                "rabbitmqctl set_policy -p %s --apply-to queues --priority %d "
                "%s '%s' '%s'",
                p->vhost_arg.ptr, policy->priority, policy->name,
                policy->pattern, policy->definition),
        });
}


/* -- the plan -------------------------------------------------------------- */

/* Policies come before queues: none is ever without its limits. */
static void
add_objects(plan_t *p)
{
    for (const topo_exchange_t *e = topo_exchanges; e->name != NULL; e++) {
        add_exchange(p, e->name);
    }

    for (const topo_policy_t *o = topo_policies; o->name != NULL; o++) {
        add_policy(p, o);
    }

    for (const topo_queue_t *q = topo_queues; q->name != NULL; q++) {
        add_fixed_queue(p, q);
    }

    for (size_t i = 0; i < p->ndestinations; i++) {
        if (!is_known(p->destinations, i)) {
            add_destination(p, &p->destinations[i]);
        }
    }
}


/* What a user may do, then with which keys. */
static void
add_user(plan_t *p, const char *user)
{
    add_account(p, user);
    add_permission(p, user);

    for (const topo_write_t *w = topo_writes; w->user != NULL; w++) {
        if (strcmp(w->user, user) == 0) {
            add_topic_permission(p, w);
        }
    }
}


/* After all objects: a user that can log in finds everything there. */
static void
add_users(plan_t *p)
{
    for (const char *const *user = topo_users; *user != NULL; user++) {
        add_user(p, *user);
    }
}


xd_rc_t
xd_topology_plan(xd_arena_t *arena, xd_str_t vhost,
    const xd_topo_destination_t *destinations, size_t ndestinations,
    xd_vec_t *rows)
{
    plan_t p = {
        .arena = arena,
        .destinations = destinations,
        .ndestinations = ndestinations,
        .rows = rows,
        .rc = XD_OK,
    };

    *rows = XD_VEC(xd_topo_row_t);
    p.vhost = in_path(&p, vhost);
    p.vhost_arg = in_shell(&p, vhost);
    if (p.vhost.ptr == NULL || p.vhost_arg.ptr == NULL) {
        return XD_E_MEMORY;
    }

    add_vhost(&p, vhost);
    add_objects(&p);
    add_users(&p);

    return p.rc;
}


static xd_rc_t
push_name(xd_arena_t *arena, xd_vec_t *names, xd_str_t name)
{
    xd_str_t *to = xd_vec_push(names, arena);

    if (to == NULL || name.ptr == NULL) {
        return XD_E_MEMORY;
    }

    *to = name;

    return XD_OK;
}


xd_rc_t
xd_topology_queues(xd_arena_t *arena, xd_str_t process,
    const xd_topo_destination_t *destinations, size_t ndestinations,
    xd_vec_t *names)
{
    xd_rc_t rc = XD_OK;

    *names = XD_VEC(xd_str_t);

    if (xd_str_starts(process, XD_STR("xd-"))) {
        process.ptr += strlen("xd-");
        process.len -= strlen("xd-");
    }

    for (const topo_queue_t *q = topo_queues; q->name != NULL && rc == XD_OK;
         q++) {
        if (q->process != NULL && xd_str_is(process, q->process)) {
            rc = push_name(arena, names, xd_str(q->name));
        }
    }

    for (size_t i = 0; i < ndestinations; i++) {
        if (!xd_str_eq(destinations[i].process, process)
            || is_known(destinations, i)) {
            continue;
        }

        for (unsigned n = 0; n < XD_PARTITIONS && rc == XD_OK; n++) {
            rc = push_name(arena, names,
                partition_queue(arena, &destinations[i], n));
        }
    }

    return rc;
}
