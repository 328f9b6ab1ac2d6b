/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDIFACT_EDIFACT_H
#define XD_EDIFACT_EDIFACT_H

#include "connectors/edi/desk.h"

/* EDIFACT among the dialects; see desk_dialect_t. */
extern const desk_dialect_t edifact_dialect;

XD_CHECKED xd_rc_t edifact_answer(desk_in_t *in, const xd_edi_interchange_t *ic,
    xd_buf_t *out);
XD_CHECKED xd_rc_t edifact_advised(desk_in_t *in, const desk_place_t *at);
XD_CHECKED xd_rc_t edifact_received(desk_in_t *in, const desk_place_t *at);
xd_str_t edifact_version(const desk_in_t *in);
XD_CHECKED xd_rc_t edifact_write(desk_in_t *in, desk_parcel_t *p,
    xd_buf_t *out);

#endif
