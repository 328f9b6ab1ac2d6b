/* SPDX-License-Identifier: BSD-2-Clause */

/* The limits of one value, as facets of XSD. */

#include "xsd.h"

#include <string.h>

#include "base/buf.h"


/* Formats by their shape; check digits and code lists are not XSD's. */
static const struct {
    const char *format, *pattern;
} shapes[] = {
    { "decimal", "-?(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?" },
    { "ccy", "[A-Z]{3}" },
    { "uom", "[A-Z0-9]{2,3}" },
    { "gtin14", "[0-9]{14}" },
    { "gln13", "[0-9]{13}" },
    { "sscc18", "[0-9]{18}" },
    { "instant", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
                 "(\\.[0-9]{1,3})?Z" },
    { "date", "[0-9]{4}-[0-9]{2}-[0-9]{2}" },
    { "uuid", "[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-"
              "[0-9A-Fa-f]{12}" },
    { "sha256", "[0-9a-f]{64}" },
    { "code", "[A-Z0-9_.\\-]{1,40}" },
    { "country", "[A-Z]{2}" },
    { "text", "[^\\t\\n\\r]*" },
};

/* Kinds: the types of common.xsd that they narrow. */
static const char *const bases[] = {
    [XD_FIELD_STRING] = NULL, /* xs:string */
    [XD_FIELD_NUMBER] = "value.number",
    [XD_FIELD_INTEGER] = "value.integer",
    [XD_FIELD_BOOLEAN] = "value.boolean",
};


static void
facet(xsd_t *x, xd_node_t *to, const char *name, const xd_node_t *value)
{
    if (value != NULL) {
        xsd_put(x, xsd_add(x, to, name), "@value",
            xd_dup(x->e->arena, value->text).ptr);
    }
}


static void
facet_text(xsd_t *x, xd_node_t *to, const char *name, const char *value)
{
    xsd_put(x, xsd_add(x, to, name), "@value", value);
}


static void
put_format(xsd_t *x, xd_node_t *to, const xd_node_t *format)
{
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        if (format != NULL && xd_str_is(format->text, shapes[i].format)) {
            facet_text(x, to, "pattern", shapes[i].pattern);
        }
    }
}


/* "^...$" without its ends, which XSD means anyway.  Ours use nothing that
 * the two languages read in two ways; what does is left out, as is a choice
 * that is not in parentheses. */
static const char *
pattern_of(xsd_t *x, const xd_node_t *pattern)
{
    xd_str_t p = pattern->text;
    int open = 0;

    if (p.len < 2 || p.ptr[0] != '^' || p.ptr[p.len - 1] != '$') {
        return NULL;
    }

    p = (xd_str_t){ p.ptr + 1, p.len - 2 };
    for (size_t i = 0; i < p.len; i++) {
        open += (p.ptr[i] == '(') - (p.ptr[i] == ')');
        if ((p.ptr[i] == '|' && open == 0)
            || (p.ptr[i] == '(' && i + 1 < p.len && p.ptr[i + 1] == '?'))
        {
            return NULL;
        }
    }

    return xd_dup(x->e->arena, p).ptr;
}


/* Several patterns of one type are a choice, so each value has one: its own,
 * else that of its format, else those of the formats it may have. */
static void
put_patterns(xsd_t *x, xd_node_t *to, const xd_node_t *schema)
{
    const xd_node_t *pattern = xsd_value(x, schema, "pattern");
    const xd_node_t *format = xsd_value(x, schema, "format");
    const char *text = pattern != NULL ? pattern_of(x, pattern) : NULL;

    if (text != NULL) {
        facet_text(x, to, "pattern", text);
    } else if (format != NULL) {
        put_format(x, to, format);
    } else {
        xd_each (branch, xsd_value(x, schema, "anyOf")) {
            put_format(x, to, xd_get(branch, "format"));
        }
    }
}


static void
put_values(xsd_t *x, xd_node_t *to, const xd_node_t *schema)
{
    const xd_node_t *one = xsd_value(x, schema, "const");

    facet(x, to, "enumeration", one);
    xd_each (value, one == NULL ? xsd_value(x, schema, "enum") : NULL) {
        facet(x, to, "enumeration", value);
    }
}


xd_node_t *
xsd_simple(xsd_t *x, xd_node_t *parent, const xd_field_t *field,
    const xd_node_t *schema)
{
    xd_node_t *type = xsd_add(x, parent, "simpleType");
    xd_node_t *to = xsd_add(x, type, "restriction");
    const char *base = bases[field->kind];

    xsd_put(x, to, "@base",
        base == NULL ? "xs:string"
                     : xd_fmt(x->e->arena, "%s%s", x->prefix, base).ptr);

    if (field->kind == XD_FIELD_STRING) {
        put_values(x, to, schema);
        put_patterns(x, to, schema);
        facet(x, to, "minLength", xsd_value(x, schema, "minLength"));
        facet(x, to, "maxLength", xsd_value(x, schema, "maxLength"));
    } else {
        facet(x, to, "minInclusive", xsd_value(x, schema, "minimum"));
        facet(x, to, "maxInclusive", xsd_value(x, schema, "maximum"));
    }

    return type;
}
