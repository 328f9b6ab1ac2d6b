/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Maps of XML, by those of UBL.  The laws: what was read, and written again
 * with what goes along, is the same element by C14N; what was written, read
 * again, says all that the document said.
 */

#include <dirent.h>

#include "format/xml.h"
#include "t/unit/map/generate.h"


/* What the corpus has: credit notes there name no invoice, most orders no GLN
 * of the buyer, and one has no line. */
static const struct {
    const char *document, *dir;
    size_t read, refused;
} sets[] = {
    { "invoice", "invoice", 25, 0 },
    { "credit-memo", "creditnote", 0, 3 },
    { "purchase-order", "order", 2, 4 },
    { "order-response", "orderresponse", 1, 0 },
    { "shipment", "despatchadvice", 1, 0 },
};

#define SETS ((int) (sizeof(sets) / sizeof(sets[0])))


static const xd_mapping_t *
ubl(const char *document)
{
    const xd_mapping_t *map =
        xd_mapping_out(&maps, &(xd_mapping_query_t){ .syntax = XD_STR("ubl"),
                                  .document = xd_str(document) });

    ck_assert_ptr_nonnull(map);

    return map;
}


static xd_str_t
canonical(const xd_node_t *root)
{
    xd_buf_t text = { 0 }, form = { 0 };
    xd_str_t out;

    xd_xml_write(&text, root, XD_XML_PLAIN);
    ck_assert_int_eq(xd_buf_rc(&text), XD_OK);
    ck_assert_int_eq(xd_xml_canonical(arena, xd_buf_str(&text), NULL, false,
                         &form, &report),
        XD_OK);
    out = xd_dup(arena, xd_buf_str(&form));
    xd_buf_free(&text);
    xd_buf_free(&form);

    return out;
}


static xd_node_t *
element(xd_str_t bytes)
{
    xd_node_t *root = NULL;

    ck_assert_msg(xd_xml_read(arena, bytes, NULL, &root, &report) == XD_OK,
        "%.*s", XD_FMT(report.nkept > 0 ? report.kept[0].text : XD_STR("?")));

    return root;
}


/* Who writes it has its meta, with what goes along. */
static void
add_meta(xd_node_t *doc, const xd_mapping_t *map, xd_node_t *residue)
{
    xd_node_t *meta = xd_put(arena, doc, "meta", XD_OBJECT);
    xd_node_t *origin = xd_put(arena, meta, "origin", XD_OBJECT);
    xd_node_t *ext = xd_put(arena, meta, "ext", XD_OBJECT);

    xd_put_str(arena, origin, "docType", xd_str(map->set));
    if (residue != NULL) {
        residue->key = XD_STR("ubl");
        xd_node_add(arena, ext, residue);
    }
}


static void
same_text_as(xd_str_t want, xd_str_t is, const char *path)
{
    size_t i = 0;

    while (i < want.len && i < is.len && want.ptr[i] == is.ptr[i]) {
        i++;
    }

    ck_assert_msg(xd_str_eq(want, is), "%s at %zu:\n%.*s\nbecame\n%.*s", path,
        i, (int) (want.len - i < 300 ? want.len - i : 300), want.ptr + i,
        (int) (is.len - i < 300 ? is.len - i : 300), is.ptr + i);
}


/* Reads and writes again; false when the document is refused. */
static bool
comes_back(const xd_mapping_t *map, xd_str_t bytes, const char *path)
{
    xd_node_t *root = element(bytes), *tree = NULL;
    xd_str_t want = canonical(element(bytes));
    const xd_mapping_t *usual = xd_mapping_of_xml(&maps, root, XD_STR(""));

    ck_assert_msg(usual != NULL && strcmp(usual->set, map->set) == 0, "%s",
        path);
    left = NULL;
    if (xd_mapping_read_xml(map, arena, root, &report, &got, &left) != XD_OK) {
        ck_assert_msg(xd_report_errors(&report) > 0, "%s", path);
        return false;
    }

    add_meta(got, map, left);
    ck_assert_msg(writes_tree(map, got, &tree) == XD_OK, "%s: %.*s: %.*s", path,
        XD_FMT(report.kept[report.nkept - 1].path),
        XD_FMT(report.kept[report.nkept - 1].text));
    ck_assert_int_eq(xd_mapping_xml_out(map, arena, tree), XD_OK);
    same_text_as(want, canonical(tree), path);

    return true;
}


/* -- samples --------------------------------------------------------------- */

static const char *
corpus(const char *dir)
{
    const char *base = getenv("CROSSDOCK_CORPUS");

    return xd_fmt(arena, "%s/ubl/%s", base != NULL ? base : "../shared/corpus",
        dir)
        .ptr;
}


START_TEST(samples_come_back)
{
    DIR *d = opendir(corpus(sets[_i].dir));
    size_t read = 0, refused = 0;
    const struct dirent *e;

    while (d != NULL && (e = readdir(d)) != NULL) {
        xd_str_t bytes;
        const char *path;

        if (strstr(e->d_name, ".xml") == NULL) {
            continue;
        }

        xd_arena_reset(arena);
        xd_report_init(&report, arena, 100);
        path = xd_fmt(arena, "%s/%s", corpus(sets[_i].dir), e->d_name).ptr;
        ck_assert_int_eq(xd_file_read(arena, path, 1 << 20, &bytes), XD_OK);
        if (comes_back(ubl(sets[_i].document), bytes, path)) {
            read++;
        } else {
            refused++;
        }
    }

    if (d != NULL) {
        (void) closedir(d);
        ck_assert_uint_ge(read, sets[_i].read);
        ck_assert_uint_le(refused, sets[_i].refused);
    }
}
END_TEST


static xd_str_t
shown_all(const xd_node_t *node)
{
    xd_buf_t out = { 0 };
    xd_str_t text;

    xd_json_write(&out, node, XD_JSON_COMPACT);
    text = xd_dup(arena, xd_buf_str(&out));
    xd_buf_free(&out);

    return text;
}


/* Orders of anybody are those of customers, unless a profile says otherwise:
 * what is read is a document of its schema, or the member that lacks is told.
 */
START_TEST(orders_are_sales_orders)
{
    static const struct {
        const char *dir;
        size_t read;
    } dirs[] = { { "ubl/order", 4 }, { "cxml/samples", 1 } };
    const char *base = getenv("CROSSDOCK_CORPUS");
    const char *dir = xd_fmt(arena, "%s/%s",
        base != NULL ? base : "../shared/corpus", dirs[_i].dir)
                          .ptr;
    const xd_xml_limits_t limits = { .doctype = true };
    DIR *d = opendir(dir);
    const struct dirent *e;
    size_t read = 0;

    while (d != NULL && (e = readdir(d)) != NULL) {
        const char *path = xd_fmt(maps_arena, "%s/%s", dir, e->d_name).ptr;
        const xd_mapping_t *map;
        xd_node_t *root = NULL;
        xd_str_t bytes;

        xd_report_init(&report, arena, 100);
        if (strstr(e->d_name, ".xml") == NULL) {
            continue;
        }
        ck_assert_int_eq(xd_file_read(arena, path, 1 << 20, &bytes), XD_OK);
        ck_assert_int_eq(xd_xml_read(arena, bytes, &limits, &root, &report),
            XD_OK);
        map = xd_mapping_of_xml(&maps, root, XD_STR(""));
        if (map == NULL) {
            continue;
        }
        ck_assert_str_eq(map->document, "sales-order");
        if (xd_mapping_read_xml(map, arena, root, &report, &got, &left)
            != XD_OK) {
            ck_assert(told("map.missing", NULL) || told("map.kind", NULL));
            continue;
        }
        fits_the_schema("sales-order", got);
        ck_assert(left == NULL
                  || memmem(shown_all(left).ptr, shown_all(left).len,
                         "SharedSecret", 12)
                         == NULL);
        read++;
    }

    if (d != NULL) {
        (void) closedir(d);
        ck_assert_uint_ge(read, dirs[_i].read);
    }
}
END_TEST


/* -- documents ------------------------------------------------------------- */

/* Units of UBL are those of Recommendation 20; what a sender of EDI called one
 * has no place in it. */
static xd_node_t *
without_codes(xd_node_t *node)
{
    xd_node_t *before = NULL;

    xd_each (one, node) {
        if (!xd_str_is(one->key, "origUom")) {
            before = without_codes(one);
            continue;
        }
        before->next = one->next;
        node->last = node->last == one ? before : node->last;
        node->count--;
    }

    return node;
}


START_TEST(examples_go_out_and_come_back)
{
    static const char *const names[] = { "minimal", "typical" };

    for (size_t i = 0; i < 2; i++) {
        laws(ubl(sets[_i].document),
            without_codes(example(sets[_i].document, names[i])));
    }
}
END_TEST


START_TEST(broken_documents_do_no_harm)
{
    harmless(ubl(sets[_i].document), example(sets[_i].document, "typical"));
}
END_TEST


/* Documents that can be said in X12 can be said in UBL. */
START_TEST(generated_documents_go_out_and_come_back)
{
    for (uint32_t n = 0; n < 150; n++) {
        xd_arena_reset(arena);
        xd_report_init(&report, arena, 100);
        laws(ubl(outward[_i].document), without_codes(generated(_i, n)));
    }
}
END_TEST


/* One document through X12 and through UBL says the same in both. */
START_TEST(standards_meet_in_one_document)
{
    static const char *const shared[] = { "poNo", "invoiceNo", "orderDate",
        "issueDate", "ccy", "status", "totals", "taxes", "buyerGln", "note" };

    for (uint32_t n = 0; n < 50; n++) {
        const xd_mapping_t *both[2];
        xd_node_t *doc, *tree = NULL, *said[2];

        xd_arena_reset(arena);
        xd_report_init(&report, arena, 100);
        both[0] = map_out(outward[_i].document);
        both[1] = ubl(outward[_i].document);
        doc = without_codes(generated(_i, n));
        for (size_t i = 0; i < 2; i++) {
            ck_assert_int_eq(writes_tree(both[i], doc, &tree), XD_OK);
            ck_assert_int_eq(reads(both[i], tree), XD_OK);
            said[i] = got;
        }

        for (size_t i = 0; i < sizeof(shared) / sizeof(shared[0]); i++) {
            const xd_node_t *one = xd_get(said[0], shared[i]);

            ck_assert_msg(one == NULL
                              || within(one, xd_get(said[1], shared[i])),
                "%s: %.*s", shared[i], XD_FMT(shown(said[1])));
        }
        ck_assert_uint_eq(xd_get(said[0], "lines")->count,
            xd_get(said[1], "lines")->count);
    }
}
END_TEST


/* A notice names packages beside what is in them, and none around others. */
START_TEST(shipments_go_out_and_come_back)
{
    xd_node_t *doc = without_codes(example("shipment", "typical"));
    xd_node_t *units = xd_get(doc, "units"), *tree = NULL;

    ck_assert_int_eq(writes_tree(ubl("shipment"), doc, &tree), XD_E_SYNTAX);
    ck_assert(told("map.refused", "/units/1/parent"));

    units->first = units->first->next;
    units->count--;
    xd_each (unit, units) {
        xd_node_t *no = xd_get(unit, "unitNo");

        no->text = xd_fmt(arena, "%u", unit == units->first ? 1U : 2U);
        no->next = no->next->next; /* its parent */
        unit->count--;
    }
    xd_report_init(&report, arena, 100);
    laws(ubl("shipment"), doc);
}
END_TEST


/* -- what goes along ------------------------------------------------------- */

#define HEAD                                                                   \
    "<n:Invoice xmlns:n='urn:oasis:names:specification:ubl:schema:xsd:"        \
    "Invoice-2' xmlns:b='urn:oasis:names:specification:ubl:schema:xsd:"        \
    "CommonBasicComponents-2' xmlns:a='urn:oasis:names:specification:ubl:"     \
    "schema:xsd:CommonAggregateComponents-2'>"

/* Other prefixes, another order, spellings, elements and attributes that
 * nobody knows, a text among elements. */
#define STRANGE                                                                \
    HEAD "<b:IssueDate>2026-05-14Z</b:IssueDate><b:ID note='x'> 4711 </b:ID>"  \
         "<x xmlns='urn:x'>of <y/>theirs</x>"                                  \
         "<a:AccountingSupplierParty><a:Party><a:PartyName><b:Name>S</b:Name>" \
         "</a:PartyName></a:Party></a:AccountingSupplierParty>"                \
         "<a:AccountingCustomerParty><a:Party><a:PartyName><b:Name>B</b:Name>" \
         "</a:PartyName></a:Party></a:AccountingCustomerParty>"                \
         "<a:LegalMonetaryTotal><b:TaxExclusiveAmount currencyID='EUR'>+07.50" \
         "</b:TaxExclusiveAmount><b:TaxInclusiveAmount currencyID='EUR'>7.50"  \
         "</b:TaxInclusiveAmount><b:PayableAmount currencyID='EUR'>7.50"       \
         "</b:PayableAmount></a:LegalMonetaryTotal>"                           \
         "<a:TaxTotal><b:TaxAmount currencyID='EUR'>0</b:TaxAmount>"           \
         "</a:TaxTotal>"                                                       \
         "<a:InvoiceLine><b:ID>B-2</b:ID><b:InvoicedQuantity unitCode='EA'>1"  \
         "</b:InvoicedQuantity><b:LineExtensionAmount currencyID='EUR'>5"      \
         "</b:LineExtensionAmount><a:Item><b:Name>first</b:Name>"              \
         "<a:SellersItemIdentification><b:ID>1</b:ID>"                         \
         "</a:SellersItemIdentification><b:Extra>one</b:Extra></a:Item>"       \
         "<a:Price>"                                                           \
         "<b:PriceAmount currencyID='EUR'>5</b:PriceAmount></a:Price>"         \
         "</a:InvoiceLine>"                                                    \
         "<a:InvoiceLine><b:ID>7</b:ID><b:InvoicedQuantity unitCode='EA'>1"    \
         "</b:InvoicedQuantity><b:LineExtensionAmount currencyID='EUR'>2.5"    \
         "</b:LineExtensionAmount><a:Item><b:Name>second</b:Name>"             \
         "<a:SellersItemIdentification><b:ID>2</b:ID>"                         \
         "</a:SellersItemIdentification></a:Item><a:Price><b:PriceAmount "     \
         "currencyID='EUR'>2.5</b:PriceAmount></a:Price></a:InvoiceLine>"      \
         "</n:Invoice>"


START_TEST(strange_texts_come_back)
{
    ck_assert(comes_back(ubl("invoice"), XD_STR(STRANGE), "strange"));
    ck_assert(xd_str_is(xd_text(got, "invoiceNo"), "4711"));
    ck_assert(xd_str_is(xd_text(got, "issueDate"), "2026-05-14"));
    ck_assert(xd_str_is(xd_text_at(got, "totals.net.amount"), "7.50"));
}
END_TEST


/* A document that was changed is written as it is now; what goes along keeps
 * its hands off what says something else by now. */
START_TEST(changed_documents_are_written_as_they_are)
{
    xd_node_t *root = element(XD_STR(STRANGE)), *tree = NULL;
    const xd_mapping_t *map = ubl("invoice");
    xd_str_t text;

    left = NULL;
    ck_assert_int_eq(xd_mapping_read_xml(map, arena, root, &report, &got,
                         &left),
        XD_OK);
    xd_get(got, "invoiceNo")->text = XD_STR("4712");
    xd_get(xd_get(xd_get(got, "totals"), "net"), "amount")->text =
        XD_STR("9.50");
    add_meta(got, map, left);
    ck_assert_int_eq(writes_tree(map, got, &tree), XD_OK);
    ck_assert_int_eq(xd_mapping_xml_out(map, arena, tree), XD_OK);
    text = canonical(tree);
    ck_assert_ptr_nonnull(memmem(text.ptr, text.len, ">4712<", 6));
    ck_assert_ptr_null(memmem(text.ptr, text.len, "4711", 4));
    ck_assert_ptr_nonnull(memmem(text.ptr, text.len, ">9.50<", 6));
    ck_assert_ptr_nonnull(memmem(text.ptr, text.len, ">one<", 5));
    ck_assert_ptr_nonnull(memmem(text.ptr, text.len, "2026-05-14Z", 11));
}
END_TEST


/* Whatever stands in the residue, it is told or put somewhere, no more. */
START_TEST(broken_residues_do_no_harm)
{
    static const char *const keys[] = { "", "/", "//", "/x", "/x/0", "/x/0/y",
        "/x/9=", "/cac:InvoiceLine/0=9/z/1",
        "/cac:InvoiceLine/99999999=", "/x/0=/", "x/0", "/x/-1", "/~/0",
        "/~3/0=~" };
    const xd_mapping_t *map = ubl("invoice");

    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        xd_node_t *doc = example("invoice", "minimal"), *tree = NULL;
        xd_node_t *residue = xd_node_new(arena, XD_OBJECT);
        xd_node_t *entry = xd_put(arena, residue, keys[i], XD_OBJECT);

        xd_put_str(arena, entry, "#text", XD_STR("?"));
        xd_put_bool(arena, entry, "#gone", true);
        xd_put_num(arena, xd_put(arena, entry, "#order", XD_ARRAY), "x", 1);
        xd_put(arena, entry, "@x", XD_OBJECT);
        doc->last = xd_nth(doc, doc->count - 1);
        doc->first = doc->first->next; /* its meta */
        doc->count--;
        add_meta(doc, map, residue);
        ck_assert_msg(writes_tree(map, doc, &tree) == XD_OK, "%s", keys[i]);
    }
}
END_TEST


START_TEST(full_arena_is_told)
{
    const xd_mapping_t *map = ubl("invoice");
    xd_node_t *tree = NULL;
    xd_rc_t rc = XD_E_MEMORY;

    for (size_t n = 1; rc != XD_OK; n++) {
        xd_node_t *root = element(XD_STR(STRANGE));

        ck_assert_uint_lt(n, 10000);
        left = NULL;
        xd_arena_fail_at(arena, n);
        rc = xd_mapping_read_xml(map, arena, root, &report, &got, &left);
        xd_arena_fail_at(arena, 0);
        ck_assert_msg(rc == XD_OK || rc == XD_E_MEMORY, "read, %zu", n);
    }

    add_meta(got, map, left);
    rc = XD_E_MEMORY;
    for (size_t n = 1; rc != XD_OK; n++) {
        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = writes_tree(map, got, &tree);
        xd_arena_fail_at(arena, 0);
        ck_assert_msg(rc == XD_OK || rc == XD_E_MEMORY, "write, %zu", n);
    }

    rc = XD_E_MEMORY;
    for (size_t n = 1; rc != XD_OK; n++) {
        xd_node_t *copy = xd_node_copy(arena, tree);

        ck_assert_uint_lt(n, 10000);
        xd_arena_fail_at(arena, n);
        rc = xd_mapping_xml_out(map, arena, copy);
        xd_arena_fail_at(arena, 0);
        ck_assert_msg(rc == XD_OK || rc == XD_E_MEMORY, "out, %zu", n);
    }
}
END_TEST


/* -- the language ---------------------------------------------------------- */

#define MAP_OF(lines)                                                          \
    "map t/1 : ubl/Invoice <-> order-response\ninclude \"common.map\"\n" lines \
    "\n"

static const struct {
    const char *text, *want;
} faults[] = {
    { MAP_OF("cbc:Id <-> poNo"), "did you mean \"cbc:ID\"?" },
    { MAP_OF("cac:OrderReference/cbc:Nope <-> poNo"), "no part of the tree" },
    { MAP_OF("cac:TaxTotal <-> poNo"), "no codec is usual" },
    { MAP_OF("cbc:ID/@nope <-> poNo"), "no part of the tree" },
    { MAP_OF("cac:InvoiceLine[*]/cbc:ID <-> poNo"), "Only the last part" },
    { MAP_OF("cbc:ID.6* <-> poNo"), "Pairs are of EDI" },
    { MAP_OF("shape X { a = Nowhere }\ntree Invoice = xml X { b = X }"),
        "There is no shape" },
    { MAP_OF("tree Invoice = xml X { b (id) }"), "the name of an attribute" },
    { MAP_OF("tree Invoice = yaml X { b }"), "Here xml was expected" },
    { MAP_OF("prefix x = y"), "a namespace between" },
    { MAP_OF("test cbc:Nope = 1"), "no part of the tree" },
};


START_TEST(faults_are_told)
{
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    xd_mappings_t map;
    bool found = false;

    ck_assert_int_eq(xd_mapping_text(arena, "conf/maps/ubl/t.map",
                         xd_str(faults[_i].text), NULL, &env, &map, &report),
        XD_E_CONF);
    for (size_t i = 0; i < report.nkept; i++) {
        const xd_finding_t *f = &report.kept[i];

        found = found
                || (memmem(f->text.ptr, f->text.len, faults[_i].want,
                        strlen(faults[_i].want))
                        != NULL
                    && f->line > 0);
    }
    ck_assert_msg(found, "%s: %.*s", faults[_i].text,
        XD_FMT(report.kept[0].text));
}
END_TEST


/* A tree of a partner's own, of elements without a namespace, which is known
 * by what stands in it. */
START_TEST(trees_are_of_any_xml)
{
    static const char text[] =
        "map own-answer/1 : own/Answer <-> order-response\n"
        "test Body/Answer/No = 7\n"
        "tree Answer = xml Message has Body/Answer {\n"
        "    Body { Answer { No must, State, Line[*] { Id, State } by Id } }\n"
        "}\n"
        "table states { OK = accepted, NEW = changed, NO = rejected }\n"
        "table line-states { OK = accepted, NEW = changed, NO = rejected\n"
        "    LATE = backordered, OTHER = substituted }\n"
        "ours meta\n"
        "Body/Answer/No <-> poNo\n"
        "Body/Answer/State <-> status : table(states)\n"
        "Body/Answer/Line[*] <-> lines[*] else [] {\n"
        "    Id <-> lineNo : line-no\n"
        "    State <-> status : table(line-states)\n"
        "}\n";
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    const xd_mapping_t *map;
    xd_mappings_t own;
    xd_node_t *root = element(XD_STR("<Message><Body><Answer><No>7</No><State>"
                                     "OK</State><Line><Id>1</Id><State>NEW"
                                     "</State></Line></Answer></Body>"
                                     "</Message>"));

    ck_assert_msg(xd_mapping_text(arena, "own.map", xd_str(text), NULL, &env,
                      &own, &report)
                      == XD_OK,
        "%.*s", XD_FMT(report.nkept > 0 ? report.kept[0].text : XD_STR("")));
    map = XD_AT(&own.all, xd_mapping_t, 0);
    ck_assert_ptr_eq(xd_mapping_of_xml(&own, root, XD_STR("")), map);
    ck_assert_ptr_null(xd_mapping_of_xml(&own,
        element(XD_STR("<Message><Body/></Message>")), XD_STR("")));
    ck_assert_int_eq(xd_mapping_read_xml(map, arena, root, &report, &got,
                         &left),
        XD_OK);
    ck_assert_ptr_null(left);
    ck_assert(xd_mapping_is_test(map, root));
    ck_assert(!xd_mapping_is_test(ubl("invoice"), root));
    ck_assert_msg(xd_node_equal(got,
                      quoted("{'poNo':'7','status':'accepted','lines':"
                             "[{'lineNo':1,'status':'changed'}]}")),
        "%.*s", XD_FMT(shown(got)));
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("map");
    TCase *tc = tcase_create("ubl");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_set_timeout(tc, 60);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, samples_come_back, 0, SETS);
    tcase_add_loop_test(tc, orders_are_sales_orders, 0, 2);
    tcase_add_loop_test(tc, examples_go_out_and_come_back, 0, SETS - 1);
    tcase_add_loop_test(tc, broken_documents_do_no_harm, 0, SETS);
    tcase_add_loop_test(tc, generated_documents_go_out_and_come_back, 0,
        OUTWARD);
    tcase_add_loop_test(tc, standards_meet_in_one_document, 0, OUTWARD);
    tcase_add_test(tc, shipments_go_out_and_come_back);
    tcase_add_test(tc, strange_texts_come_back);
    tcase_add_test(tc, changed_documents_are_written_as_they_are);
    tcase_add_test(tc, broken_residues_do_no_harm);
    tcase_add_test(tc, full_arena_is_told);
    tcase_add_loop_test(tc, faults_are_told, 0,
        sizeof(faults) / sizeof(faults[0]));
    tcase_add_test(tc, trees_are_of_any_xml);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
