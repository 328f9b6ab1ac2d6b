/* SPDX-License-Identifier: BSD-2-Clause */

/* Functions over strings.  Positions are code points, as people count. */

#include "cel/room.h"

#include "base/utf8.h"

#define TEXT_MOST (1024 * 1024) /* bytes of a string that is made */


/* What a buffer holds, as a value; the buffer is freed. */
static xd_cel_value_t
made(cel_run_t *run, xd_buf_t *out)
{
    xd_cel_value_t v;

    if (xd_buf_rc(out) == XD_E_LIMIT) {
        v = cel_error(run, "the text would be longer than 1 MiB");
    } else if (xd_buf_rc(out) != XD_OK
               || !cel_cost_bytes(run, xd_buf_str(out).len)) {
        v = cel_memory(run);
    } else {
        v = xd_cel_of_text(xd_dup(run->arena, xd_buf_str(out)));
        v = v.as.text.ptr != NULL ? v : cel_memory(run);
    }

    xd_buf_free(out);

    return v;
}


static xd_cel_value_t
concat_lists(cel_run_t *run, const xd_cel_value_t *args)
{
    cel_grow_t g = { 0 };
    xd_cel_value_t key;
    xd_cel_value_t v;

    for (int i = 0; i < 2; i++) {
        cel_walk_t w = cel_walk(&args[i]);

        while (cel_step(run, &w, &key, &v)) {
            if (!cel_cost(run, 1) || !cel_push(run, &g, v)) {
                return cel_memory(run);
            }
        }
    }

    return cel_items(run, XD_CEL_LIST, &g);
}


xd_cel_value_t
cel_fn_concat(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t a = args[0].as.text;
    xd_str_t b = args[1].as.text;
    char *out;

    (void) row;

    if (args[0].kind == XD_CEL_LIST) {
        return concat_lists(run, args);
    }

    if (a.len + b.len > TEXT_MOST) {
        return cel_error(run, "the text would be longer than 1 MiB");
    }

    if (!cel_cost_bytes(run, a.len + b.len)) {
        return cel_memory(run);
    }

    out = xd_alloc(run->arena, a.len + b.len + 1);
    if (out == NULL) {
        return cel_memory(run);
    }

    memcpy(out, a.len > 0 ? a.ptr : "", a.len);
    memcpy(out + a.len, b.len > 0 ? b.ptr : "", b.len);

    return cel_text(args[0].kind, (xd_str_t){ out, a.len + b.len });
}


xd_cel_value_t
cel_fn_size(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) row;

    switch (args[0].kind) {
    case XD_CEL_STRING:
        (void) cel_cost_bytes(run, args[0].as.text.len);
        return cel_int((int64_t) xd_utf8_count(args[0].as.text));
    case XD_CEL_BYTES:
        return cel_int((int64_t) args[0].as.text.len);
    default:
        return cel_int((int64_t) cel_count(&args[0]));
    }
}


static const char *
find(xd_str_t in, xd_str_t what)
{
    return what.len == 0 ? in.ptr : memmem(in.ptr, in.len, what.ptr, what.len);
}


xd_cel_value_t
cel_fn_find(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    xd_str_t what = args[1].as.text;

    (void) cel_cost_bytes(run, row->tag == 'c' ? s.len : what.len);

    if (what.len == 0) {
        return cel_bool(true);
    }

    switch (row->tag) {
    case 'c':
        return cel_bool(find(s, what) != NULL);
    case 's':
        return cel_bool(xd_str_starts(s, what));
    default:
        return cel_bool(
            what.len <= s.len
            && memcmp(s.ptr + s.len - what.len, what.ptr, what.len) == 0);
    }
}


/* The byte where the nth code point begins; false behind the end. */
static bool
byte_of(xd_str_t s, int64_t n, size_t *at)
{
    *at = 0;
    while (n > 0 && *at < s.len) {
        *at += cel_point((xd_str_t){ s.ptr + *at, s.len - *at });
        n--;
    }

    return n == 0;
}


static xd_cel_value_t
out_of_range(cel_run_t *run, int64_t n)
{
    return cel_error(run, "index out of range: %lld", (long long) n);
}


xd_cel_value_t
cel_fn_char_at(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    size_t at;

    (void) row;

    if (!byte_of(s, args[1].as.number, &at)) {
        return out_of_range(run, args[1].as.number);
    }

    s = (xd_str_t){ s.ptr + at, s.len - at };
    s.len = s.len == 0 ? 0 : cel_point(s);

    return xd_cel_of_text(s);
}


static int64_t
points_to(xd_str_t s, size_t at)
{
    return (int64_t) xd_utf8_count((xd_str_t){ s.ptr, at });
}


static bool
stands_at(xd_str_t s, size_t at, xd_str_t what)
{
    return what.len == 0
           || (at + what.len <= s.len
               && memcmp(s.ptr + at, what.ptr, what.len) == 0);
}


/* From a place, forwards or backwards. */
static int64_t
search(xd_str_t s, size_t at, xd_str_t what, bool back)
{
    for (;;) {
        if (stands_at(s, at, what)) {
            return points_to(s, at);
        }

        if (at == (back ? 0 : s.len)) {
            return -1;
        }

        at += back ? (size_t) -1 : 1;
    }
}


xd_cel_value_t
cel_fn_index_of(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    xd_str_t what = args[1].as.text;
    bool back = (row->tag | 0x20) == 'l';
    size_t at = back ? s.len : 0;

    if (!cel_cost(run, s.len / 16 + s.len * what.len / 64)) {
        return cel_memory(run);
    }

    if (row->tag == 'F' || row->tag == 'L') {
        if (what.len > 0 && !byte_of(s, args[2].as.number, &at)) {
            return out_of_range(run, args[2].as.number);
        }

        if (what.len == 0) {
            return args[2].as.number >= 0 && byte_of(s, args[2].as.number, &at)
                       ? cel_int(args[2].as.number)
                       : out_of_range(run, args[2].as.number);
        }
    }

    return cel_int(search(s, at, what, back));
}


xd_cel_value_t
cel_fn_ascii(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    xd_buf_t out = { 0 };
    char from = row->tag == 'l' ? 'A' : 'a';

    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        xd_buf_byte(&out, c >= from && c <= from + 25 ? (char) (c ^ 0x20) : c);
    }

    return made(run, &out);
}


/* An empty text stands before every code point, and at the end. */
static void
replace_empty(xd_buf_t *out, xd_str_t s, xd_str_t with, int64_t most)
{
    while (most != 0) {
        size_t n = s.len > 0 ? cel_point(s) : 0;

        xd_buf_add(out, with);
        xd_buf_add(out, (xd_str_t){ s.ptr, n });
        s = (xd_str_t){ s.ptr + n, s.len - n };
        most--;
        if (n == 0) {
            return;
        }
    }

    xd_buf_add(out, s);
}


xd_cel_value_t
cel_fn_replace(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    xd_str_t what = args[1].as.text;
    int64_t most = row->tag == 1 ? args[3].as.number : -1;
    xd_buf_t out = { .limit = TEXT_MOST };
    const char *at;

    (void) cel_cost_bytes(run, s.len);

    if (what.len == 0) {
        replace_empty(&out, s, args[2].as.text, most);
        return made(run, &out);
    }

    while (most != 0 && s.len > 0 && (at = find(s, what)) != NULL) {
        size_t before = (size_t) (at - s.ptr);

        xd_buf_add(&out, (xd_str_t){ s.ptr, before });
        xd_buf_add(&out, args[2].as.text);
        s = (xd_str_t){ at + what.len, s.len - before - what.len };
        most--;
    }

    xd_buf_add(&out, s);

    return made(run, &out);
}


/* Where the next piece ends; an empty separator cuts code points. */
static const char *
cut_at(xd_str_t s, xd_str_t sep)
{
    size_t n;

    if (sep.len > 0) {
        return s.len > 0 ? find(s, sep) : NULL;
    }

    n = s.len > 0 ? cel_point(s) : 0;

    return n < s.len ? s.ptr + n : NULL;
}


xd_cel_value_t
cel_fn_split(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    xd_str_t sep = args[1].as.text;
    int64_t most = row->tag == 1 ? args[2].as.number : -1;
    cel_grow_t g = { 0 };
    const char *at;

    (void) cel_cost_bytes(run, s.len);

    if (most == 0 || (s.len == 0 && sep.len == 0)) {
        return cel_items(run, XD_CEL_LIST, &g);
    }

    while (most != 1 && (at = cut_at(s, sep)) != NULL) {
        size_t n = (size_t) (at - s.ptr);

        if (!cel_cost(run, 1)
            || !cel_push(run, &g, xd_cel_of_text((xd_str_t){ s.ptr, n })))
        {
            return cel_memory(run);
        }

        s = (xd_str_t){ at + sep.len, s.len - n - sep.len };
        most--;
    }

    return cel_push(run, &g, xd_cel_of_text(s))
               ? cel_items(run, XD_CEL_LIST, &g)
               : cel_memory(run);
}


xd_cel_value_t
cel_fn_substring(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    int64_t start = args[1].as.number;
    int64_t end = row->tag == 1 ? args[2].as.number : INT64_MAX;
    size_t from;
    size_t to = s.len;

    (void) cel_cost_bytes(run, s.len);

    if (!byte_of(s, start, &from)) {
        return out_of_range(run, start);
    }

    if (row->tag == 1 && !byte_of(s, end, &to)) {
        return out_of_range(run, end);
    }

    if (start > end) {
        return cel_error(run, "invalid substring range: %lld to %lld",
            (long long) start, (long long) end);
    }

    return xd_cel_of_text((xd_str_t){ s.ptr + from, to - from });
}


/* Unicode's White_Space beyond ASCII, as UTF-8. */
static size_t
blank(xd_str_t s)
{
    static const char *const wide[] = { "\xC2\x85", "\xC2\xA0", "\xE1\x9A\x80",
        "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
        "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87",
        "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80" };

    if (s.len > 0 && (s.ptr[0] == ' ' || (s.ptr[0] >= 9 && s.ptr[0] <= 13))) {
        return 1;
    }

    for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
        if (xd_str_starts(s, xd_str(wide[i]))) {
            return strlen(wide[i]);
        }
    }

    return 0;
}


xd_cel_value_t
cel_fn_trim(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    size_t end = 0;
    size_t n;

    (void) row;
    (void) cel_cost_bytes(run, s.len);

    while ((n = blank(s)) > 0) {
        s = (xd_str_t){ s.ptr + n, s.len - n };
    }

    for (size_t at = 0; at < s.len; at += n) {
        xd_str_t rest = { s.ptr + at, s.len - at };

        n = cel_point(rest);
        end = blank(rest) == 0 ? at + n : end;
    }

    return xd_cel_of_text((xd_str_t){ s.ptr, end });
}


xd_cel_value_t
cel_fn_join(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_buf_t out = { .limit = TEXT_MOST };
    cel_walk_t w = cel_walk(&args[0]);
    xd_cel_value_t key;
    xd_cel_value_t v;

    while (cel_cost(run, 1) && cel_step(run, &w, &key, &v)) {
        if (v.kind != XD_CEL_STRING) {
            xd_buf_free(&out);
            return cel_no_overload(run);
        }

        if (w.n > 1 && row->tag == 1) {
            xd_buf_add(&out, args[1].as.text);
        }

        xd_buf_add(&out, v.as.text);
    }

    return made(run, &out);
}


xd_cel_value_t
cel_fn_reverse(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_str_t s = args[0].as.text;
    char *out = xd_alloc(run->arena, s.len + 1);
    size_t n;

    (void) row;

    if (out == NULL || !cel_cost_bytes(run, s.len)) {
        return cel_memory(run);
    }

    for (size_t at = 0; at < s.len; at += n) {
        n = cel_point((xd_str_t){ s.ptr + at, s.len - at });
        memcpy(out + s.len - at - n, s.ptr + at, n);
    }

    return xd_cel_of_text((xd_str_t){ out, s.len });
}


xd_cel_value_t
cel_fn_quote(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    static const char from[] = "\a\b\f\n\r\t\v\\\"";
    static const char to[] = "abfnrtv\\\"";
    xd_str_t s = args[0].as.text;
    xd_buf_t out = { .limit = TEXT_MOST };

    (void) row;

    xd_buf_byte(&out, '"');
    for (size_t i = 0; i < s.len; i++) {
        const char *found = s.ptr[i] != '\0' ? strchr(from, s.ptr[i]) : NULL;

        if (found != NULL) {
            xd_buf_byte(&out, '\\');
        }

        xd_buf_byte(&out, found != NULL ? to[found - from] : s.ptr[i]);
    }

    xd_buf_byte(&out, '"');

    return made(run, &out);
}


/* A pattern that only the run knows is compiled in its arena. */
xd_cel_value_t
cel_fn_matches(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    const struct cel_regex_s *regex = run->node->regex;
    xd_str_t why = XD_STR_NONE;
    int found;

    (void) row;

    if (!cel_cost(run, 10 + args[0].as.text.len / 4)) {
        return cel_memory(run);
    }

    if (regex == NULL) {
        (void) cel_cost(run, 50 + args[1].as.text.len);
        regex = cel_regex_compile(run->arena, args[1].as.text, &why);
    }

    if (regex == NULL && why.ptr == NULL) {
        return cel_memory(run);
    }

    if (regex == NULL) {
        return cel_error(run, "the pattern is refused: %.*s", XD_FMT(why));
    }

    found = cel_regex_match(regex, run->arena, args[0].as.text);

    if (found == -2) {
        return cel_memory(run);
    }

    return found < 0 ? cel_error(run, "the pattern needs too many steps")
                     : cel_bool(found == 1);
}
