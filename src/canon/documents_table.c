/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The documents of Crossdock: which exchange their facts go to, what a person
 * calls their number, whose site is their site, what else people search by.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "canon/document.h"


/* More paths by which people look for a document. */
#define ALSO(...) ((const char *const[]){ __VA_ARGS__, NULL })

const xd_document_t xd_documents[] = {
    /* name                 domain       number                site, also */

    { "sales-order",        "order",     "orderNo",            NULL,
      NULL },
    { "order-change",       "order",     "orderNo",            NULL,
      NULL },
    { "purchase-order",     "order",     "poNo",               "shipTo.gln",
      NULL },
    { "order-response",     "order",     "poNo",               NULL,
      NULL },
    { "return",             "order",     "rmaNo",              NULL,
      ALSO("orderNo", "posKey") },
    { "approval",           "order",     "approvalId",         NULL,
      ALSO("subject") },

    { "fulfilment",         "fulfil",    "taskNo",             "location.gln",
      ALSO("orderNo") },
    { "shipment",           "fulfil",    "shipmentNo",         "shipTo.gln",
      ALSO("bol", "tracking.0", "units.0.contents.0.poNo",
           "units.0.contents.0.orderNo") },
    { "receipt",            "fulfil",    "receiptNo",          "location.gln",
      ALSO("asnRef", "sscc") },
    { "transfer",           "fulfil",    "transferNo",         "from.gln",
      NULL },
    { "pick",               "fulfil",    "pickNo",             "location.gln",
      ALSO("taskNo", "orderNo") },

    { "inventory-position", "inventory", "item.gtin",          "location.gln",
      NULL },
    { "inventory-movement", "inventory", "movementId",         "location.gln",
      ALSO("ref") },
    { "stock-status-map",   "inventory", "system",             NULL,
      NULL },
    { "count",              "inventory", "countNo",            "location.gln",
      NULL },

    { "invoice",            "finance",   "invoiceNo",          NULL,
      ALSO("lines.0.poNo") },
    { "credit-memo",        "finance",   "creditNo",           NULL,
      ALSO("refInvoice") },
    { "payment",            "finance",   "paymentId",          NULL,
      ALSO("bankRef", "orderNo") },
    { "settlement",         "finance",   "settlementId",       NULL,
      ALSO("bankRef") },
    { "refund",             "finance",   "refundNo",           NULL,
      ALSO("rmaNo", "orderNo", "paymentRef") },
    { "gl-posting",         "finance",   "postingId",          NULL,
      ALSO("refs.0") },

    { "item",               "master",    "gtin",               NULL,
      ALSO("altIds.0.value") },
    { "location",           "master",    "gln",                "gln",
      ALSO("altIds.0.value") },
    { "supplier",           "master",    "gln",                NULL,
      ALSO("altIds.0.value", "name") },
    { "customer",           "master",    "id",                 NULL,
      NULL },
    { "price",              "master",    "item.gtin",          "location.gln",
      ALSO("promoId") },
    { "cross-reference",    "master",    "refId",              NULL,
      ALSO("value") },

    { "pos-sale",           "pos",       "seq",                "store",
      ALSO("loyaltyId") },

    { "exception",          "ops",       "exceptionId",        NULL,
      ALSO("docRef") },
    { "functional-ack",     "ops",       "ackOf.interchange",  NULL,
      ALSO("ackOf.group", "ackOf.set") },
    { "delivery",           "ops",       "deliveryId",         NULL,
      ALSO("key", "docRef", "foreignId") },
    { "task",               "ops",       "taskId",             NULL,
      ALSO("docRef") },
    { "decision",           "ops",       "decisionId",         NULL,
      ALSO("docRef") },
    { "audit-note",         "ops",       "noteId",             NULL,
      ALSO("docRef") },

    { NULL, NULL, NULL, NULL, NULL }
};
