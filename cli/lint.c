/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd lint: grades files; findings are printed as they are made.
 *
 * Nothing is kept but the counts and the interchanges' verdicts, so memory
 * does not grow with what is wrong.  Each file has an arena of its own.  It
 * never aborts: a file that cannot be read is told and passed over, and the
 * summary comes in any case, for a script knows by it that all was said.
 */

#include "guides.h"

#include <inttypes.h>

#include "edi/grade.h"
#include "format/json.h"


/* One run over all files. */
typedef struct {
    bool json;
    const char *file;      /* at hand */
    const xd_file_t *map;  /* of it */
    xd_buf_t interchanges; /* JSON, joined by commas */
    size_t count[XD_SEVERITIES];
    xd_guides_t guides;
    xd_guide_use_t *use; /* of each check, with --coverage */
    bool one_guide;      /* --guide: the files are meant to be for it */
} lint_t;


static void
told(void *ctx, const xd_finding_t *f)
{
    lint_t *l = ctx;

    if (l->json) {
        cli_finding_json(l->file, f);
    } else {
        cli_finding(stdout, l->file, f);
    }
}


/* For the summary: the findings say what is wrong, this who sent it and what
 * the acknowledgement will say. */
static void
note_interchange(lint_t *l, const xd_edi_interchange_t *ic)
{
    xd_buf_t *out = &l->interchanges;

    xd_buf_text(out, out->len > 0 ? ",{\"control\":" : "{\"control\":");
    xd_json_string(out, ic->control);
    xd_buf_text(out, ",\"sender\":");
    xd_json_string(out, ic->sender);
    xd_buf_text(out, ",\"receiver\":");
    xd_json_string(out, ic->receiver);
    xd_buf_fmt(out, ",\"verdict\":\"%c\"}", ic->verdict);
}


static void
print_interchange(const lint_t *l, const xd_edi_interchange_t *ic)
{
    printf("%s: interchange ", l->file);
    cli_text(stdout, ic->control);
    printf(" from ");
    cli_text(stdout, ic->sender_qualifier);
    printf(":");
    cli_text(stdout, ic->sender);
    printf(": envelope %c, %u of %u sets accepted\n", ic->verdict, ic->accepted,
        ic->received);
}


/* A file may be larger than the memory. */
static void
passed(void *ctx, size_t offset)
{
    const lint_t *l = ctx;

    xd_file_passed(l->map, offset);
}


/* Else a file would seem good by a guide that nothing was held against. */
static void
note_guided(const lint_t *l, const xd_edi_file_t *file, xd_report_t *rep)
{
    if (!l->one_guide || file->not_edi || file->guided > 0) {
        return;
    }

    xd_report(rep,
        &(xd_finding_t){ .severity = XD_WARNING,
            .scope = XD_SCOPE_FILE,
            .rule = "guide.not-asked",
            .text = XD_STR("No set of this file is one that the guide is for; "
                           "its \"set\" and \"versions\" say which are.") });
}


/* Without trees: to judge a file, none is needed. */
static xd_rc_t
lint_edi(lint_t *l, xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    const xd_edi_options_t options = { .verdicts_only = true,
        .guides = &l->guides,
        .use = l->use,
        .passed = passed,
        .passed_ctx = l };
    xd_edi_file_t file;
    xd_rc_t rc = xd_edi_grade(arena, bytes, &options, rep, &file);

    for (size_t i = 0; rc == XD_OK && i < file.interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file.interchanges, xd_edi_interchange_t, i);

        note_interchange(l, ic);
        if (!l->json) {
            print_interchange(l, ic);
        }
    }

    if (rc == XD_OK) {
        note_guided(l, &file, rep);
    }

    return rc;
}


/* As a person would guess; what follows is the reader's matter. */
static bool
looks_like_json(xd_str_t bytes)
{
    xd_str_t s = xd_str_trim(bytes);

    if (xd_str_starts(s, XD_STR("\xEF\xBB\xBF"))) {
        s = xd_str_trim((xd_str_t){ s.ptr + 3, s.len - 3 });
    }

    return s.len > 0 && (s.ptr[0] == '{' || s.ptr[0] == '[');
}


/* By its first bytes: JSON, or else EDI, whose grader finds interchanges of
 * X12 and EDIFACT behind any junk and says when there is none. */
static xd_rc_t
lint_bytes(lint_t *l, xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    const xd_json_limits_t limits = { .allow_bom = true };
    xd_node_t *doc;
    xd_rc_t rc;

    if (looks_like_json(bytes)) {
        rc = xd_json_read(arena, bytes, &limits, &doc, rep);
        return rc == XD_E_MEMORY ? rc : XD_OK;
    }

    return lint_edi(l, arena, bytes, rep);
}


/* CLI_GOOD means graded, however bad it is: the counts tell that. */
static int
lint_file(lint_t *l, const char *path)
{
    xd_arena_t *arena;
    xd_report_t rep;
    xd_file_t file;
    xd_rc_t rc;

    if (cli_open(path, &file) != CLI_GOOD) {
        return CLI_FAILED;
    }

    l->file = path;
    l->map = &file;
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 0);
    rep.sink = told;
    rep.sink_ctx = l;

    rc = arena != NULL ? lint_bytes(l, arena, file.bytes, &rep) : XD_E_MEMORY;

    for (int s = 0; s < XD_SEVERITIES; s++) {
        l->count[s] += rep.count[s];
    }

    xd_file_unmap(&file);
    xd_arena_free(arena);

    return rc == XD_OK ? CLI_GOOD : cli_fail("%s: %s", path, xd_rc_text(rc));
}


/* Which checks of the guides had something to look at. */
static void
coverage(const lint_t *l)
{
    size_t used = 0;

    for (size_t i = 0; i < l->guides.checks; i++) {
        const xd_guide_check_t check = xd_guides_check(&l->guides, i);
        const xd_guide_use_t *use = &l->use[i];
        uint64_t tried = use->tried;

        used += tried > 0;

        if (l->json) {
            xd_buf_t out = { 0 };

            xd_buf_text(&out, "{\"coverage\":{\"guide\":");
            xd_json_string(&out, check.guide);
            xd_buf_fmt(&out, ",\"line\":%u,\"at\":", check.line);
            xd_json_string(&out, check.at);
            xd_buf_fmt(&out,
                ",\"asks\":\"%s\",\"tried\":%" PRIu64 ",\"broken\":%" PRIu64
                "}}\n",
                check.asks, tried, use->broken);
            cli_print(xd_buf_str(&out));
            xd_buf_free(&out);
        } else {
            printf("guide %.*s, line %u: %.*s %s: ", XD_FMT(check.guide),
                check.line, XD_FMT(check.at.len > 0 ? check.at : XD_STR("set")),
                check.asks);
            if (tried > 0) {
                printf("tried %" PRIu64 ", broken %" PRIu64 "\n", tried,
                    use->broken);
            } else {
                printf("never\n");
            }
        }
    }

    if (!l->json) {
        printf("%zu of %zu checks exercised\n", used, l->guides.checks);
    }
}


/* Always the last line: a script knows by it that nothing is missing. */
static int
summary(const lint_t *l, int files)
{
    if (!l->json) {
        printf("%d file%s: %zu fatal, %zu errors, %zu warnings, %zu infos\n",
            files, files == 1 ? "" : "s", l->count[XD_FATAL],
            l->count[XD_ERROR], l->count[XD_WARNING], l->count[XD_INFO]);
        return CLI_GOOD;
    }

    if (xd_buf_rc(&l->interchanges) != XD_OK) {
        return cli_fail("%s", xd_rc_text(xd_buf_rc(&l->interchanges)));
    }

    printf("{\"summary\":{\"files\":%d,\"fatal\":%zu,\"error\":%zu,"
           "\"warning\":%zu,\"info\":%zu,\"interchanges\":[",
        files, l->count[XD_FATAL], l->count[XD_ERROR], l->count[XD_WARNING],
        l->count[XD_INFO]);
    cli_print(xd_buf_str(&l->interchanges));
    printf("]}}\n");

    return CLI_GOOD;
}


/* All files, and what is told of them as a whole. */
static int
lint_files(lint_t *l, char **files, int n, bool covered)
{
    int status = CLI_GOOD;

    for (int i = 0; i < n; i++) {
        if (lint_file(l, files[i]) != CLI_GOOD) {
            status = CLI_FAILED;
        }
    }

    if (covered) {
        coverage(l);
    }

    if (summary(l, n) != CLI_GOOD) {
        status = CLI_FAILED;
    }

    xd_buf_free(&l->interchanges);

    return status == CLI_GOOD && l->count[XD_ERROR] + l->count[XD_FATAL] > 0
               ? CLI_FINDINGS
               : status;
}


static int
lint_guided(lint_t *l, char **files, int n, const cli_guides_t *asked,
    bool covered)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_conf_t *conf = NULL;
    int status;

    if (arena == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    status = cli_guides(arena, asked, &conf, &l->guides);

    if (status == CLI_GOOD && covered) {
        l->use = xd_alloc_n(arena, l->guides.checks + 1, sizeof(*l->use));
        status =
            l->use != NULL ? CLI_GOOD : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    /* A guide at fault says nothing of files. */
    status = status == CLI_GOOD ? lint_files(l, files, n, covered) : CLI_FAILED;

    xd_conf_free(conf);
    xd_arena_free(arena);

    return status;
}


int
cli_lint(int argc, char **argv)
{
    lint_t l = { 0 };
    cli_guides_t asked = { 0 };
    bool covered = false;
    const cli_option_t options[] = {
        { "json", NULL, &l.json },
        { "partner", &asked.partner, NULL },
        { "guide", &asked.file, NULL },
        { "coverage", NULL, &covered },
        { "c", &asked.conf, NULL },
        { NULL, NULL, NULL },
    };

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("lint: name a file");
    }

    if (covered && asked.partner == NULL && asked.file == NULL) {
        return cli_fail("lint: --coverage is about a guide: name it with "
                        "--guide, or a --partner");
    }

    l.one_guide = asked.file != NULL;

    return lint_guided(&l, argv + 1, argc - 1, &asked, covered);
}
