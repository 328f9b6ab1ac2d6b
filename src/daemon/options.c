/* SPDX-License-Identifier: BSD-2-Clause */

#include "room.h"

#include <stdio.h>
#include <unistd.h>

#define CONF_DEFAULT "/etc/crossdock/crossdock.yaml"
#define VERSION      "0.1.0"


static void
help(const xd_daemon_spec_t *spec)
{
    (void) printf("%s - %s\n\n"
                  "Usage: %s [-c FILE] [-t] [-V] [-h]\n\n"
                  "  -c FILE  the configuration (%s)\n"
                  "  -t       check it and end\n"
                  "  -V       print the version\n"
                  "  -h       print this\n\n"
                  "TERM and INT drain and stop, HUP reloads.\n",
        spec->name, spec->summary, spec->name, CONF_DEFAULT);
}


/* What was wrong is said by getopt itself, or here. */
void
options_read(const xd_daemon_spec_t *spec, int argc, char **argv,
    daemon_options_t *out)
{
    int option;

    *out = (daemon_options_t){ DAEMON_RUN, CONF_DEFAULT };
    optind = 1;

    while ((option = getopt(argc, argv, "c:tVh")) != -1) {
        switch (option) {

        case 'c':
            out->conf = optarg;
            break;

        case 't':
            out->mode = DAEMON_CHECK;
            break;

        case 'V':
            (void) printf("%s %s\n", spec->name, VERSION);
            out->mode = DAEMON_HELPED;
            return;

        case 'h':
            help(spec);
            out->mode = DAEMON_HELPED;
            return;

        default:
            out->mode = DAEMON_WRONG;
            return;
        }
    }

    if (optind < argc) {
        (void) fprintf(stderr, "%s: \"%s\" is no option\n", spec->name,
            argv[optind]);
        out->mode = DAEMON_WRONG;
    }
}


void
findings_print(const xd_report_t *rep)
{
    size_t all = 0;

    for (size_t i = 0; i < rep->nkept; i++) {
        const xd_finding_t *f = &rep->kept[i];

        (void) fprintf(stderr, "%.*s", XD_FMT(f->path));
        if (f->line > 0) {
            (void) fprintf(stderr, ":%u:%u", f->line, f->column);
        }
        (void) fprintf(stderr, ": %s: %.*s (%s)\n",
            xd_severity_name(f->severity), XD_FMT(f->text), f->rule);
    }

    for (int s = 0; s < XD_SEVERITIES; s++) {
        all += rep->count[s];
    }

    if (all > rep->nkept) {
        (void) fprintf(stderr, "and %zu more\n", all - rep->nkept);
    }
}
