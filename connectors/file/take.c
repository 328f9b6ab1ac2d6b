/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From the work folder to the relay.  A claimed file "in.<id>.<name>" is read,
 * archived, and injected as the message <id>; after the commit it goes to
 * `done`, or is deleted.  All that must outlive a crash is the file's own
 * name: whatever is found in the work folder goes this way again, and what was
 * injected before is dropped by `seen`.
 */

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "crypt/digest.h"
#include "name.h"
#include "store/archive.h"

#define TAKES_A_TURN 32
#define RAW_HEADERS  3


/* One claimed file on its way. */
typedef struct {
    const char *entry; /* its name in the work folder */
    name_parts_t name;
    struct stat st;   /* as it was read */
    const char *code; /* why it goes to quarantine; NULL: it is fine */
    xd_str_t why;
    xd_message_t message;
} taken_t;

typedef struct {
    file_inbox_t *box;
    xd_vec_t entries; /* of taken_t */
    xd_rc_t rc;
} batch_t;

/* -- what lies in the work folder ------------------------------------------ */

static void
see(void *ctx, const char *name)
{
    batch_t *b = ctx;
    xd_arena_t *arena = b->box->f->batch;
    name_parts_t parts;
    taken_t *t;

    if (b->rc != XD_OK || !name_split(name, "in", &parts)) {
        return;
    }

    t = xd_vec_push(&b->entries, arena);
    name = xd_dup(arena, xd_str(name)).ptr;
    if (t == NULL || name == NULL) {
        b->rc = XD_E_MEMORY;
        return;
    }

    t->entry = name;
    (void) name_split(name, "in", &t->name);
}


/* Ids grow with time, so names are in the order of the claims. */
static int
by_id(const void *a, const void *b)
{
    return strcmp(((const taken_t *) a)->entry, ((const taken_t *) b)->entry);
}

/* -- judging one ----------------------------------------------------------- */

static void
refuse(taken_t *t, const char *code, xd_str_t why)
{
    t->code = code;
    t->why = why;
}


static const char *
kind_of(mode_t mode)
{
    switch (mode & S_IFMT) {

    case S_IFLNK:
        return "a symbolic link";

    case S_IFIFO:
        return "a pipe";

    case S_IFSOCK:
        return "a socket";

    case S_IFDIR:
        return "a folder";

    case S_IFREG:
        return "a file with more than one name";

    default:
        return "a device";
    }
}


/* What the file itself is to blame for.  XD_E_IO: it is not the file. */
static xd_rc_t
refuse_unread(const file_inbox_t *box, taken_t *t, xd_rc_t rc)
{
    xd_arena_t *arena = box->f->batch;

    if (rc == XD_E_CONFLICT) {
        refuse(t, S_ISREG(t->st.st_mode) ? "file.links" : "file.type",
            xd_fmt(arena, "it is %s", kind_of(t->st.st_mode)));
        return XD_OK;
    }

    if (rc == XD_E_LIMIT) {
        refuse(t, "file.large",
            xd_fmt(arena, "it has %lld bytes, and %zu is the most",
                (long long) t->st.st_size, box->largest));
        return XD_OK;
    }

    if (rc == XD_E_IO && (errno == EACCES || errno == EPERM || errno == ELOOP))
    {
        refuse(t, "file.unreadable",
            xd_fmt(arena, "it cannot be read: %s", strerror(errno)));
        return XD_OK;
    }

    return rc;
}


/* The bytes as they were when the file was read; archived before anybody is
 * told of them. */
static xd_rc_t
keep(file_inbox_t *box, taken_t *t, char hash[XD_SHA256_HEX + 1])
{
    file_t *f = box->f;
    xd_str_t bytes;
    xd_rc_t rc;

    xd_arena_reset(f->bytes);
    rc = folder_read(&box->work, t->entry, box->largest, f->bytes, &bytes,
        &t->st);

    if (rc != XD_OK) {
        return refuse_unread(box, t, rc);
    }

    if (bytes.len == 0) {
        refuse(t, "file.empty", XD_STR("it is empty"));
        return XD_OK;
    }

    rc = xd_archive_put(f->archive, bytes, hash);
    if (rc != XD_OK) {
        xd_log(XD_LOG_ERROR, XD_FIELDS({ "reason", xd_str(strerror(errno)) }),
            "the archive cannot be written");
        return XD_E_AGAIN;
    }

    xd_relay_crash(f->relay, "file.archived");
    t->message.body = bytes;

    return XD_OK;
}

/* -- messages -------------------------------------------------------------- */

static xd_str_t
content_type(xd_str_t format)
{
    static const struct {
        const char *format, *type;
    } types[] = {
        { "json", "application/json" },
        { "edifact", "application/edifact" },
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (xd_str_is(format, types[i].format)) {
            return xd_str(types[i].type);
        }
    }

    return XD_STR("application/edi-x12");
}


/* The file's bytes as the raw message that the gateway would have made; its
 * work adds what it knows of itself. */
static xd_rc_t
write_raw(const file_inbox_t *box, taken_t *t, const char *hash)
{
    xd_arena_t *arena = box->f->batch;
    xd_header_t *headers = xd_alloc_n(arena, RAW_HEADERS, sizeof(*headers));
    xd_message_t *m = &t->message;
    char now[XD_INSTANT_LEN + 1];
    xd_rc_t rc;

    xd_instant_write(xd_now_ms(), now);
    m->routing_key =
        xd_fmt(arena, "in.%.*s.%.*s", XD_FMT(box->format), XD_FMT(box->party));
    m->content_type = content_type(box->format);
    m->message_id = t->name.id;
    m->type = box->document;
    m->timestamp = xd_now_ms() / 1000;

    if (headers == NULL || m->routing_key.ptr == NULL) {
        return XD_E_MEMORY;
    }

    headers[0] = (xd_header_t){ XD_STR("xd-party"), box->party };
    headers[1] =
        (xd_header_t){ XD_STR("xd-received"), xd_dup(arena, xd_str(now)) };
    headers[2] = (xd_header_t){ XD_STR("xd-file"), xd_str(t->name.rest) };
    m->headers = headers;
    m->nheaders = RAW_HEADERS;

    rc = xd_body_refer(arena, m, hash);
    m->body = m->body.len > 0 ? xd_dup(arena, m->body) : m->body;

    return headers[1].value.ptr == NULL || m->body.ptr == NULL ? XD_E_MEMORY
                                                               : rc;
}


/* What becomes the fact exception.opened: once a file and reason. */
static xd_rc_t
write_refusal(const file_inbox_t *box, taken_t *t)
{
    xd_arena_t *arena = box->f->batch;
    xd_uuid_t id = XD_UUID5(XD_STR("quarantine"), t->name.id, xd_str(t->code));
    xd_header_t *party = xd_alloc(arena, sizeof(*party));

    if (party == NULL) {
        return XD_E_MEMORY;
    }

    *party = (xd_header_t){ XD_STR("xd-party"), box->party };
    t->message = (xd_message_t){
        .routing_key = xd_fmt(arena, "quarantine.%.*s", XD_FMT(box->party)),
        .message_id = xd_dup(arena, xd_uuid_str(&id)),
        .correlation_id = t->name.id,
        .type = xd_str(t->code),
        .headers = party,
        .nheaders = 1,
        .body = xd_fmt(arena, "file \"%s\" of %.*s is in quarantine: %.*s",
            t->name.rest, XD_FMT(box->party), XD_FMT(t->why)),
    };

    return t->message.routing_key.ptr == NULL
                   || t->message.message_id.ptr == NULL
                   || t->message.body.ptr == NULL
               ? XD_E_MEMORY
               : XD_OK;
}


static xd_rc_t
prepare(file_inbox_t *box, taken_t *t)
{
    char hash[XD_SHA256_HEX + 1];
    xd_rc_t rc = keep(box, t, hash);

    if (rc != XD_OK) {
        return rc;
    }

    return t->code != NULL ? write_refusal(box, t) : write_raw(box, t, hash);
}

/* -- afterwards ------------------------------------------------------------ */

/* For whoever finds the file: what it was, and what is wrong with it. */
static bool
explain(const file_inbox_t *box, const taken_t *t)
{
    xd_arena_t *arena = box->f->batch;
    char now[XD_INSTANT_LEN + 1];
    xd_str_t name = xd_fmt(arena, "%s.reason", t->entry + strlen("in."));
    xd_str_t text;

    xd_instant_write(xd_now_ms(), now);
    text = xd_fmt(arena,
        "file: %s\nparty: %.*s\nid: %.*s\nat: %s\ncode: %s\nreason: %.*s\n",
        t->name.rest, XD_FMT(box->party), XD_FMT(t->name.id), now, t->code,
        XD_FMT(t->why));

    if (name.ptr == NULL || text.ptr == NULL) {
        errno = ENOMEM;
        return false;
    }

    return folder_put(&box->quarantine, name.ptr, text, 0640, NULL);
}


static void
count(const file_inbox_t *box, const char *outcome)
{
    const xd_str_t labels[] = { box->party, xd_str(outcome) };

    xd_metric_add(box->f->metrics, &file_taken_total, 1, labels);
}


/* The reason first: a file in quarantine always has one. */
static bool
put_away(const file_inbox_t *box, const taken_t *t)
{
    xd_relay_crash(box->f->relay, "file.told");

    if (!explain(box, t)) {
        return false;
    }

    xd_relay_crash(box->f->relay, "file.explained");

    if (!folder_move(&box->work, t->entry, &box->quarantine,
            t->entry + strlen("in."))
        || !folder_sync(&box->quarantine))
    {
        return false;
    }

    count(box, t->code + strlen("file."));
    xd_log(XD_LOG_WARN,
        XD_FIELDS({ "party", box->party }, { "msg_id", t->name.id },
            { "file", xd_str(t->name.rest) }, { "rule", xd_str(t->code) }),
        "a file is in quarantine: %.*s", XD_FMT(t->why));

    return true;
}


static bool
let_go(const file_inbox_t *box, const taken_t *t)
{
    if (box->done.fd == -1) {
        return unlinkat(box->work.fd, t->entry, 0) == 0;
    }

    return folder_move(&box->work, t->entry, &box->done,
        t->entry + strlen("in."));
}


/* Written to after it was read: whoever sent it must be told, since what was
 * read went on. */
static bool
has_changed(const file_inbox_t *box, const taken_t *t)
{
    struct stat st;

    return fstatat(box->work.fd, t->entry, &st, AT_SYMLINK_NOFOLLOW) == 0
           && (st.st_size != t->st.st_size
               || st.st_mtim.tv_sec != t->st.st_mtim.tv_sec
               || st.st_mtim.tv_nsec != t->st.st_mtim.tv_nsec);
}


static bool
finish_changed(const file_inbox_t *box, taken_t *t)
{
    refuse(t, "file.changed",
        XD_STR("it was written to after it had been taken; what it held "
               "before went on, and the rest did not"));

    if (write_refusal(box, t) != XD_OK
        || xd_relay_inject(box->f->relay, &t->message, 1, FILE_SOURCE) != XD_OK)
    {
        errno = EAGAIN;
        return false;
    }

    return put_away(box, t);
}


/* Its message is committed. */
static bool
finish(const file_inbox_t *box, taken_t *t)
{
    if (t->code != NULL) {
        return put_away(box, t);
    }

    if (has_changed(box, t)) {
        return finish_changed(box, t);
    }

    if (!let_go(box, t)) {
        return false;
    }

    xd_relay_crash(box->f->relay, "file.finished");
    count(box, "taken");
    xd_log(XD_LOG_INFO,
        XD_FIELDS({ "party", box->party }, { "msg_id", t->name.id },
            { "file", xd_str(t->name.rest) }),
        "a file was taken");

    return true;
}


static bool
finish_all(const batch_t *b, const taken_t *ready, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        taken_t t = ready[i];

        if (!finish(b->box, &t)) {
            return false;
        }
    }

    return folder_sync(&b->box->work)
           && (b->box->done.fd == -1 || folder_sync(&b->box->done));
}

/* -- a batch --------------------------------------------------------------- */

/* Names are made durable before anything is published of them: else a power
 * cut could bring a file back under its old name, and it would be taken again
 * as another. */
static xd_rc_t
hand_over(batch_t *b, const taken_t *ready, size_t count)
{
    file_inbox_t *box = b->box;
    xd_message_t messages[TAKES_A_TURN];

    for (size_t i = 0; i < count; i++) {
        messages[i] = ready[i].message;
    }

    if (!folder_sync(&box->work) || !folder_sync(&box->in)) {
        return XD_E_IO;
    }

    xd_relay_crash(box->f->relay, "file.synced");
    if (xd_relay_inject(box->f->relay, messages, count, FILE_SOURCE) != XD_OK) {
        return XD_E_AGAIN; /* whatever it is: not the folders */
    }

    xd_relay_crash(box->f->relay, "file.committed");

    return finish_all(b, ready, count) ? XD_OK : XD_E_IO;
}


/* Reads what can be read now; the rest stays where it is. */
static xd_rc_t
prepare_all(batch_t *b, taken_t *ready, size_t *nready)
{
    xd_rc_t rc = XD_OK;

    *nready = 0;

    for (size_t i = 0; i < b->entries.count && *nready < TAKES_A_TURN; i++) {
        taken_t *t = XD_AT(&b->entries, taken_t, i);

        rc = prepare(b->box, t);
        if (rc == XD_OK) {
            ready[(*nready)++] = *t;
        } else if (rc != XD_E_AGAIN && (rc != XD_E_IO || errno != ENOENT)) {
            return rc;
        }
    }

    return XD_OK;
}


static xd_rc_t
take_batch(batch_t *b, size_t *taken)
{
    taken_t ready[TAKES_A_TURN];
    xd_rc_t rc;

    b->entries = XD_VEC(taken_t);
    b->rc = XD_OK;
    *taken = 0;

    if (!folder_each(&b->box->work, see, b)) {
        return XD_E_IO;
    }

    if (b->rc != XD_OK || b->entries.count == 0) {
        return b->rc;
    }

    qsort(b->entries.at, b->entries.count, sizeof(taken_t), by_id);
    rc = prepare_all(b, ready, taken);

    return rc == XD_OK && *taken > 0 ? hand_over(b, ready, *taken) : rc;
}


file_take_t
file_take(file_inbox_t *box)
{
    batch_t b = { .box = box };
    size_t taken;
    xd_rc_t rc;

    xd_arena_reset(box->f->batch);
    rc = take_batch(&b, &taken);

    if (rc == XD_E_IO) {
        file_inbox_fault(box, "taking files");
    }

    if (rc != XD_OK) {
        return FILE_LATER;
    }

    if (b.entries.count == taken) {
        return FILE_TAKEN;
    }

    return taken > 0 ? FILE_MORE : FILE_LATER;
}
