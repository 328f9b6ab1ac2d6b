/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Guides for the commands that grade: those of a partner's profile, which the
 * configuration holds, or a file that somebody writes at, which needs no
 * configuration at all.
 */

#include "guides.h"

#include <unistd.h>

#include "canon/schema.h"
#include "format/yaml.h"

#define FILE_MAX (4U << 20)
#define FILES    8 /* guides that extend each other */
#define KEPT     1000


/* A file and those that it extends, as a configuration has them. */
typedef struct {
    xd_arena_t *arena;
    const xd_schema_t *schema;
    xd_str_t folder;
    xd_node_t *all;
    xd_report_t rep;
    xd_str_t file; /* at hand */
} reading_t;


static void
placed(void *ctx, const xd_finding_t *f)
{
    reading_t *r = ctx;

    xd_report_in(&r->rep, r->arena, r->file, f);
}


static const xd_schema_t *
guide_schema(xd_arena_t *arena)
{
    const char *documents = cli_schemas_dir(arena);
    xd_schemas_t *set = NULL;
    xd_report_t rep;
    xd_str_t dir;

    xd_report_init(&rep, arena, KEPT);
    dir =
        xd_fmt(arena, "%s/../conf/schemas", documents != NULL ? documents : "");

    if (dir.ptr == NULL || xd_schemas_load(arena, dir.ptr, &set, &rep) != XD_OK)
    {
        return NULL;
    }

    return xd_schema_find(set, XD_STR("urn:crossdock:guide:1.0"));
}


/* One file under its name; XD_E_IO when it cannot be read, which is told. */
static xd_rc_t
read_one(reading_t *r, xd_str_t stem)
{
    xd_report_t rep;
    xd_node_t *doc = NULL;
    xd_str_t bytes;
    xd_rc_t rc;

    r->file =
        xd_fmt(r->arena, "%.*s/%.*s.yaml", XD_FMT(r->folder), XD_FMT(stem));
    if (r->file.ptr == NULL) {
        return XD_E_MEMORY;
    }

    rc = xd_file_read(r->arena, r->file.ptr, FILE_MAX, &bytes);
    if (rc == XD_E_IO || rc == XD_E_LIMIT) {
        (void) cli_fail("%s: it cannot be read", r->file.ptr);
        return XD_E_IO;
    }

    xd_report_init(&rep, r->arena, 0);
    rep.sink = placed;
    rep.sink_ctx = r;

    rc = rc == XD_OK ? xd_yaml_read(r->arena, bytes, &doc, &rep) : rc;
    rc = rc == XD_OK ? xd_schema_check(r->schema, doc, r->arena, &rep) : rc;

    if (rc == XD_OK) {
        doc->key = stem;
        rc = xd_node_add(r->arena, r->all, doc) != NULL ? XD_OK : XD_E_MEMORY;
    }

    return rc;
}


/* The file, what it extends, what that extends; that there is no such file,
 * or that they form a circle, is the compiler's to say. */
static xd_rc_t
read_chain(reading_t *r, xd_str_t stem)
{
    xd_rc_t rc = read_one(r, stem);

    for (int n = 1; rc == XD_OK && n < FILES; n++) {
        xd_str_t next = xd_text(xd_get_str(r->all, stem), "extends");
        xd_str_t path =
            xd_fmt(r->arena, "%.*s/%.*s.yaml", XD_FMT(r->folder), XD_FMT(next));

        if (next.len == 0 || xd_get_str(r->all, next) != NULL) {
            return XD_OK;
        }

        if (path.ptr == NULL) {
            return XD_E_MEMORY;
        }

        if (access(path.ptr, R_OK) != 0) {
            return XD_OK;
        }

        rc = read_one(r, next);
        stem = next;
    }

    return rc;
}


/* "conf/guides/acme.yaml": its folder, and its name without the end. */
static xd_str_t
split(const char *path, xd_str_t *folder)
{
    const char *slash = strrchr(path, '/');
    xd_str_t stem = xd_str(slash != NULL ? slash + 1 : path);

    *folder = slash != NULL ? (xd_str_t){ path, (size_t) (slash - path) }
                            : XD_STR(".");
    if (stem.len > 5 && strcmp(stem.ptr + stem.len - 5, ".yaml") == 0) {
        stem.len -= 5;
    }

    return stem;
}


static int
told(const xd_report_t *rep, xd_rc_t rc)
{
    cli_findings(stderr, NULL, rep);

    return rc == XD_OK     ? CLI_GOOD
           : rc == XD_E_IO ? CLI_FAILED
           : rc == XD_E_CONF || rc == XD_E_SYNTAX
               ? CLI_FINDINGS
               : cli_fail("%s", xd_rc_text(rc));
}


static int
of_file(xd_arena_t *arena, const char *path, xd_guides_t *out)
{
    reading_t r = { .arena = arena,
        .schema = guide_schema(arena),
        .all = xd_node_new(arena, XD_OBJECT) };
    xd_node_t *names = xd_node_new(arena, XD_ARRAY);
    xd_node_t *name = xd_node_new(arena, XD_STRING);
    xd_str_t stem = split(path, &r.folder), folder;
    xd_rc_t rc;

    if (r.schema == NULL) {
        return cli_fail("the schemas of the configuration files cannot be "
                        "found: set XD_SCHEMAS");
    }

    folder = xd_dup(arena, r.folder);
    if (name == NULL || r.all == NULL || folder.ptr == NULL
        || xd_node_add(arena, names, name) == NULL)
    {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    name->text = stem;
    xd_report_init(&r.rep, arena, KEPT);
    rc = read_chain(&r, stem);
    if (rc == XD_OK) {
        rc = xd_guides_compile(arena, r.all, names, folder.ptr, out, &r.rep);
    }

    return told(&r.rep, rc);
}


static int
of_partner(xd_arena_t *arena, const cli_guides_t *asked, xd_conf_t **conf,
    xd_guides_t *out)
{
    int status = cli_conf(asked->conf, conf);
    const xd_node_t *partner;
    xd_report_t rep;

    if (status != CLI_GOOD) {
        return status;
    }

    partner = xd_get((*conf)->partners, asked->partner);
    if (partner == NULL) {
        return cli_fail("there is no partner %s", asked->partner);
    }

    xd_report_init(&rep, arena, KEPT);

    return told(&rep,
        xd_guides_compile(arena, (*conf)->guides,
            xd_get(xd_get(partner, "edi"), "guides"), "guides", out, &rep));
}


int
cli_guides(xd_arena_t *arena, const cli_guides_t *asked, xd_conf_t **conf,
    xd_guides_t *out)
{
    *conf = NULL;
    *out = (xd_guides_t){ 0 };

    if (asked->partner != NULL && asked->file != NULL) {
        return cli_fail("--partner or --guide, not both");
    }

    return asked->file != NULL      ? of_file(arena, asked->file, out)
           : asked->partner != NULL ? of_partner(arena, asked, conf, out)
                                    : CLI_GOOD;
}
