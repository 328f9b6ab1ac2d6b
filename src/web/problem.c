/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Errors in one form for everybody (RFC 9457).  Types are URNs: they name a
 * kind of problem for programs, and promise no page.
 */

#include "web/server.h"

#include <microhttpd.h>

#include "format/json.h"


void
xd_reply_problem(xd_reply_t *reply, int status, const char *type,
    const char *detail)
{
    xd_buf_t *b = &reply->body;

    reply->status = status;
    reply->type = "application/problem+json";

    xd_buf_reset(b);
    xd_buf_fmt(b, "{\"type\":\"urn:crossdock:problem:%s\",\"title\":", type);
    xd_json_string(b, xd_str(MHD_get_reason_phrase_for((unsigned int) status)));
    xd_buf_fmt(b, ",\"status\":%d,\"detail\":", status);
    xd_json_string(b, xd_str(detail));
    xd_buf_text(b, "}\n");
}
