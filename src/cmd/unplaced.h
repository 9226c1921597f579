/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CMD_UNPLACED_H
#define LG_CMD_UNPLACED_H
#include "cmd/load.h"
#include "cmd/output.h"

/**
 * unplaced.csv: people without a place, how many openings each demand shuts to them, and the opening that comes
 * nearest: the fewest failed demands, then the highest score, then the smallest id.
 */
struct unplaced {
	const uint32_t *candidates; /* [n], ascending */
	size_t n;
	struct lgm_misses *misses; /* [n]; from unplaced_find() */
};
/** Compare each with every opening. `misses` lives in cx->mem. Some 30 ns a pair. */
LG_MUST enum lg_err unplaced_find(struct lg_ctx *cx, struct unplaced *who, const struct lgm_index *ix,
                                  const struct lg_market *market, size_t workers, struct progress *p);
LG_MUST enum lg_err unplaced_write(struct output *to, struct output_file **file, const struct lg_market *market,
                                   const struct unplaced *who);
#endif
