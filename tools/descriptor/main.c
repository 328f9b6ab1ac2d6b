/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * descriptor - the documents as tables of C
 *
 * Usage: descriptor SCHEMAS OUT.c
 *
 * Writes xd_descriptors of src/canon/descriptor.h.  It links the rooms up to
 * canon, and none of them needs what it writes.  Exit status: 0 written, 1
 * not.
 */

#include <errno.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/map.h"
#include "canon/descriptor.h"
#include "canon/document.h"

typedef struct {
    xd_arena_t *arena;
    xd_map_t *done; /* address of a table -> its number */
    size_t count;
    xd_buf_t out;
} writer_t;


static const char *const kind_names[] = {
    [XD_FIELD_STRING] = "XD_FIELD_STRING",
    [XD_FIELD_NUMBER] = "XD_FIELD_NUMBER",
    [XD_FIELD_INTEGER] = "XD_FIELD_INTEGER",
    [XD_FIELD_BOOLEAN] = "XD_FIELD_BOOLEAN",
    [XD_FIELD_OBJECT] = "XD_FIELD_OBJECT",
    [XD_FIELD_ARRAY] = "XD_FIELD_ARRAY",
    [XD_FIELD_FREE] = "XD_FIELD_FREE",
    [XD_FIELD_ANY] = "XD_FIELD_ANY",
};


/* Names, formats and pointers are written as they are: what would end a
 * literal of C is escaped. */
static void
write_literal(writer_t *w, const char *text)
{
    if (text == NULL) {
        xd_buf_text(&w->out, "NULL");
        return;
    }

    xd_buf_byte(&w->out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            xd_buf_byte(&w->out, '\\');
        }
        xd_buf_byte(&w->out, *text);
    }
    xd_buf_byte(&w->out, '"');
}


/* The number of a table that has been written; 0: not yet. */
static size_t
number_of(const writer_t *w, const xd_field_t *table)
{
    size_t *known =
        xd_map_get(w->done, (xd_str_t){ (const char *) &table, sizeof(table) });

    return known != NULL ? *known : 0;
}


static xd_rc_t
note(writer_t *w, const xd_field_t *table)
{
    size_t *number = xd_alloc(w->arena, sizeof(*number));
    xd_str_t key =
        xd_dup(w->arena, (xd_str_t){ (const char *) &table, sizeof(table) });

    if (number == NULL || key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    *number = ++w->count;

    return xd_map_put(w->done, key, number, NULL);
}


static void
write_field(writer_t *w, const xd_field_t *f)
{
    xd_buf_text(&w->out, "{ ");
    write_literal(w, f->name);
    xd_buf_text(&w->out, ", ");
    write_literal(w, f->pointer);
    xd_buf_fmt(&w->out, ", %s, %u, ", kind_names[f->kind], f->flags);
    write_literal(w, f->format);
    if (f->count > 0) {
        xd_buf_fmt(&w->out, ", f%zu, %zu }", number_of(w, f->children),
            f->count);
    } else {
        xd_buf_text(&w->out, ", NULL, 0 }");
    }
}


/* The tables below a field, the innermost first. */
static xd_rc_t
write_tables(writer_t *w, const xd_field_t *f)
{
    xd_rc_t rc = XD_OK;

    if (f->count == 0 || number_of(w, f->children) > 0) {
        return XD_OK;
    }

    for (size_t i = 0; rc == XD_OK && i < f->count; i++) {
        rc = write_tables(w, &f->children[i]);
    }

    rc = rc == XD_OK ? note(w, f->children) : rc;
    if (rc != XD_OK) {
        return rc;
    }

    xd_buf_fmt(&w->out, "static const xd_field_t f%zu[] = {\n", w->count);
    for (size_t i = 0; i < f->count; i++) {
        xd_buf_text(&w->out, "    ");
        write_field(w, &f->children[i]);
        xd_buf_text(&w->out, ",\n");
    }
    xd_buf_text(&w->out, "};\n\n");

    return XD_OK;
}


static void
write_row(writer_t *w, const xd_descriptor_t *row, xd_buf_t *rows)
{
    xd_buf_t kept = w->out;

    w->out = *rows;
    xd_buf_text(&w->out, "    { ");
    write_literal(w, row->document);
    xd_buf_text(&w->out, ", ");
    write_literal(w, row->id);
    xd_buf_text(&w->out, ", ");
    write_literal(w, row->space);
    xd_buf_text(&w->out, ",\n      ");
    write_field(w, &row->root);
    xd_buf_text(&w->out, " },\n");
    *rows = w->out;
    w->out = kept;
}


static xd_rc_t
write_documents(writer_t *w, const xd_book_t *book)
{
    xd_describer_t *d = xd_describer_new(w->arena, book);
    xd_buf_t rows = { 0 };
    xd_descriptor_t row;
    xd_rc_t rc = d != NULL ? XD_OK : XD_E_MEMORY;

    for (size_t i = 0; rc == XD_OK && i < book->leaves.count; i++) {
        const xd_leaf_t *leaf = *XD_AT(&book->leaves, xd_leaf_t *, i);

        if (xd_document_find(leaf->name) == NULL) {
            continue;
        }

        rc = xd_describe(d, leaf, &row);
        rc = rc == XD_OK ? write_tables(w, &row.root) : rc;
        write_row(w, &row, &rows);
    }

    xd_buf_text(&w->out, "const xd_descriptor_t xd_descriptors[] = {\n");
    xd_buf_add(&w->out, xd_buf_str(&rows));
    xd_buf_text(&w->out, "    { 0 }\n};\n");
    xd_buf_free(&rows);

    return rc == XD_OK ? xd_buf_rc(&w->out) : rc;
}


static xd_rc_t
run(writer_t *w, const char *dir, const char *path, xd_report_t *rep)
{
    xd_book_t book = xd_book_new(w->arena);
    xd_rc_t rc = xd_book_load(w->arena, dir, &book, rep);

    if (rc != XD_OK) {
        return rc;
    }

    xd_buf_text(&w->out, "/* Made by tools/descriptor; do not edit. */\n\n"
                         "#include \"canon/descriptor.h\"\n\n");
    rc = write_documents(w, &book);

    return rc == XD_OK ? xd_file_write(path, xd_buf_str(&w->out), 0644) : rc;
}


static int
tell(const xd_report_t *rep, const char *dir, xd_rc_t rc)
{
    for (size_t i = 0; i < rep->nkept; i++) {
        fprintf(stderr, "descriptor: %.*s: %.*s\n", XD_FMT(rep->kept[i].path),
            XD_FMT(rep->kept[i].text));
    }

    fprintf(stderr, "descriptor: %s: %s\n", dir,
        rc == XD_E_IO ? strerror(errno) : xd_rc_text(rc));

    return 1;
}


int
main(int argc, char **argv)
{
    writer_t w = { .arena = xd_arena_new(0) };
    xd_report_t rep;
    xd_rc_t rc;

    if (argc != 3 || w.arena == NULL) {
        fprintf(stderr, "usage: descriptor SCHEMAS OUT.c\n");
        xd_arena_free(w.arena);
        return 1;
    }

    xd_report_init(&rep, w.arena, 20);
    w.done = xd_map_new(w.arena);
    rc = w.done != NULL ? run(&w, argv[1], argv[2], &rep) : XD_E_MEMORY;
    if (rc != XD_OK) {
        (void) tell(&rep, argv[1], rc);
    }

    xd_buf_free(&w.out);
    xd_arena_free(w.arena);

    return rc == XD_OK ? 0 : 1;
}
