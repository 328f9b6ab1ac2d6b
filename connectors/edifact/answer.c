/* SPDX-License-Identifier: BSD-2-Clause */

/* CONTRL: whether one is due, and the codes that it says. */

#include "edifact.h"


/* A code of 0085 for the first fault of an envelope. */
static bool
put_reason(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set,
    const xd_edi_error_t *error)
{
    uint32_t code = xd_edi_codes[error->kind].contrl;

    return code == 0
           || desk_put_error(arena, errors, set, NULL,
               xd_fmt(arena, "0085:%u", code));
}


static bool
put_set(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set)
{
    for (size_t f = 0; f < set->faults.count; f++) {
        const xd_edi_fault_t *fault = XD_AT(&set->faults, xd_edi_fault_t, f);

        if (!desk_put_error(arena, errors, set, fault,
                xd_fmt(arena, "0085:%u", xd_edi_codes[fault->kind].contrl)))
        {
            return false;
        }
    }

    return put_reason(arena, errors, set, &set->error);
}


/* All of an interchange at once: one CONTRL speaks of it. */
static bool
errors_of(xd_arena_t *arena, xd_node_t *errors, const xd_edi_interchange_t *ic,
    const xd_edi_group_t *group)
{
    bool good = put_reason(arena, errors, NULL, &ic->error);

    (void) group;

    for (size_t g = 0; good && g < ic->groups.count; g++) {
        const xd_edi_group_t *one = XD_AT(&ic->groups, xd_edi_group_t, g);

        good = put_reason(arena, errors, NULL, &one->error);
        for (size_t s = 0; good && s < one->sets.count; s++) {
            good = put_set(arena, errors, XD_AT(&one->sets, xd_edi_set_t, s));
        }
    }

    return good;
}


static const desk_kind_t contrl = { "contrl", false, xd_edi_write_contrl,
    errors_of };


/* Where the profile does not say it: when it was asked for, or when something
 * was refused. */
static bool
due(const desk_in_t *in, const xd_edi_interchange_t *ic)
{
    xd_str_t wanted = xd_text_at(in->profile, "edi.acknowledge");

    if (xd_str_is(wanted, "none")) {
        return false;
    }

    return xd_str_is(wanted, "contrl") || ic->ack_requested
           || ic->verdict == 'R' || ic->accepted < ic->received;
}


xd_rc_t
edifact_answer(desk_in_t *in, const xd_edi_interchange_t *ic, xd_buf_t *out)
{
    desk_said_t said = { .kind = &contrl, .ic = ic };
    xd_rc_t rc =
        due(in, ic) ? desk_write_kind(in, ic, &contrl, out) : XD_E_NOT_FOUND;

    if (rc == XD_OK) {
        said.status = ic->verdict == 'R'             ? 'R'
                      : ic->accepted == ic->received ? 'A'
                      : ic->accepted == 0            ? 'R'
                                                     : 'P';
        rc = desk_tell(in, &said);
    }

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}
