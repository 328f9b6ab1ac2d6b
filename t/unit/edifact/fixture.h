/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_EDIFACT_FIXTURE_H
#define XD_T_EDIFACT_FIXTURE_H

/* xd-edifact with a few partners, and interchanges made for it. */

#include "connectors/edifact/edifact.h"
#include "edi/shape.h"
#include "t/unit/x12/played_relay.h"

static desk_t desk;
static char archive[80];
static int raw; /* messages made so far */

#define IDS(id)                                                                \
    "\"ids\":[{\"qualifier\":\"14\",\"id\":\"" id "\"}],"                      \
    "\"ours\":[{\"qualifier\":\"14\",\"id\":\"4098765000005\"}]"

static const char partners[] =
    "{\"nordic\":{\"id\":\"nordic\",\"plan\":\"standard\","
    "\"transport\":\"http\",\"edi\":{" IDS(
        "4012345000009") ","
                         "\"acknowledge\":\"contrl\","
                         "\"answers\":{\"functional-ack\":\"1h\",\"order-response\":\"2h\"}}},"
                         "\"asked\":{\"id\":\"asked\",\"plan\":\"standard\",\"transport\":\"file\","
                         "\"edi\":{" IDS(
                             "4012345000016") ",\"acknowledge\":997,"
                                              "\"version\":\"D01B\",\"edifact\":{\"syntax\":4,\"charset\":\"UNOY\","
                                              "\"association\":\"EAN010\",\"groups\":true,\"una\":true,\"ask\":false},"
                                              "\"separators\":{\"element\":\"|\",\"release\":\"\\\\\",\"decimal\":\",\","
                                              "\"lines\":true}}},"
                                              "\"twins\":{\"id\":\"twins\",\"plan\":\"standard\",\"transport\":\"http\","
                                              "\"edi\":{" IDS(
                                                  "4012345000023") ",\"separators\":{\"element\":\":\"}}},"
                                                                   "\"advised\":{\"id\":\"advised\",\"plan\":\"standard\",\"transport\":\"http\","
                                                                   "\"edi\":{" IDS(
                                                                       "4012345000047") ",\"acknowledge\":\"none\",\"advise\":true}},"
                                                                                        "\"quiet\":{\"id\":\"quiet\",\"plan\":\"standard\",\"transport\":\"http\","
                                                                                        "\"edi\":{" IDS(
                                                                                            "4012345000030") ",\"acknowledge\":\"none\"}}}";


static xd_arena_t *maps_arena;
static xd_mappings_t maps;


/* The maps of conf/, once for all tests: an unchecked fixture. */
static inline void
load_maps(void)
{
    const xd_mappings_env_t env = { "canonical-schemas", xd_edi_shapes };
    xd_report_t rep;

    maps_arena = xd_arena_new(0);
    xd_report_init(&rep, maps_arena, 1);
    ck_assert_int_eq(xd_mappings_load(maps_arena, "conf/maps", &env, &maps,
                         &rep),
        XD_OK);
}


static inline void
unload_maps(void)
{
    xd_arena_free(maps_arena);
}


static void
setup(void)
{
    xd_report_t rep;

    relay_setup(desk_migrations);
    conf.main = parse("{\"name\":\"crossdock\"}");
    conf.consumers = parse("{\"consumers\":[{\"id\":\"webshop\","
                           "\"plan\":\"standard\"}]}");
    conf.partners = parse(partners);

    (void) snprintf(archive, sizeof(archive), "%s/archive", dir);
    desk = (desk_t){ .dialect = &edifact_dialect,
        .conf = &conf,
        .archive = archive,
        .identity = XD_STR("crossdock"),
        .maps = maps,
        .findings = 1000 };
    xd_report_init(&rep, arena, 1);
    ck_assert_int_eq(xd_registry_make(arena, &conf, XD_STR("pepper"),
                         &desk.registry, &rep),
        XD_OK);
    raw = 0;
}


static void
teardown(void)
{
    relay_teardown();
}


/* -- interchanges -------------------------------------------------------- */

/* What a test changes of an interchange. */
typedef struct {
    const char *sender, *control, *date; /* 0004, 0020, 0017 */
    const char *ask;                     /* 0031 */
    const char *messages;                /* all between UNB and UNZ */
    const char *count;                   /* 0036 */
} ic_t;

#define DESADV(ref, number)                                                    \
    "UNH+" ref "+DESADV:D:96A:UN'"                                             \
    "BGM+351+" number "+9'"                                                    \
    "DTM+137:20260814:102'DTM+11:20260814:102'"                                \
    "RFF+ON:PO-1'"                                                             \
    "NAD+SF+4012345000009::9'NAD+DP+9501101530218::9'"                         \
    "CPS+1'PAC+1++201'PCI+33E'GIN+BJ+340123450000000017'"                      \
    "LIN+1++4006381333931:EN'QTY+12:24:PCE'"                                   \
    "UNT+14+" ref "'"

/* QTY says no number: 0085 37 */
#define BAD_DESADV(ref)                                                        \
    "UNH+" ref "+DESADV:D:96A:UN'BGM+351+SHP-9+9'CPS+1'"                       \
    "LIN+1++4006381333931:EN'QTY+12:MANY'UNT+6+" ref "'"


static inline xd_str_t
interchange(ic_t ic)
{
    const char *control = ic.control != NULL ? ic.control : "905";

    return xd_fmt(arena,
        "UNB+UNOC:3+%s:14+4098765000005:14+%s:0915+%s%s'%sUNZ+%s+%s'",
        ic.sender != NULL ? ic.sender : "4012345000009",
        ic.date != NULL ? ic.date : "260814", control,
        ic.ask != NULL ? ic.ask : "",
        ic.messages != NULL ? ic.messages : DESADV("1", "SHP-1"),
        ic.count != NULL ? ic.count : "1", control);
}


/* A raw message from a party; each has an id of its own. */
static xd_message_t
message_of(const char *party, xd_str_t body)
{
    return (xd_message_t){ .exchange = XD_STR("xd.raw"),
        .routing_key = xd_fmt(arena, "in.edifact.%s", party),
        .content_type = XD_STR("application/edifact"),
        .message_id = xd_fmt(arena, "018f6c2e-0000-7000-8000-%012d", ++raw),
        .app_id = XD_STR("xd-gateway"),
        .body = body };
}


static inline xd_work_rc_t
give_from(const char *party, xd_str_t body)
{
    xd_message_t m = message_of(party, body);

    return play(desk_work, &desk, &m);
}


static inline xd_work_rc_t
give(xd_str_t body)
{
    return give_from("nordic", body);
}


/* The nth message that is no fact, from 0: bytes for a partner. */
static inline const xd_message_t *
bytes_at(size_t n)
{
    for (size_t i = 0; i < sent.count; i++) {
        if (sent_at(i)->doc == NULL && n-- == 0) {
            return &sent_at(i)->message;
        }
    }

    ck_abort_msg("nothing was sent");
}


static inline size_t
bytes_sent(void)
{
    size_t n = 0;

    for (size_t i = 0; i < sent.count; i++) {
        n += sent_at(i)->doc == NULL;
    }

    return n;
}


/* The only exception that came. */
static inline const xd_node_t *
only_case(const char *code)
{
    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_text(fact_of("exception", 0), "code", code);

    return fact_of("exception", 0);
}

#endif
