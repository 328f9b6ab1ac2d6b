/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the commands share: options, messages, findings, the configuration.
 *
 * Results go to standard output, what is wrong with the run itself to
 * standard error, begun with "xd: ".  Findings are results of lint and check,
 * but not of map, whose output is documents: there they go to standard error.
 */

#include "cli.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "format/json.h"

#define KEPT_FINDINGS 1000


void
cli_write(FILE *to, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    (void) vfprintf(to, format, args);
    va_end(args);
}


int
cli_fail(const char *format, ...)
{
    va_list args;

    cli_write(stderr, "xd: ");
    va_start(args, format);
    (void) vfprintf(stderr, format, args);
    va_end(args);
    cli_write(stderr, "\n");

    return CLI_FAILED;
}


bool
cli_print(xd_str_t s)
{
    return s.len == 0 || fwrite(s.ptr, 1, s.len, stdout) == s.len;
}


xd_rc_t
cli_print_out(xd_rc_t rc, xd_buf_t *out)
{
    rc = rc == XD_OK ? xd_buf_rc(out) : rc;
    if (rc == XD_OK && !cli_print(xd_buf_str(out))) {
        rc = XD_E_IO;
    }
    xd_buf_free(out);

    return rc;
}


/* U+0080 to U+009F: terminals may obey them as they obey an escape. */
static bool
is_c1(xd_str_t s, size_t i)
{
    return (unsigned char) s.ptr[i] == 0xC2 && i + 1 < s.len
           && (unsigned char) s.ptr[i + 1] < 0xA0;
}


void
cli_text(FILE *to, xd_str_t s)
{
    bool utf8 = xd_utf8_valid(s) == s.len;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char) s.ptr[i];

        if (utf8 && is_c1(s, i)) {
            (void) fputc('?', to);
            i++;
        } else if (c < ' ' || c == 0x7f || (c >= 0x80 && !utf8)) {
            (void) fputc('?', to);
        } else {
            (void) fputc(c, to);
        }
    }
}


int
cli_open(const char *path, xd_file_t *out)
{
    return xd_file_map(path, out) == XD_OK
               ? CLI_GOOD
               : cli_fail("%s: %s", path, strerror(errno));
}


/* The name in "--name", "--name=value" or "-c"; NULL when it is no option. */
static const char *
option_name(const char *word, size_t *len)
{
    const char *name;

    if (word[0] != '-' || word[1] == '\0') {
        return NULL;
    }

    name = word[1] == '-' ? word + 2 : word + 1;
    *len = strcspn(name, "=");

    return name;
}


/* By its whole name: an abbreviation would change its meaning with the next
 * option that begins alike. */
static const cli_option_t *
option_find(const cli_option_t *options, const char *name, size_t len)
{
    for (; options->name != NULL; options++) {
        if (strlen(options->name) == len
            && strncmp(options->name, name, len) == 0) {
            return options;
        }
    }

    return NULL;
}


/* Takes one option at argv[*i]; false after a fault was told. */
static bool
option_take(const cli_option_t *options, int argc, char **argv, int *i)
{
    size_t len = 0;
    const char *name = option_name(argv[*i], &len);
    const cli_option_t *o = option_find(options, name, len);
    bool glued = name[len] == '=';

    if (o == NULL) {
        (void) cli_fail("unknown option %s (--help tells which there are)",
            argv[*i]);
        return false;
    }

    if (o->flag != NULL && glued) {
        (void) cli_fail("option --%s takes no value", o->name);
        return false;
    }

    if (o->flag != NULL) {
        *o->flag = true;
        return true;
    }

    if (!glued && *i + 1 >= argc) {
        (void) cli_fail("option %s needs a value", argv[*i]);
        return false;
    }

    *o->value = glued ? name + len + 1 : argv[++*i];

    return true;
}


/* Options may stand behind files, as people type them. */
int
cli_options(int argc, char **argv, const cli_option_t *options)
{
    int kept = 1;
    bool ended = false;
    size_t len;

    for (int i = 1; i < argc; i++) {
        if (!ended && strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (ended || option_name(argv[i], &len) == NULL) {
            argv[kept++] = argv[i];
        } else if (!option_take(options, argc, argv, &i)) {
            return -1;
        }
    }

    return kept;
}


/* As compilers write it, so that editors jump to the place.  Of EDI only the
 * offset is known: its lines mean nothing. */
void
cli_finding(FILE *to, const char *file, const xd_finding_t *f)
{
    xd_str_t path = f->path;

    if (file != NULL) {
        cli_write(to, "%s", file);
    } else {
        cli_text(to, xd_str_cut(&path, ':'));
    }

    if (f->line != 0) {
        cli_write(to, ":%u:%u", f->line, f->column);
    } else if (f->scope != XD_SCOPE_FILE || f->offset != 0) {
        cli_write(to, "@%zu", f->offset);
    }

    cli_write(to, ": %s: ", xd_severity_name(f->severity));
    if (f->segment != 0) {
        cli_write(to, "segment %u, ", f->segment);
    }

    if (path.len != 0) {
        cli_text(to, path);
        cli_write(to, ": ");
    }

    cli_text(to, f->text);
    cli_write(to, " [%s%s%s]\n", f->rule, f->ack != NULL ? " " : "",
        f->ack != NULL ? f->ack : "");
}


void
cli_findings(FILE *to, const char *file, const xd_report_t *rep)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        cli_finding(to, file, &rep->kept[i]);
    }
}


/* Written by hand: a tree of each finding would cost more than to find it. */
static void
json_member(xd_buf_t *out, const char *name, xd_str_t value)
{
    xd_buf_fmt(out, ",\"%s\":", name);
    xd_json_string(out, value);
}


void
cli_finding_json(const char *file, const xd_finding_t *f)
{
    xd_buf_t out = { 0 };

    xd_buf_text(&out, "{\"file\":");
    xd_json_string(&out, xd_str(file));
    json_member(&out, "severity", xd_str(xd_severity_name(f->severity)));
    json_member(&out, "scope", xd_str(xd_scope_name(f->scope)));
    json_member(&out, "rule", xd_str(f->rule));
    xd_buf_fmt(&out, ",\"offset\":%zu,\"segment\":%u", f->offset, f->segment);

    if (f->line != 0) {
        xd_buf_fmt(&out, ",\"line\":%u,\"column\":%u", f->line, f->column);
    }

    json_member(&out, "path", f->path);
    json_member(&out, "value", f->value);
    json_member(&out, "text", f->text);
    xd_buf_text(&out, ",\"ack\":");
    if (f->ack != NULL) {
        xd_json_string(&out, xd_str(f->ack));
    } else {
        xd_buf_text(&out, "null");
    }

    xd_buf_text(&out, "}\n");
    cli_print(xd_buf_str(&out));
    xd_buf_free(&out);
}


/* What was said, else what stands where people keep it. */
static const char *
conf_path(const char *path)
{
    static const char *const places[] = { "conf/crossdock.yaml",
        "/etc/crossdock/crossdock.yaml" };

    path = path != NULL ? path : getenv("XD_CONF");

    for (size_t i = 0; path == NULL && i < sizeof(places) / sizeof(places[0]);
         i++) {
        path = access(places[i], R_OK) == 0 ? places[i] : NULL;
    }

    return path;
}


/* Faults of files are findings; that there is no memory or no file is ours. */
static int
conf_load(xd_arena_t *arena, const char *path, xd_conf_t **out)
{
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, KEPT_FINDINGS);
    rc = xd_conf_load(path, out, &rep);

    if (rc == XD_E_IO) {
        return cli_fail("%s: %s", path, strerror(errno));
    }

    cli_findings(stderr, NULL, &rep);

    if (rc == XD_OK) {
        return CLI_GOOD;
    }

    (void) cli_fail("%s: %s", path, xd_rc_text(rc));

    return rc == XD_E_CONF ? CLI_FINDINGS : CLI_FAILED;
}


int
cli_conf(const char *path, xd_conf_t **out)
{
    xd_arena_t *arena;
    int status;

    *out = NULL;

    path = conf_path(path);
    if (path == NULL) {
        return cli_fail("no configuration: give -c crossdock.yaml, or set "
                        "XD_CONF");
    }

    /* What is not there has no faults: it could not be checked. */
    if (access(path, R_OK) != 0) {
        return cli_fail("%s: %s", path, strerror(errno));
    }

    arena = xd_arena_new(0);
    status = arena != NULL ? conf_load(arena, path, out)
                           : cli_fail("%s", xd_rc_text(XD_E_MEMORY));
    xd_arena_free(arena);

    return status;
}


/* Beside the program, wherever that was put: it is run from anywhere.  What
 * stands is where a program is installed, or built. */
static const char *
beside_program(xd_arena_t *arena, const char *name)
{
    const char *const places[] = { "../share/crossdock", "../..", "../../.." };
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    xd_str_t dir;

    if (n <= 0) {
        return NULL;
    }

    self[n] = '\0';
    *strrchr(self, '/') = '\0';

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        dir = xd_fmt(arena, "%s/%s/%s", self, places[i], name);
        if (dir.ptr != NULL && access(dir.ptr, R_OK | X_OK) == 0) {
            return dir.ptr;
        }
    }

    return NULL;
}


const char *
cli_schemas_dir(xd_arena_t *arena)
{
    const char *named = getenv("XD_SCHEMAS");

    return named != NULL ? named : beside_program(arena, "canonical-schemas");
}


const char *
cli_maps_dir(xd_arena_t *arena)
{
    const char *named = getenv("XD_MAPS");

    return named != NULL ? named : beside_program(arena, "conf/maps");
}


void
cli_encode(xd_buf_t *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char) *text) || *text == '-') {
            xd_buf_byte(out, *text);
        } else {
            xd_buf_fmt(out, "%%%02X", (unsigned char) *text);
        }
    }
}
