/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TAXONOMY_SPOT_H
#define LG_TAXONOMY_SPOT_H
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "taxonomy/taxonomy.h"

/**
 * @file
 * Spotting: which skills and occupations does a text name, an advertisement or a CV, and with which words?
 *
 * What is found is a suggestion. It comes with its place in the text, so that people see why, and take it out. Rather
 * too little is found than something wrong:
 *
 *   labels      are found as rows of words whose stems are the same (taxonomy/spot_text.h); a label of one word, only
 *               in the forms that a noun has. Articles within a row are passed over; other words, commas, full stops
 *               and ends of lines are not. Of a compound the last part may be the label. Labels that are names ("CAD",
 *               "Word") need their capitals; words too general to tell (taxonomy/spot.def) are not looked for alone.
 *   sentences   where the employer tells what is offered, and lines that end in an address, give no skills; neither
 *               do words that are denied ("no driving licence needed"). Sentences of the employer alone give less.
 *   an occupation  in the first line, which is taken for the headline, counts in full; behind such as "as" or "we
 *               seek", or first in its line, it counts four fifths; anywhere else not half, for the nurse whom one
 *               works with is not the one who is sought.
 *   languages   named, else told by the commonest words; English names are found in all.
 *
 * Of two finds that overlap, the longer is taken. ISCO's groups are not looked for. Scores say how far to trust a find
 * and were chosen by hand; they are no probabilities.
 *
 * Measured (`./dev bench spot`) on 263 sentences of Danish advertisements with 135 marked spans, with the built-in
 * vocabulary and LG_SPOT_SURE: 38 finds, .68 of them overlap a marked span, .21 are the very span; .19 of the spans are
 * found. At first, before those sentences had been read: 52 finds, .52, .15 and .18. Of ESCO no Danish labels of skills
 * are to be had; with its occupations, and their words for splitting compounds: 30 finds, .67, .23 and .15.
 * Many a find that is not marked is right: "undervisning i matematik".
 */
struct lg_spotter;

enum lg_spot_kind { LG_SPOT_SKILL, LG_SPOT_OCCUPATION };

struct lg_spot {
	enum lg_spot_kind kind;
	uint16_t item;     /* the skill, or the occupation's concept */
	uint16_t score;    /* 1..10000: that of its best place */
	uint32_t from, to; /* bytes of its first place, on borders of characters */
	uint32_t count;    /* places */
	const char *label; /* that matched at the first place; the taxonomy's */
	char language[4];  /* of the label */
};

/** Best first, then as they stand in the text; each concept once. */
struct lg_spots {
	const struct lg_spot *at;
	size_t n;
	size_t steps; /* rows and labels that were looked at, which is how much work it was */
};

enum {
	LG_SPOT_TEXT_MAX = 1 << 20, /* bytes of a text */
	LG_SPOT_SURE = 6500         /* what scores less is better not suggested unasked */
};

/**
 * For all labels of occupations and skills of a taxonomy, which must outlive it. A second for ESCO in four
 * languages, 20 ms for the built-in one. Memory: cx->mem. Never changed once made: any number of threads
 * may ask it at once.
 */
struct lg_spotter *lg_spotter_new(struct lg_ctx *cx, const struct lg_taxonomy *t);

/**
 * `language` is that of the text ("da"), or "any". Bytes that are not UTF-8 part words. LG_INVALID: the text is longer
 * than LG_SPOT_TEXT_MAX. Results are in cx->mem. O(n) but for sorting what was found.
 */
LG_MUST enum lg_err lg_spot(struct lg_ctx *cx, const struct lg_spotter *s, const char *language, const char *text,
                            size_t n, struct lg_spots *out);
#endif
