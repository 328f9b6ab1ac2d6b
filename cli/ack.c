/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * xd ack: the acknowledgement that Crossdock would send.
 *
 * The writers are those of xd-x12, asked in its order and under its rules, so
 * that a partner can try a file before it is sent, by the guides of a partner
 * too.  Only what xd-x12 alone
 * owns is missing: control numbers are 1, and nobody knows here whether the
 * interchange came before.
 */

#include "advise.h"
#include "guides.h"

#include "base/clock.h"
#include "edi/ack.h"


#define KEPT_FINDINGS 100000 /* of which advice tells */


/* One kind of acknowledgement, in the order of their bytes. */
typedef struct {
    const char *name;
    bool groups; /* about groups, which a refused interchange has not */
    bool usual;  /* also when nobody asks for it by name */
    xd_rc_t (*write)(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
        xd_buf_t *out);
} kind_t;

static const kind_t kinds[] = {
    { "ta1", false, true, xd_edi_write_ta1 },
    { "997", true, true, xd_edi_write_997 },
    { "999", true, false, xd_edi_write_999 },
    { "contrl", false, true, xd_edi_write_contrl },
    { "824", false, false, NULL }, /* advice: what maps and rules say */
    { "aperak", false, false, NULL },
};

/* What is asked for. */
typedef struct {
    const char *kind; /* NULL: what is usual */
    cli_guides_t by;
} ask_t;


static bool
known(const char *kind)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (kind == NULL || strcmp(kind, kinds[i].name) == 0) {
            return true;
        }
    }

    return false;
}


/* All that is due for one interchange, or one kind of it.  That a kind is not
 * due (XD_E_NOT_FOUND) is no failure: print_acks says so when nothing was. */
static xd_rc_t
write_ack(const xd_edi_interchange_t *ic, const char *only, xd_buf_t *out)
{
    const xd_edi_ack_t ack = { .now_ms = xd_now_ms(),
        .isa_control = 1,
        .gs_control = 1,
        .usage = ic->test ? 'T' : 'P' };

    for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
        bool wanted =
            only != NULL ? strcmp(only, kinds[k].name) == 0 : kinds[k].usual;
        xd_rc_t rc = XD_OK;

        if (wanted && kinds[k].write != NULL
            && !(kinds[k].groups && ic->verdict == 'R'))
        {
            rc = kinds[k].write(ic, &ack, out);
        }

        if (rc != XD_OK && rc != XD_E_NOT_FOUND) {
            return rc;
        }
    }

    return XD_OK;
}


static xd_rc_t
write_acks(const xd_edi_file_t *file, const char *only, xd_buf_t *out)
{
    xd_rc_t rc = XD_OK;

    for (size_t i = 0; rc == XD_OK && i < file->interchanges.count; i++) {
        rc = write_ack(XD_AT(&file->interchanges, xd_edi_interchange_t, i),
            only, out);
    }

    return rc == XD_OK ? xd_buf_rc(out) : rc;
}


/* What was written, or why nothing was.  The exit status is that of xd lint
 * for the same file: a script needs only one of them. */
static int
print_acks(const xd_edi_file_t *file, const xd_report_t *rep, xd_str_t out)
{
    if (file->interchanges.count == 0) {
        (void) cli_fail("no interchange header (ISA, UNB): nothing can "
                        "be acknowledged");
        return CLI_FINDINGS;
    }

    if (out.len == 0) {
        (void) cli_fail("no such acknowledgement is due");
    }

    if (!cli_print(out)) {
        return CLI_FAILED;
    }

    return xd_report_errors(rep) > 0 ? CLI_FINDINGS : CLI_GOOD;
}


static bool
is_advice(const char *kind)
{
    return kind != NULL
           && (strcmp(kind, "824") == 0 || strcmp(kind, "aperak") == 0);
}


/* Advice is written of the one syntax or the other: of which, its kind must
 * say. */
static int
write_advice(xd_arena_t *arena, xd_str_t bytes, const char *kind,
    xd_edi_file_t *file, xd_report_t *rep, xd_buf_t *out)
{
    const xd_edi_ack_t ack = { .now_ms = xd_now_ms(),
        .isa_control = 1,
        .gs_control = 1 };
    xd_edi_syntax_t syntax =
        strcmp(kind, "824") == 0 ? XD_EDI_X12 : XD_EDI_EDIFACT;
    xd_edi_file_t of = { .interchanges = XD_VEC(xd_edi_interchange_t) };

    for (size_t i = 0; i < file->interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file->interchanges, xd_edi_interchange_t, i);
        xd_edi_interchange_t *kept =
            ic->syntax == syntax ? xd_vec_push(&of.interchanges, arena) : NULL;

        if (kept != NULL) {
            *kept = *ic;
        } else if (ic->syntax == syntax) {
            return cli_fail("%s", xd_rc_text(XD_E_MEMORY));
        }
    }

    return cli_advise(arena, bytes, &of, &ack, rep, out);
}


static int
ack_bytes(xd_arena_t *arena, xd_str_t bytes, const char *kind,
    const xd_guides_t *guides)
{
    const xd_edi_options_t options = { .trees = is_advice(kind),
        .guides = guides };
    xd_buf_t out = { 0 };
    xd_edi_file_t file;
    xd_report_t rep;
    xd_rc_t rc;
    int status = CLI_GOOD;

    xd_report_init(&rep, arena, is_advice(kind) ? KEPT_FINDINGS : 0);

    rc = xd_edi_grade(arena, bytes, &options, &rep, &file);
    if (rc == XD_OK && is_advice(kind)) {
        status = write_advice(arena, bytes, kind, &file, &rep, &out);
    } else if (rc == XD_OK) {
        rc = write_acks(&file, kind, &out);
    }

    if (rc != XD_OK) {
        status = cli_fail("%s", xd_rc_text(rc));
    } else if (status == CLI_GOOD) {
        status = print_acks(&file, &rep, xd_buf_str(&out));
    }
    xd_buf_free(&out);

    return status;
}


/* A guide at fault says nothing of files. */
static int
ack_file(xd_arena_t *arena, const char *path, const ask_t *ask)
{
    xd_conf_t *conf = NULL;
    xd_guides_t guides;
    xd_file_t file;
    int status = CLI_FAILED;

    if (cli_open(path, &file) != CLI_GOOD) {
        return CLI_FAILED;
    }

    if (cli_guides(arena, &ask->by, &conf, &guides) == CLI_GOOD) {
        status = ack_bytes(arena, file.bytes, ask->kind, &guides);
    }

    xd_conf_free(conf);
    xd_file_unmap(&file);

    return status;
}


int
cli_ack(int argc, char **argv)
{
    ask_t ask = { 0 };
    const cli_option_t options[] = {
        { "kind", &ask.kind, NULL },
        { "partner", &ask.by.partner, NULL },
        { "guide", &ask.by.file, NULL },
        { "c", &ask.by.conf, NULL },
        { NULL, NULL, NULL },
    };
    xd_arena_t *arena;
    int status;

    argc = cli_options(argc, argv, options);
    if (argc != 2) {
        return argc < 0 ? CLI_FAILED : cli_fail("ack: name one file");
    }

    if (!known(ask.kind)) {
        return cli_fail("ack: --kind is ta1, 997, 999, 824, contrl or aperak");
    }

    arena = xd_arena_new(0);
    status = arena != NULL ? ack_file(arena, argv[1], &ask)
                           : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    xd_arena_free(arena);

    return status;
}
