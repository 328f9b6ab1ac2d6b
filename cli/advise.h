/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_ADVISE_H
#define XD_CLI_ADVISE_H

#include "cli.h"
#include "edi/advice.h"

/*
 * cli_advise - application advice about every set of a file
 *
 *   rep  of its grading, which kept what it found; gains what maps and rules
 *        find
 *   out  gains an 824 or APERAK for each interchange that is due one
 *
 * Returns CLI_GOOD; CLI_FAILED or CLI_FINDINGS after the fault was told.
 */
XD_CHECKED int cli_advise(xd_arena_t *arena, xd_str_t bytes,
    const xd_edi_file_t *file, const xd_edi_ack_t *ack, xd_report_t *rep,
    xd_buf_t *out);

#endif
