/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef XD_MAP_CODECS_H
#define XD_MAP_CODECS_H

#include "map/line.h"
#include "map/target.h"


/* What stands on the side of the format, as far as codecs care. */
typedef enum {
    MAP_L_TEXT,
    MAP_L_NUMBER,
    MAP_L_INTEGER,
    MAP_L_DATE,
    MAP_L_TIME,
    MAP_L_VALUES, /* several, of which the first is none of these: */
    MAP_L_DATES,  /* a day, a time, a zone */
    MAP_L_PAIRS,  /* .6* */
    MAP_L_PAIR,   /* .6*[PO] */
    MAP_L_GROUP,
    MAP_L_GROUPS, /* [*] */
    MAP_L_TEXTS,  /* [*] and a key */
    MAP_L_HERE,   /* the group at hand */
    MAP_L_FIXED   /* a text of the map */
} map_left_kind_t;

#define MAP_L(kind) (1u << (kind))
#define MAP_L_VALUE                                                            \
    (MAP_L(MAP_L_TEXT) | MAP_L(MAP_L_NUMBER) | MAP_L(MAP_L_INTEGER)            \
        | MAP_L(MAP_L_DATE) | MAP_L(MAP_L_TIME))

/* What a codec is given in parentheses. */
typedef enum {
    MAP_W_NONE,
    MAP_W_TABLES, /* names of tables, or the usual ones */
    MAP_W_NUMBER,
    MAP_W_WORDS /* whatever the codec knows */
} map_words_t;

/* A named block of a codec, and what its lines are against: a dotted path from
 * the codec's own member; "" is the document. */
typedef struct {
    const char *name, *object;
    const char *makes; /* members that the codec itself makes, " unitNo " */
    bool partial;      /* others of its members stand in another block */
} map_blocks_t;

/* A codec by its name in maps. */
typedef struct {
    const char *name;
    const map_codec_t *codec;
    unsigned left;      /* kinds that it takes, of MAP_L */
    unsigned min, most; /* keys */
    map_words_t words;
    const char *tables[2]; /* the usual ones; NULL: must be named */
    unsigned ntables;
    const map_blocks_t *blocks; /* ends with a NULL name; NULL: none, or one
                                   without a name, as `each` has */
    bool whole;                 /* writes all of its group by itself */
    bool line;                  /* its line has a block without a name */
    bool again;     /* looks at what other lines read into its member */
    const char *is; /* one sentence, for people */
} map_codec_row_t;

extern const map_codec_row_t map_codec_rows[]; /* ends with a NULL name */

/* What two sides make of a line that names no codec. */
typedef struct map_usual_s {
    map_left_kind_t left;
    map_right_kind_t right;
    const char *codec;
    int64_t number;
} map_usual_t;

extern const map_usual_t map_usual[]; /* ends with a NULL codec */

#endif
