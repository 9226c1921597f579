/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "modules/hotline/mail_rules.h"

static void machines_are_told_from_people(void **state)
{
	static const struct {
		const char *what;
		struct mail_signs signs;
		enum mail_sort sort;
	} all[] = {
		{ "somebody", { 0 }, MAIL_person },
		{ "somebody by a pipe that says so", { .envelope = "maria@vinterby.example" }, MAIL_person },
		{ "says no", { .auto_submitted = "no" }, MAIL_person },
		{ "nine before", { .lately = 9 }, MAIL_person },
		{ "absence", { .auto_submitted = "auto-replied" }, MAIL_machine },
		{ "made by a program", { .auto_submitted = "auto-generated" }, MAIL_machine },
		{ "a word of tomorrow", { .auto_submitted = "auto-notified" }, MAIL_machine },
		{ "bounce by its envelope", { .envelope = "" }, MAIL_machine },
		{ "bounce by its envelope, written out", { .envelope = "<>" }, MAIL_machine },
		{ "bounce by its path", { .empty_return = true }, MAIL_machine },
		{ "bounce by its form", { .report = true }, MAIL_machine },
		{ "daemon", { .from = "MAILER-DAEMON@mx.example" }, MAIL_machine },
		{ "list", { .list = true }, MAIL_bulk },
		{ "bulk", { .precedence = "bulk" }, MAIL_bulk },
		{ "junk", { .precedence = "junk" }, MAIL_bulk },
		{ "first class", { .precedence = "first-class" }, MAIL_person },
		{ "an absence on a list", { .auto_submitted = "auto-replied", .list = true }, MAIL_machine },
		{ "no answers wanted", { .suppress = true }, MAIL_quiet },
		{ "no answers read", { .from = "NoReply@shop.example" }, MAIL_quiet },
		{ "from nobody that can be read", { .from = "" }, MAIL_quiet },
		{ "the eleventh within an hour", { .lately = 10 }, MAIL_flood },
		{ "our own", { .is_ours = true }, MAIL_own },
		{ "our own, by a machine", { .is_ours = true, .auto_submitted = "auto-replied" }, MAIL_own },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct mail_signs signs = all[i].signs;
		if (!signs.auto_submitted) signs.auto_submitted = "";
		if (!signs.precedence) signs.precedence = "";
		if (!signs.from) signs.from = "maria@vinterby.example";
		enum mail_sort sort = mail_sort_of(&signs);
		if (sort != all[i].sort) fail_msg("%s: %s", all[i].what, mail_sorts[sort].code);
	}
}

static void only_people_are_answered_by_themselves(void **state)
{
	(void)state;
	for (unsigned i = 0; i < MAIL_SORTS; i++) {
		assert_int_equal(mail_sorts[i].confirmed, i == MAIL_person);
		assert_int_equal(mail_sort_named(mail_sorts[i].code), i);
		if (mail_sorts[i].begins) assert_true(i == MAIL_person || i == MAIL_quiet);
	}
	assert_int_equal(mail_sort_named("answer"), MAIL_unread);
}

static void a_tag_is_found_where_it_stands(void **state)
{
	static const struct {
		const char *text, *tag;
	} subjects[] = {
		{ "Re: We have your question [LG-K3J5X2A9BQ]", "K3J5X2A9BQ" },
		{ "SV: [lg-k3j5x2a9bq] Hej", "K3J5X2A9BQ" },
		{ "[LG-SHORT] [LG-K3J5X2A9BQ]", "K3J5X2A9BQ" },
		{ "[LG-K3J5X2A9BQX]", NULL },
		{ "[LG-K3J5X2A9B", NULL },
		{ "[LG-K3J5X2A9B0]", NULL },
		{ "LG-K3J5X2A9BQ", NULL },
		{ "", NULL },
	};
	char tag[MAIL_TAG + 1];
	(void)state;
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		bool is = mail_tag_of_subject(tag, subjects[i].text);
		if (is != !!subjects[i].tag || (is && strcmp(tag, subjects[i].tag) != 0))
			fail_msg("%s", subjects[i].text);
	}
	assert_true(mail_tag_of_address(tag, "hotline+k3j5x2a9bq@randers.example"));
	assert_string_equal(tag, "K3J5X2A9BQ");
	assert_false(mail_tag_of_address(tag, "hotline+news@randers.example"));
	assert_false(mail_tag_of_address(tag, "hotline@randers.example"));
	assert_false(mail_tag_of_address(tag, "hotline+k3j5x2a9bq"));
}

static void a_subject_is_answered_once_however_often_it_was(void **state)
{
	static const struct {
		const char *subject, *bare;
	} all[] = { { "A nurse", "A nurse" },
		    { "Re: SV: Re: A nurse", "A nurse" },
		    { "RE: [LG-K3J5X2A9BQ] sv: A nurse", "A nurse" },
		    { "Re: A nurse [LG-K3J5X2A9BQ]", "A nurse" },
		    { "Regarding a nurse", "Regarding a nurse" },
		    { "[LG-K3J5X2A9BQ]", "" },
		    { "", "" } };
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t n;
		const char *bare = mail_subject_bare(all[i].subject, &n);
		if (n != strlen(all[i].bare) || strncmp(bare, all[i].bare, n) != 0)
			fail_msg("%s: %.*s", all[i].subject, (int)n, bare);
	}
}

static void a_mail_is_answered_in_its_language(void **state)
{
	(void)state;
	assert_string_equal(mail_language("sv", "Hej", "da"), "sv");
	assert_string_equal(mail_language("de", "Guten Tag", "da"), "da");
	assert_string_equal(mail_language("", "Добрий день, I am Olena", "da"), "uk");
	assert_string_equal(mail_language("", "Hej, jeg hedder Олена", "da"), "da");
	assert_string_equal(mail_language("", "", "sv"), "sv");
}

static void what_a_mail_says_begins_behind_its_head(void **state)
{
	(void)state;
	assert_int_equal(mail_body("a: b\r\n\r\nx", 9), 8);
	assert_int_equal(mail_body("a: b\n\nx", 7), 6);
	assert_int_equal(mail_body("a: b\n", 5), 5);
	assert_int_equal(mail_body("", 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(machines_are_told_from_people),
		cmocka_unit_test(only_people_are_answered_by_themselves),
		cmocka_unit_test(a_tag_is_found_where_it_stands),
		cmocka_unit_test(a_subject_is_answered_once_however_often_it_was),
		cmocka_unit_test(a_mail_is_answered_in_its_language),
		cmocka_unit_test(what_a_mail_says_begins_behind_its_head),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
