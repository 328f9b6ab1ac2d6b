/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The daemons' control sockets, as the commands ask them.  The rights of the
 * socket's file decide who may ask; no key is sent.
 */

#include "control.h"

#include "web/client.h"

#define ANSWER_MOST ((size_t) 64 << 20)


int
cli_control(const xd_conf_t *conf, xd_arena_t *arena, const cli_control_t *ask,
    int *status, xd_buf_t *answer)
{
    xd_str_t socket =
        xd_fmt(arena, "%s/%s.sock", xd_conf_path(conf, "run"), ask->daemon);
    const xd_web_request_t request = { .method = ask->method,
        .url = xd_fmt(arena, "http://localhost%.*s", XD_FMT(ask->path)),
        .unix_socket = socket.ptr,
        .body = ask->body,
        .timeout_ms = ask->timeout_ms,
        .connect_ms = ask->timeout_ms,
        .answer_max = ANSWER_MOST };

    if (request.url.ptr == NULL || socket.ptr == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    xd_buf_reset(answer);

    return xd_web_call(&request, status, answer) == XD_OK
               ? CLI_GOOD
               : cli_fail("%s does not answer at %.*s: is it running, and "
                          "may you use its socket?",
                   ask->daemon, XD_FMT(socket));
}
