/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_HTTP_CONTEXT_H
#define XD_HTTP_CONTEXT_H

#include "daemon/daemon.h"

/* For the daemon table: daemon/daemon.h says what each is called for. */
xd_rc_t http_start(xd_daemon_t *d, void **ctx);
xd_rc_t http_reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep);
void http_stop(void *ctx);

#endif
