/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_MESSAGE_H
#define XD_BUS_MESSAGE_H

#include "base/buf.h"
#include "base/vec.h"
#include "tree/node.h"


/* One header; values are text (longstr) on the wire. */
typedef struct {
    xd_str_t name, value;
} xd_header_t;

/* A message to be published, or as it was delivered.  Always persistent and
 * mandatory. */
typedef struct {
    xd_str_t exchange, routing_key;
    xd_str_t content_type, message_id, correlation_id, type, app_id, user_id;
    int64_t timestamp; /* seconds; 0: none */
    const xd_header_t *headers;
    size_t nheaders;
    xd_str_t body;
} xd_message_t;

typedef struct {
    xd_message_t message;
    uint64_t tag;
    bool redelivered;
    uint32_t consumer; /* as xd_link_consume gave it */
} xd_delivery_t;

/* Value of a header, or XD_STR_NONE. */
xd_str_t xd_header(const xd_message_t *m, const char *name);

/*
 * xd_message_fact - the envelope of a canonical document (CloudEvents 1.0,
 * AMQP binding, binary mode)
 *
 *   doc          with its meta; everything is read from there
 *   body         its bytes, as they will be published
 *   traceparent  W3C text, or empty
 *   config       hash of the configuration
 *   out          exchange xd.<domain>, key <document>.<event>.v<major>.
 *                <site>.pNN; slices in arena
 *
 * Returns XD_OK; XD_E_SYNTAX when meta lacks a member; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_message_fact(xd_arena_t *arena, const xd_node_t *doc,
    xd_str_t body, xd_str_t traceparent, xd_str_t config, xd_message_t *out);

/* The same document as a command: exchange xd.cmd, key <process>.
 * <destination>.<document>.<verb>.v<major>.pNN; message-id is UUIDv5 of
 * (fact's id, destination, verb). */
XD_CHECKED xd_rc_t xd_message_command(xd_arena_t *arena,
    const xd_message_t *fact, xd_str_t process, xd_str_t destination,
    xd_str_t verb, xd_message_t *out);

/* The parts of a routing key, split at dots; count is what was found. */
typedef struct {
    xd_str_t part[12];
    uint32_t count;
} xd_key_parts_t;

xd_key_parts_t xd_key_split(xd_str_t routing_key);

/* Copies a message and all it points to into arena. */
XD_CHECKED xd_rc_t xd_message_copy(xd_arena_t *arena, const xd_message_t *m,
    xd_message_t *out);

/* Properties and headers (not the body) as JSON and back: how outbox, held
 * and hospital keep them. */
void xd_message_props_write(xd_buf_t *out, const xd_message_t *m);
XD_CHECKED xd_rc_t xd_message_props_read(xd_arena_t *arena, xd_str_t json,
    xd_message_t *out);

/* A valid traceparent as received, else a new one (W3C Trace Context, level
 * 1); `child` keeps the trace and makes a new parent id. */
xd_str_t xd_trace_accept(xd_arena_t *arena, xd_str_t received);
xd_str_t xd_trace_child(xd_arena_t *arena, xd_str_t traceparent);

#endif
