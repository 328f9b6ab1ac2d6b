/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd totals: what was accepted, published, delivered and confirmed, and what
 * is missing, as xd-insight counts it.
 */

#include "control.h"

#include "format/json.h"


static const char *const stages[] = { "accepted", "published", "delivered",
    "confirmed", "discarded" };

#define STAGES (sizeof(stages) / sizeof(stages[0]))

/* What narrows the answer: members of the query as they stand. */
static const char *const filter_names[] = { "from", "to", "document", "partner",
    "destination" };

#define FILTERS (sizeof(filter_names) / sizeof(filter_names[0]))

typedef struct {
    const char *filter[FILTERS]; /* values of filter_names; or NULL */
    bool json, keys;
} totals_t;


static int
ask(const totals_t *t, const xd_conf_t *conf, xd_arena_t *arena,
    xd_buf_t *answer)
{
    xd_buf_t path = { 0 };

    xd_buf_text(&path, "/totals?");

    for (size_t i = 0; i < FILTERS; i++) {
        if (t->filter[i] != NULL) {
            xd_buf_fmt(&path, "%s=", filter_names[i]);
            cli_encode(&path, t->filter[i]);
            xd_buf_byte(&path, '&');
        }
    }

    return cli_get(conf, arena, "xd-insight", &path, answer);
}


/* -- a table --------------------------------------------------------------- */

static void
cell(xd_str_t text, int width)
{
    xd_str_t shown = text.len > 0 ? text : XD_STR("-");

    cli_text(stdout, shown);
    cli_write(stdout, "%*s",
        shown.len < (size_t) width ? width - (int) shown.len : 1, "");
}


static xd_str_t
of_stage(const xd_node_t *row, const char *stage, const char *member)
{
    return xd_text(xd_get(row, stage), member);
}


/* Towards a destination: what is confirmed, of what was sent. */
static void
print_sums(const xd_node_t *row)
{
    bool sent = xd_get(row, "published") != NULL;
    const char *all = sent ? "published" : "accepted";
    xd_str_t ccy = xd_text(row, "ccy");
    xd_str_t amount = of_stage(row, all, "amount");
    xd_str_t quantity = of_stage(row, all, "quantity");

    if (xd_text(row, "destination").len > 0) {
        xd_str_t done = of_stage(row, "confirmed", "amount");
        xd_str_t units = of_stage(row, "confirmed", "quantity");

        cli_write(stdout, "%.*s of ",
            XD_FMT(ccy.len > 0 ? (done.len > 0 ? done : XD_STR("0"))
                               : (units.len > 0 ? units : XD_STR("0"))));
    }

    if (ccy.len > 0) {
        cli_write(stdout, "%.*s %.*s  ", XD_FMT(amount), XD_FMT(ccy));
    }
    cli_write(stdout, "(%.*s)\n", XD_FMT(quantity));
}


static void
print_row(const xd_node_t *row)
{
    xd_str_t hour = xd_text(row, "hour");

    hour.len = hour.len > 19 ? 19 : hour.len;
    cell(hour, 21);
    cell(xd_text(row, "document"), 16);
    cell(xd_text(row, "partner"), 14);
    cell(xd_text(row, "destination"), 13);

    for (size_t i = 0; i < STAGES; i++) {
        cell(of_stage(row, stages[i], "count"), 11);
    }

    print_sums(row);
}


static void
print_rows(const xd_node_t *rows)
{
    static const struct {
        const char *name;
        int width;
    } heads[] = { { "period from", 21 }, { "document", 16 }, { "partner", 14 },
        { "destination", 13 }, { "accepted", 11 }, { "published", 11 },
        { "delivered", 11 }, { "confirmed", 11 }, { "discarded", 11 } };

    if (xd_nth(rows, 0) == NULL) {
        cli_write(stdout, "nothing was counted in that time\n");
        return;
    }

    for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
        cell(xd_str(heads[i].name), heads[i].width);
    }
    cli_write(stdout, "amount (quantity)\n");

    xd_each (row, rows) {
        print_row(row);
    }
}


/* -- differences ----------------------------------------------------------- */

static void
print_difference(const xd_node_t *d, bool keys)
{
    cli_write(stdout, "\n");
    cli_text(stdout, xd_text(d, "code"));
    cli_write(stdout, "  since ");
    cli_text(stdout, xd_text(d, "opened"));
    cli_write(stdout, "  exception ");
    cli_text(stdout, xd_text(d, "exception"));
    cli_write(stdout, "\n  ");
    cli_text(stdout, xd_text(d, "text"));
    cli_write(stdout, "\n");

    xd_each (key, keys ? xd_get(d, "keys") : NULL) {
        cli_write(stdout, "    ");
        cli_text(stdout, xd_text(key, "key"));
        cli_write(stdout, "  %.*s\n", XD_FMT(xd_text(key, "state")));
    }
}


static int
print_all(const totals_t *t, const xd_node_t *doc)
{
    const xd_node_t *differences = xd_get(doc, "differences");

    print_rows(xd_get(doc, "rows"));

    if (xd_truth(doc, "truncated", false)) {
        cli_write(stdout, "and more: narrow the question\n");
    }

    xd_each (d, differences) {
        print_difference(d, t->keys);
    }

    return xd_nth(differences, 0) != NULL ? CLI_FINDINGS : CLI_GOOD;
}


static int
show(const totals_t *t, xd_arena_t *arena, xd_str_t answer)
{
    xd_report_t rep;
    xd_node_t *doc;
    int status;

    xd_report_init(&rep, arena, 0);

    if (xd_json_read(arena, answer, NULL, &doc, &rep) != XD_OK) {
        return cli_fail("xd-insight's answer is no JSON");
    }

    if (!t->json) {
        return print_all(t, doc);
    }

    status =
        xd_nth(xd_get(doc, "differences"), 0) != NULL ? CLI_FINDINGS : CLI_GOOD;

    return cli_print(answer) ? status : CLI_FAILED;
}


int
cli_totals(int argc, char **argv)
{
    totals_t t = { 0 };
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { "json", NULL, &t.json },
        { "keys", NULL, &t.keys },
        { "from", &t.filter[0], NULL },
        { "to", &t.filter[1], NULL },
        { "document", &t.filter[2], NULL },
        { "partner", &t.filter[3], NULL },
        { "destination", &t.filter[4], NULL },
        { NULL, NULL, NULL },
    };
    xd_buf_t answer = { 0 };
    xd_arena_t *arena;
    xd_conf_t *conf;
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 1) {
        return argc < 0 ? CLI_FAILED : cli_fail("totals takes only options");
    }

    if (cli_conf(path, &conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    arena = xd_arena_new(0);
    status = arena != NULL ? ask(&t, conf, arena, &answer)
                           : cli_fail("%s", xd_rc_text(XD_E_MEMORY));

    if (status == CLI_GOOD) {
        status = show(&t, arena, xd_buf_str(&answer));
    }

    xd_buf_free(&answer);
    xd_arena_free(arena);
    xd_conf_free(conf);

    return status;
}
