/* SPDX-License-Identifier: BSD-2-Clause */

/* Decimals, numbers, instants, dates, ids, and the pause a system asks for:
 * what stands for one value says the same after it was written. */

#include "fuzz.h"

#include "base/clock.h"
#include "base/decimal.h"
#include "base/id.h"
#include "base/utf8.h"
#include "tree/number.h"
#include "web/retry_after.h"


static void
decimal_same(xd_decimal_t d)
{
    char text[XD_DECIMAL_MAX];
    size_t len = xd_decimal_write(d, text);
    xd_decimal_t back, sum;

    MUST(len <= sizeof(text));
    MUST(xd_decimal_read((xd_str_t){ text, len }, &back) == XD_OK);
    MUST(back.mantissa == d.mantissa && back.scale == d.scale);
    MUST(xd_decimal_cmp(d, back) == 0);
    MUST(xd_number_cmp((xd_str_t){ text, len }, (xd_str_t){ text, len }) == 0);

    if (xd_decimal_add(d, back, &sum) == XD_OK) {
        MUST(d.mantissa >= 0 ? xd_decimal_cmp(sum, d) >= 0
                             : xd_decimal_cmp(sum, d) < 0);
    }
}


static void
decimals(xd_str_t text)
{
    char out[XD_DECIMAL_MAX];
    xd_decimal_t d, edi;

    if (xd_decimal_read(text, &d) == XD_OK) {
        /* What is canonical already stays as it is, but for "-0". */
        size_t len = xd_decimal_write(d, out);

        MUST(d.mantissa == 0 || xd_str_eq((xd_str_t){ out, len }, text));
        MUST(xd_decimal_read_edi(text, false, &edi) == XD_OK);
        MUST(xd_decimal_cmp(d, edi) == 0);
        decimal_same(d);
    }

    for (int comma = 0; comma < 2; comma++) {
        if (xd_decimal_read_edi(text, comma == 1, &d) == XD_OK) {
            decimal_same(d);
        }
    }
}


/* Order has two sides; texts are cut where the input has a line end. */
static void
numbers(xd_str_t text)
{
    xd_str_t rest = text;
    xd_str_t a = xd_str_cut(&rest, '\n');
    xd_str_t b = rest.ptr == NULL ? XD_STR("0") : rest;
    int ab = xd_number_cmp(a, b), ba = xd_number_cmp(b, a);
    char whole[24];
    int64_t n;

    MUST((ab < 0) == (ba > 0) && (ab == 0) == (ba == 0));

    if (xd_number_int(a, &n)) {
        (void) snprintf(whole, sizeof(whole), "%lld", (long long) n);
        MUST(xd_number_cmp(a, xd_str(whole)) == 0);
    }
}


/* Only years of four digits are written: what an offset or a leap second
 * pushes out of them is written as the nearest of these. */
static int64_t
within_years(int64_t ms)
{
    int64_t first = INT64_C(-62167219200000), last = INT64_C(253402300799999);

    return ms < first ? first : ms > last ? last : ms;
}


static void
instants(xd_str_t text)
{
    char out[XD_INSTANT_LEN + 1], day[11];
    int64_t ms, back;

    if (!xd_instant_read(text, &ms)) {
        return;
    }

    xd_instant_write(ms, out);
    MUST(strlen(out) == XD_INSTANT_LEN);
    MUST(xd_instant_read(xd_str(out), &back) && back == within_years(ms));
    memcpy(day, out, 10);
    day[10] = '\0';
    MUST(xd_date_valid(xd_str(day)));
}


static void
pauses(xd_str_t text)
{
    int64_t ms = xd_retry_after(text, 1778750000000);

    MUST(ms >= -1 && ms <= XD_RETRY_AFTER_MAX_MS);
}


static void
texts(xd_str_t text)
{
    size_t good = xd_utf8_valid(text);
    uint64_t n;

    MUST(good <= text.len);
    MUST(xd_utf8_count((xd_str_t){ text.ptr, good }) <= good);
    MUST(!xd_uuid_valid(text) || text.len == XD_UUID_LEN);
    MUST(!xd_date_valid(text) || text.len == 10);
    MUST(!xd_str_uint(text, 1000, &n) || n <= 1000);
    MUST(xd_str_trim(text).len <= text.len);
}


int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xd_str_t text = fuzz_bytes(data, size);

    decimals(text);
    numbers(text);
    instants(text);
    pauses(text);
    texts(text);

    return 0;
}
