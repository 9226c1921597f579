/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The highest prices, what one more candidate is worth at them, what lies near, and the way back to a mark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "invented.h"

/* An invented market with its index and its proven plan. */
struct planned {
	struct invented *m;
	struct lgm_index *ix;
	struct lgm_plan *plan;
};

static void solve(struct lgm_plan *plan)
{
	for (uint64_t violated = 1; violated;) {
		assert_int_equal(lgm_plan_solve(plan), LGM_OK);
		for (size_t u = 0; u < lgm_plan_units(plan); u++) lgm_plan_price(plan, 0, u);
		assert_int_equal(lgm_plan_price_end(plan, &violated), LGM_OK);
	}
}

static struct planned planned_of(struct invented *m, enum lgm_objective objective)
{
	struct planned p = { .m = m };
	assert_int_equal(
	    lgm_index_new(&p.ix, &m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL), LGM_OK);
	assert_int_equal(lgm_plan_new(&p.plan, p.ix, objective, 1, NULL), LGM_OK);
	solve(p.plan);
	return p;
}

static void planned_end(struct planned *p)
{
	lgm_plan_free(p->plan);
	lgm_index_free(p->ix);
}

/* The objective of a market solved from nothing, at a bonus that is the same for all that are compared. */
static int64_t objective_of(struct invented *m, enum lgm_objective objective, int64_t bonus)
{
	struct planned p = planned_of(m, objective);
	struct lgm_totals t;
	lgm_plan_totals(p.plan, &t);
	planned_end(&p);
	return bonus * (int64_t)t.placed + t.score;
}

static void assert_proven(const struct invented *m, const struct lgm_plan *plan)
{
	int64_t bonus = lgm_plan_bonus(plan), primal = 0, dual = 0;
	for (size_t c = 0; c < m->n_candidates; c++) {
		struct lgm_hit at;
		int64_t u = lgm_plan_candidate_dual(plan, m->candidates[c].id);
		assert_true(u >= 0);
		dual += u;
		if (lgm_plan_placed(plan, m->candidates[c].id, &at)) primal += bonus + at.score;
		for (size_t o = 0; o < m->n_openings; o++) {
			struct lgm_verdict v;
			lgm_compare(&m->setup, &m->candidates[c], &m->openings[o], &v);
			if (v.failed || v.score < m->setup.reserve) continue;
			assert_true(u + lgm_plan_opening_dual(plan, m->openings[o].id) >= bonus + v.score);
		}
	}
	for (size_t o = 0; o < m->n_openings; o++)
		dual += lgm_plan_opening_dual(plan, m->openings[o].id) * m->openings[o].positions;
	assert_int_equal(primal, dual);
}

/* Markets of several tightnesses; every fourth has a reserve. */
static struct invented *market(unsigned seed)
{
	struct invented *m = invented_new(seed * 977, 20 + seed % 5 * 25, 8 + seed % 3 * 8);
	if (seed % 4 == 0) m->setup.reserve = 3500;
	for (size_t o = 0; o < m->n_openings; o++) m->openings[o].positions = (uint16_t)(1 + (o + seed) % 3);
	return m;
}

static void the_highest_price_is_what_one_position_is_worth(void **state)
{
	(void)state;
	unsigned above = 0;
	for (unsigned seed = 1; seed <= 24; seed++) {
		struct invented *m = market(seed);
		enum lgm_objective objective = seed % 2 ? LGM_PEOPLE : LGM_SCORE;
		struct planned p = planned_of(m, objective);
		int64_t *before = calloc(m->n_openings, sizeof *before), bonus = lgm_plan_bonus(p.plan);
		int64_t whole = objective_of(m, objective, bonus);
		for (size_t o = 0; o < m->n_openings; o++) before[o] = lgm_plan_opening_dual(p.plan, m->openings[o].id);
		assert_int_equal(lgm_plan_raise(p.plan), LGM_OK);
		assert_proven(m, p.plan);
		for (size_t o = 0; o < m->n_openings; o++) {
			int64_t price = lgm_plan_opening_dual(p.plan, m->openings[o].id);
			struct lgm_opening kept = m->openings[o];
			struct lgm_opening *last = &m->openings[m->n_openings - 1];
			if (--m->openings[o].positions == 0) { /* an opening has one at least: take it away */
				m->openings[o] = *last;
				m->n_openings--;
			}
			assert_int_equal(price, whole - objective_of(m, objective, bonus));
			if (!(kept.positions - 1)) m->n_openings++;
			m->openings[o] = kept;
			assert_true(price >= before[o]);
			above += price > before[o];
		}
		free(before);
		planned_end(&p);
		invented_free(m);
	}
	assert_true(above > 20);
}

static void raising_leaves_the_placement_and_is_the_same_twice(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 10; seed++) {
		struct invented *m = market(seed);
		struct planned p = planned_of(m, LGM_PEOPLE);
		struct lgm_hit *before = calloc(m->n_candidates, sizeof *before), now;
		int64_t *price = calloc(m->n_openings, sizeof *price);
		for (size_t c = 0; c < m->n_candidates; c++)
			if (!lgm_plan_placed(p.plan, m->candidates[c].id, &before[c])) before[c].id = UINT32_MAX;
		assert_int_equal(lgm_plan_raise(p.plan), LGM_OK);
		for (size_t c = 0; c < m->n_candidates; c++)
			assert_int_equal(lgm_plan_placed(p.plan, m->candidates[c].id, &now) ? now.id : UINT32_MAX,
			                 before[c].id);
		for (size_t o = 0; o < m->n_openings; o++) price[o] = lgm_plan_opening_dual(p.plan, m->openings[o].id);
		assert_int_equal(lgm_plan_raise(p.plan), LGM_OK);
		for (size_t o = 0; o < m->n_openings; o++)
			assert_int_equal(lgm_plan_opening_dual(p.plan, m->openings[o].id), price[o]);
		free(before);
		free(price);
		planned_end(&p);
		invented_free(m);
	}
}

/* The plain way to the same: all openings, one by one. */
static struct lgm_worth plain_worth(const struct invented *m, const struct lgm_plan *plan,
                                    const struct lgm_candidate *c)
{
	struct lgm_worth best = { 0, 0 };
	for (size_t o = 0; o < m->n_openings; o++) {
		struct lgm_verdict v;
		lgm_compare(&m->setup, c, &m->openings[o], &v);
		if (v.failed || v.score < m->setup.reserve) continue;
		uint32_t id = m->openings[o].id;
		int64_t gain = lgm_plan_bonus(plan) + v.score - lgm_plan_opening_dual(plan, id);
		if (gain > best.gain || (gain > 0 && gain == best.gain && id < best.opening))
			best = (struct lgm_worth){ gain, id };
	}
	return best;
}

enum { MORE = 12 };

static void ask_all(const struct planned *p, const struct lgm_candidate *more, struct lgm_worth *worths)
{
	for (unsigned i = 0; i < MORE; i++) {
		struct lgm_worth plain = plain_worth(p->m, p->plan, &more[i]);
		assert_int_equal(lgm_plan_worth(p->plan, &more[i], &worths[i]), LGM_OK);
		assert_int_equal(worths[i].gain, plain.gain);
		if (plain.gain) assert_int_equal(worths[i].opening, plain.opening);
	}
}

static void one_more_candidate_adds_just_the_gain(void **state)
{
	(void)state;
	unsigned some = 0, looser = 0;
	for (unsigned seed = 1; seed <= 30; seed++) {
		struct invented *m = market(seed);
		struct planned p = planned_of(m, seed % 2 ? LGM_PEOPLE : LGM_SCORE);
		struct lgm_candidate more[MORE];
		struct lgm_worth low[MORE], high[MORE];
		struct lgm_totals before, after;
		for (unsigned i = 0; i < MORE; i++) more[i] = invented_candidate(m, seed * 100 + i, 7000 + i);
		lgm_plan_totals(p.plan, &before);
		ask_all(&p, more, low);
		assert_int_equal(lgm_plan_raise(p.plan), LGM_OK);
		ask_all(&p, more, high);
		for (unsigned i = 0; i < MORE; i++) {
			assert_int_equal(lgm_plan_add_candidate(p.plan, &more[i]), LGM_OK);
			lgm_plan_totals(p.plan, &after);
			assert_int_equal(after.primal - before.primal, high[i].gain);
			assert_true(low[i].gain >= high[i].gain);
			assert_int_equal(lgm_plan_remove_candidate(p.plan, more[i].id), LGM_OK);
			some += high[i].gain > 0;
			looser += low[i].gain > high[i].gain;
		}
		planned_end(&p);
		invented_free(m);
	}
	assert_true(some > 30 && looser > 10);
}

static void who_breaks_the_contract_is_worth_an_error(void **state)
{
	(void)state;
	struct invented *m = market(1);
	struct planned p = planned_of(m, LGM_PEOPLE);
	struct lgm_candidate c = m->candidates[0];
	struct lgm_worth worth;
	c.commute = LGM_COMMUTE_MAX + 1;
	assert_int_equal(lgm_plan_worth(p.plan, &c, &worth), LGM_INVALID);
	assert_int_equal(lgm_each_near(p.ix, &c, 0, NULL, NULL), LGM_INVALID);
	struct lgm_plan *unsolved;
	assert_int_equal(lgm_plan_new(&unsolved, p.ix, LGM_PEOPLE, 1, NULL), LGM_OK);
	assert_int_equal(lgm_plan_raise(unsolved), LGM_INVALID);
	assert_int_equal(lgm_plan_mark(unsolved), LGM_INVALID);
	lgm_plan_free(unsolved);
	planned_end(&p);
	invented_free(m);
}

/* --- what lies near --- */

struct told {
	const struct invented *m;
	const struct lgm_candidate *c;
	uint16_t forgiven;
	size_t n;
	uint64_t by_demand[LGM_DEMANDS + 1];
};

static void tell(void *self, const struct lgm_near *near)
{
	struct told *t = self;
	struct lgm_verdict v;
	size_t o = 0;
	while (t->m->openings[o].id != near->opening) assert_true(++o < t->m->n_openings);
	lgm_compare(&t->m->setup, t->c, &t->m->openings[o], &v);
	assert_int_equal(near->failed, v.failed);
	assert_int_equal(near->score, v.score);
	t->n++;
	t->by_demand[v.failed ? (unsigned)__builtin_ctz(v.failed) : LGM_DEMANDS]++;
}

static bool lies_near(const struct told *t, const struct lgm_opening *o)
{
	struct lgm_verdict v;
	lgm_compare(&t->m->setup, t->c, o, &v);
	return !(v.failed & ~t->forgiven) && !(v.failed & (v.failed - 1));
}

static void what_lies_near_is_what_plain_comparison_says(void **state)
{
	(void)state;
	static const uint16_t sets[] = { 0, 1u << LGM_NEEDS_LICENCE | 1u << LGM_NEEDS_LANGUAGE, 1u << LGM_NEEDS_COMMUTE,
		                         (1u << LGM_DEMANDS) - 1 };
	uint64_t all[LGM_DEMANDS + 1] = { 0 };
	struct invented *m = invented_new(77, 120, 400);
	struct lgm_index *ix;
	assert_int_equal(lgm_index_new(&ix, &m->setup, NULL, 0, m->openings, m->n_openings, NULL), LGM_OK);
	for (size_t c = 0; c < m->n_candidates; c++)
		for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
			struct told t = { .m = m, .c = &m->candidates[c], .forgiven = sets[s] };
			size_t wanted = 0;
			for (size_t o = 0; o < m->n_openings; o++) wanted += lies_near(&t, &m->openings[o]);
			assert_int_equal(lgm_each_near(ix, t.c, t.forgiven, tell, &t), LGM_OK);
			assert_int_equal(t.n, wanted);
			for (unsigned d = 0; d <= LGM_DEMANDS; d++) all[d] += t.by_demand[d];
		}
	for (unsigned d = 0; d <= LGM_DEMANDS; d++) assert_true(all[d] > 0);
	lgm_index_free(ix);
	invented_free(m);
}

/* --- mark and back --- */

struct state {
	struct lgm_hit *at;
	int64_t *u, *v;
};

static struct state state_of(const struct invented *m, const struct lgm_plan *plan)
{
	struct state s = { calloc(m->n_candidates, sizeof *s.at), calloc(m->n_candidates, sizeof *s.u),
		           calloc(m->n_openings, sizeof *s.v) };
	for (size_t c = 0; c < m->n_candidates; c++) {
		if (!lgm_plan_placed(plan, m->candidates[c].id, &s.at[c])) s.at[c].id = UINT32_MAX;
		s.u[c] = lgm_plan_candidate_dual(plan, m->candidates[c].id);
	}
	for (size_t o = 0; o < m->n_openings; o++) s.v[o] = lgm_plan_opening_dual(plan, m->openings[o].id);
	return s;
}

static void assert_same(const struct invented *m, const struct state *a, const struct state *b)
{
	for (size_t c = 0; c < m->n_candidates; c++) {
		assert_int_equal(a->at[c].id, b->at[c].id);
		assert_int_equal(a->at[c].score, b->at[c].score);
	}
	assert_memory_equal(a->u, b->u, m->n_candidates * sizeof *a->u);
	assert_memory_equal(a->v, b->v, m->n_openings * sizeof *a->v);
}

static void state_free(struct state *s)
{
	free(s->at);
	free(s->u);
	free(s->v);
}

/* Add up to so many, each time as good as from nothing, and go back. `room` is where the market's array has place. */
static void try_some(struct planned *p, enum lgm_objective objective, unsigned seed, unsigned n)
{
	struct invented *m = p->m;
	size_t were = m->n_candidates;
	struct lgm_candidate *own = m->candidates, *more = calloc(were + n, sizeof *more);
	struct lgm_totals t;
	memcpy(more, own, were * sizeof *more);
	m->candidates = more;
	assert_int_equal(lgm_plan_mark(p->plan), LGM_OK);
	for (unsigned i = 0; i < n; i++) {
		struct lgm_candidate c = invented_candidate(m, seed * 31 + i, 9000 + i);
		assert_int_equal(lgm_plan_add_candidate(p->plan, &c), LGM_OK);
		assert_int_equal(lgm_plan_add_candidate(p->plan, &c), LGM_TAKEN);
		more[m->n_candidates++] = c;
	}
	assert_proven(m, p->plan);
	lgm_plan_totals(p->plan, &t);
	assert_int_equal(t.primal, objective_of(m, objective, lgm_plan_bonus(p->plan)));
	assert_int_equal(lgm_plan_back(p->plan), LGM_OK);
	m->candidates = own;
	m->n_candidates = were;
	free(more);
}

static void back_at_the_mark_all_is_as_it_was(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 16; seed++) {
		struct invented *m = market(seed);
		enum lgm_objective objective = seed % 2 ? LGM_PEOPLE : LGM_SCORE;
		struct planned p = planned_of(m, objective);
		if (seed % 3) assert_int_equal(lgm_plan_raise(p.plan), LGM_OK);
		struct state before = state_of(m, p.plan);
		for (unsigned round = 0; round < 3; round++) {
			try_some(&p, objective, seed * 7 + round, seed == 5 ? 600 : 12 * round);
			struct state after = state_of(m, p.plan);
			assert_same(m, &before, &after);
			state_free(&after);
			assert_null(lgm_index_check(p.ix));
			assert_int_equal(lgm_index_candidates(p.ix), m->n_candidates);
		}
		/* And it is good for further changes. */
		struct lgm_totals t;
		assert_int_equal(lgm_plan_remove_candidate(p.plan, m->candidates[m->n_candidates - 1].id), LGM_OK);
		assert_int_equal(lgm_plan_remove_opening(p.plan, m->openings[m->n_openings - 1].id), LGM_OK);
		m->n_candidates--;
		m->n_openings--;
		assert_proven(m, p.plan);
		lgm_plan_totals(p.plan, &t);
		assert_int_equal(t.primal, objective_of(m, objective, lgm_plan_bonus(p.plan)));
		state_free(&before);
		planned_end(&p);
		invented_free(m);
	}
}

static void a_marked_plan_takes_candidates_only(void **state)
{
	(void)state;
	struct invented *m = market(2);
	struct planned p = planned_of(m, LGM_PEOPLE);
	struct lgm_opening o = invented_opening(m, 5, 8000);
	assert_int_equal(lgm_plan_back(p.plan), LGM_INVALID);
	assert_int_equal(lgm_plan_mark(p.plan), LGM_OK);
	assert_int_equal(lgm_plan_mark(p.plan), LGM_INVALID);
	assert_int_equal(lgm_plan_remove_candidate(p.plan, m->candidates[0].id), LGM_INVALID);
	assert_int_equal(lgm_plan_add_opening(p.plan, &o), LGM_INVALID);
	assert_int_equal(lgm_plan_remove_opening(p.plan, m->openings[0].id), LGM_INVALID);
	assert_int_equal(lgm_plan_back(p.plan), LGM_OK);
	assert_int_equal(lgm_plan_mark(p.plan), LGM_OK); /* left marked: it is freed with its mark */
	planned_end(&p);
	invented_free(m);
}

/* An allocator that gives out when told. */
struct scarce {
	size_t left;
};
static void *scarce_get(void *self, size_t size)
{
	struct scarce *s = self;
	if (!s->left) return NULL;
	s->left--;
	return malloc(size);
}
static void scarce_put(void *self, void *piece)
{
	(void)self;
	free(piece);
}

static void without_memory_nothing_is_raised_or_marked(void **state)
{
	(void)state;
	struct invented *m = market(7);
	struct planned p = planned_of(m, LGM_PEOPLE);
	struct scarce scarce = { SIZE_MAX };
	struct lgm_mem mem = { scarce_get, scarce_put, &scarce };
	struct lgm_plan *plan;
	struct lgm_worth worth;
	assert_int_equal(lgm_plan_new(&plan, p.ix, LGM_PEOPLE, 1, &mem), LGM_OK);
	solve(plan);
	struct state before = state_of(m, plan);
	for (size_t left = 0; left < 3; left++) {
		scarce.left = left;
		assert_int_equal(lgm_plan_raise(plan), LGM_NO_MEMORY);
		scarce.left = left;
		assert_int_equal(lgm_plan_mark(plan), LGM_NO_MEMORY);
		scarce.left = left;
		assert_int_equal(lgm_plan_worth(plan, &m->candidates[0], &worth), LGM_NO_MEMORY);
		struct state after = state_of(m, plan);
		assert_same(m, &before, &after);
		state_free(&after);
	}
	scarce.left = SIZE_MAX;
	assert_int_equal(lgm_plan_raise(plan), LGM_OK);
	assert_proven(m, plan);
	state_free(&before);
	lgm_plan_free(plan);
	planned_end(&p);
	invented_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_highest_price_is_what_one_position_is_worth),
		cmocka_unit_test(raising_leaves_the_placement_and_is_the_same_twice),
		cmocka_unit_test(one_more_candidate_adds_just_the_gain),
		cmocka_unit_test(who_breaks_the_contract_is_worth_an_error),
		cmocka_unit_test(what_lies_near_is_what_plain_comparison_says),
		cmocka_unit_test(back_at_the_mark_all_is_as_it_was),
		cmocka_unit_test(a_marked_plan_takes_candidates_only),
		cmocka_unit_test(without_memory_nothing_is_raised_or_marked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
