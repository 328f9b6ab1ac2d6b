/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The keywords served, in the order in which they are checked.  A row without
 * a compile function is an annotation; one without a check function shares
 * the step of another keyword, or has none.  Hand-set.
 *
 * Standard: JSON Schema 2020-12, Core and Validation.
 */

#include "canon/plan.h"


#define ANY XD_BIT_ALL
#define NUM XD_BIT(XD_NUMBER)
#define STR XD_BIT(XD_STRING)
#define ARR XD_BIT(XD_ARRAY)
#define OBJ XD_BIT(XD_OBJECT)

const xd_keyword_t xd_keywords[] = {
    /* name               looks at  in place      compile           check */

    { "$schema",               0,   XD_ELSEWHERE, xd_compile_root,        NULL },
    { "$id",                   0,   XD_ELSEWHERE, xd_compile_root,        NULL },
    { "$anchor",               0,   XD_ELSEWHERE, xd_compile_anchor,      NULL },
    { "$defs",                 0,   XD_ELSEWHERE, xd_compile_defs,        NULL },
    { "$ref",                  ANY, XD_ALWAYS,    xd_compile_ref,         xd_check_all },

    { "type",                  ANY, XD_ELSEWHERE, xd_compile_type,        NULL },
    { "const",                 ANY, XD_ELSEWHERE, xd_compile_value,       xd_check_const },
    { "enum",                  ANY, XD_ELSEWHERE, xd_compile_enum,        xd_check_enum },

    { "minLength",             STR, XD_ELSEWHERE, xd_compile_count,       xd_check_min_length },
    { "maxLength",             STR, XD_ELSEWHERE, xd_compile_count,       xd_check_max_length },
    { "pattern",               STR, XD_ELSEWHERE, xd_compile_pattern,     xd_check_pattern },
    { "format",                STR, XD_ELSEWHERE, xd_compile_format,      xd_check_format },

    { "minimum",               NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_minimum },
    { "maximum",               NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_maximum },
    { "exclusiveMinimum",      NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_exclusive_minimum },
    { "exclusiveMaximum",      NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_exclusive_maximum },
    { "multipleOf",            NUM, XD_ELSEWHERE, xd_compile_divisor,     xd_check_multiple },

    { "minItems",              ARR, XD_ELSEWHERE, xd_compile_count,       xd_check_min_items },
    { "maxItems",              ARR, XD_ELSEWHERE, xd_compile_count,       xd_check_max_items },
    { "prefixItems",           ARR, XD_ELSEWHERE, xd_compile_items,       xd_check_items },
    { "items",                 ARR, XD_ELSEWHERE, xd_compile_items,       xd_check_items },
    { "uniqueItems",           ARR, XD_ELSEWHERE, xd_compile_flag,        xd_check_unique },

    { "minProperties",         OBJ, XD_ELSEWHERE, xd_compile_count,       xd_check_min_properties },
    { "maxProperties",         OBJ, XD_ELSEWHERE, xd_compile_count,       xd_check_max_properties },
    { "required",              OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "properties",            OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "patternProperties",     OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "additionalProperties",  OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "propertyNames",         OBJ, XD_ELSEWHERE, xd_compile_one,         xd_check_names },
    { "dependentRequired",     OBJ, XD_ELSEWHERE, xd_compile_dependent,   xd_check_dependent },

    { "allOf",                 ANY, XD_ALWAYS,    xd_compile_list,        xd_check_all },
    { "anyOf",                 ANY, XD_PERHAPS,   xd_compile_list,        xd_check_any },
    { "oneOf",                 ANY, XD_PERHAPS,   xd_compile_list,        xd_check_one },
    { "not",                   ANY, XD_NEGATED,   xd_compile_one,         xd_check_not },
    { "if",                    ANY, XD_PERHAPS,   xd_compile_if,          xd_check_if },
    { "then",                  0,   XD_ELSEWHERE, xd_compile_branch,      NULL },
    { "else",                  0,   XD_ELSEWHERE, xd_compile_branch,      NULL },

    { "unevaluatedProperties", OBJ, XD_ELSEWHERE, xd_compile_unevaluated, xd_check_unevaluated },

    { "title",                 0,   XD_ELSEWHERE, NULL,                   NULL },
    { "description",           0,   XD_ELSEWHERE, NULL,                   NULL },
    { "default",               0,   XD_ELSEWHERE, NULL,                   NULL },
    { "examples",              0,   XD_ELSEWHERE, NULL,                   NULL },
    { "deprecated",            0,   XD_ELSEWHERE, NULL,                   NULL },
    { "readOnly",              0,   XD_ELSEWHERE, NULL,                   NULL },
    { "writeOnly",             0,   XD_ELSEWHERE, NULL,                   NULL },
    { "$comment",              0,   XD_ELSEWHERE, NULL,                   NULL },

    { NULL, 0, XD_ELSEWHERE, NULL, NULL }
};
