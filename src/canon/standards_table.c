/* SPDX-License-Identifier: BSD-2-Clause */

/* What our documents are called elsewhere.  Hand-set. */

#include "canon/page.h"


const xd_standard_t xd_standards[] = {
    /* document             X12              EDIFACT      others */

    { "sales-order",        "850",           "ORDERS",    "UBL Order" },
    { "order-change",       "860",           "ORDCHG",    "UBL OrderChange" },
    { "purchase-order",     "850",           "ORDERS",    "UBL Order, GS1 order" },
    { "order-response",     "855, 865",      "ORDRSP",    "UBL OrderResponse" },
    { "return",             "180",           "RETANN",    NULL },
    { "fulfilment",         "940, 945",      NULL,        NULL },
    { "shipment",           "856",           "DESADV",    "UBL DespatchAdvice" },
    { "receipt",            "861, 944",      "RECADV",    "UBL ReceiptAdvice" },
    { "transfer",           "940, 943",      "INSDES",    NULL },
    { "inventory-position", "846, 852",      "INVRPT",    "GS1 inventoryReport" },
    { "inventory-movement", "947",           "INVRPT",    "EPCIS ObjectEvent" },
    { "invoice",            "810",           "INVOIC",    "UBL Invoice" },
    { "credit-memo",        "812, 810",      "INVOIC (381)", "UBL CreditNote" },
    { "payment",            "820",           "REMADV",    "UBL RemittanceAdvice" },
    { "settlement",         "820",           "REMADV",    "UBL RemittanceAdvice" },
    { "item",               "832, 888",      "PRICAT",    "UBL Catalogue" },
    { "location",           "816",           "PARTIN",    NULL },
    { "supplier",           "838",           "PARTIN",    NULL },
    { "price",              "879, 889",      "PRICAT",    NULL },
    { "pos-sale",           NULL,            NULL,        "POSLog RetailTransaction" },
    { "exception",          "824",           "APERAK",    NULL },
    { "functional-ack",     "997, 999, TA1", "CONTRL",    "OAGIS ConfirmBOD" },
    { NULL, NULL, NULL, NULL }
};
