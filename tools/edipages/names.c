/* SPDX-License-Identifier: BSD-2-Clause */

#include "names.h"

#include <string.h>


static const char *
find(const edi_name_t *names, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i].id, id) == 0) {
            return names[i].words;
        }
    }

    return "";
}


const char *
edi_segment_name(const char *id)
{
    return find(edi_segment_names, edi_segment_names_count, id);
}


const char *
edi_set_name(const char *code)
{
    return find(edi_set_names, edi_set_names_count, code);
}


const char *
edi_element_name(uint16_t number)
{
    for (size_t i = 0; i < edi_element_names_count; i++) {
        if (edi_element_names[i].number == number) {
            return edi_element_names[i].words;
        }
    }

    return "";
}
