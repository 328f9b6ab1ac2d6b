/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_H
#define NGX_XD_H

/*
 * What the modules share: the configuration of one cycle and the record of
 * one request.  nginx's own headers come first, they set feature macros.
 */

#include <ngx_config.h>
#include <ngx_core.h>
#include <ngx_http.h>

#include "conf/registry.h"
#include "ngx_xd_problem.h"

#define NGX_XD_USER      "xd-gateway" /* at the broker, and as application id */
#define NGX_XD_TRACE_LEN 55           /* a traceparent of version 00 */


typedef struct ngx_xd_link_s ngx_xd_link_t;
typedef struct ngx_xd_metrics_s ngx_xd_metrics_t;
typedef struct ngx_xd_cell_s ngx_xd_cell_t;
typedef struct ngx_xd_addresses_s ngx_xd_addresses_t;
typedef struct ngx_xd_certificate_s ngx_xd_certificate_t;
typedef struct ngx_xd_ask_s ngx_xd_ask_t;
typedef struct ngx_xd_broker_s ngx_xd_broker_t;
typedef struct ngx_xd_toll_s ngx_xd_toll_t;
typedef struct ngx_xd_lifecycle_s ngx_xd_lifecycle_t;


/* Metrics whose labels the configuration gives: one list of labels each. */
typedef enum {
    NGX_XD_L_DOCS,     /* what is published */
    NGX_XD_L_POLICIES, /* of every plan */
    NGX_XD_L_USERS,    /* each party in each version that is about to end */
    NGX_XD_LABELS
} ngx_xd_labels_t;

/* A label, and its place in the shared zone, which outlives cycles. */
typedef struct {
    ngx_str_t text; /* doc="sales-order" */
    ngx_uint_t place;
} ngx_xd_label_t;

/* One generation of the configuration, and what one worker makes of it. */
typedef struct {
    ngx_str_t path; /* of crossdock.yaml; empty: no xd_registry here */
    xd_conf_t *conf;
    xd_registry_t *registry;
    ngx_xd_broker_t *broker;
    size_t body_max;
    ngx_uint_t queue_max; /* most requests that wait for the window */
    ngx_array_t labels[NGX_XD_LABELS]; /* of ngx_xd_label_t */

    ngx_shm_zone_t *zone;
    ngx_xd_metrics_t *metrics; /* in the zone */
    ngx_xd_addresses_t *addresses;

    /* Set in each worker, after the fork. */
    xd_arena_t *scratch; /* of the call at hand; reset by whoever uses it */
    ngx_xd_cell_t *cell;
    ngx_xd_link_t *link;
} ngx_http_xd_main_conf_t;

extern ngx_module_t ngx_http_xd_module;


/* Headers of ours, found in one walk over what the client sent. */
typedef enum {
    NGX_XD_H_API_KEY,
    NGX_XD_H_AUTHORIZATION,
    NGX_XD_H_CONTENT_ENCODING,
    NGX_XD_H_IDEMPOTENCY_KEY,
    NGX_XD_H_SIGNATURE,
    NGX_XD_H_SIGNATURE_INPUT,
    NGX_XD_H_TRACEPARENT,
    NGX_XD_HEADERS
} ngx_xd_header_t;

/* How a party proved that it is it. */
typedef enum {
    NGX_XD_BY_NOTHING,
    NGX_XD_BY_KEY,
    NGX_XD_BY_TOKEN,
    NGX_XD_BY_SIGNATURE,
    NGX_XD_BY_WEBHOOK,
    NGX_XD_BY_CERTIFICATE,
    NGX_XD_BY_OPAQUE,
    NGX_XD_PROOFS
} ngx_xd_proof_t;

/*
 * The record of a request.  It belongs to the request's pool and is found by
 * its cleanup: an internal redirect clears the modules' contexts.
 */
typedef struct {
    ngx_http_request_t *request;

    ngx_str_t header[NGX_XD_HEADERS]; /* the first of that name */
    ngx_uint_t seen[NGX_XD_HEADERS];  /* how many there were */
    u_char trace[NGX_XD_TRACE_LEN];   /* traceparent, accepted or made */

    const xd_party_t *party;           /* NULL: nobody has been authenticated */
    ngx_xd_proof_t proof;              /* of it; stays over redirects */
    xd_str_t scope;                    /* a token's; .ptr NULL: the party's */
    const ngx_xd_lifecycle_t *version; /* NULL: the path names none */
    ngx_xd_toll_t *toll;               /* NULL: no limit was asked */

    const struct ngx_xd_format_s *format; /* of the body; NULL: not checked */
    ngx_str_t body;                       /* in one piece, once read */
    const ngx_xd_certificate_t *certificate; /* that the client showed */
    ngx_xd_ask_t *ask; /* what its token's issuer is asked; or NULL */
    ngx_str_t digest;  /* that a signature covers; .data NULL: none */
    unsigned certificate_ready : 1;
    unsigned sealed : 1;     /* signed, and the body is still to be compared */
    unsigned head_ready : 1; /* checked before the body was read */
    unsigned body_ready : 1;
    unsigned quiet : 1;    /* health and metrics: not counted */
    unsigned accepted : 1; /* answered 202 */

    const ngx_xd_problem_t *problem; /* NULL: none of ours */
    ngx_str_t type;                  /* its name, when not the row's */
    ngx_str_t detail;
    ngx_str_t errors;       /* a JSON array, or empty */
    ngx_str_t violated;     /* the same: names of policies */
    ngx_uint_t retry_after; /* seconds; 0: the row's */
    ngx_str_t id;           /* message-id, or empty */
} ngx_xd_request_t;


/* The row of an answer with that status: that of whoever of ours refused with
 * it, else the status's general case; NULL when it has none. */
static inline const ngx_xd_problem_t *
ngx_xd_problem_of(const ngx_xd_request_t *record, ngx_uint_t status)
{
    const ngx_xd_problem_t *row = record->problem;

    return row != NULL && row->status == status
               ? row
               : ngx_xd_problem_of_status(status);
}


/* The record of a request, made at the first call; NULL without memory. */
ngx_xd_request_t *ngx_xd_request(ngx_http_request_t *r);

/* Walks the client's headers: takes ours into the record and removes those
 * that only we may set.  Done once, before anything else reads them. */
ngx_int_t ngx_xd_request_headers(ngx_http_request_t *r);

/* Makes record->body: what was read, in one piece.  NGX_OK; NGX_ERROR. */
ngx_int_t ngx_xd_body(ngx_http_request_t *r, ngx_xd_request_t *record);

/*
 * ngx_xd_body_wait - read the body before the phases go on
 *
 * From a handler of the access phase, which is called again with it: then
 * r->request_body is set.  Returns what the handler has to return.
 */
ngx_int_t ngx_xd_body_wait(ngx_http_request_t *r);

/* NGX_OK, or the status of a body that is larger than limits.body. */
ngx_int_t ngx_xd_body_size(ngx_http_request_t *r, off_t size);

/* Adds a header to the answer; value is not copied. */
ngx_int_t ngx_xd_header_add(ngx_http_request_t *r, const char *name,
    ngx_str_t value);

/* $xd_party, $xd_traceparent, $xd_client_cert. */
ngx_int_t ngx_xd_variables(ngx_conf_t *cf);

/* Reads crossdock.yaml and all beside it into mcf: at configuration time.
 * Faults are logged with file and line. */
char *ngx_xd_registry_load(ngx_conf_t *cf, ngx_http_xd_main_conf_t *mcf);


static inline ngx_http_xd_main_conf_t *
ngx_xd_main(ngx_http_request_t *r)
{
    return ngx_http_get_module_main_conf(r, ngx_http_xd_module);
}


static inline xd_str_t
ngx_xd_to_str(ngx_str_t s)
{
    return (xd_str_t){ (const char *) s.data, s.len };
}


/* A copy in the pool; .data is NULL without memory. */
ngx_str_t ngx_xd_dup(ngx_pool_t *pool, xd_str_t s);

/* Text made by printf's rules in the pool; .data is NULL without memory. */
ngx_str_t ngx_xd_fmt(ngx_pool_t *pool, const char *format, ...) XD_PRINTF(2, 3);

#endif
