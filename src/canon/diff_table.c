/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What can change in a schema, for whom that is bad, and what to do; and by
 * which keyword it is found.  Hand-set: clang-format leaves *_table.c alone.
 */

#include "canon/diff_plan.h"


#define NOTE  XD_DIFF_DOCUMENTATION
#define FINE  XD_DIFF_ADDITIVE
#define BREAK XD_DIFF_BREAKING

#define MINOR " Give the schema a new minor."
#define MAJOR ", or give the schema a new major."

const xd_change_row_t xd_change_rows[] = {
    [XD_CHANGE_SCHEMA_ADDED] = { FINE, "schema.added",
        "The schema ", " is new." },
    [XD_CHANGE_SCHEMA_REMOVED] = { BREAK, "schema.removed",
        "The schema ", " is gone: its documents cannot be checked any more. Put it back." },
    [XD_CHANGE_VERSION_BACK] = { BREAK, "version.back",
        "The version goes back to ", ": a version only grows. Give it one that is higher." },
    [XD_CHANGE_FORM_ADDED] = { FINE, "form.added",
        "The form ", " is new." },
    [XD_CHANGE_FORM_REMOVED] = { BREAK, "form.removed",
        "The form ", " is gone: who checks by it or refers to it cannot any more. Put it back" MAJOR },

    [XD_CHANGE_NOTE] = { NOTE, "note",
        "The ", " has changed, which changes no document. Nothing is to be done." },

    [XD_CHANGE_MEMBER_ADDED] = { FINE, "member.added",
        "The member ", " is new and optional: who reads by the old schema passes it over." MINOR },
    [XD_CHANGE_MEMBER_CLAIMED] = { BREAK, "member.claimed",
        "The member ", " had no rules of its own and now has: who wrote something else there is refused. Take another name" MAJOR },
    [XD_CHANGE_MEMBER_REMOVED] = { BREAK, "member.removed",
        "The member ", " is gone: who writes it is refused or not understood, who reads it finds nothing. Put it back" MAJOR },
    [XD_CHANGE_REQUIRED_ADDED] = { BREAK, "required.added",
        "The member ", " must now be there: who writes without it is refused. Take it out of required" MAJOR },
    [XD_CHANGE_REQUIRED_REMOVED] = { BREAK, "required.removed",
        "The member ", " need no longer be there: who reads by the old schema relies on it. Put it back into required" MAJOR },
    [XD_CHANGE_CLOSED] = { BREAK, "members.closed",
        "Other ", " are refused now, or held to more: who writes some is refused. Leave it open" MAJOR },
    [XD_CHANGE_OPENED] = { FINE, "members.opened",
        "Other ", " are let pass now: who reads by the old schema passes them over." MINOR },

    [XD_CHANGE_TYPE_WIDENED] = { BREAK, "type.widened",
        "A value may now be ", ": who reads by the old schema cannot take that kind. Take it out of type" MAJOR },
    [XD_CHANGE_TYPE_NARROWED] = { BREAK, "type.narrowed",
        "A value may no longer be ", ": who writes that is refused. Put it back into type" MAJOR },

    [XD_CHANGE_CODE_ADDED] = { FINE, "code.added",
        "The value ", " is new: who reads by the old schema takes it as OTHER." MINOR },
    [XD_CHANGE_CODE_REMOVED] = { BREAK, "code.removed",
        "The value ", " is gone: who writes it is refused. Put it back" MAJOR },
    [XD_CHANGE_CODES_SET] = { BREAK, "codes.set",
        "Only ", " may stand here now: who writes another value is refused. Take the list away" MAJOR },
    [XD_CHANGE_CODES_LIFTED] = { FINE, "codes.lifted",
        "Any value may stand here now, not ", " alone: who reads by the old schema takes an unknown one as OTHER." MINOR },

    [XD_CHANGE_LIMIT_WIDER] = { FINE, "limit.wider",
        "The limit ", ", which is wider." MINOR },
    [XD_CHANGE_LIMIT_NARROWER] = { BREAK, "limit.narrower",
        "The limit ", ", which is narrower: who writes up to the old one is refused. Put the old one back" MAJOR },
    [XD_CHANGE_LIMIT_SET] = { BREAK, "limit.set",
        "The limit ", " is new: who writes beyond it is refused. Take it away" MAJOR },
    [XD_CHANGE_LIMIT_LIFTED] = { FINE, "limit.lifted",
        "The limit ", " is gone, which is wider." MINOR },

    [XD_CHANGE_PATTERN_SET] = { BREAK, "pattern.set",
        "The pattern ", " is new: who writes what does not match is refused. Put the old one back, or none" MAJOR },
    [XD_CHANGE_PATTERN_LIFTED] = { FINE, "pattern.lifted",
        "The pattern ", " is gone: more texts may stand here." MINOR },
    [XD_CHANGE_FORMAT_SET] = { BREAK, "format.set",
        "The format ", " is new: who writes another form is refused. Take it away" MAJOR },
    [XD_CHANGE_FORMAT_LIFTED] = { BREAK, "format.lifted",
        "The format ", " is gone: who reads by the old schema relies on that form. Put it back" MAJOR },

    [XD_CHANGE_CHECK_SET] = { BREAK, "check.set",
        "What ", " asks for is new or has changed: who writes what fitted before may be refused. Put the old one back" MAJOR },
    [XD_CHANGE_CHECK_LIFTED] = { FINE, "check.lifted",
        "What ", " asked for is gone: more documents fit." MINOR },
    [XD_CHANGE_BRANCH_ADDED] = { FINE, "branch.added",
        "A branch of ", " is new: more documents fit." MINOR },
    [XD_CHANGE_BRANCH_REMOVED] = { BREAK, "branch.removed",
        "A branch of ", " is gone or has changed: who writes by it is refused. Put it back" MAJOR },
    [XD_CHANGE_IMPOSSIBLE] = { BREAK, "schema.false",
        "Nothing may stand here any more, as ", " is false: who writes it is refused. Put the old one back" MAJOR },
    [XD_CHANGE_POSSIBLE] = { FINE, "schema.true",
        "Something may stand here now, where ", " was false." MINOR },
};


/* Every keyword that checks something, and those that people read. */
const xd_diff_row_t xd_diff_rows[] = {
    { "type",                  xd_diff_type },
    { "enum",                  xd_diff_enum }, /* const too */
    { "minLength",             xd_diff_least },
    { "maxLength",             xd_diff_most },
    { "minimum",               xd_diff_least },
    { "maximum",               xd_diff_most },
    { "exclusiveMinimum",      xd_diff_least },
    { "exclusiveMaximum",      xd_diff_most },
    { "multipleOf",            xd_diff_whole },
    { "minItems",              xd_diff_least },
    { "maxItems",              xd_diff_most },
    { "minProperties",         xd_diff_least },
    { "maxProperties",         xd_diff_most },
    { "minContains",           xd_diff_least },
    { "maxContains",           xd_diff_most },
    { "uniqueItems",           xd_diff_flag },
    { "pattern",               xd_diff_pattern },
    { "format",                xd_diff_format },

    { "required",              xd_diff_required },
    { "properties",            xd_diff_members },
    { "additionalProperties",  xd_diff_rest }, /* unevaluated… too */
    { "items",                 xd_diff_one },
    { "unevaluatedItems",      xd_diff_one },
    { "additionalItems",       xd_diff_one },
    { "propertyNames",         xd_diff_one },
    { "anyOf",                 xd_diff_branches },
    { "oneOf",                 xd_diff_branches },
    { "if",                    xd_diff_when }, /* then, else too */

    { "patternProperties",     xd_diff_whole },
    { "prefixItems",           xd_diff_whole },
    { "contains",              xd_diff_whole },
    { "not",                   xd_diff_whole },
    { "dependentRequired",     xd_diff_whole },
    { "dependentSchemas",      xd_diff_whole },
    { "dependencies",          xd_diff_whole },
    { "$dynamicRef",           xd_diff_whole },
    { "contentEncoding",       xd_diff_whole },
    { "contentMediaType",      xd_diff_whole },

    { "title",                 xd_diff_note },
    { "description",           xd_diff_note },
    { "examples",              xd_diff_note },
    { "default",               xd_diff_note },
    { "deprecated",            xd_diff_note },
    { "x-pii",                 xd_diff_note },
    { NULL, NULL }
};
