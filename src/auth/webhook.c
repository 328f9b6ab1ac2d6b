/* SPDX-License-Identifier: BSD-2-Clause */

#include "auth/webhook.h"

#include "base/base64.h"
#include "crypt/digest.h"

#define TEXT_MAX (2 * XD_SHA256_LEN + 1)


/* Our own text is compared with theirs, so that theirs is never decoded: a
 * second spelling of the same bytes is none. */
static size_t
write_mac(const xd_webhook_t *profile, const uint8_t mac[XD_SHA256_LEN],
    char out[TEXT_MAX])
{
    xd_buf_t text = { .ptr = out, .cap = TEXT_MAX, .limit = TEXT_MAX };

    if (profile->hex) {
        xd_hex(mac, XD_SHA256_LEN, out);
        return 2 * XD_SHA256_LEN;
    }

    xd_base64_write(&text, (xd_str_t){ (const char *) mac, XD_SHA256_LEN },
        XD_BASE64);

    return text.len;
}


bool
xd_webhook_verify(const xd_webhook_t *profile, xd_str_t secret, xd_str_t body,
    xd_str_t value)
{
    uint8_t mac[XD_SHA256_LEN];
    char own[TEXT_MAX], theirs[TEXT_MAX];
    size_t len;

    /* An empty secret would let everybody sign. */
    if (secret.len == 0 || !xd_str_starts(value, xd_str(profile->prefix))) {
        return false;
    }

    value.ptr += strlen(profile->prefix);
    value.len -= strlen(profile->prefix);
    xd_hmac_sha256(secret, body, mac);
    len = write_mac(profile, mac, own);
    if (value.len != len) {
        return false;
    }

    for (size_t i = 0; i < len; i++) {
        char c = value.ptr[i];

        theirs[i] = profile->hex && c >= 'A' && c <= 'F' ? (char) (c + 32) : c;
    }

    return xd_equal_ct(own, theirs, len);
}
