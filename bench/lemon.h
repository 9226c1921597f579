/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_LEMON_H
#define LG_BENCH_LEMON_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The peer: the network simplex of LEMON (https://lemon.cs.elte.hu) on the same graph. */
struct lemon_edge {
	uint32_t candidate, opening;
	int32_t score;
};

struct lemon_graph {
	size_t candidates, openings, edges;
	struct lemon_edge *edge; /* by candidate, ascending */
	uint16_t *positions;     /* of each opening */
};

struct lemon_answer {
	bool optimal;
	int64_t score;
	double cpu_build, cpu_solve;
};

void lemon_solve(const struct lemon_graph *graph, struct lemon_answer *answer);

#ifdef __cplusplus
}
#endif
#endif
