/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A CONTRL that came in.  UCI, UCF and UCM have the same four elements, from
 * one on: what was done (0083), why (0085), in which segment (0135) and where
 * in it (S011).
 */

#include "edi/ack_read.h"

#include <stdio.h>

#define REJECTED     '4'
#define ACKNOWLEDGED '7'
#define ARRIVED      '8'


static xd_str_t
first_text(const xd_node_t *element)
{
    const xd_node_t *node = element != NULL && element->kind == XD_ARRAY
                                ? xd_nth(element, 0)
                                : element;

    return node != NULL && node->text.ptr != NULL ? node->text : XD_STR("");
}


/* Element n of a segment, or of the first one of a loop. */
static const xd_node_t *
element_of(const xd_node_t *segment, unsigned n)
{
    char name[8];

    (void) snprintf(name, sizeof(name), "%u", n);

    return xd_get(segment, name);
}


static uint32_t
number(xd_str_t s, uint32_t most)
{
    uint64_t n = 0;

    return xd_str_uint(s, most, &n) ? (uint32_t) n : 0;
}


/* S011: the tag of the segment is its first element there. */
static void
place(const xd_node_t *at, uint8_t *element, uint8_t *component)
{
    uint32_t n = number(first_text(at), UINT8_MAX);
    const xd_node_t *part =
        at != NULL && at->kind == XD_ARRAY ? xd_nth(at, 1) : NULL;

    *element = (uint8_t) (n > 0 ? n - 1 : 0);
    *component = (uint8_t) (part != NULL ? number(part->text, UINT8_MAX) : 0);
}


/* 0083, or 0 where it is missing or unknown. */
static char
action(const xd_node_t *segment, unsigned at)
{
    xd_str_t said = first_text(element_of(segment, at));

    return said.len == 1
                   && (said.ptr[0] == REJECTED || said.ptr[0] == ACKNOWLEDGED
                       || said.ptr[0] == ARRIVED)
               ? said.ptr[0]
               : '\0';
}


/* Many partners only ever say that it arrived: then it did. */
static char
status(char said)
{
    return (char) (said == 0 ? 0 : said == REJECTED ? 'R' : 'A');
}


static void
reason(const xd_node_t *segment, unsigned at, xd_edi_reason_t *out)
{
    out->code = (uint16_t) number(first_text(element_of(segment, at + 1)), 999);
    out->segment_id = first_text(element_of(segment, at + 2));
    place(element_of(segment, at + 3), &out->element, &out->component);
}


/* -- faults of one message ------------------------------------------------- */

static bool
fault(xd_arena_t *arena, const xd_edi_fault_t *one, xd_vec_t *faults,
    size_t *left)
{
    xd_edi_fault_t *slot;

    if (*left == 0) {
        return true; /* more than anybody reads */
    }

    --*left;
    slot = xd_vec_push(faults, arena);
    if (slot != NULL) {
        *slot = *one;
    }

    return slot != NULL;
}


/* A UCS and its UCD: a fault of the segment, or one for each element. */
static bool
segment_faults(xd_arena_t *arena, const xd_node_t *ucs, xd_vec_t *faults,
    size_t *left)
{
    xd_edi_fault_t base = {
        .segment_id = XD_STR(""),
        .position = number(first_text(element_of(ucs, 1)), 999999999),
        .segment_code =
            (uint8_t) number(first_text(element_of(ucs, 2)), UINT8_MAX),
        .loop_id = XD_STR(""),
        .value = XD_STR(""),
    };
    const xd_node_t *elements = xd_get(ucs, "UCD");

    if ((base.segment_code != 0 || elements == NULL)
        && !fault(arena, &base, faults, left))
    {
        return false;
    }

    xd_each (ucd, elements) {
        xd_edi_fault_t one = base;

        one.segment_code = 0;
        one.element_code =
            (uint8_t) number(first_text(element_of(ucd, 1)), UINT8_MAX);
        place(element_of(ucd, 2), &one.element, &one.component);
        if (!fault(arena, &one, faults, left)) {
            return false;
        }
    }

    return true;
}


/* Those of one level: `faults` names the loop of its UCS. */
static bool
messages(xd_arena_t *arena, const xd_node_t *ucms, const char *faults,
    xd_edi_contrl_t *out, size_t *left)
{
    xd_each (ucm, ucms) {
        xd_edi_contrl_answer_t *one;

        if (*left == 0) {
            return true;
        }
        --*left;

        one = xd_vec_push(&out->messages, arena);
        if (one == NULL) {
            return false;
        }

        *one = (xd_edi_contrl_answer_t){
            .control = first_text(element_of(ucm, 1)),
            .code = first_text(element_of(ucm, 2)),
            .status = status(action(ucm, 3)),
            .faults = XD_VEC(xd_edi_fault_t),
        };
        reason(ucm, 3, &one->reason);

        xd_each (ucs, xd_get(ucm, faults)) {
            if (!segment_faults(arena, ucs, &one->faults, left)) {
                return false;
            }
        }
    }

    return true;
}


static bool
groups(xd_arena_t *arena, const xd_node_t *tree, xd_edi_contrl_t *out,
    size_t *left)
{
    xd_each (ucf, xd_get(tree, "SG3")) {
        xd_edi_contrl_answer_t *one;

        if (*left == 0) {
            return true;
        }
        --*left;

        one = xd_vec_push(&out->groups, arena);
        if (one == NULL) {
            return false;
        }

        *one = (xd_edi_contrl_answer_t){
            .control = first_text(element_of(ucf, 1)),
            .code = XD_STR(""),
            .status = status(action(ucf, 4)),
            .faults = XD_VEC(xd_edi_fault_t),
        };
        reason(ucf, 4, &one->reason);

        if (!messages(arena, xd_get(ucf, "SG4"), "SG5", out, left)) {
            return false;
        }
    }

    return true;
}


xd_rc_t
xd_edi_read_contrl(xd_arena_t *arena, const xd_node_t *tree,
    xd_edi_contrl_t *out)
{
    const xd_node_t *uci = xd_nth(xd_get(tree, "UCI"), 0);
    size_t left = XD_EDI_MOST_ANSWERS;

    *out = (xd_edi_contrl_t){
        .control = first_text(element_of(uci, 1)),
        .status = status(action(uci, 4)),
        .groups = XD_VEC(xd_edi_contrl_answer_t),
        .messages = XD_VEC(xd_edi_contrl_answer_t),
    };
    reason(uci, 4, &out->reason);

    if (out->control.len == 0 || out->status == 0) {
        return XD_E_SYNTAX;
    }

    return messages(arena, xd_get(tree, "SG1"), "SG2", out, &left)
                   && groups(arena, tree, out, &left)
               ? XD_OK
               : XD_E_MEMORY;
}
