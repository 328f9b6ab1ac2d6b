/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_856 - writes a clean file of ship notices of about a given size
 *
 *   bench_856 --megabytes N > FILE
 *
 * Interchanges of 250 sets; each set is one shipment of orders, pallets,
 * cartons and items as an HL tree, with numbers, dates and texts that differ.
 * The same call writes the same bytes on every machine.
 *
 * Standard: X12 004010, set 856.
 */

#include "base/buf.h"
#include "t/bench/bench.h"

#define SETS 250


typedef struct {
    xd_buf_t out;
    uint64_t dice, megabytes;
    uint32_t control, segments, level;
    uint32_t sets; /* written so far; numbers of documents count with it */
} writer_t;

/* A level's numbers: its own and that of what it stands in. */
typedef struct {
    uint32_t own, parent;
} level_t;


/* Knuth's MMIX generator; its low bits are poor. */
static uint32_t
roll(writer_t *w, uint32_t sides)
{
    w->dice = w->dice * 6364136223846793005u + 1442695040888963407u;

    return (uint32_t) (w->dice >> 33) % sides;
}


static void XD_PRINTF(2, 3) segment(writer_t *w, const char *format, ...)
{
    char text[256];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);

    if (n < 0 || (size_t) n >= sizeof(text)) {
        bench_die("a segment is too long");
    }

    xd_buf_add(&w->out, (xd_str_t){ text, (size_t) n });
    xd_buf_byte(&w->out, '~');
    w->segments++;
}


static level_t
level(writer_t *w, uint32_t parent, char kind)
{
    level_t hl = { ++w->level, parent };

    if (parent == 0) {
        segment(w, "HL*%u**%c*1", hl.own, kind);
    } else {
        segment(w, "HL*%u*%u*%c*%d", hl.own, parent, kind, kind != 'I');
    }

    return hl;
}


static void
item(writer_t *w, uint32_t carton, uint32_t line)
{
    static const char *const texts[] = { "T-SHIRT RED", "CAP BLUE",
        "SOCKS 3 PACK", "RAIN JACKET GREEN", "CANVAS SHOE" };

    (void) level(w, carton, 'I');
    segment(w, "LIN*%u*UP*%012llu*VN*ST-%05u", line,
        bench_gs1(61414100000 + roll(w, 99999)), roll(w, 99999));
    segment(w, "SN1*%u*%u*EA", line, 1 + roll(w, 96));
    segment(w, "PID*F****%s %u", texts[roll(w, 5)], roll(w, 60));
}


/* An SSCC has 18 digits, of which the first two here are zeros. */
static void
marked(writer_t *w)
{
    segment(w, "MAN*GM*%020llu",
        bench_gs1(614141000000000 + roll(w, 999999999)));
}


static void
order(writer_t *w, uint32_t shipment, uint32_t number)
{
    uint32_t order = level(w, shipment, 'O').own, line = 0;
    uint32_t pallet, carton;

    segment(w, "PRF*PO-%07u***202608%02u", number, 1 + roll(w, 28));
    segment(w, "REF*IA*%06u", roll(w, 999999));
    pallet = level(w, order, 'T').own;
    marked(w);

    for (uint32_t cartons = 1 + roll(w, 4); cartons > 0; cartons--) {
        carton = level(w, pallet, 'P').own;
        marked(w);
        for (uint32_t items = 1 + roll(w, 4); items > 0; items--) {
            item(w, carton, ++line);
        }
    }
}


static void
shipment(writer_t *w)
{
    uint32_t own = level(w, 0, 'S').own, day = 1 + roll(w, 25);

    segment(w, "TD1*CTN25*%u****G*%u.%u*LB", 1 + roll(w, 40), roll(w, 900),
        1 + roll(w, 9));
    segment(w, "TD5*B*2*UPSN*M*UPS GROUND");
    segment(w, "REF*BM*BOL%07u", roll(w, 9999999));
    segment(w, "REF*CN*1Z999AA1%010u", roll(w, 999999999));
    segment(w, "DTM*011*202608%02u", day);
    segment(w, "DTM*017*202608%02u", day + 3);
    segment(w, "N1*SF*ACME SUPPLIES*UL*0614141000012");
    segment(w, "N3*%u MILL ROAD", 1 + roll(w, 900));
    segment(w, "N4*DAYTON*OH*45402*US");
    segment(w, "N1*ST*STORE %04u*UL*9501101530218", roll(w, 9999));
    segment(w, "N4*COLUMBUS*OH*43004*US");

    for (uint32_t orders = 1 + roll(w, 3); orders > 0; orders--) {
        order(w, own, w->sets * 10 + orders);
    }
}


static void
set(writer_t *w, uint32_t number)
{
    w->segments = w->level = 0;
    w->sets++;
    segment(w, "ST*856*%04u", number);
    segment(w, "BSN*00*SHP-%08u*202608%02u*%02u%02u*0001", w->sets,
        1 + roll(w, 28), roll(w, 24), roll(w, 60));
    shipment(w);
    segment(w, "CTT*%u", w->level);
    segment(w, "SE*%u*%04u", w->segments + 1, number);
}


static void
interchange(writer_t *w)
{
    uint32_t control = ++w->control;

    segment(w,
        "ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*260814*0915*U*00401"
        "*%09u*0*P*>",
        "ACME", "CROSSDOCK", control);
    segment(w, "GS*SH*ACME*CROSSDOCK*20260814*0915*%u*X*004010", control);

    for (uint32_t n = 1; n <= SETS; n++) {
        set(w, n);
    }

    segment(w, "GE*%d*%u", SETS, control);
    segment(w, "IEA*1*%09u", control);
}


int
main(int argc, char **argv)
{
    writer_t w = { .dice = 856, .megabytes = 100 };
    const bench_option_t options[] = {
        { "--megabytes", NULL, &w.megabytes },
        { NULL, NULL, NULL },
    };
    uint64_t written = 0;

    bench_options(argc, argv, options);

    while (written < w.megabytes * 1000000) {
        interchange(&w);
        if (xd_buf_rc(&w.out) != XD_OK
            || fwrite(w.out.ptr, 1, w.out.len, stdout) != w.out.len)
        {
            bench_die("the file cannot be written");
        }
        written += w.out.len;
        xd_buf_reset(&w.out);
    }

    xd_buf_free(&w.out);

    return fflush(stdout) == 0 ? 0 : 2;
}
