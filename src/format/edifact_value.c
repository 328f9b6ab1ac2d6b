/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Values of EDIFACT as they are meant: without release characters, and in
 * UTF-8 whatever character set they came in.  Senders name one set and use
 * another, most often UTF-8: what reads as UTF-8 is taken for it.
 */

#include "format/x12_reader.h"

#include "base/utf8.h"


#define WIDEST 4 /* bytes of UTF-8 that a byte may become */

static const char replacement[] = "\xEF\xBF\xBD";


xd_str_t
xd_edi_cut(const xd_edi_reader_t *r, xd_str_t *rest, char mark)
{
    xd_str_t part = *rest;
    char release = r->marks.release;

    for (size_t i = 0; mark != 0 && i < part.len; i++) {
        if (part.ptr[i] == release && release != 0) {
            i++;
        } else if (part.ptr[i] == mark) {
            part.len = i;
            rest->ptr += i + 1;
            rest->len -= i + 1;
            return part;
        }
    }

    *rest = XD_STR_NONE;

    return part;
}


bool
xd_edi_has(const xd_edi_reader_t *r, xd_str_t value, char mark)
{
    (void) xd_edi_cut(r, &value, mark);

    return value.ptr != NULL;
}


bool
xd_edi_ends_released(const xd_edi_reader_t *r, xd_str_t value)
{
    size_t n = 0;

    while (n + 1 < value.len && r->marks.release != 0
           && value.ptr[value.len - 2 - n] == r->marks.release)
    {
        n++;
    }

    return n % 2 == 1;
}


void
xd_edi_trailing(xd_edi_reader_t *r, const xd_segment_t *seg, uint32_t n)
{
    x12_tolerate(r, EDIFACT_TRAILING, xd_x12_offset(r, seg, n));
}


/* -- what is in a value --------------------------------------------------- */

typedef struct {
    bool released; /* there are release characters */
    bool foreign;  /* there are bytes that are no printable ASCII */
} look_t;


static look_t
look(const xd_x12_reader_t *r, xd_str_t value)
{
    look_t found = { false, false };

    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char) value.ptr[i];

        found.released |= value.ptr[i] == r->marks.release;
        found.foreign |= c >= 0x80 || c == 0x1b;
    }

    found.released &= r->marks.release != 0;

    return found;
}


static bool
is_utf8(xd_str_t value)
{
    return xd_utf8_valid(value) == value.len;
}


size_t
xd_edi_length(const xd_edi_reader_t *r, xd_str_t value)
{
    look_t found;
    size_t n = 0;
    bool wide;

    if (!r->edifact) {
        return value.len;
    }

    found = look(r, value);
    if (!found.released && !found.foreign) {
        return value.len;
    }

    wide = found.foreign && is_utf8(value);
    for (size_t i = 0; i < value.len; i++) {
        if (found.released && value.ptr[i] == r->marks.release
            && i + 1 < value.len) {
            i++;
        }
        n += !wide || ((unsigned char) value.ptr[i] & 0xc0) != 0x80;
    }

    return n;
}


/* The first byte from an offset on that is no ASCII; the end if none is. */
static size_t
high_byte(xd_str_t b, size_t at, size_t end)
{
    while (at < end && (unsigned char) b.ptr[at] < 0x80) {
        at++;
    }

    return at;
}


/* Bytes that a set of ISO 8859 keeps for control characters. */
static bool
has_controls(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        if (c >= 0x80 && c < 0xa0) {
            return true;
        }
    }

    return false;
}


void
edifact_bytes(xd_x12_reader_t *r, const xd_segment_t *seg)
{
    xd_str_t b = r->scan.bytes;
    xd_str_t whole = { b.ptr + seg->offset, seg->end - seg->offset };
    size_t at = high_byte(b, seg->offset, seg->end);

    if (at == seg->end || r->charset == NULL) {
        return;
    }

    if (r->charset->name == NULL) {
        x12_tolerate(r, EDIFACT_FOREIGN_BYTES, at);
    } else if (is_utf8(whole)) {
        if (!r->charset->utf8) {
            x12_tolerate(r, EDIFACT_UTF8, at);
        }
    } else if (r->charset->utf8 || has_controls(whole)) {
        x12_tolerate(r, EDIFACT_INVALID, at);
    }
}


/* -- values in UTF-8 ------------------------------------------------------ */

static void
iconv_end(void *ctx)
{
    xd_x12_reader_t *r = ctx;

    if (r->iconv != (iconv_t) -1) {
        (void) iconv_close(r->iconv);
        r->iconv = (iconv_t) -1;
    }
}


/* One converter at a time, closed with the reader. */
static bool
iconv_ready(xd_x12_reader_t *r)
{
    const char *name =
        r->charset->name != NULL ? r->charset->name : "ISO-8859-1";

    if (r->iconv != (iconv_t) -1 && r->iconv_of == r->charset) {
        (void) iconv(r->iconv, NULL, NULL, NULL, NULL);
        return true;
    }

    if (r->iconv_of == NULL && !xd_arena_defer(r->arena, iconv_end, r)) {
        return false;
    }

    iconv_end(r);
    r->iconv_of = r->charset;
    r->iconv = iconv_open("UTF-8", name);

    return true;
}


/* Copies one byte that is no character: what stands for it in UTF-8. */
static size_t
replace(char *to)
{
    memcpy(to, replacement, sizeof(replacement) - 1);

    return sizeof(replacement) - 1;
}


static size_t
from_utf8(xd_str_t s, char *to)
{
    size_t len = 0;

    while (s.len > 0) {
        size_t good = xd_utf8_valid(s);

        memcpy(to + len, s.ptr, good);
        len += good;
        s = (xd_str_t){ s.ptr + good, s.len - good };
        if (s.len > 0) {
            len += replace(to + len);
            s = (xd_str_t){ s.ptr + 1, s.len - 1 };
        }
    }

    return len;
}


/* room: of to, WIDEST times the bytes and one character more. */
static size_t
from_set(xd_x12_reader_t *r, char *bytes, size_t len, char *to, size_t room)
{
    char *out = to;

    while (len > 0 && room > sizeof(replacement)) {
        if (iconv(r->iconv, &bytes, &len, &out, &room) == (size_t) -1 && len > 0
            && room > sizeof(replacement))
        {
            size_t n = replace(out);

            out += n;
            room -= n;
            bytes++;
            len--;
        }
    }

    return (size_t) (out - to);
}


static xd_str_t
converted(xd_x12_reader_t *r, xd_arena_t *arena, char *bytes, size_t len)
{
    size_t room = (len + 1) * WIDEST;
    char *to = xd_alloc(arena, room);
    xd_str_t s = { bytes, len };

    if (to == NULL) {
        return XD_STR_NONE;
    }

    if (r->charset == NULL || r->charset->utf8 || is_utf8(s)) {
        return (xd_str_t){ to, from_utf8(s, to) };
    }

    if (!iconv_ready(r)) {
        return XD_STR_NONE;
    }

    return r->iconv != (iconv_t) -1
               ? (xd_str_t){ to, from_set(r, bytes, len, to, room) }
               : (xd_str_t){ to, from_utf8(s, to) };
}


xd_str_t
xd_edi_value(xd_edi_reader_t *r, xd_arena_t *arena, xd_str_t value)
{
    look_t found;
    size_t len = 0;
    char *to;

    if (!r->edifact || value.len == 0) {
        return value;
    }

    found = look(r, value);
    if (!found.released && !found.foreign) {
        return value;
    }

    to = xd_alloc(arena, value.len);
    if (to == NULL) {
        return XD_STR_NONE;
    }

    for (size_t i = 0; i < value.len; i++) {
        if (found.released && value.ptr[i] == r->marks.release
            && i + 1 < value.len) {
            i++;
        }
        to[len++] = value.ptr[i];
    }

    return found.foreign ? converted(r, arena, to, len) : (xd_str_t){ to, len };
}
