/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Segments of EDIFACT and their elements: UN/EDIFACT directories D.96A, D.01B
 * and, for invoices, D.14B; service segments of ISO 9735 syntax 3 and 4.  One
 * row serves several directories where the later ones only add at the end or
 * widen; the wider limit stands beside the narrower one.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/edifact_segments.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define AN EDI_AN
#define AA EDI_A
#define RR EDI_R /* n: EDIFACT writes decimals out */

#define PARTS(need, c) \
    { 0, EDI_COMPOSITE, need, 0, 0, 0, NULL, c, sizeof(c) / sizeof((c)[0]) }
#define SEGMENT(name, id, last) \
    [EDIFACT_##name] = { id, name, sizeof(name) / sizeof((name)[0]), \
        .needed = last }


/* -- code lists: only those that are short and closed --------------------- */

static const char actions[] = " 4 7 8 ";
static const char sections[] = " D S ";


/* -- composites, by their numbers; _a and on: the forms of other years ----- */

static const edi_element_t c001[] = {
    { 8179, AN, 'O', 1, 8 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 8178, AN, 'O', 1, 17 },
};
static const edi_element_t c002[] = {
    { 1001, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
    { 1000, AN, 'O', 1, 35 },
};
static const edi_element_t c002_a[] = {
    { 1001, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 1000, AN, 'O', 1, 35 },
};
static const edi_element_t c002_b[] = {
    { 1001, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 1000, AN, 'O', 1, 35 },
};
static const edi_element_t c003[] = {
    { 7041, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7040, AN, 'O', 1, 17 },
};
static const edi_element_t c012[] = {
    { 7365, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7364, AN, 'O', 1, 35 },
};
static const edi_element_t c019[] = {
    { 4277, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 4276, AN, 'O', 1, 35 },
};
static const edi_element_t c040[] = {
    { 3127, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3128, AN, 'O', 1, 35 },
};
static const edi_element_t c040_a[] = {
    { 3127, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3126, AN, 'O', 1, 35 },
};
static const edi_element_t c056[] = {
    { 3413, AN, 'O', 1, 17 }, { 3412, AN, 'O', 1, 35, 256 },
};
static const edi_element_t c058[] = {
    { 3124, AN, 'M', 1, 35 }, { 3124, AN, 'O', 1, 35 },
    { 3124, AN, 'O', 1, 35 }, { 3124, AN, 'O', 1, 35 },
    { 3124, AN, 'O', 1, 35 },
};
static const edi_element_t c059[] = {
    { 3042, AN, 'M', 1, 35 }, { 3042, AN, 'O', 1, 35 },
    { 3042, AN, 'O', 1, 35 }, { 3042, AN, 'O', 1, 35 },
};
static const edi_element_t c076[] = {
    { 3148, AN, 'M', 1, 512 }, { 3155, AN, 'M', 1, 3 },
};
static const edi_element_t c077[] = {
    { 1508, AN, 'O', 1, 35 }, { 7008, AN, 'O', 1, 256 },
};
static const edi_element_t c078[] = {
    { 3194, AN, 'O', 1, 35 }, { 3192, AN, 'O', 1, 35 },
    { 3192, AN, 'O', 1, 35 }, { 6345, AN, 'O', 1, 3 },
};
static const edi_element_t c079[] = {
    { 1511, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 1510, AN, 'O', 1, 35 }, { 1056, AN, 'O', 1, 9 }, { 1058, AN, 'O', 1, 9 },
    { 7402, AN, 'O', 1, 35 },
};
static const edi_element_t c080[] = {
    { 3036, AN, 'M', 1, 35 }, { 3036, AN, 'O', 1, 35 },
    { 3036, AN, 'O', 1, 35 }, { 3036, AN, 'O', 1, 35 },
    { 3036, AN, 'O', 1, 35 }, { 3045, AN, 'O', 1, 3 },
};
static const edi_element_t c080_a[] = {
    { 3036, AN, 'M', 1, 70 }, { 3036, AN, 'O', 1, 70 },
    { 3036, AN, 'O', 1, 70 }, { 3036, AN, 'O', 1, 70 },
    { 3036, AN, 'O', 1, 70 }, { 3045, AN, 'O', 1, 3 },
};
static const edi_element_t c082[] = {
    { 3039, AN, 'M', 1, 35 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c082_a[] = {
    { 3039, AN, 'M', 1, 35 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c088[] = {
    { 3433, AN, 'O', 1, 11 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3434, AN, 'O', 1, 17 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
    { 3432, AN, 'O', 1, 70 }, { 3436, AN, 'O', 1, 70 },
};
static const edi_element_t c099[] = {
    { 1516, AN, 'M', 1, 17 }, { 1056, AN, 'O', 1, 9 }, { 1503, AN, 'O', 1, 3 },
    { 1502, AN, 'O', 1, 35 },
};
static const edi_element_t c100[] = {
    { 4053, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 4052, AN, 'O', 1, 70 },
    { 4052, AN, 'O', 1, 70 },
};
static const edi_element_t c106[] = {
    { 1004, AN, 'O', 1, 35, 70 }, { 1056, AN, 'O', 1, 9 },
    { 1060, AN, 'O', 1, 6 },
};
static const edi_element_t c107[] = {
    { 4441, AN, 'M', 1, 3, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c108[] = {
    { 4440, AN, 'M', 1, 70, 512 }, { 4440, AN, 'O', 1, 70, 512 },
    { 4440, AN, 'O', 1, 70, 512 }, { 4440, AN, 'O', 1, 70, 512 },
    { 4440, AN, 'O', 1, 70, 512 },
};
static const edi_element_t c110[] = {
    { 4277, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 4276, AN, 'O', 1, 35 },
    { 4276, AN, 'O', 1, 35 },
};
static const edi_element_t c112[] = {
    { 2475, AN, 'M', 1, 3 }, { 2009, AN, 'O', 1, 3 }, { 2151, AN, 'O', 1, 3 },
    { 2152, RR, 'O', 1, 3 },
};
static const edi_element_t c128[] = {
    { 5419, AN, 'M', 1, 3 }, { 5420, RR, 'M', 1, 15 }, { 5284, RR, 'O', 1, 9 },
    { 6411, AN, 'O', 1, 3, 8 },
};
static const edi_element_t c138[] = {
    { 5394, RR, 'M', 1, 12 }, { 5393, AN, 'O', 1, 3 },
};
static const edi_element_t c174[] = {
    { 6411, AN, 'M', 1, 3 }, { 6314, RR, 'O', 1, 18 },
    { 6162, RR, 'O', 1, 18 }, { 6152, RR, 'O', 1, 18 },
    { 6432, RR, 'O', 1, 2 },
};
static const edi_element_t c174_a[] = {
    { 6411, AN, 'M', 1, 3, 8 }, { 6314, AN, 'O', 1, 18 },
    { 6162, RR, 'O', 1, 18 }, { 6152, RR, 'O', 1, 18 },
    { 6432, RR, 'O', 1, 2 },
};
static const edi_element_t c186[] = {
    { 6063, AN, 'M', 1, 3 }, { 6060, RR, 'M', 1, 15 }, { 6411, AN, 'O', 1, 3 },
};
static const edi_element_t c186_a[] = {
    { 6063, AN, 'M', 1, 3 }, { 6060, AN, 'M', 1, 35 },
    { 6411, AN, 'O', 1, 3, 8 },
};
static const edi_element_t c200[] = {
    { 8023, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 8022, AN, 'O', 1, 26 }, { 4237, AN, 'O', 1, 3 },
    { 7140, AN, 'O', 1, 35 },
};
static const edi_element_t c202[] = {
    { 7065, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7064, AN, 'O', 1, 35 },
};
static const edi_element_t c203[] = {
    { 5243, AN, 'M', 1, 9 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 5242, AN, 'O', 1, 35 }, { 5275, AN, 'O', 1, 6 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
    { 5275, AN, 'O', 1, 6 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c205[] = {
    { 8351, AN, 'M', 1, 7 }, { 8078, AN, 'O', 1, 7 }, { 8092, AN, 'O', 1, 10 },
};
static const edi_element_t c206[] = {
    { 7402, AN, 'M', 1, 35 }, { 7405, AN, 'O', 1, 3 }, { 4405, AN, 'O', 1, 3 },
};
static const edi_element_t c208[] = {
    { 7402, AN, 'M', 1, 35 }, { 7402, AN, 'O', 1, 35 },
};
static const edi_element_t c210[] = {
    { 7102, AN, 'M', 1, 35 }, { 7102, AN, 'O', 1, 35 },
    { 7102, AN, 'O', 1, 35 }, { 7102, AN, 'O', 1, 35 },
    { 7102, AN, 'O', 1, 35 }, { 7102, AN, 'O', 1, 35 },
    { 7102, AN, 'O', 1, 35 }, { 7102, AN, 'O', 1, 35 },
    { 7102, AN, 'O', 1, 35 }, { 7102, AN, 'O', 1, 35 },
};
static const edi_element_t c211[] = {
    { 6411, AN, 'M', 1, 3 }, { 6168, RR, 'O', 1, 15 },
    { 6140, RR, 'O', 1, 15 }, { 6008, RR, 'O', 1, 15 },
};
static const edi_element_t c212[] = {
    { 7140, AN, 'O', 1, 35 }, { 7143, AN, 'O', 1, 3 },
    { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c212_a[] = {
    { 7140, AN, 'O', 1, 35 }, { 7143, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c212_b[] = {
    { 7140, AN, 'O', 1, 35 }, { 7143, AN, 'O', 1, 3 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c213[] = {
    { 7224, RR, 'O', 1, 8 }, { 7065, AN, 'O', 1, 17 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7064, AN, 'O', 1, 35 }, { 7233, AN, 'O', 1, 3 },
};
static const edi_element_t c213_a[] = {
    { 7224, RR, 'O', 1, 8 }, { 7065, AN, 'O', 1, 17 },
    { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7064, AN, 'O', 1, 35 }, { 7233, AN, 'O', 1, 3 },
};
static const edi_element_t c214[] = {
    { 7161, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7160, AN, 'O', 1, 35 },
    { 7160, AN, 'O', 1, 35 },
};
static const edi_element_t c215[] = {
    { 9303, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
    { 9302, AN, 'O', 1, 35 },
};
static const edi_element_t c215_a[] = {
    { 9303, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 9302, AN, 'O', 1, 35 },
};
static const edi_element_t c218[] = {
    { 7419, AN, 'O', 1, 4, 7 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7418, AN, 'O', 1, 35 },
};
static const edi_element_t c219[] = {
    { 8335, AN, 'O', 1, 3 }, { 8334, AN, 'O', 1, 35 },
};
static const edi_element_t c220[] = {
    { 8067, AN, 'O', 1, 3 }, { 8066, AN, 'O', 1, 17 },
};
static const edi_element_t c222[] = {
    { 8213, AN, 'O', 1, 9 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 8212, AN, 'O', 1, 35 }, { 8453, AN, 'O', 1, 3 },
};
static const edi_element_t c222_a[] = {
    { 8213, AN, 'O', 1, 35 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 8212, AN, 'O', 1, 70 }, { 8453, AN, 'O', 1, 3 },
};
static const edi_element_t c223[] = {
    { 7106, RR, 'O', 1, 3 }, { 6411, AN, 'O', 1, 3 },
};
static const edi_element_t c223_a[] = {
    { 7106, RR, 'O', 1, 3 }, { 6411, AN, 'O', 1, 8 },
};
static const edi_element_t c224[] = {
    { 8155, AN, 'O', 1, 10 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 8154, AN, 'O', 1, 35 },
};
static const edi_element_t c228[] = {
    { 8179, AN, 'O', 1, 8 }, { 8178, AN, 'O', 1, 17 },
};
static const edi_element_t c229[] = {
    { 5237, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c231[] = {
    { 4215, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c232[] = {
    { 9415, AN, 'O', 1, 3 }, { 9411, AN, 'O', 1, 3 }, { 9417, AN, 'O', 1, 3 },
    { 9353, AN, 'O', 1, 3 },
};
static const edi_element_t c233[] = {
    { 7273, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7273, AN, 'O', 1, 3 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c234[] = {
    { 7124, RR, 'O', 1, 4 }, { 7088, AN, 'O', 1, 8 },
};
static const edi_element_t c235[] = {
    { 8158, AN, 'O', 1, 4 }, { 8186, AN, 'O', 1, 4 },
};
static const edi_element_t c236[] = {
    { 8246, AN, 'O', 1, 4 }, { 8246, AN, 'O', 1, 4 }, { 8246, AN, 'O', 1, 4 },
};
static const edi_element_t c236_a[] = {
    { 8246, AN, 'O', 1, 4 }, { 8246, AN, 'O', 1, 4 }, { 8246, AN, 'O', 1, 4 },
    { 8246, AN, 'O', 1, 4 },
};
static const edi_element_t c237[] = {
    { 8260, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3207, AN, 'O', 1, 3 },
};
static const edi_element_t c239[] = {
    { 6246, RR, 'O', 1, 3, 15 }, { 6411, AN, 'O', 1, 3 },
};
static const edi_element_t c240[] = {
    { 7037, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7036, AN, 'O', 1, 35 },
    { 7036, AN, 'O', 1, 35 },
};
static const edi_element_t c240_a[] = {
    { 7037, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7036, AN, 'O', 1, 35 },
    { 7036, AN, 'O', 1, 35 },
};
static const edi_element_t c241[] = {
    { 5153, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 5152, AN, 'O', 1, 35 },
};
static const edi_element_t c242[] = {
    { 7187, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7186, AN, 'O', 1, 35 },
    { 7186, AN, 'O', 1, 35 },
};
static const edi_element_t c243[] = {
    { 5279, AN, 'O', 1, 7 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 5278, AN, 'O', 1, 17 },
    { 5273, AN, 'O', 1, 12 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c270[] = {
    { 6069, AN, 'M', 1, 3 }, { 6066, RR, 'M', 1, 18 },
    { 6411, AN, 'O', 1, 3, 8 },
};
static const edi_element_t c272[] = {
    { 7081, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c273[] = {
    { 7009, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
    { 7008, AN, 'O', 1, 35 }, { 7008, AN, 'O', 1, 35 },
    { 3453, AN, 'O', 1, 3 },
};
static const edi_element_t c273_a[] = {
    { 7009, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7008, AN, 'O', 1, 256 },
    { 7008, AN, 'O', 1, 256 }, { 3453, AN, 'O', 1, 3 },
};
static const edi_element_t c279[] = {
    { 6064, RR, 'M', 1, 15 }, { 6063, AN, 'O', 1, 3 },
};
static const edi_element_t c280[] = {
    { 6411, AN, 'M', 1, 3, 8 }, { 6162, RR, 'O', 1, 18 },
    { 6152, RR, 'O', 1, 18 },
};
static const edi_element_t c288[] = {
    { 5389, AN, 'O', 1, 3, 25 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 5388, AN, 'O', 1, 35 },
};
static const edi_element_t c289[] = {
    { 8461, AN, 'O', 1, 6 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c329[] = {
    { 2013, AN, 'O', 1, 3 }, { 2015, AN, 'O', 1, 3 }, { 2017, AN, 'O', 1, 3 },
};
static const edi_element_t c332[] = {
    { 3496, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c333[] = {
    { 4511, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 4510, AN, 'O', 1, 35 },
};
static const edi_element_t c401[] = {
    { 8457, AN, 'M', 1, 3 }, { 8459, AN, 'M', 1, 3 }, { 7130, AN, 'O', 1, 17 },
};
static const edi_element_t c402[] = {
    { 7077, AN, 'M', 1, 3 }, { 7064, AN, 'M', 1, 35 }, { 7143, AN, 'O', 1, 3 },
    { 7064, AN, 'O', 1, 35 }, { 7143, AN, 'O', 1, 3 },
};
static const edi_element_t c501[] = {
    { 5245, AN, 'M', 1, 3 }, { 5482, RR, 'O', 1, 10 }, { 5249, AN, 'O', 1, 3 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c502[] = {
    { 6313, AN, 'O', 1, 3 }, { 6321, AN, 'O', 1, 3 }, { 6155, AN, 'O', 1, 3 },
    { 6154, AN, 'O', 1, 70 },
};
static const edi_element_t c503[] = {
    { 1004, AN, 'O', 1, 35 }, { 1373, AN, 'O', 1, 3 },
    { 1366, AN, 'O', 1, 35, 70 }, { 3453, AN, 'O', 1, 3 },
    { 1056, AN, 'O', 1, 9 }, { 1060, AN, 'O', 1, 6 },
};
static const edi_element_t c503_a[] = {
    { 1004, AN, 'O', 1, 35, 70 }, { 1373, AN, 'O', 1, 3 },
    { 1366, AN, 'O', 1, 35, 70 }, { 3453, AN, 'O', 1, 3 },
    { 1056, AN, 'O', 1, 9 }, { 1060, AN, 'O', 1, 6 },
};
static const edi_element_t c504[] = {
    { 6347, AN, 'M', 1, 3 }, { 6345, AN, 'O', 1, 3 }, { 6343, AN, 'O', 1, 3 },
    { 6348, RR, 'O', 1, 4 },
};
static const edi_element_t c506[] = {
    { 1153, AN, 'M', 1, 3 }, { 1154, AN, 'O', 1, 35, 70 },
    { 1156, AN, 'O', 1, 6 }, { 4000, AN, 'O', 1, 35 }, { 1060, AN, 'O', 1, 6 },
};
static const edi_element_t c506_a[] = {
    { 1153, AN, 'M', 1, 3 }, { 1154, AN, 'O', 1, 70 }, { 1156, AN, 'O', 1, 6 },
    { 1056, AN, 'O', 1, 9 }, { 1060, AN, 'O', 1, 6 },
};
static const edi_element_t c507[] = {
    { 2005, AN, 'M', 1, 3 }, { 2380, AN, 'O', 1, 35 }, { 2379, AN, 'O', 1, 3 },
};
static const edi_element_t c509[] = {
    { 5125, AN, 'M', 1, 3 }, { 5118, RR, 'O', 1, 15 }, { 5375, AN, 'O', 1, 3 },
    { 5387, AN, 'O', 1, 3 }, { 5284, RR, 'O', 1, 9 },
    { 6411, AN, 'O', 1, 3, 8 },
};
static const edi_element_t c516[] = {
    { 5025, AN, 'M', 1, 3 }, { 5004, RR, 'O', 1, 18, 35 },
    { 6345, AN, 'O', 1, 3 }, { 6343, AN, 'O', 1, 3 }, { 4405, AN, 'O', 1, 3 },
};
static const edi_element_t c517[] = {
    { 3225, AN, 'O', 1, 25, 35 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3224, AN, 'O', 1, 70, 256 },
};
static const edi_element_t c519[] = {
    { 3223, AN, 'O', 1, 25, 35 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3222, AN, 'O', 1, 70 },
};
static const edi_element_t c522[] = {
    { 4403, AN, 'M', 1, 3 }, { 4401, AN, 'O', 1, 3 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
    { 4400, AN, 'O', 1, 35 },
};
static const edi_element_t c523[] = {
    { 6350, RR, 'O', 1, 15 }, { 6353, AN, 'O', 1, 3 },
};
static const edi_element_t c524[] = {
    { 4079, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 4078, AN, 'O', 1, 70 },
};
static const edi_element_t c528[] = {
    { 7357, AN, 'O', 1, 18 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c529[] = {
    { 7365, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7187, AN, 'O', 1, 17 },
};
static const edi_element_t c531[] = {
    { 7075, AN, 'O', 1, 3 }, { 7233, AN, 'O', 1, 3 }, { 7073, AN, 'O', 1, 3 },
};
static const edi_element_t c532[] = {
    { 8395, AN, 'O', 1, 3 }, { 8393, AN, 'O', 1, 3 },
};
static const edi_element_t c533[] = {
    { 5289, AN, 'M', 1, 6 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c534[] = {
    { 4439, AN, 'O', 1, 3 }, { 4431, AN, 'O', 1, 3 }, { 4461, AN, 'O', 1, 3 },
    { 1131, AN, 'O', 1, 3, 17 }, { 3055, AN, 'O', 1, 3 },
    { 4435, AN, 'O', 1, 3 },
};
static const edi_element_t c536[] = {
    { 4065, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c537[] = {
    { 4219, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c550[] = {
    { 7295, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7294, AN, 'O', 1, 35 },
};
static const edi_element_t c552[] = {
    { 1230, AN, 'O', 1, 35 }, { 5189, AN, 'O', 1, 3 },
};
static const edi_element_t c553[] = {
    { 3233, AN, 'O', 1, 25, 35 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 3232, AN, 'O', 1, 70 },
};
static const edi_element_t c554[] = {
    { 5243, AN, 'O', 1, 9 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c555[] = {
    { 9011, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
    { 9010, AN, 'O', 1, 35 },
};
static const edi_element_t c555_a[] = {
    { 4405, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 4404, AN, 'O', 1, 35 },
};
static const edi_element_t c556[] = {
    { 9013, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
    { 9012, AN, 'O', 1, 35 },
};
static const edi_element_t c556_a[] = {
    { 9013, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 9012, AN, 'O', 1, 256 },
};
static const edi_element_t c564[] = {
    { 7007, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7006, AN, 'O', 1, 35, 70 },
};
static const edi_element_t c585[] = {
    { 4037, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 4036, AN, 'O', 1, 35 },
};
static const edi_element_t c595[] = {
    { 1171, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 1170, AN, 'O', 1, 35 },
};
static const edi_element_t c596[] = {
    { 4475, AN, 'M', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 4474, AN, 'O', 1, 35 },
};
static const edi_element_t c601[] = {
    { 9015, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c601_a[] = {
    { 9015, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c703[] = {
    { 7085, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c778[] = {
    { 7164, AN, 'O', 1, 35 }, { 1050, AN, 'O', 1, 10 },
};
static const edi_element_t c819[] = {
    { 3229, AN, 'O', 1, 9 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 3228, AN, 'O', 1, 70 },
};
static const edi_element_t c823[] = {
    { 7505, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7504, AN, 'O', 1, 35 },
};
static const edi_element_t c824[] = {
    { 7507, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
    { 7506, AN, 'O', 1, 35 },
};
static const edi_element_t c827[] = {
    { 7511, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c827_a[] = {
    { 7511, AN, 'M', 1, 3 }, { 1131, AN, 'O', 1, 17 }, { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c829[] = {
    { 5495, AN, 'O', 1, 3 }, { 1082, RR, 'O', 1, 6 },
};
static const edi_element_t c829_a[] = {
    { 1082, AN, 'O', 1, 6 },
};
static const edi_element_t c830[] = {
    { 7191, AN, 'O', 1, 17 }, { 1131, AN, 'O', 1, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7190, AN, 'O', 1, 70 },
};
static const edi_element_t c849[] = {
    { 3301, AN, 'M', 1, 17, 35 }, { 3285, AN, 'O', 1, 17, 35 },
};
static const edi_element_t c850[] = {
    { 4405, AN, 'M', 1, 3 }, { 3036, AN, 'O', 1, 35, 70 },
};
static const edi_element_t c889[] = {
    { 7111, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 7110, AN, 'O', 1, 35 },
    { 7110, AN, 'O', 1, 35 },
};
static const edi_element_t c901[] = {
    { 9321, AN, 'M', 1, 8 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 },
};
static const edi_element_t c960[] = {
    { 4295, AN, 'O', 1, 3 }, { 1131, AN, 'O', 1, 3, 17 },
    { 3055, AN, 'O', 1, 3 }, { 4294, AN, 'O', 1, 35 },
};
static const edi_element_t s002[] = {
    {    4, AN, 'M', 1, 35 }, {    7, AN, 'O', 1, 4 },
    {    8, AN, 'O', 1, 35 }, {   42, AN, 'O', 1, 35 },
};
static const edi_element_t s003[] = {
    {   10, AN, 'M', 1, 35 }, {    7, AN, 'O', 1, 4 },
    {   14, AN, 'O', 1, 35 }, {   46, AN, 'O', 1, 35 },
};
static const edi_element_t s006[] = {
    {   40, AN, 'M', 1, 35 }, {    7, AN, 'O', 1, 4 },
};
static const edi_element_t s007[] = {
    {   44, AN, 'M', 1, 35 }, {    7, AN, 'O', 1, 4 },
};
static const edi_element_t s009[] = {
    {   65, AN, 'M', 1, 6 }, {   52, AN, 'M', 1, 3 }, {   54, AN, 'M', 1, 3 },
    {   51, AN, 'M', 1, 3 }, {   57, AN, 'O', 1, 6 }, {  110, AN, 'O', 1, 6 },
    {  113, AN, 'O', 1, 6 },
};
static const edi_element_t s010[] = {
    {   70, RR, 'M', 1, 2 }, {   73, AA, 'O', 1, 1 },
};
static const edi_element_t s011[] = {
    {   98, RR, 'M', 1, 3 }, {  104, RR, 'O', 1, 3 }, {  136, RR, 'O', 1, 6 },
};
static const edi_element_t s016[] = {
    {  115, AN, 'M', 1, 14 }, {  116, AN, 'O', 1, 3 }, {  118, AN, 'O', 1, 3 },
    {   51, AN, 'O', 1, 3 },
};
static const edi_element_t s017[] = {
    {  121, AN, 'M', 1, 14 }, {  122, AN, 'O', 1, 3 }, {  124, AN, 'O', 1, 3 },
    {   51, AN, 'O', 1, 3 },
};
static const edi_element_t s018[] = {
    {  127, AN, 'M', 1, 14 }, {  128, AN, 'O', 1, 3 }, {  130, AN, 'O', 1, 3 },
    {   51, AN, 'O', 1, 3 },
};
static const edi_element_t s020[] = {
    {  813, AN, 'M', 1, 3 }, {  802, AN, 'M', 1, 35 },
};


/* -- segments -------------------------------------------------------------- */

/* AJT: why a sum was adjusted */
static const edi_element_t AJT[] = {
    { 4465, AN, 'M', 1, 3 }, { 1082, RR, 'O', 1, 6 },
};
static const edi_element_t AJT_D01B[] = {
    { 4465, AN, 'M', 1, 3 }, { 1082, AN, 'O', 1, 6 },
};
/* ALC: allowance or charge */
static const edi_element_t ALC[] = {
    { 5463, AN, 'M', 1, 3 }, PARTS('O', c552), { 4471, AN, 'O', 1, 3 },
    { 1227, AN, 'O', 1, 3 }, PARTS('O', c214),
};
/* ALI: origin, customs regime, conditions */
static const edi_element_t ALI[] = {
    { 3239, AN, 'O', 1, 3 }, { 9213, AN, 'O', 1, 3 }, { 4183, AN, 'O', 1, 3 },
    { 4183, AN, 'O', 1, 3 }, { 4183, AN, 'O', 1, 3 }, { 4183, AN, 'O', 1, 3 },
    { 4183, AN, 'O', 1, 3 },
};
/* APR: how a price is made up */
static const edi_element_t APR[] = {
    { 4043, AN, 'O', 1, 3 }, PARTS('O', c138), PARTS('O', c960),
};
/* BGM: which document this is */
static const edi_element_t BGM[] = {
    PARTS('O', c002), { 1004, AN, 'O', 1, 35 }, { 1225, AN, 'O', 1, 3 },
    { 4343, AN, 'O', 1, 3 },
};
static const edi_element_t BGM_D01B[] = {
    PARTS('O', c002_a), PARTS('O', c106), { 1225, AN, 'O', 1, 3 },
    { 4343, AN, 'O', 1, 3 }, { 1373, AN, 'O', 1, 3 }, { 3453, AN, 'O', 1, 3 },
};
/* CAV: value of a characteristic */
static const edi_element_t CAV[] = {
    PARTS('M', c889),
};
/* CCI: a characteristic */
static const edi_element_t CCI[] = {
    { 7059, AN, 'O', 1, 3 }, PARTS('O', c502), PARTS('O', c240),
    { 4051, AN, 'O', 1, 3 },
};
/* CDI: state of goods or equipment */
static const edi_element_t CDI[] = {
    { 7001, AN, 'M', 1, 3 }, PARTS('M', c564),
};
/* CED: the computer and its software */
static const edi_element_t CED[] = {
    { 1501, AN, 'M', 1, 3 }, PARTS('M', c079), { 9448, AN, 'O', 1, 35 },
};
/* CNI: one consignment */
static const edi_element_t CNI[] = {
    { 1490, RR, 'O', 1, 4 }, PARTS('O', c503), { 1312, RR, 'O', 1, 4 },
};
/* CNT: a total to check by */
static const edi_element_t CNT[] = {
    PARTS('M', c270),
};
/* COD: details of a component */
static const edi_element_t COD[] = {
    PARTS('O', c823), PARTS('O', c824),
};
/* COM: where somebody can be reached */
static const edi_element_t COM[] = {
    { 0, EDI_COMPOSITE, 'M', 0, 0, 0, NULL, c076, 2, 3 },
};
/* CPI: who pays charges */
static const edi_element_t CPI[] = {
    PARTS('O', c229), PARTS('O', c231), { 4237, AN, 'O', 1, 3 },
};
/* CPS: place in the packing */
static const edi_element_t CPS[] = {
    { 7164, AN, 'M', 1, 12, 35 }, { 7166, AN, 'O', 1, 12, 35 },
    { 7075, AN, 'O', 1, 3 },
};
/* CTA: somebody to ask */
static const edi_element_t CTA[] = {
    { 3139, AN, 'O', 1, 3 }, PARTS('O', c056),
};
/* CUX: currencies */
static const edi_element_t CUX[] = {
    PARTS('O', c504), PARTS('O', c504), { 5402, RR, 'O', 1, 12 },
    { 6341, AN, 'O', 1, 3 },
};
/* DGS: dangerous goods */
static const edi_element_t DGS[] = {
    { 8273, AN, 'O', 1, 3 }, PARTS('O', c205), PARTS('O', c234),
    PARTS('O', c223), { 8339, AN, 'O', 1, 3 }, { 8364, AN, 'O', 1, 6 },
    { 8410, AN, 'O', 1, 4 }, { 8126, AN, 'O', 1, 10 }, PARTS('O', c235),
    PARTS('O', c236), { 8255, AN, 'O', 1, 3 }, { 8325, AN, 'O', 1, 3 },
    { 8211, AN, 'O', 1, 3 },
};
static const edi_element_t DGS_D14B[] = {
    { 8273, AN, 'O', 1, 3 }, PARTS('O', c205), PARTS('O', c234),
    PARTS('O', c223_a), { 8339, AN, 'O', 1, 3 }, { 8364, AN, 'O', 1, 8 },
    { 8410, AN, 'O', 1, 4 }, { 8126, AN, 'O', 1, 10 }, PARTS('O', c235),
    PARTS('O', c236_a), { 8255, AN, 'O', 1, 3 }, { 8179, AN, 'O', 1, 8 },
    { 8211, AN, 'O', 1, 3 }, PARTS('O', c289),
};
/* DIM: dimensions */
static const edi_element_t DIM[] = {
    { 6145, AN, 'M', 1, 3 }, PARTS('M', c211),
};
/* DLI: a line of a document */
static const edi_element_t DLI[] = {
    { 1073, AN, 'M', 1, 3 }, { 1082, RR, 'M', 1, 6 },
};
static const edi_element_t DLI_D01B[] = {
    { 1073, AN, 'M', 1, 3 }, { 1082, AN, 'M', 1, 6 },
};
/* DLM: limits of deliveries */
static const edi_element_t DLM[] = {
    { 4455, AN, 'O', 1, 3 }, PARTS('O', c522), PARTS('O', c214),
    { 4457, AN, 'O', 1, 3 },
};
/* DOC: a document */
static const edi_element_t DOC[] = {
    PARTS('M', c002_b), PARTS('O', c503_a), { 3153, AN, 'O', 1, 3 },
    { 1220, RR, 'O', 1, 2 }, { 1218, RR, 'O', 1, 2 },
};
/* DTM: a date, a time or a period */
static const edi_element_t DTM[] = {
    PARTS('M', c507),
};
/* EFI: a file outside of the message */
static const edi_element_t EFI[] = {
    PARTS('M', c077), PARTS('O', c099), { 1050, AN, 'O', 1, 10 },
    { 9450, AN, 'O', 1, 35 },
};
/* EQA: equipment that goes along */
static const edi_element_t EQA[] = {
    { 8053, AN, 'M', 1, 3 }, PARTS('O', c237),
};
/* EQD: equipment, such as a container */
static const edi_element_t EQD[] = {
    { 8053, AN, 'M', 1, 3 }, PARTS('O', c237), PARTS('O', c224),
    { 8077, AN, 'O', 1, 3 }, { 8249, AN, 'O', 1, 3 }, { 8169, AN, 'O', 1, 3 },
    { 4233, AN, 'O', 1, 3 },
};
/* EQN: how many pieces of equipment */
static const edi_element_t EQN[] = {
    PARTS('M', c523),
};
/* ERC: an error of the application */
static const edi_element_t ERC[] = {
    PARTS('M', c901),
};
/* FII: a bank and an account */
static const edi_element_t FII[] = {
    { 3035, AN, 'M', 1, 3 }, PARTS('O', c078), PARTS('O', c088),
    { 3207, AN, 'O', 1, 3 },
};
/* FTX: free text */
static const edi_element_t FTX[] = {
    { 4451, AN, 'M', 1, 3 }, { 4453, AN, 'O', 1, 3 }, PARTS('O', c107),
    PARTS('O', c108), { 3453, AN, 'O', 1, 3 }, { 4447, AN, 'O', 1, 3 },
};
/* GDS: nature of goods */
static const edi_element_t GDS[] = {
    PARTS('O', c703),
};
/* GEI: an indication how to process */
static const edi_element_t GEI[] = {
    { 9649, AN, 'M', 1, 3 }, PARTS('O', c012), { 7187, AN, 'O', 1, 17 },
};
/* GID: goods in a shipment */
static const edi_element_t GID[] = {
    { 1496, RR, 'O', 1, 5 }, PARTS('O', c213), PARTS('O', c213),
    PARTS('O', c213), PARTS('O', c213_a), PARTS('O', c213_a),
};
/* GIN: identities of goods: serials, SSCCs */
static const edi_element_t GIN[] = {
    { 7405, AN, 'M', 1, 3 }, PARTS('M', c208), PARTS('O', c208),
    PARTS('O', c208), PARTS('O', c208), PARTS('O', c208),
};
/* GIR: identities that belong together */
static const edi_element_t GIR[] = {
    { 7297, AN, 'M', 1, 3 }, PARTS('M', c206), PARTS('O', c206),
    PARTS('O', c206), PARTS('O', c206), PARTS('O', c206),
};
/* GIS: an indicator */
static const edi_element_t GIS[] = {
    PARTS('M', c529),
};
/* GOR: what authorities require */
static const edi_element_t GOR[] = {
    { 8323, AN, 'O', 1, 3 }, PARTS('O', c232), PARTS('O', c232),
    PARTS('O', c232), PARTS('O', c232),
};
/* HAN: how to handle */
static const edi_element_t HAN[] = {
    PARTS('O', c524), PARTS('O', c218),
};
/* HYN: a level of a hierarchy */
static const edi_element_t HYN[] = {
    { 7173, AN, 'M', 1, 3 }, { 7171, AN, 'O', 1, 3 }, { 1229, AN, 'O', 1, 3 },
    PARTS('O', c212), { 7166, AN, 'O', 1, 35 },
};
/* IDE: an identity */
static const edi_element_t IDE[] = {
    { 7495, AN, 'M', 1, 3 }, PARTS('O', c206), PARTS('O', c082),
    { 4405, AN, 'O', 1, 3 }, { 1222, RR, 'O', 1, 2 }, PARTS('O', c778),
    PARTS('O', c240_a),
};
/* IMD: an item in words */
static const edi_element_t IMD[] = {
    { 7077, AN, 'O', 1, 3 }, { 7081, AN, 'O', 1, 3 }, PARTS('O', c273),
    { 7383, AN, 'O', 1, 3 },
};
static const edi_element_t IMD_D01B[] = {
    { 7077, AN, 'O', 1, 3 }, PARTS('O', c272), PARTS('O', c273_a),
    { 7383, AN, 'O', 1, 3 },
};
/* INP: instructions between parties */
static const edi_element_t INP[] = {
    PARTS('O', c849), PARTS('O', c522), PARTS('O', c850),
    { 1229, AN, 'O', 1, 3 },
};
/* INV: movement of stock */
static const edi_element_t INV[] = {
    { 4501, AN, 'O', 1, 3 }, { 7491, AN, 'O', 1, 3 }, { 4499, AN, 'O', 1, 3 },
    { 4503, AN, 'O', 1, 3 }, PARTS('O', c522),
};
/* IRQ: what is asked for */
static const edi_element_t IRQ[] = {
    PARTS('M', c333),
};
/* LIN: a line */
static const edi_element_t LIN[] = {
    { 1082, RR, 'O', 1, 6 }, { 1229, AN, 'O', 1, 3 }, PARTS('O', c212_a),
    PARTS('O', c829), { 1222, RR, 'O', 1, 2 }, { 7083, AN, 'O', 1, 3 },
};
static const edi_element_t LIN_D01B[] = {
    { 1082, AN, 'O', 1, 6 }, { 1229, AN, 'O', 1, 3 }, PARTS('O', c212),
    PARTS('O', c829_a), { 1222, RR, 'O', 1, 2 }, { 7083, AN, 'O', 1, 3 },
};
/* LOC: a place */
static const edi_element_t LOC[] = {
    { 3227, AN, 'M', 1, 3 }, PARTS('O', c517), PARTS('O', c519),
    PARTS('O', c553), { 5479, AN, 'O', 1, 3 },
};
/* MEA: measures */
static const edi_element_t MEA[] = {
    { 6311, AN, 'M', 1, 3 }, PARTS('O', c502), PARTS('O', c174),
    { 7383, AN, 'O', 1, 3 },
};
static const edi_element_t MEA_D01B[] = {
    { 6311, AN, 'M', 1, 3 }, PARTS('O', c502), PARTS('O', c174_a),
    { 7383, AN, 'O', 1, 3 },
};
/* MKS: market and channel */
static const edi_element_t MKS[] = {
    { 7293, AN, 'M', 1, 3 }, PARTS('M', c332), { 1229, AN, 'O', 1, 3 },
};
/* MOA: money */
static const edi_element_t MOA[] = {
    PARTS('M', c516),
};
/* MTD: how equipment is kept */
static const edi_element_t MTD[] = {
    { 7495, AN, 'M', 1, 3 }, { 4513, AN, 'O', 1, 3 }, { 3005, AN, 'O', 1, 3 },
    { 3009, AN, 'O', 1, 3 },
};
/* NAD: a party */
static const edi_element_t NAD[] = {
    { 3035, AN, 'M', 1, 3 }, PARTS('O', c082_a), PARTS('O', c058),
    PARTS('O', c080), PARTS('O', c059), { 3164, AN, 'O', 1, 35 },
    { 3229, AN, 'O', 1, 9 }, { 3251, AN, 'O', 1, 9 }, { 3207, AN, 'O', 1, 3 },
};
static const edi_element_t NAD_D01B[] = {
    { 3035, AN, 'M', 1, 3 }, PARTS('O', c082), PARTS('O', c058),
    PARTS('O', c080), PARTS('O', c059), { 3164, AN, 'O', 1, 35 },
    PARTS('O', c819), { 3251, AN, 'O', 1, 17 }, { 3207, AN, 'O', 1, 3 },
};
static const edi_element_t NAD_D14B[] = {
    { 3035, AN, 'M', 1, 3 }, PARTS('O', c082), PARTS('O', c058),
    PARTS('O', c080_a), PARTS('O', c059), { 3164, AN, 'O', 1, 35 },
    PARTS('O', c819), { 3251, AN, 'O', 1, 17 }, { 3207, AN, 'O', 1, 3 },
};
/* PAC: packages */
static const edi_element_t PAC[] = {
    { 7224, RR, 'O', 1, 8 }, PARTS('O', c531), PARTS('O', c202),
    PARTS('O', c402), PARTS('O', c532),
};
/* PAI: how to pay */
static const edi_element_t PAI[] = {
    PARTS('M', c534),
};
/* PAT: terms of payment */
static const edi_element_t PAT[] = {
    { 4279, AN, 'M', 1, 3 }, PARTS('O', c110), PARTS('O', c112),
};
/* PCD: a percentage */
static const edi_element_t PCD[] = {
    PARTS('M', c501), { 4405, AN, 'O', 1, 3 },
};
/* PCI: marks on packages */
static const edi_element_t PCI[] = {
    { 4233, AN, 'O', 1, 3 }, PARTS('O', c210), { 8275, AN, 'O', 1, 3 },
    PARTS('O', c827),
};
static const edi_element_t PCI_D14B[] = {
    { 4233, AN, 'O', 1, 3 }, PARTS('O', c210), { 8169, AN, 'O', 1, 3 },
    PARTS('O', c827_a),
};
/* PGI: a group of products */
static const edi_element_t PGI[] = {
    { 5379, AN, 'M', 1, 3 }, PARTS('O', c288),
};
/* PIA: more identities of an item */
static const edi_element_t PIA[] = {
    { 4347, AN, 'M', 1, 3 }, PARTS('M', c212_b), PARTS('O', c212_b),
    PARTS('O', c212_b), PARTS('O', c212_b), PARTS('O', c212_b),
};
/* PRC: a process */
static const edi_element_t PRC[] = {
    PARTS('O', c242), PARTS('O', c830),
};
/* PRI: a price */
static const edi_element_t PRI[] = {
    PARTS('O', c509), { 5213, AN, 'O', 1, 3 },
};
/* PTY: priority */
static const edi_element_t PTY[] = {
    { 4035, AN, 'M', 1, 3 }, PARTS('O', c585),
};
/* PYT: terms of payment */
static const edi_element_t PYT[] = {
    { 4279, AN, 'M', 1, 3 }, PARTS('O', c019), { 2475, AN, 'O', 1, 3 },
    { 2009, AN, 'O', 1, 3 }, { 2151, AN, 'O', 1, 3 }, { 2152, RR, 'O', 1, 3 },
};
/* QTY: a quantity */
static const edi_element_t QTY[] = {
    PARTS('M', c186),
};
static const edi_element_t QTY_D01B[] = {
    PARTS('M', c186_a),
};
/* QVR: a quantity that differs */
static const edi_element_t QVR[] = {
    PARTS('O', c279), { 4221, AN, 'O', 1, 3 }, PARTS('O', c960),
};
/* RCS: requirements and conditions */
static const edi_element_t RCS[] = {
    { 7293, AN, 'M', 1, 3 }, PARTS('O', c550), { 1229, AN, 'O', 1, 3 },
    { 3207, AN, 'O', 1, 3 },
};
/* RFF: a reference */
static const edi_element_t RFF[] = {
    PARTS('M', c506),
};
static const edi_element_t RFF_D14B[] = {
    PARTS('M', c506_a),
};
/* RJL: entries for the accounts */
static const edi_element_t RJL[] = {
    PARTS('O', c595), PARTS('O', c596),
};
/* RNG: a range */
static const edi_element_t RNG[] = {
    { 6167, AN, 'M', 1, 3 }, PARTS('O', c280),
};
/* RTE: a rate */
static const edi_element_t RTE[] = {
    PARTS('M', c128), { 4405, AN, 'O', 1, 3 },
};
/* SCC: schedule conditions */
static const edi_element_t SCC[] = {
    { 4017, AN, 'M', 1, 3 }, { 4493, AN, 'O', 1, 3 }, PARTS('O', c329),
};
/* SEL: a seal */
static const edi_element_t SEL[] = {
    { 9308, AN, 'M', 1, 10 }, PARTS('O', c215), { 4517, AN, 'O', 1, 3 },
};
static const edi_element_t SEL_D01B[] = {
    { 9308, AN, 'O', 1, 35 }, PARTS('O', c215_a), { 4517, AN, 'O', 1, 3 },
    PARTS('O', c208), { 4525, AN, 'O', 1, 3 },
};
/* SGP: which goods are in which equipment */
static const edi_element_t SGP[] = {
    PARTS('M', c237), { 7224, RR, 'O', 1, 8 },
};
/* STG: a stage */
static const edi_element_t STG[] = {
    { 9421, AN, 'M', 1, 3 }, { 6426, RR, 'O', 1, 2 }, { 6428, RR, 'O', 1, 2 },
};
/* STS: a status */
static const edi_element_t STS[] = {
    PARTS('O', c601), PARTS('O', c555), PARTS('O', c556), PARTS('O', c556),
    PARTS('O', c556), PARTS('O', c556), PARTS('O', c556),
};
static const edi_element_t STS_D01B[] = {
    PARTS('O', c601_a), PARTS('O', c555_a), PARTS('O', c556_a),
    PARTS('O', c556_a), PARTS('O', c556_a), PARTS('O', c556_a),
    PARTS('O', c556_a),
};
/* TAX: a tax */
static const edi_element_t TAX[] = {
    { 5283, AN, 'M', 1, 3 }, PARTS('O', c241), PARTS('O', c533),
    { 5286, AN, 'O', 1, 15 }, PARTS('O', c243), { 5305, AN, 'O', 1, 3 },
    { 3446, AN, 'O', 1, 20 }, { 1227, AN, 'O', 1, 3 }, { 5307, AN, 'O', 1, 3 },
};
/* TCC: charges of transport */
static const edi_element_t TCC[] = {
    PARTS('O', c200), PARTS('O', c203), PARTS('O', c528), PARTS('O', c554),
};
/* TDT: transport */
static const edi_element_t TDT[] = {
    { 8051, AN, 'M', 1, 3 }, { 8028, AN, 'O', 1, 17 }, PARTS('O', c220),
    PARTS('O', c228), PARTS('O', c040), { 8101, AN, 'O', 1, 3 },
    PARTS('O', c401), PARTS('O', c222), { 8281, AN, 'O', 1, 3 },
};
static const edi_element_t TDT_D14B[] = {
    { 8051, AN, 'M', 1, 3 }, { 8028, AN, 'O', 1, 17 }, PARTS('O', c220),
    PARTS('O', c001), PARTS('O', c040_a), { 8101, AN, 'O', 1, 3 },
    PARTS('O', c401), PARTS('O', c222_a), { 8281, AN, 'O', 1, 3 },
    PARTS('O', c003),
};
/* TMD: how goods move */
static const edi_element_t TMD[] = {
    PARTS('O', c219), { 8332, AN, 'O', 1, 26 }, { 8341, AN, 'O', 1, 3 },
};
/* TMP: a temperature */
static const edi_element_t TMP[] = {
    { 6245, AN, 'M', 1, 3 }, PARTS('O', c239),
};
/* TOD: terms of delivery */
static const edi_element_t TOD[] = {
    { 4055, AN, 'O', 1, 3 }, { 4215, AN, 'O', 1, 3 }, PARTS('O', c100),
};
/* TPL: where goods are stowed */
static const edi_element_t TPL[] = {
    PARTS('M', c222),
};
/* TRU: technical rules */
static const edi_element_t TRU[] = {
    { 7402, AN, 'M', 1, 35 }, { 1056, AN, 'O', 1, 9 }, { 1058, AN, 'O', 1, 9 },
    { 7175, AN, 'O', 1, 7 }, { 3055, AN, 'O', 1, 3 },
};
/* TSR: services of transport */
static const edi_element_t TSR[] = {
    PARTS('O', c536), PARTS('O', c233), PARTS('O', c537), PARTS('O', c703),
};
/* UCD: an error of a data element */
static const edi_element_t UCD[] = {
    {   85, AN, 'M', 1, 3 }, PARTS('M', s011),
};
/* UCF: the answer to a group */
static const edi_element_t UCF[] = {
    {   48, AN, 'M', 1, 14 }, PARTS('M', s006), PARTS('M', s007),
    {   83, AN, 'M', 1, 3, 0, actions }, {   85, AN, 'O', 1, 3 },
    {   13, AN, 'O', 1, 3 }, PARTS('O', s011),
};
static const edi_element_t UCF_S4[] = {
    {   48, AN, 'M', 1, 14 }, PARTS('O', s006), PARTS('O', s007),
    {   83, AN, 'M', 1, 3, 0, actions }, {   85, AN, 'O', 1, 3 },
    {  135, AN, 'O', 1, 3 }, PARTS('O', s011), {  534, AN, 'O', 1, 14 },
    {  138, RR, 'O', 1, 6 },
};
/* UCI: the answer to an interchange */
static const edi_element_t UCI[] = {
    {   20, AN, 'M', 1, 14 }, PARTS('M', s002), PARTS('M', s003),
    {   83, AN, 'M', 1, 3, 0, actions }, {   85, AN, 'O', 1, 3 },
    {   13, AN, 'O', 1, 3 }, PARTS('O', s011), {  534, AN, 'O', 1, 14 },
    {  138, RR, 'O', 1, 6 },
};
static const edi_element_t UCI_S4[] = {
    {   20, AN, 'M', 1, 14 }, PARTS('M', s002), PARTS('M', s003),
    {   83, AN, 'M', 1, 3, 0, actions }, {   85, AN, 'O', 1, 3 },
    {  135, AN, 'O', 1, 3 }, PARTS('O', s011), {  534, AN, 'O', 1, 14 },
    {  138, RR, 'O', 1, 6 },
};
/* UCM: the answer to a message */
static const edi_element_t UCM[] = {
    {   62, AN, 'M', 1, 14 }, PARTS('M', s009),
    {   83, AN, 'M', 1, 3, 0, actions }, {   85, AN, 'O', 1, 3 },
    {   13, AN, 'O', 1, 3 }, PARTS('O', s011),
};
static const edi_element_t UCM_S4[] = {
    {   62, AN, 'O', 1, 14 }, PARTS('O', s009),
    {   83, AN, 'M', 1, 3, 0, actions }, {   85, AN, 'O', 1, 3 },
    {  135, AN, 'O', 1, 3 }, PARTS('O', s011), {  800, AN, 'O', 1, 35 },
    PARTS('O', s020), {  534, AN, 'O', 1, 14 }, {  138, RR, 'O', 1, 6 },
};
/* UCS: an error of a segment */
static const edi_element_t UCS[] = {
    {   96, RR, 'M', 1, 6 }, {   85, AN, 'O', 1, 3 },
};
/* UNH: a message begins */
static const edi_element_t UNH[] = {
    {   62, AN, 'M', 1, 14 }, PARTS('M', s009), {   68, AN, 'O', 1, 35 },
    PARTS('O', s010), PARTS('O', s016), PARTS('O', s017), PARTS('O', s018),
};
/* UNS: between the parts of a message */
static const edi_element_t UNS[] = {
    {   81, AA, 'M', 1, 1, 0, sections },
};
/* UNT: a message ends */
static const edi_element_t UNT[] = {
    {   74, RR, 'M', 1, 10 }, {   62, AN, 'M', 1, 14 },
};


const edi_segment_t edi_edifact_segments[] = {
    SEGMENT(AJT, "AJT", 1),
    SEGMENT(AJT_D01B, "AJT", 1),
    SEGMENT(ALC, "ALC", 1),
    SEGMENT(ALI, "ALI", 0),
    SEGMENT(APR, "APR", 0),
    SEGMENT(BGM, "BGM", 0),
    SEGMENT(BGM_D01B, "BGM", 0),
    SEGMENT(CAV, "CAV", 1),
    SEGMENT(CCI, "CCI", 0),
    SEGMENT(CDI, "CDI", 2),
    SEGMENT(CED, "CED", 2),
    SEGMENT(CNI, "CNI", 0),
    SEGMENT(CNT, "CNT", 1),
    SEGMENT(COD, "COD", 0),
    SEGMENT(COM, "COM", 1),
    SEGMENT(CPI, "CPI", 0),
    SEGMENT(CPS, "CPS", 1),
    SEGMENT(CTA, "CTA", 0),
    SEGMENT(CUX, "CUX", 0),
    SEGMENT(DGS, "DGS", 0),
    SEGMENT(DGS_D14B, "DGS", 0),
    SEGMENT(DIM, "DIM", 2),
    SEGMENT(DLI, "DLI", 2),
    SEGMENT(DLI_D01B, "DLI", 2),
    SEGMENT(DLM, "DLM", 0),
    SEGMENT(DOC, "DOC", 1),
    SEGMENT(DTM, "DTM", 1),
    SEGMENT(EFI, "EFI", 1),
    SEGMENT(EQA, "EQA", 1),
    SEGMENT(EQD, "EQD", 1),
    SEGMENT(EQN, "EQN", 1),
    SEGMENT(ERC, "ERC", 1),
    SEGMENT(FII, "FII", 1),
    SEGMENT(FTX, "FTX", 1),
    SEGMENT(GDS, "GDS", 0),
    SEGMENT(GEI, "GEI", 1),
    SEGMENT(GID, "GID", 0),
    SEGMENT(GIN, "GIN", 2),
    SEGMENT(GIR, "GIR", 2),
    SEGMENT(GIS, "GIS", 1),
    SEGMENT(GOR, "GOR", 0),
    SEGMENT(HAN, "HAN", 0),
    SEGMENT(HYN, "HYN", 1),
    SEGMENT(IDE, "IDE", 1),
    SEGMENT(IMD, "IMD", 0),
    SEGMENT(IMD_D01B, "IMD", 0),
    SEGMENT(INP, "INP", 0),
    SEGMENT(INV, "INV", 0),
    SEGMENT(IRQ, "IRQ", 1),
    SEGMENT(LIN, "LIN", 0),
    SEGMENT(LIN_D01B, "LIN", 0),
    SEGMENT(LOC, "LOC", 1),
    SEGMENT(MEA, "MEA", 1),
    SEGMENT(MEA_D01B, "MEA", 1),
    SEGMENT(MKS, "MKS", 2),
    SEGMENT(MOA, "MOA", 1),
    SEGMENT(MTD, "MTD", 1),
    SEGMENT(NAD, "NAD", 1),
    SEGMENT(NAD_D01B, "NAD", 1),
    SEGMENT(NAD_D14B, "NAD", 1),
    SEGMENT(PAC, "PAC", 0),
    SEGMENT(PAI, "PAI", 1),
    SEGMENT(PAT, "PAT", 1),
    SEGMENT(PCD, "PCD", 1),
    SEGMENT(PCI, "PCI", 0),
    SEGMENT(PCI_D14B, "PCI", 0),
    SEGMENT(PGI, "PGI", 1),
    SEGMENT(PIA, "PIA", 2),
    SEGMENT(PRC, "PRC", 0),
    SEGMENT(PRI, "PRI", 0),
    SEGMENT(PTY, "PTY", 1),
    SEGMENT(PYT, "PYT", 1),
    SEGMENT(QTY, "QTY", 1),
    SEGMENT(QTY_D01B, "QTY", 1),
    SEGMENT(QVR, "QVR", 0),
    SEGMENT(RCS, "RCS", 1),
    SEGMENT(RFF, "RFF", 1),
    SEGMENT(RFF_D14B, "RFF", 1),
    SEGMENT(RJL, "RJL", 0),
    SEGMENT(RNG, "RNG", 1),
    SEGMENT(RTE, "RTE", 1),
    SEGMENT(SCC, "SCC", 1),
    SEGMENT(SEL, "SEL", 1),
    SEGMENT(SEL_D01B, "SEL", 0),
    SEGMENT(SGP, "SGP", 1),
    SEGMENT(STG, "STG", 1),
    SEGMENT(STS, "STS", 0),
    SEGMENT(STS_D01B, "STS", 0),
    SEGMENT(TAX, "TAX", 1),
    SEGMENT(TCC, "TCC", 0),
    SEGMENT(TDT, "TDT", 1),
    SEGMENT(TDT_D14B, "TDT", 1),
    SEGMENT(TMD, "TMD", 0),
    SEGMENT(TMP, "TMP", 1),
    SEGMENT(TOD, "TOD", 0),
    SEGMENT(TPL, "TPL", 1),
    SEGMENT(TRU, "TRU", 1),
    SEGMENT(TSR, "TSR", 0),
    SEGMENT(UCD, "UCD", 2),
    SEGMENT(UCF, "UCF", 4),
    SEGMENT(UCF_S4, "UCF", 4),
    SEGMENT(UCI, "UCI", 4),
    SEGMENT(UCI_S4, "UCI", 4),
    SEGMENT(UCM, "UCM", 3),
    SEGMENT(UCM_S4, "UCM", 3),
    SEGMENT(UCS, "UCS", 1),
    SEGMENT(UNH, "UNH", 2),
    SEGMENT(UNS, "UNS", 1),
    SEGMENT(UNT, "UNT", 2),
};

const size_t edi_edifact_segments_count =
    sizeof(edi_edifact_segments) / sizeof(edi_edifact_segments[0]);
