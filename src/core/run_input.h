/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_RUN_INPUT_H
#define LG_CORE_RUN_INPUT_H
#include "app/seal.h"
#include "base/buf.h"
#include "core/match_live.h"
#include "market/opens.h"

/**
 * @file
 * What a run is computed from, as lines of JSON: who reads them years later needs nothing else but the taxonomy.
 *
 *     {"run": 1, "objective": "people", "reserve": 0, "weights": {"occupation": 3000, ...}, "schedule": 75, "grace":
 * 30}
 *     {"course": {"language": "da", "from": "a1", "to": "b1", "seats": 20}}      of a what-if: a course for who finds
 * nothing
 *     {"candidate": "HANDLE", "facts": {...}}                  ascending, as lg.match_entry has them
 *     {"opening": "HANDLE", "free": 2, "facts": {...}}         ascending
 *     {"decided": ["HANDLE", "HANDLE"]}                        a candidate and an opening that people have decided
 * about
 *
 * There is no line for a name, and facts hold codes and numbers only (core/match_terms.h). The text is cut at ends of
 * lines into pieces, which are sealed with the key of the office; the hash is SHA-256 over the SHA-256 of each piece.
 */
enum { RUN_PIECE = 512 << 10, RUN_LINE = 256 << 10, RUN_HASH = 32, RUN_SEATS_MOST = 10000 };

struct run_input_piece {
	const char *text;
	size_t n;
	struct run_input_piece *next;
};
/** Pieces in the making. All of it is of cx. */
struct run_input {
	struct lg_buf *open; /* the piece that grows */
	struct run_input_piece *first, *last;
	size_t n;
};
void run_input_begin(struct lg_ctx *cx, struct run_input *out);
/** One more line, without its end. LG_INVALID: too long */
LG_MUST enum lg_err run_input_line(struct lg_ctx *cx, struct run_input *in, const char *line);
void run_input_end(struct lg_ctx *cx, struct run_input *in);
/** A piece that was kept. */
void run_input_put(struct lg_ctx *cx, struct run_input *in, const char *text, size_t n);
void run_input_hash(uint8_t out[RUN_HASH], const struct run_input *in);

/** How it begins: what was ordered (src/core/run.def), and of what was not said what the lists of matches have. */
LG_MUST enum lg_err run_input_head(struct lg_ctx *cx, struct run_input *in, const json_t *order,
                                   const struct lgm_setup *setup);
/** A person; an opening, with how many positions it has free; a pair that is left out. `facts`: JSON. */
LG_MUST enum lg_err run_input_candidate(struct lg_ctx *cx, struct run_input *in, const char *handle, const char *facts);
LG_MUST enum lg_err run_input_opening(struct lg_ctx *cx, struct run_input *in, const char *handle, int64_t free_now,
                                      const char *facts);
LG_MUST enum lg_err run_input_decided(struct lg_ctx *cx, struct run_input *in, const char *candidate,
                                      const char *opening);

/** A head that was kept, and what a what-if changes of it: the reserve and weights that its order names. */
LG_MUST enum lg_err run_input_head_again(struct lg_ctx *cx, struct run_input *in, const char *head,
                                         const json_t *order);
/** A course of a what-if's order (src/core/what_if.def); none is a line of its own. */
LG_MUST enum lg_err run_input_course(struct lg_ctx *cx, struct run_input *in, const json_t *order);

/** A course that the order of a what-if names, in the engine's terms: to whoever of those who find nothing lacks it. */
struct run_course {
	bool any;
	struct lg_change change;
	uint64_t seats;
};

/** The same in the engine's terms. Candidates and openings have their places in the lists as ids. */
struct run_market {
	struct lgm_setup setup; /* with the weights and the reserve of the run; its vocabulary is that of the terms */
	enum lgm_objective objective;
	struct run_course course;
	size_t n_candidates, n_openings, n_unlike, n_closed, n_decided;
	uint8_t (*candidate_handles)[MATCH_HANDLE], (*opening_handles)[MATCH_HANDLE]; /* ascending */
	uint8_t (*unlike)[MATCH_HANDLE]; /* candidates who cannot be compared: where they are is not known */
	struct lgm_candidate *candidates;
	struct lgm_opening *openings; /* n_closed more could not be compared */
	struct run_decided {
		uint32_t opening, candidate;
	} * decided; /* ascending, no repeats */
};
/** All of cx. LG_INVALID: a line is not what it should be. */
LG_MUST enum lg_err run_input_read(struct lg_ctx *cx, struct run_market *out, const struct run_input *in,
                                   const struct match_terms *terms);
#endif
