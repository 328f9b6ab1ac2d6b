/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The sample configuration, whole and broken in one place each.  Runs in the
 * top folder: conf/ and canonical-schemas/ are copied and linked from there.
 */

#include "conf/conf.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"


static char top[32];
static xd_arena_t *arena;
static xd_report_t report;
static xd_conf_t *conf;


static void
shell(const char *command)
{
    ck_assert_msg(system(command) == 0, "%s", command);
}


/* A path below the copy; lives as long as the test. */
static const char *
in_copy(const char *name)
{
    xd_str_t path = xd_fmt(arena, "%s/conf/%s", top, name);

    ck_assert_ptr_nonnull(path.ptr);

    return path.ptr;
}


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&report, arena, 100);
    conf = NULL;
    unsetenv("XD_AMQP_URL");
    unsetenv("XD_AMQP_MGMT_URL");

    (void) snprintf(top, sizeof(top), "/tmp/xd-conf-test.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(top));
    shell(xd_fmt(arena,
        "cp -r conf %s/conf && ln -s \"$PWD/canonical-schemas\" %s/", top, top)
              .ptr);
}


static void
teardown(void)
{
    shell(xd_fmt(arena, "rm -r %s", top).ptr);
    xd_conf_free(conf);
    xd_arena_free(arena);
}


static xd_rc_t
load(void)
{
    xd_conf_free(conf);
    conf = NULL;

    return xd_conf_load(in_copy("crossdock.yaml"), &conf, &report);
}


static void
write_text(const char *name, xd_str_t text)
{
    ck_assert_int_eq(xd_file_write(in_copy(name), text, 0644), XD_OK);
}


/* Replaces the first `from` in a file by `to`; returns the line of it. */
static uint32_t
edit(const char *name, const char *from, const char *to)
{
    xd_str_t text, tail;
    const char *at;
    uint32_t line = 1;

    ck_assert_int_eq(xd_file_read(arena, in_copy(name), 1 << 20, &text), XD_OK);
    at = memmem(text.ptr, text.len, from, strlen(from));
    ck_assert_msg(at != NULL, "%s lacks '%s'", name, from);

    for (const char *p = text.ptr; p < at; p++) {
        line += *p == '\n';
    }

    tail.ptr = at + strlen(from);
    tail.len = text.len - (size_t) (tail.ptr - text.ptr);
    write_text(name, xd_fmt(arena, "%.*s%s%.*s", (int) (at - text.ptr),
                         text.ptr, to, XD_FMT(tail)));

    return line;
}


static void
ck_contains(xd_str_t text, const char *part)
{
    ck_assert_msg(memmem(text.ptr, text.len, part, strlen(part)) != NULL,
        "'%.*s' lacks '%s'", XD_FMT(text), part);
}


static void
ck_text(xd_str_t have, const char *want)
{
    ck_assert_msg(xd_str_is(have, want), "'%.*s' is not '%s'", XD_FMT(have),
        want);
}


/* The report's only finding. */
static const xd_finding_t *
only_finding(void)
{
    for (size_t i = 1; i < report.nkept; i++) {
        const xd_finding_t *f = &report.kept[i];

        (void) fprintf(stderr, "# also %s %.*s:%u %.*s\n", f->rule,
            XD_FMT(f->path), f->line, XD_FMT(f->text));
    }

    ck_assert_uint_eq(report.nkept, 1);

    return &report.kept[0];
}


START_TEST(reads_the_sample)
{
    ck_assert_int_eq(load(), XD_OK);
    ck_assert_uint_eq(report.nkept, 0);

    ck_text(xd_text(conf->main, "name"), "crossdock");
    ck_text(xd_text_at(conf->consumers, "consumers.0.id"), "webshop");
    ck_text(xd_text_at(conf->people, "people.0.user"), "root");
    ck_text(xd_text_at(conf->partners, "acme.edi.ids.0.id"), "ACME");
    ck_text(xd_text_at(conf->systems, "wms.url"), "http://127.0.0.1:8090/wms");
    ck_text(xd_text_at(conf->routes, "routes.0.to.1.destination"), "wms");
    ck_assert_ptr_nonnull(
        xd_schema_find(conf->schemas, XD_STR("urn:retail:shipment:1.0")));
}
END_TEST


static const struct {
    const char *file, *from; /* cut out of the sample */
    const char *path, *text;
} defaults[] = {
    { "crossdock.yaml", "  heartbeat: 10s\n", "main.broker.heartbeat", "10s" },
    { "crossdock.yaml", "  window: 256", "main.broker.window", "256" },
    { "crossdock.yaml", "  body: 8MiB\n", "main.limits.body", "8MiB" },
    { "crossdock.yaml",
        "retry:\n  tiers: [1s, 5s, 30s, 2m, 10m]\n"
        "  attempts: 8\n",
        "main.retry.tiers.4", "10m" },
    { "crossdock.yaml", "log:\n  level: info\n", "main.log.level", "info" },
    { "partners/acme.yaml", "  timeout: 10s\n", "partners.acme.http.timeout",
        "10s" },
    { "partners/acme.yaml", "  acknowledge: 997\n",
        "partners.acme.edi.acknowledge", "997" },
    { "systems/erp.yaml", "breaker: { failures: 5, pause: 10s }\n",
        "systems.erp.breaker.pause", "10s" },
    { "systems/erp.yaml", "connect: 2s\n", "systems.erp.connect", "2s" },
};


START_TEST(fills_defaults_in)
{
    const xd_node_t *trees;
    xd_str_t path = xd_str(defaults[_i].path);
    xd_str_t tree;

    edit(defaults[_i].file, defaults[_i].from, "");
    ck_assert_int_eq(load(), XD_OK);

    tree = xd_str_cut(&path, '.');
    trees = xd_str_is(tree, "main")      ? conf->main
            : xd_str_is(tree, "systems") ? conf->systems
                                         : conf->partners;
    ck_text(xd_text_at(trees, path.ptr), defaults[_i].text);
}
END_TEST


START_TEST(fills_what_a_hot_folder_does_not_say)
{
    const xd_node_t *acme;

    (void) edit("partners/acme.yaml", "transport: http\n",
        "transport: file\nfile:\n  in: { folder: a/in }\n"
        "  out: { folder: a/out }\n");
    ck_assert_int_eq(load(), XD_OK);

    acme = xd_get(conf->partners, "acme");
    ck_text(xd_text_at(acme, "file.in.format"), "x12");
    ck_text(xd_text_at(acme, "file.in.ready"), "stable");
    ck_text(xd_text_at(acme, "file.in.match.0"), "*");
    ck_assert_int_eq(xd_conf_ms(acme, "file.in.stable", 0), 10000);
    ck_assert_uint_eq(xd_conf_bytes(acme, "file.in.largest", 0), 64 << 20);
    ck_assert_ptr_null(xd_get(xd_get(xd_get(acme, "file"), "in"), "done"));
    ck_text(xd_text_at(acme, "file.out.name"), "{document}-{control}-{id}.edi");
}
END_TEST


/* A default was never written by anybody, so it has no line; and it belongs to
 * the tree that it was put into. */
START_TEST(a_default_has_no_line)
{
    const xd_node_t *log;

    edit("crossdock.yaml", "log:\n  level: info\n", "");
    ck_assert_int_eq(load(), XD_OK);

    log = xd_get(conf->main, "log");
    ck_assert_uint_eq(log->line, 0);
    ck_assert_uint_eq(xd_get(log, "level")->line, 0);
    ck_assert_ptr_eq(log->parent, conf->main);
    ck_assert_int_eq(xd_truth(conf->main, "testing", true), false);
}
END_TEST


static const struct {
    const char *file, *from, *to;
    const char *rule, *path;
    uint32_t lines_on;     /* the fault is so many lines below the edit */
    const char *text_part; /* of the sentence; or NULL */
} faults[] = {
    { "crossdock.yaml", "heartbeat: 10s", "heartbeat: 10", "type",
        "crossdock.yaml:/broker/heartbeat", 0, NULL },
    { "crossdock.yaml", "heartbeat: 10s", "heartbeat: 10 s", "conf.duration",
        "crossdock.yaml:/broker/heartbeat", 0, "30s" },
    { "crossdock.yaml", "30s, 2m", "30s, 2 m", "conf.duration",
        "crossdock.yaml:/retry/tiers/3", 0, NULL },
    { "crossdock.yaml", "body: 8MiB", "body: 8MB", "conf.size",
        "crossdock.yaml:/limits/body", 0, "8MiB" },
    { "crossdock.yaml", "window: 256", "window: 250", "enum",
        "crossdock.yaml:/broker/window", 0, NULL },
    { "crossdock.yaml", "amqp://127", "amqp://u:secret@127", "conf.url",
        "crossdock.yaml:/broker/url", 0, "without user" },
    { "crossdock.yaml", "management: http:", "management: ftp:", "conf.url",
        "crossdock.yaml:/broker/management", 0, NULL },
    { "crossdock.yaml", "heartbeat: 10s", "hearthbeat: 10s",
        "additionalProperties", "crossdock.yaml:/broker/hearthbeat", 0,
        "heartbeat" },
    { "crossdock.yaml", "level: info", "level: loud", "enum",
        "crossdock.yaml:/log/level", 0, NULL },
    { "crossdock.yaml", "held: 100000", "held: 0", "minimum",
        "crossdock.yaml:/limits/held", 0, NULL },
    { "crossdock.yaml", "  attempts: 8", "  attempts: 8\n  attempts: 9",
        "yaml.duplicate-key", "crossdock.yaml:/retry/attempts", 1, NULL },
    { "crossdock.yaml", "  attempts: 8", "  attempts: *n", "yaml.alias",
        "crossdock.yaml:/retry/attempts", 0, NULL },
    { "crossdock.yaml", "name: crossdock", "name: 'crossdock", "yaml.syntax",
        "crossdock.yaml:", 0, NULL },
    { "crossdock.yaml", "schemas: ../canonical-schemas", "schemas: ../none",
        "conf.schema", "crossdock.yaml:/paths/schemas", 0, NULL },
    { "consumers.yaml", "plan: standard", "plan: premium", "conf.plan.unknown",
        "consumers.yaml:/consumers/0/plan", 0, "standard" },
    { "consumers.yaml", "status:read", "status:reed", "enum",
        "consumers.yaml:/consumers/0/scopes/1", 0, "status:read" },
    { "consumers.yaml", "id: webshop", "id: web.shop", "conf.id",
        "consumers.yaml:/consumers/0/id", 0, NULL },
    { "consumers.yaml", "hash: \"0", "hash: \"X", "sha256",
        "consumers.yaml:/consumers/0/keys/0/hash", 0, NULL },
    { "consumers.yaml", "- prefix: demo",
        "- not_before: 2026-02-01T00:00:00Z\n"
        "        expires: 2026-02-01T00:00:00Z\n"
        "        prefix: demo",
        "conf.key.period", "consumers.yaml:/consumers/0/keys/0/expires", 1,
        NULL },
    { "consumers.yaml", "- prefix: demo",
        "- expires: tomorrow\n        prefix: demo", "instant",
        "consumers.yaml:/consumers/0/keys/0/expires", 0, NULL },
    { "consumers.yaml", "limit: 20000", "limit: 0", "minimum",
        "consumers.yaml:/plans/standard/policies/0/limit", 0, NULL },
    { "consumers.yaml", "window: 1s", "window: 1s 2", "conf.duration",
        "consumers.yaml:/plans/standard/policies/0/window", 0, NULL },
    { "consumers.yaml", "window: 1s", "window: 10ms", "conf.policy.window",
        "consumers.yaml:/plans/standard/policies/0/window", 0, "whole" },
    { "consumers.yaml", "name: day", "name: minute", "conf.policy.twice",
        "consumers.yaml:/plans/trial/policies/1", 0, "minute" },
    { "people.yaml", "roles: [admin]", "roles: [admin, king]", "enum",
        "people.yaml:/people/0/roles/1", 0, NULL },
    { "people.yaml",
        "people:", "people:\n  - { user: root, name: Root, roles: [auditor] }",
        "conf.person.twice", "people.yaml:/people/1/user", 2, "line 6" },
    { "partners/acme.yaml", "id: acme", "id: acne", "conf.id.file-name",
        "partners/acme.yaml:/id", 0, "'acme'" },
    { "partners/acme.yaml", "plan: standard", "plan: premium",
        "conf.plan.unknown", "partners/acme.yaml:/plan", 0, "standard" },
    { "partners/acme.yaml",
        "http:\n  url: http://127.0.0.1:8090/partner/documents\n"
        "  timeout: 10s\n",
        "", "conf.transport", "partners/acme.yaml:/transport", UINT32_MAX,
        "'http:'" },
    { "partners/acme.yaml", "[acme-asn]", "[acme-asm]", "conf.guide.unknown",
        "partners/acme.yaml:/edi/guides/0", 0, "acme-asn" },
    { "guides/acme-asn.yaml", "id: acme-asn", "id: acme", "conf.id.file-name",
        "guides/acme-asn.yaml:/id", 0, "'acme-asn'" },
    { "guides/acme-asn.yaml", "    codes:", "    code:", "additionalProperties",
        "guides/acme-asn.yaml:/rules/0/code", 0, "codes" },
    { "partners/acme.yaml", "url: http://", "url: htp://", "conf.url",
        "partners/acme.yaml:/http/url", 0, NULL },
    { "partners/acme.yaml", "acknowledge: 997", "acknowledge: 998", "enum",
        "partners/acme.yaml:/edi/acknowledge", 0, NULL },
    { "partners/acme.yaml", "    - { qualifier: ZZ, id: ACME }",
        "    - { qualifier: ZZ, id: ACME }\n"
        "    - { qualifier: ZZ, id: ACME }",
        "conf.edi-id.twice", "partners/acme.yaml:/edi/ids/1", 1, NULL },
    { "partners/acme.yaml", "qualifier: ZZ, id: ACME", "qualifier: ZZ, id: 123",
        "type", "partners/acme.yaml:/edi/ids/0/id", 0, NULL },
    { "partners/acme.yaml", "transport: http\n",
        "transport: file\nfile: { in: { folder: a/in } }\n", "required",
        "partners/acme.yaml:/file", 1, "out" },
    { "partners/acme.yaml", "transport: http\n",
        "transport: http\nfile: { in: { folder: a/in, format: json } }\n",
        "required", "partners/acme.yaml:/file/in", 1, "document" },
    { "partners/acme.yaml", "transport: http\n",
        "transport: http\nfile: { in: { folder: a/in, match: [\".*\"] } }\n",
        "pattern", "partners/acme.yaml:/file/in/match/0", 1, NULL },
    { "partners/acme.yaml", "transport: http\n",
        "transport: http\nfile: { out: { folder: a, name: \"../{id}\" } }\n",
        "pattern", "partners/acme.yaml:/file/out/name", 1, NULL },
    { "partners/acme.yaml", "transport: http\n",
        "transport: http\nfile: { out: { folder: a, name: \"{idd}\" } }\n",
        "pattern", "partners/acme.yaml:/file/out/name", 1, NULL },
    { "partners/acme.yaml", "transport: http\n", "transport: http\nfile: {}\n",
        "minProperties", "partners/acme.yaml:/file", 1, NULL },
    { "systems/erp.yaml", "id: erp", "id: epr", "conf.id.file-name",
        "systems/erp.yaml:/id", 0, "'erp'" },
    { "systems/erp.yaml", "concurrency: 4", "concurrency: 0", "minimum",
        "systems/erp.yaml:/concurrency", 0, NULL },
    { "systems/erp.yaml", "failures: 5", "failures: five", "type",
        "systems/erp.yaml:/breaker/failures", 0, NULL },
    { "systems/erp.yaml", "pause: 10s", "pause: 0s", "conf.duration",
        "systems/erp.yaml:/breaker/pause", 0, NULL },
    { "systems/erp.yaml", "effect: idempotency-key\n", "", "required",
        "systems/erp.yaml:", UINT32_MAX, "effect" },
    { "routes.yaml", "destination: wms", "destination: wmz",
        "conf.route.destination", "routes.yaml:/routes/0/to/1/destination", 0,
        "erp, wms" },
    { "routes.yaml", "destination: acme", "destination: acne",
        "conf.route.destination", "routes.yaml:/routes/2/to/0/destination", 0,
        "acme" },
    { "routes.yaml", "process: x12, destination: acme",
        "process: edifact, destination: acne", "conf.route.destination",
        "routes.yaml:/routes/2/to/0/destination", 0, "acme" },
    { "partners/nordic.yaml", "charset: UNOC", "charset: UNOZ", "enum",
        "partners/nordic.yaml:/edi/edifact/charset", 0, "UNOA" },
    { "partners/nordic.yaml", "version: D96A", "version: D96", "pattern",
        "partners/nordic.yaml:/edi/version", 0, NULL },
    { "partners/nordic.yaml", "acknowledge: contrl",
        "batch: { per: group, count: 201 }", "maximum",
        "partners/nordic.yaml:/edi/batch/count", 0, NULL },
    { "partners/nordic.yaml", "acknowledge: contrl", "duplicates: keep", "enum",
        "partners/nordic.yaml:/edi/duplicates", 0, "refuse" },
    { "partners/acme.yaml", "transport: http\n", "", "conf.route.transport",
        "routes.yaml:/routes/2/to/0/destination", UINT32_MAX, "acme" },
    { "partners/acme.yaml", "functional-ack: 24h", "functional-ack: soon",
        "conf.duration", "partners/acme.yaml:/edi/answers/functional-ack", 0,
        NULL },
    { "partners/acme.yaml", "version: \"004010\"",
        "separators: { element: \"**\" }", "pattern",
        "partners/acme.yaml:/edi/separators/element", 0, NULL },
    { "routes.yaml", "name: order-to-erp", "name: asn-to-erp-and-wms",
        "conf.route.twice", "routes.yaml:/routes/1/name", 0, NULL },
    { "routes.yaml", "process: http", "process: smtp", "enum",
        "routes.yaml:/routes/0/to/0/process", 0, NULL },
    { "routes.yaml", "event: created", "evnet: created", "additionalProperties",
        "routes.yaml:/routes/0/when/evnet", 0, "event" },
    { "routes.yaml", "event: created", "event: {}", "type",
        "routes.yaml:/routes/0/when/event", 0, NULL },
    { "routes.yaml", "event: created", "version: 0", "minimum",
        "routes.yaml:/routes/0/when/version", 0, NULL },
};


START_TEST(names_file_line_and_rule)
{
    uint32_t line = edit(faults[_i].file, faults[_i].from, faults[_i].to);
    const xd_finding_t *f;
    xd_rc_t rc = load();

    ck_assert(rc == XD_E_CONF || rc == XD_E_IO);
    ck_assert_ptr_null(conf);

    f = only_finding();
    ck_assert_str_eq(f->rule, faults[_i].rule);
    ck_text(f->path, faults[_i].path);
    ck_assert_uint_gt(f->text.len, 0);
    ck_assert_ptr_null(
        memmem(f->text.ptr, f->text.len, "secret", strlen("secret")));

    if (faults[_i].lines_on != UINT32_MAX) {
        ck_assert_uint_eq(f->line, line + faults[_i].lines_on);
        ck_assert_uint_gt(f->column, 0);
    }

    if (faults[_i].text_part != NULL) {
        ck_contains(f->text, faults[_i].text_part);
    }
}
END_TEST


START_TEST(gathers_the_faults_of_all_files)
{
    edit("crossdock.yaml", "heartbeat: 10s", "heartbeat: x");
    edit("crossdock.yaml", "level: info", "level: loud");
    edit("consumers.yaml", "plan: standard", "plan: premium");
    edit("partners/acme.yaml", "id: acme", "id: acne");
    edit("systems/erp.yaml", "concurrency: 4", "concurrency: 0");
    edit("systems/wms.yaml", "id: wms", "id: [wms");
    edit("routes.yaml", "destination: wms", "destination: oms");

    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_uint_eq(report.nkept, 7);
}
END_TEST


/* One broken file is one fault: what refers to it is not wrong. */
START_TEST(a_broken_file_breaks_no_other)
{
    edit("consumers.yaml", "plans:", "plans: [");
    edit("systems/erp.yaml", "id: erp", "id: 'erp");

    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_uint_eq(report.nkept, 2);
    ck_assert_str_eq(report.kept[0].rule, "yaml.syntax");
    ck_contains(report.kept[0].path, "consumers.yaml:");
    ck_assert_str_eq(report.kept[1].rule, "yaml.syntax");
    ck_contains(report.kept[1].path, "systems/erp.yaml:");
}
END_TEST


START_TEST(refuses_a_key_of_two_callers)
{
    static const char zeros[] = "\"000000";

    edit("consumers.yaml", zeros, "\"00000a");
    edit("partners/acme.yaml", zeros, "\"00000a");

    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_str_eq(only_finding()->rule, "conf.key.twice");
    ck_text(only_finding()->path, "partners/acme.yaml:/keys/0");
}
END_TEST


static const char *const taken[] = { "acme", "erp" };

START_TEST(shares_one_id_space)
{
    edit("consumers.yaml", "id: webshop",
        xd_fmt(arena, "id: %s", taken[_i]).ptr);

    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_str_eq(only_finding()->rule, "conf.id.twice");
    ck_contains(only_finding()->path, taken[_i]);
    ck_contains(only_finding()->text, "consumers.yaml:/consumers/0");
}
END_TEST


START_TEST(refuses_a_file_whose_name_is_no_id)
{
    write_text("partners/Globex.yaml", XD_STR("id: Globex\n"));

    ck_assert_int_eq(load(), XD_E_CONF);
    ck_assert_str_eq(only_finding()->rule, "conf.id");
    ck_text(only_finding()->path, "partners/Globex.yaml");
}
END_TEST


START_TEST(passes_over_other_files)
{
    write_text("partners/.acme.yaml", XD_STR("id: [\n"));
    write_text("partners/acme.yaml~", XD_STR("id: [\n"));
    write_text("partners/README", XD_STR("id: [\n"));

    ck_assert_int_eq(load(), XD_OK);
    ck_assert_uint_eq(conf->partners->count, 2);
}
END_TEST


static const struct {
    const char *gone;
    xd_rc_t want;
    const char *path; /* of the only finding; or NULL */
} absent[] = {
    { "people.yaml", XD_OK, NULL },
    { "partners", XD_OK, NULL },
    { "routes.yaml", XD_E_IO, "routes.yaml" },
    { "consumers.yaml", XD_E_IO, "consumers.yaml" },
    { "crossdock.yaml", XD_E_IO, "crossdock.yaml" },
};


START_TEST(knows_what_may_be_absent)
{
    /* No route may lead to a partner that is not there. */
    if (strcmp(absent[_i].gone, "partners") == 0) {
        (void) edit("routes.yaml", "process: x12, destination: acme",
            "process: http, destination: erp");
    }

    shell(xd_fmt(arena, "rm -r %s", in_copy(absent[_i].gone)).ptr);
    ck_assert_int_eq(load(), absent[_i].want);

    if (absent[_i].path == NULL) {
        ck_assert_int_eq(conf->people->kind, XD_OBJECT);
        ck_assert_int_eq(conf->partners->kind, XD_OBJECT);
        return;
    }

    ck_assert_str_eq(only_finding()->rule, "conf.file");
    ck_text(only_finding()->path, absent[_i].path);
}
END_TEST


START_TEST(needs_its_schemas)
{
    shell(xd_fmt(arena, "rm -r %s", in_copy("schemas")).ptr);
    ck_assert_int_eq(load(), XD_E_IO);
    ck_assert_str_eq(report.kept[report.nkept - 1].rule, "conf.schema");
}
END_TEST


static const struct {
    const char *path;
    xd_rc_t want;
} wrong_paths[] = {
    { "/tmp/xd-no-such-folder/crossdock.yaml", XD_E_IO },
    { "/etc/passwd", XD_E_CONF },
    { "", XD_E_CONF },
};


START_TEST(refuses_a_wrong_path)
{
    ck_assert_int_eq(xd_conf_load(wrong_paths[_i].path, &conf, &report),
        wrong_paths[_i].want);
    ck_assert_str_eq(only_finding()->rule, "conf.file");
}
END_TEST


START_TEST(makes_paths_absolute)
{
    xd_str_t dir = xd_fmt(arena, "%s/conf", top);

    ck_assert_int_eq(load(), XD_OK);
    ck_assert(xd_str_eq(conf->dir, dir));
    ck_assert_str_eq(xd_conf_path(conf, "run"), in_copy("../var/run"));
    ck_assert_ptr_null(xd_conf_path(conf, "nothing"));
    ck_text(xd_conf_resolve(conf, XD_STR("a/b")), in_copy("a/b"));
    ck_text(xd_conf_resolve(conf, XD_STR("/a/b")), "/a/b");
}
END_TEST


START_TEST(works_from_its_own_folder)
{
    char here[4096];

    ck_assert_ptr_nonnull(getcwd(here, sizeof(here)));
    ck_assert_int_eq(chdir(in_copy("")), 0);
    ck_assert_int_eq(xd_conf_load("crossdock.yaml", &conf, &report), XD_OK);
    ck_assert_int_eq(chdir(here), 0);
    ck_text(conf->dir, xd_fmt(arena, "%s/conf", top).ptr);
}
END_TEST


static const struct {
    const char *amqp, *management;
    const char *url, *api; /* what stands in conf then */
} environments[] = {
    { NULL, NULL, "amqp://127.0.0.1:5672/crossdock", "http://127.0.0.1:15672" },
    { "", "", "amqp://127.0.0.1:5672/crossdock", "http://127.0.0.1:15672" },
    { "amqp://10.0.0.1:5673/other", NULL, "amqp://10.0.0.1:5673/other",
        "http://127.0.0.1:15672" },
    { "amqp://guest:p%40ss@host/v", NULL, "amqp://host/v",
        "http://127.0.0.1:15672" },
    { "amqp://host:5673", NULL, "amqp://host:5673/crossdock",
        "http://127.0.0.1:15672" },
    { "amqp://host/", NULL, "amqp://host/crossdock", "http://127.0.0.1:15672" },
    { "amqp://u:p@a,amqp://u:p@b/v", NULL, "amqp://a/crossdock,amqp://b/v",
        "http://127.0.0.1:15672" },
    { NULL, "https://u:p@host:15671", "amqp://127.0.0.1:5672/crossdock",
        "https://host:15671" },
};


START_TEST(lets_the_environment_win)
{
    if (environments[_i].amqp != NULL) {
        setenv("XD_AMQP_URL", environments[_i].amqp, 1);
    }
    if (environments[_i].management != NULL) {
        setenv("XD_AMQP_MGMT_URL", environments[_i].management, 1);
    }

    ck_assert_int_eq(load(), XD_OK);
    ck_text(xd_text_at(conf->main, "broker.url"), environments[_i].url);
    ck_text(xd_text_at(conf->main, "broker.management"), environments[_i].api);
}
END_TEST


START_TEST(adds_what_only_the_environment_has)
{
    edit("crossdock.yaml", "  management: http://127.0.0.1:15672\n", "");
    setenv("XD_AMQP_MGMT_URL", "http://host:1", 1);

    ck_assert_int_eq(load(), XD_OK);
    ck_text(xd_text_at(conf->main, "broker.management"), "http://host:1");
}
END_TEST


static const char *const wrong_urls[] = { "secret", "http://secret",
    "amqp://u:secret@", "amqp://a,", "amqp://a:x/", "secret,amqp://a" };

START_TEST(refuses_a_wrong_environment)
{
    const xd_finding_t *f;

    setenv("XD_AMQP_URL", wrong_urls[_i], 1);

    ck_assert_int_eq(load(), XD_E_CONF);
    f = only_finding();
    ck_assert_str_eq(f->rule, "conf.environment");
    ck_text(f->path, "XD_AMQP_URL");
    ck_assert_ptr_null(memmem(f->text.ptr, f->text.len, "secret", 6));
}
END_TEST


static const char *const hashed[] = { "crossdock.yaml", "consumers.yaml",
    "people.yaml", "partners/acme.yaml", "systems/wms.yaml", "routes.yaml" };

START_TEST(hashes_every_file)
{
    char before[XD_SHA256_HEX + 1];

    ck_assert_int_eq(load(), XD_OK);
    memcpy(before, conf->hash, sizeof(before));
    ck_assert_uint_eq(strlen(before), XD_SHA256_HEX);

    ck_assert_int_eq(load(), XD_OK);
    ck_assert_str_eq(conf->hash, before);

    edit(hashed[_i], "#\n", "# \n");
    ck_assert_int_eq(load(), XD_OK);
    ck_assert_str_ne(conf->hash, before);
}
END_TEST


/* A name belongs to what is hashed: the same files in another place mean
 * something else. */
START_TEST(hashes_names)
{
    char before[XD_SHA256_HEX + 1];

    write_text("people.yaml", XD_STR(""));
    ck_assert_int_eq(load(), XD_E_CONF);
    write_text("people.yaml", XD_STR("{}"));
    ck_assert_int_eq(load(), XD_OK);
    memcpy(before, conf->hash, sizeof(before));

    shell(xd_fmt(arena, "rm %s", in_copy("people.yaml")).ptr);
    ck_assert_int_eq(load(), XD_OK);
    ck_assert_str_ne(conf->hash, before);
}
END_TEST


#define COUNT(rows) ((int) (sizeof(rows) / sizeof((rows)[0])))


int
main(void)
{
    Suite *s = suite_create("conf");
    TCase *tc = tcase_create("conf");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, reads_the_sample);
    tcase_add_loop_test(tc, fills_defaults_in, 0, COUNT(defaults));
    tcase_add_test(tc, fills_what_a_hot_folder_does_not_say);
    tcase_add_test(tc, a_default_has_no_line);
    tcase_add_loop_test(tc, names_file_line_and_rule, 0, COUNT(faults));
    tcase_add_test(tc, gathers_the_faults_of_all_files);
    tcase_add_test(tc, a_broken_file_breaks_no_other);
    tcase_add_test(tc, refuses_a_key_of_two_callers);
    tcase_add_loop_test(tc, shares_one_id_space, 0, COUNT(taken));
    tcase_add_test(tc, refuses_a_file_whose_name_is_no_id);
    tcase_add_test(tc, passes_over_other_files);
    tcase_add_loop_test(tc, knows_what_may_be_absent, 0, COUNT(absent));
    tcase_add_test(tc, needs_its_schemas);
    tcase_add_loop_test(tc, refuses_a_wrong_path, 0, COUNT(wrong_paths));
    tcase_add_test(tc, makes_paths_absolute);
    tcase_add_test(tc, works_from_its_own_folder);
    tcase_add_loop_test(tc, lets_the_environment_win, 0, COUNT(environments));
    tcase_add_test(tc, adds_what_only_the_environment_has);
    tcase_add_loop_test(tc, refuses_a_wrong_environment, 0, COUNT(wrong_urls));
    tcase_add_loop_test(tc, hashes_every_file, 0, COUNT(hashed));
    tcase_add_test(tc, hashes_names);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
