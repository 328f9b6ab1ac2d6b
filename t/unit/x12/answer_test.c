/* SPDX-License-Identifier: BSD-2-Clause */

/* What goes back to the partner for each kind of interchange, and what is
 * told of it. */

#include "fixture.h"

#include "store/archive.h"


static void
expect(const char *want, size_t nth)
{
    ck_has(ack_at(nth)->message.body, want);
}


START_TEST(a_clean_group_is_accepted)
{
    const sent_t *ack;
    const xd_node_t *doc;
    char hash[XD_SHA256_HEX + 1];

    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 1);

    ack = ack_at(0);
    expect("*ZZ*CROSSDOCK      *ZZ*ACME           *", 0);
    expect("*000000001*0*P*>~GS*FA*CROSSDOCK*ACME*", 0);
    expect("~AK1*SH*905~AK2*856*0001~AK5*A~AK9*A*1*1*1~SE*6*0001~", 0);
    ck_assert(xd_str_is(ack->message.exchange, "xd.raw"));
    ck_assert(xd_str_is(ack->message.routing_key, "out.http.acme"));
    ck_assert(xd_str_is(ack->message.content_type, "application/edi-x12"));
    ck_assert(
        xd_str_is(xd_header(&ack->message, "xd-document"), "functional-ack"));
    ck_assert(xd_str_is(xd_header(&ack->message, "xd-key"),
        "functional-ack:acme:000000905"));
    ck_assert(xd_str_is(ack->lane, "functional-ack:acme:000000905"));
    ck_assert(xd_str_is(xd_header(&ack->message, "xd-causation"),
        "018f6c2e-0000-7000-8000-000000000001"));
    ck_has(xd_header(&ack->message, "traceparent"),
        "00-4bf92f3577b34da6a3ce929d0e0e4736-");

    /* What was sent is archived, and the ledger knows it. */
    xd_sha256_hex(ack->message.body, hash);
    ck_assert(xd_archive_has(archive, xd_str(hash)));
    ck_assert_int_eq(number("SELECT count(*) FROM interchange"
                            " WHERE length(ack) = 64"),
        1);

    ck_assert_uint_eq(facts_of("functional-ack"), 1);
    doc = fact_of("functional-ack", 0);
    ck_text(doc, "ackOf.interchange", "000000905");
    ck_text(doc, "ackOf.group", "905");
    ck_text(doc, "kind", "997");
    ck_text(doc, "status", "A");
    ck_assert_ptr_null(xd_get(doc, "errors"));
    ck_text(doc, "meta.key", "functional-ack:acme:000000905");
    ck_text(doc, "meta.event", "sent");
    ck_text(doc, "meta.source.partner", "acme");
}
END_TEST


START_TEST(a_ta1_is_written_when_it_is_asked_for)
{
    ck_assert_int_eq(give(interchange((ic_t){ .ack = '1' })), XD_WORK_DONE);

    /* Two interchanges in one message, each with a number of its own. */
    ck_assert_uint_eq(acks(), 1);
    expect("*000000001*0*P*>~TA1*000000905*260814*0915*A*000~IEA*0*000000001~",
        0);
    expect("*000000002*0*P*>~GS*FA*", 0);
    ck_assert_uint_eq(facts_of("functional-ack"), 2);
    ck_text(fact_of("functional-ack", 0), "kind", "ta1");
    ck_text(fact_of("functional-ack", 0), "meta.keyVersion", "1");
    ck_text(fact_of("functional-ack", 1), "kind", "997");
    ck_text(fact_of("functional-ack", 1), "meta.keyVersion", "2");
}
END_TEST


/* Its groups are not looked at, but partner and person both learn of it. */
START_TEST(a_bad_envelope_is_refused_by_a_ta1)
{
    const xd_node_t *doc;

    ck_assert_int_eq(give(interchange((ic_t){ .iea = "000000906" })),
        XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 1);
    expect("~TA1*000000905*260814*0915*R*001~", 0);
    ck_assert_ptr_null(memmem(ack_at(0)->message.body.ptr,
        ack_at(0)->message.body.len, "GS*FA", 5));

    ck_text(fact_of("functional-ack", 0), "status", "R");
    ck_text(fact_of("functional-ack", 0), "errors.0.code", "TA105:001");
    ck_assert_uint_eq(facts_of("shipment"), 0);
    ck_assert_uint_eq(facts_of("exception"), 1);
    doc = fact_of("exception", 0);
    ck_text(doc, "code", "x12.interchange.rejected");
    ck_has(xd_text(doc, "text"), "IEA/2: ");
}
END_TEST


START_TEST(who_wants_a_999_gets_one)
{
    ck_assert_int_eq(give_from("modern",
                         interchange((ic_t){ .sender = "MODERN" })),
        XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 1);
    expect("*X*005010~ST*999*0001~AK1*SH*905*004010~AK2*856*0001~IK5*A~AK9*A*",
        0);
    ck_assert_uint_eq(facts_of("functional-ack"), 1);
    ck_text(fact_of("functional-ack", 0), "kind", "999");
}
END_TEST


/* Acme's guide rejects what the standard allows; others are let alone. */
START_TEST(a_guide_of_the_partner_rejects)
{
    xd_guides_t guides;
    xd_report_t rep;
    const xd_node_t *doc;

    xd_report_init(&rep, arena, 10);
    ck_assert_int_eq(
        xd_guides_compile(arena,
            parse("{\"asn\":{\"set\":\"856\",\"versions\":[\"004010\"],"
                  "\"rules\":[{\"at\":\"HL(3=I)/SN1/3\","
                  "\"codes\":[\"CA\"],\"says\":\"Cases only.\"}]}}"),
            parse("[\"asn\"]"), "guides", &guides, &rep),
        XD_OK);
    x12.guides = xd_map_new(arena);
    ck_assert_int_eq(xd_map_put(x12.guides, XD_STR("acme"), &guides, NULL),
        XD_OK);

    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_DONE);
    expect("~AK2*856*0001~AK3*SN1*13**8~AK4*3*355*7*EA~AK5*R*5~AK9*R*1*1*0~",
        0);
    doc = fact_of("exception", 0);
    ck_text(doc, "code", "x12.set.rejected");
    ck_has(xd_text(doc, "text"), "Cases only. (guide asn, line ");
    ck_assert_uint_eq(facts_of("shipment"), 0);

    ck_assert_int_eq(give_from("modern",
                         interchange((ic_t){ .sender = "MODERN" })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 1);
}
END_TEST


START_TEST(who_wants_none_gets_none)
{
    xd_str_t quiet = interchange((ic_t){ .sender = "QUIET" });

    ck_assert_int_eq(give_from("quiet", quiet), XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 0);
    ck_assert_uint_eq(facts_of("functional-ack"), 0);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);

    /* Nothing was sent, so a repetition gets nothing either. */
    ck_assert_int_eq(give_from("quiet", quiet), XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 0);
    ck_assert_uint_eq(facts_of("shipment"), 1);
}
END_TEST


START_TEST(who_wants_none_still_gets_a_ta1)
{
    ck_assert_int_eq(give_from("quiet",
                         interchange((ic_t){ .sender = "QUIET", .ack = '1' })),
        XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 1);
    expect("~TA1*000000905*260814*0915*A*000~IEA*0*", 0);
    ck_text(fact_of("functional-ack", 0), "kind", "ta1");
    ck_assert_uint_eq(facts_of("functional-ack"), 1);
}
END_TEST


#define FA                                                                     \
    "GS*FA*ACME*CROSSDOCK*20260814*0915*7*X*004010~ST*997*0001~AK1*PO*1~"      \
    "AK9*A*1*1*1~SE*4*0001~GE*1*7~"

START_TEST(an_acknowledgement_is_never_acknowledged)
{
    ck_assert_int_eq(give(interchange((ic_t){ .groups = FA })), XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 0);
    ck_assert_uint_eq(sent.count, facts_of("exception"));
    ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM interchange"), 1);
}
END_TEST


START_TEST(beside_an_acknowledgement_the_rest_is)
{
    const char *both = FA GROUP("905", ASN("0001", "SHP-1"), "1");

    ck_assert_int_eq(give(
                         interchange((ic_t){ .groups = both, .ngroups = "2" })),
        XD_WORK_DONE);
    expect("~AK1*SH*905~", 0);
    ck_assert_ptr_null(memmem(ack_at(0)->message.body.ptr,
        ack_at(0)->message.body.len, "AK1*FA", 6));
    ck_assert_uint_eq(facts_of("functional-ack"), 1);
    ck_assert_uint_eq(facts_of("shipment"), 1);
}
END_TEST


/* A wrong number of groups is noted, but everything there is good. */
START_TEST(a_wrong_count_of_groups_is_told)
{
    ck_assert_int_eq(give(interchange((ic_t){ .ngroups = "2" })), XD_WORK_DONE);
    expect("*E*021~", 0);
    ck_text(fact_of("functional-ack", 0), "errors.0.code", "TA105:021");
    ck_assert_uint_eq(facts_of("shipment"), 1);
}
END_TEST


static const struct {
    const char *groups;
    const char *ack;    /* in the 997 */
    const char *code;   /* the first error of the fact */
    const char *reason; /* in the exception */
} bad[] = {
    { GROUP("905", "ST*856*0001~BSN*00*SHP-1*20260814*0912*0001~SE*9*0001~",
          "1"),
        "~AK5*R*", "AK304:3", "HL" },
    { GROUP("905", "ST*856*0001~SE*2*0001~", "1"), "~AK3*BSN*", "AK304:3",
        "BSN" },
    { GROUP("905", "ST*000*0001~SE*2*0001~", "1"), "~AK5*R*1~", "AK502:1",
        "000" },
    { GROUP("905", "ST*856*0001~ZZZ*1~SE*3*0001~", "1"), "~AK3*ZZZ*2**1~",
        "AK304:1", "ZZZ" },
};


START_TEST(a_bad_set_is_rejected_with_its_reason)
{
    const xd_node_t *doc;

    ck_assert_int_eq(give(interchange((ic_t){ .groups = bad[_i].groups })),
        XD_WORK_DONE);
    expect(bad[_i].ack, 0);
    expect("~AK9*R*1*1*0~", 0);

    doc = fact_of("functional-ack", 0);
    ck_text(doc, "status", "R");
    ck_text(doc, "errors.0.set", "0001");
    ck_text(doc, "errors.0.code", bad[_i].code);

    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_text(fact_of("exception", 0), "code", "x12.set.rejected");
    ck_has(xd_text(fact_of("exception", 0), "text"), bad[_i].reason);
    ck_assert_uint_eq(facts_of("shipment"), 0);
}
END_TEST


START_TEST(the_good_sets_of_a_group_come_through)
{
    const char *mixed = GROUP("905",
        ASN("0001", "SHP-1") "ST*000*0002~SE*2*0002~" ASN("0003", "SHP-3"),
        "3");

    ck_assert_int_eq(give(interchange((ic_t){ .groups = mixed })),
        XD_WORK_DONE);
    expect("~AK2*856*0001~AK5*A~AK2*000*0002~AK5*R*1~AK2*856*0003~AK5*A~", 0);
    expect("~AK9*P*3*3*2~", 0);
    ck_assert_uint_eq(facts_of("shipment"), 2);
    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_text(fact_of("shipment", 1), "meta.origin.ordinal", "3");
    ck_text(fact_of("exception", 0), "meta.origin.ordinal", "2");
}
END_TEST


/* The set is good, its group is not: the group's fault is the reason. */
START_TEST(a_refused_group_refuses_its_sets)
{
    const char *group =
        "GS*SH*ACME*CROSSDOCK*20260814*0915*905*X*004010~" ASN("0001",
            "SHP-1") "GE*1*906~";

    ck_assert_int_eq(give(interchange((ic_t){ .groups = group })),
        XD_WORK_DONE);
    expect("~AK9*R*1*1*0*4~", 0);
    ck_text(fact_of("functional-ack", 0), "errors.0.code", "AK905:4");
    ck_text(fact_of("exception", 0), "code", "x12.set.rejected");
    ck_has(xd_text(fact_of("exception", 0), "text"), "GE/2: ");
    ck_assert_uint_eq(facts_of("shipment"), 0);
}
END_TEST


/* One number for two groups is wrong, but two facts are two facts. */
START_TEST(groups_of_one_number_are_told_apart)
{
    const char *twice = GROUP("905", ASN("0001", "SHP-1"), "1")
        GROUP("905", "ST*000*0001~SE*2*0001~", "1");

    ck_assert_int_eq(give(interchange(
                         (ic_t){ .groups = twice, .ngroups = "2" })),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("functional-ack"), 2);
    ck_assert(!xd_str_eq(xd_text_at(fact_of("functional-ack", 0), "meta.id"),
        xd_text_at(fact_of("functional-ack", 1), "meta.id")));
}
END_TEST


/* A fact holds 9,999 errors; the acknowledgement says more. */
START_TEST(more_errors_than_a_fact_may_hold)
{
    xd_buf_t sets = { 0 };
    const char *groups;

    for (int s = 1; s <= 60; s++) {
        xd_buf_fmt(&sets, "ST*856*%04d~", s);
        for (int i = 0; i < 200; i++) {
            xd_buf_text(&sets, "ZZZ*1~");
        }
        xd_buf_fmt(&sets, "SE*202*%04d~", s);
    }

    groups = xd_fmt(arena,
        "GS*SH*ACME*CROSSDOCK*20260814*0915*905*X*004010~%.*sGE*60*905~",
        XD_FMT(xd_buf_str(&sets)))
                 .ptr;
    xd_buf_free(&sets);

    ck_assert_int_eq(give(interchange((ic_t){ .groups = groups })),
        XD_WORK_DONE);
    expect("~AK9*R*60*60*0~", 0);
    ck_assert_uint_eq(xd_get(fact_of("functional-ack", 0), "errors")->count,
        9999);
    ck_assert_uint_eq(facts_of("exception"), 60);
}
END_TEST


/* -- repetitions ----------------------------------------------------------- */

START_TEST(a_repetition_gets_the_same_bytes_and_nothing_else)
{
    xd_str_t bytes = interchange((ic_t){ .ack = '1' });
    size_t facts;

    ck_assert_int_eq(give(bytes), XD_WORK_DONE);
    facts = sent.count - 1;
    ck_assert_int_eq(give(bytes), XD_WORK_DONE);

    ck_assert_uint_eq(acks(), 2);
    ck_assert_uint_eq(sent.count, facts + 2);
    ck_assert(xd_str_eq(ack_at(0)->message.body, ack_at(1)->message.body));
    ck_assert(!xd_str_eq(ack_at(0)->message.message_id,
        ack_at(1)->message.message_id));
    ck_assert_int_eq(number("SELECT last FROM control WHERE level = 'ISA'"), 2);
}
END_TEST


START_TEST(twice_in_one_message_is_answered_twice)
{
    xd_str_t one = interchange((ic_t){ 0 });

    ck_assert_int_eq(give(xd_fmt(arena, "%.*s%.*s", XD_FMT(one), XD_FMT(one))),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    ck_assert_uint_eq(acks(), 2);
    ck_assert(!xd_str_eq(ack_at(0)->message.message_id,
        ack_at(1)->message.message_id));
}
END_TEST


START_TEST(a_number_used_again_goes_to_a_person)
{
    xd_str_t one = interchange((ic_t){ 0 });
    xd_str_t other = interchange(
        (ic_t){ .groups = GROUP("905", ASN("0001", "SHP-9"), "1") });
    const xd_node_t *doc;

    ck_assert_int_eq(give(one), XD_WORK_DONE);
    ck_assert_int_eq(give(other), XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    doc = fact_of("exception", 0);
    ck_text(doc, "code", "x12.control.reused");
    ck_text(doc, "severity", "error");
    ck_has(xd_text(doc, "text"),
        "interchange 000000905 came before with other bytes (");
    ck_has(xd_text(doc, "text"), "018f6c2e-0000-7000-8000-000000000001");
    ck_has(xd_text(doc, "text"), "it was refused");

    /* TA1 though none was asked for, and no 997 */
    ck_assert_uint_eq(acks(), 2);
    expect("*000000002*0*P*>~TA1*000000905*260814*0915*R*025~IEA*0*000000002~",
        1);

    /* Twice more in one message: two exceptions, not one. */
    ck_assert_int_eq(give(xd_fmt(arena, "%.*s%.*s", XD_FMT(other),
                         XD_FMT(other))),
        XD_WORK_DONE);
    ck_assert_uint_eq(facts_of("exception"), 3);
    ck_assert(!xd_str_eq(xd_text(fact_of("exception", 1), "exceptionId"),
        xd_text(fact_of("exception", 2), "exceptionId")));

    /* the first of its number is answered as it was */
    ck_assert_int_eq(give(one), XD_WORK_DONE);
    ck_assert(
        xd_str_eq(ack_at(0)->message.body, ack_at(acks() - 1)->message.body));
    ck_assert_uint_eq(facts_of("exception"), 3);
}
END_TEST


/* As the profile says: nothing is answered, or all is as for any other. */
START_TEST(a_number_used_again_may_be_passed_over)
{
    ck_assert_int_eq(give_from("deaf", interchange((ic_t){ .sender = "DEAF" })),
        XD_WORK_DONE);
    ck_assert_int_eq(give_from("deaf", interchange((ic_t){ .sender = "DEAF",
                                           .groups = GROUP("905",
                                               ASN("0001", "SHP-9"), "1") })),
        XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 1);
    ck_assert_uint_eq(facts_of("shipment"), 1);
    ck_text(fact_of("exception", 0), "code", "x12.control.reused");
    ck_has(xd_text(fact_of("exception", 0), "text"),
        "nothing was answered or processed");
}
END_TEST


START_TEST(a_number_used_again_may_be_taken)
{
    xd_str_t one = interchange((ic_t){ .sender = "LAX" });
    xd_str_t other = interchange((ic_t){ .sender = "LAX",
        .groups = GROUP("905", ASN("0001", "SHP-9"), "1") });

    ck_assert_int_eq(give_from("lax", one), XD_WORK_DONE);
    ck_assert_int_eq(give_from("lax", other), XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 2);
    ck_assert_uint_eq(facts_of("shipment"), 2);
    ck_assert(!xd_str_eq(xd_text_at(fact_of("shipment", 0), "meta.id"),
        xd_text_at(fact_of("shipment", 1), "meta.id")));
    ck_text(fact_of("exception", 0), "severity", "warning");
    ck_has(xd_text(fact_of("exception", 0), "text"), "processed as another");

    /* Each of them again is a repetition of its own. */
    ck_assert_int_eq(give_from("lax", other), XD_WORK_DONE);
    ck_assert_int_eq(give_from("lax", one), XD_WORK_DONE);
    ck_assert_uint_eq(acks(), 4);
    ck_assert(xd_str_eq(ack_at(1)->message.body, ack_at(2)->message.body));
    ck_assert(xd_str_eq(ack_at(0)->message.body, ack_at(3)->message.body));
    ck_assert_uint_eq(facts_of("shipment"), 2);
    ck_assert_uint_eq(facts_of("exception"), 1);
}
END_TEST


/* The same set number twice in a group. */
static const struct {
    const char *party, *sender, *number;
    const char *ack, *code, *text;
    unsigned shipments;
} twice[] = {
    { "acme", "ACME", "SHP-2", "AK2*856*0001~AK5*A~AK2*856*0001~AK5*R*23~",
        "x12.set.rejected", "It stands there before, with other bytes.", 1 },
    { "acme", "ACME", "SHP-1", "AK5*R*23~", "x12.set.rejected",
        "with the same bytes.", 1 },
    { "deaf", "DEAF", "SHP-2", "AK5*A~AK9*A*2*2*2~", "x12.set.again",
        "set 0001 stands in its group before, with other bytes; it was passed "
        "over",
        1 },
    { "lax", "LAX", "SHP-2", "AK5*A~AK9*A*2*2*2~", "x12.set.again",
        "it was processed as another one", 2 },
};

START_TEST(a_set_number_used_again)
{
    xd_str_t groups = xd_fmt(arena,
        "GS*SH*ACME*CROSSDOCK*20260814*0915*905*X*004010~%s%sGE*2*905~",
        ASN("0001", "SHP-1"), ASN("0001", "SHP-1"));
    char *copy = xd_alloc(arena, groups.len + 1);
    char *last_number;

    memcpy(copy, groups.ptr, groups.len);
    copy[groups.len] = '\0';
    last_number = strstr(strstr(copy, "SHP-1") + 1, "SHP-1");
    memcpy(last_number, twice[_i].number, 5);

    ck_assert_int_eq(give_from(twice[_i].party,
                         interchange((ic_t){ .sender = twice[_i].sender,
                             .groups = copy })),
        XD_WORK_DONE);
    ck_has(ack_at(0)->message.body, twice[_i].ack);
    ck_text(fact_of("exception", 0), "code", twice[_i].code);
    ck_has(xd_text(fact_of("exception", 0), "text"), twice[_i].text);
    ck_assert_uint_eq(facts_of("shipment"), twice[_i].shipments);
}
END_TEST


START_TEST(an_archive_that_lost_it_is_a_persons_matter)
{
    char command[160];

    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_DONE);
    (void) snprintf(command, sizeof(command), "rm -r %s", archive);
    ck_assert_int_eq(system(command), 0);

    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_PERMANENT);
    ck_assert_str_eq(last.code, "x12.archive.lost");
}
END_TEST


/* -- failures -------------------------------------------------------------- */

START_TEST(an_archive_that_takes_nothing_is_tried_again)
{
    ck_assert_int_eq(xd_file_write(archive, XD_STR("no folder"), 0600), XD_OK);
    ck_assert_int_eq(give(interchange((ic_t){ 0 })), XD_WORK_STUCK);
    ck_assert_str_eq(last.code, "x12.archive");
    ck_assert_uint_eq(sent.count, 0);
}
END_TEST


/* Whatever message cannot be kept, nothing of the work remains; the next try
 * gives out the same numbers, as if the first had not been. */
START_TEST(nothing_remains_of_a_failed_work)
{
    for (int n = 1; n <= 4; n++) {
        fail_sending_at = n;
        ck_assert_int_eq(give(interchange((ic_t){ .ack = '1' })),
            XD_WORK_TRANSIENT);
        ck_assert_str_eq(last.code, "x12.store");
        ck_assert_uint_eq(sent.count, 0);
        ck_assert_int_eq(number("SELECT count(*) FROM interchange"), 0);
        ck_assert_int_eq(number("SELECT count(*) FROM control"), 0);
    }

    fail_sending_at = 5;
    ck_assert_int_eq(give(interchange((ic_t){ .ack = '1' })), XD_WORK_DONE);
    expect("*000000001*0*P*>~TA1*", 0);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("x12");
    TCase *tc = tcase_create("answer");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_unchecked_fixture(tc, load_maps, unload_maps);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_clean_group_is_accepted);
    tcase_add_test(tc, a_ta1_is_written_when_it_is_asked_for);
    tcase_add_test(tc, a_bad_envelope_is_refused_by_a_ta1);
    tcase_add_test(tc, who_wants_a_999_gets_one);
    tcase_add_test(tc, a_guide_of_the_partner_rejects);
    tcase_add_test(tc, who_wants_none_gets_none);
    tcase_add_test(tc, who_wants_none_still_gets_a_ta1);
    tcase_add_test(tc, an_acknowledgement_is_never_acknowledged);
    tcase_add_test(tc, beside_an_acknowledgement_the_rest_is);
    tcase_add_test(tc, a_wrong_count_of_groups_is_told);
    tcase_add_loop_test(tc, a_bad_set_is_rejected_with_its_reason, 0,
        COUNT(bad));
    tcase_add_test(tc, the_good_sets_of_a_group_come_through);
    tcase_add_test(tc, a_refused_group_refuses_its_sets);
    tcase_add_test(tc, groups_of_one_number_are_told_apart);
    tcase_add_test(tc, more_errors_than_a_fact_may_hold);
    tcase_add_test(tc, a_repetition_gets_the_same_bytes_and_nothing_else);
    tcase_add_test(tc, twice_in_one_message_is_answered_twice);
    tcase_add_test(tc, a_number_used_again_goes_to_a_person);
    tcase_add_test(tc, a_number_used_again_may_be_passed_over);
    tcase_add_test(tc, a_number_used_again_may_be_taken);
    tcase_add_loop_test(tc, a_set_number_used_again, 0, COUNT(twice));
    tcase_add_test(tc, an_archive_that_lost_it_is_a_persons_matter);
    tcase_add_test(tc, an_archive_that_takes_nothing_is_tried_again);
    tcase_add_test(tc, nothing_remains_of_a_failed_work);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
