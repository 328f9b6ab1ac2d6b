/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef EDIPAGES_NAMES_H
#define EDIPAGES_NAMES_H

#include <stddef.h>
#include <stdint.h>


/* Words for what the tables of grammars know by ids and numbers only. */

typedef struct {
    const char *id;
    const char *words;
} edi_name_t;

typedef struct {
    uint16_t number;
    const char *words;
} edi_element_name_t;

extern const edi_name_t edi_segment_names[], edi_set_names[];
extern const size_t edi_segment_names_count, edi_set_names_count;
extern const edi_element_name_t edi_element_names[];
extern const size_t edi_element_names_count;

/* Each returns "" for what has no name. */
const char *edi_segment_name(const char *id);
const char *edi_set_name(const char *code);
const char *edi_element_name(uint16_t number);

#endif
