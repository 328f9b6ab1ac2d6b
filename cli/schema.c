/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd schema: which schemas there are, what one says, and what has changed
 * between two versions of them.
 */

#include "schema.h"

#include "canon/bundle.h"
#include "canon/diff.h"
#include "canon/document.h"
#include "canon/page.h"
#include "canon/schema.h"
#include "format/json.h"


/* --json: on a line of its own; NULL, where memory ran out, prints nothing. */
static void
print_object(const xd_node_t *line)
{
    xd_buf_t out = { 0 };

    if (line != NULL) {
        xd_json_write(&out, line, XD_JSON_COMPACT);
        xd_buf_byte(&out, '\n');
        cli_print(xd_buf_str(&out));
    }

    xd_buf_free(&out);
}


/* -- list ---------------------------------------------------------------- */

static void
put_version(xd_arena_t *arena, xd_node_t *line, const xd_leaf_t *leaf)
{
    (void) xd_put_str(arena, line, "version",
        xd_fmt(arena, "%u.%u", leaf->major, leaf->minor));
}


static void
list_json(schema_t *s, const xd_leaf_t *leaf, const char *domain)
{
    xd_node_t *line = xd_node_new(s->arena, XD_OBJECT);

    (void) xd_put_str(s->arena, line, "document", leaf->name);
    put_version(s->arena, line, leaf);
    (void) xd_put_str(s->arena, line, "domain", xd_str(domain));
    (void) xd_put_str(s->arena, line, "title", xd_text(leaf->root, "title"));
    (void) xd_put_str(s->arena, line, "id", leaf->id);

    print_object(line);
}


static void
list_line(const xd_leaf_t *leaf, const char *domain)
{
    cli_write(stdout, "%-20.*s %u.%u  %-10s ", XD_FMT(leaf->name), leaf->major,
        leaf->minor, domain);
    cli_text(stdout, xd_text(leaf->root, "title"));
    cli_write(stdout, "\n");
}


/* What is no document of the bus is there for the others: "-". */
static int
list(schema_t *s, int argc, char **argv)
{
    xd_book_t book;
    int status;

    (void) argv;
    if (argc != 0) {
        return cli_fail("schema list takes no name");
    }

    status = schema_head(s, &book);
    for (size_t i = 0; status == CLI_GOOD && i < book.leaves.count; i++) {
        const xd_leaf_t *leaf = *XD_AT(&book.leaves, xd_leaf_t *, i);
        const xd_document_t *row = xd_document_find(leaf->name);
        const char *domain = row != NULL ? row->domain : "-";

        if (s->json) {
            list_json(s, leaf, domain);
        } else {
            list_line(leaf, domain);
        }
    }

    return status;
}


/* -- show ---------------------------------------------------------------- */

static int
print_json(const xd_node_t *node)
{
    xd_buf_t out = { 0 };
    xd_rc_t rc;

    xd_json_write(&out, node, XD_JSON_PRETTY);
    rc = xd_buf_rc(&out);
    cli_print(xd_buf_str(&out));
    xd_buf_free(&out);

    return rc == XD_OK ? CLI_GOOD : cli_fail("%s", xd_rc_text(rc));
}


/* The typical example stands beside the schema; a schema without one has a
 * page without. */
static const xd_node_t *
example_of(schema_t *s, const xd_leaf_t *leaf)
{
    xd_str_t path = xd_fmt(s->arena, "%s/%.*s/examples/typical.json", s->dir,
        XD_FMT(leaf->name));
    xd_node_t *root = NULL;
    xd_str_t bytes;

    if (path.ptr == NULL || xd_file_read(s->arena, path.ptr, 0, &bytes) != XD_OK
        || xd_json_read(s->arena, bytes, NULL, &root, &s->rep) != XD_OK)
    {
        return NULL;
    }

    return root;
}


static int
print_page(schema_t *s, const xd_book_t *book, const xd_leaf_t *leaf)
{
    xd_page_t page = { .book = book, .leaf = leaf };
    xd_lifecycles_t *lives = NULL;
    xd_schemas_t *set = NULL;
    xd_buf_t out = { 0 };
    xd_rc_t rc;

    rc = xd_schemas_load(s->arena, s->dir, &set, &s->rep);
    if (rc == XD_OK) {
        rc = xd_lifecycles_load(s->arena, s->dir, set, &lives, &s->rep);
    }

    if (rc == XD_OK) {
        page.lifecycles = lives;
        page.example = example_of(s, leaf);
        rc = xd_page_write(s->arena, &page, &out);
        cli_print(xd_buf_str(&out));
    }

    xd_buf_free(&out);

    return schema_told(s, rc, "schema show");
}


static int
print_bundle(schema_t *s, const xd_book_t *book, const xd_leaf_t *leaf)
{
    xd_node_t *bundle = NULL;
    int status = schema_told(s,
        xd_schema_bundle(s->arena, book, leaf, "#", &bundle), "schema show");

    return status == CLI_GOOD ? print_json(bundle) : status;
}


static int
show(schema_t *s, int argc, char **argv)
{
    const xd_leaf_t *leaf;
    xd_book_t book;
    int status;

    if (argc != 1) {
        return cli_fail("schema show: name one document (xd schema list "
                        "names all)");
    }

    status = schema_open(s, argv[0], &book, &leaf);
    if (status != CLI_GOOD || schema_need_dir(s) != CLI_GOOD) {
        return CLI_FAILED;
    }

    if (leaf == NULL) {
        return cli_fail("schema show: %s is more than one schema", argv[0]);
    }

    return s->json ? print_bundle(s, &book, leaf) : print_page(s, &book, leaf);
}


/* -- diff ---------------------------------------------------------------- */

static void
put_change(schema_t *s, const xd_change_t *c)
{
    xd_node_t *line = xd_node_new(s->arena, XD_OBJECT);

    (void) xd_put_str(s->arena, line, "class",
        xd_str(xd_diff_class_name(c->class)));
    (void) xd_put_str(s->arena, line, "rule", xd_str(c->rule));
    (void) xd_put_str(s->arena, line, "file", c->path);
    (void) xd_put_str(s->arena, line, "pointer", c->pointer);
    (void) xd_put_str(s->arena, line, "text", c->text);

    print_object(line);
}


static void
say_change(const xd_change_t *c)
{
    cli_write(stdout, "%s: ", xd_diff_class_name(c->class));
    cli_text(stdout, c->path);
    cli_write(stdout, "#");
    cli_text(stdout, c->pointer);
    cli_write(stdout, ": ");
    cli_text(stdout, c->text);
    cli_write(stdout, " [%s]\n", c->rule);
}


/* What breaks comes last, where it is seen on a terminal. */
static void
say_changes(schema_t *s, const xd_diff_t *diff)
{
    for (int kind = 0; kind < XD_DIFF_CLASSES; kind++) {
        for (size_t i = 0; i < diff->changes.count; i++) {
            const xd_change_t *c = XD_AT(&diff->changes, xd_change_t, i);

            if ((int) c->class != kind) {
                continue;
            }

            if (s->json) {
                put_change(s, c);
            } else {
                say_change(c);
            }
        }
    }
}


/* Which version a schema needs next; nothing when it has it. */
static void
say_pair(const xd_diff_pair_t *p)
{
    const xd_leaf_t *old = p->old, *next = p->new;

    if (old == NULL || next == NULL) {
        return;
    }

    if (p->refused) {
        cli_text(stdout, next->name);
        cli_write(stdout, " %u.%u breaks %u.%u: mend it, or make it %u.0\n",
            next->major, next->minor, old->major, old->minor, old->major + 1);
    } else if (p->count[XD_DIFF_ADDITIVE] > 0 && next->major == old->major
               && next->minor == old->minor)
    {
        cli_text(stdout, next->name);
        cli_write(stdout, " has grown since %u.%u: make it %u.%u\n", old->major,
            old->minor, old->major, old->minor + 1);
    }
}


static void
say_summary(schema_t *s, const xd_diff_t *diff)
{
    const size_t *n = diff->count;

    if (s->json) {
        cli_write(stdout,
            "{\"summary\":{\"breaking\":%zu,\"additive\":%zu,"
            "\"documentation\":%zu,\"refused\":%s}}\n",
            n[XD_DIFF_BREAKING], n[XD_DIFF_ADDITIVE], n[XD_DIFF_DOCUMENTATION],
            diff->refused ? "true" : "false");
        return;
    }

    for (size_t i = 0; i < diff->pairs.count; i++) {
        say_pair(XD_AT(&diff->pairs, xd_diff_pair_t, i));
    }

    cli_write(stdout, "%zu breaking, %zu additive, %zu documentation: %s\n",
        n[XD_DIFF_BREAKING], n[XD_DIFF_ADDITIVE], n[XD_DIFF_DOCUMENTATION],
        diff->refused ? "refused without a new major" : "fine");
}


static int
compare(schema_t *s, xd_diff_side_t old, xd_diff_side_t next)
{
    xd_diff_t diff;
    int status;

    if ((old.leaf == NULL) != (next.leaf == NULL)) {
        return cli_fail("schema diff: one is a single schema, the other is "
                        "not; name two alike");
    }

    status = schema_told(s, xd_schema_diff(s->arena, old, next, &diff, &s->rep),
        "schema diff");
    if (status != CLI_GOOD) {
        return status;
    }

    say_changes(s, &diff);
    say_summary(s, &diff);

    return diff.refused ? CLI_FINDINGS : CLI_GOOD;
}


static int
diff(schema_t *s, int argc, char **argv)
{
    xd_book_t old, next;
    xd_diff_side_t before = { &old, NULL }, after = { &next, NULL };
    int status;

    if (argc != 2) {
        return cli_fail("schema diff: name an old and a new version: files, "
                        "folders, releases, documents or URNs");
    }

    status = schema_open(s, argv[0], &old, &before.leaf);
    if (status == CLI_GOOD) {
        status = schema_open(s, argv[1], &next, &after.leaf);
    }

    return status == CLI_GOOD ? compare(s, before, after) : status;
}


/* -- the command --------------------------------------------------------- */

static int
run(schema_t *s, int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(schema_t *s, int argc, char **argv);
    } verbs[] = { { "list", list }, { "show", show }, { "diff", diff } };

    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (strcmp(argv[1], verbs[i].name) == 0) {
            return verbs[i].run(s, argc - 2, argv + 2);
        }
    }

    return cli_fail("schema: %s is none of list, show, diff", argv[1]);
}


int
cli_schema(int argc, char **argv)
{
    schema_t s = { 0 };
    const cli_option_t options[] = {
        { "json", NULL, &s.json },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED
                        : cli_fail("schema: say list, show or "
                                   "diff");
    }

    s.arena = xd_arena_new(0);
    if (s.arena == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    xd_report_init(&s.rep, s.arena, 100);
    status = run(&s, argc, argv);
    xd_arena_free(s.arena);

    return status;
}
