/* SPDX-License-Identifier: BSD-2-Clause */

/* What partners acknowledge of what was sent. */

#include "orders.h"


static int64_t
state(void)
{
    return number("SELECT state FROM sent WHERE id = 1");
}


static const struct {
    const char *segments;
    char status; /* as the fact has it */
    const char *code, *error, *reason;
} acks_of[] = {
    { "AK1*PO*1~AK2*850*0001~AK5*A~AK9*A*1*1*1~", 'A', NULL, NULL, NULL },
    { "AK1*PO*1~AK9*A*1*1*1~", 'A', NULL, NULL, NULL },
    { "AK1*PO*000000001~AK2*850*000000001~AK5*A~AK9*A*1*1*1~", 'A', NULL, NULL,
        NULL },
    { "AK1*PO*1~AK2*850*0001~AK3*PO1*9**8~AK4*4*212*7~AK5*E*5~AK9*E*1*1*1~",
        'E', NULL, "AK403:7", NULL },
    { "AK1*PO*1~AK2*850*0001~AK3*PO1*9**8~AK4*4*212*7~AK5*R*5~AK9*R*1*1*0~",
        'R', "x12.ack.rejected", "AK403:7",
        "acme refused purchase-order PO-1 (interchange 000000001, group 1, set "
        "0001): segment 9 PO1 element 4: AK403:7" },
    { "AK1*PO*1~AK2*850*0001~AK5*R*5~AK9*P*1*1*0~", 'R', "x12.ack.rejected",
        "AK502:5", "AK502:5" },
    { "AK1*PO*1~AK9*R*1*1*0*4~", 'R', "x12.ack.rejected", "AK905:4",
        "AK905:4" },
    { "AK1*PO*1~AK9*R*1*1*0~", 'R', "x12.ack.rejected", NULL,
        "no reason was given" },
};


START_TEST(a_997_belongs_to_what_was_sent)
{
    const xd_node_t *doc;
    char want[2] = { acks_of[_i].status, '\0' };

    order_out();
    ck_assert_int_eq(answer("FA", "997", acks_of[_i].segments), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("functional-ack"), 1);
    doc = fact_of("functional-ack", 0);
    ck_text(doc, "meta.event", "received");
    ck_text(doc, "meta.correlationId", STORY);
    ck_text(doc, "meta.source.partner", "acme");
    ck_text(doc, "ackOf.interchange", "000000001");
    ck_text(doc, "ackOf.group", "1");
    ck_text(doc, "ackOf.set", "0001");
    ck_text(doc, "kind", "997");
    ck_text(doc, "status", want);
    ck_assert_int_eq(state(), acks_of[_i].status);

    if (acks_of[_i].error != NULL) {
        ck_text(doc, "errors.0.code", acks_of[_i].error);
    }

    /* Of what was refused nothing more is awaited. */
    ck_assert_int_eq(awaited(), acks_of[_i].code == NULL ? 2 : 0);

    if (acks_of[_i].code != NULL) {
        doc = only_case(acks_of[_i].code);
        ck_has(xd_text(doc, "text"), acks_of[_i].reason);
        ck_text(doc, "docRef", FACT_1);
        ck_text(doc, "meta.correlationId", STORY);
    } else {
        ck_assert_uint_eq(facts_of("exception"), 0);
    }
}
END_TEST


static const struct {
    const char *segments, *code, *text;
} strange[] = {
    { "AK1*PO*2~AK9*A*1*1*1~", "x12.ack.unmatched", "group 2" },
    { "AK1*IN*1~AK9*A*1*1*1~", "x12.ack.unmatched", "group 1" },
    { "AK1*PO*1000000001~AK9*A*1*1*1~", "x12.set.rejected", NULL },
};


START_TEST(an_answer_to_nothing_goes_to_a_person)
{
    order_out();
    ck_assert_int_eq(answer("FA", "997", strange[_i].segments), XD_WORK_DONE);
    if (strange[_i].text != NULL) {
        ck_has(xd_text(only_case(strange[_i].code), "text"), strange[_i].text);
    } else {
        (void) only_case(strange[_i].code);
    }
    ck_assert_uint_eq(facts_of("functional-ack"), 0);
    ck_assert_int_eq(state(), 'S');
    ck_assert_int_eq(awaited(), 3);
}
END_TEST


static const struct {
    const char *segments;
    char status; /* as the fact has it; 0: there is none */
    const char *code, *text, *error;
} advices[] = {
    { "BGN*11*A1*20260506~OTI*TA*PO*PO-1***20260505*0915*1*0001*850~", 'A',
        NULL, NULL, NULL },
    { "BGN*11*A1*20260506~OTI*TE*PO*PO-1***20260505*0915*1*0001*850~"
      "TED*848*PRICE DIFFERS*PO1*9*4~",
        'E', NULL, NULL, "TED01:848" },
    { "BGN*11*A1*20260506~OTI*TR*PO*PO-1***20260505*0915*1*0001*850~"
      "TED*007*UNKNOWN ARTICLE*PO1*9*7~TED*024*AND MORE~",
        'R', "x12.ack.rejected", "UNKNOWN ARTICLE", "TED01:007" },
    { "BGN*11*A1*20260506~OTI*IR*PO*PO-1~", 'R', "x12.ack.rejected",
        "no reason was given", NULL },
    { "BGN*11*A1*20260506~OTI*TR*PO*PO-2~", 0, "x12.ack.unmatched", "PO-2",
        NULL },
    { "BGN*11*A1*20260506~OTI*TR*PO*PO-1***20260505*0915*2*0001*850~", 0,
        "x12.ack.unmatched", "never sent", NULL },
    { "BGN*11*A1*20260506~OTI*TC*PO*PO-1~", 'A', NULL, NULL, NULL },
    { "BGN*11*A1*20260506~OTI*TX*PO*PO-1~", 0, NULL, NULL, NULL },
    { "BGN*11*A1*20260506~OTI*XA*PO*PO-1~", 0, NULL, NULL, NULL },
};


/* What the application says comes after the 997, or without one. */
START_TEST(an_824_belongs_to_what_was_sent)
{
    const xd_node_t *doc;
    char want[2] = { advices[_i].status, '\0' };

    order_out();
    ck_assert_int_eq(answer("AG", "824", advices[_i].segments), XD_WORK_DONE);
    if (advices[_i].status != 0) {
        /* the other one is our own 997 of the 824 */
        ck_assert_uint_eq(facts_of("functional-ack"), 2);
        doc = fact_of("functional-ack", 0);
        if (xd_str_is(xd_text(doc, "kind"), "997")) {
            doc = fact_of("functional-ack", 1);
        }
        ck_text(doc, "kind", "824");
        ck_text(doc, "meta.event", "received");
        ck_text(doc, "status", want);
        ck_text(doc, "ackOf.set", "0001");
        ck_assert_int_eq(state(), advices[_i].status);
        if (advices[_i].error != NULL) {
            ck_text(doc, "errors.0.code", advices[_i].error);
        }
    } else {
        ck_assert_int_eq(state(), 'S');
        ck_assert_uint_ge(facts_of("exception"), 1);
    }

    if (advices[_i].code != NULL) {
        ck_has(xd_text(only_case(advices[_i].code), "text"), advices[_i].text);
    }
}
END_TEST


/* The numbers of another partner are not ours to answer. */
START_TEST(only_who_got_it_can_answer)
{
    xd_str_t ack;

    order_out();
    ack = interchange((ic_t){ .sender = "QUIET",
        .groups = "GS*FA*QUIET*CROSSDOCK*20260505*0915*7*X*004010~"
                  "ST*997*0001~AK1*PO*1~AK9*R*1*1*0~SE*4*0001~GE*1*7~" });
    ck_assert_int_eq(give_from("quiet", ack), XD_WORK_DONE);
    (void) only_case("x12.ack.unmatched");
    ck_assert_int_eq(state(), 'S');
}
END_TEST


static const struct {
    const char *ta1;
    char state; /* of what was sent, afterwards */
    const char *status, *code, *text;
} ta1s[] = {
    { "TA1*000000001*260505*0915*A*000~", 'S', "A", NULL, NULL },
    { "TA1*000000001*260505*0915*E*002~", 'S', "E", NULL, NULL },
    { "TA1*000000001*260505*0915*R*006~", 'R', "R", "x12.ack.rejected",
        "TA105:6" },
    { "TA1*000000077*260505*0915*A*000~", 'S', NULL, "x12.ack.unmatched",
        "interchange 000000077" },
};


/* It speaks of the envelope alone: the 997 is still to come. */
START_TEST(a_ta1_belongs_to_an_interchange)
{
    order_out();
    ck_assert_int_eq(give(interchange(
                         (ic_t){ .groups = ta1s[_i].ta1, .ngroups = "0" })),
        XD_WORK_DONE);
    ck_assert_int_eq(state(), ta1s[_i].state);
    ck_assert_int_eq(awaited(), ta1s[_i].state == 'R' ? 0 : 3);

    if (ta1s[_i].status != NULL) {
        const xd_node_t *doc = fact_of("functional-ack", 0);

        ck_text(doc, "kind", "ta1");
        ck_text(doc, "status", ta1s[_i].status);
        ck_text(doc, "ackOf.interchange", "000000001");
        ck_assert_ptr_null(xd_get(xd_get(doc, "ackOf"), "group"));
    }
    if (ta1s[_i].code != NULL) {
        ck_has(xd_text(only_case(ta1s[_i].code), "text"), ta1s[_i].text);
    } else {
        ck_assert_uint_eq(facts_of("exception"), 0);
    }
}
END_TEST


/* Two strange ones in one message are two cases. */
START_TEST(cases_of_one_message_are_told_apart)
{
    ck_assert_int_eq(give(interchange(
                         (ic_t){ .groups = "TA1*000000077*260505*0915*A*000~"
                                           "TA1*000000078*260505*0915*A*000~",
                             .ngroups = "0" })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 2);
    ck_assert(!xd_str_eq(xd_text(fact_of("exception", 0), "exceptionId"),
        xd_text(fact_of("exception", 1), "exceptionId")));
}
END_TEST


/* Every message and every allocation fails once: all of it, or nothing. */
START_TEST(nothing_remains_of_a_failed_work)
{
    xd_work_rc_t rc = XD_WORK_PERMANENT;

    order_out();
    for (int n = 1; n <= 2; n++) {
        fail_sending_at = n;
        ck_assert_int_eq(answer("FA", "997", acks_of[4].segments),
            XD_WORK_TRANSIENT);
    }

    for (size_t n = 1; rc != XD_WORK_DONE; n++) {
        ck_assert_int_eq(state(), 'S');
        ck_assert_int_eq(awaited(), 3);
        ck_assert_uint_eq(sent.count, 0);
        fail_alloc_at = n;
        rc = answer("FA", "997", acks_of[4].segments);
    }

    ck_assert_int_eq(state(), 'R');
    ck_assert_uint_eq(sent.count, 2);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("received");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, a_997_belongs_to_what_was_sent, 0, COUNT(acks_of));
    tcase_add_loop_test(tc, an_answer_to_nothing_goes_to_a_person, 0,
        COUNT(strange));
    tcase_add_loop_test(tc, an_824_belongs_to_what_was_sent, 0,
        (int) (sizeof(advices) / sizeof(advices[0])));
    tcase_add_test(tc, only_who_got_it_can_answer);
    tcase_add_loop_test(tc, a_ta1_belongs_to_an_interchange, 0, COUNT(ta1s));
    tcase_add_test(tc, cases_of_one_message_are_told_apart);
    tcase_add_test(tc, nothing_remains_of_a_failed_work);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
