/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The keywords served, in the order in which they are checked.  A row without
 * a compile function is an annotation; one without a check function shares
 * the step of another keyword, or has none.  Hand-set.
 *
 * Standard: JSON Schema 2020-12 and draft-07, Core and Validation.
 */

#include "canon/plan.h"


#define ANY XD_BIT_ALL
#define NUM XD_BIT(XD_NUMBER)
#define STR XD_BIT(XD_STRING)
#define ARR XD_BIT(XD_ARRAY)
#define OBJ XD_BIT(XD_OBJECT)

#define ALL (XD_STRICT | XD_2020 | XD_07)
#define NEW (XD_STRICT | XD_2020)
#define STD (XD_2020 | XD_07)
#define OLD XD_07

#define BAS XD_V_BASIC
#define APP XD_V_APPLICATOR
#define VAL XD_V_VALIDATION
#define UNE XD_V_UNEVALUATED

#define NONE XD_NO_SCHEMA
#define HERE XD_SCHEMAS
#define EACH XD_SCHEMA_OF

const xd_keyword_t xd_keywords[] = {
    /* name                   of   vocab holds  looks at in place   compile                 check */

    { "$schema",                ALL, BAS,  NONE,   0,   XD_ELSEWHERE, xd_compile_root,        NULL },
    { "$id",                    ALL, BAS,  NONE,   0,   XD_ELSEWHERE, xd_compile_root,        NULL },
    { "$vocabulary",            NEW, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "$anchor",                NEW, BAS,  NONE,   0,   XD_ELSEWHERE, xd_compile_anchor,      NULL },
    { "$dynamicAnchor",         NEW, BAS,  NONE,   0,   XD_ELSEWHERE, xd_compile_anchor,      NULL },
    { "$defs",                  NEW, BAS,  EACH,   0,   XD_ELSEWHERE, xd_compile_defs,        NULL },
    { "definitions",            STD, BAS,  EACH,   0,   XD_ELSEWHERE, xd_compile_defs,        NULL },
    { "$ref",                   ALL, BAS,  NONE,   ANY, XD_ALWAYS,    xd_compile_ref,         xd_check_ref },
    { "$dynamicRef",            NEW, BAS,  NONE,   ANY, XD_DYNAMIC,   xd_compile_dynamic,     xd_check_dynamic },

    { "type",                   ALL, VAL,  NONE,   ANY, XD_ELSEWHERE, xd_compile_type,        NULL },
    { "const",                  ALL, VAL,  NONE,   ANY, XD_ELSEWHERE, xd_compile_value,       xd_check_const },
    { "enum",                   ALL, VAL,  NONE,   ANY, XD_ELSEWHERE, xd_compile_enum,        xd_check_enum },

    { "minLength",              ALL, VAL,  NONE,   STR, XD_ELSEWHERE, xd_compile_count,       xd_check_min_length },
    { "maxLength",              ALL, VAL,  NONE,   STR, XD_ELSEWHERE, xd_compile_count,       xd_check_max_length },
    { "pattern",                ALL, VAL,  NONE,   STR, XD_ELSEWHERE, xd_compile_pattern,     xd_check_pattern },
    { "format",                 ALL, BAS,  NONE,   STR, XD_ELSEWHERE, xd_compile_format,      xd_check_format },

    { "minimum",                ALL, VAL,  NONE,   NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_minimum },
    { "maximum",                ALL, VAL,  NONE,   NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_maximum },
    { "exclusiveMinimum",       ALL, VAL,  NONE,   NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_exclusive_minimum },
    { "exclusiveMaximum",       ALL, VAL,  NONE,   NUM, XD_ELSEWHERE, xd_compile_number,      xd_check_exclusive_maximum },
    { "multipleOf",             ALL, VAL,  NONE,   NUM, XD_ELSEWHERE, xd_compile_divisor,     xd_check_multiple },

    { "minItems",               ALL, VAL,  NONE,   ARR, XD_ELSEWHERE, xd_compile_count,       xd_check_min_items },
    { "maxItems",               ALL, VAL,  NONE,   ARR, XD_ELSEWHERE, xd_compile_count,       xd_check_max_items },
    { "prefixItems",            NEW, APP,  HERE,   ARR, XD_ELSEWHERE, xd_compile_items,       xd_check_items },
    { "items",                  ALL, APP,  HERE,   ARR, XD_ELSEWHERE, xd_compile_items,       xd_check_items },
    { "additionalItems",        OLD, APP,  HERE,   ARR, XD_ELSEWHERE, xd_compile_additional,  NULL },
    { "contains",               ALL, APP,  HERE,   ARR, XD_ELSEWHERE, xd_compile_contains,    xd_check_contains },
    { "minContains",            NEW, VAL,  NONE,   0,   XD_ELSEWHERE, xd_compile_count,       NULL },
    { "maxContains",            NEW, VAL,  NONE,   0,   XD_ELSEWHERE, xd_compile_count,       NULL },
    { "uniqueItems",            ALL, VAL,  NONE,   ARR, XD_ELSEWHERE, xd_compile_flag,        xd_check_unique },

    { "minProperties",          ALL, VAL,  NONE,   OBJ, XD_ELSEWHERE, xd_compile_count,       xd_check_min_properties },
    { "maxProperties",          ALL, VAL,  NONE,   OBJ, XD_ELSEWHERE, xd_compile_count,       xd_check_max_properties },
    { "required",               ALL, VAL,  NONE,   OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "properties",             ALL, APP,  EACH,   OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "patternProperties",      ALL, APP,  EACH,   OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "additionalProperties",   ALL, APP,  HERE,   OBJ, XD_ELSEWHERE, xd_compile_members,     xd_check_members },
    { "propertyNames",          ALL, APP,  HERE,   OBJ, XD_ELSEWHERE, xd_compile_one,         xd_check_names },
    { "dependentRequired",      NEW, VAL,  NONE,   OBJ, XD_ELSEWHERE, xd_compile_dependent,   xd_check_dependent },
    { "dependentSchemas",       NEW, APP,  EACH,   OBJ, XD_PERHAPS,   xd_compile_dependent,   xd_check_dependent },
    { "dependencies",           STD, APP,  EACH,   OBJ, XD_PERHAPS,   xd_compile_dependent,   xd_check_dependent },

    { "allOf",                  ALL, APP,  HERE,   ANY, XD_ALWAYS,    xd_compile_list,        xd_check_all },
    { "anyOf",                  ALL, APP,  HERE,   ANY, XD_PERHAPS,   xd_compile_list,        xd_check_any },
    { "oneOf",                  ALL, APP,  HERE,   ANY, XD_PERHAPS,   xd_compile_list,        xd_check_one },
    { "not",                    ALL, APP,  HERE,   ANY, XD_NEGATED,   xd_compile_one,         xd_check_not },
    { "if",                     ALL, APP,  HERE,   ANY, XD_PERHAPS,   xd_compile_if,          xd_check_if },
    { "then",                   ALL, APP,  HERE,   0,   XD_ELSEWHERE, xd_compile_branch,      NULL },
    { "else",                   ALL, APP,  HERE,   0,   XD_ELSEWHERE, xd_compile_branch,      NULL },

    { "unevaluatedItems",       NEW, UNE,  HERE,   ARR, XD_ELSEWHERE, xd_compile_unevaluated, xd_check_other_items },
    { "unevaluatedProperties",  NEW, UNE,  HERE,   OBJ, XD_ELSEWHERE, xd_compile_unevaluated, xd_check_other_members },

    { "contentEncoding",        ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "contentMediaType",       ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "contentSchema",          ALL, BAS,  HERE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "title",                  ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "description",            ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "default",                ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "examples",               ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "deprecated",             ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "readOnly",               ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "writeOnly",              ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },
    { "$comment",               ALL, BAS,  NONE,   0,   XD_ELSEWHERE, NULL,                   NULL },

    { NULL, 0, 0, NONE, 0, XD_ELSEWHERE, NULL, NULL }
};
