/* SPDX-License-Identifier: BSD-2-Clause */

/* The same configuration on another broker: for tests, containers, and whoever
 * tries it out beside a broker that is there already. */

#include "conf/environment.h"

#include <stdlib.h>

#include "base/buf.h"
#include "conf/forms.h"


typedef struct {
    const char *variable;
    const char *member; /* of broker */
    bool (*good)(xd_str_t text);
    bool vhost; /* its path is a virtual host */
} override_t;

static const override_t overrides[] = {
    { "XD_AMQP_URL", "url", xd_conf_is_amqp_url, true },
    { "XD_AMQP_MGMT_URL", "management", xd_conf_is_http_url, false },
};


/* "/crossdock" of the first address in a list; none when it has no path. */
static xd_str_t
path_of(xd_str_t url)
{
    xd_str_t first = xd_str_cut(&url, ',');
    const char *slashes =
        first.len > 0 ? memmem(first.ptr, first.len, "://", 3) : NULL;
    const char *end, *path;

    if (slashes == NULL) {
        return XD_STR_NONE;
    }

    end = first.ptr + first.len;
    path = memchr(slashes + 3, '/', (size_t) (end - slashes - 3));

    return path != NULL ? (xd_str_t){ path, (size_t) (end - path) }
                        : XD_STR_NONE;
}


/* One address, without what stands before the last '@' of its host. */
static void
add_address(xd_buf_t *out, xd_str_t url, xd_str_t vhost)
{
    const char *slashes = memmem(url.ptr, url.len, "://", 3);
    xd_str_t path = path_of(url);
    xd_str_t host = url;
    const char *at;

    if (slashes != NULL) {
        size_t scheme = (size_t) (slashes - url.ptr) + 3;

        xd_buf_add(out, (xd_str_t){ url.ptr, scheme });
        host = (xd_str_t){ url.ptr + scheme, url.len - scheme - path.len };
    }

    at = memrchr(host.ptr, '@', host.len);
    if (at != NULL) {
        host.len -= (size_t) (at + 1 - host.ptr);
        host.ptr = at + 1;
    }

    xd_buf_add(out, host);
    xd_buf_add(out, path.len > 1 ? path : vhost);
}


/* A value of the file keeps its node, so that findings about it still have a
 * line. */
static xd_rc_t
set_member(xd_arena_t *arena, xd_node_t *broker, const char *member,
    xd_str_t text)
{
    xd_node_t *node = xd_get(broker, member);

    text = xd_dup(arena, text);
    if (text.ptr == NULL) {
        return XD_E_MEMORY;
    }

    if (node == NULL) {
        return xd_put_str(arena, broker, member, text) != NULL ? XD_OK
                                                               : XD_E_MEMORY;
    }

    node->kind = XD_STRING;
    node->text = text;

    return XD_OK;
}


static xd_rc_t
apply(xd_conf_t *conf, const override_t *o, xd_str_t value, xd_report_t *rep)
{
    xd_node_t *broker = xd_get(conf->main, "broker");
    xd_str_t vhost =
        o->vhost ? path_of(xd_text(broker, o->member)) : XD_STR("");
    xd_buf_t url = { 0 };
    xd_rc_t rc;

    do {
        add_address(&url, xd_str_cut(&value, ','), vhost);
        if (value.ptr != NULL) {
            xd_buf_byte(&url, ',');
        }
    } while (value.ptr != NULL);

    rc = xd_buf_rc(&url);

    if (rc == XD_OK && !o->good(xd_buf_str(&url))) {
        /* Its text is not shown: it may hold a password. */
        xd_report(rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_FILE,
                .rule = "conf.environment",
                .path = xd_str(o->variable),
                .text = XD_STR("This variable of the environment holds no "
                               "address of its kind.") });
    } else if (rc == XD_OK && broker != NULL && broker->kind == XD_OBJECT) {
        rc = set_member(conf->arena, broker, o->member, xd_buf_str(&url));
    }

    xd_buf_free(&url);

    return rc;
}


xd_rc_t
xd_conf_environment(xd_conf_t *conf, xd_report_t *rep)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++) {
        xd_str_t value = xd_str(getenv(overrides[i].variable));

        if (rc == XD_OK && value.len > 0) {
            rc = apply(conf, &overrides[i], value, rep);
        }
    }

    return rc;
}
