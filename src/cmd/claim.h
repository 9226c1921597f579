/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_CLAIM_H
#define LG_CMD_CLAIM_H
#include "cmd/input.h"
#include "cmd/load.h"

/** What a result's summary.json claims, as far as it is checked. Strings live as long as the context. */
struct claim {
	struct claim_file {
		const char *path, *sha256;
	} candidates, openings, taxonomy, confirmed; /* NULL: none */
	const char *taxonomy_hash;
	struct lgm_setup setup; /* only weights, min_schedule_percent, start_grace_days, reserve */
	bool assigned, people, proven;
	int64_t bonus, placed, score_sum;
	const char *assignment_sha256, *proposals_sha256;
};

/** Read it. LG_INVALID: it is not one of ours, or not whole. */
LG_MUST enum lg_err claim_read(struct lg_ctx *cx, const char *path, struct claim *out);
#endif
