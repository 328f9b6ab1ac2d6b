/* SPDX-License-Identifier: BSD-2-Clause */

/* What stands on every broker of ours.  Hand-set: clang-format leaves
 * *_table.c alone. */

#include "bus/topology_table.h"

/* No alternate exchange anywhere: it would swallow basic.return. */
const topo_exchange_t topo_exchanges[] = {

    /* name           facts */
    { "xd.raw",       false },
    { "xd.cmd",       false },
    { "xd.order",     true  },
    { "xd.fulfil",    true  },
    { "xd.inventory", true  },
    { "xd.finance",   true  },
    { "xd.master",    true  },
    { "xd.pos",       true  },
    { "xd.ops",       true  },
    { NULL,           false },
};

/* Queues of destinations are made from the routes: topology.c. */
const topo_queue_t topo_queues[] = {

    /* name                 process     type      single exchange  key */
    { "xd.q.x12.raw",       "x12",      "quorum", true,  "xd.raw", "in.x12.*" },
    { "xd.q.edifact.raw",   "edifact",  "quorum", true,  "xd.raw", "in.edifact.*" },
    { "xd.q.doc.raw",       "doc",      "quorum", true,  "xd.raw", "in.json.*" },
    { "xd.q.doc.xml",       "doc",      "quorum", true,  "xd.raw", "in.xml.*" },
    { "xd.q.http.out",      "http",     "quorum", false, "xd.raw", "out.http.*" },
    { "xd.q.file.out",      "file",     "quorum", false, "xd.raw", "out.file.*" },
    { "xd.q.hospital.ward", "hospital", "quorum", false, "xd.cmd", "hospital.ward.#" },
    { "xd.q.hospital.held", "hospital", "quorum", false, "xd.cmd", "hospital.held.#" },
    { "xd.q.x12.held",      "x12",      "quorum", false, "xd.cmd", "x12.held.#" },
    { "xd.q.edifact.held",  "edifact",  "quorum", false, "xd.cmd", "edifact.held.#" },
    { "xd.q.doc.held",      "doc",      "quorum", false, "xd.cmd", "doc.held.#" },
    { "xd.q.http.held",     "http",     "quorum", false, "xd.cmd", "http.held.#" },
    { "xd.q.file.held",     "file",     "quorum", false, "xd.cmd", "file.held.#" },
    { "xd.q.insight.held",  "insight",  "quorum", false, "xd.cmd", "insight.held.#" },
    { "xd.q.insight.facts", "insight",  "quorum", false, NULL,     "#" },
    { "xd.audit",           "replay",   "stream", false, NULL,     "#" },
    { NULL, NULL, NULL, false, NULL, NULL },
};

/* One for each process, one for all nginx workers, one for xd replay. */
const char *const topo_users[] = {
    "xd-gateway", "xd-x12", "xd-edifact", "xd-doc", "xd-http", "xd-file",
    "xd-insight", "xd-hospital", "xd-replay", NULL,
};

/* <document>.<event>.v<major>.<site>.pNN, from its event on. */
#define FACT     "\\.[a-z-]+\\.v[0-9]+\\.[a-z0-9-]+\\.p[0-9]{2}$"
#define ANY_FACT "^[a-z-]+" FACT
#define RAW_IN   "^in\\.(x12|edifact|xml|json|flat)\\.[a-z0-9-]+$"
#define RAW_OUT  "^out\\.[a-z0-9]+\\.[a-z0-9-]+$"

/* An exchange that a user has no row for is closed to it. */
const topo_write_t topo_writes[] = {

    /* user         exchange        keys */
    { "xd-gateway", "xd.raw",       RAW_IN },

    { "xd-x12",     "xd.raw",       RAW_OUT },
    { "xd-x12",     "xd.cmd",       "@routes" },
    { "xd-x12",     "xd.order",     ANY_FACT },
    { "xd-x12",     "xd.fulfil",    ANY_FACT },
    { "xd-x12",     "xd.inventory", ANY_FACT },
    { "xd-x12",     "xd.finance",   ANY_FACT },
    { "xd-x12",     "xd.master",    ANY_FACT },
    { "xd-x12",     "xd.ops",       "^(functional-ack|exception)" FACT },

    { "xd-edifact", "xd.raw",       RAW_OUT },
    { "xd-edifact", "xd.cmd",       "@routes" },
    { "xd-edifact", "xd.order",     ANY_FACT },
    { "xd-edifact", "xd.fulfil",    ANY_FACT },
    { "xd-edifact", "xd.inventory", ANY_FACT },
    { "xd-edifact", "xd.finance",   ANY_FACT },
    { "xd-edifact", "xd.master",    ANY_FACT },
    { "xd-edifact", "xd.ops",       "^(functional-ack|exception)" FACT },

    { "xd-doc",     "xd.raw",       RAW_OUT },
    { "xd-doc",     "xd.cmd",       "@routes" },
    { "xd-doc",     "xd.order",     ANY_FACT },
    { "xd-doc",     "xd.fulfil",    ANY_FACT },
    { "xd-doc",     "xd.inventory", ANY_FACT },
    { "xd-doc",     "xd.finance",   ANY_FACT },
    { "xd-doc",     "xd.master",    ANY_FACT },
    { "xd-doc",     "xd.pos",       ANY_FACT },
    { "xd-doc",     "xd.ops",       "^(functional-ack|exception)" FACT },

    { "xd-http",    "xd.ops",       "^(delivery|exception)" FACT },
    { "xd-http",    "xd.cmd",       "^hospital\\.ward\\." },

    { "xd-file",    "xd.raw",       RAW_IN },
    { "xd-file",    "xd.ops",       "^(delivery|exception)" FACT },
    { "xd-file",    "xd.cmd",       "^hospital\\.ward\\." },

    { "xd-hospital", "xd.ops",      "^(exception|audit-note)" FACT },
    { "xd-hospital", "xd.cmd",      "^([a-z0-9-]+\\.held|hospital\\.ward)\\." },

    { "xd-replay",  "xd.cmd",       "@routes" },

    { "xd-insight", "xd.ops",       "^(exception|audit-note)" FACT },
    { "xd-insight", "xd.cmd",       "^hospital\\.ward\\." },

    { NULL, NULL, NULL },
};

/*
 * One policy applies to an object.  A queue that is full refuses (basic.nack)
 * instead of dropping its oldest; attempts are counted by us, so the broker's
 * limit, 20 by default from 4.0 on, is put out of reach: -1 would say it
 * plainly, but 3.10 refuses that.  The audit stream is a copy.
 */
const topo_policy_t topo_policies[] = {
    { "xd-queues", "^xd\\.q\\.",
      "{\"overflow\":\"reject-publish\",\"max-length\":1000000,"
      "\"delivery-limit\":2147483647}", 1 },
    { "xd-audit", "^xd\\.audit$",
      "{\"max-length-bytes\":5000000000,\"max-age\":\"30D\"}", 1 },
    { NULL, NULL, NULL, 0 },
};
