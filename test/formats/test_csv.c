/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "formats/csv.h"

static void fields_are_separated_and_lines_end(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_csv_str(&b, true, "c1");
	lg_csv_int(&b, false, -42);
	lg_csv_empty(&b, false);
	lg_csv_str(&b, false, "da=A2;uk=native");
	lg_csv_end(&b);
	assert_string_equal(b.data, "c1,-42,,da=A2;uk=native\n");
	lg_buf_free(&b);
}

static void quoted_where_needed_only(void **state)
{
	(void)state;
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "plain", "plain" },
		{ "a,b", "\"a,b\"" },
		{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
		{ "two\nlines", "\"two\nlines\"" },
		{ "cr\r", "\"cr\r\"" },
		{ " blank", "\" blank\"" },
		{ "blank\t", "\"blank\t\"" },
		{ "", "" },
		{ "\"", "\"\"\"\"" },
		{ "=1+1", "=1+1" },
		{ "@x", "@x" },
		{ "-1", "-1" },
		{ "København", "København" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct lg_buf b = { 0 };
		lg_csv_str(&b, true, cases[i].in);
		assert_int_equal(b.len, strlen(cases[i].out));
		if (b.len) assert_memory_equal(b.data, cases[i].out, b.len);
		lg_buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_separated_and_lines_end),
		cmocka_unit_test(quoted_where_needed_only),
	};
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
