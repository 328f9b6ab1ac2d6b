/* SPDX-License-Identifier: BSD-2-Clause */

/* The canonical form, by libxml2: from its own tree, so the text is parsed
 * once more after the reader has found nothing wrong with it. */

#include <libxml/c14n.h>
#include <libxml/parser.h>

#include "format/xml_plan.h"

#define OPTIONS                                                                \
    (XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOENT | XML_PARSE_HUGE \
        | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)


/* Its errors have no place but standard error, where nobody looks. */
static void
on_error(void *ctx, xmlErrorPtr error)
{
    bool *relative = ctx;

    *relative = *relative || error->code == XML_C14N_RELATIVE_NAMESPACE;
}


static xd_rc_t
dump(xmlDocPtr doc, bool exclusive, xd_buf_t *out, bool *relative)
{
    int mode = exclusive ? XML_C14N_EXCLUSIVE_1_0 : XML_C14N_1_0, len;
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *before_ctx = xmlStructuredErrorContext;
    xmlChar *text = NULL;

    xmlSetStructuredErrorFunc(relative, on_error);
    len = xmlC14NDocDumpMemory(doc, NULL, mode, NULL, 0, &text);
    xmlSetStructuredErrorFunc(before_ctx, before);

    if (len < 0 || text == NULL) {
        return *relative ? XD_E_SYNTAX : XD_E_MEMORY;
    }

    xd_buf_add(out, (xd_str_t){ (const char *) text, (size_t) len });
    xmlFree(text);

    return xd_buf_rc(out);
}


/* libxml2 2.9 writes namespaces as they are, so one that holds markup would
 * become another document. */
static bool
has_markup(const xd_node_t *element)
{
    xd_each (member, element) {
        if (xd_xml_is_element(member) && has_markup(member)) {
            return true;
        }

        for (size_t i = 0; xd_str_starts(member->key, XD_STR("@xmlns"))
                           && i < member->text.len;
             i++)
        {
            if (memchr("&<>\"\t\n\r", member->text.ptr[i], 7) != NULL) {
                return true;
            }
        }
    }

    return false;
}


static xd_rc_t
write_canonical(xd_xml_input_t *in, bool exclusive, xd_buf_t *out)
{
    xmlDocPtr doc =
        xmlReadMemory(in->text.ptr, (int) in->text.len, NULL, NULL, OPTIONS);
    bool relative = false;
    xd_rc_t rc;

    if (doc == NULL) {
        return XD_E_MEMORY;
    }

    rc = dump(doc, exclusive, out, &relative);
    xmlFreeDoc(doc);

    return relative ? xd_xml_fault(in, XD_XML_RELATIVE, 0, NULL) : rc;
}


xd_rc_t
xd_xml_canonical(xd_arena_t *arena, xd_str_t bytes,
    const xd_xml_limits_t *limits, bool exclusive, xd_buf_t *out,
    xd_report_t *rep)
{
    xd_node_t *root;
    xd_xml_input_t in;
    xd_rc_t rc = xd_xml_read(arena, bytes, limits, &root, rep);

    if (rc == XD_OK) {
        rc = xd_xml_open(&in, arena, bytes, limits, rep);
    }

    if (rc == XD_OK && has_markup(root)) {
        rc = xd_xml_fault(&in, XD_XML_RELATIVE, 0, NULL);
    }

    return rc == XD_OK ? write_canonical(&in, exclusive, out) : rc;
}
