/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_REPORT_H
#define XD_BASE_REPORT_H

#include "base/arena.h"


/*
 * Findings about input.  One form serves every syntax: EDI fills offset,
 * segment and path; JSON, YAML and XML fill line, column and path (a JSON
 * Pointer).  contracts: `xd lint --json` prints just these members.
 */

typedef enum { XD_INFO, XD_WARNING, XD_ERROR, XD_FATAL } xd_severity_t;

typedef enum {
    XD_SCOPE_VALUE,
    XD_SCOPE_SET,
    XD_SCOPE_GROUP,
    XD_SCOPE_INTERCHANGE,
    XD_SCOPE_FILE
} xd_scope_t;

typedef struct {
    xd_severity_t severity;
    xd_scope_t scope;
    size_t offset;    /* bytes from the start of the input, from 0 */
    uint32_t line;    /* from 1; 0: not known */
    uint32_t column;  /* bytes in the line, from 1; 0: not known */
    uint32_t segment; /* in its set, ST = 1; 0: outside */
    const char *rule; /* short stable id, e.g. "x12.element.too-long" */
    xd_str_t path;    /* "HL[3]/SN1/2" or "/lines/0/qty" */
    xd_str_t value;   /* what stood there; may be cut */
    xd_str_t text;    /* one sentence for a person */
    const char *ack;  /* its code in the acknowledgement, "AK403:5"; or NULL */
} xd_finding_t;

/* Sees each finding as it is made; its slices live only for the call. */
typedef void xd_finding_fn(void *ctx, const xd_finding_t *f);

#define XD_SEVERITIES 4

typedef struct {
    xd_arena_t *arena; /* owns what is kept */
    xd_finding_t *kept;
    size_t nkept, room, most; /* most: how many are kept; the rest counted */
    size_t count[XD_SEVERITIES];
    xd_finding_fn *sink; /* may be NULL */
    void *sink_ctx;
} xd_report_t;


/* A report that keeps up to most findings in arena (0: none, only counted). */
void xd_report_init(xd_report_t *rep, xd_arena_t *arena, size_t most);

/*
 * xd_report - add a finding
 *
 *   f  copied with its slices into the report's arena when it is kept
 *
 * Never fails: a finding that finds no memory is still counted.
 */
void xd_report(xd_report_t *rep, const xd_finding_t *f);

/* A finding with a formatted sentence; at gives every other member. */
void xd_reportf(xd_report_t *rep, const xd_finding_t *at, const char *format,
    ...) XD_PRINTF(3, 4);

/* Passes on a finding of a reader that does not know which file it reads: its
 * path becomes "file:path", made in scratch for the call. */
void xd_report_in(xd_report_t *rep, xd_arena_t *scratch, xd_str_t file,
    const xd_finding_t *f);

/* How many are errors or worse. */
size_t xd_report_errors(const xd_report_t *rep);

const char *xd_severity_name(xd_severity_t s);
const char *xd_scope_name(xd_scope_t s);

#endif
