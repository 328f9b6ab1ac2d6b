/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd hospital: the cases that need a person, asked of xd-hospital over its
 * control socket.  Who may use the socket may decide; in whose name is the
 * socket's to say.
 */

#include "control.h"

#include "base/base64.h"
#include "format/json.h"

#define CALL_MS 30000

/* What narrows a list, and with --all a job. */
static const char *const filter_names[] = { "process", "queue", "key", "code" };

#define FILTERS (sizeof(filter_names) / sizeof(filter_names[0]))

typedef struct {
    xd_arena_t *arena;
    xd_conf_t *conf;
    const char *state;
    const char *filter[FILTERS]; /* values of filter_names; or NULL */
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
    const cli_control_t ask = { .daemon = "xd-hospital",
        .method = method,
        .path = path,
        .body = body,
        .timeout_ms = CALL_MS };
    xd_node_t *doc = NULL;
    xd_report_t rep;
    int http = 0;

    if (cli_control(h->conf, h->arena, &ask, &http, &h->answer) != CLI_GOOD) {
        return CLI_FAILED;
    }

    xd_report_init(&rep, h->arena, 0);
    if (xd_json_read(h->arena, xd_buf_str(&h->answer), NULL, &doc, &rep)
        != XD_OK) {
        return cli_fail("xd-hospital's answer is no JSON");
    }

    h->doc = doc;

    return http < 300 ? CLI_GOOD : refused(h, http);
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


/* For the query: all is no state of a case, but of none in particular.  NULL
 * after it was told that there is no such state. */
static const char *
state_asked(const hospital_t *h)
{
    static const char *const states[] = { "open", "released", "mended",
        "discarded" };

    if (h->state == NULL || strcmp(h->state, "all") == 0) {
        return h->state == NULL ? "open" : "";
    }

    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
        if (strcmp(h->state, states[i]) == 0) {
            return states[i];
        }
    }

    (void) cli_fail("hospital list: --state takes open, released, mended, "
                    "discarded or all");

    return NULL;
}


static bool
is_narrowed(const hospital_t *h)
{
    for (size_t i = 0; i < FILTERS; i++) {
        if (h->filter[i] != NULL) {
            return true;
        }
    }

    return false;
}


static int
run_list(hospital_t *h, int argc, char **argv)
{
    const char *state = state_asked(h);
    xd_buf_t path = { 0 };
    int status;

    (void) argc;
    (void) argv;

    if (state == NULL) {
        return CLI_FAILED;
    }

    xd_buf_text(&path, "/cases?state=");
    cli_encode(&path, state);

    for (size_t i = 0; i < FILTERS; i++) {
        if (h->filter[i] != NULL) {
            xd_buf_fmt(&path, "&%s=", filter_names[i]);
            cli_encode(&path, h->filter[i]);
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

    if (xd_nth(xd_get(h->doc, "cases"), 0) == NULL) {
        cli_write(stderr, "no case%s%s%s\n", *state != '\0' ? " is " : "",
            state, is_narrowed(h) ? ", of those asked for" : "");
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


/* A list of a case, an entry a line. */
static void
print_entries(const char *title, const xd_node_t *list,
    const char *const members[])
{
    cli_write(stdout, "\n%s\n", title);

    xd_each (entry, list) {
        for (size_t i = 0; members[i] != NULL; i++) {
            cli_write(stdout, "  ");
            cli_text(stdout, xd_text(entry, members[i]));
        }

        cli_write(stdout, "\n");
    }
}


static void
print_case(const xd_node_t *c)
{
    static const char *const members[] = { "case", "state", "process", "queue",
        "key", "messageId", "code", "text", "opened", "due", "owner", "archive",
        "config", "wanted", "wantedBy", "wantedWhy" };
    static const char *const reason[] = { "at", "code", "text", NULL };
    static const char *const note[] = { "at", "who", "action", "why", NULL };

    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        print_member(members[i], xd_text(c, members[i]));
    }

    print_entries("reasons", xd_get(c, "reasons"), reason);
    print_entries("notes", xd_get(c, "notes"), note);
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
    xd_buf_t body = { 0 };
    const char *comma = "";
    int status;

    xd_buf_fmt(&body, "{\"do\":\"%s\",\"why\":", action);
    xd_json_string(&body, h->why != NULL ? xd_str(h->why) : XD_STR(""));
    xd_buf_text(&body, ",\"filter\":{");

    for (size_t i = 0; i < FILTERS; i++) {
        if (h->filter[i] != NULL) {
            xd_buf_fmt(&body, "%s\"%s\":", comma, filter_names[i]);
            xd_json_string(&body, xd_str(h->filter[i]));
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

    return cli_fail("hospital: there is no \"%s\" (--help tells what there is)",
        argv[0]);
}


int
cli_hospital(int argc, char **argv)
{
    hospital_t h = { 0 };
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "state", &h.state, NULL },
        { filter_names[0], &h.filter[0], NULL },
        { filter_names[1], &h.filter[1], NULL },
        { filter_names[2], &h.filter[2], NULL },
        { filter_names[3], &h.filter[3], NULL },
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
                        : cli_fail("hospital: say list, show, release, "
                                   "discard, mend, assign, note, approve, "
                                   "refuse or job");
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
