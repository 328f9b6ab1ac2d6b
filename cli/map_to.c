/* SPDX-License-Identifier: BSD-2-Clause */

/* The other direction of xd map: documents into sets, and what was read
 * written back.  Control numbers are 1: the connectors alone can count. */

#include "map.h"

#include <ctype.h>

#include "base/clock.h"
#include "edi/message.h"
#include "format/json.h"

#define OURS      "CROSSDOCK" /* as a sender of sample interchanges */
#define PARTY_MAX 15          /* bytes of ISA08 */


bool
map_to_read(const char *text, map_to_t *out)
{
    xd_str_t rest = xd_str(text);

    *out = (map_to_t){ .kind = MAP_TO_CANONICAL, .text = text };
    if (xd_str_is(rest, "canonical")) {
        return true;
    }

    if (xd_str_is(rest, "same")) {
        out->kind = MAP_TO_SAME;
        return true;
    }

    out->syntax = xd_str_cut(&rest, ':');
    if (rest.ptr == NULL) {
        return false;
    }

    out->set = xd_str_cut(&rest, '/');
    out->version = rest.ptr != NULL ? rest : XD_STR("");

    out->kind =
        xd_str_is(out->syntax, "x12") || xd_str_is(out->syntax, "edifact")
            ? MAP_TO_SETS
            : MAP_TO_XML;

    return out->set.len > 0 && out->syntax.len > 0;
}


bool
map_is_json(xd_str_t bytes)
{
    size_t i = 0;

    while (i < bytes.len && isspace((unsigned char) bytes.ptr[i])) {
        i++;
    }

    return i < bytes.len && bytes.ptr[i] == '{';
}


/* -- sets ------------------------------------------------------------------ */

static const xd_mapping_t *
map_of(const map_t *m, const xd_node_t *doc)
{
    const xd_mapping_query_t query = { .syntax = m->to.syntax,
        .set = m->to.set,
        .version = m->to.version,
        .document = xd_text_at(doc, "meta.type"),
        .party = xd_text_at(doc, "meta.source.partner") };

    return query.document.len > 0 ? map_best(m, &query, true) : NULL;
}


/* The partner of the first document, in capitals, as the receiver. */
static xd_str_t
receiver_of(xd_arena_t *arena, const xd_node_t *doc)
{
    xd_str_t party = xd_text_at(doc, "meta.source.partner");
    char *to;

    party.len = party.len < PARTY_MAX ? party.len : PARTY_MAX;
    to = party.len > 0 ? xd_alloc(arena, party.len) : NULL;
    if (to == NULL) {
        return XD_STR("PARTNER");
    }

    for (size_t i = 0; i < party.len; i++) {
        to[i] = (char) toupper((unsigned char) party.ptr[i]);
    }

    return (xd_str_t){ to, party.len };
}


static xd_rc_t
write_all(map_t *m, const xd_mapping_t *map, const xd_vec_t *trees,
    xd_str_t receiver, xd_buf_t *out)
{
    xd_arena_t *arena = m->arena;
    const map_to_t *to = &m->to;
    const xd_node_t *const *sets = trees->at;
    const char *version = to->version.len > 0           ? to->version.ptr
                          : map->set_version[0] != '\0' ? map->set_version
                                                        : "004010";
    xd_edi_out_t *messages = xd_alloc_n(arena, trees->count, sizeof(*messages));
    const xd_edi_out_group_t group = { .sets = messages,
        .count = trees->count,
        .control = 1 };

    for (size_t i = 0; messages != NULL && i < trees->count; i++) {
        messages[i] =
            (xd_edi_out_t){ .tree = sets[i], .control = (uint32_t) i + 1 };
    }

    if (messages == NULL) {
        return XD_E_MEMORY;
    }

    if (xd_str_is(to->syntax, "x12")) {
        return xd_edi_write(arena,
            &(xd_edi_envelope_t){ .form = xd_x12_form_usual,
                .sender_qualifier = XD_STR("ZZ"),
                .sender = XD_STR(OURS),
                .receiver_qualifier = XD_STR("ZZ"),
                .receiver = receiver,
                .version = xd_str(version),
                .isa_control = 1,
                .gs_control = 1,
                .st_control = 1,
                .now_ms = xd_now_ms(),
                .usage = 'T' },
            sets, trees->count, &m->report, out);
    }

    return xd_edi_write_edifact(arena,
        &(xd_edifact_envelope_t){ .form = xd_edifact_form_usual,
            .syntax = '3',
            .sender = { .id = XD_STR(OURS), .qualifier = XD_STR("ZZ") },
            .receiver = { .id = receiver, .qualifier = XD_STR("ZZ") },
            .control = 1,
            .now_ms = xd_now_ms(),
            .test = true },
        &group, 1, &m->report, out);
}


xd_rc_t
map_to_sets(map_t *m)
{
    xd_vec_t trees = XD_VEC(xd_node_t *);
    const xd_mapping_t *map = NULL;
    xd_buf_t out = { 0 };
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < m->docs.count; i++) {
        const xd_node_t *doc = *XD_AT(&m->docs, xd_node_t *, i);
        xd_node_t **tree = xd_vec_push(&trees, m->arena);

        map = map_of(m, doc);
        rc = tree == NULL ? XD_E_MEMORY
             : map == NULL
                 ? XD_E_NOT_FOUND
                 : xd_mapping_write(map, m->arena, doc, &m->report, NULL, tree);
    }

    if (rc == XD_OK && m->docs.count > 0) {
        rc = write_all(m, map, &trees,
            receiver_of(m->arena, *XD_AT(&m->docs, xd_node_t *, 0)), &out);
    }

    return cli_print_out(rc, &out);
}


/* -- the same -------------------------------------------------------------- */

xd_rc_t
map_to_same(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_node_t *doc = NULL;
    xd_buf_t out = { 0 };
    xd_rc_t rc;

    if (map_is_json(bytes)) {
        rc = xd_json_read(arena, bytes, NULL, &doc, rep);
        if (rc == XD_OK) {
            xd_json_write(&out, doc, XD_JSON_CANONICAL);
        }
    } else {
        rc = xd_edi_grade(arena, bytes, &options, rep, &file);
        rc = rc == XD_OK ? xd_edi_write_again(arena, &file, bytes, rep, &out)
                         : rc;
    }

    return cli_print_out(rc, &out);
}
