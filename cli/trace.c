/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd trace: the way of a document, as xd-insight's journal tells it.
 *
 * The control socket is the only way in: who may use it may see everything,
 * and nobody reads xd-insight's database beside it.  What other systems wrote
 * into a document is cleaned before a terminal sees it.
 */

#include "control.h"

#include "format/json.h"


/* The answer as it came; how it is shown is the caller's matter. */
static int
ask(const xd_conf_t *conf, xd_arena_t *arena, const char *key, xd_buf_t *answer)
{
    xd_buf_t path = { 0 };

    xd_buf_text(&path, "/trace?key=");
    cli_encode(&path, key);
    return cli_get(conf, arena, "xd-insight", &path, answer);
}


/* What a step says beyond its document and event. */
static void
print_detail(const xd_node_t *body)
{
    static const char *const members[] = { "system", "foreignId", "kind",
        "status", "code", "text", "reason" };

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        xd_str_t text = xd_text(body, members[i]);

        if (text.len > 0) {
            printf("  %s=", members[i]);
            cli_text(stdout, text);
        }
    }
}


/* One line that can be read, and below it what can be searched for. */
static void
print_step(const xd_node_t *step)
{
    static const char *const ids[] = { "id", "cause", "traceparent" };

    printf("  ");
    cli_text(stdout, xd_text(step, "at"));
    printf("  ");
    cli_text(stdout, xd_text(step, "document"));
    printf(".");
    cli_text(stdout, xd_text(step, "event"));
    printf("  ");
    cli_text(stdout, xd_text(step, "number"));
    print_detail(xd_get(step, "body"));

    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        xd_str_t text = xd_text(step, ids[i]);

        if (text.len > 0) {
            printf("\n      %s ", ids[i]);
            cli_text(stdout, text);
        }
    }

    printf("\n");
}


/* What is still to come stands last, as it would happen. */
static void
print_way(const xd_node_t *way)
{
    printf("message ");
    cli_text(stdout, xd_text(way, "id"));
    printf("  ");
    cli_text(stdout, xd_text(way, "state"));
    printf("\n");

    xd_each (step, xd_get(way, "steps")) {
        print_step(step);
    }

    xd_each (row, xd_get(way, "pending")) {
        printf("  pending: ");
        cli_text(stdout, xd_text(row, "system"));
        printf(" has not answered for ");
        cli_text(stdout, xd_text(row, "docRef"));
        printf("\n");
    }
}


/* Nothing known is a finding, not a failure: a script asks that way whether
 * a document has come yet. */
static int
print_ways(xd_arena_t *arena, const char *key, xd_str_t answer)
{
    xd_report_t rep;
    xd_node_t *doc;

    xd_report_init(&rep, arena, 0);

    if (xd_json_read(arena, answer, NULL, &doc, &rep) != XD_OK) {
        return cli_fail("xd-insight's answer is no JSON");
    }

    xd_each (way, xd_get(doc, "ways")) {
        print_way(way);
    }

    if (xd_nth(xd_get(doc, "ways"), 0) == NULL) {
        (void) cli_fail("nothing is known of %s", key);
        return CLI_FINDINGS;
    }

    return CLI_GOOD;
}


int
cli_trace(int argc, char **argv)
{
    const char *path = NULL;
    bool json = false;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "json", NULL, &json },
        { NULL, NULL, NULL },
    };
    xd_buf_t answer = { 0 };
    xd_arena_t *arena;
    xd_conf_t *conf;
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 2) {
        return argc < 0 ? CLI_FAILED
                        : cli_fail("trace: name a number, key or id");
    }

    if (cli_conf(path, &conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    arena = xd_arena_new(0);
    status = arena != NULL ? ask(conf, arena, argv[1], &answer)
                           : cli_fail("%s", xd_rc_text(XD_E_MEMORY));

    if (status == CLI_GOOD) {
        status = json ? (cli_print(xd_buf_str(&answer)) ? CLI_GOOD : CLI_FAILED)
                      : print_ways(arena, argv[1], xd_buf_str(&answer));
    }

    xd_buf_free(&answer);
    xd_arena_free(arena);
    xd_conf_free(conf);

    return status;
}
