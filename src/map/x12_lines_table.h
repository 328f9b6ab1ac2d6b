/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_X12_LINES_TABLE_H
#define XD_MAP_X12_LINES_TABLE_H

#include "map/x12_line.h"

/* The maps as tables: x12_order_table.c, x12_answer_table.c,
 * x12_invoice_table.c. */
extern const x12_lines_t x12_sales_order_850, x12_purchase_order_850,
    x12_order_response_855, x12_invoice_810;

#endif
