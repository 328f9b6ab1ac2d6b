/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_CLI_H
#define XD_CLI_CLI_H

#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/report.h"
#include "conf/conf.h"
#include "tree/node.h"

/* Exit statuses: never any other. */
enum { CLI_GOOD = 0, CLI_FINDINGS = 1, CLI_FAILED = 2 };

/* One option of a command. */
typedef struct {
    const char *name;   /* "json": --json; one letter: -c */
    const char **value; /* takes a value, put here; or NULL */
    bool *flag;         /* or is a flag */
} cli_option_t;

/* One command: a row of main.c. */
typedef struct {
    const char *name;
    const char *usage; /* behind the name */
    const char *does;  /* one line */
    const char *help;  /* the rest of --help */
    int (*run)(int argc, char **argv);
} cli_command_t;

extern const cli_command_t cli_commands[];

/*
 * cli_options - take the options out of argv
 *
 *   options  ends with a NULL name
 *
 * Options and their values are removed, "--" ends them.  Returns the new
 * argc, or -1 after an unknown option or a missing value was told.
 */
int cli_options(int argc, char **argv, const cli_option_t *options);

/* Tells on standard error, with the program's name; returns CLI_FAILED. */
int cli_fail(const char *format, ...) XD_PRINTF(1, 2);

/* fprintf, whose result nobody looks at: the stream remembers a failure, and
 * main looks at standard output at the end. */
void cli_write(FILE *to, const char *format, ...) XD_PRINTF(2, 3);

/* Writes all of s to standard output; false when that fails.  main looks at
 * the stream at the end, so who only prints need not. */
bool cli_print(xd_str_t s);

/* The same of a buffer, which is freed, if all was well so far: rc, or what is
 * wrong with the buffer, or XD_E_IO. */
XD_CHECKED xd_rc_t cli_print_out(xd_rc_t rc, xd_buf_t *out);

/* A text that came from outside, for a terminal: control characters and what
 * is no UTF-8 become "?". */
void cli_text(FILE *to, xd_str_t s);

/* A value of a URL, percent-encoded (RFC 3986 section 2.1). */
void cli_encode(xd_buf_t *out, const char *text);

/* xd_file_map ("-" is standard input); CLI_FAILED after the fault was told. */
XD_CHECKED int cli_open(const char *path, xd_file_t *out);

/*
 * cli_conf - the configuration as a whole
 *
 *   path  of -c; NULL: $XD_CONF, conf/crossdock.yaml, or
 *         /etc/crossdock/crossdock.yaml
 *
 * Returns CLI_GOOD with *out; CLI_FINDINGS when it has faults, CLI_FAILED when
 * it cannot be read: both were told.
 */
XD_CHECKED int cli_conf(const char *path, xd_conf_t **out);

/* A finding as one line for a person: FILE:LINE:COLUMN or FILE@OFFSET.  file
 * may be NULL: then the finding's path begins with "file:". */
void cli_finding(FILE *to, const char *file, const xd_finding_t *f);

/* All that a report keeps, each as cli_finding does. */
void cli_findings(FILE *to, const char *file, const xd_report_t *rep);

/* A finding as one line of JSON (contracts: `xd lint --json`). */
void cli_finding_json(const char *file, const xd_finding_t *f);

/* The schemas that the tool uses without a configuration. */
const char *cli_schemas_dir(xd_arena_t *arena);

/* The same of the maps: $XD_MAPS, or those beside the program. */
const char *cli_maps_dir(xd_arena_t *arena);

int cli_lint(int argc, char **argv);
int cli_ack(int argc, char **argv);
int cli_pretty(int argc, char **argv);
int cli_map(int argc, char **argv);
int cli_check(int argc, char **argv);
int cli_schema(int argc, char **argv);
int cli_cel(int argc, char **argv);
int cli_conf_command(int argc, char **argv);
int cli_partner(int argc, char **argv);
int cli_topology(int argc, char **argv);
int cli_explain(int argc, char **argv);
int cli_test(int argc, char **argv);
int cli_hospital(int argc, char **argv);
int cli_trace(int argc, char **argv);
int cli_replay(int argc, char **argv);
int cli_top(int argc, char **argv);
int cli_totals(int argc, char **argv);

#endif
