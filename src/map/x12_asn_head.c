/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The head of a shipment: from the shipment level and the segments before
 * it.  Partners put dates at either place.
 */

#include "map/x12_asn.h"


/* REF01: numbers of the whole shipment. */
static const struct {
    const char *qualifier;
    const char *key; /* NULL: one of tracking */
} references[] = {
    { "BM", "bol" },
    { "MB", "bol" },
    { "CN", NULL },
    { "2I", NULL },
};

/* N101, the best first. */
static const char *const senders[] = { "SF", "SH", "SU", "VN", NULL };
static const char *const receivers[] = { "ST", "CN", "UC", "BY", "OB", NULL };


char
x12_level_code(const xd_node_t *hl)
{
    xd_str_t code = xd_text(hl, "3");

    return code.len == 1 ? code.ptr[0] : '\0';
}


void
x12_asn_must(asn_t *a, const xd_node_t *in, const char *key, size_t offset,
    const char *text)
{
    if (xd_get(in, key) != NULL) {
        return;
    }

    a->bad = true;
    xd_report(a->map.rep, &(xd_finding_t){ .severity = XD_ERROR,
                              .scope = XD_SCOPE_SET,
                              .offset = offset,
                              .rule = "x12.map.missing",
                              .path = xd_str(key),
                              .text = xd_str(text) });
}


/* -- header --------------------------------------------------------------- */

void
x12_asn_track(asn_t *a, xd_str_t number)
{
    xd_node_t *entry;

    xd_each (known, a->tracking) {
        if (xd_str_eq(known->text, number)) {
            return;
        }
    }

    if (number.len == 0) {
        return;
    }

    if (a->tracking == NULL) {
        a->tracking = x12_open(&a->map, a->doc, "tracking", XD_ARRAY);
    }

    entry = x12_append(&a->map, a->tracking, XD_STRING);
    if (entry != NULL) {
        entry->text = number;
    }
}


static void
numbers(asn_t *a, const xd_node_t *level)
{
    for (size_t i = 0; i < sizeof(references) / sizeof(references[0]); i++) {
        const char *key = references[i].key;

        xd_each (ref, xd_get(level, "REF")) {
            if (!xd_str_is(xd_text(ref, "1"), references[i].qualifier)
                || (key != NULL && xd_get(a->doc, key) != NULL))
            {
                continue;
            }

            x12_use(&a->map, ref, "1");
            if (key != NULL) {
                x12_put(&a->map, a->doc, key, x12_take(&a->map, ref, "2"));
            } else {
                x12_asn_track(a, x12_take(&a->map, ref, "2"));
            }
        }
    }
}


/* The first of the roles that the notice names. */
static void
party(asn_t *a, const xd_node_t *level, const char *key,
    const char *const *roles)
{
    for (; *roles != NULL; roles++) {
        const xd_node_t *n1 = x12_segment(level, "N1", *roles);

        if (n1 != NULL) {
            x12_put_party(&a->map, a->doc, key, n1);
            return;
        }
    }
}


/* DTM of the level or, as some send it, of the set's head. */
static const xd_node_t *
dtm(asn_t *a, const xd_node_t *level, const char *qualifier)
{
    const xd_node_t *seg = x12_segment(level, "DTM", qualifier);

    if (seg == NULL) {
        seg = x12_segment(a->map.set, "DTM", qualifier);
    }

    if (seg != NULL) {
        x12_use(&a->map, seg, "1");
    }

    return seg;
}


/* When the shipment left: as DTM says, or else when the notice was made. */
static void
shipped(asn_t *a, const xd_node_t *level, const xd_node_t *bsn)
{
    x12_map_t *m = &a->map;
    const xd_node_t *seg = dtm(a, level, "011");
    xd_str_t at = XD_STR("");

    if (seg != NULL) {
        at = x12_instant(m, x12_take(m, seg, "2"), x12_take(m, seg, "3"),
            x12_take(m, seg, "4"));
    }

    if (at.len == 0) {
        at = x12_instant(m, x12_take(m, bsn, "3"), x12_take(m, bsn, "4"),
            XD_STR(""));
    }

    x12_put(m, a->doc, "shippedAt", at);
}


static void
expected(asn_t *a, const xd_node_t *level)
{
    x12_map_t *m = &a->map;
    const xd_node_t *seg = dtm(a, level, "017");
    xd_str_t day, time;

    if (seg == NULL) {
        seg = dtm(a, level, "067");
    }

    day = x12_take(m, seg, "2");
    time = x12_take(m, seg, "3");
    x12_put(m, a->doc, "eta",
        time.len > 0 ? x12_instant(m, day, time, x12_take(m, seg, "4"))
                     : x12_date(m, day));
}


static bool
is_scac(xd_str_t s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z') {
            return false;
        }
    }

    return s.len >= 2 && s.len <= 4;
}


static void
carrier(asn_t *a, const xd_node_t *level)
{
    x12_map_t *m = &a->map;
    const xd_node_t *td5 = x12_segment(level, "TD5", NULL);
    bool scac = xd_str_is(xd_text(td5, "2"), "2")
                && is_scac(xd_str_trim(xd_text(td5, "3")));
    xd_node_t *to;

    if (!scac && xd_text(td5, "4").len == 0 && xd_text(td5, "5").len == 0) {
        return;
    }

    to = x12_open(m, a->doc, "carrier", XD_OBJECT);
    if (scac) {
        x12_use(m, td5, "2");
        x12_put(m, to, "scac", x12_take(m, td5, "3"));
    }
    x12_put(m, to, "name", x12_take(m, td5, "5"));
    x12_put(m, to, "mode", x12_take(m, td5, "4"));
}


void
x12_asn_weight(asn_t *a, xd_node_t *to, const xd_node_t *level)
{
    const xd_node_t *td1 = x12_segment(level, "TD1", NULL);

    if (xd_text(td1, "7").len > 0 && xd_text(td1, "8").len > 0) {
        x12_put_quantity(&a->map, to, "weight", x12_take(&a->map, td1, "7"),
            x12_take(&a->map, td1, "8"), td1->offset);
    }
}


/* The level of the shipment: the first S, or whatever comes first. */
static const xd_node_t *
shipment_level(const xd_node_t *set)
{
    const xd_node_t *hls = xd_get(set, "HL");

    xd_each (hl, hls) {
        if (x12_level_code(hl) == 'S') {
            return hl;
        }
    }

    return xd_nth(hls, 0);
}


void
x12_asn_head(asn_t *a)
{
    x12_map_t *m = &a->map;
    const xd_node_t *bsn = x12_segment(m->set, "BSN", NULL);
    const xd_node_t *top = shipment_level(m->set);
    size_t at = m->set->offset;

    x12_put(m, a->doc, "shipmentNo", x12_take(m, bsn, "2"));
    party(a, top, "shipFrom", senders);
    party(a, top, "shipTo", receivers);
    shipped(a, top, bsn);
    expected(a, top);
    carrier(a, top);
    numbers(a, top);
    x12_asn_weight(a, a->doc, top);

    x12_asn_must(a, a->doc, "shipmentNo", at,
        "The notice has no number (BSN02).");
    x12_asn_must(a, a->doc, "shipFrom", at,
        "The notice does not say who ships (N1 SF).");
    x12_asn_must(a, a->doc, "shipTo", at,
        "The notice does not say where to (N1 ST).");
    x12_asn_must(a, a->doc, "shippedAt", at,
        "The notice does not say when (DTM 011).");
}
