/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_DATA_FIXTURE_H
#define XD_T_DATA_FIXTURE_H

/* A folder of data files of one's own, and what is found in it. */

#include <check.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "canon/schema.h"
#include "format/json.h"

#define SCHEMAS "canonical-schemas"

static xd_arena_t *arena;
static xd_report_t rep;
static xd_schemas_t *schemas;
static char dir[64];


static void
data_setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 20);
    ck_assert_int_eq(xd_schemas_load(arena, SCHEMAS, &schemas, &rep), XD_OK);
    strcpy(dir, "/tmp/xd-data-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(dir));
}


static void
data_teardown(void)
{
    ck_assert_int_eq(system(xd_fmt(arena, "rm -r %s", dir).ptr), 0);
    xd_arena_free(arena);
}


/* Writes dir/folder/name. */
static inline void
put_file(const char *folder, const char *name, const char *text)
{
    xd_str_t path = xd_fmt(arena, "%s/%s", dir, folder);

    ck_assert_int_eq(xd_file_mkdirs(path.ptr, 0700), XD_OK);
    path = xd_fmt(arena, "%s/%s/%s", dir, folder, name);
    ck_assert_int_eq(xd_file_write(path.ptr, xd_str(text), 0600), XD_OK);
}


static inline void
found(const char *rule, const char *path)
{
    ck_assert_msg(rep.nkept == 1, "%s: %zu findings, the last is %s %.*s", rule,
        rep.nkept, rep.nkept > 0 ? rep.kept[rep.nkept - 1].rule : "none",
        XD_FMT(rep.nkept > 0 ? rep.kept[rep.nkept - 1].text : XD_STR("")));
    ck_assert_str_eq(rep.kept[0].rule, rule);
    ck_assert_msg(xd_str_is(rep.kept[0].path, path), "%s: %.*s", rule,
        XD_FMT(rep.kept[0].path));
}


static inline const xd_node_t *
read_schema(const char *document)
{
    xd_str_t path =
        xd_fmt(arena, SCHEMAS "/%s/%s.schema.json", document, document);
    xd_str_t bytes = XD_STR_NONE;
    xd_node_t *root = NULL;

    ck_assert_int_eq(xd_file_read(arena, path.ptr, 1 << 20, &bytes), XD_OK);
    ck_assert_int_eq(xd_json_read(arena, bytes, NULL, &root, &rep), XD_OK);

    return root;
}

#endif
