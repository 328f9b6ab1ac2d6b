/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The code of each kind of fault in each acknowledgement: X12 997 and 999
 * (data elements 720, 723, 718, 716), TA1 (I18), and UN/EDIFACT CONTRL
 * (service code list 0085).  And the rules that both syntaxes have.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/kinds.h"

/* Members left out are 0: most rows need none of them. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"


const xd_edi_codes_t xd_edi_codes[XD_EDI_KINDS] = {
    /*                                      AK3 AK4 AK5 AK9 TA1 0085  I */
    [XD_EDI_SEGMENT_UNKNOWN] =            {  1,  0,  0,  0,  0, 15 },
    [XD_EDI_SEGMENT_UNEXPECTED] =         {  2,  0,  0,  0,  0, 15 },
    [XD_EDI_SEGMENT_MISSING] =            {  3,  0,  0,  0,  0, 13 },
    [XD_EDI_LOOP_TOO_MANY] =              {  4,  0,  0,  0,  0, 36 },
    [XD_EDI_SEGMENT_TOO_MANY] =           {  5,  0,  0,  0,  0, 35 },
    [XD_EDI_SEGMENT_FOREIGN] =            {  6,  0,  0,  0,  0, 15 },
    [XD_EDI_SEGMENT_ORDER] =              {  7,  0,  0,  0,  0, 15 },

    [XD_EDI_ELEMENT_MISSING] =            {  0,  1,  0,  0,  0, 13 },
    [XD_EDI_ELEMENT_CONDITION] =          {  0,  2,  0,  0,  0, 13 },
    [XD_EDI_ELEMENT_EXTRA] =              {  0,  3,  0,  0,  0, 16 },
    [XD_EDI_ELEMENT_SHORT] =              {  0,  4,  0,  0,  0, 40 },
    [XD_EDI_ELEMENT_LONG] =               {  0,  5,  0,  0,  0, 39 },
    [XD_EDI_ELEMENT_CHARACTER] =          {  0,  6,  0,  0,  0, 21 },
    [XD_EDI_ELEMENT_TYPE] =               {  0,  6,  0,  0,  0, 37 },
    [XD_EDI_ELEMENT_CODE] =               {  0,  7,  0,  0,  0, 12 },
    [XD_EDI_ELEMENT_DATE] =               {  0,  8,  0,  0,  0, 12 },
    [XD_EDI_ELEMENT_TIME] =               {  0,  9,  0,  0,  0, 12 },
    [XD_EDI_ELEMENT_EXCLUSION] =          {  0, 10,  0,  0,  0, 15 },
    [XD_EDI_ELEMENT_REPEATS] =            {  0, 12,  0,  0,  0, 35 },

    [XD_EDI_GUIDE_SEGMENT_MISSING] =      {  3,  0,  0,  0,  0, 13,   6 },
    [XD_EDI_GUIDE_SEGMENT_UNUSED] =       {  2,  0,  0,  0,  0, 15,   4 },
    [XD_EDI_GUIDE_CONDITION] =            {  8,  0,  0,  0,  0, 18 },
    [XD_EDI_GUIDE_ELEMENT_MISSING] =      {  0,  2,  0,  0,  0, 13,   9 },
    [XD_EDI_GUIDE_ELEMENT_UNUSED] =       {  0, 10,  0,  0,  0, 15,  10 },
    [XD_EDI_GUIDE_CODE] =                 {  0,  7,  0,  0,  0, 12,   6 },
    [XD_EDI_GUIDE_VALUE] =                {  0,  7,  0,  0,  0, 12,  12 },

    [XD_EDI_SET_NOT_SUPPORTED] =          {  0,  0,  1,  0,  0, 14 },
    [XD_EDI_SET_NO_TRAILER] =             {  0,  0,  2,  0,  0, 13 },
    [XD_EDI_SET_CONTROL_DIFFERS] =        {  0,  0,  3,  0,  0, 28 },
    [XD_EDI_SET_COUNT] =                  {  0,  0,  4,  0,  0, 29 },
    [XD_EDI_SET_BAD_ID] =                 {  0,  0,  6,  0,  0, 12 },
    [XD_EDI_SET_BAD_CONTROL] =            {  0,  0,  7,  0,  0, 13 },
    [XD_EDI_SET_CONTROL_AGAIN] =          {  0,  0, 23,  0,  0, 26 },

    [XD_EDI_GROUP_NO_TRAILER] =           {  0,  0,  0,  3,  0, 13 },
    [XD_EDI_GROUP_CONTROL_DIFFERS] =      {  0,  0,  0,  4,  0, 28 },
    [XD_EDI_GROUP_COUNT] =                {  0,  0,  0,  5,  0, 29 },
    [XD_EDI_GROUP_BAD_CONTROL] =          {  0,  0,  0,  6,  0, 13 },

    [XD_EDI_INTERCHANGE_NO_TRAILER] =     {  0,  0,  0,  0, 23, 13 },
    [XD_EDI_INTERCHANGE_CONTROL_DIFFERS] = { 0,  0,  0,  0,  1, 28 },
    [XD_EDI_INTERCHANGE_COUNT] =          {  0,  0,  0,  0, 21, 29 },
    [XD_EDI_INTERCHANGE_STRUCTURE] =      {  0,  0,  0,  0, 22, 33 },
    [XD_EDI_INTERCHANGE_CONTENT] =        {  0,  0,  0,  0, 24, 18 },
    [XD_EDI_INTERCHANGE_COMPONENT] =      {  0,  0,  0,  0, 27, 22 },
    [XD_EDI_INTERCHANGE_SYNTAX] =         {  0,  0,  0,  0, 17,  2 },
    [XD_EDI_INTERCHANGE_MISSING] =        {  0,  0,  0,  0, 24, 13 },
    [XD_EDI_INTERCHANGE_AGAIN] =          {  0,  0,  0,  0, 25, 26 },
};


/* -- rules that both syntaxes have ----------------------------------------- */

static const char *const twins[] = {
    "edifact.control.padding",
    "edifact.element.code",
    "edifact.element.components",
    "edifact.element.control",
    "edifact.element.date",
    "edifact.element.missing",
    "edifact.element.number",
    "edifact.element.repeated",
    "edifact.element.too-long",
    "edifact.element.too-short",
    "edifact.group.control",
    "edifact.group.control-differs",
    "edifact.group.count",
    "edifact.group.no-trailer",
    "edifact.gs1.check-digit",
    "edifact.gs1.sscc-again",
    "edifact.interchange.control-differs",
    "edifact.interchange.count",
    "edifact.interchange.no-trailer",
    "edifact.loop.too-many",
    "edifact.segment.elements",
    "edifact.segment.foreign",
    "edifact.segment.missing",
    "edifact.segment.order",
    "edifact.segment.stray",
    "edifact.segment.too-many",
    "edifact.segment.unexpected",
    "edifact.segment.unknown",
    "edifact.set.control",
    "edifact.set.control-again",
    "edifact.set.control-differs",
    "edifact.set.count",
    "edifact.set.id",
    "edifact.set.no-trailer",
    "edifact.set.not-supported",
    "edifact.total.amount",
    "edifact.total.lines",
    "edifact.total.quantity",
};


const char *
edi_rule_twin(const char *rule)
{
    const size_t x12 = sizeof("x12") - 1, edifact = sizeof("edifact") - 1;

    for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
        if (strcmp(twins[i] + edifact, rule + x12) == 0) {
            return twins[i];
        }
    }

    return rule;
}
