/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/suppress.h"

enum { K = 5, MOST = 200 };
static struct lg_arena *mem;
static bool hidden[MOST];

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

/* "12 c c | 24 / ..." of what is shown, totals behind a bar and below. */
static const char *shown(size_t rows, size_t columns, const int64_t *counts, bool row_totals, bool column_totals)
{
	struct suppress_table t = { rows, columns, counts, row_totals, column_totals, NULL };
	int64_t *all = suppress_totals(mem, &t);
	const char *out = "";
	suppress(mem, &t, K, hidden);
	for (size_t r = 0; r < rows + column_totals; r++) {
		if (r) out = lg_printf(mem, "%s / ", out);
		for (size_t c = 0; c < columns + row_totals; c++) {
			size_t at = r * (columns + 1) + c;
			const char *gap = c == columns ? " | " : c ? " " : "";
			out = hidden[at] ? lg_printf(mem, "%s%sc", out, gap)
			                 : lg_printf(mem, "%s%s%lld", out, gap, (long long)all[at]);
		}
	}
	return out;
}

#define ROW(...)                                                                                                       \
	(const int64_t[]) { __VA_ARGS__ }

static void the_row_of_the_story_shows_two_hidden_cells(void **state)
{
	(void)state;
	assert_string_equal(shown(1, 3, ROW(12, 3, 9), true, false), "12 c c | 24");
}

static void what_is_great_enough_is_shown_and_so_is_nothing(void **state)
{
	(void)state;
	assert_string_equal(shown(1, 3, ROW(12, 5, 9), true, false), "12 5 9 | 26");
	assert_string_equal(shown(1, 3, ROW(12, 0, 9), true, false), "12 0 9 | 21");
	assert_string_equal(shown(2, 2, ROW(0, 0, 0, 0), true, true), "0 0 | 0 / 0 0 | 0 / 0 0 | 0");
}

static void without_totals_a_small_count_is_hidden_alone(void **state)
{
	(void)state;
	assert_string_equal(shown(1, 3, ROW(12, 3, 9), false, false), "12 c 9");
}

static void two_small_ones_that_add_up_to_too_little_take_another_with_them(void **state)
{
	(void)state;
	/* 1 and 2 are 3 together: each could be told within 3. */
	assert_string_equal(shown(1, 4, ROW(1, 2, 20, 9), true, false), "c c 20 c | 32");
	assert_string_equal(shown(1, 4, ROW(3, 4, 20, 9), true, false), "c c 20 9 | 36");
}

static void a_small_total_is_hidden_too(void **state)
{
	(void)state;
	assert_string_equal(shown(1, 3, ROW(1, 0, 2), true, false), "c 0 c | c");
	/* Nothing beside it: then the total goes, for it says the same. */
	assert_string_equal(shown(1, 1, ROW(3), true, true), "c | c / c | c");
	assert_string_equal(shown(1, 2, ROW(0, 3), true, false), "0 c | c");
}

static void both_ways_no_line_has_one_hidden_cell(void **state)
{
	(void)state;
	const int64_t table[] = { 20, 3, 30, 17, 25, 8, 40, 11, 9 };
	const char *text = shown(3, 3, table, true, true);
	for (size_t line = 0; line < 3; line++) {
		size_t in_row = 0, in_column = 0;
		for (size_t i = 0; i < 3; i++) in_row += hidden[line * 4 + i], in_column += hidden[i * 4 + line];
		if (in_row == 1 || in_column == 1) fail_msg("%s", text);
	}
	assert_true(hidden[1]);
	assert_false(hidden[3] || hidden[7] || hidden[11] || hidden[12] || hidden[15]);
}

/* What somebody could find out with pencil and paper: all tables that add up to what is shown. By trying all. */
struct tried {
	size_t rows, columns;
	int64_t left_row[4], left_column[4], table[16], least[16], most[16];
	const int64_t *all;
	bool any;
};

static void try_all(struct tried *t, size_t at)
{
	if (at == t->rows * t->columns) {
		for (size_t r = 0; r < t->rows; r++)
			if (t->left_row[r]) return;
		for (size_t c = 0; c < t->columns; c++)
			if (t->left_column[c]) return;
		for (size_t i = 0; i < at; i++) {
			if (!t->any || t->table[i] < t->least[i]) t->least[i] = t->table[i];
			if (!t->any || t->table[i] > t->most[i]) t->most[i] = t->table[i];
		}
		t->any = true;
		return;
	}
	size_t r = at / t->columns, c = at % t->columns;
	int64_t most = t->left_row[r] < t->left_column[c] ? t->left_row[r] : t->left_column[c];
	bool is_hidden = hidden[r * (t->columns + 1) + c];
	int64_t true_count = t->all[r * (t->columns + 1) + c];
	for (int64_t n = is_hidden ? 0 : true_count; n <= (is_hidden ? most : true_count); n++) {
		if (n > most) break;
		t->table[at] = n;
		t->left_row[r] -= n, t->left_column[c] -= n;
		try_all(t, at + 1);
		t->left_row[r] += n, t->left_column[c] += n;
	}
}

static uint32_t dice(uint32_t *seed) { return *seed = *seed * 1664525u + 1013904223u, *seed >> 16; }

static void nobody_can_compute_a_small_count_closer_than_five(void **state)
{
	(void)state;
	uint32_t seed = 7;
	size_t checked = 0;
	for (int round = 0; round < 400; round++) {
		int64_t counts[9];
		size_t rows = 2 + dice(&seed) % 2, columns = 2 + dice(&seed) % 2;
		for (size_t i = 0; i < rows * columns; i++)
			counts[i] = dice(&seed) % 4 ? dice(&seed) % 9 : dice(&seed) % 3;
		struct suppress_table t = { rows, columns, counts, true, true, NULL };
		const char *text = shown(rows, columns, counts, true, true);
		bool totals = true; /* all shown: else there is more freedom than is tried here */
		for (size_t r = 0; r < rows; r++) totals = totals && !hidden[r * (columns + 1) + columns];
		for (size_t c = 0; c <= columns; c++) totals = totals && !hidden[rows * (columns + 1) + c];
		if (!totals) continue;
		struct tried tried = { .rows = rows, .columns = columns, .all = suppress_totals(mem, &t) };
		for (size_t r = 0; r < rows; r++) tried.left_row[r] = tried.all[r * (columns + 1) + columns];
		for (size_t c = 0; c < columns; c++) tried.left_column[c] = tried.all[rows * (columns + 1) + c];
		try_all(&tried, 0);
		assert_true(tried.any);
		for (size_t i = 0; i < rows * columns; i++) {
			if (!counts[i] || counts[i] >= K) continue;
			checked++;
			if (tried.most[i] - tried.least[i] < K)
				fail_msg("%s: cell %zu is %lld to %lld", text, i, (long long)tried.least[i],
				         (long long)tried.most[i]);
		}
	}
	print_message("# %zu small counts\n", checked);
	assert_true(checked > 100);
}

static void what_another_table_hides_is_hidden_here_and_does_not_tell(void **state)
{
	(void)state;
	const int64_t counts[] = { 12, 8, 9, 30, 40, 50 };
	bool also[12] = { true };
	struct suppress_table t = { 2, 3, counts, true, true, also };
	suppress(mem, &t, K, hidden);
	assert_true(hidden[0]);
}

static void the_same_table_gives_the_same_cells_and_a_large_one_takes_no_time(void **state)
{
	(void)state;
	enum { ROWS = 98, COLUMNS = 8 };
	static int64_t counts[ROWS * COLUMNS];
	static bool first[(ROWS + 1) * (COLUMNS + 1)], again[(ROWS + 1) * (COLUMNS + 1)];
	uint32_t seed = 3;
	for (size_t i = 0; i < ROWS * COLUMNS; i++) counts[i] = dice(&seed) % 12;
	struct suppress_table t = { ROWS, COLUMNS, counts, true, true, NULL };
	suppress(mem, &t, K, first);
	suppress(mem, &t, K, again);
	assert_memory_equal(first, again, sizeof first);
	size_t small = 0, more = 0, shown_cells = 0;
	for (size_t r = 0; r < ROWS; r++)
		for (size_t c = 0; c < COLUMNS; c++) {
			int64_t n = counts[r * COLUMNS + c];
			bool is_hidden = first[r * (COLUMNS + 1) + c], is_small = n > 0 && n < K;
			assert_true(!is_small || is_hidden);
			small += is_small, more += is_hidden && !is_small, shown_cells += !is_hidden;
		}
	print_message("# %zu small, %zu hidden besides, %zu shown\n", small, more, shown_cells);
	assert_true(shown_cells > small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_row_of_the_story_shows_two_hidden_cells, begin, end),
		cmocka_unit_test_setup_teardown(what_is_great_enough_is_shown_and_so_is_nothing, begin, end),
		cmocka_unit_test_setup_teardown(without_totals_a_small_count_is_hidden_alone, begin, end),
		cmocka_unit_test_setup_teardown(two_small_ones_that_add_up_to_too_little_take_another_with_them, begin,
		                                end),
		cmocka_unit_test_setup_teardown(a_small_total_is_hidden_too, begin, end),
		cmocka_unit_test_setup_teardown(both_ways_no_line_has_one_hidden_cell, begin, end),
		cmocka_unit_test_setup_teardown(nobody_can_compute_a_small_count_closer_than_five, begin, end),
		cmocka_unit_test_setup_teardown(what_another_table_hides_is_hidden_here_and_does_not_tell, begin, end),
		cmocka_unit_test_setup_teardown(the_same_table_gives_the_same_cells_and_a_large_one_takes_no_time,
		                                begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
