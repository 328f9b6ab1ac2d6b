/* SPDX-License-Identifier: BSD-2-Clause */

/* Sets to facts: their meta, their ids, and what becomes an exception. */

#include "fixture.h"


START_TEST(a_fact_tells_all_of_itself)
{
    const xd_node_t *doc;
    xd_str_t bytes = interchange((ic_t){ 0 });
    char hash[XD_SHA256_HEX + 1];

    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    ck_assert_uint_eq(facts_of("exception"), 0);
    doc = fact_of("shipment", 0);
    xd_sha256_hex(bytes, hash);

    ck_text(doc, "meta.schema", "urn:retail:shipment:1.0");
    ck_text(doc, "meta.event", "created");
    ck_text(doc, "meta.key", "shipment:acme:SHP-1");
    ck_text(doc, "meta.keyVersion", "1");
    ck_text(doc, "meta.source.system", "crossdock");
    ck_text(doc, "meta.source.partner", "acme");
    ck_text(doc, "meta.source.controlNo", "000000905");
    ck_text(doc, "meta.correlationId", "018f6c2e-0000-7000-8000-000000000001");
    ck_text(doc, "meta.causationId", "018f6c2e-0000-7000-8000-000000000001");
    ck_text(doc, "meta.origin.standard", "X12/004010");
    ck_text(doc, "meta.origin.docType", "856");
    ck_text(doc, "meta.origin.sha256", hash);
    ck_text(doc, "meta.origin.set", "1");
    ck_text(doc, "meta.origin.ordinal", "1");
    ck_has(xd_text_at(doc, "meta.origin.map"), "x12-856/");
    ck_text(doc, "meta.occurredAt", "2026-08-14T00:00:00.000Z");
    ck_assert(!xd_truth(xd_get(doc, "meta"), "test", true));
    ck_text(doc, "units.0.contents.0.qty.value", "24");
}
END_TEST


START_TEST(the_correlation_is_carried_on)
{
    xd_message_t m = message_of("acme", interchange((ic_t){ 0 }));

    m.correlation_id = XD_STR("the-first-of-all");
    ck_assert_int_eq(play(desk_inbound, &x12, &m), XD_WORK_DONE);
    ck_text(fact_of("shipment", 0), "meta.correlationId", "the-first-of-all");
    ck_text(fact_of("functional-ack", 0), "meta.correlationId",
        "the-first-of-all");
    ck_text(fact_of("shipment", 0), "meta.causationId",
        "018f6c2e-0000-7000-8000-000000000001");
}
END_TEST


START_TEST(a_test_interchange_makes_test_documents)
{
    xd_str_t bytes = interchange((ic_t){ .ack = '1' });
    char *at = memmem(bytes.ptr, bytes.len, "*1*P*>", 6);

    at[3] = 'T';
    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    ck_assert(xd_truth(xd_get(fact_of("shipment", 0), "meta"), "test", false));
    ck_assert(
        xd_truth(xd_get(fact_of("functional-ack", 0), "meta"), "test", false));
    ck_has(ack_at(0)->message.body, "*0*T*>~");
}
END_TEST


/* A translator that lost its memory names the same facts again. */
START_TEST(ids_are_the_same_at_every_repetition)
{
    xd_str_t bytes = interchange((ic_t){
        .groups = GROUP("905",
            ASN("0001", "SHP-1") ASN("0002", "SHP-2") "ST*000*0003~SE*2*0003~",
            "3") });
    size_t first;

    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    first = sent.count;

    xd_store_close(store);
    ck_assert_int_eq(unlink(xd_fmt(arena, "%s/x.db", dir).ptr), 0);
    open_store(desk_migrations);
    raw = 0;
    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    ck_assert_uint_eq(sent.count, 2 * first);

    for (size_t i = 0; i < first; i++) {
        ck_assert(xd_str_eq(sent_at(i)->message.message_id,
            sent_at(first + i)->message.message_id));

        for (size_t k = 0; k < i; k++) {
            ck_assert(!xd_str_eq(sent_at(i)->message.message_id,
                sent_at(k)->message.message_id));
        }
    }
}
END_TEST


START_TEST(a_number_that_comes_again_is_a_new_version)
{
    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_DONE);
    ck_assert_int_eq(give(interchange((ic_t){ .control = "000000906" })),
        XD_WORK_DONE);

    ck_text(fact_of("shipment", 0), "meta.keyVersion", "1");
    ck_text(fact_of("shipment", 1), "meta.keyVersion", "2");
    ck_text(fact_of("shipment", 1), "meta.key", "shipment:acme:SHP-1");
    ck_assert(!xd_str_eq(xd_text_at(fact_of("shipment", 0), "meta.id"),
        xd_text_at(fact_of("shipment", 1), "meta.id")));
}
END_TEST


#define WITH_REST                                                              \
    "ST*856*0001~BSN*00*SHP-1*20260814*0912*0001~HL*1**S~DTM*011*20260814~"    \
    "N1*SF*ACME*UL*0614141000012~N1*ST*STORE*UL*9501101530218~"                \
    "PER*IC*JO DOE*TE*5551234~HL*2*1*I~LIN*1*UK*00614141121014~"               \
    "SN1*1*24*EA~SE*11*0001~"

START_TEST(what_no_map_names_is_kept)
{
    const xd_node_t *rest;
    xd_buf_t text = { 0 };

    ck_assert_int_eq(give(interchange(
                         (ic_t){ .groups = GROUP("905", WITH_REST, "1") })),
        XD_WORK_DONE);
    rest = xd_get(xd_get(xd_get(fact_of("shipment", 0), "meta"), "ext"), "x12");
    ck_assert_ptr_nonnull(rest);
    xd_json_write(&text, rest, XD_JSON_COMPACT);
    ck_has(xd_buf_str(&text), "JO DOE");
    xd_buf_free(&text);
}
END_TEST


/* -- exceptions ------------------------------------------------------------ */

/* Good by its grammar, but a shipment needs to know where to. */
#define NOWHERE(control)                                                       \
    "ST*856*" control "~BSN*00*SHP-1*20260814*0912*0001~HL*1**S~"              \
    "DTM*011*20260814~N1*SF*ACME*UL*0614141000012~HL*2*1*I~"                   \
    "LIN*1*UK*00614141121014~SN1*1*24*EA~SE*9*" control "~"

START_TEST(a_set_that_cannot_be_mapped_is_an_exception)
{
    const xd_node_t *doc;

    ck_assert_int_eq(give(interchange((ic_t){
                         .groups = GROUP("905", NOWHERE("0001"), "1") })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 0);
    ck_assert_uint_eq(facts_of("exception"), 1);

    doc = fact_of("exception", 0);
    ck_text(doc, "code", "x12.map");
    ck_text(doc, "severity", "error");
    ck_text(doc, "state", "open");
    ck_text(doc, "docRef", "018f6c2e-0000-7000-8000-000000000001");
    ck_has(xd_text(doc, "text"), "shipTo: ");
    ck_text(doc, "meta.event", "opened");
    ck_text(doc, "meta.source.partner", "acme");
    ck_assert(
        xd_str_eq(xd_text(doc, "exceptionId"), xd_text_at(doc, "meta.id")));
    ck_text(doc, "meta.origin.ordinal", "1");
}
END_TEST


/* Who asks for advice gets an 824 behind the 997 that accepted the set. */
START_TEST(advice_says_why_a_set_was_not_used)
{
    const xd_node_t *doc;
    xd_str_t id;

    ck_assert_int_eq(give_from("advised",
                         interchange((ic_t){ .sender = "ADVISED",
                             .groups = GROUP("905",
                                 ASN("0001", "SHP-2") NOWHERE("0002"), "2") })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_assert_uint_eq(acks(), 2);
    ck_has(ack_at(0)->message.body, "~AK9*A*2*2*2~");
    ck_has(ack_at(1)->message.body, "*000000002*0*P*>~GS*AG*CROSSDOCK*ACME*");
    ck_has(ack_at(1)->message.body,
        "~OTI*TR*SI*SHP-1*ACME*CROSSDOCK***905*0002*856~TED*007*");
    ck_assert(xd_str_is(ack_at(1)->message.routing_key, "out.http.advised"));
    id = xd_dup(arena, ack_at(1)->message.message_id);
    ck_assert(!xd_str_eq(id, ack_at(0)->message.message_id));

    ck_assert_uint_eq(facts_of("functional-ack"), 2);
    doc = fact_of("functional-ack", 1);
    ck_text(doc, "kind", "824");
    ck_text(doc, "status", "R");
    ck_text(doc, "ackOf.group", "905");
    ck_text(doc, "ackOf.set", "0002");
    ck_text(doc, "errors.0.code", "TED01:007");
    ck_text(doc, "errors.0.set", "0002");
}
END_TEST


/* No finding was kept, but it is told that the set was not used. */
START_TEST(advice_without_a_reason)
{
    x12.findings = 0;
    ck_assert_int_eq(give_from("advised",
                         interchange((ic_t){ .sender = "ADVISED",
                             .groups = GROUP("905", NOWHERE("0001"), "1") })),
        XD_WORK_DONE);
    ck_has(ack_at(1)->message.body,
        "~OTI*TR*SI*SHP-1*ACME*CROSSDOCK***905*0001*856~SE*4*0001~");
    ck_assert_ptr_null(xd_get(fact_of("functional-ack", 1), "errors"));
}
END_TEST


/* The reason is of this set, not of the one before it. */
START_TEST(each_exception_has_its_own_reason)
{
    const char *groups =
        GROUP("905", "ST*856*0002~ZZZ*1~SE*3*0002~" NOWHERE("0001"), "2");

    ck_assert_int_eq(give(interchange((ic_t){ .groups = groups })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 2);
    ck_text(fact_of("exception", 0), "code", "x12.set.rejected");
    ck_has(xd_text(fact_of("exception", 0), "text"), "ZZZ");
    ck_text(fact_of("exception", 1), "code", "x12.map");
    ck_has(xd_text(fact_of("exception", 1), "text"), "shipTo");
}
END_TEST


/* No finding is kept any more: the exception says so much as it can. */
START_TEST(a_report_that_is_full_still_gives_a_reason)
{
    x12.findings = 1;
    ck_assert_int_eq(give(interchange((ic_t){
                         .groups = GROUP("905",
                             "ST*856*0002~ZZZ*1~SE*3*0002~" NOWHERE("0001"),
                             "2") })),
        XD_WORK_DONE);
    ck_has(xd_text(fact_of("exception", 1), "text"), "cannot be mapped");
}
END_TEST


/* A good 997 of ours in a group that is none of acknowledgements. */
START_TEST(a_set_without_a_map_is_an_exception)
{
    const char *groups =
        GROUP("905", "ST*997*0001~AK1*PO*1~AK9*A*1*1*1~SE*4*0001~", "1");

    ck_assert_int_eq(give(interchange((ic_t){ .groups = groups })),
        XD_WORK_DONE);
    ck_text(fact_of("exception", 0), "code", "x12.set.unmapped");
    ck_has(xd_text(fact_of("exception", 0), "text"), "set 997");
}
END_TEST


/* -- refused as a whole ---------------------------------------------------- */

static const struct {
    const char *party, *sender, *code;
} foreign[] = {
    { "acme", "QUIET", "x12.sender" },
    { "acme", "NOBODY", "x12.sender" },
    { "webshop", "ACME", "x12.party" },
    { "nobody", "ACME", "x12.party" },
    { "acme.more", "ACME", "x12.party" },
};


START_TEST(who_is_not_the_sender_is_refused)
{
    ck_assert_int_eq(give_from(foreign[_i].party,
                         interchange((ic_t){ .sender = foreign[_i].sender })),
        XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, foreign[_i].code);
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


/* One foreign interchange in a file, and all of it is a person's matter. */
START_TEST(a_foreign_interchange_hides_behind_no_other)
{
    xd_str_t own = interchange((ic_t){ 0 });
    xd_str_t other = interchange((ic_t){ .sender = "QUIET" });

    ck_assert_int_eq(give(
                         xd_fmt(arena, "%.*s%.*s", XD_FMT(own), XD_FMT(other))),
        XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "x12.sender");
    ck_has(xd_str(last.text), "ZZ:QUIET");
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


START_TEST(bytes_that_are_no_edi_are_refused)
{
    const char *const none[] = { "", "hello", "{\"a\":1}", "ISA*00" };

    for (int i = 0; i < COUNT(none); i++) {
        ck_assert_int_eq(give(xd_str(none[i])), XD_WORK_PERMANENT);
        ck_assert_str_eq(last.code, i < 3 ? "x12.not-edi" : last.code);
        ck_assert_uint_eq(sent.count, 0);
    }
}
END_TEST


START_TEST(more_sets_than_are_kept_are_refused)
{
    xd_buf_t sets = { 0 };
    xd_str_t bytes;

    for (int s = 0; s <= DESK_MOST; s++) {
        xd_buf_text(&sets, "ST*000*0001~SE*2*0001~");
    }
    xd_buf_byte(&sets, '\0');
    bytes = interchange((ic_t){
        .groups = xd_fmt(arena,
            "GS*SH*ACME*CROSSDOCK*20260814*0915*905*X*004010~%sGE*100001*905~",
            sets.ptr)
                      .ptr });
    xd_buf_free(&sets);

    ck_assert_int_eq(give(bytes), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "x12.too-many");
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


/* -- whatever comes -------------------------------------------------------- */

/* Control numbers, versions and codes that no document of ours may hold as
 * they are. */
static const char *const hostile[] = {
    "GS*SH*A*B*20260814*0915*\x01\x02*X*004010~ST*856*\x1b[2J~SE*2*\x1b[2J~"
    "GE*1*\x01\x02~",
    "GS*SH*A*B*20260814*0915*1*X*\xff\xfe\x80~ST*\xff*0001~SE*2*0001~GE*1*1~",
    "GS*SH*A*B*20260814*0915*"
    "1111111111111111111111111111111111111111111111111111111111111111111111111"
    "1111111111111*X*004010~ST*856*0001~SE*2*0001~GE*1*1~",
    "GS*SH*A*B*20260814*0915*1*X*004010004010004010004010004010004010004010004"
    "010004010004010004010004010004010004010004010~ST*997*0001~AK1*PO*1~"
    "AK9*A*1*1*1~SE*4*0001~GE*1*1~",
    "ST*856*0001~SE*2*0001~",
    "GS*SH~GE~GS~GE~GS*FA~ST~SE~GE~",
    "\x01*1~\xf0\x9f\x92\xa9*1~",
};


START_TEST(hostile_names_do_not_stop_the_answer)
{
    ck_assert_int_eq(give(interchange((ic_t){ .groups = hostile[_i] })),
        XD_WORK_DONE);
    ck_assert_uint_gt(facts_of("exception") + facts_of("functional-ack"), 0);
}
END_TEST


/* Whatever is changed of an interchange, it is answered or refused, and
 * every fact holds to its schema (the played relay looks). */
START_TEST(changed_bytes_are_answered_or_refused)
{
    static const char marks[] = "*~>\n\0 AZ09\x01\xff";
    static const char *const codes[] = { "x12.sender", "x12.not-edi" };
    xd_str_t good = interchange((ic_t){ .ack = '1',
        .groups =
            GROUP("905", ASN("0001", "SHP-1") ASN("0002", "SHP-2"), "2") });
    unsigned seed = 4711;

    for (int n = 0; n < 600; n++) {
        xd_str_t bytes = xd_dup(arena, good);
        char *at = memmem(bytes.ptr, bytes.len, "ISA", 3);
        xd_work_rc_t rc;

        for (int i = 0; i <= n % 4; i++) {
            at[(size_t) rand_r(&seed) % bytes.len] =
                marks[(size_t) rand_r(&seed) % (sizeof(marks) - 1)];
        }
        if (n % 5 == 0) {
            bytes.len = (size_t) rand_r(&seed) % bytes.len;
        }

        rc = give(bytes);
        ck_assert_msg(rc == XD_WORK_DONE
                          || (rc == XD_WORK_PERMANENT
                              && (strcmp(last.code, codes[0]) == 0
                                  || strcmp(last.code, codes[1]) == 0)),
            "%d: %s: %s", n, last.code, last.text);
    }
}
END_TEST


/*
 * The nth allocation fails: refused for its size, and nothing remains.  Only
 * a finding may be lost to it (the report counts on), so the work may also
 * be done: then whole.
 */
START_TEST(a_full_arena_refuses_the_whole)
{
    xd_str_t bytes = interchange((ic_t){ .ack = '1',
        .groups = GROUP("905", WITH_REST NOWHERE("0002"), "2") });
    int refused = 0;

    for (size_t n = 1, done = 0; done < 500; n++) {
        xd_work_rc_t rc;

        fail_alloc_at = n;
        sent = XD_VEC(sent_t);
        rc = give(bytes);

        if (rc == XD_WORK_DONE) {
            ck_assert_uint_eq(sent.count, 5);
            ck_assert_uint_eq(acks(), 1);
            ck_assert_uint_eq(facts_of("shipment"), 1);
            ck_assert_uint_eq(facts_of("exception"), 1);
            done++;
        } else {
            ck_assert_msg(rc == XD_WORK_PERMANENT
                              && strcmp(last.code, "x12.memory") == 0,
                "%zu: %s: %s", n, last.code, last.text);
            ck_assert_uint_eq(sent.count, 0);
            ck_assert_int_eq(number("SELECT count(*) FROM interchange"), 0);
            refused++;
            done = 0;
        }

        ck_assert_uint_lt(n, 20000);
        ck_assert_int_eq(xd_store_begin(store), XD_OK);
        ck_assert_int_eq(xd_sql_run(xd_sql(store, "DELETE FROM interchange")),
            XD_OK);
        ck_assert_int_eq(xd_store_commit(store), XD_OK);
    }

    ck_assert_int_gt(refused, 300);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("facts");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, a_fact_tells_all_of_itself);
    tcase_add_test(tc, the_correlation_is_carried_on);
    tcase_add_test(tc, a_test_interchange_makes_test_documents);
    tcase_add_test(tc, ids_are_the_same_at_every_repetition);
    tcase_add_test(tc, a_number_that_comes_again_is_a_new_version);
    tcase_add_test(tc, what_no_map_names_is_kept);
    tcase_add_test(tc, a_set_that_cannot_be_mapped_is_an_exception);
    tcase_add_test(tc, advice_says_why_a_set_was_not_used);
    tcase_add_test(tc, advice_without_a_reason);
    tcase_add_test(tc, each_exception_has_its_own_reason);
    tcase_add_test(tc, a_report_that_is_full_still_gives_a_reason);
    tcase_add_test(tc, a_set_without_a_map_is_an_exception);
    tcase_add_loop_test(tc, who_is_not_the_sender_is_refused, 0,
        COUNT(foreign));
    tcase_add_test(tc, a_foreign_interchange_hides_behind_no_other);
    tcase_add_test(tc, bytes_that_are_no_edi_are_refused);
    tcase_add_test(tc, more_sets_than_are_kept_are_refused);
    tcase_add_loop_test(tc, hostile_names_do_not_stop_the_answer, 0,
        COUNT(hostile));
    tcase_add_test(tc, changed_bytes_are_answered_or_refused);
    tcase_add_test(tc, a_full_arena_refuses_the_whole);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
