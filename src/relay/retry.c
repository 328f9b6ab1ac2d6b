/* SPDX-License-Identifier: BSD-2-Clause */

#include "relay/retry.h"

#include "base/clock.h"
#include "conf/conf.h"
#include "format/json.h"

#define ATTEMPTS_MAX     1000
#define ATTEMPTS_DEFAULT 8
#define ASKED_MAX        86400000 /* a day: nobody may park a lane for longer */
#define REASONS_MAX      32


static xd_rc_t
retry_fault(xd_report_t *rep, const xd_node_t *at, const char *text)
{
    xd_reportf(rep,
        &(xd_finding_t){ .severity = XD_ERROR,
            .rule = "relay.retry",
            .path = XD_STR("crossdock.yaml:/retry/tiers"),
            .line = at == NULL ? 0 : at->line,
            .column = at == NULL ? 0 : at->column },
        "%s", text);

    return XD_E_CONF;
}


xd_rc_t
retry_read(const xd_node_t *main, retry_t *out, xd_report_t *rep)
{
    const xd_node_t *conf = xd_get(main, "retry");
    const xd_node_t *tiers = xd_get(conf, "tiers");

    *out = (retry_t){ 0 };
    out->attempts =
        (uint32_t) xd_int(conf, "attempts", 1, ATTEMPTS_MAX, ATTEMPTS_DEFAULT);

    xd_each (tier, tiers) {
        if (out->count == RETRY_TIERS) {
            return retry_fault(rep, tier, "more than 16 tiers");
        }

        if (!xd_conf_duration(tier->text, &out->ms[out->count++])) {
            return retry_fault(rep, tier, "a tier is no duration like 30s");
        }
    }

    return out->count > 0 ? XD_OK : retry_fault(rep, tiers, "there is no tier");
}


/* 1, 2, ... within the round that began with the last release. */
static uint32_t
in_round(const retry_t *retry, uint32_t attempt)
{
    return (attempt - 1) % retry->attempts + 1;
}


size_t
retry_tier(const retry_t *retry, uint32_t attempt)
{
    size_t n = in_round(retry, attempt) - 1;

    return n < retry->count ? n : retry->count - 1;
}


int64_t
retry_longest(const retry_t *retry)
{
    int64_t most = 0;

    for (size_t i = 0; i < retry->count; i++) {
        most = retry->ms[i] > most ? retry->ms[i] : most;
    }

    return most + most / 10;
}


int64_t
retry_delay(const retry_t *retry, uint32_t attempt, int64_t asked,
    uint32_t chance)
{
    int64_t ms = retry->ms[retry_tier(retry, attempt)];

    if (asked >= 0) {
        /* Never before what was asked for, so only later by chance. */
        ms = asked > ASKED_MAX ? ASKED_MAX : asked;
        return ms + ms * (chance % 101) / 1000;
    }

    return ms * (900 + chance % 201) / 1000;
}


bool
retry_spent(const retry_t *retry, uint32_t attempt)
{
    return in_round(retry, attempt) == retry->attempts;
}


/* The array as it was; what cannot be read (it is ours) begins anew. */
static xd_node_t *
reasons_read(xd_arena_t *arena, xd_str_t reasons)
{
    xd_node_t *all = NULL;
    xd_report_t rep;

    xd_report_init(&rep, arena, 0);

    if (reasons.len > 0
        && xd_json_read(arena, reasons, NULL, &all, &rep) == XD_OK
        && all->kind == XD_ARRAY)
    {
        return all;
    }

    return xd_node_new(arena, XD_ARRAY);
}


xd_rc_t
retry_reason(xd_arena_t *arena, xd_str_t reasons, int64_t at_ms, xd_str_t code,
    xd_str_t text, xd_buf_t *out)
{
    xd_node_t *all = reasons_read(arena, reasons);
    xd_node_t *one = xd_node_add(arena, all, xd_node_new(arena, XD_OBJECT));
    char at[XD_INSTANT_LEN + 1];

    xd_instant_write(at_ms, at);

    if (xd_put_str(arena, one, "at", xd_str(at)) == NULL
        || xd_put_str(arena, one, "code", code) == NULL
        || xd_put_str(arena, one, "text", text) == NULL)
    {
        return XD_E_MEMORY;
    }

    if (all->count > REASONS_MAX) {
        all->first->next = all->first->next->next;
        all->count--;
    }

    xd_json_write(out, all, XD_JSON_COMPACT);

    return xd_buf_rc(out);
}
