/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Between the files.  A value that is absent or of the wrong kind was
 * reported where its own file was checked, so everything here passes over it.
 */

#include "conf/ties.h"

#include "base/clock.h"
#include "conf/place.h"
#include "conf/registry.h"


typedef struct {
    const xd_conf_t *conf;
    xd_arena_t *scratch;
    xd_report_t *rep;
} tie_t;


/* "erp, wms": what a name could have been; at most eight. */
static xd_str_t
names_of(const tie_t *t, const xd_node_t *obj)
{
    xd_str_t list = XD_STR_NONE;
    size_t n = 0;

    xd_each (member, obj) {
        if (n++ < 8) {
            list = xd_fmt(t->scratch, "%.*s%s%.*s", XD_FMT(list),
                list.len > 0 ? ", " : "", XD_FMT(member->key));
        }
    }

    return list.len > 0 ? list : XD_STR("none");
}


static void
check_reference(const tie_t *t, const xd_node_t *from, const xd_node_t *in,
    const char *rule, const char *what)
{
    xd_str_t known;

    /* A target that could not be read would make every reference wrong. */
    if (from == NULL || from->kind != XD_STRING || in == NULL
        || in->kind != XD_OBJECT || xd_get_str(in, from->text) != NULL)
    {
        return;
    }

    known = names_of(t, in);
    xd_conf_fault(t->rep, t->conf, from, rule,
        "There is no %s '%.*s'; there is: %.*s.", what, XD_FMT(from->text),
        XD_FMT(known));
}


static void
check_keys(const tie_t *t, const xd_node_t *party)
{
    xd_each (key, xd_get(party, "keys")) {
        int64_t from, to;

        if (xd_instant_read(xd_text(key, "not_before"), &from)
            && xd_instant_read(xd_text(key, "expires"), &to) && from >= to)
        {
            xd_conf_fault(t->rep, t->conf, xd_get(key, "expires"),
                "conf.key.period",
                "This key expires before it may be used: 'expires' must lie "
                "after 'not_before'.");
        }
    }
}


static void
check_party(const tie_t *t, const xd_node_t *party)
{
    check_reference(t, xd_get(party, "plan"),
        xd_get(t->conf->consumers, "plans"), "conf.plan.unknown", "plan");
    check_keys(t, party);
}


/* One name for one thing: the file, the id, and the part of every routing key
 * that speaks of it. */
static void
check_file_name(const tie_t *t, const xd_node_t *entry)
{
    const xd_node_t *id = xd_get(entry, "id");

    if (id != NULL && id->kind == XD_STRING && !xd_str_eq(id->text, entry->key))
    {
        xd_conf_fault(t->rep, t->conf, id, "conf.id.file-name",
            "The id must be the name of the file, '%.*s'.", XD_FMT(entry->key));
    }
}


/* Settings of a transport that is not in use may stand there: whoever moves a
 * partner back and forth need not delete them. */
static void
check_transport(const tie_t *t, const xd_node_t *partner)
{
    const xd_node_t *transport = xd_get(partner, "transport");

    if (transport != NULL && transport->kind == XD_STRING
        && xd_get_str(partner, transport->text) == NULL)
    {
        xd_conf_fault(t->rep, t->conf, transport, "conf.transport",
            "The settings of this transport are missing: add '%.*s:' to the "
            "file.",
            XD_FMT(transport->text));
    }
}


static void
check_parties(const tie_t *t)
{
    xd_each (consumer, xd_get(t->conf->consumers, "consumers")) {
        check_party(t, consumer);
    }

    xd_each (partner, t->conf->partners) {
        check_party(t, partner);
        check_file_name(t, partner);
        check_transport(t, partner);

        xd_each (guide, xd_get(xd_get(partner, "edi"), "guides")) {
            check_reference(t, guide, t->conf->guides, "conf.guide.unknown",
                "guide");
        }
    }

    xd_each (guide, t->conf->guides) {
        check_file_name(t, guide);
    }
}


/* Ids, hashes and EDI senders that are used twice: the registry finds them
 * while it is made, and needs no pepper for that. */
static xd_rc_t
check_registry(const tie_t *t)
{
    xd_registry_t *reg = NULL;
    xd_rc_t rc =
        xd_registry_make(t->scratch, t->conf, XD_STR(""), &reg, t->rep);

    if (rc != XD_OK) {
        return rc == XD_E_MEMORY ? rc : XD_OK;
    }

    xd_each (system, t->conf->systems) {
        const xd_party_t *party = xd_registry_party(reg, system->key);

        if (party != NULL) {
            xd_str_t at = xd_conf_place(t->scratch, t->conf, party->entry);

            xd_conf_fault(t->rep, t->conf, system, "conf.id.twice",
                "The id '%.*s' is taken by %.*s: consumers, partners and "
                "systems share one id space.",
                XD_FMT(system->key), XD_FMT(at));
        }
    }

    return XD_OK;
}


/* Each member of that name in a list is used once. */
static xd_rc_t
check_once(const tie_t *t, const xd_node_t *list, const char *member,
    const char *rule)
{
    xd_map_t *seen = xd_map_new(t->scratch);

    xd_each (item, list) {
        xd_node_t *name = xd_get(item, member);
        const xd_node_t *twin;

        if (seen == NULL) {
            return XD_E_MEMORY;
        }

        if (name == NULL || name->kind != XD_STRING) {
            continue;
        }

        twin = xd_map_get(seen, name->text);
        if (twin != NULL) {
            xd_conf_fault(t->rep, t->conf, name, rule,
                "'%.*s' stands in line %u too: use another %s.",
                XD_FMT(name->text), twin->line, member);
        } else if (xd_map_put(seen, name->text, name, NULL) != XD_OK) {
            return XD_E_MEMORY;
        }
    }

    return XD_OK;
}


/* What is written for a partner must reach it, too. */
static void
check_recipient(const tie_t *t, const xd_node_t *to)
{
    const xd_node_t *name = xd_get(to, "destination");
    const xd_node_t *partner =
        xd_get_str(t->conf->partners, xd_text(to, "destination"));

    check_reference(t, name, t->conf->partners, "conf.route.destination",
        "partner");

    if (partner != NULL && xd_get(partner, "transport") == NULL) {
        xd_conf_fault(t->rep, t->conf, name, "conf.route.transport",
            "Nothing can be sent to '%.*s': partners/%.*s.yaml has no "
            "'transport'.",
            XD_FMT(name->text), XD_FMT(name->text));
    }
}


static void
check_destination(const tie_t *t, const xd_node_t *to)
{
    if (xd_str_is(xd_text(to, "process"), "http")) {
        check_reference(t, xd_get(to, "destination"), t->conf->systems,
            "conf.route.destination", "system");
    } else if (xd_str_is(xd_text(to, "process"), "x12")
               || xd_str_is(xd_text(to, "process"), "edifact"))
    {
        check_recipient(t, to);
    }
}


static void
check_routes(const tie_t *t)
{
    xd_each (route, xd_get(t->conf->routes, "routes")) {
        xd_each (to, xd_get(route, "to")) {
            check_destination(t, to);
        }
    }
}


xd_rc_t
xd_conf_tie(const xd_conf_t *conf, xd_arena_t *scratch, xd_report_t *rep)
{
    tie_t t = { conf, scratch, rep };
    xd_rc_t rc = check_registry(&t);

    check_parties(&t);
    check_routes(&t);

    xd_each (system, conf->systems) {
        check_file_name(&t, system);
    }

    if (rc == XD_OK) {
        rc = check_once(&t, xd_get(conf->routes, "routes"), "name",
            "conf.route.twice");
    }

    if (rc == XD_OK) {
        rc = check_once(&t, xd_get(conf->people, "people"), "user",
            "conf.person.twice");
    }

    return rc;
}
