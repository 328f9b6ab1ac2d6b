/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One exchange that is waited for, on a loop of its own: the command line has
 * nothing else to do meanwhile.  Daemons never call this, for their loop would
 * stand still.
 */

#include "web/client.h"

#include "base/log.h"


typedef struct {
    xd_buf_t *body;
    int status;
    bool over;
} call_t;


static void
on_done(void *ctx, const xd_web_answer_t *answer)
{
    call_t *call = ctx;

    call->over = true;
    call->status = answer->status;

    if (answer->result != XD_WEB_ANSWERED) {
        xd_log(XD_LOG_DEBUG, NULL, "no answer: %s", answer->error);
        return;
    }
    xd_buf_add(call->body, answer->body);
}


static xd_rc_t
wait_for(xd_loop_t *loop, xd_web_t *web, const xd_web_request_t *request,
    call_t *call)
{
    xd_rc_t rc = xd_web_send(web, request, on_done, call);

    while (rc == XD_OK && !call->over) {
        rc = xd_loop_once(loop, 1000);
    }
    if (rc == XD_OK && call->status == 0) {
        return XD_E_LINK;
    }

    return rc != XD_OK ? rc : xd_buf_rc(call->body);
}


xd_rc_t
xd_web_call(const xd_web_request_t *request, int *status, xd_buf_t *body)
{
    xd_loop_t *loop = xd_loop_new();
    xd_web_t *web = loop != NULL ? xd_web_new(loop) : NULL;
    call_t call = { .body = body };
    xd_rc_t rc = XD_E_MEMORY;

    if (web != NULL) {
        rc = wait_for(loop, web, request, &call);
    }
    *status = call.status;

    xd_web_free(web);
    if (loop != NULL) {
        xd_loop_free(loop);
    }

    return rc;
}
