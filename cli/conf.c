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
#include "route/route.h"

#define KEPT_FINDINGS 1000


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

    return rc != XD_OK ? rc : also;
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
