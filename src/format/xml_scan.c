/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One pass over the text before a parser sees it: document types, depth,
 * attributes, names.  libxml2 compares each attribute of an element with every
 * other, and looks for a prefix among all that are declared: what it is given
 * must be small in both.  This pass knows where markup begins and ends, and
 * no more; what is malformed is left to the parser.
 */

#include "base/map.h"
#include "format/xml_plan.h"

#define NAME_BITS   (1u << 17)
#define DEPTH_LIMIT 250 /* libxml2's own is 256 */

typedef struct {
    xd_xml_input_t *in;
    const char *p, *end; /* of in->text */
    uint32_t depth, elements;
    uint32_t spaces;                     /* declared around this place */
    uint32_t spaces_of[DEPTH_LIMIT + 1]; /* by each open element */
    uint32_t names;                      /* different ones, about */
    uint64_t seen[NAME_BITS / 64];       /* a bit for the hash of each */
} scan_t;


static xd_rc_t
refuse(const scan_t *s, xd_xml_fault_t fault, const char *at)
{
    return xd_xml_fault(s->in, fault, (size_t) (at - s->in->text.ptr), NULL);
}


/* libxml2 keeps each name once, in a table that does not grow with them: a
 * million different ones take it seconds.  They are counted by a keyed hash,
 * so nobody can choose names that are counted as one. */
static xd_rc_t
note_name(scan_t *s, const char *name, const char *end)
{
    uint64_t bit =
        xd_hash((xd_str_t){ name, (size_t) (end - name) }) % NAME_BITS;
    uint64_t mask = UINT64_C(1) << (bit % 64);

    if ((s->seen[bit / 64] & mask) == 0) {
        s->seen[bit / 64] |= mask;
        s->names++;
    }

    return s->names <= s->in->limits.names ? XD_OK
                                           : refuse(s, XD_XML_NAMES, name);
}


/* Past the end of what begins at p, begun bytes of which are no part of it.
 * Each mark ends with ">". */
static xd_rc_t
skip_to(scan_t *s, size_t begun, xd_str_t mark)
{
    const char *from = s->p + begun, *at = from;

    while ((at = memchr(at, '>', (size_t) (s->end - at))) != NULL) {
        at++;
        if ((size_t) (at - from) >= mark.len
            && memcmp(at - mark.len, mark.ptr, mark.len) == 0)
        {
            s->p = at;
            return XD_OK;
        }
    }

    return refuse(s, XD_XML_UNENDED, s->p);
}


static const char *
name_end(const scan_t *s, const char *p)
{
    while (p < s->end && !xd_xml_is_blank(*p) && strchr("=/><\"'", *p) == NULL)
    {
        p++;
    }

    return p;
}


static xd_rc_t
instruction(scan_t *s)
{
    const char *name = s->p + 2, *end = name;
    xd_rc_t rc;

    while (end < s->end && !xd_xml_is_blank(*end) && *end != '?') {
        end++;
    }

    rc = note_name(s, name, end);

    return rc == XD_OK ? skip_to(s, 2, XD_STR("?>")) : rc;
}


static bool
is_space(const char *name, const char *end)
{
    size_t len = (size_t) (end - name);

    return len >= 5 && memcmp(name, "xmlns", 5) == 0
           && (len == 5 || name[5] == ':');
}


/* The value of an attribute, if p is at its quote; *end is behind it. */
static xd_rc_t
value(scan_t *s, const char *p, bool space, const char **end)
{
    const char *close;

    *end = p;
    if (p >= s->end || (*p != '"' && *p != '\'')) {
        return XD_OK;
    }

    close = memchr(p + 1, *p, (size_t) (s->end - p - 1));
    if (close == NULL) {
        return refuse(s, XD_XML_UNENDED, p);
    }

    if ((size_t) (close - p - 1) > s->in->limits.value) {
        return refuse(s, XD_XML_VALUE, p);
    }

    *end = close + 1;

    return space ? note_name(s, p + 1, close) : XD_OK;
}


/* A name is at *at, which is not blank. */
static xd_rc_t
attribute(scan_t *s, const char **at, uint32_t *spaces)
{
    const char *name = *at, *p = name_end(s, name);
    bool space = is_space(name, p);
    xd_rc_t rc;

    if ((size_t) (p - name) > s->in->limits.name) {
        return refuse(s, XD_XML_NAME, name);
    }

    rc = note_name(s, name, p);
    *spaces += space;
    while (p < s->end && (xd_xml_is_blank(*p) || *p == '=')) {
        p++;
    }

    rc = rc == XD_OK ? value(s, p, space, &p) : rc;

    /* A byte that belongs nowhere: the parser will say so. */
    *at = p > name ? p : name + 1;

    return rc;
}


/* The attributes behind an element's name; *at is then its ">". */
static xd_rc_t
attributes(scan_t *s, const char **at, uint32_t *spaces)
{
    uint32_t count = 0;
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && *at < s->end && **at != '>') {
        if (xd_xml_is_blank(**at) || **at == '/') {
            (*at)++;
            continue;
        }

        if (++count > s->in->limits.attributes) {
            return refuse(s, XD_XML_ATTRIBUTES, s->p);
        }
        rc = attribute(s, at, spaces);
    }

    return rc == XD_OK && *at >= s->end ? refuse(s, XD_XML_UNENDED, s->p) : rc;
}


static xd_rc_t
start_tag(scan_t *s)
{
    const char *at = name_end(s, s->p + 1);
    uint32_t spaces = 0;
    xd_rc_t rc;

    if ((size_t) (at - s->p) > s->in->limits.name) {
        return refuse(s, XD_XML_NAME, s->p);
    }

    if (++s->elements > s->in->limits.elements) {
        return refuse(s, XD_XML_ELEMENTS, s->p);
    }

    if (s->depth >= s->in->limits.depth) {
        return refuse(s, XD_XML_DEPTH, s->p);
    }

    rc = note_name(s, s->p + 1, at);
    rc = rc == XD_OK ? attributes(s, &at, &spaces) : rc;
    if (rc == XD_OK && s->spaces + spaces > s->in->limits.spaces) {
        rc = refuse(s, XD_XML_SPACES, s->p);
    }

    if (rc == XD_OK && at[-1] != '/') {
        s->spaces += spaces;
        s->spaces_of[s->depth++] = spaces;
    }

    s->p = at + 1;

    return rc;
}


static xd_rc_t
end_tag(scan_t *s)
{
    if (s->depth > 0) {
        s->spaces -= s->spaces_of[--s->depth];
    }

    return skip_to(s, 2, XD_STR(">"));
}


static bool
begins(const scan_t *s, xd_str_t word)
{
    return xd_xml_at(s->in->text, (size_t) (s->p - s->in->text.ptr), word);
}


/* A document type before the root, of names alone, gives way to blanks: its
 * text is not the parser's. */
static xd_rc_t
doctype(scan_t *s)
{
    xd_str_t text = s->in->text, own;
    size_t from = (size_t) (s->p - text.ptr), at = from;
    char quote = '\0';

    for (; at < text.len && (quote != '\0' || text.ptr[at] != '>'); at++) {
        char c = text.ptr[at];

        if (quote == '\0' && (c == '[' || (c == '<' && at > from))) {
            return refuse(s, XD_XML_DOCTYPE, s->p);
        }
        quote = quote == c                                 ? '\0'
                : quote == '\0' && (c == '"' || c == '\'') ? c
                                                           : quote;
    }

    if (at == text.len) {
        return refuse(s, XD_XML_UNENDED, s->p);
    }

    own = xd_dup(s->in->arena, text);
    if (own.ptr == NULL) {
        return XD_E_MEMORY;
    }

    for (size_t i = from; i <= at; i++) {
        if (text.ptr[i] != '\n') {
            ((char *) (uintptr_t) own.ptr)[i] = ' ';
        }
    }
    s->in->text = own;
    s->p = own.ptr + at + 1;
    s->end = own.ptr + own.len;

    return XD_OK;
}


/* p is at "<". */
static xd_rc_t
markup(scan_t *s)
{
    if (begins(s, XD_STR("<!--"))) {
        return skip_to(s, 4, XD_STR("-->"));
    }

    if (begins(s, XD_STR("<![CDATA["))) {
        return skip_to(s, 9, XD_STR("]]>"));
    }

    if (begins(s, XD_STR("<!DOCTYPE ")) && s->in->limits.doctype
        && s->elements == 0)
    {
        return doctype(s);
    }

    if (begins(s, XD_STR("<!"))) {
        return refuse(s, XD_XML_DOCTYPE, s->p);
    }

    if (begins(s, XD_STR("<?"))) {
        return instruction(s);
    }

    return begins(s, XD_STR("</")) ? end_tag(s) : start_tag(s);
}


xd_rc_t
xd_xml_scan(xd_xml_input_t *in)
{
    scan_t s = { .in = in,
        .p = in->text.ptr,
        .end = in->text.ptr + in->text.len };
    xd_rc_t rc = XD_OK;

    while (rc == XD_OK && s.p < s.end) {
        s.p = memchr(s.p, '<', (size_t) (s.end - s.p));
        if (s.p == NULL) {
            break;
        }

        rc = markup(&s);
    }

    return rc;
}


/* -- opening -------------------------------------------------------------- */


static uint32_t
or_default(uint32_t value, uint32_t otherwise)
{
    return value > 0 ? value : otherwise;
}


static xd_xml_limits_t
limits_of(const xd_xml_limits_t *given)
{
    xd_xml_limits_t l = given != NULL ? *given : (xd_xml_limits_t){ 0 };

    l.size = l.size > 0 && l.size <= INT32_MAX / 4 ? l.size : 64u << 20;
    l.depth = or_default(l.depth, 128);
    l.depth = l.depth <= DEPTH_LIMIT ? l.depth : DEPTH_LIMIT;
    l.elements = or_default(l.elements, 1000000);
    l.attributes = or_default(l.attributes, 128);
    l.spaces = or_default(l.spaces, 256);
    l.name = or_default(l.name, 256);
    l.names = or_default(l.names, 20000);
    l.value = or_default(l.value, 64u << 10);

    return l;
}


xd_rc_t
xd_xml_open(xd_xml_input_t *in, xd_arena_t *arena, xd_str_t bytes,
    const xd_xml_limits_t *limits, xd_report_t *rep)
{
    const char *nul;
    xd_rc_t rc;

    *in = (xd_xml_input_t){ .arena = arena,
        .rep = rep,
        .limits = limits_of(limits),
        .text = XD_STR(""),
        .line = 1 };

    if (bytes.len == 0) {
        return xd_xml_fault(in, XD_XML_EMPTY, 0, NULL);
    }

    if (bytes.len > in->limits.size) {
        return xd_xml_fault(in, XD_XML_SIZE, 0, NULL);
    }

    rc = xd_xml_decode(in, bytes);
    if (rc != XD_OK) {
        return rc;
    }

    if (in->text.len == 0) {
        return xd_xml_fault(in, XD_XML_EMPTY, 0, NULL);
    }

    /* libxml2 takes it for the end of the text. */
    nul = memchr(in->text.ptr, '\0', in->text.len);
    if (nul != NULL) {
        return xd_xml_fault(in, XD_XML_CHARACTER, (size_t) (nul - in->text.ptr),
            NULL);
    }

    return xd_xml_scan(in);
}


xd_xml_place_t
xd_xml_place(xd_xml_input_t *in, size_t at)
{
    const char *text = in->text.ptr, *end;

    at = at < in->text.len ? at : in->text.len;
    if (at < in->counted) {
        in->counted = in->line_start = 0;
        in->line = 1;
    }

    while (
        in->counted < at
        && (end = memchr(text + in->counted, '\n', at - in->counted)) != NULL)
    {
        in->line++;
        in->counted = in->line_start = (size_t) (end - text) + 1;
    }

    in->counted = at;

    return (xd_xml_place_t){ .offset = in->decoded ? 0 : at + in->shift,
        .line = in->line,
        .column = (uint32_t) (at - in->line_start) + 1 };
}


xd_rc_t
xd_xml_fault(xd_xml_input_t *in, xd_xml_fault_t fault, size_t at,
    const char *more)
{
    const xd_xml_fault_row_t *row = &xd_xml_faults[fault];
    xd_xml_place_t place = xd_xml_place(in, at);
    xd_finding_t f = { .severity = XD_ERROR,
        .scope = XD_SCOPE_FILE,
        .offset = place.offset,
        .line = place.line,
        .column = place.column,
        .rule = row->rule };

    if (more != NULL) {
        xd_reportf(in->rep, &f, "%s (%s)", row->text, more);
    } else {
        f.text = xd_str(row->text);
        xd_report(in->rep, &f);
    }

    return row->rc;
}
