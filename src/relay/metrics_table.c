/* SPDX-License-Identifier: BSD-2-Clause */

#include "room.h"

const xd_family_t relay_published = {
    "xd_messages_published_total", "Messages published, by outcome.",
    XD_COUNTER, { "exchange", "doc", "result", NULL }
};
const xd_family_t relay_confirm_seconds = {
    "xd_publish_confirm_seconds", "From publish to confirm.",
    XD_HISTOGRAM, { NULL }
};
const xd_family_t relay_inflight = {
    "xd_publish_inflight", "Messages published and not confirmed yet.",
    XD_GAUGE, { NULL }
};
const xd_family_t relay_consumed = {
    "xd_messages_consumed_total", "Messages taken, by what became of them.",
    XD_COUNTER, { "queue", "doc", "outcome", NULL }
};
const xd_family_t relay_process_seconds = {
    "xd_process_seconds", "Work on one message.",
    XD_HISTOGRAM, { "route", NULL }
};
const xd_family_t relay_retries = {
    "xd_retry_total", "Works put off, by tier.",
    XD_COUNTER, { "tier", NULL }
};
const xd_family_t relay_dedupe = {
    "xd_dedupe_hits_total", "Messages dropped because they had come before.",
    XD_COUNTER, { NULL }
};
const xd_family_t relay_schema_errors = {
    "xd_schema_errors_total", "Documents of ours against their schema or a business rule.",
    XD_COUNTER, { "doc", "rule", NULL }
};
const xd_family_t relay_route_findings = {
    "xd_route_findings_total",
    "Facts that the routes could not decide, or sent to another number of destinations than expected.",
    XD_COUNTER, { "doc", "rule", NULL }
};
const xd_family_t relay_blocked = {
    "xd_broker_blocked", "1 while the broker takes no messages.",
    XD_GAUGE, { NULL }
};
const xd_family_t relay_held_rows = {
    "xd_held_rows", "Inputs taken over and not done, by state.",
    XD_GAUGE, { "state", NULL }
};
const xd_family_t relay_outbox_rows = {
    "xd_outbox_rows", "Messages that wait to be confirmed.",
    XD_GAUGE, { NULL }
};
const xd_family_t relay_refused_rows = {
    "xd_outbox_refused_rows",
    "Messages that wait because the broker refuses their exchange or key.",
    XD_GAUGE, { "exchange", NULL }
};
const xd_family_t relay_disk_low = {
    "xd_disk_low", "1 while the disk is too full to take anything.",
    XD_GAUGE, { NULL }
};
