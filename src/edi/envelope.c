/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Interchanges and groups.  Control numbers are texts and must be the same at
 * both ends; counts are numbers.  An interchange whose ends do not belong
 * together may have lost something in between and is rejected; a wrong count
 * alone is noted, as every set is complete by itself.
 */

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
digits(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            return false;
        }
    }

    return s.len > 0;
}


/* The first note counts, but one that rejects replaces one that does not. */
void
edi_note(edi_grader_t *g, uint16_t code, bool rejects)
{
    if (g->ic.note == 0 || (rejects && g->ic.verdict != 'R')) {
        g->ic.note = code;
    }

    if (rejects) {
        g->ic.verdict = 'R';
    } else if (g->ic.verdict == 'A') {
        g->ic.verdict = 'E';
    }
}


/* Rejects, or notes, with the code that the syntax has for a kind. */
static void
note_kind(edi_grader_t *g, xd_edi_kind_t kind, bool rejects)
{
    const xd_edi_codes_t *codes = &xd_edi_codes[kind];

    edi_note(g, g->syntax->edifact ? codes->contrl : codes->interchange,
        rejects);
}


/* A flaw of the group's or interchange's own envelope. */
static edi_flaw_t
flaw(const edi_grader_t *g, const char *rule, uint32_t element,
    xd_scope_t scope)
{
    edi_flaw_t f = element != 0
                       ? edi_flaw_element(g, rule, element, XD_EDI_NO_FAULT)
                       : edi_flaw_segment(g, rule, XD_EDI_NO_FAULT);

    f.scope = scope;
    f.position = 0;

    return f;
}


edi_flaw_t
edi_interchange_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = flaw(g, rule, element, XD_SCOPE_INTERCHANGE);

    f.kind = (uint8_t) kind;

    return f;
}


/* Tells a flaw of the interchange, which is rejected for it or not. */
static void
interchange_tell(edi_grader_t *g, const edi_flaw_t *f, bool rejects)
{
    edi_error(&g->ic.error, f);
    note_kind(g, f->kind, rejects);
}


bool
edi_control_check(edi_grader_t *g, xd_str_t opened, edi_flaw_t *f)
{
    xd_str_t closed = edi_text(g, 2, 0);
    xd_str_t a = xd_str_trim(opened), b = xd_str_trim(closed);

    if (xd_str_eq(opened, closed)) {
        return true;
    }

    for (; a.len > 1 && a.ptr[0] == '0'; a.ptr++, a.len--) {
    }

    for (; b.len > 1 && b.ptr[0] == '0'; b.ptr++, b.len--) {
    }

    if (xd_str_eq(a, b)) {
        f->severity = XD_WARNING;
        f->rule = "x12.control.padding";
        f->kind = XD_EDI_NO_FAULT;
        edi_flaw(g, f,
            "The number differs from its header's by padding "
            "only.");
        return true;
    }

    edi_flaw(g, f, "The number differs from its header's, \"%.*s\".",
        (int) (opened.len < 20 ? opened.len : 20), opened.ptr);

    return false;
}


/* -- interchange ---------------------------------------------------------- */

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
        return s.len == 5 && digits(s);

    case ISA_CONTROL:
        return s.len <= 9 && digits(s);

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
        f = flaw(g, "x12.isa.width", n, XD_SCOPE_INTERCHANGE);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "ISA%02u has %zu characters instead of %u.", n,
            value.len, isa_rows[n - 1].width);
    }

    if (!isa_fits(n, value)) {
        f = flaw(g, "x12.isa.value", n, XD_SCOPE_INTERCHANGE);
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
edi_interchange_begin(edi_grader_t *g)
{
    g->in_interchange = true;
    g->groups = g->sets = g->answers = 0;
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
        note_kind(g, XD_EDI_INTERCHANGE_CONTENT, true);
        return;
    }

    for (uint32_t n = 1; n <= 16; n++) {
        isa_element(g, n);
    }

    if (xd_x12_element(&g->seg, 16).len == 0) {
        note_kind(g, XD_EDI_INTERCHANGE_COMPONENT,
            false); /* the tokenizer told it */
    }
}


static void
interchange_close(edi_grader_t *g, size_t end)
{
    xd_edi_interchange_t *kept = xd_vec_push(&g->out->interchanges, g->arena);

    g->in_interchange = false;
    g->ic.length = end - g->ic.offset;
    g->ic.acknowledges |= g->sets > 0 && g->answers == g->sets;

    if (kept == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    *kept = g->ic;
}


/* Where there are groups, they are counted; else the sets are. */
static void
count_check(edi_grader_t *g)
{
    xd_str_t declared = xd_segment_element(&g->seg, 1);
    bool groups = !g->syntax->edifact || g->groups > 0;
    uint32_t found = groups ? g->groups : g->sets;
    uint64_t count = 0;
    edi_flaw_t f;

    if (xd_str_uint(declared, UINT32_MAX, &count) && count == found) {
        return;
    }

    f = edi_interchange_flaw(g, "x12.interchange.count", 1,
        XD_EDI_INTERCHANGE_COUNT);
    edi_flaw(g, &f, "%s01 says \"%.*s\"; the interchange has %u %s.",
        g->syntax->interchange_end,
        (int) (declared.len < 20 ? declared.len : 20), declared.ptr, found,
        groups ? "groups" : g->syntax->inner);
    interchange_tell(g, &f, false);
}


void
edi_interchange_end(edi_grader_t *g)
{
    edi_flaw_t f;

    count_check(g);

    f = edi_interchange_flaw(g, "x12.interchange.control-differs", 2,
        XD_EDI_INTERCHANGE_CONTROL_DIFFERS);
    if (!edi_control_check(g, g->ic.control, &f)) {
        interchange_tell(g, &f, true);
    }

    interchange_close(g, g->seg.end);
}


void
edi_interchange_lost(edi_grader_t *g)
{
    edi_flaw_t f = edi_interchange_flaw(g, "x12.interchange.no-trailer", 0,
        XD_EDI_INTERCHANGE_NO_TRAILER);

    f.severity = XD_FATAL;
    f.segment_id = xd_str(g->syntax->interchange_end);
    edi_flaw(g, &f, "The interchange %.*s ends without %s.",
        XD_FMT(g->ic.control), g->syntax->interchange_end);
    interchange_tell(g, &f, true);

    interchange_close(g, g->seg.offset);
}


void
edi_stray(edi_grader_t *g)
{
    edi_flaw_t f = edi_interchange_flaw(g, "x12.segment.stray", 0,
        XD_EDI_INTERCHANGE_STRUCTURE);

    f.scope = g->in_group ? XD_SCOPE_GROUP : XD_SCOPE_INTERCHANGE;
    f.value =
        (xd_str_t){ g->seg.id.ptr, g->seg.id.len < 32 ? g->seg.id.len : 32 };
    edi_flaw(g, &f, "This segment stands outside every %s.", g->syntax->set);
    interchange_tell(g, &f, false);
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
            f = flaw(g, "x12.ta1.value", n, XD_SCOPE_INTERCHANGE);
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


/* -- group ---------------------------------------------------------------- */

edi_flaw_t
edi_group_flaw(edi_grader_t *g, const char *rule, uint32_t element,
    xd_edi_kind_t kind)
{
    edi_flaw_t f = flaw(g, rule, element, XD_SCOPE_GROUP);

    f.kind = (uint8_t) kind;
    edi_code_add(g->group.group_codes, xd_edi_codes[kind].group);
    edi_error(&g->group.error, &f);

    return f;
}


static void
gs_check(edi_grader_t *g)
{
    xd_str_t version = { g->group.version.ptr, 6 };
    edi_flaw_t f;

    if (g->group.functional.len != 2) {
        f = flaw(g, "x12.group.id", 1, XD_SCOPE_GROUP);
        edi_flaw(g, &f, "GS01 is no code of a group.");
    }

    if (!edi_is_date(xd_x12_element(&g->seg, 4))
        || !edi_is_time(xd_x12_element(&g->seg, 5)))
    {
        f = flaw(g, "x12.group.date", 4, XD_SCOPE_GROUP);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "GS04 and GS05 are no date and time.");
    }

    if (g->group.control.len > 9 || !digits(g->group.control)) {
        f = edi_group_flaw(g, "x12.group.control", 6, XD_EDI_GROUP_BAD_CONTROL);
        edi_flaw(g, &f, "GS06 is no number of 1 to 9 digits.");
    }

    if (g->group.version.len < 6 || !digits(version)) {
        /* its sets find no grammar then; old versions wrote what they liked */
        f = flaw(g, "x12.group.version", 8, XD_SCOPE_GROUP);
        f.severity = XD_WARNING;
        edi_flaw(g, &f, "GS08 does not begin with a version of six digits.");
    }
}


void
edi_group_begin(edi_grader_t *g)
{
    xd_arena_reset(g->group_arena);
    g->controls = (edi_controls_t){ 0 };
    g->in_group = true;
    g->group_lost = false;
    g->group = (xd_edi_group_t){ .sets = XD_VEC(xd_edi_set_t) };
}


void
edi_gs(edi_grader_t *g)
{
    edi_group_begin(g);
    g->groups++;
    g->group.functional = edi_text(g, 1, 0);
    g->group.sender = edi_text(g, 2, 0);
    g->group.receiver = edi_text(g, 3, 0);
    g->group.control = edi_text(g, 6, 0);
    g->group.version = edi_text(g, 8, 0);

    gs_check(g);
}


void
edi_gs_lost(edi_grader_t *g)
{
    edi_group_begin(g);
    g->groups++;
    g->group_lost = true;
    edi_code_add(g->group.group_codes,
        xd_edi_codes[XD_EDI_GROUP_BAD_CONTROL].group);
}


void
edi_group_implied(edi_grader_t *g)
{
    edi_group_begin(g);
    g->group.implied = true;
}


/*
 * A group whose ends do not belong together is refused whole.  A wrong count
 * alone is noted: every set that came is complete by itself.
 */
void
edi_group_close(edi_grader_t *g)
{
    const uint8_t count = xd_edi_codes[XD_EDI_GROUP_COUNT].group;
    xd_edi_group_t *kept;
    bool refused = false;

    g->in_group = false;

    for (size_t i = 0; i < 5; i++) {
        uint8_t code = g->group.group_codes[i];

        refused |= code != 0 && code != count;
    }

    if (refused) {
        g->group.accepted = 0;
    }

    g->group.verdict =
        refused || (g->group.accepted == 0 && g->group.received > 0) ? 'R'
        : g->group.accepted < g->group.received                      ? 'P'
        : g->group.group_codes[0] != 0                               ? 'E'
                                                                     : 'A';

    g->ic.received += g->group.received;
    g->ic.accepted += g->group.accepted;

    if (g->group.implied) {
        g->group.declared = g->group.received;
    }

    if (g->kept_groups >= g->most_sets) {
        return;
    }

    kept = xd_vec_push(&g->ic.groups, g->arena);
    if (kept == NULL) {
        g->rc = XD_E_MEMORY;
        return;
    }

    *kept = g->group;
    g->kept_groups++;
}


void
edi_group_end(edi_grader_t *g)
{
    xd_str_t declared = xd_segment_element(&g->seg, 1);
    uint64_t count = g->group.received;
    edi_flaw_t f;

    if (!xd_str_uint(declared, 999999, &count) || count != g->group.received) {
        f = edi_group_flaw(g, "x12.group.count", 1, XD_EDI_GROUP_COUNT);
        edi_flaw(g, &f, "%s01 says \"%.*s\"; the group has %u %s.",
            g->syntax->group_end, (int) (declared.len < 20 ? declared.len : 20),
            declared.ptr, g->group.received, g->syntax->inner);
    }

    g->group.declared = (uint32_t) count;

    f = flaw(g, "x12.group.control-differs", 2, XD_SCOPE_GROUP);
    f.kind = XD_EDI_GROUP_CONTROL_DIFFERS;
    if (!g->group_lost && !edi_control_check(g, g->group.control, &f)) {
        edi_error(&g->group.error, &f);
        edi_code_add(g->group.group_codes, xd_edi_codes[f.kind].group);
    }

    edi_group_close(g);
}


void
edi_group_lost(edi_grader_t *g)
{
    edi_flaw_t f =
        edi_group_flaw(g, "x12.group.no-trailer", 0, XD_EDI_GROUP_NO_TRAILER);

    f.severity = XD_FATAL;
    f.segment_id = xd_str(g->syntax->group_end);
    edi_flaw(g, &f, "The group %.*s ends without %s.", XD_FMT(g->group.control),
        g->syntax->group_end);

    g->group.declared = g->group.received;
    edi_group_close(g);
}
