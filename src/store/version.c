/* SPDX-License-Identifier: BSD-2-Clause */

#include "store/version.h"


xd_rc_t
xd_key_version(xd_store_t *store, xd_str_t key, uint64_t *version)
{
    xd_sql_t *q =
        xd_sql(store, "INSERT INTO key_version (key, version) VALUES (?1, 1)"
                      " ON CONFLICT (key) DO UPDATE SET version = version + 1"
                      " RETURNING version");
    xd_rc_t rc;

    xd_sql_text(q, 1, key);

    rc = xd_sql_step(q);
    if (rc == XD_OK) {
        *version = (uint64_t) xd_sql_col_int(q, 0);
    }

    xd_sql_done(q);

    return rc == XD_E_NOT_FOUND ? XD_E_STORE : rc;
}
