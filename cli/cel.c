/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * `xd cel`: what an expression gives, on a document or on values of its own.
 * With --document the schema gives the types, as a route's condition has them.
 */

#include "cli.h"

#include <errno.h>
#include <string.h>

#include "base/vec.h"
#include "canon/cel_types.h"
#include "format/json.h"

#define MEMORY (64 * 1024 * 1024)

typedef struct {
    xd_arena_t *arena;
    const char *data, *document, *container;
    bool unchecked, type_only;
    xd_cel_env_t typed; /* of --document; else zeros */
    xd_vec_t names;     /* xd_cel_binding_t */
    xd_vec_t types;     /* const xd_cel_type_t *, of the same */
} cel_t;


static const xd_cel_type_t *
variable(void *ctx, xd_str_t name)
{
    const cel_t *c = ctx;

    for (size_t i = 0; i < c->names.count; i++) {
        if (xd_str_eq(XD_AT(&c->names, xd_cel_binding_t, i)->name, name)) {
            return *XD_AT(&c->types, const xd_cel_type_t *, i);
        }
    }

    return c->document == NULL ? NULL : c->typed.variable(c->typed.ctx, name);
}


/* The rest is asked of the document's types, which alone have objects. */
static const xd_cel_type_t *
member(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const cel_t *c = ctx;

    return c->typed.member(c->typed.ctx, object, name);
}


static bool
optional(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const cel_t *c = ctx;

    return c->document != NULL && c->typed.optional(c->typed.ctx, object, name);
}


static xd_str_t
nearest(void *ctx, const xd_cel_type_t *object, xd_str_t name)
{
    const cel_t *c = ctx;

    return c->document != NULL ? c->typed.nearest(c->typed.ctx, object, name)
                               : XD_STR_NONE;
}


static int
add(cel_t *c, xd_str_t name, xd_cel_value_t value, const xd_cel_type_t *type)
{
    xd_cel_binding_t *b = xd_vec_push(&c->names, c->arena);
    const xd_cel_type_t **t = xd_vec_push(&c->types, c->arena);

    if (b == NULL || t == NULL) {
        return cli_fail("cel: %s", xd_rc_text(XD_E_MEMORY));
    }

    *b = (xd_cel_binding_t){ name, value };
    *t = type;

    return CLI_GOOD;
}


/* Compiles and runs one expression; value may be NULL: then it is only
 * checked. */
static int
run(cel_t *c, const xd_cel_env_t *env, xd_str_t source, xd_cel_value_t *value,
    const xd_cel_type_t **type)
{
    xd_cel_program_t *program;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, c->arena, 1);
    rc = xd_cel_compile(c->arena, source, env, &program, &rep);
    if (rc != XD_OK) {
        cli_findings(stderr, "expression", &rep);
        return CLI_FINDINGS;
    }

    *type = xd_cel_result(program);
    if (value == NULL) {
        return CLI_GOOD;
    }

    rc = xd_cel_eval(program, c->arena, c->names.at, c->names.count, 0, value);
    if (rc != XD_OK) {
        cli_write(stderr, "expression:1:%u: error: ", value->at + 1);
        cli_text(stderr, value->as.text);
        cli_write(stderr, " [cel.run]\n");
    }

    return rc == XD_OK ? CLI_GOOD : CLI_FINDINGS;
}


/* NAME=EXPRESSION behind the expression: a variable and its type. */
static int
take_variable(cel_t *c, const char *word)
{
    static const xd_cel_env_t none = { 0 };
    const char *equals = strchr(word, '=');
    xd_str_t name = { word, equals != NULL ? (size_t) (equals - word) : 0 };
    const xd_cel_type_t *type;
    xd_cel_value_t value;
    int status;

    if (name.len == 0) {
        return cli_fail("cel: %s should be NAME=EXPRESSION", word);
    }

    status = run(c, &none, xd_str(equals + 1), &value, &type);

    return status == CLI_GOOD ? add(c, name, value, type) : status;
}


/* The types of --document. */
static int
take_types(cel_t *c)
{
    const char *dir = cli_schemas_dir(c->arena);
    xd_schemas_t *set = NULL;
    const xd_schema_t *schema;
    xd_report_t rep;

    if (dir == NULL) {
        return cli_fail("cel: the canonical schemas are not found; XD_SCHEMAS "
                        "names their folder");
    }

    xd_report_init(&rep, c->arena, 10);
    if (xd_schemas_load(c->arena, dir, &set, &rep) != XD_OK) {
        cli_findings(stderr, NULL, &rep);
        return cli_fail("cel: the schemas in %s cannot be read", dir);
    }

    schema = xd_schema_find(set, xd_str(c->document));
    if (schema == NULL) {
        return cli_fail(
            "cel: there is no document %s (xd schema list names all)",
            c->document);
    }

    return xd_cel_document_env(c->arena, schema, &c->typed) == XD_OK
               ? CLI_GOOD
               : cli_fail("cel: %s", xd_rc_text(XD_E_MEMORY));
}


static int
bind_typed(cel_t *c, const xd_node_t *doc)
{
    xd_cel_binding_t bound[XD_CEL_DOCUMENT_BOUND];
    xd_rc_t rc = xd_cel_document_bind(c->arena, doc, bound);
    int status = CLI_GOOD;

    if (rc != XD_OK) {
        return cli_fail("cel: %s", xd_rc_text(rc));
    }

    for (size_t i = 0; i < XD_CEL_DOCUMENT_BOUND && status == CLI_GOOD; i++) {
        status = add(c, bound[i].name, bound[i].value,
            c->typed.variable(c->typed.ctx, bound[i].name));
    }

    return status;
}


/* Each member of the document is a variable, the document itself is `doc`. */
static int
take_document(cel_t *c, xd_str_t bytes)
{
    const xd_json_limits_t limits = { .allow_bom = true };
    const xd_cel_type_t *any = xd_cel_type(XD_CEL_DYN);
    xd_node_t *doc;
    xd_report_t rep;
    int status;

    xd_report_init(&rep, c->arena, 10);
    if (xd_json_read(c->arena, bytes, &limits, &doc, &rep) != XD_OK) {
        cli_findings(stderr, c->data, &rep);
        return CLI_FINDINGS;
    }

    if (c->document != NULL) {
        return bind_typed(c, doc);
    }

    status = add(c, XD_STR("doc"), xd_cel_of_node(c->arena, doc), any);
    for (xd_node_t *m = doc->kind == XD_OBJECT ? doc->first : NULL;
         m != NULL && status == CLI_GOOD; m = m->next)
    {
        status = add(c, m->key, xd_cel_of_node(c->arena, m), any);
    }

    return status;
}


static int
print(const xd_cel_value_t *value, const xd_cel_type_t *type)
{
    xd_buf_t out = { 0 };
    int status;

    if (value != NULL) {
        xd_cel_write(&out, value);
    } else {
        xd_cel_type_write(&out, type);
    }

    xd_buf_byte(&out, '\n');
    status = xd_buf_rc(&out) == XD_OK
                 ? CLI_GOOD
                 : cli_fail("cel: the result is too long to print");
    if (status == CLI_GOOD) {
        (void) cli_print(xd_buf_str(&out));
    }

    xd_buf_free(&out);

    return status;
}


static int
evaluate(cel_t *c, xd_str_t source)
{
    const xd_cel_env_t env = { .ctx = c,
        .variable = variable,
        .member = member,
        .optional = optional,
        .nearest = nearest,
        .container = c->container != NULL ? xd_str(c->container) : XD_STR_NONE,
        .unchecked = c->unchecked };
    const xd_cel_type_t *type;
    xd_cel_value_t value;
    int status = run(c, &env, source, c->type_only ? NULL : &value, &type);

    return status == CLI_GOOD ? print(c->type_only ? NULL : &value, type)
                              : status;
}


/* The expression stands on the command line, or on standard input. */
static int
with_expression(cel_t *c, const char *word)
{
    xd_file_t file;
    int status;

    if (strcmp(word, "-") != 0) {
        return evaluate(c, xd_str(word));
    }

    status = cli_open(word, &file);
    if (status == CLI_GOOD) {
        status = evaluate(c, file.bytes);
        xd_file_unmap(&file);
    }

    return status;
}


static int
with_document(cel_t *c, int argc, char **argv)
{
    xd_file_t file = { 0 };
    int status = c->document != NULL ? take_types(c) : CLI_GOOD;

    /* First, as the first of a name counts. */
    for (int i = 2; i < argc && status == CLI_GOOD; i++) {
        status = take_variable(c, argv[i]);
    }

    if (c->data != NULL && status == CLI_GOOD) {
        status = cli_open(c->data, &file);
        if (status != CLI_GOOD) {
            return status;
        }

        status = take_document(c, file.bytes);
    }

    status = status == CLI_GOOD ? with_expression(c, argv[1]) : status;
    if (c->data != NULL) {
        xd_file_unmap(&file);
    }

    return status;
}


int
cli_cel(int argc, char **argv)
{
    cel_t c = { .names = XD_VEC(xd_cel_binding_t),
        .types = XD_VEC(const xd_cel_type_t *) };
    const cli_option_t options[] = {
        { "data", &c.data, NULL },
        { "document", &c.document, NULL },
        { "container", &c.container, NULL },
        { "unchecked", NULL, &c.unchecked },
        { "type", NULL, &c.type_only },
        { NULL, NULL, NULL },
    };
    int status;

    argc = cli_options(argc, argv, options);
    if (argc < 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("cel: give an expression");
    }

    c.arena = xd_arena_new(MEMORY);
    if (c.arena == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    status = with_document(&c, argc, argv);
    xd_arena_free(c.arena);

    return status;
}
