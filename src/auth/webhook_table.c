/* SPDX-License-Identifier: BSD-2-Clause */

#include "auth/webhook.h"

static const xd_webhook_t profiles[] = {
    /* name     header                       prefix     hex */
    { "shopify", "x-shopify-hmac-sha256",     "",        false },
    { "erpnext", "x-frappe-webhook-signature", "",       false },
    { "github",  "x-hub-signature-256",       "sha256=", true },
    { "hex",     "x-signature",               "sha256=", true },
};


const xd_webhook_t *
xd_webhook_find(xd_str_t name)
{
    for (size_t i = 0; i < sizeof(profiles) / sizeof(profiles[0]); i++) {
        if (xd_str_is(name, profiles[i].name)) {
            return &profiles[i];
        }
    }

    return NULL;
}
