/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_MATCH_STRONG_H
#define LG_CORE_MATCH_STRONG_H
#include <stdbool.h>

#include "landgang/match.h"

/**
 * @file
 * What is called a strong match: four fifths of the points that THIS opening can give, counted over the parts that it
 * asks about.
 *
 * Why not four fifths of all 10,000: an opening that names no skills gives everybody the same half of the 4,000 points
 * for skills, one without a timetable half of those for the timetable. Nobody can get the other half, so that in an
 * office with plain openings (cleaning, a kitchen) nothing would ever be strong; and nobody earned the half they have,
 * so that it is left out of both sides. What is left is what people differ in for this opening.
 *
 *   - occupation and wish: asked about where the opening names an occupation;
 *   - skills, essential and optional: where it names such;
 *   - language: where it asks for one; it can give no more than the levels above the one it asks for;
 *   - distance: unless it is remote;
 *   - schedule: where it has a timetable.
 *
 * An opening that names neither an occupation nor an essential skill says nothing of its work: no pair of it is strong,
 * however near somebody lives. A pair that fails a hard demand is not either. The score, the order of lists, and plans
 * know nothing of all this. Pure.
 */
enum { MATCH_STRONG = 80, MATCH_GOOD = 60 }; /* per cent of what the opening can give */

struct match_asked {
	uint16_t most[LGM_PARTS]; /* points that it can give for each part that it asks about; 0: it does not */
	unsigned sum;             /* of these; 0: nothing of it can be called strong */
	unsigned least_else;      /* what whoever it is gets at least for the parts that it does not ask about */
};
struct match_asked match_asked(const struct lgm_setup *setup, const struct lgm_opening *opening);

/** Of asked->sum: how many points this pair has. */
unsigned match_got(const struct match_asked *asked, const struct lgm_verdict *verdict);
/** In 1/10,000 of what the opening can give; 0 where that is nothing. */
unsigned match_strength(const struct match_asked *asked, const struct lgm_verdict *verdict);
bool match_is(const struct match_asked *asked, const struct lgm_verdict *verdict, unsigned percent);
/** No pair of the opening that scores less is strong; UINT16_MAX: none is, whatever its score. */
unsigned match_strong_least(const struct match_asked *asked);
#endif
