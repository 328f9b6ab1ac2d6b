/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_BASE_RC_H
#define XD_BASE_RC_H


/* What a call that can fail returns; the text of each is in rc.c. */
typedef enum {
    XD_OK = 0,
    XD_E_MEMORY = -1, /* an arena's or buffer's limit was reached */
    XD_E_SYNTAX = -2, /* the input is wrong: see the report */
    XD_E_LINK = -3,   /* the peer is gone: reconnect */
    XD_E_AGAIN = -4,  /* not now: the window is full, the peer is blocked */
    XD_E_LIMIT = -5,  /* a configured or protocol limit would be passed */
    XD_E_NOT_FOUND = -6,
    XD_E_CONFLICT = -7, /* the same id with another content */
    XD_E_IO = -8,       /* a file or socket call failed: see errno */
    XD_E_STORE = -9,    /* the database failed: logged where it was seen */
    XD_E_CONF = -10     /* the configuration is wrong: see the report */
} xd_rc_t;

#define XD_CHECKED           __attribute__((warn_unused_result))
#define XD_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* A short sentence part for a log line, such as "limit reached". */
const char *xd_rc_text(xd_rc_t rc);

#endif
