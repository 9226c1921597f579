/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Both sides' lists with each kind of instructions, against the brute force. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "plain.h"
#include "rivals.h"
#include "tool.h"

enum { TURNS = 3, SAMPLE = 300 };

struct lgm_index *bench_index(const struct field *f)
{
	const struct lg_market *m = f->market;
	struct lgm_index *ix;
	tool_must(lgm_index_new(&ix, &f->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL));
	return ix;
}

static void join_unit(void *join, size_t worker, size_t unit) { lgm_join_work(join, worker, unit); }

struct lgm_join *bench_join(const struct lgm_index *ix, size_t workers)
{
	struct lgm_join *join;
	tool_must(lgm_join_new(&join, ix, TOP, workers, NULL));
	tool_run(workers, lgm_join_units(join), join_unit, join);
	lgm_join_end(join);
	return join;
}

static uint64_t hash_lists(const struct lgm_join *join, const struct lg_market *m)
{
	struct lgm_hit hits[TOP];
	uint64_t hash = TOOL_HASH;
	for (uint32_t c = 0; c < m->n_candidates; c++) hash = tool_hash(hash, hits, lgm_join_openings(join, c, hits));
	for (uint32_t o = 0; o < m->n_openings; o++) hash = tool_hash(hash, hits, lgm_join_candidates(join, o, hits));
	return hash;
}

static double least(double a, double b) { return a > 0 && a < b ? a : b; }

/* What one kind of instructions needs: the join by turns, and the brute force on the sample. */
struct joined {
	bool possible;
	double cpu, cpu_brute;
	uint64_t hash;
};

/* --- the brute force on a sample --- */

static bool is_same_list(const struct lgm_hit *x, size_t nx, const struct lgm_hit *y, size_t ny)
{
	return tool_hash(TOOL_HASH, x, nx) == tool_hash(TOOL_HASH, y, ny);
}

struct answers {
	struct lgm_hit hits[SAMPLE][TOP];
	size_t found[SAMPLE];
	uint64_t feasible[SAMPLE];
};

/* @return how many lists differ from the join's or from those of single questions */
static size_t compare(const struct bench *b, const struct answers *a)
{
	const struct lg_market *m = b->field->market;
	size_t wrong = 0, feasible = 0;
	for (size_t i = 0; i < SAMPLE; i++) {
		struct lgm_hit ours[TOP];
		uint32_t opening = tool_pick(i, SAMPLE, m->n_openings);
		size_t n = lgm_join_candidates(b->join, opening, ours);
		wrong += !is_same_list(a->hits[i], a->found[i], ours, n);
		n = lgm_best_candidates(b->ix, &m->openings[opening], ours, TOP, &feasible);
		wrong += !is_same_list(a->hits[i], a->found[i], ours, n) || feasible != a->feasible[i];
	}
	return wrong;
}

static void run_brute(const struct bench *b, enum lgm_simd simd, const struct brute *brute, struct joined *j)
{
	static struct answers a;
	size_t n = b->field->market->n_openings;
	double begun = tool_cpu();
	for (size_t i = 0; i < SAMPLE; i++)
		a.found[i] =
		    rivals[simd].best_candidates(brute, tool_pick(i, SAMPLE, n), a.hits[i], TOP, &a.feasible[i]);
	j->cpu_brute = least(j->cpu_brute, tool_cpu() - begun);
	size_t wrong = compare(b, &a);
	if (wrong) tool_die("%zu of %d lists are not as the brute force has them", wrong, 2 * SAMPLE);
}

/* The brute force anybody would write first: no vector code, so it is the same for all kinds. @return CPU seconds */
static double run_plain(const struct bench *b, struct plain *plain)
{
	static struct answers a;
	size_t n = b->field->market->n_openings;
	double begun = tool_cpu();
	for (size_t i = 0; i < SAMPLE; i++)
		a.found[i] = plain_best_candidates(plain, tool_pick(i, SAMPLE, n), a.hits[i], TOP);
	double cpu = tool_cpu() - begun;
	for (size_t i = 0; i < SAMPLE; i++) {
		struct lgm_hit ours[TOP];
		size_t found = lgm_join_candidates(b->join, tool_pick(i, SAMPLE, n), ours);
		if (!is_same_list(a.hits[i], a.found[i], ours, found))
			tool_die("the plain brute force has another list");
	}
	return cpu;
}

/* --- the joins --- */

static void run_join(struct bench *b, struct joined *j)
{
	double begun = tool_cpu();
	struct lgm_join *join = bench_join(b->ix, 1);
	j->cpu = least(j->cpu, tool_cpu() - begun);
	uint64_t hash = hash_lists(join, b->field->market);
	if (j->possible && hash != j->hash) tool_die("two joins gave different lists");
	j->possible = true;
	j->hash = hash;
	lgm_join_free(b->join);
	b->join = join;
}

/* One after the other in turns, so that what disturbs the machine disturbs all; the least of each is kept. */
static double run_turns(struct bench *b, struct joined joined[LGM_SIMDS])
{
	double cpu_plain = 0;
	struct lg_arena *mem = lg_arena_new(0, NULL);
	const struct brute *brute[LGM_SIMDS];
	for (unsigned simd = 0; simd < LGM_SIMDS; simd++)
		if (lgm_index_use(b->ix, (enum lgm_simd)simd)) brute[simd] = rivals[simd].make(mem, b->field->market);
	struct plain *plain = plain_new(mem, b->field->market);
	for (size_t turn = 0; turn < TURNS; turn++) {
		for (unsigned simd = 0; simd < LGM_SIMDS; simd++) {
			if (!lgm_index_use(b->ix, (enum lgm_simd)simd)) continue;
			run_join(b, &joined[simd]);
			run_brute(b, (enum lgm_simd)simd, brute[simd], &joined[simd]);
		}
		cpu_plain = least(cpu_plain, run_plain(b, plain));
	}
	lg_arena_free(mem);
	return cpu_plain * (double)b->field->market->n_openings / SAMPLE;
}

/* --- what came out --- */

static double pairs_of(const struct bench *b)
{
	return (double)b->field->market->n_candidates * (double)b->field->market->n_openings;
}

static double extrapolated(const struct bench *b, const struct joined *j)
{
	return j->cpu_brute * (double)b->field->market->n_openings / SAMPLE;
}

static void print_kind(const struct bench *b, enum lgm_simd simd, const struct joined *j)
{
	double brute = extrapolated(b, j), pairs = pairs_of(b);
	(void)printf("  %-7s join, both sides %8.2f CPU s  %9.3g pairs per CPU s   lists %016" PRIx64 "\n",
	             lgm_simd_name(simd), j->cpu, pairs / j->cpu, j->hash);
	(void)printf(
	    "  %-7s brute, one side  %8.2f CPU s  %9.3g pairs per CPU s   %.2f x; from %.3f CPU s for %d openings\n",
	    "", brute, pairs / brute, brute / j->cpu, j->cpu_brute, SAMPLE);
}

static void print_all(const struct bench *b, const struct joined joined[LGM_SIMDS], double plain)
{
	(void)printf("\nLists: top %d of both sides, exact, one thread, least of %d turns\n", TOP, TURNS);
	(void)printf("  index %.2f CPU s, %s MB\n", b->cpu_index, tool_count(lgm_index_bytes(b->ix) / 1000000));
	for (unsigned simd = LGM_SIMDS; simd-- > 0;)
		if (joined[simd].possible) print_kind(b, (enum lgm_simd)simd, &joined[simd]);
	(void)printf("  plain brute force, one side %7.2f CPU s  %9.3g pairs per CPU s\n", plain, pairs_of(b) / plain);
	(void)printf("  brute force against joins and single questions: 0 of %d lists differ\n", 2 * SAMPLE);
	(void)printf("  feasible pairs: %s (%.3f %%)\n", tool_count(lgm_join_feasible(b->join)),
	             100 * (double)lgm_join_feasible(b->join) / pairs_of(b));
}

static void compare_hashes(const struct joined joined[LGM_SIMDS])
{
	for (unsigned simd = 1; simd < LGM_SIMDS; simd++)
		if (joined[simd].possible && joined[simd].hash != joined[LGM_SCALAR].hash)
			tool_die("%s gives other lists than scalar", lgm_simd_name((enum lgm_simd)simd));
	(void)printf("  all kinds of instructions and all turns gave the same lists\n");
}

static void promise(const struct bench *b, const struct joined joined[LGM_SIMDS], double plain)
{
	static const double floors[LGM_SIMDS] = { [LGM_AVX2] = 3, [LGM_AVX512] = 5 };
	for (unsigned simd = LGM_SIMDS; simd-- > 0;)
		if (joined[simd].possible && floors[simd] > 0) {
			table_at_least(b->table, plain / joined[simd].cpu, floors[simd], "x",
			               "both sides' lists, %s, against a filter-first brute force on one",
			               lgm_simd_name((enum lgm_simd)simd));
			table_at_least(b->table, extrapolated(b, &joined[simd]) / joined[simd].cpu, 1, "x",
			               "the same, against the fastest brute force we could write, %s too",
			               lgm_simd_name((enum lgm_simd)simd));
		}
}

void measure_retrieval(struct bench *b)
{
	struct joined joined[LGM_SIMDS] = { 0 };
	double begun = tool_cpu();
	b->ix = bench_index(b->field);
	b->cpu_index = tool_cpu() - begun;
	double plain = run_turns(b, joined);
	if (!lgm_index_use(b->ix, lgm_simd_best())) tool_die("the best instructions are gone");
	b->cpu_join = joined[lgm_simd_best()].cpu;
	b->cpu_brute = joined[lgm_simd_best()].cpu_brute / SAMPLE;
	print_all(b, joined, plain);
	compare_hashes(joined);
	promise(b, joined, plain);
}
