/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What is on the broker, as AsyncAPI 3.0: a channel for the facts of each
 * document, one for commands; CloudEvents in binary mode as room bus writes
 * them.  Crossdock is the application, so it sends.
 */

#include "emit.h"

#include "canon/bundle.h"

#define SCHEMA_FORMAT "application/schema+json;version=draft-2020-12"

/* As fact_headers of bus/message.c; a test holds these to its source. */
static const struct {
    const char *name, *says;
    bool always;
} headers[] = {
    { "cloudEvents_specversion", "Always 1.0.", true },
    { "cloudEvents_id", "meta.id; the message-id of a fact.", true },
    { "cloudEvents_source", "meta.source.system.", true },
    { "cloudEvents_type", "<document>.<event>.v<major>.", true },
    { "cloudEvents_time", "meta.occurredAt.", true },
    { "cloudEvents_subject", "meta.key, the business key.", true },
    { "cloudEvents_dataschema", "meta.schema.", true },
    { "traceparent", "W3C Trace Context.", false },
    { "xd-key", "The business key: messages of one key keep their order.",
        true },
    { "xd-config", "Hash of the configuration that made it.", false },
};

static const struct {
    const char *name, *says;
} parameters[] = {
    { "event", "What happened, as meta.event says it: created, changed." },
    { "site", "The GLN or code of the site; none where there is none." },
    { "partition", "p00 to p07: CRC-32 of the business key modulo 8." },
    { "process", "Which process carries it out: http, x12." },
    { "destination", "A system or partner by its id." },
    { "document", "The document's name." },
    { "verb", "What is to be done: create, write." },
    { "major", "The major version of the document's schema." },
};


static void
put_parameters(emit_t *e, xd_node_t *channel, const char *address)
{
    xd_node_t *all = xd_put(e->arena, channel, "parameters", XD_OBJECT);

    for (size_t i = 0; i < sizeof(parameters) / sizeof(parameters[0]); i++) {
        xd_str_t word = xd_fmt(e->arena, "{%s}", parameters[i].name);

        if (word.ptr != NULL && strstr(address, word.ptr) != NULL) {
            emit_text(e, xd_put(e->arena, all, parameters[i].name, XD_OBJECT),
                "description", parameters[i].says);
        }
    }
}


static void
put_exchange(emit_t *e, xd_node_t *channel, xd_str_t name)
{
    xd_node_t *amqp = xd_put(e->arena,
        xd_put(e->arena, channel, "bindings", XD_OBJECT), "amqp", XD_OBJECT);
    xd_node_t *exchange;

    emit_text(e, amqp, "is", "routingKey");
    exchange = xd_put(e->arena, amqp, "exchange", XD_OBJECT);
    (void) xd_put_str(e->arena, exchange, "name", name);
    emit_text(e, exchange, "type", "topic");
    (void) xd_put_bool(e->arena, exchange, "durable", true);
    (void) xd_put_bool(e->arena, exchange, "autoDelete", false);
    emit_text(e, exchange, "vhost", "crossdock");
    emit_text(e, amqp, "bindingVersion", "0.3.0");
}


static xd_node_t *
put_channel(emit_t *e, xd_node_t *channels, xd_str_t name, xd_str_t address,
    xd_str_t exchange)
{
    xd_node_t *channel = emit_object(e, channels, name);

    if (address.ptr == NULL || exchange.ptr == NULL) {
        return NULL;
    }

    (void) xd_put_str(e->arena, channel, "address", address);
    put_parameters(e, channel, address.ptr);
    put_exchange(e, channel, exchange);

    return xd_put(e->arena, channel, "messages", XD_OBJECT);
}


static void
put_send(emit_t *e, xd_node_t *operations, xd_str_t channel)
{
    xd_node_t *send = emit_object(e, operations,
        xd_fmt(e->arena, "send-%.*s", XD_FMT(channel)));

    emit_text(e, send, "action", "send");
    emit_ref(e, send, "channel", "#/channels/", channel);
}


static void
put_headers(emit_t *e, xd_node_t *components)
{
    xd_node_t *schema =
        emit_object(e, xd_get(components, "schemas"), XD_STR("headers"));
    xd_node_t *all, *required;

    emit_text(e, schema, "type", "object");
    all = xd_put(e->arena, schema, "properties", XD_OBJECT);
    required = xd_put(e->arena, schema, "required", XD_ARRAY);

    for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        xd_node_t *one = xd_put(e->arena, all, headers[i].name, XD_OBJECT);

        emit_text(e, one, "type", "string");
        emit_text(e, one, "description", headers[i].says);
        if (headers[i].always) {
            emit_item(e, required, xd_str(headers[i].name));
        }
    }
}


static void
put_message(emit_t *e, xd_node_t *components, const xd_leaf_t *leaf)
{
    xd_node_t *message =
        emit_object(e, xd_get(components, "messages"), leaf->name);

    (void) xd_put_str(e->arena, message, "name", leaf->name);
    (void) xd_put_str(e->arena, message, "title", xd_text(leaf->root, "title"));
    (void) xd_put_str(e->arena, message, "summary",
        xd_text(leaf->root, "description"));
    emit_text(e, message, "contentType", "application/json");
    emit_ref(e, message, "headers", "#/components/schemas/", XD_STR("headers"));
    emit_ref(e, message, "payload", "#/components/schemas/", leaf->name);
}


static xd_rc_t
put_schema(emit_t *e, xd_node_t *components, const xd_leaf_t *leaf)
{
    xd_str_t prefix = xd_fmt(e->arena, "#/components/schemas/%.*s/schema",
        XD_FMT(leaf->name));
    xd_node_t *schema, *bundle;
    xd_rc_t rc = prefix.ptr == NULL ? XD_E_MEMORY
                                    : xd_schema_bundle(e->arena, &e->book, leaf,
                                        prefix.ptr, &bundle);

    if (rc == XD_OK) {
        schema = emit_object(e, xd_get(components, "schemas"), leaf->name);
        emit_text(e, schema, "schemaFormat", SCHEMA_FORMAT);
        bundle->key = XD_STR("schema");
        (void) xd_node_add(e->arena, schema, bundle);
    }

    return rc;
}


static xd_rc_t
put_document(emit_t *e, xd_node_t *root, const xd_leaf_t *leaf,
    const xd_document_t *row)
{
    xd_node_t *components = xd_get(root, "components");
    xd_node_t *messages = put_channel(e, xd_get(root, "channels"), leaf->name,
        xd_fmt(e->arena, "%s.{event}.v%u.{site}.{partition}", row->name,
            leaf->major),
        xd_fmt(e->arena, "xd.%s", row->domain));

    emit_ref(e, messages, row->name, "#/components/messages/", leaf->name);
    emit_ref(e,
        xd_get(xd_get(xd_get(root, "channels"), "commands"), "messages"),
        row->name, "#/components/messages/", leaf->name);
    put_send(e, xd_get(root, "operations"), leaf->name);
    put_message(e, components, leaf);

    return put_schema(e, components, leaf);
}


static xd_node_t *
frame(emit_t *e)
{
    xd_node_t *root = xd_node_new(e->arena, XD_OBJECT);
    xd_node_t *channels, *operations, *components;

    emit_text(e, root, "asyncapi", "3.0.0");
    emit_info(e, root, "Crossdock",
        "Facts and commands on RabbitMQ: CloudEvents 1.0, binary mode.");
    emit_text(e, root, "defaultContentType", "application/json");
    channels = xd_put(e->arena, root, "channels", XD_OBJECT);
    operations = xd_put(e->arena, root, "operations", XD_OBJECT);
    components = xd_put(e->arena, root, "components", XD_OBJECT);
    (void) xd_put(e->arena, components, "messages", XD_OBJECT);
    (void) xd_put(e->arena, components, "schemas", XD_OBJECT);

    (void) put_channel(e, channels, XD_STR("commands"),
        XD_STR("{process}.{destination}.{document}.{verb}.v{major}."
               "{partition}"),
        XD_STR("xd.cmd"));
    put_send(e, operations, XD_STR("commands"));
    put_headers(e, components);

    return root;
}


xd_rc_t
emit_asyncapi(emit_t *e)
{
    xd_node_t *root = frame(e);
    const xd_document_t *row;
    const xd_leaf_t *leaf;
    xd_rc_t rc = XD_OK;

    for (size_t n = 0;
         rc == XD_OK && (leaf = emit_document(e, n, &row)) != NULL; n++)
    {
        rc = put_document(e, root, leaf, row);
    }

    return rc == XD_OK ? emit_json(e, "asyncapi.json", root) : rc;
}
