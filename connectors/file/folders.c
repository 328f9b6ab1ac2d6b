/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The folders of a side are opened together, and count as one: a folder that
 * is missing, lies on another file system, or serves something else too,
 * closes the side until it is mended.
 */

#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/inotify.h>

#include "base/log.h"

#define WORK_MODE   0700 /* nobody else's */
#define SHELF_MODE  0750 /* quarantine and done: people look into them */

#define INBOX_USES  4
#define OUTBOX_USES 2

/* -- state ----------------------------------------------------------------- */

/* Said when it changes, and not at every look. */
static void
state_set(const file_t *f, file_state_t *s, const xd_str_t labels[2],
    const char *why)
{
    bool up = why == NULL;

    xd_metric_set(f->metrics, &file_folder_up, up, labels);

    if (s->said && s->up == up && (up || strcmp(s->why, why) == 0)) {
        return;
    }

    if (!up || s->said) {
        xd_log(up ? XD_LOG_INFO : XD_LOG_ERROR,
            XD_FIELDS({ "party", labels[0] }, { "side", labels[1] },
                { "reason", up ? XD_STR("mended") : xd_str(why) }),
            up ? "the folders can be used again"
               : "the folders cannot be used");
    }

    s->up = up;
    s->said = true;
    (void) snprintf(s->why, sizeof(s->why), "%s", up ? "" : why);
}


static void
inbox_state(file_inbox_t *box, const char *why)
{
    const xd_str_t labels[] = { box->party, XD_STR("in") };

    state_set(box->f, &box->state, labels, why);
}


static void
outbox_state(file_outbox_t *box, const char *why)
{
    const xd_str_t labels[] = { box->party, XD_STR("out") };

    state_set(box->f, &box->state, labels, why);
}


static void
inbox_close(file_inbox_t *box)
{
    if (box->watch != -1) {
        (void) inotify_rm_watch(box->f->notify, box->watch);
        box->watch = -1;
    }

    folder_close(&box->in);
    folder_close(&box->work);
    folder_close(&box->quarantine);
    folder_close(&box->done);
}


static void
outbox_close(file_outbox_t *box)
{
    folder_close(&box->out);
    folder_close(&box->work);
}


/* Closed too: what is wrong may be mended under another folder. */
void
file_inbox_fault(file_inbox_t *box, const char *doing)
{
    char why[sizeof(box->state.why)];

    (void) snprintf(why, sizeof(why), "%s: %s", doing, strerror(errno));
    inbox_close(box);
    inbox_state(box, why);
}


void
file_outbox_fault(file_outbox_t *box, const char *doing)
{
    char why[sizeof(box->state.why)];

    (void) snprintf(why, sizeof(why), "%s: %s", doing, strerror(errno));
    outbox_close(box);
    outbox_state(box, why);
}

void
file_inbox_well(file_inbox_t *box)
{
    inbox_state(box, NULL);
}


void
file_outbox_well(file_outbox_t *box)
{
    outbox_state(box, NULL);
}

/* -- one folder, one use --------------------------------------------------- */

/* A folder that is watched, and one for files in our hands, is used for
 * nothing else; a partner's two sides may share their work folder. */
typedef struct {
    const folder_t *folder;
    xd_str_t party;
    bool alone, work;
} use_t;


static void
inbox_uses(const file_inbox_t *box, use_t uses[INBOX_USES])
{
    uses[0] = (use_t){ &box->in, box->party, true, false };
    uses[1] = (use_t){ &box->work, box->party, true, true };
    uses[2] = (use_t){ &box->quarantine, box->party, false, false };
    uses[3] = (use_t){ &box->done, box->party, false, false };
}


static void
outbox_uses(const file_outbox_t *box, use_t uses[OUTBOX_USES])
{
    uses[0] = (use_t){ &box->out, box->party, false, false };
    uses[1] = (use_t){ &box->work, box->party, true, true };
}


static bool
clash(const use_t *a, const use_t *b)
{
    if (a->folder == b->folder || a->folder->fd == -1 || b->folder->fd == -1
        || !folder_same(a->folder, b->folder))
    {
        return false;
    }

    if (a->work && b->work) {
        return !xd_str_eq(a->party, b->party);
    }

    return a->alone || b->alone;
}


static bool
clashes(const use_t *use, const use_t *others, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (clash(use, &others[i])) {
            return true;
        }
    }

    return false;
}


/* A folder among mine that serves another purpose too, or NULL. */
static const use_t *
clash_among(const use_t *mine, size_t nmine, const use_t *others,
    size_t nothers)
{
    for (size_t i = 0; i < nmine; i++) {
        if (clashes(&mine[i], others, nothers)) {
            return &mine[i];
        }
    }

    return NULL;
}


static const use_t *
clash_find(const file_t *f, const use_t *mine, size_t nmine)
{
    const use_t *found = NULL;

    for (file_inbox_t *box = f->inboxes; box != NULL && found == NULL;
         box = box->next)
    {
        use_t uses[INBOX_USES];

        inbox_uses(box, uses);
        found = clash_among(mine, nmine, uses, INBOX_USES);
    }

    for (file_outbox_t *box = f->outboxes; box != NULL && found == NULL;
         box = box->next)
    {
        use_t uses[OUTBOX_USES];

        outbox_uses(box, uses);
        found = clash_among(mine, nmine, uses, OUTBOX_USES);
    }

    return found;
}

/* -- opening --------------------------------------------------------------- */

/* What is wrong with a side's folders, in why; false: nothing. */
static bool
wrong(const file_t *f, const use_t *uses, size_t count, char why[200])
{
    const use_t *twice = clash_find(f, uses, count);

    if (twice != NULL) {
        (void) snprintf(why, 200, "%s serves something else too",
            twice->folder->path);
        return true;
    }

    for (size_t i = 1; i < count; i++) {
        const folder_t *folder = uses[i].folder;

        if (folder->fd != -1 && folder->dev != uses[0].folder->dev) {
            (void) snprintf(why, 200, "%s lies on another file system",
                folder->path);
            return true;
        }
    }

    return false;
}


static bool
open_one(folder_t *folder, mode_t make, char why[200])
{
    if (folder->path == NULL || folder_open(folder, make)) {
        return true;
    }

    (void) snprintf(why, 200, "%s: %s", folder->path, strerror(errno));

    return false;
}


bool
file_inbox_open(file_inbox_t *box)
{
    use_t uses[INBOX_USES];
    char why[200];

    if (box->in.fd != -1 && !folder_moved(&box->in)) {
        return true;
    }

    inbox_close(box);
    inbox_uses(box, uses);

    /* Folders of ours are made; the partner's is whoever lets it in. */
    if (!open_one(&box->in, 0, why) || !open_one(&box->work, WORK_MODE, why)
        || !open_one(&box->quarantine, SHELF_MODE, why)
        || !open_one(&box->done, SHELF_MODE, why)
        || wrong(box->f, uses, INBOX_USES, why))
    {
        inbox_close(box);
        inbox_state(box, why);
        return false;
    }

    return true;
}


bool
file_outbox_open(file_outbox_t *box)
{
    use_t uses[OUTBOX_USES];
    char why[200];

    if (box->out.fd != -1 && !folder_moved(&box->out)) {
        return true;
    }

    outbox_close(box);
    outbox_uses(box, uses);

    if (!open_one(&box->out, 0, why) || !open_one(&box->work, WORK_MODE, why)
        || wrong(box->f, uses, OUTBOX_USES, why))
    {
        outbox_close(box);
        outbox_state(box, why);
        return false;
    }

    return true;
}
