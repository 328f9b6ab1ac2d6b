/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef EDIPAGES_PAGE_H
#define EDIPAGES_PAGE_H

#include "base/buf.h"
#include "edi/grammar.h"


/* The page of one set, as Markdown: its segments in order, then the elements
 * of each. */
void edi_page_set(const edi_set_t *set, xd_buf_t *out);

/* The page that leads to the others. */
void edi_page_index(xd_buf_t *out);

#endif
