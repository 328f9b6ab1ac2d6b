/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * peek FILE SELECT - rows of a store, for the witness of a proof
 *
 * A row a line, a tab between columns; backslash, tab and newline inside a
 * column are escaped as \\, \t and \n.  Nothing is ever written.
 */

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#define BUSY_MS 10000


static void
column_print(sqlite3_stmt *row, int n)
{
    static const char special[] = "\\\t\n", letters[] = "\\tn";
    const char *text = sqlite3_column_blob(row, n);
    int len = sqlite3_column_bytes(row, n);

    if (n > 0) {
        putchar('\t');
    }

    for (int i = 0; i < len; i++) {
        const char *found = text[i] == '\0' ? NULL : strchr(special, text[i]);

        if (found != NULL) {
            putchar('\\');
            putchar(letters[found - special]);
        } else {
            putchar(text[i]);
        }
    }
}


static int
rows_print(sqlite3_stmt *row)
{
    int rc;

    while ((rc = sqlite3_step(row)) == SQLITE_ROW) {
        for (int n = 0; n < sqlite3_column_count(row); n++) {
            column_print(row, n);
        }
        putchar('\n');
    }

    return rc;
}


int
main(int argc, char **argv)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    int rc = SQLITE_DONE;

    if (argc != 3
        || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL)
               != SQLITE_OK
        || sqlite3_busy_timeout(db, BUSY_MS) != SQLITE_OK
        || sqlite3_prepare_v2(db, argv[2], -1, &row, NULL) != SQLITE_OK
        || (rc = rows_print(row)) != SQLITE_DONE)
    {
        fprintf(stderr, "peek: %s\n",
            db == NULL ? "usage: peek FILE SELECT" : sqlite3_errmsg(db));
        return 2;
    }

    (void) sqlite3_finalize(row);
    (void) sqlite3_close(db);

    return 0;
}
