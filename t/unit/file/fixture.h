/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_FILE_FIXTURE_H
#define XD_T_FILE_FIXTURE_H

/*
 * Hot folders of a partner below a temporary folder, xd-file's context, and a
 * real relay with its broker away: what it would publish stands in its outbox.
 */

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "connectors/file/file.h"
#include "format/json.h"

#define ID1 "018f6c2e-0000-7000-8000-000000000001"
#define ID2 "018f6c2e-0000-7000-8000-000000000002"
#define ID3 "018f6c2e-0000-7000-8000-000000000003"

static char dir[64];
static xd_arena_t *arena;
static xd_conf_t conf;
static file_t f;


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


/* A path below the temporary folder. */
static const char *
at(const char *name)
{
    return xd_fmt(arena, "%s/%s", dir, name).ptr;
}


static void
write_file(const char *name, const char *text)
{
    ck_assert_int_eq(xd_file_write(at(name), xd_str(text), 0644), XD_OK);
}


static void
make_folder(const char *name)
{
    ck_assert_int_eq(xd_file_mkdirs(at(name), 0755), XD_OK);
}


/* Names in a folder, sorted, joined by blanks. */
static inline const char *
names(const char *name)
{
    struct dirent **all;
    const char *text = "";
    int n = scandir(at(name), &all, NULL, alphasort);

    ck_assert_int_ge(n, 0);
    for (int i = 0; i < n; i++) {
        if (strcmp(all[i]->d_name, ".") != 0
            && strcmp(all[i]->d_name, "..") != 0) {
            text = xd_fmt(arena, "%s%s%s", text, text[0] == '\0' ? "" : " ",
                all[i]->d_name)
                       .ptr;
        }
        free(all[i]);
    }
    free(all);

    return text;
}


static inline const char *
content(const char *name)
{
    xd_str_t text;

    ck_assert_int_eq(xd_file_read(arena, at(name), 0, &text), XD_OK);

    return text.ptr;
}


static inline int64_t
number(const char *sql)
{
    xd_sql_t *q = xd_sql(f.store, sql);
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
    xd_sql_t *q = xd_sql(f.store, sql);
    const char *all = "";

    while (xd_sql_step(q) == XD_OK) {
        all = xd_fmt(arena, "%s%s%.*s", all, all[0] == '\0' ? "" : " ",
            XD_FMT(xd_sql_col(q, 0)))
                  .ptr;
    }
    xd_sql_done(q);

    return all;
}


/* Properties of the only row of the outbox. */
static inline xd_message_t
props(void)
{
    xd_message_t m;

    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 1);
    ck_assert_int_eq(xd_message_props_read(arena,
                         xd_str(texts("SELECT props FROM outbox")), &m),
        XD_OK);

    return m;
}


/* partners: JSON, with %s for the temporary folder wherever "@" stands. */
static xd_node_t *
partners(const char *text)
{
    xd_buf_t b = { 0 };
    xd_node_t *node;

    for (; *text != '\0'; text++) {
        if (*text == '@') {
            xd_buf_text(&b, dir);
        } else {
            xd_buf_byte(&b, *text == '\'' ? '"' : *text);
        }
    }
    xd_buf_byte(&b, '\0');
    node = json(xd_dup(arena, (xd_str_t){ b.ptr, b.len - 1 }).ptr);
    xd_buf_free(&b);

    return node;
}


static xd_rc_t
settings(const char *text, xd_report_t *rep)
{
    conf.partners = partners(text);
    xd_report_init(rep, arena, 10);

    return file_settings_load(&f, &conf, rep);
}


static void
configure(const char *text)
{
    xd_report_t rep;

    ck_assert_int_eq(settings(text, &rep), XD_OK);
}


#define ACME_IN                                                                \
    "{'acme':{'id':'acme','file':{'in':{'folder':'@/in','format':'x12',"       \
    "'match':['*'],'ready':'renamed','stable':'10s','marker':'.done',"         \
    "'largest':'1MiB'}}}}"
#define ACME_OUT(name)                                                         \
    "{'acme':{'id':'acme','file':{'out':{'folder':'@/out','name':'" name "'}}}}"

static const xd_relay_work_t does = { .work = file_work, .lane = file_lane };


static void
relay_open_for(const xd_relay_work_t *work)
{
    xd_relay_conf_t rc = { .loop = f.loop,
        .conf = &conf,
        .store = f.store,
        .metrics = f.metrics,
        .process = "xd-file",
        .queues = XD_VEC(xd_str_t),
        .does = work,
        .ctx = &f };

    ck_assert_int_eq(xd_relay_new(&rc, &f.relay), XD_OK);
}


static inline void
relay_open(void)
{
    relay_open_for(&does);
}


static void
store_open(void)
{
    static const xd_store_schema_t schema = { file_migrations };

    ck_assert_int_eq(xd_store_open(at("xd-file.db"), &schema, &f.store), XD_OK);
}


static void
conf_make(void)
{
    xd_report_t rep;

    conf = (xd_conf_t){ .arena = arena, .hash = "c0ffee", .dir = xd_str(dir) };
    conf.main = json(xd_fmt(arena,
        "{\"name\":\"crossdock\",\"testing\":true,"
        "\"paths\":{\"secrets\":\"%s/secrets\",\"archive\":\"%s/archive\"},"
        "\"broker\":{\"url\":\"amqp://127.0.0.1:1/crossdock\"},"
        "\"retry\":{\"tiers\":[\"1s\",\"10m\"],\"attempts\":3}}",
        dir, dir)
                         .ptr);
    xd_each (path, xd_get(conf.main, "paths")) {
        path->text = xd_dup(arena, path->text); /* NUL-terminated */
    }
    conf.routes = json("{\"routes\":[]}");
    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_schemas_load(arena, "canonical-schemas", &conf.schemas,
                         &rep),
        XD_OK);
}


static void
setup(void)
{
    xd_log_init("file_test", XD_LOG_ERROR + !getenv("XD_LOG"), 2);
    (void) snprintf(dir, sizeof(dir), "/tmp/xd-file-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    arena = xd_arena_new(0);

    make_folder("in");
    make_folder("out");
    make_folder("secrets/broker");
    ck_assert_int_eq(xd_file_write(at("secrets/broker/xd-file"), XD_STR("pw\n"),
                         0600),
        XD_OK);
    conf_make();

    f = (file_t){ .loop = xd_loop_new(),
        .metrics = xd_metrics_new(arena),
        .batch = xd_arena_new(0),
        .bytes = xd_arena_new(0),
        .notify = -1 };
    f.settle = (xd_timer_t){ .fire = file_settle, .ctx = &f };
    store_open();
    configure(ACME_IN);
    relay_open();
}


static void
teardown(void)
{
    char command[256];

    file_watch_stop(&f);
    file_settings_free(&f);
    xd_relay_free(f.relay);
    xd_store_close(f.store);
    xd_loop_free(f.loop);
    xd_arena_free(f.batch);
    xd_arena_free(f.bytes);
    xd_arena_free(arena);
    (void) snprintf(command, sizeof(command), "chmod -R u+rwx %s; rm -rf %s",
        dir, dir);
    ck_assert_int_eq(system(command), 0);
}

#endif
