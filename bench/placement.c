/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The placement of all at once: on the lists, and proven over all pairs; against LEMON on the same graphs. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "lemon.h"
#include "tool.h"

enum { TURNS = 3, ROUNDS_MOST = 100, ID_BITS = 24, SCORE_BITS = 16 };

/* --- the graphs for LEMON --- */

static uint16_t *positions(const struct lg_market *m)
{
	uint16_t *list = tool_get(m->n_openings, sizeof *list);
	for (size_t o = 0; o < m->n_openings; o++) list[o] = m->openings[o].positions;
	return list;
}

static struct lemon_graph new_graph(const struct lg_market *m, size_t room)
{
	return (struct lemon_graph){ m->n_candidates, m->n_openings, 0, tool_get(room, sizeof(struct lemon_edge)),
		                     positions(m) };
}

static void free_graph(struct lemon_graph *g)
{
	free(g->edge);
	free(g->positions);
}

static uint64_t key_of(uint32_t candidate, uint32_t opening, uint16_t score)
{
	return (uint64_t)candidate << (ID_BITS + SCORE_BITS) | (uint64_t)opening << SCORE_BITS | score;
}

static int by_key(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
	return (a > b) - (a < b);
}

static size_t list_keys(const struct bench *b, uint64_t *key)
{
	const struct lg_market *m = b->field->market;
	struct lgm_hit hits[TOP];
	size_t n = 0;
	for (uint32_t c = 0; c < m->n_candidates; c++) {
		size_t found = lgm_join_openings(b->join, c, hits);
		for (size_t i = 0; i < found; i++) key[n++] = key_of(c, hits[i].id, hits[i].score);
	}
	for (uint32_t o = 0; o < m->n_openings; o++) {
		size_t found = lgm_join_candidates(b->join, o, hits);
		for (size_t i = 0; i < found; i++) key[n++] = key_of(hits[i].id, o, hits[i].score);
	}
	qsort(key, n, sizeof *key, by_key);
	return n;
}

/* All pairs that stand on a list of either side, each once. */
static struct lemon_graph graph_of_lists(const struct bench *b)
{
	const struct lg_market *m = b->field->market;
	uint64_t *key = tool_get((m->n_candidates + m->n_openings) * TOP, sizeof *key);
	size_t n = list_keys(b, key);
	struct lemon_graph g = new_graph(m, n);
	for (size_t i = 0; i < n; i++) {
		if (i && key[i] == key[i - 1]) continue;
		g.edge[g.edges++] = (struct lemon_edge){ (uint32_t)(key[i] >> (ID_BITS + SCORE_BITS)),
			                                 (uint32_t)(key[i] >> SCORE_BITS) & ((1u << ID_BITS) - 1),
			                                 (int32_t)(key[i] & UINT16_MAX) };
	}
	free(key);
	return g;
}

/* All feasible pairs, as the index finds them for each candidate. */
static struct lemon_graph graph_of_all(const struct bench *b, double *cpu)
{
	const struct lg_market *m = b->field->market;
	size_t room = lgm_join_feasible(b->join);
	struct lemon_graph g = new_graph(m, room);
	struct lgm_hit *hits = tool_get(m->n_openings, sizeof *hits);
	double begun = tool_cpu();
	for (uint32_t c = 0; c < m->n_candidates; c++) {
		size_t found = lgm_best_openings(b->ix, &m->candidates[c], hits, m->n_openings, NULL);
		if (found == LGM_FAILED || found > room - g.edges)
			tool_die("the feasible pairs are not as many as counted");
		for (size_t i = 0; i < found; i++)
			g.edge[g.edges++] = (struct lemon_edge){ c, hits[i].id, hits[i].score };
	}
	*cpu = tool_cpu() - begun;
	free(hits);
	if (g.edges != room) tool_die("the feasible pairs are not as many as counted");
	return g;
}

/* --- solving --- */

struct solved {
	double cpu, cpu_seed, peak_mb;
	struct lgm_totals totals;
};
struct rival {
	double cpu, peak_mb;
	struct lemon_answer answer;
};

static struct lgm_plan *new_plan(const struct bench *b, enum lgm_objective objective)
{
	struct lgm_plan *plan;
	tool_must(lgm_plan_new(&plan, b->ix, objective, 1, NULL));
	tool_must(lgm_plan_seed(plan, b->join));
	return plan;
}

static struct solved solve_lists(const struct bench *b, enum lgm_objective objective)
{
	struct solved s;
	double held = tool_memory_mark(), begun = tool_cpu();
	struct lgm_plan *plan = new_plan(b, objective);
	double seeded = tool_cpu();
	tool_must(lgm_plan_solve(plan));
	s.cpu = tool_cpu() - seeded;
	s.cpu_seed = seeded - begun;
	s.peak_mb = tool_memory_peak() - held;
	lgm_plan_totals(plan, &s.totals);
	lgm_plan_free(plan);
	if (s.totals.primal != s.totals.dual) tool_die("a solved placement is not proven on its own graph");
	return s;
}

static struct rival solve_lemon(const struct lemon_graph *g)
{
	struct rival r = { 0 };
	double held = tool_memory_mark(), begun = tool_cpu();
	lemon_solve(g, &r.answer);
	r.cpu = tool_cpu() - begun;
	r.peak_mb = tool_memory_peak() - held;
	if (!r.answer.optimal) tool_die("LEMON found no optimum");
	return r;
}

static void must_be_same(const struct lgm_totals *ours, const struct rival *r)
{
	if (ours->score != r->answer.score)
		tool_die("two optima: ours %" PRId64 ", LEMON's %" PRId64, ours->score, r->answer.score);
}

static void print_solved(const char *what, double cpu, double peak_mb, uint64_t edges, int64_t score)
{
	(void)printf("  %-36s %8.2f CPU s   %7.0f MB   %11s pairs   score %s\n", what, cpu, peak_mb, tool_count(edges),
	             tool_count((uint64_t)score));
}

/* --- on the lists --- */

static void on_lists(struct bench *b)
{
	struct lemon_graph g = graph_of_lists(b);
	struct solved ours = { 0 };
	struct rival lemon = { 0 };
	for (size_t turn = 0; turn < TURNS; turn++) {
		struct solved s = solve_lists(b, LGM_SCORE);
		struct rival r = solve_lemon(&g);
		must_be_same(&s.totals, &r);
		if (!turn || s.cpu < ours.cpu) ours = s;
		if (!turn || r.answer.cpu_solve < lemon.answer.cpu_solve) lemon = r;
	}
	if (ours.totals.edges != g.edges) tool_die("the graphs are not the same");
	(void)printf("\nPlacement by score on the lists' pairs: one thread, least of %d turns\n", TURNS);
	print_solved("landgang, solve alone", ours.cpu, ours.peak_mb, ours.totals.edges, ours.totals.score);
	print_solved("LEMON NetworkSimplex, solve alone", lemon.answer.cpu_solve, lemon.peak_mb, g.edges,
	             lemon.answer.score);
	(void)printf("  not counted: %.2f CPU s of ours and %.2f of LEMON's to make the graph\n", ours.cpu_seed,
	             lemon.answer.cpu_build);
	(void)printf("  %s placed; same score, and ours equals its dual\n", tool_count(ours.totals.placed));
	table_at_least(b->table, lemon.answer.cpu_solve / ours.cpu, 8, "x",
	               "placement on the lists, against LEMON NetworkSimplex");
	free_graph(&g);
}

/* --- proven over all pairs --- */

static void price_unit(void *plan, size_t worker, size_t unit) { lgm_plan_price(plan, worker, unit); }

struct round {
	double solve, price;
	struct lgm_totals totals;
};

static struct round prove_once(struct lgm_plan *plan, size_t workers, uint64_t *violated)
{
	struct round r;
	double begun = tool_cpu();
	tool_must(lgm_plan_solve(plan));
	double solved = tool_cpu();
	lgm_plan_totals(plan, &r.totals);
	if (r.totals.primal != r.totals.dual) tool_die("a solved placement is not proven on its own graph");
	tool_run(workers, lgm_plan_units(plan), price_unit, plan);
	tool_must(lgm_plan_price_end(plan, violated));
	r.solve = solved - begun;
	r.price = tool_cpu() - solved;
	return r;
}

struct proof bench_prove(struct lgm_plan *plan, size_t workers, size_t rounds_most)
{
	struct proof p = { .violated = 1 };
	double cpu = tool_cpu(), wall = tool_wall();
	(void)printf("  %5s %13s %9s %9s %13s %9s %15s\n", "round", "pairs", "solve", "price", "violated", "placed",
	             "score");
	for (; p.violated && p.rounds < rounds_most; p.rounds++) {
		struct round r = prove_once(plan, workers, &p.violated);
		(void)printf("  %5zu %13s %9.2f %9.2f %13s %9s %15s\n", p.rounds, tool_count(r.totals.edges), r.solve,
		             r.price, tool_count(p.violated), tool_count(r.totals.placed),
		             tool_count((uint64_t)r.totals.score));
	}
	p.cpu = tool_cpu() - cpu;
	p.wall = tool_wall() - wall;
	return p;
}

struct proven {
	struct lgm_totals totals;
	double cpu, peak_mb;
};

/* Make, seed and prove. @return the plan */
static struct lgm_plan *prove(const struct bench *b, enum lgm_objective objective, struct proven *out)
{
	double held = tool_memory_mark(), begun = tool_cpu();
	(void)printf("\nPlacement by %s, proven over all pairs: one thread, CPU seconds\n",
	             objective == LGM_SCORE ? "score" : "people");
	struct lgm_plan *plan = new_plan(b, objective);
	double seeded = tool_cpu() - begun;
	struct proof p = bench_prove(plan, 1, ROUNDS_MOST);
	if (p.violated) tool_die("%d rounds did not suffice", ROUNDS_MOST);
	out->cpu = seeded + p.cpu;
	out->peak_mb = tool_memory_peak() - held;
	lgm_plan_totals(plan, &out->totals);
	(void)printf("  in all %.2f CPU s (seed %.2f), %zu rounds, %.0f MB\n", out->cpu, seeded, p.rounds,
	             out->peak_mb);
	return plan;
}

static void against_all(struct bench *b, const struct proven *ours)
{
	double collect, end_to_end = b->cpu_index + b->cpu_join + ours->cpu;
	struct lemon_graph g = graph_of_all(b, &collect);
	struct rival r = solve_lemon(&g);
	must_be_same(&ours->totals, &r);
	double theirs = b->cpu_index + collect + r.cpu;
	(void)printf("\nThe same optimum end to end: one thread, CPU seconds\n");
	print_solved("landgang, the proof", ours->cpu, ours->peak_mb, ours->totals.edges, ours->totals.score);
	print_solved("LEMON NetworkSimplex, all pairs", r.cpu, r.peak_mb, g.edges, r.answer.score);
	(void)printf("  landgang: index %.2f + join %.2f + proof %.2f = %.2f CPU s\n", b->cpu_index, b->cpu_join,
	             ours->cpu, end_to_end);
	(void)printf(
	    "  LEMON: index %.2f + all feasible pairs, fetched with our index %.2f + graph %.2f + solve %.2f = %.2f "
	    "CPU s\n",
	    b->cpu_index, collect, r.answer.cpu_build, r.answer.cpu_solve, theirs);
	table_at_least(b->table, theirs / end_to_end, 3, "x",
	               "proven optimum over all pairs, end to end, against LEMON");
	table_at_least(b->table, r.cpu / end_to_end, 3, "x", "the same, LEMON's fetching of the pairs not counted");
	free_graph(&g);
}

static void print_objective(const char *name, const struct proven *p)
{
	(void)printf("  %-8s %8.2f CPU s   %9s placed   score %s\n", name, p->cpu, tool_count(p->totals.placed),
	             tool_count((uint64_t)p->totals.score));
}

void measure_placement(struct bench *b)
{
	struct proven score, people;
	on_lists(b);
	b->plan = prove(b, LGM_SCORE, &score);
	lgm_plan_free(prove(b, LGM_PEOPLE, &people));
	(void)printf("\nThe two objectives: what they place, and the CPU seconds of the proof\n");
	print_objective("score", &score);
	print_objective("people", &people);
	against_all(b, &score);
}
