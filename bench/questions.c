/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* One opening or one candidate asks, and the index answers. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "tool.h"

enum { QUESTIONS = 2000 };

static double ask(const struct bench *b, enum lg_side side, uint32_t id, size_t *feasible)
{
	const struct lg_market *m = b->field->market;
	struct lgm_hit hits[TOP];
	double begun = tool_cpu();
	size_t n = side == LG_OPENINGS ? lgm_best_candidates(b->ix, &m->openings[id], hits, TOP, feasible)
	                               : lgm_best_openings(b->ix, &m->candidates[id], hits, TOP, feasible);
	double took = tool_cpu() - begun;
	if (n == LGM_FAILED) tool_die("a question was not answered");
	return took * 1e6;
}

static struct spread ask_many(const struct bench *b, enum lg_side side, double *feasible)
{
	const struct lg_market *m = b->field->market;
	size_t n = side == LG_OPENINGS ? m->n_openings : m->n_candidates, met;
	double *us = tool_get(QUESTIONS, sizeof *us);
	*feasible = 0;
	for (size_t i = 0; i < QUESTIONS; i++) {
		us[i] = ask(b, side, tool_pick(i, QUESTIONS, n), &met);
		*feasible += (double)met / QUESTIONS;
	}
	struct spread s = tool_spread(us, QUESTIONS);
	free(us);
	return s;
}

static void print(const char *what, const struct spread *s, double feasible)
{
	(void)printf("  %-32s %8.0f %8.0f %8.0f %8.0f   %s feasible on average\n", what, s->p50, s->mean, s->p99,
	             s->max, tool_count((uint64_t)feasible));
}

void measure_questions(struct bench *b)
{
	double feasible;
	(void)printf("\nQuestions: %d of each kind, top %d, CPU microseconds\n  %-32s %8s %8s %8s %8s\n", QUESTIONS,
	             TOP, "", "p50", "mean", "p99", "max");
	struct spread opening = ask_many(b, LG_OPENINGS, &feasible);
	print("new opening: best candidates", &opening, feasible);
	(void)printf("  %-32s %8s %8.0f            (from the sample above)\n", "brute force for an opening", "",
	             b->cpu_brute * 1e6);
	struct spread candidate = ask_many(b, LG_CANDIDATES, &feasible);
	print("new candidate: best openings", &candidate, feasible);
	table_at_most(b->table, opening.p50, 160, "us", "new opening: its best candidates, p50");
	table_at_most(b->table, opening.p99, 600, "us", "new opening: its best candidates, p99");
	table_at_most(b->table, candidate.p50, 86, "us", "new candidate: the best openings, p50");
	table_at_most(b->table, candidate.p99, 680, "us", "new candidate: the best openings, p99");
}
