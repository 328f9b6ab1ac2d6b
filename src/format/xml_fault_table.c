/* SPDX-License-Identifier: BSD-2-Clause */

/* The faults of XML texts.  Hand-set. */

#include "format/xml_plan.h"


const xd_xml_fault_row_t xd_xml_faults[] = {
    [XD_XML_EMPTY] = { "xml.empty", XD_E_SYNTAX,
        "the text is empty; one XML element is expected" },
    [XD_XML_SIZE] = { "xml.size", XD_E_LIMIT,
        "the text is larger than allowed" },
    [XD_XML_ENCODING] = { "xml.encoding", XD_E_SYNTAX,
        "this encoding is not read; send the text in UTF-8" },
    [XD_XML_DECLARED] = { "xml.declared", XD_E_SYNTAX,
        "the bytes are not in the encoding that is declared; declare the one "
        "that is used" },
    [XD_XML_BYTES] = { "xml.bytes", XD_E_SYNTAX,
        "this byte is no character of the text's encoding (UTF-8 where none is "
        "declared)" },
    [XD_XML_DOCTYPE] = { "xml.doctype", XD_E_SYNTAX,
        "a document type is never read, nor are its entities; remove "
        "<!DOCTYPE ...>" },
    [XD_XML_DEPTH] = { "xml.depth", XD_E_LIMIT,
        "elements are nested more deeply than allowed" },
    [XD_XML_ELEMENTS] = { "xml.elements", XD_E_LIMIT,
        "the text holds more elements than allowed" },
    [XD_XML_ATTRIBUTES] = { "xml.attributes", XD_E_LIMIT,
        "this element has more attributes than allowed" },
    [XD_XML_SPACES] = { "xml.namespaces", XD_E_LIMIT,
        "more namespaces are declared around this element than allowed" },
    [XD_XML_NAME] = { "xml.name", XD_E_LIMIT,
        "this name is longer than allowed" },
    [XD_XML_NAMES] =      { "xml.names",      XD_E_LIMIT,
        "the text has more different names than allowed" },
    [XD_XML_VALUE] = { "xml.value", XD_E_LIMIT,
        "the value of this attribute is longer than allowed" },
    [XD_XML_UNENDED] = { "xml.unended", XD_E_SYNTAX,
        "the text ends inside of what begins here" },
    [XD_XML_ENTITY] = { "xml.entity", XD_E_SYNTAX,
        "only &amp; &lt; &gt; &quot; &apos; and numbers such as &#233; are "
        "known; write a plain & as &amp;" },
    [XD_XML_TAGS] = { "xml.tags", XD_E_SYNTAX,
        "start and end of an element do not match here" },
    [XD_XML_PREFIX] = { "xml.prefix", XD_E_SYNTAX,
        "this prefix is not declared; add xmlns:prefix=\"...\"" },
    [XD_XML_TWICE] = { "xml.duplicate", XD_E_SYNTAX,
        "this attribute stands twice in its element; keep one of them" },
    [XD_XML_CHARACTER] = { "xml.character", XD_E_SYNTAX,
        "this character is not allowed in XML, not even as a reference" },
    [XD_XML_BEHIND] = { "xml.behind", XD_E_SYNTAX,
        "something stands behind the end of the document; one text holds one "
        "element" },
    [XD_XML_RELATIVE] = { "xml.relative", XD_E_SYNTAX,
        "a namespace that is no absolute URI, or holds & < > or quotes, has no "
        "canonical form" },
    [XD_XML_SYNTAX] = { "xml.syntax", XD_E_SYNTAX,
        "this is no well-formed XML" },
};
