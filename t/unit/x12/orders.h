/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_T_X12_ORDERS_H
#define XD_T_X12_ORDERS_H

/* Orders that go out, and sets that answer them. */

#include "t/unit/x12/fixture.h"

/* The fact of an order: 240 pieces at 8.00, and 5000 at 12.40 a thousand. */
#define ORDER_FACT(number, id)                                                 \
    "{\"meta\":{\"schema\":\"urn:retail:purchase-order:1.0\",\"id\":\"" id     \
    "\",\"type\":\"purchase-order\",\"event\":\"created\",\"key\":"            \
    "\"purchase-order:erp-out:" number "\",\"keyVersion\":1,"                  \
    "\"correlationId\":\"018f6c2e-aaaa-7000-8000-000000000001\"},"             \
    "\"poNo\":\"" number "\",\"buyerGln\":\"4012345000016\","                  \
    "\"supplier\":{\"name\":\"Acme\",\"altIds\":[{\"scheme\":\"duns\","        \
    "\"value\":\"123456789\"}]},\"shipTo\":{\"gln\":\"9436465792104\","        \
    "\"name\":\"DC\"},\"orderDate\":\"2026-05-04\",\"ccy\":\"EUR\","           \
    "\"lines\":[{\"lineNo\":1,\"item\":{\"gtin\":\"04012345001013\"},"         \
    "\"qty\":{\"value\":\"240\",\"uom\":\"EA\"},"                              \
    "\"netPrice\":{\"amount\":\"8.00\",\"ccy\":\"EUR\"}},"                     \
    "{\"lineNo\":2,\"item\":{\"gtin\":\"04012345001037\"},"                    \
    "\"qty\":{\"value\":\"5000\",\"uom\":\"EA\"},"                             \
    "\"netPrice\":{\"amount\":\"12.40\",\"ccy\":\"EUR\"},"                     \
    "\"priceBase\":\"1000\"}]}"

#define FACT_1 "018f6c2e-bbbb-7000-8000-000000000001"
#define FACT_2 "018f6c2e-bbbb-7000-8000-000000000002"
#define STORY  "018f6c2e-aaaa-7000-8000-000000000001"
#define WRITE  ".purchase-order.write.v1.p03"


/* The command of a route. */
static inline xd_message_t
command_of(const char *key, const char *user, const char *body)
{
    return (xd_message_t){ .exchange = XD_STR("xd.cmd"),
        .routing_key = xd_str(key),
        .content_type = XD_STR("application/json"),
        .message_id = xd_fmt(arena, "018f6c2e-cccc-7000-8000-%012d", ++raw),
        .correlation_id = XD_STR(STORY),
        .user_id = xd_str(user),
        .body = xd_str(body) };
}


static inline xd_work_rc_t
order_to(const char *party, const char *body)
{
    xd_message_t m =
        command_of(xd_fmt(arena, "x12.%s" WRITE, party).ptr, "xd-doc", body);

    return play(desk_work, &x12, &m);
}


/* PO-1 went to acme as the first of everything; what was sent is forgotten. */
static inline void
order_out(void)
{
    ck_assert_int_eq(order_to("acme", ORDER_FACT("PO-1", FACT_1)),
        XD_WORK_DONE);
    sent.count = 0;
}


/* One set of acme's, whose ST and SE are made here, in an interchange with a
 * number of its own. */
static inline xd_work_rc_t
answer(const char *functional, const char *code, const char *segments)
{
    static int control = 5000;
    char number[16];
    size_t count = 2;
    xd_message_t m;

    for (const char *c = segments; *c != '\0'; c++) {
        count += *c == '~';
    }

    (void) snprintf(number, sizeof(number), "%09d", ++control);
    m = message_of("acme",
        interchange((ic_t){ .control = number,
            .groups = xd_fmt(arena,
                "GS*%s*ACME*CROSSDOCK*20260505*0915*%d*X*004010~ST*%s*0001~%s"
                "SE*%zu*0001~GE*1*%d~",
                functional, control, code, segments, count, control)
                          .ptr }));

    return play(desk_work, &x12, &m);
}


/* The only exception that came. */
static inline const xd_node_t *
only_case(const char *code)
{
    ck_assert_uint_eq(facts_of("exception"), 1);
    ck_text(fact_of("exception", 0), "code", code);

    return fact_of("exception", 0);
}


static inline int64_t
awaited(void)
{
    return number("SELECT count(*) FROM due WHERE told = 0");
}

#endif
