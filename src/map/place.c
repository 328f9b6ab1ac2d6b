/* SPDX-License-Identifier: BSD-2-Clause */

/* Places of lines in a tree: groups found and made, values taken and set. */

#include <stdio.h>

#include "map/line.h"


/* -- what stands beside ---------------------------------------------------- */

static bool
is_any_of(const xd_str_t *codes, xd_str_t value)
{
    for (; codes->ptr != NULL; codes++) {
        if (xd_str_eq(*codes, value)) {
            return true;
        }
    }

    return false;
}


bool
map_fits(const map_run_t *m, const map_step_t *step, const xd_node_t *group)
{
    for (uint32_t i = 0; i < step->nbeside; i++) {
        const map_beside_t *b = &step->beside[i];

        if (b->must
            && is_any_of(b->codes, map_text(m, group, b->key)) == b->not_these)
        {
            return false;
        }
    }

    return true;
}


/* What was written only because the format wants it is carried over, too. */
void
map_use_beside(map_run_t *m, const map_step_t *step, const xd_node_t *group)
{
    for (uint32_t i = 0; i < step->nbeside; i++) {
        const map_beside_t *b = &step->beside[i];
        const xd_node_t *node = m->kind->value(group, b->key);

        if (node != NULL && !b->not_these && is_any_of(b->codes, node->text)) {
            map_used(m, node);
        }
    }
}


static void
set_beside(map_run_t *m, const map_step_t *step, xd_node_t *group)
{
    for (uint32_t i = 0; i < step->nbeside; i++) {
        if (!step->beside[i].not_these) {
            map_write_value_at(m, group, step->beside[i].key,
                step->beside[i].codes[0]);
        }
    }
}


/* -- finding groups -------------------------------------------------------- */

/* The first group in which all stands that must, and this code at the place
 * that has several. */
static const xd_node_t *
occurrence(const map_run_t *m, const map_step_t *step, const xd_node_t *in,
    const xd_str_t *code)
{
    const xd_node_t *group = m->kind->first(in, step->name);

    for (; group != NULL; group = m->kind->next(group)) {
        bool pinned = m->pinned != NULL && m->pinned->parent == group->parent;

        if ((!pinned || group == m->pinned) && map_fits(m, step, group)
            && (code == NULL
                || xd_str_eq(map_text(m, group, step->beside[0].key), *code)))
        {
            return group;
        }
    }

    return NULL;
}


/* Of several codes the best one that is there. */
static const xd_node_t *
step_down(const map_run_t *m, const map_step_t *step, const xd_node_t *in)
{
    const xd_node_t *found = NULL;
    const xd_str_t *code;

    if (step->nbeside == 0 || !step->beside[0].must || step->beside[0].not_these
        || step->beside[0].codes[1].ptr == NULL)
    {
        return occurrence(m, step, in, NULL);
    }

    for (code = step->beside[0].codes; found == NULL && code->ptr != NULL;
         code++) {
        found = occurrence(m, step, in, code);
    }

    return found;
}


static const xd_node_t *
go_down(const map_run_t *m, const map_line_t *line, const xd_node_t *group,
    uint32_t steps)
{
    group = (line->flags & MAP_ROOT) != 0 ? m->tree : group;

    for (uint32_t i = 0; group != NULL && i < steps; i++) {
        group = step_down(m, &line->steps[i], group);
    }

    return group;
}


const xd_node_t *
map_find(const map_run_t *m, const map_line_t *line, const xd_node_t *group)
{
    const xd_node_t *found = go_down(m, line, group, line->nsteps);

    return found == NULL || line->own == NULL || map_fits(m, line->own, found)
               ? found
               : NULL;
}


const xd_node_t *
map_find_outer(const map_run_t *m, const map_line_t *line,
    const xd_node_t *group)
{
    return go_down(m, line, group, line->nsteps > 0 ? line->nsteps - 1 : 0);
}


/* -- making groups --------------------------------------------------------- */

/* Would the step's first codes be right in a group that was made? */
static bool
is_made_so(const map_run_t *m, const map_step_t *step, const xd_node_t *group)
{
    for (uint32_t i = 0; i < step->nbeside; i++) {
        const map_beside_t *b = &step->beside[i];

        if (b->must && !b->not_these
            && !xd_str_eq(map_text(m, group, b->key), b->codes[0]))
        {
            return false;
        }
    }

    return true;
}


static xd_node_t *
step_make(map_run_t *m, const map_step_t *step, xd_node_t *in)
{
    const xd_node_t *known;
    xd_node_t *group;

    if (in == NULL) {
        return NULL;
    }

    known = m->kind->first(in, step->name);
    for (; known != NULL; known = m->kind->next(known)) {
        if (is_made_so(m, step, known)) {
            break;
        }
    }

    /* groups of a tree that is made are ours to change */
    group = known != NULL ? (xd_node_t *) (uintptr_t) known
                          : map_another(m, in, step->name);
    if (group != NULL) {
        set_beside(m, step, group);
    }

    return group;
}


static xd_node_t *
make_down(map_run_t *m, const map_line_t *line, xd_node_t *group,
    uint32_t steps)
{
    group = (line->flags & MAP_ROOT) != 0 ? m->made : group;

    for (uint32_t i = 0; group != NULL && i < steps; i++) {
        group = step_make(m, &line->steps[i], group);
    }

    if (group == NULL) {
        m->rc = XD_E_MEMORY;
    }

    return group;
}


xd_node_t *
map_make(map_run_t *m, const map_line_t *line, xd_node_t *group)
{
    xd_node_t *made = make_down(m, line, group, line->nsteps);

    if (made != NULL && line->own != NULL) {
        set_beside(m, line->own, made);
    }

    return made;
}


xd_node_t *
map_make_outer(map_run_t *m, const map_line_t *line, xd_node_t *group)
{
    return make_down(m, line, group, line->nsteps > 0 ? line->nsteps - 1 : 0);
}


xd_node_t *
map_make_another(map_run_t *m, const map_line_t *line, xd_node_t *outer)
{
    xd_node_t *group =
        outer != NULL ? map_another(m, outer, map_last(line)->name) : NULL;

    if (group == NULL) {
        m->rc = XD_E_MEMORY;
    } else {
        set_beside(m, map_last(line), group);
    }

    return group;
}


/* -- values ---------------------------------------------------------------- */

xd_str_t
map_value(map_run_t *m, const map_line_t *line, const xd_node_t *group)
{
    const xd_node_t *in = map_find(m, line, group);

    if (in == NULL || map_text(m, in, line->keys[0]).len == 0) {
        return XD_STR("");
    }

    if (line->nsteps > 0 || line->own != NULL) {
        map_use_beside(m, line->own != NULL ? line->own : map_last(line), in);
    }

    return map_take(m, in, line->keys[0]);
}


xd_str_t
map_place_name(const map_line_t *line, const xd_node_t *group, const char *key,
    char to[MAP_PLACE_NAME])
{
    xd_str_t name = XD_STR("");
    int len;

    if (line->nsteps > 0) {
        name = xd_str(map_last(line)->shown);
    } else if (group != NULL && group->parent != NULL) {
        name = group->parent->key;
    }

    key = key != NULL ? key : "";
    len = snprintf(to, 24, "%.*s%s%.8s", (int) (name.len < 12 ? name.len : 12),
        name.ptr,
        strchr(key, '.') != NULL           ? "."
        : key[0] != '\0' && key[1] == '\0' ? "0"
                                           : "",
        key);

    return (xd_str_t){ to, len < 24 ? (size_t) len : 23 };
}


void
map_set_at(map_run_t *m, const map_line_t *line, xd_node_t *group,
    const char *key, map_room_t room, xd_str_t value, const xd_node_t *node)
{
    xd_str_t text = xd_str_trim(value);
    char place[24];

    map_used(m, node);

    if (text.len < room.min || (room.max > 0 && text.len > room.max)) {
        map_refuse(m, line, node, "%.*s holds %u to %u bytes; this has %zu.",
            XD_FMT(map_place_name(line, group, key, place)), room.min, room.max,
            text.len);
        return;
    }

    if (group != NULL) {
        map_write_value_at(m, group, key, text);
    }
}


void
map_set(map_run_t *m, const map_line_t *line, xd_node_t *group, xd_str_t value,
    const xd_node_t *node)
{
    xd_node_t *in = map_make(m, line, group);

    if (in != NULL) {
        map_set_at(m, line, in, line->keys[0],
            (map_room_t){ line->min, line->max }, value, node);
    }
}
