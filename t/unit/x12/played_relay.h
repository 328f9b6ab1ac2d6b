/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_X12_PLAYED_RELAY_H
#define XD_T_X12_PLAYED_RELAY_H

/*
 * A relay that is played, against a real store: a work runs in a transaction
 * with a savepoint, what it sends is noted, and is forgotten when the work is
 * undone.  Facts are held to their schemas and given their envelope by the
 * real rooms.
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "canon/document.h"
#include "canon/rules.h"
#include "format/json.h"
#include "relay/relay.h"

#define TRACE "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

/* One message that a work gave out; doc: it is a fact. */
typedef struct {
    xd_message_t message;
    xd_str_t lane;
    xd_node_t *doc;
} sent_t;

typedef struct {
    xd_work_t pub; /* first */
    char code[64], text[600];
} played_t;

static char dir[64];
static xd_arena_t *arena; /* of the test */
static xd_conf_t conf;
static xd_store_t *store;
static xd_vec_t sent;       /* of sent_t, kept */
static xd_vec_t under_way;  /* of the work at hand */
static int fail_sending_at; /* the nth message finds the store broken */
static size_t fail_alloc_at, work_memory;
static played_t last;


static sent_t *
sent_at(size_t n)
{
    ck_assert_uint_lt(n, sent.count);

    return XD_AT(&sent, sent_t, n);
}


static xd_rc_t
note(const xd_message_t *m, xd_str_t lane, const xd_node_t *doc)
{
    sent_t *s;

    if (fail_sending_at > 0 && --fail_sending_at == 0) {
        return XD_E_STORE;
    }

    s = xd_vec_push(&under_way, arena);
    ck_assert_int_eq(xd_message_copy(arena, m, &s->message), XD_OK);
    s->lane = xd_dup(arena, lane);
    s->doc = doc != NULL ? xd_node_copy(arena, doc) : NULL;

    return XD_OK;
}


xd_rc_t
xd_work_emit(xd_work_t *w, const xd_message_t *m, xd_str_t lane)
{
    (void) w;
    ck_assert(xd_uuid_valid(m->message_id));

    return note(m, lane, NULL);
}


xd_rc_t
xd_work_fact(xd_work_t *w, const xd_node_t *doc, xd_report_t *rep)
{
    const xd_schema_t *schema =
        xd_schema_find(conf.schemas, xd_text_at(doc, "meta.schema"));
    xd_buf_t body = { 0 };
    xd_message_t m;
    xd_rc_t rc;

    ck_assert_ptr_nonnull(schema);
    rc = xd_schema_check(schema, doc, w->arena, rep);
    if (rc == XD_OK) {
        rc = xd_rules_check(xd_text_at(doc, "meta.type"), doc, NULL, w->arena,
            rep);
    }
    xd_json_write(&body, doc, XD_JSON_COMPACT);

    if (rc == XD_OK) {
        rc = xd_message_fact(w->arena, doc, xd_buf_str(&body), w->trace,
            XD_STR("0123"), &m);
    }
    if (rc == XD_OK) {
        rc = note(&m, xd_text_at(doc, "meta.key"), doc);
    }
    xd_buf_free(&body);

    return rc;
}


void
xd_work_fail(xd_work_t *w, const char *code, const char *format, ...)
{
    played_t *p = (played_t *) w;
    va_list args;

    snprintf(p->code, sizeof(p->code), "%s", code);
    va_start(args, format);
    vsnprintf(p->text, sizeof(p->text), format, args);
    va_end(args);
}


xd_store_t *
xd_work_store(xd_work_t *w)
{
    (void) w;

    return store;
}


/* One input as the relay takes it; its reason is in `last`. */
static xd_work_rc_t
play(xd_work_rc_t (*work)(void *ctx, xd_work_t *w), void *ctx,
    const xd_message_t *m)
{
    xd_work_rc_t rc;

    last = (played_t){ .pub = { .arena = xd_arena_new(work_memory),
                           .message = m,
                           .trace = XD_STR(TRACE),
                           .attempt = 1,
                           .now_ms = xd_now_ms() } };
    xd_arena_fail_at(last.pub.arena, fail_alloc_at);
    under_way = XD_VEC(sent_t);

    ck_assert_int_eq(xd_store_begin(store), XD_OK);
    ck_assert_int_eq(xd_store_savepoint(store), XD_OK);
    rc = work(ctx, &last.pub);

    if (rc == XD_WORK_DONE) {
        ck_assert_int_eq(xd_store_release(store), XD_OK);
        for (size_t i = 0; i < under_way.count; i++) {
            *(sent_t *) xd_vec_push(&sent, arena) =
                *XD_AT(&under_way, sent_t, i);
        }
    } else {
        xd_store_undo(store);
        ck_assert_msg(last.code[0] != '\0', "failed without a reason");
    }

    ck_assert_int_eq(xd_store_commit(store), XD_OK);
    xd_arena_free(last.pub.arena);
    last.pub.arena = NULL;
    last.pub.message = NULL;
    fail_sending_at = 0;
    fail_alloc_at = 0;

    return rc;
}


static void
open_store(const char *const *migrations)
{
    const xd_store_schema_t schema = { migrations };
    xd_str_t path = xd_fmt(arena, "%s/x.db", dir);

    ck_assert_int_eq(xd_store_open(path.ptr, &schema, &store), XD_OK);
}


static void
relay_setup(const char *const *migrations)
{
    xd_report_t rep;

    xd_log_init("test", XD_LOG_ERROR + 1, 2);
    (void) snprintf(dir, sizeof(dir), "/tmp/xd-played-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
    arena = xd_arena_new(0);
    work_memory = (size_t) 256 << 20;
    sent = XD_VEC(sent_t);

    xd_report_init(&rep, arena, 1);
    conf = (xd_conf_t){ .arena = arena };
    ck_assert_int_eq(xd_schemas_load(arena, "canonical-schemas", &conf.schemas,
                         &rep),
        XD_OK);
    open_store(migrations);
}


static void
relay_teardown(void)
{
    char command[128];

    xd_store_close(store);
    xd_arena_free(arena);
    (void) snprintf(command, sizeof(command), "rm -rf %s", dir);
    ck_assert_int_eq(system(command), 0);
}


static inline xd_node_t *
parse(const char *text)
{
    xd_node_t *node = NULL;
    xd_report_t rep;

    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_json_read(arena, xd_str(text), NULL, &node, &rep),
        XD_OK);

    return node;
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


/* How many facts of that document were sent. */
static inline size_t
facts_of(const char *document)
{
    size_t n = 0;

    for (size_t i = 0; i < sent.count; i++) {
        n += sent_at(i)->doc != NULL
             && xd_str_is(xd_text_at(sent_at(i)->doc, "meta.type"), document);
    }

    return n;
}


/* The nth of them, from 0. */
static inline const xd_node_t *
fact_of(const char *document, size_t n)
{
    for (size_t i = 0; i < sent.count; i++) {
        const xd_node_t *doc = sent_at(i)->doc;

        if (doc != NULL && xd_str_is(xd_text_at(doc, "meta.type"), document)
            && n-- == 0)
        {
            return doc;
        }
    }

    ck_abort_msg("no such fact: %s", document);
}


#define ck_text(doc, path, want)                                               \
    ck_assert_msg(xd_str_is(xd_text_at((doc), (path)), (want)),                \
        "%s is \"%.*s\", not \"%s\"", (path),                                  \
        XD_FMT(xd_text_at((doc), (path))), (want))

#define ck_has(s, want)                                                        \
    ck_assert_msg(memmem((s).ptr, (s).len, (want), strlen(want)) != NULL,      \
        "\"%s\" is not in \"%.*s\"", (want), XD_FMT(s))

#define COUNT(table) ((int) (sizeof(table) / sizeof((table)[0])))

#endif
