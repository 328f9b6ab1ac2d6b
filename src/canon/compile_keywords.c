/* SPDX-License-Identifier: BSD-2-Clause */

/* Keywords that look at the value itself: type, texts, numbers, counts. */

#include "canon/digits.h"
#include "canon/ecma.h"
#include "canon/plan.h"
#include "tree/number.h"


#define VALUE "schema.value"


static unsigned
kind_bit(xd_str_t name)
{
    static const struct {
        const char *name;
        unsigned bit;
    } kinds[] = {
        { "null", XD_BIT(XD_NULL) },
        { "boolean", XD_BIT(XD_BOOL) },
        { "number", XD_BIT(XD_NUMBER) },
        { "integer", XD_BIT_INTEGER },
        { "string", XD_BIT(XD_STRING) },
        { "array", XD_BIT(XD_ARRAY) },
        { "object", XD_BIT(XD_OBJECT) },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (xd_str_is(name, kinds[i].name)) {
            return kinds[i].bit;
        }
    }

    return 0;
}


bool
xd_compile_type(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    const xd_node_t *one = value->kind == XD_ARRAY ? value->first : value;
    unsigned kinds = 0;

    (void) keyword;

    for (; one != NULL; one = value->kind == XD_ARRAY ? one->next : NULL) {
        unsigned bit = one->kind == XD_STRING ? kind_bit(one->text) : 0;

        if (bit == 0) {
            return xd_compile_refuse(c, one, VALUE,
                "a type is null, boolean, number, integer, string, array or "
                "object");
        }
        kinds |= bit;
    }

    plan->kinds = kinds;

    return kinds != 0
           || xd_compile_refuse(c, value, VALUE, "the list is empty");
}


/* Anything goes: the step remembers the value itself. */
bool
xd_compile_value(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    return xd_compile_step(c, plan, keyword, value) != NULL;
}


/* Lists of strings are found by name; others are compared one by one. */
bool
xd_compile_enum(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    xd_step_t *step = xd_compile_step(c, plan, keyword, value);
    xd_members_t *names;

    if (step == NULL) {
        return false;
    }

    if (value->kind != XD_ARRAY
        || (value->count == 0 && plan->resource->dialect->serves == XD_STRICT))
    {
        return xd_compile_refuse(c, value, VALUE,
            "enum takes an array of the values that are allowed");
    }

    xd_each (one, value) {
        if (one->kind != XD_STRING || value->count > XD_MEMBERS_MAX) {
            return true;
        }
    }

    names = xd_members_new(c->arena, value->count);
    if (names == NULL) {
        return false;
    }

    xd_each (one, value) {
        xd_members_add(names, one->text);
    }
    step->arg.members = names;

    return true;
}


bool
xd_compile_whole(const xd_node_t *value, uint64_t *out)
{
    int64_t number;

    if (value->kind != XD_NUMBER || !xd_digits_integer(value->text)
        || xd_number_cmp(value->text, XD_STR("0")) < 0)
    {
        return false;
    }

    *out = xd_number_int(value->text, &number) ? (uint64_t) number : UINT64_MAX;

    return true;
}


bool
xd_compile_count(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    xd_step_t *step = xd_compile_step(c, plan, keyword, value);

    if (step == NULL) {
        return false;
    }

    if (!xd_compile_whole(value, &step->arg.count)) {
        return xd_compile_refuse(c, value, VALUE,
            "%s takes a whole number from 0 on", keyword->name);
    }

    return true;
}


bool
xd_compile_number(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    if (value->kind != XD_NUMBER) {
        return xd_compile_refuse(c, value, VALUE, "%s takes a number",
            keyword->name);
    }

    return xd_compile_step(c, plan, keyword, value) != NULL;
}


bool
xd_compile_divisor(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    xd_step_t *step = xd_compile_step(c, plan, keyword, value);

    if (step == NULL) {
        return false;
    }

    if (value->kind == XD_NUMBER
        && xd_digits_divisor(value->text, &step->arg.divisor.mantissa,
            &step->arg.divisor.scale))
    {
        return true;
    }

    /* A long one, or with an exponent, is looked at as text. */
    step->arg.divisor.mantissa = 0;

    return (value->kind == XD_NUMBER && value->text.len <= XD_DIGITS_DIVISOR
               && xd_number_cmp(value->text, XD_STR("0")) > 0)
           || xd_compile_refuse(c, value, VALUE,
               "multipleOf takes a number above 0 of at most %d digits",
               XD_DIGITS_DIVISOR);
}


/* true makes a step, false says nothing. */
bool
xd_compile_flag(xd_compiler_t *c, xd_plan_t *plan, const xd_keyword_t *keyword,
    const xd_node_t *value)
{
    if (value->kind != XD_BOOL) {
        return xd_compile_refuse(c, value, VALUE, "%s takes true or false",
            keyword->name);
    }

    return !value->truth || xd_compile_step(c, plan, keyword, value) != NULL;
}


/*
 * Memory of the set's arena: compiled expressions die with it.  Machine code
 * (JIT) would not, so it is not made; patterns are short and formats are C.
 */
static void *
regex_alloc(size_t size, void *arena)
{
    return xd_alloc(arena, size);
}


static void
regex_free(void *at, void *arena)
{
    (void) at;
    (void) arena;
}


/* A pattern in the words of PCRE2; $ is the end alone. */
static pcre2_code *
compile_regex(xd_arena_t *arena, xd_str_t pattern, int *error)
{
    pcre2_general_context *memory =
        pcre2_general_context_create(regex_alloc, regex_free, arena);
    pcre2_compile_context *context =
        memory == NULL ? NULL : pcre2_compile_context_create(memory);
    size_t at;

    *error = PCRE2_ERROR_NOMEMORY;
    if (context == NULL) {
        return NULL;
    }

    return pcre2_compile((PCRE2_SPTR) pattern.ptr, pattern.len,
        PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C, error, &at,
        context);
}


const pcre2_code *
xd_compile_regex(xd_compiler_t *c, const xd_node_t *value, xd_str_t pattern)
{
    const char *why;
    xd_buf_t words = { 0 };
    const pcre2_code *regex = NULL;
    PCRE2_UCHAR text[120] = "";
    int error = PCRE2_ERROR_NOMEMORY;

    why = xd_ecma_translate(pattern, &words);
    if (why == NULL && xd_buf_rc(&words) == XD_OK) {
        regex = compile_regex(c->arena, xd_buf_str(&words), &error);
    }
    xd_buf_free(&words);

    if (why != NULL) {
        xd_compile_refuse(c, value, "schema.pattern",
            "this pattern cannot be read: %s", why);
        return NULL;
    }

    /* PCRE2 has its own word for a full arena. */
    if (regex == NULL && error != PCRE2_ERROR_NOMEMORY
        && error != PCRE2_ERROR_HEAP_FAILED)
    {
        pcre2_get_error_message(error, text, sizeof(text));
        xd_compile_refuse(c, value, "schema.pattern",
            "this pattern cannot be read: %s", (const char *) text);
    }

    return regex;
}


bool
xd_compile_pattern(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    size_t faults = c->faults;
    xd_step_t *step;

    if (value->kind != XD_STRING) {
        return xd_compile_refuse(c, value, VALUE,
            "pattern takes a regular expression as a string");
    }

    step = xd_compile_step(c, plan, keyword, value);
    if (step == NULL) {
        return false;
    }

    step->arg.regex = xd_compile_regex(c, value, value->text);

    return step->arg.regex != NULL || c->faults > faults;
}


/*
 * In our schemas a format whose name begins with "xd-" belongs to the room
 * whose schema it is: checked there, with that room's own words.  By the
 * standard, formats that are not known are notes, and so are all unless
 * somebody asked for them.
 */
static bool
is_note(const xd_plan_t *plan, const xd_node_t *value,
    const xd_format_t *format)
{
    const xd_dialect_t *dialect = plan->resource->dialect;

    if (value->kind != XD_STRING) {
        return false;
    }

    if (dialect->serves == XD_STRICT) {
        return xd_str_starts(value->text, XD_STR("xd-"));
    }

    return !dialect->formats || format == NULL || !format->standard;
}


bool
xd_compile_format(xd_compiler_t *c, xd_plan_t *plan,
    const xd_keyword_t *keyword, const xd_node_t *value)
{
    const xd_format_t *format =
        value->kind == XD_STRING ? xd_format_find(value->text) : NULL;
    xd_step_t *step;

    if (is_note(plan, value, format)) {
        return true;
    }

    if (format == NULL) {
        return xd_compile_refuse(c, value, "schema.format",
            "there is no such format; the formats stand in "
            "src/canon/formats_table.c");
    }

    step = xd_compile_step(c, plan, keyword, value);
    if (step != NULL) {
        step->arg.format = format;
    }

    return step != NULL;
}
