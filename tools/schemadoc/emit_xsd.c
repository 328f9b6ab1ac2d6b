/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * XSD 1.0 of the XML form.  common.xsd has no namespace of its own and takes
 * that of the document which includes it, so one default namespace serves a
 * whole document.  A document's own objects are written where they are used:
 * their names may be those of common objects.
 */

#include "xsd.h"

#include "base/buf.h"
#include "base/file.h"

#define XS   "http://www.w3.org/2001/XMLSchema"
#define HOPS 16


/* Types that every document needs, beside those of common.json. */
static const char values[] =
    "<s xmlns='" XS "' xmlns:xs='" XS "'>"
    "<xs:simpleType name='value.integer'><xs:annotation><xs:documentation>"
    "A whole number, as JSON writes it.</xs:documentation></xs:annotation>"
    "<xs:restriction base='xs:decimal'>"
    "<xs:pattern value='-?(0|[1-9][0-9]*)(\\.0+)?'/></xs:restriction>"
    "</xs:simpleType>"
    "<xs:simpleType name='value.number'><xs:annotation><xs:documentation>"
    "A number, as JSON writes it.</xs:documentation></xs:annotation>"
    "<xs:restriction base='xs:double'>"
    "<xs:pattern value='-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+\\-]?[0-9]+)?'/>"
    "</xs:restriction></xs:simpleType>"
    "<xs:simpleType name='value.boolean'><xs:restriction base='xs:boolean'>"
    "<xs:pattern value='true|false'/></xs:restriction></xs:simpleType>"
    "<xs:simpleType name='value.type'><xs:restriction base='xs:string'>"
    "<xs:enumeration value='string'/><xs:enumeration value='number'/>"
    "<xs:enumeration value='boolean'/><xs:enumeration value='null'/>"
    "<xs:enumeration value='object'/><xs:enumeration value='array'/>"
    "</xs:restriction></xs:simpleType>"
    "<xs:complexType name='value.any' mixed='true'><xs:annotation>"
    "<xs:documentation>A value of any kind; type says which, a string where "
    "it does not.</xs:documentation></xs:annotation>"
    "<xs:choice minOccurs='0'>"
    "<xs:element name='member' type='value.member' maxOccurs='unbounded'/>"
    "<xs:element name='entry' type='value.any' maxOccurs='unbounded'/>"
    "</xs:choice>"
    "<xs:attribute name='type' type='value.type'/>"
    "<xs:attribute name='escaped' type='value.boolean'/></xs:complexType>"
    "<xs:complexType name='value.member' mixed='true'><xs:complexContent>"
    "<xs:extension base='value.any'>"
    "<xs:attribute name='name' type='xs:string'/>"
    "<xs:attribute name='escapedName' type='xs:string'/>"
    "</xs:extension></xs:complexContent></xs:complexType>"
    "<xs:complexType name='value.free'><xs:annotation><xs:documentation>"
    "Members of any name.</xs:documentation></xs:annotation>"
    "<xs:sequence><xs:element name='member' type='value.member' "
    "minOccurs='0' maxOccurs='unbounded'/></xs:sequence></xs:complexType>"
    "</s>";


xd_node_t *
xsd_add(xsd_t *x, xd_node_t *parent, const char *name)
{
    xd_node_t *made =
        parent == NULL ? NULL : xd_xml_add(x->e->arena, parent, xd_str(name));

    if (made == NULL) {
        x->rc = XD_E_MEMORY;
    }

    return made;
}


void
xsd_put(xsd_t *x, xd_node_t *element, const char *key, const char *value)
{
    if (value != NULL
        && xd_xml_add_attribute(x->e->arena, element, key, xd_str(value))
               == NULL)
    {
        x->rc = XD_E_MEMORY;
    }
}


const xd_node_t *
xsd_value(xsd_t *x, const xd_node_t *schema, const char *keyword)
{
    for (int i = 0; i < HOPS && schema != NULL; i++) {
        const xd_node_t *value = xd_get(schema, keyword);
        const xd_node_t *ref = xd_get(schema, "$ref");

        if (value != NULL || ref == NULL) {
            return value;
        }

        schema = xd_book_ref(&x->e->book, ref, ref->text);
    }

    return NULL;
}


static void
put_documentation(xsd_t *x, xd_node_t *to, xd_str_t text)
{
    xd_node_t *note;

    if (text.len == 0) {
        return;
    }

    note = xsd_add(x, xsd_add(x, to, "annotation"), "documentation");
    if (note != NULL && xd_xml_add_text(x->e->arena, note, text) == NULL) {
        x->rc = XD_E_MEMORY;
    }
}


/* -- types ---------------------------------------------------------------- */


/* What narrows a value beside its reference, so that it is no longer just
 * the type that it refers to. */
static bool
is_narrowed(const xd_node_t *schema)
{
    static const char *const words[] = { "enum", "const", "pattern", "format",
        "minLength", "maxLength", "minimum", "maximum", "anyOf" };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (xd_get(schema, words[i]) != NULL) {
            return true;
        }
    }

    return false;
}


/* The type of common.xsd that a schema refers to; NULL: it is written out. */
static const char *
shared_type(xsd_t *x, const xd_node_t *schema)
{
    for (int i = 0; i < HOPS; i++) {
        const xd_node_t *ref = xd_get(schema, "$ref");
        const xd_leaf_t *leaf;

        if (ref == NULL || is_narrowed(schema)) {
            return NULL;
        }

        schema = xd_book_ref(&x->e->book, ref, ref->text);
        leaf = schema != NULL ? xd_book_leaf_of(&x->e->book, schema) : NULL;
        if (leaf == NULL) {
            x->rc = XD_E_SYNTAX;
            return NULL;
        }

        if (xd_str_is(leaf->name, "common")) {
            return xd_fmt(x->e->arena, "%s%.*s", x->prefix, XD_FMT(schema->key))
                .ptr;
        }
    }

    return NULL;
}


static const xd_node_t *
schema_of(xsd_t *x, const xd_field_t *field)
{
    const xd_leaf_t *any = *XD_AT(&x->e->book.leaves, xd_leaf_t *, 0);
    const xd_node_t *schema =
        xd_book_ref(&x->e->book, any->root, xd_str(field->pointer));

    if (schema == NULL) {
        x->rc = XD_E_SYNTAX;
    }

    return schema;
}


static xd_node_t *put_type(xsd_t *x, xd_node_t *parent,
    const xd_field_t *field);


/* <xs:element name=...> with its type, by name or written out. */
static xd_node_t *
put_element(xsd_t *x, xd_node_t *parent, const char *name,
    const xd_field_t *field)
{
    static const char *const fixed[] = {
        [XD_FIELD_FREE] = "value.free",
        [XD_FIELD_ANY] = "value.any",
    };
    const xd_node_t *schema = schema_of(x, field);
    xd_node_t *element = xsd_add(x, parent, "element");
    const char *type = shared_type(x, schema);

    if (field->kind >= XD_FIELD_FREE) {
        type = xd_fmt(x->e->arena, "%s%s", x->prefix, fixed[field->kind]).ptr;
    }

    xsd_put(x, element, "@name", name);
    xsd_put(x, element, "@type", type);
    put_documentation(x, element, xd_text(schema, "description"));
    if (type == NULL) {
        (void) put_type(x, element, field);
    }

    return element;
}


static xd_node_t *
put_object(xsd_t *x, xd_node_t *parent, const xd_field_t *field)
{
    xd_node_t *type = xsd_add(x, parent, "complexType");
    xd_node_t *all = xsd_add(x, type, "all");

    for (size_t i = 0; i < field->count; i++) {
        const xd_field_t *child = &field->children[i];
        xd_node_t *element = put_element(x, all, child->name, child);

        if ((child->flags & XD_FIELD_REQUIRED) == 0) {
            xsd_put(x, element, "@minOccurs", "0");
        }
    }

    return type;
}


static xd_node_t *
put_array(xsd_t *x, xd_node_t *parent, const xd_field_t *field,
    const xd_node_t *schema)
{
    const xd_node_t *least = xsd_value(x, schema, "minItems");
    const xd_node_t *most = xsd_value(x, schema, "maxItems");
    xd_node_t *type = xsd_add(x, parent, "complexType");
    xd_node_t *entry = put_element(x, xsd_add(x, type, "sequence"), "entry",
        xd_field_items(field));

    xsd_put(x, entry, "@minOccurs",
        least != NULL ? xd_dup(x->e->arena, least->text).ptr : "0");
    xsd_put(x, entry, "@maxOccurs",
        most != NULL ? xd_dup(x->e->arena, most->text).ptr : "unbounded");

    return type;
}


static xd_node_t *
put_type(xsd_t *x, xd_node_t *parent, const xd_field_t *field)
{
    const xd_node_t *schema = schema_of(x, field);

    switch (field->kind) {
    case XD_FIELD_OBJECT:
        return put_object(x, parent, field);
    case XD_FIELD_ARRAY:
        return put_array(x, parent, field, schema);
    case XD_FIELD_STRING:
    case XD_FIELD_NUMBER:
    case XD_FIELD_INTEGER:
    case XD_FIELD_BOOLEAN:
        return xsd_simple(x, parent, field, schema);
    case XD_FIELD_FREE:
    case XD_FIELD_ANY:
        break;
    }

    return NULL;
}


/* -- files ---------------------------------------------------------------- */


static xd_node_t *
new_schema(xsd_t *x)
{
    xd_node_t *root = xd_xml_add(x->e->arena, NULL, XD_STR("schema"));

    xsd_put(x, root, "@xmlns", XS);
    xsd_put(x, root, "@xmlns:xs", XS);
    xsd_put(x, root, "@elementFormDefault", "qualified");

    return root;
}


static xd_rc_t
write_file(xsd_t *x, xd_str_t name, const xd_node_t *root)
{
    xd_str_t path = xd_fmt(x->e->arena, "xsd/%.*s.xsd", XD_FMT(name));
    xd_buf_t out = { 0 };
    xd_rc_t rc = x->rc;

    if (rc == XD_OK) {
        xd_xml_write(&out, root, XD_XML_PRETTY);
        rc = xd_buf_rc(&out);
    }

    if (rc == XD_OK) {
        rc = path.ptr != NULL ? emit_file(x->e, path, xd_buf_str(&out))
                              : XD_E_MEMORY;
    }

    xd_buf_free(&out);

    return rc;
}


/* Copies what was read of the text above: their namespace is root's. */
static xd_rc_t
put_values(xsd_t *x, xd_node_t *root)
{
    xd_node_t *read = NULL;
    xd_rc_t rc =
        xd_xml_read(x->e->arena, xd_str(values), NULL, &read, &x->e->rep);

    xd_each (type, read) {
        if (xd_xml_is_element(type)
            && xd_node_add(x->e->arena, root, xd_node_copy(x->e->arena, type))
                   == NULL)
        {
            return XD_E_MEMORY;
        }
    }

    return rc;
}


static xd_rc_t
write_common(xsd_t *x)
{
    const xd_leaf_t *leaf = xd_book_find(&x->e->book, XD_STR("common"));
    xd_node_t *root = new_schema(x), *type;
    xd_field_t field;
    xd_rc_t rc = leaf != NULL ? put_values(x, root) : XD_E_SYNTAX;

    x->prefix = "";
    xd_each (def, rc == XD_OK ? xd_get(leaf->root, "$defs") : NULL) {
        rc = xd_describe_field(x->d, def, &field);
        if (rc != XD_OK) {
            return rc;
        }

        if (field.kind < XD_FIELD_FREE) {
            type = put_type(x, root, &field);
            xsd_put(x, type, "@name", xd_dup(x->e->arena, def->key).ptr);
        }
    }

    return rc == XD_OK ? write_file(x, XD_STR("common"), root) : rc;
}


static xd_rc_t
write_document(xsd_t *x, const xd_leaf_t *leaf)
{
    xd_node_t *root = new_schema(x), *element, *include;
    xd_descriptor_t row;
    xd_rc_t rc = xd_describe(x->d, leaf, &row);

    if (rc != XD_OK) {
        return rc;
    }

    x->prefix = "d:";
    xsd_put(x, root, "@xmlns:d", row.space);
    xsd_put(x, root, "@targetNamespace", row.space);
    xsd_put(x, root, "@version",
        xd_fmt(x->e->arena, "%u.%u", leaf->major, leaf->minor).ptr);
    include = xsd_add(x, root, "include");
    xsd_put(x, include, "@schemaLocation", "common.xsd");

    element = xsd_add(x, root, "element");
    xsd_put(x, element, "@name", row.document);
    put_documentation(x, element, xd_text(leaf->root, "description"));
    (void) put_object(x, element, &row.root);

    return write_file(x, leaf->name, root);
}


xd_rc_t
emit_xsd(emit_t *e)
{
    xsd_t x = { .e = e, .d = xd_describer_new(e->arena, &e->book) };
    xd_str_t dir = xd_fmt(e->arena, "%s/xsd", e->out);
    const xd_document_t *row;
    const xd_leaf_t *leaf;
    xd_rc_t rc = x.d == NULL || dir.ptr == NULL ? XD_E_MEMORY
                                                : xd_file_mkdirs(dir.ptr, 0755);

    rc = rc == XD_OK ? write_common(&x) : rc;
    for (size_t n = 0;
         rc == XD_OK && (leaf = emit_document(e, n, &row)) != NULL; n++)
    {
        rc = write_document(&x, leaf);
    }

    return rc;
}
