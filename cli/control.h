/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_CONTROL_H
#define XD_CLI_CONTROL_H

#include "cli.h"

/* One question to a daemon. */
typedef struct {
    const char *daemon; /* "xd-insight": its socket stands in `run` */
    const char *method;
    xd_str_t path; /* with its query, encoded */
    xd_str_t body; /* JSON, or empty */
    int64_t timeout_ms;
} cli_control_t;

/*
 * cli_control - ask a daemon on its control socket
 *
 *   arena   of what is needed to ask; the answer is not in it
 *   status  gains the status of HTTP, whichever it is
 *   answer  is emptied, and gains the answer's body, 64 MB at the most
 *
 * Returns CLI_GOOD when there was an answer, else CLI_FAILED after it was told.
 */
XD_CHECKED int cli_control(const xd_conf_t *conf, xd_arena_t *arena,
    const cli_control_t *ask, int *status, xd_buf_t *answer);

/*
 * cli_get - the same of a question that must be answered by 200
 *
 *   path  with its query, which is given up
 *
 * Returns CLI_GOOD; CLI_FAILED after anything else was told.
 */
XD_CHECKED int cli_get(const xd_conf_t *conf, xd_arena_t *arena,
    const char *daemon, xd_buf_t *path, xd_buf_t *answer);

#endif
