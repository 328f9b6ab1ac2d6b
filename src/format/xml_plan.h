/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FORMAT_XML_PLAN_H
#define XD_FORMAT_XML_PLAN_H

/* Inside of xml: what its files share. */

#include "format/xml.h"

/* What can be wrong with an XML text: rows of xml_fault_table.c, in this
 * order. */
typedef enum {
    XD_XML_EMPTY,
    XD_XML_SIZE,
    XD_XML_ENCODING,
    XD_XML_DECLARED,
    XD_XML_BYTES,
    XD_XML_DOCTYPE,
    XD_XML_DEPTH,
    XD_XML_ELEMENTS,
    XD_XML_ATTRIBUTES,
    XD_XML_SPACES,
    XD_XML_NAME,
    XD_XML_NAMES,
    XD_XML_VALUE,
    XD_XML_UNENDED,
    XD_XML_ENTITY,
    XD_XML_TAGS,
    XD_XML_PREFIX,
    XD_XML_TWICE,
    XD_XML_CHARACTER,
    XD_XML_BEHIND,
    XD_XML_RELATIVE,
    XD_XML_SYNTAX
} xd_xml_fault_t;

typedef struct {
    const char *rule;
    xd_rc_t rc;
    const char *text; /* one sentence for a person */
} xd_xml_fault_row_t;

extern const xd_xml_fault_row_t xd_xml_faults[];

/* Encodings that are read, by the name in the declaration. */
typedef struct {
    const char *name;
    const char *iconv; /* what iconv calls it; NULL: it is UTF-8 */
    bool wide;         /* several bytes even for ASCII: needs its mark */
} xd_xml_encoding_t;

extern const xd_xml_encoding_t xd_xml_encodings[]; /* ends with a NULL name */

typedef struct {
    xd_arena_t *arena;
    xd_report_t *rep;
    xd_xml_limits_t limits; /* no zeros */
    xd_str_t text;          /* in UTF-8, without a byte order mark */
    size_t shift;           /* of text in the bytes received */
    bool decoded;           /* it was not in UTF-8: offsets mean nothing */
    /* where counting of lines stopped: places are asked for in order */
    size_t counted;
    uint32_t line;
    size_t line_start;
} xd_xml_input_t;

typedef struct {
    size_t offset;
    uint32_t line, column;
} xd_xml_place_t;

/* The place of a byte of in->text. */
xd_xml_place_t xd_xml_place(xd_xml_input_t *in, size_t at);

/* Reports a fault at a byte of in->text; more is put behind its sentence, or
 * NULL.  Returns the row's rc. */
xd_rc_t xd_xml_fault(xd_xml_input_t *in, xd_xml_fault_t fault, size_t at,
    const char *more);

/* Fills in from the bytes received: limits, decoding to UTF-8, and the scan
 * that holds it to every limit before a parser sees it. */
XD_CHECKED xd_rc_t xd_xml_open(xd_xml_input_t *in, xd_arena_t *arena,
    xd_str_t bytes, const xd_xml_limits_t *limits, xd_report_t *rep);

XD_CHECKED xd_rc_t xd_xml_decode(xd_xml_input_t *in, xd_str_t bytes);
XD_CHECKED xd_rc_t xd_xml_scan(xd_xml_input_t *in);

static inline bool
xd_xml_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool
xd_xml_at(xd_str_t text, size_t at, xd_str_t word)
{
    return at <= text.len && text.len - at >= word.len
           && memcmp(text.ptr + at, word.ptr, word.len) == 0;
}

#endif
