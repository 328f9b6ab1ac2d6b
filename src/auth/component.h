/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_AUTH_COMPONENT_H
#define XD_AUTH_COMPONENT_H

#include "auth/signature.h"

/* The value of one covered component at the end of out. */
XD_CHECKED xd_signature_fault_t component_write(xd_arena_t *arena,
    const xd_http_message_t *message, const xd_field_t *id, xd_buf_t *out);

#endif
