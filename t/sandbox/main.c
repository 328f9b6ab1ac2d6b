/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd-sandbox - the systems around Crossdock, played by one program
 *
 *   xd-sandbox --port N --state FILE
 *
 * Listens on 127.0.0.1:N (0: a free port) and says "ready PORT" on standard
 * output.  FILE is its database: what it was sent survives a restart and
 * kill -9.
 *
 *   POST /<role>/<document>        with Idempotency-Key: 201 {"id"}; the same
 *                                  again: 200 and the same id; the key with
 *                                  another body: 409
 *   GET  /<role>/ledger[?key=]     every effect; key: an Idempotency-Key, a
 *                                  business key (meta.key) or an id
 *   GET  /<role>/documents/<id>    the body as it came
 *   POST /fault                    {role, mode, count}: the next `count`
 *                                  documents of that role go wrong
 *
 * Roles: erp oms wms pos payment tax fraud carrier loyalty marketplace
 * partner.  Modes: slow 500 429 401 422 reset reset-after-work
 * 504-after-work 400-means-done garbage.
 */

#include "sandbox.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"

#define BODY_MAX    (16 * 1024 * 1024)
#define CONNECTIONS 512


static volatile sig_atomic_t stop;


static void
on_signal(int number)
{
    (void) number;
    stop = 1;
}


static int
usage(FILE *to, int status)
{
    fputs("usage: xd-sandbox --port N --state FILE\n", to);

    return status;
}


/* Without SA_RESTART, so that a signal ends the wait in poll(). */
static void
catch_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal };

    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}


/* Serves until it is told to stop. */
static xd_rc_t
serve(xd_loop_t *loop, xd_store_t *store, uint16_t port)
{
    xd_server_conf_t conf = { .port = port,
        .body_max = BODY_MAX,
        .connections = CONNECTIONS };
    xd_server_t *server = NULL;
    xd_rc_t rc = xd_server_new(loop, &conf, sandbox_serve, store, &server);

    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, NULL, "port %u cannot be listened on: %s",
            (unsigned) port, rc == XD_E_IO ? strerror(errno) : xd_rc_text(rc));
        return rc;
    }

    printf("ready %u\n", (unsigned) xd_server_port(server));
    fflush(stdout);

    while (rc == XD_OK && !stop) {
        rc = xd_loop_once(loop, 1000);
    }
    xd_server_free(server);

    return rc;
}


static int
run(const char *state, uint16_t port)
{
    const xd_store_schema_t schema = { sandbox_migrations };
    xd_loop_t *loop = xd_loop_new();
    xd_store_t *store = NULL;
    xd_rc_t rc = loop != NULL ? XD_OK : XD_E_MEMORY;

    if (rc == XD_OK) {
        rc = xd_store_open(state, &schema, &store);
    }
    if (rc == XD_OK) {
        rc = serve(loop, store, port);
        xd_store_close(store);
    }
    if (loop != NULL) {
        xd_loop_free(loop);
    }

    return rc == XD_OK ? EXIT_SUCCESS : 2;
}


int
main(int argc, char **argv)
{
    static const struct option options[] = {
        { "port", required_argument, NULL, 'p' },
        { "state", required_argument, NULL, 's' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 },
    };
    const char *state = NULL;
    uint64_t port = UINT64_MAX;
    int option;

    while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
        switch (option) {
        case 'p':
            if (!xd_str_uint(xd_str(optarg), UINT16_MAX, &port)) {
                return usage(stderr, 2);
            }
            break;
        case 's':
            state = optarg;
            break;
        case 'h':
            return usage(stdout, 0);
        default:
            return usage(stderr, 2);
        }
    }
    if (state == NULL || port == UINT64_MAX || optind != argc) {
        return usage(stderr, 2);
    }

    xd_log_init("xd-sandbox", XD_LOG_INFO, 2);
    catch_signals();

    return run(state, (uint16_t) port);
}
