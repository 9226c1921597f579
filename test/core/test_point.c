/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/point.h"

static void a_point_is_read_as_maps_show_it(void **state)
{
	static const struct {
		const char *text;
		struct point is;
	} cases[] = {
		{ "55.4038, 10.4024", { 55403800, 10402400 } },
		{ "  55.4038   10.4024 ", { 55403800, 10402400 } },
		{ "55.4038/10.4024", { 55403800, 10402400 } },
		{ "55,4038; 10,4024", { 55403800, 10402400 } },
		{ "55,4038, 10,4024", { 55403800, 10402400 } },
		{ "55,4038 10,4024", { 55403800, 10402400 } },
		{ "56, 10", { 56000000, 10000000 } },
		{ "55.40380000000001,10.402419999999", { 55403800, 10402419 } },
		{ "-0.5, -180", { -500000, -180000000 } },
		{ "90, 180", { 90000000, 180000000 } },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct point p;
		if (!point_read(&p, cases[i].text, strlen(cases[i].text))) fail_msg("%s is read", cases[i].text);
		assert_int_equal(p.latitude_e6, cases[i].is.latitude_e6);
		assert_int_equal(p.longitude_e6, cases[i].is.longitude_e6);
	}
}

static void what_is_no_point_is_refused(void **state)
{
	static const char *const cases[] = {
		"",         "55.4038",      "55.4038,",    "90.000001, 10", "55, 180.000001",
		"999, 10",  "55.4.1, 10",   "55., 10",     ".5, 10",        "55.4038, 10.4024 E",
		"N 55, 10", "55.4038,, 10", "+55.4, 10.4", "1e1, 10",       "55.4038\n10.4024"
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct point p = { 1, 2 };
		if (point_read(&p, cases[i], strlen(cases[i]))) fail_msg("%s is refused", cases[i]);
		assert_int_equal(p.latitude_e6, 1);
		assert_int_equal(p.longitude_e6, 2);
	}
}

static void what_is_printed_is_read_again(void **state)
{
	static const struct point all[] = {
		{ 55403800, 10402400 }, { -1, 1 }, { -90000000, 180000000 }, { 0, -500001 }
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct lg_buf text = { 0 };
		struct point p;
		point_print(&text, all[i]);
		assert_true(point_read(&p, text.data, text.len));
		assert_int_equal(p.latitude_e6, all[i].latitude_e6);
		assert_int_equal(p.longitude_e6, all[i].longitude_e6);
		lg_buf_free(&text);
	}
}

static void points_of_one_municipality_are_near(void **state)
{
	struct point kiruna = { 67855800, 20225200 }, riksgransen = { 68427000, 18129000 },
	             odense = { 55403800, 10402400 }, swapped = { 10402400, 55403800 };
	(void)state;
	assert_true(point_near(kiruna, riksgransen));
	assert_false(point_near(odense, swapped));
	assert_false(point_near(odense, kiruna));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_point_is_read_as_maps_show_it),
		cmocka_unit_test(what_is_no_point_is_refused),
		cmocka_unit_test(what_is_printed_is_read_again),
		cmocka_unit_test(points_of_one_municipality_are_near),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
