/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "modules/hotline/clock.h"
#include "view/when.h"

static struct week week;
static int32_t closed[8];
static struct hotline_hours hours;

static int32_t offset(const void *zone, int64_t utc) { return lg_when_offset(utc, zone); }

static void open_at(const char *zone, const char *text, ...)
{
	struct week_fault fault;
	va_list days;
	assert_true(week_read(&week, text, strlen(text), &fault));
	hours = (struct hotline_hours){ .week = &week, .closed = closed, .offset = offset, .with = zone };
	va_start(days, text);
	for (const char *day; (day = va_arg(days, const char *));)
		assert_true(lg_date_read(&closed[hours.n_closed++], day, strlen(day)));
	va_end(days);
}

/* The second of "2026-11-28 13:05", in UTC. */
static int64_t at(const char *utc)
{
	struct tm tm = { 0 };
	const char *end = strptime(utc, "%Y-%m-%d %H:%M", &tm);
	assert_true(end && !*end);
	return timegm(&tm);
}

static void is_at(int64_t found, const char *utc)
{
	char text[40];
	time_t t = (time_t)found;
	struct tm tm;
	assert_true(found != HOTLINE_NEVER);
	assert_non_null(gmtime_r(&t, &tm));
	assert_true(strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm));
	assert_string_equal(text, utc);
}

static void it_is_open_from_the_first_minute_and_not_in_the_last(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen", "mon-fri 08:00-16:00", NULL);
	assert_false(hotline_is_open(&hours, at("2026-11-30 06:59") + 59));
	assert_true(hotline_is_open(&hours, at("2026-11-30 07:00")));
	assert_true(hotline_is_open(&hours, at("2026-11-30 14:59") + 59));
	assert_false(hotline_is_open(&hours, at("2026-11-30 15:00")));
	is_at(hotline_closes(&hours, at("2026-11-30 09:00")), "2026-11-30 15:00");
	/* Saturday: on Monday. */
	is_at(hotline_opens(&hours, at("2026-11-28 12:00")), "2026-11-30 07:00");
}

static void what_is_asked_late_is_due_the_next_day(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen", "mon-fri 08:00-16:00", NULL);
	is_at(hotline_due(&hours, at("2026-11-30 08:00"), 7200), "2026-11-30 10:00");
	/* Friday 15:00 there: an hour is left, another on Monday. */
	is_at(hotline_due(&hours, at("2026-11-27 14:00"), 7200), "2026-11-30 08:00");
	/* In the night, at a weekend: it begins when it opens. */
	is_at(hotline_due(&hours, at("2026-11-29 02:00"), 900), "2026-11-30 07:15");
	/* Wholly used up at the end of a day is due at that end, not the next morning. */
	is_at(hotline_due(&hours, at("2026-11-30 13:00"), 7200), "2026-11-30 15:00");
	/* At once, when it is closed: when it opens. */
	is_at(hotline_due(&hours, at("2026-11-28 12:00"), 0), "2026-11-30 07:00");
}

static void holidays_do_not_count(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen", "mon-fri 08:00-16:00", "2026-12-24", "2026-12-25", "2027-01-01", NULL);
	/* Wednesday the 23rd, 15:00: one hour, then Thursday and Friday are holidays. */
	is_at(hotline_due(&hours, at("2026-12-23 14:00"), 7200), "2026-12-28 08:00");
	assert_false(hotline_is_open(&hours, at("2026-12-24 10:00")));
	assert_int_equal(hotline_open_between(&hours, at("2026-12-21 00:00"), at("2026-12-29 00:00")), 4 * 8 * 3600);
}

static void the_hours_are_those_on_the_wall_in_summer_too(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen", "mon-fri 08:00-16:00", NULL);
	is_at(hotline_opens(&hours, at("2026-03-27 20:00")), "2026-03-30 06:00"); /* the change was on Sunday */
	is_at(hotline_opens(&hours, at("2026-10-23 20:00")), "2026-10-26 07:00");
	open_at("Europe/Kyiv", "mon-fri 08:00-16:00", NULL);
	is_at(hotline_opens(&hours, at("2026-11-28 12:00")), "2026-11-30 06:00");
	open_at("UTC", "mon-fri 08:00-16:00", NULL);
	is_at(hotline_opens(&hours, at("2026-11-28 12:00")), "2026-11-30 08:00");
}

static void the_night_of_the_change_is_an_hour_shorter_or_longer(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen", "sat 22:00-24:00; sun 00:00-06:00", NULL);
	/* 28 to 29 March 2026: 2 + 6 hours on the wall, 7 in truth. */
	assert_int_equal(hotline_open_between(&hours, at("2026-03-28 12:00"), at("2026-03-29 12:00")), 7 * 3600);
	/* 24 to 25 October: 9. */
	assert_int_equal(hotline_open_between(&hours, at("2026-10-24 12:00"), at("2026-10-25 12:00")), 9 * 3600);
	/* Any other: 8. */
	assert_int_equal(hotline_open_between(&hours, at("2026-11-28 12:00"), at("2026-11-29 12:00")), 8 * 3600);
	is_at(hotline_due(&hours, at("2026-03-28 21:00"), 4 * 3600), "2026-03-29 01:00");
	is_at(hotline_closes(&hours, at("2026-03-28 21:30")), "2026-03-29 04:00");
}

static void an_hour_that_is_left_out_or_there_twice_has_one_meaning(void **state)
{
	(void)state;
	/* 02:00 to 03:00 is not there on 29 March: closed. */
	open_at("Europe/Copenhagen", "sun 02:15-02:45", NULL);
	assert_int_equal(hotline_open_between(&hours, at("2026-03-28 12:00"), at("2026-03-29 12:00")), 0);
	is_at(hotline_opens(&hours, at("2026-03-28 12:00")), "2026-04-05 00:15");
	/* It opens in the missing hour: from the change on. */
	open_at("Europe/Copenhagen", "sun 02:30-04:00", NULL);
	is_at(hotline_opens(&hours, at("2026-03-28 12:00")), "2026-03-29 01:00");
	/* There twice on 25 October: the first. */
	is_at(hotline_opens(&hours, at("2026-10-24 12:00")), "2026-10-25 00:30");
	is_at(hotline_closes(&hours, at("2026-10-25 00:45")), "2026-10-25 03:00");
	/* Two stretches that meet within it are one after the other, and nothing counts twice. */
	open_at("Europe/Copenhagen", "sun 01:00-02:30; sun 02:30-05:00", NULL);
	assert_int_equal(hotline_open_between(&hours, at("2026-10-24 12:00"), at("2026-10-25 12:00")), 5 * 3600);
}

static void over_midnight_it_stays_open(void **state)
{
	(void)state;
	open_at("Europe/Stockholm", "fri 22:00-24:00; sat 00:00-02:00", NULL);
	is_at(hotline_closes(&hours, at("2026-11-27 21:30")), "2026-11-28 01:00");
	is_at(hotline_due(&hours, at("2026-11-27 22:30"), 3600), "2026-11-27 23:30");
	assert_true(hotline_is_open(&hours, at("2026-11-27 23:00")));
}

static void one_that_never_opens_is_never_due(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen", "", NULL);
	assert_true(hotline_opens(&hours, at("2026-11-28 12:00")) == HOTLINE_NEVER);
	assert_true(hotline_due(&hours, at("2026-11-28 12:00"), 60) == HOTLINE_NEVER);
	assert_int_equal(hotline_open_between(&hours, at("2026-11-28 12:00"), at("2027-11-28 12:00")), 0);
	open_at("Europe/Copenhagen", "mon 08:00-09:00", NULL);
	assert_true(hotline_due(&hours, at("2026-11-28 12:00"), 1000 * 3600) == HOTLINE_NEVER);
}

/* Open time from one moment to the due one is what was asked for, whatever the moment. */
static void due_and_open_time_agree(void **state)
{
	(void)state;
	open_at("Europe/Copenhagen",
	        "mon-thu 08:00-15:30; fri 08:00-12:00; fri 13:00-14:00; sat 22:00-24:00; sun 00:00-04:00", "2026-12-24",
	        "2026-03-30", NULL);
	int64_t from = at("2026-01-01 00:00");
	for (int i = 0; i < 4000; i++, from += 7919) {
		int64_t asked = 60 + (int64_t)i * 37 % 100000, due = hotline_due(&hours, from, asked);
		assert_int_equal(hotline_open_between(&hours, from, due), asked);
		assert_true(hotline_opens(&hours, due - 1) == due - 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_open_from_the_first_minute_and_not_in_the_last),
		cmocka_unit_test(what_is_asked_late_is_due_the_next_day),
		cmocka_unit_test(holidays_do_not_count),
		cmocka_unit_test(the_hours_are_those_on_the_wall_in_summer_too),
		cmocka_unit_test(the_night_of_the_change_is_an_hour_shorter_or_longer),
		cmocka_unit_test(an_hour_that_is_left_out_or_there_twice_has_one_meaning),
		cmocka_unit_test(over_midnight_it_stays_open),
		cmocka_unit_test(one_that_never_opens_is_never_due),
		cmocka_unit_test(due_and_open_time_agree),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
