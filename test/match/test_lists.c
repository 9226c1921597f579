/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The index against the readable reference: every list, every way of computing it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "invented.h"

enum { K = 20 };

static int better(const struct lgm_hit *a, const struct lgm_hit *b)
{
	if (a->score != b->score) return a->score > b->score;
	return a->id < b->id;
}

static size_t insert(struct lgm_hit *list, size_t n, size_t k, struct lgm_hit hit)
{
	if (n == k && (!k || !better(&hit, &list[n - 1]))) return n;
	size_t i = n < k ? n : n - 1;
	for (; i && better(&hit, &list[i - 1]); i--) list[i] = list[i - 1];
	list[i] = hit;
	return n < k ? n + 1 : n;
}

static size_t slow_openings(const struct invented *m, const struct lgm_candidate *c, struct lgm_hit *hits, size_t k,
                            size_t *feasible)
{
	struct lgm_verdict v;
	size_t n = 0;
	*feasible = 0;
	for (size_t i = 0; i < m->n_openings; i++) {
		lgm_compare(&m->setup, c, &m->openings[i], &v);
		if (v.failed) continue;
		++*feasible;
		if (v.score >= m->setup.reserve) n = insert(hits, n, k, (struct lgm_hit){ m->openings[i].id, v.score });
	}
	return n;
}

static size_t slow_candidates(const struct invented *m, const struct lgm_opening *o, struct lgm_hit *hits, size_t k,
                              size_t *feasible)
{
	struct lgm_verdict v;
	size_t n = 0;
	*feasible = 0;
	for (size_t i = 0; i < m->n_candidates; i++) {
		lgm_compare(&m->setup, &m->candidates[i], o, &v);
		if (v.failed) continue;
		++*feasible;
		if (v.score >= m->setup.reserve)
			n = insert(hits, n, k, (struct lgm_hit){ m->candidates[i].id, v.score });
	}
	return n;
}

static void assert_same(const struct lgm_hit *a, size_t na, const struct lgm_hit *b, size_t nb)
{
	assert_int_equal(na, nb);
	for (size_t i = 0; i < na; i++) {
		assert_int_equal(a[i].id, b[i].id);
		assert_int_equal(a[i].score, b[i].score);
	}
}

static struct lgm_index *index_of(const struct invented *m)
{
	struct lgm_index *ix;
	assert_int_equal(
	    lgm_index_new(&ix, &m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, NULL), LGM_OK);
	assert_null(lgm_index_check(ix));
	return ix;
}

static void hold_queries(const struct invented *m, const struct lgm_index *ix, size_t k)
{
	struct lgm_hit fast[K], slow[K];
	size_t ff, sf;
	for (size_t i = 0; i < m->n_candidates; i++) {
		size_t n = lgm_best_openings(ix, &m->candidates[i], fast, k, &ff);
		assert_same(fast, n, slow, slow_openings(m, &m->candidates[i], slow, k, &sf));
		assert_int_equal(ff, sf);
	}
	for (size_t i = 0; i < m->n_openings; i++) {
		size_t n = lgm_best_candidates(ix, &m->openings[i], fast, k, &ff);
		assert_same(fast, n, slow, slow_candidates(m, &m->openings[i], slow, k, &sf));
		assert_int_equal(ff, sf);
	}
}

static void hold_join(const struct invented *m, const struct lgm_index *ix, size_t workers)
{
	struct lgm_join *join;
	struct lgm_hit fast[K], slow[K];
	size_t feasible, sum = 0;
	assert_int_equal(lgm_join_new(&join, ix, K, workers, NULL), LGM_OK);
	for (size_t u = lgm_join_units(join); u--;) /* another order than the usual one */
		lgm_join_work(join, u % workers, u);
	lgm_join_end(join);
	for (size_t i = 0; i < m->n_candidates; i++) {
		size_t n = lgm_join_openings(join, m->candidates[i].id, fast);
		assert_same(fast, n, slow, slow_openings(m, &m->candidates[i], slow, K, &feasible));
		sum += feasible;
	}
	for (size_t i = 0; i < m->n_openings; i++) {
		size_t n = lgm_join_candidates(join, m->openings[i].id, fast);
		assert_same(fast, n, slow, slow_candidates(m, &m->openings[i], slow, K, &feasible));
	}
	assert_int_equal(lgm_join_feasible(join), sum);
	lgm_join_free(join);
}

static void every_way_gives_the_reference(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 10; seed++) {
		struct invented *m = invented_new(seed, seed * 140, seed * 35);
		if (seed % 3 == 0) m->setup.reserve = (uint16_t)(seed * 600);
		struct lgm_index *ix = index_of(m);
		for (enum lgm_simd simd = LGM_SCALAR; simd < LGM_SIMDS; simd++) {
			if (!lgm_index_use(ix, simd)) continue;
			hold_queries(m, ix, seed % 4 == 0 ? 3 : K);
			hold_join(m, ix, 1 + seed % 3);
		}
		lgm_index_free(ix);
		invented_free(m);
	}
}

static unsigned count(unsigned set)
{
	unsigned n = 0;
	for (; set; set &= set - 1) n++;
	return n;
}

static void misses_are_counted_as_the_reference_does(void **state)
{
	(void)state;
	struct invented *m = invented_new(8, 300, 130);
	struct lgm_index *ix = index_of(m);
	for (size_t c = 0; c < m->n_candidates; c++) {
		struct lgm_misses got, want = { 0 };
		for (size_t o = 0; o < m->n_openings; o++) {
			struct lgm_verdict v;
			lgm_compare(&m->setup, &m->candidates[c], &m->openings[o], &v);
			for (unsigned d = 0; d < LGM_DEMANDS; d++) want.stopped[d] += v.failed >> d & 1u;
			want.feasible += !v.failed;
			unsigned n = count(v.failed), best = count(want.nearest_failed);
			if (want.any && (n > best || (n == best && v.score <= want.nearest_score))) continue;
			want.any = true; /* ids ascend here, so the first of equals has the smaller one */
			want.nearest = m->openings[o].id;
			want.nearest_failed = v.failed;
			want.nearest_score = v.score;
		}
		assert_int_equal(lgm_count_misses(ix, &m->candidates[c], &got), LGM_OK);
		assert_memory_equal(got.stopped, want.stopped, sizeof got.stopped);
		assert_int_equal(got.feasible, want.feasible);
		assert_int_equal(got.nearest, want.nearest);
		assert_int_equal(got.nearest_failed, want.nearest_failed);
		assert_int_equal(got.nearest_score, want.nearest_score);
	}
	lgm_index_free(ix);
	invented_free(m);
}

static void the_order_of_input_is_of_no_account(void **state)
{
	(void)state;
	struct invented *m = invented_new(77, 900, 200);
	struct lgm_index *a = index_of(m);
	for (size_t i = 0, j = m->n_candidates - 1; i < j; i++, j--) {
		struct lgm_candidate c = m->candidates[i];
		m->candidates[i] = m->candidates[j];
		m->candidates[j] = c;
	}
	struct lgm_index *b = index_of(m);
	struct lgm_hit x[K], y[K];
	for (size_t i = 0; i < m->n_openings; i++) {
		size_t n = lgm_best_candidates(a, &m->openings[i], x, K, NULL);
		assert_same(x, n, y, lgm_best_candidates(b, &m->openings[i], y, K, NULL));
	}
	lgm_index_free(a);
	lgm_index_free(b);
	invented_free(m);
}

/* Add, change and remove at random, then compare with an index built of what is left. */
static void a_changed_index_is_as_good_as_new(void **state)
{
	(void)state;
	struct invented *m = invented_new(5, 700, 150);
	struct lgm_index *ix = index_of(m);
	uint64_t r = 99;
	for (unsigned step = 0; step < 400; step++) {
		size_t c = invented_random(&r) % m->n_candidates, o = invented_random(&r) % m->n_openings;
		assert_int_equal(lgm_index_remove_candidate(ix, m->candidates[c].id), LGM_OK);
		assert_int_equal(lgm_index_remove_candidate(ix, m->candidates[c].id), LGM_UNKNOWN);
		uint32_t id = step % 2 ? m->candidates[c].id : 100000 + step;
		m->candidates[c] = invented_candidate(m, invented_random(&r), id);
		assert_int_equal(lgm_index_add_candidate(ix, &m->candidates[c]), LGM_OK);
		assert_int_equal(lgm_index_add_candidate(ix, &m->candidates[c]), LGM_TAKEN);
		assert_int_equal(lgm_index_remove_opening(ix, m->openings[o].id), LGM_OK);
		assert_int_equal(lgm_index_remove_opening(ix, m->openings[o].id), LGM_UNKNOWN);
		m->openings[o] = invented_opening(m, invented_random(&r), m->openings[o].id);
		assert_int_equal(lgm_index_add_opening(ix, &m->openings[o]), LGM_OK);
		assert_int_equal(lgm_index_add_opening(ix, &m->openings[o]), LGM_TAKEN);
		if (step % 50 == 0) assert_null(lgm_index_check(ix));
	}
	assert_null(lgm_index_check(ix));
	assert_int_equal(lgm_index_candidates(ix), m->n_candidates);
	hold_queries(m, ix, K);
	hold_join(m, ix, 2);
	lgm_index_free(ix);
	invented_free(m);
}

static void an_empty_market_has_empty_lists(void **state)
{
	(void)state;
	struct invented *m = invented_new(1, 3, 3);
	struct lgm_index *ix;
	struct lgm_hit hit;
	size_t feasible = 9;
	assert_int_equal(lgm_index_new(&ix, &m->setup, NULL, 0, NULL, 0, NULL), LGM_OK);
	assert_null(lgm_index_check(ix));
	assert_int_equal(lgm_best_openings(ix, &m->candidates[0], &hit, 1, &feasible), 0);
	assert_int_equal(feasible, 0);
	assert_int_equal(lgm_best_candidates(ix, &m->openings[0], &hit, 1, &feasible), 0);
	assert_int_equal(lgm_index_add_candidate(ix, &m->candidates[0]), LGM_OK);
	assert_int_equal(lgm_index_add_opening(ix, &m->openings[0]), LGM_OK);
	assert_null(lgm_index_check(ix));
	lgm_index_free(ix);
	invented_free(m);
}

/* An allocator that gives n pieces and then no more. */
struct meagre {
	long left, out;
};
static void *meagre_get(void *self, size_t size)
{
	struct meagre *m = self;
	if (m->left-- <= 0) return NULL;
	m->out++;
	return malloc(size);
}
static void meagre_put(void *self, void *piece)
{
	((struct meagre *)self)->out--;
	free(piece);
}

static void running_out_of_memory_is_an_answer(void **state)
{
	(void)state;
	struct invented *m = invented_new(3, 600, 40);
	struct lgm_index *ix = NULL;
	for (long n = 0;; n += 1 + n / 16) {
		struct meagre meagre = { n, 0 };
		struct lgm_mem mem = { meagre_get, meagre_put, &meagre };
		enum lgm_err err =
		    lgm_index_new(&ix, &m->setup, m->candidates, m->n_candidates, m->openings, m->n_openings, &mem);
		if (err == LGM_OK) {
			meagre.left = 0;
			struct lgm_hit hit;
			assert_int_equal(lgm_best_openings(ix, &m->candidates[0], &hit, 1, NULL), LGM_FAILED);
			assert_int_equal(lgm_best_candidates(ix, &m->openings[0], &hit, 1, NULL), LGM_FAILED);
			assert_int_equal(lgm_index_remove_candidate(ix, m->candidates[0].id), LGM_OK);
			assert_int_equal(lgm_index_add_candidate(ix, &m->candidates[0]), LGM_NO_MEMORY);
			assert_null(lgm_index_check(ix));
			lgm_index_free(ix);
			assert_int_equal(meagre.out, 0);
			break;
		}
		assert_int_equal(err, LGM_NO_MEMORY);
		assert_null(ix);
		assert_int_equal(meagre.out, 0);
	}
	invented_free(m);
}

static void what_breaks_the_contract_is_refused(void **state)
{
	(void)state;
	struct invented *m = invented_new(4, 50, 20);
	struct lgm_index *ix;
	m->candidates[7].id = m->candidates[8].id;
	assert_int_equal(lgm_index_new(&ix, &m->setup, m->candidates, 50, m->openings, 20, NULL), LGM_TAKEN);
	m->candidates[7].id = 1000;
	m->openings[3].id = m->openings[4].id;
	assert_int_equal(lgm_index_new(&ix, &m->setup, m->candidates, 50, m->openings, 20, NULL), LGM_TAKEN);
	m->openings[3].id = 1000;
	m->candidates[7].commute = LGM_COMMUTE_MAX + 1;
	assert_int_equal(lgm_index_new(&ix, &m->setup, m->candidates, 50, m->openings, 20, NULL), LGM_INVALID);
	m->candidates[7].commute = 100;
	m->openings[3].positions = 0;
	assert_int_equal(lgm_index_new(&ix, &m->setup, m->candidates, 50, m->openings, 20, NULL), LGM_INVALID);
	m->openings[3].positions = 1;
	m->setup.weight[LGM_WISH] = 9999;
	assert_int_equal(lgm_index_new(&ix, &m->setup, m->candidates, 50, m->openings, 20, NULL), LGM_INVALID);
	assert_null(ix);
	invented_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_way_gives_the_reference),
		cmocka_unit_test(misses_are_counted_as_the_reference_does),
		cmocka_unit_test(the_order_of_input_is_of_no_account),
		cmocka_unit_test(a_changed_index_is_as_good_as_new),
		cmocka_unit_test(an_empty_market_has_empty_lists),
		cmocka_unit_test(running_out_of_memory_is_an_answer),
		cmocka_unit_test(what_breaks_the_contract_is_refused),
	};
	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
