/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Who is played, what each asks of a document, and how each can fail.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "sandbox.h"


/* What these systems cannot do without, so that a refusal is real. */
static const sandbox_need_t erp_needs[] = {
    { "shipment",       "/shipmentNo" },
    { "shipment",       "/shipFrom" },
    { "shipment",       "/shipTo" },
    { "shipment",       "/units" },
    { "sales-order",    "/orderNo" },
    { "sales-order",    "/lines" },
    { "purchase-order", "/poNo" },
    { "purchase-order", "/lines" },
    { "invoice",        "/invoiceNo" },
    { "invoice",        "/lines" },
    { NULL,             NULL },
};

static const sandbox_need_t wms_needs[] = {
    { "shipment",       "/shipmentNo" },
    { "shipment",       "/shipTo" },
    { "shipment",       "/units" },
    { "fulfilment",     "/taskNo" },
    { "fulfilment",     "/lines" },
    { NULL,             NULL },
};

static const sandbox_need_t oms_needs[] = {
    { "sales-order",    "/orderNo" },
    { "sales-order",    "/lines" },
    { NULL,             NULL },
};

const sandbox_role_t sandbox_roles[] = {
    /* name          prefix  json   needs */
    { "erp",         "ERP",  true,  erp_needs },
    { "oms",         "OMS",  true,  oms_needs },
    { "wms",         "WMS",  true,  wms_needs },
    { "pos",         "POS",  true,  NULL },
    { "payment",     "PAY",  true,  NULL },
    { "tax",         "TAX",  true,  NULL },
    { "fraud",       "FRD",  true,  NULL },
    { "carrier",     "CAR",  true,  NULL },
    { "loyalty",     "LOY",  true,  NULL },
    { "marketplace", "MKT",  true,  NULL },
    { "partner",     "PTN",  false, NULL }, /* EDI, as it goes out */
    { NULL,          NULL,   false, NULL },
};

const sandbox_fault_t sandbox_faults[] = {
    /* mode               works  status cut    delay  type, body */
    { "slow",             true,  0,     false, 3000,  NULL, NULL },
    { "500",              false, 500,   false, 0,     NULL, NULL },
    { "429",              false, 429,   false, 0,     NULL, NULL },
    { "401",              false, 401,   false, 0,     NULL, NULL },
    { "422",              false, 422,   false, 0,     NULL, NULL },
    { "reset",            false, 0,     true,  0,     NULL, NULL },
    { "reset-after-work", true,  0,     true,  0,     NULL, NULL },
    { "504-after-work",   true,  504,   false, 0,     NULL, NULL },
    { "400-means-done",   true,  400,   false, 0,     "application/json",
      "{\"code\":\"IDEMPOTENCY_ERROR\",\"id\":\"%s\"}" },
    { "garbage",          true,  200,   false, 0,     "text/html",
      "<html><body>Please sign in to continue</body></html>" },
    { NULL,               false, 0,     false, 0,     NULL, NULL },
};
