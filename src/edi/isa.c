/* SPDX-License-Identifier: BSD-2-Clause */

/* The header of an interchange of X12, and the answer to one of ours. */

#include "edi/grader.h"


/* TA105: what is wrong with an interchange, and whether that rejects it. */
enum { NOTE_VERSION = 17, NOTE_CONTROL = 18 };

typedef enum {
    ISA_CODE,
    ISA_TEXT,
    ISA_DATE,
    ISA_TIME,
    ISA_VERSION,
    ISA_CONTROL,
    ISA_ANY
} isa_kind_t;

/* The elements of ISA, in order. */
static const struct {
    uint8_t width;
    uint8_t kind;
    uint8_t note;
    char does;         /* W warns, E is noted, R rejects */
    const char *codes; /* NULL: any */
    const char *ack;
} isa_rows[16] = {
    /* 01 */ { 2, ISA_CODE, 10, 'E', " 00 01 02 03 04 05 06 07 08 ",
        "TA105:010" },
    /* 02 */ { 10, ISA_ANY, 11, 'E', NULL, "TA105:011" },
    /* 03 */ { 2, ISA_CODE, 12, 'E', " 00 01 ", "TA105:012" },
    /* 04 */ { 10, ISA_ANY, 13, 'E', NULL, "TA105:013" },
    /* 05 */ { 2, ISA_CODE, 5, 'E', NULL, "TA105:005" },
    /* 06 */ { 15, ISA_TEXT, 6, 'R', NULL, "TA105:006" },
    /* 07 */ { 2, ISA_CODE, 7, 'E', NULL, "TA105:007" },
    /* 08 */ { 15, ISA_TEXT, 8, 'R', NULL, "TA105:008" },
    /* 09 */ { 6, ISA_DATE, 14, 'W', NULL, "TA105:014" },
    /* 10 */ { 4, ISA_TIME, 15, 'W', NULL, "TA105:015" },
    /* 11 */ { 1, ISA_ANY, 26, 'E', NULL, "TA105:026" },
    /* 12 */ { 5, ISA_VERSION, NOTE_VERSION, 'E', NULL, "TA105:017" },
    /* 13 */ { 9, ISA_CONTROL, NOTE_CONTROL, 'R', NULL, "TA105:018" },
    /* 14 */ { 1, ISA_CODE, 19, 'E', " 0 1 ", "TA105:019" },
    /* 15 */ { 1, ISA_CODE, 20, 'E', " I P T ", "TA105:020" },
    /* 16 */ { 1, ISA_ANY, 27, 'E', NULL, "TA105:027" },
};


static bool
isa_fits(uint32_t n, xd_str_t raw)
{
    xd_str_t s = xd_str_trim(raw);
    const char *codes = isa_rows[n - 1].codes;

    switch (isa_rows[n - 1].kind) {

    case ISA_CODE:
        if (codes == NULL) {
            return s.len > 0;
        }
        /* fixed widths: a code stands between blanks or nowhere */
        return s.len == isa_rows[n - 1].width
               && memmem(codes, strlen(codes), s.ptr, s.len) != NULL;

    case ISA_TEXT:
        return s.len > 0;

    case ISA_DATE:
        return s.len == 6 && edi_is_date(s);

    case ISA_TIME:
        return s.len == 4 && edi_is_time(s);

    case ISA_VERSION:
        return s.len == 5 && edi_is_digits(s);

    case ISA_CONTROL:
        return s.len <= 9 && edi_is_digits(s);

    default:
        return true;
    }
}


static void
isa_element(edi_grader_t *g, uint32_t n)
{
    xd_str_t value = xd_x12_element(&g->seg, n);
    edi_flaw_t f;

    if (value.len != isa_rows[n - 1].width && n < 16) {
        f = edi_interchange_flaw(g, "x12.isa.width", n, XD_EDI_NO_FAULT);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "ISA%02u has %zu characters instead of %u.", n,
            value.len, isa_rows[n - 1].width);
    }

    if (!isa_fits(n, value)) {
        f = edi_interchange_flaw(g, "x12.isa.value", n, XD_EDI_NO_FAULT);
        if (isa_rows[n - 1].does == 'W') {
            f.severity = XD_WARNING;
        } else {
            f.ack = isa_rows[n - 1].ack;
            edi_note(g, isa_rows[n - 1].note, isa_rows[n - 1].does == 'R');
        }
        edi_flaw(g, &f, "ISA%02u does not hold what belongs there.", n);
    }
}


/* An element as text that stays, without padding. */
static xd_str_t
isa_text(edi_grader_t *g, uint32_t n)
{
    return edi_keep(g, g->arena, xd_str_trim(xd_x12_element(&g->seg, n)));
}


void
edi_isa(edi_grader_t *g)
{
    g->ic = (xd_edi_interchange_t){ .sender_qualifier = isa_text(g, 5),
        .sender = isa_text(g, 6),
        .receiver_qualifier = isa_text(g, 7),
        .receiver = isa_text(g, 8),
        .date = isa_text(g, 9),
        .time = isa_text(g, 10),
        .version = isa_text(g, 12),
        .control = isa_text(g, 13),
        .ack_requested = xd_str_is(xd_x12_element(&g->seg, 14), "1"),
        .test = xd_str_is(xd_x12_element(&g->seg, 15), "T"),
        .marks = *xd_x12_marks(g->reader),
        .offset = g->seg.offset,
        .verdict = 'A',
        .answers = XD_VEC(xd_edi_ta1_t),
        .groups = XD_VEC(xd_edi_group_t) };
    edi_interchange_begin(g);

    if (g->seg.count < 16) {
        /* the tokenizer told it; single elements mean nothing then */
        edi_note_kind(g, XD_EDI_INTERCHANGE_CONTENT, true);
        return;
    }

    for (uint32_t n = 1; n <= 16; n++) {
        isa_element(g, n);
    }

    if (xd_x12_element(&g->seg, 16).len == 0) {
        edi_note_kind(g, XD_EDI_INTERCHANGE_COMPONENT,
            false); /* the tokenizer told it */
    }
}


/* The elements of TA1 are checked by their sizes; what they say is matched by
 * who sent the interchange that they answer. */
void
edi_ta1(edi_grader_t *g)
{
    static const uint8_t least[] = { 9, 6, 4, 1, 3 };
    xd_str_t status = xd_x12_element(&g->seg, 4);
    xd_edi_ta1_t *kept;
    uint64_t code = 0;
    edi_flaw_t f;

    g->ic.acknowledges = true;

    for (uint32_t n = 1; n <= 5; n++) {
        if (xd_x12_element(&g->seg, n).len != least[n - 1]) {
            f = edi_interchange_flaw(g, "x12.ta1.value", n, XD_EDI_NO_FAULT);
            f.severity = XD_WARNING;
            edi_flaw(g, &f, "TA1%02u has not %u characters.", n, least[n - 1]);
        }
    }

    if (g->ic.answers.count >= g->most_sets) {
        return;
    }

    kept = xd_vec_push(&g->ic.answers, g->arena);
    if (kept == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    (void) xd_str_uint(xd_x12_element(&g->seg, 5), 999, &code);
    *kept = (xd_edi_ta1_t){ .control = isa_text(g, 1),
        .date = isa_text(g, 2),
        .time = isa_text(g, 3),
        .status = status.len == 1 && strchr("AER", status.ptr[0]) != NULL
                      ? status.ptr[0]
                      : '\0',
        .note = (uint16_t) code };
}
