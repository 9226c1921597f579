/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/audit_words.h"
#include "view/speech.h"

static struct lg_ctx cx;

static void what_was_done_is_told_in_words(void **state)
{
	(void)state;
	lg_speak_here("en");
	assert_string_equal(audit_deed(&cx, "invite", "member"), "Colleague invited");
	lg_speak_here("da");
	assert_string_equal(audit_deed(&cx, "change", "unit"), "Enhed ændret");
	assert_string_equal(audit_deed(&cx, "change", "office"), "Kontor ændret");
	assert_string_equal(audit_deed(&cx, "flown", "candidate"), "candidate flown");
}

static void roles_and_ways_of_signing_in_are_told_in_words(void **state)
{
	(void)state;
	lg_speak_here("da");
	assert_string_equal(audit_why(&cx, "caseworker"), "Sagsbehandler");
	assert_string_equal(audit_why(&cx, "leader protection_officer"), "Leder, Databeskyttelsesrådgiver");
	assert_string_equal(audit_why(&cx, "totp"), "Kode fra en telefon");
}

static void words_of_people_stay_as_they_are(void **state)
{
	(void)state;
	static const char *const said[] = { "", "a caseworker asked", "caseworker  leader", "caseworker,leader",
		                            "leade" };
	lg_speak_here("da");
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) assert_string_equal(audit_why(&cx, said[i]), said[i]);
}

static int open_catalogues(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	return lg_speech_open(&cx, LANG_DIR) != LG_OK;
}

static int end(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_done_is_told_in_words),
		cmocka_unit_test(roles_and_ways_of_signing_in_are_told_in_words),
		cmocka_unit_test(words_of_people_stay_as_they_are),
	};
	return cmocka_run_group_tests(tests, open_catalogues, end);
}
