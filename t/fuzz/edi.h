/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_FUZZ_EDI_H
#define XD_T_FUZZ_EDI_H

/* Bytes to be graded: a file that begins with ISA as it is; anything else as
 * the segments of one 856, so that changes reach what stands behind a good
 * envelope. */

#include "fuzz.h"

#include "base/buf.h"
#include "edi/ack.h"

#define EDI_HEAD                                                               \
    "ISA*00*          *00*          *ZZ*ACME           *ZZ*CROSSDOCK      "    \
    "*260514*0931*U*00401*000000905*1*P*>~"                                    \
    "GS*SH*ACME*CROSSDOCK*20260514*0931*412*X*004010~ST*856*0001~"
#define EDI_TAIL "SE*4*0001~GE*1*412~IEA*1*000000905~"


/* The file; wrapped owns it when it was made. */
static inline xd_str_t
edi_file(xd_str_t bytes, xd_buf_t *wrapped)
{
    if (xd_str_starts(bytes, XD_STR("ISA"))) {
        return bytes;
    }

    xd_buf_add(wrapped, XD_STR(EDI_HEAD));
    xd_buf_add(wrapped, bytes);
    xd_buf_add(wrapped, XD_STR(EDI_TAIL));
    MUST(xd_buf_rc(wrapped) == XD_OK);

    return xd_buf_str(wrapped);
}


/* What we send is clean, whatever it answers. */
static inline void
edi_is_clean(xd_arena_t *arena, const xd_buf_t *sent)
{
    const xd_edi_options_t options = { 0 };
    xd_edi_file_t file;
    xd_report_t rep;

    xd_report_init(&rep, arena, KEPT);
    MUST(xd_edi_grade(arena, xd_buf_str(sent), &options, &rep, &file) == XD_OK);
    MUST(rep.nkept == 0);
    MUST(file.interchanges.count == 1);
    MUST(XD_AT(&file.interchanges, xd_edi_interchange_t, 0)->verdict == 'A');
}


typedef xd_rc_t edi_write_fn(const xd_edi_interchange_t *in,
    const xd_edi_ack_t *ack, xd_buf_t *out);


static inline void
edi_answer(xd_arena_t *arena, const xd_edi_interchange_t *ic,
    edi_write_fn *write)
{
    const xd_edi_ack_t ack = { .now_ms = 1778750000000,
        .isa_control = 12,
        .gs_control = 34,
        .usage = 'T' };
    xd_buf_t out = { 0 };
    xd_rc_t rc = write(ic, &ack, &out);

    MUST(rc == XD_OK || rc == XD_E_NOT_FOUND);

    if (rc == XD_OK) {
        edi_is_clean(arena, &out);
    }

    MUST(rc == XD_OK || out.len == 0);
    xd_buf_free(&out);
}

#endif
