/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/company_number.h"

static void numbers_that_add_up_are_taken(void **state)
{
	static const char *const cases[][2] = {
		{ "13748136", "13748136" },       { "24256790", "24256790" },        { "13585628", "13585628" },
		{ "DK 13 74 81 36", "13748136" }, { "DK99999993", "99999993" },      { "556036-0793", "5560360793" },
		{ "5560360793", "5560360793" },   { " 202100-5489 ", "2021005489" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char digits[COMPANY_NUMBER];
		const char *fault = company_number_read(digits, cases[i][0], strlen(cases[i][0]));
		if (fault) fail_msg("%s: %s", cases[i][0], fault);
		assert_string_equal(digits, cases[i][1]);
	}
}

static void others_are_refused(void **state)
{
	static const char *const cases[] = { "24256791",     "10000000",   "00000000",   "1374813",
		                             "137481361",    "5560360794", "1212121212", "556036-079X",
		                             "556036-07930", "",           "DK",         "SE556036079301" };
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char digits[COMPANY_NUMBER];
		if (!company_number_read(digits, cases[i], strlen(cases[i]))) fail_msg("%s is refused", cases[i]);
	}
}

static void a_workplace_has_no_check_digit(void **state)
{
	char digits[COMPANY_NUMBER];
	(void)state;
	assert_null(workplace_number_read(digits, "1003388394", 10));
	assert_null(workplace_number_read(digits, "12345678", 8));
	assert_non_null(workplace_number_read(digits, "123456789", 9));
	assert_non_null(workplace_number_read(digits, "", 0));
	assert_non_null(workplace_number_read(digits, "12345678901", 11));
}

static void they_are_shown_as_they_are_written(void **state)
{
	char shown[16];
	(void)state;
	company_number_show(shown, "13748136");
	assert_string_equal(shown, "CVR 13748136");
	company_number_show(shown, "5560360793");
	assert_string_equal(shown, "556036-0793");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_that_add_up_are_taken),
		cmocka_unit_test(others_are_refused),
		cmocka_unit_test(a_workplace_has_no_check_digit),
		cmocka_unit_test(they_are_shown_as_they_are_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
