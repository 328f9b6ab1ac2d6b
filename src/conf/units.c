/* SPDX-License-Identifier: BSD-2-Clause */

/* Durations and sizes as people write them: a number and a unit. */

#include "conf/conf.h"


typedef struct {
    const char *name;
    uint64_t factor;
} unit_t;

static const unit_t durations[] = {
    { "ms", 1 },
    { "s", 1000 },
    { "m", 60 * 1000ull },
    { "h", 60ull * 60 * 1000 },
    { "d", 24ull * 60 * 60 * 1000 },
    { NULL, 0 },
};

static const unit_t sizes[] = {
    { "", 1 },
    { "B", 1 },
    { "KiB", 1ull << 10 },
    { "MiB", 1ull << 20 },
    { "GiB", 1ull << 30 },
    { "TiB", 1ull << 40 },
    { NULL, 0 },
};


/* A number times its unit, at most INT64_MAX, so that both kinds fit. */
static bool
measure(xd_str_t text, const unit_t *units, uint64_t *out)
{
    size_t n = 0;
    xd_str_t number, name;

    while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9') {
        n++;
    }

    number = (xd_str_t){ text.ptr, n };
    name = (xd_str_t){ text.ptr + n, text.len - n };

    for (; n > 0 && units->name != NULL; units++) {
        if (xd_str_is(name, units->name)) {
            uint64_t value = 0;
            bool fits = xd_str_uint(number, INT64_MAX / units->factor, &value);

            *out = value * units->factor;
            return fits;
        }
    }

    return false;
}


bool
xd_conf_duration(xd_str_t text, int64_t *ms)
{
    uint64_t value;

    if (!measure(text, durations, &value)) {
        return false;
    }

    *ms = (int64_t) value;
    return true;
}


bool
xd_conf_size(xd_str_t text, uint64_t *bytes)
{
    return measure(text, sizes, bytes);
}


int64_t
xd_conf_ms(const xd_node_t *node, const char *path, int64_t fallback)
{
    int64_t ms;

    return xd_conf_duration(xd_text_at(node, path), &ms) ? ms : fallback;
}


uint64_t
xd_conf_bytes(const xd_node_t *node, const char *path, uint64_t fallback)
{
    uint64_t bytes;

    return xd_conf_size(xd_text_at(node, path), &bytes) ? bytes : fallback;
}
