/* SPDX-License-Identifier: BSD-2-Clause */

#include "x12.h"


/* A group of acknowledgements holds nothing else; nor does one of advice. */
static bool
acknowledges(const desk_place_t *at)
{
    return xd_str_is(at->group->functional, "FA")
           || xd_str_is(at->set->code, "824");
}


static xd_rc_t
received(desk_in_t *in, const desk_place_t *at)
{
    return xd_str_is(at->set->code, "824") ? x12_advised(in, at)
                                           : x12_received(in, at);
}


static const desk_advice_t advice = { "824", "TED01", true, xd_edi_write_824 };


const desk_dialect_t x12_dialect = {
    .name = "x12",
    .process = "xd-x12",
    .standard = "X12",
    .unit = "set",
    .content_type = "application/edi-x12",
    .retention = "retention.x12",
    .levels = { { "ISA", 9 }, { "GS", 1 }, { "ST", 4 } },
    .only = XD_EDI_ONLY_X12,
    .control_element = 13,
    .answer = x12_answer,
    .advice = &advice,
    .answers = x12_answers,
    .acknowledges = acknowledges,
    .received = received,
    .version = x12_version,
    .write = x12_write,
};
