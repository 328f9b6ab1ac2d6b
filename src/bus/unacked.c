/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The deliveries that the owner holds.  The broker closes a channel on which
 * a tag is acknowledged twice, and takes only tags that are outstanding, also
 * for `multiple`; so the link knows them.  Tags only grow: rows are appended
 * and found by halving.
 */

#include "bus/link_impl.h"


/* A buffer of the ground floor as a row of elements. */
static unacked_t *
rows_of(const xd_buf_t *rows)
{
    /* From realloc: aligned for any type. */
    return (unacked_t *) (void *) rows->ptr;
}


static size_t
count_of(const xd_buf_t *rows)
{
    return rows->len / sizeof(unacked_t);
}


xd_rc_t
unacked_add(xd_buf_t *rows, uint64_t tag, uint32_t consumer)
{
    unacked_t row = { .tag = tag, .consumer = consumer };

    xd_buf_add(rows, (xd_str_t){ (const char *) &row, sizeof(row) });

    return xd_buf_rc(rows);
}


bool
unacked_find(const xd_buf_t *rows, uint64_t tag, bool multiple, size_t *row)
{
    const unacked_t *at = rows_of(rows);
    size_t low = 0, high = count_of(rows);

    /* The first row behind tag is high in the end. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (at[middle].tag <= tag) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }

    if (high == 0 || (!multiple && at[high - 1].tag != tag)) {
        return false;
    }

    *row = high - 1;

    return true;
}


uint64_t
unacked_tag(const xd_buf_t *rows, size_t row)
{
    return rows_of(rows)[row].tag;
}


/* Mostly the first of few: moving the rest costs less than a list would. */
static void
drop_one(xd_buf_t *rows, size_t row)
{
    unacked_t *at = rows_of(rows);

    memmove(at + row, at + row + 1, (count_of(rows) - row - 1) * sizeof(*at));
    rows->len -= sizeof(*at);
}


void
unacked_drop(xd_buf_t *rows, size_t row, bool multiple)
{
    if (multiple) {
        xd_buf_drop(rows, (row + 1) * sizeof(unacked_t));
    } else {
        drop_one(rows, row);
    }
}


bool
unacked_take(xd_buf_t *rows, uint32_t consumer, size_t *row, uint64_t *tag)
{
    const unacked_t *at = rows_of(rows);

    while (*row < count_of(rows) && at[*row].consumer != consumer) {
        (*row)++;
    }

    if (*row == count_of(rows)) {
        return false;
    }

    *tag = at[*row].tag;
    drop_one(rows, *row);

    return true;
}
