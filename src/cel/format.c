/* SPDX-License-Identifier: BSD-2-Clause */

/* "%d of %s".format([1, "two"]): clauses of the strings extension. */

#include "cel/room.h"

#include <math.h>

#include "base/utf8.h"

#define TEXT_MOST      (1024 * 1024)
#define PRECISION_MOST 100

typedef struct {
    cel_run_t *run;
    xd_buf_t out;
    xd_cel_value_t fault; /* XD_CEL_NULL: none */
    int precision;        /* -1: not said */
} format_t;


static void
wrong(format_t *f, char clause, const xd_cel_value_t *v)
{
    f->fault = cel_error(f->run,
        "error during formatting: %%%c does not take "
        "%s",
        clause, xd_cel_kind_name(v->kind));
}


/* Infinity and NaN have a name whatever the clause. */
static bool
named(format_t *f, const xd_cel_value_t *v)
{
    if (v->kind != XD_CEL_DOUBLE || isfinite(v->as.real)) {
        return false;
    }

    cel_write_plain(&f->out, v);

    return true;
}


static void
put_decimal(format_t *f, const xd_cel_value_t *v)
{
    if (named(f, v)) {
        return;
    }

    if (v->kind == XD_CEL_INT || v->kind == XD_CEL_UINT) {
        cel_write_plain(&f->out, v);
    } else {
        wrong(f, 'd', v);
    }
}


static void
put_real(format_t *f, char clause, const xd_cel_value_t *v)
{
    int precision = f->precision < 0 ? 6 : f->precision;
    double d = v->as.real;

    if (v->kind == XD_CEL_INT) {
        d = (double) v->as.number;
    } else if (v->kind == XD_CEL_UINT) {
        d = (double) v->as.natural;
    } else if (v->kind != XD_CEL_DOUBLE) {
        wrong(f, clause, v);
        return;
    }

    if (named(f, v)) {
        return;
    }

    if (clause == 'f') {
        xd_buf_fmt(&f->out, "%.*f", precision, d);
    } else {
        xd_buf_fmt(&f->out, "%.*e", precision, d);
    }
}


static void
put_bits(format_t *f, uint64_t n, unsigned bits, bool capital)
{
    const char *digits = capital ? "0123456789ABCDEF" : "0123456789abcdef";
    unsigned at = 0;

    while (at + bits < 64 && n >> (at + bits) != 0) {
        at += bits;
    }

    for (;; at -= bits) {
        xd_buf_byte(&f->out, digits[n >> at & ((1u << bits) - 1)]);
        if (at == 0) {
            return;
        }
    }
}


/* In binary, octal and hexadecimal a negative number has its sign. */
static void
put_number(format_t *f, char clause, const xd_cel_value_t *v)
{
    unsigned bits = clause == 'b' ? 1 : clause == 'o' ? 3 : 4;
    uint64_t n = v->as.natural;

    if (v->kind == XD_CEL_BOOL && clause == 'b') {
        xd_buf_byte(&f->out, v->as.truth ? '1' : '0');
        return;
    }

    if (v->kind != XD_CEL_INT && v->kind != XD_CEL_UINT) {
        wrong(f, clause, v);
        return;
    }

    if (v->kind == XD_CEL_INT && v->as.number < 0) {
        xd_buf_byte(&f->out, '-');
        n = 0 - n;
    }

    put_bits(f, n, bits, clause == 'X');
}


static void
put_hex(format_t *f, char clause, const xd_cel_value_t *v)
{
    xd_str_t s = v->as.text;

    if (v->kind != XD_CEL_STRING && v->kind != XD_CEL_BYTES) {
        put_number(f, clause, v);
        return;
    }

    for (size_t i = 0; i < s.len; i++) {
        xd_buf_fmt(&f->out, clause == 'X' ? "%02X" : "%02x",
            (unsigned char) s.ptr[i]);
    }
}


static void
put(format_t *f, char clause, const xd_cel_value_t *v)
{
    switch (clause) {
    case 's':
        cel_write_plain(&f->out, v);
        break;
    case 'd':
        put_decimal(f, v);
        break;
    case 'f':
    case 'e':
        put_real(f, clause, v);
        break;
    case 'b':
    case 'o':
        put_number(f, clause, v);
        break;
    case 'x':
    case 'X':
        put_hex(f, clause, v);
        break;
    default:
        f->fault = cel_error(f->run, "could not parse formatting clause: "
                                     "unrecognized formatting clause");
    }
}


/* Reads ".3" before the letter; false when it is no clause. */
static bool
precision(format_t *f, xd_str_t s, size_t *i)
{
    int n = 0;

    f->precision = -1;
    if (*i >= s.len || s.ptr[*i] != '.') {
        return *i < s.len;
    }

    for (++*i; *i < s.len && s.ptr[*i] >= '0' && s.ptr[*i] <= '9'; ++*i) {
        n = n * 10 + (s.ptr[*i] - '0');
        if (n > PRECISION_MOST) {
            return false;
        }
    }

    f->precision = n;

    return *i < s.len;
}


/* One clause, whose letter or point is at *i. */
static void
clause(format_t *f, xd_str_t s, size_t *i, cel_walk_t *args)
{
    xd_cel_value_t key;
    xd_cel_value_t v;

    if (*i < s.len && s.ptr[*i] == '%') {
        xd_buf_byte(&f->out, '%');
        return;
    }

    if (!precision(f, s, i)) {
        f->fault = cel_error(f->run, "could not parse formatting clause");
        return;
    }

    if (!cel_step(f->run, args, &key, &v)) {
        f->fault = cel_error(f->run, "index %zu out of range", args->n);
        return;
    }

    put(f, s.ptr[*i], &v);
}


xd_cel_value_t
cel_fn_format(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    format_t f = { .run = run, .fault = { .kind = XD_CEL_NULL } };
    cel_walk_t list = cel_walk(&args[1]);
    xd_str_t s = args[0].as.text;
    xd_cel_value_t v;

    (void) row;
    f.out.limit = TEXT_MOST;

    for (size_t i = 0;
         i < s.len && f.fault.kind == XD_CEL_NULL && cel_cost(run, 1); i++)
    {
        if (s.ptr[i] == '%') {
            i++;
            clause(&f, s, &i, &list);
        } else {
            xd_buf_byte(&f.out, s.ptr[i]);
        }
    }

    if (f.fault.kind != XD_CEL_NULL) {
        v = f.fault;
    } else if (xd_buf_rc(&f.out) == XD_E_LIMIT) {
        v = cel_error(run, "the text would be longer than 1 MiB");
    } else if (xd_utf8_valid(xd_buf_str(&f.out)) != f.out.len) {
        v = cel_error(run, "invalid UTF-8");
    } else {
        (void) cel_cost_bytes(run, f.out.len);
        v = xd_cel_of_text(xd_dup(run->arena, xd_buf_str(&f.out)));
        v = v.as.text.ptr != NULL ? v : cel_memory(run);
    }

    xd_buf_free(&f.out);

    return v;
}
