/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Parties both ways.  N1 holds one number; further ones stand in REF, those
 * whose scheme has no code with its name beside them.
 */

#include "canon/format.h"
#include "map/x12_map.h"


#define LINES 4 /* of an address */


/* -- reading --------------------------------------------------------------- */

/* A name that schemes of ours may have. */
static bool
is_scheme(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || (i > 0 && ((c >= '0' && c <= '9') || c == '-'))))
        {
            return false;
        }
    }

    return s.len > 0 && s.len <= 40;
}


/* REF of a party: a coded scheme, or one that is named beside. */
static void
reference_read(map_run_t *m, const xd_node_t *ref, xd_node_t *party,
    const map_table_t *refs)
{
    xd_str_t code = xd_text(ref, "1"), name = xd_text(ref, "3");
    xd_str_t scheme = map_table_name(refs, code);

    if (xd_text(ref, "2").len == 0) {
        return;
    }

    if (scheme.ptr == NULL && xd_str_is(code, "ZZ") && is_scheme(name)) {
        scheme = map_kept(m, xd_dup(m->arena, map_take(m, ref, "3")));
    }

    if (scheme.ptr != NULL) {
        map_use(m, ref, "1");
        map_put_id(m, party, scheme.ptr, map_take(m, ref, "2"));
    }
}


/* A way to reach somebody, and the number, beginning at an element. */
static void
way_read(map_run_t *m, const xd_node_t *per, uint32_t n, xd_node_t *party)
{
    xd_str_t way = xd_text(per, x12_names[n]);
    xd_str_t value = xd_text(per, x12_names[n + 1]);
    bool email = xd_str_is(way, "EM");
    const char *key = email ? "email" : "phone";

    if (value.len == 0 || (!email && !xd_str_is(way, "TE"))
        || (email && memchr(value.ptr, '@', value.len) == NULL)
        || xd_get(party, key) != NULL)
    {
        return;
    }

    map_use(m, per, "1");
    map_use(m, per, x12_names[n]);
    map_put(m, party, key, map_take(m, per, x12_names[n + 1]));
}


static void
contact_read(map_run_t *m, const xd_node_t *per, xd_node_t *party)
{
    for (uint32_t n = 3; n <= 7; n += 2) {
        way_read(m, per, n, party);
    }
}


/* Is the word one of those that the line was told? */
static bool
is_told(const map_line_t *line, const char *word)
{
    for (const xd_str_t *w = line->with.words; w->ptr != NULL; w++) {
        if (xd_str_is(*w, word)) {
            return true;
        }
    }

    return false;
}


/* A party whose GLN is also a member of its own ("apart") is none when it says
 * no more. */
static void
party_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *n1 = map_find(m, line, group);
    xd_node_t *party;

    if (n1 == NULL
        || (is_told(line, "apart") && xd_get(n1, "2") == NULL
            && xd_get(n1, "N3") == NULL && xd_get(n1, "N4") == NULL))
    {
        return;
    }

    party = x12_put_party(m, map_around(m, to, line), map_key(line), n1,
        line->with.tables[0]);
    xd_each (ref, xd_get(n1, "REF")) {
        reference_read(m, ref, party, line->with.tables[1]);
    }
    xd_each (per, xd_get(n1, "PER")) {
        contact_read(m, per, party);
    }
}


/* -- writing --------------------------------------------------------------- */

/* A party on its way into an N1 loop. */
typedef struct {
    map_run_t *m;
    const map_line_t *line;
    const xd_node_t *party;
    xd_node_t *n1;
} out_t;


static void
set(out_t *o, xd_node_t *seg, uint32_t n, map_room_t room,
    const xd_node_t *node)
{
    map_line_t part = *o->line;

    if (node != NULL && seg != NULL) {
        part.nsteps = 0; /* named by the segment at hand */
        map_set_at(o->m, &part, seg, x12_names[n], room, node->text, node);
    }
}


/* A code of ours. */
static void
code(out_t *o, xd_node_t *seg, uint32_t n, xd_str_t value)
{
    map_write_value_at(o->m, seg, x12_names[n], value);
}


/* The code of a scheme in N103; of "x12-66-ZZ" what stands there. */
static xd_str_t
scheme_code(const out_t *o, xd_str_t scheme)
{
    xd_str_t code = map_table_code(o->line->with.tables[0], scheme);

    if (code.ptr != NULL || !xd_str_starts(scheme, XD_STR("x12-66-"))
        || scheme.len > 9)
    {
        return code;
    }

    return (xd_str_t){ scheme.ptr + 7, scheme.len - 7 };
}


static void
reference_write(out_t *o, const xd_node_t *id)
{
    xd_str_t coded =
        map_table_code(o->line->with.tables[1], xd_text(id, "scheme"));
    xd_node_t *ref = map_another(o->m, o->n1, "REF");

    code(o, ref, 1, coded.ptr != NULL ? coded : XD_STR("ZZ"));
    set(o, ref, 2, (map_room_t){ 1, 30 }, xd_get(id, "value"));

    if (coded.ptr == NULL) {
        set(o, ref, 3, (map_room_t){ 1, 80 }, xd_get(id, "scheme"));
    }
    map_used(o->m, xd_get(id, "scheme"));
}


/* Its place is in another line of the map. */
static bool
elsewhere(const out_t *o, const xd_node_t *id)
{
    for (const xd_str_t *s = o->line->with.apart; s->ptr != NULL; s++) {
        if (xd_str_eq(xd_text(id, "scheme"), *s)) {
            return true;
        }
    }

    return false;
}


/* The GLN, or else the first number when its scheme has a code, goes into N1
 * itself. */
static void
numbers_write(out_t *o)
{
    const xd_node_t *gln = xd_get(o->party, "gln");
    bool first = gln == NULL && xd_get(o->n1, "4") == NULL;

    if (gln != NULL) {
        xd_str_t there = xd_text(o->n1, "4");

        if (there.ptr != NULL && !xd_str_eq(there, gln->text)) {
            map_refuse(o->m, o->line, gln,
                "the party has one GLN, and another one was given.");
        }
        code(o, o->n1, 3, XD_STR("UL"));
        set(o, o->n1, 4, (map_room_t){ 13, 13 }, gln);
    }

    xd_each (id, xd_get(o->party, "altIds")) {
        xd_str_t coded =
            first ? scheme_code(o, xd_text(id, "scheme")) : XD_STR_NONE;

        if (elsewhere(o, id)) {
            continue;
        }

        if (coded.ptr != NULL && xd_text(id, "value").len >= 2) {
            code(o, o->n1, 3, coded);
            set(o, o->n1, 4, (map_room_t){ 2, 80 }, xd_get(id, "value"));
            map_used(o->m, xd_get(id, "scheme"));
        } else {
            reference_write(o, id);
        }
        first = false;
    }
}


static void
lines_write(out_t *o)
{
    const xd_node_t *lines = map_at(o->party, XD_STR("address.lines"));
    xd_node_t *n3 = NULL;
    uint32_t n = 0;

    if (lines != NULL && lines->count > LINES) {
        map_refuse(o->m, o->line, xd_nth(lines, LINES),
            "an address has at most %d lines.", LINES);
        return;
    }

    xd_each (text, lines) {
        if (n % 2 == 0) {
            n3 = map_another(o->m, o->n1, "N3");
        }
        set(o, n3, n % 2 + 1, (map_room_t){ 1, 55 }, text);
        n++;
    }
}


/* A region of two letters has a place of its own. */
static void
town_write(out_t *o)
{
    const xd_node_t *address = xd_get(o->party, "address");
    const xd_node_t *region = xd_get(address, "region");
    xd_node_t *n4;

    if (xd_get(address, "city") == NULL && region == NULL
        && xd_get(address, "postcode") == NULL
        && xd_get(address, "country") == NULL)
    {
        return;
    }

    n4 = map_another(o->m, o->n1, "N4");
    set(o, n4, 1, (map_room_t){ 2, 30 }, xd_get(address, "city"));
    set(o, n4, 3, (map_room_t){ 3, 15 }, xd_get(address, "postcode"));
    set(o, n4, 4, (map_room_t){ 2, 3 }, xd_get(address, "country"));

    if (region != NULL && region->text.len == 2) {
        set(o, n4, 2, (map_room_t){ 2, 2 }, region);
    } else if (region != NULL) {
        code(o, n4, 5, XD_STR("SP"));
        set(o, n4, 6, (map_room_t){ 1, 30 }, region);
    }
}


static void
contact_write(out_t *o)
{
    const xd_node_t *phone = xd_get(o->party, "phone");
    const xd_node_t *email = xd_get(o->party, "email");
    xd_node_t *per;

    if (phone == NULL && email == NULL) {
        return;
    }

    per = map_another(o->m, o->n1, "PER");
    code(o, per, 1, XD_STR("IC"));
    if (phone != NULL) {
        code(o, per, 3, XD_STR("TE"));
        set(o, per, 4, (map_room_t){ 1, 80 }, phone);
    }
    if (email != NULL) {
        code(o, per, phone != NULL ? 5 : 3, XD_STR("EM"));
        set(o, per, phone != NULL ? 6 : 4, (map_room_t){ 1, 80 }, email);
    }
}


/* N1 wants a name or a number: the first one is said twice, then. */
static void
name_need(out_t *o)
{
    const xd_node_t *id = xd_nth(xd_get(o->party, "altIds"), 0);

    if (xd_get(o->n1, "2") != NULL || xd_get(o->n1, "3") != NULL) {
        return;
    }

    if (id == NULL || xd_text(id, "value").len < 2) {
        map_refuse(o->m, o->line, xd_get(id, "value"),
            "N1 wants a name, or a number of 2 bytes or more.");
        return;
    }

    code(o, o->n1, 3, XD_STR("ZZ"));
    set(o, o->n1, 4, (map_room_t){ 2, 80 }, xd_get(id, "value"));
}


/* Is there a number of the party that no other line holds? */
static bool
has_numbers(const out_t *o)
{
    xd_each (id, xd_get(o->party, "altIds")) {
        if (!elsewhere(o, id)) {
            return true;
        }
    }

    return false;
}


/* Is there anything of the party that no other line holds?  A GLN goes into
 * N1 by both lines that know it. */
static bool
worth(const out_t *o)
{
    xd_each (member, o->party) {
        if (!xd_str_is(member->key, "altIds")) {
            return true;
        }
    }

    return has_numbers(o);
}


static void
party_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *party = map_member(from, line);
    out_t o = { .m = m, .line = line, .party = party };

    if (party == NULL || !worth(&o)) {
        return;
    }

    o.n1 = map_make(m, line, loop);
    if (o.n1 == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    set(&o, o.n1, 2, (map_room_t){ 1, 60 }, xd_get(party, "name"));
    numbers_write(&o);
    name_need(&o);
    lines_write(&o);
    town_write(&o);
    contact_write(&o);
}


const map_codec_t x12_as_party = { .read = party_read, .write = party_write };


/* -- a party of which only the GLN is said --------------------------------- */

static void
gln_read(map_run_t *m, const map_line_t *line, const xd_node_t *group,
    xd_node_t *to)
{
    const xd_node_t *n1 = map_find(m, line, group);

    if (xd_str_is(xd_text(n1, "3"), "UL")
        && xd_format_gln13(xd_str_trim(xd_text(n1, "4"))))
    {
        map_use(m, n1, "3");
        map_put(m, map_around(m, to, line), map_key(line),
            map_value(m, line, group));
    }
}


static void
gln_write(map_run_t *m, const map_line_t *line, const xd_node_t *from,
    xd_node_t *group)
{
    const xd_node_t *node = map_member(from, line);

    if (node != NULL) {
        map_set(m, line, group, node->text, node);
        code(&(out_t){ .m = m }, map_make(m, line, group), 3, XD_STR("UL"));
    }
}


const map_codec_t x12_as_gln = { .read = gln_read, .write = gln_write };
