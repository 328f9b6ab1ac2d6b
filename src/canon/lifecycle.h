/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CANON_LIFECYCLE_H
#define XD_CANON_LIFECYCLE_H

#include "canon/schema.h"

/*
 * The states of orders, returns, invoices and the like, and what leads from
 * one to the next: canonical-schemas/lifecycles/, one file each.  Flows,
 * checks at run time, process map and mining all read the same rows.
 */

/* A clock that a step starts. */
typedef struct {
    xd_str_t name;     /* empty: the step starts none */
    int64_t offset_ms; /* from the step, or from `of`; negative: before it */
    xd_str_t of;       /* member of the document with the time; or empty */
    xd_str_t raise;    /* the event that comes when it is late */
} xd_life_timer_t;

typedef struct {
    xd_str_t event;
    xd_str_t to; /* empty: back to the state from which `from` was entered */
    xd_str_t guard, effect; /* by name; or empty */
    xd_str_t activity;      /* what process mining calls the step */
    xd_life_timer_t timer;
} xd_life_step_t;

typedef struct {
    xd_str_t name;
    xd_str_t shows; /* what documents call it */
    bool end;       /* the story may end here */
    size_t count;   /* steps that lead away */
    const xd_life_step_t *steps;
} xd_life_state_t;

typedef struct xd_lifecycle_s xd_lifecycle_t;
typedef struct xd_lifecycles_s xd_lifecycles_t;

/*
 * xd_lifecycles_load - read lifecycles/ and hold each to its schema
 *
 *   dir      canonical-schemas/
 *   schemas  the set of the same folder
 *
 * Also refused: a state or guard that is not declared, a guard that no row
 * uses, two steps for one state and event, a state that cannot be reached,
 * one from which no end can be, a document that is none.
 * Returns XD_OK; XD_E_IO; XD_E_CONF with findings (path "file:pointer");
 * XD_E_MEMORY.
 */
XD_CHECKED xd_rc_t xd_lifecycles_load(xd_arena_t *arena, const char *dir,
    const xd_schemas_t *schemas, xd_lifecycles_t **out, xd_report_t *rep);

/* By name, "purchase-order"; NULL when there is none. */
const xd_lifecycle_t *xd_lifecycle_find(const xd_lifecycles_t *set,
    xd_str_t name);

/* The nth, in the order of names; NULL behind the last. */
const xd_lifecycle_t *xd_lifecycle_nth(const xd_lifecycles_t *set, size_t n);

/* That of a document's state at a place, "/state" or "/lines/" "*" "/state";
 * NULL when it has none. */
const xd_lifecycle_t *xd_lifecycle_of(const xd_lifecycles_t *set,
    xd_str_t document, xd_str_t at);

xd_str_t xd_lifecycle_name(const xd_lifecycle_t *lifecycle);

/* The first state of a new one. */
const xd_life_state_t *xd_lifecycle_start(const xd_lifecycle_t *lifecycle);

const xd_life_state_t *xd_lifecycle_state(const xd_lifecycle_t *lifecycle,
    xd_str_t name);

/* All states; their number in count. */
const xd_life_state_t *xd_lifecycle_states(const xd_lifecycle_t *lifecycle,
    size_t *count);

/*
 * xd_lifecycle_step - where an event leads from a state
 *
 * The step holds only when its guard does, which the caller proves.
 * Returns NULL when the event is refused there: an exception, not an error.
 */
const xd_life_step_t *xd_lifecycle_step(const xd_lifecycle_t *lifecycle,
    xd_str_t state, xd_str_t event);

/* What a guard asks, for a person; empty when it is not declared. */
xd_str_t xd_lifecycle_guard(const xd_lifecycle_t *lifecycle, xd_str_t guard);

#endif
