/* SPDX-License-Identifier: BSD-2-Clause */

/* The lifecycles as they stand, and what their reader refuses. */

#include "canon/lifecycle.h"

#include "canon/document.h"
#include "data_fixture.h"

#define LIFECYCLES 20

static xd_lifecycles_t *set;


static void
setup(void)
{
    data_setup();
    ck_assert_int_eq(xd_lifecycles_load(arena, SCHEMAS, schemas, &set, &rep),
        XD_OK);
    ck_assert_uint_eq(rep.nkept, 0);
}


static const xd_lifecycle_t *
life(const char *name)
{
    const xd_lifecycle_t *l = xd_lifecycle_find(set, xd_str(name));

    ck_assert_msg(l != NULL, "%s", name);

    return l;
}


static const xd_life_step_t *
step(const char *name, const char *state, const char *event)
{
    return xd_lifecycle_step(life(name), xd_str(state), xd_str(event));
}


/* -- the rows as they stand ------------------------------------------------ */


/* Goes the way of these events from the start; where it ends. */
static xd_str_t
walk(const char *name, const char *const *events)
{
    xd_str_t state = xd_lifecycle_start(life(name))->name;

    for (; *events != NULL; events++) {
        const xd_life_step_t *s =
            xd_lifecycle_step(life(name), state, xd_str(*events));

        ck_assert_msg(s != NULL, "%s: %s refused in %.*s", name, *events,
            XD_FMT(state));
        state = s->to;
    }

    return state;
}

#define WALK(name, ...) walk(name, (const char *const[]){ __VA_ARGS__, NULL })


START_TEST(the_good_ways_lead_to_the_end)
{
    ck_assert(
        xd_str_is(WALK("order", "order.placed", "order.validated",
                      "order.accepted", "order.lines-done", "order.closed"),
            "closed"));
    ck_assert(xd_str_is(WALK("order-line", "line.validated", "line.sourced",
                            "line.allocated", "line.released", "line.picked",
                            "line.packed", "line.shipped", "line.delivered",
                            "line.invoiced", "line.settled", "line.closed"),
        "closed"));
    ck_assert(xd_str_is(WALK("order-line", "line.validated", "line.sourced",
                            "line.allocated", "fulfil.rejected"),
        "sourced"));
    ck_assert(
        xd_str_is(WALK("return", "return.eligible", "return.authorised",
                      "return.sent", "return.received", "return.inspected",
                      "return.disposed", "return.refund-approved",
                      "return.refunded", "return.posted", "return.closed"),
            "closed"));
    ck_assert(
        xd_str_is(WALK("purchase-order", "po.submitted", "po.approved",
                      "po.sent", "po.changed", "po.change-agreed", "po.shipped",
                      "po.received-part", "po.received", "po.invoiced",
                      "po.matched", "po.paid", "po.closed"),
            "closed"));
    ck_assert(
        xd_str_is(WALK("invoice", "invoice.validated", "invoice.unique",
                      "invoice.blocked", "invoice.rematch",
                      "invoice.within-tolerance", "invoice.approved",
                      "invoice.posted", "invoice.scheduled", "invoice.paid"),
            "paid"));
    ck_assert(
        xd_str_is(WALK("transfer", "transfer.approved", "transfer.allocated",
                      "transfer.picked", "transfer.shipped",
                      "transfer.in-transit", "transfer.received-part",
                      "transfer.received", "transfer.reconciled"),
            "reconciled"));
    ck_assert(xd_str_is(WALK("fulfilment", "fulfil.offered", "fulfil.accepted",
                            "fulfil.picking", "fulfil.picked", "fulfil.packed",
                            "fulfil.ready", "fulfil.collected"),
        "collected"));
    ck_assert(xd_str_is(WALK("exception", "exception.assigned",
                            "exception.waiting", "exception.escalated",
                            "exception.resolved", "exception.closed"),
        "closed"));
    ck_assert(xd_str_is(WALK("settlement-entry", "entry.missing",
                            "entry.explained", "entry.posted", "entry.closed"),
        "closed"));
}
END_TEST


/* What fits no row is refused; what depends on a condition names it. */
START_TEST(what_must_not_be_is_refused)
{
    static const struct {
        const char *life, *state, *event;
    } refused[] = {
        { "order-line", "packed", "line.cancelled" },
        { "order-line", "cancelled", "line.released" },
        { "return", "requested", "return.refund-approved" },
        { "return", "authorised", "return.refund-approved" },
        { "return", "in-transit", "return.refunded" },
        { "purchase-order", "shipped", "po.cancelled" },
        { "purchase-order", "draft", "po.sent" },
        { "invoice", "received", "invoice.posted" },
        { "invoice", "blocked", "invoice.approved" },
        { "transfer", "shipped", "transfer.cancelled" },
        { "order-payment", "refunded", "payment.refunded" },
        { "approval", "approved", "approval.refused" },
        { "exception", "closed", "exception.assigned" },
        { "order", "nowhere", "order.placed" },
        { "order", "draft", "no.event" },
    };

    for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
        ck_assert_msg(step(refused[i].life, refused[i].state, refused[i].event)
                          == NULL,
            "%s %s %s", refused[i].life, refused[i].state, refused[i].event);
    }
}
END_TEST


START_TEST(conditions_are_guards)
{
    static const struct {
        const char *life, *state, *event, *guard;
    } guarded[] = {
        { "return", "received", "return.refund-approved",
            "refund-before-inspection" },
        { "return", "disposed", "return.refund-approved", "within-limit" },
        { "order-line", "released", "line.cancelled", "node-agrees" },
        { "order-payment", "authorised", "payment.captured",
            "within-authorisation" },
        { "approval", "requested", "approval.approved", "four-eyes" },
        { "order", "placed", "order.validated", "complete" },
        { "refund", "approved", "refund.sent", "within-captured" },
    };

    for (size_t i = 0; i < sizeof(guarded) / sizeof(guarded[0]); i++) {
        const xd_life_step_t *s =
            step(guarded[i].life, guarded[i].state, guarded[i].event);

        ck_assert_ptr_nonnull(s);
        ck_assert(xd_str_is(s->guard, guarded[i].guard));
        ck_assert_uint_gt(xd_lifecycle_guard(life(guarded[i].life), s->guard)
                              .len,
            10);
    }
    ck_assert_uint_eq(xd_lifecycle_guard(life("order"), XD_STR("none")).len, 0);
    ck_assert_uint_eq(xd_lifecycle_guard(life("pick"), XD_STR("none")).len, 0);
    ck_assert_ptr_null(step("order", "draft", "order.placed")->guard.ptr);
}
END_TEST


START_TEST(timers_have_their_time)
{
    const xd_life_timer_t *t =
        &step("purchase-order", "approved", "po.sent")->timer;

    ck_assert(xd_str_is(t->name, "acknowledge"));
    ck_assert_int_eq(t->offset_ms, INT64_C(24) * 3600 * 1000);
    ck_assert(xd_str_is(t->raise, "po.acknowledgement.late"));
    ck_assert_uint_eq(t->of.len, 0);

    t = &step("invoice", "posted", "invoice.scheduled")->timer;
    ck_assert_int_eq(t->offset_ms, INT64_C(-3) * 86400 * 1000);
    ck_assert(xd_str_is(t->of, "dueDate"));

    t = &step("exception", "open", "exception.assigned")->timer;
    ck_assert_int_eq(t->offset_ms, 0);
    ck_assert(xd_str_is(t->of, "slaDueAt"));

    t = &step("fulfilment", "proposed", "fulfil.offered")->timer;
    ck_assert_int_eq(t->offset_ms, 30 * 60 * 1000);
    ck_assert_uint_eq(step("order", "draft", "order.placed")->timer.name.len,
        0);
}
END_TEST


START_TEST(a_hold_goes_back_to_where_it_came_from)
{
    const xd_life_step_t *s = step("order", "held", "order.resumed");

    ck_assert_ptr_nonnull(s);
    ck_assert_uint_eq(s->to.len, 0);
    ck_assert(xd_str_is(s->activity, "Release order"));
    ck_assert_uint_eq(step("purchase-order", "on-hold", "po.resumed")->to.len,
        0);
}
END_TEST


static bool
reach(const xd_lifecycle_t *l, bool *reached, size_t count)
{
    const xd_life_state_t *states = xd_lifecycle_states(l, &count);
    bool more = false;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; reached[i] && j < states[i].count; j++) {
            const xd_life_state_t *to =
                xd_lifecycle_state(l, states[i].steps[j].to);

            for (size_t k = 0; to != NULL && k < count; k++) {
                if (xd_str_eq(states[k].name, to->name) && !reached[k]) {
                    reached[k] = more = true;
                }
            }
        }
    }

    return more;
}


START_TEST(every_state_can_be_reached)
{
    size_t n = 0;

    for (const xd_lifecycle_t *l; (l = xd_lifecycle_nth(set, n)) != NULL; n++) {
        bool reached[99] = { false };
        size_t count;
        const xd_life_state_t *states = xd_lifecycle_states(l, &count);

        for (size_t i = 0; i < count; i++) {
            reached[i] = xd_str_eq(states[i].name, xd_lifecycle_start(l)->name);
        }
        while (reach(l, reached, count)) {
        }
        for (size_t i = 0; i < count; i++) {
            ck_assert_msg(reached[i], "%.*s: %.*s",
                XD_FMT(xd_lifecycle_name(l)), XD_FMT(states[i].name));
            ck_assert(states[i].end || states[i].count > 0);
        }
    }
    ck_assert_uint_eq(n, LIFECYCLES);
    ck_assert(xd_str_is(xd_lifecycle_name(life("pick")), "pick"));
}
END_TEST


/* -- documents ------------------------------------------------------------- */


/* The schema of what stands at "/lines/" "*" "/state", references followed
 * within the file. */
static const xd_node_t *
schema_at(const xd_node_t *root, xd_str_t at)
{
    const xd_node_t *node = xd_pointer(root, XD_STR("/$defs/business"));

    (void) xd_str_cut(&at, '/');
    while (at.ptr != NULL) {
        xd_str_t name = xd_str_cut(&at, '/');

        node = xd_str_is(name, "*")
                   ? xd_get(node, "items")
                   : xd_get_str(xd_get(node, "properties"), name);
        if (xd_str_starts(xd_text(node, "$ref"), XD_STR("#/"))) {
            xd_str_t ref = xd_text(node, "$ref");

            node = xd_pointer(root, (xd_str_t){ ref.ptr + 1, ref.len - 1 });
        }
    }

    return node;
}


static size_t
shown(const xd_lifecycle_t *l, xd_str_t name)
{
    size_t count, times = 0;
    const xd_life_state_t *states = xd_lifecycle_states(l, &count);

    for (size_t i = 0; i < count; i++) {
        times += xd_str_eq(states[i].shows, name);
    }

    return times;
}


static void
holds_enum(const xd_lifecycle_t *l, const char *document, const char *at)
{
    const xd_node_t *words =
        xd_get(schema_at(read_schema(document), xd_str(at)), "enum");
    size_t count, times = 0;

    ck_assert_msg(words != NULL, "%s %s", document, at);
    ck_assert_ptr_eq(xd_lifecycle_of(set, xd_str(document), xd_str(at)), l);
    xd_each (word, words) {
        ck_assert_msg(shown(l, word->text) > 0, "%s: %.*s", document,
            XD_FMT(word->text));
        times += shown(l, word->text);
    }
    (void) xd_lifecycle_states(l, &count);
    ck_assert_msg(times == count, "%s %s: a state is missing", document, at);
}


START_TEST(status_words_of_documents_are_the_states)
{
    static const struct {
        const char *document, *at, *life;
    } claims[] = {
        { "purchase-order", "/state", "purchase-order" },
        { "return", "/state", "return" },
        { "return", "/lines/*/state", "return" },
        { "fulfilment", "/state", "fulfilment" },
        { "transfer", "/state", "transfer" },
        { "pick", "/state", "pick" },
        { "count", "/state", "count" },
        { "invoice", "/state", "invoice" },
        { "credit-memo", "/state", "invoice" },
        { "payment", "/state", "order-payment" },
        { "refund", "/state", "refund" },
        { "settlement", "/entries/*/match/state", "settlement-entry" },
        { "approval", "/state", "approval" },
        { "exception", "/state", "exception" },
        { "task", "/state", "task" },
        { "item", "/status", "master-record" },
        { "location", "/status", "master-record" },
        { "supplier", "/status", "master-record" },
        { "customer", "/status", "master-record" },
        { "cross-reference", "/status", "master-record" },
    };

    for (size_t i = 0; i < sizeof(claims) / sizeof(claims[0]); i++) {
        holds_enum(life(claims[i].life), claims[i].document, claims[i].at);
    }
    ck_assert_ptr_null(
        xd_lifecycle_of(set, XD_STR("shipment"), XD_STR("/state")));
}
END_TEST


/* No document has a state that no lifecycle holds. */
START_TEST(every_state_of_a_document_has_a_lifecycle)
{
    for (const xd_document_t *d = xd_documents; d->name != NULL; d++) {
        const xd_node_t *root = read_schema(d->name);
        const xd_node_t *state =
            xd_pointer(root, XD_STR("/$defs/business/properties/state"));

        ck_assert_msg(state == NULL
                          || xd_lifecycle_of(set, xd_str(d->name),
                                 XD_STR("/state"))
                                 != NULL,
            "%s", d->name);
    }
}
END_TEST


/* -- what is refused ------------------------------------------------------- */


#define HEAD                                                                   \
    "{\"lifecycle\":\"x\",\"title\":\"X\",\"documents\":[],\"start\":\"a\","

#define ROW(from, event, to)                                                   \
    "{\"from\":[\"" from "\"],\"event\":\"" event "\",\"to\":\"" to "\","      \
    "\"activity\":\"A\"}"

#define STATES "\"states\":[{\"name\":\"a\"},{\"name\":\"b\",\"end\":true}],"

/* clang-format off */
static const struct {
    const char *text, *rule, *path;
} faults[] = {
    { HEAD "\"states\":[{\"name\":\"a\"},{\"name\":\"a\"},"
      "{\"name\":\"b\",\"end\":true}],\"rows\":[" ROW("a", "e", "b") "]}",
      "lifecycle.twice", "/states/1" },
    { HEAD STATES "\"rows\":[" ROW("a", "e", "b") "," ROW("c", "e", "b") "]}",
      "lifecycle.state", "/rows/1/from/0" },
    { HEAD STATES "\"rows\":[" ROW("a", "e", "b") "," ROW("a", "f", "c") "]}",
      "lifecycle.state", "/rows/1/to" },
    { HEAD STATES "\"rows\":[" ROW("a", "e", "b") "," ROW("a", "e", "a") "]}",
      "lifecycle.ambiguous", "/rows/1/from/0" },
    { HEAD STATES "\"rows\":[" ROW("a", "e", "a") "," ROW("a", "f", "*") "]}",
      "lifecycle.unreached", "/states/1" },
    { HEAD "\"states\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\","
      "\"end\":true}],\"rows\":[" ROW("a", "e", "b") "," ROW("a", "f", "c") ","
      ROW("b", "e", "b") "]}",
      "lifecycle.endless", "/states/1" },
    { HEAD STATES "\"guards\":{\"g\":\"Gone\"},\"rows\":[" ROW("a", "e", "b")
      "]}",
      "lifecycle.guard", "/guards/g" },
    { HEAD STATES "\"rows\":[{\"from\":[\"a\"],\"event\":\"e\",\"to\":\"b\","
      "\"guard\":\"g\",\"activity\":\"A\"}]}",
      "lifecycle.guard", "/rows/0/guard" },
    { "{\"lifecycle\":\"x\",\"title\":\"X\",\"start\":\"a\",\"documents\":["
      "{\"document\":\"ship\",\"at\":\"/state\"}]," STATES
      "\"rows\":[" ROW("a", "e", "b") "]}",
      "lifecycle.document", "/documents/0" },
    { "{\"lifecycle\":\"x\",\"title\":\"X\",\"start\":\"z\",\"documents\":[],"
      STATES "\"rows\":[" ROW("a", "e", "b") "]}",
      "lifecycle.state", "/start" },
    { HEAD STATES "\"rows\":[]}", "minItems", "/rows" },
    { HEAD STATES "\"rows\":[" ROW("a", "e", "b") "],\"more\":1}",
      "additionalProperties", "/more" },
};
/* clang-format on */


START_TEST(faults_are_told_with_their_place)
{
    put_file("lifecycles", "x.json", faults[_i].text);
    ck_assert_int_eq(xd_lifecycles_load(arena, dir, schemas, &set, &rep),
        XD_E_CONF);
    found(faults[_i].rule,
        xd_fmt(arena, "lifecycles/x.json:%s", faults[_i].path).ptr);
}
END_TEST


START_TEST(files_that_are_no_lifecycles_are_refused_or_passed_over)
{
    ck_assert_int_eq(xd_lifecycles_load(arena, dir, schemas, &set, &rep),
        XD_E_IO);

    put_file("lifecycles", ".hidden.json", "{");
    put_file("lifecycles", "notes.txt", "{");
    put_file("lifecycles", ".json", "{");
    ck_assert_int_eq(xd_lifecycles_load(arena, dir, schemas, &set, &rep),
        XD_OK);
    ck_assert_ptr_null(xd_lifecycle_nth(set, 0));
    ck_assert_ptr_null(xd_lifecycle_find(set, XD_STR("x")));

    put_file("lifecycles", "y.json", "{\"a\":1,\"a\":2}");
    put_file("lifecycles", "z.json", "nothing");
    ck_assert_int_eq(xd_lifecycles_load(arena, dir, schemas, &set, &rep),
        XD_E_CONF);
    ck_assert_uint_eq(rep.nkept, 2);
    ck_assert(xd_str_starts(rep.kept[0].path, XD_STR("lifecycles/y.json:")));
    ck_assert(xd_str_starts(rep.kept[1].path, XD_STR("lifecycles/z.json:")));

    put_file("lifecycles/w.json", "file", "");
    ck_assert_int_eq(xd_lifecycles_load(arena, dir, schemas, &set, &rep),
        XD_E_IO);
}
END_TEST


START_TEST(without_a_schema_nothing_is_read)
{
    xd_schemas_t *none = NULL;

    put_file("schemas", "a.json",
        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
        "\"$id\":\"urn:retail:a:1.0\"}");
    ck_assert_int_eq(xd_schemas_load(arena,
                         xd_fmt(arena, "%s/schemas", dir).ptr, &none, &rep),
        XD_OK);
    ck_assert_int_eq(xd_lifecycles_load(arena, SCHEMAS, none, &set, &rep),
        XD_E_NOT_FOUND);
}
END_TEST


START_TEST(a_full_arena_is_told_at_every_allocation)
{
    xd_rc_t rc = XD_E_MEMORY;
    size_t n;

    put_file("lifecycles", "x.json",
        HEAD STATES "\"guards\":{\"g\":\"Gone\"},\"rows\":[" ROW("a", "e",
            "a") ",{\"from\":[\"a\"],\"event\":\"f\",\"to\":\"b\","
                 "\"guard\":\"g\",\"activity\":\"A\"}]}");

    for (n = 1; rc == XD_E_MEMORY; n++) {
        xd_arena_t *own = xd_arena_new(0);
        xd_report_t mine;

        xd_report_init(&mine, arena, 5);
        xd_arena_fail_at(own, n);
        rc = xd_lifecycles_load(own, dir, schemas, &set, &mine);
        xd_arena_free(own);
    }
    ck_assert_int_eq(rc, XD_OK);
    ck_assert_uint_gt(n, 10);
}
END_TEST


int
main(void)
{
    Suite *s = suite_create("lifecycle");
    TCase *tc = tcase_create("lifecycle");
    SRunner *runner = srunner_create(s);
    int failed;

    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(tc, setup, data_teardown);
    tcase_add_test(tc, the_good_ways_lead_to_the_end);
    tcase_add_test(tc, what_must_not_be_is_refused);
    tcase_add_test(tc, conditions_are_guards);
    tcase_add_test(tc, timers_have_their_time);
    tcase_add_test(tc, a_hold_goes_back_to_where_it_came_from);
    tcase_add_test(tc, every_state_can_be_reached);
    tcase_add_test(tc, status_words_of_documents_are_the_states);
    tcase_add_test(tc, every_state_of_a_document_has_a_lifecycle);
    tcase_add_loop_test(tc, faults_are_told_with_their_place, 0,
        sizeof(faults) / sizeof(faults[0]));
    tcase_add_test(tc, files_that_are_no_lifecycles_are_refused_or_passed_over);
    tcase_add_test(tc, without_a_schema_nothing_is_read);
    tcase_add_test(tc, a_full_arena_is_told_at_every_allocation);

    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);

    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
