/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_REPLY_H
#define XD_EDI_REPLY_H

#include "edi/ack.h"
#include "format/edifact_write.h"

/*
 * For the files that write answers in EDIFACT: values of a partner that fit
 * their place, and the envelope around one message.
 */

/* Lengths of what a partner gave: 0065, 0052 and 0054, 0051. */
#define REPLY_TYPE    6
#define REPLY_VERSION 3
#define REPLY_AGENCY  2

typedef struct {
    xd_edifact_writer_t w;
    const xd_edi_interchange_t *in;
    const xd_edi_ack_t *ack;
    bool four; /* syntax version 4 */
} reply_t;

/* UNA and UNB, sender and receiver swapped, in the character set received. */
void reply_open(reply_t *c, const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);

/* UNZ behind so many messages. */
void reply_close(reply_t *c, uint32_t messages);

/* UNT of the message of that number. */
void reply_message_end(reply_t *c, uint32_t message);

/* A buffer that failed midway goes back to what it held: XD_E_MEMORY. */
XD_CHECKED xd_rc_t reply_finish(xd_buf_t *out, size_t before);

void reply_begin(reply_t *c, const char *tag);
void reply_end(reply_t *c);

/* What the partner sent may not be sendable in his own character set; that a
 * value was there is said then. */
void reply_element(reply_t *c, xd_str_t value);
void reply_composite(reply_t *c, const xd_str_t *parts, size_t count);

/* A number; 0 is left out. */
void reply_number(reply_t *c, uint32_t value);

/* A partner's value, no longer than its place; never within a character. */
xd_str_t reply_fitted(xd_str_t value, size_t most, const char *otherwise);

/* 0020, 0048, 0062. */
void reply_reference(reply_t *c, xd_str_t value);

/* A party of UNB or UCI: what it is called, and by whom. */
void reply_party(reply_t *c, xd_str_t id, xd_str_t qualifier);

/* Date and time of UNB: the year of four digits in syntax 4. */
void reply_now(reply_t *c);

#endif
