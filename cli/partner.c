/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd partner rotate: a new API key, of which only the hash is kept.
 *
 * It writes no file: who runs it puts the printed lines below the old key, so
 * that both work until the partner has changed over, and then takes the old
 * ones out.  The key itself is on the screen once and nowhere else.
 */

#include "cli.h"

#include <errno.h>

#include "base/clock.h"
#include "base/id.h"
#include "conf/registry.h"

#define SECRET_BYTES 24
#define PREFIX_LEN   6
#define YEAR_MS      (365LL * 24 * 3600 * 1000)


/* The secret that makes a stolen list of hashes worthless. */
static xd_rc_t
read_pepper(const xd_conf_t *conf, xd_arena_t *arena, xd_str_t *pepper)
{
    xd_str_t path = xd_conf_resolve(conf, xd_text(conf->consumers, "pepper"));
    xd_rc_t rc = path.ptr != NULL ? xd_file_secret(arena, path.ptr, pepper)
                                  : XD_E_MEMORY;

    if (rc != XD_OK) {
        (void) cli_fail("the pepper %.*s: %s (make one: openssl rand -hex 32 > "
                        "FILE; chmod 600)",
            XD_FMT(path),
            rc == XD_E_IO     ? strerror(errno)
            : rc == XD_E_CONF ? "it must not be empty, nor open to others"
                              : xd_rc_text(rc));
    }

    return rc;
}


/* The prefix tells people which key it is and is no secret; 168 bits behind
 * it are, more than anybody can guess, so their hash needs no salt. */
static xd_str_t
make_key(xd_arena_t *arena, char prefix[PREFIX_LEN + 1])
{
    unsigned char random[SECRET_BYTES];
    char secret[2 * SECRET_BYTES + 1];

    xd_random(random, sizeof(random));
    xd_hex(random, sizeof(random), secret);
    memcpy(prefix, secret, PREFIX_LEN);
    prefix[PREFIX_LEN] = '\0';

    return xd_fmt(arena, "%s.%s", prefix, secret + PREFIX_LEN);
}


static int
rotate(const xd_conf_t *conf, xd_arena_t *arena, const char *id)
{
    char prefix[PREFIX_LEN + 1], hash[XD_SHA256_HEX + 1];
    char from[XD_INSTANT_LEN + 1], until[XD_INSTANT_LEN + 1];
    int64_t now = xd_now_ms();
    xd_str_t pepper, key;

    if (read_pepper(conf, arena, &pepper) != XD_OK) {
        return CLI_FAILED;
    }

    key = make_key(arena, prefix);
    if (key.ptr == NULL) {
        return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    }

    xd_registry_hash(pepper, key, hash);
    xd_instant_write(now, from);
    xd_instant_write(now + YEAR_MS, until);

    /* The prefix in quotes: all digits would be a number to YAML. */
    printf("# The key, shown once; give it to %s over a safe way:\n"
           "#   %.*s\n"
           "# Below `keys:` of its file:\n"
           "  - prefix: \"%s\"\n"
           "    hash: \"%s\"\n"
           "    not_before: %s\n"
           "    expires: %s\n",
        id, XD_FMT(key), prefix, hash, from, until);

    return CLI_GOOD;
}


int
cli_partner(int argc, char **argv)
{
    const char *path = NULL;
    const cli_option_t options[] = {
        { "c", &path, NULL },
        { NULL, NULL, NULL },
    };
    xd_registry_t *registry;
    xd_arena_t *arena;
    xd_conf_t *conf;
    xd_report_t rep;
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 3 || strcmp(argv[1], "rotate") != 0) {
        return argc < 0 ? CLI_FAILED : cli_fail("usage: xd partner rotate ID");
    }

    if (cli_conf(path, &conf) != CLI_GOOD) {
        return CLI_FAILED;
    }

    arena = xd_arena_new(0);
    xd_report_init(&rep, arena, 0);

    if (arena == NULL) {
        status = cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    } else if (xd_registry_make(arena, conf, XD_STR(""), &registry, &rep)
               != XD_OK) {
        status = cli_fail("the configuration is not good: xd conf check");
    } else if (xd_registry_party(registry, xd_str(argv[2])) == NULL) {
        (void) cli_fail("no partner or consumer is called %s", argv[2]);
        status = CLI_FINDINGS;
    } else {
        status = rotate(conf, arena, argv[2]);
    }

    xd_arena_free(arena);
    xd_conf_free(conf);

    return status;
}
