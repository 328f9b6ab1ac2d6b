/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A line is built on the stack and goes out in one write(): no longer than
 * PIPE_BUF, so that lines of several processes on one pipe never mix.
 */

#include "base/log.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"


#define TEXT_MAX    1024 /* bytes of the sentence */
#define VALUE_MAX   256  /* bytes of a value, before escaping */
#define END_LEN     2    /* "}\n": always has room */

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */
#define CUT_MARK    "\xe2\x80\xa6" /* an ellipsis: the value was longer */

typedef struct {
    char bytes[PIPE_BUF];
    size_t len;
    bool full;
} line_t;

static const char *const level_names[] = { "debug", "info", "warn", "error" };

/* Set once at start, before anything else runs. */
static struct {
    const char *program;
    xd_log_level_t level;
    int fd;
} log_to = { "", XD_LOG_INFO, STDERR_FILENO };


void
xd_log_init(const char *program, xd_log_level_t level, int fd)
{
    log_to.program = program;
    log_to.level = level;
    log_to.fd = fd;
}


bool
xd_log_level_read(xd_str_t text, xd_log_level_t *out)
{
    for (size_t i = 0; i < sizeof(level_names) / sizeof(level_names[0]); i++) {
        if (xd_str_is(text, level_names[i])) {
            *out = (xd_log_level_t) i;
            return true;
        }
    }

    return false;
}


static void
put(line_t *line, xd_str_t s)
{
    if (line->full || s.len > sizeof(line->bytes) - END_LEN - line->len) {
        line->full = true;
        return;
    }

    if (s.len > 0) {
        memcpy(line->bytes + line->len, s.ptr, s.len);
        line->len += s.len;
    }
}


/* One ASCII character, so that it is safe in JSON and on a terminal. */
static void
put_ascii(line_t *line, const char *c)
{
    char escape[7];

    if (*c == '"' || *c == '\\') {
        put(line, XD_STR("\\"));
        put(line, (xd_str_t){ c, 1 });
    } else if (*c < 0x20 || *c == 0x7f) {
        (void) snprintf(escape, sizeof(escape), "\\u%04x", (unsigned) *c);
        put(line, xd_str(escape));
    } else {
        put(line, (xd_str_t){ c, 1 });
    }
}


/* Well-formed UTF-8. */
static void
put_good(line_t *line, xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char) s.ptr[i] < 0x80) {
            put_ascii(line, s.ptr + i);
        } else {
            put(line, (xd_str_t){ s.ptr + i, 1 });
        }
    }
}


static void
put_escaped(line_t *line, xd_str_t s)
{
    while (s.len > 0) {
        size_t step = xd_utf8_valid(s);

        if (step > 0) {
            put_good(line, (xd_str_t){ s.ptr, step });
        } else {
            put(line, XD_STR(REPLACEMENT));
            step = 1;
        }

        s.ptr += step;
        s.len -= step;
    }
}


/* A whole member, or nothing when the line has no room for it. */
static void
put_member(line_t *line, const char *name, xd_str_t value, size_t max)
{
    size_t before = line->len;
    bool cut = value.len > max;

    while (cut && max > 0 && (value.ptr[max] & 0xc0) == 0x80) {
        max--;
    }

    if (cut) {
        value.len = max;
    }

    put(line, before == 0 ? XD_STR("{\"") : XD_STR(",\""));
    put(line, xd_str(name));
    put(line, XD_STR("\":\""));
    put_escaped(line, value);
    put(line, cut ? XD_STR(CUT_MARK "\"") : XD_STR("\""));

    if (line->full) {
        line->len = before;
        line->full = false;
    }
}


/* Nobody is there to hear that logging fails; an interrupted call is tried
 * again, a full pipe loses the line rather than hold up the process. */
static void
send_line(line_t *line)
{
    ssize_t sent;

    memcpy(line->bytes + line->len, "}\n", END_LEN);

    do {
        sent = write(log_to.fd, line->bytes, line->len + END_LEN);
    } while (sent < 0 && errno == EINTR);
}


void
xd_log(xd_log_level_t level, const xd_field_t *fields, const char *format, ...)
{
    char time[XD_INSTANT_LEN + 1], text[TEXT_MAX + 2];
    int kept_errno = errno;
    line_t line;
    va_list args;

    if (level < log_to.level) {
        return;
    }

    line.len = 0;
    line.full = false;
    xd_instant_write(xd_now_ms(), time);

    va_start(args, format);
    if (vsnprintf(text, sizeof(text), format, args) < 0) {
        text[0] = '\0';
    }
    va_end(args);

    put_member(&line, "time", xd_str(time), XD_INSTANT_LEN);
    put_member(&line, "level", xd_str(level_names[level]), VALUE_MAX);
    put_member(&line, "program", xd_str(log_to.program), VALUE_MAX);
    put_member(&line, "text", xd_str(text), TEXT_MAX);

    for (; fields != NULL && fields->name != NULL; fields++) {
        put_member(&line, fields->name, fields->value, VALUE_MAX);
    }

    send_line(&line);
    errno = kept_errno;
}
