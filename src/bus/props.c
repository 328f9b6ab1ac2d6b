/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A message without its body as one JSON object: how outbox, held messages
 * and the ward keep it.  Headers are pairs in an array, since a table on the
 * wire may name one twice and their order is kept.
 */

#include "bus/message.h"

#include <inttypes.h>

#include "format/json.h"


/* Members that are texts, by their places. */
static const struct {
    const char *name;
    size_t offset;
} texts[] = {
    { "exchange", offsetof(xd_message_t, exchange) },
    { "routing_key", offsetof(xd_message_t, routing_key) },
    { "content_type", offsetof(xd_message_t, content_type) },
    { "message_id", offsetof(xd_message_t, message_id) },
    { "correlation_id", offsetof(xd_message_t, correlation_id) },
    { "type", offsetof(xd_message_t, type) },
    { "app_id", offsetof(xd_message_t, app_id) },
    { "user_id", offsetof(xd_message_t, user_id) },
};

#define NTEXTS (sizeof(texts) / sizeof(texts[0]))


static void
write_headers(xd_buf_t *out, const xd_message_t *m)
{
    for (size_t i = 0; i < m->nheaders; i++) {
        xd_buf_text(out, i == 0 ? "[" : ",[");
        xd_json_string(out, m->headers[i].name);
        xd_buf_byte(out, ',');
        xd_json_string(out, m->headers[i].value);
        xd_buf_byte(out, ']');
    }
}


void
xd_message_props_write(xd_buf_t *out, const xd_message_t *m)
{
    xd_buf_byte(out, '{');

    for (size_t i = 0; i < NTEXTS; i++) {
        const xd_str_t *text =
            (const void *) ((const char *) m + texts[i].offset);

        if (text->len > 0) {
            xd_buf_fmt(out, "\"%s\":", texts[i].name);
            xd_json_string(out, *text);
            xd_buf_byte(out, ',');
        }
    }

    if (m->timestamp != 0) {
        xd_buf_fmt(out, "\"timestamp\":%" PRId64 ",", m->timestamp);
    }

    xd_buf_text(out, "\"headers\":[");
    write_headers(out, m);
    xd_buf_text(out, "]}");
}


/* What is no pair of texts was not written by us. */
static xd_rc_t
read_headers(xd_arena_t *arena, const xd_node_t *list, xd_message_t *m)
{
    xd_header_t *headers;

    if (list == NULL || list->count == 0) {
        return XD_OK;
    }

    headers = xd_alloc_n(arena, list->count, sizeof(*headers));
    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    xd_each (pair, list) {
        const xd_node_t *name = xd_nth(pair, 0), *value = xd_nth(pair, 1);

        if (name == NULL || value == NULL || name->kind != XD_STRING
            || value->kind != XD_STRING)
        {
            return XD_E_SYNTAX;
        }

        headers[m->nheaders++] = (xd_header_t){ name->text, value->text };
    }

    m->headers = headers;

    return XD_OK;
}


xd_rc_t
xd_message_props_read(xd_arena_t *arena, xd_str_t json, xd_message_t *out)
{
    xd_message_t m = { .timestamp = 0 };
    xd_str_t bytes = xd_dup(arena, json); /* the tree points into it */
    xd_report_t rep;
    xd_node_t *root;
    xd_rc_t rc;

    if (bytes.ptr == NULL) {
        return XD_E_MEMORY;
    }

    xd_report_init(&rep, arena, 0);
    rc = xd_json_read(arena, bytes, NULL, &root, &rep);
    if (rc != XD_OK) {
        return rc;
    }

    if (root->kind != XD_OBJECT) {
        return XD_E_SYNTAX;
    }

    for (size_t i = 0; i < NTEXTS; i++) {
        xd_str_t *text = (void *) ((char *) &m + texts[i].offset);

        *text = xd_text(root, texts[i].name);
    }

    m.timestamp = xd_int(root, "timestamp", 0, INT64_MAX, 0);

    rc = read_headers(arena, xd_get(root, "headers"), &m);
    if (rc == XD_OK) {
        *out = m;
    }

    return rc;
}
