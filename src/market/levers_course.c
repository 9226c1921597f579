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
	const struct lg_levers_market *m;
	struct lgm_plan *plan;
	struct lg_change change;
	const struct lg_lever_gain *gains; /* who gains, the most first */
	size_t n_gains;
	struct lg_arena *mem; /* of one candidate at a time */
	uint32_t *taken;      /* [seats] people */
	uint64_t n_taken;
	enum lg_err (*tell)(void *with, size_t done, size_t all);
	void *with;
};
enum { TOLD = 16 };

static enum lg_err engine_says(struct course *k, enum lgm_err err)
{
	return err ? lg_fail(k->cx, LG_FAULT, "", lgm_err_text(err)) : LG_OK;
}

/* The person with the lever, under a number that nobody has. */
static struct lgm_candidate changed(struct course *k, uint32_t person)
{
	const struct lgm_candidate *c = &k->m->candidates[person];
	struct lg_change change = k->change;
	if (change.kind == LG_TRAVEL) change.to += c->commute;
	lg_arena_reset(k->mem);
	struct lgm_candidate out = lg_change_made(k->mem, c, &change);
	out.id = (uint32_t)k->m->n_candidates + person;
	return out;
}

static bool enough(const struct course *k, int64_t gain)
{
	int64_t bonus = k->m->bonus;
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
	LG_TRY(engine_says(k, lgm_plan_mark(k->plan)));
	for (size_t i = 0; i < k->n_gains && k->n_taken < seats && enough(k, k->gains[i].gain); i++) {
		LG_TRY(try_person(k, k->gains[i].person));
		if (k->tell && i % TOLD == 0) LG_TRY(k->tell(k->with, i, k->n_gains));
	}
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

/* With the gains in hand: who takes part, and what comes of it. */
static enum lg_err hold(struct course *k, uint64_t seats, struct lg_lever *lever)
{
	uint64_t most = seats < k->m->n_without ? seats : k->m->n_without;
	k->mem = lg_arena_new(0, NULL);
	lg_defer(k->cx->mem, free_arena, k->mem);
	k->taken = lg_array(k->cx->mem, most + 1, sizeof *k->taken);
	LG_TRY(fill_seats(k, most));
	LG_TRY(solve(k, lever));
	lever->solved = true;
	lever->seats = seats;
	lever->taken = k->n_taken;
	if (k->n_taken) qsort(k->taken, k->n_taken, sizeof *k->taken, by_number);
	lever->who = k->taken;
	return LG_OK;
}

enum lg_err lg_levers_course(struct lg_ctx *cx, struct lg_levers *l, struct lgm_plan *plan, uint64_t seats,
                             struct lg_lever *lever)
{
	struct course k = { .cx = cx, .m = &l->m, .plan = plan };
	k.change = (struct lg_change){ .kind = lever->kind, .what = lever->what, .from = lever->from, .to = lever->to };
	k.n_gains = lg_levers_gains(l, lever, &k.gains);
	return hold(&k, seats, lever);
}

/* --- one that nobody searched for */

static unsigned level_of(const struct lgm_candidate *c, uint16_t language)
{
	for (size_t i = 0; i < c->n_languages; i++)
		if (c->languages[i].language == language) return c->languages[i].level;
	return LGM_LEVEL_NONE;
}

static bool lacks(const struct lgm_candidate *c, const struct lg_change *change)
{
	unsigned level;
	switch (change->kind) {
	case LG_LEARN_LANGUAGE: level = level_of(c, change->what); return level < change->to && level >= change->from;
	case LG_GET_LICENCE:
		for (size_t i = 0; i < c->n_licences; i++)
			if (c->licences[i].licence == change->what) return !c->licences[i].held;
		return true;
	case LG_LEARN_SKILL:
		for (size_t i = 0; i < c->n_skills; i++)
			if (c->skills[i] == change->what) return false;
		return true;
	case LG_TRAVEL:
	case LG_ANY_HOURS:
	case LG_TAKE_CONTRACT:
	case LG_START:
	case LG_CHANGES: break;
	}
	return false;
}

static int by_gain(const void *x, const void *y)
{
	const struct lg_lever_gain *a = x, *b = y;
	if (a->gain != b->gain) return a->gain > b->gain ? -1 : 1;
	return (a->person > b->person) - (a->person < b->person);
}

static enum lg_err find_gains(struct course *k, struct lg_lever *out)
{
	struct lg_lever_gain *gains = lg_array(k->cx->mem, k->m->n_without + 1, sizeof *gains);
	k->mem = lg_arena_new(0, NULL);
	lg_defer(k->cx->mem, free_arena, k->mem);
	for (size_t i = 0; i < k->m->n_without; i++) {
		uint32_t person = k->m->without[i];
		struct lgm_worth worth;
		if (k->tell && i % TOLD == 0) LG_TRY(k->tell(k->with, i, k->m->n_without));
		if (!lacks(&k->m->candidates[person], &k->change)) continue;
		struct lgm_candidate c = changed(k, person);
		LG_TRY(engine_says(k, lgm_plan_worth(k->plan, &c, &worth)));
		if (worth.gain <= 0) continue;
		gains[k->n_gains++] = (struct lg_lever_gain){ .gain = worth.gain, .person = person };
		out->value += enough(k, worth.gain) ? worth.gain - k->m->bonus : worth.gain;
	}
	if (k->n_gains) qsort(gains, k->n_gains, sizeof *gains, by_gain);
	k->gains = gains;
	out->people = out->gainers = k->n_gains;
	return LG_OK;
}

enum lg_err lg_course_of(struct lg_ctx *cx, const struct lg_levers_market *m, struct lgm_plan *plan,
                         const struct lg_change *change, uint64_t seats,
                         enum lg_err (*tell)(void *with, size_t done, size_t all), void *with, struct lg_lever *out)
{
	struct course k = { .cx = cx, .m = m, .plan = plan, .change = *change, .tell = tell, .with = with };
	*out = (struct lg_lever){ .kind = change->kind, .what = change->what, .from = change->from, .to = change->to };
	LG_TRY(engine_says(&k, lgm_plan_raise(plan)));
	LG_TRY(find_gains(&k, out));
	return hold(&k, seats, out);
}
