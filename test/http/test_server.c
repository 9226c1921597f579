/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixture.h"

#define HOST "Host: x\r\n"
#define CLOSE "Connection: close\r\n"

static struct place place;

static int begin(void **state)
{
	(void)state;
	place_prepare(&place);
	return 0;
}
static int end(void **state)
{
	(void)state;
	place_close(&place);
	return 0;
}

static void says(const char *word)
{
	if (!strstr(place.said.data, word)) fail_msg("no \"%s\" in: %s", word, place.said.data);
}
static void says_not(const char *word)
{
	if (strcasestr(place.said.data, word)) fail_msg("\"%s\" in: %s", word, place.said.data);
}
static int ask_on(int fd, const char *text)
{
	send_text(fd, text);
	return read_answer(fd, &place.said, 5000);
}

static void a_request_comes_as_it_was_sent(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said,
	                     "GET /s%C3%B8g/a%20b?name=O+K&name=2&leer HTTP/1.1\r\n" HOST CLOSE
	                     "Cookie: __Host-s=abc; b=2\r\nCookie: c=3\r\nX-Name: \xD0\x9E \t\r\n\r\n"),
	                 200);
	says("\r\nDate: ");
	says("\r\nContent-Type: text/plain; charset=utf-8\r\n");
	says("method 0 GET\npath /søg/a b\npeer 127.0.0.1\nsecure 0\n");
	says("query name=O K\nquery name=2\nquery leer=\n");
	says("cookie __Host-s=abc\ncookie b=2\ncookie c=3\n");
	says("header X-Name=\xD0\x9E\n");
	says("body 0 \n");
	says_not("\r\nServer:");
	says_not("microhttpd");
}

static void forms_are_read(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said,
	                     "POST /f HTTP/1.1\r\n" HOST CLOSE
	                     "Content-Type: Application/X-WWW-Form-Urlencoded; charset=utf-8\r\n"
	                     "Content-Length: 14\r\n\r\na=1&b=%C3%B8&c"),
	                 200);
	says("form a=1\nform b=ø\nform c=\n");
	says("body 14 a=1&b=%C3%B8&c\n");
	/* JSON and the like stay a body. */
	assert_int_equal(ask(place.port, &place.said,
	                     "PUT /f HTTP/1.1\r\n" HOST CLOSE
	                     "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n{\"a\":1}"),
	                 200);
	says("method 3 PUT\n");
	says("body 7 {\"a\":1}\n");
	says_not("form");
	assert_int_equal(ask(place.port, &place.said,
	                     "PATCH /f HTTP/1.1\r\n" HOST CLOSE "Content-Type: application/x-www-form-urlencoded\r\n"
	                     "Transfer-Encoding: chunked\r\n\r\n2\r\na=\r\n3\r\n1&b\r\n0\r\n\r\n"),
	                 200);
	says("form a=1\nform b=\n");
}

static void what_is_not_text_is_refused(void **state)
{
	(void)state;
	static const char *const forms[] = { "a=%00", "a=%FF", "a=%4", "a=\xFF", "a=%zz" };
	static const char *const targets[] = { "/%00",    "/%FF",  "/%", "/..",   "/a/%2e%2e/b",
		                               "/?a=%00", "/?a=%", "*",  "/a%2Fb" };
	place_open(&place);
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		const char *text =
		    lg_printf(place.cx.mem,
		              "POST /f HTTP/1.1\r\n" HOST "Content-Type: application/x-www-form-urlencoded\r\n"
		              "Content-Length: %zu\r\n\r\n%s",
		              strlen(forms[i]), forms[i]);
		assert_int_equal(ask(place.port, &place.said, text), 422);
		says("\nrequest ");
	}
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		const char *text = lg_printf(place.cx.mem, "GET %s HTTP/1.1\r\n" HOST "\r\n", targets[i]);
		assert_int_equal(ask(place.port, &place.said, text), 400);
		says("\nrequest ");
	}
	struct lg_buf many = { 0 };
	lg_puts(&many, "POST /f HTTP/1.1\r\n" HOST
	               "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3003\r\n\r\n");
	for (int i = 0; i < 1001; i++) lg_puts(&many, "a=&");
	assert_int_equal(ask(place.port, &place.said, many.data), 422);
	lg_buf_free(&many);
	assert_int_equal(place.site.served, 0);
	assert_int_equal(figures(&place).refused_bad, 15);
}

static void a_connection_serves_one_after_the_other(void **state)
{
	(void)state;
	place_open(&place);
	int fd = dial(place.port);
	for (int i = 0; i < 50; i++) {
		const char *text = lg_printf(place.cx.mem, "GET /%d HTTP/1.1\r\n" HOST "\r\n", i);
		assert_int_equal(ask_on(fd, text), 200);
		says(lg_printf(place.cx.mem, "path /%d\n", i));
	}
	assert_int_equal(figures(&place).connections, 1);
	close(fd);
	fd = dial(place.port);
	assert_int_equal(ask_on(fd, "GET /small HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), 200);
	says("\r\nConnection: Keep-Alive\r\n");
	assert_int_equal(ask_on(fd, "GET /small HTTP/1.0\r\n\r\n"), 200);
	assert_true(read_to_end(fd, &place.said, 5000));
	close(fd);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
	(void)state;
	struct lg_buf all = { 0 };
	place_open(&place);
	int fd = dial(place.port);
	for (int i = 0; i < 20; i++) {
		lg_putf(&all, "GET /%d HTTP/1.1\r\n" HOST "\r\n", i);
		lg_putf(&all, "POST /%d/b HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", i);
	}
	send_bytes(fd, all.data, all.len);
	for (int i = 0; i < 20; i++) {
		assert_int_equal(read_answer(fd, &place.said, 5000), 200);
		says(lg_printf(place.cx.mem, "path /%d\n", i));
		assert_int_equal(read_answer(fd, &place.said, 5000), 200);
		says(lg_printf(place.cx.mem, "path /%d/b\n", i));
		says("body 3 abc\n");
	}
	close(fd);
	lg_buf_free(&all);
}

static void head_gets_no_body(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "HEAD /small HTTP/1.1\r\n" HOST CLOSE "\r\n"), 200);
	says("\r\nContent-Length: 3\r\n");
	assert_string_equal(strstr(place.said.data, "\r\n\r\n"), "\r\n\r\n");
	assert_int_equal(ask(place.port, &place.said, "HEAD /asset HTTP/1.1\r\n" HOST CLOSE "\r\n"), 200);
	says("\r\nContent-Length: 15\r\n");
	assert_string_equal(strstr(place.said.data, "\r\n\r\n"), "\r\n\r\n");
	assert_int_equal(ask(place.port, &place.said, "GET /nothing HTTP/1.1\r\n" HOST CLOSE "\r\n"), 204);
	assert_string_equal(strstr(place.said.data, "\r\n\r\n"), "\r\n\r\n");
	says_not("Content-Length");
	int fd = dial(place.port);
	send_text(fd, "HEAD /asset HTTP/1.1\r\n" HOST "\r\nGET /asset HTTP/1.1\r\n" HOST CLOSE "\r\n");
	assert_true(read_to_end(fd, &place.said, 5000));
	assert_int_equal(count(place.said.data, "HTTP/1.1 200"), 2);
	assert_int_equal(count(place.said.data, "bytes that stay"), 1);
	close(fd);
}

static void large_answers_arrive_whole(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "GET /big?n=8000000 HTTP/1.1\r\n" HOST CLOSE "\r\n"), 200);
	const char *body = strstr(place.said.data, "\r\n\r\n") + 4;
	assert_int_equal(strlen(body), 8000000);
	for (size_t i = 0; i < 8000000; i += 64) assert_memory_equal(body + i, "01234567890123456789", 20);
	assert_int_equal(ask(place.port, &place.said, "GET /asset HTTP/1.1\r\n" HOST CLOSE "\r\n"), 200);
	assert_string_equal(strstr(place.said.data, "\r\n\r\n"), "\r\n\r\nbytes that stay");
}

static void who_expects_100_is_told_to_go_on(void **state)
{
	(void)state;
	place_open(&place);
	int fd = dial(place.port);
	send_text(fd, "POST /f HTTP/1.1\r\n" HOST "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
	assert_int_equal(read_answer(fd, &place.said, 5000), 100);
	assert_int_equal(ask_on(fd, "abc"), 200);
	says("body 3 abc\n");
	close(fd);
}

/* P38 */
static void only_the_trusted_proxy_is_believed(void **state)
{
	(void)state;
#define TOLD                                                                                                           \
	"X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: "                        \
	"evil.example\r\nForwarded: for=6.6.6.6\r\n"
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "GET / HTTP/1.1\r\n" HOST CLOSE TOLD "\r\n"), 200);
	says("peer 127.0.0.1\nsecure 0\n");
	says_not("forwarded");
	says_not("evil");
	place_close(&place);
	place_prepare(&place);
	place.config.trusted_proxy = "127.0.0.1";
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "GET / HTTP/1.1\r\n" HOST CLOSE TOLD "\r\n"), 200);
	says("peer 192.0.2.7\nsecure 1\n");
	says_not("forwarded");
	says_not("6.6.6.6");
	assert_int_equal(ask(place.port, &place.said,
	                     "GET / HTTP/1.1\r\n" HOST CLOSE
	                     "X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 2001:db8::1\r\n\r\n"),
	                 200);
	says("peer 2001:db8::1\nsecure 0\n");
	assert_int_equal(
	    ask(place.port, &place.said, "GET / HTTP/1.1\r\n" HOST CLOSE "X-Forwarded-For: 1.1.1.1, <b>\r\n\r\n"), 200);
	says("peer 127.0.0.1\n");
#undef TOLD
}

static void an_address_is_sent_in_ascii(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "GET /go?next=/s%C3%B8g%3Fa=b HTTP/1.1\r\n" HOST CLOSE "\r\n"),
	                 303);
	says("\r\nLocation: /s%C3%B8g?a=b\r\n");
	says("\r\nSet-Cookie: __Host-s=1; Path=/; Secure; HttpOnly; SameSite=Lax\r\n");
}

static void each_answer_is_told_to_the_log(void **state)
{
	(void)state;
	place_open(&place);
	int fd = dial(place.port);
	for (int i = 0; i < 10; i++) assert_int_equal(ask_on(fd, "GET /doze?ms=30 HTTP/1.1\r\n" HOST "\r\n"), 200);
	close(fd);
	for (int i = 0; i < 500 && place.site.told < 10; i++) doze(2);
	assert_int_equal(place.site.told, 10);
	assert_int_equal(figures(&place).requests, 10);
	assert_true(place.site.last_us >= 30000 && place.site.last_us < 2000000);
}

/* A handler's slip is one answer of 500, not more. */
static void what_cannot_be_sent_is_500(void **state)
{
	(void)state;
	place_open(&place);
	assert_int_equal(ask(place.port, &place.said, "GET /header?name=X-Empty&value= HTTP/1.1\r\n" HOST CLOSE "\r\n"),
	                 200);
	assert_int_equal(
	    ask(place.port, &place.said, "GET /header?name=X-Full&value=a+b HTTP/1.1\r\n" HOST CLOSE "\r\n"), 200);
	says("\r\nX-Full: a b\r\n");
	assert_int_equal(place.site.served, 2);
	assert_int_equal(
	    ask(place.port, &place.said, "GET /header?name=Content-Length&value=5 HTTP/1.1\r\n" HOST "\r\n"), 500);
	says("\nrequest ");
	assert_int_equal(ask(place.port, &place.said, "GET /forgets HTTP/1.1\r\n" HOST "\r\n"), 500);
	says("\nrequest ");
	assert_int_equal(place.site.served, 4);
}

/* Somebody who goes away while we work harms nobody. */
static void who_goes_away_is_forgotten(void **state)
{
	(void)state;
	place_open(&place);
	for (int i = 0; i < 20; i++) {
		int fd = dial(place.port);
		send_text(fd, i % 2 ? "GET /doze?ms=20 HTTP/1.1\r\n" HOST "\r\n"
		                    : "GET /big?n=5000000 HTTP/1.1\r\n" HOST "\r\n");
		if (i % 4 < 2)
			(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){ 1, 0 }, sizeof(struct linger));
		doze(5);
		close(fd);
	}
	for (int i = 0; i < 1000 && figures(&place).connections; i++) doze(5);
	assert_int_equal(figures(&place).connections, 0);
	assert_int_equal(figures(&place).serving + figures(&place).waiting, 0);
	assert_int_equal(ask(place.port, &place.said, "GET /small HTTP/1.1\r\n" HOST CLOSE "\r\n"), 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_request_comes_as_it_was_sent, begin, end),
		cmocka_unit_test_setup_teardown(forms_are_read, begin, end),
		cmocka_unit_test_setup_teardown(what_is_not_text_is_refused, begin, end),
		cmocka_unit_test_setup_teardown(a_connection_serves_one_after_the_other, begin, end),
		cmocka_unit_test_setup_teardown(pipelined_requests_are_answered_in_order, begin, end),
		cmocka_unit_test_setup_teardown(head_gets_no_body, begin, end),
		cmocka_unit_test_setup_teardown(large_answers_arrive_whole, begin, end),
		cmocka_unit_test_setup_teardown(who_expects_100_is_told_to_go_on, begin, end),
		cmocka_unit_test_setup_teardown(only_the_trusted_proxy_is_believed, begin, end),
		cmocka_unit_test_setup_teardown(an_address_is_sent_in_ascii, begin, end),
		cmocka_unit_test_setup_teardown(each_answer_is_told_to_the_log, begin, end),
		cmocka_unit_test_setup_teardown(what_cannot_be_sent_is_500, begin, end),
		cmocka_unit_test_setup_teardown(who_goes_away_is_forgotten, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
