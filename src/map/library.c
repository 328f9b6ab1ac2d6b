/* SPDX-License-Identifier: BSD-2-Clause */

/* Files of maps, each read once. */

#include "base/file.h"
#include "map/overlay.h"

#define FILE_MAX ((size_t) 1 << 20)


static map_text_t *
known(const map_library_t *lib, const char *path)
{
    for (size_t i = 0; i < lib->files.count; i++) {
        map_text_t *text = *XD_AT(&lib->files, map_text_t *, i);

        if (strcmp(text->file->path, path) == 0) {
            return text;
        }
    }

    return NULL;
}


const map_text_t *
map_library_find(const map_library_t *lib, xd_str_t name)
{
    for (size_t i = 0; i < lib->files.count; i++) {
        const map_text_t *text = *XD_AT(&lib->files, map_text_t *, i);

        if (text->is_map && xd_str_eq(text->name, name)) {
            return text;
        }
    }

    return NULL;
}


/* A path from the folder of the file that names it. */
static const char *
beside(map_library_t *lib, const map_text_t *text, xd_str_t path)
{
    const char *slash = strrchr(text->file->path, '/');
    size_t folder = slash != NULL ? (size_t) (slash - text->file->path) + 1 : 0;

    return xd_fmt(lib->arena, "%.*s%.*s", (int) folder, text->file->path,
        XD_FMT(path))
        .ptr;
}


static xd_rc_t
read_includes(map_library_t *lib, map_text_t *text)
{
    for (size_t i = 0; i < text->includes.count; i++) {
        map_include_t *inc = XD_AT(&text->includes, map_include_t, i);
        const char *path = beside(lib, text, inc->path);
        map_text_t *other;
        xd_rc_t rc =
            path != NULL ? map_library_read(lib, path, &other) : XD_E_MEMORY;

        if (rc == XD_E_IO) {
            map_fault(lib->rep, &inc->at, "map.include",
                "The file \"%.*s\" cannot be read.", XD_FMT(inc->path));
            return XD_E_CONF;
        }
        if (rc != XD_OK) {
            return rc;
        }
        if (other->is_map || other->lines.first != NULL) {
            map_fault(lib->rep, &inc->at, "map.include",
                "Only tables and blocks can be included; \"%.*s\" has more.",
                XD_FMT(inc->path));
            return XD_E_CONF;
        }
        inc->text = other;
    }

    return XD_OK;
}


xd_rc_t
map_library_put(map_library_t *lib, const char *path, xd_str_t bytes,
    map_text_t **out)
{
    map_text_t *text = xd_alloc(lib->arena, sizeof(*text)), **slot;
    map_file_t *file = xd_alloc(lib->arena, sizeof(*file));
    xd_rc_t rc;

    slot = xd_vec_push(&lib->files, lib->arena);
    if (text == NULL || file == NULL || slot == NULL) {
        return XD_E_MEMORY;
    }

    file->path = xd_dup(lib->arena, xd_str(path)).ptr;
    file->bytes = bytes;
    *text = (map_text_t){ .file = file };
    *slot = text;
    *out = text;
    if (file->path == NULL) {
        return XD_E_MEMORY;
    }

    rc = map_parse(lib->arena, file, text, lib->rep);
    if (rc == XD_OK) {
        rc = read_includes(lib, text);
    }

    return rc == XD_E_SYNTAX || rc == XD_E_LIMIT ? XD_E_CONF : rc;
}


xd_rc_t
map_library_read(map_library_t *lib, const char *path, map_text_t **out)
{
    xd_str_t bytes;
    xd_rc_t rc;

    *out = known(lib, path);
    if (*out != NULL) {
        return XD_OK;
    }

    rc = xd_file_read(lib->arena, path, FILE_MAX, &bytes);
    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_E_IO;
    }

    return map_library_put(lib, path, bytes, out);
}
