/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Documents become one interchange: a group for each code, with control numbers
 * of the open transaction, graded by ourselves, archived, noted, and sent.
 */

#include "desk.h"

#include "format/json.h"
#include "store/archive.h"


char
desk_mark(const desk_in_t *in, const char *name, char usual)
{
    const xd_node_t *edi = xd_get(in->profile, "edi");
    xd_str_t text = xd_text(xd_get(edi, "separators"), name);

    return text.len == 1 ? text.ptr[0] : usual;
}


/* -- numbers --------------------------------------------------------------- */

/* A trial has numbers that are good and that nobody sees. */
static xd_rc_t
take(desk_in_t *in, const desk_parcel_t *p, int level, uint32_t *number)
{
    *number = 1;

    return p->trial ? XD_OK : desk_control(in, level, number);
}


/* The group of a code: the numbers of its sets, as they are taken. */
static xd_rc_t
group_make(desk_in_t *in, desk_parcel_t *p, const desk_item_t *first)
{
    xd_edi_out_t *sets =
        xd_alloc_n(in->w->arena, p->items.count, sizeof(*sets));
    xd_edi_out_group_t *group = xd_vec_push(&p->groups, in->w->arena);
    xd_rc_t rc;

    if (sets == NULL || group == NULL) {
        return XD_E_MEMORY;
    }

    *group = (xd_edi_out_group_t){ .sets = sets };
    rc = take(in, p, DESK_GROUP, &group->control);

    for (size_t i = 0; rc == XD_OK && i < p->items.count; i++) {
        desk_item_t *item = XD_AT(&p->items, desk_item_t, i);

        if (xd_str_eq(item->sent.code, first->sent.code)) {
            rc = take(in, p, DESK_SET, &item->sent.st);
            item->sent.gs = group->control;
            sets[group->count++] = (xd_edi_out_t){ .tree = item->tree,
                .control = item->sent.st,
                .code = item->sent.code };
        }
    }

    return rc;
}


static xd_rc_t
numbers_take(desk_in_t *in, desk_parcel_t *p)
{
    uint32_t control;
    xd_rc_t rc = take(in, p, DESK_INTERCHANGE, &control);

    for (size_t i = 0; i < p->items.count; i++) {
        desk_item_t *item = XD_AT(&p->items, desk_item_t, i);

        item->sent.isa = control;
        item->sent.gs = 0; /* until its group is made */
    }

    for (size_t i = 0; rc == XD_OK && i < p->items.count; i++) {
        const desk_item_t *item = XD_AT(&p->items, desk_item_t, i);

        if (item->sent.gs == 0) {
            rc = group_make(in, p, item);
        }
    }

    return rc;
}


xd_rc_t
desk_parcel_write(desk_in_t *in, desk_parcel_t *p)
{
    xd_buf_t out = { 0 };
    xd_rc_t rc;

    p->groups = XD_VEC(xd_edi_out_group_t);
    rc = numbers_take(in, p);
    rc = rc == XD_OK ? in->x->dialect->write(in, p, &out) : rc;
    p->bytes =
        rc == XD_OK ? xd_dup(in->w->arena, xd_buf_str(&out)) : XD_STR_NONE;
    xd_buf_free(&out);

    return rc == XD_OK && p->bytes.ptr == NULL ? XD_E_MEMORY : rc;
}


/* -- out ------------------------------------------------------------------- */

/* A parcel of one bears the id of the fact that it carries: the transport's
 * delivery then names that fact, and a command that is given once more is
 * known there.  One of several has that of what brought them together. */
static xd_str_t
id_of(const desk_in_t *in, const desk_parcel_t *p)
{
    return p->items.count == 1 ? XD_AT(&p->items, desk_item_t, 0)->sent.fact
                               : in->w->message->message_id;
}


/* What several carry, for the transport: it confirms each of them. */
static xd_rc_t
carries(desk_in_t *in, const desk_parcel_t *p, xd_str_t *out)
{
    xd_buf_t text = { 0 };
    xd_rc_t rc;

    xd_buf_byte(&text, '[');
    for (size_t i = 0; i < p->items.count; i++) {
        const desk_sent_t *s = &XD_AT(&p->items, desk_item_t, i)->sent;
        const xd_str_t parts[] = { s->fact, s->correlation, s->document,
            s->key };

        for (size_t k = 0; k < sizeof(parts) / sizeof(parts[0]); k++) {
            xd_buf_text(&text, k > 0 ? "," : i > 0 ? ",[" : "[");
            xd_json_string(&text, parts[k]);
        }
        xd_buf_byte(&text, ']');
    }
    xd_buf_byte(&text, ']');

    rc = xd_buf_rc(&text);
    *out = rc == XD_OK ? xd_dup(in->w->arena, xd_buf_str(&text)) : XD_STR_NONE;
    xd_buf_free(&text);

    return rc == XD_OK && out->ptr == NULL ? XD_E_MEMORY : rc;
}


static xd_rc_t
emit(desk_in_t *in, const desk_parcel_t *p)
{
    xd_arena_t *arena = in->w->arena;
    const desk_sent_t *first = &XD_AT(&p->items, desk_item_t, 0)->sent;
    xd_header_t headers[] = {
        { XD_STR("traceparent"), xd_trace_child(arena, in->w->trace) },
        { XD_STR("xd-document"), first->document },
        { XD_STR("xd-key"), first->key },
        { XD_STR("xd-control"), desk_number(in, DESK_INTERCHANGE, first->isa) },
        { XD_STR("xd-causation"), in->w->message->message_id },
        { XD_STR("xd-carries"), XD_STR("") },
    };
    const size_t alone = sizeof(headers) / sizeof(headers[0]) - 1;
    xd_message_t m = {
        .exchange = XD_STR("xd.raw"),
        .routing_key = xd_fmt(arena, "out.%.*s.%.*s",
            XD_FMT(xd_text(in->profile, "transport")), XD_FMT(in->party->id)),
        .content_type = xd_str(in->x->dialect->content_type),
        .message_id = id_of(in, p),
        .correlation_id = first->correlation,
        .type = first->document,
        .app_id = xd_str(in->x->dialect->process),
        .timestamp = first->sent_ms / 1000,
        .headers = headers,
        .nheaders = alone + (p->items.count > 1),
        .body = p->bytes,
    };

    xd_rc_t rc =
        p->items.count > 1 ? carries(in, p, &headers[alone].value) : XD_OK;

    if (m.routing_key.ptr == NULL || headers[0].value.ptr == NULL
        || headers[3].value.ptr == NULL)
    {
        rc = XD_E_MEMORY;
    }

    return rc == XD_OK ? xd_work_emit(in->w, &m, first->key) : rc;
}


xd_rc_t
desk_parcel_send(desk_in_t *in, const desk_parcel_t *p)
{
    xd_rc_t rc = xd_archive_put(in->x->archive, p->bytes, in->sha256);

    for (size_t i = 0; rc == XD_OK && i < p->items.count; i++) {
        desk_item_t *item = XD_AT(&p->items, desk_item_t, i);

        rc = desk_sent_add(in, &item->sent, in->sha256);
        rc = rc == XD_OK ? desk_match_order(in, &item->sent, item->doc) : rc;
        rc = rc == XD_OK ? desk_due_set(in, &item->sent) : rc;
    }

    return rc == XD_OK ? emit(in, p) : rc;
}
