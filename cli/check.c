/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd check: JSON documents against their schema.
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
#include "format/json.h"

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
    const char *dir;        /* of the schemas */
    xd_str_t name;          /* what to look for in it; empty: meta.schema */
    const char *file;
    bool json;
} check_t;


/* A finding is printed as it is made: a large file with many shows its first
 * ones at once, and none has to be kept. */
static void
told(void *ctx, const xd_finding_t *f)
{
    check_t *c = ctx;

    if (c->json) {
        cli_finding_json(c->file, f);
    } else {
        cli_finding(stdout, c->file, f);
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
    for (size_t i = 0; i < rep->nkept; i++) {
        cli_finding(stderr, NULL, &rep->kept[i]);
    }

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
        for (size_t i = 0; i < rep.nkept; i++) {
            cli_finding(stderr, path, &rep.kept[i]);
        }

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


/* By --schema, or by what the document says of itself. */
static const xd_schema_t *
schema_of(check_t *c, const xd_node_t *doc)
{
    xd_str_t name = c->name.len > 0 ? c->name : xd_text_at(doc, "meta.schema");
    const xd_schema_t *found = c->foreign;

    if (found == NULL && name.len > 0) {
        found = xd_schema_find(c->schemas, name);
    }

    if (found == NULL && c->schema != NULL) {
        (void) cli_fail("check: no schema is called %s", c->schema);
    } else if (found == NULL) {
        (void) cli_fail("%s: meta.schema names no schema that is known; give "
                        "--schema",
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


/* Syntax first: of a text that is no JSON nothing more can be said. */
static int
check_bytes(check_t *c, xd_arena_t *arena, xd_str_t bytes)
{
    const xd_json_limits_t limits = { .allow_bom = true,
        .allow_duplicates = c->options.duplicates };
    const xd_schema_t *schema;
    xd_report_t rep;
    xd_node_t *doc;
    xd_rc_t rc;

    xd_report_init(&rep, arena, 0);
    rep.sink = told;
    rep.sink_ctx = c;

    rc = xd_json_read(arena, bytes, &limits, &doc, &rep);
    if (rc == XD_OK) {
        schema = schema_of(c, doc);
        if (schema == NULL) {
            return CLI_FAILED;
        }

        rc = xd_schema_check(schema, doc, arena, &rep);
        rc = rc == XD_OK ? check_rules(c, schema, doc, arena, &rep) : rc;
    }

    if (rc == XD_E_MEMORY) {
        return cli_fail("%s: %s", c->file, xd_rc_text(rc));
    }

    return rc == XD_OK ? CLI_GOOD : CLI_FINDINGS;
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
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("check: name a file");
    }

    if (!take_duplicates(&c)) {
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
