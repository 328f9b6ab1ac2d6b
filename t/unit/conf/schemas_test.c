/* SPDX-License-Identifier: BSD-2-Clause */

/* conf/schemas/ as editors use them.  Runs in the top folder. */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "format/json.h"


static xd_arena_t *arena;
static xd_report_t report;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


static xd_node_t *
read_schema(const char *name)
{
    xd_node_t *root = NULL;
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, name, 1 << 20, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &root, &report), XD_OK);

    return root;
}


/* What a schema refers to inside its file, or itself. */
static const xd_node_t *
target(const xd_node_t *schema, const xd_node_t *root)
{
    xd_str_t ref = xd_text(schema, "$ref");

    return ref.len > 0
               ? xd_pointer(root, (xd_str_t){ ref.ptr + 1, ref.len - 1 })
               : schema;
}


/* Editors show what is written there: nothing is left without words. */
static void
ck_described(const xd_node_t *schema, const xd_node_t *root)
{
    xd_each (property, xd_get(schema, "properties")) {
        const xd_node_t *meant = target(property, root);

        ck_assert_ptr_nonnull(meant);
        ck_assert_msg(xd_text(property, "description").len > 0
                          || xd_text(meant, "description").len > 0,
            "'%.*s' has no description", XD_FMT(property->key));
        ck_described(meant, root);
    }

    if (xd_get(schema, "items") != NULL) {
        ck_described(xd_get(schema, "items"), root);
    }
    if (xd_get(schema, "additionalProperties") != NULL) {
        ck_described(xd_get(schema, "additionalProperties"), root);
    }
}


static const char *const schemas[] = { "conf/schemas/crossdock.schema.json",
    "conf/schemas/consumers.schema.json", "conf/schemas/people.schema.json",
    "conf/schemas/partner.schema.json", "conf/schemas/system.schema.json",
    "conf/schemas/routes.schema.json" };

START_TEST(describes_every_setting)
{
    const xd_node_t *root = read_schema(schemas[_i]);

    ck_assert_uint_gt(xd_text(root, "description").len, 0);
    ck_described(root, root);
}
END_TEST


static const char *const twins[] = { "/$defs/keys", "/$defs/tokens",
    "/$defs/signatures", "/$defs/webhooks", "/$defs/certificates" };

/* Partners and consumers have the same keys and scopes; each file stands
 * alone for editors, so the twins are held together here. */
START_TEST(twins_in_the_schemas_are_equal)
{
    const xd_node_t *consumers = read_schema(schemas[1]);
    const xd_node_t *partner = read_schema(schemas[3]);

    for (size_t i = 0; i < sizeof(twins) / sizeof(twins[0]); i++) {
        ck_assert_ptr_nonnull(xd_pointer(partner, xd_str(twins[i])));
        ck_assert(xd_node_equal(xd_pointer(consumers, xd_str(twins[i])),
            xd_pointer(partner, xd_str(twins[i]))));
    }
    ck_assert(xd_node_equal(
        xd_pointer(consumers,
            XD_STR("/properties/consumers/items/properties/scopes/items")),
        xd_pointer(partner, XD_STR("/properties/scopes/items"))));
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("schemas");
    TCase *tc = tcase_create("schemas");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, describes_every_setting, 0, COUNT(schemas));
    tcase_add_test(tc, twins_in_the_schemas_are_equal);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
