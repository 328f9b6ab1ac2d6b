/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/base64.h"

#define COMMON "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

static const char *const digits[] = {
    [XD_BASE64] = COMMON "+/",
    [XD_BASE64URL] = COMMON "-_",
};


void
xd_base64_write(xd_buf_t *out, xd_str_t bytes, xd_base64_t form)
{
    const uint8_t *in = (const uint8_t *) bytes.ptr;
    const char *digit = digits[form];

    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t n = (uint32_t) in[i] << 16;
        char four[4] = { 0, 0, '=', '=' };

        n |= left > 1 ? (uint32_t) in[i + 1] << 8 : 0;
        n |= left > 2 ? in[i + 2] : 0;

        four[0] = digit[n >> 18];
        four[1] = digit[n >> 12 & 63];
        four[2] = left > 1 ? digit[n >> 6 & 63] : '=';
        four[3] = left > 2 ? digit[n & 63] : '=';
        xd_buf_add(out,
            (xd_str_t){ four, form == XD_BASE64 || left > 2 ? 4 : left + 1 });
    }
}


static int
value_of(char c, xd_base64_t form)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }

    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }

    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }

    if (c == digits[form][62]) {
        return 62;
    }

    return c == digits[form][63] ? 63 : -1;
}


/* Without the padding; false when it is not what the length asks for. */
static bool
unpad(xd_str_t *text, xd_base64_t form)
{
    size_t pads = 0;

    if (form == XD_BASE64) {
        if (text->len % 4 != 0) {
            return false;
        }

        while (pads < 2 && pads < text->len
               && text->ptr[text->len - 1 - pads] == '=') {
            pads++;
        }

        text->len -= pads;
    }

    return text->len % 4 != 1;
}


/* Bits are collected and given out by eight; what is left must be zeros. */
static bool
decode(xd_str_t text, xd_base64_t form, uint8_t *out, size_t *len)
{
    uint32_t bits = 0;
    unsigned int have = 0;

    for (size_t i = 0; i < text.len; i++) {
        int value = value_of(text.ptr[i], form);

        if (value < 0) {
            return false;
        }

        bits = bits << 6 | (uint32_t) value;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[(*len)++] = (uint8_t) (bits >> have);
            bits &= (1u << have) - 1;
        }
    }

    return bits == 0;
}


xd_rc_t
xd_base64_read(xd_arena_t *arena, xd_str_t text, xd_base64_t form,
    xd_str_t *out)
{
    uint8_t *bytes;
    size_t len = 0;

    if (!unpad(&text, form)) {
        return XD_E_SYNTAX;
    }

    bytes = xd_alloc(arena, text.len / 4 * 3 + 3);
    if (bytes == NULL) {
        return XD_E_MEMORY;
    }

    if (!decode(text, form, bytes, &len)) {
        return XD_E_SYNTAX;
    }

    *out = (xd_str_t){ (const char *) bytes, len };

    return XD_OK;
}
