/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"

static void known_days(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int32_t day;
	} some[] = {
		{ "1970-01-01", 0 },      { "1969-12-31", -1 },     { "1970-12-31", 364 },   { "2000-02-29", 11016 },
		{ "2000-03-01", 11017 },  { "2024-02-29", 19782 },  { "2026-01-01", 20454 }, { "1900-01-01", -25567 },
		{ "1900-02-28", -25509 }, { "1900-03-01", -25508 }, { "2100-03-01", 47541 }, { "2199-12-31", 84005 },
	};
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		int32_t day = INT32_MAX;
		char text[11];
		assert_true(lg_date_read(&day, some[i].text, 10));
		assert_int_equal(day, some[i].day);
		lg_date_print(text, day);
		assert_string_equal(text, some[i].text);
	}
}

/* The whole range against a calendar counted day by day. */
static void every_day_of_three_centuries(void **state)
{
	(void)state;
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int32_t want = -25567;
	for (int year = 1900; year < 2200; year++) {
		int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
		for (int month = 0; month < 12; month++) {
			for (int mday = 1; mday <= length[month] + (month == 1 && leap); mday++, want++) {
				char text[11];
				int32_t day = 0;
				lg_date_print(text, want);
				assert_true(lg_date_read(&day, text, 10));
				assert_int_equal(day, want);
				assert_int_equal((text[8] - '0') * 10 + text[9] - '0', mday);
				assert_int_equal((text[5] - '0') * 10 + text[6] - '0', month + 1);
			}
		}
	}
	assert_int_equal(want, 84006);
}

static void what_is_no_date_is_refused_and_nothing_written(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"",           "2026",       "2026-1-1",   "2026-01-1",   "2026-01-011", "20260101",
		"2026/01/01", "01-01-2026", "2026-00-01", "2026-13-01",  "2026-01-00",  "2026-01-32",
		"2026-02-29", "2026-02-30", "2026-04-31", "2026-06-31",  "1900-02-29",  "2100-02-29",
		"1899-12-31", "2200-01-01", "9999-12-31", " 026-01-01",  "2026- 1-01",  "2026-01- 1",
		"+026-01-01", "2026-0a-01", "-026-01-01", "2026-01-01 ", "2026-01-1\n", "\xD9\xA2\xD9\xA0-01-01",
	};
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		int32_t day = 4711;
		if (lg_date_read(&day, wrong[i], strlen(wrong[i]))) fail_msg("\"%s\" was taken", wrong[i]);
		assert_int_equal(day, 4711);
	}
}

static void length_counts_not_the_nul(void **state)
{
	(void)state;
	int32_t day = 0;
	assert_true(lg_date_read(&day, "1970-01-02T00:00:00Z", 10));
	assert_int_equal(day, 1);
	assert_false(lg_date_read(&day, "1970-01-02", 9));
	assert_false(lg_date_read(&day, "1970-01\0-2", 10));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days),
		cmocka_unit_test(every_day_of_three_centuries),
		cmocka_unit_test(what_is_no_date_is_refused_and_nothing_written),
		cmocka_unit_test(length_counts_not_the_nul),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
