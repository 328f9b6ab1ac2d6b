/* SPDX-License-Identifier: BSD-2-Clause */

/* What is summed of which document.  Hand-set: clang-format leaves *_table.c
 * alone. */

#include "insight.h"


const totals_path_t totals_paths[] = {

    /* document             amount           quantity */
    { "sales-order", "totals.gross", "lines.*.qty.value" },
    { "purchase-order", "totals.net", "lines.*.qty.value" },
    { "order-response", NULL, "lines.*.qty.value" },
    { "return", "refundTotal", "lines.*.qty.value" },
    { "shipment", NULL, "units.*.contents.*.qty.value" },
    { "receipt", NULL, "lines.*.qtyReceived.value" },
    { "invoice", "totals.gross", "lines.*.qty.value" },
    { "credit-memo", "totals.gross", "lines.*.qty.value" },
    { "payment", "amount", NULL },
    { "refund", "amount", NULL },
    { "settlement", "net", NULL },
    { "pos-sale", "totals.gross", "lines.*.qty.value" },
    { NULL, NULL, NULL },
};
