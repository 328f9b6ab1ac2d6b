/* SPDX-License-Identifier: BSD-2-Clause */

/* Keywords of a schema said in words. */

#include "canon/page_plan.h"
#include "format/json.h"


/* -- limits -------------------------------------------------------------- */


typedef struct {
    const char *least, *most, *of;
} range_t;

static const range_t ranges[] = {
    { "minLength", "maxLength", " characters" },
    { "minimum", "maximum", "" },
    { "minItems", "maxItems", " elements" },
    { "minProperties", "maxProperties", " members" },
};


static void
separate(xd_pager_t *p, bool *any)
{
    if (*any) {
        xd_buf_text(p->out, "; ");
    }

    *any = true;
}


static void
write_range(xd_pager_t *p, const xd_node_t *schema, const range_t *range,
    bool *any)
{
    const xd_node_t *least = xd_page_value(p, schema, range->least);
    const xd_node_t *most = xd_page_value(p, schema, range->most);

    if (least == NULL && most == NULL) {
        return;
    }

    separate(p, any);
    if (least == NULL) {
        xd_buf_fmt(p->out, "at most %.*s%s", XD_FMT(most->text), range->of);
    } else if (most == NULL) {
        xd_buf_fmt(p->out, "at least %.*s%s", XD_FMT(least->text), range->of);
    } else {
        xd_buf_fmt(p->out, "%.*s to %.*s%s", XD_FMT(least->text),
            XD_FMT(most->text), range->of);
    }
}


/* A value in a table: "|" would end the cell. */
static void
write_cell(xd_pager_t *p, xd_str_t text)
{
    xd_buf_byte(p->out, '`');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '|') {
            xd_buf_byte(p->out, '\\');
        }
        xd_buf_byte(p->out, text.ptr[i]);
    }
    xd_buf_byte(p->out, '`');
}


static void
write_value(xd_pager_t *p, const xd_node_t *value)
{
    if (value->kind == XD_STRING || value->kind == XD_NUMBER) {
        write_cell(p, value->text);
    } else {
        xd_json_write(p->out, value, XD_JSON_COMPACT);
    }
}


static void
write_values(xd_pager_t *p, const xd_node_t *list, const char *last)
{
    xd_each (value, list) {
        write_value(p, value);
        if (value->next != NULL) {
            xd_buf_text(p->out, value->next->next != NULL ? ", " : last);
        }
    }
}


static void
write_codes(xd_pager_t *p, const xd_node_t *schema, bool *any)
{
    const xd_node_t *codes = xd_page_value(p, schema, "enum");
    const xd_node_t *one = xd_page_value(p, schema, "const");

    if (one != NULL) {
        separate(p, any);
        xd_buf_text(p->out, "always ");
        write_value(p, one);
    } else if (codes != NULL) {
        separate(p, any);
        write_values(p, codes, " or ");
    }
}


void
xd_page_limits(xd_pager_t *p, const xd_node_t *schema)
{
    const xd_node_t *items = xd_page_value(p, schema, "items");
    const xd_node_t *pattern =
        xd_page_value(p, items != NULL ? items : schema, "pattern");
    bool any = false;

    write_codes(p, items != NULL ? items : schema, &any);

    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        write_range(p, schema, &ranges[i], &any);
    }

    if (pattern != NULL) {
        separate(p, &any);
        xd_buf_text(p->out, "must match ");
        write_cell(p, pattern->text);
    }
}


/* -- conditions ---------------------------------------------------------- */


static void
write_names(xd_pager_t *p, const xd_node_t *schema)
{
    write_values(p, xd_get(schema, "required"), " and ");
}


/* "at least one of": branches that each ask for members. */
static void
write_choice(xd_pager_t *p, const xd_node_t *branches)
{
    xd_each (branch, branches) {
        if (xd_get(branch, "required") == NULL) {
            return;
        }
    }

    if (branches == NULL || branches->count == 0) {
        return;
    }

    xd_buf_text(p->out, branches->count == 1
                            ? "There must be "
                            : "At least one of these must be there: ");
    xd_each (branch, branches) {
        write_names(p, branch);
        xd_buf_text(p->out, branch->next == NULL ? ".\n\n" : " or ");
    }
}


/* "When method is collect: location is needed." */
static void
write_when(xd_pager_t *p, const xd_node_t *schema)
{
    const xd_node_t *when = xd_get(schema, "if");
    const xd_node_t *then = xd_get(schema, "then");
    const char *before = "When ";

    if (xd_get(then, "required") == NULL) {
        return;
    }

    xd_each (member, xd_get(when, "properties")) {
        const xd_node_t *codes = xd_get(member, "enum");
        const xd_node_t *one = xd_get(member, "const");

        xd_buf_fmt(p->out, "%s`%.*s` is ", before, XD_FMT(member->key));
        if (one != NULL) {
            write_value(p, one);
        } else {
            write_values(p, codes, " or ");
        }
        before = " and ";
    }

    if (before[0] == ' ') {
        xd_buf_text(p->out, ", there must be ");
        write_names(p, then);
        xd_buf_text(p->out, ".\n\n");
    }
}


void
xd_page_conditions(xd_pager_t *p, const xd_node_t *schema)
{
    write_choice(p, xd_get(schema, "anyOf"));
    write_when(p, schema);

    xd_each (branch, xd_get(schema, "allOf")) {
        write_choice(p, xd_get(branch, "anyOf"));
        write_when(p, branch);
    }

    xd_each (member, xd_get(schema, "dependentRequired")) {
        xd_buf_fmt(p->out, "Where there is `%.*s` there must also be ",
            XD_FMT(member->key));
        write_values(p, member, " and ");
        xd_buf_text(p->out, ".\n\n");
    }

    if (xd_get(schema, "minProperties") != NULL) {
        xd_buf_fmt(p->out, "At least %.*s of the members must be there.\n\n",
            XD_FMT(xd_text(schema, "minProperties")));
    }
}
