/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* Of many small offices: an integer solver that knows all tables cannot tell what is hidden closer than five. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "attacker.h"
#include "modules/hotline/figures_hide.h"

enum { K = FIGURES_K, WEEKS = FIGURES_WEEKS, STATES = FIGURES_STATES, MOST = 4, CELLS = MOST * WEEKS, OFFICES = 1000 };
static struct lg_arena *mem;
static uint32_t seed = 3;
static size_t asked_of_solver;

static int begin(void **state)
{
	(void)state;
	mem = lg_arena_new(0, NULL);
	return 0;
}
static int end(void **state)
{
	(void)state;
	lg_arena_free(mem);
	return 0;
}

static uint32_t dice(uint32_t n) { return seed = seed * 1664525u + 1013904223u, (seed >> 16) % n; }

/* An office: enquiries of places and weeks, what became of those of a week, and how many callers were asked twice. */
struct office {
	size_t places;
	int64_t enquiries[CELLS], answers[WEEKS * STATES], twice[CELLS], answered[CELLS];
};

static void make(struct office *o)
{
	memset(o, 0, sizeof *o);
	o->places = 1 + dice(MOST);
	uint32_t weeks = 1 + dice(WEEKS), most = 2 + dice(14);
	for (size_t p = 0; p < o->places; p++)
		for (size_t w = 0; w < weeks; w++) {
			size_t at = p * WEEKS + w;
			o->enquiries[at] = dice(3) ? dice(most) : 0;
			for (int64_t i = 0; i < o->enquiries[at]; i++) {
				uint32_t state = dice(5);
				o->answers[w * STATES + (state < 3    ? FIGURES_IN_TIME
				                         : state == 3 ? FIGURES_LATE
				                                      : FIGURES_OPEN)]++;
				o->answered[at] += state < 3 || (state == 3 && dice(2));
				o->twice[at] += dice(3) == 0;
			}
		}
}

static int64_t sum(const int64_t *of, size_t first, size_t step, size_t n)
{
	int64_t all = 0;
	for (size_t i = 0; i < n; i++) all += of[first + i * step];
	return all;
}

static void wide(struct attacker *a, int count, int64_t truth, const char *what)
{
	int64_t least, most;
	if (!attacker_range(a, count, &least, &most)) fail_msg("%s: no numbers do", what);
	assert_true(least <= truth && truth <= most);
	if (most - least < K)
		fail_msg("%s: %lld is %lld to %lld", what, (long long)truth, (long long)least, (long long)most);
	asked_of_solver++;
}

/* A table as it is shown, and its lines. */
static void tell(struct attacker *a, const struct figures_table *t, int *v)
{
	size_t wide_by = t->n_columns + 1;
	int line[MOST + WEEKS + 1];
	for (size_t i = 0; i < (t->n_rows + 1) * wide_by; i++)
		v[i] = attacker_count(a, t->hidden[i] ? -1 : t->counts[i]);
	for (size_t r = 0; r <= t->n_rows; r++)
		attacker_sum(a, t->n_columns, &v[r * wide_by], v[r * wide_by + t->n_columns]);
	for (size_t c = 0; c <= t->n_columns; c++) {
		for (size_t r = 0; r < t->n_rows; r++) line[r] = v[r * wide_by + c];
		attacker_sum(a, t->n_rows, line, v[t->n_rows * wide_by + c]);
	}
}

static void check(const struct office *o)
{
	struct figures_table by_place = { .n_rows = o->places, .n_columns = WEEKS },
	                     by_answer = { .n_rows = WEEKS, .n_columns = STATES };
	int x[(MOST + 1) * (WEEKS + 1)], y[(WEEKS + 1) * (STATES + 1)], twice[MOST][WEEKS], line[MOST + WEEKS + 2],
	    of_place[MOST], of_week[WEEKS];
	bool places[MOST], weeks[WEEKS];
	static const int less[] = { 1, -1 };
	figures_hide_both(mem, &by_place, o->enquiries, &by_answer, o->answers, o->twice);
	for (size_t p = 0; p < o->places; p++) places[p] = by_place.hidden[p * (WEEKS + 1) + WEEKS];
	for (size_t w = 0; w < WEEKS; w++) weeks[w] = by_place.hidden[o->places * (WEEKS + 1) + w];
	figures_hide_sums(mem, &(struct figures_sums){ o->places, o->twice, &by_place, true, places, weeks });
	struct attacker *a = attacker_new();
	tell(a, &by_place, x);
	tell(a, &by_answer, y);
	for (size_t w = 0; w < WEEKS; w++)
		attacker_sum(a, 1, &x[o->places * (WEEKS + 1) + w], y[w * (STATES + 1) + STATES]);
	for (size_t p = 0; p < o->places; p++) {
		for (size_t w = 0; w < WEEKS; w++) {
			twice[p][w] = attacker_count(a, -1);
			attacker_line(a, 2, (int[]){ x[p * (WEEKS + 1) + w], twice[p][w] }, less, 0, ATTACKER_MOST);
		}
		of_place[p] = attacker_count(a, places[p] ? -1 : sum(o->twice, p * WEEKS, 1, WEEKS));
		attacker_sum(a, WEEKS, twice[p], of_place[p]);
	}
	for (size_t w = 0; w < WEEKS; w++) {
		of_week[w] = attacker_count(a, weeks[w] ? -1 : sum(o->twice, w, WEEKS, o->places));
		for (size_t p = 0; p < o->places; p++) line[p] = twice[p][w];
		attacker_sum(a, o->places, line, of_week[w]);
		/* The median of a week says that five were answered. */
		if (weeks[w] && by_place.hidden[o->places * (WEEKS + 1) + w]) continue;
		if (!figures_week_is_told(&by_answer, w) || sum(o->answered, w, WEEKS, o->places) < K) continue;
		attacker_line(a, 2, &y[w * (STATES + 1)], NULL, K, ATTACKER_MOST);
	}
	for (size_t i = 0; i < (o->places + 1) * (WEEKS + 1); i++) {
		int64_t n = by_place.counts[i];
		assert_true(by_place.hidden[i] || n == 0 || n >= K);
		if (by_place.hidden[i]) wide(a, x[i], n, "enquiries");
	}
	for (size_t i = 0; i < (WEEKS + 1) * (STATES + 1); i++) {
		int64_t n = by_answer.counts[i];
		assert_true(by_answer.hidden[i] || n == 0 || n >= K);
		if (by_answer.hidden[i]) wide(a, y[i], n, "answers");
	}
	for (size_t p = 0; p < o->places; p++)
		if (places[p]) wide(a, of_place[p], sum(o->twice, p * WEEKS, 1, WEEKS), "asked twice, a place");
	for (size_t w = 0; w < WEEKS; w++)
		if (weeks[w]) wide(a, of_week[w], sum(o->twice, w, WEEKS, o->places), "asked twice, a week");
	attacker_free(a);
}

static void no_table_tells_what_another_hides(void **state)
{
	(void)state;
	for (int i = 0; i < OFFICES; i++) {
		struct office o;
		make(&o);
		check(&o);
	}
	print_message("# %zu hidden counts\n", asked_of_solver);
	assert_true(asked_of_solver > 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(no_table_tells_what_another_hides, begin,
		                                                            end) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
