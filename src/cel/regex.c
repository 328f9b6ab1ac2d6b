/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * matches() on PCRE2.  What RE2 has no word for (looking around, references
 * back, recursion, possessive repeats) is refused, so that an expression
 * means the same to every implementation; limits stand in for RE2's promise
 * to end.
 */

#include "cel/room.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#define PATTERN_MOST 4096
#define REPEAT_MOST  1000
#define MATCH_LIMIT  200000
#define DEPTH_LIMIT  2000
#define HEAP_LIMIT   20000 /* KiB */

struct cel_regex_s {
    pcre2_code *code;
};

#define NEVER ((const char *) 0)


static void *
take(size_t size, void *arena)
{
    return xd_alloc(arena, size);
}


static void
leave(void *memory, void *arena)
{
    (void) memory;
    (void) arena;
}


/* Behind a character class, which begins at i. */
static size_t
class_end(xd_str_t p, size_t i)
{
    i++;
    i += i < p.len && p.ptr[i] == '^' ? 1 : 0;
    i += i < p.len && p.ptr[i] == ']' ? 1 : 0;

    while (i < p.len && p.ptr[i] != ']') {
        if (p.ptr[i] == '[' && i + 1 < p.len && p.ptr[i + 1] == ':') {
            const char *end = memmem(p.ptr + i, p.len - i, ":]", 2);

            i = end != NULL ? (size_t) (end - p.ptr) + 1 : i;
        }

        i += p.ptr[i] == '\\' ? 2 : 1;
    }

    return i;
}


static const char *
bad_escape(xd_str_t p, size_t i)
{
    static const char known[] = "AbBCdDsSwWpPzQEafnrtvx0123";
    char c = i + 1 < p.len ? p.ptr[i + 1] : '\0';
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                  || (c >= '0' && c <= '9');

    if (c >= '1' && c <= '9') {
        return "it refers back to a group";
    }

    return letter && strchr(known, c) == NULL
               ? "it has an escape that RE2 does not know"
               : NEVER;
}


/* After "(": (?: (?i) (?P<name> and (?<name> are all there is. */
static const char *
bad_group(xd_str_t p, size_t i)
{
    xd_str_t rest = { p.ptr + i + 1, p.len - i - 1 };
    char next = rest.len > 2 ? rest.ptr[2] : '\0';

    if (xd_str_starts(rest, XD_STR("*"))) {
        return "it has a verb of PCRE2";
    }

    if (!xd_str_starts(rest, XD_STR("?"))) {
        return NEVER;
    }

    if (xd_str_starts(rest, XD_STR("?P<"))
        || (xd_str_starts(rest, XD_STR("?<")) && next != '=' && next != '!'))
    {
        return NEVER;
    }

    return rest.len > 1 && strchr(":imsU-", rest.ptr[1]) != NULL
               ? NEVER
               : "it looks around, or has another group that RE2 does not know";
}


static bool
is_repeat(xd_str_t p, size_t i)
{
    return p.ptr[i] == '*' || p.ptr[i] == '+' || p.ptr[i] == '?'
           || p.ptr[i] == '}';
}


static const char *
bad_count(xd_str_t p, size_t i)
{
    unsigned n = 0;

    for (i++; i < p.len && n <= REPEAT_MOST; i++) {
        if (p.ptr[i] == ',') {
            n = 0;
        } else if (p.ptr[i] >= '0' && p.ptr[i] <= '9') {
            n = n * 10 + (unsigned) (p.ptr[i] - '0');
        } else {
            break;
        }
    }

    return n > REPEAT_MOST ? "it repeats more than 1,000 times" : NEVER;
}


/* Why RE2 would not have it; NULL: it would. */
static const char *
refused(xd_str_t p)
{
    const char *why = NEVER;

    if (p.len > PATTERN_MOST) {
        return "it is longer than 4,096 bytes";
    }

    for (size_t i = 0; i < p.len && why == NEVER; i++) {
        char c = p.ptr[i];

        if (c == '\\') {
            why = bad_escape(p, i);
            i++;
        } else if (c == '[') {
            i = class_end(p, i);
        } else if (c == '(') {
            why = bad_group(p, i);
        } else if (c == '{') {
            why = bad_count(p, i);
        } else if (is_repeat(p, i) && i + 1 < p.len
                   && (p.ptr[i + 1] == '+' || p.ptr[i + 1] == '*'))
        {
            why = "it repeats a repeat";
        }
    }

    return why;
}


struct cel_regex_s *
cel_regex_compile(xd_arena_t *arena, xd_str_t pattern, xd_str_t *why)
{
    struct cel_regex_s *regex = xd_alloc(arena, sizeof(*regex));
    pcre2_general_context *memory =
        pcre2_general_context_create(take, leave, arena);
    pcre2_compile_context *context =
        memory == NULL ? NULL : pcre2_compile_context_create(memory);
    const char *reason = refused(pattern);
    PCRE2_UCHAR text[120] = "";
    PCRE2_SIZE at;
    int error = 0;

    if (reason != NEVER) {
        *why = xd_str(reason);
        return NULL;
    }

    if (regex == NULL || context == NULL) {
        *why = XD_STR_NONE;
        return NULL;
    }

    regex->code = pcre2_compile((PCRE2_SPTR) pattern.ptr, pattern.len,
        PCRE2_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C, &error, &at,
        context);
    if (regex->code != NULL) {
        return regex;
    }

    /* PCRE2 has its own words for a full arena. */
    *why = XD_STR_NONE;
    if (error == PCRE2_ERROR_NOMEMORY || error == PCRE2_ERROR_HEAP_FAILED) {
        return NULL;
    }

    pcre2_get_error_message(error, text, sizeof(text));
    *why = xd_fmt(arena, "%s (at its byte %zu)", (const char *) text, at);

    return NULL;
}


int
cel_regex_match(const struct cel_regex_s *regex, xd_arena_t *scratch,
    xd_str_t text)
{
    pcre2_general_context *memory =
        pcre2_general_context_create(take, leave, scratch);
    pcre2_match_context *limits =
        memory == NULL ? NULL : pcre2_match_context_create(memory);
    pcre2_match_data *match =
        limits == NULL ? NULL : pcre2_match_data_create(1, memory);
    int found;

    if (match == NULL) {
        return -2;
    }

    pcre2_set_match_limit(limits, MATCH_LIMIT);
    pcre2_set_depth_limit(limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(limits, HEAP_LIMIT);

    found = pcre2_match(regex->code,
        (PCRE2_SPTR) (text.ptr != NULL ? text.ptr : ""), text.len, 0,
        PCRE2_NO_UTF_CHECK, match, limits);

    if (found == PCRE2_ERROR_NOMEMORY) {
        return -2;
    }

    return found >= 0 ? 1 : found == PCRE2_ERROR_NOMATCH ? 0 : -1;
}
