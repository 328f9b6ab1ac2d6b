/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which encoding a text is in, and its bytes as UTF-8.  libxml2 would decode
 * too, but piece by piece, so that nobody knew any more where in the text
 * something stands; and what was scanned must be what is parsed.
 */

#include <iconv.h>
#include <strings.h>

#include "base/utf8.h"
#include "format/xml_plan.h"

#define DECLARATION_MAX 256 /* bytes looked at for encoding="..." */
#define GROWTH          3   /* most bytes of UTF-8 for one byte of a table */


/* What the first bytes say (XML 1.0, appendix F). */
static const struct {
    xd_str_t first;
    size_t mark; /* bytes of the byte order mark */
    const char *encoding;
} beginnings[] = {
    { { "\xEF\xBB\xBF", 3 }, 3, "UTF-8" },
    { { "\xFF\xFE\0\0", 4 }, 4, "UTF-32LE" },
    { { "\0\0\xFE\xFF", 4 }, 4, "UTF-32BE" },
    { { "\xFF\xFE", 2 }, 2, "UTF-16LE" },
    { { "\xFE\xFF", 2 }, 2, "UTF-16BE" },
    { { "<\0\0\0", 4 }, 0, "UTF-32LE" },
    { { "\0\0\0<", 4 }, 0, "UTF-32BE" },
    { { "<\0", 2 }, 0, "UTF-16LE" },
    { { "\0<", 2 }, 0, "UTF-16BE" },
    { { "\x4C\x6F\xA7\x94", 4 }, 0, "EBCDIC" },
};


static const xd_xml_encoding_t *
find(xd_str_t name)
{
    for (const xd_xml_encoding_t *e = xd_xml_encodings; e->name != NULL; e++) {
        if (strlen(e->name) == name.len
            && strncasecmp(e->name, name.ptr, name.len) == 0)
        {
            return e;
        }
    }

    return NULL;
}


/* The value of encoding in <?xml ...?>, or ptr NULL.  The text is in UTF-8 or
 * in something that has ASCII in its place. */
static xd_str_t
declared(xd_str_t text)
{
    xd_str_t head = { text.ptr,
        text.len < DECLARATION_MAX ? text.len : DECLARATION_MAX };
    const char *end, *at, *close;

    if (!xd_str_starts(head, XD_STR("<?xml")) || head.len < 6
        || !xd_xml_is_blank(head.ptr[5]))
    {
        return XD_STR_NONE;
    }

    end = memchr(head.ptr, '>', head.len);
    end = end != NULL ? end : head.ptr + head.len;
    at = memmem(head.ptr, (size_t) (end - head.ptr), "encoding", 8);
    at = at != NULL ? at + 8 : end;
    while (at < end && (xd_xml_is_blank(*at) || *at == '=')) {
        at++;
    }

    if (at >= end || (*at != '"' && *at != '\'')) {
        return XD_STR_NONE;
    }

    close = memchr(at + 1, *at, (size_t) (end - at - 1));

    return close == NULL ? XD_STR_NONE
                         : (xd_str_t){ at + 1, (size_t) (close - at - 1) };
}


/* All of bytes as UTF-8, in the arena. */
static xd_rc_t
convert(xd_xml_input_t *in, iconv_t how, xd_str_t bytes)
{
    size_t room = bytes.len * GROWTH + 1;
    char *from = (char *) (uintptr_t) bytes.ptr;
    size_t left = bytes.len;
    char *to, *start;

    to = start = xd_alloc(in->arena, room);
    if (to == NULL) {
        return XD_E_MEMORY;
    }

    if (iconv(how, &from, &left, &to, &room) == (size_t) -1) {
        in->text = (xd_str_t){ start, (size_t) (to - start) };
        return xd_xml_fault(in, XD_XML_BYTES, in->text.len, NULL);
    }

    in->text = (xd_str_t){ start, (size_t) (to - start) };

    return XD_OK;
}


static xd_rc_t
take(xd_xml_input_t *in, const xd_xml_encoding_t *e, xd_str_t bytes)
{
    iconv_t how;
    xd_rc_t rc;
    size_t good;

    if (e->iconv == NULL) {
        in->text = bytes;
        good = xd_utf8_valid(bytes);
        return good == bytes.len ? XD_OK
                                 : xd_xml_fault(in, XD_XML_BYTES, good, NULL);
    }

    in->decoded = true;
    how = iconv_open("UTF-8", e->iconv);
    if (how == (iconv_t) -1) {
        return xd_xml_fault(in, XD_XML_ENCODING, 0, e->name);
    }

    rc = convert(in, how, bytes);
    iconv_close(how);

    return rc;
}


/* Without a mark the declaration decides; a text that begins with one may
 * only declare the same, or a part of its name: UTF-16 of UTF-16LE. */
static xd_rc_t
take_marked(xd_xml_input_t *in, xd_str_t bytes, const char *encoding)
{
    const xd_xml_encoding_t *e = find(xd_str(encoding));
    xd_str_t said;
    xd_rc_t rc;

    if (e == NULL) {
        in->text = XD_STR("");
        return xd_xml_fault(in, XD_XML_ENCODING, 0, encoding);
    }

    rc = take(in, e, bytes);
    if (rc != XD_OK) {
        return rc;
    }

    said = declared(in->text);

    return said.ptr == NULL
                   || (said.len <= strlen(encoding)
                       && strncasecmp(said.ptr, encoding, said.len) == 0)
               ? XD_OK
               : xd_xml_fault(in, XD_XML_DECLARED, 0, encoding);
}


xd_rc_t
xd_xml_decode(xd_xml_input_t *in, xd_str_t bytes)
{
    const xd_xml_encoding_t *e = xd_xml_encodings;
    xd_str_t said;

    for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
        if (xd_str_starts(bytes, beginnings[i].first)) {
            in->shift = beginnings[i].mark;
            bytes.ptr += in->shift;
            bytes.len -= in->shift;
            return take_marked(in, bytes, beginnings[i].encoding);
        }
    }

    in->text = bytes;
    said = declared(bytes);
    if (said.ptr != NULL) {
        e = find(said);
    }

    if (e == NULL) {
        return xd_xml_fault(in, XD_XML_ENCODING, 0, NULL);
    }

    return e->wide ? xd_xml_fault(in, XD_XML_DECLARED, 0, NULL)
                   : take(in, e, bytes);
}


bool
xd_xml_looks(xd_str_t bytes)
{
    size_t i = 0;

    for (size_t n = 0; n < sizeof(beginnings) / sizeof(beginnings[0]); n++) {
        if (xd_str_starts(bytes, beginnings[n].first)) {
            i = beginnings[n].mark;
            /* In 16 bits and more JSON is not read either. */
            if (n > 0) {
                return true;
            }
            break;
        }
    }

    while (i < bytes.len && xd_xml_is_blank(bytes.ptr[i])) {
        i++;
    }

    return i < bytes.len && bytes.ptr[i] == '<';
}
