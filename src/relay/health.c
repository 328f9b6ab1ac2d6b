/* SPDX-License-Identifier: BSD-2-Clause */

#include "room.h"

#include <inttypes.h>

#include "format/json.h"

static const char *
truth(bool on)
{
    return on ? "true" : "false";
}


static void
link_write(const xd_relay_t *relay, xd_buf_t *json)
{
    const xd_link_t *link = xd_client_link(relay->client);

    xd_buf_fmt(json, ",\"broker\":{\"up\":%s,\"blocked\":%s,\"inflight\":%u",
        truth(xd_link_state(link) == XD_LINK_UP),
        truth(xd_link_is_blocked(link)), xd_link_inflight(link));
    xd_buf_text(json, ",\"version\":");
    xd_json_string(json, xd_link_server_version(link));
    xd_buf_byte(json, '}');
}


void
xd_relay_health(const xd_relay_t *relay, xd_buf_t *json)
{
    xd_buf_text(json, "{\"process\":");
    xd_json_string(json, relay->process);
    link_write(relay, json);
    xd_buf_fmt(json, ",\"consuming\":%s,\"pressure\":\"%s\"",
        truth(relay->pressure == PRESSURE_NONE),
        pressure_name(relay->pressure));
    xd_buf_fmt(json,
        ",\"held\":{\"waiting\":%" PRId64 ",\"working\":%" PRId64
        ",\"ward\":%" PRId64 "}",
        relay->held[XD_HELD_WAITING], relay->held[XD_HELD_WORKING],
        relay->held[XD_HELD_WARD]);
    xd_buf_fmt(json, ",\"outbox\":%" PRId64 ",\"stuck\":%zu,\"active\":%u",
        relay->outbox, relay->pump.stuck, relay->nactive);
    refused_write(relay, json);
    xd_buf_text(json, ",\"config\":");
    xd_json_string(json, relay->rules->config);
    xd_buf_byte(json, '}');
}
