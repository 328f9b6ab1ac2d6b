/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Partners' hot folders.  Nothing is opened while the configuration is read:
 * a folder that is away, such as one on another machine, must not keep the
 * others from working.  It is opened when it is first needed, as the user
 * that we are by then, and looked for again until it is there.
 */

#include "file.h"


/* -- reading --------------------------------------------------------------- */

/* Absolute, NUL-terminated and ours: the old configuration may go. */
static const char *
path_of(xd_arena_t *arena, const xd_conf_t *conf, xd_str_t path)
{
    return xd_dup(arena, xd_conf_resolve(conf, path)).ptr;
}


/* A folder of that name beside another, unless the setting names one. */
static const char *
beside(xd_arena_t *arena, const xd_conf_t *conf, const xd_node_t *node,
    const char *setting)
{
    const char *folder, *slash;
    size_t len;

    if (xd_text(node, setting).len > 0) {
        return path_of(arena, conf, xd_text(node, setting));
    }

    folder = path_of(arena, conf, xd_text(node, "folder"));
    if (folder == NULL) {
        return NULL;
    }

    len = strlen(folder);
    while (len > 1 && folder[len - 1] == '/') {
        len--;
    }

    slash = memrchr(folder, '/', len);
    len = slash == NULL ? 0 : (size_t) (slash - folder);

    return xd_fmt(arena, "%.*s/%s", (int) len, folder, setting).ptr;
}


static const char *const *
patterns_of(xd_arena_t *arena, const xd_node_t *list)
{
    size_t count = list == NULL ? 0 : list->count, n = 0;
    const char **all = xd_alloc_n(arena, count + 1, sizeof(*all));

    xd_each (item, list) {
        if (all == NULL || (all[n++] = xd_dup(arena, item->text).ptr) == NULL) {
            return NULL;
        }
    }

    return all;
}


static bool
read_rule(xd_arena_t *arena, const xd_node_t *node, ready_rule_t *rule)
{
    static const char *const ways[] = {
        [READY_STABLE] = "stable",
        [READY_MARKER] = "marker",
        [READY_RENAMED] = "renamed",
    };

    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        if (xd_str_is(xd_text(node, "ready"), ways[i])) {
            rule->how = (ready_how_t) i;
        }
    }

    rule->stable_ms = xd_conf_ms(node, "stable", 10000);
    rule->marker = xd_dup(arena, xd_text(node, "marker"));
    rule->match = patterns_of(arena, xd_get(node, "match"));

    return rule->marker.ptr != NULL && rule->match != NULL;
}


static bool
inbox_folders(xd_arena_t *arena, const xd_conf_t *conf, const xd_node_t *node,
    file_inbox_t *box)
{
    xd_str_t done = xd_text(node, "done");

    box->in = FOLDER(path_of(arena, conf, xd_text(node, "folder")));
    box->work = FOLDER(beside(arena, conf, node, "work"));
    box->quarantine = FOLDER(beside(arena, conf, node, "quarantine"));
    box->done = FOLDER(done.len > 0 ? path_of(arena, conf, done) : NULL);

    return box->in.path != NULL && box->work.path != NULL
           && box->quarantine.path != NULL
           && (done.len == 0 || box->done.path != NULL);
}


static xd_rc_t
add_inbox(xd_arena_t *arena, file_t *f, const xd_conf_t *conf,
    const xd_node_t *partner, file_inbox_t **list)
{
    const xd_node_t *node = xd_get(xd_get(partner, "file"), "in");
    file_inbox_t *box;

    if (node == NULL) {
        return XD_OK;
    }

    box = xd_alloc(arena, sizeof(*box));
    if (box == NULL || !inbox_folders(arena, conf, node, box)
        || !read_rule(arena, node, &box->rule))
    {
        return XD_E_MEMORY;
    }

    box->f = f;
    box->party = xd_dup(arena, partner->key);
    box->format = xd_dup(arena, xd_text(node, "format"));
    box->document = xd_dup(arena, xd_text(node, "document"));
    box->largest = xd_conf_bytes(node, "largest", 64 << 20);
    box->watch = -1;
    box->looks = box->ready = XD_VEC(look_t);
    box->next = *list;
    *list = box;

    return box->party.ptr != NULL && box->format.ptr != NULL ? XD_OK
                                                             : XD_E_MEMORY;
}


static xd_rc_t
add_outbox(xd_arena_t *arena, file_t *f, const xd_conf_t *conf,
    const xd_node_t *partner, file_outbox_t **list)
{
    const xd_node_t *node = xd_get(xd_get(partner, "file"), "out");
    file_outbox_t *box;

    if (node == NULL) {
        return XD_OK;
    }

    box = xd_alloc(arena, sizeof(*box));
    if (box == NULL) {
        return XD_E_MEMORY;
    }

    box->f = f;
    box->party = xd_dup(arena, partner->key);
    box->name = xd_dup(arena, xd_text(node, "name"));
    box->out = FOLDER(path_of(arena, conf, xd_text(node, "folder")));
    box->work = FOLDER(beside(arena, conf, node, "work"));
    box->next = *list;
    *list = box;

    return box->party.ptr != NULL && box->name.ptr != NULL
                   && box->out.path != NULL && box->work.path != NULL
               ? XD_OK
               : XD_E_MEMORY;
}


/* -- the generation -------------------------------------------------------- */

/* A look's memory comes and goes with each scan. */
static bool
make_looks(file_inbox_t *inboxes)
{
    for (file_inbox_t *box = inboxes; box != NULL; box = box->next) {
        box->names[0] = xd_arena_new(0);
        box->names[1] = xd_arena_new(0);
        if (box->names[0] == NULL || box->names[1] == NULL) {
            return false;
        }
    }

    return true;
}


static void
drop(file_inbox_t *inboxes, file_outbox_t *outboxes)
{
    for (file_inbox_t *box = inboxes; box != NULL; box = box->next) {
        folder_close(&box->in);
        folder_close(&box->work);
        folder_close(&box->quarantine);
        folder_close(&box->done);
        xd_arena_free(box->names[0]);
        xd_arena_free(box->names[1]);
    }

    for (file_outbox_t *box = outboxes; box != NULL; box = box->next) {
        folder_close(&box->out);
        folder_close(&box->work);
    }
}


void
file_settings_free(file_t *f)
{
    drop(f->inboxes, f->outboxes);
    f->inboxes = NULL;
    f->outboxes = NULL;
    xd_arena_free(f->settings);
    f->settings = NULL;
}


static xd_rc_t
read_all(file_t *f, xd_arena_t *arena, const xd_conf_t *conf,
    file_inbox_t **inboxes, file_outbox_t **outboxes)
{
    xd_rc_t rc = XD_OK;

    xd_each (partner, conf->partners) {
        if (rc == XD_OK) {
            rc = add_inbox(arena, f, conf, partner, inboxes);
        }
        if (rc == XD_OK) {
            rc = add_outbox(arena, f, conf, partner, outboxes);
        }
    }

    return rc == XD_OK && !make_looks(*inboxes) ? XD_E_MEMORY : rc;
}


/* What is laid out would come in again: by its path here; folders.c compares
 * what is behind the paths, once it is there. */
static xd_rc_t
check_path(const file_inbox_t *in, const file_outbox_t *outboxes,
    xd_report_t *rep)
{
    for (const file_outbox_t *out = outboxes; out != NULL; out = out->next) {
        if (strcmp(out->out.path, in->in.path) == 0) {
            xd_reportf(rep,
                &(xd_finding_t){ .severity = XD_ERROR,
                    .scope = XD_SCOPE_FILE,
                    .rule = "file.folder.twice",
                    .path = xd_str(in->in.path) },
                "What is laid out for '%.*s' would be taken in from '%.*s': "
                "the two folders must differ.",
                XD_FMT(out->party), XD_FMT(in->party));
            return XD_E_CONF;
        }
    }

    return XD_OK;
}


static xd_rc_t
check_paths(const file_inbox_t *inboxes, const file_outbox_t *outboxes,
    xd_report_t *rep)
{
    xd_rc_t rc = XD_OK;

    for (const file_inbox_t *in = inboxes; in != NULL; in = in->next) {
        if (check_path(in, outboxes, rep) != XD_OK) {
            rc = XD_E_CONF;
        }
    }

    return rc;
}


xd_rc_t
file_settings_load(file_t *f, const xd_conf_t *conf, xd_report_t *rep)
{
    xd_arena_t *arena = xd_arena_new(0);
    file_inbox_t *inboxes = NULL;
    file_outbox_t *outboxes = NULL;
    const char *archive = NULL;
    xd_str_t origin = XD_STR_NONE;
    xd_rc_t rc = XD_E_MEMORY;

    if (arena != NULL) {
        archive = xd_dup(arena, xd_str(xd_conf_path(conf, "archive"))).ptr;
        origin = xd_dup(arena, xd_text(conf->main, "name"));
    }
    if (archive != NULL && origin.ptr != NULL) {
        rc = read_all(f, arena, conf, &inboxes, &outboxes);
    }
    if (rc == XD_OK) {
        rc = check_paths(inboxes, outboxes, rep);
    }
    if (rc != XD_OK) {
        drop(inboxes, outboxes);
        xd_arena_free(arena);
        return rc;
    }

    file_settings_free(f);
    f->settings = arena;
    f->inboxes = inboxes;
    f->outboxes = outboxes;
    f->archive = archive;
    f->origin = origin;

    return XD_OK;
}
