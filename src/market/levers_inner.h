/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_LEVERS_INNER_H
#define LG_MARKET_LEVERS_INNER_H
#include "market/levers.h"

/** Inside the search for levers: who looks, and what was found so far. */
enum { LG_LEVER_STEPS = 2, LG_LEVER_FARTHER = 2 };

struct lg_lever_gain {
	int64_t gain;
	uint32_t lever, person;
};

struct lg_lever_worker {
	const struct lg_levers *l;
	struct lg_lever *tally; /* [levers] only the counts are used */
	uint64_t *opened;       /* [levers][words] bits: openings */
	struct lg_lever_gain *gains;
	size_t n_gains, cap_gains;
	bool failed; /* the engine refused somebody, or had no memory */
	/* the person looked at */
	const struct lgm_candidate *c;
	uint8_t level[256]; /* by language */
	bool *has;          /* [skills] */
	uint64_t open;      /* openings that may be proposed as it is */
	struct lg_lever_person {
		uint64_t pairs;
		int64_t gain;
		bool touched;
	} * person;        /* [levers] */
	uint32_t *touched; /* levers */
	size_t n_touched;
};

struct lg_levers {
	struct lg_levers_market m;
	struct lg_lever *all; /* [n] */
	size_t n, words;
	uint32_t *language;        /* [256] the first of a language: then by `from`, then by step */
	uint32_t *licence, *skill; /* [vocabulary] */
	uint64_t **trained; /* [licences] bits: occupations that a licence can be recognised for; NULL: not asked */
	uint32_t travel;    /* the first */
	size_t *points_at;  /* [openings] where the points of an opening's skills begin */
	uint16_t *points;
	struct lg_lever_worker *workers;
	size_t n_workers;
	/* after the end */
	struct lg_lever_gain *gains; /* by lever, then the greatest first, then by person */
	size_t n_gains;
};

/** The people who gain by a lever, the greatest gain first. @return how many */
size_t lg_levers_gains(const struct lg_levers *l, const struct lg_lever *lever, const struct lg_lever_gain **out);
#endif
