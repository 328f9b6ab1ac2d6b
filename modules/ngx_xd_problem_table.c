/* SPDX-License-Identifier: BSD-2-Clause */

#include "ngx_xd_problem.h"

#define AGAIN 2 /* seconds: about what a reconnect takes */

/* What stands before a name: ours, or registered with the rate limit fields,
 * so that callers may know it by heart. */
#define OURS "urn:crossdock:problem:"
#define IANA "https://iana.org/assignments/http-problem-types#"

/* Does a call that ends so count against its caller's limits?  It does when
 * it was the caller's document, or an effect may have happened. */
#define FREE    0
#define CHARGED 1


const ngx_xd_problem_t  ngx_xd_problems[NGX_XD_PROBLEMS] = {

    [NGX_XD_P_UNAUTHENTICATED] =
    { "unauthenticated", OURS, 401, 0, FREE, "Credentials needed",
      "Send an API key in X-API-Key, or a key or token as Authorization:"
      " Bearer." },

    [NGX_XD_P_INVALID_CREDENTIALS] =
    { "invalid-credentials", OURS, 401, 0, FREE, "Credentials not accepted",
      "The key is unknown, not yet valid, or expired." },

    [NGX_XD_P_INSUFFICIENT_SCOPE] =
    { "insufficient-scope", OURS, 403, 0, FREE, "Scope missing", NULL },

    [NGX_XD_P_AMBIGUOUS_CREDENTIALS] =
    { "ambiguous-credentials", OURS, 400, 0, FREE, "More than one credential",
      "One request carries one credential in one place." },

    [NGX_XD_P_SENDER_MISMATCH] =
    { "sender-mismatch", OURS, 403, 0, FREE,
      "Sender is not the authenticated partner", NULL },

    [NGX_XD_P_ENVELOPE] =
    { "envelope", OURS, 422, 0, CHARGED, "Not an interchange",
      "The body does not begin with an ISA segment." },

    [NGX_XD_P_NOT_WELL_FORMED] =
    { "not-well-formed", OURS, 422, 0, CHARGED,
      "Body is not well-formed", NULL },

    [NGX_XD_P_SCHEMA] =
    { "schema", OURS, 422, 0, CHARGED, "Body does not match its schema", NULL },

    [NGX_XD_P_RULES] =
    { "rules", OURS, 422, 0, CHARGED, "Body breaks a business rule", NULL },

    [NGX_XD_P_IDEMPOTENCY_KEY] =
    { "idempotency-key-invalid", OURS, 400, 0, FREE,
      "Idempotency-Key not understood",
      "It is a quoted string of 1 to 255 visible characters, such as"
      " \"8e03978e-40d5-43e8-bc93-6894a57f9324\", sent once." },

    [NGX_XD_P_VERSION_WITHDRAWN] =
    { "version-withdrawn", OURS, 410, 0, FREE, "Version withdrawn", NULL },

    [NGX_XD_P_VERSION_UNKNOWN] =
    { "version-unknown", OURS, 404, 0, FREE, "Version unknown", NULL },

    [NGX_XD_P_METHOD] =
    { "method", OURS, 405, 0, FREE, "Method not allowed", NULL },

    [NGX_XD_P_MEDIA_TYPE] =
    { "media-type", OURS, 415, 0, FREE, "Media type not served", NULL },

    [NGX_XD_P_TOO_LARGE] =
    { "too-large", OURS, 413, 0, FREE, "Body too large", NULL },

    [NGX_XD_P_BROKER_UNAVAILABLE] =
    { "broker-unavailable", OURS, 503, AGAIN, FREE, "Cannot be accepted now",
      "Nothing was accepted. Repeat later." },

    [NGX_XD_P_UNROUTABLE] =
    { "unroutable", OURS, 503, AGAIN, FREE, "No queue takes this message",
      "Our routing is incomplete, not the request. Nothing was accepted." },

    [NGX_XD_P_BROKER_MISCONFIGURED] =
    { "broker-misconfigured", OURS, 503, AGAIN, FREE,
      "Broker refuses the gateway",
      "Our set-up is incomplete, not the request. Safe to repeat with the"
      " same Idempotency-Key." },

    [NGX_XD_P_PUBLISH_UNCONFIRMED] =
    { "publish-unconfirmed", OURS, 504, 0, CHARGED, "Outcome unknown",
      "The broker did not confirm in time. Safe to repeat with the same"
      " Idempotency-Key." },

    [NGX_XD_P_UPSTREAM_ERROR] =
    { "upstream-error", OURS, 502, 0, CHARGED, "Service not reached", NULL },

    [NGX_XD_P_UPSTREAM_TIMEOUT] =
    { "upstream-timeout", OURS, 504, 0, CHARGED,
      "Service did not answer in time", NULL },

    [NGX_XD_P_UPSTREAM_OPEN] =
    { "upstream-open", OURS, 503, AGAIN, CHARGED,
      "Service not available", NULL },

    [NGX_XD_P_INTERNAL] =
    { "internal", OURS, 500, 0, FREE, "Fault of the gateway", NULL },

    [NGX_XD_P_QUOTA_EXCEEDED] =
    { "quota-exceeded", IANA, 429, 0, FREE,
      "Request cannot be satisfied as assigned quota has been exceeded",
      "Nothing was accepted or charged. Repeat after Retry-After seconds." },

    [NGX_XD_P_ABNORMAL_USAGE] =
    { "abnormal-usage-detected", IANA, 429, 0, FREE,
      "Request not satisfied due to detection of abnormal request pattern",
      "Nothing was accepted or charged. Repeat after Retry-After seconds." },

    [NGX_XD_P_REDUCED_CAPACITY] =
    { "temporary-reduced-capacity", IANA, 503, 1, FREE,
      "Request cannot be satisfied due to temporary server capacity"
      " constraints",
      "Nothing was accepted or charged. Repeat after Retry-After seconds." },

    [NGX_XD_P_VERSION_MISSING] =
    { "version-missing", OURS, 400, 0, FREE, "No version named", NULL },

    [NGX_XD_P_AUTHORISATION_UNAVAILABLE] =
    { "authorisation-unavailable", OURS, 503, AGAIN, FREE,
      "Cannot be verified now",
      "The token's issuer cannot be reached. Repeat later." },
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
