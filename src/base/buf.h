/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_BUF_H
#define XD_BASE_BUF_H

#include "base/arena.h"


/*
 * Bytes that grow: what writers write into.  A failed append marks the
 * buffer, and everything after it does nothing; so a writer looks once, at
 * the end, whether xd_buf_rc() is XD_OK.
 */
typedef struct {
    char *ptr;
    size_t len, cap;
    size_t limit; /* most bytes; 0: no limit */
    xd_rc_t rc;
} xd_buf_t;

/* An empty buffer needs no call: xd_buf_t b = { 0 }; */
void xd_buf_free(xd_buf_t *b);

/* Keeps the memory, forgets the bytes and a failure. */
void xd_buf_reset(xd_buf_t *b);

void xd_buf_add(xd_buf_t *b, xd_str_t s);
void xd_buf_byte(xd_buf_t *b, char c);
void xd_buf_text(xd_buf_t *b, const char *text);
void xd_buf_fmt(xd_buf_t *b, const char *format, ...) XD_PRINTF(2, 3);

/* Drops the first n bytes. */
void xd_buf_drop(xd_buf_t *b, size_t n);

static inline xd_str_t
xd_buf_str(const xd_buf_t *b)
{
    return (xd_str_t){ b->ptr, b->len };
}

/* XD_OK, XD_E_MEMORY or XD_E_LIMIT. */
static inline xd_rc_t
xd_buf_rc(const xd_buf_t *b)
{
    return b->rc;
}

#endif
