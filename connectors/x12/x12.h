/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_X12_X12_H
#define XD_X12_X12_H

#include "base/clock.h"
#include "canon/document.h"
#include "conf/registry.h"
#include "edi/ack.h"
#include "edi/grade.h"
#include "relay/relay.h"


/* xd-x12's own context, one generation of the configuration. */
typedef struct {
    const xd_conf_t *conf;
    xd_arena_t *arena; /* owns registry */
    xd_registry_t *registry;
    const char *archive; /* folder */
    xd_str_t identity;   /* our name in events: crossdock.yaml `name` */
    size_t findings;     /* kept of one message */
} x12_t;

/* One raw message on its way through. */
typedef struct {
    x12_t *x;
    xd_work_t *w;
    const xd_party_t *party;
    const xd_node_t *profile; /* partners/<id>.yaml */
    xd_str_t bytes;
    char sha256[XD_SHA256_HEX + 1]; /* of bytes, in the archive */
    char now[XD_INSTANT_LEN + 1];
    xd_report_t report;
} x12_in_t;

/* The story that the message belongs to: with a raw one it begins. */
static inline xd_str_t
x12_correlation(const x12_in_t *in)
{
    const xd_message_t *m = in->w->message;

    return m->correlation_id.len > 0 ? m->correlation_id : m->message_id;
}

/* -- inbound.c: bytes to facts -------------------------------------------- */

/* Sets, groups or interchanges of one message; with more it is refused, since
 * the grader counts what is above but gives out nothing of it. */
#define X12_MOST 100000

/* The work function of the relay: one raw message. */
xd_work_rc_t x12_inbound(void *ctx, xd_work_t *w);

/* -- words.c: a partner's bytes as words of ours ----------------------------- */

/* At most 80 visible characters, others as "?"; a NULL .ptr when the arena is
 * full. */
xd_str_t x12_label(xd_arena_t *arena, xd_str_t s);

/* Which findings are meant. */
typedef struct {
    size_t first;     /* place in the report */
    size_t from, to;  /* offsets */
    xd_scope_t scope; /* at least */
} x12_span_t;

/* The sentence of the first error, or of the first code that was sent, in a
 * span (a NULL .ptr when the arena is
 * full); false when none was kept, and text stays as it was. */
bool x12_reason(const x12_in_t *in, const x12_span_t *span, xd_str_t *text);

/* -- ledger.c: what xd-x12 alone owns -------------------------------------- */

/* Migrations of state/xd-x12.db. */
extern const char *const x12_migrations[];

typedef enum {
    X12_NEW,   /* first time; now noted */
    X12_AGAIN, /* the same bytes came before */
    X12_REUSED /* the number came before with other bytes */
} x12_seen_t;

typedef struct {
    x12_seen_t seen;
    int64_t row;       /* of table interchange */
    xd_str_t ack;      /* AGAIN: hash of the acknowledgement sent, or empty */
    xd_str_t first_id; /* AGAIN, REUSED: message-id that brought it first */
} x12_interchange_t;

/*
 * x12_interchange_seen - has this interchange come before?
 *
 * Known by ISA05-08, ISA13 and ISA09; compared by the hash of its bytes.
 * Returns XD_OK; XD_E_STORE; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t x12_interchange_seen(x12_in_t *in,
    const xd_edi_interchange_t *ic, x12_interchange_t *out);

/* Keeps which acknowledgement answered an interchange. */
XD_CHECKED xd_rc_t x12_interchange_answered(x12_in_t *in, int64_t row,
    xd_str_t ack_hash);

/*
 * x12_control - the next control number towards a partner
 *
 *   level  "ISA" (9 digits, wraps) or "GS"
 *
 * Allotted in the open transaction: gaps may come, a number never twice
 * before it wraps.  Returns XD_OK; XD_E_STORE.
 */
XD_CHECKED xd_rc_t x12_control(x12_in_t *in, const char *level,
    uint32_t *number);

/* -- answer.c: acknowledgements out ----------------------------------------- */

/* Writes, archives and emits TA1 and 997 for an interchange, and the
 * functional-ack facts about them.  Returns XD_OK, also when none is due;
 * XD_E_IO, of the archive; whatever a fact may return. */
XD_CHECKED xd_rc_t x12_answer(x12_in_t *in, const xd_edi_interchange_t *ic,
    const x12_interchange_t *seen);

/* A repetition: the acknowledgement of the first time, byte for byte.
 * XD_E_NOT_FOUND or XD_E_CONFLICT when the archive has lost it. */
XD_CHECKED xd_rc_t x12_answer_again(x12_in_t *in,
    const xd_edi_interchange_t *ic, const x12_interchange_t *seen);

/* -- facts.c: documents with their meta ------------------------------------ */

typedef struct {
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    const xd_edi_set_t *set;
    uint32_t ordinal; /* of the set in its interchange, from 1 */
} x12_place_t;

/* Maps one accepted set and emits its fact; an exception when it cannot. */
XD_CHECKED xd_rc_t x12_fact(x12_in_t *in, const x12_place_t *at);

/* An exception for a person about a set, or (ordinal 0) an interchange. */
XD_CHECKED xd_rc_t x12_exception(x12_in_t *in, const x12_place_t *at,
    const char *code, xd_str_t text);

#endif
