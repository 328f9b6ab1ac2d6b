/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every message of EDIFACT that has a grammar, once for each directory.
 * Hand-set: clang-format leaves *_table.c alone.
 */

#include "edi/edifact_segments.h"


extern const edi_set_t
    edi_orders_d96a, edi_orders_d01b, edi_ordrsp_d96a, edi_ordrsp_d01b,
    edi_ordchg_d96a, edi_ordchg_d01b, edi_ostenq_d01b, edi_ostrpt_d01b,
    edi_desadv_d96a, edi_desadv_d01b, edi_recadv_d96a, edi_recadv_d01b,
    edi_retann_d01b, edi_insdes_d01b, edi_invoic_d96a, edi_invoic_d01b,
    edi_invoic_d14b, edi_remadv_d96a, edi_remadv_d01b, edi_invrpt_d96a,
    edi_invrpt_d01b, edi_slsrpt_d96a, edi_slsrpt_d01b, edi_delfor_d96a,
    edi_delfor_d01b, edi_pricat_d96a, edi_pricat_d01b, edi_partin_d96a,
    edi_partin_d01b, edi_iftmin_d96a, edi_iftmin_d01b, edi_iftsta_d96a,
    edi_iftsta_d01b, edi_contrl_22, edi_contrl_d3, edi_contrl_41,
    edi_aperak_d96a, edi_aperak_d01b;

const edi_set_t *const edi_edifact_messages[] = {
    &edi_orders_d96a, &edi_orders_d01b, &edi_ordrsp_d96a, &edi_ordrsp_d01b,
    &edi_ordchg_d96a, &edi_ordchg_d01b, &edi_ostenq_d01b, &edi_ostrpt_d01b,
    &edi_desadv_d96a, &edi_desadv_d01b, &edi_recadv_d96a, &edi_recadv_d01b,
    &edi_retann_d01b, &edi_insdes_d01b, &edi_invoic_d96a, &edi_invoic_d01b,
    &edi_invoic_d14b, &edi_remadv_d96a, &edi_remadv_d01b, &edi_invrpt_d96a,
    &edi_invrpt_d01b, &edi_slsrpt_d96a, &edi_slsrpt_d01b, &edi_delfor_d96a,
    &edi_delfor_d01b, &edi_pricat_d96a, &edi_pricat_d01b, &edi_partin_d96a,
    &edi_partin_d01b, &edi_iftmin_d96a, &edi_iftmin_d01b, &edi_iftsta_d96a,
    &edi_iftsta_d01b, &edi_contrl_22, &edi_contrl_d3, &edi_contrl_41,
    &edi_aperak_d96a, &edi_aperak_d01b,
};

const size_t edi_edifact_messages_count =
    sizeof(edi_edifact_messages) / sizeof(edi_edifact_messages[0]);
