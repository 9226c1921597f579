/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/http.h"

static struct lg_ctx cx;

static int begin(void **state)
{
	(void)state;
	cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	return 0;
}
static int end(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

static bool fits(struct http_request *rq, const char *pattern, const char *path)
{
	rq->path = path;
	return http_fits(pattern, rq, &cx);
}

static void a_word_in_braces_takes_one_part(void **state)
{
	(void)state;
	struct http_request rq = { 0 };
	assert_true(fits(&rq, "/candidates/{id}/notes/{note}", "/candidates/7/notes/a b"));
	assert_string_equal(rq.args[0], "7");
	assert_string_equal(rq.args[1], "a b");
	assert_null(rq.args[2]);
	assert_true(fits(&rq, "/{a}", "/{a}"));
	assert_string_equal(rq.args[0], "{a}");
	assert_null(rq.args[1]);
	assert_true(fits(&rq, "/", "/"));
	assert_null(rq.args[0]);
	assert_true(fits(&rq, "/{a}/{b}/{c}/{d}/{e}/{f}", "/1/2/3/4/5/6"));
	assert_string_equal(rq.args[5], "6");
}

static void what_is_not_the_same_does_not_fit(void **state)
{
	(void)state;
	static const char *cases[][2] = {
		{ "/candidates/{id}", "/candidates/" },
		{ "/candidates/{id}", "/candidates" },
		{ "/candidates/{id}", "/candidates/1/" },
		{ "/candidates/{id}", "/candidates/1/2" },
		{ "/candidates", "/candidates/" },
		{ "/candidates", "/candidate" },
		{ "/candidate", "/candidates" },
		{ "/candidates", "/Candidates" },
		{ "/", "//" },
		{ "//", "/" },
		{ "/a/{x}/b", "/a//b" },
		{ "/a/b", "/a//b" },
	};
	struct http_request rq = { .args = { "kept" } };
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		if (fits(&rq, cases[i][0], cases[i][1])) fail_msg("%s, %s", cases[i][0], cases[i][1]);
	assert_string_equal(rq.args[0], "kept");
}

static void a_target_is_path_and_query(void **state)
{
	(void)state;
	struct http_request rq;
	assert_int_equal(http_read_target(&cx, &rq, "/s%C3%B8g/x+y?name=O+K&b", 9), LG_OK);
	assert_string_equal(rq.path, "/søg/x+y");
	assert_int_equal(rq.query.n, 2);
	assert_string_equal(http_query(&rq, "name"), "O K");
	assert_int_equal(http_read_target(&cx, &rq, "/?", 0), LG_OK);
	assert_int_equal(rq.query.n, 0);
	assert_int_equal(http_read_target(&cx, &rq, "/?next=/../x?y", 1), LG_OK);
	assert_string_equal(http_query(&rq, "next"), "/../x?y");
	assert_int_equal(http_read_target(&cx, &rq, "/..a/.b/...", 0), LG_OK);
}

static void a_target_that_leads_elsewhere_is_refused(void **state)
{
	(void)state;
	static const char *bad[] = {
		"",       "*",       "x",           "http://evil/", "/.",     "/..",    "/../x",
		"/a/./b", "/a/../b", "/a/%2e%2E/b", "/%2e",         "/a%2Fb", "/a%2fb", "/a%5cb",
		"/a\\b",  "/a%00b",  "/a%0d%0ab",   "/a%7f",        "/a%09",  "/%",     "/%4",
		"/%C3",   "/a#b",    "/a?b=%00",    "/a?b=%x",      "/a?b&c", "?a=b",
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct http_request rq;
		if (http_read_target(&cx, &rq, bad[i], 1) != LG_INVALID) fail_msg("%s", bad[i]);
	}
}

static void only_a_path_of_this_site_is_our_own(void **state)
{
	(void)state;
	static const char *good[] = { "/", "/x", "/candidates?name=a&page=2", "/x//y", "/x#y", "/søg", "/%2F/evil" };
	static const char *bad[] = {
		"",
		"x",
		"//evil",
		"/\\evil",
		"\\\\evil",
		"https:evil",
		"https://evil",
		"%09//evil",
		"\t//evil",
		"/\t/evil",
		"/\n/evil",
		"/x\r\nSet-Cookie: x=1",
		" //evil",
		"///evil",
		"javascript:alert(1)",
		"/x\\..\\y",
		"//xn--e1a",
		"//ñ.example",
		"/\x7F",
		"?next=/",
	};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (!http_is_own_path(good[i])) fail_msg("%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (http_is_own_path(bad[i])) fail_msg("%s", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_in_braces_takes_one_part),
		cmocka_unit_test(what_is_not_the_same_does_not_fit),
		cmocka_unit_test(a_target_is_path_and_query),
		cmocka_unit_test(a_target_that_leads_elsewhere_is_refused),
		cmocka_unit_test(only_a_path_of_this_site_is_our_own),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
