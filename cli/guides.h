/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_GUIDES_H
#define XD_CLI_GUIDES_H

#include "cli.h"
#include "edi/guide.h"

/* Whose guides files are held against, as the options say it. */
typedef struct {
    const char *partner; /* --partner: those of its profile */
    const char *file;    /* --guide: one file, and what it extends beside it */
    const char *conf;    /* -c */
} cli_guides_t;

/*
 * cli_guides - read and compile guides
 *
 *   arena  owns them
 *   conf   gains the configuration that they stand in, or NULL; the caller
 *          frees it after its last use of them
 *   out    no guides when no option asks for some
 *
 * Returns CLI_GOOD; CLI_FINDINGS or CLI_FAILED: told.
 */
XD_CHECKED int cli_guides(xd_arena_t *arena, const cli_guides_t *asked,
    xd_conf_t **conf, xd_guides_t *out);

#endif
