/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "view/speech.h"

static struct lg_ctx cx;

static int begin(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	return 0;
}

static int end(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return unsetenv("LANDGANG_LANG_DIR");
}

static void speak(const char *language)
{
	assert_int_equal(lg_speak(&cx, language, LANG_DIR), LG_OK);
	assert_string_equal(lg_speech_language(), language);
}

static void each_language_has_its_words(void **state)
{
	(void)state;
	static const char *const spoken[][2] = {
		{ "da", "dansk" }, { "sv", "danska" }, { "uk", "данська" }, { "en", "Danish" }
	};
	for (size_t round = 0; round < 2; round++) /* there and back */
		for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++) {
			speak(spoken[i][0]);
			assert_string_equal(lg_say("Danish"), spoken[i][1]);
		}
}

static void what_no_catalogue_has_stays_english(void **state)
{
	(void)state;
	speak("uk");
	assert_string_equal(lg_say("no such text in any catalogue"), "no such text in any catalogue");
	assert_string_equal(lg_says("one thing", "things", 1), "one thing");
	assert_string_equal(lg_says("one thing", "things", 2), "things");
}

/* The form that the catalogue gives for n years. */
static void years(uint64_t n, const char *words)
{
	char text[64];
	assert_true(snprintf(text, sizeof text, lg_says("%u year", "%u years", n), (unsigned)n) > 0);
	assert_string_equal(text, words);
}

static void ukrainian_has_three_plural_forms(void **state)
{
	(void)state;
	speak("uk");
	years(0, "0 років");
	years(1, "1 рік");
	years(2, "2 роки");
	years(5, "5 років");
	years(11, "11 років");
	years(12, "12 років");
	years(21, "21 рік");
	years(22, "22 роки");
	years(25, "25 років");
	years(111, "111 років");
	years(1001, "1001 рік");
}

static void danish_and_english_have_two(void **state)
{
	(void)state;
	static const char *const one = ": %u point more", *const many = ": %u points more";
	speak("en");
	assert_string_equal(lg_says(one, many, 1), one);
	assert_string_equal(lg_says(one, many, 0), many);
	assert_string_equal(lg_says(one, many, 21), many);
	speak("da");
	assert_string_equal(lg_says("%s more opening is possible", "%s more openings are possible", 1),
	                    "%s stilling mere bliver mulig");
	assert_string_equal(lg_says("%s more opening is possible", "%s more openings are possible", 21),
	                    "%s stillinger mere bliver mulige");
}

static void numbers_are_printed_as_in_c(void **state)
{
	(void)state;
	static const char *const all[] = { "da", "sv", "uk", "en" };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char text[32];
		speak(all[i]);
		assert_true(snprintf(text, sizeof text, "%.2f", 1234.5) > 0);
		assert_string_equal(text, "1234.50");
		assert_true(strtod("2.5", NULL) > 2.4);
	}
}

static void the_users_own_locale_is_of_no_account(void **state)
{
	(void)state;
	assert_int_equal(setenv("LC_ALL", "C", 1), 0);
	assert_int_equal(setenv("LANGUAGE", "sv", 1), 0);
	speak("da");
	assert_string_equal(lg_say("yes"), "ja");
	assert_string_equal(lg_say("lacks"), "mangler");
	speak("en");
	assert_string_equal(lg_say("lacks"), "lacks");
	assert_int_equal(unsetenv("LC_ALL"), 0);
}

static void another_language_is_refused_and_english_spoken(void **state)
{
	(void)state;
	static const char *const others[] = { "no", "", "DA", "da_DK", "../da", "d" };
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		speak("da");
		assert_int_equal(lg_speak(&cx, others[i], LANG_DIR), LG_UNKNOWN);
		assert_non_null(strstr(cx.notes->text, "en, da, sv, uk"));
		assert_string_equal(lg_speech_language(), "en");
		assert_string_equal(lg_say("Danish"), "Danish");
	}
}

static void catalogues_that_are_not_there_are_a_fault(void **state)
{
	(void)state;
	assert_int_equal(lg_speak(&cx, "uk", "/nowhere/at/all"), LG_FAULT);
	assert_non_null(strstr(cx.notes->text, "/nowhere/at/all/uk/"));
	assert_string_equal(lg_speech_language(), "en");
	assert_string_equal(lg_say("Danish"), "Danish");
	assert_int_equal(lg_speak(&cx, "en", "/nowhere/at/all"), LG_OK);
}

static void the_environment_names_the_folder(void **state)
{
	(void)state;
	assert_int_equal(setenv("LANDGANG_LANG_DIR", LANG_DIR, 1), 0);
	assert_string_equal(lg_speech_directory(&cx), LANG_DIR);
	assert_int_equal(lg_speak(&cx, "sv", NULL), LG_OK);
	assert_string_equal(lg_say("Danish"), "danska");
	assert_int_equal(setenv("LANDGANG_LANG_DIR", "/nowhere", 1), 0);
	assert_int_equal(lg_speak(&cx, "sv", NULL), LG_FAULT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_language_has_its_words, begin, end),
		cmocka_unit_test_setup_teardown(what_no_catalogue_has_stays_english, begin, end),
		cmocka_unit_test_setup_teardown(ukrainian_has_three_plural_forms, begin, end),
		cmocka_unit_test_setup_teardown(danish_and_english_have_two, begin, end),
		cmocka_unit_test_setup_teardown(numbers_are_printed_as_in_c, begin, end),
		cmocka_unit_test_setup_teardown(the_users_own_locale_is_of_no_account, begin, end),
		cmocka_unit_test_setup_teardown(another_language_is_refused_and_english_spoken, begin, end),
		cmocka_unit_test_setup_teardown(catalogues_that_are_not_there_are_a_fault, begin, end),
		cmocka_unit_test_setup_teardown(the_environment_names_the_folder, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
