/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every transaction set of X12 that has a grammar.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/grammar.h"


extern const edi_set_t edi_set_810, edi_set_850, edi_set_855, edi_set_856,
    edi_set_997;

const edi_set_t *const edi_x12_sets[] = {
    &edi_set_810, &edi_set_850, &edi_set_855, &edi_set_856, &edi_set_997,
};

const size_t edi_x12_sets_count = sizeof(edi_x12_sets) / sizeof(edi_x12_sets[0]);
