/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef TEST_MATCH_INVENTED_H
#define TEST_MATCH_INVENTED_H
#include "landgang/match.h"

/**
 * Small invented markets for the engine's tests: every field and list varies, values sit on the borders of the demands
 * on purpose, and a good part of the pairs is feasible. The same seed gives the same market.
 */
struct invented {
	struct lgm_setup setup;
	struct lgm_candidate *candidates;
	struct lgm_opening *openings;
	size_t n_candidates, n_openings;
};

struct invented *invented_new(uint64_t seed, size_t candidates, size_t openings);
/** Make it kinder: everybody lives where the openings are, wants any work at any time, and many openings ask for
 * little. */
void invented_ease(struct invented *m);
void invented_free(struct invented *m);
/** One more candidate or opening with this id, drawn by seed; its lists live as long as the market. */
struct lgm_candidate invented_candidate(struct invented *m, uint64_t seed, uint32_t id);
struct lgm_opening invented_opening(struct invented *m, uint64_t seed, uint32_t id);
uint64_t invented_random(uint64_t *state);
#endif
