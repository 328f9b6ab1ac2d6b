/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef EDIPAGES_PAGE_H
#define EDIPAGES_PAGE_H

#include "base/buf.h"
#include "edi/grammar.h"


/* What the page of a set is called: 944, or 944-004020 when it was built anew
 * in that version. */
void edi_page_name(const edi_set_t *set, xd_buf_t *out);

/* The page of one set, as Markdown: its segments in order, then the elements
 * of each. */
void edi_page_set(const edi_set_t *set, xd_buf_t *out);

/* The page that leads to the others. */
void edi_page_index(xd_buf_t *out);

#endif
