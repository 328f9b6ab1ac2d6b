/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd - the tool of the integration team
 *
 * Usage: xd COMMAND [OPTIONS] [FILES]; xd --help lists the commands, xd
 * COMMAND --help says what one does.
 *
 * Exit status: 0 good, 1 findings or refused, 2 could not run.
 */

#include "cli.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>


/* From the table: a command that is not listed cannot be called either. */
static void
print_help(FILE *to)
{
    cli_write(to, "xd - the tool of Crossdock's integration team\n\n"
                  "Usage: xd COMMAND [OPTIONS] [FILES]\n\n");

    for (const cli_command_t *c = cli_commands; c->name != NULL; c++) {
        cli_write(to, "  %-9s %s\n", c->name, c->does);
    }

    cli_write(to,
        "\nxd COMMAND --help tells more.\n"
        "Exit status: 0 good, 1 findings or refused, 2 could not run.\n");
}


static bool
asks_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}


/* --help is answered here, for every command alike and wherever it stands;
 * behind "--" it is a file's name. */
static int
run(const cli_command_t *c, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (asks_help(argv[i])) {
            printf("xd %s - %s\n\nUsage: xd %s %s\n\n%s", c->name, c->does,
                c->name, c->usage, c->help);
            return CLI_GOOD;
        }

        if (strcmp(argv[i], "--") == 0) {
            break;
        }
    }

    return c->run(argc, argv);
}


/*
 * A file or socket that is opened later must not become what the tool prints
 * to.  False when standard output was closed: nobody would see the result.
 */
static bool
streams_open(void)
{
    bool good = fcntl(STDOUT_FILENO, F_GETFD) != -1;

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", O_RDWR) != fd) {
            return false;
        }
    }

    return good;
}


/* A full disk or a closed pipe must not look like success. */
static int
finish(int status)
{
    return fflush(stdout) == 0 && !ferror(stdout)
               ? status
               : cli_fail("standard output cannot be written");
}


static int
dispatch(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return CLI_FAILED;
    }

    if (asks_help(argv[1])) {
        print_help(stdout);
        return CLI_GOOD;
    }

    for (const cli_command_t *c = cli_commands; c->name != NULL; c++) {
        if (strcmp(c->name, argv[1]) == 0) {
            return run(c, argc - 1, argv + 1);
        }
    }

    return cli_fail("no such command: %s (xd --help lists them)", argv[1]);
}


int
main(int argc, char **argv)
{
    /* A reader that goes away is a failed write, not a death. */
    (void) signal(SIGPIPE, SIG_IGN);

    if (!streams_open()) {
        return cli_fail("standard output is closed");
    }

    return finish(dispatch(argc, argv));
}
