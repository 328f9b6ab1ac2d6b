/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_X12_X12_H
#define XD_X12_X12_H

#include "base/clock.h"
#include "canon/document.h"
#include "conf/registry.h"
#include "daemon/daemon.h"
#include "edi/ack.h"
#include "edi/grade.h"
#include "map/mapping.h"
#include "relay/relay.h"


/* xd-x12's own context, one generation of the configuration. */
typedef struct {
    const xd_conf_t *conf;
    xd_arena_t *arena; /* owns registry and maps */
    xd_registry_t *registry;
    xd_mappings_t maps;
    const char *archive; /* folder */
    xd_str_t identity;   /* our name in events: crossdock.yaml `name` */
    size_t findings;     /* kept of one message */
    int64_t retain_ms;   /* of ledgers: prune.c */

    xd_daemon_t *daemon; /* main.c's */
    xd_timer_t timer;
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

/* One raw message. */
xd_work_rc_t x12_inbound(void *ctx, xd_work_t *w);

/* Tells the relay why it failed: for good, or for now. */
xd_work_rc_t x12_failed(xd_work_t *w, xd_rc_t rc);

/* -- work.c: whose message it is ----------------------------------------- */

/* The work function of the relay: by the first word of the routing key. */
xd_work_rc_t x12_work(void *ctx, xd_work_t *w);

/* -- words.c: a partner's bytes as words of ours ------------------------- */

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

/* -- answer.c: acknowledgements out -------------------------------------- */

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

/* The members of meta that every fact of this message shares; XD_OK or
 * XD_E_MEMORY. */
XD_CHECKED xd_rc_t x12_meta(x12_in_t *in, const x12_place_t *at,
    xd_meta_t *meta);

/* An exception for a person about a set, or (ordinal 0) an interchange. */
XD_CHECKED xd_rc_t x12_exception(x12_in_t *in, const x12_place_t *at,
    const char *code, xd_str_t text);

/* Something for a person. */
typedef struct {
    const char *code;
    const char *severity; /* NULL: "error" */
    xd_str_t text;
    xd_str_t id;      /* the same for the same case */
    xd_str_t doc_ref; /* message-id of what it is about */
} x12_case_t;

/* Emits exception.opened; returns as xd_work_fact.  meta gains what belongs
 * to the case. */
XD_CHECKED xd_rc_t x12_case(x12_in_t *in, const x12_case_t *c, xd_meta_t *meta);

/* -- sent.c: what went out ----------------------------------------------- */

typedef struct {
    int64_t row;
    uint32_t isa, gs, st; /* control numbers */
    char functional[3];   /* GS01; only x12_sent_add looks at it */
    char state;           /* S; A, E, R as it was acknowledged */
    bool test;
    xd_str_t party, code, document, number, key;
    xd_str_t fact; /* message-id */
    xd_str_t correlation, trace;
    int64_t sent_ms;
} x12_sent_t;

/* Notes it in the open transaction and sets s->row.  XD_OK; XD_E_STORE. */
XD_CHECKED xd_rc_t x12_sent_add(x12_in_t *in, x12_sent_t *s,
    const char *sha256);

/*
 * What went to this partner: by its row; the latest of a document's number,
 * of a group, of an interchange.  Texts live in the arena of the work.
 *
 * Returns XD_OK; XD_E_NOT_FOUND; XD_E_STORE; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t x12_sent_row(x12_in_t *in, int64_t row, x12_sent_t *out);
XD_CHECKED xd_rc_t x12_sent_document(x12_in_t *in, const char *document,
    xd_str_t number, x12_sent_t *out);
XD_CHECKED xd_rc_t x12_sent_group(x12_in_t *in, xd_str_t functional,
    xd_str_t control, x12_sent_t *out);
XD_CHECKED xd_rc_t x12_sent_interchange(x12_in_t *in, xd_str_t control,
    x12_sent_t *out);

XD_CHECKED xd_rc_t x12_sent_state(x12_in_t *in, int64_t row, char state);

/* -- outbound.c: documents to partners ----------------------------------- */

/* One command x12.<partner>.<document>.write.v1.pNN. */
xd_work_rc_t x12_outbound(void *ctx, xd_work_t *w);

/* -- received.c: what partners acknowledge ------------------------------- */

/* A 997 that came in. */
XD_CHECKED xd_rc_t x12_received_997(x12_in_t *in, const x12_place_t *at);

/* All TA1 of an interchange. */
XD_CHECKED xd_rc_t x12_received_ta1(x12_in_t *in,
    const xd_edi_interchange_t *ic);

/* -- due.c: what must come, and until when ------------------------------- */

/* Every answer that the partner's profile gives a time to (edi.answers). */
XD_CHECKED xd_rc_t x12_due_set(x12_in_t *in, const x12_sent_t *s);

/* Deletes what is from before that time, at most `most` rows of each kind, in
 * the open transaction.  XD_OK; XD_E_STORE. */
XD_CHECKED xd_rc_t x12_prune(xd_store_t *store, int64_t before_ms, int most);

/* One came; what NULL: none is awaited any more. */
XD_CHECKED xd_rc_t x12_due_done(x12_in_t *in, int64_t row, const char *what);

/* Appends a message for each one that is overdue and not told; at most
 * X12_DUE_MOST.  XD_OK; XD_E_STORE; XD_E_MEMORY. */
#define X12_DUE_MOST 100
XD_CHECKED xd_rc_t x12_due_messages(xd_store_t *store, xd_arena_t *arena,
    int64_t now_ms, xd_vec_t *messages);

/* The work of such a message. */
xd_work_rc_t x12_overdue(void *ctx, xd_work_t *w);

/* -- match.c: documents against the orders that they answer -------------- */

typedef struct {
    xd_str_t order;   /* message-id of the order's fact; empty: none is known */
    const char *code; /* of the exception; NULL: all is as ordered */
    xd_str_t text;    /* the differences, a sentence for each line */
    size_t count;     /* of differences */
} x12_match_t;

/* Notes the lines of an order that went out. */
XD_CHECKED xd_rc_t x12_match_order(x12_in_t *in, const x12_sent_t *s,
    const xd_node_t *doc);

/* Holds an order-response, shipment or invoice against the orders that it
 * names; any other document matches.  XD_OK; XD_E_STORE; XD_E_MEMORY. */
XD_CHECKED xd_rc_t x12_match(x12_in_t *in, const char *document,
    const xd_node_t *doc, x12_match_t *out);

/* Did the partner send an invoice of that number before? */
typedef struct {
    x12_seen_t seen;
    xd_str_t number;
    xd_str_t control;             /* of the interchange that brought it first */
    char hash[XD_SHA256_HEX + 1]; /* of the document, not of its bytes */
} x12_invoice_t;

/* XD_OK; XD_E_STORE; XD_E_MEMORY. */
XD_CHECKED xd_rc_t x12_invoice_seen(x12_in_t *in, const xd_node_t *doc,
    x12_invoice_t *out);
XD_CHECKED xd_rc_t x12_invoice_note(x12_in_t *in, const x12_place_t *at,
    const x12_invoice_t *invoice);

#endif
