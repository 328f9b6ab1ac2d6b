/* SPDX-License-Identifier: BSD-2-Clause */

#include <strings.h>

#include "auth/component.h"

#include "base/base64.h"

typedef struct {
    xd_arena_t *arena;
    const xd_http_message_t *message;
    const xd_field_t *params;
    xd_buf_t *out;
} place_t;

typedef bool write_fn(const place_t *p);


static void
add_lower(xd_buf_t *out, xd_str_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        xd_buf_byte(out, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
}


static bool
write_method(const place_t *p)
{
    xd_buf_add(p->out, p->message->method);

    return p->message->method.len > 0;
}


static bool
write_scheme(const place_t *p)
{
    add_lower(p->out, p->message->scheme);

    return p->message->scheme.len > 0;
}


static bool
ends_with(xd_str_t s, const char *end)
{
    size_t len = strlen(end);

    return s.len > len && strncasecmp(s.ptr + s.len - len, end, len) == 0;
}


/* Lower case, without the port that its scheme has anyway. */
static bool
write_authority(const place_t *p)
{
    xd_str_t scheme = p->message->scheme, name = p->message->authority;

    if (scheme.len == 4 && ends_with(name, ":80")) {
        name.len -= 3;
    } else if (scheme.len == 5 && ends_with(name, ":443")) {
        name.len -= 4;
    }

    add_lower(p->out, name);

    return name.len > 0;
}


/* What stands behind scheme and authority of an absolute target. */
static xd_str_t
path_and_query(const xd_http_message_t *m)
{
    xd_str_t target = m->target;
    const char *slashes = NULL, *slash;

    if (target.len == 0 || target.ptr[0] == '/' || target.ptr[0] == '*') {
        return target;
    }

    for (size_t i = 0; i + 2 < target.len && slashes == NULL; i++) {
        slashes = memcmp(target.ptr + i, "://", 3) == 0 ? target.ptr + i : NULL;
    }

    if (slashes == NULL) {
        return target;
    }

    target.len -= (size_t) (slashes + 3 - target.ptr);
    target.ptr = slashes + 3;
    slash = target.ptr;
    while (target.len > 0 && *slash != '/' && *slash != '?') {
        slash++;
        target.len--;
    }

    return (xd_str_t){ slash, target.len };
}


static bool
write_path(const place_t *p)
{
    xd_str_t rest = path_and_query(p->message), path = xd_str_cut(&rest, '?');

    xd_buf_add(p->out, path.len == 0 ? XD_STR("/") : path);

    return true;
}


static bool
write_query(const place_t *p)
{
    xd_str_t rest = path_and_query(p->message);

    (void) xd_str_cut(&rest, '?');
    xd_buf_byte(p->out, '?');
    if (rest.ptr != NULL) {
        xd_buf_add(p->out, rest);
    }

    return true;
}


static bool
write_target_uri(const place_t *p)
{
    xd_str_t rest = path_and_query(p->message);
    bool good = write_scheme(p);

    xd_buf_text(p->out, "://");
    good = write_authority(p) && good;
    if (rest.len == 0 || rest.ptr[0] == '?') {
        xd_buf_byte(p->out, '/');
    }

    xd_buf_add(p->out, rest);

    return good;
}


static bool
write_request_target(const place_t *p)
{
    xd_buf_add(p->out, p->message->target);

    return p->message->target.len > 0;
}


static bool
write_status(const place_t *p)
{
    xd_buf_fmt(p->out, "%03d", p->message->status);

    return p->message->status != 0;
}


static int
hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c == '\0' ? NULL : strchr(digits, c | 0x20);

    return at == NULL ? -1 : (int) (at - digits);
}


/* As a form is read, and written again with the least left as it stands. */
static void
recode(xd_buf_t *out, xd_str_t text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char) text.ptr[i];

        if (c == '%' && i + 2 < text.len && hex_digit(text.ptr[i + 1]) >= 0
            && hex_digit(text.ptr[i + 2]) >= 0)
        {
            c = (unsigned char) (hex_digit(text.ptr[i + 1]) * 16
                                 + hex_digit(text.ptr[i + 2]));
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }

        if ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            || c == '*' || c == '-' || c == '.' || c == '_')
        {
            xd_buf_byte(out, (char) c);
        } else {
            xd_buf_fmt(out, "%%%02X", (unsigned int) c);
        }
    }
}


static bool
named(xd_str_t name, xd_str_t want)
{
    xd_buf_t own = { 0 };
    bool same;

    recode(&own, name);
    same = xd_buf_rc(&own) == XD_OK && xd_str_eq(xd_buf_str(&own), want);
    xd_buf_free(&own);

    return same;
}


/* A parameter that comes twice has no one value. */
static bool
write_query_param(const place_t *p)
{
    const xd_field_t *want = xd_field_get(p->params, "name");
    xd_str_t query = path_and_query(p->message), value = XD_STR_NONE;
    size_t found = 0;

    (void) xd_str_cut(&query, '?');
    while (query.ptr != NULL && want != NULL && want->kind == XD_FIELD_STRING) {
        xd_str_t rest = xd_str_cut(&query, '&');
        bool given = rest.len > 0;
        xd_str_t name = xd_str_cut(&rest, '=');

        if (given && named(name, want->text)) {
            found++;
            value = rest;
        }
    }

    recode(p->out, value);

    return found == 1;
}


static const struct {
    const char *name;
    write_fn *write;
    bool response; /* the status is of a response, all else of a request */
} derived[] = {
    { "@method", write_method, false },
    { "@target-uri", write_target_uri, false },
    { "@authority", write_authority, false },
    { "@scheme", write_scheme, false },
    { "@request-target", write_request_target, false },
    { "@path", write_path, false },
    { "@query", write_query, false },
    { "@query-param", write_query_param, false },
    { "@status", write_status, true },
};

/* Whose strict form is known (;sf). */
static const struct {
    const char *name;
    xd_field_type_t type;
} structured[] = {
    { "content-digest", XD_FIELD_AS_DICTIONARY },
    { "repr-digest", XD_FIELD_AS_DICTIONARY },
    { "priority", XD_FIELD_AS_DICTIONARY },
    { "signature-input", XD_FIELD_AS_DICTIONARY },
    { "signature", XD_FIELD_AS_DICTIONARY },
    { "idempotency-key", XD_FIELD_AS_ITEM },
};


/* Without blanks at its ends, folds made one blank. */
static void
add_value(xd_buf_t *out, xd_str_t value)
{
    value = xd_str_trim(value);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] != '\r' && value.ptr[i] != '\n') {
            xd_buf_byte(out, value.ptr[i]);
            continue;
        }

        while (i + 1 < value.len && strchr("\r\n\t ", value.ptr[i + 1]) != NULL
               && value.ptr[i + 1] != '\0')
        {
            i++;
        }

        xd_buf_byte(out, ' ');
    }
}


/* All lines of that name, joined; false when there is none. */
static bool
write_lines(const place_t *p, xd_str_t name, bool bytes, xd_buf_t *out)
{
    bool trailer = xd_field_get(p->params, "tr") != NULL;
    const xd_http_field_t *f =
        trailer ? p->message->trailers : p->message->fields;
    size_t n = trailer ? p->message->ntrailers : p->message->nfields;
    bool found = false;

    for (size_t i = 0; i < n; i++) {
        if (f[i].name.len != name.len
            || strncasecmp(f[i].name.ptr, name.ptr, name.len) != 0)
        {
            continue;
        }

        xd_buf_text(out, found ? ", " : "");
        found = true;
        if (bytes) {
            xd_buf_byte(out, ':');
            xd_base64_write(out, xd_str_trim(f[i].value), XD_BASE64);
            xd_buf_byte(out, ':');
        } else {
            add_value(out, f[i].value);
        }
    }

    return found;
}


static bool
write_strict(const place_t *p, xd_str_t name, xd_str_t value)
{
    const xd_field_t *key = xd_field_get(p->params, "key");
    xd_field_type_t type = XD_FIELD_AS_DICTIONARY;
    bool known = key != NULL;
    const xd_field_t *member;
    xd_field_t *first;

    for (size_t i = 0; i < sizeof(structured) / sizeof(structured[0]); i++) {
        if (key == NULL && xd_str_is(name, structured[i].name)) {
            type = structured[i].type;
            known = true;
        }
    }

    if (!known || xd_field_read(p->arena, value, type, 0, &first) != XD_OK) {
        return false;
    }

    if (key == NULL) {
        return xd_field_write(p->out, first, type) == XD_OK;
    }

    member = key->kind == XD_FIELD_STRING ? xd_field_get_str(first, key->text)
                                          : NULL;

    return member != NULL && xd_field_write_member(p->out, member) == XD_OK;
}


static bool
write_field(const place_t *p, xd_str_t name)
{
    bool strict = xd_field_get(p->params, "sf") != NULL
                  || xd_field_get(p->params, "key") != NULL;
    bool bytes = xd_field_get(p->params, "bs") != NULL, good;
    xd_buf_t lines = { 0 };

    if (!strict) {
        return write_lines(p, name, bytes, p->out);
    }

    /* What is read from the lines points into them: a copy in the arena. */
    good = !bytes && write_lines(p, name, false, &lines)
           && write_strict(p, name, xd_dup(p->arena, xd_buf_str(&lines)));
    xd_buf_free(&lines);

    return good;
}


/* Only parameters that mean something here. */
static bool
params_known(const xd_field_t *id)
{
    bool query = xd_str_is(id->text, "@query-param");
    bool field = id->text.len > 0 && id->text.ptr[0] != '@';

    for (const xd_field_t *p = id->params; p != NULL; p = p->next) {
        bool flag = p->kind == XD_FIELD_BOOLEAN && p->number == 1;
        bool known = (flag && xd_str_is(p->key, "req"))
                     || (query && xd_str_is(p->key, "name"))
                     || (field && xd_str_is(p->key, "key"))
                     || (field && flag
                         && (xd_str_is(p->key, "sf") || xd_str_is(p->key, "bs")
                             || xd_str_is(p->key, "tr")));

        if (!known) {
            return false;
        }
    }

    return true;
}


/* Field names are covered in lower case. */
static bool
is_lower(xd_str_t name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z') {
            return false;
        }
    }

    return name.len > 0;
}


static bool
write_any(const place_t *p, const xd_field_t *id)
{
    if (id->text.len == 0 || id->text.ptr[0] != '@') {
        return is_lower(id->text) && write_field(p, id->text);
    }

    for (size_t i = 0; i < sizeof(derived) / sizeof(derived[0]); i++) {
        if (xd_str_is(id->text, derived[i].name)) {
            return derived[i].response == (p->message->status != 0)
                   && derived[i].write(p);
        }
    }

    return false;
}


xd_signature_fault_t
component_write(xd_arena_t *arena, const xd_http_message_t *message,
    const xd_field_t *id, xd_buf_t *out)
{
    place_t p = { arena, message, id->params, out };
    size_t from = out->len;

    if (id->kind != XD_FIELD_STRING || !params_known(id)) {
        return XD_SIGNATURE_COMPONENT;
    }

    if (xd_field_get(id->params, "req") != NULL) {
        p.message = message->status != 0 ? message->request : NULL;
    }

    if (p.message == NULL || !write_any(&p, id)) {
        return XD_SIGNATURE_COMPONENT;
    }

    /* A line end in a value would be a line of its own in the base. */
    for (size_t i = from; i < out->len; i++) {
        unsigned char c = (unsigned char) out->ptr[i];

        if ((c < 0x20 && c != '\t') || c > 0x7e) {
            return XD_SIGNATURE_COMPONENT;
        }
    }

    return xd_buf_rc(out) == XD_OK ? XD_SIGNATURE_GOOD : XD_SIGNATURE_MEMORY;
}
