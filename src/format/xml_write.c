/* SPDX-License-Identifier: BSD-2-Clause */

#include "base/utf8.h"
#include "format/xml.h"

#define PREFIXES 257 /* in scope at once, "xml" among them */


typedef struct {
    xd_str_t prefix, uri;
} binding_t;

typedef struct {
    xd_buf_t *out;
    xd_xml_form_t form;
    binding_t bound[PREFIXES];
    size_t nbound;
    xd_str_t plain; /* the namespace of names without prefix */
    uint32_t depth;
} writer_t;


static void
fail(writer_t *w, xd_rc_t rc)
{
    if (w->out->rc == XD_OK) {
        w->out->rc = rc;
    }
}


static xd_str_t
behind(xd_str_t s, size_t n)
{
    return (xd_str_t){ s.ptr + n, s.len - n };
}


/* -- characters ----------------------------------------------------------- */


/* What cannot stand as it is; NULL: it can. */
static const char *
reference(char c, bool attribute)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>': /* of "]]>" */
        return attribute ? NULL : "&gt;";
    case '"':
        return attribute ? "&quot;" : NULL;
    case '\r':
        return "&#13;";
    case '\n':
        return attribute ? "&#10;" : NULL;
    case '\t':
        return attribute ? "&#9;" : NULL;
    default:
        return NULL;
    }
}


/* U+FFFE and U+FFFF, EF BF BE and EF BF BF, are the only characters above
 * the blank that XML cannot carry. */
bool
xd_xml_carries(xd_str_t s)
{
    if (xd_utf8_valid(s) != s.len) {
        return false;
    }

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        if ((c < ' ' && c != '\t' && c != '\n' && c != '\r')
            || (c == 0xEF && (unsigned char) s.ptr[i + 1] == 0xBF
                && (unsigned char) s.ptr[i + 2] >= 0xBE))
        {
            return false;
        }
    }

    return true;
}


static void
write_text(writer_t *w, xd_str_t s, bool attribute)
{
    size_t from = 0;

    if (!xd_xml_carries(s)) {
        fail(w, XD_E_SYNTAX);
        return;
    }

    for (size_t i = 0; i < s.len; i++) {
        const char *ref = reference(s.ptr[i], attribute);

        if (ref != NULL) {
            xd_buf_add(w->out, (xd_str_t){ s.ptr + from, i - from });
            xd_buf_text(w->out, ref);
            from = i + 1;
        }
    }

    if (s.len > from) {
        xd_buf_add(w->out, (xd_str_t){ s.ptr + from, s.len - from });
    }
}


/* Not all that XML calls no name, but whatever would be markup. */
static void
write_name(writer_t *w, xd_str_t s)
{
    bool good = s.len > 0 && xd_xml_carries(s) && strchr("-.", s.ptr[0]) == NULL
                && (s.ptr[0] < '0' || s.ptr[0] > '9');

    for (size_t i = 0; i < s.len && good; i++) {
        good = (unsigned char) s.ptr[i] > ' '
               && strchr("!\"#$%&'()*+,/:;<=>?@[\\]^`{|}~", s.ptr[i]) == NULL;
    }

    if (!good) {
        fail(w, XD_E_SYNTAX);
    }

    xd_buf_add(w->out, s);
}


/* -- namespaces ----------------------------------------------------------- */


static void
bind(writer_t *w, xd_str_t prefix, xd_str_t uri)
{
    if (w->nbound == PREFIXES || uri.len == 0) {
        fail(w, uri.len == 0 ? XD_E_SYNTAX : XD_E_LIMIT);
        return;
    }

    w->bound[w->nbound++] = (binding_t){ prefix, uri };
}


/* A prefix that means uri here; ptr NULL when there is none.  A later one of
 * the same name hides an earlier one. */
static xd_str_t
prefix_of(const writer_t *w, xd_str_t uri)
{
    for (size_t i = w->nbound; i-- > 0;) {
        bool hidden = false;

        for (size_t k = i + 1; k < w->nbound && !hidden; k++) {
            hidden = xd_str_eq(w->bound[k].prefix, w->bound[i].prefix);
        }

        if (!hidden && xd_str_eq(w->bound[i].uri, uri)) {
            return w->bound[i].prefix;
        }
    }

    return XD_STR_NONE;
}


static void
write_value(writer_t *w, xd_str_t value)
{
    xd_buf_text(w->out, "=\"");
    write_text(w, value, true);
    xd_buf_byte(w->out, '"');
}


/* An attribute; its name is in two parts, the second empty or to be looked
 * at. */
static void
write_pair(writer_t *w, const char *name, xd_str_t tail, xd_str_t value)
{
    xd_buf_fmt(w->out, " %s", name);
    if (tail.len > 0 || name[0] == '\0') {
        write_name(w, tail);
    }

    write_value(w, value);
}


/* A prefix of our own for uri, declared on this element; one that means
 * something else around here is passed over. */
static xd_str_t
make_prefix(writer_t *w, xd_str_t uri)
{
    static const char *const made[] = { "ns1", "ns2", "ns3", "ns4", "ns5",
        "ns6", "ns7", "ns8", "ns9" };

    for (size_t n = 0; n < sizeof(made) / sizeof(made[0]); n++) {
        bool taken = false;

        for (size_t i = 0; i < w->nbound; i++) {
            taken = taken || xd_str_is(w->bound[i].prefix, made[n]);
        }

        if (!taken) {
            bind(w, xd_str(made[n]), uri);
            write_pair(w, "xmlns:", xd_str(made[n]), uri);
            return xd_str(made[n]);
        }
    }

    fail(w, XD_E_LIMIT);

    return XD_STR("ns");
}


/* "@{uri}name"; XML's own namespace has its prefix from the beginning. */
static void
write_foreign(writer_t *w, xd_str_t key, xd_str_t value)
{
    /* The last one: a namespace may have any character. */
    const char *brace = memrchr(key.ptr, '}', key.len);
    xd_str_t uri, name, prefix;

    if (brace == NULL || brace == key.ptr + 2) {
        fail(w, XD_E_SYNTAX);
        return;
    }

    uri = (xd_str_t){ key.ptr + 2, (size_t) (brace - key.ptr) - 2 };
    name = behind(key, uri.len + 3);

    prefix = prefix_of(w, uri);
    prefix = prefix.ptr != NULL ? prefix : make_prefix(w, uri);

    xd_buf_byte(w->out, ' ');
    write_name(w, prefix);
    xd_buf_byte(w->out, ':');
    write_name(w, name);
    write_value(w, value);
}


/* -- elements ------------------------------------------------------------- */


#define DECLARES "@xmlns:"


static bool
declares(const xd_node_t *member)
{
    return xd_str_starts(member->key, XD_STR(DECLARES));
}


static void
write_attribute(writer_t *w, const xd_node_t *a)
{
    if (a->kind != XD_STRING) {
        fail(w, XD_E_SYNTAX);
    } else if (xd_str_starts(a->key, XD_STR("@{"))) {
        write_foreign(w, a->key, a->text);
    } else if (xd_str_starts(a->key, XD_STR("@xml:"))) {
        write_pair(w, "xml:", behind(a->key, 5), a->text);
    } else if (declares(a)) {
        write_pair(w, "xmlns:", behind(a->key, strlen(DECLARES)), a->text);
    } else if (!xd_str_is(a->key, "@xmlns")) {
        write_pair(w, "", behind(a->key, 1), a->text);
    }
}


/* Binds what an element declares, then finds its own prefix; *fresh: its
 * namespace is declared here, as that of names without one. */
static xd_str_t
own_prefix(writer_t *w, const xd_node_t *element, xd_str_t uri, bool *fresh)
{
    xd_str_t prefix = XD_STR_NONE;

    xd_each (member, element) {
        if (declares(member)) {
            bind(w, behind(member->key, strlen(DECLARES)), member->text);
        }
    }

    if (!xd_str_eq(uri, w->plain)) {
        prefix = uri.len > 0 ? prefix_of(w, uri) : XD_STR_NONE;
        *fresh = prefix.ptr == NULL;
    }

    return prefix;
}


static void write_element(writer_t *w, const xd_node_t *element, xd_str_t uri);


static void
write_break(writer_t *w, uint32_t depth)
{
    xd_buf_byte(w->out, '\n');
    while (depth-- > 0) {
        xd_buf_text(w->out, "  ");
    }
}


/* All that is no attribute. */
static void
write_content(writer_t *w, const xd_node_t *element, xd_str_t uri, bool apart)
{
    w->depth++;
    xd_each (member, element) {
        if (xd_xml_is_text(member) && member->kind == XD_STRING) {
            write_text(w, member->text, false);
        } else if (xd_xml_is_element(member) && !xd_xml_is_text(member)) {
            if (apart) {
                write_break(w, w->depth);
            }
            write_element(w, member, uri);
        } else if (!xd_xml_is_attribute(member)) {
            fail(w, XD_E_SYNTAX);
        }
    }

    w->depth--;
    if (apart) {
        write_break(w, w->depth);
    }
}


/* What an element holds, and whether line ends may be put between. */
static bool
is_empty(const xd_node_t *element, bool *texts)
{
    bool empty = true;

    *texts = false;
    xd_each (member, element) {
        *texts = *texts || xd_xml_is_text(member);
        empty = empty && xd_xml_is_attribute(member);
    }

    return empty;
}


static void
write_tag_name(writer_t *w, xd_str_t prefix, xd_str_t name)
{
    if (prefix.ptr != NULL) {
        write_name(w, prefix);
        xd_buf_byte(w->out, ':');
    }

    write_name(w, name);
}


static xd_str_t
ns_below(const xd_node_t *element, xd_str_t above)
{
    const xd_node_t *own = xd_get(element, "@xmlns");

    return own != NULL ? own->text : above;
}


static void
write_element(writer_t *w, const xd_node_t *element, xd_str_t uri)
{
    size_t bound = w->nbound;
    xd_str_t plain = w->plain;
    bool fresh = false, texts, empty = is_empty(element, &texts);
    xd_str_t prefix;

    uri = ns_below(element, uri);
    prefix = own_prefix(w, element, uri, &fresh);

    xd_buf_byte(w->out, '<');
    write_tag_name(w, prefix, element->key);
    if (fresh) {
        write_pair(w, "xmlns", XD_STR(""), uri);
        w->plain = uri;
    }

    xd_each (member, element) {
        if (xd_xml_is_attribute(member)) {
            write_attribute(w, member);
        }
    }

    if (empty) {
        xd_buf_text(w->out, "/>");
    } else {
        xd_buf_byte(w->out, '>');
        write_content(w, element, uri, w->form == XD_XML_PRETTY && !texts);
        xd_buf_text(w->out, "</");
        write_tag_name(w, prefix, element->key);
        xd_buf_byte(w->out, '>');
    }

    w->nbound = bound;
    w->plain = plain;
}


void
xd_xml_write(xd_buf_t *out, const xd_node_t *element, xd_xml_form_t form)
{
    writer_t w = { .out = out, .form = form, .plain = XD_STR("") };

    /* Bound from the beginning, and to be no element's default. */
    bind(&w, XD_STR("xml"), XD_STR("http://www.w3.org/XML/1998/namespace"));
    xd_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write_element(&w, element, xd_xml_ns(element));
    if (form == XD_XML_PRETTY) {
        xd_buf_byte(out, '\n');
    }
}
