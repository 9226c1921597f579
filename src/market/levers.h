/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_LEVERS_H
#define LG_MARKET_LEVERS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "landgang/match.h"
#include "market/opens.h"

/**
 * @file
 * What opens the most in a whole market: the kinds of help whose lack keeps most people without a place.
 *
 * A lever is one kind of help: Danish from A2 to B1, one licence recognised, one skill, 10 km more of travel. It is
 * measured over everybody who has no place as things stand; who has one is left where he is. Counted are the openings
 * it brings within reach; valued it is by the duals of the placement: with prices v of the positions, somebody without
 * a place who is changed from c to c' adds to the objective
 *
 *     gain(c') = max(0, greatest weight(c', o) - v(o) over the openings o that are feasible then)
 *
 * and that is what solving anew would add, for one person alone, when the prices are the highest that prove the
 * placement (lgm_plan_raise): then v(o) is just what the market loses with one position of o less. (Leonard 1983;
 * Demange and Gale 1985.) For many people at once the sum of gains is an upper bound, as they compete for openings:
 * therefore lg_levers_course() solves anew, warm, what a course of so many seats would bring.
 *
 * No I/O and no threads: like the engine's join it is cut into units of work that may run on any threads in any order.
 * The results depend on neither.
 */

struct lg_lever {
	enum lg_change_kind kind; /* LG_LEARN_LANGUAGE, LG_GET_LICENCE, LG_TRAVEL or LG_LEARN_SKILL */
	uint16_t what;            /* language, licence or skill */
	uint32_t from, to;        /* levels of a language; LG_TRAVEL: `to` is how much farther, in steps of 10 m */
	/* Counted over the people without a place. A pair counts when it meets every demand and the reserve. */
	uint64_t people;   /* to whom it opens at least one opening */
	uint64_t pairs;    /* (person, opening) that it opens */
	uint64_t openings; /* different openings among them */
	uint64_t shut;     /* of `people`: to whom nothing at all is open as it is */
	/* Valued by the duals. */
	uint64_t gainers; /* people with a gain above 0 */
	uint64_t
	    blocks;    /* people who alone, with it, would bring one more placement; 0 for LGM_SCORE: it has no bonus */
	int64_t value; /* sum of gains without the bonuses in them, in points of score; may be below 0 with bonuses */
	/* A course, solved anew. */
	bool solved;
	uint64_t seats, taken; /* seats offered; people who took one */
	const uint32_t *who;   /* [taken] those people, ascending; lives in cx->mem of the course */
	int64_t more_placed;   /* people placed beyond those placed now; below 0 only under LGM_SCORE */
	int64_t more_score;    /* and the sum of scores beyond what it is now; below 0 only where more are placed */
};

/** All borrowed while the search lives. candidates[i].id == i and openings[i].id == i, as lg_intake_end() leaves them.
 */
struct lg_levers_market {
	const struct lgm_setup *setup;
	const struct lgm_index *index;
	const struct lgm_candidate *candidates;
	const struct lgm_opening *openings;
	size_t n_candidates, n_openings;
	const uint32_t *without; /* [n_without] candidates without a place, ascending */
	size_t n_without;
	const int64_t *price; /* [n_openings] the duals, raised */
	int64_t bonus;
};

struct lg_levers; /* a search for levers; ended with the context */

/**
 * Begin. The levers tried: each language that openings ask for, from each level people have to the next two whole
 * levels of the CEFR; each licence that openings ask for; 10 and 25 km more of travel; each of the LG_LEVERS_SKILLS
 * skills that most openings ask for. A licence is tried with those it might be recognised for: who has it pending, or
 * an occupation that is close, by LG_LEVERS_TRAINED per cent or more, to one of an opening that asks for it; else it
 * would make teachers of lorry drivers. O(openings + licences * concepts). Memory: a bit for each lever and opening and
 * some hundred bytes a lever, both for each worker; 16 bytes for each gain above 0.
 */
enum { LG_LEVERS_SKILLS = 40, LG_LEVERS_TRAINED = 50 };
struct lg_levers *lg_levers_new(struct lg_ctx *cx, const struct lg_levers_market *m, size_t workers);
/** Units of work, each of some people. Threads: any, a worker of its own each. Some 60 ns an opening in reach. */
size_t lg_levers_units(const struct lg_levers *l);
void lg_levers_work(struct lg_levers *l, size_t worker, size_t unit);
/**
 * After all units: the levers that give anything, in cx->mem; those first whose gains, with the bonuses, sum to most,
 * then by people and pairs, then in the order of kinds, `what`, `from`, `to`. LG_FAULT: a candidate breaks its
 * contract, or no memory.
 */
LG_MUST enum lg_err lg_levers_end(struct lg_ctx *cx, struct lg_levers *l, struct lg_lever **out, size_t *n);

/**
 * What would a course of so many seats bring? It is given to people without a place in order of their gains, equal ones
 * by id; nobody gets a seat who, beside those who have one, would bring nothing: no further placement, or for LGM_SCORE
 * no higher sum. Under LGM_PEOPLE no other choice of people for the seats would place more: whom a market can place is
 * a matroid (Edmonds and Fulkerson 1965), so that taking each who still adds one leads to the most.
 *
 * Fills the last fields of `lever`, one that lg_levers_end() gave. `plan` is proven, its prices those of the search; it
 * is changed warm and brought back (lgm_plan_mark), so that afterwards it is as it was. LG_FAULT: no memory, or a plan
 * that is marked already. Some milliseconds for each seat.
 */
LG_MUST enum lg_err lg_levers_course(struct lg_ctx *cx, struct lg_levers *l, struct lgm_plan *plan, uint64_t seats,
                                     struct lg_lever *lever);

/**
 * The same for one kind of help that was not searched for, and that is given to whoever of m->without lacks it: of a
 * language whoever is at `from` or above (0: or has none of it) and below `to`. So m->without is who may take part, all
 * of them without a place. m->index and m->price are not used. The prices of `plan` are raised by it, which takes
 * nothing from its proof; all else is as it was. `tell` is asked now and then and may stop it; it may be NULL.
 *
 * Fills people (who gain anything, each alone), value, and the last fields of *out. One lgm_plan_worth for each person,
 * and some milliseconds for each seat.
 */
LG_MUST enum lg_err lg_course_of(struct lg_ctx *cx, const struct lg_levers_market *m, struct lgm_plan *plan,
                                 const struct lg_change *change, uint64_t seats,
                                 enum lg_err (*tell)(void *with, size_t done, size_t all), void *with,
                                 struct lg_lever *out);
#endif
