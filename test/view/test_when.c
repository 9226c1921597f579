/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "view/speech.h"
#include "view/when.h"

static const char copenhagen[] = "Europe/Copenhagen", stockholm[] = "Europe/Stockholm", kyiv[] = "Europe/Kyiv";
static char text[LG_WHEN];

static int open_catalogues(void **state)
{
	(void)state;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	enum lg_err err = lg_speech_open(&cx, LANG_DIR);
	lg_arena_free(cx.mem);
	return err != LG_OK;
}

static int32_t day(const char *date)
{
	int32_t n = 0;
	assert_true(lg_date_read(&n, date, strlen(date)));
	return n;
}

/* The second of "2026-11-28 13:05:09", in UTC. */
static int64_t at(const char *time)
{
	struct tm tm = { 0 };
	const char *end = strptime(time, "%Y-%m-%d %H:%M:%S", &tm);
	assert_true(end && !*end);
	return timegm(&tm);
}

/* The same in each language, in this order. */
enum { DA, SV, UK, EN, ALL };
static const char *const spoken[] = { "da", "sv", "uk", "en" };

static void dates(const char *date, const char *const words[ALL])
{
	for (size_t i = 0; i < ALL; i++) {
		lg_speak_here(spoken[i]);
		assert_string_equal(lg_when_date(text, day(date)), words[i]);
	}
}

static void a_date_is_written_as_the_language_does(void **state)
{
	(void)state;
	static const char *const november[] = { "28. nov. 2026", "28 nov 2026", "28 лист. 2026", "28 Nov 2026" };
	static const char *const march[] = { "1. mar. 1984", "1 mars 1984", "1 бер. 1984", "1 Mar 1984" };
	static const char *const may[] = { "31. maj 2031", "31 maj 2031", "31 трав. 2031", "31 May 2031" };
	static const char *const leap[] = { "29. feb. 2028", "29 feb 2028", "29 лют. 2028", "29 Feb 2028" };
	static const char *const long_ago[] = { "31. dec. 1969", "31 dec 1969", "31 груд. 1969", "31 Dec 1969" };
	dates("2026-11-28", november);
	dates("1984-03-01", march);
	dates("2031-05-31", may);
	dates("2028-02-29", leap);
	dates("1969-12-31", long_ago);
}

static void no_day_is_empty(void **state)
{
	(void)state;
	lg_speak_here("da");
	assert_string_equal(lg_when_date(text, INT32_MIN), "");
	assert_string_equal(lg_when_weekday(text, INT32_MIN), "");
	assert_string_equal(lg_when_near(text, INT32_MIN, day("2026-11-28")), "");
}

static void every_weekday_has_its_name(void **state)
{
	(void)state;
	static const char *const days[][ALL] = {
		{ "mandag", "måndag", "понеділок", "Monday" }, { "tirsdag", "tisdag", "вівторок", "Tuesday" },
		{ "onsdag", "onsdag", "середа", "Wednesday" }, { "torsdag", "torsdag", "четвер", "Thursday" },
		{ "fredag", "fredag", "п’ятниця", "Friday" },  { "lørdag", "lördag", "субота", "Saturday" },
		{ "søndag", "söndag", "неділя", "Sunday" },
	};
	static const char *const mondays[] = { "2026-11-23", "1969-12-29", "1901-01-07", "2100-03-01" };
	for (size_t m = 0; m < sizeof mondays / sizeof *mondays; m++)
		for (int32_t i = 0; i < 7; i++)
			for (size_t j = 0; j < ALL; j++) {
				lg_speak_here(spoken[j]);
				assert_string_equal(lg_when_weekday(text, day(mondays[m]) + i), days[i][j]);
			}
}

/* A day seen from Saturday, 28 November 2026. */
static void seen(const char *date, const char *const words[ALL])
{
	for (size_t i = 0; i < ALL; i++) {
		lg_speak_here(spoken[i]);
		assert_string_equal(lg_when_near(text, day(date), day("2026-11-28")), words[i]);
	}
}

static void near_days_have_words_and_far_ones_a_year(void **state)
{
	(void)state;
	static const char *const words[][ALL] = {
		{ "i dag", "i dag", "сьогодні", "today" },
		{ "i morgen", "i morgon", "завтра", "tomorrow" },
		{ "i går", "i går", "учора", "yesterday" },
		{ "mandag 30. nov.", "måndag 30 nov", "понеділок, 30 лист.", "Monday 30 Nov" },
		{ "fredag 4. dec.", "fredag 4 dec", "п’ятниця, 4 груд.", "Friday 4 Dec" },
		{ "5. dec.", "5 dec", "5 груд.", "5 Dec" },
		{ "26. nov.", "26 nov", "26 лист.", "26 Nov" },
		{ "1. jan.", "1 jan", "1 січ.", "1 Jan" },
		{ "1. jan. 2027", "1 jan 2027", "1 січ. 2027", "1 Jan 2027" },
		{ "31. dec. 2025", "31 dec 2025", "31 груд. 2025", "31 Dec 2025" },
	};
	static const char *const dates_seen[] = {
		"2026-11-28", "2026-11-29", "2026-11-27", "2026-11-30", "2026-12-04",
		"2026-12-05", "2026-11-26", "2026-01-01", "2027-01-01", "2025-12-31"
	};
	for (size_t i = 0; i < sizeof dates_seen / sizeof *dates_seen; i++) seen(dates_seen[i], words[i]);
}

static void a_time_is_shown_in_the_offices_zone(void **state)
{
	(void)state;
	static const char *const words[] = { "28. nov. 2026 kl. 14.05", "28 nov 2026 14:05", "28 лист. 2026, 14:05",
		                             "28 Nov 2026, 14:05" };
	for (size_t i = 0; i < ALL; i++) {
		lg_speak_here(spoken[i]);
		assert_string_equal(lg_when_time(text, at("2026-11-28 13:05:59"), copenhagen), words[i]);
	}
	lg_speak_here("sv");
	assert_string_equal(lg_when_time(text, at("2026-11-28 13:05:59"), kyiv), "28 nov 2026 15:05");
	assert_string_equal(lg_when_time(text, at("2026-12-31 23:30:00"), stockholm), "1 jan 2027 00:30");
	assert_string_equal(lg_when_time(text, at("1969-12-31 22:59:59"), stockholm), "31 dec 1969 23:59");
	assert_string_equal(lg_when_time(text, at("2026-06-30 12:00:00"), "Atlantic/Faroe"), "30 juni 2026 13:00");
}

static void shows(const char *utc, const char *zone, const char *words)
{
	assert_string_equal(lg_when_clock(text, at(utc), zone), words);
}

static void summer_time_begins_and_ends(void **state)
{
	(void)state;
	const char *const zones[] = { copenhagen, stockholm };
	lg_speak_here("sv");
	for (size_t i = 0; i < 2; i++) {
		shows("2026-03-29 00:59:59", zones[i], "01:59"); /* the hour that is left out */
		shows("2026-03-29 01:00:00", zones[i], "03:00");
		shows("2026-07-01 12:00:00", zones[i], "14:00");
		shows("2026-10-25 00:30:00", zones[i], "02:30"); /* the hour that comes twice */
		shows("2026-10-25 00:59:59", zones[i], "02:59");
		shows("2026-10-25 01:00:00", zones[i], "02:00");
		shows("2026-10-25 02:00:00", zones[i], "03:00");
		shows("2027-03-28 01:00:00", zones[i], "03:00"); /* and the year after */
	}
	lg_speak_here("da");
	shows("2026-10-25 07:05:00", copenhagen, "08.05");
}

static void the_day_is_the_zones(void **state)
{
	(void)state;
	assert_int_equal(lg_when_day(at("2026-06-30 21:59:59"), copenhagen), day("2026-06-30"));
	assert_int_equal(lg_when_day(at("2026-06-30 22:00:00"), copenhagen), day("2026-07-01"));
	assert_int_equal(lg_when_day(at("2026-11-28 22:59:59"), copenhagen), day("2026-11-28"));
	assert_int_equal(lg_when_day(at("2026-11-28 23:00:00"), copenhagen), day("2026-11-29"));
	assert_int_equal(lg_when_day(-1, "UTC"), -1);
	lg_speak_here("da");
	assert_string_equal(lg_when_near_time(text, at("2026-11-27 22:30:00"), copenhagen, at("2026-11-28 07:00:00")),
	                    "i går kl. 23.30");
	assert_string_equal(lg_when_near_time(text, at("2026-11-27 23:30:00"), copenhagen, at("2026-11-28 07:00:00")),
	                    "i dag kl. 00.30");
	lg_speak_here("uk");
	assert_string_equal(lg_when_near_time(text, at("2026-11-28 23:30:00"), copenhagen, at("2026-11-28 07:00:00")),
	                    "завтра, 00:30");
}

static void a_zone_that_is_not_known_is_utc(void **state)
{
	(void)state;
	static const char *const not_zones[] = { "",     "Europe/Copenhague",
		                                 "Mars", "../etc/passwd",
		                                 "\xff", "a name that is much longer than any name of a zone may be" };
	assert_true(lg_when_zone_is_known(copenhagen));
	assert_true(lg_when_zone_is_known(stockholm));
	assert_true(lg_when_zone_is_known(kyiv));
	assert_true(lg_when_zone_is_known("UTC"));
	assert_false(lg_when_zone_is_known(NULL));
	lg_speak_here("en");
	shows("2026-07-01 12:00:00", NULL, "12:00");
	for (size_t i = 0; i < sizeof not_zones / sizeof *not_zones; i++) {
		assert_false(lg_when_zone_is_known(not_zones[i]));
		shows("2026-07-01 12:00:00", not_zones[i], "12:00");
	}
}

static void more_zones_than_are_kept_are_right_as_well(void **state)
{
	(void)state;
	char zone[24];
	lg_speak_here("en");
	for (int round = 0; round < 2; round++)
		for (int east = -12; east <= 12; east++) {
			char words[16];
			(void)snprintf(zone, sizeof zone, "Etc/GMT%+d", -east); /* POSIX counts westward */
			if (!east) (void)snprintf(zone, sizeof zone, "Etc/GMT");
			(void)snprintf(words, sizeof words, "%02d:00", (12 + east) % 24);
			shows("2026-07-01 12:00:00", zone, words);
		}
	shows("2026-07-01 12:00:00", copenhagen, "14:00");
}

/* --- several at once */

enum { ROUNDS = 500 };

static void *show(void *arg)
{
	const size_t language = *(const size_t *)arg;
	static const char *const words[] = { "28. nov. 2026 kl. 14.05", "28 nov 2026 14:05", "28 лист. 2026, 14:05",
		                             "28 Nov 2026, 14:05" };
	size_t *wrong = arg;
	int64_t when = at("2026-11-28 13:05:00");
	*wrong = 0;
	lg_speak_here(spoken[language]);
	for (size_t i = 0; i < ROUNDS; i++) {
		char out[LG_WHEN];
		*wrong += strcmp(lg_when_time(out, when, i % 2 ? copenhagen : stockholm), words[language]) != 0;
		*wrong += lg_when_day(when, kyiv) != day("2026-11-28");
	}
	return NULL;
}

static void four_threads_show_times_at_once(void **state)
{
	(void)state;
	pthread_t threads[ALL];
	size_t n[ALL];
	for (size_t i = 0; i < ALL; i++) {
		n[i] = i;
		assert_int_equal(pthread_create(&threads[i], NULL, show, &n[i]), 0);
	}
	for (size_t i = 0; i < ALL; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		assert_int_equal(n[i], 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_threads_show_times_at_once), /* first: words and zones are not there yet */
		cmocka_unit_test(a_date_is_written_as_the_language_does),
		cmocka_unit_test(no_day_is_empty),
		cmocka_unit_test(every_weekday_has_its_name),
		cmocka_unit_test(near_days_have_words_and_far_ones_a_year),
		cmocka_unit_test(a_time_is_shown_in_the_offices_zone),
		cmocka_unit_test(summer_time_begins_and_ends),
		cmocka_unit_test(the_day_is_the_zones),
		cmocka_unit_test(a_zone_that_is_not_known_is_utc),
		cmocka_unit_test(more_zones_than_are_kept_are_right_as_well),
	};
	return cmocka_run_group_tests(tests, open_catalogues, NULL);
}
