/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_EDI_DESK_H
#define XD_EDI_DESK_H

#include "base/clock.h"
#include "canon/document.h"
#include "conf/registry.h"
#include "daemon/daemon.h"
#include "edi/ack.h"
#include "edi/advice.h"
#include "edi/grade.h"
#include "edi/write.h"
#include "map/mapping.h"
#include "relay/relay.h"


typedef struct desk_dialect_s desk_dialect_t;

/* What xd-x12 and xd-edifact both do; dialect says where they differ.  One
 * generation of the configuration. */
typedef struct {
    const desk_dialect_t *dialect;
    const xd_conf_t *conf;
    xd_arena_t *arena; /* owns registry, maps and guides */
    xd_registry_t *registry;
    xd_mappings_t maps;
    xd_map_t *guides;    /* id of a partner -> xd_guides_t; NULL: no guides */
    const char *archive; /* folder */
    xd_str_t identity;   /* our name in events: crossdock.yaml `name` */
    size_t findings;     /* kept of one message */
    int64_t retain_ms;   /* of ledgers: prune.c */

    xd_daemon_t *daemon; /* daemon.c's */
    xd_timer_t timer;
} desk_t;

/* One raw message on its way through. */
typedef struct {
    desk_t *x;
    xd_work_t *w;
    const xd_party_t *party;
    const xd_node_t *profile; /* partners/<id>.yaml */
    xd_str_t bytes;
    char sha256[XD_SHA256_HEX + 1]; /* of bytes, in the archive */
    char now[XD_INSTANT_LEN + 1];
    xd_str_t copy; /* the hash of an interchange whose number came before with
                      other bytes, and that is taken all the same; else empty */
    xd_report_t report;
} desk_in_t;

/* The story that the message belongs to: with a raw one it begins. */
static inline xd_str_t
desk_correlation(const desk_in_t *in)
{
    const xd_message_t *m = in->w->message;

    return m->correlation_id.len > 0 ? m->correlation_id : m->message_id;
}

/* What the partner asks for beyond the standard; NULL: nothing. */
static inline const xd_guides_t *
desk_guides(const desk_in_t *in)
{
    return in->x->guides != NULL ? xd_map_get(in->x->guides, in->party->id)
                                 : NULL;
}


/* Where a set stands. */
typedef struct {
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    const xd_edi_set_t *set;
    uint32_t ordinal; /* of the set in its interchange, from 1 */
} desk_place_t;

/* -- the dialects: connectors/x12, connectors/edifact ---------------------- */

enum { DESK_INTERCHANGE, DESK_GROUP, DESK_SET, DESK_LEVELS };

/* Documents that go out together. */
typedef struct desk_parcel_s desk_parcel_t;

typedef struct {
    const char *name;   /* "ISA" */
    unsigned int width; /* of its control number: zeros before it */
} desk_level_t;

/* What is written about sets that were accepted and cannot be used. */
typedef struct {
    const char *kind;    /* "824": as in the functional-ack document */
    const char *element; /* "TED01": of its codes */
    bool grouped;        /* has a group's number too */
    xd_rc_t (*write)(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
        const xd_vec_t *advices, xd_buf_t *out);
} desk_advice_t;

struct desk_dialect_s {
    const char *name;         /* "x12": in keys, codes, maps and meta.ext */
    const char *process;      /* "xd-x12" */
    const char *standard;     /* "X12", as meta.origin has it */
    const char *unit;         /* "set", as people call it */
    const char *content_type; /* of the bytes */
    const char *retention;    /* the setting of ledgers' age */

    desk_level_t levels[DESK_LEVELS];
    xd_edi_only_t only;      /* what it reads */
    uint8_t control_element; /* of its first level's segment */

    /* The acknowledgements of an interchange at the end of out, each with its
     * fact; XD_OK also when none is due. */
    xd_rc_t (
        *answer)(desk_in_t *in, const xd_edi_interchange_t *ic, xd_buf_t *out);

    const desk_advice_t *advice;

    /* What stands outside of sets and answers ours; NULL: nothing can. */
    xd_rc_t (*answers)(desk_in_t *in, const xd_edi_interchange_t *ic);

    /* Is the set an acknowledgement, and what does it say? */
    bool (*acknowledges)(const desk_place_t *at);
    xd_rc_t (*received)(desk_in_t *in, const desk_place_t *at);

    /* In which version a partner gets his sets. */
    xd_str_t (*version)(const desk_in_t *in);

    /* Writes one interchange and sets what its groups are called in answers. */
    xd_rc_t (*write)(desk_in_t *in, desk_parcel_t *parcel, xd_buf_t *out);
};

/* -- words.c: what a dialect calls things --------------------------------- */

/* Texts are NULL, or their .ptr is, when the arena is full. */

/* The name of a level's control number: "000000905". */
xd_str_t desk_number(const desk_in_t *in, int level, uint32_t n);

/* "x12.set.rejected" of "set.rejected". */
const char *desk_code(const desk_in_t *in, const char *code);

/* xd_work_fail with such a code; always XD_WORK_PERMANENT. */
xd_work_rc_t desk_fail(const desk_in_t *in, const char *code,
    const char *format, ...) XD_PRINTF(3, 4);

/* -- daemon.c: the daemon, but for its name ------------------------------- */

XD_CHECKED xd_rc_t desk_start(xd_daemon_t *d, const desk_dialect_t *dialect,
    void **ctx);
XD_CHECKED xd_rc_t desk_reload(void *ctx, const xd_conf_t *conf,
    xd_report_t *rep);
void desk_stop(void *ctx);

/* -- inbound.c: bytes to facts -------------------------------------------- */

/* Sets, groups or interchanges of one message; with more it is refused, since
 * the grader counts what is above but gives out nothing of it. */
#define DESK_MOST 100000

/* One raw message. */
xd_work_rc_t desk_inbound(void *ctx, xd_work_t *w);

/* Tells the relay why it failed: for good, or for now. */
xd_work_rc_t desk_failed(const desk_in_t *in, xd_rc_t rc);

/* -- work.c: whose message it is ----------------------------------------- */

/* The work function of the relay: by the first word of the routing key. */
xd_work_rc_t desk_work(void *ctx, xd_work_t *w);

/* -- words.c: a partner's bytes as words of ours ------------------------- */

/* At most 80 visible characters, others as "?"; a NULL .ptr when the arena is
 * full. */
xd_str_t desk_label(xd_arena_t *arena, xd_str_t s);

/* Which findings are meant. */
typedef struct {
    size_t first;     /* place in the report */
    size_t from, to;  /* offsets */
    xd_scope_t scope; /* at least */
} desk_span_t;

/* The sentence of the first error, or of the first code that was sent, in a
 * span (a NULL .ptr when the arena is
 * full); false when none was kept, and text stays as it was. */
bool desk_reason(const desk_in_t *in, const desk_span_t *span, xd_str_t *text);

/* -- ledger.c: what the process alone owns -------------------------------- */

/* Migrations of state/<process>.db. */
extern const char *const desk_migrations[];

typedef enum {
    DESK_NEW,   /* first time */
    DESK_AGAIN, /* the same bytes came before */
    DESK_REUSED /* the number came before with other bytes */
} desk_seen_t;

typedef struct {
    desk_seen_t seen;
    int64_t row;       /* of table interchange; 0: it has none */
    xd_str_t ack;      /* AGAIN: hash of the acknowledgement sent, or empty */
    xd_str_t first_id; /* AGAIN, REUSED: message-id that brought it first */
    char first[XD_INSTANT_LEN + 1]; /* and when that was */
    char sha256[XD_SHA256_HEX + 1]; /* of these bytes */
} desk_interchange_t;

/*
 * desk_interchange_seen - has this interchange come before?
 *
 * Known by sender, receiver and control number, on one date or within
 * edi.duplicates_within; compared by the hash of its bytes.
 * Returns XD_OK; XD_E_STORE; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t desk_interchange_seen(desk_in_t *in,
    const xd_edi_interchange_t *ic, desk_interchange_t *out);

/* Notes it, and its row. */
XD_CHECKED xd_rc_t desk_interchange_add(desk_in_t *in,
    const xd_edi_interchange_t *ic, desk_interchange_t *seen);

/* Keeps which acknowledgement answered an interchange. */
XD_CHECKED xd_rc_t desk_interchange_answered(desk_in_t *in, int64_t row,
    xd_str_t ack_hash);

/*
 * desk_control - the next control number towards a partner
 *
 *   level  DESK_INTERCHANGE, DESK_GROUP or DESK_SET; at most 9 digits, then
 *          from 1 again
 *
 * Allotted in the open transaction: gaps may come, a number never twice
 * before it wraps.  Returns XD_OK; XD_E_STORE.
 */
XD_CHECKED xd_rc_t desk_control(desk_in_t *in, int level, uint32_t *number);

/* -- answer.c: acknowledgements out -------------------------------------- */

/* Writes, archives and emits the acknowledgements of an interchange, and the
 * functional-ack facts about them; they are kept where seen has a row.
 * Returns XD_OK, also when none is due; XD_E_IO, of the archive; whatever a
 * fact may return. */
XD_CHECKED xd_rc_t desk_answer(desk_in_t *in, const xd_edi_interchange_t *ic,
    const desk_interchange_t *seen);

/* What is written for an interchange. */
typedef struct {
    const char *kind; /* as in the functional-ack document */
    bool grouped;     /* has a group's number too */
    xd_rc_t (*write)(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
        xd_buf_t *out);

    /* Every code that it says about the interchange (group NULL) or a group:
     * false when the arena is full. */
    bool (*errors)(xd_arena_t *arena, xd_node_t *errors,
        const xd_edi_interchange_t *ic, const xd_edi_group_t *group);
} desk_kind_t;

/* One acknowledgement at the end of out; XD_E_NOT_FOUND: none is due, and
 * then no number was used up. */
XD_CHECKED xd_rc_t desk_write_kind(desk_in_t *in,
    const xd_edi_interchange_t *ic, const desk_kind_t *kind, xd_buf_t *out);

/* What was said, about the interchange (group NULL) or one of its groups. */
typedef struct {
    const desk_kind_t *kind;
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    uint32_t nth; /* of the group, from 1: its number may come twice */
    char status;  /* 0: the verdict of what it is about */
    const xd_edi_advice_t *advice; /* about one set; or NULL */
} desk_said_t;

/* functional-ack.sent. */
XD_CHECKED xd_rc_t desk_tell(desk_in_t *in, const desk_said_t *said);

/* One code of an acknowledgement, "AK304:8", and where it was said; set and
 * fault may be NULL.  False when the arena is full. */
bool desk_put_error(xd_arena_t *arena, xd_node_t *errors,
    const xd_edi_set_t *set, const xd_edi_fault_t *fault, xd_str_t code);

/* To where the partner takes what we send; its id follows from the message,
 * from what it is and from the offset of what it answers. */
XD_CHECKED xd_rc_t desk_send(desk_in_t *in, const xd_edi_interchange_t *ic,
    const char *what, size_t offset, xd_str_t bytes);

/* A repetition: the acknowledgement of the first time, byte for byte.
 * XD_E_NOT_FOUND or XD_E_CONFLICT when the archive has lost it. */
XD_CHECKED xd_rc_t desk_answer_again(desk_in_t *in,
    const xd_edi_interchange_t *ic, const desk_interchange_t *seen);

/* -- advise.c: application advice out ------------------------------------ */

/* The set was refused by its map or by rules, whose findings begin at `first`
 * of the report: advice, where the partner wants it. */
XD_CHECKED xd_rc_t desk_advise(desk_in_t *in, const desk_place_t *at,
    size_t first);

/* -- facts.c: documents with their meta ------------------------------------ */

/* Maps one accepted set and emits its fact; an exception when it cannot. */
XD_CHECKED xd_rc_t desk_fact(desk_in_t *in, const desk_place_t *at);

/* The members of meta that every fact of this message shares; XD_OK or
 * XD_E_MEMORY. */
XD_CHECKED xd_rc_t desk_meta(desk_in_t *in, const desk_place_t *at,
    xd_meta_t *meta);

/* An exception for a person about a set, or (ordinal 0) an interchange; codes
 * without the dialect's name. */
XD_CHECKED xd_rc_t desk_exception(desk_in_t *in, const desk_place_t *at,
    const char *code, xd_str_t text);

/* The same with a severity of its own; NULL: "error". */
XD_CHECKED xd_rc_t desk_told(desk_in_t *in, const desk_place_t *at,
    const char *code, const char *severity, xd_str_t text);

/* Something for a person. */
typedef struct {
    const char *code;
    const char *severity; /* NULL: "error" */
    xd_str_t text;
    xd_str_t id;      /* the same for the same case */
    xd_str_t doc_ref; /* message-id of what it is about */
} desk_case_t;

/* Emits exception.opened; returns as xd_work_fact.  meta gains what belongs
 * to the case. */
XD_CHECKED xd_rc_t desk_case(desk_in_t *in, const desk_case_t *c,
    xd_meta_t *meta);

/* -- sent.c: what went out ----------------------------------------------- */

typedef struct {
    int64_t row;
    uint32_t isa, gs, st; /* control numbers */
    char functional[7];   /* GS01, or 0065; only desk_sent_add looks at it */
    char state;           /* S; A, E, R as it was acknowledged */
    bool test;
    xd_str_t party, code, document, number, key;
    xd_str_t fact; /* message-id */
    xd_str_t correlation, trace;
    int64_t sent_ms;
} desk_sent_t;

/* Notes it in the open transaction and sets s->row.  XD_OK; XD_E_STORE. */
XD_CHECKED xd_rc_t desk_sent_add(desk_in_t *in, desk_sent_t *s,
    const char *sha256);

/*
 * What went to this partner: by its row; the latest of a document's number;
 * all of the latest group or interchange of a control number, in their order.
 * Texts live in the arena of the work.
 *
 * Returns XD_OK; XD_E_NOT_FOUND; XD_E_STORE; XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t desk_sent_row(desk_in_t *in, int64_t row, desk_sent_t *out);
XD_CHECKED xd_rc_t desk_sent_document(desk_in_t *in, const char *document,
    xd_str_t number, desk_sent_t *out);
XD_CHECKED xd_rc_t desk_sent_group(desk_in_t *in, xd_str_t functional,
    xd_str_t control, xd_vec_t *out);
XD_CHECKED xd_rc_t desk_sent_interchange(desk_in_t *in, xd_str_t control,
    xd_vec_t *out);

/* What an application names of what it got: its control numbers, or the
 * document's own. */
typedef struct {
    xd_str_t code;   /* ST01, 0065; empty: any */
    uint32_t gs, st; /* 0: not said */
    xd_str_t number;
} desk_named_t;

/* The latest that it can mean; returns as the others. */
XD_CHECKED xd_rc_t desk_sent_named(desk_in_t *in, const desk_named_t *named,
    desk_sent_t *out);

/* "interchange 000000905, group 12", in the arena. */
xd_str_t desk_where(const desk_in_t *in, const desk_sent_t *s);

XD_CHECKED xd_rc_t desk_sent_state(desk_in_t *in, int64_t row, char state);

/* -- parcel.c: one interchange that goes out ------------------------------ */

typedef struct {
    const xd_node_t *tree; /* to be written */
    const xd_node_t *doc;  /* canonical, of which it was made */
    desk_sent_t sent;      /* all but its numbers */
} desk_item_t;

struct desk_parcel_s {
    xd_vec_t items;  /* of desk_item_t, at least one; those of a code become a
                        group, where the first of them stands */
    xd_vec_t groups; /* of xd_edi_out_group_t, gained; numbers are taken */
    xd_str_t bytes;  /* gained */
    bool trial;      /* nothing of it leaves: no number is taken */
};

/* Takes numbers and writes: XD_OK; XD_E_SYNTAX with the reason in the report;
 * XD_E_STORE; XD_E_MEMORY. */
XD_CHECKED xd_rc_t desk_parcel_write(desk_in_t *in, desk_parcel_t *p);

/* Archives, notes and emits what was written; XD_E_IO of the archive too. */
XD_CHECKED xd_rc_t desk_parcel_send(desk_in_t *in, const desk_parcel_t *p);

/* A mark of edi.separators. */
char desk_mark(const desk_in_t *in, const char *name, char usual);

/* -- outbound.c: documents to partners ----------------------------------- */

/* Why nothing was sent. */
xd_work_rc_t desk_not_sent(const desk_in_t *in, xd_rc_t rc);

/* One command <dialect>.<partner>.<document>.write.v1.pNN. */
xd_work_rc_t desk_outbound(void *ctx, xd_work_t *w);

/* -- item.c: a document on its way ---------------------------------------- */

typedef struct {
    xd_str_t document; /* "purchase-order" */
    xd_str_t body;     /* canonical, as JSON */
    xd_str_t correlation, trace;
} desk_ask_t;

/* Its tree, and all that the ledger keeps but numbers.  XD_OK; XD_E_NOT_FOUND:
 * no map writes it; XD_E_SYNTAX with the reason in the report; XD_E_MEMORY. */
XD_CHECKED xd_rc_t desk_item_make(desk_in_t *in, const desk_ask_t *ask,
    desk_item_t *out);

/* -- batch.c: documents that wait for others ------------------------------ */

/* edi.batch of the profile. */
typedef struct {
    bool by_code; /* each code has its own interchange */
    int64_t most; /* documents in one */
    int64_t wait_ms;
} desk_batch_t;

/* False where each document leaves at once. */
bool desk_batch_of(const desk_in_t *in, desk_batch_t *out);

/* Notes it in the open transaction, and sends all when there are enough.
 * XD_OK; what desk_parcel_write and desk_parcel_send return. */
XD_CHECKED xd_rc_t desk_batch_add(desk_in_t *in, const desk_ask_t *ask,
    const desk_batch_t *batch, const desk_item_t *item);

/* Appends a message for each batch whose time has come, as desk_due_messages
 * does. */
XD_CHECKED xd_rc_t desk_batch_messages(const desk_dialect_t *dialect,
    xd_store_t *store, xd_arena_t *arena, int64_t now_ms, xd_vec_t *messages);

/* The work of such a message. */
xd_work_rc_t desk_ripe(void *ctx, xd_work_t *w);

/* -- received.c: what partners acknowledge ------------------------------- */

/* One acknowledgement of one thing that was sent. */
typedef struct {
    const desk_place_t *at;
    const char *kind; /* as in the functional-ack document */
    bool whole;       /* it speaks of the envelope alone */
    desk_sent_t sent;
    char status;       /* as the document knows it: A, E, P, R */
    xd_node_t *errors; /* an array */
    xd_str_t reason;   /* the first of them, for a person */
} desk_ack_t;

/* One of its errors: set may be empty, f NULL. */
XD_CHECKED xd_rc_t desk_ack_error(desk_in_t *in, desk_ack_t *a,
    const xd_edi_fault_t *f, xd_str_t set, xd_str_t code);

/* One that has words, which are the reason when it is the first. */
XD_CHECKED xd_rc_t desk_ack_remark(desk_in_t *in, desk_ack_t *a,
    const xd_edi_fault_t *f, xd_str_t code, xd_str_t words);

/* The ledger, the deadlines, the fact, and the exception if it is one. */
XD_CHECKED xd_rc_t desk_ack_settle(desk_in_t *in, const desk_ack_t *a);

/* It answers a group or an interchange that never went out. */
XD_CHECKED xd_rc_t desk_ack_unmatched(desk_in_t *in, const desk_place_t *at,
    const char *what, xd_str_t control);

/* -- due.c: what must come, and until when ------------------------------- */

/* Every answer that the partner's profile gives a time to (edi.answers). */
XD_CHECKED xd_rc_t desk_due_set(desk_in_t *in, const desk_sent_t *s);

/* Deletes what is from before that time, at most `most` rows of each kind, in
 * the open transaction.  XD_OK; XD_E_STORE. */
XD_CHECKED xd_rc_t desk_prune(xd_store_t *store, int64_t before_ms, int most);

/* One came; what NULL: none is awaited any more. */
XD_CHECKED xd_rc_t desk_due_done(desk_in_t *in, int64_t row, const char *what);

/* Appends a message for each one that is overdue and not told; at most
 * DESK_DUE_MOST.  XD_OK; XD_E_STORE; XD_E_MEMORY. */
#define DESK_DUE_MOST 100
XD_CHECKED xd_rc_t desk_due_messages(const desk_dialect_t *dialect,
    xd_store_t *store, xd_arena_t *arena, int64_t now_ms, xd_vec_t *messages);

/* The work of such a message. */
xd_work_rc_t desk_overdue(void *ctx, xd_work_t *w);

/* -- match.c: documents against the orders that they answer -------------- */

typedef struct {
    xd_str_t order;   /* message-id of the order's fact; empty: none is known */
    const char *code; /* of the exception; NULL: all is as ordered */
    xd_str_t text;    /* the differences, a sentence for each line */
    size_t count;     /* of differences */
} desk_match_t;

/* Notes the lines of an order that went out. */
XD_CHECKED xd_rc_t desk_match_order(desk_in_t *in, const desk_sent_t *s,
    const xd_node_t *doc);

/* Holds an order-response, shipment or invoice against the orders that it
 * names; any other document matches.  XD_OK; XD_E_STORE; XD_E_MEMORY. */
XD_CHECKED xd_rc_t desk_match(desk_in_t *in, const char *document,
    const xd_node_t *doc, desk_match_t *out);

/* Did the partner send an invoice of that number before? */
typedef struct {
    desk_seen_t seen;
    xd_str_t number;
    xd_str_t control;             /* of the interchange that brought it first */
    char hash[XD_SHA256_HEX + 1]; /* of the document, not of its bytes */
} desk_invoice_t;

/* XD_OK; XD_E_STORE; XD_E_MEMORY. */
XD_CHECKED xd_rc_t desk_invoice_seen(desk_in_t *in, const xd_node_t *doc,
    desk_invoice_t *out);
XD_CHECKED xd_rc_t desk_invoice_note(desk_in_t *in, const desk_place_t *at,
    const desk_invoice_t *invoice);

#endif
