/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * bench_orders - writes a clean file of orders of about a given size
 *
 *   bench_orders --megabytes N [--set 850|ORDERS] [--one 1] > FILE
 *
 * Interchanges of 250 orders of 2 to 40 lines, with numbers, dates, prices
 * and texts that differ; with --one 1 all of them are one interchange.  The
 * same call writes the same bytes on every machine.
 *
 * Standard: X12 004010, set 850; UN/EDIFACT D.96A, ORDERS.
 */

#include <string.h>

#include "base/buf.h"
#include "t/bench/bench.h"

#define SETS 250


typedef struct {
    xd_buf_t out;
    uint64_t dice, megabytes, written;
    uint32_t control, segments, orders;
    bool one; /* interchange */
} writer_t;

/* How one syntax says it. */
typedef struct {
    const char *name;
    void (*open)(writer_t *w);
    void (*set)(writer_t *w, uint32_t number);
    void (*close)(writer_t *w, uint32_t sets);
} syntax_t;

static const char *const texts[] = { "T-SHIRT RED", "CAP BLUE", "SOCKS 3 PACK",
    "RAIN JACKET GREEN", "CANVAS SHOE" };


/* Knuth's MMIX generator; its low bits are poor. */
static uint32_t
roll(writer_t *w, uint32_t sides)
{
    w->dice = w->dice * 6364136223846793005u + 1442695040888963407u;

    return (uint32_t) (w->dice >> 33) % sides;
}


static void XD_PRINTF(3, 4)
    segment(writer_t *w, char terminator, const char *format, ...)
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
    xd_buf_byte(&w->out, terminator);
    w->segments++;
}


/* What is full goes out: memory does not grow with the file. */
static void
flush(writer_t *w)
{
    if (xd_buf_rc(&w->out) != XD_OK
        || fwrite(w->out.ptr, 1, w->out.len, stdout) != w->out.len)
    {
        bench_die("the file cannot be written");
    }

    w->written += w->out.len;
    xd_buf_reset(&w->out);
}


/* -- X12 ------------------------------------------------------------------ */

static void
x12_open(writer_t *w)
{
    uint32_t control = ++w->control;

    segment(w, '~',
        "ISA*00*          *00*          *ZZ*%-15s*ZZ*%-15s*260814*0915*U*00401"
        "*%09u*0*P*>",
        "BUYER", "CROSSDOCK", control);
    segment(w, '~', "GS*PO*BUYER*CROSSDOCK*20260814*0915*%u*X*004010", control);
}


static void
x12_line(writer_t *w, uint32_t line)
{
    segment(w, '~', "PO1*%u*%u*EA*%u.%02u**UP*%012llu*VN*ST-%05u", line,
        1 + roll(w, 96), roll(w, 90), roll(w, 100),
        bench_gs1(roll(w, 999999999)), roll(w, 99999));
    segment(w, '~', "PID*F****%s %u", texts[roll(w, 5)], roll(w, 60));
}


static void
x12_set(writer_t *w, uint32_t number)
{
    uint32_t lines = 2 + roll(w, 39);

    w->segments = 0;
    segment(w, '~', "ST*850*%04u", number);
    segment(w, '~', "BEG*00*SA*PO-%08u**202608%02u", ++w->orders,
        1 + roll(w, 28));
    segment(w, '~', "REF*DP*%03u", roll(w, 999));
    segment(w, '~', "DTM*002*202609%02u", 1 + roll(w, 28));
    segment(w, '~', "N1*ST*STORE %04u*UL*9501101530218", roll(w, 9999));
    segment(w, '~', "N3*%u MILL ROAD", 1 + roll(w, 900));
    segment(w, '~', "N4*COLUMBUS*OH*43004*US");

    for (uint32_t line = 1; line <= lines; line++) {
        x12_line(w, line);
    }

    segment(w, '~', "CTT*%u", lines);
    segment(w, '~', "SE*%u*%04u", w->segments + 1, number);
}


static void
x12_close(writer_t *w, uint32_t sets)
{
    segment(w, '~', "GE*%u*%u", sets, w->control);
    segment(w, '~', "IEA*1*%09u", w->control);
}


/* -- EDIFACT -------------------------------------------------------------- */

static void
edifact_open(writer_t *w)
{
    xd_buf_add(&w->out, XD_STR("UNA:+.? '"));
    segment(w, '\'',
        "UNB+UNOC:3+4009999000011:14+4009999000028:14+260814:0915+%u",
        ++w->control);
}


static void
edifact_line(writer_t *w, uint32_t line)
{
    segment(w, '\'', "LIN+%u++%013llu:EN", line,
        bench_gs1(400999900000 + roll(w, 99999)));
    segment(w, '\'', "PIA+1+ST-%05u:SA", roll(w, 99999));
    segment(w, '\'', "IMD+F++:::%s %u", texts[roll(w, 5)], roll(w, 60));
    segment(w, '\'', "QTY+21:%u:PCE", 1 + roll(w, 96));
    segment(w, '\'', "PRI+AAA:%u.%02u", roll(w, 90), roll(w, 100));
}


static void
edifact_set(writer_t *w, uint32_t number)
{
    uint32_t lines = 2 + roll(w, 39);

    w->segments = 0;
    segment(w, '\'', "UNH+%u+ORDERS:D:96A:UN:EAN008", number);
    segment(w, '\'', "BGM+220+PO-%08u+9", ++w->orders);
    segment(w, '\'', "DTM+137:202608%02u:102", 1 + roll(w, 28));
    segment(w, '\'', "DTM+2:202609%02u:102", 1 + roll(w, 28));
    segment(w, '\'', "NAD+BY+4009999000011::9");
    segment(w, '\'', "NAD+SU+4009999000028::9");
    segment(w, '\'', "NAD+DP+%013llu::9++STORE %04u+%u MILL ROAD+COLUMBUS",
        bench_gs1(400999910000 + roll(w, 9999)), roll(w, 9999),
        1 + roll(w, 900));
    segment(w, '\'', "CUX+2:EUR:9");

    for (uint32_t line = 1; line <= lines; line++) {
        edifact_line(w, line);
    }

    segment(w, '\'', "UNS+S");
    segment(w, '\'', "CNT+2:%u", lines);
    segment(w, '\'', "UNT+%u+%u", w->segments + 1, number);
}


static void
edifact_close(writer_t *w, uint32_t sets)
{
    segment(w, '\'', "UNZ+%u+%u", sets, w->control);
}


static const syntax_t syntaxes[] = {
    { "850", x12_open, x12_set, x12_close },
    { "ORDERS", edifact_open, edifact_set, edifact_close },
};


/* -- the file ------------------------------------------------------------- */

static void
interchange(writer_t *w, const syntax_t *s)
{
    uint32_t sets = 0;

    s->open(w);

    while (w->one ? w->written < w->megabytes * 1000000 : sets < SETS) {
        s->set(w, ++sets);
        flush(w);
    }

    s->close(w, sets);
    flush(w);
}


int
main(int argc, char **argv)
{
    writer_t w = { .dice = 850, .megabytes = 100 };
    const char *set = "850";
    uint64_t one = 0;
    const bench_option_t options[] = {
        { "--megabytes", NULL, &w.megabytes },
        { "--one", NULL, &one },
        { "--set", &set, NULL },
        { NULL, NULL, NULL },
    };
    const syntax_t *s = &syntaxes[0];

    bench_options(argc, argv, options);
    w.one = one != 0;
    s += strcmp(set, syntaxes[1].name) == 0;
    if (strcmp(set, s->name) != 0) {
        bench_die("--set is 850 or ORDERS");
    }

    while (w.written < w.megabytes * 1000000) {
        interchange(&w, s);
    }

    xd_buf_free(&w.out);

    return fflush(stdout) == 0 ? 0 : 2;
}
