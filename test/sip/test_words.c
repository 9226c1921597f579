/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sip/words.h"

/* Without an end, so that a sanitizer sees who reads beyond it. */
static const char *reason_of(const char *text)
{
	size_t n = strlen(text);
	char *exact = malloc(n ? n : 1);
	assert_non_null(exact);
	memcpy(exact, text, n);
	const char *said = sip_reason(exact, n);
	free(exact);
	return said ? said : "-";
}

static void why_a_call_was_cancelled_is_read(void **state)
{
	(void)state;
	static const char *const reasons[][2] = {
		{ "SIP;cause=200;text=\"Call completed elsewhere\"", "elsewhere" },
		{ "SIP ; cause = 200 ; text=\"x\"", "elsewhere" },
		{ "sip;CAUSE=200", "elsewhere" },
		{ "SIP;text=\"Call Completed Elsewhere\"", "elsewhere" },
		{ "Q.850;cause=26;text=\"Non-selected user clearing\"", "elsewhere" },
		{ "Q.850;cause=16, SIP;cause=200", "elsewhere" },
		{ "SIP;cause=600, Q.850;cause=26", "elsewhere" },
		{ "SIP;cause=600;text=\"Busy Everywhere\"", "busy" },
		{ "Q.850;cause=17", "busy" },
		{ "SIP;cause=486", "busy" },
		{ "SIP;cause=487", "-" },
		{ "Q.850;cause=200", "-" }, /* each protocol has numbers of its own */
		{ "SIP;cause=26", "-" },
		{ "SIP;cause=2000", "-" },
		{ "SIP;cause=200x", "-" },
		{ "SIP;cause=487;text=\"a, SIP;cause=200\"", "-" }, /* within quotes it is text */
		{ "SIP;cause=487;text=\"a \\\", SIP;cause=200\"", "-" },
		{ "SIP;text=\"unended, SIP;cause=200", "-" },
		{ "cause=200", "-" },
		{ ";;;=,,\"", "-" },
		{ "", "-" },
	};
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (strcmp(reason_of(reasons[i][0]), reasons[i][1]) != 0)
			fail_msg("%s: %s", reasons[i][0], reason_of(reasons[i][0]));
}

static void who_does_not_want_to_be_known_is_not(void **state)
{
	(void)state;
	assert_true(sip_is_private("id", 2));
	assert_true(sip_is_private("header; ID ;critical", 20));
	assert_true(sip_is_private("user", 4));
	assert_true(sip_is_private("full", 4));
	assert_false(sip_is_private("none", 4));
	assert_false(sip_is_private("off", 3));
	assert_false(sip_is_private("", 0));
	assert_false(sip_is_private("idea", 4));
	assert_true(sip_is_nobody("Anonymous", 9));
	assert_true(sip_is_nobody("", 0));
	assert_false(sip_is_nobody("86123456", 8));
}

static void only_plain_text_is_told_on(void **state)
{
	(void)state;
	char out[8];
	assert_true(sip_text(out, sizeof out, "1234567", 7));
	assert_string_equal(out, "1234567");
	assert_false(sip_text(out, sizeof out, "12345678", 8));
	assert_string_equal(out, "");
	assert_false(sip_text(out, sizeof out, "a\nb", 3));
	assert_false(sip_text(out, sizeof out, "a\0b", 3));
	assert_false(sip_text(out, sizeof out, "\xc3\xa6", 2));
	assert_false(sip_text(out, sizeof out, NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(why_a_call_was_cancelled_is_read),
		cmocka_unit_test(who_does_not_want_to_be_known_is_not),
		cmocka_unit_test(only_plain_text_is_told_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
