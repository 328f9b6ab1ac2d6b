/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * edipages - a reference page for each transaction set, made from its tables
 *
 *   edipages FOLDER
 *
 * Writes FOLDER/<set>.md and FOLDER/index.md.  Exits 1 when a file cannot be
 * written, 2 when it was called wrongly.
 */

#include <stdio.h>

#include "base/file.h"
#include "page.h"


/* Writes the page and empties both buffers. */
static bool
put(const char *folder, xd_buf_t *name, xd_buf_t *page)
{
    char path[4096];
    int len = snprintf(path, sizeof(path), "%s/%.*s.md", folder,
        XD_FMT(xd_buf_str(name)));
    bool done = len > 0 && (size_t) len < sizeof(path)
                && xd_buf_rc(name) == XD_OK && xd_buf_rc(page) == XD_OK
                && xd_file_write(path, xd_buf_str(page), 0644) == XD_OK;

    if (!done) {
        (void) fprintf(stderr, "edipages: %s cannot be written\n", path);
    }
    xd_buf_free(name);
    xd_buf_free(page);

    return done;
}


int
main(int argc, char **argv)
{
    xd_buf_t name = { 0 }, page = { 0 };
    bool done = true;

    if (argc != 2) {
        (void) fputs("usage: edipages FOLDER\n", stderr);
        return 2;
    }

    for (size_t i = 0; done && i < edi_x12_sets_count; i++) {
        edi_page_name(edi_x12_sets[i], &name);
        edi_page_set(edi_x12_sets[i], &page);
        done = put(argv[1], &name, &page);
    }

    if (done) {
        xd_buf_text(&name, "index");
        edi_page_index(&page);
        done = put(argv[1], &name, &page);
    }

    return done ? 0 : 1;
}
