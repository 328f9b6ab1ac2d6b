/* SPDX-License-Identifier: BSD-2-Clause */

/* The encodings of XML that are read: what partners send, and no more, as
 * others have characters that look like markup.  Hand-set. */

#include "format/xml_plan.h"


const xd_xml_encoding_t xd_xml_encodings[] = {
    { "UTF-8", NULL, false },
    { "UTF-16", "UTF-16", true },
    { "UTF-16LE", "UTF-16LE", true },
    { "UTF-16BE", "UTF-16BE", true },
    { "US-ASCII", "ASCII", false },
    { "ASCII", "ASCII", false },
    { "ISO-8859-1", "ISO-8859-1", false },
    { "LATIN1", "ISO-8859-1", false },
    { "ISO-8859-2", "ISO-8859-2", false },
    { "ISO-8859-5", "ISO-8859-5", false },
    { "ISO-8859-9", "ISO-8859-9", false },
    { "ISO-8859-15", "ISO-8859-15", false },
    { "WINDOWS-1250", "WINDOWS-1250", false },
    { "WINDOWS-1251", "WINDOWS-1251", false },
    { "WINDOWS-1252", "WINDOWS-1252", false },
    { NULL, NULL, false },
};
