/* SPDX-License-Identifier: BSD-2-Clause */

/* TA1, 997 and 999: which of them are due, and the codes that they say. */

#include "x12.h"


/* A short list of codes that 0 ends. */
static bool
put_codes(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set,
    const char *element, const uint8_t codes[5])
{
    for (size_t i = 0; i < 5 && codes[i] != 0; i++) {
        if (!desk_put_error(arena, errors, set, NULL,
                xd_fmt(arena, "%s:%u", element, codes[i])))
        {
            return false;
        }
    }

    return true;
}


static bool
put_set(xd_arena_t *arena, xd_node_t *errors, const xd_edi_set_t *set)
{
    for (size_t f = 0; f < set->faults.count; f++) {
        const xd_edi_fault_t *fault = XD_AT(&set->faults, xd_edi_fault_t, f);
        xd_str_t code = fault->element_code != 0
                            ? xd_fmt(arena, "AK403:%u", fault->element_code)
                            : xd_fmt(arena, "AK304:%u", fault->segment_code);

        if (!desk_put_error(arena, errors, set, fault, code)) {
            return false;
        }
    }

    return put_codes(arena, errors, set, "AK502", set->set_codes);
}


static bool
put_group(xd_arena_t *arena, xd_node_t *errors, const xd_edi_group_t *group)
{
    for (size_t s = 0; s < group->sets.count; s++) {
        if (!put_set(arena, errors, XD_AT(&group->sets, xd_edi_set_t, s))) {
            return false;
        }
    }

    return put_codes(arena, errors, NULL, "AK905", group->group_codes);
}


static bool
put_note(xd_arena_t *arena, xd_node_t *errors, const xd_edi_interchange_t *ic)
{
    return ic->note == 0
           || desk_put_error(arena, errors, NULL, NULL,
               xd_fmt(arena, "TA105:%03u", ic->note));
}


/* The codes of a 997 stand by its groups, those of a TA1 by its interchange. */
static bool
errors_of(xd_arena_t *arena, xd_node_t *errors, const xd_edi_interchange_t *ic,
    const xd_edi_group_t *group)
{
    return group != NULL ? put_group(arena, errors, group)
                         : put_note(arena, errors, ic);
}


static const desk_kind_t ta1 = { "ta1", true, xd_edi_write_ta1, errors_of };
static const desk_kind_t fa997 = { "997", true, xd_edi_write_997, errors_of };
static const desk_kind_t fa999 = { "999", true, xd_edi_write_999, errors_of };


/* The groups that a 997 or 999 names: see xd_edi_write_997. */
static bool
named(const xd_edi_group_t *group)
{
    return group->functional.len == 2 && group->control.len > 0
           && !xd_str_is(group->functional, "FA");
}


static xd_rc_t
tell_groups(desk_in_t *in, const xd_edi_interchange_t *ic,
    const desk_kind_t *kind)
{
    xd_rc_t rc = XD_OK;

    for (size_t g = 0; rc == XD_OK && g < ic->groups.count; g++) {
        const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

        if (named(group)) {
            rc = desk_tell(in, &(desk_said_t){ .kind = kind,
                                   .ic = ic,
                                   .group = group,
                                   .nth = (uint32_t) g + 1 });
        }
    }

    return rc;
}


/* TA1 and 997 or 999 of one interchange, as the partner's profile asks.  A TA1
 * is due whatever the profile says; an interchange that was refused has no
 * groups that could be answered. */
xd_rc_t
x12_answer(desk_in_t *in, const xd_edi_interchange_t *ic, xd_buf_t *out)
{
    xd_str_t wanted = xd_text_at(in->profile, "edi.acknowledge");
    const desk_kind_t *kind = xd_str_is(wanted, "999") ? &fa999 : &fa997;
    xd_rc_t rc = desk_write_kind(in, ic, &ta1, out);

    if (rc == XD_OK) {
        rc = desk_tell(in, &(desk_said_t){ .kind = &ta1, .ic = ic });
    }

    if ((rc != XD_OK && rc != XD_E_NOT_FOUND) || xd_str_is(wanted, "none")
        || ic->verdict == 'R')
    {
        return rc == XD_E_NOT_FOUND ? XD_OK : rc;
    }

    rc = desk_write_kind(in, ic, kind, out);
    if (rc == XD_OK) {
        rc = tell_groups(in, ic, kind);
    }

    return rc == XD_E_NOT_FOUND ? XD_OK : rc;
}
