/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The assignment: its certificate over all pairs, an outside solver's optimum, and repair after changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glpk.h>

#include "invented.h"

static struct lgm_index *index_of(const struct invented *m)
{
	struct lgm_index *ix;
	assert_int_equal(
	    lgm_index_new(&ix, &m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL), LGM_OK);
	return ix;
}

/* @return the rounds it took */
static unsigned prove(struct lgm_plan *plan, size_t workers)
{
	uint64_t violated = 1;
	unsigned round = 0;
	for (; violated; round++) {
		assert_true(round < 100);
		assert_int_equal(lgm_plan_solve(plan), LGM_OK);
		for (size_t u = 0; u < lgm_plan_units(plan); u++) lgm_plan_price(plan, u % workers, u);
		assert_int_equal(lgm_plan_price_end(plan, &violated), LGM_OK);
	}
	return round;
}

static struct lgm_plan *plan_of(struct lgm_index *ix, enum lgm_objective objective, size_t k, size_t workers)
{
	struct lgm_plan *plan;
	assert_int_equal(lgm_plan_new(&plan, ix, objective, workers, NULL), LGM_OK);
	if (k) {
		struct lgm_join *join;
		assert_int_equal(lgm_join_new(&join, ix, k, 1, NULL), LGM_OK);
		for (size_t u = 0; u < lgm_join_units(join); u++) lgm_join_work(join, 0, u);
		lgm_join_end(join);
		assert_int_equal(lgm_plan_seed(plan, join), LGM_OK);
		lgm_join_free(join);
	}
	(void)prove(plan, workers);
	return plan;
}

/* The certificate, checked with the reference alone over every pair. */
static void assert_proven(const struct invented *m, const struct lgm_plan *plan, struct lgm_totals *totals)
{
	int64_t bonus = lgm_plan_bonus(plan), primal = 0, dual = 0;
	unsigned *taken = calloc(m->n_openings + 1, sizeof *taken);
	lgm_plan_totals(plan, totals);
	for (size_t c = 0; c < m->n_candidates; c++) {
		struct lgm_hit place = { 0, 0 };
		bool placed = lgm_plan_placed(plan, m->candidates[c].id, &place), found = false;
		int64_t u = lgm_plan_candidate_dual(plan, m->candidates[c].id);
		assert_true(u >= 0);
		dual += u;
		for (size_t o = 0; o < m->n_openings; o++) {
			struct lgm_verdict v;
			lgm_compare(&m->setup, &m->candidates[c], &m->openings[o], &v);
			bool pair = !v.failed && v.score >= m->setup.reserve;
			if (pair) assert_true(u + lgm_plan_opening_dual(plan, m->openings[o].id) >= bonus + v.score);
			if (!placed || place.id != m->openings[o].id) continue;
			assert_true(pair);
			assert_int_equal(place.score, v.score);
			primal += bonus + v.score;
			taken[o]++;
			found = true;
		}
		assert_true(!placed || found);
	}
	for (size_t o = 0; o < m->n_openings; o++) {
		assert_true(taken[o] <= m->openings[o].positions);
		assert_true(lgm_plan_opening_dual(plan, m->openings[o].id) >= 0);
		dual += lgm_plan_opening_dual(plan, m->openings[o].id) * m->openings[o].positions;
	}
	assert_int_equal(primal, dual);
	assert_int_equal(primal, totals->primal);
	assert_int_equal(dual, totals->dual);
	free(taken);
}

static void the_certificate_holds_over_all_pairs(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 12; seed++) {
		struct invented *m = invented_new(seed * 31, 60 * seed, 14 * seed);
		if (seed % 4 == 0) m->setup.reserve = 3500;
		struct lgm_index *ix = index_of(m);
		for (enum lgm_objective objective = LGM_SCORE; objective <= LGM_PEOPLE; objective++) {
			struct lgm_totals with, without;
			struct lgm_plan *a = plan_of(ix, objective, 5, 2), *b = plan_of(ix, objective, 0, 1);
			assert_proven(m, a, &with);
			assert_proven(m, b, &without);
			assert_int_equal(with.primal, without.primal);
			assert_int_equal(with.placed, without.placed);
			lgm_plan_free(a);
			lgm_plan_free(b);
		}
		lgm_index_free(ix);
		invented_free(m);
	}
}

/* The same optimum by GLPK: a linear program over all feasible pairs. */
static double outside_optimum(const struct invented *m, double bonus)
{
	glp_prob *lp = glp_create_prob();
	glp_smcp options;
	glp_init_smcp(&options);
	options.msg_lev = GLP_MSG_OFF;
	glp_set_obj_dir(lp, GLP_MAX);
	glp_add_rows(lp, (int)(m->n_candidates + m->n_openings));
	for (size_t c = 0; c < m->n_candidates; c++) glp_set_row_bnds(lp, (int)c + 1, GLP_UP, 0, 1);
	for (size_t o = 0; o < m->n_openings; o++)
		glp_set_row_bnds(lp, (int)(m->n_candidates + o) + 1, GLP_UP, 0, m->openings[o].positions);
	for (size_t c = 0; c < m->n_candidates; c++)
		for (size_t o = 0; o < m->n_openings; o++) {
			struct lgm_verdict v;
			lgm_compare(&m->setup, &m->candidates[c], &m->openings[o], &v);
			if (v.failed || v.score < m->setup.reserve) continue;
			int column = glp_add_cols(lp, 1), rows[3] = { 0, (int)c + 1, (int)(m->n_candidates + o) + 1 };
			double ones[3] = { 0, 1, 1 };
			glp_set_col_bnds(lp, column, GLP_LO, 0, 0);
			glp_set_obj_coef(lp, column, bonus + v.score);
			glp_set_mat_col(lp, column, 2, rows, ones);
		}
	double optimum = 0;
	if (glp_get_num_cols(lp) > 0) {
		assert_int_equal(glp_simplex(lp, &options), 0);
		assert_int_equal(glp_get_status(lp), GLP_OPT);
		optimum = glp_get_obj_val(lp);
	}
	glp_delete_prob(lp);
	return optimum;
}

static void an_outside_solver_finds_the_same_optimum(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 50; seed++) {
		struct invented *m = invented_new(seed * 7919, 20 + seed * 2, 4 + seed / 2);
		struct lgm_index *ix = index_of(m);
		for (enum lgm_objective objective = LGM_SCORE; objective <= LGM_PEOPLE; objective++) {
			struct lgm_plan *plan = plan_of(ix, objective, 4, 1);
			struct lgm_totals t;
			/* A smaller bonus than ours says the same and keeps the floating point of the outside solver
			 * exact. */
			double bonus = objective == LGM_PEOPLE ? 10001.0 * (double)m->n_candidates : 0;
			lgm_plan_totals(plan, &t);
			double mine = (double)t.score + bonus * (double)t.placed, theirs = outside_optimum(m, bonus);
			assert_true(mine - theirs < 0.5 && theirs - mine < 0.5);
			lgm_plan_free(plan);
		}
		lgm_index_free(ix);
		invented_free(m);
	}
}

static void people_places_at_least_as_many(void **state)
{
	(void)state;
	unsigned more = 0;
	for (unsigned seed = 1; seed <= 15; seed++) {
		struct invented *m = invented_new(seed * 101, 150, 40);
		struct lgm_index *ix = index_of(m);
		struct lgm_totals s, p;
		struct lgm_plan *a = plan_of(ix, LGM_SCORE, 10, 1), *b = plan_of(ix, LGM_PEOPLE, 10, 1);
		lgm_plan_totals(a, &s);
		lgm_plan_totals(b, &p);
		assert_true(p.placed >= s.placed && p.score <= s.score);
		more += p.placed > s.placed;
		lgm_plan_free(a);
		lgm_plan_free(b);
		lgm_index_free(ix);
		invented_free(m);
	}
	assert_true(more > 0); /* the two objectives do differ */
}

static void change_one(struct invented *m, struct lgm_plan *plan, uint64_t *r, unsigned step)
{
	size_t c = invented_random(r) % m->n_candidates, o = invented_random(r) % m->n_openings;
	if (step % 2) {
		assert_int_equal(lgm_plan_remove_candidate(plan, m->candidates[c].id), LGM_OK);
		m->candidates[c] = invented_candidate(m, invented_random(r), 5000 + step);
		assert_int_equal(lgm_plan_add_candidate(plan, &m->candidates[c]), LGM_OK);
		assert_int_equal(lgm_plan_add_candidate(plan, &m->candidates[c]), LGM_TAKEN);
	} else {
		assert_int_equal(lgm_plan_remove_opening(plan, m->openings[o].id), LGM_OK);
		assert_int_equal(lgm_plan_remove_opening(plan, m->openings[o].id), LGM_UNKNOWN);
		m->openings[o] = invented_opening(m, invented_random(r), m->openings[o].id);
		assert_int_equal(lgm_plan_add_opening(plan, &m->openings[o]), LGM_OK);
	}
}

/* After every change the plan is proven again, and as good as one made from nothing. */
static void changes_keep_the_proof(void **state)
{
	(void)state;
	for (enum lgm_objective objective = LGM_SCORE; objective <= LGM_PEOPLE; objective++) {
		struct invented *m = invented_new(objective + 11, 300, 70);
		struct lgm_index *ix = index_of(m);
		struct lgm_plan *plan = plan_of(ix, objective, 8, 2);
		uint64_t r = 4242;
		for (unsigned step = 0; step < 120; step++) {
			struct lgm_totals t, fresh;
			change_one(m, plan, &r, step);
			assert_proven(m, plan, &t);
			if (step % 20) continue;
			assert_null(lgm_index_check(ix));
			struct lgm_plan *anew = plan_of(ix, objective, 8, 1);
			lgm_plan_totals(anew, &fresh);
			assert_int_equal(t.score, fresh.score);
			assert_int_equal(t.placed, fresh.placed);
			lgm_plan_free(anew);
		}
		lgm_plan_free(plan);
		lgm_index_free(ix);
		invented_free(m);
	}
}

/* Hundreds of candidates and openings that are all alike: the lists give everybody the same twenty, and each round must
   bring in others, or there would be no end of rounds. */
static void a_market_of_likes_needs_few_rounds(void **state)
{
	(void)state;
	struct invented *m = invented_new(9, 900, 700);
	for (uint32_t i = 0; i < m->n_candidates; i++) {
		struct lgm_candidate like = { .id = i,
			                      .place = m->openings[0].place,
			                      .commute = 1000,
			                      .contracts = 1,
			                      .start = LGM_NO_DATE,
			                      .hours_max = 1680,
			                      .wants_work = true };
		m->candidates[i] = like;
	}
	for (uint32_t i = 0; i < m->n_openings; i++) {
		struct lgm_opening like = { .id = i,
			                    .place = m->openings[0].place,
			                    .start = LGM_NO_DATE,
			                    .hours = LGM_NO_HOURS,
			                    .positions = 1 };
		m->openings[i] = like;
	}
	struct lgm_index *ix = index_of(m);
	struct lgm_plan *plan;
	struct lgm_join *join;
	struct lgm_totals t;
	assert_int_equal(lgm_join_new(&join, ix, 20, 1, NULL), LGM_OK);
	for (size_t u = 0; u < lgm_join_units(join); u++) lgm_join_work(join, 0, u);
	lgm_join_end(join);
	assert_int_equal(lgm_plan_new(&plan, ix, LGM_PEOPLE, 1, NULL), LGM_OK);
	assert_int_equal(lgm_plan_seed(plan, join), LGM_OK);
	assert_in_range(prove(plan, 1), 1, 6);
	assert_proven(m, plan, &t);
	assert_int_equal(t.placed, 700);
	lgm_join_free(join);
	lgm_plan_free(plan);
	lgm_index_free(ix);
	invented_free(m);
}

/* Sixty-five thousand positions in each opening are no sixty-five thousand places in memory. */
struct counted {
	size_t most;
};
static void *counted_get(void *self, size_t size)
{
	struct counted *c = self;
	if (size > c->most) c->most = size;
	return malloc(size);
}
static void counted_put(void *self, void *piece)
{
	(void)self;
	free(piece);
}

static void many_positions_take_little_memory(void **state)
{
	(void)state;
	struct invented *m = invented_new(6, 500, 60);
	for (size_t i = 0; i < m->n_openings; i++) m->openings[i].positions = UINT16_MAX;
	struct lgm_index *ix = index_of(m);
	struct counted counted = { 0 };
	struct lgm_mem mem = { counted_get, counted_put, &counted };
	struct lgm_plan *plan;
	struct lgm_totals t;
	assert_int_equal(lgm_plan_new(&plan, ix, LGM_PEOPLE, 1, &mem), LGM_OK);
	(void)prove(plan, 1);
	assert_proven(m, plan, &t);
	assert_true(t.placed > 100);
	assert_true(counted.most < (size_t)UINT16_MAX * sizeof(uint32_t));
	for (uint32_t i = 0; i < 700;
	     i++) { /* past the page, so that there are more candidates than there was room for */
		struct lgm_candidate c = invented_candidate(m, i, 90000 + i);
		assert_int_equal(lgm_plan_add_candidate(plan, &c), LGM_OK);
	}
	lgm_plan_totals(plan, &t);
	assert_int_equal(t.primal, t.dual);
	lgm_plan_free(plan);
	lgm_index_free(ix);
	invented_free(m);
}

/* The placement itself, not only its worth, does not depend on order of input, workers or instructions. */
static void one_placement_for_every_way(void **state)
{
	(void)state;
	struct invented *m = invented_new(2024, 1500, 300);
	struct lgm_hit *first = calloc(m->n_candidates + 1, sizeof *first);
	for (unsigned way = 0; way < 4; way++) {
		if (way == 1)
			for (size_t i = 0, j = m->n_openings - 1; i < j; i++, j--) {
				struct lgm_opening o = m->openings[i];
				m->openings[i] = m->openings[j];
				m->openings[j] = o;
			}
		struct lgm_index *ix = index_of(m);
		if (way >= 2) (void)lgm_index_use(ix, way == 2 ? LGM_SCALAR : LGM_AVX2);
		struct lgm_plan *plan = plan_of(ix, LGM_PEOPLE, 10, 1 + way % 3);
		for (size_t i = 0; i < m->n_candidates; i++) {
			struct lgm_hit hit = { UINT32_MAX, 0 };
			(void)lgm_plan_placed(plan, m->candidates[i].id, &hit);
			if (way == 0) first[i] = hit;
			assert_int_equal(hit.id, first[i].id);
			assert_int_equal(hit.score, first[i].score);
		}
		lgm_plan_free(plan);
		lgm_index_free(ix);
	}
	free(first);
	invented_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_certificate_holds_over_all_pairs),
		cmocka_unit_test(an_outside_solver_finds_the_same_optimum),
		cmocka_unit_test(people_places_at_least_as_many),
		cmocka_unit_test(changes_keep_the_proof),
		cmocka_unit_test(a_market_of_likes_needs_few_rounds),
		cmocka_unit_test(many_positions_take_little_memory),
		cmocka_unit_test(one_placement_for_every_way),
	};
	return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
