/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Ship notice to shipment.  The header comes from the shipment level and the
 * segments before it; below it, packs become units and items their contents,
 * whatever order the levels have.
 */

#include "map/x12_856.h"

#include "canon/format.h"
#include "map/x12_asn.h"


/* What an item knows from the levels above it. */
typedef struct {
    xd_str_t po, order;
    const xd_node_t *po_line; /* PRF, whose fifth element may number the line */
    xd_node_t *contents;      /* of the unit around it; NULL: none */
    int64_t unit;             /* that unit's number */
} above_t;

/* LIN has up to fifteen pairs. */
static const char *const pairs[][2] = { { "2", "3" }, { "4", "5" },
    { "6", "7" }, { "8", "9" }, { "10", "11" }, { "12", "13" }, { "14", "15" },
    { "16", "17" }, { "18", "19" }, { "20", "21" }, { "22", "23" },
    { "24", "25" }, { "26", "27" }, { "28", "29" }, { "30", "31" } };


/* -- items ---------------------------------------------------------------- */

static void
item(asn_t *a, xd_node_t *content, const xd_node_t *hl, const xd_node_t *lin)
{
    x12_map_t *m = &a->map;
    xd_node_t *to = x12_open(m, content, "item", XD_OBJECT);
    const xd_node_t *pid = x12_segment(hl, "PID", "F");

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (!xd_str_is(xd_text(lin, pairs[i][0]), "LT")) {
            x12_put_item_id(m, to, lin, pairs[i][0], pairs[i][1]);
        }
    }

    if (xd_text(pid, "5").len > 0) {
        x12_use(m, pid, "1");
        x12_put(m, to, "description", x12_take(m, pid, "5"));
    }
}


/* The number of an order line, from the first place that holds one. */
static void
line_number(asn_t *a, xd_node_t *content, const xd_node_t *hl,
    const above_t *above)
{
    const struct {
        const xd_node_t *seg;
        const char *element;
    } places[] = { { x12_segment(hl, "LIN", NULL), "1" },
        { x12_segment(hl, "SN1", NULL), "1" }, { above->po_line, "5" } };

    a->line_no++;

    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        uint64_t n;

        if (xd_str_uint(xd_text(places[i].seg, places[i].element), 99999, &n)
            && n > 0) {
            x12_use(&a->map, places[i].seg, places[i].element);
            x12_put_number(&a->map, content, "lineNo", (int64_t) n);
            return;
        }
    }

    x12_put_number(&a->map, content, "lineNo", a->line_no);
}


/* Batch: a pair of LIN, or a reference. */
static void
lot(asn_t *a, xd_node_t *content, const xd_node_t *hl, const xd_node_t *lin)
{
    x12_map_t *m = &a->map;
    const xd_node_t *ref = x12_segment(hl, "REF", "LT");
    const xd_node_t *until = x12_segment(hl, "DTM", "036");

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        if (xd_str_is(xd_text(lin, pairs[i][0]), "LT")
            && xd_get(content, "lot") == NULL)
        {
            x12_use(m, lin, pairs[i][0]);
            x12_put(m, content, "lot", x12_take(m, lin, pairs[i][1]));
        }
    }

    if (ref != NULL && xd_get(content, "lot") == NULL) {
        x12_use(m, ref, "1");
        x12_put(m, content, "lot", x12_take(m, ref, "2"));
    }

    if (until != NULL) {
        x12_use(m, until, "1");
        x12_put(m, content, "expiry", x12_date(m, x12_take(m, until, "2")));
    }
}


/* -- units ---------------------------------------------------------------- */

static xd_node_t *
unit_open(asn_t *a, const char *kind, int64_t parent)
{
    xd_node_t *unit = x12_append(&a->map, a->units, XD_OBJECT);

    x12_put_number(&a->map, unit, "unitNo", ++a->unit_no);
    if (parent != 0) {
        x12_put_number(&a->map, unit, "parent", parent);
    }
    x12_put(&a->map, unit, "kind", xd_str(kind));

    return unit;
}


/* Where items go that stand in no pack. */
static xd_node_t *
load_of(asn_t *a)
{
    if (a->load == NULL) {
        a->load =
            x12_open(&a->map, unit_open(a, "load", 0), "contents", XD_ARRAY);
    }

    return a->load;
}


/* An SSCC is 18 digits; with its application identifier, 00, it is 20. */
static xd_str_t
sscc(xd_str_t id)
{
    if (id.len == 20 && memcmp(id.ptr, "00", 2) == 0) {
        id.ptr += 2;
        id.len -= 2;
    }

    return xd_format_sscc18(id) ? id : XD_STR("");
}


static void
marking(asn_t *a, xd_node_t *unit, const xd_node_t *man)
{
    x12_map_t *m = &a->map;
    xd_str_t code = x12_take(m, man, "1"), id = x12_take(m, man, "2");
    const char *scheme = x12_code(x12_package_ids, code);
    bool is_sscc = scheme != NULL && strcmp(scheme, "sscc") == 0;

    if (is_sscc && sscc(id).len > 0 && xd_get(unit, "sscc") == NULL) {
        x12_put(m, unit, "sscc", sscc(id));
        return;
    }

    if (is_sscc && sscc(id).len == 0) {
        x12_warn(m, "x12.map.sscc", man->offset, id,
            "The mark is no SSCC with a right check digit.");
    }

    if (xd_str_is(code, "CP")) {
        x12_asn_track(a, id);
    }

    x12_put_id(m, unit,
        scheme != NULL && !is_sscc ? scheme : x12_scheme(m, "88", code), id);
}


/* A pack: its marks, its weight, room for its contents. */
static xd_node_t *
pack(asn_t *a, const xd_node_t *hl, char code, int64_t parent)
{
    xd_node_t *unit = unit_open(a, code == 'T' ? "pallet" : "carton", parent);

    xd_each (man, xd_get(hl, "MAN")) {
        marking(a, unit, man);
    }
    x12_asn_weight(a, unit, hl);

    return x12_open(&a->map, unit, "contents", XD_ARRAY);
}


/* -- levels --------------------------------------------------------------- */

static void
content(asn_t *a, const xd_node_t *hl, const above_t *above, xd_node_t *to)
{
    x12_map_t *m = &a->map;
    const xd_node_t *lin = x12_segment(hl, "LIN", NULL);
    const xd_node_t *sn1 = x12_segment(hl, "SN1", NULL);
    xd_node_t *c = x12_append(m, to, XD_OBJECT);

    x12_put(m, c, "poNo", above->po);
    x12_put(m, c, "orderNo", above->order);
    line_number(a, c, hl, above);
    item(a, c, hl, lin);

    if (sn1 != NULL) {
        x12_put_quantity(m, c, "qty", x12_take(m, sn1, "2"),
            x12_take(m, sn1, "3"), sn1->offset);
    }

    x12_asn_must(a, c, "qty", hl->offset,
        "The item does not say how much was shipped (SN1).");
    lot(a, c, hl, lin);
}


/* What a level says of the order that all below it belongs to. */
static void
order(asn_t *a, const xd_node_t *hl, above_t *above)
{
    x12_map_t *m = &a->map;
    const xd_node_t *prf = x12_segment(hl, "PRF", NULL);
    const xd_node_t *ref = x12_segment(hl, "REF", "VN");

    if (prf != NULL) {
        above->po = x12_take(m, prf, "1");
        above->po_line = prf;
    }

    if (ref != NULL) {
        x12_use(m, ref, "1");
        above->order = x12_take(m, ref, "2");
    }
}


/* Where an item goes: into the pack around it, else into the only pack below
 * it, else into the load.  *inside tells the second. */
static xd_node_t *
place(asn_t *a, const xd_node_t *hl, const above_t *above,
    const xd_node_t **inside)
{
    const xd_node_t *packs = xd_get(hl, "HL"), *only = xd_nth(packs, 0);

    *inside = NULL;

    if (above->contents != NULL) {
        return above->contents;
    }

    if (packs == NULL
        || (x12_level_code(only) != 'P' && x12_level_code(only) != 'T'))
    {
        return load_of(a);
    }

    if (packs->count > 1) {
        x12_warn(&a->map, "x12.map.spread", hl->offset, xd_text(hl, "1"),
            "The item is spread over several packs; its quantity cannot be "
            "told for each.");
        return load_of(a);
    }

    *inside = only;

    return pack(a, only, x12_level_code(only), above->unit);
}


static void level(asn_t *a, const xd_node_t *hl, above_t above);


static void
levels(asn_t *a, const xd_node_t *hl, const above_t *above,
    const xd_node_t *but)
{
    xd_each (child, xd_get(hl, "HL")) {
        if (child != but && a->map.rc == XD_OK) {
            level(a, child, *above);
        }
    }
}


/* One level and what stands below it; the grader bounds how deep. */
static void
level(asn_t *a, const xd_node_t *hl, above_t above)
{
    const xd_node_t *inside = NULL;
    char code = x12_level_code(hl);

    order(a, hl, &above);

    if (code == 'T' || code == 'P') {
        above.contents = pack(a, hl, code, above.unit);
        above.unit = a->unit_no;
    }

    if (xd_get(hl, "LIN") != NULL) {
        content(a, hl, &above, place(a, hl, &above, &inside));
    }

    levels(a, hl, &above, inside);
}


/* -- the whole ------------------------------------------------------------ */

static void
body(asn_t *a)
{
    const above_t above = { .po = XD_STR(""), .order = XD_STR("") };

    a->units = x12_open(&a->map, a->doc, "units", XD_ARRAY);
    levels(a, a->map.set, &above, NULL);

    x12_asn_must(a, xd_nth(a->units, 0), "unitNo", a->map.set->offset,
        "The notice has no pack and no item.");
}


xd_rc_t
xd_map_x12_856(xd_arena_t *arena, const xd_node_t *set, xd_report_t *rep,
    xd_node_t **out, xd_node_t **residue)
{
    asn_t a = { .map = { .arena = arena,
                    .rep = rep,
                    .set = set,
                    .used = XD_VEC(const xd_node_t *) } };
    xd_node_t *left;

    a.doc = xd_node_new(arena, XD_OBJECT);
    if (a.doc == NULL) {
        return XD_E_MEMORY;
    }

    x12_asn_head(&a);
    body(&a);
    left = x12_residue(&a.map);

    if (a.map.rc != XD_OK) {
        return a.map.rc;
    }

    if (a.bad) {
        return XD_E_SYNTAX;
    }

    *out = a.doc;
    *residue = left;

    return XD_OK;
}
