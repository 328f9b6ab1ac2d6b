/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The host list of a url.  Login data is refused here: urls end up in process
 * lists and logs, passwords belong into files.
 */

#include "bus/address.h"

#include <netdb.h>

#include "base/log.h"

#define PORT_MAX 65535


static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    c = (char) (c | 0x20);

    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


/* Percent-decoded copy. */
static xd_rc_t
decode(xd_arena_t *arena, xd_str_t text, xd_str_t *out)
{
    char *copy = xd_alloc(arena, text.len + 1);
    size_t len = 0;

    if (copy == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = 0; i < text.len; i++) {
        int high, low;

        if (text.ptr[i] != '%') {
            copy[len++] = text.ptr[i];
            continue;
        }

        if (text.len - i < 3 || (high = hex_digit(text.ptr[i + 1])) < 0
            || (low = hex_digit(text.ptr[i + 2])) < 0)
        {
            return XD_E_CONF;
        }

        copy[len++] = (char) (high << 4 | low);
        i += 2;
    }

    *out = (xd_str_t){ copy, len };

    return XD_OK;
}


/* host[:port] or [address]:port, split; false when it is neither. */
static bool
split(xd_str_t text, xd_str_t *host, xd_str_t *port)
{
    xd_str_t rest = text;

    if (text.len > 0 && text.ptr[0] == '[') {
        rest = (xd_str_t){ text.ptr + 1, text.len - 1 };
        *host = xd_str_cut(&rest, ']');
        if (rest.ptr == NULL || (rest.len > 0 && rest.ptr[0] != ':')) {
            return false;
        }
        *port = rest.len > 0 ? (xd_str_t){ rest.ptr + 1, rest.len - 1 }
                             : XD_STR("5672");
    } else {
        *host = xd_str_cut(&rest, ':');
        *port = rest.ptr == NULL ? XD_STR("5672") : rest;
    }

    return host->len > 0;
}


/* A path of "/" or none is the virtual host "/": an empty name, which the
 * specification would read there, is never what somebody means. */
static xd_rc_t
read_one(xd_arena_t *arena, xd_str_t url, xd_broker_t *broker, xd_str_t *vhost)
{
    const xd_str_t scheme = XD_STR("amqp://");
    xd_str_t host, port, place, path;
    uint64_t number;

    if (!xd_str_starts(url, scheme)) {
        return XD_E_CONF;
    }

    path = (xd_str_t){ url.ptr + scheme.len, url.len - scheme.len };
    place = xd_str_cut(&path, '/');

    if (memchr(place.ptr, '@', place.len) != NULL || !split(place, &host, &port)
        || !xd_str_uint(port, PORT_MAX, &number) || number == 0)
    {
        return XD_E_CONF;
    }

    broker->host = xd_dup(arena, host);
    broker->port = xd_dup(arena, port);
    if (broker->host.ptr == NULL || broker->port.ptr == NULL) {
        return XD_E_MEMORY;
    }

    return decode(arena, path.len > 0 ? path : XD_STR("/"), vhost);
}


xd_rc_t
xd_brokers_read(xd_arena_t *arena, xd_str_t url, xd_vec_t *brokers,
    xd_str_t *vhost)
{
    xd_str_t other;

    while (url.ptr != NULL) {
        xd_broker_t *broker = xd_vec_push(brokers, arena);
        xd_rc_t rc = XD_E_MEMORY;

        if (broker != NULL) {
            rc = read_one(arena, xd_str_trim(xd_str_cut(&url, ',')), broker,
                brokers->count == 1 ? vhost : &other);
        }

        if (rc != XD_OK) {
            return rc;
        }
    }

    return brokers->count > 0 ? XD_OK : XD_E_CONF;
}


static xd_rc_t
add_address(xd_arena_t *arena, const xd_broker_t *broker,
    const struct addrinfo *info, xd_vec_t *addresses)
{
    xd_address_t *a;

    if (info->ai_addrlen > sizeof(a->at)) {
        return XD_OK;
    }

    a = xd_vec_push(addresses, arena);
    if (a == NULL) {
        return XD_E_MEMORY;
    }

    memcpy(&a->at, info->ai_addr, info->ai_addrlen);
    a->len = info->ai_addrlen;
    a->shown = xd_fmt(arena, "%s:%s", broker->host.ptr, broker->port.ptr);

    return a->shown.ptr == NULL ? XD_E_MEMORY : XD_OK;
}


/* A name that is not known now may be later: told, not a fault. */
static xd_rc_t
resolve_one(xd_arena_t *arena, const xd_broker_t *broker, xd_vec_t *addresses)
{
    const struct addrinfo hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = AI_NUMERICSERV,
    };
    struct addrinfo *list;
    xd_rc_t rc = XD_OK;
    int e = getaddrinfo(broker->host.ptr, broker->port.ptr, &hints, &list);

    if (e != 0) {
        xd_log(XD_LOG_WARN, XD_FIELDS({ "host", broker->host }),
            "the broker's address is not known: %s", gai_strerror(e));
        return XD_OK;
    }

    for (struct addrinfo *i = list; i != NULL && rc == XD_OK; i = i->ai_next) {
        rc = add_address(arena, broker, i, addresses);
    }

    freeaddrinfo(list);

    return rc;
}


xd_rc_t
xd_brokers_resolve(xd_arena_t *arena, const xd_vec_t *brokers,
    xd_vec_t *addresses)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < brokers->count && rc == XD_OK; i++) {
        rc =
            resolve_one(arena, XD_AT(brokers, const xd_broker_t, i), addresses);
    }

    return rc;
}
