/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "modules/hotline/phone_rules.h"

#define EMPTY ((struct phone_facts){ .began = PHONE_NONE, .answered = PHONE_NONE, .ended = PHONE_NONE })
enum { MOST = 5 };

/* What is told of a call, and what is then known, whatever the order. */
static const struct {
	const char *what;
	struct phone_told told[MOST];
	size_t n;
	const char *state, *result, *answered_extension;
	int64_t began, answered, ended;
	const char *extensions; /* all of them */
} cases[] = {
	{ "rings", { { PHONE_RINGING, 5, "201", NULL } }, 1, "ringing", NULL, NULL, 5, PHONE_NONE, PHONE_NONE, "201" },
	{ "rings at several telephones",
	  { { PHONE_RINGING, 5, "202", NULL }, { PHONE_RINGING, 6, "201", NULL }, { PHONE_RINGING, 6, "202", NULL } },
	  3,
	  "ringing",
	  NULL,
	  NULL,
	  5,
	  PHONE_NONE,
	  PHONE_NONE,
	  "201 202" },
	{ "answered, and spoken out",
	  { { PHONE_RINGING, 5, "201", NULL },
	    { PHONE_ANSWERED, 9, "201", NULL },
	    { PHONE_ENDED, 60, NULL, "completed" } },
	  3,
	  "ended",
	  "answered",
	  "201",
	  5,
	  9,
	  60,
	  "201" },
	{ "answered goes before missed",
	  { { PHONE_RINGING, 5, "201", NULL },
	    { PHONE_ANSWERED, 9, "201", NULL },
	    { PHONE_ENDED, 60, NULL, "missed" } },
	  3,
	  "ended",
	  "answered",
	  "201",
	  5,
	  9,
	  60,
	  "201" },
	{ "hung up",
	  { { PHONE_RINGING, 5, "201", NULL }, { PHONE_ENDED, 20, NULL, NULL } },
	  2,
	  "ended",
	  "missed",
	  NULL,
	  5,
	  PHONE_NONE,
	  20,
	  "201" },
	{ "answered elsewhere, said once of two",
	  { { PHONE_RINGING, 5, "299", NULL },
	    { PHONE_ENDED, 8, NULL, "elsewhere" },
	    { PHONE_ENDED, 8, NULL, "missed" } },
	  3,
	  "ended",
	  "elsewhere",
	  NULL,
	  5,
	  PHONE_NONE,
	  8,
	  "299" },
	{ "busy",
	  { { PHONE_RINGING, 5, "201", NULL }, { PHONE_ENDED, 6, NULL, "busy" } },
	  2,
	  "ended",
	  "busy",
	  NULL,
	  5,
	  PHONE_NONE,
	  6,
	  "201" },
	{ "only its end was told",
	  { { PHONE_ENDED, 60, NULL, "completed" } },
	  1,
	  "ended",
	  "answered",
	  NULL,
	  60,
	  PHONE_NONE,
	  60,
	  "" },
	{ "answered at one and passed to another",
	  { { PHONE_RINGING, 5, "201", NULL },
	    { PHONE_ANSWERED, 9, "201", NULL },
	    { PHONE_ANSWERED, 30, "205", NULL },
	    { PHONE_ANSWERED, 7, NULL, NULL } },
	  4,
	  "answered",
	  NULL,
	  "201",
	  5,
	  9,
	  PHONE_NONE,
	  "201" },
	{ "two say at the same moment that they have it",
	  { { PHONE_ANSWERED, 9, "205", NULL }, { PHONE_ANSWERED, 9, "201", NULL }, { PHONE_RINGING, 9, NULL, NULL } },
	  3,
	  "answered",
	  NULL,
	  "201",
	  9,
	  9,
	  PHONE_NONE,
	  "" },
};
enum { CASES = sizeof cases / sizeof *cases };

static void check(size_t i, const struct phone_facts *f)
{
	char all[200] = "";
	for (size_t k = 0; k < f->n_extensions; k++) {
		if (k) (void)strcat(all, " ");
		(void)strcat(all, f->extensions[k]);
	}
	const char *result = phone_result(f);
	if (strcmp(phone_state(f), cases[i].state) != 0 ||
	    (result != cases[i].result && (!result || !cases[i].result || strcmp(result, cases[i].result) != 0)))
		fail_msg("%s: %s, %s", cases[i].what, phone_state(f), result ? result : "-");
	if (f->began != cases[i].began || f->answered != cases[i].answered || f->ended != cases[i].ended ||
	    strcmp(all, cases[i].extensions) != 0)
		fail_msg("%s: moments or extensions: %s", cases[i].what, all);
	if (!f->answered_extension != !cases[i].answered_extension ||
	    (f->answered_extension && strcmp(f->answered_extension, cases[i].answered_extension) != 0))
		fail_msg("%s: at %s", cases[i].what, f->answered_extension ? f->answered_extension : "-");
}

/* Every order, by exchanging (Heap), and each event once more at the end. */
static size_t orders;
static void permute(size_t i, struct phone_told *told, size_t n, size_t k)
{
	if (k <= 1) {
		struct phone_facts f = EMPTY;
		for (size_t j = 0; j < n; j++) phone_add(&f, &told[j]);
		check(i, &f);
		for (size_t j = n; j-- > 0;) phone_add(&f, &told[j]);
		check(i, &f);
		orders++;
		return;
	}
	for (size_t j = 0; j < k; j++) {
		permute(i, told, n, k - 1);
		struct phone_told one = told[k - 1];
		size_t at = k % 2 ? 0 : j;
		told[k - 1] = told[at], told[at] = one;
	}
}

static void events_in_any_order_and_twice_end_in_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		struct phone_told told[MOST];
		memcpy(told, cases[i].told, sizeof told);
		permute(i, told, cases[i].n, cases[i].n);
	}
	assert_int_equal(orders, 1 + 6 + 6 + 6 + 2 + 6 + 2 + 1 + 24 + 6);
}

static void of_very_many_telephones_the_first_by_name_are_kept(void **state)
{
	(void)state;
	static const char *const names[] = { "09", "03", "17", "01", "12", "05", "18", "07", "14", "16",
		                             "02", "11", "04", "15", "06", "13", "08", "10", "00" };
	enum { N = sizeof names / sizeof *names };
	struct phone_facts a = EMPTY, b = EMPTY;
	for (size_t i = 0; i < N; i++) phone_add(&a, &(struct phone_told){ PHONE_RINGING, 1, names[i], NULL });
	for (size_t i = N; i-- > 0;) phone_add(&b, &(struct phone_told){ PHONE_RINGING, 1, names[i], NULL });
	assert_int_equal(a.n_extensions, PHONE_EXTENSIONS);
	assert_int_equal(b.n_extensions, PHONE_EXTENSIONS);
	for (size_t i = 0; i < PHONE_EXTENSIONS; i++) assert_string_equal(a.extensions[i], b.extensions[i]);
	assert_string_equal(a.extensions[PHONE_EXTENSIONS - 1], "15");
}

static void words_are_known_and_others_refused(void **state)
{
	(void)state;
	enum phone_event e;
	assert_true(phone_event_named("answered", &e) && e == PHONE_ANSWERED);
	assert_false(phone_event_named("Answered", &e));
	assert_false(phone_event_named(NULL, &e));
	assert_true(phone_is_reason("elsewhere"));
	assert_false(phone_is_reason("bored"));
	assert_true(phone_is_extension("201"));
	assert_true(phone_is_extension("hotline_1"));
	assert_false(phone_is_extension(""));
	assert_false(phone_is_extension("2 01"));
	assert_false(phone_is_extension("<201>"));
	assert_false(phone_is_extension("012345678901234567890123456789012"));
}

static void numbers_are_written_in_one_way(void **state)
{
	(void)state;
	static const char *const numbers[][3] = {
		/* of an office in, as it came, as it is */
		{ "DK", "86123456", "+4586123456" },
		{ "DK", "86 12 34 56", "+4586123456" },
		{ "DK", "+45 86 12 34 56", "+4586123456" },
		{ "DK", "004586123456", "+4586123456" },
		{ "DK", "4586123456", "+4586123456" },
		{ "DK", "tel:+45-8612-3456;ext=2", "+4586123456" },
		{ "DK", "sip:86123456@192.0.2.1", "+4586123456" },
		{ "DK", "201", "201" },
		{ "DK", "112", "112" },
		{ "SE", "070-123 45 67", "+46701234567" },
		{ "SE", "+46 (0)70 123 45 67", "+46701234567" },
		{ "SE", "46701234567", "+46701234567" },
		{ "SE", "08-123 456 78", "+46812345678" },
		{ "NO", "22 00 00 00", "+4722000000" },
		{ "UA", "067 123 45 67", "+380671234567" },
		{ "DK", "00380671234567", "+380671234567" },
		{ "XX", "86123456", "86123456" },
		{ NULL, "+46701234567", "+46701234567" },
		/* no numbers */
		{ "DK", "anonymous", "" },
		{ "DK", "", "" },
		{ "DK", "+", "" },
		{ "DK", "()", "" },
		{ "DK", "+0045", "" },
		{ "DK", "+123456", "" },
		{ "DK", "86+123456", "" },
		{ "DK", "+1234567890123456", "" },
		{ "DK", "12345678901234567890", "" },
		{ "DK", "8612\n3456", "" },
		{ "DK", "Olena Koval", "" },
	};
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		char out[PHONE_NUMBER];
		bool good = phone_number(out, numbers[i][1], numbers[i][0]);
		if (strcmp(out, numbers[i][2]) != 0 || good != (*out != '\0')) fail_msg("%s: %s", numbers[i][1], out);
		/* Written so, it stays so. */
		char again[PHONE_NUMBER];
		if (good && (!phone_number(again, out, numbers[i][0]) || strcmp(again, out) != 0))
			fail_msg("%s: %s, then %s", numbers[i][1], out, again);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_in_any_order_and_twice_end_in_the_same),
		cmocka_unit_test(of_very_many_telephones_the_first_by_name_are_kept),
		cmocka_unit_test(words_are_known_and_others_refused),
		cmocka_unit_test(numbers_are_written_in_one_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
