/* SPDX-License-Identifier: BSD-2-Clause */

#include "relay/base64.h"

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";


void
base64_write(xd_buf_t *out, xd_str_t bytes)
{
    const uint8_t *in = (const uint8_t *) bytes.ptr;

    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t n = (uint32_t) in[i] << 16;
        char four[4];

        n |= left > 1 ? (uint32_t) in[i + 1] << 8 : 0;
        n |= left > 2 ? in[i + 2] : 0;

        four[0] = digits[n >> 18];
        four[1] = digits[n >> 12 & 63];
        four[2] = left > 1 ? digits[n >> 6 & 63] : '=';
        four[3] = left > 2 ? digits[n & 63] : '=';
        xd_buf_add(out, (xd_str_t){ four, 4 });
    }
}


static int
digit_value(char c)
{
    const char *at = c == '\0' ? NULL : strchr(digits, c);

    return at == NULL ? -1 : (int) (at - digits);
}


/* Four characters to three bytes; false when one is no digit. */
static bool
group_read(const char *text, size_t pads, uint8_t out[3])
{
    uint32_t n = 0;

    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - pads ? digit_value(text[i]) : 0;

        if (value < 0) {
            return false;
        }

        n = n << 6 | (uint32_t) value;
    }

    out[0] = (uint8_t) (n >> 16);
    out[1] = (uint8_t) (n >> 8);
    out[2] = (uint8_t) n;

    return true;
}


xd_rc_t
base64_read(xd_arena_t *arena, xd_str_t text, xd_str_t *out)
{
    size_t pads = 0, len = 0;
    uint8_t *bytes;

    while (pads < 2 && pads < text.len && text.ptr[text.len - 1 - pads] == '=')
    {
        pads++;
    }

    if (text.len % 4 != 0) {
        return XD_E_SYNTAX;
    }

    bytes = xd_alloc(arena, text.len / 4 * 3 + 1);
    if (bytes == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < text.len; i += 4) {
        size_t short_by = i + 4 == text.len ? pads : 0;

        if (!group_read(text.ptr + i, short_by, bytes + len)) {
            return XD_E_SYNTAX;
        }

        len += 3 - short_by;
    }

    *out = (xd_str_t){ (const char *) bytes, len };

    return XD_OK;
}
