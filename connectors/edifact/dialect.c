/* SPDX-License-Identifier: BSD-2-Clause */

#include "edifact.h"


static bool
acknowledges(const desk_place_t *at)
{
    return xd_str_is(at->set->code, "CONTRL")
           || xd_str_is(at->set->code, "APERAK");
}


static xd_rc_t
received(desk_in_t *in, const desk_place_t *at)
{
    return xd_str_is(at->set->code, "APERAK") ? edifact_advised(in, at)
                                              : edifact_received(in, at);
}


static const desk_advice_t advice = { "aperak", "ERC01", false,
    xd_edi_write_aperak };


const desk_dialect_t edifact_dialect = {
    .name = "edifact",
    .process = "xd-edifact",
    .standard = "EDIFACT",
    .unit = "message",
    .content_type = "application/edifact",
    .retention = "retention.edifact",
    .levels = { { "UNB", 1 }, { "UNG", 1 }, { "UNH", 1 } },
    .only = XD_EDI_ONLY_EDIFACT,
    .control_element = 5,
    .answer = edifact_answer,
    .advice = &advice,
    .acknowledges = acknowledges,
    .received = received,
    .version = edifact_version,
    .write = edifact_write,
};
