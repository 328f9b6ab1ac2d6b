/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_X12_X12_H
#define XD_X12_X12_H

#include "connectors/edi/desk.h"

/* X12 among the dialects; see desk_dialect_t. */
extern const desk_dialect_t x12_dialect;

XD_CHECKED xd_rc_t x12_answer(desk_in_t *in, const xd_edi_interchange_t *ic,
    xd_buf_t *out);
XD_CHECKED xd_rc_t x12_answers(desk_in_t *in, const xd_edi_interchange_t *ic);
XD_CHECKED xd_rc_t x12_advised(desk_in_t *in, const desk_place_t *at);
XD_CHECKED xd_rc_t x12_received(desk_in_t *in, const desk_place_t *at);
xd_str_t x12_version(const desk_in_t *in);
XD_CHECKED xd_rc_t x12_write(desk_in_t *in, desk_parcel_t *p, xd_buf_t *out);

#endif
