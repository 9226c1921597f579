/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_MATCH_H
#define LG_CMD_MATCH_H
#include "cmd/levers.h"
#include "cmd/lists.h"
#include "cmd/load.h"
#include "cmd/output.h"
#include "cmd/placement.h"
#include "cmd/progress.h"

/** One run of `landgang match`, from its options to what it found. */
struct match {
	struct load_files files;
	const char *out, *top_text;
	uint64_t reserve, threads;
	bool reserve_given, assign, prove, quiet, report;
	unsigned objective, simd, language; /* places in the lists of choices */
	size_t top;                         /* length of the lists; 0: every feasible pair */

	struct load in;
	struct lgm_index *ix;
	struct lgm_join *join; /* NULL with every pair */
	struct lists lists;
	struct placement placement; /* with assign */
	uint32_t *without;          /* candidates without a place, or without any proposal */
	size_t n_without;
	struct lgm_misses *misses; /* [n_without]: what stands between each of them and the openings */

	bool opens, seats_given;
	uint64_t seats;       /* of a course */
	struct levers levers; /* with opens */

	struct output *output;
	struct output_file *proposals, *assignment; /* assignment: NULL without assign */
	struct progress progress;
};

enum lgm_objective match_objective(const struct match *m);

/** summary.json. */
LG_MUST enum lg_err match_write_summary(struct lg_ctx *cx, struct match *m);
/** What came out, in plain words, on stdout. */
void match_print_words(const struct match *m);
#endif
