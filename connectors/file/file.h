/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_FILE_FILE_H
#define XD_FILE_FILE_H

#include "base/loop.h"
#include "base/vec.h"
#include "daemon/daemon.h"
#include "folder.h"
#include "ready.h"
#include "relay/outgoing.h"
#include "relay/relay.h"


typedef struct file_s file_t;

/* Whether a side's folders can be used; said once a change. */
typedef struct {
    bool up;
    bool said;
    char why[200]; /* while it is down */
} file_state_t;

/* Where a partner lays files for us. */
typedef struct file_inbox_s file_inbox_t;
struct file_inbox_s {
    file_inbox_t *next;
    file_t *f;
    xd_str_t party, format, document;
    ready_rule_t rule;
    size_t largest;
    folder_t in, work, quarantine, done; /* done.path NULL: deleted */
    file_state_t state;
    int watch;   /* of inotify; -1: none */
    int64_t due; /* xd_mono_ms() of its next turn */

    xd_arena_t *names[2]; /* of the last look and the one before */
    int current;
    xd_vec_t looks;    /* of look_t, by name */
    xd_vec_t ready;    /* of look_t, oldest first */
    size_t ready_next; /* the first that was not claimed yet */
};

/* Where we lay files for a partner. */
typedef struct file_outbox_s file_outbox_t;
struct file_outbox_s {
    file_outbox_t *next;
    file_t *f;
    xd_str_t party;
    xd_str_t name; /* template */
    folder_t out, work;
    file_state_t state;
};

/* xd-file's own context. */
struct file_s {
    xd_daemon_t *daemon; /* NULL in tests, which set what follows */
    xd_loop_t *loop;
    xd_relay_t *relay;
    xd_store_t *store;
    xd_metrics_t *metrics;
    xd_arena_t *arena;    /* of the process: this */
    xd_arena_t *settings; /* of the generation: boxes, paths */
    xd_arena_t *batch;    /* of the files taken in one turn */
    xd_arena_t *bytes;    /* of one file */
    const char *archive;
    xd_str_t origin; /* our name */
    file_inbox_t *inboxes;
    file_outbox_t *outboxes;
    int notify;        /* inotify; -1: none */
    xd_timer_t turn;   /* the next inbox that is due */
    xd_timer_t settle; /* after a commit: notes that are no longer needed */
};

/* -- settings.c: partners' hot folders ------------------------------------- */

/* Reads a configuration into a new generation and swaps it in, folders
 * closed; on any fault the old one stays.  XD_OK; XD_E_CONF with findings;
 * XD_E_MEMORY. */
XD_CHECKED xd_rc_t file_settings_load(file_t *f, const xd_conf_t *conf,
    xd_report_t *rep);
void file_settings_free(file_t *f);

/* -- folders.c: opened when they are needed -------------------------------- */

/* False while a folder cannot be used; tried again at every call. */
bool file_inbox_open(file_inbox_t *box);
bool file_outbox_open(file_outbox_t *box);

/* Something about the folders failed, errno says what: they are closed. */
void file_inbox_fault(file_inbox_t *box, const char *doing);
void file_outbox_fault(file_outbox_t *box, const char *doing);

/* They were used, and all was well. */
void file_inbox_well(file_inbox_t *box);
void file_outbox_well(file_outbox_t *box);

/* -- watch.c: when to look ------------------------------------------------- */

/* Begins, or begins anew after a reload. */
XD_CHECKED xd_rc_t file_watch_start(file_t *f);
void file_watch_stop(file_t *f);

/* One inbox: looked at, some files claimed and taken.  Returns the ms until
 * its next turn. */
int64_t file_inbox_turn(file_inbox_t *box);

/* -- scan.c: what lies there ----------------------------------------------- */

/* Looks into the folder and fills looks and ready; *wait: ms until the next
 * file is whole, or READY_NEVER.  XD_E_IO with errno; XD_E_MEMORY. */
XD_CHECKED xd_rc_t file_scan(file_inbox_t *box, int64_t now, int64_t *wait);

/* Moves some of what is ready into the work folder, under an id of its own.
 * XD_E_IO with errno. */
XD_CHECKED xd_rc_t file_claim(file_inbox_t *box);

/* -- take.c: from the work folder to the relay ----------------------------- */

typedef enum {
    FILE_TAKEN, /* nothing is left in the work folder */
    FILE_MORE,  /* more is there */
    FILE_LATER  /* what is there cannot be taken now */
} file_take_t;

file_take_t file_take(file_inbox_t *box);

/* -- work.c: the works of the relay ---------------------------------------- */

xd_work_rc_t file_work(void *ctx, xd_work_t *w);
xd_str_t file_lane(void *ctx, const xd_message_t *m, xd_str_t queue,
    xd_arena_t *arena);

/* What stands for a queue of files that were taken. */
#define FILE_SOURCE XD_STR("file.in")

/* -- outbound.c: bytes into a partner's folder ----------------------------- */

xd_work_rc_t file_outbound(file_t *f, xd_work_t *w);

/* Migrations of state/xd-file.db. */
extern const char *const file_migrations[];

/* Drops the notes of files whose transaction is committed; ctx is file_t. */
void file_settle(void *ctx);

/* -- counts_table.c -------------------------------------------------------- */

extern const xd_family_t file_taken_total, file_sent_total, file_waiting,
    file_folder_up;

#endif
