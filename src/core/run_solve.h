/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RUN_SOLVE_H
#define LG_CORE_RUN_SOLVE_H
#include "core/run_input.h"

/**
 * @file
 * The best plan for all of a run at once, proven over all pairs and checked anew by what does not know how it was found
 * (market/verify.h, which `landgang check` uses too). Pairs that people have decided about are left out.
 *
 * The result as text, whose SHA-256 is the hash of the run; by ascending handles, lines end in \n:
 *
 *     run 1 placed N score S
 *     HANDLE HANDLE SCORE          candidate and opening
 *     HANDLE - WHY                 a candidate who found nothing
 *
 * With a course (of a what-if) the plan is solved twice: as it is, which says who finds nothing and to whom of them the
 * seats bring most (market/levers.h), and then from nothing with these people changed, with a proof of its own; both
 * must come to the same. Its first line is followed by "course seats N taken N", and lines of who has a seat end in
 * " seat".
 *
 * Threads: none but the caller's. The same input gives the same text, on every machine.
 */

/** Why somebody found nothing. */
enum run_why {
	RUN_PLACED,
	RUN_DEMANDS, /* no opening whose every demand is met */
	RUN_RESERVE, /* there are some, and all score less than the reserve */
	RUN_DECIDED, /* there are some, and people have decided about all of them */
	RUN_TAKEN,   /* the positions are others', for whom more comes of it */
	RUN_UNLIKE,  /* nothing can be compared: where they are is not known */
	RUN_WHYS
};
const char *run_why_code(enum run_why why); /* "demands"; "" for RUN_PLACED */

/** What is being done. */
enum run_stage {
	RUN_WAIT,
	RUN_READ,
	RUN_LISTS,
	RUN_PLACE,
	RUN_PROVE,
	RUN_COURSE,
	RUN_CHECK,
	RUN_REASONS,
	RUN_KEEP,
	RUN_STAGES
};
const char *run_stage_code(enum run_stage stage); /* "wait" */

/** Told now and then; what is not LG_OK stops the run with it. */
struct run_watch {
	enum lg_err (*tell)(struct lg_ctx *cx, void *with, enum run_stage stage, size_t done, size_t all);
	void *with;
};

#define RUN_NOWHERE UINT32_MAX
struct run_result {
	uint32_t *opening; /* of each candidate: an opening, or RUN_NOWHERE */
	uint16_t *score;
	enum run_why *why;
	uint16_t *failed; /* RUN_DEMANDS: on which demands the nearest opening fails, a set of enum lgm_demand */
	int64_t *u, *v;   /* duals of candidates, and of positions of openings */
	uint32_t *taken;  /* positions of each opening */
	int64_t bonus;    /* of each pair's weight, beside its score */
	struct lgm_totals totals;
	unsigned rounds;    /* of looking through all pairs until none was missing */
	uint64_t looked_at; /* pairs that the check looked at: all */
	uint64_t faults;    /* that it found: none, or the run is of no use */
	uint64_t count[RUN_WHYS];
	bool *seat; /* of each candidate: has one in the course; NULL: there is no course */
	uint64_t seats_taken;
	struct lgm_totals before; /* without the course */
	struct lg_buf *text;
	uint8_t hash[RUN_HASH];
};
/** Openings with decided pairs, times candidates: no more can be left out. */
enum { RUN_LEFT_OUT_MOST = 32 << 20 };
/** All of cx. LG_INVALID: more decided pairs than can be left out; LG_BUSY: no memory; LG_FAULT: the check found
 * faults. */
LG_MUST enum lg_err run_solve(struct lg_ctx *cx, struct run_result *out, const struct run_market *m,
                              const struct run_watch *watch);
#endif
