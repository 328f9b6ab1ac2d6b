/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Parties both ways.  N1 holds one number; further ones stand in REF, those
 * whose scheme has no code with its name beside them.
 */

#include "canon/format.h"
#include "map/x12_party_codec.h"


#define LINES 4 /* of an address */


/* -- reading -------------------------------------------------------------- */

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
reference_read(x12_map_t *m, const xd_node_t *ref, xd_node_t *party)
{
    xd_str_t code = xd_text(ref, "1"), name = xd_text(ref, "3");
    const char *scheme = x12_code(x12_party_refs, code);

    if (xd_text(ref, "2").len == 0) {
        return;
    }

    if (scheme == NULL && xd_str_is(code, "ZZ") && is_scheme(name)) {
        scheme = xd_dup(m->arena, x12_take(m, ref, "3")).ptr;
        m->rc = scheme == NULL ? XD_E_MEMORY : m->rc;
    }

    if (scheme != NULL) {
        x12_use(m, ref, "1");
        x12_put_id(m, party, scheme, x12_take(m, ref, "2"));
    }
}


/* A way to reach somebody, and the number, beginning at an element. */
static void
way_read(x12_map_t *m, const xd_node_t *per, uint32_t n, xd_node_t *party)
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

    x12_use(m, per, "1");
    x12_use(m, per, x12_names[n]);
    x12_put(m, party, key, x12_take(m, per, x12_names[n + 1]));
}


static void
contact_read(x12_map_t *m, const xd_node_t *per, xd_node_t *party)
{
    for (uint32_t n = 3; n <= 7; n += 2) {
        way_read(m, per, n, party);
    }
}


static void
party_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const x12_party_t *how = line->with;
    const xd_node_t *n1 = x12_find(m, line, loop);
    xd_node_t *party;

    if (n1 == NULL
        || (how != NULL && how->gln_apart && xd_get(n1, "2") == NULL
            && xd_get(n1, "N3") == NULL && xd_get(n1, "N4") == NULL))
    {
        return;
    }

    party = x12_put_party(m, to, line->member, n1);
    xd_each (ref, xd_get(n1, "REF")) {
        reference_read(m, ref, party);
    }
    xd_each (per, xd_get(n1, "PER")) {
        contact_read(m, per, party);
    }
}


/* -- writing -------------------------------------------------------------- */

/* A party on its way into an N1 loop. */
typedef struct {
    x12_map_t *m;
    const x12_line_t *line;
    const xd_node_t *party;
    xd_node_t *n1;
} out_t;


static void
set(out_t *o, xd_node_t *seg, uint32_t n, uint8_t min, uint16_t max,
    const xd_node_t *node)
{
    x12_line_t part = *o->line;

    if (node != NULL && seg != NULL) {
        part.min = min;
        part.max = max;
        part.segment = seg == o->n1 ? "N1" : seg->parent->key.ptr;
        x12_set_element(o->m, &part, seg, n, node->text, node);
    }
}


/* A code of ours. */
static void
code(out_t *o, xd_node_t *seg, uint32_t n, const char *value)
{
    if (seg != NULL && xd_get(seg, x12_names[n]) == NULL) {
        x12_put(o->m, seg, x12_names[n], xd_str(value));
    }
}


/* The code of a scheme in N103; of "x12-66-ZZ" what stands there. */
static const char *
scheme_code(out_t *o, xd_str_t scheme)
{
    const char *name = x12_code_of(x12_party_ids, scheme);

    if (name != NULL || !xd_str_starts(scheme, XD_STR("x12-66-"))
        || scheme.len > 9) {
        return name;
    }

    scheme = xd_dup(o->m->arena, (xd_str_t){ scheme.ptr + 7, scheme.len - 7 });
    if (scheme.ptr == NULL) {
        o->m->rc = XD_E_MEMORY;
    }

    return scheme.ptr;
}


static void
reference_write(out_t *o, const xd_node_t *id)
{
    const char *coded = x12_code_of(x12_party_refs, xd_text(id, "scheme"));
    xd_node_t *ref = x12_another(o->m, o->n1, "REF");

    code(o, ref, 1, coded != NULL ? coded : "ZZ");
    set(o, ref, 2, 1, 30, xd_get(id, "value"));

    if (coded == NULL) {
        set(o, ref, 3, 1, 80, xd_get(id, "scheme"));
    }
    x12_used(o->m, xd_get(id, "scheme"));
}


/* Its place is in another line of the map. */
static bool
elsewhere(const out_t *o, const xd_node_t *id)
{
    const x12_party_t *how = o->line->with;

    return how != NULL && how->elsewhere != NULL
           && xd_str_is(xd_text(id, "scheme"), how->elsewhere);
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
            x12_refuse(o->m, o->line, gln,
                "the party has one GLN, and another one was given.");
        }
        code(o, o->n1, 3, "UL");
        set(o, o->n1, 4, 13, 13, gln);
    }

    xd_each (id, xd_get(o->party, "altIds")) {
        const char *coded =
            first ? scheme_code(o, xd_text(id, "scheme")) : NULL;

        if (elsewhere(o, id)) {
            continue;
        }

        if (coded != NULL && xd_text(id, "value").len >= 2) {
            code(o, o->n1, 3, coded);
            set(o, o->n1, 4, 2, 80, xd_get(id, "value"));
            x12_used(o->m, xd_get(id, "scheme"));
        } else {
            reference_write(o, id);
        }
        first = false;
    }
}


static void
lines_write(out_t *o)
{
    const xd_node_t *lines = x12_member(o->party, "address.lines");
    xd_node_t *n3 = NULL;
    uint32_t n = 0;

    if (lines != NULL && lines->count > LINES) {
        x12_refuse(o->m, o->line, xd_nth(lines, LINES),
            "an address has at most %d lines.", LINES);
        return;
    }

    xd_each (text, lines) {
        if (n % 2 == 0) {
            n3 = x12_another(o->m, o->n1, "N3");
        }
        set(o, n3, n % 2 + 1, 1, 55, text);
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

    n4 = x12_another(o->m, o->n1, "N4");
    set(o, n4, 1, 2, 30, xd_get(address, "city"));
    set(o, n4, 3, 3, 15, xd_get(address, "postcode"));
    set(o, n4, 4, 2, 3, xd_get(address, "country"));

    if (region != NULL && region->text.len == 2) {
        set(o, n4, 2, 2, 2, region);
    } else if (region != NULL) {
        code(o, n4, 5, "SP");
        set(o, n4, 6, 1, 30, region);
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

    per = x12_another(o->m, o->n1, "PER");
    code(o, per, 1, "IC");
    if (phone != NULL) {
        code(o, per, 3, "TE");
        set(o, per, 4, 1, 80, phone);
    }
    if (email != NULL) {
        code(o, per, phone != NULL ? 5 : 3, "EM");
        set(o, per, phone != NULL ? 6 : 4, 1, 80, email);
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
        x12_refuse(o->m, o->line, xd_get(id, "value"),
            "N1 wants a name, or a number of 2 bytes or more.");
        return;
    }

    code(o, o->n1, 3, "ZZ");
    set(o, o->n1, 4, 2, 80, xd_get(id, "value"));
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
party_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *party = x12_member(from, line->member);
    out_t o = { .m = m, .line = line, .party = party };

    if (party == NULL || !worth(&o)) {
        return;
    }

    o.n1 = x12_make(m, line, loop);
    if (o.n1 == NULL) {
        m->rc = XD_E_MEMORY;
        return;
    }

    set(&o, o.n1, 2, 1, 60, xd_get(party, "name"));
    numbers_write(&o);
    name_need(&o);
    lines_write(&o);
    town_write(&o);
    contact_write(&o);
}


const x12_codec_t x12_as_party = { .read = party_read, .write = party_write };


/* Who else is named, for a party that is not. */
static void
stand_in_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *n1 = x12_find(m, line, loop);

    if (n1 != NULL && xd_get(to, line->member) == NULL) {
        x12_warn(m, "x12.map.party", n1->offset, xd_text(n1, "1"),
            "The party is not named; another one was taken for it.");
        party_read(m, line, loop, to);
    }
}


const x12_codec_t x12_as_stand_in = { .read = stand_in_read };


/* -- a party of which only the GLN is said -------------------------------- */

static void
gln_read(x12_map_t *m, const x12_line_t *line, const xd_node_t *loop,
    xd_node_t *to)
{
    const xd_node_t *n1 = x12_find(m, line, loop);

    if (xd_str_is(xd_text(n1, "3"), "UL")
        && xd_format_gln13(xd_str_trim(xd_text(n1, "4"))))
    {
        x12_use(m, n1, "3");
        x12_put(m, to, line->member, x12_value(m, line, loop));
    }
}


static void
gln_write(x12_map_t *m, const x12_line_t *line, const xd_node_t *from,
    xd_node_t *loop)
{
    const xd_node_t *node = x12_member(from, line->member);

    if (node != NULL) {
        x12_set(m, line, loop, node->text, node);
    }
}


const x12_codec_t x12_as_gln = { .read = gln_read, .write = gln_write };
