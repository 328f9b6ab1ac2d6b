/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The business rules.  A row is an id that never changes, how bad it is, the
 * check with its paths, and what is wrong, said to a person; the check adds
 * the numbers.  Hand-set: clang-format leaves *_table.c alone.
 */

#include "canon/rule_checks.h"


/* -- shorthands ------------------------------------------------------------ */

#define TERMS(...) ((const xd_term_t[]){ __VA_ARGS__, { 0 } })

/* +value or -value of the place, or of each element of a list. */
#define PLUS(v)          { .sign = 1, .value = (v) }
#define MINUS(v)         { .sign = -1, .value = (v) }
#define EACH(l, v)       { .sign = 1, .list = (l), .value = (v) }
#define ONLY(l, v, c)    { .sign = 1, .list = (l), .value = (v), .only = (c) }
#define LESS(l, v, c)    { .sign = -1, .list = (l), .value = (v), .only = (c) }

/* Charges are put on, allowances are taken off. */
#define ALLOWANCES(l)    ONLY(l, "amount", "kind=charge"),                     \
                         LESS(l, "amount", "kind=allowance")

#define UNIQUE_LINES(id)                                                       \
    { id ".line-unique", XD_ERROR, xd_rule_unique, .a = "lines", .b = "lineNo", \
      .text = "Two lines have the same number; give each its own" }

#define IN_ORDER(id, place, early, late, said)                                 \
    { id, XD_ERROR, xd_rule_order, .each = (place), .a = (early), .b = (late),  \
      .text = said }

#define NAMES(...) ((const xd_str_t[]){ __VA_ARGS__, { 0 } })
#define NAME(n)    { (n), sizeof(n) - 1 }

#define CURRENCY(id, names)                                                    \
    { id ".currency", XD_ERROR, xd_rule_currency, .a = "ccy", .but = (names),   \
      .text = "This amount must be in the document's currency" }

#define POSITIVE(id, place, path, said)                                        \
    { id, XD_ERROR, xd_rule_positive, .each = (place), .a = (path), .text = said }

#define SERIALS(id, list, counted)                                             \
    { id ".serials", XD_ERROR, xd_rule_serials, .each = "lines", .a = (list),   \
      .b = (counted),                                                          \
      .text = "There must be one serial number for each piece" }

#define END { 0 }


/* -- order ----------------------------------------------------------------- */

static const xd_rule_t sales_order[] = {
    UNIQUE_LINES("sales-order"),
    POSITIVE("sales-order.quantity", "lines", "qty",
        "The quantity of a line must be more than 0"),
    { "sales-order.net", XD_ERROR, xd_rule_sum, .a = "totals.net",
      .terms = TERMS({ 1, "lines", "unitPrice", .times = "qty" }),
      .rounding = XD_HALF_UP,
      .text = "totals.net must be the sum of quantity times price of the lines" },
    { "sales-order.discount", XD_ERROR, xd_rule_sum, .a = "totals.discount",
      .terms = TERMS(EACH("discounts", "amount")), .rounding = XD_CENT,
      .text = "totals.discount must be the sum of the discounts" },
    { "sales-order.tax", XD_ERROR, xd_rule_sum, .a = "totals.tax",
      .terms = TERMS(EACH("taxes", "amount")), .rounding = XD_CENT,
      .text = "totals.tax must be the sum of the taxes" },
    { "sales-order.tax-amount", XD_ERROR, xd_rule_sum, .each = "taxes",
      .a = "amount",
      .terms = TERMS({ 1, NULL, "base", .times = "rate", .per = "100" }),
      .rounding = XD_HALF_UP,
      .text = "The tax must be its rate of its base; correct one of the three" },
    { "sales-order.gross", XD_ERROR, xd_rule_sum, .a = "totals.gross",
      .terms = TERMS(PLUS("totals.net"), MINUS("totals.discount"),
          PLUS("totals.shipping"), PLUS("totals.tax")),
      .rounding = XD_CENT,
      .text = "totals.gross must be net, less discount, plus shipping and tax" },
    { "sales-order.discount-line", XD_ERROR, xd_rule_refers,
      .a = "discounts.lineNo", .b = "lines.lineNo",
      .text = "There is no line of this number; name one that there is" },
    { "sales-order.tax-line", XD_ERROR, xd_rule_refers,
      .a = "taxes.lineNo", .b = "lines.lineNo",
      .text = "There is no line of this number; name one that there is" },
    IN_ORDER("sales-order.promise", "lines", "/placedAt", "fulfil.promiseAt",
        "The promise must not be before the order"),
    CURRENCY("sales-order", NAMES(NAME("payments"))),
    END
};

static const xd_rule_t order_change[] = {
    { "order-change.line-unique", XD_ERROR, xd_rule_unique, .a = "ops",
      .b = "lineNo",
      .text = "Two changes are for the same line; make them one" },
    IN_ORDER("order-change.window", NULL, "notBefore", "notAfter",
        "The last day must not be before the first"),
    IN_ORDER("order-change.line-window", "ops", "notBefore", "notAfter",
        "The last day must not be before the first"),
    CURRENCY("order-change", NULL),
    END
};

static const xd_rule_t purchase_order[] = {
    UNIQUE_LINES("purchase-order"),
    POSITIVE("purchase-order.quantity", "lines", "qty",
        "The quantity of a line must be more than 0"),
    { "purchase-order.net", XD_ERROR, xd_rule_sum, .a = "totals.net",
      .terms = TERMS({ 1, "lines", "netPrice", "qty", "priceBase", NULL },
          ALLOWANCES("lines.allowances"), ALLOWANCES("allowances")),
      .rounding = XD_HALF_UP,
      .text = "totals.net must be the sum of the lines with their charges and "
              "allowances" },
    { "purchase-order.gross", XD_ERROR, xd_rule_sum, .a = "totals.gross",
      .terms = TERMS(PLUS("totals.net"), PLUS("totals.tax")),
      .rounding = XD_CENT,
      .text = "totals.gross must be net plus tax" },
    IN_ORDER("purchase-order.window", NULL, "notBefore", "notAfter",
        "The last day of delivery must not be before the first"),
    IN_ORDER("purchase-order.dates", NULL, "orderDate", "notAfter",
        "The last day of delivery must not be before the order"),
    IN_ORDER("purchase-order.line-window", "lines", "notBefore", "notAfter",
        "The last day of delivery must not be before the first"),
    CURRENCY("purchase-order", NULL),
    END
};

static const xd_rule_t order_response[] = {
    UNIQUE_LINES("order-response"),
    { "order-response.status", XD_ERROR, xd_rule_response,
      .text = "The answer as a whole must say what its lines say" },
    CURRENCY("order-response", NULL),
    END
};

static const xd_rule_t returns[] = {
    UNIQUE_LINES("return"),
    POSITIVE("return.quantity", "lines", "qty",
        "The quantity of a line must be more than 0"),
    { "return.refund", XD_ERROR, xd_rule_sum, .a = "refundTotal",
      .terms = TERMS(EACH("lines", "refund")), .rounding = XD_CENT,
      .text = "refundTotal must be the sum of the refunds of the lines" },
    IN_ORDER("return.dates", NULL, "requestedAt", "receivedAt",
        "The goods must not come before the return was asked for"),
    END
};

static const xd_rule_t approval[] = {
    { "approval.four-eyes", XD_ERROR, xd_rule_differ, .when = "fourEyes=true",
      .a = "requestedBy", .b = "decidedBy",
      .text = "Who asked must not decide; let another person decide" },
    IN_ORDER("approval.decided", NULL, "requestedAt", "decidedAt",
        "It must not be decided before it was asked"),
    IN_ORDER("approval.expired", NULL, "decidedAt", "expiresAt",
        "It must not be decided after it had expired"),
    END
};


/* -- fulfil ---------------------------------------------------------------- */

static const xd_rule_t fulfilment[] = {
    UNIQUE_LINES("fulfilment"),
    { "fulfilment.quantity", XD_ERROR, xd_rule_sum, .each = "lines",
      .a = "qtyDone", .terms = TERMS(PLUS("qtyReq")), .rounding = XD_AT_MOST,
      .text = "More was done than was asked; correct one of the two" },
    { "fulfilment.unit", XD_ERROR, xd_rule_one_unit, .each = "lines",
      .a = "qtyReq|qtyDone",
      .text = "The quantities of a line must have one unit" },
    { "fulfilment.short", XD_ERROR, xd_rule_short_reason, .each = "lines",
      .a = "qtyDone", .b = "shortReason",
      .text = "Less was done than was asked; say why in shortReason" },
    IN_ORDER("fulfilment.dates", NULL, "releasedAt", "handedAt",
        "It must not be handed over before it was released"),
    SERIALS("fulfilment", "serials", "qtyDone"),
    END
};

static const xd_rule_t shipment[] = {
    { "shipment.unit-unique", XD_ERROR, xd_rule_unique, .a = "units",
      .b = "unitNo",
      .text = "Two units have the same unitNo; count them from 1" },
    { "shipment.sscc-unique", XD_ERROR, xd_rule_unique, .a = "units",
      .b = "sscc",
      .text = "Two units have the same SSCC; each has its own" },
    { "shipment.parent", XD_ERROR, xd_rule_refers, .a = "units.parent",
      .b = "units.unitNo",
      .text = "There is no unit of this number to stand in; name one that there is" },
    { "shipment.circle", XD_ERROR, xd_rule_circle,
      .text = "This unit stands in itself, directly or through others; name another parent" },
    { "shipment.quantity", XD_ERROR, xd_rule_positive,
      .each = "units.contents", .a = "qty",
      .text = "The quantity of a content must be more than 0" },
    IN_ORDER("shipment.dates", NULL, "shippedAt", "eta",
        "It must not arrive before it leaves"),
    END
};

static const xd_rule_t receipt[] = {
    UNIQUE_LINES("receipt"),
    { "receipt.quantity", XD_ERROR, xd_rule_sum, .each = "lines",
      .a = "qtyReceived",
      .terms = TERMS(PLUS("qtyAccepted"), PLUS("qtyRejected")),
      .text = "qtyReceived must be qtyAccepted plus qtyRejected" },
    { "receipt.unit", XD_ERROR, xd_rule_one_unit, .each = "lines",
      .a = "qtyReceived|qtyAccepted|qtyRejected|qtyExpected",
      .text = "The quantities of a line must have one unit" },
    { "receipt.reason", XD_ERROR, xd_rule_reason, .each = "lines",
      .a = "qtyRejected", .b = "reason",
      .text = "Some were rejected; say why in reason" },
    END
};

static const xd_rule_t transfer[] = {
    UNIQUE_LINES("transfer"),
    { "transfer.places", XD_ERROR, xd_rule_differ, .a = "from", .b = "to",
      .text = "A transfer goes from one place to another; correct from or to" },
    { "transfer.unit", XD_ERROR, xd_rule_one_unit, .each = "lines",
      .a = "qtyReq|qtyShip|qtyRecv",
      .text = "The quantities of a line must have one unit" },
    { "transfer.received", XD_WARNING, xd_rule_sum, .each = "lines",
      .a = "qtyRecv", .terms = TERMS(PLUS("qtyShip")), .rounding = XD_AT_MOST,
      .text = "More was received than was sent; correct one of the two" },
    IN_ORDER("transfer.dates", NULL, "shippedAt", "receivedAt",
        "It must not be received before it was sent"),
    END
};

static const xd_rule_t pick[] = {
    UNIQUE_LINES("pick"),
    { "pick.quantity", XD_ERROR, xd_rule_sum, .each = "lines",
      .a = "qtyPicked", .terms = TERMS(PLUS("qtyReq")), .rounding = XD_AT_MOST,
      .text = "More was picked than was asked; correct one of the two" },
    { "pick.unit", XD_ERROR, xd_rule_one_unit, .each = "lines",
      .a = "qtyReq|qtyPicked",
      .text = "The quantities of a line must have one unit" },
    { "pick.short", XD_ERROR, xd_rule_short_reason, .each = "lines",
      .a = "qtyPicked", .b = "shortReason",
      .text = "Less was picked than was asked; say why in shortReason" },
    IN_ORDER("pick.dates", NULL, "startedAt", "finishedAt",
        "It must not be finished before it was begun"),
    END
};


/* -- inventory ------------------------------------------------------------- */

static const xd_rule_t inventory_position[] = {
    { "inventory-position.bucket-unique", XD_ERROR, xd_rule_unique,
      .a = "buckets", .b = "status+lot",
      .text = "Two buckets have the same status and lot; make them one" },
    { "inventory-position.unit", XD_ERROR, xd_rule_one_unit,
      .a = "buckets.qty|atp|safety|nextInbound.qty",
      .text = "The quantities of a position must have one unit" },
    { "inventory-position.atp", XD_WARNING, xd_rule_sum, .a = "atp",
      .terms = TERMS(ONLY("buckets", "qty", "status=available"),
          ONLY("buckets", "qty", "status=consigned")),
      .rounding = XD_AT_MOST,
      .text = "More is promised than is available; lower atp" },
    END
};

static const xd_rule_t inventory_movement[] = {
    { "inventory-movement.sides", XD_ERROR, xd_rule_differ, .a = "from",
      .b = "to",
      .text = "Nothing moves: both sides are the same; change one" },
    { "inventory-movement.serials", XD_ERROR, xd_rule_serials, .a = "serials",
      .b = "qty",
      .text = "There must be one serial number for each piece" },
    END
};

static const xd_rule_t stock_status_map[] = {
    { "stock-status-map.native-unique", XD_ERROR, xd_rule_unique, .a = "rows",
      .b = "native",
      .text = "This code stands twice; remove one row, as each code has one status" },
    { "stock-status-map.total", XD_ERROR, xd_rule_refers, .a = "codes",
      .b = "rows.native",
      .text = "No row says what this code means; add one" },
    { "stock-status-map.unknown-code", XD_ERROR, xd_rule_refers,
      .a = "rows.native", .b = "codes",
      .text = "The system has no such code; correct it, or add it to codes" },
    { "stock-status-map.outbound-unique", XD_ERROR, xd_rule_unique,
      .a = "rows", .b = "status", .only = "outbound=true",
      .text = "Two rows are written for this status; choose one" },
    END
};

static const xd_rule_t count[] = {
    UNIQUE_LINES("count"),
    { "count.variance", XD_ERROR, xd_rule_sum, .each = "lines",
      .when = "qtyExpected", .a = "variance",
      .terms = TERMS(PLUS("qtyCounted"), MINUS("qtyExpected")),
      .text = "variance must be counted less expected" },
    { "count.unit", XD_ERROR, xd_rule_one_unit, .each = "lines",
      .a = "qtyExpected|qtyCounted|variance",
      .text = "The quantities of a line must have one unit" },
    END
};


/* -- finance --------------------------------------------------------------- */

static const xd_rule_t invoice[] = {
    UNIQUE_LINES("invoice"),
    { "invoice.line-net", XD_ERROR, xd_rule_sum, .each = "lines", .a = "net",
      .terms = TERMS({ 1, NULL, "netPrice", "pricedQty|qty", "priceBase",
          NULL }, ALLOWANCES("allowances")),
      .rounding = XD_HALF_UP,
      .text = "net must be quantity times price, with charges and allowances" },
    { "invoice.net", XD_ERROR, xd_rule_sum, .a = "totals.net",
      .terms = TERMS(EACH("lines", "net"), ALLOWANCES("allowances")),
      .rounding = XD_CENT,
      .text = "totals.net must be the sum of the lines with the charges and "
              "allowances" },
    { "invoice.tax-amount", XD_ERROR, xd_rule_sum, .each = "taxes",
      .a = "amount",
      .terms = TERMS({ 1, NULL, "base", .times = "rate", .per = "100" }),
      .rounding = XD_HALF_UP,
      .text = "The tax must be its rate of its base; correct one of the three" },
    { "invoice.tax", XD_ERROR, xd_rule_sum, .a = "totals.tax",
      .terms = TERMS(EACH("taxes", "amount")), .rounding = XD_CENT,
      .text = "totals.tax must be the sum of the taxes" },
    { "invoice.gross", XD_ERROR, xd_rule_sum, .a = "totals.gross",
      .terms = TERMS(PLUS("totals.net"), PLUS("totals.tax")),
      .rounding = XD_CENT,
      .text = "totals.gross must be net plus tax" },
    { "invoice.payable", XD_ERROR, xd_rule_sum, .a = "totals.payable",
      .terms = TERMS(PLUS("totals.gross"), MINUS("totals.prepaid"),
          PLUS("totals.rounding")),
      .rounding = XD_CENT,
      .text = "totals.payable must be gross, less prepaid, plus rounding" },
    { "invoice.tax-line", XD_ERROR, xd_rule_refers, .a = "taxes.lineNo",
      .b = "lines.lineNo",
      .text = "There is no line of this number; name one that there is" },
    IN_ORDER("invoice.dates", NULL, "issueDate", "dueDate",
        "It must not be due before it was issued"),
    IN_ORDER("invoice.period", NULL, "period.from", "period.to",
        "The period must not end before it begins"),
    CURRENCY("invoice", NULL),
    END
};

static const xd_rule_t payment[] = {
    { "payment.allocated", XD_ERROR, xd_rule_sum, .a = "amount",
      .terms = TERMS(EACH("allocations", "amount")), .rounding = XD_CENT,
      .text = "The amount must be the sum of what it pays" },
    { "payment.allocation", XD_ERROR, xd_rule_sum, .each = "allocations",
      .when = "gross", .a = "amount",
      .terms = TERMS(PLUS("gross"), MINUS("discount"), PLUS("adjustment")),
      .rounding = XD_CENT,
      .text = "What is paid must be gross, less discount, plus adjustment" },
    { "payment.captured", XD_ERROR, xd_rule_sum, .a = "captured",
      .terms = TERMS(PLUS("amount")), .rounding = XD_AT_MOST,
      .text = "More was captured than was authorised; correct one of the two" },
    { "payment.refunded", XD_ERROR, xd_rule_sum, .a = "refunded",
      .terms = TERMS(PLUS("captured")), .rounding = XD_AT_MOST,
      .text = "More was refunded than was captured; correct one of the two" },
    { "payment.currency", XD_ERROR, xd_rule_currency, .a = "amount.ccy",
      .text = "This amount must be in the payment's currency" },
    END
};

static const xd_rule_t settlement[] = {
    { "settlement.net", XD_ERROR, xd_rule_sum, .a = "net",
      .terms = TERMS(EACH("entries", "amount")), .rounding = XD_CENT,
      .text = "net must be the sum of the entries" },
    { "settlement.entry-unique", XD_ERROR, xd_rule_unique, .a = "entries",
      .b = "txnId+kind",
      .text = "This transaction stands twice; remove one" },
    IN_ORDER("settlement.period", NULL, "period.from", "period.to",
        "The period must not end before it begins"),
    CURRENCY("settlement", NAMES(NAME("gross"))),
    END
};

static const xd_rule_t refund[] = {
    { "refund.parts", XD_ERROR, xd_rule_sum, .a = "amount",
      .terms = TERMS(EACH("parts", "amount")), .rounding = XD_CENT,
      .text = "The amount must be the sum of its parts" },
    IN_ORDER("refund.dates", NULL, "requestedAt", "refundedAt",
        "It must not be refunded before it was asked for"),
    { "refund.currency", XD_ERROR, xd_rule_currency, .a = "amount.ccy",
      .text = "This amount must be in the refund's currency" },
    END
};

static const xd_rule_t gl_posting[] = {
    UNIQUE_LINES("gl-posting"),
    { "gl-posting.balance", XD_ERROR, xd_rule_sum, .b = "lines",
      .terms = TERMS(ONLY("lines", "amount", "side=dr"),
          LESS("lines", "amount", "side=cr")),
      .text = "Debits and credits must be equal" },
    CURRENCY("gl-posting", NULL),
    END
};


/* -- master ---------------------------------------------------------------- */

static const xd_rule_t item[] = {
    { "item.pack-unique", XD_ERROR, xd_rule_unique, .a = "packs", .b = "gtin",
      .text = "Two packs have the same GTIN; each has its own" },
    POSITIVE("item.pack", "packs", "contains",
        "A pack must contain more than 0 base units"),
    { "item.weight", XD_WARNING, xd_rule_sum, .a = "dims.netWeight",
      .terms = TERMS(PLUS("dims.weight")), .rounding = XD_AT_MOST,
      .text = "The net weight must not be more than the weight" },
    IN_ORDER("item.dates", NULL, "validFrom", "validTo",
        "It must not end before it begins"),
    END
};

static const xd_rule_t location[] = {
    IN_ORDER("location.dates", NULL, "opensOn", "closesOn",
        "It must not close before it opens"),
    END
};

static const xd_rule_t price[] = {
    IN_ORDER("price.dates", NULL, "validFrom", "validTo",
        "It must not end before it begins"),
    END
};

static const xd_rule_t cross_reference[] = {
    { "cross-reference.id-unique", XD_ERROR, xd_rule_unique, .a = "ids",
      .b = "system+scheme+value",
      .text = "This number stands twice; remove one" },
    { "cross-reference.preferred", XD_ERROR, xd_rule_unique, .a = "ids",
      .b = "system+scheme", .only = "preferred=true",
      .text = "Two numbers of one system are preferred; choose one" },
    IN_ORDER("cross-reference.dates", NULL, "validFrom", "validTo",
        "It must not end before it begins"),
    END
};


static const xd_rule_t system_of_record[] = {
    { "system-of-record.field-unique", XD_ERROR, xd_rule_unique,
      .a = "fields", .b = "document+path",
      .text = "This field stands twice; remove one row, as it has one owner" },
    END
};


/* -- pos ------------------------------------------------------------------- */

#define SOLD ONLY("lines", "amount", "kind=sale"),                                          ONLY("lines", "amount", "kind=return"),                                        ONLY("lines", "amount", "kind=discount")

static const xd_rule_t pos_sale[] = {
    UNIQUE_LINES("pos-sale"),
    { "pos-sale.lines-gross", XD_ERROR, xd_rule_sum,
      .when = "taxIncluded=true", .a = "totals.gross", .terms = TERMS(SOLD),
      .rounding = XD_CENT,
      .text = "totals.gross must be the sum of sales, returns and discounts" },
    { "pos-sale.lines-net", XD_ERROR, xd_rule_sum,
      .when = "taxIncluded!=true", .a = "totals.net", .terms = TERMS(SOLD),
      .rounding = XD_CENT,
      .text = "totals.net must be the sum of sales, returns and discounts" },
    { "pos-sale.tax", XD_ERROR, xd_rule_sum, .a = "totals.tax",
      .terms = TERMS(ONLY("lines", "amount", "kind=tax")),
      .rounding = XD_CENT,
      .text = "totals.tax must be the sum of the taxes" },
    { "pos-sale.gross", XD_ERROR, xd_rule_sum, .a = "totals.gross",
      .terms = TERMS(PLUS("totals.net"), PLUS("totals.tax")),
      .rounding = XD_CENT,
      .text = "totals.gross must be net plus tax" },
    { "pos-sale.tender", XD_ERROR, xd_rule_sum, .b = "lines",
      .terms = TERMS(ONLY("lines", "amount", "kind=tender"),
          MINUS("totals.gross"), MINUS("totals.rounding")),
      .text = "What was paid must be gross plus rounding" },
    { "pos-sale.line", XD_ERROR, xd_rule_refers, .a = "lines.ofLine",
      .b = "lines.lineNo",
      .text = "There is no line of this number; name one that there is" },
    CURRENCY("pos-sale", NULL),
    END
};


/* -- ops ------------------------------------------------------------------- */

static const xd_rule_t exception[] = {
    IN_ORDER("exception.dates", NULL, "openedAt", "slaDueAt",
        "It must not be due before it was opened"),
    END
};

static const xd_rule_t task[] = {
    { "task.four-eyes", XD_ERROR, xd_rule_differ, .when = "fourEyes=true",
      .a = "requestedBy", .b = "assignee",
      .text = "Who asked must not do it; let another person take it" },
    { "task.outcome", XD_ERROR, xd_rule_refers, .a = "outcome", .b = "choices",
      .text = "The outcome must be one of the choices" },
    IN_ORDER("task.dates", NULL, "createdAt", "dueAt",
        "It must not be due before it was created"),
    IN_ORDER("task.completed", NULL, "claimedAt", "completedAt",
        "It must not be completed before it was claimed"),
    END
};

static const xd_rule_t decision[] = {
    IN_ORDER("decision.features", NULL, "featureTime", "at",
        "The facts must not be later than the decision, which cannot have known them"),
    END
};


/* -- all ------------------------------------------------------------------- */

/* Prices of one unit, and costs, may be finer than coins. */
#define PRICES NAMES(NAME("unitPrice"), NAME("netPrice"), NAME("price"),       \
                     NAME("cost"))

const xd_rule_t xd_rules_any[] = {
    { "money.minor-digits", XD_WARNING, xd_rule_minor_digits,
      .but = PRICES,
      .text = "The amount must not be finer than its currency" },
    { "field.owner", XD_ERROR, xd_rule_owner, .a = "reject",
      .text = "This field is not the writer's to change; leave it out" },
    { "field.owner-wins", XD_WARNING, xd_rule_owner, .a = "owner-wins",
      .text = "This field is not the writer's, and will not be taken over; leave it out" },
    END
};

const xd_rule_set_t xd_rule_sets[] = {
    { "sales-order", sales_order },
    { "order-change", order_change },
    { "purchase-order", purchase_order },
    { "order-response", order_response },
    { "return", returns },
    { "approval", approval },
    { "fulfilment", fulfilment },
    { "shipment", shipment },
    { "receipt", receipt },
    { "transfer", transfer },
    { "pick", pick },
    { "inventory-position", inventory_position },
    { "inventory-movement", inventory_movement },
    { "stock-status-map", stock_status_map },
    { "count", count },
    { "invoice", invoice },
    { "credit-memo", invoice }, /* the same rules, by the same ids */
    { "payment", payment },
    { "settlement", settlement },
    { "refund", refund },
    { "gl-posting", gl_posting },
    { "item", item },
    { "location", location },
    { "price", price },
    { "cross-reference", cross_reference },
    { "system-of-record", system_of_record },
    { "pos-sale", pos_sale },
    { "exception", exception },
    { "task", task },
    { "decision", decision },
    { NULL, NULL }
};
