/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What opens the most in a market: a small one by hand, and invented ones against solving from nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "invented.h"
#include "market/levers.h"

enum { MOST = 64, LANGUAGES = 7 };

/* A market with its proven plan at the highest prices, and the search over it. */
struct scene {
	struct lg_ctx cx;
	struct invented *m;
	enum lgm_objective objective;
	struct lgm_index *ix;
	struct lgm_plan *plan;
	struct lg_levers_market in;
	uint32_t without[MOST];
	int64_t price[MOST];
	struct lg_levers *search;
	struct lg_lever *levers;
	size_t n;
};

static void solve(struct lgm_plan *plan)
{
	for (uint64_t violated = 1; violated;) {
		assert_int_equal(lgm_plan_solve(plan), LGM_OK);
		for (size_t u = 0; u < lgm_plan_units(plan); u++) lgm_plan_price(plan, 0, u);
		assert_int_equal(lgm_plan_price_end(plan, &violated), LGM_OK);
	}
}

static struct lgm_plan *plan_of(const struct invented *m, enum lgm_objective objective, struct lgm_index **ix)
{
	struct lgm_plan *plan;
	assert_int_equal(lgm_index_new(ix, &m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL),
	                 LGM_OK);
	assert_int_equal(lgm_plan_new(&plan, *ix, objective, 1, NULL), LGM_OK);
	solve(plan);
	return plan;
}

static struct lgm_totals totals_of(const struct invented *m, enum lgm_objective objective)
{
	struct lgm_index *ix;
	struct lgm_plan *plan = plan_of(m, objective, &ix);
	struct lgm_totals t;
	lgm_plan_totals(plan, &t);
	lgm_plan_free(plan);
	lgm_index_free(ix);
	return t;
}

/* Look with so many workers, the units from the front or from the back. */
static void look(struct scene *s, size_t workers, bool backwards)
{
	s->search = lg_levers_new(&s->cx, &s->in, workers);
	size_t units = lg_levers_units(s->search);
	for (size_t u = 0; u < units; u++) lg_levers_work(s->search, u % workers, backwards ? units - 1 - u : u);
	assert_int_equal(lg_levers_end(&s->cx, s->search, &s->levers, &s->n), LG_OK);
}

static struct scene *scene_of(struct invented *m, enum lgm_objective objective)
{
	struct scene *s = calloc(1, sizeof *s);
	struct lgm_hit at;
	assert_non_null(s);
	assert_true(m->n_candidates <= MOST && m->n_openings <= MOST);
	for (uint32_t i = 0; i < m->n_candidates; i++) m->candidates[i].id = i;
	for (uint32_t i = 0; i < m->n_openings; i++) m->openings[i].id = i;
	s->cx.mem = lg_arena_new(0, NULL);
	s->m = m;
	s->objective = objective;
	s->plan = plan_of(m, objective, &s->ix);
	assert_int_equal(lgm_plan_raise(s->plan), LGM_OK);
	for (uint32_t o = 0; o < m->n_openings; o++) s->price[o] = lgm_plan_opening_dual(s->plan, o);
	s->in = (struct lg_levers_market){ .setup = &m->setup,
		                           .index = s->ix,
		                           .candidates = m->candidates,
		                           .openings = m->openings,
		                           .n_candidates = m->n_candidates,
		                           .n_openings = m->n_openings,
		                           .without = s->without,
		                           .price = s->price,
		                           .bonus = lgm_plan_bonus(s->plan) };
	for (uint32_t c = 0; c < m->n_candidates; c++)
		if (!lgm_plan_placed(s->plan, c, &at)) s->without[s->in.n_without++] = c;
	look(s, 1, false);
	return s;
}

static void scene_end(struct scene *s)
{
	lgm_plan_free(s->plan);
	lgm_index_free(s->ix);
	invented_free(s->m);
	lg_arena_free(s->cx.mem);
	free(s);
}

static struct lgm_candidate changed(struct scene *s, uint32_t c, const struct lg_lever *lever)
{
	struct lg_change change = { .kind = lever->kind, .what = lever->what, .from = lever->from, .to = lever->to };
	if (lever->kind == LG_TRAVEL) change.to += s->m->candidates[c].commute;
	return lg_change_made(s->cx.mem, &s->m->candidates[c], &change);
}

static struct lg_lever *find(struct scene *s, enum lg_change_kind kind, unsigned what, uint32_t from, uint32_t to)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->levers[i].kind == kind && s->levers[i].what == what && s->levers[i].from == from &&
		    s->levers[i].to == to)
			return &s->levers[i];
	return NULL;
}

/* --- by hand: one town, one language, no skills */

enum { DANISH };

static struct lgm_candidate person(const struct lgm_language *danish)
{
	return (struct lgm_candidate){ .commute = 1000,
		                       .contracts = 1,
		                       .start = LGM_NO_DATE,
		                       .hours_max = 1680,
		                       .wants_work = true,
		                       .n_languages = danish != NULL,
		                       .languages = danish };
}

static struct lgm_opening job(uint16_t positions, const struct lgm_language *danish)
{
	return (struct lgm_opening){ .start = LGM_NO_DATE,
		                     .hours = LGM_NO_HOURS,
		                     .positions = positions,
		                     .n_languages = danish != NULL,
		                     .languages = danish };
}

/* Two have Danish at B1 and three at A2. A shop with two positions asks for no Danish, a home with two asks for B1. */
static struct scene *town(void)
{
	static const struct lgm_language a2 = { DANISH, LGM_A2 }, b1 = { DANISH, LGM_B1 };
	struct invented *m = invented_new(1, 5, 2);
	m->setup.languages = 1;
	for (unsigned i = 0; i < 5; i++) m->candidates[i] = person(i < 2 ? &b1 : &a2);
	m->openings[0] = job(2, NULL);
	m->openings[1] = job(2, &b1);
	return scene_of(m, LGM_PEOPLE);
}

static void where_all_positions_are_taken_no_course_places_more(void **state)
{
	(void)state;
	struct scene *s = town();
	struct lgm_totals t;
	lgm_plan_totals(s->plan, &t);
	/* Those with B1 in the home, two of the others in the shop: one is left. */
	assert_int_equal(t.placed, 4);
	assert_int_equal(s->in.n_without, 1);
	/* With B1 that one fits the home too, but all four positions are taken: no lever brings a placement. */
	struct lg_lever *b1 = find(s, LG_LEARN_LANGUAGE, DANISH, LGM_A2, LGM_B1);
	assert_non_null(b1);
	assert_int_equal(b1->people, 1);
	assert_int_equal(b1->blocks, 0);
	assert_int_equal(lg_levers_course(&s->cx, s->search, s->plan, 20, b1), LG_OK);
	assert_int_equal(b1->taken, 0);
	assert_int_equal(b1->more_placed, 0);
	scene_end(s);
}

/* The same people, no shop, and a home with four positions: two of them stay empty for want of Danish. */
static struct scene *town_with_room(enum lgm_objective objective)
{
	static const struct lgm_language a2 = { DANISH, LGM_A2 }, b1 = { DANISH, LGM_B1 };
	struct invented *m = invented_new(1, 5, 1);
	m->setup.languages = 1;
	for (unsigned i = 0; i < 5; i++) m->candidates[i] = person(i < 2 ? &b1 : &a2);
	m->openings[0] = job(4, &b1);
	return scene_of(m, objective);
}

static void assert_course(struct scene *s, struct lg_lever *lever, uint64_t seats, uint64_t taken, int64_t score)
{
	assert_int_equal(lg_levers_course(&s->cx, s->search, s->plan, seats, lever), LG_OK);
	assert_true(lever->solved);
	assert_int_equal(lever->seats, seats);
	assert_int_equal(lever->taken, taken);
	assert_int_equal(lever->more_placed, taken < 2 ? taken : 2);
	assert_int_equal(lever->more_score, score);
	for (uint64_t i = 0; i < taken; i++) assert_int_equal(lever->who[i], 2 + i); /* equal gains: the smaller id */
}

static void a_course_fills_the_empty_positions_and_no_more(void **state)
{
	(void)state;
	for (enum lgm_objective objective = LGM_SCORE; objective <= LGM_PEOPLE; objective++) {
		struct scene *s = town_with_room(objective);
		struct lgm_verdict v;
		lgm_compare(&s->m->setup, &s->m->candidates[0], &s->m->openings[0], &v);
		struct lg_lever *b1 = find(s, LG_LEARN_LANGUAGE, DANISH, LGM_A2, LGM_B1);
		struct lg_lever *b2 = find(s, LG_LEARN_LANGUAGE, DANISH, LGM_A2, LGM_B2);
		assert_int_equal(s->n, 2);
		assert_true(b1 == &s->levers[1] && b2 == &s->levers[0]); /* B2 gives points for more than is asked */
		assert_int_equal(b1->people, 3);
		assert_int_equal(b1->pairs, 3);
		assert_int_equal(b1->openings, 1);
		assert_int_equal(b1->shut, 3);
		assert_int_equal(b1->gainers, 3);
		assert_int_equal(b1->blocks, objective == LGM_PEOPLE ? 3 : 0);
		assert_int_equal(b1->value, 3 * v.score);
		assert_false(b1->solved);
		assert_course(s, b1, 1, 1, v.score);
		assert_course(s, b1, 20, 2, 2 * v.score);
		/* For the sum of scores a third one with B2 takes the place of somebody with B1, and nobody gains one.
		 */
		int64_t more = 500 * 2 / 8;
		if (objective == LGM_PEOPLE)
			assert_course(s, b2, 20, 2, 2 * (v.score + more));
		else
			assert_course(s, b2, 20, 3, 2 * (v.score + more) + more);
		scene_end(s);
	}
}

/* --- invented markets */

static struct scene *invented_scene(unsigned seed)
{
	struct invented *m = invented_new(seed * 131, 20 + seed % 4 * 8, 10 + seed % 3 * 12);
	if (seed % 4 == 0) m->setup.reserve = 3000;
	for (size_t o = 0; o < m->n_openings; o++) m->openings[o].positions = (uint16_t)(1 + (seed + o) % 2);
	return scene_of(m, seed % 2 ? LGM_PEOPLE : LGM_SCORE);
}

static int64_t weight_of(const struct scene *s, const struct lgm_totals *t)
{
	return s->in.bonus * (int64_t)t->placed + t->score;
}

/* Is the licence pending, or has the person an occupation half as good as one of an opening that asks for it? */
static bool may_hold(const struct scene *s, const struct lgm_candidate *c, unsigned licence)
{
	bool may = false;
	for (size_t i = 0; i < c->n_licences; i++) may |= c->licences[i].licence == licence;
	for (size_t o = 0; o < s->m->n_openings; o++) {
		const struct lgm_opening *p = &s->m->openings[o];
		bool asked = false;
		for (size_t i = 0; i < p->n_licences; i++) asked |= p->licences[i] == licence;
		for (size_t k = 0; asked && k < p->n_occupations; k++)
			for (size_t i = 0; i < c->n_occupations; i++)
				may |= s->m->setup.closeness[(size_t)p->occupations[k] * s->m->setup.concepts +
				                             c->occupations[i].occupation] >= 50;
	}
	return may;
}

/* What a lever does, the plain way: every pair compared, every gain by solving the changed market from nothing. */
static struct lg_lever plain(struct scene *s, struct lg_lever lever)
{
	bool opened[MOST] = { false };
	struct lgm_totals before, after;
	lgm_plan_totals(s->plan, &before);
	for (size_t i = 0; i < s->in.n_without; i++) {
		uint32_t person = s->without[i];
		struct lgm_candidate was = s->m->candidates[person], c = changed(s, person, &lever);
		uint64_t pairs = 0, open = 0, better = 0;
		if (lever.kind == LG_TRAVEL && c.commute > LGM_COMMUTE_MAX) continue;
		if (lever.kind == LG_LEARN_LANGUAGE) {
			unsigned has = LGM_LEVEL_NONE;
			for (size_t k = 0; k < was.n_languages; k++)
				if (was.languages[k].language == lever.what) has = was.languages[k].level;
			if (has != lever.from) continue;
		}
		if (lever.kind == LG_GET_LICENCE && !may_hold(s, &was, lever.what)) continue;
		for (size_t o = 0; o < s->m->n_openings; o++) {
			struct lgm_verdict a, b;
			lgm_compare(&s->m->setup, &was, &s->m->openings[o], &a);
			lgm_compare(&s->m->setup, &c, &s->m->openings[o], &b);
			bool then = !a.failed && a.score >= s->m->setup.reserve;
			bool now = !b.failed && b.score >= s->m->setup.reserve;
			pairs += now && !then;
			opened[o] |= now && !then;
			open += then;
			better += now && b.score > a.score;
		}
		lever.people += pairs > 0;
		lever.pairs += pairs;
		lever.shut += pairs && !open;
		if (!pairs && !better) continue;
		s->m->candidates[person] = c;
		after = totals_of(s->m, s->objective);
		s->m->candidates[person] = was;
		int64_t gain = weight_of(s, &after) - weight_of(s, &before);
		assert_true(gain >= 0);
		lever.gainers += gain > 0;
		lever.blocks += s->in.bonus && after.placed > before.placed;
		lever.value += gain - (s->in.bonus ? s->in.bonus * (int64_t)(after.placed - before.placed) : 0);
	}
	for (size_t o = 0; o < s->m->n_openings; o++) lever.openings += opened[o];
	return lever;
}

/* @return whether the lever gives anything */
static bool expect(struct scene *s, struct lg_lever lever)
{
	struct lg_lever wanted = plain(s, lever);
	const struct lg_lever *got = find(s, lever.kind, lever.what, lever.from, lever.to);
	bool gives = wanted.people || wanted.gainers;
	assert_int_equal(got != NULL, gives);
	if (!got || !gives) return false;
	assert_int_equal(got->people, wanted.people);
	assert_int_equal(got->pairs, wanted.pairs);
	assert_int_equal(got->openings, wanted.openings);
	assert_int_equal(got->shut, wanted.shut);
	assert_int_equal(got->gainers, wanted.gainers);
	assert_int_equal(got->blocks, wanted.blocks);
	assert_int_equal(got->value, wanted.value);
	return true;
}

static size_t expect_languages(struct scene *s)
{
	static const uint8_t whole[] = { LGM_A1, LGM_A2, LGM_B1, LGM_B2, LGM_C1, LGM_C2 };
	size_t n = 0;
	for (unsigned l = 0; l < LANGUAGES; l++)
		for (unsigned from = 0; from < LGM_LEVELS; from++) {
			unsigned next = 0;
			while (next < sizeof whole && whole[next] <= from) next++;
			for (unsigned i = next; i < next + 2 && i < sizeof whole; i++)
				n += expect(s, (struct lg_lever){ .kind = LG_LEARN_LANGUAGE,
				                                  .what = (uint16_t)l,
				                                  .from = from,
				                                  .to = whole[i] });
		}
	return n;
}

/* Those asked for by most openings. */
static bool among_the_most(const struct scene *s, unsigned skill)
{
	unsigned asked[256] = { 0 }, before = 0;
	for (size_t o = 0; o < s->m->n_openings; o++) {
		const struct lgm_opening *p = &s->m->openings[o];
		for (size_t i = 0; i < p->n_essential; i++) asked[p->essential[i].skill]++;
		for (size_t i = 0; i < p->n_optional; i++) asked[p->optional[i].skill]++;
	}
	for (unsigned k = 0; k < s->m->setup.skills; k++)
		before += asked[k] > asked[skill] || (asked[k] == asked[skill] && k < skill);
	return asked[skill] && before < LG_LEVERS_SKILLS;
}

static void counts_and_gains_are_those_of_solving_from_nothing(void **state)
{
	(void)state;
	size_t of_kind[LG_CHANGES] = { 0 };
	for (unsigned seed = 1; seed <= 8; seed++) {
		struct scene *s = invented_scene(seed);
		size_t n = expect_languages(s);
		of_kind[LG_LEARN_LANGUAGE] += n;
		for (unsigned l = 0; l < s->m->setup.licences; l++) {
			bool gives = expect(s, (struct lg_lever){ .kind = LG_GET_LICENCE, .what = (uint16_t)l });
			of_kind[LG_GET_LICENCE] += gives;
			n += gives;
		}
		for (unsigned k = 0; k < s->m->setup.skills; k++) {
			if (!among_the_most(s, k)) continue;
			bool gives = expect(s, (struct lg_lever){ .kind = LG_LEARN_SKILL, .what = (uint16_t)k });
			of_kind[LG_LEARN_SKILL] += gives;
			n += gives;
		}
		for (unsigned km = 10; km <= 25; km += 15) {
			bool gives = expect(s, (struct lg_lever){ .kind = LG_TRAVEL, .to = km * 100 });
			of_kind[LG_TRAVEL] += gives;
			n += gives;
		}
		assert_int_equal(n, s->n); /* and there are no others */
		scene_end(s);
	}
	assert_true(of_kind[LG_LEARN_LANGUAGE] > 20 && of_kind[LG_GET_LICENCE] > 4 && of_kind[LG_LEARN_SKILL] > 10 &&
	            of_kind[LG_TRAVEL] > 4);
}

static void the_most_valuable_comes_first(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 20; seed++) {
		struct scene *s = invented_scene(seed);
		for (size_t i = 1; i < s->n; i++) {
			const struct lg_lever *a = &s->levers[i - 1], *b = &s->levers[i];
			int64_t x = s->in.bonus * (int64_t)a->blocks + a->value;
			int64_t y = s->in.bonus * (int64_t)b->blocks + b->value;
			assert_true(x > y || (x == y && a->people >= b->people));
		}
		scene_end(s);
	}
}

/* Fields one by one: a struct has gaps. */
static void assert_same(const struct lg_lever *a, const struct lg_lever *b)
{
	const int64_t x[] = { a->kind,
		              a->what,
		              a->from,
		              a->to,
		              (int64_t)a->people,
		              (int64_t)a->pairs,
		              (int64_t)a->openings,
		              (int64_t)a->shut,
		              (int64_t)a->gainers,
		              (int64_t)a->blocks,
		              a->value };
	const int64_t y[] = { b->kind,
		              b->what,
		              b->from,
		              b->to,
		              (int64_t)b->people,
		              (int64_t)b->pairs,
		              (int64_t)b->openings,
		              (int64_t)b->shut,
		              (int64_t)b->gainers,
		              (int64_t)b->blocks,
		              b->value };
	assert_memory_equal(x, y, sizeof x);
}

static void workers_and_their_order_change_nothing(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 6; seed++) {
		struct invented *m = invented_new(seed, MOST, 12);
		struct scene *s = scene_of(m, LGM_PEOPLE);
		struct lg_lever *first = s->levers;
		size_t n = s->n;
		assert_true(lg_levers_units(s->search) >= 2 && n > 5);
		look(s, 3, true);
		assert_int_equal(s->n, n);
		for (size_t i = 0; i < n; i++) assert_same(&first[i], &s->levers[i]);
		scene_end(s);
	}
}

/* --- courses on invented markets */

/* The market with these people changed, solved from nothing. */
static struct lgm_totals with(struct scene *s, const struct lg_lever *lever, const uint32_t *who, size_t n)
{
	struct lgm_candidate were[MOST];
	memcpy(were, s->m->candidates, s->m->n_candidates * sizeof *were);
	for (size_t i = 0; i < n; i++) s->m->candidates[who[i]] = changed(s, who[i], lever);
	struct lgm_totals t = totals_of(s->m, s->objective);
	memcpy(s->m->candidates, were, s->m->n_candidates * sizeof *were);
	return t;
}

static bool may_take(const struct scene *s, const struct lg_lever *lever, uint32_t person)
{
	const struct lgm_candidate *c = &s->m->candidates[person];
	unsigned has = LGM_LEVEL_NONE;
	for (size_t k = 0; k < c->n_languages; k++)
		if (c->languages[k].language == lever->what) has = c->languages[k].level;
	if (lever->kind == LG_GET_LICENCE) return may_hold(s, c, lever->what);
	if (lever->kind == LG_TRAVEL) return c->commute + lever->to <= LGM_COMMUTE_MAX;
	return lever->kind != LG_LEARN_LANGUAGE || has == lever->from;
}

/* The most people that a choice of one or two for the seats places. */
static uint64_t best_of_two(struct scene *s, const struct lg_lever *lever)
{
	uint64_t best = 0;
	for (size_t i = 0; i < s->in.n_without; i++)
		for (size_t k = i; k < s->in.n_without; k++) {
			uint32_t who[2] = { s->without[i], s->without[k] };
			if (!may_take(s, lever, who[0]) || !may_take(s, lever, who[1])) continue;
			struct lgm_totals t = with(s, lever, who, i == k ? 1 : 2);
			if (t.placed > best) best = t.placed;
		}
	return best;
}

static void a_course_is_what_solving_from_nothing_gives(void **state)
{
	(void)state;
	static const uint64_t seats[] = { 1, 2, 3, 20 };
	size_t courses = 0, crowded = 0, bests = 0;
	for (unsigned seed = 1; seed <= 24; seed++) {
		struct scene *s = invented_scene(seed);
		struct lgm_totals before, after;
		lgm_plan_totals(s->plan, &before);
		for (size_t i = 0; i < s->n; i++) {
			struct lg_lever *lever = &s->levers[i];
			uint64_t n = seats[(seed + i) % 4];
			assert_int_equal(lg_levers_course(&s->cx, s->search, s->plan, n, lever), LG_OK);
			assert_true(lever->taken <= n);
			struct lgm_totals t = with(s, lever, lever->who, lever->taken);
			assert_int_equal(lever->more_placed, (int64_t)t.placed - (int64_t)before.placed);
			assert_int_equal(lever->more_score, t.score - before.score);
			courses += lever->taken > 0;
			crowded += lever->taken < lever->gainers && lever->taken < n;
			if (!s->in.bonus) continue;
			assert_int_equal(lever->more_placed, lever->taken);
			assert_true(lever->taken <= lever->blocks);
			if (n != 2 || i > 12) continue;
			assert_int_equal(before.placed + lever->taken,
			                 best_of_two(s, lever) > before.placed ? best_of_two(s, lever) : before.placed);
			bests++;
		}
		/* The plan is where it was, and still good. */
		lgm_plan_totals(s->plan, &after);
		assert_int_equal(after.primal, before.primal);
		assert_int_equal(after.dual, before.dual);
		for (uint32_t o = 0; o < s->m->n_openings; o++)
			assert_int_equal(lgm_plan_opening_dual(s->plan, o), s->price[o]);
		assert_null(lgm_index_check(s->ix));
		scene_end(s);
	}
	assert_true(courses > 100 && crowded > 10 && bests > 10);
}

static void a_marked_plan_is_a_fault(void **state)
{
	(void)state;
	struct scene *s = town_with_room(LGM_PEOPLE);
	assert_int_equal(lgm_plan_mark(s->plan), LGM_OK);
	assert_int_equal(lg_levers_course(&s->cx, s->search, s->plan, 3, &s->levers[0]), LG_FAULT);
	assert_non_null(s->cx.notes);
	scene_end(s);
}

static void where_all_have_a_place_nothing_is_wanting(void **state)
{
	(void)state;
	struct scene *s = town_with_room(LGM_PEOPLE);
	s->in.n_without = 0;
	look(s, 2, false);
	assert_int_equal(lg_levers_units(s->search), 0);
	assert_int_equal(s->n, 0);
	scene_end(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(where_all_positions_are_taken_no_course_places_more),
		cmocka_unit_test(a_course_fills_the_empty_positions_and_no_more),
		cmocka_unit_test(counts_and_gains_are_those_of_solving_from_nothing),
		cmocka_unit_test(the_most_valuable_comes_first),
		cmocka_unit_test(workers_and_their_order_change_nothing),
		cmocka_unit_test(a_course_is_what_solving_from_nothing_gives),
		cmocka_unit_test(a_marked_plan_is_a_fault),
		cmocka_unit_test(where_all_have_a_place_nothing_is_wanting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
