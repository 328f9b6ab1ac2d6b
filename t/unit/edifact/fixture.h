/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_EDIFACT_FIXTURE_H
#define XD_T_EDIFACT_FIXTURE_H

/* xd-edifact with a few partners, and interchanges made for it. */

#include "connectors/edifact/edifact.h"
#include "base/file.h"
#include "t/unit/x12/desk.h"

static desk_t desk;


static void
setup(void)
{
    xd_str_t text;

    /* the parsed partners keep slices of it */
    ck_assert_int_eq(xd_file_read(maps_arena, "t/unit/edifact/partners.json",
                         1 << 16, &text),
        XD_OK);
    desk_setup(&desk, &edifact_dialect, xd_dup(maps_arena, text).ptr);
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
