/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "market/hide.h"

static void hide_one_line(const uint64_t *counts, bool *hidden, size_t n)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	memset(hidden, 0, n);
	lg_hide_row(&cx, counts, hidden, n);
	lg_arena_free(cx.mem);
}

static void a_count_that_could_be_had_by_subtraction_takes_another_with_it(void **state)
{
	(void)state;
	const uint64_t counts[] = { 12, 3, 9 };
	bool hidden[3];
	hide_one_line(counts, hidden, 3);
	assert_false(hidden[0]);
	assert_true(hidden[1]);
	assert_true(hidden[2]);
}

static void nothing_is_hidden_where_nothing_is_small(void **state)
{
	(void)state;
	const uint64_t counts[] = { 12, 0, 5, 0 };
	bool hidden[4];
	hide_one_line(counts, hidden, 4);
	for (int i = 0; i < 4; i++) assert_false(hidden[i]);
}

static void two_that_make_less_than_five_take_a_third(void **state)
{
	(void)state;
	const uint64_t counts[] = { 1, 2, 40, 0, 30 };
	bool hidden[5];
	hide_one_line(counts, hidden, 5);
	const bool expected[] = { true, true, false, false, true };
	assert_memory_equal(hidden, expected, sizeof hidden);
}

static void nobody_is_hidden_only_when_nothing_else_is_left(void **state)
{
	(void)state;
	const uint64_t counts[] = { 4, 0, 0 };
	bool hidden[3];
	hide_one_line(counts, hidden, 3);
	assert_true(hidden[0]);
	assert_true(hidden[1]);
	assert_true(hidden[2]);
}

/* Every line hides nothing, or two and five, or all it has. */
static bool line_is_closed(const uint64_t *counts, const bool *hidden, size_t from, size_t step, size_t n)
{
	uint64_t sum = 0;
	size_t away = 0;
	for (size_t i = 0; i < n; i++) {
		size_t cell = from + i * step;
		if (counts[cell] >= 1 && counts[cell] <= 4 && !hidden[cell]) return false;
		away += hidden[cell];
		sum += hidden[cell] ? counts[cell] : 0;
	}
	return !away || away == n || (away > 1 && sum >= 5);
}

static void in_any_table_no_line_gives_a_hidden_count_away(void **state)
{
	(void)state;
	srand(1);
	for (int round = 0; round < 2000; round++) {
		struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
		size_t rows = 1 + (size_t)rand() % 12, columns = 3;
		uint64_t counts[36] = { 0 };
		bool hidden[36] = { false };
		for (size_t r = 0; r < rows; r++) {
			counts[r * 3] = rand() % 2 ? (uint64_t)(rand() % 9) : (uint64_t)(rand() % 200);
			counts[r * 3 + 1] = rand() % 3 ? (uint64_t)(rand() % 9) : 0;
			counts[r * 3 + 2] = counts[r * 3] + counts[r * 3 + 1];
		}
		lg_hide_table(&cx, counts, hidden, rows, columns);
		for (size_t r = 0; r < rows; r++) assert_true(line_is_closed(counts, hidden, r * 3, 1, 3));
		for (size_t c = 0; c < columns; c++) assert_true(line_is_closed(counts, hidden, c, 3, rows));
		lg_arena_free(cx.mem);
	}
}

static void a_table_of_large_counts_is_shown_whole(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	const uint64_t counts[] = { 10, 5, 15, 7, 0, 7 };
	bool hidden[6] = { false };
	lg_hide_table(&cx, counts, hidden, 2, 3);
	for (int i = 0; i < 6; i++) assert_false(hidden[i]);
	lg_arena_free(cx.mem);
}

static void a_part_is_hidden_when_it_or_the_rest_is_small(void **state)
{
	(void)state;
	assert_true(lg_hide_part(3, 100));
	assert_true(lg_hide_part(97, 100));
	assert_false(lg_hide_part(0, 100));
	assert_false(lg_hide_part(100, 100));
	assert_false(lg_hide_part(50, 100));
	assert_false(lg_hide_part(95, 100));
	assert_true(lg_hide_part(96, 100));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_count_that_could_be_had_by_subtraction_takes_another_with_it),
		cmocka_unit_test(nothing_is_hidden_where_nothing_is_small),
		cmocka_unit_test(two_that_make_less_than_five_take_a_third),
		cmocka_unit_test(nobody_is_hidden_only_when_nothing_else_is_left),
		cmocka_unit_test(in_any_table_no_line_gives_a_hidden_count_away),
		cmocka_unit_test(a_table_of_large_counts_is_shown_whole),
		cmocka_unit_test(a_part_is_hidden_when_it_or_the_rest_is_small),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
