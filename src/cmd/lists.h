/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_LISTS_H
#define LG_CMD_LISTS_H
#include "base/ctx.h"
#include "cmd/progress.h"
#include "landgang/match.h"

/**
 * Both sides' ranked lists, joined: for each candidate the openings of the own list and those on whose list the
 * candidate stands. Lives as long as the context. 16 bytes a pair.
 */
struct lists_pair {
	uint32_t opening;
	uint32_t rank_candidate, rank_opening; /* from 1; 0: not on that list */
	uint16_t score;
};

struct lists {
	size_t n_candidates;
	uint64_t *start;          /* [n_candidates]: where the pairs of a candidate begin */
	uint32_t *length;         /* [n_candidates] */
	struct lists_pair *pairs; /* of a candidate: best score first, equal ones by opening */
	uint64_t n_pairs, feasible;
};

/** Of a join that has ended, with lists of at most k. */
LG_MUST enum lg_err lists_of_join(struct lg_ctx *cx, struct lists *out, const struct lgm_index *ix,
                                  const struct lgm_join *join, size_t k);

/** Every feasible pair there is, ranked both ways by sorting. For small markets: all pairs are held in memory. */
struct lists_market {
	const struct lgm_index *ix;
	const struct lgm_candidate *candidates;
	size_t n_candidates, n_openings, workers;
};
LG_MUST enum lg_err lists_of_all(struct lg_ctx *cx, struct lists *out, const struct lists_market *m,
                                 struct progress *p);
#endif
