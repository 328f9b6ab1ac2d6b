/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FILE_CONTEXT_H
#define XD_FILE_CONTEXT_H

#include "daemon/daemon.h"

/* For the daemon table: daemon/daemon.h says what each is called for. */
xd_rc_t file_start(xd_daemon_t *d, void **ctx);
xd_rc_t file_reload(void *ctx, const xd_conf_t *conf, xd_report_t *rep);
void file_stop(void *ctx);

#endif
