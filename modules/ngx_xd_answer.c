/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_answer.h"

#include <strings.h>

#define LENGTH_MOST (1 << 30)

typedef struct {
    xd_str_t rest; /* behind the head */
    bool chunked, sized;
    uint64_t length;
} head_t;


static ngx_xd_answer_rc_t
bad(ngx_xd_answer_t *out, const char *why)
{
    out->why = why;

    return NGX_XD_ANSWER_BAD;
}


/* A line up to its CRLF or LF; false when its end has not come. */
static bool
cut_line(xd_str_t *rest, xd_str_t *line)
{
    const char *end = memchr(rest->ptr, '\n', rest->len);

    if (end == NULL) {
        return false;
    }

    *line = (xd_str_t){ rest->ptr, (size_t) (end - rest->ptr) };
    rest->len -= line->len + 1;
    rest->ptr = end + 1;

    if (line->len > 0 && line->ptr[line->len - 1] == '\r') {
        line->len--;
    }

    return true;
}


static bool
is_name(xd_str_t text, const char *name)
{
    return text.len == strlen(name)
           && strncasecmp(text.ptr, name, text.len) == 0;
}


/* HTTP/1.x, a blank, three digits. */
static bool
read_status(xd_str_t line, unsigned *status)
{
    uint64_t number;

    if (line.len < 12 || memcmp(line.ptr, "HTTP/1.", 7) != 0
        || line.ptr[8] != ' ' || (line.len > 12 && line.ptr[12] != ' ')
        || !xd_str_uint((xd_str_t){ line.ptr + 9, 3 }, 999, &number))
    {
        return false;
    }

    *status = (unsigned) number;

    return true;
}


/* NULL, or what is wrong with one field. */
static const char *
read_field(xd_str_t line, head_t *head)
{
    xd_str_t value = line, name = xd_str_cut(&value, ':');

    if (value.ptr == NULL || name.len == 0) {
        return "a malformed field";
    }

    value = xd_str_trim(value);

    if (is_name(name, "content-length")) {
        if (head->sized || !xd_str_uint(value, LENGTH_MOST, &head->length)) {
            return "a bad Content-Length";
        }
        head->sized = true;

    } else if (is_name(name, "transfer-encoding")) {
        if (head->chunked || !is_name(value, "chunked")) {
            return "an unknown Transfer-Encoding";
        }
        head->chunked = true;

    } else if (is_name(name, "content-encoding") && !is_name(value, "identity"))
    {
        return "a Content-Encoding";
    }

    return NULL;
}


static ngx_xd_answer_rc_t
read_head(xd_str_t bytes, head_t *head, ngx_xd_answer_t *out)
{
    xd_str_t line;

    head->rest = bytes;
    if (!cut_line(&head->rest, &line)) {
        return NGX_XD_ANSWER_MORE;
    }

    if (!read_status(line, &out->status)) {
        return bad(out, "no HTTP");
    }

    while (cut_line(&head->rest, &line)) {
        if (line.len == 0) {
            return head->chunked && head->sized ? bad(out, "two lengths")
                                                : NGX_XD_ANSWER_GOOD;
        }

        out->why = read_field(line, head);
        if (out->why != NULL) {
            return NGX_XD_ANSWER_BAD;
        }
    }

    return NGX_XD_ANSWER_MORE;
}


/* The size of a chunk; what stands behind a semicolon is nobody's. */
static bool
read_size(xd_str_t line, size_t *size)
{
    xd_str_t digits = xd_str_trim(xd_str_cut(&line, ';'));

    *size = 0;

    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;

        if (digit < 0 || i >= 7) {
            return false;
        }

        *size = *size * 16 + (size_t) digit;
    }

    return digits.len > 0;
}


/* One chunk from rest; *at gains its bytes when they are to be joined. */
static ngx_xd_answer_rc_t
read_chunk(xd_str_t *rest, char **at, size_t *size, ngx_xd_answer_t *out)
{
    xd_str_t line;

    if (!cut_line(rest, &line)) {
        return NGX_XD_ANSWER_MORE;
    }

    if (!read_size(line, size)) {
        return bad(out, "a bad chunk");
    }

    if (*size == 0) {
        return NGX_XD_ANSWER_GOOD;
    }

    if (rest->len < *size + 2) {
        return NGX_XD_ANSWER_MORE;
    }

    if (rest->ptr[*size] != '\r' || rest->ptr[*size + 1] != '\n') {
        return bad(out, "a bad chunk");
    }

    if (*at != NULL) {
        memmove(*at, rest->ptr, *size);
        *at += *size;
    }

    rest->ptr += *size + 2;
    rest->len -= *size + 2;

    return NGX_XD_ANSWER_GOOD;
}


/* The walk is done twice: nothing moves before the last chunk is here.
 * Trailers are not waited for. */
static ngx_xd_answer_rc_t
read_chunks(xd_str_t rest, char *join, ngx_xd_answer_t *out)
{
    char *at = join;
    ngx_xd_answer_rc_t rc;
    size_t size;

    do {
        rc = read_chunk(&rest, &at, &size, out);
    } while (rc == NGX_XD_ANSWER_GOOD && size > 0);

    if (rc == NGX_XD_ANSWER_GOOD && join != NULL) {
        out->body = (xd_str_t){ join, (size_t) (at - join) };
    }

    return rc;
}


static ngx_xd_answer_rc_t
read_body(char *bytes, const head_t *head, bool ended, ngx_xd_answer_t *out)
{
    size_t from = (size_t) (head->rest.ptr - bytes);
    ngx_xd_answer_rc_t rc;

    if (head->chunked) {
        rc = read_chunks(head->rest, NULL, out);

        return rc == NGX_XD_ANSWER_GOOD
                   ? read_chunks(head->rest, bytes + from, out)
                   : rc;
    }

    if (head->sized ? head->rest.len < head->length : !ended) {
        return NGX_XD_ANSWER_MORE;
    }

    out->body = head->rest;
    if (head->sized) {
        out->body.len = (size_t) head->length;
    }

    return NGX_XD_ANSWER_GOOD;
}


ngx_xd_answer_rc_t
ngx_xd_answer_read(char *bytes, size_t len, bool ended, ngx_xd_answer_t *out)
{
    head_t head = { .sized = false };
    ngx_xd_answer_rc_t rc;

    *out = (ngx_xd_answer_t){ .status = 0 };

    rc = read_head((xd_str_t){ bytes, len }, &head, out);
    if (rc == NGX_XD_ANSWER_GOOD) {
        rc = read_body(bytes, &head, ended, out);
    }

    return rc == NGX_XD_ANSWER_MORE && ended ? bad(out, "cut short") : rc;
}
