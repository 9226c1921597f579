/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Candidates and openings go and come back under a proven placement, which stays proven after each of them. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "tool.h"

enum { CHANGES = 500, CPU_MOST = 60 /* seconds for leaving; whoever left returns in any case */ };

enum change { LEAVE, RETURN };

static enum lgm_err apply(const struct bench *b, enum lg_side side, enum change change, uint32_t id)
{
	const struct lg_market *m = b->field->market;
	if (side == LG_CANDIDATES)
		return change == LEAVE ? lgm_plan_remove_candidate(b->plan, id)
		                       : lgm_plan_add_candidate(b->plan, &m->candidates[id]);
	return change == LEAVE ? lgm_plan_remove_opening(b->plan, id) : lgm_plan_add_opening(b->plan, &m->openings[id]);
}

static void must_be_proven(const struct bench *b)
{
	struct lgm_totals t;
	lgm_plan_totals(b->plan, &t);
	if (t.primal != t.dual) tool_die("after a change the placement is not proven");
}

static void print(const char *what, double *us, size_t n)
{
	struct spread s = tool_spread(us, n);
	(void)printf("  %-24s %9.0f %9.0f %9.0f %9.0f", what, s.p50, s.mean, s.p99, s.max);
	(void)printf(n == CHANGES ? "\n" : "   only %zu, for want of time\n", n);
}

/* The first `most` of the picks. @return how many there was time for */
static size_t run(const struct bench *b, enum lg_side side, enum change change, size_t most, const char *what)
{
	const struct lg_market *m = b->field->market;
	double us[CHANGES], begin = tool_cpu();
	size_t n = 0, of = side == LG_CANDIDATES ? m->n_candidates : m->n_openings;
	while (n < most && (change == RETURN || tool_cpu() - begin < CPU_MOST)) {
		double begun = tool_cpu();
		tool_must(apply(b, side, change, tool_pick(n, CHANGES, of)));
		us[n++] = (tool_cpu() - begun) * 1e6;
		must_be_proven(b);
	}
	print(what, us, n);
	return n;
}

static void price_unit(void *plan, size_t worker, size_t unit) { lgm_plan_price(plan, worker, unit); }

/* All pairs are looked through once more: is what the changes left still the proven optimum of before? */
static void look_through(const struct bench *b, int64_t score)
{
	struct lgm_totals t;
	uint64_t violated;
	tool_run(1, lgm_plan_units(b->plan), price_unit, b->plan);
	tool_must(lgm_plan_price_end(b->plan, &violated));
	lgm_plan_totals(b->plan, &t);
	const char *fault = lgm_index_check(b->ix);
	if (violated || t.score != score || fault)
		tool_die("after the changes: %s violated, score %s instead of %s, index: %s", tool_count(violated),
		         tool_count((uint64_t)t.score), tool_count((uint64_t)score), fault ? fault : "good");
	(void)printf(
	    "  proven after each (primal equals dual); at the end all pairs looked through: 0 violated, score %s "
	    "as before\n",
	    tool_count((uint64_t)t.score));
}

void measure_changes(struct bench *b)
{
	struct lgm_totals before;
	lgm_plan_totals(b->plan, &before);
	(void)printf(
	    "\nChanges under the proven placement by score: %d of each, CPU microseconds\n  %-24s %9s %9s %9s %9s\n",
	    CHANGES, "", "p50", "mean", "p99", "max");
	size_t n = run(b, LG_CANDIDATES, LEAVE, CHANGES, "remove a candidate");
	(void)run(b, LG_CANDIDATES, RETURN, n, "add a candidate");
	n = run(b, LG_OPENINGS, LEAVE, CHANGES, "remove an opening");
	(void)run(b, LG_OPENINGS, RETURN, n, "add an opening");
	look_through(b, before.score);
}
