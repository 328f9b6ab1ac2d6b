/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CONF_FORMS_H
#define XD_CONF_FORMS_H

#include "conf/conf.h"

/*
 * The forms that only configuration has: `format` in conf/schemas names them
 * ("xd-duration").  JSON Schema's own formats are the schema engine's.
 */
typedef struct {
    const char *name;
    bool (*good)(xd_str_t text);
    bool number; /* may be written as a number too */
    const char *rule;
    const char *advice; /* one sentence for a person */
} xd_conf_form_t;

/* The form of that name, or NULL. */
const xd_conf_form_t *xd_conf_form(xd_str_t name);

/* Lower case, digits and '-'; begins with a letter or digit; at most 40. */
bool xd_conf_is_id(xd_str_t text);

/* amqp://host[:port][/vhost], several joined by ','; no user in it. */
bool xd_conf_is_amqp_url(xd_str_t text);

/* http:// or https://, a host, no user in it. */
bool xd_conf_is_http_url(xd_str_t text);

#endif
