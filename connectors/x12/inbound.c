/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One raw message: archived, graded, and each of its interchanges answered
 * and turned into facts, all in the relay's transaction.
 */

#include "x12.h"

#include "store/archive.h"


/* What the relay is told when something inside failed. */
typedef struct {
    xd_rc_t rc;
    xd_work_rc_t work;
    const char *code, *text;
} failure_t;

static const failure_t failures[] = {
    { XD_E_MEMORY, XD_WORK_PERMANENT, "x12.memory",
        "the message needs more memory than limits.message_memory allows" },
    { XD_E_LIMIT, XD_WORK_PERMANENT, "x12.limit",
        "a name made of the message is longer than the broker takes" },
    { XD_E_SYNTAX, XD_WORK_PERMANENT, "x12.document",
        "a document made of the message is against its own schema" },
    { XD_E_NOT_FOUND, XD_WORK_PERMANENT, "x12.archive.lost",
        "the acknowledgement of the first time is no longer archived" },
    { XD_E_CONFLICT, XD_WORK_PERMANENT, "x12.archive.changed",
        "the acknowledgement in the archive is no longer what was sent" },
    { XD_E_IO, XD_WORK_STUCK, "x12.archive",
        "the archive cannot be written or read" },
    { XD_E_STORE, XD_WORK_TRANSIENT, "x12.store",
        "own state cannot be written" },
};


xd_work_rc_t
x12_failed(xd_work_t *w, xd_rc_t rc)
{
    const failure_t *f = failures;

    while (f->rc != rc && f->rc != XD_E_STORE) {
        f++;
    }

    xd_work_fail(w, f->code, "%s", f->text);

    return f->work;
}


/* The partner is the last part of the key: in.x12.<party>. */
static bool
party_of(x12_in_t *in)
{
    xd_key_parts_t key = xd_key_split(in->w->message->routing_key);
    xd_str_t id = key.count == 3 ? key.part[2] : XD_STR_NONE;

    in->party = xd_registry_party(in->x->registry, id);
    if (in->party == NULL || !in->party->partner) {
        xd_work_fail(in->w, "x12.party", "\"%.*s\" is no partner",
            XD_FMT(in->w->message->routing_key));
        return false;
    }

    in->profile = in->party->entry;

    return true;
}


/*
 * Whatever brought the message: the gateway checked the sender already, a
 * folder or AS2 may not have.
 */
static bool
senders_fit(x12_in_t *in, const xd_edi_file_t *file)
{
    for (size_t i = 0; i < file->interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file->interchanges, xd_edi_interchange_t, i);

        if (!xd_party_is_edi(in->party, ic->sender_qualifier, ic->sender)) {
            xd_work_fail(in->w, "x12.sender",
                "interchange %.*s comes from %.*s:%.*s, which is not %.*s",
                XD_FMT(ic->control), XD_FMT(ic->sender_qualifier),
                XD_FMT(ic->sender), XD_FMT(in->party->id));
            return false;
        }
    }

    return true;
}


/* More sets than were kept: those could be neither answered one by one nor
 * mapped, so a person has to split the file. */
static bool
all_kept(x12_in_t *in, const xd_edi_file_t *file)
{
    size_t groups = 0, sets = 0, received = 0;

    for (size_t i = 0; i < file->interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file->interchanges, xd_edi_interchange_t, i);

        groups += ic->groups.count;
        for (size_t g = 0; g < ic->groups.count; g++) {
            const xd_edi_group_t *group = XD_AT(&ic->groups, xd_edi_group_t, g);

            sets += group->sets.count;
            received += group->received;
        }
    }

    if (sets == received && groups < X12_MOST
        && file->interchanges.count < X12_MOST)
    {
        return true;
    }

    xd_work_fail(in->w, "x12.too-many",
        "a message may hold %d sets, groups and interchanges each: it has to "
        "be split",
        X12_MOST);

    return false;
}


/* Why a set was refused: by itself, or with all of its group. */
static xd_rc_t
refused(x12_in_t *in, const x12_place_t *at)
{
    const x12_span_t set = { .from = at->set->offset,
        .to = at->set->offset + at->set->length };
    const x12_span_t around = { .from = at->ic->offset,
        .to = at->ic->offset + at->ic->length,
        .scope = XD_SCOPE_GROUP };
    xd_str_t text = XD_STR("the set was rejected in its acknowledgement");

    if (!x12_reason(in, &set, &text)) {
        (void) x12_reason(in, &around, &text);
    }

    return x12_exception(in, at, "x12.set.rejected", text);
}


/* The sets of one group; ordinals count through the interchange. */
static xd_rc_t
group_facts(x12_in_t *in, x12_place_t *at)
{
    xd_rc_t rc = XD_OK;

    for (size_t s = 0; rc == XD_OK && s < at->group->sets.count; s++) {
        at->set = XD_AT(&at->group->sets, xd_edi_set_t, s);
        at->ordinal++;

        rc = at->set->verdict == 'R' || at->group->verdict == 'R'
                 ? refused(in, at)
                 : x12_fact(in, at);
    }

    return rc;
}


/* Facts of every accepted set; an exception for every refused one. */
static xd_rc_t
interchange_facts(x12_in_t *in, const xd_edi_interchange_t *ic)
{
    x12_place_t at = { .ic = ic };
    xd_rc_t rc = x12_received_ta1(in, ic);

    for (size_t g = 0; rc == XD_OK && g < ic->groups.count; g++) {
        at.group = XD_AT(&ic->groups, xd_edi_group_t, g);
        rc = group_facts(in, &at);
    }

    return rc;
}


/* An interchange for the first time.  A refused one is a person's matter
 * too: nothing else would ever be heard of its sets. */
static xd_rc_t
fresh(x12_in_t *in, const xd_edi_interchange_t *ic,
    const x12_interchange_t *seen)
{
    const x12_span_t span = { .from = ic->offset,
        .to = ic->offset + ic->length,
        .scope = XD_SCOPE_INTERCHANGE };
    xd_str_t text = XD_STR("the interchange was rejected in its TA1");
    xd_rc_t rc = x12_answer(in, ic, seen);

    if (rc != XD_OK) {
        return rc;
    }

    if (ic->verdict != 'R') {
        return interchange_facts(in, ic);
    }

    (void) x12_reason(in, &span, &text);

    return x12_exception(in, &(x12_place_t){ .ic = ic },
        "x12.interchange.rejected", text);
}


static xd_rc_t
interchange(x12_in_t *in, const xd_edi_interchange_t *ic)
{
    x12_interchange_t seen;
    xd_rc_t rc = x12_interchange_seen(in, ic, &seen);

    if (rc != XD_OK) {
        return rc;
    }

    switch (seen.seen) {

    case X12_AGAIN:
        return x12_answer_again(in, ic, &seen);

    case X12_REUSED:
        return x12_exception(in, &(x12_place_t){ .ic = ic },
            "x12.control.reused",
            XD_STR("this interchange control number came before with other "
                   "bytes; nothing was processed"));

    case X12_NEW:
        break;
    }

    return fresh(in, ic, &seen);
}


static xd_work_rc_t
interchanges(x12_in_t *in, const xd_edi_file_t *file)
{
    if (file->interchanges.count == 0) {
        xd_work_fail(in->w, "x12.not-edi",
            "no interchange header (ISA) was found in %zu bytes",
            in->bytes.len);
        return XD_WORK_PERMANENT;
    }

    if (!senders_fit(in, file) || !all_kept(in, file)) {
        return XD_WORK_PERMANENT;
    }

    for (size_t i = 0; i < file->interchanges.count; i++) {
        xd_rc_t rc = interchange(in,
            XD_AT(&file->interchanges, xd_edi_interchange_t, i));

        if (rc != XD_OK) {
            return x12_failed(in->w, rc);
        }
    }

    return XD_WORK_DONE;
}


xd_work_rc_t
x12_inbound(void *ctx, xd_work_t *w)
{
    const xd_edi_options_t options = { .trees = true,
        .most_sets = X12_MOST,
        .x12_only = true };
    x12_in_t in = { .x = ctx, .w = w, .bytes = w->message->body };
    xd_edi_file_t file;
    xd_rc_t rc;

    if (!party_of(&in)) {
        return XD_WORK_PERMANENT;
    }

    if (xd_archive_put(in.x->archive, in.bytes, in.sha256) != XD_OK) {
        xd_work_fail(w, "x12.archive", "the archive cannot be written: %m");
        return XD_WORK_STUCK;
    }

    xd_instant_write(w->now_ms, in.now);
    xd_report_init(&in.report, w->arena, in.x->findings);

    rc = xd_edi_grade(w->arena, in.bytes, &options, &in.report, &file);

    return rc == XD_OK ? interchanges(&in, &file) : x12_failed(w, rc);
}
