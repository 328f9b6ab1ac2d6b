/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd hospital: the cases that need a person, asked of xd-hospital over its
 * control socket.  Who may use the socket may decide; in whose name is the
 * socket's to say.
 */

#include "cli.h"

#include "base/base64.h"
#include "format/json.h"
#include "web/client.h"

#define CALL_MS     30000
#define ANSWER_MOST ((size_t) 64 << 20)

typedef struct {
    xd_arena_t *arena;
    xd_conf_t *conf;
    const char *state, *process, *queue, *key, *code; /* filter */
    const char *why;
    bool json, body, mended, all;
    xd_buf_t answer;
    const xd_node_t *doc; /* of it */
} hospital_t;

typedef struct {
    const char *name;
    int words; /* behind it, at least */
    int (*run)(hospital_t *h, int argc, char **argv);
    const char *usage;
} verb_t;


/* -- asking ---------------------------------------------------------------- */

/* What the problem says, or that it is none. */
static int
refused(hospital_t *h, int status)
{
    xd_str_t detail = xd_text(h->doc, "detail");

    (void) cli_fail("%.*s", XD_FMT(detail.len > 0 ? detail
                                                  : xd_fmt(h->arena,
                                                      "xd-hospital "
                                                      "answered %d",
                                                      status)));

    return status >= 500 ? CLI_FAILED : CLI_FINDINGS;
}


/* Leaves the answer in h->answer, and as a tree in h->doc. */
static int
call(hospital_t *h, const char *method, xd_str_t path, xd_str_t body)
{
    xd_str_t socket =
        xd_fmt(h->arena, "%s/xd-hospital.sock", xd_conf_path(h->conf, "run"));
    const xd_web_request_t request = { .method = method,
        .url = xd_fmt(h->arena, "http://localhost%.*s", XD_FMT(path)),
        .unix_socket = socket.ptr,
        .body = body,
        .timeout_ms = CALL_MS,
        .connect_ms = CALL_MS,
        .answer_max = ANSWER_MOST };
    xd_node_t *doc = NULL;
    xd_report_t rep;
    int status = 0;

    if (request.url.ptr == NULL || socket.ptr == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    xd_buf_reset(&h->answer);

    if (xd_web_call(&request, &status, &h->answer) != XD_OK) {
        return cli_fail("xd-hospital does not answer at %.*s: is it running, "
                        "and may you use its socket?",
            XD_FMT(socket));
    }

    xd_report_init(&rep, h->arena, 0);
    if (xd_json_read(h->arena, xd_buf_str(&h->answer), NULL, &doc, &rep)
        != XD_OK) {
        return cli_fail("xd-hospital's answer is no JSON");
    }

    h->doc = doc;

    return status < 300 ? CLI_GOOD : refused(h, status);
}


static void
print_member(const char *label, xd_str_t text)
{
    if (text.len > 0) {
        cli_write(stdout, "%-10s ", label);
        cli_text(stdout, text);
        cli_write(stdout, "\n");
    }
}


/* -- list and show --------------------------------------------------------- */

static void
print_row(const xd_node_t *c)
{
    static const char *const members[] = { "case", "state", "process", "key",
        "opened", "owner", "text" };

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        cli_write(stdout, i > 0 ? "  " : "");
        cli_text(stdout, xd_text(c, members[i]).len > 0 ? xd_text(c, members[i])
                                                        : XD_STR("-"));
    }

    cli_write(stdout,
        xd_get(c, "wanted") != NULL ? "  (waits for approval)\n" : "\n");
}


static int
run_list(hospital_t *h, int argc, char **argv)
{
    const struct {
        const char *name, *value;
    } filter[] = {
        { "state", h->state != NULL ? h->state : "open" },
        { "process", h->process },
        { "queue", h->queue },
        { "key", h->key },
        { "code", h->code },
    };
    xd_buf_t path = { 0 };
    int status;

    (void) argc;
    (void) argv;
    xd_buf_text(&path, "/cases?");

    for (size_t i = 0; i < sizeof(filter) / sizeof(filter[0]); i++) {
        if (filter[i].value != NULL) {
            xd_buf_fmt(&path, "&%s=", filter[i].name);
            cli_encode(&path, filter[i].value);
        }
    }

    status = call(h, "GET", xd_buf_str(&path), XD_STR(""));
    xd_buf_free(&path);

    if (status != CLI_GOOD || h->json) {
        return status == CLI_GOOD && !cli_print(xd_buf_str(&h->answer))
                   ? CLI_FAILED
                   : status;
    }

    xd_each (c, xd_get(h->doc, "cases")) {
        print_row(c);
    }

    if (xd_truth(h->doc, "more", false)) {
        cli_write(stderr, "there are more: narrow the list\n");
    }

    return CLI_GOOD;
}


/* The message's bytes, or those that mend it, and nothing else. */
static int
print_bytes(hospital_t *h, const char *member)
{
    xd_str_t name = xd_fmt(h->arena, "%sEncoding", member);
    xd_str_t bytes = xd_text(h->doc, member);

    if (xd_get(h->doc, member) == NULL) {
        (void) cli_fail("the case was not mended");
        return CLI_FINDINGS;
    }

    if (xd_get_str(h->doc, name) != NULL
        && xd_base64_read(h->arena, bytes, XD_BASE64, &bytes) != XD_OK)
    {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    return cli_print(bytes) ? CLI_GOOD : CLI_FAILED;
}


static void
print_case(const xd_node_t *c)
{
    static const char *const members[] = { "case", "state", "process", "queue",
        "key", "messageId", "code", "text", "opened", "due", "owner", "archive",
        "config", "wanted", "wantedBy", "wantedWhy" };

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        print_member(members[i], xd_text(c, members[i]));
    }

    cli_write(stdout, "\nreasons\n");
    xd_each (reason, xd_get(c, "reasons")) {
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(reason, "at"));
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(reason, "code"));
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(reason, "text"));
        cli_write(stdout, "\n");
    }

    cli_write(stdout, "\nnotes\n");
    xd_each (note, xd_get(c, "notes")) {
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(note, "at"));
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(note, "who"));
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(note, "action"));
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(note, "why"));
        cli_write(stdout, "\n");
    }
}


static xd_str_t
case_path(hospital_t *h, const char *id, const char *action)
{
    xd_buf_t path = { 0 };
    xd_str_t text;

    xd_buf_text(&path, "/cases/");
    cli_encode(&path, id);
    xd_buf_fmt(&path, "%s%s", action != NULL ? "/" : "",
        action != NULL ? action : "");
    text = xd_buf_rc(&path) == XD_OK ? xd_dup(h->arena, xd_buf_str(&path))
                                     : XD_STR_NONE;
    xd_buf_free(&path);

    return text;
}


static int
run_show(hospital_t *h, int argc, char **argv)
{
    int status = call(h, "GET", case_path(h, argv[1], NULL), XD_STR(""));

    (void) argc;

    if (status != CLI_GOOD) {
        return status;
    }

    if (h->body || h->mended) {
        return print_bytes(h, h->body ? "body" : "mended");
    }

    if (h->json) {
        return cli_print(xd_buf_str(&h->answer)) ? CLI_GOOD : CLI_FAILED;
    }

    print_case(h->doc);

    return CLI_GOOD;
}


/* -- deciding -------------------------------------------------------------- */

/* The order as JSON: why, and whatever members come along. */
static int
order(hospital_t *h, const char *id, const char *action, const char *member,
    xd_str_t value)
{
    xd_buf_t body = { 0 };
    int status;

    xd_buf_text(&body, "{\"why\":");
    xd_json_string(&body, h->why != NULL ? xd_str(h->why) : XD_STR(""));

    if (member != NULL) {
        xd_buf_fmt(&body, ",\"%s\":", member);
        xd_json_string(&body, value);
    }

    xd_buf_byte(&body, '}');

    status = xd_buf_rc(&body) == XD_OK
                 ? call(h, "POST", case_path(h, id, action), xd_buf_str(&body))
                 : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    xd_buf_free(&body);

    if (status == CLI_GOOD) {
        bool waits = xd_get(h->doc, "wanted") != NULL;

        cli_write(stdout, "%s: ", id);
        cli_text(stdout, xd_text(h->doc, "state"));
        cli_write(stdout, waits ? ", waits for a second person\n" : "\n");
    }

    return status;
}


/* Many by a filter: a job, whose results `xd hospital job` shows. */
static int
run_job_of(hospital_t *h, const char *action)
{
    const struct {
        const char *name, *value;
    } filter[] = {
        { "process", h->process },
        { "queue", h->queue },
        { "key", h->key },
        { "code", h->code },
    };
    xd_buf_t body = { 0 };
    const char *comma = "";
    int status;

    xd_buf_fmt(&body, "{\"do\":\"%s\",\"why\":", action);
    xd_json_string(&body, h->why != NULL ? xd_str(h->why) : XD_STR(""));
    xd_buf_text(&body, ",\"filter\":{");

    for (size_t i = 0; i < sizeof(filter) / sizeof(filter[0]); i++) {
        if (filter[i].value != NULL) {
            xd_buf_fmt(&body, "%s\"%s\":", comma, filter[i].name);
            xd_json_string(&body, xd_str(filter[i].value));
            comma = ",";
        }
    }

    xd_buf_text(&body, "}}");
    status = call(h, "POST", XD_STR("/jobs"), xd_buf_str(&body));
    xd_buf_free(&body);

    if (status == CLI_GOOD) {
        cli_write(stdout, "job %.*s: %zu cases\n",
            XD_FMT(xd_text(h->doc, "id")),
            (size_t) xd_get(h->doc, "items")->count);
    }

    return status;
}


static int
run_many(hospital_t *h, int argc, char **argv)
{
    int status = CLI_GOOD;

    if (h->all) {
        return run_job_of(h, argv[0]);
    }

    if (argc < 2) {
        return cli_fail("hospital %s: name cases, or --all with a filter",
            argv[0]);
    }

    for (int i = 1; i < argc; i++) {
        int one = order(h, argv[i], argv[0], NULL, XD_STR_NONE);

        status = one > status ? one : status;
    }

    return status;
}


static int
run_mend(hospital_t *h, int argc, char **argv)
{
    xd_buf_t text = { 0 };
    xd_file_t file;
    int status = cli_open(argv[2], &file);

    (void) argc;

    if (status != CLI_GOOD) {
        return status;
    }

    xd_base64_write(&text, file.bytes, XD_BASE64);
    xd_file_unmap(&file);
    status = xd_buf_rc(&text) == XD_OK
                 ? order(h, argv[1], argv[0], "body", xd_buf_str(&text))
                 : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    xd_buf_free(&text);

    return status;
}


static int
run_assign(hospital_t *h, int argc, char **argv)
{
    (void) argc;

    return order(h, argv[1], argv[0], "owner", xd_str(argv[2]));
}


static int
run_job(hospital_t *h, int argc, char **argv)
{
    int status =
        call(h, "GET", xd_fmt(h->arena, "/jobs/%s", argv[1]), XD_STR(""));

    (void) argc;

    if (status != CLI_GOOD || h->json) {
        return status == CLI_GOOD && !cli_print(xd_buf_str(&h->answer))
                   ? CLI_FAILED
                   : status;
    }

    xd_each (item, xd_get(h->doc, "items")) {
        cli_text(stdout, xd_text(item, "case"));
        cli_write(stdout, "  ");
        cli_text(stdout, xd_text(item, "result").len > 0
                             ? xd_text(item, "result")
                             : XD_STR("waits"));
        cli_write(stdout, "\n");
    }

    return CLI_GOOD;
}


static const verb_t verbs[] = {
    { "list", 0, run_list, "list" },
    { "show", 1, run_show, "show CASE" },
    { "release", 0, run_many, "release CASE... | --all" },
    { "discard", 0, run_many, "discard CASE... | --all" },
    { "mend", 2, run_mend, "mend CASE FILE" },
    { "assign", 2, run_assign, "assign CASE OWNER" },
    { "note", 1, run_many, "note CASE" },
    { "approve", 1, run_many, "approve CASE" },
    { "refuse", 1, run_many, "refuse CASE" },
    { "job", 1, run_job, "job ID" },
};


static int
run_verb(hospital_t *h, int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(verbs[i].name, argv[0]) != 0) {
            continue;
        }

        return argc > verbs[i].words
                   ? verbs[i].run(h, argc, argv)
                   : cli_fail("usage: xd hospital %s", verbs[i].usage);
    }

    return cli_fail("hospital: there is no \"%s\"", argv[0]);
}


int
cli_hospital(int argc, char **argv)
{
    hospital_t h = { 0 };
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "state", &h.state, NULL },
        { "process", &h.process, NULL },
        { "queue", &h.queue, NULL },
        { "key", &h.key, NULL },
        { "code", &h.code, NULL },
        { "why", &h.why, NULL },
        { "json", NULL, &h.json },
        { "body", NULL, &h.body },
        { "mended", NULL, &h.mended },
        { "all", NULL, &h.all },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED
                        : cli_fail("hospital: list, show, release, discard, "
                                   "mend, assign, note, approve, refuse or "
                                   "job");
    }

    if (cli_conf(path, &h.conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    h.arena = xd_arena_new(0);
    status = h.arena != NULL ? run_verb(&h, argc - 1, argv + 1)
                             : cli_fail("%s", xd_rc_text(XD_E_MEMORY));

    xd_buf_free(&h.answer);
    xd_arena_free(h.arena);
    xd_conf_free(h.conf);

    return status;
}
