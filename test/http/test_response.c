/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

static const char *cookies(const char *header)
{
	struct http_pairs pairs;
	const char *said = "";
	http_read_cookies(&cx, &pairs, header);
	for (size_t i = 0; i < pairs.n; i++)
		said = lg_printf(cx.mem, "%s%s=%s|", said, pairs.at[i].name, pairs.at[i].value);
	return said;
}

static void cookies_are_read_and_the_rest_left_out(void **state)
{
	(void)state;
	assert_string_equal(cookies("a=1; b=2"), "a=1|b=2|");
	assert_string_equal(cookies("a=1;b=2;\tc=3 "), "a=1|b=2|c=3|");
	assert_string_equal(cookies("a=\"x\"; b=\"\"; c=\""), "a=x|b=|");
	assert_string_equal(cookies("a; =b; c d=e; f=g h; i=j\"k; l=m,n; o=p\\q; r=\xC3\xB8; \xC3\xB8=r; s=t"), "s=t|");
	assert_string_equal(cookies("a==; b=c=d"), "a==|b=c=d|");
	assert_string_equal(cookies(""), "");
	assert_string_equal(cookies(";;; ;"), "");
	assert_string_equal(cookies("a=\x01; b=\x7F; c=2"), "c=2|");
}

static void more_cookies_than_a_browser_has_are_left_out(void **state)
{
	(void)state;
	struct http_pairs pairs;
	struct lg_buf b = { 0 };
	for (int i = 0; i < 1000; i++) lg_putf(&b, "c%d=%d; ", i, i);
	http_read_cookies(&cx, &pairs, b.data);
	assert_int_equal(pairs.n, 64);
	assert_string_equal(pairs.at[63].value, "63");
	lg_buf_free(&b);
}

static void a_cookie_has_the_attributes_of_a_host_cookie(void **state)
{
	(void)state;
	struct http_response rs = { 0 };
	http_put_cookie(&cx, &rs, "__Host-s", "abc", -1);
	http_put_cookie(&cx, &rs, "__Host-s", "abc", 3600);
	http_put_cookie(&cx, &rs, "__Host-s", NULL, 3600);
	assert_int_equal(rs.n_headers, 3);
	assert_string_equal(rs.headers[0].name, "Set-Cookie");
	assert_string_equal(rs.headers[0].value, "__Host-s=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
	assert_string_equal(rs.headers[1].value, "__Host-s=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
	assert_string_equal(rs.headers[2].value, "__Host-s=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

static void a_redirect_is_303_to_our_own(void **state)
{
	(void)state;
	struct http_response rs = { 0 };
	http_redirect(&rs, "/x");
	assert_int_equal(rs.status, 303);
	assert_string_equal(rs.headers[0].name, "Location");
	assert_string_equal(rs.headers[0].value, "/x");
}

/* A broken promise ends the program: tried in a child. */
static bool ends(void (*break_it)(struct http_response *rs))
{
	pid_t child = fork();
	if (child == 0) {
		struct http_response rs = { 0 };
		(void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
		(void)signal(SIGABRT, SIG_DFL);
		(void)!freopen("/dev/null", "w", stderr);
		break_it(&rs);
		_exit(0);
	}
	int how = 0;
	assert_true(child > 0 && waitpid(child, &how, 0) == child);
	return !WIFEXITED(how) || WEXITSTATUS(how);
}

static void split_header(struct http_response *rs) { http_put_header(rs, "X", "a\r\nSet-Cookie: x=1"); }
static void split_name(struct http_response *rs) { http_put_header(rs, "X: y\r\nZ", "a"); }
static void split_redirect(struct http_response *rs) { http_redirect(rs, "/x\r\nSet-Cookie: x=1"); }
static void foreign_redirect(struct http_response *rs) { http_redirect(rs, "//evil.example"); }
static void split_cookie(struct http_response *rs) { http_put_cookie(&cx, rs, "s", "a; Domain=evil.example", -1); }
static void many_headers(struct http_response *rs)
{
	for (int i = 0; i < 25; i++) http_put_header(rs, "X", "a");
}
static void nothing_wrong(struct http_response *rs) { http_put_header(rs, "X", "a b"); }

static void injection_of_headers_ends_the_program(void **state)
{
	(void)state;
	assert_false(ends(nothing_wrong));
	assert_true(ends(split_header));
	assert_true(ends(split_name));
	assert_true(ends(split_redirect));
	assert_true(ends(foreign_redirect));
	assert_true(ends(split_cookie));
	assert_true(ends(many_headers));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cookies_are_read_and_the_rest_left_out),
		cmocka_unit_test(more_cookies_than_a_browser_has_are_left_out),
		cmocka_unit_test(a_cookie_has_the_attributes_of_a_host_cookie),
		cmocka_unit_test(a_redirect_is_303_to_our_own),
		cmocka_unit_test(injection_of_headers_ends_the_program),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
