/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_ENVIRONMENT_H
#define XD_CONF_ENVIRONMENT_H

#include "conf/conf.h"

/*
 * xd_conf_environment - let the environment win over crossdock.yaml
 *
 * XD_AMQP_URL sets broker.url, XD_AMQP_MGMT_URL broker.management.  User and
 * password in them are left out: each process logs in as itself.  A broker's
 * address without a virtual host keeps the one of the file.
 *
 * Returns XD_OK, also with faults in the report; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_conf_environment(xd_conf_t *conf, xd_report_t *rep);

#endif
