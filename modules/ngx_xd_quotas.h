/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef NGX_XD_QUOTAS_H
#define NGX_XD_QUOTAS_H

#include "ngx_xd_slots.h"

/*
 * Quotas on disk.  The file counts as spent what is spent and a reserve beyond
 * it, and nobody spends beyond what the file counts: so a crash gives nothing
 * away.  It takes at most the reserve, a sixteenth of the limit and one.
 */

/*
 * ngx_xd_quotas_load - what the file counts as spent, into a new zone
 *
 * A file that is absent is an empty one.  NGX_ERROR for a file that is none
 * of ours or does not fit: the fault is logged.
 */
ngx_int_t ngx_xd_quotas_load(ngx_xd_slots_t *slots, const ngx_str_t *path,
    ngx_log_t *log);

/*
 * ngx_xd_quotas_grant - writes the file ahead, so that a call may pass
 *
 *   slot    whose quota is wanted, or NULL: everybody's
 *   window  of now, and
 *   cost    of the call in it
 *
 * NGX_OK; NGX_BUSY while another worker writes; NGX_ERROR, which is logged.
 * Takes as long as the disk takes to write some kilobytes through.
 */
ngx_int_t ngx_xd_quotas_grant(ngx_xd_slots_t *slots, const ngx_str_t *path,
    ngx_xd_slot_t *slot, int64_t window, int64_t cost, ngx_log_t *log);

/* True when some quota has less granted ahead than its reserve: a write in
 * time spares the calls to come. */
ngx_uint_t ngx_xd_quotas_behind(const ngx_xd_slots_t *slots);

/* At the end, when no worker is left: exactly what is spent.  Nothing when
 * another gateway writes this file by now. */
void ngx_xd_quotas_close(ngx_xd_slots_t *slots, const ngx_str_t *path,
    ngx_log_t *log);

#endif
