/* SPDX-License-Identifier: BSD-2-Clause */

#include "name.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"


/* Takes what a buffer holds into the arena, and the buffer's end. */
static xd_str_t
taken(xd_arena_t *arena, xd_buf_t *b)
{
    xd_str_t text = XD_STR_NONE;

    if (xd_buf_rc(b) == XD_OK) {
        text = xd_dup(arena, b->len > 0 ? xd_buf_str(b) : XD_STR("_"));
    }

    xd_buf_free(b);

    return text;
}


xd_str_t
name_clean(xd_arena_t *arena, const char *name)
{
    xd_str_t rest = xd_str(name);
    xd_buf_t b = { 0 };

    while (rest.len > 0 && b.len < NAME_KEPT) {
        xd_str_t room = { rest.ptr,
            rest.len < NAME_KEPT - b.len ? rest.len : NAME_KEPT - b.len };
        size_t valid = xd_utf8_valid(room);

        for (size_t i = 0; i < valid; i++) {
            unsigned char c = (unsigned char) rest.ptr[i];

            xd_buf_byte(&b, c < 0x20 || c == 0x7f ? '_' : (char) c);
        }

        rest.ptr += valid;
        rest.len -= valid;
        if (valid < room.len) {
            xd_buf_byte(&b, '_');
            rest.ptr++;
            rest.len--;
        }
    }

    return taken(arena, &b);
}


bool
name_split(const char *name, const char *kind, name_parts_t *out)
{
    size_t len = strlen(kind);

    if (strncmp(name, kind, len) != 0 || name[len] != '.'
        || strlen(name) < len + 1 + XD_UUID_LEN + 2)
    {
        return false;
    }

    out->id = (xd_str_t){ name + len + 1, XD_UUID_LEN };
    out->rest = out->id.ptr + XD_UUID_LEN + 1;

    return out->rest[-1] == '.' && xd_uuid_valid(out->id);
}

/* -- templates ------------------------------------------------------------- */

static void
put_safe(xd_buf_t *b, xd_str_t s)
{
    if (s.len == 0) {
        xd_buf_text(b, "none");
    }

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];
        bool safe = c < 0x80 && (isalnum(c) || strchr("._-", c) != NULL);

        xd_buf_byte(b, safe ? (char) c : '_');
    }
}


static void
put_party(xd_buf_t *b, const name_values_t *v)
{
    put_safe(b, v->party);
}


static void
put_document(xd_buf_t *b, const name_values_t *v)
{
    put_safe(b, v->document);
}


static void
put_control(xd_buf_t *b, const name_values_t *v)
{
    put_safe(b, v->control);
}


static void
put_id(xd_buf_t *b, const name_values_t *v)
{
    put_safe(b, v->id);
}


static void
put_seq(xd_buf_t *b, const name_values_t *v)
{
    xd_buf_fmt(b, "%06" PRIu64, v->seq);
}


/* 2026-05-14T09:31:22.412Z */
static void
put_date(xd_buf_t *b, const name_values_t *v)
{
    char at[XD_INSTANT_LEN + 1];

    xd_instant_write(v->at_ms, at);
    xd_buf_fmt(b, "%.4s%.2s%.2s", at, at + 5, at + 8);
}


static void
put_time(xd_buf_t *b, const name_values_t *v)
{
    char at[XD_INSTANT_LEN + 1];

    xd_instant_write(v->at_ms, at);
    xd_buf_fmt(b, "%.2s%.2s%.2s", at + 11, at + 14, at + 17);
}


static const struct {
    const char *word;
    void (*put)(xd_buf_t *b, const name_values_t *v);
} words[] = {
    { "party", put_party },
    { "document", put_document },
    { "control", put_control },
    { "id", put_id },
    { "seq", put_seq },
    { "date", put_date },
    { "time", put_time },
};


/* The configuration's schema lets no other word in. */
static void
put_word(xd_buf_t *b, xd_str_t word, const name_values_t *v)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (xd_str_is(word, words[i].word)) {
            words[i].put(b, v);
        }
    }
}


bool
name_wants_seq(xd_str_t template)
{
    return memmem(template.ptr, template.len, "{seq}", 5) != NULL;
}


/* Before the last dot, so that the end still says what it is. */
static xd_str_t
numbered(xd_arena_t *arena, xd_str_t name, unsigned n)
{
    const char *dot;
    size_t stem;

    if (n < 2 || name.ptr == NULL) {
        return name;
    }

    dot = memrchr(name.ptr, '.', name.len);
    stem = dot == NULL ? name.len : (size_t) (dot - name.ptr);

    return xd_fmt(arena, "%.*s-%u%.*s", (int) stem, name.ptr, n,
        (int) (name.len - stem), name.ptr + stem);
}


xd_str_t
name_make(xd_arena_t *arena, xd_str_t template, const name_values_t *v,
    unsigned n)
{
    xd_buf_t b = { 0 };

    while (template.ptr != NULL && template.len > 0) {
        xd_str_t plain = xd_str_cut(&template, '{');

        xd_buf_add(&b, plain);
        if (template.ptr != NULL) {
            put_word(&b, xd_str_cut(&template, '}'), v);
        }
    }

    /* A hidden file would never be fetched. */
    if (b.len > 0 && b.ptr[0] == '.') {
        b.ptr[0] = '_';
    }

    return numbered(arena, taken(arena, &b), n);
}
