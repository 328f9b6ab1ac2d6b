/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd conf check: everything that the processes read, checked as a whole.
 *
 * The room conf reads and ties the files; what routes and parties mean is
 * known to rooms of its own floor, which conf may not include.  The tool
 * stands above both, so it is the one place where the whole is proved.  The
 * hash that it prints is the one that every message carries (xd-config).
 */

#include "cli.h"

#include "conf/registry.h"
#include "edi/guide.h"
#include "edi/shape.h"
#include "map/mapping.h"
#include "route/route.h"

#define KEPT_FINDINGS 1000


/* Each guide once, also one that nobody names yet, and together those of each
 * partner, when each of them is good. */
static xd_rc_t
compile_guides(xd_arena_t *arena, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_rc_t rc = XD_OK;
    xd_guides_t guides;

    xd_each (guide, conf->guides) {
        xd_node_t *names = xd_node_new(arena, XD_ARRAY);
        xd_node_t *name = xd_node_new(arena, XD_STRING);
        xd_rc_t one = XD_E_MEMORY;

        if (xd_get(guide, "set") == NULL && xd_get(guide, "extends") == NULL) {
            continue; /* only others tell for which set */
        }

        if (name != NULL && xd_node_add(arena, names, name) != NULL) {
            name->text = guide->key;
            one = xd_guides_compile(arena, conf->guides, names, "guides",
                &guides, rep);
        }
        rc = one != XD_OK ? one : rc;
    }

    xd_each (partner, conf->partners) {
        if (rc == XD_OK) {
            rc = xd_guides_compile(arena, conf->guides,
                xd_get(xd_get(partner, "edi"), "guides"), "guides", &guides,
                rep);
        }
    }

    return rc;
}


/* The maps, which are files of their own beside the configuration. */
static xd_rc_t
compile_maps(xd_arena_t *arena, const xd_conf_t *conf, xd_report_t *rep)
{
    const xd_mappings_env_t env = { xd_conf_path(conf, "schemas"),
        xd_edi_shapes };
    xd_mappings_t maps;
    xd_rc_t rc =
        xd_mappings_load(arena, xd_conf_path(conf, "maps"), &env, &maps, rep);

    if (rc == XD_E_IO) {
        xd_reportf(rep,
            &(xd_finding_t){ .severity = XD_ERROR,
                .scope = XD_SCOPE_FILE,
                .line = 1,
                .column = 1,
                .rule = "map.file",
                .path = xd_str(xd_conf_path(conf, "maps")) },
            "The maps cannot be read from this folder.");
        rc = XD_E_CONF;
    }

    return rc;
}


/* What other rooms make of the trees: each its own, so each is asked even
 * when another has found faults. */
static xd_rc_t
compile(xd_arena_t *arena, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_registry_t *registry;
    xd_routes_t *routes;
    xd_rc_t rc =
        xd_routes_compile(arena, conf->routes, conf->schemas, &routes, rep);
    xd_rc_t also = xd_registry_make(arena, conf, XD_STR(""), &registry, rep);
    xd_rc_t too = compile_guides(arena, conf, rep);
    xd_rc_t maps = compile_maps(arena, conf, rep);

    return rc != XD_OK ? rc : also != XD_OK ? also : too != XD_OK ? too : maps;
}


/* Every fault that the compilers find, as xd_conf_load tells its own. */
static int
compile_told(const xd_conf_t *conf)
{
    xd_arena_t *arena = xd_arena_new(0);
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT_FINDINGS);
    rc = arena != NULL ? compile(arena, conf, &rep) : XD_E_MEMORY;

    cli_findings(stderr, NULL, &rep);

    xd_arena_free(arena);

    if (rc == XD_E_MEMORY) {
        return cli_fail("%s", xd_rc_text(rc));
    }

    return rc == XD_OK ? CLI_GOOD : CLI_FINDINGS;
}


int
cli_conf_command(int argc, char **argv)
{
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { NULL, NULL, NULL },
    };
    xd_conf_t *conf;
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 2 || strcmp(argv[1], "check") != 0) {
        return argc < 0 ? CLI_FAILED : cli_fail("usage: xd conf check");
    }

    status = cli_conf(path, &conf);
    if (status == CLI_GOOD) {
        status = compile_told(conf);
    }

    if (status == CLI_GOOD) {
        printf("good: %s\n", conf->hash);
    }

    if (conf != NULL) {
        xd_conf_free(conf);
    }

    return status;
}
