/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An integer solver that knows all that is shown cannot tell any hidden count closer than five. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "attacker.h"
#include "core/suppress.h"

enum { K = 5, SIDE = 8, MOST = (SIDE + 1) * (SIDE + 1) };
static struct lg_arena *mem;
static size_t asked; /* of the solver: how many cells */

static int begin(void **state)
{
	(void)state;
	mem = lg_arena_new(0, NULL);
	asked = 0;
	return 0;
}
static int end(void **state)
{
	(void)state;
	lg_arena_free(mem);
	return 0;
}

static uint32_t dice(uint32_t *seed) { return *seed = *seed * 1664525u + 1013904223u, *seed >> 16; }

/* Counts as they come: many zeros, many small, some great. */
static int64_t some(uint32_t *seed)
{
	switch (dice(seed) % 5) {
	case 0: return 0;
	case 1: return dice(seed) % 3;
	case 2: return dice(seed) % 6;
	case 3: return dice(seed) % 12;
	default: return dice(seed) % 60;
	}
}

/* The variables of a table with its totals; what is not shown of them is for the solver to find. */
static void tell_table(struct attacker *a, const struct suppress_table *t, const int64_t *all, const bool *hidden,
                       int *v)
{
	size_t w = t->columns + 1;
	int line[SIDE + 1];
	for (size_t i = 0; i < (t->rows + 1) * w; i++) v[i] = attacker_count(a, hidden[i] ? -1 : all[i]);
	for (size_t r = 0; r <= t->rows; r++) attacker_sum(a, t->columns, &v[r * w], v[r * w + t->columns]);
	for (size_t c = 0; c <= t->columns; c++) {
		for (size_t r = 0; r < t->rows; r++) line[r] = v[r * w + c];
		attacker_sum(a, t->rows, line, v[t->rows * w + c]);
	}
}

static const char *shown(const struct suppress_table *t, const int64_t *all, const bool *hidden)
{
	const char *out = "";
	for (size_t i = 0; i < (t->rows + 1) * (t->columns + 1); i++)
		out = lg_printf(mem, "%s%s%lld%s", out, i % (t->columns + 1) ? " " : " / ", (long long)all[i],
		                hidden[i] ? "(c)" : "");
	return out;
}

/* The least width of the hidden cells that a reader would see, but for the "c". */
static int64_t narrowest(const struct suppress_table *t, const bool *hidden)
{
	int v[MOST];
	const int64_t *all = suppress_totals(mem, t);
	struct attacker *a = attacker_new();
	int64_t least, most, out = INT64_MAX;
	tell_table(a, t, all, hidden, v);
	for (size_t i = 0; i < (t->rows + 1) * (t->columns + 1); i++) {
		bool of_row = i % (t->columns + 1) == t->columns, of_column = i / (t->columns + 1) == t->rows;
		if (!hidden[i] || (of_row && !t->row_totals) || (of_column && !t->column_totals)) continue;
		if (!attacker_range(a, v[i], &least, &most)) fail_msg("no numbers do: %s", shown(t, all, hidden));
		assert_true(least <= all[i] && all[i] <= most);
		if (most - least < out) out = most - least;
		asked++;
	}
	attacker_free(a);
	return out;
}

static void the_row_of_the_story(void **state)
{
	(void)state;
	const int64_t row[] = { 12, 3, 9 };
	bool hidden[8];
	struct suppress_table t = { 1, 3, row, true, false, NULL };
	suppress(mem, &t, K, hidden);
	assert_false(hidden[0] || hidden[3]);
	assert_true(hidden[1] && hidden[2]);
	assert_true(narrowest(&t, hidden) >= K);
}

/* Would it notice? With the small counts alone hidden it can tell many; and the three of the story exactly. */
static void the_solver_finds_what_is_hidden_badly(void **state)
{
	(void)state;
	const int64_t row[] = { 12, 3, 9 }, two[] = { 1, 2, 20, 9 };
	bool hidden[10] = { [1] = true, [4] = true, [5] = true, [6] = true, [7] = true };
	struct suppress_table t = { 1, 3, row, true, false, NULL };
	assert_int_equal(narrowest(&t, hidden), 0);
	bool both[10] = { true, true, [5] = true, [6] = true, [7] = true, [8] = true, [9] = true };
	t = (struct suppress_table){ 1, 4, two, true, false, NULL };
	assert_int_equal(narrowest(&t, both), 3);
}

static void tables_of_all_kinds(void **state)
{
	(void)state;
	uint32_t seed = 11;
	for (int round = 0; round < 500; round++) {
		int64_t counts[SIDE * SIDE];
		bool hidden[MOST], also[MOST] = { false };
		size_t rows = 1 + dice(&seed) % 6, columns = 1 + dice(&seed) % SIDE;
		bool row_totals = dice(&seed) % 4 != 0, column_totals = rows > 1 && dice(&seed) % 4 != 0;
		for (size_t i = 0; i < rows * columns; i++) counts[i] = some(&seed);
		if (round % 3 == 0) also[dice(&seed) % ((rows + 1) * (columns + 1))] = true;
		struct suppress_table t = { rows, columns, counts, row_totals, column_totals, also };
		suppress(mem, &t, K, hidden);
		for (size_t i = 0; i < rows * columns; i++) {
			size_t at = i / columns * (columns + 1) + i % columns;
			assert_true(hidden[at] || counts[i] == 0 || counts[i] >= K);
			assert_true(hidden[at] || !also[at]);
		}
		int64_t width = narrowest(&t, hidden);
		if (width < K) fail_msg("%lld wide: %s", (long long)width, shown(&t, suppress_totals(mem, &t), hidden));
	}
	print_message("# %zu hidden cells\n", asked);
	assert_true(asked > 2000);
}

/* Places within regions within the country, over weeks: what one table hides, the one above and below do not tell. */
static void tables_that_are_nested(void **state)
{
	(void)state;
	enum { REGIONS = 3, PLACES = 4, WEEKS = 5 };
	enum { P = REGIONS * PLACES, CELLS = P * WEEKS + REGIONS * WEEKS + WEEKS + P + REGIONS + 1 };
	uint32_t seed = 5;
	for (int round = 0; round < 60; round++) {
		struct suppress_cell cells[CELLS];
		int64_t of_place[P] = { 0 }, of_region[REGIONS][WEEKS] = { { 0 } }, of_week[WEEKS] = { 0 }, all = 0;
		/* Nodes: week w of region r: r * WEEKS + w; of the country: week; then place, region, all. */
		size_t n = 0, week = REGIONS * WEEKS, place = week + WEEKS, hub = place + P;
		memset(cells, 0, sizeof cells);
		for (size_t p = 0; p < P; p++)
			for (size_t w = 0; w < WEEKS; w++) {
				int64_t count = some(&seed);
				of_place[p] += count, of_region[p / PLACES][w] += count, of_week[w] += count,
				    all += count;
				cells[n++] = (struct suppress_cell){
					place + p, p / PLACES * WEEKS + w, count, 0, SUPPRESS_ANY, false, false, false
				};
			}
		for (size_t r = 0; r < REGIONS; r++)
			for (size_t w = 0; w < WEEKS; w++)
				cells[n++] = (struct suppress_cell){ r * WEEKS + w, week + w, of_region[r][w], 0,
					                             SUPPRESS_ANY,  true,     false,           false };
		for (size_t w = 0; w < WEEKS; w++)
			cells[n++] =
			    (struct suppress_cell){ week + w, hub, of_week[w], 0, SUPPRESS_ANY, true, false, false };
		for (size_t p = 0; p < P; p++)
			cells[n++] =
			    (struct suppress_cell){ hub, place + p, of_place[p], 0, SUPPRESS_ANY, true, false, false };
		assert_true(suppress_net(mem, cells, n, hub + 1, K));
		struct attacker *a = attacker_new();
		int v[CELLS], line[P + WEEKS];
		for (size_t i = 0; i < n; i++) v[i] = attacker_count(a, cells[i].hidden ? -1 : cells[i].count);
		const int *regions = &v[P * WEEKS], *weeks = regions + REGIONS * WEEKS, *places = weeks + WEEKS;
		for (size_t p = 0; p < P; p++) attacker_sum(a, WEEKS, &v[p * WEEKS], places[p]);
		for (size_t r = 0; r < REGIONS; r++)
			for (size_t w = 0; w < WEEKS; w++) {
				for (size_t p = 0; p < PLACES; p++) line[p] = v[(r * PLACES + p) * WEEKS + w];
				attacker_sum(a, PLACES, line, regions[r * WEEKS + w]);
			}
		for (size_t w = 0; w < WEEKS; w++) {
			for (size_t r = 0; r < REGIONS; r++) line[r] = regions[r * WEEKS + w];
			attacker_sum(a, REGIONS, line, weeks[w]);
		}
		for (size_t i = 0; i < n; i++) {
			int64_t least, most;
			if (!cells[i].hidden) continue;
			assert_true(attacker_range(a, v[i], &least, &most));
			if (most - least < K)
				fail_msg("round %d: cell %zu (%lld) is %lld to %lld", round, i,
				         (long long)cells[i].count, (long long)least, (long long)most);
			asked++;
		}
		attacker_free(a);
	}
	print_message("# %zu hidden cells\n", asked);
	assert_true(asked > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_row_of_the_story, begin, end),
		cmocka_unit_test_setup_teardown(the_solver_finds_what_is_hidden_badly, begin, end),
		cmocka_unit_test_setup_teardown(tables_of_all_kinds, begin, end),
		cmocka_unit_test_setup_teardown(tables_that_are_nested, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
