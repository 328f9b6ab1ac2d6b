/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A document that comes as XML: read by the map that knows its root element,
 * the party's own before everybody's.
 */

#include "doc.h"

#include <ctype.h>

#include "format/xml.h"


static xd_rc_t
no_map(const xd_node_t *root, xd_report_t *rep)
{
    xd_reportf(rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_FILE,
            .line = root->line,
            .column = root->column,
            .rule = "map.none",
            .value = root->key },
        "no map reads the element %.*s", XD_FMT(root->key));

    return XD_E_SYNTAX;
}


xd_rc_t
doc_read_xml(const doc_t *d, xd_arena_t *arena, xd_str_t party, xd_str_t bytes,
    xd_report_t *rep, doc_read_t *out)
{
    const xd_xml_limits_t limits = { .doctype = true }; /* as cXML has */
    xd_node_t *root;
    xd_rc_t rc = xd_xml_read(arena, bytes, &limits, &root, rep);

    *out = (doc_read_t){ 0 };
    if (rc != XD_OK) {
        return rc;
    }

    out->map = xd_mapping_of_xml(&d->maps, root, party);
    if (out->map == NULL) {
        return no_map(root, rep);
    }

    rc = xd_mapping_read_xml(out->map, arena, root, rep, &out->doc,
        &out->residue);
    out->test = rc == XD_OK && xd_mapping_is_test(out->map, root);

    return rc;
}


/* "UBL/2.1" */
static xd_str_t
standard_of(xd_arena_t *arena, const xd_mapping_t *map)
{
    xd_str_t name = xd_fmt(arena, "%s%s%s", map->syntax,
        map->set_version[0] != '\0' ? "/" : "", map->set_version);
    char *own = name.ptr != NULL ? xd_alloc(arena, name.len + 1) : NULL;

    for (size_t i = 0; own != NULL && i < name.len; i++) {
        own[i] = (char) toupper((unsigned char) name.ptr[i]);
    }

    return (xd_str_t){ own, own != NULL ? name.len : 0 };
}


bool
doc_meta_xml(xd_arena_t *arena, const doc_read_t *read, xd_meta_t *meta)
{
    const xd_mapping_t *map = read->map;
    xd_str_t occurred = map->occurred != NULL
                            ? xd_text_at(read->doc, map->occurred)
                            : XD_STR_NONE;

    meta->event = xd_str(map->event);
    meta->occurred_at = occurred.len > 0 ? occurred : meta->occurred_at;
    meta->standard = standard_of(arena, map);
    meta->doc_type = xd_str(map->set);
    meta->map = xd_str(map->version);
    meta->test = read->test;

    if (read->residue != NULL) {
        meta->ext = xd_node_new(arena, XD_OBJECT);
        read->residue->key = xd_str(map->syntax);
        if (xd_node_add(arena, meta->ext, read->residue) == NULL) {
            return false;
        }
    }

    return meta->standard.ptr != NULL;
}
