/* SPDX-License-Identifier: BSD-2-Clause */

#include "cli.h"


const cli_command_t cli_commands[] = {

    { "lint", "[--json] [--partner P | --guide FILE] [--coverage] FILE...",
        "grade EDI and JSON files",
        "Never aborts: each finding has its offset, segment, path, rule and\n"
        "severity. Exits 1 when there is an error or worse. \"-\" reads standard\n"
        "input.\n\n"
        "  --json        one object a line, then {\"summary\": ...}\n"
        "  --partner P   by the guides of this partner, too\n"
        "  --guide FILE  by this guide, which needs no configuration\n"
        "  --coverage    which checks of the guides these files exercised\n"
        "  -c FILE       crossdock.yaml of another configuration\n\n"
        "Example: xd lint docs/samples/856.edi\n",
        cli_lint },

    { "ack", "[--kind ta1|997|999|824|contrl|aperak] [--partner P | --guide FILE] FILE",
        "write the acknowledgement that Crossdock would send",
        "Without --kind: of X12 the TA1 when one is due, then the 997; of EDIFACT\n"
        "the CONTRL. 824 and aperak are advice: whether each set that was accepted\n"
        "can be used, by its map and its document's rules, and what is wrong.\n"
        "Guides are those of xd lint. Control numbers are 1; those of a real answer come from the\n"
        "process that sends it. Exits 1 when the file has an error. \"-\" reads\n"
        "standard input.\n\n"
        "Example: xd ack docs/samples/856.edi\n",
        cli_ack },

    { "pretty", "[--json] FILE...", "print EDI or JSON as a person reads it",
        "EDI: a segment a line, with its loops set in. JSON: a member a line.\n"
        "Nothing is changed but blanks and line ends. \"-\" reads standard input.\n\n"
        "  --json  of EDI an object for each segment: offset, place in its set,\n"
        "          level, id, elements\n\n"
        "Example: xd pretty docs/samples/856.edi\n",
        cli_pretty },

    { "map", "[--to FORM] [--partner P] [--map FILE] FILE",
        "translate a file into canonical documents, one JSON a line, or back",
        "Writes every document that it can read, and exits 1 when an error was\n"
        "found beside them. \"-\" reads standard input: EDI, or canonical\n"
        "documents, one a line.\n\n"
        "Each is held to its schema; what is against it is an error too.\n\n"
        "  --to canonical          documents; so without --to\n"
        "  --to x12:850/005010     one interchange of such sets\n"
        "  --to edifact:ORDERS/D96A  the same of messages\n"
        "  --to ubl:Invoice/2.1    XML, by the map that writes it\n"
        "  --to same               what was read: EDI byte for byte, JSON by\n"
        "                          RFC 8785, XML by its map\n"
        "  --partner P             the party in meta; default: the sender's id\n"
        "  --map FILE              a map that is not in the configuration\n\n"
        "Example: xd map docs/samples/856.edi --to edifact:DESADV/D96A\n",
        cli_map },

    { "check", "[--schema NAME|URN|FILE] [--refs DIR] [--assert-format]\n"
        "                [--duplicates=allow] [--to xml|json] [--json] FILE...",
        "hold documents to their schema, as JSON or XML",
        "Without --schema a document's own meta.schema names it. A name alone\n"
        "(sales-order) means the whole document; NAME#posted the form that a\n"
        "caller posts, without meta. A FILE of one's own follows its $schema,\n"
        "2020-12 or draft-07, and can refer to files below its folder.\n"
        "The XML form of a canonical document is known by its namespace\n"
        "(docs/XML.md); findings have line and column of the XML. Of a document\n"
        "without faults nothing is said. \"-\" reads standard input.\n\n"
        "  --refs DIR           stands for http://localhost:1234/\n"
        "  --assert-format      formats are asserted, not only noted\n"
        "  --duplicates=allow   a member may come twice\n"
        "  --to xml|json        write a document without faults in this form;\n"
        "                       findings then go to standard error\n\n"
        "Example: xd check --schema sales-order#posted docs/samples/order.json\n",
        cli_check },

    { "schema", "list [--json]\n"
        "       xd schema show [--json] DOCUMENT[:VERSION]\n"
        "       xd schema diff [--json] OLD NEW",
        "which documents there are, what one must be, what has changed",
        "list  prints document, version, domain and title, one a line; those\n"
        "      without a domain serve the others.\n"
        "show  prints a page: an example, the fields, the rules. With --json the\n"
        "      schema itself, with all that it refers to under its $defs.\n"
        "diff  holds a new version against an old one. Each is a file, a folder,\n"
        "      a release (1.0), a document (item: as it is now) or a URN (as it\n"
        "      was released). Every change is told with its class, its place, why\n"
        "      and what to do:\n\n"
        "      documentation  changes no document\n"
        "      additive       fine in a new minor: a new optional member, a new\n"
        "                     code, a wider limit\n"
        "      breaking       who writes by the old schema is refused, or who\n"
        "                     reads by it misses what it relies on\n\n"
        "      Exits 1 for a breaking change without a new major in the $id.\n\n"
        "  --json  of list and diff one object a line; diff ends with\n"
        "          {\"summary\": ...}\n\n"
        "Example: xd schema show sales-order\n"
        "         xd schema diff urn:retail:item:1.0 item\n",
        cli_schema },

    { "cel", "[--document NAME] [--data FILE] [--type] EXPR [NAME=EXPR...]",
        "what an expression gives, as routes and rules have them",
        "With --data the document is `doc`, and each of its members a variable;\n"
        "--document says which one it is, such as sales-order: then its schema\n"
        "gives the types, and a wrong name is told; values still come from\n"
        "--data. NAME=EXPR gives a variable by hand. The answer is printed as\n"
        "an expression. Exits 1 when the expression is wrong or has no answer.\n"
        "\"-\" in place of EXPR reads it from standard input.\n\n"
        "  --type         only check it, and print the type of its answer\n"
        "  --unchecked    leave types to the run\n"
        "  --container C  names in it may leave out \"C.\"\n\n"
        "Example: xd cel 'lines.exists(l, l.qty.value > 1)' \\\n"
        "             --document sales-order --data docs/samples/order.json\n",
        cli_cel },

    { "explain", "[-c FILE] [--json] FILE...",
        "where a canonical document goes, and why",
        "Each FILE is a canonical document as JSON, with its meta, or many, one\n"
        "a line, as xd map writes them. Every route is told with its verdict: it holds, it is\n"
        "passed and why, or it cannot be decided. Exits 1 when one cannot be.\n"
        "\"-\" reads standard input.\n\n"
        "  -c FILE   crossdock.yaml of another configuration\n"
        "  --json    one object a document\n\n"
        "Example: xd explain canonical-schemas/shipment/examples/typical.json\n",
        cli_explain },

    { "test", "[-c FILE]",
        "run the examples that stand beside the routes",
        "routes.yaml may have `tests`: a document, and where it must go.\n"
        "Exits 1 when one goes elsewhere. Routes that no test reaches are told.\n\n"
        "  -c FILE   crossdock.yaml of another configuration\n\n"
        "Example: xd test -c conf/crossdock.yaml\n",
        cli_test },

    { "conf", "check [-c crossdock.yaml]", "check all configuration as a whole",
        "Prints every fault with file, line and column, then one hash of all\n"
        "that was read.\n\n"
        "Example: xd conf check -c conf/crossdock.yaml\n",
        cli_conf_command },

    { "partner", "rotate ID [-c crossdock.yaml]",
        "make a new API key for a partner or consumer",
        "Prints the key once, and the lines that go under `keys:` in the\n"
        "partner's file. Keys live side by side until their `expires`. No file\n"
        "is changed. In a new partner's file 64 zeros keep the place of its\n"
        "first hash. The daemons and nginx read the files again at HUP.\n\n"
        "Example: xd partner rotate acme\n",
        cli_partner },

    { "topology", "plan|apply|drift [-c crossdock.yaml]",
        "what must stand on the broker, and make it",
        "plan prints rabbitmqadmin and rabbitmqctl lines; apply makes it over\n"
        "the management API (XD_AMQP_MGMT_URL with an administrator's name and\n"
        "password). drift holds the broker against the plan, and exits 1 when\n"
        "something is missing, otherwise, or there beside it. Nothing is ever\n"
        "deleted.\n\n"
        "Example: xd topology plan\n",
        cli_topology },

    { "hospital", "list [--state S] [FILTER]\n"
        "       xd hospital show [--body | --mended] CASE\n"
        "       xd hospital release [--why TEXT] CASE... | --all [FILTER]\n"
        "       xd hospital discard --why TEXT CASE... | --all [FILTER]\n"
        "       xd hospital mend --why TEXT CASE FILE\n"
        "       xd hospital assign CASE OWNER\n"
        "       xd hospital note | refuse --why TEXT CASE...\n"
        "       xd hospital approve [--why TEXT] CASE...\n"
        "       xd hospital job ID",
        "what failed for good and waits for a person",
        "list     cases, oldest first: id, state, process, key, since when,\n"
        "         owner, what is wrong. Open ones; --state released, mended,\n"
        "         discarded or all: others\n"
        "show     one, with all reasons and notes; --body prints the message's\n"
        "         bytes alone, --mended those that mend it\n"
        "release  the process tries the message again, as it is\n"
        "mend     the process goes on with FILE in its place\n"
        "discard  the message is given up; the next of its key goes on\n"
        "assign   says who looks after it; note keeps a remark\n"
        "approve  what another person wanted, where the configuration\n"
        "         (hospital.two_persons) asks for two; refuse forgets it\n"
        "job      what became of each case of a release or discard --all\n\n"
        "  --why TEXT  why; it stays with the case\n"
        "  --all       all open cases that the FILTER leaves\n"
        "  --json      the answer as it came\n"
        "  -c FILE     crossdock.yaml of another configuration\n\n"
        "FILTER is any of --process P, --queue Q, --key K and --code C, the\n"
        "code of what is wrong. Asks xd-hospital on its control socket.\n\n"
        "Example: xd hospital list --process http\n",
        cli_hospital },

    { "trace", "[--json] [-c crossdock.yaml] KEY",
        "the whole life of a document",
        "KEY is a document's number, a business key, an interchange control\n"
        "number, or an id. Asks xd-insight on its control socket.\n\n"
        "Example: xd trace WEB-1001\n",
        cli_trace },

    { "replay", "[--from T] [--to T] [--key K] [--document D] [--partner P]\n"
        "                 [--shadow | --dry-run | --again NAME] [--limit N]\n"
        "                 [--json] [-c FILE]",
        "facts of the audit stream once more, or through the routes of now",
        "Each fact goes again to where it went: the same commands under the same\n"
        "ids, so what was done already is not done twice. At least one of the\n"
        "filters must be given.\n\n"
        "  --from T, --to T  recorded then: instants or days\n"
        "  --key K           the business key, sales-order:webshop:WEB-1001\n"
        "  --shadow          sends nothing: the archived bytes through the maps\n"
        "                    of now, and the facts through the routes of now;\n"
        "                    what would be otherwise is printed, and exits 1\n"
        "  --dry-run         sends nothing: prints what would go where\n"
        "  --again NAME      under new ids, for a system that has lost what it\n"
        "                    had: only its own Idempotency-Key keeps effects\n"
        "                    single. The same NAME again is a repeat\n"
        "  --limit N         the first N facts\n"
        "  --json            one object a line, then {\"summary\": ...}\n"
        "  -c FILE           crossdock.yaml of another configuration\n\n"
        "Logs in to the broker as xd-replay; its password stands in the secrets.\n\n"
        "Example: xd replay --shadow --from 2026-05-14 --document shipment\n",
        cli_replay },

    { "top", "[--once] [--all] [--json] [-c FILE]",
        "queues and processes as they are now",
        "Each process with a control socket: its link to the broker, what it\n"
        "holds and has not published, breakers that are open. Each queue that\n"
        "is not idle: messages, and rates a second. On a terminal anew every two\n"
        "seconds, until interrupted. Exits 2 when nothing answers.\n\n"
        "  --once   one view; also where there is no terminal\n"
        "  --all    idle queues too\n"
        "  --json   one view as JSON, with all queues\n"
        "  -c FILE  crossdock.yaml of another configuration\n\n"
        "Asks the management API as xd topology does.\n\n"
        "Example: xd top --once\n",
        cli_top },

    { "totals", "[--from T] [--to T] [--document D] [--partner P]\n"
        "                 [--destination S] [--keys] [--json] [-c FILE]",
        "what was accepted, published, delivered, confirmed; what is missing",
        "One line for each hour, document, partner and destination: how many,\n"
        "and of the last stage the amount and a hash total of quantities. Below\n"
        "stands what is missing for longer than totals.settle; each is an\n"
        "exception too, and resolves by itself. Exits 1 while something is.\n"
        "Asks xd-insight on its control socket.\n\n"
        "  --from T, --to T  instants or days; default: the last 24 hours\n"
        "  --keys            all keys that are missing, one a line\n"
        "  --json            the answer as it came\n"
        "  -c FILE           crossdock.yaml of another configuration\n\n"
        "Example: xd totals --document sales-order --destination erp\n",
        cli_totals },

    { NULL, NULL, NULL, NULL, NULL }
};
