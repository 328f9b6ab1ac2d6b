/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A long body stays in the archive, and its message names it: `dataref`
 * ("archive:<hash>", as of CloudEvents) and `sha256`.  Whoever is given such a
 * message keeps it as it is, in `held` and in cases; only the work sees bytes.
 */

#include "room.h"

#include <errno.h>

#include "store/archive.h"

#define REF_PREFIX "archive:"


static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }

    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}


static bool
hash_read(xd_str_t hex, uint8_t hash[XD_SHA256_LEN])
{
    if (hex.len != XD_SHA256_HEX) {
        return false;
    }

    for (size_t i = 0; i < XD_SHA256_LEN; i++) {
        int high = hex_digit(hex.ptr[2 * i]);
        int low = hex_digit(hex.ptr[2 * i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }

        hash[i] = (uint8_t) (high << 4 | low);
    }

    return true;
}


bool
body_is_reference(xd_str_t header)
{
    return xd_str_is(header, "dataref") || xd_str_is(header, "sha256");
}


/* Inline or not, the same bytes have the same hash: a repeat that comes the
 * other way is a repeat. */
void
body_hash(const xd_message_t *m, uint8_t hash[XD_SHA256_LEN])
{
    if (xd_header(m, "dataref").len == 0
        || !hash_read(xd_header(m, "sha256"), hash))
    {
        xd_sha256(m->body, hash);
    }
}


/* Both headers say the same; bytes beside them would be two truths. */
static bool
reference_fits(const xd_message_t *m, xd_str_t hash)
{
    xd_str_t ref = xd_header(m, "dataref"), prefix = XD_STR(REF_PREFIX);

    return m->body.len == 0 && xd_str_starts(ref, prefix)
           && xd_str_eq(hash,
               (xd_str_t){ ref.ptr + prefix.len, ref.len - prefix.len });
}


/* What is missing may come back with its disk; what is wrong stays so. */
static xd_work_rc_t
load_failed(work_t *w, xd_rc_t rc, xd_str_t hash)
{
    switch (rc) {

    case XD_E_CONFLICT:
        xd_work_fail(&w->pub, "relay.dataref",
            "the archived bytes no longer have the hash %.*s", XD_FMT(hash));
        return XD_WORK_PERMANENT;

    case XD_E_MEMORY:
    case XD_E_LIMIT:
        xd_work_fail(&w->pub, "relay.memory",
            "the message needs more than limits.message_memory");
        return XD_WORK_PERMANENT;

    case XD_E_NOT_FOUND:
        xd_work_fail(&w->pub, "relay.dataref",
            "the archive has no bytes with the hash %.*s", XD_FMT(hash));
        return XD_WORK_TRANSIENT;

    default:
        xd_work_fail(&w->pub, "relay.dataref", "the archive cannot be read: %s",
            strerror(errno));
        return XD_WORK_TRANSIENT;
    }
}


xd_work_rc_t
body_load(work_t *w)
{
    const char *dir = xd_conf_path(w->pub.relay->rules->conf, "archive");
    xd_str_t hash = xd_header(&w->message, "sha256");
    xd_rc_t rc;

    w->whole = w->message;

    if (xd_header(&w->message, "dataref").len == 0) {
        return XD_WORK_DONE;
    }

    if (dir == NULL || !reference_fits(&w->message, hash)) {
        xd_work_fail(&w->pub, "relay.dataref",
            "dataref and sha256 do not name bytes of the archive");
        return XD_WORK_PERMANENT;
    }

    rc = xd_archive_get(w->pub.arena, dir, hash, &w->whole.body);

    return rc == XD_OK ? XD_WORK_DONE : load_failed(w, rc, hash);
}


xd_rc_t
xd_body_refer(xd_arena_t *arena, xd_message_t *m, const char *hash)
{
    xd_header_t *headers;

    if (m->body.len <= XD_BODY_INLINE) {
        return XD_OK;
    }

    headers = xd_alloc_n(arena, m->nheaders + 2, sizeof(*headers));
    if (headers == NULL) {
        return XD_E_MEMORY;
    }

    if (m->nheaders > 0) {
        memcpy(headers, m->headers, m->nheaders * sizeof(*headers));
    }
    headers[m->nheaders++] = (xd_header_t){ XD_STR("dataref"),
        xd_fmt(arena, REF_PREFIX "%s", hash) };
    headers[m->nheaders++] =
        (xd_header_t){ XD_STR("sha256"), xd_dup(arena, xd_str(hash)) };
    m->headers = headers;
    m->body = XD_STR("");

    return headers[m->nheaders - 1].value.ptr == NULL
                   || headers[m->nheaders - 2].value.ptr == NULL
               ? XD_E_MEMORY
               : XD_OK;
}
