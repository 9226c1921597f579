/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>

#include "core/auth_password.h"

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

static const char *const words[] = { "olena.kovalenko@odense.example", "Odense Kommune", NULL };
static const struct password_about about = { words };

static void refused(struct lg_ctx *cx, const char *password, const char *because)
{
	cx->notes = NULL;
	assert_int_equal(password_check(cx, "password", password, &about), LG_INVALID);
	assert_string_equal(cx->notes->field, "password");
	if (!strstr(cx->notes->text, because)) fail_msg("%s: %s", password, cx->notes->text);
}

static void taken(struct lg_ctx *cx, const char *password)
{
	if (password_check(cx, "password", password, &about) != LG_OK) fail_msg("%s: %s", password, cx->notes->text);
}

static void twelve_characters_are_enough_and_eleven_are_not(void **state)
{
	refused(*state, "", "12 characters");
	refused(*state, "hat og bjer", "12 characters");
	taken(*state, "hat og bjerg");
}

static void characters_are_counted_and_not_bytes(void **state)
{
	refused(*state, "зебра і дуб", "12 characters"); /* 11 characters, 20 bytes */
	taken(*state, "зебра і дуби");
	refused(*state, "\xf0\x9f\x90\x98\xf0\x9f\x90\x99\xf0\x9f\x90\x9a", "12 characters"); /* three, twelve bytes */
}

static void what_repeats_itself_is_refused(void **state)
{
	refused(*state, "aaaaaaaaaaaa", "repeats");
	refused(*state, "жжжжжжжжжжжжжж", "repeats");
	refused(*state, "abcabcabcabcabc", "repeats");
	refused(*state, "xYzXyZxYzXyZ", "repeats");
	refused(*state, "hund7hund7hund", "repeats");
}

static void rows_of_keyboard_alphabet_and_digits_are_refused_both_ways(void **state)
{
	refused(*state, "qwertyuiopåa", "easy to guess");
	refused(*state, "abcdefghijklm", "easy to guess");
	refused(*state, "123456789012", "easy to guess");
	refused(*state, "210987654321", "easy to guess");
	refused(*state, "йцукенгшщзхї", "easy to guess");
	refused(*state, "nmlkjihgfedcba", "easy to guess");
}

static void words_that_everybody_takes_do_not_count(void **state)
{
	refused(*state, "Password1234", "easy to guess");
	refused(*state, "adgangskode12", "easy to guess");
	refused(*state, "Lösenord2026!", "easy to guess");
	refused(*state, "ПАРОЛЬпароль1", "easy to guess");
	refused(*state, "SommerSommer26", "easy to guess");
	taken(*state, "password hesteboks");
}

static void the_own_mail_and_the_offices_name_do_not_count(void **state)
{
	refused(*state, "olena.kovalenko@odense.example", "easy to guess");
	refused(*state, "Kovalenko-Olena", "easy to guess");
	refused(*state, "OdenseKommune1", "easy to guess");
	refused(*state, "odense kommune!!", "easy to guess");
	taken(*state, "odense har fem tog");
}

static void what_is_no_text_or_endless_is_refused(void **state)
{
	refused(*state, "\xff\xfe hat og bjerg", "not text");
	char longer[PASSWORD_MOST_BYTES + 2];
	memset(longer, 'x', sizeof longer);
	longer[sizeof longer - 1] = '\0';
	refused(*state, longer, "too long");
}

static void the_right_password_is_right_and_another_is_not(void **state)
{
	char hash[PASSWORD_HASH];
	bool stale;
	assert_int_equal(password_hash(*state, hash, "hat og bjerg"), LG_OK);
	assert_non_null(strstr(hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
	assert_true(password_is(hash, "hat og bjerg", &stale));
	assert_false(stale);
	assert_false(password_is(hash, "hat og bjerG", &stale));
	assert_false(password_is(hash, "", &stale));
	assert_false(password_is("", "hat og bjerg", &stale));
	assert_false(password_is("no hash at all", "hat og bjerg", &stale));
}

static void a_hash_of_other_parameters_is_told_stale(void **state)
{
	(void)state;
	char hash[crypto_pwhash_STRBYTES];
	bool stale;
	assert_int_equal(crypto_pwhash_argon2id_str(hash, "hat og bjerg", 12, 1, 8 << 20), 0);
	assert_true(password_is(hash, "hat og bjerg", &stale));
	assert_true(stale);
	assert_false(password_is(hash, "another one", &stale));
	assert_false(stale);
}

static double cpu_ms(const char *hash, const char *password)
{
	struct timespec a, b;
	bool stale;
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	(void)password_is(hash, password, &stale);
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	return (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
}

static int by_size(const void *a, const void *b)
{
	return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* Time itself is for the scenario; here, the work: it would be a hundredth if nothing were computed. */
static void no_account_costs_as_much_work_as_a_wrong_password(void **state)
{
	char hash[PASSWORD_HASH];
	double none[5], wrong[5];
	assert_int_equal(password_hash(*state, hash, "hat og bjerg"), LG_OK);
	for (int i = 0; i < 5; i++) {
		none[i] = cpu_ms(NULL, "guess");
		wrong[i] = cpu_ms(hash, "guess");
	}
	qsort(none, 5, sizeof *none, by_size);
	qsort(wrong, 5, sizeof *wrong, by_size);
	if (none[2] < wrong[2] / 2 || none[2] > wrong[2] * 2)
		fail_msg("%.1f ms for none, %.1f ms for wrong", none[2], wrong[2]);
}

static void *hash_one(void *with)
{
	bool stale;
	return password_is(with, "hat og bjerg", &stale) ? with : NULL;
}

static void many_at_once_wait_for_each_other_and_all_are_right(void **state)
{
	static char hash[PASSWORD_HASH];
	pthread_t threads[12];
	assert_int_equal(password_hash(*state, hash, "hat og bjerg"), LG_OK);
	for (int i = 0; i < 12; i++) assert_int_equal(pthread_create(&threads[i], NULL, hash_one, hash), 0);
	for (int i = 0; i < 12; i++) {
		void *got;
		assert_int_equal(pthread_join(threads[i], &got), 0);
		assert_ptr_equal(got, hash);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twelve_characters_are_enough_and_eleven_are_not),
		cmocka_unit_test(characters_are_counted_and_not_bytes),
		cmocka_unit_test(what_repeats_itself_is_refused),
		cmocka_unit_test(rows_of_keyboard_alphabet_and_digits_are_refused_both_ways),
		cmocka_unit_test(words_that_everybody_takes_do_not_count),
		cmocka_unit_test(the_own_mail_and_the_offices_name_do_not_count),
		cmocka_unit_test(what_is_no_text_or_endless_is_refused),
		cmocka_unit_test(the_right_password_is_right_and_another_is_not),
		cmocka_unit_test(a_hash_of_other_parameters_is_told_stale),
		cmocka_unit_test(no_account_costs_as_much_work_as_a_wrong_password),
		cmocka_unit_test(many_at_once_wait_for_each_other_and_all_are_right),
	};
	return cmocka_run_group_tests(tests, begin, finish);
}
