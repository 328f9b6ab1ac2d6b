/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd schema: which schemas there are, what one says, and what has changed
 * between two versions of them.
 *
 * A version is named by a folder, a file, a release ("1.0"), a document
 * ("item": as it is now) or a URN (as it was released, where it was).
 */

#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "canon/bundle.h"
#include "canon/diff.h"
#include "canon/document.h"
#include "canon/page.h"
#include "canon/schema.h"
#include "format/json.h"


typedef struct {
    xd_arena_t *arena;
    const char *dir; /* canonical-schemas/ */
    xd_report_t rep;
    bool json;
} schema_t;


/* What a loader found wrong with the files: nothing was compared. */
static int
told(schema_t *s, xd_rc_t rc, const char *what)
{
    for (size_t i = 0; i < s->rep.nkept; i++) {
        cli_finding(stderr, NULL, &s->rep.kept[i]);
    }

    if (rc == XD_OK) {
        return CLI_GOOD;
    }

    return cli_fail("%s: %s", what,
        rc == XD_E_IO ? strerror(errno) : xd_rc_text(rc));
}


static int
need_dir(schema_t *s)
{
    s->dir = s->dir != NULL ? s->dir : cli_schemas_dir(s->arena);

    return s->dir != NULL
               ? CLI_GOOD
               : cli_fail("schema: the canonical schemas are not found; "
                          "XD_SCHEMAS names their folder");
}


/* The schemas as they are now. */
static int
head(schema_t *s, xd_book_t *book)
{
    int status = need_dir(s);

    return status == CLI_GOOD
               ? told(s, xd_book_load(s->arena, s->dir, book, &s->rep), s->dir)
               : status;
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
    xd_buf_t out = { 0 };

    (void) xd_put_str(s->arena, line, "document", leaf->name);
    put_version(s->arena, line, leaf);
    (void) xd_put_str(s->arena, line, "domain", xd_str(domain));
    (void) xd_put_str(s->arena, line, "title", xd_text(leaf->root, "title"));
    (void) xd_put_str(s->arena, line, "id", leaf->id);

    if (line != NULL) {
        xd_json_write(&out, line, XD_JSON_COMPACT);
        xd_buf_byte(&out, '\n');
        cli_print(xd_buf_str(&out));
    }

    xd_buf_free(&out);
}


static void
list_line(const xd_leaf_t *leaf, const char *domain)
{
    printf("%-20.*s %u.%u  %-10s ", XD_FMT(leaf->name), leaf->major,
        leaf->minor, domain);
    cli_text(stdout, xd_text(leaf->root, "title"));
    printf("\n");
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

    status = head(s, &book);
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


/* -- a version ----------------------------------------------------------- */


static bool
is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}


static bool
is_release(schema_t *s, xd_str_t version)
{
    xd_str_t path =
        xd_fmt(s->arena, "%s/released/%.*s/MANIFEST", s->dir, XD_FMT(version));

    return path.ptr != NULL && memchr(version.ptr, '/', version.len) == NULL
           && access(path.ptr, R_OK) == 0;
}


/* The folder of a file's fellows: the nearest above it that holds common.json;
 * else its own. */
static const char *
home_of(schema_t *s, const char *path)
{
    char *full = realpath(path, NULL);
    xd_str_t dir = full != NULL ? xd_dup(s->arena, xd_str(full)) : XD_STR_NONE;
    const char *own = NULL;

    free(full);

    while (dir.ptr != NULL && dir.len > 1) {
        xd_str_t common;

        while (dir.len > 0 && dir.ptr[--dir.len] != '/') {
        }

        dir = xd_dup(s->arena, dir);
        common = xd_fmt(s->arena, "%.*s/common.json", XD_FMT(dir));
        own = own != NULL ? own : dir.ptr;

        if (common.ptr != NULL && access(common.ptr, R_OK) == 0) {
            return dir.ptr;
        }
    }

    return own;
}


static int
open_file(schema_t *s, const char *path, xd_book_t *book,
    const xd_leaf_t **leaf)
{
    const char *home = home_of(s, path);
    xd_rc_t rc =
        home == NULL ? XD_E_IO : xd_book_load(s->arena, home, book, &s->rep);

    if (rc == XD_OK) {
        rc = xd_book_add(book, path, leaf, &s->rep);
    }

    return told(s, rc, path);
}


/* "1.0" of urn:retail:item:1.0 and of item:1.0; empty where there is none. */
static xd_str_t
version_of(xd_str_t name)
{
    xd_str_t last = name;

    while (name.ptr != NULL) {
        last = xd_str_cut(&name, ':');
    }

    return last;
}


/* item:1.0 is short for urn:retail:item:1.0. */
static const xd_leaf_t *
find(schema_t *s, const xd_book_t *book, xd_str_t name)
{
    const xd_leaf_t *leaf = xd_book_find(book, name);

    return leaf != NULL ? leaf
                        : xd_book_find(book,
                            xd_fmt(s->arena, "urn:retail:%.*s", XD_FMT(name)));
}


/* A version that was released is what was released; any other, the one that
 * stands here now. */
static int
open_name(schema_t *s, const char *name, xd_book_t *book,
    const xd_leaf_t **leaf)
{
    xd_str_t whole = xd_str(name), version = version_of(whole);
    int status;

    if (version.len < whole.len && is_release(s, version)) {
        status = told(s,
            xd_book_release(s->arena, s->dir, version, book, &s->rep), name);
        *leaf = status == CLI_GOOD ? find(s, book, whole) : NULL;
        if (status != CLI_GOOD || *leaf != NULL) {
            return status;
        }
    }

    status = head(s, book);
    if (status == CLI_GOOD) {
        *leaf = find(s, book, whole);
        status = *leaf != NULL
                     ? CLI_GOOD
                     : cli_fail("no schema is called %s (xd schema list "
                                "names all)",
                         name);
    }

    return status;
}


/* *leaf NULL: the whole book. */
static int
open_version(schema_t *s, const char *name, xd_book_t *book,
    const xd_leaf_t **leaf)
{
    *leaf = NULL;

    if (is_folder(name)) {
        return told(s, xd_book_load(s->arena, name, book, &s->rep), name);
    }

    if (access(name, F_OK) == 0) {
        return open_file(s, name, book, leaf);
    }

    if (need_dir(s) != CLI_GOOD) {
        return CLI_FAILED;
    }

    return is_release(s, xd_str(name)) ? told(s,
               xd_book_release(s->arena, s->dir, xd_str(name), book, &s->rep),
               name)
                                       : open_name(s, name, book, leaf);
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

    return told(s, rc, "schema show");
}


static int
print_bundle(schema_t *s, const xd_book_t *book, const xd_leaf_t *leaf)
{
    xd_node_t *bundle = NULL;
    int status = told(s, xd_schema_bundle(s->arena, book, leaf, "#", &bundle),
        "schema show");

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

    status = open_version(s, argv[0], &book, &leaf);
    if (status != CLI_GOOD || need_dir(s) != CLI_GOOD) {
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
    xd_buf_t out = { 0 };

    (void) xd_put_str(s->arena, line, "class",
        xd_str(xd_diff_class_name(c->class)));
    (void) xd_put_str(s->arena, line, "rule", xd_str(c->rule));
    (void) xd_put_str(s->arena, line, "file", c->path);
    (void) xd_put_str(s->arena, line, "pointer", c->pointer);
    (void) xd_put_str(s->arena, line, "text", c->text);

    if (line != NULL) {
        xd_json_write(&out, line, XD_JSON_COMPACT);
        xd_buf_byte(&out, '\n');
        cli_print(xd_buf_str(&out));
    }

    xd_buf_free(&out);
}


static void
say_change(const xd_change_t *c)
{
    printf("%s: ", xd_diff_class_name(c->class));
    cli_text(stdout, c->path);
    printf("#");
    cli_text(stdout, c->pointer);
    printf(": ");
    cli_text(stdout, c->text);
    printf(" [%s]\n", c->rule);
}


/* What breaks comes last, where it is seen on a terminal. */
static void
say_changes(schema_t *s, const xd_diff_t *diff)
{
    for (int class = 0; class < XD_DIFF_CLASSES; class ++) {
        for (size_t i = 0; i < diff->changes.count; i++) {
            const xd_change_t *c = XD_AT(&diff->changes, xd_change_t, i);

            if ((int) c->class != class) {
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
    const xd_leaf_t *old = p->old, *new = p->new;

    if (old == NULL || new == NULL) {
        return;
    }

    if (p->refused) {
        cli_text(stdout, new->name);
        printf(" %u.%u breaks %u.%u: mend it, or make it %u.0\n", new->major,
            new->minor, old->major, old->minor, old->major + 1);
    } else if (p->count[XD_DIFF_ADDITIVE] > 0
               && new->major == old->major &&new->minor == old->minor)
    {
        cli_text(stdout, new->name);
        printf(" has grown since %u.%u: make it %u.%u\n", old->major,
            old->minor, old->major, old->minor + 1);
    }
}


static void
say_summary(schema_t *s, const xd_diff_t *diff)
{
    const size_t *n = diff->count;

    if (s->json) {
        printf("{\"summary\":{\"breaking\":%zu,\"additive\":%zu,"
               "\"documentation\":%zu,\"refused\":%s}}\n",
            n[XD_DIFF_BREAKING], n[XD_DIFF_ADDITIVE], n[XD_DIFF_DOCUMENTATION],
            diff->refused ? "true" : "false");
        return;
    }

    for (size_t i = 0; i < diff->pairs.count; i++) {
        say_pair(XD_AT(&diff->pairs, xd_diff_pair_t, i));
    }

    printf("%zu breaking, %zu additive, %zu documentation: %s\n",
        n[XD_DIFF_BREAKING], n[XD_DIFF_ADDITIVE], n[XD_DIFF_DOCUMENTATION],
        diff->refused ? "refused without a new major" : "fine");
}


static int
compare(schema_t *s, xd_diff_side_t old, xd_diff_side_t new)
{
    xd_diff_t diff;
    int status;

    if ((old.leaf == NULL) != (new.leaf == NULL)) {
        return cli_fail("schema diff: one is a single schema, the other is "
                        "not; name two alike");
    }

    status = told(s, xd_schema_diff(s->arena, old, new, &diff, &s->rep),
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
    xd_book_t old, new;
    xd_diff_side_t before = { &old, NULL }, after = { &new, NULL };
    int status;

    if (argc != 2) {
        return cli_fail("schema diff: name an old and a new version: files, "
                        "folders, releases, documents or URNs");
    }

    status = open_version(s, argv[0], &old, &before.leaf);
    if (status == CLI_GOOD) {
        status = open_version(s, argv[1], &new, &after.leaf);
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
