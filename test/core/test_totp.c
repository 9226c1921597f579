/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/auth_totp.h"

static const uint8_t secret[TOTP_SECRET + 1] = "12345678901234567890"; /* RFC 6238, appendix B */
static const uint8_t key[32] = { 1 }, other_key[32] = { 2 };
static const char account[] = "6f9619ff-8b86-4011-b42d-00cf4fc964ff",
                  another[] = "6f9619ff-8b86-4011-b42d-00cf4fc964fe";

static int begin(void **state)
{
	struct lg_ctx *cx = calloc(1, sizeof *cx);
	cx->mem = lg_arena_new(0, NULL);
	*state = cx;
	return 0;
}

static int finish(void **state)
{
	struct lg_ctx *cx = *state;
	lg_arena_free(cx->mem);
	free(cx);
	return 0;
}

static void codes_are_those_of_the_rfc(void **state)
{
	static const struct {
		int64_t at;
		const char *code; /* the last six of the RFC's eight digits */
	} rfc[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
		    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
	for (size_t i = 0; i < sizeof rfc / sizeof *rfc; i++) {
		char code[TOTP_DIGITS + 1];
		assert_int_equal(totp_code(*state, code, secret, rfc[i].at), LG_OK);
		assert_string_equal(code, rfc[i].code);
		assert_int_equal(totp_step(*state, secret, rfc[i].code, rfc[i].at, 0), rfc[i].at / 30);
	}
}

static void a_code_of_the_step_before_or_after_is_taken_and_of_no_other(void **state)
{
	const int64_t now = 1111111111;
	for (int off = -3; off <= 3; off++) {
		char code[TOTP_DIGITS + 1];
		assert_int_equal(totp_code(*state, code, secret, now + off * TOTP_STEP_S), LG_OK);
		int64_t step = totp_step(*state, secret, code, now, 0);
		assert_int_equal(step, off >= -1 && off <= 1 ? now / TOTP_STEP_S + off : 0);
	}
}

static void a_code_counts_once_and_no_older_one_after_it(void **state)
{
	const int64_t now = 1111111111, step = now / TOTP_STEP_S;
	char code[TOTP_DIGITS + 1], before[TOTP_DIGITS + 1];
	assert_int_equal(totp_code(*state, code, secret, now), LG_OK);
	assert_int_equal(totp_code(*state, before, secret, now - TOTP_STEP_S), LG_OK);
	assert_int_equal(totp_step(*state, secret, code, now, step - 1), step);
	assert_int_equal(totp_step(*state, secret, code, now, step), 0);
	assert_int_equal(totp_step(*state, secret, before, now, step), 0);
}

static void blanks_are_of_no_account_and_all_else_is(void **state)
{
	const int64_t now = 59;
	assert_int_equal(totp_step(*state, secret, "287 082", now, 0), 1);
	assert_int_equal(totp_step(*state, secret, "28708", now, 0), 0);
	assert_int_equal(totp_step(*state, secret, "2870821", now, 0), 0);
	assert_int_equal(totp_step(*state, secret, "28708a", now, 0), 0);
	assert_int_equal(totp_step(*state, secret, "", now, 0), 0);
	assert_int_equal(totp_step(*state, secret, "287083", now, 0), 0);
}

static void the_secret_is_shown_as_apps_want_it(void **state)
{
	assert_string_equal(totp_words(*state, secret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
	assert_string_equal(
	    totp_link(*state, secret, "Landgang & Co", "olena+a@odense.example"),
	    "otpauth://totp/Landgang%20%26%20Co:olena%2Ba@odense.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	    "&issuer=Landgang%20%26%20Co");
}

static void recovery_codes_differ_and_are_easy_to_copy(void **state)
{
	(void)state;
	char codes[64][RECOVERY_CODE];
	for (int i = 0; i < 64; i++) {
		recovery_code(codes[i]);
		assert_int_equal(strlen(codes[i]), 11);
		assert_int_equal(codes[i][5], '-');
		assert_null(strpbrk(codes[i], "ilouABCDEFGHIJKLMNOPQRSTUVWXYZ"));
		for (int j = 0; j < i; j++) assert_string_not_equal(codes[i], codes[j]);
	}
}

static void a_recovery_code_is_known_however_it_is_written(void **state)
{
	(void)state;
	uint8_t a[RECOVERY_HASH], b[RECOVERY_HASH];
	recovery_hash(a, key, account, "0kq21-9xw4f");
	recovery_hash(b, key, account, " OKQ2L 9XW4F ");
	assert_memory_equal(a, b, sizeof a);
	recovery_hash(b, key, account, "0kq21-9xw4g");
	assert_memory_not_equal(a, b, sizeof a);
	recovery_hash(b, key, another, "0kq21-9xw4f");
	assert_memory_not_equal(a, b, sizeof a);
	recovery_hash(b, other_key, account, "0kq21-9xw4f");
	assert_memory_not_equal(a, b, sizeof a);
	char longer[300];
	memset(longer, 'a', sizeof longer);
	longer[299] = '\0';
	recovery_hash(b, key, account, longer);
	assert_memory_not_equal(a, b, sizeof a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_rfc),
		cmocka_unit_test(a_code_of_the_step_before_or_after_is_taken_and_of_no_other),
		cmocka_unit_test(a_code_counts_once_and_no_older_one_after_it),
		cmocka_unit_test(blanks_are_of_no_account_and_all_else_is),
		cmocka_unit_test(the_secret_is_shown_as_apps_want_it),
		cmocka_unit_test(recovery_codes_differ_and_are_easy_to_copy),
		cmocka_unit_test(a_recovery_code_is_known_however_it_is_written),
	};
	return cmocka_run_group_tests(tests, begin, finish);
}
