/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>


#define FIRST_SIZE 256


void
xd_buf_free(xd_buf_t *b)
{
    free(b->ptr);
    *b = (xd_buf_t){ .limit = b->limit };
}


void
xd_buf_reset(xd_buf_t *b)
{
    b->len = 0;
    b->rc = XD_OK;
}


/* Room for need bytes in all; grown by doubling, so adding stays linear. */
static bool
grow(xd_buf_t *b, size_t need)
{
    size_t cap = b->cap < FIRST_SIZE ? FIRST_SIZE : b->cap;
    char *ptr;

    while (cap < need) {
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    }

    ptr = realloc(b->ptr, cap);
    if (ptr == NULL) {
        b->rc = XD_E_MEMORY;
        return false;
    }

    b->ptr = ptr;
    b->cap = cap;

    return true;
}


/* True when more bytes may be written behind the last. */
static bool
reserve(xd_buf_t *b, size_t more)
{
    if (b->rc != XD_OK) {
        return false;
    }

    if (more > SIZE_MAX - b->len || (b->limit != 0 && b->len + more > b->limit))
    {
        b->rc = XD_E_LIMIT;
        return false;
    }

    return b->len + more <= b->cap || grow(b, b->len + more);
}


void
xd_buf_add(xd_buf_t *b, xd_str_t s)
{
    if (s.len > 0 && reserve(b, s.len)) {
        memcpy(b->ptr + b->len, s.ptr, s.len);
        b->len += s.len;
    }
}


void
xd_buf_byte(xd_buf_t *b, char c)
{
    if (reserve(b, 1)) {
        b->ptr[b->len++] = c;
    }
}


void
xd_buf_text(xd_buf_t *b, const char *text)
{
    xd_buf_add(b, xd_str(text));
}


static void XD_PRINTF(2, 0)
    add_formatted(xd_buf_t *b, const char *format, va_list args)
{
    char small[256];
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(small, sizeof(small), format, args);

    if (len >= 0 && (size_t) len < sizeof(small)) {
        xd_buf_add(b, (xd_str_t){ small, (size_t) len });
    } else if (len >= 0 && reserve(b, (size_t) len)
               && (b->cap - b->len > (size_t) len || grow(b, b->cap + 1)))
    {
        /* One byte more than reserved: vsnprintf ends its text with a NUL. */
        (void) vsnprintf(b->ptr + b->len, (size_t) len + 1, format, again);
        b->len += (size_t) len;
    }

    va_end(again);
}


void
xd_buf_fmt(xd_buf_t *b, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add_formatted(b, format, args);
    va_end(args);
}


void
xd_buf_drop(xd_buf_t *b, size_t n)
{
    if (n >= b->len) {
        b->len = 0;
        return;
    }

    if (n > 0) {
        memmove(b->ptr, b->ptr + n, b->len - n);
        b->len -= n;
    }
}
