/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FILE_READY_H
#define XD_FILE_READY_H

#include <sys/stat.h>

#include "base/str.h"

/* When a file in a hot folder is whole; pure. */

typedef enum {
    READY_STABLE, /* nothing changes for a while */
    READY_MARKER, /* another file says so */
    READY_RENAMED /* it has its name only when it is whole */
} ready_how_t;

typedef struct {
    ready_how_t how;
    int64_t stable_ms;
    xd_str_t marker;          /* end of a marker's name */
    const char *const *match; /* patterns, ended by NULL */
} ready_rule_t;

/* A file as it was seen at one look into the folder. */
typedef struct {
    const char *name;
    ino_t ino;
    off_t size;
    struct timespec changed; /* mtime: its bytes */
    struct timespec touched; /* ctime: its bytes, name, owner */
    int64_t since;           /* xd_mono_ms() since which it is like this */
} look_t;

#define READY_NEVER INT64_MAX

/* Is that a name to take?  Hidden files and markers never are. */
bool ready_matches(const ready_rule_t *rule, const char *name);

/* Fills a look; before is the last one at that name, or NULL. */
void ready_look(look_t *l, const char *name, const struct stat *st,
    const look_t *before, int64_t now);

/*
 * ready_in - ms until it counts as whole
 *
 *   marker  its marker, or NULL: there is none
 *
 * 0: it does; READY_NEVER: not by waiting.
 */
int64_t ready_in(const ready_rule_t *rule, const look_t *l,
    const struct stat *marker, int64_t now);

#endif
