/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_X12_FIXTURE_H
#define XD_T_X12_FIXTURE_H

/* xd-x12 with two partners, and interchanges made for it. */

#include "connectors/x12/x12.h"
#include "t/unit/x12/desk.h"

static desk_t x12;

static const char partners[] =
    "{\"acme\":{\"id\":\"acme\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"ACME\"}],"
    "\"ours\":[{\"qualifier\":\"ZZ\",\"id\":\"CROSSDOCK\"}],"
    "\"acknowledge\":\"997\","
    "\"answers\":{\"functional-ack\":\"1h\",\"order-response\":\"2h\","
    "\"shipment\":\"3h\"}}},"
    "\"odd\":{\"id\":\"odd\",\"plan\":\"standard\",\"transport\":\"file\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"01\",\"id\":\"123456789\"}],"
    "\"ours\":[{\"qualifier\":\"ZZ\",\"id\":\"CROSSDOCK\"}],"
    "\"version\":\"005010\",\"separators\":{\"element\":\"|\","
    "\"component\":\":\",\"repetition\":\"^\",\"segment\":\"!\","
    "\"lines\":true}}},"
    "\"twins\":{\"id\":\"twins\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"TWINS\"}],"
    "\"ours\":[{\"qualifier\":\"ZZ\",\"id\":\"CROSSDOCK\"}],"
    "\"separators\":{\"element\":\"~\"}}},"
    "\"mute\":{\"id\":\"mute\",\"plan\":\"standard\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"MUTE\"}],"
    "\"ours\":[{\"qualifier\":\"ZZ\",\"id\":\"CROSSDOCK\"}]}},"
    "\"modern\":{\"id\":\"modern\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"MODERN\"}],"
    "\"acknowledge\":999}},"
    "\"batch\":{\"id\":\"batch\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"BATCH\"}],"
    "\"ours\":[{\"qualifier\":\"ZZ\",\"id\":\"CROSSDOCK\"}],"
    "\"answers\":{\"functional-ack\":\"1h\"},"
    "\"batch\":{\"per\":\"group\",\"count\":3,\"time\":\"1h\"}}},"
    "\"all\":{\"id\":\"all\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"ALL\"}],"
    "\"ours\":[{\"qualifier\":\"ZZ\",\"id\":\"CROSSDOCK\"}],"
    "\"batch\":{\"per\":\"interchange\",\"count\":3,\"time\":\"1h\"}}},"
    "\"lax\":{\"id\":\"lax\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"LAX\"}],"
    "\"duplicates\":\"accept\"}},"
    "\"deaf\":{\"id\":\"deaf\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"DEAF\"}],"
    "\"duplicates\":\"ignore\"}},"
    "\"advised\":{\"id\":\"advised\",\"plan\":\"standard\","
    "\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"ADVISED\"}],"
    "\"acknowledge\":\"997\",\"advise\":true}},"
    "\"quiet\":{\"id\":\"quiet\",\"plan\":\"standard\",\"transport\":\"http\","
    "\"edi\":{\"ids\":[{\"qualifier\":\"ZZ\",\"id\":\"QUIET\"}],"
    "\"roles\":{\"850\":\"purchase-order\"},\"acknowledge\":\"none\"}}}";


static void
setup(void)
{
    desk_setup(&x12, &x12_dialect, partners);
}


/* -- interchanges -------------------------------------------------------- */

/* What a test changes of an interchange. */
typedef struct {
    const char *sender, *control, *date; /* ISA06, ISA13, ISA09 */
    char ack;                            /* ISA14 */
    const char *groups;                  /* all between ISA and IEA */
    const char *ngroups;                 /* IEA01 */
    const char *iea;                     /* IEA02 */
} ic_t;

#define GROUP(control, sets, n)                                                \
    "GS*SH*ACME*CROSSDOCK*20260814*0915*" control "*X*004010~" sets "GE*" n    \
    "*" control "~"

#define ASN(control, number)                                                   \
    "ST*856*" control "~"                                                      \
    "BSN*00*" number "*20260814*0912*0001~"                                    \
    "HL*1**S~"                                                                 \
    "DTM*011*20260814~"                                                        \
    "N1*SF*ACME SUPPLIES*UL*0614141000012~"                                    \
    "N1*ST*STORE 0216*UL*9501101530218~"                                       \
    "HL*2*1*O~"                                                                \
    "PRF*PO-1~"                                                                \
    "HL*3*2*P~"                                                                \
    "MAN*GM*006141410000001026~"                                               \
    "HL*4*3*I~"                                                                \
    "LIN*1*UK*00614141121014~"                                                 \
    "SN1*1*24*EA~"                                                             \
    "CTT*4~"                                                                   \
    "SE*15*" control "~"


static inline xd_str_t
interchange(ic_t ic)
{
    const char *control = ic.control != NULL ? ic.control : "000000905";

    return xd_fmt(arena,
        "ISA*00*          *00*          *ZZ*%-15s*ZZ*CROSSDOCK      *%s*0915*U"
        "*00401*%s*%c*P*>~%sIEA*%s*%s~",
        ic.sender != NULL ? ic.sender : "ACME",
        ic.date != NULL ? ic.date : "260814", control,
        ic.ack != 0 ? ic.ack : '0',
        ic.groups != NULL ? ic.groups : GROUP("905", ASN("0001", "SHP-1"), "1"),
        ic.ngroups != NULL ? ic.ngroups : "1",
        ic.iea != NULL ? ic.iea : control);
}


/* A raw message from a party; each has an id of its own. */
static xd_message_t
message_of(const char *party, xd_str_t body)
{
    return (xd_message_t){ .exchange = XD_STR("xd.raw"),
        .routing_key = xd_fmt(arena, "in.x12.%s", party),
        .content_type = XD_STR("application/edi-x12"),
        .message_id = xd_fmt(arena, "018f6c2e-0000-7000-8000-%012d", ++raw),
        .app_id = XD_STR("xd-gateway"),
        .body = body };
}


static inline xd_work_rc_t
give_from(const char *party, xd_str_t body)
{
    xd_message_t m = message_of(party, body);

    return play(desk_inbound, &x12, &m);
}


static inline xd_work_rc_t
give(xd_str_t body)
{
    return give_from("acme", body);
}


/* The nth acknowledgement that went out, from 0. */
static inline const sent_t *
ack_at(size_t n)
{
    for (size_t i = 0; i < sent.count; i++) {
        if (sent_at(i)->doc == NULL && n-- == 0) {
            return sent_at(i);
        }
    }

    ck_abort_msg("no such acknowledgement");
}


static inline size_t
acks(void)
{
    size_t n = 0;

    for (size_t i = 0; i < sent.count; i++) {
        n += sent_at(i)->doc == NULL;
    }

    return n;
}

#endif
