/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "core/identifier.h"

/* Personal numbers here have birth dates that are still to come, so that they can be nobody's. */

static int32_t day(const char *date)
{
	int32_t d;
	assert_true(lg_date_read(&d, date, strlen(date)));
	return d;
}

static const char *read(struct identifier *id, enum identifier_kind kind, const char *text)
{
	return identifier_read(id, kind, text, strlen(text), day("2026-11-28"));
}

static struct identifier good(enum identifier_kind kind, const char *text)
{
	struct identifier id;
	const char *fault = read(&id, kind, text);
	if (fault) fail_msg("%s: %s", text, fault);
	return id;
}

static void bad(enum identifier_kind kind, const char *text, const char *word)
{
	struct identifier id;
	const char *fault = read(&id, kind, text);
	if (!fault)
		fail_msg("%s was taken", text);
	else if (!strstr(fault, word))
		fail_msg("%s: \"%s\" does not say %s", text, fault, word);
}

static void a_cpr_number_tells_its_date_and_warns_without_modulus_11(void **state)
{
	(void)state;
	struct identifier id = good(IDENTIFIER_cpr, " 010150-5006 ");
	assert_string_equal(id.number, "0101505006");
	assert_int_equal(id.born, day("2050-01-01"));
	assert_int_equal(id.warnings, IDENTIFIER_FUTURE);
	assert_int_equal(good(IDENTIFIER_cpr, "290248-6006").born, day("2048-02-29"));
	assert_int_equal(good(IDENTIFIER_cpr, "311257 8004").warnings, IDENTIFIER_FUTURE);
	assert_int_equal(good(IDENTIFIER_cpr, "0101505000").warnings, IDENTIFIER_FUTURE | IDENTIFIER_UNCHECKED);
}

static void the_seventh_digit_of_a_cpr_number_tells_the_century(void **state)
{
	static const struct {
		const char *number, *born;
	} cases[] = {
		{ "0203500000", "1950-03-02" }, { "0203503999", "1950-03-02" }, { "0203364000", "2036-03-02" },
		{ "0203374000", "1937-03-02" }, { "0203369000", "2036-03-02" }, { "0203379000", "1937-03-02" },
		{ "0203575000", "2057-03-02" }, { "0203578000", "2057-03-02" }, { "0203005000", "2000-03-02" },
	};
	/* Those of the past fail modulus 11 on a day for which no such numbers were given: they are nobody's either. */
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(good(IDENTIFIER_cpr, cases[i].number).born, day(cases[i].born));
	struct identifier id = good(IDENTIFIER_cpr, "0203585000"); /* 1858 */
	assert_true(id.born < day("1900-01-01"));
}

static void a_cpr_number_without_a_date_or_of_another_length_is_refused(void **state)
{
	(void)state;
	bad(IDENTIFIER_cpr, "300248-6006", "no date");
	bad(IDENTIFIER_cpr, "290249-6006", "no date"); /* 2049 has no leap day */
	bad(IDENTIFIER_cpr, "010050-5006", "no date");
	bad(IDENTIFIER_cpr, "000150-5006", "no date");
	bad(IDENTIFIER_cpr, "010150-500", "ten digits");
	bad(IDENTIFIER_cpr, "010150-50066", "ten digits");
	bad(IDENTIFIER_cpr, "010150-500A", "digits only");
	bad(IDENTIFIER_cpr, "010150+5006", "digits only");
	bad(IDENTIFIER_cpr, "610150-5006", "substitute");
	bad(IDENTIFIER_cpr, "", "needed");
	bad(IDENTIFIER_cpr, " - ", "needed");
	bad(IDENTIFIER_cpr, "\xFF", "signs");
	assert_string_equal(good(IDENTIFIER_cpr_substitute, "610150-ab12").number, "610150AB12");
	bad(IDENTIFIER_cpr_substitute, "61015A-1234", "six digits");
	bad(IDENTIFIER_cpr_substitute,
	    "610150-\xD0\x90\xD0\x92"
	    "12",
	    "six digits"); /* Cyrillic */
	bad(IDENTIFIER_cpr_substitute, "610150-12345", "six digits");
}

static void a_swedish_number_is_kept_with_its_century(void **state)
{
	(void)state;
	/* Luhn of the ten digits: made for a date that is still to come. */
	struct identifier id = good(IDENTIFIER_personnummer, "20500101-2383");
	assert_string_equal(id.number, "205001012383");
	assert_int_equal(id.born, day("2050-01-01"));
	assert_int_equal(id.warnings, IDENTIFIER_FUTURE);
	/* Ten digits are of the last hundred years, and with a plus of the hundred before them; read in a time to come.
	 */
	assert_null(identifier_read(&id, IDENTIFIER_personnummer, "500101-2383", 11, day("2049-12-31")));
	assert_string_equal(id.number, "195001012383");
	assert_null(identifier_read(&id, IDENTIFIER_personnummer, "500101-2383", 11, day("2050-01-01")));
	assert_string_equal(id.number, "205001012383");
	assert_null(identifier_read(&id, IDENTIFIER_personnummer, "500101+2383", 11, day("2150-01-01")));
	assert_string_equal(id.number, "205001012383");
	assert_int_equal(id.warnings, 0);
	assert_string_equal(good(IDENTIFIER_personnummer, "20500101 2383").number, "205001012383");
	bad(IDENTIFIER_personnummer, "205001012385", "last digit");
	bad(IDENTIFIER_personnummer, "20500101238", "ten or twelve");
	bad(IDENTIFIER_personnummer, "20501301-2383", "date");
	bad(IDENTIFIER_personnummer, "+5001012383", "signs");
	bad(IDENTIFIER_personnummer, "50+01012383", "plus");
	bad(IDENTIFIER_personnummer, "205001612383", "coordination");
}

static void a_swedish_coordination_number_has_60_added_to_its_day(void **state)
{
	(void)state;
	struct identifier id = good(IDENTIFIER_samordningsnummer, "701063-2391"); /* the tax agency's printed example */
	assert_int_equal(id.born, day("1970-10-03"));
	assert_string_equal(id.number, "197010632391");
	bad(IDENTIFIER_samordningsnummer, "20500101-2383", "60");
	bad(IDENTIFIER_samordningsnummer, "701063-2392", "last digit");
	bad(IDENTIFIER_samordningsnummer, "701092-2391", "date");
}

static void numbers_of_companies_are_checked_as_their_registers_do(void **state)
{
	static const char *const cvr[] = { "13748136", "24 25 67 90", "13585628", "99999993" };
	(void)state;
	for (size_t i = 0; i < sizeof cvr / sizeof *cvr; i++) (void)good(IDENTIFIER_cvr, cvr[i]);
	bad(IDENTIFIER_cvr, "24256791", "last digit");
	bad(IDENTIFIER_cvr, "10000000", "last digit");
	bad(IDENTIFIER_cvr, "1374813", "eight");
	bad(IDENTIFIER_cvr, "00000000", "begin with 0");
	(void)good(IDENTIFIER_production_unit, "1234567890");
	(void)good(IDENTIFIER_production_unit, "1000000000");
	bad(IDENTIFIER_production_unit, "123456789", "ten");
	assert_string_equal(good(IDENTIFIER_organisation, "556016-0680").number, "5560160680");
	assert_string_equal(good(IDENTIFIER_organisation, "16556016-0680").number, "5560160680");
	bad(IDENTIFIER_organisation, "556016-0681", "last digit");
	bad(IDENTIFIER_organisation, "8112189876", "person");
}

static void a_passport_is_the_same_however_it_was_typed(void **state)
{
	(void)state;
	assert_string_equal(good(IDENTIFIER_passport, "fa 123456").number, "FA123456");
	struct identifier id = good(IDENTIFIER_passport, "КА-123456"); /* Cyrillic */
	assert_string_equal(id.number, "KA123456");
	assert_int_equal(id.warnings, IDENTIFIER_LOOKALIKE);
	assert_string_equal(good(IDENTIFIER_passport, "фю 123456").number, "ФЮ123456");
	bad(IDENTIFIER_passport, "FA12", "short");
	bad(IDENTIFIER_passport, "PASSPORT", "no digits");
	bad(IDENTIFIER_passport, "FA123456789012345678901234", "long");
	bad(IDENTIFIER_passport, "FA#123456", "signs");
	assert_string_equal(good(IDENTIFIER_alien, "12 345 678").number, "12345678");
	assert_string_equal(good(IDENTIFIER_lma, "50-123456").number, "50123456");
	assert_string_equal(good(IDENTIFIER_other, "№ 12/ab").number, "№12AB");
}

static void a_date_that_is_still_to_come_is_not_compared(void **state)
{
	(void)state;
	struct identifier id = good(IDENTIFIER_samordningsnummer, "701063-2391");
	assert_int_equal(identifier_warnings(&id, day("1970-10-03")), 0);
	assert_int_equal(identifier_warnings(&id, day("1970-10-04")), IDENTIFIER_OTHER_DATE);
	assert_int_equal(identifier_warnings(&id, IDENTIFIER_NO_DATE), 0);
	id = good(IDENTIFIER_cpr, "010150-5006");
	assert_int_equal(identifier_warnings(&id, day("1990-05-05")), IDENTIFIER_FUTURE);
	for (unsigned bit = 1; bit <= IDENTIFIER_LOOKALIKE; bit *= 2)
		assert_true(*identifier_warning_text((enum identifier_warning)bit));
}

static void what_is_shown_tells_nothing_about_the_person(void **state)
{
	char mask[IDENTIFIER_MASK_ROOM], shown[IDENTIFIER_ROOM + 2], key[IDENTIFIER_KEY_ROOM];
	(void)state;
	struct identifier id = good(IDENTIFIER_cpr, "0101505006");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "••••••-••••");
	identifier_show(&id, shown);
	assert_string_equal(shown, "010150-5006");
	identifier_key(&id, key);
	assert_string_equal(key, "cpr|0101505006");
	id = good(IDENTIFIER_personnummer, "20500101-2383");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "••••••••-••••");
	id = good(IDENTIFIER_cpr_substitute, "610150-AB12");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "••••••-••••");
	id = good(IDENTIFIER_passport, "FA123456");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "••••••56");
	id = good(IDENTIFIER_passport, "фю123456");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "••••••56");
	id = good(IDENTIFIER_other, "12");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "••");
	id = good(IDENTIFIER_cvr, "13748136");
	identifier_mask(&id, mask);
	assert_string_equal(mask, "13748136");
}

static void the_longest_number_has_room_everywhere(void **state)
{
	char text[64] = "", mask[IDENTIFIER_MASK_ROOM], shown[IDENTIFIER_ROOM + 2], key[IDENTIFIER_KEY_ROOM];
	struct identifier id;
	(void)state;
	memset(text, '7', 43);
	id = good(IDENTIFIER_other, text);
	identifier_mask(&id, mask);
	identifier_show(&id, shown);
	identifier_key(&id, key);
	assert_int_equal(strlen(shown), 43);
	memset(text, '7', 60);
	bad(IDENTIFIER_other, text, "too long");
}

static void every_kind_is_found_by_its_code(void **state)
{
	(void)state;
	for (int k = 0; k < IDENTIFIER_KINDS; k++) {
		enum identifier_kind found;
		assert_true(identifier_kind_named(&found, identifier_code((enum identifier_kind)k)));
		assert_int_equal(found, k);
		assert_true(*identifier_text(found));
	}
	enum identifier_kind none;
	assert_false(identifier_kind_named(&none, "CPR"));
	assert_false(identifier_kind_named(&none, NULL));
	assert_string_equal(identifier_country(IDENTIFIER_personnummer), "SE");
	assert_false(identifier_is_person(IDENTIFIER_cvr));
	assert_true(identifier_is_person(IDENTIFIER_passport));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cpr_number_tells_its_date_and_warns_without_modulus_11),
		cmocka_unit_test(the_seventh_digit_of_a_cpr_number_tells_the_century),
		cmocka_unit_test(a_cpr_number_without_a_date_or_of_another_length_is_refused),
		cmocka_unit_test(a_swedish_number_is_kept_with_its_century),
		cmocka_unit_test(a_swedish_coordination_number_has_60_added_to_its_day),
		cmocka_unit_test(numbers_of_companies_are_checked_as_their_registers_do),
		cmocka_unit_test(a_passport_is_the_same_however_it_was_typed),
		cmocka_unit_test(a_date_that_is_still_to_come_is_not_compared),
		cmocka_unit_test(what_is_shown_tells_nothing_about_the_person),
		cmocka_unit_test(the_longest_number_has_room_everywhere),
		cmocka_unit_test(every_kind_is_found_by_its_code),
	};
	return cmocka_run_group_tests_name("identifier", tests, NULL, NULL);
}
