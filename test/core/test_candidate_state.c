/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "app/app.h"
#include "base/date.h"
#include "core/candidate_state.h"
#include "core/choice.h"
#include "core/work_right.h"

static const uint64_t all_rights = ~UINT64_C(0);

static const struct candidate_facts all_known = {
	.name = true,
	.born = true,
	.reachable = true,
	.municipality = true,
	.legal_basis = true,
	.residence = true,
	.language = true,
	.occupation = true,
	.education_or_experience = true,
	.availability = true,
	.wants_work = true,
};

static const char *move(enum candidate_state from, enum candidate_state to, const char *reason)
{
	return candidate_move_fault(from, to, all_rights, &all_known, reason);
}

static void the_whole_way_can_be_gone(void **state)
{
	(void)state;
	assert_null(move(CANDIDATE_draft, CANDIDATE_registered, NULL));
	assert_null(move(CANDIDATE_registered, CANDIDATE_profile_complete, NULL));
	assert_null(move(CANDIDATE_profile_complete, CANDIDATE_available, NULL));
	assert_null(move(CANDIDATE_available, CANDIDATE_in_process, NULL));
	assert_null(move(CANDIDATE_in_process, CANDIDATE_placed, NULL));
	assert_null(move(CANDIDATE_placed, CANDIDATE_closed, "job"));
	assert_null(move(CANDIDATE_closed, CANDIDATE_registered, "Came back"));
}

static void no_step_is_left_out_and_nothing_moves_to_itself(void **state)
{
	(void)state;
	assert_non_null(move(CANDIDATE_draft, CANDIDATE_available, NULL));
	assert_non_null(move(CANDIDATE_registered, CANDIDATE_available, NULL));
	assert_non_null(move(CANDIDATE_registered, CANDIDATE_in_process, NULL));
	assert_non_null(move(CANDIDATE_closed, CANDIDATE_available, "why"));
	assert_non_null(move(CANDIDATE_registered, CANDIDATE_draft, NULL));
	for (int s = 0; s < CANDIDATE_STATES; s++)
		assert_non_null(move((enum candidate_state)s, (enum candidate_state)s, "job"));
}

static void closing_takes_one_of_the_reasons_and_opening_takes_words(void **state)
{
	size_t n;
	(void)state;
	const struct choice *reason = choices(CHOICE_closed, &n);
	assert_true(n >= 6);
	for (int s = 0; s < CANDIDATE_closed; s++) {
		for (size_t i = 0; i < n; i++)
			assert_null(move((enum candidate_state)s, CANDIDATE_closed, reason[i].code));
		assert_non_null(move((enum candidate_state)s, CANDIDATE_closed, NULL));
		assert_non_null(move((enum candidate_state)s, CANDIDATE_closed, ""));
		assert_non_null(move((enum candidate_state)s, CANDIDATE_closed, "because"));
	}
	assert_non_null(move(CANDIDATE_closed, CANDIDATE_registered, ""));
}

static void who_may_not_write_may_not_move(void **state)
{
	(void)state;
	uint64_t reader = UINT64_C(1) << MAY_CANDIDATE_READ;
	for (int s = 0; s < CANDIDATE_STATES; s++) {
		size_t n;
		const struct candidate_move *m = candidate_moves((enum candidate_state)s, &n);
		assert_true(n > 0);
		for (size_t i = 0; i < n; i++) {
			assert_int_equal(m[i].from, s);
			assert_non_null(candidate_move_fault(m[i].from, m[i].to, reader, &all_known, "job"));
			assert_null(
			    candidate_move_fault(m[i].from, m[i].to, UINT64_C(1) << m[i].right, &all_known, "job"));
		}
	}
}

static void what_is_missing_stands_in_a_section_of_the_form(void **state)
{
	(void)state;
	static const char *const sections[] = {
#define S(name, ...) #name,
#define F(...)
#include "core/candidate.def"
#undef F
#undef S
	};
	const struct candidate_facts none = { 0 };
	struct candidate_missing missing[CANDIDATE_MISSING_MOST];
	size_t n = candidate_missing_profile(missing, &none), found = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof sections / sizeof *sections; k++)
			found += strcmp(missing[i].section, sections[k]) == 0;
	assert_int_equal(found, n);
}

static void each_fact_that_is_missing_is_named_once(void **state)
{
	(void)state;
	enum { REGISTRATION = 5 };
	struct candidate_missing missing[CANDIDATE_MISSING_MOST];
	struct candidate_facts none = { 0 };
	assert_int_equal(candidate_missing_registration(missing, &none), REGISTRATION);
	assert_int_equal(candidate_missing_profile(missing, &none), CANDIDATE_MISSING_MOST);
	for (size_t i = 0; i < CANDIDATE_MISSING_MOST; i++)
		for (size_t k = 0; k < i; k++) assert_string_not_equal(missing[i].text, missing[k].text);
	assert_int_equal(candidate_missing_profile(missing, &all_known), 0);
	for (size_t i = 0; i < CANDIDATE_MISSING_MOST; i++) {
		struct candidate_facts facts = all_known;
		((bool *)&facts)[i] = false;
		assert_int_equal(candidate_missing_profile(missing, &facts), 1);
		assert_int_equal(candidate_missing_registration(missing, &facts), i < REGISTRATION);
		assert_non_null(
		    candidate_move_fault(CANDIDATE_profile_complete, CANDIDATE_available, all_rights, &facts, NULL));
		bool stays = candidate_move_fault(CANDIDATE_draft, CANDIDATE_registered, all_rights, &facts, NULL);
		assert_int_equal(stays, i < REGISTRATION);
		/* Somebody may be closed and given back whatever is missing. */
		assert_null(candidate_move_fault(CANDIDATE_draft, CANDIDATE_closed, all_rights, &facts, "withdrawn"));
	}
}

static void only_who_is_available_and_wants_to_is_matched(void **state)
{
	(void)state;
	assert_true(candidate_is_matched(CANDIDATE_available, "yes"));
	assert_false(candidate_is_matched(CANDIDATE_available, "later"));
	assert_false(candidate_is_matched(CANDIDATE_available, NULL));
	assert_false(candidate_is_matched(CANDIDATE_in_process, "yes"));
}

static void everybody_has_a_next_step_an_owner_and_a_date(void **state)
{
	struct candidate_step none = { NULL, "", CANDIDATE_NO_DATE }, all = { "Ring", "account", 100 };
	(void)state;
	unsigned three = CANDIDATE_NO_STEP | CANDIDATE_NO_OWNER | CANDIDATE_NO_DUE;
	for (int s = 0; s < CANDIDATE_closed; s++) {
		assert_int_equal(candidate_flags((enum candidate_state)s, &none, 100), three);
		assert_int_equal(candidate_flags((enum candidate_state)s, &all, 100), 0);
		assert_int_equal(candidate_flags((enum candidate_state)s, &all, 101), CANDIDATE_OVERDUE);
	}
	assert_int_equal(candidate_flags(CANDIDATE_closed, &none, 100), 0);
}

static void states_are_found_by_their_codes(void **state)
{
	enum candidate_state found;
	(void)state;
	for (int s = 0; s < CANDIDATE_STATES; s++) {
		assert_true(candidate_state_named(&found, candidate_state_code((enum candidate_state)s)));
		assert_int_equal(found, s);
		assert_true(*candidate_state_text(found) && *candidate_state_meaning(found));
		assert_int_equal(choice_at(CHOICE_state, candidate_state_code(found)), s);
	}
	assert_false(candidate_state_named(&found, "CLOSED"));
	assert_false(candidate_state_named(&found, NULL));
}

/* --- right to work */

static int32_t day(const char *date)
{
	int32_t d;
	assert_true(lg_date_read(&d, date, strlen(date)));
	return d;
}

static void a_permit_with_a_date_is_good_until_that_day(void **state)
{
	(void)state;
	int32_t end = day("2027-03-04");
	struct work_right r = work_right("temporary_protection", end, day("2026-11-28"));
	assert_int_equal(r.state, WORK_RIGHT_UNTIL);
	assert_int_equal(r.until, end);
	assert_false(r.prolonged);
	assert_true(*r.source);
	assert_int_equal(work_right("temporary_protection", end, end - 91).state, WORK_RIGHT_UNTIL);
	assert_int_equal(work_right("temporary_protection", end, end - 90).state, WORK_RIGHT_SOON);
	assert_int_equal(work_right("temporary_protection", end, end).state, WORK_RIGHT_SOON);
	assert_int_equal(work_right("temporary_protection", end, end + 1).state, WORK_RIGHT_EXPIRED);
}

static void a_date_that_a_law_has_moved_is_followed_to_the_last(void **state)
{
	(void)state;
	struct work_right r = work_right("special_act", day("2024-03-17"), day("2025-06-01"));
	assert_int_equal(r.state, WORK_RIGHT_UNTIL);
	assert_int_equal(r.until, day("2026-03-17"));
	assert_true(r.prolonged);
	assert_int_equal(work_right("special_act", day("2025-03-17"), day("2026-11-28")).state, WORK_RIGHT_EXPIRED);
	/* Another date is somebody's own, and stays; so does the date of another ground. */
	assert_int_equal(work_right("special_act", day("2024-03-18"), day("2024-01-01")).until, day("2024-03-18"));
	assert_false(work_right("family", day("2024-03-17"), day("2024-01-01")).prolonged);
}

static void what_is_not_known_is_not_said(void **state)
{
	(void)state;
	int32_t today = day("2026-11-28");
	assert_int_equal(work_right(NULL, WORK_RIGHT_NO_DATE, today).state, WORK_RIGHT_UNKNOWN);
	assert_int_equal(work_right("unheard_of", today + 500, today).state, WORK_RIGHT_UNKNOWN);
	assert_int_equal(work_right("unknown", today + 500, today).state, WORK_RIGHT_UNKNOWN);
	assert_int_equal(work_right("special_act", WORK_RIGHT_NO_DATE, today).state, WORK_RIGHT_UNKNOWN);
	assert_int_equal(work_right("citizen", WORK_RIGHT_NO_DATE, today).state, WORK_RIGHT_YES);
	assert_int_equal(work_right("asylum", WORK_RIGHT_NO_DATE, today).state, WORK_RIGHT_ASK);
	assert_int_equal(work_right("work_permit", today + 500, today).state, WORK_RIGHT_LIMITED);
	assert_int_equal(work_right("work_permit", today - 1, today).state, WORK_RIGHT_EXPIRED);
	for (int s = 0; s <= WORK_RIGHT_EXPIRED; s++) {
		assert_true(*work_right_text((enum work_right_state)s));
		assert_true(*work_right_tone((enum work_right_state)s));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_way_can_be_gone),
		cmocka_unit_test(no_step_is_left_out_and_nothing_moves_to_itself),
		cmocka_unit_test(closing_takes_one_of_the_reasons_and_opening_takes_words),
		cmocka_unit_test(who_may_not_write_may_not_move),
		cmocka_unit_test(each_fact_that_is_missing_is_named_once),
		cmocka_unit_test(what_is_missing_stands_in_a_section_of_the_form),
		cmocka_unit_test(only_who_is_available_and_wants_to_is_matched),
		cmocka_unit_test(everybody_has_a_next_step_an_owner_and_a_date),
		cmocka_unit_test(states_are_found_by_their_codes),
		cmocka_unit_test(a_permit_with_a_date_is_good_until_that_day),
		cmocka_unit_test(a_date_that_a_law_has_moved_is_followed_to_the_last),
		cmocka_unit_test(what_is_not_known_is_not_said),
	};
	return cmocka_run_group_tests_name("candidate state", tests, NULL, NULL);
}
