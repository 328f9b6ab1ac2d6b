/* SPDX-License-Identifier: BSD-2-Clause */

/* Texts, numbers and lists of values. */

#include <stdio.h>

#include "base/utf8.h"
#include "canon/digits.h"
#include "canon/guess.h"
#include "canon/plan.h"
#include "tree/number.h"


/* A value of a schema as a sentence shows it. */
static size_t
show_value(const xd_node_t *value, char *out, size_t size)
{
    static const char *const names[] = { "null", "", "", "", "an array",
        "an object" };
    xd_str_t text = xd_shown(value->text);
    int len;

    if (value->kind == XD_STRING) {
        len = snprintf(out, size, "\"%.*s\"", XD_FMT(text));

    } else if (value->kind == XD_NUMBER) {
        len = snprintf(out, size, "%.*s", XD_FMT(text));

    } else if (value->kind == XD_BOOL) {
        len = snprintf(out, size, "%s", value->truth ? "true" : "false");

    } else {
        len = snprintf(out, size, "%s", names[value->kind]);
    }

    return len < 0 ? 0 : (size_t) len;
}


bool
xd_check_const(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    char value[80];

    if (xd_node_equal(step->value, node)) {
        return true;
    }

    show_value(step->value, value, sizeof(value));

    return xd_fault(run, node, step->keyword->name, "must be %s", value);
}


static bool
is_listed(const xd_step_t *step, const xd_node_t *node)
{
    if (step->arg.members != NULL) {
        return node->kind == XD_STRING
               && xd_members_find(step->arg.members, node->text) != NULL;
    }

    xd_each (one, step->value) {
        if (xd_node_equal(one, node)) {
            return true;
        }
    }

    return false;
}


/* "a", "b", "c", ... as far as they fit. */
static void
list_values(const xd_node_t *list, char *out, size_t size)
{
    size_t n = 0;

    xd_each (one, list) {
        char value[80];
        size_t len = show_value(one, value, sizeof(value));

        if (n + len + 8 > size) {
            (void) snprintf(out + n, size - n, ", ...");
            return;
        }
        n += (size_t) snprintf(out + n, size - n, "%s%s", n == 0 ? "" : ", ",
            value);
    }
}


bool
xd_check_enum(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    xd_str_t near = XD_STR_NONE;
    char values[260] = "";

    if (is_listed(step, node)) {
        return true;
    }

    if (run->quiet > 0) {
        return false;
    }

    if (step->arg.members != NULL && node->kind == XD_STRING) {
        near = xd_members_nearest(step->arg.members, node->text);
    }

    list_values(step->value, values, sizeof(values));

    return xd_fault(run, node, step->keyword->name, "must be one of %s%s%.*s%s",
        values, near.ptr == NULL ? "" : "; did you mean \"", XD_FMT(near),
        near.ptr == NULL ? "" : "\"?");
}


/* -- texts --------------------------------------------------------------- */


/* A character has one to four bytes, so most texts need no count. */
bool
xd_check_min_length(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    uint64_t least = step->arg.count;

    if (node->text.len / 4 >= least || xd_utf8_count(node->text) >= least) {
        return true;
    }

    if (node->text.len == 0) {
        return xd_fault(run, node, step->keyword->name,
            "must not be empty; give a value or leave the member out");
    }

    return xd_fault(run, node, step->keyword->name,
        "must be at least %llu characters long", (unsigned long long) least);
}


bool
xd_check_max_length(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    uint64_t most = step->arg.count;

    if (node->text.len <= most || xd_utf8_count(node->text) <= most) {
        return true;
    }

    return xd_fault(run, node, step->keyword->name,
        "must be at most %llu characters long; it has %zu",
        (unsigned long long) most, xd_utf8_count(node->text));
}


bool
xd_check_pattern(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    xd_str_t pattern = xd_shown(step->value->text);

    if (xd_regex_found(run, step->arg.regex, node, node->text)) {
        return true;
    }

    return xd_fault(run, node, step->keyword->name,
        "must match the pattern %.*s", XD_FMT(pattern));
}


bool
xd_check_format(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    const xd_format_t *format = step->arg.format;

    if (format->good(node->text)) {
        return true;
    }

    if (format->digits > 0 && xd_format_digits(node->text, format->digits)) {
        return xd_fault(run, node, format->name,
            "its check digit, the last, should be %c: correct it, or the "
            "digit that is wrong",
            xd_check_digit(node->text));
    }

    return xd_fault(run, node, format->name, "must be %s", format->text);
}


/* -- numbers ------------------------------------------------------------- */


/* Less than 0, 0, more than 0: node against the keyword's value. */
static int
compared(const xd_step_t *step, const xd_node_t *node)
{
    return xd_number_cmp(node->text, step->value->text);
}


static bool
out_of_range(xd_run_t *run, const xd_step_t *step, const xd_node_t *node,
    const char *words)
{
    return xd_fault(run, node, step->keyword->name, "must be %s %.*s", words,
        XD_FMT(xd_shown(step->value->text)));
}


bool
xd_check_minimum(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    return compared(step, node) >= 0
           || out_of_range(run, step, node, "at least");
}


bool
xd_check_maximum(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    return compared(step, node) <= 0
           || out_of_range(run, step, node, "at most");
}


bool
xd_check_exclusive_minimum(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    return compared(step, node) > 0
           || out_of_range(run, step, node, "more than");
}


bool
xd_check_exclusive_maximum(xd_run_t *run, const xd_step_t *step,
    const xd_node_t *node)
{
    return compared(step, node) < 0
           || out_of_range(run, step, node, "less than");
}


bool
xd_check_multiple(xd_run_t *run, const xd_step_t *step, const xd_node_t *node)
{
    bool good = step->arg.divisor.mantissa > 0
                    ? xd_digits_multiple(node->text, step->arg.divisor.mantissa,
                        step->arg.divisor.scale)
                    : xd_digits_multiple_of(node->text, step->value->text);

    return good || out_of_range(run, step, node, "a multiple of");
}
