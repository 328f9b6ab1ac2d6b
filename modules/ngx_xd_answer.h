/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_ANSWER_H
#define NGX_XD_ANSWER_H

#include "base/str.h"

/*
 * An HTTP/1.1 answer of a service that we ask, as its bytes come in.  Nothing
 * of nginx is in here.
 */

typedef enum {
    NGX_XD_ANSWER_MORE, /* so far so good: it is not whole yet */
    NGX_XD_ANSWER_GOOD,
    NGX_XD_ANSWER_BAD,
} ngx_xd_answer_rc_t;

typedef struct {
    unsigned status;
    xd_str_t body;   /* within the bytes; chunks were joined in place */
    const char *why; /* of what is bad */
} ngx_xd_answer_t;

/*
 * ngx_xd_answer_read - look at all that came so far
 *
 *   bytes  from the status line on; chunks are joined in them once the answer
 *          is whole
 *   ended  the peer has closed: what is not whole now is bad
 *
 * Strict: what could be read in two ways is bad (both lengths, two lengths,
 * a coding other than chunked).  A Content-Encoding is bad: none was asked for.
 */
ngx_xd_answer_rc_t ngx_xd_answer_read(char *bytes, size_t len, bool ended,
    ngx_xd_answer_t *out);

#endif
