/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_FUZZ_EDI_H
#define XD_T_FUZZ_EDI_H

/* Bytes to be graded: a file that begins with ISA as it is; anything else as
 * the segments of one 856, so that changes reach what stands behind a good
 * envelope. */

#include "fuzz.h"

#include "base/buf.h"
#include "edi/grade.h"

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

#endif
