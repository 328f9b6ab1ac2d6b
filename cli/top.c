/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd top: queues with their depth and rates, from the broker's management;
 * and of each process that has a control socket its health, what it holds and
 * has not published, and its breakers.
 */

#include "control.h"

#include <dirent.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "format/json.h"
#include "topology.h"

#define CALL_MS   5000
#define NAME_MOST 64

typedef struct {
    xd_conf_t *conf;
    xd_arena_t *arena; /* of one view */
    topology_t api;
    bool json, all;
    xd_buf_t out;
    int answered; /* processes, and the broker */
} top_t;


/* -- text ------------------------------------------------------------------ */

static void
member(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, ",\"%s\":", name);
    xd_json_string(out, value.ptr != NULL ? value : XD_STR(""));
}


/* Padded, and clean for a terminal: names come from the broker. */
static void
cell(top_t *t, xd_str_t text, int width)
{
    xd_str_t shown = text.len > 0 ? text : XD_STR("-");

    for (size_t i = 0; i < shown.len; i++) {
        unsigned char c = (unsigned char) shown.ptr[i];

        xd_buf_byte(&t->out, c < 0x20 || c >= 0x7f ? '?' : (char) c);
    }

    xd_buf_fmt(&t->out, "%*s",
        shown.len < (size_t) width ? width - (int) shown.len : 1, "");
}


/* -- queues ---------------------------------------------------------------- */

static xd_str_t
rate(const xd_node_t *queue, const char *path)
{
    xd_str_t value = xd_text_at(queue, path);

    return value.len > 0 ? value : XD_STR("0");
}


static void
queue_row(top_t *t, const xd_node_t *q, bool first)
{
    static const struct {
        const char *name, *path;
    } numbers[] = {
        { "messages", "messages" },
        { "ready", "messages_ready" },
        { "unacked", "messages_unacknowledged" },
        { "consumers", "consumers" },
        { "in", "message_stats.publish_details.rate" },
        { "out", "message_stats.ack_details.rate" },
    };

    if (t->json) {
        xd_buf_text(&t->out, first ? "{\"queue\":" : ",{\"queue\":");
        xd_json_string(&t->out, xd_text(q, "name"));
    } else {
        cell(t, xd_text(q, "name"), 32);
    }

    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (t->json) {
            member(&t->out, numbers[i].name, rate(q, numbers[i].path));
        } else {
            cell(t, rate(q, numbers[i].path), 11);
        }
    }

    xd_buf_text(&t->out, t->json ? "}" : "\n");
}


/* Idle ones are many (a partition each), and say nothing. */
static bool
is_busy(const xd_node_t *q)
{
    static const char *const paths[] = { "messages",
        "message_stats.publish_details.rate",
        "message_stats.ack_details.rate" };

    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        xd_str_t value = rate(q, paths[i]);

        for (size_t k = 0; k < value.len; k++) {
            if (value.ptr[k] >= '1' && value.ptr[k] <= '9') {
                return true;
            }
        }
    }

    return false;
}


static void
queues(top_t *t)
{
    xd_buf_t answer = { 0 };
    xd_node_t *list = NULL;
    xd_report_t rep;
    bool first = true;
    int code = 0;

    xd_report_init(&rep, t->arena, 0);

    if (topology_call(&t->api, "GET",
            xd_fmt(t->arena, "queues/%.*s", XD_FMT(t->api.vhost)), XD_STR(""),
            &code, &answer)
            == CLI_GOOD
        && code == 200
        && xd_json_read(t->arena, xd_dup(t->arena, xd_buf_str(&answer)), NULL,
               &list, &rep)
               == XD_OK)
    {
        t->answered++;
    }

    xd_buf_free(&answer);

    xd_each (q, list) {
        if (xd_str_starts(xd_text(q, "name"), XD_STR("xd."))
            && (t->all || t->json || is_busy(q)))
        {
            queue_row(t, q, first);
            first = false;
        }
    }
}


/* -- processes ------------------------------------------------------------- */

/* The value of a series without labels. */
static xd_str_t
metric(xd_arena_t *arena, xd_str_t text, const char *name)
{
    xd_str_t wanted = xd_fmt(arena, "%s ", name);

    while (text.len > 0) {
        xd_str_t line = xd_str_cut(&text, '\n');

        if (xd_str_starts(line, wanted)) {
            return (xd_str_t){ line.ptr + wanted.len, line.len - wanted.len };
        }
    }

    return XD_STR("");
}


/* "erp wms": the label of each series whose value is not 0. */
static xd_str_t
open_breakers(xd_arena_t *arena, xd_str_t text)
{
    const xd_str_t family = XD_STR("xd_http_breaker_open{system=\"");
    xd_str_t found = XD_STR("");

    while (text.len > 0 && found.ptr != NULL) {
        xd_str_t line = xd_str_cut(&text, '\n'), name;

        if (xd_str_starts(line, family) && line.ptr[line.len - 1] != '0') {
            line.ptr += family.len;
            line.len -= family.len;
            name = xd_str_cut(&line, '"');
            found = xd_fmt(arena, "%.*s%s%.*s", XD_FMT(found),
                found.len > 0 ? " " : "", XD_FMT(name));
        }
    }

    return found;
}


static xd_str_t
asked(top_t *t, const char *daemon, const char *path)
{
    xd_buf_t answer = { 0 };
    int http = 0;
    int status = cli_control(t->conf, t->arena,
        &(cli_control_t){ .daemon = daemon,
            .method = "GET",
            .path = xd_str(path),
            .timeout_ms = CALL_MS },
        &http, &answer);
    xd_str_t text = status == CLI_GOOD && http == 200
                        ? xd_dup(t->arena, xd_buf_str(&answer))
                        : XD_STR_NONE;

    xd_buf_free(&answer);

    return text;
}


static void
process_row(top_t *t, const char *name, bool first)
{
    xd_str_t health = asked(t, name, "/health");
    xd_str_t metrics =
        health.ptr != NULL ? asked(t, name, "/metrics") : XD_STR_NONE;
    xd_node_t *doc = NULL;
    xd_report_t rep;

    xd_report_init(&rep, t->arena, 0);
    if (health.ptr != NULL
        && xd_json_read(t->arena, health, NULL, &doc, &rep) == XD_OK)
    {
        t->answered++;
    }

    const struct {
        const char *name;
        xd_str_t value;
        int width;
    } cells[] = {
        { "process", xd_str(name), 14 },
        { "broker",
            doc == NULL                                    ? XD_STR("no answer")
            : xd_truth(xd_get(doc, "broker"), "up", false) ? XD_STR("up")
                                                           : XD_STR("down"),
            11 },
        { "pressure", xd_text(doc, "pressure"), 10 },
        { "waiting", xd_text_at(doc, "held.waiting"), 9 },
        { "working", xd_text_at(doc, "held.working"), 9 },
        { "ward", xd_text_at(doc, "held.ward"), 7 },
        { "outbox", xd_text(doc, "outbox"), 9 },
        { "memory", metric(t->arena, metrics, "process_resident_memory_bytes"),
            13 },
        { "breakers", open_breakers(t->arena, metrics), 1 },
    };

    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
        if (!t->json) {
            cell(t, cells[i].value, cells[i].width);
        } else if (i == 0) {
            xd_buf_text(&t->out, first ? "{\"process\":" : ",{\"process\":");
            xd_json_string(&t->out, cells[i].value);
        } else {
            member(&t->out, cells[i].name, cells[i].value);
        }
    }

    xd_buf_text(&t->out, t->json ? "}" : "\n");
}


static int
is_socket(const struct dirent *e)
{
    size_t len = strlen(e->d_name);

    return len > 5 && len < NAME_MOST && strncmp(e->d_name, "xd-", 3) == 0
           && strcmp(e->d_name + len - 5, ".sock") == 0;
}


static void
processes(top_t *t)
{
    struct dirent **found = NULL;
    int n = scandir(xd_conf_path(t->conf, "run"), &found, is_socket, alphasort);

    for (int i = 0; i < n; i++) {
        char name[NAME_MOST];
        size_t len = strlen(found[i]->d_name) - 5;

        memcpy(name, found[i]->d_name, len);
        name[len] = '\0';
        process_row(t, name, i == 0);
        free(found[i]);
    }

    free(found);
}


/* -- the view -------------------------------------------------------------- */

static xd_rc_t
view(top_t *t)
{
    xd_buf_reset(&t->out);
    xd_arena_reset(t->arena);
    t->answered = 0;
    t->api = (topology_t){ .conf = t->conf, .arena = t->arena };

    if (topology_where(&t->api) != XD_OK) {
        return XD_E_CONF;
    }

    xd_buf_text(&t->out, t->json ? "{\"processes\":["
                                 : "process       broker     pressure  "
                                   "waiting  working  ward   outbox   "
                                   "memory       open breakers\n");
    processes(t);
    xd_buf_text(&t->out, t->json ? "],\"queues\":["
                                 : "\nqueue                           messages "
                                   "  ready      unacked    consumers  in/s   "
                                   "    out/s\n");
    queues(t);
    xd_buf_text(&t->out, t->json ? "]}\n" : "");

    return xd_buf_rc(&t->out);
}


static int
show(top_t *t, bool once)
{
    const struct timespec pause = { .tv_sec = 2 };

    for (;;) {
        xd_rc_t rc = view(t);

        if (rc != XD_OK) {
            return cli_fail("%s", xd_rc_text(rc));
        }
        if (t->answered == 0) {
            return cli_fail("neither a process nor the broker answers");
        }
        if (!once) {
            cli_write(stdout, "\033[H\033[2J");
        }
        if (!cli_print(xd_buf_str(&t->out)) || once) {
            return once ? CLI_GOOD : CLI_FAILED;
        }

        (void) fflush(stdout);
        (void) nanosleep(&pause, NULL);
    }
}


int
cli_top(int argc, char **argv)
{
    top_t t = { 0 };
    const char *path = NULL;
    bool once = false;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "once", NULL, &once },
        { "all", NULL, &t.all },
        { "json", NULL, &t.json },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 1) {
        return argc < 0 ? CLI_FAILED : cli_fail("top takes only options");
    }

    if (cli_conf(path, &t.conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    t.arena = xd_arena_new(0);
    status = t.arena != NULL
                 ? show(&t, once || t.json || !isatty(STDOUT_FILENO))
                 : cli_fail("%s", xd_rc_text(XD_E_MEMORY));

    xd_buf_free(&t.out);
    xd_arena_free(t.arena);
    xd_conf_free(t.conf);

    return status;
}
