/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/choice.h"
#include "landgang/match.h"
#include "market/language.h"

static void every_choice_has_a_code_of_its_own_and_words(void **state)
{
	(void)state;
	for (int l = 0; l < CHOICE_LISTS; l++) {
		size_t n;
		const struct choice *c = choices((enum choice_list)l, &n);
		assert_true(n >= 2);
		assert_true(*choice_list_text((enum choice_list)l) && *choice_list_name((enum choice_list)l));
		for (size_t i = 0; i < n; i++) {
			assert_true(*c[i].code && c[i].mark && *c[i].text);
			assert_int_equal(strspn(c[i].code, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(c[i].code));
			assert_int_equal(choice_at((enum choice_list)l, c[i].code), (int)i);
			assert_ptr_equal(choice_find((enum choice_list)l, c[i].code), c + i);
		}
	}
}

static void what_is_not_in_a_list_says_itself(void **state)
{
	(void)state;
	assert_null(choice_find(CHOICE_need, "LIFTING"));
	assert_null(choice_find(CHOICE_need, NULL));
	assert_int_equal(choice_at(CHOICE_level, ""), -1);
	assert_string_equal(choice_text(CHOICE_language, "yo"), "yo");
	assert_string_equal(choice_text(CHOICE_language, NULL), "");
	assert_string_equal(choice_text(CHOICE_wants_work, "later"), "Later");
}

static void levels_and_contracts_stand_in_the_order_of_the_engine(void **state)
{
	(void)state;
	assert_int_equal(choice_at(CHOICE_level, "a0") + 1, LGM_A0);
	assert_int_equal(choice_at(CHOICE_level, "b1_plus") + 1, LGM_B1_PLUS);
	assert_int_equal(choice_at(CHOICE_level, "native") + 1, LGM_NATIVE);
	assert_int_equal(choice_at(CHOICE_contract, "job"), LGM_JOB);
	assert_int_equal(choice_at(CHOICE_contract, "igu"), LGM_IGU);
	assert_int_equal(choice_at(CHOICE_contract, "trainee"), LGM_CONTRACTS - 1);
}

static void languages_are_known_to_the_market_by_the_same_codes(void **state)
{
	size_t n;
	(void)state;
	const struct choice *c = choices(CHOICE_language, &n);
	for (size_t i = 0; i < n; i++) {
		char code[4];
		const char *advice;
		if (!lg_language_code(code, c[i].code, strlen(c[i].code), &advice)) fail_msg("%s", c[i].code);
		assert_string_equal(code, c[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_choice_has_a_code_of_its_own_and_words),
		cmocka_unit_test(what_is_not_in_a_list_says_itself),
		cmocka_unit_test(levels_and_contracts_stand_in_the_order_of_the_engine),
		cmocka_unit_test(languages_are_known_to_the_market_by_the_same_codes),
	};
	return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
