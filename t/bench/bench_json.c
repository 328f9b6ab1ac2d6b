/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_json - time of one way to read an order, or to ask it something
 *
 *   bench_json --what WHAT --schemas DIR --file FILE --ms N
 *
 * WHAT: cjson and yajl, the peers (a tree; bare events); read, our tree with
 * positions; whole, read with schema and rules; condition, a compiled
 * expression on a document that is there.  Runs for N milliseconds and
 * prints what one pass took.
 */

#include <cjson/cJSON.h>
#include <yajl/yajl_parse.h>

#include "canon/cel_types.h"
#include "canon/rules.h"
#include "canon/schema.h"
#include "format/json.h"
#include "t/bench/bench.h"

#define BATCH 200 /* passes between two looks at the clock */
#define CONDITION                                                              \
    "channel == 'web' && totals.gross.amount > decimal('40') "                 \
    "&& lines.exists(l, l.qty.value >= decimal('2'))"

typedef struct {
    xd_arena_t *arena;   /* of schemas and program */
    xd_arena_t *scratch; /* of one pass */
    xd_str_t bytes;
    const xd_schema_t *schema;
    xd_cel_program_t *program;
    xd_node_t *doc;
} bench_t;


static xd_node_t *
read_tree(bench_t *b, xd_report_t *rep)
{
    xd_node_t *doc = NULL;

    xd_arena_reset(b->scratch);
    xd_report_init(rep, b->scratch, 10);
    if (xd_json_read(b->scratch, b->bytes, NULL, &doc, rep) != XD_OK) {
        bench_die("the order is no JSON");
    }

    return doc;
}


static void
pass_read(bench_t *b)
{
    xd_report_t rep;

    (void) read_tree(b, &rep);
}


static void
pass_whole(bench_t *b)
{
    xd_report_t rep;
    xd_node_t *doc = read_tree(b, &rep);

    if (xd_schema_check(b->schema, doc, b->scratch, &rep) != XD_OK
        || xd_rules_check(XD_STR("sales-order"), doc, NULL, b->scratch, &rep)
               != XD_OK)
    {
        bench_die("the order has faults");
    }
}


/* The names are bound each time, as whoever asks a document once does. */
static void
pass_condition(bench_t *b)
{
    xd_cel_binding_t bound[XD_CEL_DOCUMENT_BOUND];
    bool holds = false;

    xd_arena_reset(b->scratch);
    if (xd_cel_document_bind(b->scratch, b->doc, bound) != XD_OK
        || xd_cel_holds(b->program, b->scratch, bound, XD_CEL_DOCUMENT_BOUND,
               &holds, NULL)
               != XD_OK
        || !holds)
    {
        bench_die("the condition does not hold");
    }
}


static void
pass_cjson(bench_t *b)
{
    cJSON *doc = cJSON_ParseWithLength(b->bytes.ptr, b->bytes.len);

    if (doc == NULL) {
        bench_die("cJSON: the order is no JSON");
    }

    cJSON_Delete(doc);
}


/* Events without effect; numbers as text, so that none is converted. */
static int
yes_event(void *ctx)
{
    ++*(uint64_t *) ctx;

    return 1;
}


static int
yes_bool(void *ctx, int value)
{
    (void) value;

    return yes_event(ctx);
}


static int
yes_text(void *ctx, const unsigned char *text, size_t len)
{
    (void) text;
    (void) len;

    return yes_event(ctx);
}


static int
yes_number(void *ctx, const char *text, size_t len)
{
    (void) text;
    (void) len;

    return yes_event(ctx);
}


static void
pass_yajl(bench_t *b)
{
    static const yajl_callbacks events = { .yajl_null = yes_event,
        .yajl_boolean = yes_bool,
        .yajl_number = yes_number,
        .yajl_string = yes_text,
        .yajl_start_map = yes_event,
        .yajl_map_key = yes_text,
        .yajl_end_map = yes_event,
        .yajl_start_array = yes_event,
        .yajl_end_array = yes_event };
    uint64_t seen = 0;
    yajl_handle y = yajl_alloc(&events, NULL, &seen);

    if (y == NULL
        || yajl_parse(y, (const unsigned char *) b->bytes.ptr, b->bytes.len)
               != yajl_status_ok
        || yajl_complete_parse(y) != yajl_status_ok || seen == 0)
    {
        bench_die("yajl: the order is no JSON");
    }

    yajl_free(y);
}


static const struct {
    const char *name;
    void (*pass)(bench_t *b);
} passes[] = {
    { "cjson", pass_cjson },
    { "yajl", pass_yajl },
    { "read", pass_read },
    { "whole", pass_whole },
    { "condition", pass_condition },
};


static void
prepare(bench_t *b, const char *schemas)
{
    xd_schemas_t *set;
    xd_cel_env_t env;
    xd_report_t rep;

    xd_report_init(&rep, b->arena, 10);
    if (xd_schemas_load(b->arena, schemas, &set, &rep) != XD_OK) {
        bench_die("%s: no schemas", schemas);
    }

    b->schema = xd_schema_find(set, XD_STR("sales-order"));
    if (b->schema == NULL
        || xd_cel_document_env(b->arena, b->schema, &env) != XD_OK
        || xd_cel_compile(b->arena, XD_STR(CONDITION), &env, &b->program, &rep)
               != XD_OK
        || xd_json_read(b->arena, b->bytes, NULL, &b->doc, &rep) != XD_OK)
    {
        bench_die("the condition cannot be compiled");
    }
}


int
main(int argc, char **argv)
{
    const char *what = "read", *schemas = "canonical-schemas", *file = NULL;
    uint64_t ms = 200, done = 0, from, spent;
    const bench_option_t options[] = {
        { "--what", &what, NULL },
        { "--schemas", &schemas, NULL },
        { "--file", &file, NULL },
        { "--ms", NULL, &ms },
        { NULL, NULL, NULL },
    };
    bench_t b = { .arena = xd_arena_new(0), .scratch = xd_arena_new(0) };
    size_t n = 0;

    bench_options(argc, argv, options);
    while (n < sizeof(passes) / sizeof(passes[0])
           && strcmp(passes[n].name, what) != 0)
    {
        n++;
    }

    if (n == sizeof(passes) / sizeof(passes[0]) || file == NULL) {
        bench_die("--what: cjson, yajl, read, whole or condition; and --file");
    }

    b.bytes = bench_file(b.arena, file);
    prepare(&b, schemas);

    from = bench_cpu();
    do {
        for (int i = 0; i < BATCH; i++) {
            passes[n].pass(&b);
        }
        done += BATCH;
        spent = bench_cpu() - from;
    } while (spent < ms * 1000000);

    printf("passes=%llu us=%.4f per_second=%.0f\n", (unsigned long long) done,
        (double) spent / 1e3 / (double) done,
        (double) done * 1e9 / (double) spent);
    xd_arena_free(b.scratch);
    xd_arena_free(b.arena);

    return 0;
}
