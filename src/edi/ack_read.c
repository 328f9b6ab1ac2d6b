/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/ack_read.h"


/* The 997 and the 999 have the same under other names. */
typedef struct {
    const char *segment, *element, *verdict;
} names_t;

static const names_t names_997 = { "AK3", "AK4", "AK5" };
static const names_t names_999 = { "IK3", "IK4", "IK5" };


static xd_str_t
text(const xd_node_t *seg, const char *element)
{
    xd_str_t s = xd_text(seg, element);

    return s.ptr != NULL ? s : XD_STR("");
}


static uint32_t
number(const xd_node_t *seg, const char *element, uint32_t most)
{
    uint64_t n = 0;

    return xd_str_uint(text(seg, element), most, &n) ? (uint32_t) n : 0;
}


static char
status(const xd_node_t *seg)
{
    xd_str_t s = text(seg, "1");

    return s.len == 1 ? s.ptr[0] : '\0';
}


/* Codes of five elements, without the gaps between them. */
static void
codes(const xd_node_t *seg, const char *const elements[5], uint16_t to[5])
{
    size_t n = 0;

    for (size_t i = 0; i < 5; i++) {
        uint16_t code = (uint16_t) number(seg, elements[i], 999);

        if (code != 0) {
            to[n++] = code;
        }
    }
}


/* The place of an element: a number, or a composite of it and its part. */
static void
place(const xd_node_t *ak4, xd_edi_fault_t *fault)
{
    const xd_node_t *at = xd_get(ak4, "1");
    xd_str_t first, second = XD_STR("");
    uint64_t n;

    if (at == NULL || at->kind != XD_ARRAY) {
        first = text(ak4, "1");
    } else {
        const xd_node_t *part = xd_nth(at, 1);

        first = xd_nth(at, 0) != NULL ? xd_nth(at, 0)->text : XD_STR("");
        second = part != NULL ? part->text : XD_STR("");
    }

    if (xd_str_uint(first, UINT8_MAX, &n)) {
        fault->element = (uint8_t) n;
    }

    if (xd_str_uint(second, UINT8_MAX, &n)) {
        fault->component = (uint8_t) n;
    }
}


static xd_edi_fault_t *
push(xd_arena_t *arena, xd_edi_answer_t *set, size_t *left)
{
    if (*left == 0) {
        return NULL;
    }

    --*left;

    return xd_vec_push(&set->faults, arena);
}


/* One AK3 and its AK4: a fault of the segment, or one for each element. */
static bool
segment(xd_arena_t *arena, const xd_node_t *ak3, const xd_node_t *elements,
    xd_edi_answer_t *set, size_t *left)
{
    xd_edi_fault_t base = { .segment_id = text(ak3, "1"),
        .position = number(ak3, "2", UINT32_MAX),
        .loop_id = text(ak3, "3"),
        .segment_code = (uint8_t) number(ak3, "4", UINT8_MAX) };
    xd_edi_fault_t *fault;

    if (elements == NULL || elements->count == 0) {
        fault = push(arena, set, left);
        if (fault != NULL) {
            *fault = base;
        }
        return fault != NULL || *left == 0;
    }

    xd_each (ak4, elements) {
        fault = push(arena, set, left);
        if (fault == NULL) {
            return *left == 0;
        }

        *fault = base;
        place(ak4, fault);
        fault->reference = (uint16_t) number(ak4, "2", UINT16_MAX);
        fault->element_code = (uint8_t) number(ak4, "3", UINT8_MAX);
        fault->value = text(ak4, "4");
    }

    return true;
}


static bool
answer(xd_arena_t *arena, const xd_node_t *ak2, const names_t *names,
    xd_edi_997_t *out, size_t *left)
{
    static const char *const at[5] = { "2", "3", "4", "5", "6" };
    const xd_node_t *ak5 = xd_nth(xd_get(ak2, names->verdict), 0);
    xd_edi_answer_t *set = xd_vec_push(&out->sets, arena);

    if (set == NULL) {
        return false;
    }

    *set = (xd_edi_answer_t){ .code = text(ak2, "1"),
        .control = text(ak2, "2"),
        .status = status(ak5),
        .faults = XD_VEC(xd_edi_fault_t) };
    codes(ak5, at, set->codes);

    xd_each (ak3, xd_get(ak2, names->segment)) {
        if (!segment(arena, ak3, xd_get(ak3, names->element), set, left)) {
            return false;
        }
    }

    return true;
}


xd_rc_t
xd_edi_read_997(xd_arena_t *arena, const xd_node_t *tree, xd_edi_997_t *out)
{
    static const char *const at[5] = { "5", "6", "7", "8", "9" };
    const xd_node_t *st = xd_nth(xd_get(tree, "ST"), 0);
    const names_t *names =
        xd_str_is(text(st, "1"), "999") ? &names_999 : &names_997;
    const xd_node_t *ak1 = xd_nth(xd_get(tree, "AK1"), 0);
    const xd_node_t *ak9 = xd_nth(xd_get(tree, "AK9"), 0);
    size_t left = XD_EDI_MOST_ANSWERS;

    *out = (xd_edi_997_t){ .functional = text(ak1, "1"),
        .control = text(ak1, "2"),
        .status = status(ak9),
        .included = number(ak9, "2", UINT32_MAX),
        .received = number(ak9, "3", UINT32_MAX),
        .accepted = number(ak9, "4", UINT32_MAX),
        .sets = XD_VEC(xd_edi_answer_t) };
    codes(ak9, at, out->codes);

    if (out->control.len == 0 || out->status == '\0') {
        return XD_E_SYNTAX;
    }

    xd_each (ak2, xd_get(tree, "AK2")) {
        if (!answer(arena, ak2, names, out, &left)) {
            return XD_E_MEMORY;
        }
    }

    return XD_OK;
}
