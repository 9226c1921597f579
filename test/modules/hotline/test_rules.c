/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The pure rules of screenings, articles and outcomes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "core/choice.h"
#include "core/outcome_rules.h"
#include "modules/hotline/article_rules.h"
#include "modules/hotline/screening.h"

static int32_t day(const char *text)
{
	int32_t n;
	assert_true(lg_date_read(&n, text, strlen(text)));
	return n;
}

static void is_day(int32_t found, const char *text)
{
	char shown[11];
	lg_date_print(shown, found);
	assert_string_equal(shown, text);
}

static void after_a_start_three_questions_come_by_themselves(void **state)
{
	(void)state;
	struct outcome_ask asks[OUTCOME_ASKS];
	assert_int_equal(outcome_asks(asks, "start", day("2026-11-30")), 3);
	is_day(asks[0].due, "2027-02-28");
	is_day(asks[1].due, "2027-05-30");
	is_day(asks[2].due, "2027-11-30");
	assert_string_equal(outcome_ask_text(asks[2].what), "Still there after 12 months?");
	assert_int_equal(outcome_asks(asks, "interview", day("2026-12-31")), 1);
	is_day(asks[0].due, "2027-01-01");
	assert_int_equal(outcome_asks(asks, "trial_day", day("2026-12-31")), 1);
	size_t n, with = 0;
	const struct choice *all = choices(CHOICE_outcome, &n);
	for (size_t i = 0; i < n; i++) with += outcome_asks(asks, all[i].code, 0) > 0;
	assert_int_equal(with, 3);
}

static void months_end_where_the_month_ends(void **state)
{
	(void)state;
	is_day(outcome_months_on(day("2027-11-30"), 3), "2028-02-29");
	is_day(outcome_months_on(day("2026-01-31"), 3), "2026-04-30");
	is_day(outcome_months_on(day("2026-12-15"), 12), "2027-12-15");
	is_day(outcome_months_on(day("2024-02-29"), 12), "2025-02-28");
}

static void who_wrote_it_does_not_publish_it(void **state)
{
	(void)state;
	const struct article_who author = { true, true }, other = { true, false }, agent = { false, false };
	assert_null(article_move_fault("draft", "review", &author));
	assert_non_null(article_move_fault("review", "published", &author));
	assert_non_null(article_move_fault("review", "published", &agent));
	assert_null(article_move_fault("review", "published", &other));
	assert_non_null(article_move_fault("draft", "published", &other));
	assert_non_null(article_move_fault("published", "retired", &agent));
	assert_null(article_move_fault("published", "retired", &author));
	assert_string_equal(article_after_change("published"), "review");
	assert_string_equal(article_after_change("draft"), "draft");
	size_t n, k;
	const struct choice *all = choices(CHOICE_article_state, &n);
	for (size_t i = 0; i < n; i++) {
		const struct article_move *moves = article_moves(all[i].code, &k);
		assert_true(k > 0);
		for (size_t m = 0; m < k; m++) assert_non_null(choice_find(CHOICE_article_state, moves[m].to));
	}
}

static void each_family_asks_something_of_its_own(void **state)
{
	(void)state;
	size_t n, k, sum = 0;
	const struct screening_family *all = screening_families(&n);
	assert_true(n >= 6);
	for (size_t i = 0; i < n; i++) {
		const struct screening_ask *asks = screening_asks(all[i].code, &k);
		assert_in_range(k, 2, 10);
		for (size_t a = 0; a < k; a++)
			for (size_t b = a + 1; b < k; b++) assert_string_not_equal(asks[a].code, asks[b].code);
		sum += k;
	}
	(void)screening_asks("nothing", &k);
	assert_int_equal(k, 0);
	assert_true(sum > 15);
	(void)day(screening_list_day());
}

static void answers_speak_for_something_and_a_person_decides(void **state)
{
	(void)state;
	assert_string_equal(screening_speaks_for(3, 0, 0), "suitable");
	assert_string_equal(screening_speaks_for(2, 1, 0), "later");
	assert_string_equal(screening_speaks_for(2, 0, 1), "not_regional");
	assert_string_equal(screening_speaks_for(0, 2, 1), "not_regional");
	assert_string_equal(screening_speaks_for(0, 0, 0), "later");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_a_start_three_questions_come_by_themselves),
		cmocka_unit_test(months_end_where_the_month_ends),
		cmocka_unit_test(who_wrote_it_does_not_publish_it),
		cmocka_unit_test(each_family_asks_something_of_its_own),
		cmocka_unit_test(answers_speak_for_something_and_a_person_decides),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
