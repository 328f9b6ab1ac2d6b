/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BENCH_H
#define XD_BENCH_H

/*
 * What the programs of this folder share.  Each is one source file, so this
 * is a header of inline functions: options from a table, how a fault ends a
 * run, clocks.  A measure that has gone wrong prints no figures: it ends
 * with 2.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"

/* One option; exactly one of text and number is set. */
typedef struct {
    const char *name; /* as "--count" */
    const char **text;
    uint64_t *number;
} bench_option_t;

/* What both producers are told, so that they do the same work. */
typedef struct {
    const char *host, *vhost, *user, *password_file;
    const char *exchange, *key, *body_file;
    uint64_t port, count, window;
    xd_str_t password, body;
} bench_publish_t;


static inline void XD_PRINTF(1, 2) __attribute__((noreturn))
bench_die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(2);
}


static inline void
bench_set(const bench_option_t *o, const char *name, const char *value)
{
    while (o->name != NULL && strcmp(o->name, name) != 0) {
        o++;
    }

    if (o->name == NULL) {
        bench_die("no option %s", name);
    }

    if (o->text != NULL) {
        *o->text = value;
    } else if (!xd_str_uint(xd_str(value), UINT32_MAX, o->number)) {
        bench_die("%s: a number, not \"%s\"", name, value);
    }
}


static inline void
bench_options(int argc, char **argv, const bench_option_t *options)
{
    for (int i = 1; i < argc; i += 2) {
        if (i + 1 == argc) {
            bench_die("%s: no value", argv[i]);
        }
        bench_set(options, argv[i], argv[i + 1]);
    }
}


static inline xd_str_t
bench_file(xd_arena_t *arena, const char *path)
{
    xd_str_t bytes = XD_STR_NONE;

    if (path != NULL && xd_file_read(arena, path, 0, &bytes) != XD_OK) {
        bench_die("%s: cannot be read", path);
    }

    return bytes;
}


/* Nanoseconds of a clock that never jumps. */
static inline uint64_t
bench_now(void)
{
    struct timespec ts;

    (void) clock_gettime(CLOCK_MONOTONIC, &ts);

    return (uint64_t) ts.tv_sec * 1000000000 + (uint64_t) ts.tv_nsec;
}


/* Nanoseconds of CPU that this process has used. */
static inline uint64_t
bench_cpu(void)
{
    struct timespec ts;

    (void) clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);

    return (uint64_t) ts.tv_sec * 1000000000 + (uint64_t) ts.tv_nsec;
}


static inline void
bench_publish_options(xd_arena_t *arena, int argc, char **argv,
    bench_publish_t *p)
{
    const bench_option_t options[] = {
        { "--host", &p->host, NULL },
        { "--port", NULL, &p->port },
        { "--vhost", &p->vhost, NULL },
        { "--user", &p->user, NULL },
        { "--password-file", &p->password_file, NULL },
        { "--exchange", &p->exchange, NULL },
        { "--key", &p->key, NULL },
        { "--body", &p->body_file, NULL },
        { "--count", NULL, &p->count },
        { "--window", NULL, &p->window },
        { NULL, NULL, NULL },
    };

    *p = (bench_publish_t){ .host = "127.0.0.1",
        .port = 5672,
        .vhost = "/",
        .user = "guest",
        .count = 10000,
        .window = 256 };
    bench_options(argc, argv, options);

    if (p->exchange == NULL || p->key == NULL || p->body_file == NULL
        || p->password_file == NULL || p->window == 0)
    {
        bench_die("--exchange, --key, --body, --password-file are needed, and "
                  "a --window");
    }

    p->body = bench_file(arena, p->body_file);
    p->password = xd_str_trim(bench_file(arena, p->password_file));
}


/* The one line that the drivers read. */
static inline void
bench_publish_result(uint64_t count, uint64_t ns, uint64_t cpu)
{
    printf("messages=%llu seconds=%.3f per_second=%.0f cpu_us=%.3f\n",
        (unsigned long long) count, (double) ns / 1e9,
        (double) count * 1e9 / (double) ns,
        (double) cpu / 1e3 / (double) count);
}


/* A GS1 number: its digits with the check digit behind them. */
static inline unsigned long long
bench_gs1(uint64_t digits)
{
    uint64_t sum = 0, weight = 3;

    for (uint64_t rest = digits; rest > 0; rest /= 10) {
        sum += rest % 10 * weight;
        weight = 4 - weight;
    }

    return digits * 10 + (10 - sum % 10) % 10;
}

#endif
