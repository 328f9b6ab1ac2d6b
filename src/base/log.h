/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_LOG_H
#define XD_BASE_LOG_H

#include "base/rc.h"
#include "base/str.h"


typedef enum {
    XD_LOG_DEBUG,
    XD_LOG_INFO,
    XD_LOG_WARN,
    XD_LOG_ERROR
} xd_log_level_t;

/* One name and value of a log line. */
typedef struct {
    const char *name;
    xd_str_t value;
} xd_field_t;

#define XD_FIELDS(...)                                                         \
    (const xd_field_t[])                                                       \
    {                                                                          \
        __VA_ARGS__,                                                           \
        {                                                                      \
            NULL,                                                              \
            {                                                                  \
                NULL, 0                                                        \
            }                                                                  \
        }                                                                      \
    }

/* The program's name in every line; level below which nothing is written;
 * fd to write to (2 by default).  Called once, at start. */
void xd_log_init(const char *program, xd_log_level_t level, int fd);

/* False when text names no level. */
bool xd_log_level_read(xd_str_t text, xd_log_level_t *out);

/*
 * xd_log - one line of JSON: {"time","level","program","text",fields...}
 *
 *   fields  ends with a NULL name; NULL for none.  Values are escaped, bytes
 *           that are no UTF-8 become U+FFFD, and long ones are cut: contents
 *           of documents are hostile.
 *   format  one sentence of ours, no newline
 */
void xd_log(xd_log_level_t level, const xd_field_t *fields, const char *format,
    ...) XD_PRINTF(3, 4);

#endif
