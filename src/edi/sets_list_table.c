/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every transaction set of X12 that has a grammar.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/grammar.h"


extern const edi_set_t edi_set_110, edi_set_180, edi_set_204, edi_set_210, edi_set_211,
    edi_set_212, edi_set_214, edi_set_214_4020, edi_set_753, edi_set_754,
    edi_set_810, edi_set_812, edi_set_816, edi_set_820, edi_set_824,
    edi_set_830, edi_set_832, edi_set_846, edi_set_850, edi_set_852,
    edi_set_855, edi_set_856, edi_set_860, edi_set_861, edi_set_862,
    edi_set_864, edi_set_865, edi_set_867, edi_set_869, edi_set_870,
    edi_set_875, edi_set_876, edi_set_879, edi_set_880, edi_set_888,
    edi_set_889, edi_set_894, edi_set_895, edi_set_940, edi_set_943,
    edi_set_944, edi_set_944_4020, edi_set_945, edi_set_947, edi_set_990,
    edi_set_997, edi_set_999;

const edi_set_t *const edi_x12_sets[] = {
    &edi_set_110, &edi_set_180, &edi_set_204, &edi_set_210, &edi_set_211,
    &edi_set_212, &edi_set_214, &edi_set_214_4020, &edi_set_753, &edi_set_754,
    &edi_set_810, &edi_set_812, &edi_set_816, &edi_set_820, &edi_set_824,
    &edi_set_830, &edi_set_832, &edi_set_846, &edi_set_850, &edi_set_852,
    &edi_set_855, &edi_set_856, &edi_set_860, &edi_set_861, &edi_set_862,
    &edi_set_864, &edi_set_865, &edi_set_867, &edi_set_869, &edi_set_870,
    &edi_set_875, &edi_set_876, &edi_set_879, &edi_set_880, &edi_set_888,
    &edi_set_889, &edi_set_894, &edi_set_895, &edi_set_940, &edi_set_943,
    &edi_set_944, &edi_set_944_4020, &edi_set_945, &edi_set_947, &edi_set_990,
    &edi_set_997, &edi_set_999,
};

const size_t edi_x12_sets_count = sizeof(edi_x12_sets) / sizeof(edi_x12_sets[0]);
