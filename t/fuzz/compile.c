/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The schema compiler, and the validator on what it makes: schemas and the
 * documents held to them both come from the input, in the form of the public
 * suite: [{ "schema": …, "tests": [{ "data": … }] }], or one such object.
 * Whatever a schema says, it compiles or has a fault with a place, and a
 * document fits or has faults at places of its own.
 */

#include "fuzz.h"

#include "canon/cel_types.h"
#include "canon/schema.h"
#include "format/json.h"

#define MEMORY (256 * 1024 * 1024)

/* Each way to read a schema of others. */
static const xd_schema_options_t ways[] = {
    { .assert_formats = true },
    { .draft07 = true, .duplicates = true },
};


/* Out of its document: a schema or a value stands by itself. */
static xd_node_t *
alone(xd_node_t *node)
{
    if (node != NULL) {
        node->key = XD_STR_NONE;
        node->parent = node->next = NULL;
    }

    return node;
}


static void
check(const xd_schema_t *schema, const xd_node_t *data, xd_str_t bytes)
{
    xd_arena_t *arena = xd_arena_new(MEMORY);
    xd_report_t rep;
    xd_rc_t rc;

    MUST(arena != NULL);
    xd_report_init(&rep, arena, KEPT);
    rc = xd_schema_check(schema, data, arena, &rep);
    fuzz_findings(&rep, bytes);
    MUST(rc == XD_OK || rc == XD_E_SYNTAX || rc == XD_E_MEMORY);
    MUST(rc == XD_E_MEMORY || (rc == XD_OK) == (xd_report_errors(&rep) == 0));

    for (size_t i = 0; i < rep.nkept; i++) {
        MUST(rep.kept[i].path.ptr == NULL
             || xd_pointer(data, rep.kept[i].path) != NULL);
    }

    xd_arena_free(arena);
}


/* Expressions get types from any schema, too. */
static void
types(xd_arena_t *arena, const xd_schema_t *schema)
{
    static const char *const asked[] = { "doc", "doc.foo", "foo", "doc.foo[0]",
        "doc.foo.bar.baz" };
    xd_cel_program_t *program;
    xd_cel_env_t env;
    xd_report_t rep;

    MUST(xd_cel_document_env(arena, schema, &env) == XD_OK);
    for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
        xd_rc_t rc;

        xd_report_init(&rep, arena, 1);
        rc = xd_cel_compile(arena, xd_str(asked[i]), &env, &program, &rep);
        MUST(rc == XD_OK || (rc == XD_E_SYNTAX && rep.nkept == 1));
    }
}


static xd_rc_t
compile(xd_arena_t *arena, const xd_node_t *root,
    const xd_schema_options_t *way, const xd_schema_t **schema,
    xd_report_t *rep)
{
    return xd_schema_compile(arena, root, XD_STR(""), XD_STR(""), way, schema,
        rep);
}


static void
group(xd_arena_t *arena, xd_node_t *node, xd_str_t bytes)
{
    const xd_node_t *tests = xd_get(node, "tests");
    const xd_node_t *root = alone(xd_get(node, "schema"));
    const xd_schema_t *schema;
    xd_report_t rep;

    for (size_t i = 0; root != NULL && i < sizeof(ways) / sizeof(ways[0]); i++)
    {
        xd_rc_t rc;

        xd_report_init(&rep, arena, KEPT);
        rc = compile(arena, root, &ways[i], &schema, &rep);
        fuzz_findings(&rep, bytes);
        MUST(rc == XD_OK || rc == XD_E_CONF);
        MUST((rc == XD_OK) == (xd_report_errors(&rep) == 0));

        if (rc == XD_OK) {
            types(arena, schema);
            xd_each (test, tests) {
                const xd_node_t *data = alone(xd_get(test, "data"));

                if (data != NULL) {
                    check(schema, data, bytes);
                }
            }
        }
    }
}


static void
out_of_memory(xd_str_t bytes)
{
    xd_arena_t *read = fuzz_arena();
    xd_arena_t *arena = fuzz_arena();
    const xd_schema_t *schema;
    xd_node_t *root;
    xd_report_t rep;

    xd_report_init(&rep, read, 0);
    if (xd_json_read(read, bytes, NULL, &root, &rep) == XD_OK) {
        root = alone(
            xd_get(root->kind == XD_ARRAY ? root->first : root, "schema"));
        if (root != NULL) {
            xd_arena_fail_at(arena, fuzz_nth(bytes) * 4);
            (void) compile(arena, root, &ways[0], &schema, &rep);
        }
    }

    xd_arena_free(arena);
    xd_arena_free(read);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size);
    xd_arena_t *arena = fuzz_arena();
    xd_node_t *root;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);
    if (xd_json_read(arena, bytes, NULL, &root, &rep) == XD_OK) {
        if (root->kind != XD_ARRAY) {
            group(arena, root, bytes);
        } else {
            xd_each (node, root) {
                group(arena, node, bytes);
            }
        }
    }

    xd_arena_free(arena);
    out_of_memory(bytes);

    return 0;
}
