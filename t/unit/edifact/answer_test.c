/* SPDX-License-Identifier: BSD-2-Clause */

/* Interchanges that come in, and the CONTRL that they get. */

#include <check.h>

#include "t/unit/edifact/fixture.h"

#define ASK "++++1" /* UNB 0031 */


/* -- when a CONTRL is due -------------------------------------------------- */

static const struct {
    const char *party, *sender, *ask, *messages;
    bool sent;
} dues[] = {
    { "nordic", "4012345000009", "", NULL, true },
    { "asked", "4012345000016", "", NULL, false },
    { "asked", "4012345000016", ASK, NULL, true },
    { "asked", "4012345000016", "", BAD_DESADV("1"), true },
    { "quiet", "4012345000030", ASK, NULL, false },
    { "quiet", "4012345000030", "", BAD_DESADV("1"), false },
    { "nordic", "4012345000009", "",
        "UNH+1+CONTRL:D:3:UN'UCI+1+4098765000005:14+4012345000009:14+7'"
        "UNT+3+1'",
        false },
};

START_TEST(contrl_is_sent_as_the_profile_says)
{
    ck_assert_int_eq(give_from(dues[_i].party,
                         interchange((ic_t){ .sender = dues[_i].sender,
                             .ask = dues[_i].ask,
                             .messages = dues[_i].messages })),
        XD_WORK_DONE);
    ck_assert_uint_eq(bytes_sent(), dues[_i].sent);
    ck_assert_uint_eq(facts_of("functional-ack"), dues[_i].sent);
}
END_TEST


/* -- what it says ---------------------------------------------------------- */

START_TEST(a_good_interchange_is_acknowledged)
{
    const xd_message_t *m;
    const xd_node_t *doc;

    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_DONE);
    m = bytes_at(0);
    ck_assert(xd_str_is(m->routing_key, "out.http.nordic"));
    ck_assert(xd_str_is(m->content_type, "application/edifact"));
    ck_assert(xd_str_is(m->app_id, "xd-edifact"));
    ck_has(m->body, "+4098765000005:14+4012345000009:14+");
    ck_has(m->body, "UCI+905+4012345000009:14+4098765000005:14+7'UNT+3+1'");
    ck_has(m->body, "UNZ+1+1'");

    doc = fact_of("functional-ack", 0);
    ck_text(doc, "meta.event", "sent");
    ck_text(doc, "meta.key", "functional-ack:nordic:905");
    ck_text(doc, "meta.origin.standard", "EDIFACT");
    ck_text(doc, "ackOf.interchange", "905");
    ck_text(doc, "kind", "contrl");
    ck_text(doc, "status", "A");
}
END_TEST


/* The message was clean, but names nobody whom the goods go to. */
#define NOWHERE                                                                \
    "UNH+1+DESADV:D:96A:UN'BGM+351+SHP-9+9'DTM+137:20260814:102'"              \
    "DTM+11:20260814:102'RFF+ON:PO-1'NAD+SF+4012345000009::9'CPS+1'"           \
    "PAC+1++201'PCI+33E'GIN+BJ+340123450000000017'LIN+1++4006381333931:EN'"    \
    "QTY+12:24:PCE'UNT+13+1'"

START_TEST(advice_says_why_a_message_was_not_used)
{
    const xd_message_t *m;
    const xd_node_t *doc;

    ck_assert_int_eq(give_from("advised",
                         interchange((ic_t){ .sender = "4012345000047",
                             .messages = NOWHERE })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 0);
    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_assert_uint_eq(bytes_sent(), 1);

    m = bytes_at(0);
    ck_assert(xd_str_is(m->routing_key, "out.http.advised"));
    ck_has(m->body, "UNH+1+APERAK:D:96A:UN'BGM+313+1-1+27'DTM+137:");
    ck_has(m->body, ":203'RFF+ACW:1'RFF+AAK:SHP-9'ERC+007::92'FTX+AAO+++");

    doc = fact_of("functional-ack", 0);
    ck_text(doc, "kind", "aperak");
    ck_text(doc, "status", "R");
    ck_text(doc, "ackOf.set", "1");
    ck_text(doc, "errors.0.code", "ERC01:007");
}
END_TEST


START_TEST(a_message_becomes_a_fact)
{
    const xd_node_t *doc;

    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 0);
    doc = fact_of("shipment", 0);
    ck_text(doc, "meta.event", "created");
    ck_text(doc, "meta.key", "shipment:nordic:SHP-1");
    ck_text(doc, "meta.origin.standard", "EDIFACT/D96A");
    ck_text(doc, "meta.origin.docType", "DESADV");
    ck_text(doc, "shipmentNo", "SHP-1");
    ck_text(doc, "units.0.sscc", "340123450000000017");
    ck_text(doc, "units.0.contents.0.qty.value", "24");
}
END_TEST


/* There is no map of such messages: it is a person's. */
START_TEST(what_no_map_reads_goes_to_a_person)
{
    ck_assert_int_eq(give(interchange((ic_t){
                         .messages = "UNH+1+PARTIN:D:96A:UN'BGM+10+1+9'"
                                     "DTM+137:20260814:102'"
                                     "NAD+SU+4012345000009::9'UNS+D'"
                                     "NAD+DP+9501101530218::9'UNT+7+1'" })),
        XD_WORK_DONE);
    ck_has(xd_text(only_case("edifact.set.unmapped"), "text"),
        "no map reads message PARTIN");
}
END_TEST


static const struct {
    ic_t ic;
    const char *status, *error, *code, *segment;
} bads[] = {
    { { .messages = BAD_DESADV("1") }, "R", "0085:37", "edifact.set.rejected",
        "UCM+1+DESADV:D:96A:UN+4'UCS+5'UCD+37+2:2'" },
    { { .messages = DESADV("1", "SHP-1") BAD_DESADV("2"), .count = "2" }, "P",
        "0085:37", "edifact.set.rejected", "UCM+2+DESADV:D:96A:UN+4'" },
    { { .messages = "UNH+1+DESADV:D:96A:UN'BGM+351+S+9'CPS+1'UNT+9+1'" }, "R",
        "0085:29", "edifact.set.rejected", "UCM+1+DESADV:D:96A:UN+4+29+UNT" },
};

START_TEST(what_was_wrong_is_said)
{
    ck_assert_int_eq(give(interchange(bads[_i].ic)), XD_WORK_DONE);
    ck_has(bytes_at(0)->body, bads[_i].segment);
    ck_text(fact_of("functional-ack", 0), "status", bads[_i].status);
    ck_text(fact_of("functional-ack", 0), "errors.0.code", bads[_i].error);
    for (size_t i = 0; i < facts_of("exception"); i++) {
        if (xd_str_is(xd_text(fact_of("exception", i), "code"), bads[_i].code))
        {
            return;
        }
    }
    ck_abort_msg("no %s", bads[_i].code);
}
END_TEST


START_TEST(a_refused_interchange_brings_nothing)
{
    ck_assert_int_eq(give(XD_STR("UNB+UNOC:3+4012345000009:14+4098765000005:14"
                                 "+260814:0915+905'" DESADV("1",
                                     "SHP-1") "UNZ+1+906'")),
        XD_WORK_DONE);
    ck_has(bytes_at(0)->body,
        "UCI+905+4012345000009:14+4098765000005:14+4+28+UNZ");
    ck_text(fact_of("functional-ack", 0), "status", "R");
    ck_text(fact_of("functional-ack", 0), "errors.0.code", "0085:28");
    ck_has(xd_text(only_case("edifact.interchange.rejected"), "text"),
        "edifact.");
    ck_assert_uint_eq(facts_of("shipment"), 0);
}
END_TEST


/* -- which messages are taken ---------------------------------------------- */

static const struct {
    const char *party, *body, *code;
} refused[] = {
    { "nordic", "hello", "edifact.not-edi" },
    { "nordic", "", "edifact.not-edi" },
    /* X12 is no interchange here, whoever sends it */
    { "nordic",
        "ISA*00*          *00*          *14*4012345000009  *14*4098765000005"
        "  *260814*0915*U*00401*000000905*0*P*>~IEA*0*000000905~",
        "edifact.not-edi" },
    { "nobody", "UNB+UNOC:3+A:14+B:14+260814:0915+1'UNZ+0+1'",
        "edifact.party" },
    { "asked", "UNB+UNOC:3+4012345000009:14+B:14+260814:0915+1'UNZ+0+1'",
        "edifact.sender" },
};

START_TEST(others_go_to_a_person)
{
    ck_assert_int_eq(give_from(refused[_i].party, xd_str(refused[_i].body)),
        XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, refused[_i].code);
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


START_TEST(other_keys_are_refused)
{
    xd_message_t m = message_of("nordic", interchange((ic_t){ 0 }));

    m.routing_key = XD_STR("x12.nordic.purchase-order.write.v1.p00");
    ck_assert_int_eq(play(desk_work, &desk, &m), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "edifact.key");
}
END_TEST


/* -- control references seen ----------------------------------------------- */

START_TEST(the_same_again_gets_the_same_contrl)
{
    xd_str_t body = interchange((ic_t){ 0 });
    size_t facts;

    ck_assert_int_eq(give(body), XD_WORK_DONE);
    facts = sent.count - bytes_sent();
    ck_assert_int_eq(give(body), XD_WORK_DONE);
    ck_assert_uint_eq(bytes_sent(), 2);
    ck_assert(xd_str_eq(bytes_at(0)->body, bytes_at(1)->body));
    ck_assert_uint_eq(sent.count - bytes_sent(), facts);
}
END_TEST


START_TEST(a_reference_used_again_is_refused)
{
    xd_str_t one = interchange((ic_t){ 0 });

    ck_assert_int_eq(give(one), XD_WORK_DONE);
    ck_assert_int_eq(give(interchange(
                         (ic_t){ .messages = DESADV("1", "SHP-9") })),
        XD_WORK_DONE);
    ck_has(bytes_at(1)->body,
        "UCI+905+4012345000009:14+4098765000005:14+4+26+UNB+6'UNT+3+1'");
    ck_text(fact_of("functional-ack", 1), "status", "R");
    ck_text(fact_of("functional-ack", 1), "errors.0.code", "0085:26");
    for (size_t i = 0; i < facts_of("exception"); i++) {
        const xd_node_t *doc = fact_of("exception", i);

        if (xd_str_is(xd_text(doc, "code"), "edifact.control.reused")) {
            ck_has(xd_text(doc, "text"),
                "interchange 905 came before with other bytes");
            return;
        }
    }
    ck_abort_msg("nobody was told");
}
END_TEST


START_TEST(every_failing_allocation_is_told)
{
    xd_str_t body =
        interchange((ic_t){ .messages = DESADV("1", "SHP-1") BAD_DESADV("2"),
            .count = "2" });
    xd_message_t m = message_of("nordic", body);
    xd_work_rc_t rc = XD_WORK_PERMANENT;
    size_t n;

    for (n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_uint_lt(n, 20000);
        fail_alloc_at = n;
        rc = play(desk_work, &desk, &m);
        ck_assert(rc == XD_WORK_DONE
                  || (rc == XD_WORK_PERMANENT
                      && strcmp(last.code, "edifact.memory") == 0));
    }

    ck_assert_uint_gt(n, 50);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("edifact");
    TCase *tc = tcase_create("answer");
    SRunner *runner;
    int failed;

    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, contrl_is_sent_as_the_profile_says, 0, COUNT(dues));
    tcase_add_test(tc, a_good_interchange_is_acknowledged);
    tcase_add_test(tc, advice_says_why_a_message_was_not_used);
    tcase_add_test(tc, a_message_becomes_a_fact);
    tcase_add_test(tc, what_no_map_reads_goes_to_a_person);
    tcase_add_loop_test(tc, what_was_wrong_is_said, 0, COUNT(bads));
    tcase_add_test(tc, a_refused_interchange_brings_nothing);
    tcase_add_loop_test(tc, others_go_to_a_person, 0, COUNT(refused));
    tcase_add_test(tc, other_keys_are_refused);
    tcase_add_test(tc, the_same_again_gets_the_same_contrl);
    tcase_add_test(tc, a_reference_used_again_is_refused);
    tcase_add_test(tc, every_failing_allocation_is_told);
    suite_add_tcase(s, tc);

    runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
