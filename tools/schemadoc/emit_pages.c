/* SPDX-License-Identifier: BSD-2-Clause */

/* A page for each document, and one that lists them. */

#include "emit.h"

#include "base/file.h"
#include "canon/page.h"
#include "format/json.h"


static xd_rc_t
read_example(emit_t *e, const xd_leaf_t *leaf, xd_node_t **out)
{
    xd_str_t path = xd_fmt(e->arena, "%s/%.*s/examples/typical.json", e->dir,
        XD_FMT(leaf->name));
    xd_str_t bytes;
    xd_rc_t rc = path.ptr == NULL ? XD_E_MEMORY
                                  : xd_file_read(e->arena, path.ptr, 0, &bytes);

    return rc == XD_OK ? xd_json_read(e->arena, bytes, NULL, out, &e->rep) : rc;
}


static xd_rc_t
write_page(emit_t *e, const xd_leaf_t *leaf)
{
    xd_page_t page = { .book = &e->book,
        .leaf = leaf,
        .lifecycles = e->lifecycles };
    xd_str_t name = xd_fmt(e->arena, "schemas/%.*s.md", XD_FMT(leaf->name));
    xd_node_t *example = NULL;
    xd_buf_t out = { 0 };
    xd_rc_t rc =
        name.ptr == NULL ? XD_E_MEMORY : read_example(e, leaf, &example);

    page.example = example;
    if (rc == XD_OK) {
        rc = xd_page_write(e->arena, &page, &out);
    }

    if (rc == XD_OK) {
        rc = emit_file(e, name, xd_buf_str(&out));
    }

    xd_buf_free(&out);

    return rc;
}


static void
write_entry(xd_buf_t *index, const xd_leaf_t *leaf, const xd_document_t *row)
{
    xd_buf_fmt(index, "| [%.*s](%.*s.md) | %u.%u | %s | %.*s |\n",
        XD_FMT(leaf->name), XD_FMT(leaf->name), leaf->major, leaf->minor,
        row->domain, XD_FMT(xd_text(leaf->root, "description")));
}


xd_rc_t
emit_pages(emit_t *e)
{
    xd_buf_t index = { 0 };
    const xd_document_t *row;
    const xd_leaf_t *leaf;
    xd_rc_t rc = XD_OK;

    xd_buf_text(&index, "# Documents\n\n| Document | Version | Domain | What "
                        "it is |\n|---|---|---|---|\n");

    for (size_t n = 0;
         rc == XD_OK && (leaf = emit_document(e, n, &row)) != NULL; n++)
    {
        write_entry(&index, leaf, row);
        rc = write_page(e, leaf);
    }

    if (rc == XD_OK) {
        rc = xd_buf_rc(&index);
    }

    if (rc == XD_OK) {
        rc = emit_file(e, XD_STR("schemas/README.md"), xd_buf_str(&index));
    }

    xd_buf_free(&index);

    return rc;
}
