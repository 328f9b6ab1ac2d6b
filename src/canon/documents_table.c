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
    { "order-change",       "order",     "orderNo",            "shipTo.gln",
      ALSO("changeNo") },
    { "purchase-order",     "order",     "poNo",               "shipTo.gln",
      ALSO("contractRef", "salesOrderNo") },
    { "order-response",     "order",     "poNo",               NULL,
      ALSO("responseNo", "supplierOrderNo") },
    { "return",             "order",     "rmaNo",              "location.gln",
      ALSO("orderNo", "posKey", "tracking.0") },
    { "approval",           "order",     "approvalId",         NULL,
      ALSO("subject") },

    { "fulfilment",         "fulfil",    "taskNo",             "location.gln",
      ALSO("orderNo", "shipmentNo") },
    { "shipment",           "fulfil",    "shipmentNo",         "shipTo.gln",
      ALSO("bol", "tracking.0", "units.0.sscc", "units.0.contents.0.poNo",
           "units.0.contents.0.orderNo", "units.1.contents.0.poNo",
           "units.1.contents.0.orderNo", "units.2.contents.0.poNo",
           "units.2.contents.0.orderNo") },
    { "receipt",            "fulfil",    "receiptNo",          "location.gln",
      ALSO("asnRef", "sscc.0", "lines.0.ref.poNo", "lines.0.ref.asnNo",
           "lines.0.ref.transferNo", "lines.0.ref.rmaNo") },
    { "transfer",           "fulfil",    "transferNo",         "from.gln",
      ALSO("orderNo", "tracking.0") },
    { "pick",               "fulfil",    "pickNo",             "location.gln",
      ALSO("taskNo", "orderNo", "wave") },

    { "inventory-position", "inventory", "item.gtin",          "location.gln",
      ALSO("item.altIds.0.value") },
    { "inventory-movement", "inventory", "movementId",         "location.gln",
      ALSO("ref", "corrects", "item.gtin") },
    { "stock-status-map",   "inventory", "system",             NULL,
      NULL },
    { "count",              "inventory", "countNo",            "location.gln",
      ALSO("approvalId") },

    { "invoice",            "finance",   "invoiceNo",          NULL,
      ALSO("poNo", "lines.0.poNo", "asnNo") },
    { "credit-memo",        "finance",   "creditNo",           NULL,
      ALSO("refInvoice", "poNo", "lines.0.poNo", "rmaNo") },
    { "payment",            "finance",   "paymentId",          NULL,
      ALSO("bankRef", "ref", "orderNo", "allocations.0.invoiceNo") },
    { "settlement",         "finance",   "settlementId",       NULL,
      ALSO("bankRef") },
    { "refund",             "finance",   "refundNo",           NULL,
      ALSO("rmaNo", "orderNo", "posKey", "paymentRef", "providerRef",
           "approvalId") },
    { "gl-posting",         "finance",   "postingId",          NULL,
      ALSO("refs.0", "refs.1", "reversalOf") },

    { "item",               "master",    "gtin",               NULL,
      ALSO("altIds.0.value", "altIds.1.value") },
    { "location",           "master",    "gln",                "gln",
      ALSO("altIds.0.value", "altIds.1.value", "name") },
    { "supplier",           "master",    "gln",                NULL,
      ALSO("altIds.0.value", "altIds.1.value", "name") },
    { "customer",           "master",    "id",                 NULL,
      ALSO("altIds.0.value", "loyaltyId") },
    { "price",              "master",    "item.gtin",          "location.gln",
      ALSO("item.altIds.0.value", "promoId") },
    { "cross-reference",    "master",    "refId",              NULL,
      ALSO("ids.0.value", "ids.1.value", "ids.2.value", "gtin", "gln") },

    { "pos-sale",           "pos",       "seq",                "store",
      ALSO("receiptNo", "orderNo", "loyaltyId") },

    { "exception",          "ops",       "exceptionId",        NULL,
      ALSO("docRef") },
    { "functional-ack",     "ops",       "ackOf.interchange",  NULL,
      ALSO("ackOf.group", "ackOf.set") },
    { "delivery",           "ops",       "deliveryId",         NULL,
      ALSO("key", "docRef", "foreignId") },
    { "task",               "ops",       "taskId",             "location.gln",
      ALSO("docRef", "instance") },
    { "decision",           "ops",       "decisionId",         NULL,
      ALSO("subject", "docRef", "instance") },
    { "audit-note",         "ops",       "noteId",             NULL,
      ALSO("docRef") },

    { NULL, NULL, NULL, NULL, NULL }
};
