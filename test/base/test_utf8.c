/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

/* Encode as RFC 3629 section 3 says, without asking whether the code point is allowed. @return bytes written */
static size_t encode(char out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
	out[0] = (char)((0xF00u >> n & 0xFF) | c);
	return n;
}

static void every_code_point_but_surrogates(void **state)
{
	(void)state;
	for (uint32_t c = 0; c < 0x110000; c++) {
		char s[4];
		size_t n = encode(s, c);
		size_t want = c >= 0xD800 && c <= 0xDFFF ? 0 : n;
		if (lg_utf8_span(s, n) != want) fail_msg("U+%04X", c);
	}
}

static void nothing_above_the_last_code_point(void **state)
{
	(void)state;
	for (uint32_t c = 0x110000; c < 0x200000; c++) {
		char s[4];
		size_t n = encode(s, c);
		if (lg_utf8_span(s, n) != 0) fail_msg("%X", c);
	}
	for (int first = 0xF5; first <= 0xFF; first++) {
		char s[6] = { (char)first, '\x80', '\x80', '\x80', '\x80', '\x80' };
		assert_int_equal(lg_utf8_span(s, 6), 0);
	}
}

static void overlong_forms_are_refused(void **state)
{
	(void)state;
	for (int last = 0x80; last <= 0xBF; last++) {
		for (int first = 0xC0; first <= 0xC1; first++) {
			char two[2] = { (char)first, (char)last };
			assert_int_equal(lg_utf8_span(two, 2), 0);
		}
		for (int second = 0x80; second <= 0x9F; second++) {
			char three[3] = { '\xE0', (char)second, (char)last };
			assert_int_equal(lg_utf8_span(three, 3), 0);
		}
		for (int second = 0x80; second <= 0x8F; second++) {
			char four[4] = { '\xF0', (char)second, '\x80', (char)last };
			assert_int_equal(lg_utf8_span(four, 4), 0);
		}
	}
}

static void a_cut_sequence_is_refused_where_it_begins(void **state)
{
	(void)state;
	static const char text[] = "a\xC3\xA5\xE2\x82\xAC\xF0\x9F\x98\x80"; /* a å € and a face: 1 + 2 + 3 + 4 bytes */
	static const size_t want[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10 };
	for (size_t n = 0; n <= 10; n++) assert_int_equal(lg_utf8_span(text, n), want[n]);
}

static void a_wrong_continuation_is_refused_where_it_begins(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t n, want;
	} some[] = {
		{ "\x80", 1, 0 },          { "\xBF", 1, 0 },           { "ab\x80", 3, 2 },
		{ "\xC3(", 2, 0 },         { "\xE2(\xAC", 3, 0 },      { "\xE2\x82(", 3, 0 },
		{ "\xF0(\x98\x80", 4, 0 }, { "\xF0\x9F(\x80", 4, 0 },  { "\xF0\x9F\x98(", 4, 0 },
		{ "\xC3\xC3\xA5", 3, 0 },  { "ok\xED\xA0\x80", 5, 2 }, { "\xC3\xA5\xA5", 3, 2 },
	};
	for (size_t i = 0; i < sizeof some / sizeof *some; i++)
		assert_int_equal(lg_utf8_span(some[i].text, some[i].n), some[i].want);
}

static void zero_bytes_are_characters_and_nothing_is_well_formed(void **state)
{
	(void)state;
	assert_int_equal(lg_utf8_span("a\0b", 3), 3);
	assert_int_equal(lg_utf8_span("", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_but_surrogates),
		cmocka_unit_test(nothing_above_the_last_code_point),
		cmocka_unit_test(overlong_forms_are_refused),
		cmocka_unit_test(a_cut_sequence_is_refused_where_it_begins),
		cmocka_unit_test(a_wrong_continuation_is_refused_where_it_begins),
		cmocka_unit_test(zero_bytes_are_characters_and_nothing_is_well_formed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
