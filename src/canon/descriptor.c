/* SPDX-License-Identifier: BSD-2-Clause */

#include "canon/descriptor.h"


const xd_descriptor_t *
xd_descriptor_find(const xd_descriptor_t *rows, xd_str_t document)
{
    for (; rows->document != NULL; rows++) {
        if (xd_str_is(document, rows->document)) {
            return rows;
        }
    }

    return NULL;
}


const xd_descriptor_t *
xd_descriptor_of_space(const xd_descriptor_t *rows, xd_str_t space)
{
    for (; rows->document != NULL; rows++) {
        if (xd_str_is(space, rows->space)) {
            return rows;
        }
    }

    return NULL;
}


const xd_field_t *
xd_field_find(const xd_field_t *field, xd_str_t name)
{
    for (size_t i = 0; field != NULL && i < field->count; i++) {
        const xd_field_t *child = &field->children[i];

        if (child->name != NULL && xd_str_is(name, child->name)) {
            return child;
        }
    }

    return NULL;
}


const xd_field_t *
xd_field_items(const xd_field_t *field)
{
    return field != NULL && field->kind == XD_FIELD_ARRAY && field->count > 0
               ? field->children
               : NULL;
}
