/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BUS_ADDRESS_H
#define XD_BUS_ADDRESS_H

#include <sys/socket.h>

#include "base/vec.h"

/* Where brokers listen, as an amqp:// url names them. */
typedef struct {
    xd_str_t host, port; /* NUL-terminated */
} xd_broker_t;

typedef struct {
    struct sockaddr_storage at;
    socklen_t len;
    xd_str_t shown; /* host:port, for a log line */
} xd_address_t;

/*
 * xd_brokers_read - the host list of a url
 *
 *   url      amqp://host[:port][/vhost], several joined by ','; an IPv6
 *            address stands in brackets; the port is 5672 when left out
 *   brokers  gains one xd_broker_t each
 *   vhost    percent-decoded, of the first; "/" when left out
 *
 * Returns XD_OK; XD_E_CONF for another scheme, a user in the url, a bad port
 * or an empty host; XD_E_MEMORY.
 *
 * Standard: RabbitMQ URI specification.
 */
XD_CHECKED xd_rc_t xd_brokers_read(xd_arena_t *arena, xd_str_t url,
    xd_vec_t *brokers, xd_str_t *vhost);

/* Every address of every broker that has one now; may block in DNS.  XD_OK
 * also when there is none; XD_E_MEMORY. */
XD_CHECKED xd_rc_t xd_brokers_resolve(xd_arena_t *arena,
    const xd_vec_t *brokers, xd_vec_t *addresses);

#endif
