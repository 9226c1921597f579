/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_BENCH_BENCH_H
#define LG_BENCH_BENCH_H
#include "field.h"
#include "table.h"

enum { TOP = 20 }; /* length of the lists */

/** A market under measurement. */
struct bench {
	struct field *field;
	struct lgm_index *ix;
	struct lgm_join *join;                 /* both sides' lists, with the widest instructions */
	struct lgm_plan *plan;                 /* the proven placement by score */
	double cpu_index, cpu_join, cpu_brute; /* brute force: one opening */
	struct table *table;
};

/** Index and lists. Fills ix, join and their times. */
void measure_retrieval(struct bench *b);
/** New openings and candidates, one at a time. */
void measure_questions(struct bench *b);
/** Placements: on the lists, and proven over all pairs; against LEMON. Fills plan. */
void measure_placement(struct bench *b);
/** Changes under a proven placement. */
void measure_changes(struct bench *b);

/** A market of its own, with two threads. */
void measure_large(const struct field_wanted *wanted, struct table *table);

/** Write the market, and the engine's answers for some openings, as tables for PostgreSQL. */
void dump(const struct field *f, const char *folder, size_t sample);

/** Everybody's lists. */
struct lgm_join *bench_join(const struct lgm_index *ix, size_t workers);
struct lgm_index *bench_index(const struct field *f);

struct proof {
	size_t rounds;
	uint64_t violated;
	double cpu, wall;
};
/** Rounds of solving and pricing until nothing is violated; prints a line for each. */
struct proof bench_prove(struct lgm_plan *plan, size_t workers, size_t rounds_most);
#endif
