/* SPDX-License-Identifier: BSD-2-Clause */

/* Arithmetic: what does not fit is an error, never a wrap. */

#include "cel/room.h"

#include <math.h>


static xd_cel_value_t
overflow(cel_run_t *run, const char *type)
{
    return cel_error(run, "return error: %s overflow", type);
}


static xd_cel_value_t
arith_int(cel_run_t *run, int op, int64_t a, int64_t b)
{
    int64_t n = 0;
    bool over = false;

    switch (op) {
    case '+':
        over = __builtin_add_overflow(a, b, &n);
        break;
    case '-':
        over = __builtin_sub_overflow(a, b, &n);
        break;
    case '*':
        over = __builtin_mul_overflow(a, b, &n);
        break;
    default:
        if (b == 0) {
            return cel_error(run, "division by zero");
        }

        over = a == INT64_MIN && b == -1;
        n = over ? 0 : op == '/' ? a / b : a % b;
    }

    return over ? overflow(run, "int") : cel_int(n);
}


static xd_cel_value_t
arith_uint(cel_run_t *run, int op, uint64_t a, uint64_t b)
{
    uint64_t n = 0;
    bool over = false;

    switch (op) {
    case '+':
        over = __builtin_add_overflow(a, b, &n);
        break;
    case '-':
        over = __builtin_sub_overflow(a, b, &n);
        break;
    case '*':
        over = __builtin_mul_overflow(a, b, &n);
        break;
    default:
        if (b == 0) {
            return cel_error(run, "division by zero");
        }

        n = op == '/' ? a / b : a % b;
    }

    return over ? overflow(run, "uint") : cel_uint(n);
}


xd_cel_value_t
cel_fn_arith(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    double a = args[0].as.real;
    double b = args[1].as.real;

    if (args[0].kind == XD_CEL_INT) {
        return arith_int(run, row->tag, args[0].as.number, args[1].as.number);
    }

    if (args[0].kind == XD_CEL_UINT) {
        return arith_uint(run, row->tag, args[0].as.natural,
            args[1].as.natural);
    }

    switch (row->tag) {
    case '+':
        return cel_double(a + b);
    case '-':
        return cel_double(a - b);
    case '*':
        return cel_double(a * b);
    default:
        return cel_double(b != 0                     ? a / b
                          : a == 0 || isnan(a)       ? NAN
                          : signbit(a) != signbit(b) ? -INFINITY
                                                     : INFINITY);
    }
}


xd_cel_value_t
cel_fn_minus(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    xd_cel_value_t v = args[0];

    (void) row;

    if (v.kind == XD_CEL_DOUBLE) {
        return cel_double(-v.as.real);
    }

    if (v.kind == XD_CEL_DECIMAL) {
        v.as.decimal.mantissa = -v.as.decimal.mantissa;
        return v;
    }

    return arith_int(run, '-', 0, v.as.number);
}


xd_cel_value_t
cel_fn_not(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) run;
    (void) row;

    return cel_bool(!args[0].as.truth);
}


xd_cel_value_t
cel_fn_compare(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    int order = cel_order(&args[0], &args[1]);

    if ((args[0].kind == XD_CEL_STRING || args[0].kind == XD_CEL_BYTES)
        && !cel_cost_bytes(run, args[0].as.text.len))
    {
        return cel_error(run, "limit");
    }

    switch (row->tag) {
    case '<':
        return cel_bool(order == -1);
    case 'l':
        return cel_bool(order == -1 || order == 0);
    case '>':
        return cel_bool(order == 1);
    default:
        return cel_bool(order == 1 || order == 0);
    }
}


/* -- decimals ------------------------------------------------------------- */

#define SCALE_MAX 6
#define DIGITS    1000000000000000000 /* of a mantissa: 18 */


static xd_cel_value_t
decimal_product(cel_run_t *run, xd_decimal_t a, xd_decimal_t b)
{
    __int128 n = (__int128) a.mantissa * b.mantissa;
    int scale = a.scale + b.scale;
    xd_cel_value_t v = { .kind = XD_CEL_DECIMAL };

    /* Zeros at the end go first; a digit that would be lost is an error. */
    while (scale > SCALE_MAX && n % 10 == 0) {
        n /= 10;
        scale--;
    }

    if (scale > SCALE_MAX || n >= DIGITS || n <= -DIGITS) {
        return cel_error(run, "return error: the product needs more digits "
                              "than a decimal has");
    }

    v.as.decimal = (xd_decimal_t){ (int64_t) n, (uint8_t) scale };

    return v;
}


static xd_decimal_t
to_decimal(const xd_cel_value_t *v)
{
    return v->kind == XD_CEL_DECIMAL ? v->as.decimal
                                     : (xd_decimal_t){ v->as.number, 0 };
}


xd_cel_value_t
cel_fn_decimal_math(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_decimal_t a = to_decimal(&args[0]);
    xd_decimal_t b = to_decimal(&args[1]);
    xd_cel_value_t v = { .kind = XD_CEL_DECIMAL };

    if (row->tag == '*') {
        return decimal_product(run, a, b);
    }

    b.mantissa = row->tag == '-' ? -b.mantissa : b.mantissa;
    if (xd_decimal_add(a, b, &v.as.decimal) != XD_OK) {
        return overflow(run, "decimal");
    }

    return v;
}


/* -- the math extension --------------------------------------------------- */

static bool
beats(int tag, const xd_cel_value_t *a, const xd_cel_value_t *b)
{
    return cel_order(a, b) == (tag == 'g' ? 1 : -1);
}


static xd_cel_value_t
extreme_of_list(cel_run_t *run, int tag, const xd_cel_value_t *list)
{
    cel_walk_t w = cel_walk(list);
    xd_cel_value_t best = { .kind = XD_CEL_NULL };
    xd_cel_value_t key;
    xd_cel_value_t v;

    while (cel_step(run, &w, &key, &v)) {
        if (!cel_is_number(v.kind)) {
            return cel_no_overload(run);
        }

        if (best.kind == XD_CEL_NULL || beats(tag, &v, &best)) {
            best = v;
        }
    }

    return best.kind == XD_CEL_NULL
               ? cel_error(run, "an empty list has no such element")
               : best;
}


xd_cel_value_t
cel_fn_extreme(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    if (args[0].kind == XD_CEL_LIST) {
        return extreme_of_list(run, row->tag, &args[0]);
    }

    if (run->node->nargs == 1) {
        return args[0];
    }

    return beats(row->tag, &args[1], &args[0]) ? args[1] : args[0];
}


/* From 2^52 on every double is whole.  By hand, so that nothing needs libm. */
static double
whole(double d)
{
    return isfinite(d) && fabs(d) < 4503599627370496.0
               ? copysign((double) (int64_t) d, d)
               : d;
}


/* Halves go away from zero. */
static double
nearest(double d)
{
    double cut = whole(d);
    double rest = fabs(d - cut);

    return isfinite(d) && rest >= 0.5 ? cut + copysign(1.0, d) : cut;
}


xd_cel_value_t
cel_fn_round(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    double d = args[0].as.real;

    (void) run;

    switch (row->tag) {
    case 'c':
        return cel_double(whole(d) < d ? whole(d) + 1 : whole(d));
    case 'f':
        return cel_double(whole(d) > d ? whole(d) - 1 : whole(d));
    case 'r':
        return cel_double(nearest(d));
    default:
        return cel_double(whole(d));
    }
}


static double
sign_of(double d)
{
    return isnan(d) ? d : (double) ((d > 0) - (d < 0));
}


xd_cel_value_t
cel_fn_abs(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    bool sign = row->tag == 's';
    int64_t n = args[0].as.number;

    if (args[0].kind == XD_CEL_DOUBLE) {
        return cel_double(
            sign ? sign_of(args[0].as.real) : fabs(args[0].as.real));
    }

    if (args[0].kind == XD_CEL_UINT) {
        return sign ? cel_uint(args[0].as.natural > 0) : args[0];
    }

    if (sign) {
        return cel_int((n > 0) - (n < 0));
    }

    return n < 0 ? arith_int(run, '-', 0, n) : args[0];
}


xd_cel_value_t
cel_fn_is(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    double d = args[0].as.real;

    (void) run;

    return cel_bool(row->tag == 'n'   ? isnan(d)
                    : row->tag == 'i' ? isinf(d)
                                      : isfinite(d));
}


/* Bits are those of the two's complement; a shift right brings in zeros. */
static uint64_t
shifted(int op, uint64_t a, int64_t n)
{
    if (n > 63) {
        return 0;
    }

    return op == '<' ? a << n : a >> n;
}


xd_cel_value_t
cel_fn_bits(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    bool natural = args[0].kind == XD_CEL_UINT;
    uint64_t a = natural ? args[0].as.natural : (uint64_t) args[0].as.number;
    uint64_t b = args[1].kind == XD_CEL_UINT ? args[1].as.natural
                                             : (uint64_t) args[1].as.number;
    bool shift = row->tag == '<' || row->tag == '>';

    if (shift && args[1].as.number < 0) {
        return cel_error(run, "a shift by a negative number");
    }

    a = shift             ? shifted(row->tag, a, args[1].as.number)
        : row->tag == '&' ? (a & b)
        : row->tag == '|' ? (a | b)
                          : (a ^ b);

    return natural ? cel_uint(a) : cel_int((int64_t) a);
}


xd_cel_value_t
cel_fn_bit_not(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) run;
    (void) row;

    return args[0].kind == XD_CEL_UINT ? cel_uint(~args[0].as.natural)
                                       : cel_int(~args[0].as.number);
}
