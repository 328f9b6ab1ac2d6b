/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Judging bodies at the edge.  Of EDI only what the gateway must know: that
 * it is an interchange, and that its sender is who is calling; counts and
 * contents are the translator's to grade.  JSON is held to its schema and the
 * business rules, since its caller is a program that can be told at once.
 */

#include "ngx_xd_content.h"
#include "canon/rules.h"
#include "format/edifact.h"
#include "format/json.h"

#define FAULTS 100 /* shown of one body */

/* Bodies up to here are held to the rules too: they cost a third of what the
 * schema does, and a worker is never long at it.  xd-doc asks them again. */
#define RULES_BODY ((size_t) 256 * 1024)

/* Elements of ISA and UNB. */
#define ISA_SENDER_QUALIFIER 5
#define ISA_SENDER           6
#define UNB_SENDER           2


static const ngx_xd_format_t formats[] = {
    { "x12", "edi", "application/edi-x12", 0, ngx_xd_judge_x12 },
    { "edifact", "edi", "application/edifact", 0, ngx_xd_judge_edifact },
    { "json", NULL, "application/json", 1, ngx_xd_judge_json },
};


static const ngx_xd_format_t *
format_from(size_t i, ngx_str_t name)
{
    xd_str_t called = ngx_xd_to_str(name);

    for (; i < sizeof(formats) / sizeof(formats[0]); i++) {
        if (xd_str_is(called, formats[i].name)
            || (formats[i].family != NULL
                && xd_str_is(called, formats[i].family)))
        {
            return &formats[i];
        }
    }

    return NULL;
}


const ngx_xd_format_t *
ngx_xd_format_find(ngx_str_t name)
{
    return format_from(0, name);
}


const ngx_xd_format_t *
ngx_xd_format_next(const ngx_xd_format_t *format, ngx_str_t name)
{
    return format_from((size_t) (format - formats) + 1, name);
}


/* -- EDI ------------------------------------------------------------------- */


/* Who sends, as a header says it. */
typedef struct {
    xd_str_t qualifier, id;
} sender_t;


static sender_t
sender_of_isa(xd_edi_reader_t *reader, xd_arena_t *scratch,
    const xd_segment_t *isa)
{
    (void) reader;
    (void) scratch;

    return (sender_t){ xd_segment_element(isa, ISA_SENDER_QUALIFIER),
        xd_segment_element(isa, ISA_SENDER) };
}


/* S002: the id, then what kind of id it is. */
static sender_t
sender_of_unb(xd_edi_reader_t *reader, xd_arena_t *scratch,
    const xd_segment_t *unb)
{
    char mark = xd_x12_marks(reader)->component;
    xd_str_t rest = xd_segment_element(unb, UNB_SENDER);
    xd_str_t id = xd_edi_cut(reader, &rest, mark);
    xd_str_t qualifier =
        rest.ptr != NULL ? xd_edi_cut(reader, &rest, mark) : XD_STR("");

    return (sender_t){ xd_edi_value(reader, scratch, qualifier),
        xd_edi_value(reader, scratch, id) };
}


/* What one syntax of EDI is read with. */
typedef struct {
    xd_edi_reader_t *(
        *open)(xd_arena_t *arena, xd_str_t bytes, xd_report_t *rep);
    sender_t (*sender)(xd_edi_reader_t *reader, xd_arena_t *scratch,
        const xd_segment_t *header);
    const char *unreadable;
} syntax_t;


static ngx_int_t
judge_sender(ngx_http_request_t *r, const xd_party_t *party,
    const sender_t *sender)
{
    xd_str_t qualifier = xd_str_trim(sender->qualifier);
    xd_str_t id = xd_str_trim(sender->id);

    if (xd_party_is_edi(party, qualifier, id)) {
        return NGX_OK;
    }

    return ngx_xd_refuse(r, NGX_XD_P_SENDER_MISMATCH,
        "The interchange comes from %.*s/%.*s, which is not %.*s.",
        XD_FMT(qualifier), XD_FMT(id), XD_FMT(party->id));
}


/* Every interchange of the body, not only the first: a second one would go
 * in under the first one's name. */
static ngx_int_t
judge_edi(ngx_http_request_t *r, const ngx_xd_request_t *record,
    const syntax_t *syntax)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    xd_edi_reader_t *reader;
    xd_segment_t seg;
    xd_report_t rep;
    ngx_int_t rc = NGX_OK;
    ngx_uint_t found = 0;

    xd_report_init(&rep, scratch, 0);
    reader = syntax->open(scratch, ngx_xd_to_str(record->body), &rep);
    if (reader == NULL) {
        return ngx_xd_refuse(r, NGX_XD_P_INTERNAL, NULL);
    }

    while (rc == NGX_OK && xd_edi_next(reader, &seg)) {
        if (seg.header) {
            sender_t sender = syntax->sender(reader, scratch, &seg);

            found = 1;
            rc = judge_sender(r, record->party, &sender);
        }
    }

    if (rc == NGX_OK && !found) {
        return ngx_xd_refuse(r, NGX_XD_P_ENVELOPE, "%s", syntax->unreadable);
    }

    return rc;
}


ngx_int_t
ngx_xd_judge_x12(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_schema_t *schema, ngx_str_t document)
{
    static const syntax_t x12 = { xd_x12_open, sender_of_isa,
        "The ISA segment cannot be read." };

    if (!xd_x12_looks_like(ngx_xd_to_str(record->body))) {
        return ngx_xd_refuse(r, NGX_XD_P_ENVELOPE, NULL);
    }

    return judge_edi(r, record, &x12);
}


ngx_int_t
ngx_xd_judge_edifact(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_schema_t *schema, ngx_str_t document)
{
    static const syntax_t edifact = { xd_edifact_open, sender_of_unb,
        "The body begins with no UNB segment that can be read." };

    return judge_edi(r, record, &edifact);
}


/* -- JSON ------------------------------------------------------------------ */


static void
write_fault(xd_buf_t *b, const xd_finding_t *f)
{
    xd_buf_text(b, "{\"ptr\":");
    xd_json_string(b, f->path);
    xd_buf_fmt(b, ",\"line\":%u,\"col\":%u,\"rule\":", f->line, f->column);
    xd_json_string(b, xd_str(f->rule));
    xd_buf_text(b, ",\"text\":");
    xd_json_string(b, f->text);
    xd_buf_byte(b, '}');
}


/* The report as errors[], in the request's pool; empty without memory. */
static ngx_str_t
faults_of(ngx_http_request_t *r, const xd_report_t *rep)
{
    ngx_str_t text = ngx_null_string;
    xd_buf_t b = { 0 };
    size_t i;

    xd_buf_byte(&b, '[');

    for (i = 0; i < rep->nkept; i++) {
        if (rep->kept[i].severity >= XD_ERROR) {
            xd_buf_text(&b, b.len > 1 ? "," : "");
            write_fault(&b, &rep->kept[i]);
        }
    }

    xd_buf_byte(&b, ']');

    if (xd_buf_rc(&b) == XD_OK) {
        text = ngx_xd_dup(r->pool, xd_buf_str(&b));
    }

    xd_buf_free(&b);

    return text;
}


static ngx_int_t
refuse_faults(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_problem_id_t id, const xd_report_t *rep)
{
    const xd_finding_t *f = rep->kept;

    record->errors = faults_of(r, rep);

    /* A warning does not refuse: the first error does. */
    while (f < rep->kept + rep->nkept && f->severity < XD_ERROR) {
        f++;
    }

    if (f == rep->kept + rep->nkept) {
        return ngx_xd_refuse(r, id, NULL);
    }

    return ngx_xd_refuse(r, id, "%.*s: %.*s", XD_FMT(f->path), XD_FMT(f->text));
}


/* The problem's type names the document: "sales-order-schema". */
static ngx_int_t
refuse_document(ngx_http_request_t *r, ngx_xd_request_t *record,
    ngx_xd_problem_id_t id, ngx_str_t document, const xd_report_t *rep)
{
    record->type = ngx_xd_fmt(r->pool, "%.*s-%s", (int) document.len,
        (char *) document.data, id == NGX_XD_P_RULES ? "rules" : "schema");

    return refuse_faults(r, record, id, rep);
}


/* Holds a document to its schema, then to the rules; *id says which of them
 * it breaks. */
static xd_rc_t
check_document(const xd_schema_t *schema, ngx_str_t document, size_t size,
    const xd_node_t *doc, xd_report_t *rep, ngx_xd_problem_id_t *id)
{
    xd_rc_t rc = xd_schema_check(schema, doc, rep->arena, rep);

    *id = NGX_XD_P_SCHEMA;
    if (rc != XD_OK || size > RULES_BODY) {
        return rc;
    }

    *id = NGX_XD_P_RULES;

    return xd_rules_check(ngx_xd_to_str(document), doc, NULL, rep->arena, rep);
}


ngx_int_t
ngx_xd_judge_json(ngx_http_request_t *r, ngx_xd_request_t *record,
    const xd_schema_t *schema, ngx_str_t document)
{
    xd_arena_t *scratch = ngx_xd_main(r)->scratch;
    ngx_xd_problem_id_t id;
    xd_report_t rep;
    xd_node_t *doc;
    xd_rc_t rc;

    xd_report_init(&rep, scratch, FAULTS);
    rc = xd_json_read(scratch, ngx_xd_to_str(record->body), NULL, &doc, &rep);

    if (rc == XD_E_MEMORY) {
        return ngx_xd_refuse(r, NGX_XD_P_TOO_LARGE,
            "Reading this body takes more memory than a message may.");
    }

    if (rc != XD_OK) {
        return refuse_faults(r, record, NGX_XD_P_NOT_WELL_FORMED, &rep);
    }

    rc = check_document(schema, document, record->body.len, doc, &rep, &id);

    if (rc == XD_E_SYNTAX) {
        return refuse_document(r, record, id, document, &rep);
    }

    return rc == XD_OK ? NGX_OK
                       : ngx_xd_refuse(r, NGX_XD_P_TOO_LARGE,
                           "Checking this body takes more memory than a"
                           " message may.");
}
