/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <pthread.h>
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
	assert_string_equal(lg_say(""), "");
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
	assert_non_null(strstr(cx.notes->text, "/nowhere/at/all/all/LC_MESSAGES/landgang_uk.mo"));
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

/* --- several at once */

enum { ROUNDS = 2000 };

/* What one thread hears, all the while that the others speak other languages. */
struct speaker {
	const char *language, *danish, *twenty_one;
	pthread_barrier_t *together;
	uint64_t wrong;
};

static void *speak_on(void *arg)
{
	struct speaker *s = arg;
	(void)pthread_barrier_wait(s->together);
	for (size_t i = 0; i < ROUNDS; i++) {
		lg_speak_here(s->language);
		s->wrong += strcmp(lg_speech_language(), s->language) != 0;
		s->wrong += strcmp(lg_say("Danish"), s->danish) != 0;
		s->wrong += strcmp(lg_says("%u year", "%u years", 21), s->twenty_one) != 0;
	}
	return NULL;
}

static void four_threads_speak_four_languages_at_once(void **state)
{
	(void)state;
	pthread_barrier_t together;
	struct speaker speakers[] = { { "da", "dansk", "%u år", &together, 0 },
		                      { "sv", "danska", "%u år", &together, 0 },
		                      { "uk", "данська", "%u рік", &together, 0 },
		                      { "en", "Danish", "%u years", &together, 0 } };
	enum { N = sizeof speakers / sizeof *speakers };
	pthread_t threads[N];
	speak("sv");
	assert_int_equal(lg_speech_open(&cx, LANG_DIR), LG_OK);
	assert_int_equal(pthread_barrier_init(&together, NULL, N), 0);
	for (size_t i = 0; i < N; i++) assert_int_equal(pthread_create(&threads[i], NULL, speak_on, &speakers[i]), 0);
	for (size_t i = 0; i < N; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(speakers[i].wrong, 0);
	}
	assert_int_equal(pthread_barrier_destroy(&together), 0);
	assert_string_equal(lg_say("Danish"), "danska"); /* the process's language is what it was */
}

static void a_thread_without_a_language_speaks_the_processs(void **state)
{
	(void)state;
	speak("da");
	assert_int_equal(lg_speech_open(&cx, LANG_DIR), LG_OK);
	assert_string_equal(lg_speech_language(), "da");
	lg_speak_here("uk");
	assert_string_equal(lg_say("Danish"), "данська");
	lg_speak_here("klingon");
	assert_string_equal(lg_speech_language(), "en");
	assert_string_equal(lg_say("Danish"), "Danish");
	assert_string_equal(lg_says("%u year", "%u years", 1), "%u year");
	lg_speak_here(NULL);
	assert_string_equal(lg_say("Danish"), "dansk");
}

static void one_missing_catalogue_is_a_fault_for_those_who_speak_all(void **state)
{
	(void)state;
	assert_int_equal(lg_speech_open(&cx, "/nowhere/at/all"), LG_FAULT);
	assert_int_equal(lg_speech_open(&cx, LANG_DIR), LG_OK);
}

static void the_environment_is_written_once(void **state)
{
	(void)state;
	speak("da");
	const char *set = getenv("LANGUAGE");
	assert_string_equal(set, "all");
	speak("uk");
	assert_int_equal(lg_speech_open(&cx, LANG_DIR), LG_OK);
	assert_ptr_equal(getenv("LANGUAGE"), set);
}

/* --- what a browser asks for */

static void wants(const char *accept, const char *language)
{
	const char *got = lg_language_wanted(accept);
	if (!language)
		assert_null(got);
	else if (!got || strcmp(got, language) != 0)
		fail_msg("\"%s\" gives %s", accept, got ? got : "none");
}

static void a_browser_gets_the_language_that_weighs_most(void **state)
{
	(void)state;
	wants("da", "da");
	wants("da-DK,da;q=0.9,en;q=0.8", "da");
	wants("en;q=0.5, uk;q=0.75, sv;q=0.7", "uk");
	wants("de, fr;q=0.9, sv;q=0.1", "sv");
	wants("uk-UA", "uk");
	wants("UK-ua", "uk");
	wants("sv-Latn-SE-x-own", "sv");
	wants("en, da", "en"); /* equal weights: the first */
	wants("da;q=1.000, en;q=1", "da");
	wants("en;q=0.001", "en");
	wants("en ; q=0.3 ,\tda ;\tQ=0.4", "da");
	wants("en;q=0.899, da;q=0.9", "da");
}

static void what_is_refused_or_unknown_is_not_spoken(void **state)
{
	(void)state;
	wants(NULL, NULL);
	wants("", NULL);
	wants("*", NULL);
	wants("de, *;q=0.5", NULL);
	wants("da;q=0", NULL);
	wants("da;q=0.000, en;q=0.1", "en");
	wants("dan, dansk, d, svenska", NULL);
	wants("ru, en;q=0.2", "en");
}

static void what_cannot_be_read_is_passed_over(void **state)
{
	(void)state;
	wants("da;q=2, sv;q=0.1", "sv");
	wants("da;q=1.1, sv;q=0.1", "sv");
	wants("da;q=-1, sv;q=0.1", "sv");
	wants("da;q=0.1234, sv;q=0.1", "sv");
	wants("da;q=, sv;q=0.1", "sv");
	wants("da;level=1, sv;q=0.1", "sv");
	wants("da;q=0.5;q=1, sv;q=0.1", "sv");
	wants("da sv, uk;q=0.1", "uk");
	wants(",,, ;q=1 ,;, uk", "uk");
	wants("-", NULL);
	wants("-da", NULL);
	wants(";;;;", NULL);
	wants("da;q", NULL);
	wants("da;", NULL);
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
		cmocka_unit_test_setup_teardown(four_threads_speak_four_languages_at_once, begin, end),
		cmocka_unit_test_setup_teardown(a_thread_without_a_language_speaks_the_processs, begin, end),
		cmocka_unit_test_setup_teardown(one_missing_catalogue_is_a_fault_for_those_who_speak_all, begin, end),
		cmocka_unit_test_setup_teardown(the_environment_is_written_once, begin, end),
		cmocka_unit_test_setup_teardown(a_browser_gets_the_language_that_weighs_most, begin, end),
		cmocka_unit_test_setup_teardown(what_is_refused_or_unknown_is_not_spoken, begin, end),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_passed_over, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
