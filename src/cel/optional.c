/* SPDX-License-Identifier: BSD-2-Clause */

/* Optionals, and base64. */

#include "cel/room.h"


xd_cel_value_t
cel_fn_opt_of(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) row;

    return cel_optional(run, &args[0]);
}


xd_cel_value_t
cel_fn_opt_none(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    (void) row;
    (void) args;

    return cel_optional(run, NULL);
}


static bool
is_zero(const xd_cel_value_t *v)
{
    switch (v->kind) {
    case XD_CEL_NULL:
        return true;
    case XD_CEL_BOOL:
        return !v->as.truth;
    case XD_CEL_INT:
    case XD_CEL_DURATION:
        return v->as.number == 0;
    case XD_CEL_UINT:
        return v->as.natural == 0;
    case XD_CEL_DOUBLE:
        return !(v->as.real < 0) && !(v->as.real > 0);
    case XD_CEL_STRING:
    case XD_CEL_BYTES:
        return v->as.text.len == 0;
    case XD_CEL_LIST:
    case XD_CEL_MAP:
        return cel_count(v) == 0;
    case XD_CEL_DECIMAL:
        return v->as.decimal.mantissa == 0;
    case XD_CEL_TIMESTAMP:
        return v->as.time.seconds == 0 && v->as.time.nanos == 0;
    case XD_CEL_OPTIONAL:
        return v->as.inner == NULL;
    default:
        return false;
    }
}


xd_cel_value_t
cel_fn_opt_nonzero(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    (void) row;

    return cel_optional(run, is_zero(&args[0]) ? NULL : &args[0]);
}


xd_cel_value_t
cel_fn_opt_has(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) run;
    (void) row;

    return cel_bool(args[0].as.inner != NULL);
}


xd_cel_value_t
cel_fn_opt_value(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    (void) row;

    return args[0].as.inner != NULL
               ? *args[0].as.inner
               : cel_error(run, "optional.none() dereference");
}


xd_cel_value_t
cel_fn_opt_or(cel_run_t *run, const cel_row_t *row, const xd_cel_value_t *args)
{
    (void) run;

    if (args[0].as.inner == NULL) {
        return args[1];
    }

    return row->tag == 1 ? *args[0].as.inner : args[0];
}


xd_cel_value_t
cel_fn_opt_unwrap(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    cel_walk_t w = cel_walk(&args[0]);
    cel_grow_t g = { 0 };
    xd_cel_value_t key;
    xd_cel_value_t v;

    (void) row;

    while (cel_cost(run, 1) && cel_step(run, &w, &key, &v)) {
        if (v.kind != XD_CEL_OPTIONAL) {
            return cel_no_overload(run);
        }

        if (v.as.inner != NULL && !cel_push(run, &g, *v.as.inner)) {
            return cel_memory(run);
        }
    }

    return cel_items(run, XD_CEL_LIST, &g);
}


/* -- base64 (RFC 4648, clause 4) ------------------------------------------ */

static const char digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";


xd_cel_value_t
cel_fn_base64_encode(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_str_t in = args[0].as.text;
    char *out = xd_alloc(run->arena, in.len / 3 * 4 + 5);
    size_t n = 0;

    (void) row;

    if (out == NULL || !cel_cost_bytes(run, in.len)) {
        return cel_memory(run);
    }

    for (size_t i = 0; i < in.len; i += 3) {
        size_t left = in.len - i;
        uint32_t bits = (uint32_t) (unsigned char) in.ptr[i] << 16;

        bits |= left > 1 ? (uint32_t) (unsigned char) in.ptr[i + 1] << 8 : 0;
        bits |= left > 2 ? (uint32_t) (unsigned char) in.ptr[i + 2] : 0;
        out[n++] = digits[bits >> 18];
        out[n++] = digits[bits >> 12 & 63];
        out[n++] = left > 1 ? digits[bits >> 6 & 63] : '=';
        out[n++] = left > 2 ? digits[bits & 63] : '=';
    }

    return xd_cel_of_text((xd_str_t){ out, n });
}


xd_cel_value_t
cel_fn_base64_decode(cel_run_t *run, const cel_row_t *row,
    const xd_cel_value_t *args)
{
    xd_str_t in = args[0].as.text;
    char *out = xd_alloc(run->arena, in.len / 4 * 3 + 4);
    uint32_t bits = 0;
    size_t n = 0;

    (void) row;

    if (out == NULL || !cel_cost_bytes(run, in.len)) {
        return cel_memory(run);
    }

    for (int pads = 0; pads < 2 && in.len > 0 && in.ptr[in.len - 1] == '=';
         pads++) {
        in.len--;
    }

    for (size_t i = 0; i < in.len; i++) {
        const char *d = in.ptr[i] != '\0' ? strchr(digits, in.ptr[i]) : NULL;

        if (d == NULL || in.len % 4 == 1) {
            return cel_error(run, "invalid base64");
        }

        bits = bits << 6 | (uint32_t) (d - digits);
        if (i % 4 != 0) {
            out[n++] = (char) (bits >> (6 - 2 * (i % 4)) & 0xFF);
        }
    }

    return cel_text(XD_CEL_BYTES, (xd_str_t){ out, n });
}
