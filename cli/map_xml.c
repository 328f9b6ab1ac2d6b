/* SPDX-License-Identifier: BSD-2-Clause */

/* xd map of XML: texts that maps with a tree read, and documents as XML. */

#include "cli.h"
#include "map.h"

#include <ctype.h>

#include "base/clock.h"
#include "canon/document.h"
#include "format/xml.h"


/* -- reading --------------------------------------------------------------- */

/* "UBL/2.1" */
static xd_str_t
standard_of(map_t *m, const xd_mapping_t *map)
{
    xd_str_t name = xd_str(map->syntax);
    char *own = xd_alloc(m->one, name.len + 1);

    for (size_t i = 0; own != NULL && i < name.len; i++) {
        own[i] = (char) toupper((unsigned char) name.ptr[i]);
    }

    return own == NULL
               ? XD_STR_NONE
               : xd_fmt(m->one, "%.*s%s%s", (int) name.len, own,
                   map->set_version[0] != '\0' ? "/" : "", map->set_version);
}


static void
no_map(map_t *m, const xd_node_t *root)
{
    xd_reportf(&m->report,
        &(xd_finding_t){ .severity = XD_WARNING,
            .scope = XD_SCOPE_FILE,
            .line = root->line,
            .column = root->column,
            .rule = "map.none",
            .value = root->key },
        "no map reads the element %.*s", XD_FMT(root->key));
}


/* What no map reads, or a map refuses, is a finding; so is what is no XML. */
xd_rc_t
map_xml(map_t *m, xd_str_t bytes)
{
    const xd_mapping_t *map;
    xd_node_t *root, *doc, *residue = NULL;
    const xd_xml_limits_t limits = { .doctype = true }; /* as cXML has */
    xd_uuid_t id;
    xd_rc_t rc = xd_xml_read(m->one, bytes, &limits, &root, &m->report);

    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_OK;
    }

    map = m->own.all.count > 0 ? XD_AT(&m->own.all, xd_mapping_t, 0)
                               : xd_mapping_of_xml(&m->maps, root, m->partner);
    if (map == NULL || map->tree == NULL) {
        no_map(m, root);
        return XD_OK;
    }

    rc = xd_mapping_read_xml(map, m->one, root, &m->report, &doc, &residue);
    if (rc != XD_OK) {
        return rc == XD_E_SYNTAX ? XD_OK : rc; /* its findings were told */
    }

    id = XD_UUID5(XD_STR("xd map"), xd_str(m->sha256));

    return map_meta(m, map, doc, residue,
               &(xd_meta_t){ .id = xd_uuid_str(&id),
                   .partner = map_party(m, XD_STR("")),
                   .standard = standard_of(m, map),
                   .doc_type = xd_str(map->set),
                   .test = xd_mapping_is_test(map, root) })
                   != NULL
               ? map_document(m, doc)
               : XD_E_MEMORY;
}


/* -- writing --------------------------------------------------------------- */

/* "ubl:Invoice/2.1", or the set that the document came from. */
static const xd_mapping_t *
target_of(map_t *m, const xd_node_t *doc)
{
    xd_mapping_query_t query = { .document = xd_text_at(doc, "meta.type"),
        .party = m->partner };
    const xd_mapping_t *map;

    if (m->to.kind == MAP_TO_XML) {
        query.syntax = m->to.syntax;
        query.set = m->to.set;
    } else {
        query.set = xd_text_at(doc, "meta.origin.docType");
    }

    map = map_best(m, &query, true);

    return map != NULL && map->tree != NULL ? map : NULL;
}


static xd_rc_t
print(const map_t *m, const xd_node_t *root)
{
    xd_buf_t out = { 0 };

    xd_xml_write(&out, root,
        m->to.kind == MAP_TO_SAME ? XD_XML_PLAIN : XD_XML_PRETTY);

    return cli_print_out(XD_OK, &out);
}


xd_rc_t
map_document_xml(map_t *m, const xd_node_t *doc)
{
    const xd_mapping_t *map = target_of(m, doc);
    xd_node_t *tree;
    xd_rc_t rc;

    if (map == NULL) {
        xd_reportf(&m->report,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_SET,
                .rule = "map.none",
                .value = xd_text_at(doc, "meta.type") },
            "no map writes this document as %s", m->to.text);
        return XD_OK;
    }

    rc = xd_mapping_write(map, m->one, doc, &m->report, NULL, &tree);
    if (rc == XD_OK) {
        rc = xd_mapping_xml_out(map, m->one, tree);
    }

    return rc == XD_OK ? print(m, tree) : rc == XD_E_SYNTAX ? XD_OK : rc;
}
