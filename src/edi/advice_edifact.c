/* SPDX-License-Identifier: BSD-2-Clause */

/* APERAK: a message about each message, an ERC for each remark. */

#include "edi/advice.h"
#include "edi/reply.h"

#include <stdio.h>

#include "base/clock.h"

/* 1001: an answer, or an answer that tells of errors; 1225. */
#define ACKNOWLEDGES "312"
#define TELLS        "313"
#define ACCEPTED     "29"
#define REFUSED      "27"

#define ASSIGNED_BY  "92" /* 3055: by the buyer */

#define REMARKS_MOST 999 /* ERC of D.96A */
#define TEXT         70  /* 4440 */
#define TEXTS        5


static void
unh_write(reply_t *c, const xd_edi_advice_t *a, uint32_t number)
{
    bool later =
        xd_str_is(a->set->release, "01B") || xd_str_is(a->set->release, "14B");
    const xd_str_t type[] = { XD_STR("APERAK"), XD_STR("D"),
        later ? XD_STR("01B") : XD_STR("96A"), XD_STR("UN") };

    c->w.segments = 0;
    reply_begin(c, "UNH");
    reply_number(c, number);
    reply_composite(c, type, 4);
    reply_end(c);
}


static void
bgm_write(reply_t *c, const xd_edi_advice_t *a, uint32_t number)
{
    char own[24];

    (void) snprintf(own, sizeof(own), "%u-%u", c->ack->isa_control, number);

    reply_begin(c, "BGM");
    reply_element(c,
        a->remarks.count > 0 ? XD_STR(TELLS) : XD_STR(ACKNOWLEDGES));
    reply_element(c, xd_str(own));
    reply_element(c, a->status == 'R' ? XD_STR(REFUSED) : XD_STR(ACCEPTED));
    reply_end(c);
}


/* To the minute: 203. */
static void
dtm_write(reply_t *c)
{
    char instant[XD_INSTANT_LEN + 1], text[16];
    xd_str_t parts[3] = { XD_STR("137"), XD_STR(""), XD_STR("203") };

    xd_instant_write(c->ack->now_ms, instant);
    (void) snprintf(text, sizeof(text), "%.4s%.2s%.2s%.2s%.2s", instant,
        instant + 5, instant + 8, instant + 11, instant + 14);
    parts[1] = xd_str(text);

    reply_begin(c, "DTM");
    reply_composite(c, parts, 3);
    reply_end(c);
}


static void
rff_write(reply_t *c, const char *qualifier, xd_str_t value)
{
    const xd_str_t parts[] = { xd_str(qualifier),
        reply_fitted(xd_str_trim(value), 35, "0") };

    reply_begin(c, "RFF");
    reply_composite(c, parts, 2);
    reply_end(c);
}


/* The sentence in pieces; the last one says where. */
static void
ftx_write(reply_t *c, const xd_edi_remark_t *r)
{
    xd_str_t parts[TEXTS], rest = xd_str_trim(r->text);
    char where[TEXT + 1];
    size_t n = 0;

    while (n < TEXTS - 1 && rest.len > 0) {
        parts[n] = reply_fitted(rest, TEXT, " ");
        rest.ptr += parts[n].len;
        rest.len -= parts[n].len < rest.len ? parts[n].len : rest.len;
        n++;
    }

    if (r->segment_id.len > 0) {
        int len = snprintf(where, sizeof(where), "%.*s, segment %u",
            (int) (r->segment_id.len < 3 ? r->segment_id.len : 3),
            r->segment_id.ptr, r->position);

        if (r->element > 0 && len > 0) {
            (void) snprintf(where + len, sizeof(where) - (size_t) len,
                ", element %u, component %u", r->element,
                r->component > 0 ? r->component : 1);
        }
        parts[n++] = xd_str(where);
    }

    reply_begin(c, "FTX");
    reply_element(c, XD_STR("AAO"));
    reply_element(c, XD_STR(""));
    reply_element(c, XD_STR(""));
    reply_composite(c, parts, n);
    reply_end(c);
}


static void
remark_write(reply_t *c, const xd_edi_remark_t *r)
{
    const xd_str_t code[] = { xd_str(r->code), XD_STR(""),
        XD_STR(ASSIGNED_BY) };

    reply_begin(c, "ERC");
    reply_composite(c, code, 3);
    reply_end(c);
    ftx_write(c, r);
}


static void
message_write(reply_t *c, const xd_edi_advice_t *a, uint32_t number)
{
    unh_write(c, a, number);
    bgm_write(c, a, number);
    dtm_write(c);
    rff_write(c, "ACW", a->set->control);
    if (xd_str_trim(a->number).len > 0) {
        rff_write(c, a->qualifier, a->number);
    }

    for (size_t i = 0; i < a->remarks.count && i < REMARKS_MOST; i++) {
        remark_write(c, XD_AT(&a->remarks, xd_edi_remark_t, i));
    }

    reply_message_end(c, number);
}


xd_rc_t
xd_edi_write_aperak(const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    const xd_vec_t *advices, xd_buf_t *out)
{
    size_t before = out->len;
    reply_t c;

    if (in->syntax != XD_EDI_EDIFACT || advices->count == 0) {
        return XD_E_NOT_FOUND;
    }

    reply_open(&c, in, ack, out);

    for (size_t i = 0; i < advices->count; i++) {
        message_write(&c, XD_AT(advices, xd_edi_advice_t, i), (uint32_t) i + 1);
    }

    reply_close(&c, (uint32_t) advices->count);

    return reply_finish(out, before);
}
