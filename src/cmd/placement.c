/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/placement.h"

#include <string.h>

#include "cmd/run.h"
#include "cmd/threads.h"

static void free_plan(void *plan) { lgm_plan_free(plan); }

static struct placement_round *next_round(struct lg_ctx *cx, struct placement *pl)
{
	if (pl->n_rounds == pl->rounds_cap) {
		size_t cap = pl->rounds_cap ? pl->rounds_cap * 2 : 16;
		struct placement_round *more = lg_array(cx->mem, cap, sizeof *more);
		if (pl->n_rounds) memcpy(more, pl->rounds, pl->n_rounds * sizeof *more);
		pl->rounds = more;
		pl->rounds_cap = cap;
	}
	return &pl->rounds[pl->n_rounds++];
}

/* What a phase took since it was last looked at. */
static void took(struct phase *before, const struct phase *now, double *seconds, double *cpu)
{
	*seconds = now->seconds - before->seconds;
	*cpu = now->cpu - before->cpu;
	*before = *now;
}

struct search {
	struct lg_ctx *cx;
	struct lgm_plan *plan;
	size_t workers;
	struct progress *p;
	struct phase solved, priced;
};

static enum lg_err solve(struct search *s, struct placement_round *r)
{
	struct lgm_totals t;
	progress_begin(s->p, "solve");
	LG_TRY(load_engine_error(s->cx, lgm_plan_solve(s->plan)));
	took(&s->solved, progress_end(s->p), &r->seconds_solve, &r->cpu_solve);
	lgm_plan_totals(s->plan, &t);
	lg_assert(t.primal == t.dual);
	r->edges = t.edges;
	return run_go_on(s->cx);
}

static void price_unit(void *plan, size_t worker, size_t unit) { lgm_plan_price(plan, worker, unit); }

static enum lg_err price(struct search *s, struct placement_round *r)
{
	progress_begin(s->p, "price");
	LG_TRY(threads_run(s->cx, s->workers, lgm_plan_units(s->plan), price_unit, s->plan, s->p));
	LG_TRY(load_engine_error(s->cx, lgm_plan_price_end(s->plan, &r->violated)));
	took(&s->priced, progress_end(s->p), &r->seconds_price, &r->cpu_price);
	r->priced = true;
	return LG_OK;
}

static enum lg_err search(struct search *s, struct placement *pl, bool prove)
{
	for (;;) {
		struct placement_round *r = next_round(s->cx, pl);
		LG_TRY(solve(s, r));
		if (!prove) return LG_OK;
		LG_TRY(price(s, r));
		pl->violated = r->violated;
		pl->proven = !r->violated;
		if (pl->proven) return LG_OK;
	}
}

static void take_result(struct lg_ctx *cx, struct placement *pl, const struct lgm_plan *plan)
{
	pl->opening = lg_array(cx->mem, pl->n_candidates + 1, sizeof *pl->opening);
	pl->score = lg_array(cx->mem, pl->n_candidates + 1, sizeof *pl->score);
	pl->u = lg_array(cx->mem, pl->n_candidates + 1, sizeof *pl->u);
	pl->v = lg_array(cx->mem, pl->n_openings + 1, sizeof *pl->v);
	for (size_t c = 0; c < pl->n_candidates; c++) {
		struct lgm_hit hit = { PLACEMENT_NOWHERE, 0 };
		if (!lgm_plan_placed(plan, (uint32_t)c, &hit)) hit.id = PLACEMENT_NOWHERE;
		pl->opening[c] = hit.id;
		pl->score[c] = hit.score;
		pl->u[c] = lgm_plan_candidate_dual(plan, (uint32_t)c);
	}
	for (size_t o = 0; o < pl->n_openings; o++) pl->v[o] = lgm_plan_opening_dual(plan, (uint32_t)o);
	pl->bonus = lgm_plan_bonus(plan);
	lgm_plan_totals(plan, &pl->totals);
}

enum lg_err placement_find(struct lg_ctx *cx, struct placement *out, struct lgm_index *ix, const struct lgm_join *join,
                           const struct placement_how *how, struct progress *p)
{
	struct search s = { .cx = cx, .workers = how->workers, .p = p };
	*out = (struct placement){ .n_candidates = lgm_index_candidates(ix), .n_openings = lgm_index_openings(ix) };
	LG_TRY(load_engine_error(cx, lgm_plan_new(&s.plan, ix, how->objective, how->workers, NULL)));
	lg_defer(cx->mem, free_plan, s.plan);
	if (join) LG_TRY(load_engine_error(cx, lgm_plan_seed(s.plan, join)));
	LG_TRY(search(&s, out, how->prove));
	take_result(cx, out, s.plan);
	out->plan = s.plan;
	return LG_OK;
}
