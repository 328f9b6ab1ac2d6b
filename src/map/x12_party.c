/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Parties: names, numbers in schemes, addresses.  A number with a wrong check
 * digit is kept as a number of that scheme, never as what it claims to be.
 */

#include "canon/format.h"
#include "map/x12_map.h"


/* A code that says nothing of the scheme, beside a reference that does: so a
 * number is written whose scheme has no code. */
static bool
named_again(const xd_node_t *n1, xd_str_t code, xd_str_t id)
{
    if (!xd_str_is(code, "ZZ")) {
        return false;
    }

    xd_each (ref, xd_get(n1, "REF")) {
        if (xd_str_eq(xd_text(ref, "2"), id)) {
            return true;
        }
    }

    return false;
}


static void
number(map_run_t *m, xd_node_t *party, const xd_node_t *n1,
    const map_table_t *ids)
{
    xd_str_t code = map_take(m, n1, "3"), id = map_take(m, n1, "4");
    xd_str_t scheme = map_table_name(ids, code);

    if (id.len == 0 || named_again(n1, code, id)) {
        return;
    }

    if (scheme.ptr == NULL) {
        map_put_id(m, party, x12_scheme(m, "66", code), id);
    } else if (!xd_str_is(scheme, "gln")) {
        map_put_id(m, party, scheme.ptr, id);
    } else if (xd_format_gln13(id)) {
        map_put(m, party, "gln", id);
    } else {
        map_warn(m, "map.gln", n1->offset, id,
            "The location number has no right check digit.");
        map_put_id(m, party, "gln", id);
    }
}


/* The object is made with its first member: an empty one is not allowed. */
static xd_node_t *
address_of(map_run_t *m, xd_node_t *party)
{
    xd_node_t *address = xd_get(party, "address");

    return address != NULL ? address : map_open(m, party, "address", XD_OBJECT);
}


/* One line more, of as many as an address may have. */
static void
line(map_run_t *m, xd_node_t *party, const xd_node_t *n3, const char *element)
{
    xd_node_t *lines = xd_get(xd_get(party, "address"), "lines"), *entry;
    xd_str_t text;

    if (lines != NULL && lines->count >= 5) {
        return;
    }

    text = map_take(m, n3, element);
    if (text.len == 0) {
        return;
    }

    if (lines == NULL) {
        lines = map_open(m, address_of(m, party), "lines", XD_ARRAY);
    }

    entry = map_append(m, lines, XD_STRING);
    if (entry != NULL) {
        entry->text = text;
    }
}


static void
lines(map_run_t *m, xd_node_t *party, const xd_node_t *n1)
{
    xd_each (n3, xd_get(n1, "N3")) {
        line(m, party, n3, "1");
        line(m, party, n3, "2");
    }
}


static void
town(map_run_t *m, xd_node_t *party, const xd_node_t *n1)
{
    static const struct {
        const char *element, *key;
    } rows[] = { { "1", "city" }, { "2", "region" }, { "3", "postcode" } };
    const xd_node_t *n4 = x12_segment(n1, "N4", NULL);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        xd_str_t value = map_take(m, n4, rows[i].element);

        if (value.len > 0) {
            map_put(m, address_of(m, party), rows[i].key, value);
        }
    }

    /* regions that are no two letters stand at a place for any location */
    if (xd_str_is(xd_text(n4, "5"), "SP") && xd_text(n4, "2").len == 0
        && xd_text(n4, "6").len > 0)
    {
        map_use(m, n4, "5");
        map_put(m, address_of(m, party), "region", map_take(m, n4, "6"));
    }

    /* a country by three letters, or none at all, stays in the residue */
    if (xd_format_country(xd_text(n4, "4"))) {
        map_put(m, address_of(m, party), "country", map_take(m, n4, "4"));
    }
}


xd_node_t *
x12_put_party(map_run_t *m, xd_node_t *to, const char *key, const xd_node_t *n1,
    const map_table_t *ids)
{
    xd_node_t *party = map_open(m, to, key, XD_OBJECT);

    map_use(m, n1, "1");
    map_put(m, party, "name", map_take(m, n1, "2"));
    number(m, party, n1, ids);
    lines(m, party, n1);
    town(m, party, n1);

    return party;
}
