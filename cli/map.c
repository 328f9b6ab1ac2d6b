/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd map: a file into canonical documents, one JSON a line.
 *
 * The same maps as in xd-x12, over every set that can be read: also of a
 * group or interchange that would be refused, for who tries a map wants to
 * see what it makes of a set.  Such errors are told, and exit 1.  Ids and key
 * versions are of this run only: xd-x12 alone can count.
 */

#include "map.h"

#include <ctype.h>

#include "base/clock.h"
#include "canon/document.h"
#include "canon/rules.h"
#include "canon/schema.h"
#include "crypt/digest.h"
#include "edi/grade.h"
#include "format/json.h"
#include "edi/shape.h"
#include "format/xml.h"


/* Standard output is documents and nothing else. */
static void
told(void *ctx, const xd_finding_t *f)
{
    const map_t *m = ctx;
    xd_finding_t there = *f;

    there.line += f->line > 0 ? m->lines_before : 0;
    cli_finding(stderr, m->file, &there);
}


/* Lower case, digits and '-': the form of a party's id. */
static bool
is_party(const char *id)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

    return id[0] != '\0' && id[strspn(id, allowed)] == '\0';
}


/* The party: as told, or made of the sender's id. */
xd_str_t
map_party(map_t *m, xd_str_t sender)
{
    char *out;

    if (m->partner.len > 0 || sender.len == 0) {
        return m->partner.len > 0 ? m->partner : XD_STR("unknown");
    }

    out = xd_alloc(m->one, sender.len + 1);
    if (out == NULL) {
        return XD_STR_NONE;
    }

    for (size_t i = 0; i < sender.len; i++) {
        unsigned char c = (unsigned char) sender.ptr[i];

        out[i] = isalnum(c) ? (char) tolower(c) : '-';
    }

    return (xd_str_t){ out, sender.len };
}


/* What the map names of nowhere, under its syntax; NULL when there is none. */
static xd_node_t *
ext_of(map_t *m, const char *syntax, xd_node_t *residue)
{
    xd_node_t *ext = residue != NULL ? xd_node_new(m->one, XD_OBJECT) : NULL;

    if (ext != NULL) {
        residue->key = xd_str(syntax);
        xd_node_add(m->one, ext, residue);
    }

    return ext;
}


/* Where a set stands. */
typedef struct {
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    const xd_edi_set_t *set;
} place_t;

/* The best of what --map names, else of all that there are. */
const xd_mapping_t *
map_best(const map_t *m, const xd_mapping_query_t *query, bool writes)
{
    xd_mapping_query_t own = *query;
    const xd_mapping_t *found = NULL;

    if (m->own.all.count > 0) {
        own.party = XD_AT(&m->own.all, xd_mapping_t, 0)->party;
        found = writes ? xd_mapping_out(&m->own, &own)
                       : xd_mapping_in(&m->own, &own);
    }

    return found != NULL ? found
           : writes      ? xd_mapping_out(&m->maps, query)
                         : xd_mapping_in(&m->maps, query);
}


static const xd_mapping_t *
map_of(map_t *m, const place_t *at)
{
    xd_mapping_query_t query =
        cli_set_query(m->one, at->ic, at->group, at->set);

    query.party = m->partner;

    return map_best(m, &query, false);
}


/* "X12/004010", "EDIFACT/D96A" */
static xd_str_t
standard_of(map_t *m, const place_t *at)
{
    return xd_fmt(m->one, "%s/%.*s",
        at->ic->syntax == XD_EDI_EDIFACT ? "EDIFACT" : "X12",
        XD_FMT(xd_edi_version(m->one, at->group, at->set)));
}


xd_node_t *
map_meta(map_t *m, const xd_mapping_t *map, xd_node_t *doc, xd_node_t *residue,
    const xd_meta_t *known)
{
    const xd_document_t *kind = xd_document_find(xd_str(map->document));
    xd_str_t occurred =
        map->occurred != NULL ? xd_text_at(doc, map->occurred) : XD_STR_NONE;
    xd_meta_t meta = *known;

    meta.document = xd_str(map->document);
    meta.event = xd_str(map->event);
    meta.key = xd_fmt(m->one, "%s:%.*s:%.*s", map->document,
        XD_FMT(known->partner), XD_FMT(xd_document_number(kind, doc)));
    meta.key_version = 1;
    meta.occurred_at = occurred.len > 0 ? occurred : xd_str(m->now);
    meta.recorded_at = xd_str(m->now);
    meta.system = XD_STR("crossdock");
    meta.sha256 = xd_str(m->sha256);
    meta.map = xd_str(map->version);
    meta.ext = ext_of(m, map->syntax, residue);

    return residue != NULL && meta.ext == NULL
               ? NULL
               : xd_meta_put(m->one, doc, &meta);
}


static xd_node_t *
with_meta(map_t *m, const place_t *at, const xd_mapping_t *map, xd_node_t *doc,
    xd_node_t *residue)
{
    const xd_edi_interchange_t *ic = at->ic;
    xd_uuid_t id = XD_UUID5(XD_STR("xd map"), xd_str(m->sha256), ic->control,
        xd_fmt(m->one, "%u", m->ordinal));

    return map_meta(m, map, doc, residue,
        &(xd_meta_t){ .id = xd_uuid_str(&id),
            .partner = map_party(m, ic->sender),
            .control = ic->control,
            .test = ic->test,
            .standard = standard_of(m, at),
            .doc_type = at->set->code,
            .set = m->ordinal,
            .ordinal = m->ordinal });
}


/* What xd-x12 would not let out is an error here; it is written all the
 * same. */
static xd_rc_t
hold_to_rules(map_t *m, const xd_node_t *doc)
{
    const xd_schema_t *schema = m->schemas != NULL ? xd_schema_find(m->schemas,
                                    xd_text_at(doc, "meta.schema"))
                                                   : NULL;
    xd_rc_t rc = schema != NULL
                     ? xd_schema_check(schema, doc, m->one, &m->report)
                     : XD_OK;

    if (rc == XD_OK) {
        rc = xd_rules_check(xd_text_at(doc, "meta.type"), doc, NULL, m->one,
            &m->report);
    }

    return rc == XD_E_SYNTAX ? XD_OK : rc;
}


/* At once: a large file's first documents can be worked on while the others
 * are made.  What becomes sets waits for the others of its interchange. */
static xd_rc_t
write_line(map_t *m, xd_node_t *doc)
{
    xd_buf_t out = { 0 };

    if (m->to.kind == MAP_TO_SETS) {
        xd_node_t **slot = xd_vec_push(&m->docs, m->arena);

        if (slot != NULL) {
            *slot = doc;
        }
        return slot != NULL ? XD_OK : XD_E_MEMORY;
    }

    xd_json_write(&out, doc, XD_JSON_COMPACT);
    xd_buf_byte(&out, '\n');

    return cli_print_out(XD_OK, &out);
}


xd_rc_t
map_document(map_t *m, xd_node_t *doc)
{
    xd_rc_t rc = hold_to_rules(m, doc);

    if (rc != XD_OK) {
        return rc;
    }

    return m->to.kind == MAP_TO_CANONICAL || m->to.kind == MAP_TO_SETS
               ? write_line(m, doc)
               : map_document_xml(m, doc);
}


/* What no map reads, or a map refuses, is a finding beside the others. */
static xd_rc_t
map_set(map_t *m, const place_t *at)
{
    const xd_mapping_t *map;
    xd_node_t *doc, *residue = NULL;
    xd_rc_t rc;

    m->ordinal++;
    if (m->one != m->arena) {
        xd_arena_reset(m->one);
    }

    map = map_of(m, at);

    if (map == NULL || at->set->tree == NULL) {
        xd_reportf(&m->report,
            &(xd_finding_t){ .severity = XD_WARNING,
                .scope = XD_SCOPE_SET,
                .offset = at->set->offset,
                .rule = "map.none",
                .value = at->set->code },
            "no map reads set %.*s", XD_FMT(at->set->code));
        return XD_OK;
    }

    rc = xd_mapping_read(map, m->one, at->set->tree, &m->report, NULL, &doc,
        &residue);
    if (rc != XD_OK) {
        return rc == XD_E_SYNTAX ? XD_OK : rc; /* its findings were told */
    }

    if (with_meta(m, at, map, doc, residue) == NULL) {
        return XD_E_MEMORY;
    }

    return map_document(m, doc);
}


/* Ordinals count all sets of the interchange, as xd-x12 counts them. */
static xd_rc_t
map_interchange(map_t *m, const xd_edi_interchange_t *ic)
{
    place_t at = { .ic = ic };
    xd_rc_t rc = XD_OK;

    m->ordinal = 0;

    for (size_t g = 0; g < ic->groups.count; g++) {
        at.group = XD_AT(&ic->groups, xd_edi_group_t, g);

        for (size_t s = 0; rc == XD_OK && s < at.group->sets.count; s++) {
            at.set = XD_AT(&at.group->sets, xd_edi_set_t, s);
            rc = map_set(m, &at);
        }
    }

    return rc;
}


/* Every set of a file that can be read. */
static xd_rc_t
map_edi(map_t *m, xd_str_t bytes)
{
    const xd_edi_options_t options = { .trees = true };
    xd_edi_file_t file;
    xd_rc_t rc = xd_edi_grade(m->arena, bytes, &options, &m->report, &file);

    for (size_t i = 0; rc == XD_OK && i < file.interchanges.count; i++) {
        rc = map_interchange(m,
            XD_AT(&file.interchanges, xd_edi_interchange_t, i));
    }

    return rc;
}


/* What names no schema could be anything, and is not called good. */
static xd_rc_t
take_json(map_t *m, xd_str_t text)
{
    xd_node_t *doc;
    xd_rc_t rc = xd_json_read(m->arena, text, NULL, &doc, &m->report);

    if (rc == XD_OK && m->schemas != NULL
        && xd_schema_find(m->schemas, xd_text_at(doc, "meta.schema")) == NULL)
    {
        xd_reportf(&m->report,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_FILE,
                .line = 1,
                .column = 1,
                .rule = "map.schema" },
            "This document names no canonical schema in meta.schema; one that "
            "is posted without meta is checked by xd check.");
    }

    rc = rc == XD_OK ? map_document(m, doc) : rc;

    return rc == XD_E_SYNTAX ? XD_OK : rc; /* its findings were told */
}


/* A canonical document, or several, one a line: then the first line is one. */
static xd_rc_t
map_json(map_t *m, xd_str_t bytes)
{
    xd_str_t rest = bytes;
    xd_report_t quiet;
    xd_node_t *doc;
    xd_rc_t rc;

    xd_report_init(&quiet, NULL, 0);
    rc = xd_json_read(m->arena, xd_str_trim(xd_str_cut(&rest, '\n')), NULL,
        &doc, &quiet);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : take_json(m, bytes);
    }

    for (; rc == XD_OK && bytes.ptr != NULL; m->lines_before++) {
        xd_str_t line = xd_str_trim(xd_str_cut(&bytes, '\n'));

        rc = line.len > 0 ? take_json(m, line) : XD_OK;
    }

    return rc;
}


static int
map_bytes(map_t *m, xd_str_t bytes)
{
    xd_rc_t rc;

    xd_report_init(&m->report, m->arena, 0);
    m->report.sink = told;
    m->report.sink_ctx = m;
    m->docs = XD_VEC(xd_node_t *);
    xd_instant_write(xd_now_ms(), m->now);
    xd_sha256_hex(bytes, m->sha256);

    if (xd_xml_looks(bytes)) {
        rc = map_xml(m, bytes);
    } else if (m->to.kind == MAP_TO_SAME) {
        rc = map_to_same(m->arena, bytes, &m->report);
    } else {
        rc = map_is_json(bytes) ? map_json(m, bytes) : map_edi(m, bytes);
    }

    if (rc == XD_OK && m->to.kind == MAP_TO_SETS) {
        rc = map_to_sets(m);
    }

    if (rc == XD_E_IO) {
        return CLI_FAILED; /* of standard output: main tells */
    }

    if (rc == XD_E_NOT_FOUND) {
        return m->to.kind == MAP_TO_SETS
                   ? cli_fail("%s: no map writes such a document as %s; an "
                              "order that came in is a sales-order, unless "
                              "--map names another map",
                       m->file, m->to.text)
                   : cli_fail("%s: it is neither EDI nor JSON", m->file);
    }

    if (rc != XD_OK && rc != XD_E_SYNTAX) {
        return cli_fail("%s: %s", m->file, xd_rc_text(rc));
    }

    return xd_report_errors(&m->report) > 0 ? CLI_FINDINGS : CLI_GOOD;
}


/* Without the schemas the tool still translates, and says what it left. */
static int
load_schemas(map_t *m)
{
    const char *dir = cli_schemas_dir(m->arena);
    xd_report_t rep;

    if (dir == NULL) {
        (void) cli_fail("map: the canonical schemas are not found, so nothing "
                        "is checked against them; XD_SCHEMAS names their "
                        "folder");
        return CLI_GOOD;
    }

    xd_report_init(&rep, m->arena, 0);

    return xd_schemas_load(m->arena, dir, &m->schemas, &rep) == XD_OK
               ? CLI_GOOD
               : cli_fail("%s: the schemas cannot be read", dir);
}


static int
not_served(const char *to)
{
    return cli_fail("map: --to %s is not served; there is: canonical, same, "
                    "x12:SET/VERSION, edifact:MESSAGE/DIRECTORY, "
                    "ubl:DOCUMENT/VERSION",
        to);
}


/* Do maps write the syntax that is asked for? */
static bool
has_syntax(const map_t *m)
{
    const xd_mappings_t *both[] = { &m->own, &m->maps };

    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < both[k]->all.count; i++) {
            const xd_mapping_t *map = XD_AT(&both[k]->all, xd_mapping_t, i);

            if (map->writes && xd_str_is(m->to.syntax, map->syntax)) {
                return true;
            }
        }
    }

    return false;
}


static int
map_file(map_t *m, const char *own)
{
    xd_file_t file;
    int status;

    if (cli_open(m->file, &file) != CLI_GOOD) {
        return CLI_FAILED;
    }

    m->arena = xd_arena_new(0);
    status = m->arena != NULL ? load_schemas(m)
                              : cli_fail("%s", xd_rc_text(XD_E_MEMORY));

    if (status == CLI_GOOD) {
        status = cli_maps(m->arena, own, &m->maps, &m->own);
    }

    if (status == CLI_GOOD && m->to.kind == MAP_TO_XML && !has_syntax(m)) {
        status = not_served(m->to.text);
    }

    m->one = m->to.kind == MAP_TO_CANONICAL ? xd_arena_new(0) : m->arena;
    if (status == CLI_GOOD) {
        status = m->one != NULL ? map_bytes(m, file.bytes)
                                : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    xd_file_unmap(&file);
    if (m->one != m->arena) {
        xd_arena_free(m->one);
    }
    xd_arena_free(m->arena);

    return status;
}


int
cli_map(int argc, char **argv)
{
    const char *to = "canonical", *partner = NULL, *own = NULL;
    const cli_option_t options[] = {
        { "to", &to, NULL },
        { "partner", &partner, NULL },
        { "map", &own, NULL },
        { NULL, NULL, NULL },
    };
    map_t m = { 0 };

    argc = cli_options(argc, argv, options);
    if (argc != 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("map: name one file");
    }

    if (!map_to_read(to, &m.to)) {
        return not_served(to);
    }

    if (partner != NULL && !is_party(partner)) {
        return cli_fail("map: --partner is lower case, digits and '-'");
    }

    /* a file of many sets has many notes: not one call for each word */
    (void) setvbuf(stderr, NULL, _IOFBF, BUFSIZ * 8);
    m.file = argv[1];
    m.partner = xd_str(partner);

    return map_file(&m, own);
}
