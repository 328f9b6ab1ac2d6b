/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The arithmetic of xd_throttle against a slow model, and under processes
 * that race for the same words.  gcra.t builds and runs this; TAP comes out.
 *
 *   gcra_check SEED
 */

#include "ngx_xd_gcra.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS     400 /* of one random trace */
#define TRACES    3000
#define PROCESSES 4
#define NEVER     (1LL << 40) /* ns: a unit that does not come back */


static int64_t now_ns;
static int ntests, nfailed;
static uint64_t state;


static int64_t
clock_of_test(void)
{
    return now_ns;
}


/* xorshift64*: a run is its seed. */
static int64_t
pick(int64_t n)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;

    return (int64_t) ((state * 2685821657736338717ULL) >> 33) % n;
}


static void
ok(bool good, const char *name)
{
    ntests++;
    nfailed += !good;
    printf("%sok %d - %s\n", good ? "" : "not ", ntests, name);
}


static ngx_xd_charge_t
charge_of(uint32_t mask, int64_t cost)
{
    ngx_xd_charge_t c = { .mask = mask };
    int i;

    for (i = 0; i < NGX_XD_BUCKETS_MAX; i++) {
        c.cost[i] = cost;
    }

    return c;
}


/* -- one process against a model ------------------------------------------- */


typedef struct {
    int64_t at, cost;
    bool gone; /* taken back */
} call_t;

typedef struct {
    ngx_xd_bucket_t bucket[3];
    ngx_xd_tat_t tat[3];
    ngx_xd_charge_t charge[CALLS];
    call_t call[CALLS];
    int ncalls, nbuckets;
} trace_t;


/* The level of one policy now, from nothing but the calls that count. */
static int64_t
model_level(const trace_t *t, const ngx_xd_bucket_t *b)
{
    int64_t level = 0, at = 0;
    int i;

    for (i = 0; i < t->ncalls; i++) {
        const call_t *c = &t->call[i];

        if (c->gone) {
            continue;
        }

        level -= c->at - at;
        level = (level > 0 ? level : 0) + c->cost * b->unit;
        at = c->at;
    }

    level -= now_ns - at;

    return level > 0 ? level : 0;
}


static bool
model_admits(const trace_t *t, int64_t cost)
{
    int i;

    for (i = 0; i < t->nbuckets; i++) {
        const ngx_xd_bucket_t *b = &t->bucket[i];

        if (model_level(t, b) + cost * b->unit > b->most) {
            return false;
        }
    }

    return true;
}


static void
trace_init(trace_t *t)
{
    int i;

    memset(t, 0, sizeof(*t));
    t->nbuckets = 1 + (int) pick(3);
    now_ns = 1 + pick(1LL << 30);

    for (i = 0; i < t->nbuckets; i++) {
        t->bucket[i].unit = 1 + pick(1000);
        t->bucket[i].most = t->bucket[i].unit * (3 + pick(20));
        t->bucket[i].at.tat = &t->tat[i];
    }
}


static bool
trace_take(trace_t *t, int64_t cost)
{
    ngx_xd_charge_t *c = &t->charge[t->ncalls];

    *c = charge_of((1u << t->nbuckets) - 1, cost);

    if (!ngx_xd_take(t->bucket, c, clock_of_test)) {
        return false;
    }

    t->call[t->ncalls++] = (call_t){ now_ns, cost, false };

    return true;
}


/* Without refunds the two agree call for call, and on what is left. */
static bool
trace_agrees(trace_t *t)
{
    int i, step;

    trace_init(t);

    for (step = 0; step < CALLS; step++) {
        int64_t cost = 1 + pick(3);
        bool admits = model_admits(t, cost);

        if (trace_take(t, cost) != admits) {
            return false;
        }

        for (i = 0; i < t->nbuckets; i++) {
            const ngx_xd_bucket_t *b = &t->bucket[i];
            int64_t level = model_level(t, b);
            int64_t had = atomic_load(b->at.tat) - now_ns;

            if ((had > 0 ? had : 0) != level
                || ngx_xd_left(b, level) != (b->most - level) / b->unit)
            {
                return false;
            }
        }

        now_ns += pick(4) == 0 ? pick(5000) : pick(100);
    }

    return true;
}


/* With refunds nothing is admitted that the model, which forgets what was
 * taken back as if it had never been, would refuse. */
static bool
trace_never_over(trace_t *t, int *given)
{
    int step, i;

    trace_init(t);

    for (step = 0; step < CALLS; step++) {
        int64_t cost = 1 + pick(3);
        bool admits = model_admits(t, cost);

        if (trace_take(t, cost) && !admits) {
            return false;
        }

        now_ns += pick(4) == 0 ? pick(2000) : pick(100);

        i = t->ncalls > 0 ? (int) pick(t->ncalls) : 0;
        if (pick(3) == 0 && i < t->ncalls && !t->call[i].gone) {
            t->call[i].gone = true;
            ngx_xd_give(t->bucket, &t->charge[i], t->charge[i].mask,
                clock_of_test);
            (*given)++;
        }
    }

    return true;
}


static void
test_traces(void)
{
    static trace_t t;
    int i, given = 0;

    for (i = 0; i < TRACES && trace_agrees(&t); i++) {
    }
    ok(i == TRACES, "call for call as the model");

    for (i = 0; i < TRACES && trace_never_over(&t, &given); i++) {
    }
    ok(i == TRACES && given > TRACES, "refunds never admit more");
}


/* -- numbers --------------------------------------------------------------- */


static void
test_numbers(void)
{
    ngx_xd_tat_t tat = 0;
    ngx_xd_bucket_t b = { 600000000, 20LL * 600000000, .at.tat = &tat };
    ngx_xd_charge_t c = charge_of(1, 1);
    int i;

    now_ns = 1000;
    ok(ngx_xd_take(&b, &c, clock_of_test) && ngx_xd_left(&b, c.level[0]) == 19
            && ngx_xd_until_next(&b, c.level[0]) == 1,
        "100 per 60 s, burst 20: r=19, t=1 behind the first");

    for (i = 1; i < 20; i++) {
        ok(ngx_xd_take(&b, &c, clock_of_test), "the burst is served");
    }
    ok(ngx_xd_left(&b, c.level[0]) == 0, "then nothing is left");
    ok(!ngx_xd_take(&b, &c, clock_of_test) && c.full == 1, "and refused");
    ok(atomic_load(&tat) == 1000 + b.most, "a refusal writes nothing");
    ok(ngx_xd_until_free(&b, c.level[0], 5) == 3, "5 units take 3 s");

    now_ns += 600000000 - 1;
    ok(!ngx_xd_take(&b, &c, clock_of_test), "1 ns too early");
    now_ns++;
    ok(ngx_xd_take(&b, &c, clock_of_test), "on time");

    ok(ngx_xd_until_next(&b, 0) == 0, "a full bucket waits for nothing");
    b = (ngx_xd_bucket_t){ 1LL << 61, 1LL << 62, .at.tat = &tat };
    now_ns = 1LL << 61;
    c = charge_of(1, 2);
    atomic_store(&tat, 0);
    ok(ngx_xd_take(&b, &c, clock_of_test), "the largest bucket");
    ok(!ngx_xd_take(&b, &c, clock_of_test)
            && ngx_xd_until_free(&b, c.level[0], 4) > 0,
        "what does not fit a word is refused");
}


/* -- processes ------------------------------------------------------------- */


typedef struct {
    ngx_xd_tat_t tat[3];
    _Atomic long admitted;
    _Atomic int ready;
} shared_t;


/* Takes, and of every `period` calls gives one back at once. */
static void
race(shared_t *s, const ngx_xd_bucket_t *b, uint32_t mask, int period)
{
    int calls = period == 1 ? 2000000 : 100000;
    long mine = 0;
    int i;

    atomic_fetch_add(&s->ready, 1);
    while (atomic_load(&s->ready) < PROCESSES) {
    }

    for (i = 0; i < calls; i++) {
        ngx_xd_charge_t c = charge_of(mask, 1);

        if (!ngx_xd_take(b, &c, clock_of_test)) {
            continue;
        }

        if (i % period == 0) {
            ngx_xd_give(b, &c, mask, clock_of_test);
        } else {
            mine++;
        }
    }

    atomic_fetch_add(&s->admitted, mine);
    _exit(0);
}


static void
start_race(shared_t *s, const ngx_xd_bucket_t *b, uint32_t mask, int period)
{
    int i;

    memset(s, 0, sizeof(*s));
    now_ns = 1;
    (void) fflush(stdout);

    for (i = 0; i < PROCESSES; i++) {
        if (fork() == 0) {
            race(s, b, mask, period);
        }
    }

    while (wait(NULL) > 0) {
    }
}


/* Every bucket holds that many units, and not a nanosecond beside. */
static bool
spent_is(const ngx_xd_bucket_t *b, uint32_t mask, long units)
{
    int i;

    for (i = 0; i < 3; i++) {
        int64_t spent = atomic_load(b[i].at.tat) - now_ns;

        if ((mask & 1u << i) != 0 && spent != units * b[i].unit) {
            return false;
        }
    }

    return true;
}


static void
test_race(shared_t *s, const ngx_xd_bucket_t *b, uint32_t mask, long least)
{
    ngx_xd_charge_t c = charge_of(mask, 1);
    long total;

    start_race(s, b, mask, 3);
    total = atomic_load(&s->admitted);
    ok(total <= least, "never one call more than the tightest policy");

    while (total < 2 * least && ngx_xd_take(b, &c, clock_of_test)) {
        total++;
    }

    ok(total == least, "and with those that lost a race exactly as many");
    ok(spent_is(b, mask, least), "nothing of what was taken back stays");
}


/* All fight for one unit of the last policy: those that lose it have been
 * charged by the others, and must take that back. */
static void
test_fight(shared_t *s)
{
    ngx_xd_bucket_t b[3] = {
        { NEVER, NEVER * 10, .at.tat = &s->tat[0] },
        { NEVER, NEVER * 10, .at.tat = &s->tat[1] },
        { NEVER, NEVER, .at.tat = &s->tat[2] },
    };

    start_race(s, b, 7, 1);
    ok(atomic_load(&s->admitted) == 0 && spent_is(b, 7, 0),
        "whoever fails at the last policy leaves nothing at the first");
}


static void
test_races(void)
{
    shared_t *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ngx_xd_bucket_t b[3] = {
        { NEVER, NEVER * 50000, .at.tat = &s->tat[0] },
        { NEVER / 2, NEVER / 2 * 20000, .at.tat = &s->tat[1] },
        { NEVER / 3, NEVER / 3 * 20001, .at.tat = &s->tat[2] },
    };

    test_race(s, b, 1, 50000);
    test_race(s, b, 2 | 4, 20000);
    test_race(s, b, 1 | 2 | 4, 20000);
    test_fight(s);
}


/* -- quotas ---------------------------------------------------------------- */


static void
test_quota(void)
{
    ngx_xd_tat_t word = 0, granted = 0;
    ngx_xd_bucket_t b = { 1, 5, .at.tat = &word, .kind = NGX_XD_QUOTA,
        .window = 100, .ends = 70 };
    ngx_xd_charge_t c = charge_of(1, 2);

    ok(ngx_xd_take(&b, &c, clock_of_test) && ngx_xd_take(&b, &c, clock_of_test),
        "quota: 2 + 2 of 5");
    ok(!ngx_xd_take(&b, &c, clock_of_test) && c.full == 1
            && ngx_xd_left(&b, c.level[0]) == 1,
        "2 more do not fit, and are not charged");
    ok(ngx_xd_until_free(&b, c.level[0], 2) == 70
            && ngx_xd_until_next(&b, c.level[0]) == 70,
        "the wait is to the window's end");
    ngx_xd_give(&b, &c, 1, clock_of_test);
    ok(c.level[0] == 2, "given back");

    b.window = 99;
    ok(ngx_xd_take(&b, &c, clock_of_test) && c.level[0] == 4,
        "a clock that is behind at midnight counts in the new window");
    b.window = 100;
    ngx_xd_look(&b, &c, clock_of_test);
    ok(c.level[0] == 4, "and the others see it");
    b.window = 101;
    ngx_xd_give(&b, &c, 1, clock_of_test);
    ok(atomic_load(&word) == (100LL << NGX_XD_QUOTA_BITS | 4),
        "to a window that is over nothing is given back");
    ok(ngx_xd_take(&b, &c, clock_of_test) && c.level[0] == 2,
        "the next one begins with nothing spent");
    b.window = 50;
    ok(ngx_xd_take(&b, &c, clock_of_test) && c.level[0] == 4
            && !ngx_xd_take(&b, &c, clock_of_test),
        "a clock that was set back gives nothing");
    b.window = 51;
    ok(ngx_xd_take(&b, &c, clock_of_test) && c.level[0] == 2,
        "and its next window comes");

    b.at.granted = &granted;
    ok(!ngx_xd_take(&b, &c, clock_of_test) && c.full == 0 && c.stale == 1,
        "what the disk does not know is not spent");
    atomic_store(&granted, 51LL << NGX_XD_QUOTA_BITS | 4);
    ok(ngx_xd_take(&b, &c, clock_of_test) && c.level[0] == 4, "but then it is");
    b.window = 52;
    ok(!ngx_xd_take(&b, &c, clock_of_test) && c.stale == 1,
        "for each window anew");
    c = charge_of(1, 6);
    ok(!ngx_xd_take(&b, &c, clock_of_test) && c.full == 1 && c.stale == 0,
        "what can never be is refused at once");
}


/* -- calls in flight ------------------------------------------------------- */


typedef struct {
    ngx_xd_held_t cell[NGX_XD_COLUMNS];
    ngx_xd_tat_t tat;
    _Atomic int inside, most, ready;
} doors_t;


static ngx_xd_bucket_t
door_of(doors_t *d, int column, int64_t most)
{
    ngx_xd_bucket_t b = { .unit = 1,
        .most = most,
        .kind = NGX_XD_INFLIGHT,
        .column = column };
    int i;

    for (i = 0; i < NGX_XD_CHUNKS; i++) {
        b.at.held[i] = &d->cell[i * NGX_XD_CHUNK];
    }

    return b;
}


static void
pass(doors_t *d, int column)
{
    ngx_xd_bucket_t b = door_of(d, column, 2);
    int i, now, most;

    atomic_fetch_add(&d->ready, 1);
    while (atomic_load(&d->ready) < PROCESSES) {
    }

    for (i = 0; i < 200000; i++) {
        ngx_xd_charge_t c = charge_of(1, 1);

        if (!ngx_xd_take(&b, &c, clock_of_test)) {
            continue;
        }

        now = atomic_fetch_add(&d->inside, 1) + 1;
        most = atomic_load(&d->most);
        while (
            now > most && !atomic_compare_exchange_weak(&d->most, &most, now)) {
        }
        atomic_fetch_sub(&d->inside, 1);
        ngx_xd_give(&b, &c, 1, clock_of_test);
    }

    _exit(0);
}


static void
test_doors(void)
{
    doors_t *d = mmap(NULL, sizeof(*d), PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ngx_xd_bucket_t b[2] = { door_of(d, 95, 3),
        { 1, 1, .at.tat = &d->tat, .kind = NGX_XD_QUOTA, .window = 1 } };
    ngx_xd_charge_t c = charge_of(1, 1);
    int i;

    (void) fflush(stdout);
    for (i = 0; i < PROCESSES; i++) {
        if (fork() == 0) {
            pass(d, i * 30);
        }
    }
    while (wait(NULL) > 0) {
    }
    ok(atomic_load(&d->most) == 2 || atomic_load(&d->most) == 1,
        "never more inside than the policy says");
    ngx_xd_look(b, &c, clock_of_test);
    ok(c.level[0] == 0, "and all have left");

    c.mask = 3;
    ok(ngx_xd_take(b, &c, clock_of_test), "with another policy beside");
    ok(!ngx_xd_take(b, &c, clock_of_test) && c.full == 2 && c.level[0] == 1,
        "whoever is refused there has not entered here");
    ok(ngx_xd_until_free(&b[0], c.level[0], 1) == 1
            && ngx_xd_until_next(&b[0], c.level[0]) == 0,
        "nobody knows when one leaves");
    c.mask = 1;
    (void) ngx_xd_take(b, &c, clock_of_test);
    (void) ngx_xd_take(b, &c, clock_of_test);
    ok(!ngx_xd_take(b, &c, clock_of_test) && c.full == 1, "three, not four");
    ngx_xd_give(b, &c, 1, clock_of_test);
    ok(ngx_xd_take(b, &c, clock_of_test), "one leaves, one comes");
}


int
main(int argc, char **argv)
{
    state = argc > 1 ? strtoull(argv[1], NULL, 10) | 1 : 1;

    test_numbers();
    test_traces();
    test_races();
    test_quota();
    test_doors();
    printf("1..%d\n", ntests);

    return nfailed == 0 ? 0 : 1;
}
