/* SPDX-License-Identifier: BSD-2-Clause */

#include "crypt/key.h"

const xd_alg_row_t xd_algs[XD_ALGS] = {
    /*               jose     http                 kty         md        group         crv       size  pss */
    [XD_HS256] = { "HS256", "hmac-sha256",       XD_KTY_OCT, "SHA256", NULL,         NULL,      32, false },
    [XD_HS384] = { "HS384", NULL,                XD_KTY_OCT, "SHA384", NULL,         NULL,      48, false },
    [XD_HS512] = { "HS512", NULL,                XD_KTY_OCT, "SHA512", NULL,         NULL,      64, false },
    [XD_RS256] = { "RS256", "rsa-v1_5-sha256",   XD_KTY_RSA, "SHA256", NULL,         NULL,       0, false },
    [XD_RS384] = { "RS384", NULL,                XD_KTY_RSA, "SHA384", NULL,         NULL,       0, false },
    [XD_RS512] = { "RS512", NULL,                XD_KTY_RSA, "SHA512", NULL,         NULL,       0, false },
    [XD_PS256] = { "PS256", NULL,                XD_KTY_RSA, "SHA256", NULL,         NULL,       0, true },
    [XD_PS384] = { "PS384", NULL,                XD_KTY_RSA, "SHA384", NULL,         NULL,       0, true },
    [XD_PS512] = { "PS512", "rsa-pss-sha512",    XD_KTY_RSA, "SHA512", NULL,         NULL,       0, true },
    [XD_ES256] = { "ES256", "ecdsa-p256-sha256", XD_KTY_EC,  "SHA256", "prime256v1", "P-256",   32, false },
    [XD_ES384] = { "ES384", "ecdsa-p384-sha384", XD_KTY_EC,  "SHA384", "secp384r1",  "P-384",   48, false },
    [XD_ES512] = { "ES512", NULL,                XD_KTY_EC,  "SHA512", "secp521r1",  "P-521",   66, false },
    [XD_EDDSA] = { "EdDSA", "ed25519",           XD_KTY_OKP, NULL,     NULL,         "Ed25519", 32, false },
};
