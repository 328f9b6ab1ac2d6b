/* SPDX-License-Identifier: BSD-2-Clause */

#include "cli.h"


const cli_command_t cli_commands[] = {

    { "lint", "[--json] FILE...", "grade EDI and JSON files",
        "Never aborts: each finding has its offset, segment, path, rule and\n"
        "severity. Exits 1 when there is an error or worse. \"-\" reads standard\n"
        "input.\n\n"
        "  --json       one object a line, then {\"summary\": ...}\n\n"
        "Example: xd lint docs/samples/856.edi\n",
        cli_lint },

    { "ack", "[--kind ta1|997] FILE",
        "write the acknowledgement that Crossdock would send",
        "Without --kind: the TA1 when one is due, then the 997. Control numbers\n"
        "are 1; those of a real answer come from xd-x12. Exits 1 when the file\n"
        "has an error. \"-\" reads standard input.\n\n"
        "Example: xd ack docs/samples/856.edi\n",
        cli_ack },

    { "map", "[--to canonical] [--partner P] FILE",
        "translate a file into canonical documents, one JSON a line",
        "Writes every document that it can read, and exits 1 when an error was\n"
        "found beside them. \"-\" reads standard input.\n\n"
        "Each is held to its schema; what is against it is an error too.\n\n"
        "  --partner P  the party in meta; default: the sender's id\n\n"
        "Example: xd map docs/samples/856.edi --to canonical\n",
        cli_map },

    { "check", "[--schema NAME|URN|FILE] [--json] FILE...",
        "hold JSON documents to their schema",
        "Without --schema a document's own meta.schema names it. A name alone\n"
        "(sales-order) means the whole document; NAME#posted the form that a\n"
        "caller posts, without meta. Beside a FILE of one's own only other\n"
        "schemas may stand: it can refer to them.\n\n"
        "Example: xd check --schema sales-order#posted docs/samples/order.json\n",
        cli_check },

    { "conf", "check [-c crossdock.yaml]", "check all configuration as a whole",
        "Prints every fault with file, line and column, then one hash of all\n"
        "that was read.\n\n"
        "Example: xd conf check -c conf/crossdock.yaml\n",
        cli_conf_command },

    { "partner", "rotate ID [-c crossdock.yaml]",
        "make a new API key for a partner or consumer",
        "Prints the key once, and the lines that go under `keys:` in the\n"
        "partner's file. Keys live side by side until their `expires`. No file\n"
        "is changed.\n\n"
        "Example: xd partner rotate acme\n",
        cli_partner },

    { "topology", "plan|apply [-c crossdock.yaml]",
        "what must stand on the broker, and make it",
        "plan prints rabbitmqadmin and rabbitmqctl lines; apply makes it over\n"
        "the management API (XD_AMQP_MGMT_URL with an administrator's name and\n"
        "password). Nothing is ever deleted.\n\n"
        "Example: xd topology plan\n",
        cli_topology },

    { "trace", "[--json] [-c crossdock.yaml] KEY",
        "the whole life of a document",
        "KEY is a document's number, a business key, an interchange control\n"
        "number, or an id. Asks xd-insight on its control socket.\n\n"
        "Example: xd trace WEB-1001\n",
        cli_trace },

    { NULL, NULL, NULL, NULL, NULL }
};
