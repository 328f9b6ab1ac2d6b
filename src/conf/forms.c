/* SPDX-License-Identifier: BSD-2-Clause */

/* Written out by hand instead of as patterns: a pattern can say no, but not
 * what to write instead. */

#include "conf/forms.h"


#define ID_MAX 40


static bool
is_duration(xd_str_t text)
{
    int64_t ms;

    /* Nothing waits for no time; to curl a time-out of 0 means for ever. */
    return xd_conf_duration(text, &ms) && ms > 0;
}


static bool
is_size(xd_str_t text)
{
    uint64_t bytes;

    return xd_conf_size(text, &bytes) && bytes > 0;
}


bool
xd_conf_is_id(xd_str_t text)
{
    if (text.len == 0 || text.len > ID_MAX || text.ptr[0] == '-') {
        return false;
    }

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
            return false;
        }
    }

    return true;
}


/* host, host:port, [v6] or [v6]:port */
static bool
is_authority(xd_str_t text)
{
    xd_str_t host = text;
    xd_str_t port;
    uint64_t number;

    if (text.len > 0 && text.ptr[0] == '[') {
        const char *end = memchr(text.ptr, ']', text.len);

        if (end == NULL || end - text.ptr < 3) {
            return false;
        }

        port = (xd_str_t){ end + 1, text.len - (size_t) (end + 1 - text.ptr) };
        if (port.len == 0) {
            return true;
        }
        if (port.ptr[0] != ':') {
            return false;
        }

        port.ptr++;
        port.len--;
    } else {
        port = host;
        host = xd_str_cut(&port, ':');
        if (host.len == 0) {
            return false;
        }
        if (port.ptr == NULL) {
            return true;
        }
    }

    return xd_str_uint(port, 65535, &number) && number > 0;
}


static bool
is_url(xd_str_t text, xd_str_t scheme)
{
    xd_str_t rest;

    if (!xd_str_starts(text, scheme)) {
        return false;
    }

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] <= ' ' || text.ptr[i] == 0x7f) {
            return false;
        }
    }

    rest = (xd_str_t){ text.ptr + scheme.len, text.len - scheme.len };
    rest = xd_str_cut(&rest, '/');

    /* A user before the host would be a secret inside a setting. */
    return memchr(rest.ptr, '@', rest.len) == NULL && is_authority(rest);
}


bool
xd_conf_is_http_url(xd_str_t text)
{
    return is_url(text, XD_STR("http://")) || is_url(text, XD_STR("https://"));
}


bool
xd_conf_is_amqp_url(xd_str_t text)
{
    do {
        if (!is_url(xd_str_cut(&text, ','), XD_STR("amqp://"))) {
            return false;
        }
    } while (text.ptr != NULL);

    return true;
}


const xd_conf_form_t *
xd_conf_form(xd_str_t name)
{
    static const xd_conf_form_t forms[] = {
        { "xd-id", xd_conf_is_id, false, "conf.id",
            "An id is made of lower-case letters, digits and '-', begins with "
            "a letter or digit, and has at most 40 of them." },
        { "xd-duration", is_duration, false, "conf.duration",
            "A duration is a number above 0 with ms, s, m, h or d, such as "
            "30s." },
        { "xd-size", is_size, true, "conf.size",
            "A size is a number above 0 with B, KiB, MiB, GiB or TiB, such as "
            "8MiB." },
        { "xd-http-url", xd_conf_is_http_url, false, "conf.url",
            "An address begins with http:// or https://, names a host, and "
            "holds no user or password." },
        { "xd-amqp-url", xd_conf_is_amqp_url, false, "conf.url",
            "A broker's address is amqp://host:port/virtual-host, several "
            "joined by commas, without user or password." },
    };

    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        if (xd_str_is(name, forms[i].name)) {
            return &forms[i];
        }
    }

    return NULL;
}
