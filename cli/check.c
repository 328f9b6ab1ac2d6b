/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd check: documents against their schema, as JSON or in their XML form.
 *
 * The schemas are loaded once, each document has an arena of its own: a
 * thousand files need no more memory than the largest of them.  Our own
 * schemas are read strictly, with the folder that they stand in; a schema of
 * others by itself, as its $schema says.  A document
 * that names no schema could not be checked, which is not the same as a bad
 * one: exit status 2, not 1.
 */

#include "cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "canon/document.h"
#include "canon/rules.h"
#include "canon/schema.h"
#include "canon/xml_form.h"
#include "format/json.h"
#include "format/xml.h"

#define DOCUMENT_MEMORY (512u << 20)
#define SCHEMA_LIMIT    (4u << 20)


/* One run over all files. */
typedef struct {
    xd_arena_t *arena; /* of the schemas */
    xd_schemas_t *schemas;
    const xd_schema_t *foreign; /* of others, by itself; or NULL */
    xd_schema_options_t options;
    const char *schema;     /* of --schema, or NULL */
    const char *duplicates; /* of --duplicates, or NULL */
    const char *to;         /* of --to, or NULL: "json", "xml" */
    const char *dir;        /* of the schemas */
    xd_str_t name;          /* what to look for in it; empty: meta.schema */
    const char *file;
    bool json;
} check_t;


/* One document, from whatever it was read. */
typedef struct {
    xd_node_t *root;
    const xd_descriptor_t *row; /* of its XML form; or NULL */
} document_t;


/* A finding is printed as it is made: a large file with many shows its first
 * ones at once, and none has to be kept. */
static void
told(void *ctx, const xd_finding_t *f)
{
    check_t *c = ctx;

    if (c->json) {
        cli_finding_json(c->file, f);
    } else {
        cli_finding(c->to != NULL ? stderr : stdout, c->file, f);
    }
}


/*
 * --schema names a file: the folder to load, and its name in there.  One of
 * the canonical schemas needs the others; any other file, those beside it.
 */
static bool
place_file(check_t *c, const char *canonical)
{
    xd_str_t anchor = xd_str(c->schema);
    xd_str_t file = xd_str_cut(&anchor, '#');
    char path[PATH_MAX], root[PATH_MAX];
    const char *hash = anchor.ptr != NULL ? "#" : "";
    size_t len;

    file = xd_dup(c->arena, file);
    if (file.ptr == NULL || realpath(file.ptr, path) == NULL) {
        return false;
    }

    len = canonical != NULL && realpath(canonical, root) != NULL ? strlen(root)
                                                                 : 0;
    if (len == 0 || strncmp(path, root, len) != 0 || path[len] != '/') {
        len = (size_t) (strrchr(path, '/') - path);
    }

    c->dir = xd_fmt(c->arena, "%.*s/", (int) len, path).ptr;
    c->name =
        xd_fmt(c->arena, "%s%s%.*s", path + len + 1, hash, XD_FMT(anchor));

    return true;
}


/* Where to look for schemas, and for which. */
static void
place(check_t *c, const char *canonical)
{
    if (c->schema == NULL || !place_file(c, canonical)) {
        c->dir = canonical;
        c->name = xd_str(c->schema);
    }
}


/* What is wrong with a schema is told as what is wrong with a document, but
 * it is 2: nothing was checked. */
static int
loaded(const xd_report_t *rep, xd_rc_t rc, const char *what)
{
    cli_findings(stderr, NULL, rep);

    return rc == XD_OK ? CLI_GOOD : cli_fail("%s: %s", what, xd_rc_text(rc));
}


/* Is a path that of a file below a folder? */
static bool
is_below(const char *path, const char *folder)
{
    char root[PATH_MAX];
    size_t len =
        folder != NULL && realpath(folder, root) != NULL ? strlen(root) : 0;

    return len > 0 && strncmp(path, root, len) == 0 && path[len] == '/';
}


/* Is --schema a file outside our own schemas?  path gains where it is. */
static bool
is_outside(check_t *c, const char *canonical, char *path, xd_str_t *anchor)
{
    xd_str_t file;

    if (c->schema == NULL) {
        return false;
    }

    *anchor = xd_str(c->schema);
    file = xd_dup(c->arena, xd_str_cut(anchor, '#'));

    return file.ptr != NULL && realpath(file.ptr, path) != NULL
           && !is_below(path, canonical);
}


/* A schema by itself.  *ours: its $id is one of ours, so it is left to the
 * loader of folders. */
static int
load_foreign(check_t *c, const char *path, xd_str_t anchor, bool *ours)
{
    const xd_json_limits_t limits = { .allow_duplicates = c->options.duplicates,
        .allow_bom = true };
    xd_str_t file = xd_dup(c->arena, xd_str(path));
    xd_node_t *root = NULL;
    xd_report_t rep;
    xd_str_t bytes;
    xd_rc_t rc;

    xd_report_init(&rep, c->arena, 100);

    rc = file.ptr == NULL ? XD_E_MEMORY
                          : xd_file_read(c->arena, path, SCHEMA_LIMIT, &bytes);
    if (rc != XD_OK) {
        return cli_fail("%s: %s", path,
            rc == XD_E_IO ? strerror(errno) : xd_rc_text(rc));
    }

    rc = xd_json_read(c->arena, bytes, &limits, &root, &rep);
    if (rc != XD_OK) {
        cli_findings(stderr, path, &rep);

        return cli_fail("%s: %s", path, xd_rc_text(rc));
    }

    *ours = xd_schema_is_ours(root);
    if (*ours) {
        return CLI_GOOD;
    }

    rc = xd_schema_compile(c->arena, root, file, anchor, &c->options,
        &c->foreign, &rep);

    return loaded(&rep, rc, path);
}


static int
load(check_t *c)
{
    const char *canonical = cli_schemas_dir(c->arena);
    char path[PATH_MAX];
    bool ours = true;
    xd_str_t anchor;
    xd_report_t rep;
    xd_rc_t rc;

    if (is_outside(c, canonical, path, &anchor)) {
        int status = load_foreign(c, path, anchor, &ours);

        if (status != CLI_GOOD || !ours) {
            return status;
        }
    }

    place(c, canonical);
    if (c->dir == NULL) {
        return cli_fail("check: the canonical schemas are not found; "
                        "XD_SCHEMAS names their folder");
    }

    xd_report_init(&rep, c->arena, 100);

    rc = xd_schemas_load(c->arena, c->dir, &c->schemas, &rep);
    if (rc == XD_E_IO) {
        return cli_fail("%s: %s", c->dir, strerror(errno));
    }

    return loaded(&rep, rc, c->dir);
}


/* What the document says of itself: in its meta, or by the namespace of its
 * XML form.  Where the two differ the namespace holds, and the schema tells. */
static const xd_schema_t *
schema_named(const check_t *c, const document_t *d)
{
    xd_str_t name = xd_text_at(d->root, "meta.schema");
    const xd_schema_t *found =
        name.len > 0 ? xd_schema_find(c->schemas, name) : NULL;

    if (d->row != NULL
        && (found == NULL
            || !xd_str_is(xd_schema_document(found), d->row->document)))
    {
        found = xd_schema_find(c->schemas, xd_str(d->row->id));
    }

    return found;
}


static const xd_schema_t *
schema_of(check_t *c, const document_t *d)
{
    const xd_schema_t *found = c->foreign;

    if (found == NULL && c->name.len > 0) {
        found = xd_schema_find(c->schemas, c->name);
    } else if (found == NULL) {
        found = schema_named(c, d);
    }

    if (found == NULL && c->schema != NULL) {
        (void) cli_fail("check: no schema is called %s (xd schema list names "
                        "all; what a caller posts is NAME#posted)",
            c->schema);
    } else if (found == NULL) {
        (void) cli_fail("%s: meta.schema names no schema that is known; give "
                        "--schema NAME, or NAME#posted when it has no meta",
            c->file);
    }

    return found;
}


/* Of a canonical document also what no schema can say.  Which one it is, its
 * schema knows: a posted one says nothing of itself. */
static xd_rc_t
check_rules(const check_t *c, const xd_schema_t *schema, const xd_node_t *doc,
    xd_arena_t *arena, xd_report_t *rep)
{
    xd_str_t name = xd_schema_document(schema);

    return c->foreign != NULL || xd_document_find(name) == NULL
               ? XD_OK
               : xd_rules_check(name, doc, NULL, arena, rep);
}


/* -- both forms ------------------------------------------------------------ */


/* The XML form of a document, by its namespace.  XD_E_NOT_FOUND: it is XML,
 * but of no document of ours. */
static xd_rc_t
read_xml(xd_arena_t *arena, xd_str_t bytes, document_t *d, xd_report_t *rep)
{
    const xd_xml_limits_t limits = { .depth = XD_XML_FORM_DEPTH };
    xd_node_t *element;
    xd_rc_t rc = xd_xml_read(arena, bytes, &limits, &element, rep);

    return rc != XD_OK ? rc
                       : xd_xml_form_read(arena, xd_descriptors, element,
                           &d->row, &d->root, rep);
}


static xd_rc_t
read_document(const check_t *c, xd_arena_t *arena, xd_str_t bytes,
    document_t *d, xd_report_t *rep)
{
    const xd_json_limits_t limits = { .allow_bom = true,
        .allow_duplicates = c->options.duplicates };

    return xd_xml_looks(bytes)
               ? read_xml(arena, bytes, d, rep)
               : xd_json_read(arena, bytes, &limits, &d->root, rep);
}


/* --to: the document in the form asked for, whatever it came in. */
static int
write_document(const check_t *c, xd_arena_t *arena, const document_t *d,
    const xd_schema_t *schema)
{
    const xd_descriptor_t *row =
        xd_descriptor_find(xd_descriptors, xd_schema_document(schema));
    xd_buf_t out = { 0 };
    xd_node_t *element;
    xd_rc_t rc = XD_OK;

    if (strcmp(c->to, "json") == 0) {
        xd_json_write(&out, d->root, XD_JSON_PRETTY);
    } else if (row == NULL) {
        return cli_fail("%s: only canonical documents have an XML form",
            c->file);
    } else {
        rc = xd_xml_form_make(arena, row, d->root, &element);
        if (rc == XD_OK) {
            xd_xml_write(&out, element, XD_XML_PRETTY);
        }
    }

    rc = rc == XD_OK ? xd_buf_rc(&out) : rc;
    if (rc == XD_OK) {
        (void) cli_print(xd_buf_str(&out));
    }

    xd_buf_free(&out);

    return rc == XD_OK ? CLI_GOOD : cli_fail("%s: %s", c->file, xd_rc_text(rc));
}


/* A document without faults; what is written of one with faults would pass
 * for a good one. */
static int
check_document(check_t *c, xd_arena_t *arena, const document_t *d,
    xd_report_t *rep)
{
    const xd_schema_t *schema = schema_of(c, d);
    xd_rc_t rc;

    if (schema == NULL) {
        return CLI_FAILED;
    }

    rc = xd_schema_check(schema, d->root, arena, rep);
    rc = rc == XD_OK ? check_rules(c, schema, d->root, arena, rep) : rc;

    if (rc == XD_E_MEMORY) {
        return cli_fail("%s: %s", c->file, xd_rc_text(rc));
    }

    if (rc != XD_OK) {
        return CLI_FINDINGS;
    }

    return c->to != NULL ? write_document(c, arena, d, schema) : CLI_GOOD;
}


/* Syntax first: of a text that cannot be read nothing more can be said. */
static int
check_bytes(check_t *c, xd_arena_t *arena, xd_str_t bytes)
{
    document_t d = { 0 };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    rep.sink = told;
    rep.sink_ctx = c;

    rc = read_document(c, arena, bytes, &d, &rep);
    if (rc == XD_E_NOT_FOUND) {
        return cli_fail("%s: its root element is no canonical document of a "
                        "version that is known; it must be one such as "
                        "<item xmlns=\"urn:retail:item:1\"> (docs/XML.md)",
            c->file);
    }

    if (rc == XD_E_MEMORY) {
        return cli_fail("%s: %s", c->file, xd_rc_text(rc));
    }

    return rc == XD_OK ? check_document(c, arena, &d, &rep) : CLI_FINDINGS;
}


/* A file that cannot be read does not keep the others from being checked. */
static int
check_file(check_t *c, const char *path)
{
    xd_arena_t *arena;
    xd_file_t file;
    int status;

    c->file = path;

    if (cli_open(path, &file) != CLI_GOOD) {
        return CLI_FAILED;
    }

    arena = xd_arena_new(DOCUMENT_MEMORY);
    status = arena != NULL ? check_bytes(c, arena, file.bytes)
                           : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    xd_file_unmap(&file);
    xd_arena_free(arena);

    return status;
}


/* --duplicates=allow is for public test suites; refuse is what is. */
static bool
take_duplicates(check_t *c)
{
    if (c->duplicates == NULL || strcmp(c->duplicates, "refuse") == 0) {
        return true;
    }

    c->options.duplicates = strcmp(c->duplicates, "allow") == 0;
    if (!c->options.duplicates) {
        (void) cli_fail("check: --duplicates takes allow or refuse");
    }

    return c->options.duplicates;
}


static bool
take_to(const check_t *c)
{
    if (c->to == NULL || strcmp(c->to, "json") == 0
        || strcmp(c->to, "xml") == 0) {
        return true;
    }

    (void) cli_fail("check: --to takes json or xml");

    return false;
}


int
cli_check(int argc, char **argv)
{
    check_t c = { 0 };
    const cli_option_t options[] = {
        { "schema", &c.schema, NULL },
        { "json", NULL, &c.json },
        { "refs", &c.options.refs, NULL },
        { "assert-format", NULL, &c.options.assert_formats },
        { "duplicates", &c.duplicates, NULL },
        { "to", &c.to, NULL },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("check: name a file");
    }

    if (!take_duplicates(&c) || !take_to(&c)) {
        return CLI_FAILED;
    }

    c.arena = xd_arena_new(0);
    status =
        c.arena != NULL ? load(&c) : cli_fail("%s", xd_rc_text(XD_E_MEMORY));

    if (status == CLI_GOOD) {
        for (int i = 1; i < argc; i++) {
            int one = check_file(&c, argv[i]);

            status = one > status ? one : status;
        }
    }

    xd_arena_free(c.arena);

    return status;
}
