/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_VERIFY_H
#define LG_MARKET_VERIFY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "landgang/match.h"

/**
 * Is a placement right, and is it the best of all? Checked with lgm_compare() and quick tests before it that rule out
 * most pairs: nothing of the index or of the solver is used. A pair's weight is bonus + score. With duals u >= 0 of
 * candidates and v >= 0 of positions,
 *
 *     sum of weights of any placement <= sum u + sum positions * v
 *     if u(c) + v(o) >= weight(c, o) for every feasible pair
 *
 * so a placement whose weights add up to the right side cannot be bettered; and when the bonus is greater than any
 * sum of scores, none places more people either.
 *
 * Pure functions on the caller's arrays; verify_cover() and verify_sample() may run on any threads with a report each.
 */
struct verify_pair {
	uint32_t candidate, opening;
	uint16_t score;
};

/** What the cheap tests look at, packed. */
struct verify_near {
	int32_t x, y, z, start;
	uint16_t hours, slots; /* slots: demands_slots() */
	uint8_t contract;
	bool remote;
};

struct verify {
	const struct lgm_setup *setup;
	const struct lgm_candidate *candidates;
	const struct lgm_opening *openings;
	size_t n_candidates, n_openings;
	bool people; /* the objective: as many people as can be */
	int64_t bonus;
	const struct verify_pair *pairs; /* the placement */
	size_t n_pairs;
	const int64_t *u, *v;           /* [n_candidates], [n_openings] */
	const struct verify_near *near; /* [n_openings], made by verify_near() */
};

enum verify_kind {
	VERIFY_REPEATED,   /* a candidate is placed more than once: is = times           */
	VERIFY_OVERFULL,   /* an opening has more people than positions: is, should      */
	VERIFY_INFEASIBLE, /* a pair fails a demand: is = set of enum lgm_demand         */
	VERIFY_RESERVE,    /* a pair scores less than the reserve: is, should            */
	VERIFY_SCORE,      /* a stated score is not the right one: is, should            */
	VERIFY_BONUS,      /* the bonus does not outweigh any sum of scores: is, should  */
	VERIFY_NEGATIVE,   /* a dual is below zero: is                                   */
	VERIFY_IDLE,       /* somebody unplaced, or a position open, yet the dual is not 0: is */
	VERIFY_GAP,        /* the sums differ: is = weights, should = duals              */
	VERIFY_UNCOVERED,  /* u + v is less than a feasible pair's weight: is, should    */
	VERIFY_KINDS
};

#define VERIFY_EXAMPLES 10u
#define VERIFY_NOBODY UINT32_MAX
struct verify_finding {
	enum verify_kind kind;
	uint32_t candidate, opening; /* VERIFY_NOBODY where it is not about one */
	int64_t is, should;
};
struct verify_report {
	uint64_t found[VERIFY_KINDS], looked_at; /* pairs looked at by cover or sample */
	struct verify_finding examples[VERIFY_EXAMPLES];
	size_t n_examples;
};

/** The pairs: each feasible, scored right, nobody twice, nothing overfull. Scratch: zeroed, a number for each. */
void verify_pairs(const struct verify *v, uint32_t *times_placed, uint32_t *taken, struct verify_report *r);
/** The duals and sums, with the counts that verify_pairs() made. */
void verify_duals(const struct verify *v, const uint32_t *times_placed, const uint32_t *taken, struct verify_report *r);
/** u + v >= weight for every feasible pair of candidates from..to-1 and all openings. */
void verify_cover(const struct verify *v, size_t from, size_t to, struct verify_report *r);
/** The same for n pairs of each of the openings from..to-1, drawn from the seed. */
void verify_sample(const struct verify *v, size_t from, size_t to, uint64_t n, uint64_t seed, struct verify_report *r);

struct verify_near verify_near(const struct lgm_setup *s, const struct lgm_opening *o);
/** A quick no: true only for pairs that lgm_compare() finds infeasible too. */
bool verify_far(const struct lgm_setup *s, const struct lgm_candidate *c, const struct verify_near *o);

void verify_merge(struct verify_report *into, const struct verify_report *from);
/** All findings together. */
uint64_t verify_found(const struct verify_report *r);
#endif
