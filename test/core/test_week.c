/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/week.h"
#include "core/week_plan.h"
#include "market/generate_dice.h"

static struct week read(const char *text)
{
	struct week w;
	struct week_fault fault;
	if (!week_read(&w, text, strlen(text), &fault)) fail_msg("%s: %s", text, fault.text);
	return w;
}

static void prints(const struct week *w, const char *text)
{
	struct lg_buf out = { 0 };
	week_print(&out, w);
	assert_string_equal(out.data, text);
	lg_buf_free(&out);
}

static void a_week_is_read_however_people_write_it(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ " ; \n", "" },
		{ "mon 08:00-15:30", "mon 08:00-15:30" },
		{ "tue 9-12; mon 8.00-15.30", "mon 08:00-15:30; tue 09:00-12:00" },
		{ "Mandag 8-12, onsdag 13-15\nlørdag 8:00–9:00", "mon 08:00-12:00; wed 13:00-15:00; sat 08:00-09:00" },
		{ "måndag-tisdag 8 - 12", "mon 08:00-12:00; tue 08:00-12:00" },
		{ "пн-ср 08:00-10:00; Неділя 10-11",
		  "mon 08:00-10:00; tue 08:00-10:00; wed 08:00-10:00; sun 10:00-11:00" },
		{ "п’ятниця 8-9", "fri 08:00-09:00" },
		{ "fri. 8-9", "fri 08:00-09:00" },
		{ "sat-mon 1-2", "mon 01:00-02:00; sat 01:00-02:00; sun 01:00-02:00" },
		{ "fri 22:00-06:00", "fri 22:00-24:00; sat 00:00-06:00" },
		{ "sun 22:00-06:00", "mon 00:00-06:00; sun 22:00-24:00" },
		{ "mon 22-0", "mon 22:00-24:00" },
		{ "mon 0-24", "mon 00:00-24:00" },
		{ "mon 8-12; mon 12-16", "mon 08:00-12:00; mon 12:00-16:00" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct week w = read(cases[i][0]);
		prints(&w, cases[i][1]);
		struct week again = read(cases[i][1]);
		assert_int_equal(again.n, w.n);
		prints(&again, cases[i][1]);
	}
}

static void what_is_wrong_is_said_with_the_part_it_is_about(void **state)
{
	static const char *const cases[][3] = {
		{ "mon 8-12; xyz 9-10", "day", "xyz 9-10" },
		{ "8-12", "day before", "8-12" },
		{ "mon", "hours", "mon" },
		{ "mon 8", "hours", "mon 8" },
		{ "mon 8-25", "time", "mon 8-25" },
		{ "mon 8:60-9", "time", "mon 8:60-9" },
		{ "mon 8:5-9", "time", "mon 8:5-9" },
		{ "mon 08:00-08:00", "after", "mon 08:00-08:00" },
		{ "mon 24:00-08:00", "after", "mon 24:00-08:00" },
		{ "mon 8-12; tue 8-9; mon 11-13", "overlap", "mon 11-13" },
		{ "sun 23-01; mon 0-2", "overlap", "mon 0-2" },
		{ "mon-fri 20-08; wed 07-09", "overlap", "wed 07-09" },
		{ "mon \xFF", "readable", "mon \xFF" },
		{ "day 8-9", "day", "day 8-9" },
		{ "mon/tue 8-9", "day", "mon/tue 8-9" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct week w;
		struct week_fault fault;
		if (week_read(&w, cases[i][0], strlen(cases[i][0]), &fault)) fail_msg("%s was taken", cases[i][0]);
		if (!strstr(fault.text, cases[i][1])) fail_msg("%s: %s", cases[i][0], fault.text);
		assert_int_equal(fault.n, strlen(cases[i][2]));
		assert_memory_equal(cases[i][0] + fault.from, cases[i][2], fault.n);
	}
}

static void a_week_has_an_end(void **state)
{
	struct week w = { .n = 0 };
	(void)state;
	for (unsigned i = 0; i < WEEK_GIVEN; i++) assert_null(week_add(&w, i % 7, i / 7 * 20, i / 7 * 20 + 10));
	assert_non_null(week_add(&w, 0, 1000, 1010));
	assert_non_null(week_add(&w, 7, 0, 10));
	assert_non_null(week_add(&w, 0, 10, 10));
	assert_non_null(week_add(&w, 0, 1430, 1441));
}

static void classes_and_work_at_the_same_time_are_found(void **state)
{
	struct week where, free = read("mon-fri 08:00-16:00"), none = read("");
	struct week classes = read("mon 08:00-12:00; wed 08:00-12:00");
	(void)state;
	struct week work = read("mon 11:30-15:00; tue 08:00-15:00");
	assert_int_equal(week_plan(&where, &free, &classes, &work), WEEK_PLAN_OVERLAP);
	prints(&where, "mon 11:30-12:00");
	work = read("mon 12:00-15:00; tue 08:00-17:00");
	assert_int_equal(week_plan(&where, &free, &classes, &work), WEEK_PLAN_OUTSIDE);
	prints(&where, "tue 16:00-17:00");
	work = read("mon 12:00-15:00");
	assert_int_equal(week_plan(&where, &free, &classes, &work), WEEK_PLAN_GOOD);
	assert_int_equal(week_plan(&where, &none, &classes, &work), WEEK_PLAN_GOOD);
	assert_true(*week_plan_text(WEEK_PLAN_OVERLAP) && *week_plan_text(WEEK_PLAN_OUTSIDE));
}

static void weeks_are_put_together_and_taken_apart(void **state)
{
	struct week a = read("mon 8-12; mon 12-14; tue 8-10"), b = read("mon 10-13; tue 10-11; sun 1-2"), out;
	(void)state;
	week_union(&out, &a, &b);
	prints(&out, "mon 08:00-14:00; tue 08:00-11:00; sun 01:00-02:00");
	assert_int_equal(week_sum(&out), (6 + 3 + 1) * 60);
	week_minus(&out, &a, &b);
	prints(&out, "mon 08:00-10:00; mon 13:00-14:00; tue 08:00-10:00");
	assert_true(week_common(&out, &a, &b));
	prints(&out, "mon 10:00-13:00");
	b = read("mon 7-9; mon 9-11; mon 13-20");
	week_minus(&out, &a, &b);
	prints(&out, "mon 11:00-13:00; tue 08:00-10:00");
	struct lg_buf day = { 0 };
	week_print_day(&day, &a, 0);
	assert_string_equal(day.data, "08:00-12:00, 12:00-14:00");
	lg_buf_clear(&day);
	week_print_day(&day, &a, 5);
	assert_string_equal(day.data, "");
	lg_buf_free(&day);
}

/* The same by looking at each minute of the week. */
static void operations_agree_with_a_count_of_minutes(void **state)
{
	static bool in[2][WEEK_DAYS * WEEK_DAY_MINUTES];
	struct lg_dice d = lg_dice_at(7, 1, 1);
	(void)state;
	for (int round = 0; round < 200; round++) {
		struct week w[2] = { { .n = 0 }, { .n = 0 } }, both, either, less;
		memset(in, 0, sizeof in);
		for (int i = 0; i < 60; i++) {
			unsigned k = lg_dice_below(&d, 2), day = lg_dice_below(&d, 3), from = lg_dice_below(&d, 1440);
			unsigned to = from + 1 + lg_dice_below(&d, 120);
			if (week_add(w + k, day, from, to)) continue;
			for (unsigned m = from; m < to; m++) in[k][day * WEEK_DAY_MINUTES + m] = true;
		}
		unsigned sum[3] = { 0, 0, 0 };
		for (size_t m = 0; m < sizeof in[0]; m++) {
			sum[0] += in[0][m] && in[1][m];
			sum[1] += in[0][m] || in[1][m];
			sum[2] += in[0][m] && !in[1][m];
		}
		(void)week_common(&both, w, w + 1);
		week_union(&either, w, w + 1);
		week_minus(&less, w, w + 1);
		assert_int_equal(week_sum(&both), sum[0]);
		assert_int_equal(week_sum(&either), sum[1]);
		assert_int_equal(week_sum(&less), sum[2]);
	}
}

static bool slot(const struct lgm_week *w, unsigned day, unsigned minutes)
{
	unsigned s = day * 48 + minutes / 30;
	return (w->bits[s / 64] >> s % 64) & 1;
}

static unsigned slots(const struct lgm_week *w)
{
	unsigned n = 0;
	for (unsigned s = 0; s < LGM_WEEK_SLOTS; s++) n += (w->bits[s / 64] >> s % 64) & 1;
	return n;
}

static void the_engine_gets_half_hours_that_promise_nothing_too_much(void **state)
{
	struct lgm_week e;
	struct week w = read("mon 08:10-10:50; sun 23:30-24:00"), none = read("");
	(void)state;
	week_engine(&e, &w, true);
	assert_int_equal(slots(&e), 4 + 1);
	assert_true(slot(&e, 0, 510) && !slot(&e, 0, 480) && !slot(&e, 0, 630) && slot(&e, 6, 1410));
	week_engine(&e, &w, false);
	assert_int_equal(slots(&e), 6 + 1);
	w = read("mon 08:00-08:15; mon 08:15-08:30");
	week_engine(&e, &w, true);
	assert_int_equal(slots(&e), 1);
	struct week classes = read("mon 08:10-09:00");
	w = read("mon 08:00-12:00");
	week_free(&e, &w, &classes);
	assert_int_equal(slots(&e), 6);
	week_free(&e, &none, &classes);
	assert_int_equal(slots(&e), LGM_WEEK_SLOTS - 2);
}

static const struct html_week_plan_days *day_named(const struct html_week_plan *v, const char *name)
{
	for (size_t i = 0; i < v->n_days; i++)
		if (!strcmp(v->days[i].name, name)) return &v->days[i];
	return NULL;
}

static void a_plan_shows_class_work_and_the_way_and_what_collides(void **state)
{
	(void)state;
	struct lg_arena *mem = lg_arena_new(0, NULL);
	struct week_work work[] = { { read("mon 08:00-12:00; mon 13:00-16:00; tue 08:00-16:00; wed 00:10-06:00"), 30 },
		                    { read("tue 15:00-18:00"), 0 } };
	const struct week_plan_in in = { read("mon-fri 07:00-17:00"), read("mon 07:45-08:30; thu 09:00-12:00"), work,
		                         2 };
	const char *lines[8];
	assert_int_equal(week_travel_min(20000), 25); /* 24 minutes, rounded up to five */
	assert_int_equal(week_travel_min(0), 0);
	const struct html_week_plan *v = week_plan_table(mem, &in);
	const struct html_week_plan_days *d = day_named(v, "Monday");
	assert_string_equal(d->work, "08:00-12:00, 13:00-16:00");
	assert_string_equal(d->travel, "07:30-08:00, 16:00-16:30"); /* nobody goes home at noon */
	assert_string_equal(d->clash, "class 08:00-08:30; class, while on the way 07:45-08:00");
	d = day_named(v, "Tuesday");
	assert_string_equal(d->clash, "outside the hours when the person can work 17:00-18:00; other work 15:00-16:00");
	d = day_named(v, "Wednesday");
	assert_string_equal(d->travel, "00:00-00:10, 06:00-06:30");
	d = day_named(v, "Thursday");
	assert_string_equal(d->busy, "09:00-12:00");
	assert_string_equal(d->work, "");
	assert_string_equal(d->clash, "");
	assert_null(day_named(v, "Sunday"));
	assert_int_equal(week_plan_clashes(mem, &in, lines, 8), 3);
	assert_string_equal(lines[0], "Monday 08:00-12:00: class 08:00-08:30");
	assert_int_equal(week_plan_clashes(mem, &in, lines, 1), 1);
	const struct week_plan_in nothing = { .n = 0 };
	assert_int_equal(week_plan_table(mem, &nothing)->n_days, 0);
	lg_arena_free(mem);
}

static void days_have_names(void **state)
{
	(void)state;
	for (unsigned d = 0; d < WEEK_DAYS; d++) {
		assert_int_equal(strlen(week_day_code(d)), 3);
		assert_true(strlen(week_day_text(d)) > 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_week_is_read_however_people_write_it),
		cmocka_unit_test(what_is_wrong_is_said_with_the_part_it_is_about),
		cmocka_unit_test(a_week_has_an_end),
		cmocka_unit_test(classes_and_work_at_the_same_time_are_found),
		cmocka_unit_test(weeks_are_put_together_and_taken_apart),
		cmocka_unit_test(operations_agree_with_a_count_of_minutes),
		cmocka_unit_test(the_engine_gets_half_hours_that_promise_nothing_too_much),
		cmocka_unit_test(a_plan_shows_class_work_and_the_way_and_what_collides),
		cmocka_unit_test(days_have_names),
	};
	return cmocka_run_group_tests_name("week", tests, NULL, NULL);
}
