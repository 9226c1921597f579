/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/choice.h"
#include "modules/hotline/enquiry_rules.h"

/* From each state to each: what may be, and nothing else. */
static void an_enquiry_goes_the_ways_that_are_there(void **state)
{
	(void)state;
	static const char *const ways[][2] = { { "new", "assigned" },      { "assigned", "waiting" },
		                               { "assigned", "answered" }, { "waiting", "assigned" },
		                               { "waiting", "answered" },  { "answered", "closed" },
		                               { "answered", "assigned" }, { "closed", "assigned" } };
	size_t n, found = 0;
	const struct choice *all = choices(CHOICE_enquiry_state, &n);
	for (size_t from = 0; from < n; from++)
		for (size_t to = 0; to < n; to++) {
			bool may = false;
			for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
				may = may || (!strcmp(ways[w][0], all[from].code) && !strcmp(ways[w][1], all[to].code));
			bool does = !enquiry_move_fault(all[from].code, all[to].code, "answered");
			if (may != does) fail_msg("%s to %s", all[from].code, all[to].code);
			found += does;
		}
	assert_int_equal(found, sizeof ways / sizeof *ways);
	assert_non_null(enquiry_move_fault("new", "nowhere", "answered"));
	assert_non_null(enquiry_move_fault("", "assigned", "answered"));
}

static void every_state_can_be_left_and_entered(void **state)
{
	(void)state;
	size_t n, k;
	const struct choice *all = choices(CHOICE_enquiry_state, &n);
	for (size_t i = 0; i < n; i++) {
		const struct enquiry_move *moves = enquiry_moves(all[i].code, &k);
		assert_true(k > 0);
		for (size_t m = 0; m < k; m++) {
			assert_non_null(choice_find(CHOICE_enquiry_state, moves[m].to));
			assert_true(*moves[m].text);
		}
	}
	(void)enquiry_moves("nothing", &k);
	assert_int_equal(k, 0);
}

static void what_is_answered_says_what_came_of_it(void **state)
{
	(void)state;
	assert_string_equal(enquiry_move_fault("assigned", "answered", NULL), "Say what came of it.");
	assert_string_equal(enquiry_move_fault("waiting", "answered", ""), "Say what came of it.");
	assert_null(enquiry_move_fault("assigned", "answered", "openings"));
	assert_null(enquiry_move_fault("answered", "closed", NULL));
	assert_true(enquiry_is_reopened("answered", "assigned") && enquiry_is_reopened("closed", "assigned"));
	assert_false(enquiry_is_reopened("waiting", "assigned") || enquiry_is_reopened("new", "assigned"));
}

static const char *names(const char *basis, const char *caller, const char *person, const char *about)
{
	const char *field = NULL;
	const char *fault = enquiry_names_fault(&(struct enquiry_names){ basis, caller, person, about }, &field);
	return fault ? field : NULL;
}

static void no_name_before_a_basis(void **state)
{
	(void)state;
	assert_null(names(NULL, NULL, NULL, "nobody"));
	assert_null(names("", "", "", "anonymous"));
	assert_string_equal(names("", "Karen Holm", "", "nobody"), "legal_basis");
	assert_string_equal(names(NULL, NULL, "Olena Koval", "named"), "legal_basis");
	assert_null(names("public_task", "Karen Holm", "", "nobody"));
	assert_null(names("public_task", "Karen Holm", "Olena Koval", "named"));
	assert_string_equal(names("public_task", "", "Olena Koval", "anonymous"), "about");
	assert_null(names("", "", "", "named")); /* named later */
}

static void who_talks_with_the_caller_has_it(void **state)
{
	(void)state;
	assert_string_equal(enquiry_begins("phone"), "assigned");
	assert_string_equal(enquiry_begins("walk_in"), "assigned");
	assert_string_equal(enquiry_begins("mail"), "new");
	assert_string_equal(enquiry_begins("web"), "new");
	assert_string_equal(enquiry_begins("callback"), "new");
}

static void each_way_in_has_its_target_and_sooner_is_sooner(void **state)
{
	(void)state;
	size_t n;
	const struct choice *all = choices(CHOICE_enquiry_channel, &n);
	for (size_t i = 0; i < n; i++) {
		int normal = enquiry_target_minutes(all[i].code, "normal"),
		    today = enquiry_target_minutes(all[i].code, "today"),
		    urgent = enquiry_target_minutes(all[i].code, "urgent");
		assert_true(normal >= today && today >= urgent && urgent > 0);
	}
	assert_int_equal(enquiry_target_minutes("mail", "normal"), 450);
	assert_int_equal(enquiry_target_minutes("mail", NULL), 450);
	assert_int_equal(enquiry_target_minutes("callback", "urgent"), 30);
}

static void a_number_is_recognised_however_it_is_written(void **state)
{
	(void)state;
	char digits[ENQUIRY_DIGITS];
	static const char *const same[] = { "86123456", "+45 86 12 34 56", "0045 86123456", "(86) 12-34-56",
		                            "45+86123456" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		enquiry_digits(digits, same[i]);
		assert_string_equal(digits, "86123456");
	}
	enquiry_digits(digits, "112");
	assert_string_equal(digits, "");
	enquiry_digits(digits, "");
	assert_string_equal(digits, "");
	enquiry_digits(digits, "12 34 56");
	assert_string_equal(digits, "123456");
}

static void a_reference_is_read_as_people_say_it(void **state)
{
	(void)state;
	char first[ENQUIRY_ID], last[ENQUIRY_ID];
	static const char *const same[] = { "3F9A-21C4", "3f9a-21c4",   "3f9a 21c4",  "#3F9A-21C4",
		                            "3F9A–21C4", " 3F9A-2IC4 ", "3F9A - 21C4" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		if (!enquiry_reference(first, last, same[i])) fail_msg("%s", same[i]);
		assert_string_equal(first, "3f9a21c4-0000-0000-0000-000000000000");
		assert_string_equal(last, "3f9a21c4-ffff-ffff-ffff-ffffffffffff");
	}
	static const char *const none[] = { "",           "3F9A-21C", "3F9A-21C45",    "3F9A-21CG",
		                            "Abbe Cade",  "Abbecade", "3F-9A21C4",     "86123456x",
		                            "Karen Holm", "-",        "3F9A-21C4 3F9A" };
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (enquiry_reference(first, last, none[i])) fail_msg("%s", none[i]);
	assert_true(enquiry_reference(first, last, "abbe-cade"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_enquiry_goes_the_ways_that_are_there),
		cmocka_unit_test(every_state_can_be_left_and_entered),
		cmocka_unit_test(what_is_answered_says_what_came_of_it),
		cmocka_unit_test(no_name_before_a_basis),
		cmocka_unit_test(who_talks_with_the_caller_has_it),
		cmocka_unit_test(each_way_in_has_its_target_and_sooner_is_sooner),
		cmocka_unit_test(a_number_is_recognised_however_it_is_written),
		cmocka_unit_test(a_reference_is_read_as_people_say_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
