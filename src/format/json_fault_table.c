/* SPDX-License-Identifier: BSD-2-Clause */

/* The faults of JSON texts; RFC 8259 is the law for all but the limits. */

#include "format/json_fault.h"


const xd_json_fault_row_t xd_json_faults[] = {
    [XD_JSON_EMPTY] =          { "json.empty",          XD_E_SYNTAX,
        "the text is empty; one JSON value is expected" },
    [XD_JSON_BOM] =            { "json.bom",            XD_E_SYNTAX,
        "the text begins with a byte order mark; send UTF-8 without it" },
    [XD_JSON_VALUE] =          { "json.value",          XD_E_SYNTAX,
        "a value is expected here: an object, an array, a string in double "
        "quotes, a number, true, false or null" },
    [XD_JSON_NUMBER] =         { "json.number",         XD_E_SYNTAX,
        "this is no JSON number: write it without leading zeros or plus sign, "
        "and with digits on both sides of the point" },
    [XD_JSON_CONTROL] =        { "json.control",        XD_E_SYNTAX,
        "a control character stands in a string; write it as an escape, a "
        "line end as \\n" },
    [XD_JSON_ESCAPE] =         { "json.escape",         XD_E_SYNTAX,
        "there is no such escape; write \\\\ for a backslash, or \\u with four "
        "hex digits" },
    [XD_JSON_SURROGATE] =      { "json.surrogate",      XD_E_SYNTAX,
        "this \\u escape is half a character; both halves of a surrogate pair "
        "must stand together" },
    [XD_JSON_UTF8] =           { "json.utf8",           XD_E_SYNTAX,
        "this byte is not UTF-8; send the whole text as UTF-8" },
    [XD_JSON_UNENDED] =        { "json.string",         XD_E_SYNTAX,
        "the text ends inside this string; its closing quote is missing" },
    [XD_JSON_UNCLOSED] =       { "json.unclosed",       XD_E_SYNTAX,
        "the text ends inside an object or array; a closing bracket is "
        "missing" },
    [XD_JSON_COMMA] =          { "json.comma",          XD_E_SYNTAX,
        "a comma or the closing bracket is expected here" },
    [XD_JSON_TRAILING_COMMA] = { "json.trailing-comma", XD_E_SYNTAX,
        "nothing follows the comma before this bracket; remove the comma" },
    [XD_JSON_NAME] =           { "json.name",           XD_E_SYNTAX,
        "a member's name in double quotes is expected here" },
    [XD_JSON_COLON] =          { "json.colon",          XD_E_SYNTAX,
        "a colon is expected between a member's name and its value" },
    [XD_JSON_BEHIND] =         { "json.behind",         XD_E_SYNTAX,
        "something stands behind the end of the value; one text holds one "
        "value" },
    [XD_JSON_DUPLICATE] =      { "json.duplicate",      XD_E_SYNTAX,
        "this name stands twice in its object; keep one of the members" },
    [XD_JSON_DEPTH] =          { "json.depth",          XD_E_LIMIT,
        "objects and arrays are nested more deeply than allowed" },
    [XD_JSON_MEMBERS] =        { "json.members",        XD_E_LIMIT,
        "the text holds more values than allowed" },
    [XD_JSON_SIZE] =           { "json.size",           XD_E_LIMIT,
        "the text is larger than 4 GiB" },
};
