/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* A right certificate is found right; each way to make it wrong is found, and named as what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "market/demands.h"
#include "market/verify.h"

/*
 * Three people, two openings with one and two positions, all in one place; the distance is the score. Weights:
 *   candidate 0: both openings; candidate 1: both; candidate 2: placements only, and there is none.
 */
enum { PEOPLE = 3, OPENINGS = 2, BONUS = 10000 * 3 + 1 };

struct market {
	struct lgm_setup setup;
	struct lgm_candidate c[PEOPLE];
	struct lgm_opening o[OPENINGS];
	struct verify_near near[OPENINGS];
	struct verify_pair pairs[PEOPLE + 1];
	int64_t u[PEOPLE], v[OPENINGS];
	uint32_t times[PEOPLE], taken[OPENINGS];
	struct verify verify;
	struct verify_report report;
};

static struct lgm_place north(int32_t metres)
{
	struct lgm_place p;
	assert_true(lgm_place_at(&p, 55000000 + metres * 9, 10000000));
	return p;
}

static uint16_t score(const struct market *m, uint32_t c, uint32_t o)
{
	struct lgm_verdict v;
	lgm_compare(&m->setup, &m->c[c], &m->o[o], &v);
	return v.score;
}

/* Candidate 0 lives near opening 0, candidate 1 near opening 1: so they are placed. */
static void prepare(struct market *m)
{
	*m = (struct market){ .setup = lgm_setup_default() };
	for (uint32_t c = 0; c < PEOPLE; c++)
		m->c[c] = (struct lgm_candidate){ .id = c,
			                          .place = north((int32_t)c * 15000),
			                          .commute = 5000,
			                          .start = LGM_NO_DATE,
			                          .contracts = 1u << LGM_JOB,
			                          .hours_max = 400,
			                          .wants_work = true };
	m->c[2].contracts = 1u << LGM_PLACEMENT;
	for (uint32_t o = 0; o < OPENINGS; o++)
		m->o[o] = (struct lgm_opening){ .id = o,
			                        .place = north((int32_t)o * 15000),
			                        .start = LGM_NO_DATE,
			                        .contract = LGM_JOB,
			                        .hours = 370,
			                        .positions = (uint16_t)(o + 1) };
	for (uint32_t o = 0; o < OPENINGS; o++) m->near[o] = verify_near(&m->setup, &m->o[o]);
	for (uint32_t c = 0; c < 2; c++) {
		m->pairs[c] = (struct verify_pair){ c, c, score(m, c, c) };
		m->u[c] = BONUS + m->pairs[c].score;
	}
	m->verify =
	    (struct verify){ &m->setup, m->c, m->o, PEOPLE, OPENINGS, true, BONUS, m->pairs, 2, m->u, m->v, m->near };
}

static uint64_t found(struct market *m)
{
	verify_pairs(&m->verify, m->times, m->taken, &m->report);
	verify_duals(&m->verify, m->times, m->taken, &m->report);
	verify_cover(&m->verify, 0, PEOPLE, &m->report);
	return verify_found(&m->report);
}

/* Exactly one kind of finding, at least once. */
static void assert_only(struct market *m, enum verify_kind kind)
{
	uint64_t all = found(m);
	assert_true(m->report.found[kind] > 0);
	assert_int_equal(all, m->report.found[kind]);
	assert_int_equal(m->report.examples[0].kind, kind);
}

static void assert_among(struct market *m, enum verify_kind kind)
{
	(void)found(m);
	assert_true(m->report.found[kind] > 0);
}

static void a_right_one_is_right(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	assert_int_equal(found(&m), 0);
	assert_int_equal(m.report.looked_at, PEOPLE * OPENINGS);
}

static void a_dual_too_low(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.u[0]--;
	m.u[1]++; /* the sums still agree */
	assert_only(&m, VERIFY_UNCOVERED);
	assert_int_equal(m.report.examples[0].candidate, 0);
	assert_int_equal(m.report.examples[0].opening, 0);
	assert_int_equal(m.report.examples[0].should - m.report.examples[0].is, 1);
}

static void a_dual_too_low_is_in_the_sample(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.u[0]--;
	verify_sample(&m.verify, 0, OPENINGS, 1000, 7, &m.report);
	assert_true(m.report.found[VERIFY_UNCOVERED] > 0);
	assert_int_equal(m.report.looked_at, 2000);
}

static void a_pair_placed_twice(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.pairs[2] = (struct verify_pair){ 0, 1, score(&m, 0, 1) };
	m.verify.n_pairs = 3;
	assert_among(&m, VERIFY_REPEATED);
	assert_true(m.report.found[VERIFY_GAP] > 0);
}

static void more_people_than_positions(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.pairs[1] = (struct verify_pair){ 1, 0, score(&m, 1, 0) };
	assert_among(&m, VERIFY_OVERFULL);
	assert_int_equal(m.report.examples[0].is, 2);
	assert_int_equal(m.report.examples[0].should, 1);
}

static void an_infeasible_pair(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.pairs[2] = (struct verify_pair){ 2, 1, score(&m, 2, 1) };
	m.u[2] = BONUS + m.pairs[2].score;
	m.verify.n_pairs = 3;
	assert_only(&m, VERIFY_INFEASIBLE);
	assert_int_equal(m.report.examples[0].is, 1 << LGM_NEEDS_CONTRACT);
}

static void a_wrong_score(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.pairs[0].score++;
	m.u[0]++;
	assert_only(&m, VERIFY_SCORE);
}

static void a_gap(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.u[1]++;
	assert_only(&m, VERIFY_GAP);
	assert_int_equal(m.report.examples[0].should - m.report.examples[0].is, 1);
}

static void duals_too_large_to_add(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.u[0] = m.u[1] = INT64_MAX;
	assert_among(&m, VERIFY_GAP);
}

static void a_negative_dual(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.u[0]++;
	m.v[0]--; /* the pair is covered and the sums agree */
	assert_among(&m, VERIFY_NEGATIVE);
	assert_int_equal(m.report.found[VERIFY_GAP], 0);
}

static void somebody_unplaced_with_a_dual(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.u[2] = 5;
	assert_among(&m, VERIFY_IDLE);
}

static void a_placement_that_could_be_better(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.verify.n_pairs = 1; /* candidate 1 has no place, and the duals hide it */
	m.u[1] = 0;
	assert_only(&m, VERIFY_UNCOVERED);
}

static void a_bonus_too_small(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.verify.bonus = 30000;
	for (int c = 0; c < 2; c++) m.u[c] -= BONUS - 30000;
	assert_only(&m, VERIFY_BONUS);
	prepare(&m);
	m.verify.people = false;
	assert_only(&m, VERIFY_BONUS);
}

static void a_reserve(void **state)
{
	(void)state;
	struct market m;
	prepare(&m);
	m.setup.reserve = 10000;
	assert_only(&m, VERIFY_RESERVE); /* the placed pairs lie below; the others need no cover */
	prepare(&m);
	m.setup.reserve = (uint16_t)(m.pairs[1].score < m.pairs[0].score ? m.pairs[1].score : m.pairs[0].score);
	assert_int_equal(found(&m), 0);
}

static void reports_are_put_together(void **state)
{
	(void)state;
	struct market m;
	struct verify_report all = { 0 };
	prepare(&m);
	m.u[0] = m.u[1] = 0;
	for (size_t c = 0; c < PEOPLE; c++) {
		struct verify_report one = { 0 };
		verify_cover(&m.verify, c, c + 1, &one);
		verify_merge(&all, &one);
	}
	assert_int_equal(all.found[VERIFY_UNCOVERED], 4);
	assert_int_equal(all.n_examples, 4);
	assert_int_equal(all.looked_at, PEOPLE * OPENINGS);
	for (int i = 0; i < 10; i++) verify_merge(&all, &all);
	assert_int_equal(all.n_examples, VERIFY_EXAMPLES);
}

/* --- the quick no: random pairs of all that a demand looks at */

struct drawn {
	struct lgm_candidate c;
	struct lgm_opening o;
	struct lgm_language spoken[3], asked[3];
	struct lgm_licence licences[2];
	uint16_t needed[2];
};

static uint32_t draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 8) * below >> 24);
}

static struct lgm_place draw_place(uint32_t *state)
{
	struct lgm_place p;
	int32_t north = (int32_t)draw(state, 900000), east = (int32_t)draw(state, 900000);
	assert_true(lgm_place_at(&p, 55000000 + north, 9000000 + east));
	return p;
}

static int32_t draw_date(uint32_t *state) { return draw(state, 4) ? (int32_t)draw(state, 100) : LGM_NO_DATE; }

static void draw_week(uint32_t *state, struct lgm_week *w, uint32_t one_in)
{
	for (uint32_t i = 0; i < LGM_WEEK_SLOTS; i++)
		if (!draw(state, one_in)) w->bits[i / 64] |= (uint64_t)1 << i % 64;
}

static uint16_t draw_languages(uint32_t *state, struct lgm_language *out)
{
	uint16_t n = (uint16_t)draw(state, 4);
	for (uint16_t i = 0; i < n; i++)
		out[i] = (struct lgm_language){ (uint8_t)(i * 100 + draw(state, 2)),
			                        (uint8_t)(1 + draw(state, LGM_NATIVE)) };
	return n;
}

static void draw_candidate(uint32_t *state, struct drawn *d)
{
	d->c = (struct lgm_candidate){ .wants_work = draw(state, 20) > 0,
		                       .commute = draw(state, 6000),
		                       .contracts = (uint16_t)draw(state, 512),
		                       .start = draw_date(state),
		                       .hours_min = (uint16_t)draw(state, 300),
		                       .place = draw_place(state),
		                       .languages = d->spoken,
		                       .licences = d->licences,
		                       .n_licences = (uint16_t)draw(state, 3) };
	d->c.hours_max = (uint16_t)(d->c.hours_min + draw(state, 100));
	d->c.n_languages = draw_languages(state, d->spoken);
	draw_week(state, &d->c.free, 1 + draw(state, 3));
	for (uint16_t i = 0; i < 2; i++)
		d->licences[i] = (struct lgm_licence){ (uint16_t)(i * 2 + draw(state, 2)), draw(state, 2) > 0 };
}

static void draw_opening(uint32_t *state, struct drawn *d)
{
	d->o = (struct lgm_opening){ .contract = (uint8_t)draw(state, LGM_CONTRACTS),
		                     .remote = !draw(state, 5),
		                     .positions = 1,
		                     .start = draw_date(state),
		                     .assistant_allowed = draw(state, 2) > 0,
		                     .hours = draw(state, 4) ? (uint16_t)draw(state, 400) : LGM_NO_HOURS,
		                     .place = draw_place(state),
		                     .languages = d->asked,
		                     .licences = d->needed,
		                     .n_licences = (uint16_t)(draw(state, 2) ? 0 : draw(state, 3)) };
	d->o.n_languages = draw(state, 2) ? 0 : draw_languages(state, d->asked);
	if (draw(state, 3)) draw_week(state, &d->o.schedule, 1 + draw(state, 9));
	for (uint16_t i = 0; i < 2; i++) d->needed[i] = (uint16_t)(i * 2 + draw(state, 2));
}

static void the_quick_no_is_never_wrong(void **state)
{
	(void)state;
	struct lgm_setup s = lgm_setup_default();
	uint32_t chance = 1;
	int far = 0, feasible = 0, seen[LGM_DEMANDS] = { 0 };
	for (int i = 0; i < 50000; i++) {
		struct drawn d;
		struct lgm_verdict v;
		struct demands_person p;
		draw_candidate(&chance, &d);
		draw_opening(&chance, &d);
		s.min_schedule_percent = (uint8_t)draw(&chance, 101);
		struct verify_near near = verify_near(&s, &d.o);
		lgm_compare(&s, &d.c, &d.o, &v);
		demands_person(&p, &d.c);
		assert_int_equal(demands_failed(&s, &p, &d.o, near.slots), v.failed);
		if (verify_far(&s, &d.c, &near)) {
			assert_int_not_equal(v.failed, 0);
			far++;
		}
		for (int k = 0; k < LGM_DEMANDS; k++) seen[k] += v.failed >> k & 1;
		feasible += !v.failed;
	}
	assert_true(far > 10000 && feasible > 100);
	for (int k = 0; k < LGM_DEMANDS; k++) assert_true(seen[k] > 1000 && seen[k] < 49000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_right_one_is_right),
		cmocka_unit_test(a_dual_too_low),
		cmocka_unit_test(a_dual_too_low_is_in_the_sample),
		cmocka_unit_test(a_pair_placed_twice),
		cmocka_unit_test(more_people_than_positions),
		cmocka_unit_test(an_infeasible_pair),
		cmocka_unit_test(a_wrong_score),
		cmocka_unit_test(a_gap),
		cmocka_unit_test(duals_too_large_to_add),
		cmocka_unit_test(a_negative_dual),
		cmocka_unit_test(somebody_unplaced_with_a_dual),
		cmocka_unit_test(a_placement_that_could_be_better),
		cmocka_unit_test(a_bonus_too_small),
		cmocka_unit_test(a_reserve),
		cmocka_unit_test(reports_are_put_together),
		cmocka_unit_test(the_quick_no_is_never_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
