/* SPDX-License-Identifier: BSD-2-Clause */

/* Plans at work, both ways; codecs do what lines say. */

#include "map/line.h"
#include "map/mapping.h"
#include "map/residue.h"
#include "map/tree.h"


/* -- running --------------------------------------------------------------- */

/* Is there no member where one must be? */
static bool
lacks(const map_line_t *line, const xd_node_t *object)
{
    if ((line->flags & MAP_MUST) == 0) {
        return false;
    }

    for (uint32_t i = 0; object != NULL && i < line->nmust; i++) {
        object = xd_get_str(object, line->member[i]);
    }

    return object == NULL;
}


/* Does the condition hold of what there is of the document?  A member that is
 * not there makes no condition true. */
static bool
holds(map_run_t *m, const map_line_t *line, const xd_node_t *object)
{
    xd_cel_binding_t bound[2];
    bool yes = false;
    xd_rc_t rc;

    if (line->when == NULL) {
        return true;
    }

    bound[0] =
        (xd_cel_binding_t){ XD_CEL_MEMBERS, xd_cel_of_node(m->arena, object) };
    bound[1] =
        (xd_cel_binding_t){ XD_STR("doc"), xd_cel_of_node(m->arena, m->doc) };
    rc = xd_cel_holds(line->when, m->arena, bound, 2, &yes, NULL);
    if (rc == XD_E_MEMORY) {
        m->rc = rc;
    }

    return rc == XD_OK && yes;
}


/* Tells who looks on that a line carried something. */
static void
seen(map_run_t *m, const map_line_t *line, size_t used, size_t puts)
{
    if (m->sees != NULL && m->rc == XD_OK
        && (m->used.count > used || m->puts > puts))
    {
        used = used < m->used.count ? used : m->used.count;
        m->sees(m->sees_ctx, line->id,
            m->used.at != NULL ? XD_AT(&m->used, const xd_node_t *, used)
                               : NULL,
            m->used.count - used);
    }
}


static void
read_line(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    size_t used = m->used.count, puts = m->puts;

    if (line->codec->read == NULL || (line->flags & MAP_READS) == 0
        || ((line->flags & MAP_FIRST) != 0 && map_member(to, line) != NULL)
        || !holds(m, line, to))
    {
        return;
    }

    line->codec->read(m, line, group, to);

    if ((line->flags & MAP_TOLD) != 0 && m->puts > puts) {
        const xd_node_t *at = map_find(m, line, group);

        map_warn(m, "map.party", at != NULL ? at->offset : 0,
            xd_str(map_key(line)),
            "The member is not named; another value was taken for it.");
    }
    seen(m, line, used, puts);
}


void
map_read_lines(map_run_t *m, const map_line_t *lines, const xd_node_t *group,
    xd_node_t *to)
{
    for (; lines->codec != NULL && m->rc == XD_OK; lines++) {
        read_line(m, lines, group, to);

        if (m->rc == XD_OK && lacks(lines, to)) {
            map_missing(m, lines, group);
        }
    }
}


void
map_write_lines(map_run_t *m, const map_line_t *lines, const xd_node_t *from,
    xd_node_t *group)
{
    for (; lines->codec != NULL && m->rc == XD_OK; lines++) {
        size_t used = m->used.count, puts = m->puts;
        const xd_node_t *object = (lines->flags & MAP_DOC) != 0 ? m->doc : from;

        if (lacks(lines, object)) {
            map_missing(m, lines, from);
        } else if (lines->codec->write != NULL
                   && (lines->flags & MAP_WRITES) != 0
                   && holds(m, lines, object))
        {
            lines->codec->write(m, lines, object, group);
            seen(m, lines, used, puts);
        }
    }
}


/* -- the whole ------------------------------------------------------------- */

static map_run_t
run_of(const xd_mapping_t *map, xd_arena_t *arena, xd_report_t *rep,
    const xd_map_watch_t *watch)
{
    return (map_run_t){ .arena = arena,
        .rep = rep,
        .kind = map->kind,
        .code = map->set,
        .used = XD_VEC(const xd_node_t *),
        .ccy = XD_STR(""),
        .sees = watch != NULL ? watch->sees : NULL,
        .sees_ctx = watch != NULL ? watch->ctx : NULL };
}


xd_rc_t
xd_mapping_read(const xd_mapping_t *map, xd_arena_t *arena,
    const xd_node_t *tree, xd_report_t *rep, const xd_map_watch_t *watch,
    xd_node_t **out, xd_node_t **residue)
{
    map_run_t m = run_of(map, arena, rep, watch);
    xd_node_t *doc = xd_node_new(arena, XD_OBJECT), *left;

    if (doc == NULL) {
        return XD_E_MEMORY;
    }

    m.tree = tree;
    m.doc = m.into = doc;
    map_read_lines(&m, map->lines, tree, doc);
    left = map_residue(&m);

    if (m.rc != XD_OK) {
        return m.rc;
    }

    if (m.bad) {
        return XD_E_SYNTAX;
    }

    *out = doc;
    *residue = left;

    return XD_OK;
}


/* What was left of the set that the document was made of, if that was one of
 * the same kind. */
static const xd_node_t *
residue_of(const xd_mapping_t *map, const xd_node_t *doc)
{
    const xd_node_t *meta = xd_get(doc, "meta");

    return xd_str_is(xd_text_at(meta, "origin.docType"), map->set)
               ? xd_get(xd_get(meta, "ext"), map->syntax)
               : NULL;
}


static xd_rc_t
write_with(const xd_mapping_t *map, xd_arena_t *arena, const xd_node_t *doc,
    const xd_node_t *residue, map_run_t *m)
{
    m->made = map->tree != NULL
                  ? map_tree_root(arena, map->tree)
                  : m->kind->make(arena, map->set, map->set_version);
    if (m->made == NULL) {
        return XD_E_MEMORY;
    }

    m->tree = m->made;
    m->doc = doc;
    map_write_lines(m, map->lines, doc, m->made);
    if (!m->bad && m->rc == XD_OK) {
        if (map->tree != NULL) {
            map_tree_restore(m, map->tree, residue);
        } else {
            map_residue_write(m, residue);
        }
        map_lost(m, doc);
    }

    return m->rc == XD_OK && m->bad ? XD_E_SYNTAX : m->rc;
}


xd_rc_t
xd_mapping_write(const xd_mapping_t *map, xd_arena_t *arena,
    const xd_node_t *doc, xd_report_t *rep, const xd_map_watch_t *watch,
    xd_node_t **tree)
{
    map_run_t m = run_of(map, arena, rep, watch);
    xd_rc_t rc = write_with(map, arena, doc, residue_of(map, doc), &m);

    if (rc == XD_OK) {
        *tree = m.made;
    }

    return rc;
}


/* What a declared tree says beyond its document takes the place of what no
 * line took; a document that cannot be written keeps that. */
static xd_rc_t
beyond(const xd_mapping_t *map, map_run_t *m, const xd_node_t *tree,
    const xd_node_t *doc, xd_node_t **residue)
{
    xd_rc_t rc = write_with(map, m->arena, doc, NULL, m);

    if (rc != XD_OK) {
        return rc == XD_E_SYNTAX ? XD_OK : rc;
    }

    *residue = map_tree_delta(m, map->tree, tree, m->made);

    return m->rc;
}


xd_rc_t
xd_mapping_exact(const xd_mapping_t *map, xd_arena_t *arena,
    const xd_node_t *tree, const xd_node_t *doc, xd_node_t **residue)
{
    xd_report_t rep;
    map_run_t m;
    xd_rc_t rc;
    xd_node_t *notes = NULL;

    if (!map->writes) {
        return XD_OK;
    }

    xd_report_init(&rep, NULL, 0);
    m = run_of(map, arena, &rep, NULL);
    if (map->tree != NULL) {
        return beyond(map, &m, tree, doc, residue);
    }

    rc = write_with(map, arena, doc, *residue, &m);
    if (rc == XD_OK) {
        notes = map_exact(&m, tree, m.made);
        rc = m.rc;
    }

    if (notes != NULL && *residue == NULL) {
        *residue = xd_node_new(arena, XD_OBJECT);
    }

    if (rc == XD_OK && notes != NULL) {
        notes->key = XD_STR("=");
        rc = xd_node_add(arena, *residue, notes) != NULL ? XD_OK : XD_E_MEMORY;
    }

    return rc;
}
