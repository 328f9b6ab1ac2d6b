/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One posted document: archived, read, given its meta, published.  JSON is
 * canonical already; XML is read by a map (xml.c).
 */

#include "doc.h"

#include "base/clock.h"
#include "canon/document.h"
#include "format/json.h"
#include "store/archive.h"
#include "store/version.h"


/* One raw message on its way through. */
typedef struct {
    doc_t *d;
    xd_work_t *w;
    const xd_document_t *kind; /* of XML: once it was read */
    xd_str_t party;
    bool is_xml;
    doc_read_t read; /* of XML */
    char sha256[XD_SHA256_HEX + 1];
    char now[XD_INSTANT_LEN + 1];
    xd_report_t report;
} in_t;


/* in.json.<party>, and the document's name as the message's type; or
 * in.xml.<party>, where the map says what it is. */
static bool
addressed(in_t *in)
{
    const xd_message_t *m = in->w->message;
    xd_key_parts_t key = xd_key_split(m->routing_key);

    in->kind = xd_document_find(m->type);
    in->party = key.count == 3 ? key.part[2] : XD_STR_NONE;
    in->is_xml = key.count == 3 && xd_str_is(key.part[1], "xml");

    if ((in->kind == NULL && !in->is_xml) || in->party.len == 0) {
        xd_work_fail(in->w, "doc.unknown",
            "\"%.*s\" under the key %.*s is no document that is known here",
            XD_FMT(m->type), XD_FMT(m->routing_key));
        return false;
    }

    return true;
}


static xd_meta_t
meta_of(const in_t *in, const xd_node_t *doc)
{
    const xd_message_t *m = in->w->message;

    return (xd_meta_t){
        .document = xd_str(in->kind->name),
        .event = XD_STR("created"),
        .occurred_at = { in->now, XD_INSTANT_LEN },
        .recorded_at = { in->now, XD_INSTANT_LEN },
        .system = in->party,
        .partner = in->party,
        .correlation_id =
            m->correlation_id.len != 0 ? m->correlation_id : m->message_id,
        .causation_id = m->message_id,
        /* Believed, as ext is: a test that lost its mark would be shipped. */
        .test = xd_truth(xd_get(doc, "meta"), "test", false),
        .standard = XD_STR("JSON"),
        .doc_type = xd_str(in->kind->name),
        .sha256 = { in->sha256, XD_SHA256_HEX },
    };
}


static xd_rc_t
publish(in_t *in, xd_node_t *doc)
{
    xd_arena_t *arena = in->w->arena;
    xd_meta_t meta = meta_of(in, doc);
    xd_uuid_t id = XD_UUID5(XD_STR("doc"), in->w->message->message_id);
    xd_rc_t rc;

    if (in->is_xml && !doc_meta_xml(arena, &in->read, &meta)) {
        return XD_E_MEMORY;
    }

    meta.id = xd_uuid_str(&id);
    meta.key = xd_fmt(arena, "%s:%.*s:%.*s", in->kind->name, XD_FMT(in->party),
        XD_FMT(xd_document_number(in->kind, doc)));
    if (meta.key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_key_version(xd_work_store(in->w), meta.key, &meta.key_version);
    if (rc != XD_OK) {
        return rc;
    }

    /* Ours takes the place of what was posted, whose ext is kept. */
    return xd_meta_put(arena, doc, &meta) != NULL
               ? xd_work_fact(in->w, doc, &in->report)
               : XD_E_MEMORY;
}


/* What the relay is told when the document cannot go on; the fault itself
 * takes the place of the text where one was found. */
typedef struct {
    xd_rc_t rc;
    xd_work_rc_t work;
    const char *code, *text;
} failure_t;

static const failure_t failures[] = {
    { XD_E_SYNTAX, XD_WORK_PERMANENT, "doc.invalid",
        "the document is not valid" },
    { XD_E_LIMIT, XD_WORK_PERMANENT, "doc.limit",
        "the document is nested too deep, or has too many values" },
    { XD_E_MEMORY, XD_WORK_PERMANENT, "doc.memory",
        "the document needs more memory than limits.message_memory allows" },
    { XD_E_STORE, XD_WORK_TRANSIENT, "doc.store",
        "own state cannot be written" },
};


/* The first error; what was only tolerated, as a byte order mark, is none. */
static const xd_finding_t *
first_error(const in_t *in)
{
    for (size_t i = 0; i < in->report.nkept; i++) {
        if (in->report.kept[i].severity >= XD_ERROR) {
            return &in->report.kept[i];
        }
    }

    return NULL;
}


static xd_work_rc_t
verdict(in_t *in, xd_rc_t rc)
{
    const xd_finding_t *f = first_error(in);
    const failure_t *row = failures;

    if (rc == XD_OK) {
        return XD_WORK_DONE;
    }

    while (row->rc != rc && row->rc != XD_E_STORE) {
        row++;
    }

    if (f != NULL && rc != XD_E_MEMORY && row->work == XD_WORK_PERMANENT) {
        xd_work_fail(in->w, row->code, "%u:%u %.*s: %.*s [%s]", f->line,
            f->column, XD_FMT(f->path), XD_FMT(f->text), f->rule);
    } else {
        xd_work_fail(in->w, row->code, "%s", row->text);
    }

    return row->work;
}


/* A document is an object: only then has meta a place in it. */
static xd_rc_t
read_document(in_t *in, xd_node_t **doc)
{
    const xd_json_limits_t limits = { .allow_bom = true };
    xd_rc_t rc = xd_json_read(in->w->arena, in->w->message->body, &limits, doc,
        &in->report);

    if (rc != XD_OK || (*doc)->kind == XD_OBJECT) {
        return rc;
    }

    xd_reportf(&in->report,
        &(xd_finding_t){ .severity = XD_ERROR,
            .scope = XD_SCOPE_FILE,
            .line = (*doc)->line,
            .column = (*doc)->column,
            .rule = "doc.object" },
        "a document is a JSON object");

    return XD_E_SYNTAX;
}


static xd_rc_t
read_xml(in_t *in, xd_node_t **doc)
{
    xd_rc_t rc = doc_read_xml(in->d, in->w->arena, in->party,
        in->w->message->body, &in->report, &in->read);

    if (rc == XD_OK) {
        *doc = in->read.doc;
        in->kind = xd_document_find(xd_str(in->read.map->document));
    }

    return rc;
}


xd_work_rc_t
doc_inbound(void *ctx, xd_work_t *w)
{
    in_t in = { .d = ctx, .w = w };
    xd_node_t *doc;
    xd_rc_t rc;

    if (!addressed(&in)) {
        return XD_WORK_PERMANENT;
    }

    if (xd_archive_put(in.d->archive, w->message->body, in.sha256) != XD_OK) {
        xd_work_fail(w, "doc.archive", "the archive cannot be written: %m");
        return XD_WORK_STUCK;
    }

    xd_instant_write(w->now_ms, in.now);
    xd_report_init(&in.report, w->arena, in.d->findings);

    rc = in.is_xml ? read_xml(&in, &doc) : read_document(&in, &doc);

    return verdict(&in, rc == XD_OK ? publish(&in, doc) : rc);
}
