/* SPDX-License-Identifier: BSD-2-Clause */

/* What xd-file counts.  Hand-set: clang-format leaves *_table.c alone. */

#include "file.h"


const xd_family_t file_taken_total = { "xd_file_taken_total",
    "Files from partners, by what became of them: taken, or the reason why "
    "they are in quarantine.", XD_COUNTER, { "party", "outcome" } };

const xd_family_t file_sent_total = { "xd_file_sent_total",
    "Files laid into a partner's folder.", XD_COUNTER, { "party" } };

const xd_family_t file_waiting = { "xd_file_waiting",
    "Files that are seen and not whole yet.", XD_GAUGE, { "party" } };

const xd_family_t file_folder_up = { "xd_file_folder_up",
    "1 while the folders of that side can be used.", XD_GAUGE,
    { "party", "side" } };
