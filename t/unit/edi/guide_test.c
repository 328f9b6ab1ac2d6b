/* SPDX-License-Identifier: BSD-2-Clause */

/* Guides: what each rule finds in a ship notice or an order, and where; which
 * mistakes of their authors are told, and where. */

#include <check.h>
#include <stdlib.h>

#include "base/file.h"
#include "edi/ack.h"
#include "edi/grade.h"
#include "format/yaml.h"

#define ASN    "t/cases/x12/asn-pick-and-pack.edi"
#define ORDERS "t/cases/edifact/orders-d96a.edi"
#define MOST   200

static xd_arena_t *arena;
static xd_report_t faults; /* of guides */
static xd_guides_t guides;
static xd_guide_use_t use[64];
static xd_report_t rep; /* of files */
static xd_edi_file_t graded;


static void
setup(void)
{
    arena = xd_arena_new(0);
    xd_report_init(&faults, arena, MOST);
    xd_report_init(&rep, arena, MOST);
    memset(use, 0, sizeof(use));
}


static void
teardown(void)
{
    xd_arena_free(arena);
}


/* An object of guides as YAML, the one with that id compiled. */
static xd_rc_t
compile(const char *yaml, const char *id)
{
    xd_node_t *all = NULL, *names = xd_node_new(arena, XD_ARRAY);
    xd_node_t *name = xd_node_new(arena, XD_STRING);

    name->text = xd_str(id);
    ck_assert_ptr_nonnull(xd_node_add(arena, names, name));
    ck_assert_int_eq(xd_yaml_read(arena, xd_str(yaml), &all, &faults), XD_OK);

    return xd_guides_compile(arena, all, names, "guides", &guides, &faults);
}


/* A guide "g" for the 856 or ORDERS D.96A with these rules. */
static xd_rc_t
rules(bool edifact, const char *lines)
{
    xd_str_t yaml =
        xd_fmt(arena, "g:\n  set: %s\n  versions: [\"%s\"]\n  rules:\n%s",
            edifact ? "ORDERS" : "\"856\"", edifact ? "D96A" : "004010", lines);

    return compile(yaml.ptr, "g");
}


static void
grade(xd_str_t bytes, bool trees)
{
    const xd_edi_options_t options = { .trees = trees,
        .guides = &guides,
        .use = use };

    ck_assert_int_eq(xd_edi_grade(arena, bytes, &options, &rep, &graded),
        XD_OK);
}


static xd_str_t
sample(const char *file)
{
    xd_str_t bytes;

    ck_assert_int_eq(xd_file_read(arena, file, 1 << 20, &bytes), XD_OK);

    return bytes;
}


/* The first finding of a guide. */
static const xd_finding_t *
found(void)
{
    for (size_t i = 0; i < rep.nkept; i++) {
        if (strncmp(rep.kept[i].rule, "guide.", 6) == 0) {
            return &rep.kept[i];
        }
    }

    return NULL;
}


static size_t
count(void)
{
    size_t n = 0;

    for (size_t i = 0; i < rep.nkept; i++) {
        n += strncmp(rep.kept[i].rule, "guide.", 6) == 0;
    }

    return n;
}


/* -- what rules find ------------------------------------------------------ */

/* One rule on a clean sample: its findings; of the first one the rule, place,
 * path, value and code.  A count of 0: it holds, so often tried. */
static const struct {
    const char *lines;
    bool edifact;
    size_t count;
    const char *rule;
    uint32_t segment;
    const char *path, *value, *ack;
    uint64_t tried;
} cases[] = {
    { "  - {at: BSN/5, use: required}", false, 0, NULL, 0, NULL, NULL, NULL,
        1 },
    { "  - {at: BSN/6, use: required}", false, 1, "guide.required", 2, "BSN/6",
        "", "AK403:2", 1 },
    { "  - {at: HL/TD3, use: required}", false, 12, "guide.required", 6,
        "HL[1]/TD3", "", "AK304:3", 12 },
    { "  - {at: HL(3=S)/TD1, use: required}", false, 0, NULL, 0, NULL, NULL,
        NULL, 1 },
    { "  - {at: HL(3=O)/TD1, use: required}", false, 2, "guide.required", 20,
        "HL[2]/TD1", "", "AK304:3", 2 },
    { "  - {at: HL(3=O)/N1(1=BY), use: required}", false, 1, "guide.required",
        44, "HL[9]/N1", "", "AK304:3", 2 },
    { "  - {at: HL(3=S)/N1(1=ST)/N3, use: required}", false, 0, NULL, 0, NULL,
        NULL, NULL, 1 },
    { "  - {at: HL(3=S)/N1(1=ST)/N2, use: required}", false, 1,
        "guide.required", 16, "HL[1]/N1[2]/N2", "", "AK304:3", 1 },
    { "  - {at: HL(3=S|T)/N1(1=SF|ST)/N2, use: required}", false, 2,
        "guide.required", 13, "HL[1]/N1[1]/N2", "", "AK304:3", 2 },
    { "  - {at: DTM, use: required}", false, 1, "guide.required", 3, "DTM", "",
        "AK304:3", 1 },
    { "  - {at: HL(3=P)/MAN(1=CP), use: unused}", false, 1, "guide.unused", 48,
        "HL[11]/MAN", "", "AK304:2", 3 },
    { "  - {at: HL(3=I)/LIN/6, use: unused}", false, 2, "guide.unused", 29,
        "HL[5]/LIN/6", "BP", "AK403:10", 4 },
    { "  - {at: HL(3=S)/REF, most: 2}", false, 1, "guide.most", 8, "HL[1]/REF",
        "", "AK304:5", 1 },
    { "  - {at: HL(3=S)/REF(1=BM|CN), most: 2}", false, 0, NULL, 0, NULL, NULL,
        NULL, 1 },
    { "  - {at: HL(3=S)/N1, most: 1}", false, 1, "guide.most", 15,
        "HL[1]/N1[2]", "", "AK304:4", 1 },
    { "  - {at: HL(3=I)/SN1/3, codes: [EA]}", false, 1, "guide.codes", 40,
        "HL[8]/SN1/3", "CA", "AK403:7", 4 },
    { "  - {at: BSN/2, length: {most: 10}}", false, 1, "guide.length", 2,
        "BSN/2", "ASN-20260514-7", "AK403:5", 1 },
    { "  - {at: HL(3=I)/SN1/2, length: {least: 2}}", false, 2, "guide.length",
        34, "HL[6]/SN1/2", "6", "AK403:4", 4 },
    { "  - {must: 'size(set.HL) == 2'}", false, 1, "guide.must", 1, "ST", "",
        "AK304:8", 1 },
    { "  - {must: 'size(set.HL[0].HL) == 2'}", false, 0, NULL, 0, NULL, NULL,
        NULL, 1 },
    { "  - {at: HL(3=I), must: 'here.SN1[0][\"3\"] == \"EA\"'}", false, 1,
        "guide.must", 38, "HL[8]", "", "AK304:8", 4 },
    { "  - {at: HL(3=P)/MAN(1=GM)/2, must: 'value.endsWith(\"8\")'}", false, 2,
        "guide.must", 37, "HL[7]/MAN/2", "00040987650000020025", "AK403:7", 3 },
    { "  - {must: 'set.CTT[0][\"2\"] == \"1\"'}", false, 1, "guide.undecided",
        1, "ST", "", NULL, 1 },
    { "  - {at: SG2/NAD(1=SU), use: required}", true, 1, "guide.required", 7,
        "SG2[1]/NAD", "", "0085:13", 2 },
    { "  - {at: SG2(1=SU)/2/3, codes: [\"9\"]}", true, 0, NULL, 0, NULL, NULL,
        NULL, 0 },
    { "  - {at: NAD(1=SU), most: 1}", true, 0, NULL, 0, NULL, NULL, NULL, 1 },
    { "  - {at: LIN/QTY/1/3, use: required}", true, 1, "guide.required", 13,
        "SG25[1]/QTY/1/3", "", "0085:13", 2 },
    { "  - {at: LIN/PRI/1/1, codes: [AAA]}", true, 0, NULL, 0, NULL, NULL, NULL,
        1 },
    { "  - {at: BGM/1/1, codes: [\"221\"]}", true, 1, "guide.codes", 2,
        "BGM/1/1", "220", "0085:12", 1 },
    { "  - {at: SG25/LIN/3/2, use: required}", true, 0, NULL, 0, NULL, NULL,
        NULL, 0 },
};


START_TEST(finds)
{
    const xd_finding_t *f;

    ck_assert_int_eq(rules(cases[_i].edifact, cases[_i].lines), XD_OK);
    grade(sample(cases[_i].edifact ? ORDERS : ASN), _i % 2 == 0);
    f = found();

    ck_assert_msg(count() == cases[_i].count, "%s: %zu findings, first %s %.*s",
        cases[_i].lines, count(), f != NULL ? f->rule : "",
        f != NULL ? (int) f->path.len : 0, f != NULL ? f->path.ptr : "");
    if (cases[_i].tried > 0) {
        ck_assert_uint_eq(use[0].tried, cases[_i].tried);
    }
    ck_assert_uint_eq(use[0].broken,
        f != NULL && strcmp(f->rule, "guide.undecided") == 0 ? 0 : count());

    if (f == NULL) {
        return;
    }

    ck_assert_str_eq(f->rule, cases[_i].rule);
    ck_assert_uint_eq(f->segment, cases[_i].segment);
    ck_assert_msg(xd_str_is(f->path, cases[_i].path), "path %.*s",
        XD_FMT(f->path));
    ck_assert_msg(xd_str_is(f->value, cases[_i].value), "value %.*s",
        XD_FMT(f->value));
    if (cases[_i].ack == NULL) {
        ck_assert_ptr_null(f->ack);
    } else {
        ck_assert_str_eq(f->ack, cases[_i].ack);
    }
    ck_assert_uint_eq(f->severity,
        cases[_i].ack == NULL ? XD_WARNING : XD_ERROR);
}
END_TEST


/* -- what authors do wrong ------------------------------------------------ */

static const struct {
    const char *lines;
    const char *rule, *path, *says; /* of the first fault; part of its text */
    uint32_t column;
} wrong[] = {
    { "  - {at: BSX/1, use: required}", "guide.path", "/rules/0/at",
        "did you mean 'BSN'", 10 },
    { "  - {at: HL/QQQQQQ, use: required}", "guide.path", "/rules/0/at",
        "no such segment or loop", 10 },
    { "  - {at: BSN/8, use: required}", "guide.path", "/rules/0/at",
        "no such element", 10 },
    { "  - {at: BSN/1/2, use: required}", "guide.path", "/rules/0/at",
        "no such component", 10 },
    { "  - {at: BSN/1/1/1, use: required}", "guide.path", "/rules/0/at",
        "ends with a component", 10 },
    { "  - {at: HL/MEA/4/1/1, use: required}", "guide.path", "/rules/0/at",
        "ends with a component", 10 },
    { "  - {at: BSN/0, use: required}", "guide.path", "/rules/0/at",
        "number from 1 on", 10 },
    { "  - {at: BSN/1/x, use: required}", "guide.path", "/rules/0/at",
        "number from 1 on", 10 },
    { "  - {at: BSN/HL, use: required}", "guide.path", "/rules/0/at",
        "Only loops have segments", 10 },
    { "  - {at: HL, most: 200001}", "guide.wider", "/rules/0/most", "fewer",
        20 },
    { "  - {at: HL(3=S/REF, use: required}", "guide.path", "/rules/0/at",
        "has no ')'", 10 },
    { "  - {at: HL(3)/REF, use: required}", "guide.path", "/rules/0/at",
        "as (1=ST)", 10 },
    { "  - {at: HL(9=S)/REF, use: required}", "guide.path", "/rules/0/at",
        "no such element", 10 },
    { "  - {at: HL(x=S)/REF, use: required}", "guide.path", "/rules/0/at",
        "number from 1 on", 10 },
    { "  - {at: HL/REF}", "guide.rule", "/rules/0", "asks for nothing", 5 },
    { "  - {use: required}", "guide.rule", "/rules/0", "needs 'at'", 5 },
    { "  - {at: BSN, use: unused}", "guide.wider", "/rules/0/use",
        "cannot be unused", 20 },
    { "  - {at: BSN/2, use: unused}", "guide.wider", "/rules/0/use",
        "cannot be unused", 22 },
    { "  - {at: BSN/2, most: 2}", "guide.rule", "/rules/0/most",
        "segments and loops", 23 },
    { "  - {at: HL/CTP, use: required}", "guide.path", "/rules/0/at",
        "no such segment", 10 },
    { "  - {at: BSN/1, codes: [\"00\", ZZ]}", "guide.wider", "/rules/0/codes/1",
        "'ZZ' is no code", 31 },
    { "  - {at: BSN, codes: [\"00\"]}", "guide.rule", "/rules/0/codes",
        "number of an element", 22 },
    { "  - {at: HL/MEA/4, length: {most: 2}}", "guide.rule", "/rules/0/length",
        "component", 28 },
    { "  - {at: BSN/2, length: {least: 40}}", "guide.wider", "/rules/0/length",
        "no value could fit", 25 },
    { "  - {at: BSN/2, length: {least: 4, most: 3}}", "guide.rule",
        "/rules/0/length", "less than the least", 25 },
    { "  - {must: 'size(set.BSX) > 0'}", "guide.condition", "/rules/0/must",
        "BSN", 13 },
    { "  - {must: 'size(sett.BSN) > 0'}", "guide.condition", "/rules/0/must",
        "set", 13 },
    { "  - {must: 'here.BSN'}", "guide.condition", "/rules/0/must", "here",
        13 },
    { "  - {must: 'size(set.BSN)'}", "guide.condition", "/rules/0/must",
        "true or false", 13 },
    { "  - {must: '1 +'}", "guide.condition", "/rules/0/must", "Column", 13 },
};


START_TEST(mistakes_are_told)
{
    const xd_finding_t *f;
    xd_str_t path = xd_fmt(arena, "guides/g.yaml:%s", wrong[_i].path);
    xd_str_t text;

    ck_assert_int_eq(rules(false, wrong[_i].lines), XD_E_CONF);
    ck_assert_uint_eq(faults.nkept, 1);
    f = &faults.kept[0];
    text = xd_dup(arena, f->text);

    ck_assert_str_eq(f->rule, wrong[_i].rule);
    ck_assert_msg(xd_str_eq(f->path, path), "%.*s", XD_FMT(f->path));
    ck_assert_msg(strstr(text.ptr, wrong[_i].says) != NULL, "%s", text.ptr);
    ck_assert_uint_eq(f->line, 5);
    ck_assert_uint_eq(f->column, wrong[_i].column);
}
END_TEST


/* Groups of a message by their first segment, where only one has it. */
START_TEST(groups_are_named_unmistakably)
{
    xd_str_t text;

    ck_assert_int_eq(rules(true, "  - {at: ALC, use: unused}"), XD_E_CONF);
    text = xd_dup(arena, faults.kept[0].text);
    ck_assert_str_eq(faults.kept[0].rule, "guide.path");
    ck_assert_ptr_nonnull(strstr(text.ptr, "Several groups begin with this"));
    ck_assert_int_eq(rules(true, "  - {at: SG18, use: unused}"), XD_OK);
}
END_TEST


/* Several files: what the last one is told. */
static const struct {
    const char *yaml, *rule, *says;
} chains[] = {
    { "g: {extends: h}\n", "guide.unknown", "no guide 'h'" },
    { "g: {extends: gg}\nggg: {set: '856'}\n", "guide.unknown",
        "did you mean 'ggg'" },
    { "g: {extends: h}\nh: {extends: g}\n", "guide.extends", "circle" },
    { "g: {extends: h}\nh: {rules: []}\n", "guide.set", "names a 'set'" },
    { "g: {set: '856'}\n", "guide.set", "names a 'set'" },
    { "g: {set: '857', versions: ['004010']}\n", "guide.set", "no grammar" },
    { "g: {set: '856', versions: ['003040']}\n", "guide.set", "no grammar" },
    { "g: {set: ORDERS, versions: [D99Z]}\n", "guide.set", "no grammar" },
};


START_TEST(chains_are_checked)
{
    xd_str_t text;

    ck_assert_int_eq(compile(chains[_i].yaml, "g"), XD_E_CONF);
    ck_assert_uint_eq(faults.nkept, 1);
    text = xd_dup(arena, faults.kept[0].text);
    ck_assert_str_eq(faults.kept[0].rule, chains[_i].rule);
    ck_assert_msg(strstr(text.ptr, chains[_i].says) != NULL, "%s", text.ptr);
}
END_TEST


/* A guide that could not be read was told already: it is at fault, silently. */
START_TEST(what_could_not_be_read_is_not_told_again)
{
    ck_assert_int_eq(compile("g: null\n", "g"), XD_E_CONF);
    ck_assert_int_eq(compile("g: {extends: h}\nh: null\n", "g"), XD_E_CONF);
    ck_assert_int_eq(compile("h: {}\n", "g"), XD_E_CONF);
    ck_assert_uint_eq(faults.nkept, 0);
}
END_TEST


START_TEST(one_set_has_one_guide)
{
    static const char yaml[] = "a: {set: '856', versions: ['004010']}\n"
                               "b: {set: '856', versions: ['004010VICS']}\n"
                               "c: {set: '856', versions: ['005010']}\n"
                               "d: {set: '850', versions: ['004010']}\n";
    xd_node_t *all = NULL, *names = NULL;

    ck_assert_int_eq(xd_yaml_read(arena, xd_str(yaml), &all, &faults), XD_OK);
    ck_assert_int_eq(xd_yaml_read(arena, XD_STR("[a, c, d]"), &names, &faults),
        XD_OK);
    ck_assert_int_eq(xd_guides_compile(arena, all, names, "guides", &guides,
                         &faults),
        XD_OK);
    ck_assert_uint_eq(guides.count, 3);

    ck_assert_int_eq(xd_yaml_read(arena, XD_STR("[a, b]"), &names, &faults),
        XD_OK);
    ck_assert_int_eq(xd_guides_compile(arena, all, names, "guides", &guides,
                         &faults),
        XD_E_CONF);
    ck_assert_str_eq(faults.kept[0].rule, "guide.twice");
}
END_TEST


/* -- inheritance ---------------------------------------------------------- */

START_TEST(a_guide_replaces_what_it_extends)
{
    static const char yaml[] =
        "base:\n"
        "  set: '856'\n"
        "  versions: ['004010']\n"
        "  severity: warning\n"
        "  rules:\n"
        "    - {at: BSN/6, use: required}\n"
        "    - {at: BSN/1, codes: ['01'], use: required}\n"
        "    - {at: HL(3=S)/REF, most: 1}\n"
        "    - {id: two, must: 'false', at: BSN, use: required}\n"
        "    - {must: 'size(set.HL) == 2', says: Two shipments.}\n"
        "g:\n"
        "  extends: base\n"
        "  rules:\n"
        "    - {at: BSN/6, use: optional}\n"
        "    - {at: BSN/1, codes: ['00']}\n"
        "    - {at: HL(3=S)/REF, most: 3}\n"
        "    - {id: two, must: 'true'}\n"
        "    - {at: BSN/2, length: {most: 9}}\n";

    ck_assert_int_eq(compile(yaml, "base"), XD_OK);
    grade(sample(ASN), false);
    ck_assert_uint_eq(count(), 6);
    ck_assert_uint_eq(rep.count[XD_WARNING], 6);

    xd_report_init(&rep, arena, MOST);
    ck_assert_msg(compile(yaml, "g") == XD_OK, "%.*s",
        XD_FMT(faults.kept[0].text));
    grade(sample(ASN), false);
    ck_assert_uint_eq(count(), 2);
    ck_assert_uint_eq(rep.count[XD_WARNING], 1); /* of base */
    ck_assert_uint_eq(rep.count[XD_ERROR], 1);   /* its own */

    /* the report of coverage names the file that asks */
    for (size_t i = 0; i < guides.checks; i++) {
        xd_guide_check_t check = xd_guides_check(&guides, i);

        ck_assert(check.line > 0);
        ck_assert_str_eq(check.asks, xd_str_is(check.at, "BSN/2") ? "length"
                                     : xd_str_is(check.at, "HL(3=S)/REF")
                                         ? "most"
                                     : check.at.len == 0 ? "must"
                                     : check.line == 7   ? "required"
                                                         : "codes");
        ck_assert(xd_str_is(check.guide, check.line < 11 ? "base" : "g"));
    }
}
END_TEST


/* -- which sets ----------------------------------------------------------- */

START_TEST(other_sets_and_versions_are_let_alone)
{
    ck_assert_int_eq(compile("g:\n  set: '856'\n  versions: ['004010VICS']\n"
                             "  rules: [{at: BSN/6, use: required}]\n",
                         "g"),
        XD_OK);
    grade(sample(ASN), false);
    ck_assert_uint_eq(count(), 0);

    ck_assert_int_eq(compile("g:\n  set: '850'\n  versions: ['004010']\n"
                             "  rules: [{at: BEG/6, use: required}]\n",
                         "g"),
        XD_OK);
    grade(sample(ASN), false);
    grade(sample(ORDERS), false);
    ck_assert_uint_eq(count(), 0);
}
END_TEST


/* A grammar that nobody's traffic has passed rejects nothing, nor does a guide
 * on it. */
START_TEST(unverified_sets_are_not_rejected)
{
    ck_assert_int_eq(compile("g:\n  set: '879'\n  versions: ['004010']\n"
                             "  rules: [{at: G93, use: required, says: No.}]\n",
                         "g"),
        XD_OK);
    grade(sample("t/cases/x12/sets/879.edi"), false);
    ck_assert_uint_ge(count(), 1);
    ck_assert_int_eq(found()->severity, XD_WARNING);
    ck_assert_ptr_null(found()->ack);
    ck_assert_uint_eq(rep.count[XD_ERROR], 0);
}
END_TEST


/* -- acknowledgements ----------------------------------------------------- */

static xd_str_t
answer(bool implementation)
{
    const xd_edi_ack_t ack = { .now_ms = 1,
        .isa_control = 1,
        .gs_control = 1,
        .usage = 'P' };
    const xd_edi_interchange_t *ic =
        XD_AT(&graded.interchanges, xd_edi_interchange_t, 0);
    xd_buf_t out = { 0 };
    xd_edi_file_t again;
    xd_report_t own;
    xd_str_t bytes;

    ck_assert_int_eq(implementation ? xd_edi_write_999(ic, &ack, &out)
                                    : xd_edi_write_997(ic, &ack, &out),
        XD_OK);
    bytes = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    xd_report_init(&own, arena, MOST);
    ck_assert_int_eq(xd_edi_grade(arena, bytes, &(xd_edi_options_t){ 0 }, &own,
                         &again),
        XD_OK);
    ck_assert_uint_eq(xd_report_errors(&own), 0);

    return bytes;
}


/* The standard's own codes in a 997, those of guides in a 999. */
START_TEST(acknowledgements_have_the_codes)
{
    static const char all[] =
        "  - {at: BSN/6, use: required}\n"
        "  - {at: BSN/5, use: unused}\n"
        "  - {at: BSN/1, codes: ['01']}\n"
        "  - {at: BSN/2, must: 'false'}\n"
        "  - {at: HL(3=S)/FOB, use: unused}\n"
        "  - {at: HL(3=S)/TD3, use: required}\n"
        "  - {at: HL(3=S)/TD1, most: 1, length: {most: 2}}\n";
    static const char *const segments[] = {
        "AK3*BSN*2**8~AK4*1*353*7*00~AK4*5*1005*10*0001~AK4*6*640*2~",
        "AK3*TD3*6*TD3*3~", "AK3*FOB*11**2~", "AK4*2*396*7*ASN-20260514-7~",
        "AK5*R*5~"
    };
    static const char *const own[] = {
        "IK3*BSN*2**8~IK4*1*353*I6*00~IK4*5*1005*I10*0001~IK4*6*640*I9~",
        "IK3*TD3*6*TD3*I6~", "IK3*FOB*11**I4~", "IK4*2*396*I12*ASN-20260514-7~",
        "IK5*R*I5~"
    };

    /* a length is about a value: this guide is refused, and mended */
    ck_assert_int_eq(rules(false, all), XD_E_CONF);
    ck_assert_int_eq(rules(false,
                         xd_fmt(arena, "%.*s", (int) (strlen(all) - 48), all)
                             .ptr),
        XD_OK);
    grade(sample(ASN), false);

    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        xd_str_t bytes = answer(false);

        ck_assert_msg(strstr(bytes.ptr, segments[i]) != NULL, "%s in %s",
            segments[i], bytes.ptr);
        bytes = answer(true);
        ck_assert_msg(strstr(bytes.ptr, own[i]) != NULL, "%s in %s", own[i],
            bytes.ptr);
    }
}
END_TEST


/* What the standard forbids beside it keeps its own codes. */
START_TEST(faults_of_both_are_told_apart)
{
    xd_str_t bytes = sample(ASN);
    char *at = strstr((char *) (uintptr_t) bytes.ptr, "BSN*00");

    memcpy(at, "BSN*QQ", 6);
    ck_assert_int_eq(rules(false, "  - {at: HL(3=S)/FOB, use: unused}\n"),
        XD_OK);
    grade(bytes, false);
    bytes = answer(true);
    ck_assert_msg(strstr(bytes.ptr, "IK4*1*353*7*QQ~") != NULL, "%s",
        bytes.ptr);
    ck_assert_msg(strstr(bytes.ptr, "IK3*FOB*11**I4~IK5*R*5~") != NULL, "%s",
        bytes.ptr);
}
END_TEST


/* -- limits --------------------------------------------------------------- */

/* A condition that costs too much, or has no answer, rejects nothing. */
START_TEST(dear_conditions_are_given_up)
{
    ck_assert_int_eq(
        rules(false,
            "  - {at: HL, must: '[1,2,3,4,5,6,7,8,9].all(a,"
            " [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c,"
            " [1,2,3,4,5,6,7,8,9].all(d, [1,2,3,4,5,6,7,8,9].all(e,"
            " [1,2,3,4,5,6,7,8,9].all(f, here[\"1\"] != string(a+b+c+d+e+f+100)"
            "))))))'}"),
        XD_OK);
    grade(sample(ASN), false);
    ck_assert_uint_eq(count(), 12);
    ck_assert_str_eq(found()->rule, "guide.undecided");
    ck_assert_uint_eq(rep.count[XD_ERROR], 0);
}
END_TEST


START_TEST(too_many_rules_are_refused)
{
    xd_buf_t lines = { 0 };

    for (int i = 0; i <= 1000; i++) {
        xd_buf_text(&lines, "  - {must: 'true'}\n");
    }

    xd_buf_byte(&lines, '\0');
    ck_assert_int_eq(rules(false, xd_buf_str(&lines).ptr), XD_E_CONF);
    ck_assert_str_eq(faults.kept[0].rule, "guide.limit");
    xd_buf_free(&lines);
}
END_TEST


static const char many[] =
    "  - {at: HL(3=S|O)/REF(1=BM), use: required, most: 1}\n"
    "  - {at: BSN/1, codes: [\"01\", \"02\"]}\n"
    "  - {at: HL(3=I), must: 'here.SN1[0][\"3\"] in [\"EA\"]'}\n"
    "  - {at: BSN/2, must: 'value == \"x\"'}\n"
    "  - {must: 'set.?CTT[?0][?\"2\"].orValue(\"0\") == \"1\"'}\n";

/* Each allocation fails once: of the compiler, then of the grader. */
START_TEST(every_allocation_may_fail)
{
    xd_node_t *all = NULL, *names = NULL;
    xd_str_t bytes = sample(ASN);
    xd_str_t yaml = xd_fmt(arena,
        "g:\n  set: '856'\n  versions: ['004010']\n  rules:\n%s", many);
    xd_rc_t rc = XD_E_MEMORY;

    ck_assert_int_eq(xd_yaml_read(arena, yaml, &all, &faults), XD_OK);
    ck_assert_int_eq(xd_yaml_read(arena, XD_STR("[g]"), &names, &faults),
        XD_OK);

    for (size_t n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_t *own = xd_arena_new(0);

        ck_assert_uint_lt(n, 5000);
        xd_arena_fail_at(own, n);
        rc = xd_guides_compile(own, all, names, "guides", &guides, &faults);
        xd_arena_free(own);
    }
    ck_assert_int_eq(rc, XD_OK);

    ck_assert_int_eq(xd_guides_compile(arena, all, names, "guides", &guides,
                         &faults),
        XD_OK);
    rc = XD_E_MEMORY;

    for (size_t n = 1; rc == XD_E_MEMORY; n++) {
        const xd_edi_options_t options = { .trees = true, .guides = &guides };
        xd_arena_t *own = xd_arena_new(0);

        ck_assert_uint_lt(n, 5000);
        xd_report_init(&rep, own, MOST);
        xd_arena_fail_at(own, n);
        rc = xd_edi_grade(own, bytes, &options, &rep, &graded);
        xd_arena_free(own);
    }
    ck_assert_int_eq(rc, XD_OK);
}
END_TEST


/* Cut anywhere, and with every byte changed, all ends well, and the trees are
 * given out or not as they were asked for. */
START_TEST(survives_any_bytes)
{
    xd_str_t bytes = sample(_i == 0 ? ASN : ORDERS);
    char *p = (char *) (uintptr_t) bytes.ptr;

    ck_assert_int_eq(_i == 0
                         ? rules(false, many)
                         : rules(true,
                             "  - {at: SG2(1=BY|SU)/2/1, length: {most: 2}}\n"
                             "  - {at: SG25/PIA, use: required}\n"
                             "  - {at: SG25, must: 'has(here.QTY)'}\n"),
        XD_OK);

    for (size_t i = 0; i < bytes.len; i++) {
        const xd_edi_options_t options = { .guides = &guides, .use = use };
        xd_arena_t *own = xd_arena_new(0);
        const char was = p[i];
        xd_report_t report;
        xd_edi_file_t file;

        xd_report_init(&report, own, MOST);
        p[i] = "~'*+HS"[i % 6];
        ck_assert_int_eq(xd_edi_grade(own, bytes, &options, &report, &file),
            XD_OK);
        p[i] = was;
        ck_assert_int_eq(xd_edi_grade(own, (xd_str_t){ p, i }, &options,
                             &report, &file),
            XD_OK);
        xd_arena_free(own);
    }

    ck_assert_uint_gt(use[0].tried, bytes.len / 2);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edi");
    TCase *tc = tcase_create("guide");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, finds, 0, sizeof(cases) / sizeof(cases[0]));
    tcase_add_loop_test(tc, mistakes_are_told, 0,
        sizeof(wrong) / sizeof(wrong[0]));
    tcase_add_loop_test(tc, chains_are_checked, 0,
        sizeof(chains) / sizeof(chains[0]));
    tcase_add_test(tc, what_could_not_be_read_is_not_told_again);
    tcase_add_test(tc, one_set_has_one_guide);
    tcase_add_test(tc, a_guide_replaces_what_it_extends);
    tcase_add_test(tc, other_sets_and_versions_are_let_alone);
    tcase_add_test(tc, groups_are_named_unmistakably);
    tcase_add_test(tc, unverified_sets_are_not_rejected);
    tcase_add_test(tc, acknowledgements_have_the_codes);
    tcase_add_test(tc, faults_of_both_are_told_apart);
    tcase_add_test(tc, dear_conditions_are_given_up);
    tcase_add_test(tc, too_many_rules_are_refused);
    tcase_add_test(tc, every_allocation_may_fail);
    tcase_add_loop_test(tc, survives_any_bytes, 0, 2);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
