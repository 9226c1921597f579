/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void putting_appends_and_ends_with_nul(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_puts(&b, "cand");
	lg_put(&b, "idates", 4);
	lg_putc(&b, 'e');
	assert_string_equal(b.data, "candidate");
	assert_int_equal(b.len, 9);
	lg_buf_free(&b);
}

static void nothing_put_is_still_a_string(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_put(&b, NULL, 0);
	assert_string_equal(b.data, "");
	assert_int_equal(b.len, 0);
	lg_buf_free(&b);
}

static void zero_bytes_are_kept(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_put(&b, "a\0b", 3);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.data, "a\0b\0", 4);
	lg_buf_free(&b);
}

static void it_grows_past_every_step(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	for (size_t i = 0; i < 70000; i++) lg_putc(&b, (char)('a' + i % 26));
	assert_int_equal(b.len, 70000);
	assert_int_equal(strlen(b.data), 70000);
	for (size_t i = 0; i < b.len; i++) assert_int_equal(b.data[i], 'a' + i % 26);
	lg_buf_free(&b);
}

static void a_step_exactly_filled_has_room_for_the_nul(void **state)
{
	(void)state;
	char text[1025];
	memset(text, 'x', sizeof text);
	for (size_t n = 250; n < 260; n++) {
		struct lg_buf b = { 0 };
		lg_put(&b, text, n);
		assert_int_equal(strlen(b.data), n);
		assert_true(b.cap > n);
		lg_buf_free(&b);
	}
}

static void whole_numbers_are_decimal(void **state)
{
	(void)state;
	static const struct {
		int64_t v;
		const char *text;
	} some[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -7, "-7" },
		{ 10, "10" },
		{ 10000, "10000" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};
	struct lg_buf b = { 0 };
	for (size_t i = 0; i < sizeof some / sizeof *some; i++) {
		lg_buf_clear(&b);
		lg_put_int(&b, some[i].v);
		assert_string_equal(b.data, some[i].text);
	}
	lg_buf_free(&b);
}

static void formats_of_any_length(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_puts(&b, "> ");
	lg_putf(&b, "%s=%d", "score", 7340);
	assert_string_equal(b.data, "> score=7340");
	lg_putf(&b, "%5000d", 1);
	assert_int_equal(b.len, 12 + 5000);
	assert_int_equal(strlen(b.data), b.len);
	lg_putf(&b, "%s", "");
	assert_int_equal(b.len, 12 + 5000);
	lg_buf_free(&b);
}

static void clearing_keeps_the_memory_and_freeing_ends_it(void **state)
{
	(void)state;
	struct lg_buf b = { 0 };
	lg_puts(&b, "one");
	char *data = b.data;
	size_t cap = b.cap;
	lg_buf_clear(&b);
	assert_int_equal(b.len, 0);
	lg_puts(&b, "two");
	assert_ptr_equal(b.data, data);
	assert_int_equal(b.cap, cap);
	lg_buf_free(&b);
	assert_null(b.data);
	lg_buf_free(&b);
	lg_puts(&b, "again");
	assert_string_equal(b.data, "again");
	lg_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(putting_appends_and_ends_with_nul),
		cmocka_unit_test(nothing_put_is_still_a_string),
		cmocka_unit_test(zero_bytes_are_kept),
		cmocka_unit_test(it_grows_past_every_step),
		cmocka_unit_test(a_step_exactly_filled_has_room_for_the_nul),
		cmocka_unit_test(whole_numbers_are_decimal),
		cmocka_unit_test(formats_of_any_length),
		cmocka_unit_test(clearing_keeps_the_memory_and_freeing_ends_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
