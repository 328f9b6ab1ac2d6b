/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The daemons' control sockets, as the commands ask them.  The rights of the
 * socket's file decide who may ask; no key is sent.
 */

#include "control.h"

#include "web/client.h"

#define ANSWER_MOST ((size_t) 64 << 20)
#define CALL_MS     30000


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


int
cli_get(const xd_conf_t *conf, xd_arena_t *arena, const char *daemon,
    xd_buf_t *path, xd_buf_t *answer)
{
    int http = 0, status;

    status = xd_buf_rc(path) == XD_OK ? cli_control(conf, arena,
                 &(cli_control_t){ .daemon = daemon,
                     .method = "GET",
                     .path = xd_buf_str(path),
                     .timeout_ms = CALL_MS },
                 &http, answer)
                                      : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    xd_buf_free(path);

    return status != CLI_GOOD || http == 200
               ? status
               : cli_fail("%s answered %d: %.*s", daemon, http,
                   XD_FMT(xd_buf_str(answer)));
}
