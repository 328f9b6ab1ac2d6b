/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_problem.h"

#define AGAIN 2 /* seconds: about what a reconnect takes */


const ngx_xd_problem_t  ngx_xd_problems[NGX_XD_PROBLEMS] = {

    [NGX_XD_P_UNAUTHENTICATED] =
    { "unauthenticated", 401, 0, "Credentials needed",
      "Send the API key in X-API-Key or as Authorization: Bearer." },

    [NGX_XD_P_INVALID_CREDENTIALS] =
    { "invalid-credentials", 401, 0, "Credentials not accepted",
      "The key is unknown, not yet valid, or expired." },

    [NGX_XD_P_INSUFFICIENT_SCOPE] =
    { "insufficient-scope", 403, 0, "Scope missing", NULL },

    [NGX_XD_P_AMBIGUOUS_CREDENTIALS] =
    { "ambiguous-credentials", 400, 0, "More than one credential",
      "One request carries one credential in one place." },

    [NGX_XD_P_SENDER_MISMATCH] =
    { "sender-mismatch", 403, 0, "Sender is not the authenticated partner",
      NULL },

    [NGX_XD_P_ENVELOPE] =
    { "envelope", 422, 0, "Not an interchange",
      "The body does not begin with an ISA segment." },

    [NGX_XD_P_NOT_WELL_FORMED] =
    { "not-well-formed", 422, 0, "Body is not well-formed", NULL },

    [NGX_XD_P_SCHEMA] =
    { "schema", 422, 0, "Body does not match its schema", NULL },

    [NGX_XD_P_IDEMPOTENCY_KEY] =
    { "idempotency-key-invalid", 400, 0, "Idempotency-Key not understood",
      "It is a quoted string of 1 to 255 visible characters, such as"
      " \"8e03978e-40d5-43e8-bc93-6894a57f9324\", sent once." },

    [NGX_XD_P_VERSION_WITHDRAWN] =
    { "version-withdrawn", 410, 0, "Version withdrawn", NULL },

    [NGX_XD_P_VERSION_UNKNOWN] =
    { "version-unknown", 404, 0, "Version unknown", NULL },

    [NGX_XD_P_METHOD] =
    { "method", 405, 0, "Method not allowed", NULL },

    [NGX_XD_P_MEDIA_TYPE] =
    { "media-type", 415, 0, "Media type not served", NULL },

    [NGX_XD_P_TOO_LARGE] =
    { "too-large", 413, 0, "Body too large", NULL },

    [NGX_XD_P_BROKER_UNAVAILABLE] =
    { "broker-unavailable", 503, AGAIN, "Cannot be accepted now",
      "Nothing was accepted. Repeat later." },

    [NGX_XD_P_UNROUTABLE] =
    { "unroutable", 503, AGAIN, "No queue takes this message",
      "Our routing is incomplete, not the request. Nothing was accepted." },

    [NGX_XD_P_BROKER_MISCONFIGURED] =
    { "broker-misconfigured", 503, AGAIN, "Broker refuses the gateway",
      "Our set-up is incomplete, not the request. Safe to repeat with the"
      " same Idempotency-Key." },

    [NGX_XD_P_PUBLISH_UNCONFIRMED] =
    { "publish-unconfirmed", 504, 0, "Outcome unknown",
      "The broker did not confirm in time. Safe to repeat with the same"
      " Idempotency-Key." },

    [NGX_XD_P_UPSTREAM_ERROR] =
    { "upstream-error", 502, 0, "Service not reached", NULL },

    [NGX_XD_P_UPSTREAM_TIMEOUT] =
    { "upstream-timeout", 504, 0, "Service did not answer in time", NULL },

    [NGX_XD_P_UPSTREAM_OPEN] =
    { "upstream-open", 503, AGAIN, "Service not available", NULL },

    [NGX_XD_P_INTERNAL] =
    { "internal", 500, 0, "Fault of the gateway", NULL },
};


const ngx_xd_status_title_t  ngx_xd_status_titles[] = {
    { 400, "Bad Request" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 408, "Request Timeout" },
    { 409, "Conflict" },
    { 411, "Length Required" },
    { 412, "Precondition Failed" },
    { 414, "URI Too Long" },
    { 416, "Range Not Satisfiable" },
    { 421, "Misdirected Request" },
    { 429, "Too Many Requests" },
    { 431, "Request Header Fields Too Large" },
    { 501, "Not Implemented" },
    { 505, "HTTP Version Not Supported" },
    { 507, "Insufficient Storage" },
    { 0, "Error" }
};
