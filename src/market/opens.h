/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_MARKET_OPENS_H
#define LG_MARKET_OPENS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"
#include "landgang/match.h"

/**
 * @file
 * What opens the most: the single changes of one candidate that make more openings feasible, or the best one better.
 * No I/O. Threads: any, each with its own context.
 */

enum lg_change_kind {
	LG_LEARN_LANGUAGE, /* `what` from level `from` (0: none stated) to `to` */
	LG_GET_LICENCE,    /* `what` held */
	LG_TRAVEL,         /* commute from `from` to `to`, in steps of 10 m */
	LG_ANY_HOURS,      /* no limits of hours */
	LG_TAKE_CONTRACT,  /* the kind `what` of enum lgm_contract */
	LG_START,          /* start on the day `day` */
	LG_LEARN_SKILL,    /* the skill `what` */
	LG_CHANGES
};
/** "language", "licence", "commute", "hours", "contract", "start", "skill". */
const char *lg_change_name(enum lg_change_kind kind);

struct lg_change {
	enum lg_change_kind kind;
	uint16_t what;
	uint32_t from, to;
	int32_t day;
	uint64_t opens; /* openings that become feasible, whatever the reserve */
	uint16_t best;  /* the best score with it, or 0: nothing can be proposed */
};

/** The openings it is about: an index of just these (and of any candidates), in any order. All borrowed. */
struct lg_opens_market {
	const struct lgm_setup *setup;
	const struct lgm_index *index;
	const struct lgm_opening *openings;
	size_t n_openings;
	int32_t today;
};

struct lg_opens {
	uint64_t feasible; /* openings feasible as it is */
	uint16_t best;     /* the best score as it is, or 0 */
	struct lg_change *changes;
	size_t n;
};

/**
 * Try each change alone: every language that an opening asks for, raised to every level up to the highest asked; every
 * licence asked for, held; 10, 25 and 50 km more of travel; no limits of hours; every kind of contract; a start today;
 * each of the LG_OPENS_SKILLS skills most asked for.
 *
 * Best first: by openings that become feasible, then by the best score, then the smaller change (in order of the
 * kinds, `what`, `to`). Left out are those that give nothing, and a step that opens no more than a smaller one of the
 * same thing. The list lives in cx->mem. LG_FAULT: the candidate breaks its contract, or no memory. O(openings) and one
 * lgm_best_openings for each change, of which there are seldom a hundred.
 */
enum { LG_OPENS_SKILLS = 20 };
LG_MUST enum lg_err lg_opens(struct lg_ctx *cx, const struct lg_opens_market *m, const struct lgm_candidate *c,
                             struct lg_opens *out);

/** The candidate after the change. Changed lists are made in `mem`, the others are the old ones. */
struct lgm_candidate lg_change_made(struct lg_arena *mem, const struct lgm_candidate *c,
                                    const struct lg_change *change);
#endif
