/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_RELAY_FIXTURE_H
#define XD_T_RELAY_FIXTURE_H

/*
 * A relay against a real store, with its broker away (nobody listens on port
 * 1): inputs are handed in as the link would, and the tables are looked at.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "format/json.h"
#include "relay/room.h"

#define QUEUE "xd.q.x12.raw"

static char dir[64];
static xd_arena_t *arena;
static xd_conf_t conf;
static xd_store_t *store;
static xd_loop_t *loop;
static xd_relay_t *relay;
static xd_vec_t queues;


static xd_node_t *
json(const char *text)
{
    xd_node_t *node = NULL;
    xd_report_t rep;

    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &node, &rep),
        XD_OK);

    return node;
}


static xd_node_t *
main_conf(const char *more)
{
    return json(xd_fmt(arena,
        "{\"name\":\"crossdock\",\"testing\":true,"
        "\"paths\":{\"secrets\":\"%s/secrets\",\"archive\":\"%s/archive\"},"
        "\"broker\":{\"url\":\"amqp://127.0.0.1:1/crossdock\"},"
        "\"retry\":{\"tiers\":[\"1s\",\"10m\"],\"attempts\":3}%s}",
        dir, dir, more)
                    .ptr);
}


static void
conf_make(const char *more)
{
    xd_report_t rep;

    conf = (xd_conf_t){ .arena = arena, .hash = "0123" };
    conf.main = main_conf(more);
    xd_each (path, xd_get(conf.main, "paths")) {
        path->text = xd_dup(arena, path->text); /* NUL-terminated */
    }
    conf.routes = json("{\"routes\":[{\"name\":\"to-erp\",\"owner\":\"i\","
                       "\"when\":{\"document\":\"shipment\","
                       "\"event\":\"created\"},\"to\":[{\"process\":\"http\","
                       "\"destination\":\"erp\",\"verb\":\"create\"}]}]}");
    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_schemas_load(arena, "canonical-schemas", &conf.schemas,
                         &rep),
        XD_OK);
}


static void
relay_open(const xd_relay_work_t *does, void *ctx)
{
    xd_relay_conf_t rc = { .loop = loop,
        .conf = &conf,
        .store = store,
        .metrics = xd_metrics_new(arena),
        .process = "xd-x12",
        .queues = queues,
        .does = does,
        .ctx = ctx };

    ck_assert_int_eq(xd_relay_new(&rc, &relay), XD_OK);
}


static void
fixture_open(void)
{
    xd_str_t *queue;
    xd_str_t path;

    xd_log_init("relay_test", XD_LOG_ERROR + !getenv("XD_LOG"), 2);
    (void) snprintf(dir, sizeof(dir), "/tmp/xd-relay-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    arena = xd_arena_new(0);
    loop = xd_loop_new();

    path = xd_fmt(arena, "%s/secrets/broker", dir);
    ck_assert_int_eq(xd_file_mkdirs(path.ptr, 0700), XD_OK);
    path = xd_fmt(arena, "%s/secrets/broker/xd-x12", dir);
    ck_assert_int_eq(xd_file_write(path.ptr, XD_STR("pw\n"), 0600), XD_OK);
    path = xd_fmt(arena, "%s/x.db", dir);
    ck_assert_int_eq(xd_store_open(path.ptr, NULL, &store), XD_OK);

    queues = XD_VEC(xd_str_t);
    queue = xd_vec_push(&queues, arena);
    *queue = XD_STR(QUEUE);
    relay = NULL;
}


static void
fixture_close(void)
{
    char command[128];

    xd_relay_free(relay);
    xd_store_close(store);
    xd_loop_free(loop);
    xd_arena_free(arena);
    (void) snprintf(command, sizeof(command), "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}


static uint32_t
consumer_of(const char *queue)
{
    for (size_t i = 0; i < relay->sources.count; i++) {
        const source_t *s = XD_AT(&relay->sources, source_t, i);

        if (xd_str_is(s->queue, queue) && s->consuming) {
            return s->consumer;
        }
    }

    ck_abort_msg("%s is not consumed", queue);
}


/* As the link hands it in; taken with intake_turn. */
static void
deliver_to(const char *queue, const char *id, const char *key, const char *body)
{
    static uint64_t tag;
    xd_header_t header = { XD_STR("xd-key"), xd_str(key) };
    xd_delivery_t d = {
        .message = { .exchange = XD_STR("xd.raw"),
            .routing_key = XD_STR("in.x12.acme"),
            .content_type = XD_STR("application/edi-x12"),
            .message_id = xd_str(id),
            .headers = &header,
            .nheaders = 1,
            .body = xd_str(body) },
        .tag = ++tag,
        .consumer = consumer_of(queue),
    };

    intake_delivery(relay, &d);
}


static inline void
deliver(const char *id, const char *key, const char *body)
{
    deliver_to(QUEUE, id, key, body);
}


static inline int64_t
number(const char *sql)
{
    xd_sql_t *q = xd_sql(store, sql);
    int64_t n;

    ck_assert_int_eq(xd_sql_step(q), XD_OK);
    n = xd_sql_col_int(q, 0);
    xd_sql_done(q);

    return n;
}


/* First column of all rows, joined by blanks. */
static inline const char *
texts(const char *sql)
{
    xd_sql_t *q = xd_sql(store, sql);
    const char *all = "";

    while (xd_sql_step(q) == XD_OK) {
        all = xd_fmt(arena, "%s%s%.*s", all, all[0] == '\0' ? "" : " ",
            XD_FMT(xd_sql_col(q, 0)))
                  .ptr;
    }

    xd_sql_done(q);

    return all;
}

#endif
