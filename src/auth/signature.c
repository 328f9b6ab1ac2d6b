/* SPDX-License-Identifier: BSD-2-Clause */

#include <strings.h>

#include "auth/component.h"

#define COMPONENTS_MAX 64
#define MEMBERS_MAX    256

static const char *const texts[XD_SIGNATURE_FAULTS] = {
    [XD_SIGNATURE_GOOD] = "good",
    [XD_SIGNATURE_MEMORY] = "out of memory",
    [XD_SIGNATURE_ABSENT] = "no such signature",
    [XD_SIGNATURE_FORM] = "malformed signature fields",
    [XD_SIGNATURE_COMPONENT] = "covers an absent or unknown component",
    [XD_SIGNATURE_COVER] = "does not cover a required component",
    [XD_SIGNATURE_ALG] = "algorithm not allowed",
    [XD_SIGNATURE_AGE] = "signature too old, too early or expired",
    [XD_SIGNATURE_NONCE] = "no nonce",
    [XD_SIGNATURE_BAD] = "bad signature",
};


const char *
xd_signature_text(xd_signature_fault_t fault)
{
    return texts[fault];
}


static xd_signature_fault_t
fault_of(xd_rc_t rc)
{
    return rc == XD_OK         ? XD_SIGNATURE_GOOD
           : rc == XD_E_MEMORY ? XD_SIGNATURE_MEMORY
                               : XD_SIGNATURE_FORM;
}


/* A dictionary that may stand on several lines. */
static xd_signature_fault_t
read_dictionary(xd_arena_t *arena, const xd_http_message_t *m, const char *name,
    xd_field_t **out)
{
    xd_buf_t lines = { 0 };
    xd_str_t text;
    bool found = false;

    for (size_t i = 0; i < m->nfields; i++) {
        const xd_http_field_t *f = &m->fields[i];

        if (f->name.len == strlen(name)
            && strncasecmp(f->name.ptr, name, f->name.len) == 0)
        {
            xd_buf_text(&lines, found ? ", " : "");
            xd_buf_add(&lines, f->value);
            found = true;
        }
    }

    text = xd_buf_rc(&lines) == XD_OK ? xd_dup(arena, xd_buf_str(&lines))
                                      : XD_STR_NONE;
    xd_buf_free(&lines);
    if (!found) {
        return XD_SIGNATURE_ABSENT;
    }

    return text.ptr == NULL ? XD_SIGNATURE_MEMORY
                            : fault_of(xd_field_read(arena, text,
                                XD_FIELD_AS_DICTIONARY, MEMBERS_MAX, out));
}


static bool
text_param(const xd_field_t *input, const char *name, xd_str_t *out)
{
    const xd_field_t *p = xd_field_get(input->params, name);

    *out = p == NULL ? XD_STR_NONE : p->text;

    return p == NULL || p->kind == XD_FIELD_STRING;
}


static bool
time_param(const xd_field_t *input, const char *name, int64_t *out)
{
    const xd_field_t *p = xd_field_get(input->params, name);

    *out = p == NULL ? -1 : p->number;

    return p == NULL || (p->kind == XD_FIELD_INTEGER && p->number >= 0);
}


static bool
read_params(xd_signature_t *s)
{
    return s->input->kind == XD_FIELD_INNER
           && text_param(s->input, "keyid", &s->keyid)
           && text_param(s->input, "alg", &s->alg)
           && text_param(s->input, "nonce", &s->nonce)
           && text_param(s->input, "tag", &s->tag)
           && time_param(s->input, "created", &s->created)
           && time_param(s->input, "expires", &s->expires);
}


/* The one that is meant; NULL when there is none, or more than one. */
static const xd_field_t *
choose(const xd_field_t *inputs, xd_str_t label, xd_str_t tag)
{
    const xd_field_t *chosen = NULL;

    for (const xd_field_t *i = inputs; i != NULL; i = i->next) {
        xd_str_t own;

        if ((label.ptr != NULL && !xd_str_eq(label, i->key))
            || (tag.ptr != NULL
                && (!text_param(i, "tag", &own) || !xd_str_eq(own, tag))))
        {
            continue;
        }

        if (chosen != NULL) {
            return NULL;
        }

        chosen = i;
    }

    return chosen;
}


xd_signature_fault_t
xd_signature_find(xd_arena_t *arena, const xd_http_message_t *message,
    xd_str_t label, xd_str_t tag, xd_signature_t *out)
{
    xd_field_t *inputs, *signatures;
    const xd_field_t *bytes;
    xd_signature_fault_t fault =
        read_dictionary(arena, message, "signature-input", &inputs);

    if (fault == XD_SIGNATURE_GOOD) {
        fault = read_dictionary(arena, message, "signature", &signatures);
    }

    if (fault != XD_SIGNATURE_GOOD) {
        return fault;
    }

    *out = (xd_signature_t){ .input = choose(inputs, label, tag) };
    if (out->input == NULL) {
        return XD_SIGNATURE_ABSENT;
    }

    bytes = xd_field_get_str(signatures, out->input->key);
    if (bytes == NULL || bytes->kind != XD_FIELD_BYTES || !read_params(out)) {
        return XD_SIGNATURE_FORM;
    }

    out->bytes = bytes->text;

    return XD_SIGNATURE_GOOD;
}


/* An identifier with its parameters stands only once in the list. */
static bool
is_repeated(xd_str_t base, xd_str_t id)
{
    while (base.ptr != NULL) {
        if (xd_str_starts(xd_str_cut(&base, '\n'), id)) {
            return true;
        }
    }

    return false;
}


/* The identifier, a colon, a blank, the value and a line end. */
static xd_signature_fault_t
write_line(xd_arena_t *arena, const xd_http_message_t *message,
    const xd_field_t *id, size_t from, xd_buf_t *out)
{
    size_t start = out->len;
    xd_signature_fault_t fault;

    if (xd_field_write_member(out, id) != XD_OK) {
        return XD_SIGNATURE_COMPONENT;
    }

    xd_buf_text(out, ": ");
    if (xd_buf_rc(out) != XD_OK) {
        return XD_SIGNATURE_MEMORY;
    }

    if (is_repeated((xd_str_t){ out->ptr + from, start - from },
            (xd_str_t){ out->ptr + start, out->len - start }))
    {
        return XD_SIGNATURE_COMPONENT;
    }

    fault = component_write(arena, message, id, out);
    xd_buf_byte(out, '\n');

    return fault;
}


xd_signature_fault_t
xd_signature_base(xd_arena_t *arena, const xd_http_message_t *message,
    const xd_field_t *input, xd_buf_t *out)
{
    size_t from = out->len, n = 0;

    if (input->kind != XD_FIELD_INNER) {
        return XD_SIGNATURE_FORM;
    }

    for (const xd_field_t *id = input->items; id != NULL; id = id->next) {
        xd_signature_fault_t fault =
            n++ == COMPONENTS_MAX ? XD_SIGNATURE_COMPONENT
                                  : write_line(arena, message, id, from, out);

        if (fault != XD_SIGNATURE_GOOD) {
            return fault;
        }
    }

    xd_buf_text(out, "\"@signature-params\": ");

    return fault_of(xd_field_write_member(out, input));
}


static bool
covers(const xd_field_t *input, const char *const *names)
{
    for (; names != NULL && *names != NULL; names++) {
        const xd_field_t *id = input->items;

        /* With parameters it would be only a part of it. */
        while (id != NULL
               && !(xd_str_is(id->text, *names) && id->params == NULL)) {
            id = id->next;
        }

        if (id == NULL) {
            return false;
        }
    }

    return true;
}


static bool
in_time(const xd_signature_t *s, const xd_signature_policy_t *policy)
{
    if (s->expires >= 0 && s->expires < policy->now) {
        return false;
    }

    if (s->created > policy->now + policy->leeway) {
        return false;
    }

    return policy->age_max == 0
           || (s->created >= 0 && s->created >= policy->now - policy->age_max);
}


xd_signature_fault_t
xd_signature_verify(xd_arena_t *arena, const xd_http_message_t *message,
    const xd_signature_t *signature, const xd_key_t *key,
    const xd_signature_policy_t *policy)
{
    const char *alg = xd_algs[xd_key_alg(key)].http;
    xd_buf_t base = { 0 };
    xd_signature_fault_t fault;

    if (alg == NULL
        || (signature->alg.ptr != NULL && !xd_str_is(signature->alg, alg)))
    {
        return XD_SIGNATURE_ALG;
    }

    if (!covers(signature->input, policy->cover)) {
        return XD_SIGNATURE_COVER;
    }

    if (!in_time(signature, policy)) {
        return XD_SIGNATURE_AGE;
    }

    if (policy->nonce && signature->nonce.len == 0) {
        return XD_SIGNATURE_NONCE;
    }

    fault = xd_signature_base(arena, message, signature->input, &base);
    if (fault == XD_SIGNATURE_GOOD
        && !xd_key_verify(key, xd_buf_str(&base), signature->bytes))
    {
        fault = XD_SIGNATURE_BAD;
    }

    xd_buf_free(&base);

    return fault;
}


xd_signature_fault_t
xd_signature_sign(xd_arena_t *arena, const xd_http_message_t *message,
    const char *label, xd_str_t input, const xd_key_t *key,
    xd_buf_t *input_field, xd_buf_t *signature_field)
{
    uint8_t bytes[XD_SIGNATURE_MAX];
    xd_field_t sig = { .kind = XD_FIELD_BYTES, .key = xd_str(label) };
    xd_field_t *list;
    xd_buf_t base = { 0 };
    size_t len = 0;
    xd_signature_fault_t fault =
        fault_of(xd_field_read(arena, input, XD_FIELD_AS_LIST, 0, &list));

    if (fault != XD_SIGNATURE_GOOD || list == NULL || list->next != NULL) {
        return fault == XD_SIGNATURE_GOOD ? XD_SIGNATURE_FORM : fault;
    }

    fault = xd_signature_base(arena, message, list, &base);
    if (fault == XD_SIGNATURE_GOOD) {
        fault = fault_of(xd_key_sign(key, xd_buf_str(&base), bytes, &len));
    }

    xd_buf_free(&base);
    if (fault != XD_SIGNATURE_GOOD) {
        return fault;
    }

    list->key = xd_str(label);
    sig.text = (xd_str_t){ (char *) bytes, len };
    fault = fault_of(xd_field_write(input_field, list, XD_FIELD_AS_DICTIONARY));

    return fault != XD_SIGNATURE_GOOD ? fault
                                      : fault_of(xd_field_write(signature_field,
                                          &sig, XD_FIELD_AS_DICTIONARY));
}
