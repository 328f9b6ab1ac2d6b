/* SPDX-License-Identifier: BSD-2-Clause */

#include "edi/reply.h"

#include <stdio.h>

#include "base/clock.h"

/* Lengths of what a partner gave: 0020 and 0062, 0004, 0007. */
#define REFERENCE_MOST 14
#define PARTY_MOST     35
#define QUALIFIER_MOST 4


/* -- values ---------------------------------------------------------------- */

void
reply_element(reply_t *c, xd_str_t value)
{
    if (!xd_edifact_write_element(&c->w, value)) {
        (void) !xd_edifact_write_element(&c->w, XD_STR("X"));
    }
}


void
reply_composite(reply_t *c, const xd_str_t *parts, size_t count)
{
    static const xd_str_t other = { "X", 1 };
    size_t bad;

    if (!xd_edifact_write_composite(&c->w, parts, count, &bad)) {
        (void) !xd_edifact_write_composite(&c->w, &other, 1, &bad);
    }
}


xd_str_t
reply_fitted(xd_str_t value, size_t most, const char *otherwise)
{
    if (value.len > most) {
        while (most > 0 && ((unsigned char) value.ptr[most] & 0xc0) == 0x80) {
            most--;
        }
        value.len = most;
    }

    return xd_str_trim(value).len > 0 ? value : xd_str(otherwise);
}


void
reply_reference(reply_t *c, xd_str_t value)
{
    reply_element(c, reply_fitted(value, REFERENCE_MOST, "0"));
}


void
reply_party(reply_t *c, xd_str_t id, xd_str_t qualifier)
{
    const xd_str_t parts[] = { reply_fitted(id, PARTY_MOST, "UNKNOWN"),
        reply_fitted(qualifier, QUALIFIER_MOST, "") };

    reply_composite(c, parts, 2);
}


void
reply_number(reply_t *c, uint32_t value)
{
    if (value == 0) {
        reply_element(c, XD_STR(""));
    } else {
        xd_edifact_write_number(&c->w, value);
    }
}


void
reply_begin(reply_t *c, const char *tag)
{
    xd_edifact_write_begin(&c->w, xd_str(tag));
}


void
reply_end(reply_t *c)
{
    xd_edifact_write_end(&c->w);
}


void
reply_now(reply_t *c)
{
    char instant[XD_INSTANT_LEN + 1], date[9], time[5];
    xd_str_t parts[2];

    xd_instant_write(c->ack->now_ms, instant);
    (void) snprintf(date, sizeof(date), "%.4s%.2s%.2s", instant, instant + 5,
        instant + 8);
    (void) snprintf(time, sizeof(time), "%.2s%.2s", instant + 11, instant + 14);

    parts[0] = xd_str(c->four ? date : date + 2);
    parts[1] = xd_str(time);
    reply_composite(c, parts, 2);
}


static bool
known_version(xd_str_t version)
{
    return version.len == 1 && version.ptr[0] >= '1' && version.ptr[0] <= '4';
}


static void
unb_write(reply_t *c)
{
    const xd_str_t syntax[] = { c->w.form.set,
        known_version(c->in->version) ? c->in->version : XD_STR("3") };

    reply_begin(c, "UNB");
    reply_composite(c, syntax, 2);
    reply_party(c, c->in->receiver, c->in->receiver_qualifier);
    reply_party(c, c->in->sender, c->in->sender_qualifier);
    reply_now(c);
    reply_number(c, c->ack->isa_control);

    if (c->ack->usage == 'T') {
        for (int i = 6; i < 11; i++) {
            reply_element(c, XD_STR(""));
        }
        reply_number(c, 1);
    }

    reply_end(c);
}


void
reply_message_end(reply_t *c, uint32_t message)
{
    reply_begin(c, "UNT");
    xd_edifact_write_number(&c->w, c->w.segments);
    reply_number(c, message);
    reply_end(c);
}


void
reply_close(reply_t *c, uint32_t messages)
{
    reply_begin(c, "UNZ");
    reply_number(c, messages);
    reply_number(c, c->ack->isa_control);
    reply_end(c);
}


/* The character set received when it is one; marks are the usual ones, which
 * every level of every set has. */
static void
form_choose(reply_t *c, xd_edifact_form_t *form)
{
    *form = xd_edifact_form_usual;

    if (c->in->charset.len == 4 && xd_str_starts(c->in->charset, XD_STR("UNO"))
        && c->in->charset.ptr[3] >= 'A' && c->in->charset.ptr[3] <= 'Y')
    {
        form->set = c->in->charset;
    }
}


void
reply_open(reply_t *c, const xd_edi_interchange_t *in, const xd_edi_ack_t *ack,
    xd_buf_t *out)
{
    xd_edifact_form_t form;

    *c = (reply_t){ .in = in, .ack = ack, .four = xd_str_is(in->version, "4") };
    form_choose(c, &form);
    xd_edifact_write_open(&c->w, &form, out);
    xd_edifact_write_una(&c->w);
    unb_write(c);
}


xd_rc_t
reply_finish(xd_buf_t *out, size_t before)
{
    if (xd_buf_rc(out) == XD_OK) {
        return XD_OK;
    }

    out->len = before;

    return XD_E_MEMORY;
}
