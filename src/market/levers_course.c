/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A course, solved anew. Who has no place takes none from anybody by staying, so that a person changed is as good as a
   person added: the plan gets one more candidate with the new knowledge, and the old one stays as he is, without a
   place. */
#include "market/levers.h"

#include <stdlib.h>

#include "market/levers_inner.h"

struct course {
	struct lg_ctx *cx;
	const struct lg_levers *l;
	struct lgm_plan *plan;
	const struct lg_lever *lever;
	struct lg_arena *mem; /* of one candidate at a time */
	uint32_t *taken;      /* [seats] people */
	uint64_t n_taken;
};

static enum lg_err engine_says(struct course *k, enum lgm_err err)
{
	return err ? lg_fail(k->cx, LG_FAULT, "", lgm_err_text(err)) : LG_OK;
}

/* The person with the lever, under a number that nobody has. */
static struct lgm_candidate changed(struct course *k, uint32_t person)
{
	const struct lgm_candidate *c = &k->l->m.candidates[person];
	struct lg_change change = {
		.kind = k->lever->kind, .what = k->lever->what, .from = k->lever->from, .to = k->lever->to
	};
	if (change.kind == LG_TRAVEL) change.to += c->commute;
	lg_arena_reset(k->mem);
	struct lgm_candidate out = lg_change_made(k->mem, c, &change);
	out.id = (uint32_t)k->l->m.n_candidates + person;
	return out;
}

static bool enough(const struct course *k, int64_t gain)
{
	int64_t bonus = k->l->m.bonus;
	return gain > 0 && (!bonus || gain >= bonus / 2);
}

/* Does this person, beside those who are in, still bring something? Whoever does not may stay in while we go on: the
   more there are, the less another adds. */
static enum lg_err try_person(struct course *k, uint32_t person)
{
	struct lgm_candidate c = changed(k, person);
	struct lgm_worth worth;
	struct lgm_totals before, after;
	LG_TRY(engine_says(k, lgm_plan_worth(k->plan, &c, &worth)));
	if (!enough(k, worth.gain)) return LG_OK;
	lgm_plan_totals(k->plan, &before);
	LG_TRY(engine_says(k, lgm_plan_add_candidate(k->plan, &c)));
	lgm_plan_totals(k->plan, &after);
	if (enough(k, after.primal - before.primal)) k->taken[k->n_taken++] = person;
	return LG_OK;
}

static enum lg_err fill_seats(struct course *k, uint64_t seats)
{
	const struct lg_lever_gain *gains;
	size_t n = lg_levers_gains(k->l, k->lever, &gains);
	LG_TRY(engine_says(k, lgm_plan_mark(k->plan)));
	for (size_t i = 0; i < n && k->n_taken < seats && enough(k, gains[i].gain); i++)
		LG_TRY(try_person(k, gains[i].person));
	return engine_says(k, lgm_plan_back(k->plan));
}

static enum lg_err solve(struct course *k, struct lg_lever *lever)
{
	struct lgm_totals before, after;
	lgm_plan_totals(k->plan, &before);
	LG_TRY(engine_says(k, lgm_plan_mark(k->plan)));
	for (uint64_t i = 0; i < k->n_taken; i++) {
		struct lgm_candidate c = changed(k, k->taken[i]);
		LG_TRY(engine_says(k, lgm_plan_add_candidate(k->plan, &c)));
	}
	lgm_plan_totals(k->plan, &after);
	lever->more_placed = (int64_t)after.placed - (int64_t)before.placed;
	lever->more_score = after.score - before.score;
	return engine_says(k, lgm_plan_back(k->plan));
}

static int by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static void free_arena(void *mem) { lg_arena_free(mem); }

enum lg_err lg_levers_course(struct lg_ctx *cx, struct lg_levers *l, struct lgm_plan *plan, uint64_t seats,
                             struct lg_lever *lever)
{
	uint64_t most = seats < l->m.n_without ? seats : l->m.n_without;
	struct course k = { .cx = cx, .l = l, .plan = plan, .lever = lever, .mem = lg_arena_new(0, NULL) };
	lg_defer(cx->mem, free_arena, k.mem);
	k.taken = lg_array(cx->mem, most + 1, sizeof *k.taken);
	LG_TRY(fill_seats(&k, most));
	LG_TRY(solve(&k, lever));
	lever->solved = true;
	lever->seats = seats;
	lever->taken = k.n_taken;
	if (k.n_taken) qsort(k.taken, k.n_taken, sizeof *k.taken, by_number);
	lever->who = k.taken;
	return LG_OK;
}
