/* SPDX-License-Identifier: BSD-2-Clause */

/* What single values may be, compared: kinds, codes, limits, texts. */

#include <stdio.h>

#include "canon/diff_plan.h"
#include "format/json.h"
#include "tree/number.h"


/* -- type ---------------------------------------------------------------- */


static const char *const kinds[] = { "null", "boolean", "integer", "fraction",
    "string", "array", "object" };

#define KINDS   (sizeof(kinds) / sizeof(kinds[0]))
#define NUMBERS (1u << 2 | 1u << 3) /* "number" is both */


static unsigned
kind_bits(xd_str_t name)
{
    for (unsigned i = 0; i < KINDS; i++) {
        if (xd_str_is(name, kinds[i])) {
            return 1u << i;
        }
    }

    return xd_str_is(name, "number") ? NUMBERS : 0;
}


/* What every schema of a view allows. */
static unsigned
kinds_of(const xd_view_t *view)
{
    unsigned all = (1u << KINDS) - 1;

    for (size_t i = 0; i < view->count; i++) {
        const xd_node_t *type = xd_get(view->at[i], "type");
        unsigned bits = type != NULL ? kind_bits(type->text) : all;

        xd_each (name, type) {
            bits |= kind_bits(name->text);
        }

        all &= bits;
    }

    return all;
}


void
xd_diff_type(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    unsigned before = kinds_of(old), after = kinds_of(new);
    const xd_node_t *at = xd_diff_place(new, keyword);

    for (unsigned i = 0; i < KINDS; i++) {
        if ((after & ~before) >> i & 1) {
            xd_diff_tell(d, XD_CHANGE_TYPE_WIDENED, at, xd_str(kinds[i]));
        } else if ((before & ~after) >> i & 1) {
            xd_diff_tell(d, XD_CHANGE_TYPE_NARROWED, at, xd_str(kinds[i]));
        }
    }
}


/* -- enum and const ------------------------------------------------------ */


static bool
is_listed(const xd_node_t *list, const xd_node_t *value)
{
    xd_each (one, list) {
        if (xd_node_equal(one, value)) {
            return true;
        }
    }

    return false;
}


/* Does any schema of a view say which values there are? */
static bool
is_coded(const xd_view_t *view)
{
    return xd_diff_first(view, "enum") != NULL
           || xd_diff_first(view, "const") != NULL;
}


/* May a value stand here, by every enum and const? */
static bool
takes(const xd_view_t *view, const xd_node_t *value)
{
    for (size_t i = 0; i < view->count; i++) {
        const xd_node_t *list = xd_get(view->at[i], "enum");
        const xd_node_t *one = xd_get(view->at[i], "const");

        if ((list != NULL && !is_listed(list, value))
            || (one != NULL && !xd_node_equal(one, value)))
        {
            return false;
        }
    }

    return true;
}


static xd_str_t
as_json(xd_differ_t *d, const xd_node_t *value)
{
    xd_buf_t out = { .limit = 4096 };
    xd_str_t text;

    xd_json_write(&out, value, XD_JSON_COMPACT);

    /* A value that is longer is named by its kind alone. */
    text = xd_buf_rc(&out) == XD_OK ? xd_dup(d->arena, xd_buf_str(&out))
                                    : XD_STR("(long)");
    xd_buf_free(&out);

    if (text.ptr == NULL && d->rc == XD_OK) {
        d->rc = XD_E_MEMORY;
    }

    return text;
}


/* Tells the values of one that the other does not take. */
static void
tell_value(xd_differ_t *d, const xd_view_t *to, xd_change_kind_t kind,
    const xd_node_t *value, const xd_node_t *at)
{
    if (!takes(to, value)) {
        xd_diff_tell(d, kind, at, as_json(d, value));
    }
}


static void
tell_values(xd_differ_t *d, const xd_view_t *from, const xd_view_t *to,
    xd_change_kind_t kind, const xd_node_t *at)
{
    for (size_t i = 0; i < from->count && d->rc == XD_OK; i++) {
        const xd_node_t *one = xd_get(from->at[i], "const");

        if (one != NULL && takes(from, one)) {
            tell_value(d, to, kind, one, at);
        }

        xd_each (value, xd_get(from->at[i], "enum")) {
            if (takes(from, value)) {
                tell_value(d, to, kind, value, at);
            }
        }
    }
}


void
xd_diff_enum(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    const char *where = xd_diff_first(new, keyword) != NULL ? keyword : "const";
    const xd_node_t *at = xd_diff_place(new, where);

    if (is_coded(old) && is_coded(new)) {
        tell_values(d, old, new, XD_CHANGE_CODE_REMOVED, at);
        tell_values(d, new, old, XD_CHANGE_CODE_ADDED, at);

    } else if (is_coded(new)) {
        xd_diff_tell(d, XD_CHANGE_CODES_SET, at, as_json(d, at));

    } else if (is_coded(old)) {
        where = xd_diff_first(old, keyword) != NULL ? keyword : "const";
        xd_diff_tell(d, XD_CHANGE_CODES_LIFTED, at,
            as_json(d, xd_diff_first(old, where)));
    }
}


/* -- limits -------------------------------------------------------------- */


/* Of all schemas the tightest counts: sign 1 the most, -1 the least. */
static const xd_node_t *
tightest(const xd_view_t *view, const char *keyword, int sign)
{
    const xd_node_t *best = NULL;

    for (size_t i = 0; i < view->count; i++) {
        const xd_node_t *n = xd_get(view->at[i], keyword);

        if (n != NULL && n->kind == XD_NUMBER
            && (best == NULL || sign * xd_number_cmp(n->text, best->text) > 0))
        {
            best = n;
        }
    }

    return best;
}


/* What a full arena gave is no text to tell. */
static xd_str_t
checked(xd_differ_t *d, xd_str_t text)
{
    if (text.ptr == NULL && d->rc == XD_OK) {
        d->rc = XD_E_MEMORY;
    }

    return text;
}


static void
tell_limit(xd_differ_t *d, xd_change_kind_t kind, const xd_node_t *at,
    const xd_node_t *limit)
{
    xd_str_t about =
        xd_fmt(d->arena, "%.*s %.*s", XD_FMT(limit->key), XD_FMT(limit->text));

    xd_diff_tell(d, kind, at, checked(d, about));
}


static void
limit(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword, int sign)
{
    const xd_node_t *was = tightest(old, keyword, sign);
    const xd_node_t *is = tightest(new, keyword, sign);
    int order;

    if (was == NULL && is == NULL) {
        return;
    }

    if (was == NULL) {
        tell_limit(d, XD_CHANGE_LIMIT_SET, is, is);
        return;
    }

    if (is == NULL) {
        tell_limit(d, XD_CHANGE_LIMIT_LIFTED, xd_diff_place(new, keyword), was);
        return;
    }

    order = sign * xd_number_cmp(is->text, was->text);
    if (order != 0) {
        xd_diff_tell(d,
            order > 0 ? XD_CHANGE_LIMIT_NARROWER : XD_CHANGE_LIMIT_WIDER, is,
            checked(d, xd_fmt(d->arena, "%s goes from %.*s to %.*s", keyword,
                           XD_FMT(was->text), XD_FMT(is->text))));
    }
}


void
xd_diff_least(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    limit(d, old, new, keyword, 1);
}


void
xd_diff_most(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    limit(d, old, new, keyword, -1);
}


static bool
is_set(const xd_view_t *view, const char *keyword)
{
    for (size_t i = 0; i < view->count; i++) {
        if (xd_truth(view->at[i], keyword, false)) {
            return true;
        }
    }

    return false;
}


void
xd_diff_flag(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    bool was = is_set(old, keyword), is = is_set(new, keyword);

    if (was != is) {
        xd_diff_tell(d, is ? XD_CHANGE_LIMIT_SET : XD_CHANGE_LIMIT_LIFTED,
            xd_diff_place(new, keyword), xd_str(keyword));
    }
}


/* -- what is the same, or is not ----------------------------------------- */


static bool
says(const xd_view_t *view, const char *keyword, const xd_node_t *value)
{
    for (size_t i = 0; i < view->count; i++) {
        const xd_node_t *n = xd_get(view->at[i], keyword);

        if (n != NULL && xd_node_equal(n, value)) {
            return true;
        }
    }

    return false;
}


/* The first value of a keyword in one view that the other has not. */
static const xd_node_t *
missing(const xd_view_t *from, const xd_view_t *to, const char *keyword)
{
    for (size_t i = 0; i < from->count; i++) {
        const xd_node_t *n = xd_get(from->at[i], keyword);

        if (n != NULL && !says(to, keyword, n)) {
            return n;
        }
    }

    return NULL;
}


void
xd_diff_pattern(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    const xd_node_t *set = missing(new, old, keyword);
    const xd_node_t *gone = missing(old, new, keyword);

    /* Whether one pattern takes all that another takes cannot be told. */
    if (set != NULL) {
        xd_diff_tell(d, XD_CHANGE_PATTERN_SET, set, set->text);
    } else if (gone != NULL) {
        xd_diff_tell(d, XD_CHANGE_PATTERN_LIFTED, xd_diff_place(new, keyword),
            gone->text);
    }
}


void
xd_diff_format(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    const xd_node_t *set = missing(new, old, keyword);
    const xd_node_t *gone = missing(old, new, keyword);

    if (set != NULL) {
        xd_diff_tell(d, XD_CHANGE_FORMAT_SET, set, set->text);
    }

    if (gone != NULL) {
        xd_diff_tell(d, XD_CHANGE_FORMAT_LIFTED, xd_diff_place(new, keyword),
            gone->text);
    }
}


void
xd_diff_whole(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    const xd_node_t *set = missing(new, old, keyword);

    if (set != NULL) {
        xd_diff_tell(d, XD_CHANGE_CHECK_SET, set, xd_str(keyword));
    } else if (missing(old, new, keyword) != NULL) {
        xd_diff_tell(d, XD_CHANGE_CHECK_LIFTED, xd_diff_place(new, keyword),
            xd_str(keyword));
    }
}


/* What a schema says of itself comes before what it refers to. */
void
xd_diff_note(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    const xd_node_t *was = xd_diff_first(old, keyword);
    const xd_node_t *is = xd_diff_first(new, keyword);
    bool same = was != NULL && is != NULL ? xd_node_equal(was, is) : was == is;

    if (!same) {
        xd_diff_tell(d, XD_CHANGE_NOTE, xd_diff_place(new, keyword),
            xd_str(keyword));
    }
}
