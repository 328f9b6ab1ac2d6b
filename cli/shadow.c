/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A shadow run: the archived bytes of a fact through the maps of now, and the
 * fact through the routes of now, held against what came out then.  Nothing
 * is sent.
 */

#include "maps.h"
#include "replay.h"

#include "edi/grade.h"
#include "format/json.h"
#include "format/xml.h"
#include "relay/relay.h"
#include "store/archive.h"

#define FINDINGS 20


/* What came out otherwise; its lines are written at the end. */
typedef struct {
    replay_t *r;
    const xd_message_t *fact;
    const xd_node_t *then;
    xd_buf_t out; /* JSON objects, or lines */
    size_t count;
} shadow_t;


static void
tell(shadow_t *s, const char *what, xd_str_t then, xd_str_t now)
{
    if (s->r->json) {
        xd_buf_text(&s->out, s->count > 0 ? ",{\"what\":" : "{\"what\":");
        xd_json_string(&s->out, xd_str(what));
        xd_buf_text(&s->out, ",\"then\":");
        xd_json_string(&s->out, then);
        xd_buf_text(&s->out, ",\"now\":");
        xd_json_string(&s->out, now);
        xd_buf_byte(&s->out, '}');
    } else {
        xd_buf_fmt(&s->out, "  %s: then %.*s, now %.*s\n", what,
            XD_FMT(then.len > 0 ? then : XD_STR("nothing")),
            XD_FMT(now.len > 0 ? now : XD_STR("nothing")));
    }

    s->count++;
}


/* -- routes ---------------------------------------------------------------- */

static bool
names(xd_str_t list, xd_str_t word)
{
    while (list.len > 0) {
        if (xd_str_eq(xd_str_cut(&list, ' '), word)) {
            return true;
        }
    }

    return false;
}


/* Each of one list that the other has not. */
static void
missing(shadow_t *s, xd_str_t list, xd_str_t other, bool then)
{
    while (list.len > 0) {
        xd_str_t word = xd_str_cut(&list, ' ');

        if (!names(other, word)) {
            tell(s, "destination", then ? word : XD_STR(""),
                then ? XD_STR("") : word);
        }
    }
}


static xd_rc_t
compare_routes(shadow_t *s)
{
    xd_arena_t *arena = s->r->scratch;
    xd_route_fact_t about = xd_relay_about(s->fact, s->then);
    xd_vec_t hits = XD_VEC(xd_route_hit_t);
    xd_str_t then = xd_header(s->fact, "xd-routes"), now = XD_STR("");
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, arena, FINDINGS);
    rc = xd_routes_match(s->r->routes, &about, arena, &hits, &rep);
    cli_findings(stderr, NULL, &rep);

    for (size_t i = 0; i < hits.count && now.ptr != NULL; i++) {
        const xd_route_hit_t *hit = XD_AT(&hits, xd_route_hit_t, i);

        now = xd_fmt(arena, "%.*s%s%.*s.%.*s.%.*s", XD_FMT(now),
            i > 0 ? " " : "", XD_FMT(hit->process), XD_FMT(hit->destination),
            XD_FMT(hit->verb));
    }

    if (now.ptr == NULL || rc == XD_E_MEMORY) {
        return XD_E_MEMORY;
    }

    missing(s, then, now, true);
    missing(s, now, then, false);

    return XD_OK;
}


/* -- documents ------------------------------------------------------------- */

/* The set that became the fact. */
typedef struct {
    const xd_edi_interchange_t *ic;
    const xd_edi_group_t *group;
    const xd_edi_set_t *set; /* NULL: it is not there */
} place_t;

/* What the set is from this partner now: by its profile, else as usual. */
static const xd_mapping_t *
map_of(const shadow_t *s, const place_t *at)
{
    xd_str_t partner = xd_text_at(s->then, "meta.source.partner");
    const xd_node_t *profile = xd_get_str(s->r->conf->partners, partner);
    const xd_node_t *role =
        xd_get_str(xd_get(xd_get(profile, "edi"), "roles"), at->set->code);
    xd_mapping_query_t query =
        cli_set_query(s->r->scratch, at->ic, at->group, at->set);

    query.document = role != NULL ? role->text : XD_STR("");
    query.party = partner;

    return xd_mapping_in(&s->r->maps, &query);
}


/* Its interchange by number, then its ordinal. */
static place_t
set_find(const shadow_t *s, const xd_edi_file_t *file)
{
    xd_str_t control = xd_text_at(s->then, "meta.source.controlNo");
    const xd_node_t *origin = xd_get(xd_get(s->then, "meta"), "origin");
    int64_t wanted = xd_int(origin, "ordinal", 1, INT32_MAX, 1);
    place_t at = { NULL, NULL, NULL };

    for (size_t i = 0; i < file->interchanges.count; i++) {
        int64_t before = 0;

        at.ic = XD_AT(&file->interchanges, xd_edi_interchange_t, i);
        for (size_t g = 0;
             xd_str_eq(at.ic->control, control) && g < at.ic->groups.count; g++)
        {
            at.group = XD_AT(&at.ic->groups, xd_edi_group_t, g);

            if (wanted - before <= (int64_t) at.group->sets.count) {
                at.set =
                    XD_AT(&at.group->sets, xd_edi_set_t, wanted - before - 1);
                return at;
            }
            before += (int64_t) at.group->sets.count;
        }
    }

    return at;
}


/* The document of now without its meta; NULL: none comes of it any more. */
static xd_rc_t
from_edi(shadow_t *s, xd_str_t bytes, xd_node_t **now)
{
    const xd_edi_options_t options = { .trees = true };
    const xd_mapping_t *map;
    xd_node_t *residue;
    xd_edi_file_t file;
    xd_report_t rep;
    place_t at = { NULL, NULL, NULL };
    xd_rc_t rc;

    xd_report_init(&rep, s->r->scratch, FINDINGS);
    rc = xd_edi_grade(s->r->scratch, bytes, &options, &rep, &file);
    if (rc == XD_OK) {
        at = set_find(s, &file);
    }
    map = at.set != NULL && at.set->tree != NULL ? map_of(s, &at) : NULL;

    if (map == NULL) {
        return rc;
    }

    rc = xd_mapping_read(map, s->r->scratch, at.set->tree, &rep, NULL, now,
        &residue);

    return rc == XD_E_SYNTAX ? XD_OK : rc;
}


static xd_rc_t
from_xml(shadow_t *s, xd_str_t bytes, xd_node_t **now)
{
    const xd_xml_limits_t limits = { .doctype = true };
    const xd_mapping_t *map;
    xd_node_t *root, *residue;
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, s->r->scratch, FINDINGS);
    rc = xd_xml_read(s->r->scratch, bytes, &limits, &root, &rep);
    map = rc == XD_OK ? xd_mapping_of_xml(&s->r->maps, root,
              xd_text_at(s->then, "meta.source.partner"))
                      : NULL;
    if (map != NULL) {
        rc = xd_mapping_read_xml(map, s->r->scratch, root, &rep, now, &residue);
    }

    return rc == XD_E_MEMORY ? rc : XD_OK;
}


static xd_rc_t
from_json(shadow_t *s, xd_str_t bytes, xd_node_t **now)
{
    const xd_json_limits_t limits = { .allow_bom = true };
    xd_report_t rep;
    xd_rc_t rc;

    xd_report_init(&rep, s->r->scratch, 0);
    rc = xd_json_read(s->r->scratch, bytes, &limits, now, &rep);

    return rc == XD_E_MEMORY ? rc : XD_OK;
}


static xd_str_t
as_text(shadow_t *s, const xd_node_t *node)
{
    xd_buf_t json = { 0 };
    xd_str_t text = XD_STR("");

    if (node != NULL) {
        xd_json_write(&json, node, XD_JSON_COMPACT);
        text = xd_dup(s->r->scratch, xd_buf_str(&json));
    }

    xd_buf_free(&json);

    return text;
}


/* By members of the document; meta is of the run. */
static void
compare_members(shadow_t *s, const xd_node_t *then, const xd_node_t *now)
{
    xd_each (member, then) {
        const xd_node_t *other = xd_get_str(now, member->key);

        if (!xd_str_is(member->key, "meta")
            && (other == NULL || !xd_node_equal(member, other)))
        {
            xd_str_t name = xd_dup(s->r->scratch, member->key);

            tell(s, name.ptr != NULL ? name.ptr : "a member",
                as_text(s, member), as_text(s, other));
        }
    }

    xd_each (member, now) {
        if (!xd_str_is(member->key, "meta")
            && xd_get_str(then, member->key) == NULL) {
            xd_str_t name = xd_dup(s->r->scratch, member->key);

            tell(s, name.ptr != NULL ? name.ptr : "a member", XD_STR(""),
                as_text(s, member));
        }
    }
}


/* A fact that no translator made has no bytes to be made from again. */
static xd_rc_t
compare_document(shadow_t *s)
{
    xd_str_t hash = xd_text_at(s->then, "meta.origin.sha256");
    xd_str_t standard = xd_text_at(s->then, "meta.origin.standard");
    xd_str_t document = xd_text_at(s->then, "meta.type");
    bool edi = xd_str_starts(standard, XD_STR("X12"))
               || xd_str_starts(standard, XD_STR("EDIFACT"));
    xd_node_t *now = NULL;
    xd_str_t bytes;
    xd_rc_t rc;

    if (standard.len == 0 || hash.len == 0 || xd_str_is(document, "exception")
        || xd_str_is(document, "functional-ack"))
    {
        return XD_OK;
    }

    rc = xd_archive_get(s->r->scratch, xd_conf_path(s->r->conf, "archive"),
        hash, &bytes);
    if (rc != XD_OK) {
        tell(s, "bytes", hash, XD_STR("not in the archive as they were"));
        return rc == XD_E_MEMORY ? rc : XD_OK;
    }

    rc = edi                   ? from_edi(s, bytes, &now)
         : xd_xml_looks(bytes) ? from_xml(s, bytes, &now)
                               : from_json(s, bytes, &now);

    if (rc == XD_OK && now == NULL) {
        tell(s, "document", document, XD_STR(""));
    } else if (rc == XD_OK) {
        compare_members(s, s->then, now);
    }

    return rc;
}


/* -- what is told ---------------------------------------------------------- */

static void
print_json(const shadow_t *s)
{
    xd_buf_t out = { 0 };

    xd_buf_text(&out, "{\"id\":");
    xd_json_string(&out, s->fact->message_id);
    xd_buf_text(&out, ",\"key\":");
    xd_json_string(&out, xd_header(s->fact, "xd-key"));
    xd_buf_text(&out, ",\"differences\":[");
    xd_buf_add(&out, xd_buf_str(&s->out));
    xd_buf_text(&out, "]}\n");
    (void) cli_print(xd_buf_str(&out));
    xd_buf_free(&out);
}


static void
print_lines(const shadow_t *s)
{
    xd_str_t rest = xd_buf_str(&s->out);

    cli_text(stdout, xd_header(s->fact, "xd-key"));
    cli_write(stdout, "  ");
    cli_text(stdout, s->fact->message_id);
    cli_write(stdout, "\n");

    while (rest.len > 0) {
        cli_text(stdout, xd_str_cut(&rest, '\n'));
        cli_write(stdout, "\n");
    }
}


int
replay_shadow(replay_t *r, const xd_message_t *fact, const xd_node_t *doc)
{
    shadow_t s = { .r = r, .fact = fact, .then = doc };
    xd_rc_t rc = compare_routes(&s);

    rc = rc == XD_OK ? compare_document(&s) : rc;
    rc = rc == XD_OK ? xd_buf_rc(&s.out) : rc;
    r->differ += s.count > 0;

    if (rc == XD_OK && s.count > 0 && r->json) {
        print_json(&s);
    } else if (rc == XD_OK && s.count > 0) {
        print_lines(&s);
    }

    xd_buf_free(&s.out);

    return rc == XD_OK ? CLI_GOOD : cli_fail("%s", xd_rc_text(rc));
}
