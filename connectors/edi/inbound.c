/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * One raw message: archived, graded, and each of its interchanges answered
 * and turned into facts, all in the relay's transaction.
 */

#include "desk.h"

#include "store/archive.h"


/* What the relay is told when something inside failed. */
typedef struct {
    xd_rc_t rc;
    xd_work_rc_t work;
    const char *code, *text;
} failure_t;

static const failure_t failures[] = {
    { XD_E_MEMORY, XD_WORK_PERMANENT, "memory",
        "the message needs more memory than limits.message_memory allows" },
    { XD_E_LIMIT, XD_WORK_PERMANENT, "limit",
        "a name made of the message is longer than the broker takes" },
    { XD_E_SYNTAX, XD_WORK_PERMANENT, "document",
        "a document made of the message is against its own schema" },
    { XD_E_NOT_FOUND, XD_WORK_PERMANENT, "archive.lost",
        "the acknowledgement of the first time is no longer archived" },
    { XD_E_CONFLICT, XD_WORK_PERMANENT, "archive.changed",
        "the acknowledgement in the archive is no longer what was sent" },
    { XD_E_IO, XD_WORK_STUCK, "archive",
        "the archive cannot be written or read" },
    { XD_E_STORE, XD_WORK_TRANSIENT, "store", "own state cannot be written" },
};


xd_work_rc_t
desk_failed(const desk_in_t *in, xd_rc_t rc)
{
    const failure_t *f = failures;

    while (f->rc != rc && f->rc != XD_E_STORE) {
        f++;
    }

    (void) desk_fail(in, f->code, "%s", f->text);

    return f->work;
}


/* The partner is the last part of the key: in.<dialect>.<party>. */
static bool
party_of(desk_in_t *in)
{
    xd_key_parts_t key = xd_key_split(in->w->message->routing_key);
    xd_str_t id = key.count == 3 ? key.part[2] : XD_STR_NONE;

    in->party = xd_registry_party(in->x->registry, id);
    if (in->party == NULL || !in->party->partner) {
        (void) desk_fail(in, "party", "\"%.*s\" is no partner",
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
senders_fit(desk_in_t *in, const xd_edi_file_t *file)
{
    for (size_t i = 0; i < file->interchanges.count; i++) {
        const xd_edi_interchange_t *ic =
            XD_AT(&file->interchanges, xd_edi_interchange_t, i);

        if (!xd_party_is_edi(in->party, ic->sender_qualifier, ic->sender)) {
            (void) desk_fail(in, "sender",
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
all_kept(desk_in_t *in, const xd_edi_file_t *file)
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

    if (sets == received && groups < DESK_MOST
        && file->interchanges.count < DESK_MOST)
    {
        return true;
    }

    (void) desk_fail(in, "too-many",
        "a message may hold %d sets, groups and interchanges each: it has to "
        "be split",
        DESK_MOST);

    return false;
}


/* -- the sets of one interchange ------------------------------------------- */

/* A number used again with other bytes: what the profile says of it. */
typedef struct {
    const char *policy; /* edi.duplicates; the first is the usual one */
    const char *severity;
    const char *done; /* for a person */
    bool answers;     /* refused in an acknowledgement */
    bool takes;       /* processed as any other */
} duplicate_t;

static const duplicate_t duplicates[] = {
    { "refuse", "error", "it was refused, and nothing of it processed", true,
        false },
    { "ignore", "error", "nothing was answered or processed", false, false },
    { "accept", "warning", "it was processed as another one", false, true },
};


static const duplicate_t *
duplicate_of(const desk_in_t *in)
{
    xd_str_t policy = xd_text_at(in->profile, "edi.duplicates");

    for (size_t i = 0; i < sizeof(duplicates) / sizeof(duplicates[0]); i++) {
        if (xd_str_is(policy, duplicates[i].policy)) {
            return &duplicates[i];
        }
    }

    return &duplicates[0];
}


/* Does its number stand before in its group, and how? */
static const char *
before_in_group(const desk_in_t *in, const desk_place_t *at)
{
    xd_str_t bytes = { in->bytes.ptr + at->set->offset, at->set->length };
    const char *how = NULL;

    for (size_t s = 0; s < at->group->sets.count; s++) {
        const xd_edi_set_t *one = XD_AT(&at->group->sets, xd_edi_set_t, s);
        xd_str_t other = { in->bytes.ptr + one->offset, one->length };

        if (one == at->set) {
            break;
        }
        if (xd_str_eq(one->control, at->set->control)) {
            how = xd_str_eq(other, bytes) ? "with the same bytes"
                                          : "with other bytes";
        }
    }

    return how;
}


static xd_rc_t
set_again(desk_in_t *in, const desk_place_t *at, const char *done)
{
    const char *how = before_in_group(in, at);
    xd_str_t text = xd_fmt(in->w->arena,
        "%s %.*s stands in its group before, %s; %s", in->x->dialect->unit,
        XD_FMT(desk_label(in->w->arena, at->set->control)),
        how != NULL ? how : "with other bytes", done);

    return text.ptr != NULL ? desk_told(in, at, "set.again", "warning", text)
                            : XD_E_MEMORY;
}


/* One that the profile bears with: processed too, or passed over. */
static xd_rc_t
set_fact(desk_in_t *in, const desk_place_t *at)
{
    bool takes = duplicate_of(in)->takes;
    xd_rc_t rc = XD_OK;

    if (at->set->again) {
        rc = set_again(in, at,
            takes ? "it was processed as another one" : "it was passed over");
    }

    return rc == XD_OK && (takes || !at->set->again) ? desk_fact(in, at) : rc;
}


/* Why a set was refused: by itself, or with all of its group. */
static xd_rc_t
refused(desk_in_t *in, const desk_place_t *at)
{
    const desk_span_t set = { .from = at->set->offset,
        .to = at->set->offset + at->set->length };
    const desk_span_t around = { .from = at->ic->offset,
        .to = at->ic->offset + at->ic->length,
        .scope = XD_SCOPE_GROUP };
    xd_str_t text = XD_STR("the set was rejected in its acknowledgement");
    const char *how = before_in_group(in, at);

    if (!desk_reason(in, &set, &text)) {
        (void) desk_reason(in, &around, &text);
    }

    if (how != NULL) {
        text = xd_fmt(in->w->arena, "%.*s It stands there before, %s.",
            XD_FMT(text), how);
    }

    return text.ptr != NULL ? desk_exception(in, at, "set.rejected", text)
                            : XD_E_MEMORY;
}


/* The sets of one group; ordinals count through the interchange. */
static xd_rc_t
group_facts(desk_in_t *in, desk_place_t *at)
{
    xd_rc_t rc = XD_OK;

    for (size_t s = 0; rc == XD_OK && s < at->group->sets.count; s++) {
        at->set = XD_AT(&at->group->sets, xd_edi_set_t, s);
        at->ordinal++;

        rc = at->set->verdict == 'R' || at->group->verdict == 'R'
                 ? refused(in, at)
                 : set_fact(in, at);
    }

    return rc;
}


/* Facts of every accepted set; an exception for every refused one. */
static xd_rc_t
interchange_facts(desk_in_t *in, const xd_edi_interchange_t *ic)
{
    desk_place_t at = { .ic = ic };
    xd_rc_t rc = in->x->dialect->answers != NULL
                     ? in->x->dialect->answers(in, ic)
                     : XD_OK;

    for (size_t g = 0; rc == XD_OK && g < ic->groups.count; g++) {
        at.group = XD_AT(&ic->groups, xd_edi_group_t, g);
        rc = group_facts(in, &at);
    }

    return rc;
}


/* An interchange for the first time.  A refused one is a person's matter
 * too: nothing else would ever be heard of its sets. */
static xd_rc_t
fresh(desk_in_t *in, const xd_edi_interchange_t *ic,
    const desk_interchange_t *seen)
{
    const desk_span_t span = { .from = ic->offset,
        .to = ic->offset + ic->length,
        .scope = XD_SCOPE_INTERCHANGE };
    xd_str_t text =
        XD_STR("the interchange was rejected in its acknowledgement");
    xd_rc_t rc = desk_answer(in, ic, seen);

    if (rc != XD_OK) {
        return rc;
    }

    if (ic->verdict != 'R') {
        return interchange_facts(in, ic);
    }

    (void) desk_reason(in, &span, &text);

    return desk_exception(in, &(desk_place_t){ .ic = ic },
        "interchange.rejected", text);
}


/* -- numbers that came before ---------------------------------------------- */

/* The acknowledgement that refuses it: of the first one that came nothing
 * changes, so this one is not kept. */
static xd_rc_t
refuse_again(desk_in_t *in, const xd_edi_interchange_t *ic)
{
    const desk_dialect_t *dialect = in->x->dialect;
    const desk_interchange_t nowhere = { .seen = DESK_REUSED };
    xd_edi_interchange_t refused = *ic;

    refused.verdict = 'R';
    refused.note = xd_edi_codes[XD_EDI_INTERCHANGE_AGAIN].interchange;
    refused.error = (xd_edi_error_t){ .kind = XD_EDI_INTERCHANGE_AGAIN,
        .element = dialect->control_element };
    memcpy(refused.error.segment_id, dialect->levels[DESK_INTERCHANGE].name, 3);

    return desk_answer(in, &refused, &nowhere);
}


/* Other bytes under a number that came before are always told. */
static xd_rc_t
reused(desk_in_t *in, const xd_edi_interchange_t *ic, desk_interchange_t *seen)
{
    const duplicate_t *d = duplicate_of(in);
    xd_str_t text = xd_fmt(in->w->arena,
        "interchange %.*s came before with other bytes (%s, message %.*s); %s. "
        "The same bytes again would only have been answered as then",
        XD_FMT(desk_label(in->w->arena, ic->control)), seen->first,
        XD_FMT(seen->first_id), d->done);
    xd_rc_t rc = text.ptr == NULL ? XD_E_MEMORY : XD_OK;

    if (rc == XD_OK && d->answers) {
        rc = refuse_again(in, ic);
    }
    if (rc == XD_OK) {
        rc = desk_told(in, &(desk_place_t){ .ic = ic }, "control.reused",
            d->severity, text);
    }
    if (rc != XD_OK || !d->takes) {
        return rc;
    }

    in->copy = xd_dup(in->w->arena, xd_str(seen->sha256));
    rc =
        in->copy.ptr != NULL ? desk_interchange_add(in, ic, seen) : XD_E_MEMORY;
    rc = rc == XD_OK ? fresh(in, ic, seen) : rc;
    in->copy = XD_STR_NONE;

    return rc;
}


static xd_rc_t
interchange(desk_in_t *in, const xd_edi_interchange_t *ic)
{
    desk_interchange_t seen;
    xd_rc_t rc = desk_interchange_seen(in, ic, &seen);

    if (rc != XD_OK) {
        return rc;
    }

    switch (seen.seen) {

    case DESK_AGAIN:
        return desk_answer_again(in, ic, &seen);

    case DESK_REUSED:
        return reused(in, ic, &seen);

    case DESK_NEW:
        break;
    }

    rc = desk_interchange_add(in, ic, &seen);

    return rc == XD_OK ? fresh(in, ic, &seen) : rc;
}


static xd_work_rc_t
interchanges(desk_in_t *in, const xd_edi_file_t *file)
{
    if (file->interchanges.count == 0) {
        return desk_fail(in, "not-edi",
            "no interchange header (%s) was found in %zu bytes",
            in->x->dialect->levels[DESK_INTERCHANGE].name, in->bytes.len);
    }

    if (!senders_fit(in, file) || !all_kept(in, file)) {
        return XD_WORK_PERMANENT;
    }

    for (size_t i = 0; i < file->interchanges.count; i++) {
        xd_rc_t rc = interchange(in,
            XD_AT(&file->interchanges, xd_edi_interchange_t, i));

        if (rc != XD_OK) {
            return desk_failed(in, rc);
        }
    }

    return XD_WORK_DONE;
}


xd_work_rc_t
desk_inbound(void *ctx, xd_work_t *w)
{
    desk_in_t in = { .x = ctx, .w = w, .bytes = w->message->body };
    xd_edi_options_t options = { .trees = true,
        .most_sets = DESK_MOST,
        .only = in.x->dialect->only };
    xd_edi_file_t file;
    xd_rc_t rc;

    if (!party_of(&in)) {
        return XD_WORK_PERMANENT;
    }

    options.bears_again = !duplicate_of(&in)->answers;
    options.guides = desk_guides(&in);

    if (xd_archive_put(in.x->archive, in.bytes, in.sha256) != XD_OK) {
        (void) desk_fail(&in, "archive", "the archive cannot be written: %m");
        return XD_WORK_STUCK;
    }

    xd_instant_write(w->now_ms, in.now);
    xd_report_init(&in.report, w->arena, in.x->findings);

    rc = xd_edi_grade(w->arena, in.bytes, &options, &in.report, &file);

    return rc == XD_OK ? interchanges(&in, &file) : desk_failed(&in, rc);
}
