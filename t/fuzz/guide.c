/* SPDX-License-Identifier: BSD-2-Clause */

/* A guide and what it is held against: whatever its author wrote, it compiles
 * or is told where it is wrong; whatever the set is, it gets its verdict, and
 * the answers are clean. */

#include "edi.h"

#include "canon/schema.h"
#include "edi/advice.h"
#include "format/yaml.h"

#define BEHIND "\n====\n"

static const xd_schema_t *schema;


int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    xd_arena_t *arena = fuzz_arena(); /* for the whole run */
    xd_schemas_t *set;
    xd_report_t rep;

    (void) argc;
    (void) argv;
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_schemas_load(arena, "conf/schemas", &set, &rep) == XD_OK);
    schema = xd_schema_find(set, XD_STR("urn:crossdock:guide:1.0"));
    MUST(schema != NULL);

    return 0;
}


/* Every guide of the object as a configuration has it: id and title are for
 * people, so that they may be missing here. */
static bool
is_valid(xd_arena_t *arena, xd_node_t *all)
{
    xd_report_t rep;

    if (all->kind != XD_OBJECT) {
        return false;
    }

    xd_each (guide, all) {
        if (guide->kind != XD_OBJECT) {
            return false;
        }
        if (xd_get(guide, "id") == NULL) {
            (void) xd_put_str(arena, guide, "id", XD_STR("g"));
        }
        if (xd_get(guide, "title") == NULL) {
            (void) xd_put_str(arena, guide, "title", XD_STR("g"));
        }
        xd_report_init(&rep, arena, 0);
        if (xd_schema_check(schema, guide, arena, &rep) != XD_OK) {
            return false;
        }
    }

    return true;
}


/* Advice about each set is clean, too. */
static void
advise(xd_arena_t *arena, xd_str_t bytes, const xd_edi_interchange_t *ic,
    const xd_report_t *rep)
{
    const xd_edi_ack_t ack = { .now_ms = 1778750000000,
        .isa_control = 12,
        .gs_control = 34,
        .usage = 'T' };
    xd_edi_advised_t of = { .bytes = bytes,
        .ic = ic,
        .rep = rep,
        .to = rep->nkept };
    xd_vec_t advices = XD_VEC(xd_edi_advice_t);
    xd_buf_t out = { 0 };

    for (size_t g = 0; g < ic->groups.count; g++) {
        of.group = XD_AT(&ic->groups, xd_edi_group_t, g);

        for (size_t s = 0; s < of.group->sets.count; s++) {
            xd_edi_advice_t advice;

            of.set = XD_AT(&of.group->sets, xd_edi_set_t, s);
            if (xd_edi_advise(arena, &of, &advice) == XD_OK) {
                *(xd_edi_advice_t *) xd_vec_push(&advices, arena) = advice;
            }
        }
    }

    if (xd_edi_write_824(ic, &ack, &advices, &out) == XD_OK
        || xd_edi_write_aperak(ic, &ack, &advices, &out) == XD_OK)
    {
        edi_is_clean(arena, &out);
    }
    xd_buf_free(&out);
}


static void
hold(xd_arena_t *arena, const xd_guides_t *guides, xd_str_t bytes)
{
    xd_guide_use_t *use =
        xd_alloc_n(arena, guides->checks + 1, sizeof(xd_guide_use_t));
    xd_edi_options_t options = { .guides = guides, .use = use };
    xd_edi_file_t file;
    xd_report_t rep;

    MUST(use != NULL);
    xd_report_init(&rep, arena, KEPT);
    MUST(xd_edi_grade(arena, bytes, &options, &rep, &file) == XD_OK);
    fuzz_findings(&rep, bytes);

    for (size_t i = 0; i < file.interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file.interchanges, xd_edi_interchange_t, i);

        edi_answer(arena, ic, xd_edi_write_997);
        edi_answer(arena, ic, xd_edi_write_999);
        advise(arena, bytes, ic, &rep);
    }

    for (size_t i = 0; i < guides->checks; i++) {
        MUST(xd_guides_check(guides, i).line > 0);
    }

    options.trees = true;
    xd_report_init(&rep, arena, 0);
    xd_arena_fail_at(arena, fuzz_nth(bytes));
    (void) !xd_edi_grade(arena, bytes, &options, &rep, &file);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t bytes = fuzz_bytes(data, size), edi = XD_STR("HL*1**S~");
    const char *behind = memmem(data, size, BEHIND, sizeof(BEHIND) - 1);
    xd_arena_t *arena = fuzz_arena();
    xd_buf_t wrapped = { 0 };
    xd_node_t *all = NULL, *names = NULL;
    xd_guides_t guides;
    xd_report_t rep;
    xd_rc_t rc;

    if (behind != NULL) {
        edi.ptr = behind + sizeof(BEHIND) - 1;
        edi.len = size - (size_t) (edi.ptr - bytes.ptr);
        bytes.len = (size_t) (behind - bytes.ptr);
    }

    xd_report_init(&rep, arena, KEPT);
    MUST(xd_yaml_read(arena, XD_STR("[g]"), &names, &rep) == XD_OK);

    if (xd_yaml_read(arena, bytes, &all, &rep) == XD_OK && is_valid(arena, all))
    {
        xd_report_init(&rep, arena, KEPT);
        rc = xd_guides_compile(arena, all, names, "guides", &guides, &rep);
        fuzz_findings(&rep, bytes);
        MUST(rc == XD_OK || rc == XD_E_CONF);
        MUST(rc == XD_OK || rep.nkept > 0 || xd_get(all, "g") == NULL);

        if (rc == XD_OK) {
            hold(arena, &guides, edi_file(edi, &wrapped));
        }
    }

    xd_buf_free(&wrapped);
    xd_arena_free(arena);

    return 0;
}
