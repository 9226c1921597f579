/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A large market from nothing to the proof, with two threads, and the memory it takes. */
#include <stdio.h>

#include "bench.h"
#include "tool.h"

enum { WORKERS = 2, ROUNDS_MOST = 12 };

struct phase {
	double cpu, wall;
};

static struct phase now(void) { return (struct phase){ tool_cpu(), tool_wall() }; }

static void took(const char *what, struct phase *since)
{
	struct phase n = now();
	(void)printf("  %-8s %8.2f s   %8.2f CPU s   peak so far %s MB\n", what, n.wall - since->wall,
	             n.cpu - since->cpu, tool_count((uint64_t)tool_memory_peak()));
	(void)fflush(stdout);
	*since = now();
}

static struct proof place(struct bench *b)
{
	struct phase p = now();
	tool_must(lgm_plan_new(&b->plan, b->ix, LGM_SCORE, WORKERS, NULL));
	tool_must(lgm_plan_seed(b->plan, b->join));
	took("seed", &p);
	(void)printf("\nPlacement by score over all pairs: %d threads, CPU seconds, at most %d rounds\n", WORKERS,
	             ROUNDS_MOST);
	struct proof proof = bench_prove(b->plan, WORKERS, ROUNDS_MOST);
	took("proof", &p);
	return proof;
}

void measure_large(const struct field_wanted *wanted, struct table *table)
{
	struct bench b = { .table = table };
	(void)tool_memory_mark();
	struct phase p = now(), begin = p;
	b.field = field_new(wanted);
	field_print(b.field);
	(void)printf("\nFrom nothing to the proof: %d threads\n", WORKERS);
	took("market", &p);
	b.ix = bench_index(b.field);
	took("index", &p);
	b.join = bench_join(b.ix, WORKERS);
	took("join", &p);
	(void)printf("  feasible pairs: %s\n", tool_count(lgm_join_feasible(b.join)));
	struct proof proof = place(&b);
	took("in all", &begin);
	table_at_most(table, (double)proof.violated, 0, "", "large: violated pairs left after %zu rounds",
	              proof.rounds);
	table_at_most(table, tool_memory_peak(), 4000, "MB", "large: peak memory, market and all");
	lgm_plan_free(b.plan);
	lgm_join_free(b.join);
	lgm_index_free(b.ix);
	field_free(b.field);
}
