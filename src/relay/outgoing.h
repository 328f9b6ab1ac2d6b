/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_RELAY_OUTGOING_H
#define XD_RELAY_OUTGOING_H

#include "relay/relay.h"

/*
 * What every transport shares: bytes for a partner (out.<transport>.<party>
 * on xd.raw) come in, and the fact about them goes out.
 */

typedef struct {
    xd_str_t party;
    xd_str_t document;
    xd_str_t key;            /* business key */
    xd_str_t control;        /* its number in the partner's eyes; or empty */
    xd_str_t correlation_id; /* or empty */
} xd_outgoing_t;

/*
 * xd_outgoing_read - read bytes for a partner out of a work
 *
 *   transport  "http", "file"
 *
 * Returns XD_OK; XD_E_SYNTAX when no try can mend it, and the reason was given
 * with xd_work_fail: "<transport>.key", "<transport>.sender" or
 * "<transport>.headers".  The sender is the message's user_id, which the
 * broker has checked.
 */
XD_CHECKED xd_rc_t xd_outgoing_read(xd_work_t *w, const char *transport,
    xd_outgoing_t *out);

/* What became of something that was carried to a system or partner. */
typedef struct {
    xd_str_t origin; /* our own name: crossdock.yaml `name` */
    xd_str_t system; /* who got it */
    bool partner;
    xd_str_t document, verb, key;
    uint64_t key_version;
    xd_str_t doc_ref;        /* message-id of what was carried */
    xd_str_t correlation_id; /* or empty */
    xd_str_t foreign_id;     /* the system's own number for it; or empty */
    bool test;
    bool confirmed;
    xd_str_t reason;  /* when it was refused */
    bool one_of_many; /* of the documents that the message carried */
} xd_delivered_t;

/*
 * Emits delivery.confirmed or delivery.refused; returns as xd_work_fact, with
 * its findings logged.
 *
 * Bytes that carry several documents name them in the header xd-carries, a
 * JSON array of [message-id, correlation-id, document, key] each: then there
 * is a fact for each of those.
 */
XD_CHECKED xd_rc_t xd_work_delivered(xd_work_t *w, const xd_delivered_t *d);

#endif
