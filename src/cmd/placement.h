/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_PLACEMENT_H
#define LG_CMD_PLACEMENT_H
#include "cmd/load.h"
#include "cmd/output.h"

#define PLACEMENT_NOWHERE UINT32_MAX

/** The best placement of all, with the duals that prove it. Lives as long as the context. */
struct placement {
	size_t n_candidates, n_openings;
	uint32_t *opening; /* [n_candidates]: where placed, or PLACEMENT_NOWHERE */
	uint16_t *score;   /* [n_candidates] */
	int64_t *u, *v;    /* duals of candidates and openings */
	int64_t bonus;
	struct lgm_totals totals;
	struct lgm_plan
	    *plan;         /* where it comes from; lives as long as the context. What stands above does not follow it */
	bool proven;       /* priced over all feasible pairs, and none was missing */
	uint64_t violated; /* of the last pricing */
	struct placement_round {
		uint64_t edges, violated;
		double seconds_solve, cpu_solve, seconds_price, cpu_price;
		bool priced;
	} * rounds;
	size_t n_rounds, rounds_cap;
};

struct placement_how {
	enum lgm_objective objective;
	bool prove; /* price until nothing is missing; else the best on the lists' pairs only */
	size_t workers;
};

/** Phases "solve" and "price". `join` gives the pairs to start from, or is NULL. */
LG_MUST enum lg_err placement_find(struct lg_ctx *cx, struct placement *out, struct lgm_index *ix,
                                   const struct lgm_join *join, const struct placement_how *how, struct progress *p);

/** assignment.csv and duals.csv. */
LG_MUST enum lg_err placement_write_pairs(struct output *to, struct output_file **file, const struct lg_market *m,
                                          const struct placement *pl);
LG_MUST enum lg_err placement_write_duals(struct output *to, struct output_file **file, const struct lg_market *m,
                                          const struct placement *pl);
#endif
