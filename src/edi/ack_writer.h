/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_ACK_WRITER_H
#define XD_EDI_ACK_WRITER_H

#include "edi/ack.h"

/*
 * For the files that write answers in X12: segments, elements and the
 * envelope.  Whatever was received, what is written is well-formed: a value
 * from the partner's bytes is fitted to what its place allows.
 */

struct ack_form_s;

typedef struct {
    xd_buf_t *out;
    const xd_edi_interchange_t *in;
    const xd_edi_ack_t *ack;
    const struct ack_form_s *form;
    xd_x12_marks_t marks;
    uint32_t segments; /* of the set at hand */
    char date[9], time[5];
    char version[7]; /* of the group: GS08 */
    bool later;      /* 005010 and after */
} ack_writer_t;

/* Sizes of an element, and what fills one that is too short. */
typedef struct {
    size_t min, max;
    char fill;
    bool before; /* the filling stands before the value */
} ack_fit_t;

void ack_writer(ack_writer_t *w, const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);

void ack_begin(ack_writer_t *w, const char *id);
void ack_end(ack_writer_t *w);

/* The mark before an element; a text of ours; a number, at most `most`. */
void ack_mark(ack_writer_t *w);
void ack_text(ack_writer_t *w, const char *value);
void ack_number(ack_writer_t *w, uint32_t value, uint32_t most);

/* A partner's value, cut or filled; bytes that cannot be sent are replaced by
 * what can always be. */
void ack_fitted(ack_writer_t *w, xd_str_t value, ack_fit_t fit);

/* Digits of a partner's number; others become zeros. */
void ack_digits(ack_writer_t *w, xd_str_t value, size_t min, size_t max);

/* Does it begin with so many digits? */
bool ack_is_digits(xd_str_t s, size_t len);

/* The envelope, sender and receiver swapped. */
void ack_isa(ack_writer_t *w);
void ack_iea(ack_writer_t *w, uint32_t groups);

/* A buffer that failed midway goes back to what it held: XD_E_MEMORY. */
XD_CHECKED xd_rc_t ack_finish(xd_buf_t *out, size_t before);

#endif
