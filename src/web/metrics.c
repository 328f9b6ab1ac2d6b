/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Samples are kept under their labels as these will be written, so that
 * writing the page is copying, and equal texts are one sample by nature.
 * Nothing is ever removed: a series that ends confuses those who read rates.
 */

#include "web/metrics.h"

#include "base/map.h"
#include "base/utf8.h"

#define SAMPLES_MAX 1000 /* label combinations of one family */
#define VALUE_MAX   200  /* bytes of a label's value */
#define LABELS      (sizeof(((xd_family_t *) 0)->labels) / sizeof(char *))

/* Upper ends of a histogram's buckets; the last, +Inf, is the count. */
static const struct {
    int64_t ms;
    const char *le;
} buckets[] = {
    { 5, "0.005" },
    { 10, "0.01" },
    { 25, "0.025" },
    { 50, "0.05" },
    { 100, "0.1" },
    { 250, "0.25" },
    { 500, "0.5" },
    { 1000, "1" },
    { 2500, "2.5" },
    { 5000, "5" },
    { 10000, "10" },
};

#define BUCKETS (sizeof(buckets) / sizeof(buckets[0]))


typedef struct sample_s {
    struct sample_s *next;
    xd_str_t labels; /* as they are written: name="value",name="value" */
    int64_t value;   /* of a histogram: its sum in ms */
    int64_t count;
    int64_t bucket[BUCKETS]; /* not cumulative */
} sample_t;

typedef struct family_s {
    struct family_s *next;
    const xd_family_t *spec;
    xd_map_t *by_labels;
    sample_t *first, **last;
} family_t;

struct xd_metrics_s {
    xd_arena_t *arena;
    xd_map_t *by_name; /* two files may hold a copy of one row */
    family_t *first, **last;
};


xd_metrics_t *
xd_metrics_new(xd_arena_t *arena)
{
    xd_metrics_t *m = xd_alloc(arena, sizeof(*m));

    if (m == NULL) {
        return NULL;
    }
    m->arena = arena;
    m->by_name = xd_map_new(arena);
    m->last = &m->first;

    return m->by_name != NULL ? m : NULL;
}


/* -- finding a sample ---------------------------------------------------- */

static family_t *
family_of(xd_metrics_t *m, const xd_family_t *spec)
{
    xd_str_t name = xd_str(spec->name);
    family_t *f = xd_map_get(m->by_name, name);

    if (f != NULL) {
        return f;
    }

    f = xd_alloc(m->arena, sizeof(*f));
    if (f == NULL) {
        return NULL;
    }
    f->spec = spec;
    f->last = &f->first;
    f->by_labels = xd_map_new(m->arena);
    if (f->by_labels == NULL || xd_map_put(m->by_name, name, f, NULL) != XD_OK)
    {
        return NULL;
    }
    *m->last = f;
    m->last = &f->next;

    return f;
}


/* At most VALUE_MAX bytes, and no half of a character at the end. */
static xd_str_t
shortened(xd_str_t s)
{
    if (s.len <= VALUE_MAX) {
        return s;
    }

    s.len = VALUE_MAX;
    while (s.len > 0 && ((unsigned char) s.ptr[s.len] & 0xc0) == 0x80) {
        s.len--;
    }

    return s;
}


static void
add_escaped(xd_buf_t *b, char c)
{
    switch (c) {
    case '\n':
        xd_buf_text(b, "\\n");
        break;
    case '\\':
    case '"':
        xd_buf_byte(b, '\\');
        xd_buf_byte(b, c);
        break;
    default:
        xd_buf_byte(b, c);
    }
}


/* A page with one wrong byte is refused whole: what is no UTF-8 is replaced. */
static void
add_value(xd_buf_t *b, xd_str_t value)
{
    xd_str_t s = shortened(value);

    while (s.len > 0) {
        size_t good = xd_utf8_valid(s);

        for (size_t i = 0; i < good; i++) {
            add_escaped(b, s.ptr[i]);
        }
        if (good < s.len) {
            xd_buf_text(b, "\xef\xbf\xbd");
            good++;
        }
        s = (xd_str_t){ s.ptr + good, s.len - good };
    }
}


/* values NULL: all of them "other". */
static void
add_labels(xd_buf_t *b, const xd_family_t *spec, const xd_str_t *values)
{
    for (size_t i = 0; i < LABELS && spec->labels[i] != NULL; i++) {
        xd_buf_fmt(b, "%s%s=\"", i > 0 ? "," : "", spec->labels[i]);
        add_value(b, values != NULL ? values[i] : XD_STR("other"));
        xd_buf_byte(b, '"');
    }
}


static sample_t *
new_sample(xd_metrics_t *m, family_t *f, xd_str_t labels)
{
    sample_t *s = xd_alloc(m->arena, sizeof(*s));

    if (s == NULL) {
        return NULL;
    }
    s->labels = xd_dup(m->arena, labels);
    if (s->labels.ptr == NULL
        || xd_map_put(f->by_labels, s->labels, s, NULL) != XD_OK)
    {
        return NULL;
    }
    *f->last = s;
    f->last = &s->next;

    return s;
}


/* NULL when there is no memory: then it is not counted.  Counting must never
 * be the reason that work fails. */
static sample_t *
sample_of(xd_metrics_t *m, const xd_family_t *spec, const xd_str_t *values)
{
    family_t *f = family_of(m, spec);
    xd_buf_t b = { 0 };
    sample_t *s = NULL;

    if (f == NULL) {
        return NULL;
    }

    add_labels(&b, spec, values);
    s = xd_map_get(f->by_labels, xd_buf_str(&b));
    if (s == NULL && xd_map_count(f->by_labels) >= SAMPLES_MAX) {
        xd_buf_reset(&b);
        add_labels(&b, spec, NULL);
        s = xd_map_get(f->by_labels, xd_buf_str(&b));
    }
    if (s == NULL && xd_buf_rc(&b) == XD_OK) {
        s = new_sample(m, f, xd_buf_str(&b));
    }
    xd_buf_free(&b);

    return s;
}


void
xd_metric_add(xd_metrics_t *m, const xd_family_t *f, int64_t n,
    const xd_str_t *labels)
{
    sample_t *s = sample_of(m, f, labels);

    if (s != NULL) {
        s->value += n;
    }
}


void
xd_metric_set(xd_metrics_t *m, const xd_family_t *f, int64_t value,
    const xd_str_t *labels)
{
    sample_t *s = sample_of(m, f, labels);

    if (s != NULL) {
        s->value = value;
    }
}


void
xd_metric_observe(xd_metrics_t *m, const xd_family_t *f, int64_t ms,
    const xd_str_t *labels)
{
    sample_t *s = sample_of(m, f, labels);

    if (s == NULL) {
        return;
    }

    s->value += ms;
    s->count++;
    for (size_t i = 0; i < BUCKETS; i++) {
        if (ms <= buckets[i].ms) {
            s->bucket[i]++;
            return;
        }
    }
}


/* -- writing ------------------------------------------------------------- */

static void
write_help(xd_buf_t *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            xd_buf_byte(out, '"'); /* quotes stand as they are in HELP */
        } else {
            add_escaped(out, *text);
        }
    }
}


/* Without labels there must be no braces: some readers refuse empty ones. */
static void
write_plain(xd_buf_t *out, const char *name, const sample_t *s)
{
    if (s->labels.len == 0) {
        xd_buf_fmt(out, "%s %lld\n", name, (long long) s->value);
        return;
    }
    xd_buf_fmt(out, "%s{%.*s} %lld\n", name, XD_FMT(s->labels),
        (long long) s->value);
}


/* le stands behind the labels of the family, as one more. */
static void
write_bucket(xd_buf_t *out, const char *name, xd_str_t labels, const char *le,
    int64_t n)
{
    xd_buf_fmt(out, "%s_bucket{%.*s%sle=\"%s\"} %lld\n", name, XD_FMT(labels),
        labels.len > 0 ? "," : "", le, (long long) n);
}


static void
write_histogram(xd_buf_t *out, const char *name, const sample_t *s)
{
    const char *open = s->labels.len > 0 ? "{" : "";
    const char *close = s->labels.len > 0 ? "}" : "";
    int64_t n = 0;

    for (size_t i = 0; i < BUCKETS; i++) {
        n += s->bucket[i];
        write_bucket(out, name, s->labels, buckets[i].le, n);
    }
    write_bucket(out, name, s->labels, "+Inf", s->count);

    xd_buf_fmt(out, "%s_sum%s%.*s%s %lld.%03lld\n", name, open,
        XD_FMT(s->labels), close, (long long) (s->value / 1000),
        (long long) (s->value % 1000));
    xd_buf_fmt(out, "%s_count%s%.*s%s %lld\n", name, open, XD_FMT(s->labels),
        close, (long long) s->count);
}


void
xd_metrics_write(const xd_metrics_t *m, xd_buf_t *out)
{
    static const char *const kinds[] = {
        [XD_COUNTER] = "counter",
        [XD_GAUGE] = "gauge",
        [XD_HISTOGRAM] = "histogram",
    };

    for (const family_t *f = m->first; f != NULL; f = f->next) {
        const xd_family_t *spec = f->spec;

        xd_buf_fmt(out, "# HELP %s ", spec->name);
        write_help(out, spec->help);
        xd_buf_fmt(out, "\n# TYPE %s %s\n", spec->name, kinds[spec->kind]);

        for (const sample_t *s = f->first; s != NULL; s = s->next) {
            if (spec->kind == XD_HISTOGRAM) {
                write_histogram(out, spec->name, s);
            } else {
                write_plain(out, spec->name, s);
            }
        }
    }
}
