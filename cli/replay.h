/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_CLI_REPLAY_H
#define XD_CLI_REPLAY_H

#include "bus/client.h"
#include "cli.h"
#include "map/mapping.h"
#include "route/route.h"

/* Where a run stands. */
typedef enum {
    REPLAY_LOOKING, /* for the end of the stream */
    REPLAY_READING,
    REPLAY_OVER
} replay_phase_t;

/* One run. */
typedef struct {
    xd_conf_t *conf;
    xd_arena_t *arena;   /* of the run */
    xd_arena_t *batch;   /* of commands that wait to be sent */
    xd_arena_t *scratch; /* of one fact */
    xd_routes_t *routes; /* of now; shadow runs */
    xd_mappings_t maps;  /* likewise */

    const char *key, *document, *partner, *again;
    int64_t from_ms, to_ms;
    uint64_t limit;
    bool dry, shadow, json;

    xd_loop_t *loop;
    xd_client_t *client;
    uint32_t consumer;
    replay_phase_t phase;
    int64_t last, at; /* offsets: of the stream's end, of what was read */
    int64_t heard_ms; /* when something came last */
    bool up, heard;
    xd_vec_t waiting; /* of xd_message_t */
    size_t sent;      /* of them */
    uint64_t tag;
    uint64_t read, facts, commands, settled, failed, differ;
    int status;
} replay_t;

/*
 * replay_shadow - what would come of the same bytes and routes now
 *
 *   fact  as it was published then
 *   doc   its body
 *
 * Prints what would be otherwise, and counts the fact in r->differ.  Returns
 * CLI_GOOD, or CLI_FAILED after it was told.
 */
XD_CHECKED int replay_shadow(replay_t *r, const xd_message_t *fact,
    const xd_node_t *doc);

#endif
