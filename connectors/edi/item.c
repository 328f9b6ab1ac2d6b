/* SPDX-License-Identifier: BSD-2-Clause */

/* A document becomes the tree that will be written, with what the ledger is to
 * know of it. */

#include "desk.h"

#include "format/json.h"


static const xd_mapping_t *
map_of(const desk_in_t *in, xd_str_t document)
{
    return xd_mapping_out(&in->x->maps,
        &(xd_mapping_query_t){ .syntax = xd_str(in->x->dialect->name),
            .version = in->x->dialect->version(in),
            .document = document,
            .party = in->party->id });
}


static xd_rc_t
document_read(desk_in_t *in, const desk_ask_t *ask, const xd_mapping_t *map,
    desk_item_t *out)
{
    xd_node_t *doc;
    xd_rc_t rc = xd_json_read(in->w->arena, ask->body, NULL, &doc, &in->report);
    const xd_node_t *meta = rc == XD_OK ? xd_get(doc, "meta") : NULL;
    const xd_document_t *kind = xd_document_find(xd_str(map->document));

    if (rc != XD_OK) {
        return rc;
    }

    *out = (desk_item_t){
        .doc = doc,
        .sent = { .party = in->party->id,
            .code = xd_str(map->set),
            .document = xd_str(map->document),
            .number = xd_document_number(kind, doc),
            .key = xd_text(meta, "key"),
            .fact = xd_text(meta, "id"),
            .correlation = ask->correlation,
            .trace = ask->trace,
            .test = xd_truth(meta, "test", false),
            .sent_ms = in->w->now_ms },
    };

    return xd_uuid_valid(out->sent.fact) && out->sent.key.len > 0
                   && out->sent.number.len > 0
               ? XD_OK
               : XD_E_SYNTAX;
}


xd_rc_t
desk_item_make(desk_in_t *in, const desk_ask_t *ask, desk_item_t *out)
{
    const xd_mapping_t *map = map_of(in, ask->document);
    xd_node_t *tree = NULL;
    xd_rc_t rc =
        map != NULL ? document_read(in, ask, map, out) : XD_E_NOT_FOUND;

    if (rc == XD_OK) {
        rc = xd_mapping_write(map, in->w->arena, out->doc, &in->report, NULL,
            &tree);
        out->tree = tree;
    }

    return rc;
}
