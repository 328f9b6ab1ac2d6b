/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_SANDBOX_SANDBOX_H
#define XD_SANDBOX_SANDBOX_H

#include "store/store.h"
#include "tree/node.h"
#include "web/server.h"

/*
 * The systems around Crossdock, played: each role takes documents by an
 * idempotency key, keeps a ledger of every effect, and fails on demand.
 */

/* A member that a document must have: JSON Pointer; an array or object there
 * may not be empty. */
typedef struct {
    const char *document;
    const char *pointer;
} sandbox_need_t;

typedef struct {
    const char *name;            /* "erp" */
    const char *prefix;          /* of the numbers it gives */
    bool json;                   /* takes nothing else */
    const sandbox_need_t *needs; /* ends with a NULL document; or NULL */
} sandbox_role_t;

extern const sandbox_role_t sandbox_roles[]; /* ends with a NULL name */

const sandbox_role_t *sandbox_role(xd_str_t name);

/* What goes wrong on demand. */
typedef struct {
    const char *mode;
    bool works; /* the effect happens all the same */
    int status; /* of the answer; 0: the true one */
    bool cut;   /* a reset instead of an answer */
    int64_t delay_ms;
    const char *type, *body; /* NULL: a problem */
} sandbox_fault_t;

extern const sandbox_fault_t sandbox_faults[]; /* ends with a NULL mode */

const sandbox_fault_t *sandbox_fault(xd_str_t mode);

/* One document as it was posted. */
typedef struct {
    const sandbox_role_t *role;
    xd_str_t document, key, type, traceparent, body;
    xd_str_t business; /* meta.key of a JSON document; may be empty */
    int64_t now_ms;
} sandbox_post_t;

typedef struct {
    int64_t number;
    xd_str_t id;   /* "ERP-000001" */
    bool repeat;   /* it was there before */
    bool conflict; /* with another body */
} sandbox_effect_t;

/* -- ledger.c: the database ----------------------------------------------- */

extern const char *const sandbox_migrations[];

/* Counts a try of this key, whatever becomes of it.  XD_OK or XD_E_STORE. */
XD_CHECKED xd_rc_t sandbox_try(xd_store_t *store, const sandbox_post_t *post);

/* Does the work once per key.  XD_OK, XD_E_STORE, XD_E_MEMORY. */
XD_CHECKED xd_rc_t sandbox_effect(xd_store_t *store, xd_arena_t *arena,
    const sandbox_post_t *post, sandbox_effect_t *out);

/* Writes the effects of a role as JSON; key empty: all. */
XD_CHECKED xd_rc_t sandbox_ledger(xd_store_t *store, const sandbox_role_t *role,
    xd_str_t key, xd_buf_t *out);

/* XD_OK with the body and its type; XD_E_NOT_FOUND; XD_E_STORE. */
XD_CHECKED xd_rc_t sandbox_document(xd_store_t *store, xd_arena_t *arena,
    const sandbox_role_t *role, xd_str_t id, xd_buf_t *body, xd_str_t *type);

/* Sets a fault for the next `count` documents of a role, behind those that
 * are set; count 0 forgets all of them. */
XD_CHECKED xd_rc_t sandbox_fault_set(xd_store_t *store,
    const sandbox_role_t *role, const sandbox_fault_t *fault, int64_t count);

/* Takes one of the oldest fault; XD_OK with NULL when there is none. */
XD_CHECKED xd_rc_t sandbox_fault_take(xd_store_t *store,
    const sandbox_role_t *role, const sandbox_fault_t **fault);

/* -- serve.c: the HTTP side ------------------------------------------------ */

/* An xd_serve_fn; ctx is the store. */
void sandbox_serve(void *ctx, const xd_call_t *call, xd_reply_t *reply);

#endif
