/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Offsets of named time zones, from the system's own tables (RFC 8536).  A
 * table may end with a rule for all later years instead of rows; a time that
 * would need such a rule with summer time is refused rather than guessed.
 */

#include "cel/room.h"

#include "base/file.h"

#define FOLDER "/usr/share/zoneinfo/"
#define HEADER 44

typedef struct {
    const unsigned char *at;
    size_t len;
} bytes_t;

typedef struct {
    uint32_t isut, isstd, leap, times, types, chars;
    size_t width; /* of a time: 4 or 8 bytes */
} counts_t;


static uint64_t
big(const unsigned char *p, size_t n)
{
    uint64_t v = 0;

    for (size_t i = 0; i < n; i++) {
        v = v << 8 | p[i];
    }

    return v;
}


static bool
header(bytes_t b, counts_t *c)
{
    if (b.len < HEADER || memcmp(b.at, "TZif", 4) != 0) {
        return false;
    }

    c->isut = (uint32_t) big(b.at + 20, 4);
    c->isstd = (uint32_t) big(b.at + 24, 4);
    c->leap = (uint32_t) big(b.at + 28, 4);
    c->times = (uint32_t) big(b.at + 32, 4);
    c->types = (uint32_t) big(b.at + 36, 4);
    c->chars = (uint32_t) big(b.at + 40, 4);

    return c->types > 0 && c->times < 100000 && c->types < 256
           && c->chars < 10000 && c->leap < 10000 && c->isut < 256
           && c->isstd < 256;
}


/* Bytes behind the header. */
static size_t
body(const counts_t *c)
{
    return (size_t) c->times * (c->width + 1) + (size_t) c->types * 6 + c->chars
           + c->leap * (c->width + 4) + c->isstd + c->isut;
}


/* The last change that is not after the time; times when it is before all. */
static uint32_t
change_before(bytes_t b, const counts_t *c, int64_t seconds)
{
    uint32_t low = 0;
    uint32_t high = c->times;

    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if ((int64_t) big(b.at + HEADER + (size_t) mid * 8, 8) <= seconds) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }

    return low == 0 ? c->times : low - 1;
}


/* Whether summer time goes on behind the table. */
static bool
has_rule(bytes_t b, const counts_t *c)
{
    size_t at = HEADER + body(c);

    return at < b.len && memchr(b.at + at, ',', b.len - at) != NULL;
}


static bool
look_up(bytes_t b, int64_t seconds, int64_t *offset)
{
    counts_t c = { .width = 4 };
    uint32_t change;
    size_t types;
    size_t type = 0;

    if (!header(b, &c) || b.at[4] < '2' || b.len < HEADER + body(&c)) {
        return false;
    }

    /* The first table is for old readers: 32 bits. */
    b = (bytes_t){ b.at + HEADER + body(&c), b.len - HEADER - body(&c) };
    c.width = 8;
    if (!header(b, &c) || b.len < HEADER + body(&c)) {
        return false;
    }

    change = change_before(b, &c, seconds);
    types = HEADER + (size_t) c.times * 9;
    if (change < c.times) {
        type = b.at[HEADER + (size_t) c.times * 8 + change];
        if (change == c.times - 1 && has_rule(b, &c)) {
            return false;
        }
    }

    if (type >= c.types) {
        return false;
    }

    *offset = (int32_t) (uint32_t) big(b.at + types + type * 6, 4);

    return true;
}


/* No way out of the folder. */
static bool
good_name(xd_str_t name)
{
    if (name.len == 0 || name.len > 60 || name.ptr[0] == '/') {
        return false;
    }

    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9') || (c != '\0' && strchr("/_+-", c))))
        {
            return false;
        }
    }

    return true;
}


bool
cel_zone(xd_str_t name, int64_t seconds, int64_t *offset)
{
    char path[sizeof(FOLDER) + 64] = FOLDER;
    xd_file_t file;
    bool found;

    if (xd_str_is(name, "UTC") || xd_str_is(name, "Z")) {
        *offset = 0;
        return true;
    }

    if (!good_name(name)) {
        return false;
    }

    memcpy(path + sizeof(FOLDER) - 1, name.ptr, name.len);
    if (xd_file_map(path, &file) != XD_OK) {
        return false;
    }

    found = look_up((bytes_t){ (const unsigned char *) file.bytes.ptr,
                        file.bytes.len },
        seconds, offset);
    xd_file_unmap(&file);

    return found;
}
