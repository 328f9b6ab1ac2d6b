/* SPDX-License-Identifier: BSD-2-Clause */

/* What stands below a value, compared: members, elements, branches. */

#include "canon/diff_plan.h"


/* -- required ------------------------------------------------------------ */


static bool
asks_for(const xd_view_t *view, xd_str_t name)
{
    for (size_t i = 0; i < view->count; i++) {
        xd_each (one, xd_get(view->at[i], "required")) {
            if (xd_str_eq(one->text, name)) {
                return true;
            }
        }
    }

    return false;
}


static void
tell_required(xd_differ_t *d, const xd_view_t *from, const xd_view_t *to,
    xd_change_kind_t kind, const xd_node_t *at)
{
    for (size_t i = 0; i < from->count && d->rc == XD_OK; i++) {
        xd_each (one, xd_get(from->at[i], "required")) {
            if (!asks_for(to, one->text)) {
                xd_diff_tell(d, kind, at, one->text);
            }
        }
    }
}


void
xd_diff_required(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    const xd_node_t *at = xd_diff_place(new, keyword);

    tell_required(d, new, old, XD_CHANGE_REQUIRED_ADDED, at);
    tell_required(d, old, new, XD_CHANGE_REQUIRED_REMOVED, at);
}


/* -- properties ---------------------------------------------------------- */


/* All that a view says of one member. */
static xd_view_t
member(xd_differ_t *d, const xd_book_t *book, const xd_view_t *view,
    xd_str_t name)
{
    xd_view_t below = { 0 };

    for (size_t i = 0; i < view->count; i++) {
        xd_diff_expand(d, book, &below,
            xd_get_str(xd_get(view->at[i], "properties"), name));
    }

    return below;
}


static bool
is_false(const xd_view_t *view, const char *keyword)
{
    for (size_t i = 0; i < view->count; i++) {
        const xd_node_t *n = xd_get(view->at[i], keyword);

        if (n != NULL && n->kind == XD_BOOL && !n->truth) {
            return true;
        }
    }

    return false;
}


static bool
is_closed(const xd_view_t *view)
{
    return is_false(view, "additionalProperties")
           || is_false(view, "unevaluatedProperties");
}


/* Are members beyond those named held to a schema: a map by names? */
static bool
is_map(const xd_view_t *view)
{
    for (size_t i = 0; i < view->count; i++) {
        const xd_node_t *n = xd_get(view->at[i], "additionalProperties");

        if (n != NULL && n->kind == XD_OBJECT) {
            return true;
        }
    }

    return xd_diff_first(view, "patternProperties") != NULL;
}


/* A new member takes a name away from whoever used it freely: only in a map,
 * as documents are closed, and a business part is closed by who refers. */
static void
added(xd_differ_t *d, const xd_view_t *old, const xd_node_t *one)
{
    xd_diff_tell(d,
        is_map(old) ? XD_CHANGE_MEMBER_CLAIMED : XD_CHANGE_MEMBER_ADDED, one,
        one->key);
}


static void
members_of(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const xd_node_t *properties)
{
    xd_each (one, properties) {
        xd_view_t was = member(d, d->old.book, old, one->key);
        xd_view_t is = member(d, d->new.book, new, one->key);

        if (d->rc != XD_OK) {
            return;
        }

        if (is.count == 0) {
            xd_diff_tell(d, XD_CHANGE_MEMBER_REMOVED,
                xd_diff_place(new, "properties"), one->key);
        } else if (was.count == 0) {
            added(d, old, one);
        } else {
            xd_diff_views(d, &was, &is);
        }
    }
}


void
xd_diff_members(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    for (size_t i = 0; i < old->count; i++) {
        members_of(d, old, new, xd_get(old->at[i], keyword));
    }

    for (size_t i = 0; i < new->count; i++) {
        members_of(d, old, new, xd_get(new->at[i], keyword));
    }
}


/* The two keywords that close an object say the same to a document. */
void
xd_diff_rest(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    bool was = is_closed(old), is = is_closed(new);
    const xd_node_t *at = xd_diff_place(new, keyword);

    if (was != is) {
        xd_diff_tell(d, is ? XD_CHANGE_CLOSED : XD_CHANGE_OPENED, at,
            XD_STR("members"));
    } else if (!was) {
        xd_diff_one(d, old, new, keyword);
        xd_diff_one(d, old, new, "unevaluatedProperties");
    }
}


/* -- elements ------------------------------------------------------------ */


/* Draft-07 lets items be a list. */
static bool
is_list(const xd_view_t *view, const char *keyword)
{
    const xd_node_t *n = xd_diff_first(view, keyword);

    return n != NULL && n->kind == XD_ARRAY;
}


/* The schema of every element, or of every name. */
void
xd_diff_one(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    xd_view_t was, is;

    if (is_list(old, keyword) || is_list(new, keyword)) {
        xd_diff_whole(d, old, new, keyword);
        return;
    }

    was = xd_diff_below(d, d->old.book, old, keyword);
    is = xd_diff_below(d, d->new.book, new, keyword);

    if (was.count > 0 && is.count > 0) {
        xd_diff_views(d, &was, &is);
    } else if (is.count > 0) {
        xd_diff_tell(d, XD_CHANGE_CHECK_SET, is.at[0], xd_str(keyword));
    } else if (was.count > 0) {
        xd_diff_tell(d, XD_CHANGE_CHECK_LIFTED, xd_diff_place(new, keyword),
            xd_str(keyword));
    }
}


/* -- branches ------------------------------------------------------------ */


static void
branch(xd_differ_t *d, const xd_node_t *was, const xd_node_t *is)
{
    xd_view_t before = xd_diff_view(d, d->old.book, was);
    xd_view_t after = xd_diff_view(d, d->new.book, is);

    xd_diff_views(d, &before, &after);
}


/* The nth schema of a view that has a keyword, or NULL. */
static const xd_node_t *
nth_with(const xd_view_t *view, const char *keyword, size_t n)
{
    for (size_t i = 0; i < view->count; i++) {
        if (xd_get(view->at[i], keyword) != NULL && n-- == 0) {
            return view->at[i];
        }
    }

    return NULL;
}


/* Branches are told apart by their place in the list; what comes behind the
 * old ones is new.  With oneOf what fitted one may now fit two. */
static void
lists(xd_differ_t *d, const xd_node_t *old, const xd_node_t *new,
    const char *keyword)
{
    const xd_node_t *is = xd_get(new, keyword);
    const xd_node_t *one = xd_get(old, keyword)->first, *now = is->first;

    for (; one != NULL && now != NULL && d->rc == XD_OK;
         one = one->next, now = now->next)
    {
        branch(d, one, now);
    }

    for (; one != NULL; one = one->next) {
        xd_diff_tell(d, XD_CHANGE_BRANCH_REMOVED, is, xd_str(keyword));
    }

    for (; now != NULL; now = now->next) {
        xd_diff_tell(d,
            keyword[0] == 'o' ? XD_CHANGE_CHECK_SET : XD_CHANGE_BRANCH_ADDED,
            now, xd_str(keyword));
    }
}


/* A condition that has changed asks in other cases; under the same one, what
 * it asks for is compared. */
static void
conditions(xd_differ_t *d, const xd_node_t *old, const xd_node_t *new,
    const char *keyword)
{
    const xd_node_t *is = xd_get(new, keyword);

    if (!xd_node_equal(xd_get(old, keyword), is)) {
        xd_diff_tell(d, XD_CHANGE_CHECK_SET, is, xd_str(keyword));
        return;
    }

    branch(d, xd_get(old, "then"), xd_get(new, "then"));
    branch(d, xd_get(old, "else"), xd_get(new, "else"));
}


/* Goes through the schemas of both views that have a keyword, in pairs. */
static void
pairs(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword,
    void (*compare)(xd_differ_t *d, const xd_node_t *old, const xd_node_t *new,
        const char *keyword))
{
    const xd_node_t *was, *is;

    for (size_t n = 0; d->rc == XD_OK; n++) {
        was = nth_with(old, keyword, n);
        is = nth_with(new, keyword, n);

        if (was == NULL && is == NULL) {
            return;
        }

        if (was != NULL && is != NULL) {
            compare(d, was, is, keyword);
        } else if (is != NULL) {
            xd_diff_tell(d, XD_CHANGE_CHECK_SET, xd_get(is, keyword),
                xd_str(keyword));
        } else {
            xd_diff_tell(d, XD_CHANGE_CHECK_LIFTED, xd_diff_place(new, keyword),
                xd_str(keyword));
        }
    }
}


void
xd_diff_branches(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    pairs(d, old, new, keyword, lists);
}


void
xd_diff_when(xd_differ_t *d, const xd_view_t *old, const xd_view_t *new,
    const char *keyword)
{
    pairs(d, old, new, keyword, conditions);
}
