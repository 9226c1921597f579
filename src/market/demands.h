/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_DEMANDS_H
#define LG_MARKET_DEMANDS_H
#include "landgang/match.h"

/**
 * The hard demands without the score: the same set that lgm_compare() finds, some ten times faster, for loops over all
 * pairs. The tests hold the two equal; what is shown or decided is always asked of lgm_compare() again.
 * Pure. Threads: any.
 */
struct demands_person {
	const struct lgm_candidate *c; /* borrowed */
	uint8_t level[256];            /* by language */
};
void demands_person(struct demands_person *out, const struct lgm_candidate *c);

/** How many half hours of an opening's schedule somebody must be free. */
uint16_t demands_slots(const struct lgm_setup *s, const struct lgm_opening *o);

/** @return set of enum lgm_demand; `slots` is what demands_slots() says of the opening */
unsigned demands_failed(const struct lgm_setup *s, const struct demands_person *p, const struct lgm_opening *o,
                        uint16_t slots);
#endif
